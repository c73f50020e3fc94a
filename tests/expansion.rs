//! What small specs become, one of each wire type, for a person to review; and how the shipped ones are laid out.

use errbook_codegen::{Layout, Options, expand, layouts};
use errbook_spec::Identity;
use errbook_spec::place::Source;

use crate::workspace::{VENDORS, read, spec};

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

/// What `PERFORMANCE.md` promises of every shipped set, as far as it can be said without a clock.
#[test]
fn shipped_tables_are_small_and_soon_found() {
    for vendor in VENDORS {
        let source = Source::new("spec.toml", &read(vendor, "spec.toml"));
        let layouts = layouts(&source).unwrap();
        for layout in &layouts {
            assert!(layout.tries < 9_000_000, "{layout}");
        }
        for set in spec(vendor)
            .sets
            .iter()
            .filter(|set| set.identity == Identity::Code)
        {
            let of = |table: &str| -> Vec<&Layout> {
                layouts
                    .iter()
                    .filter(|layout| layout.set == *set.name && layout.table.starts_with(table))
                    .collect()
            };
            let numbers = of("code");
            assert!(
                numbers
                    .iter()
                    .all(|layout| layout.bytes <= 2 * layout.keys.max(2)),
                "{numbers:?}"
            );
            let texts = of("message");
            let bytes: usize = texts.iter().take(2).map(|layout| layout.bytes).sum();
            assert!(bytes <= 9 * set.codes.len(), "{texts:?}");
        }
    }
}

#[test]
fn the_expansion_is_the_same_every_time() {
    let text = read("tencent-kyc", "spec.toml");
    let expand = || {
        expand(&Source::new("spec.toml", &text), &Options::default())
            .unwrap()
            .to_string()
    };
    assert_eq!(expand(), expand());
    assert!(!expand().contains(env!("CARGO_MANIFEST_DIR")));
}

/// A larger set takes the compiler a third less time for it; a small one, whose documentation a person reads, is plain.
#[test]
fn only_a_long_enum_says_of_which_type_its_numbers_are() {
    let expansion = |codes: usize| {
        let head =
            "schema = 1\nvendor = \"v\"\nlocale = \"en\"\n[[set]]\nname = \"Code\"\n".to_owned();
        let codes =
            (0..codes).map(|at| format!("[[set.code]]\ncode = \"{at}\"\nvariant = \"V{at}\"\n"));
        let spec = std::iter::once(head).chain(codes).collect::<String>();
        expand(&Source::new("spec.toml", &spec), &Options::default())
            .unwrap()
            .to_string()
    };
    assert!(!expansion(1000).contains("repr"));
    assert!(expansion(1001).contains("# [repr (u16)]"));
}
