//! Every diagnostic of a spec: each broken spec is a file, with a snapshot of its problems.

use errbook_codegen::{Options, expand, expand_partial};
use errbook_spec::place::Source;

#[test]
fn broken_specs_say_what_is_wrong_and_where() {
    insta::glob!("fixtures/problems/*.toml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let problems = expand(&Source::new(&name, &text), &Options::default()).unwrap_err();
        insta::assert_snapshot!(problems.to_string());
    });
}

#[test]
fn a_set_with_too_many_codes_is_rejected() {
    let codes: String = (0..=65_535)
        .map(|code| format!("[[set.code]]\ncode=\"{code}\"\nvariant=\"C{code}\"\n"))
        .collect();
    let text = format!("schema=1\nvendor=\"v\"\nlocale=\"en\"\n[[set]]\nname=\"Big\"\n{codes}");
    let problems = expand(&Source::new("big.toml", &text), &Options::default()).unwrap_err();
    insta::assert_snapshot!(problems.to_string());
}

#[test]
fn unknown_languages_and_kinds_are_reported() {
    let text = std::fs::read_to_string("fixtures/specs/integer.toml").unwrap();
    let source = Source::new("integer.toml", &text);
    let locales = expand(&source, &Options::default().locales(&["en", "dd"])).unwrap_err();
    insta::assert_snapshot!(locales.to_string());
    let kinds = expand(&source, &Options::default().kinds("crate::Kind").unwrap()).unwrap_err();
    insta::assert_snapshot!(kinds.to_string());
}

#[test]
fn a_code_without_a_kind_is_reported_with_its_line_and_everything_else() {
    let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\nkinds = \"shop-kinds\"\n[[set]]\n\
                name = \"C\"\n[[set.code]]\ncode = \"1\"\nvariant = \"One\"\nkind = \"some\"\n\
                [[set.code]]\ncode = \"2\"\nvariant = \"two\"\n";
    let options = Options::default()
        .kinds("crate::Kind")
        .unwrap()
        .locales(&["en", "de"]);
    let problems = expand(&Source::new("errors.toml", text), &options).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "errors.toml: unknown language `de` (the spec has `en`)\n\
         errors.toml:12:8: code `2` of C has no `kind`, but `kinds = …` requires one for every code\n\
         errors.toml:13:11: variant `two` is not in UpperCamelCase\n  help: for example `Two`"
    );
}

/// The compiler reports no use of a set of which something is valid.
#[test]
fn the_valid_part_of_a_broken_spec_is_compiled() {
    let expanded = |text: &str| {
        let kinds = Options::default().kinds("crate::Kind").unwrap();
        let expansion = expand_partial(&Source::new("spec.toml", text), &kinds);
        let problems = expansion.problems.unwrap();
        (expansion.tokens.to_string(), problems.to_string())
    };
    let text = std::fs::read_to_string("fixtures/problems/unknown-wire.toml").unwrap();
    for head in [
        "vendor = \"shop\"",
        "vendor = \"The Shop\"",
        "",
        "kind = \"shop-kinds\"",
    ] {
        let (rust, _) = expanded(&text.replace("vendor = \"shop\"", head));
        for set in ["enum Text", "One", "enum Pair"] {
            assert!(rust.contains(set), "{head}: no {set} in {rust}");
        }
    }
    let (rust, problems) = expanded(
        "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n[[set.code]]\n\
         code = \"1\"\nvariant = \"One\"\n[[set.code]]\ncode = \"2\"\nvariant = Two",
    );
    assert!(rust.contains("enum C") && rust.contains("One"), "{rust}");
    assert!(
        problems.starts_with("spec.toml:11:11: invalid TOML: "),
        "{problems}"
    );
    assert!(
        problems.ends_with("help: a string needs quotes: `\"Two\"`"),
        "{problems}"
    );
    assert_eq!(problems.lines().count(), 2, "{problems}");
}
