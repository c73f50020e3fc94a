//! Every diagnostic of a spec: each broken spec is a file, with a snapshot of its problems.

use errbook_codegen::{Options, expand};
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
