//! What small specs become, one of each wire type, for a person to review; and how the shipped ones are laid out.

use errbook_codegen::place::Source;
use errbook_codegen::{Options, expand, layouts};

use crate::workspace::{VENDORS, read};

#[test]
fn small_specs_become_readable_rust() {
    insta::glob!("fixtures/specs/*.toml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let tokens = expand(&Source::new("spec.toml", &text), &Options::default()).unwrap();
        insta::assert_snapshot!(prettyplease::unparse(&syn::parse2(tokens).unwrap()));
    });
}

#[test]
fn the_layout_of_every_shipped_lookup_is_known() {
    for vendor in VENDORS {
        let layouts = layouts(&Source::new("spec.toml", &read(vendor, "spec.toml"))).unwrap();
        let lines: Vec<_> = layouts.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(format!("layout-{vendor}"), lines.join("\n"));
    }
}

#[test]
fn the_expansion_is_the_same_every_time() {
    let text = read("tencent-kyc", "spec.toml");
    let expand = || expand(&Source::new("spec.toml", &text), &Options::default()).unwrap().to_string();
    assert_eq!(expand(), expand());
    assert!(!expand().contains(env!("CARGO_MANIFEST_DIR")));
}
