//! Snapshots of the Rust that small specs expand to, one for each wire type, and of the lookup
//! layouts of the shipped specs.

use errbook_codegen::{Layout, Options, expand, layouts};
use errbook_spec::Identity;
use errbook_spec::place::Source;

use crate::workspace::{has_snapshot, parse_spec, read_vendor_file, vendors};

#[test]
fn small_specs_become_readable_rust() {
    insta::glob!("fixtures/specs/*.toml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let tokens = expand(&Source::new("spec.toml", &text), &Options::default()).unwrap();
        insta::assert_snapshot!(prettyplease::unparse(&syn::parse2(tokens).unwrap()));
    });
}

#[test]
fn the_layout_of_every_shipped_lookup_is_as_reviewed() {
    for vendor in vendors() {
        if !has_snapshot(&format!("expansion__layout-{vendor}")) {
            continue;
        }
        let text = read_vendor_file(&vendor, "spec.toml");
        let layouts = layouts(&Source::new("spec.toml", &text)).unwrap();
        let lines: Vec<_> = layouts.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(format!("layout-{vendor}"), lines.join("\n"));
    }
}

/// The limits that `PERFORMANCE.md` gives for every shipped set, as far as they can be checked
/// without a clock: placements of a key in the search, 2 bytes per code of a numeric lookup, and 9
/// bytes per code for the messages of two languages.
#[test]
fn shipped_tables_are_small_and_quickly_found() {
    for vendor in vendors() {
        let source = Source::new("spec.toml", &read_vendor_file(&vendor, "spec.toml"));
        let layouts = layouts(&source).unwrap();
        for layout in &layouts {
            assert!(layout.tries < 9_000_000, "{layout}");
        }
        for set in parse_spec(&vendor)
            .sets
            .iter()
            .filter(|set| set.identity == Identity::Code)
        {
            let layouts_of = |table: &str| -> Vec<&Layout> {
                layouts
                    .iter()
                    .filter(|layout| layout.set == *set.name && layout.table.starts_with(table))
                    .collect()
            };
            let numbers = layouts_of("code");
            // A table with aliases that are numbers holds the numbers too, of 4 bytes each.
            let bytes_per_key = |layout: &Layout| if layout.keys > set.codes.len() { 7 } else { 2 };
            assert!(
                numbers
                    .iter()
                    .all(|layout| layout.bytes <= bytes_per_key(layout) * layout.keys.max(2)),
                "{numbers:?}"
            );
            let texts = layouts_of("message");
            let bytes: usize = texts.iter().take(2).map(|layout| layout.bytes).sum();
            assert!(bytes <= 9 * set.codes.len(), "{texts:?}");
        }
    }
}

#[test]
fn the_expansion_is_the_same_every_time() {
    let text = read_vendor_file("tencent-kyc", "spec.toml");
    let expand = || {
        expand(&Source::new("spec.toml", &text), &Options::default())
            .unwrap()
            .to_string()
    };
    assert_eq!(expand(), expand());
    assert!(!expand().contains(env!("CARGO_MANIFEST_DIR")));
}
