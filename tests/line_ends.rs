//! Specs from a checkout with `core.autocrlf=true` are read like those with `\n`.

use std::path::Path;

use errbook_codegen::{Options, Problems, expand};
use errbook_spec::place::{Source, unix_line_ends};
use errbook_syntax::Include;

use crate::workspace::{read_vendor_file, vendors};

/// A text as such a checkout has it.
fn with_crlf(text: &str) -> String {
    unix_line_ends(text).replace('\n', "\r\n")
}

/// The expansion of a spec, or its problems with their lines and columns.
fn expansion(text: &str) -> String {
    let source = Source::new("spec.toml", text);
    expand(&source, &Options::default())
        .map_or_else(|problems| problems.to_string(), |tokens| tokens.to_string())
}

#[test]
fn every_shipped_spec_expands_to_the_same_tokens() {
    for vendor in vendors() {
        let text = read_vendor_file(&vendor, "spec.toml");
        assert!(expansion(&text) == expansion(&with_crlf(&text)), "{vendor}");
    }
}

#[test]
fn the_macro_expands_a_file_with_other_line_ends_to_the_same_tokens() {
    let text = read_vendor_file("tencent-kyc", "spec.toml");
    assert!(text.contains("\"\"\""), "the spec has no multi-line string");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("line-ends");
    std::fs::create_dir_all(&folder).unwrap();
    let expanded = |text: &str| {
        std::fs::write(folder.join("spec.toml"), text).unwrap();
        let input = "\"./spec.toml\"".parse().unwrap();
        let include = Include::read(input, Some(folder.join("lib.rs"))).unwrap();
        let tokens = expand(&include.source, &Options::default()).unwrap();
        include
            .expansion(&tokens, None, &Problems::default())
            .to_string()
    };
    assert!(expanded(&text) == expanded(&with_crlf(&text)));
}
