//! The problems of the options, and what is compiled of a broken spec.

use errbook_codegen::{Options, expand, expand_partial};
use errbook_spec::place::Source;
use proc_macro2::TokenStream;

/// A spec whose codes have these lines.
fn spec(codes: &[&str]) -> Source {
    let codes = codes.iter().map(|code| format!("[[set.code]]\n{code}\n"));
    let text = format!(
        "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\nkinds = \"shop-kinds\"\n[[set]]\n\
         name = \"C\"\n{}",
        codes.collect::<String>()
    );
    Source::new("spec.toml", &text)
}

/// The problems of a spec that is compiled with these options, or nothing.
fn problems(spec: &Source, options: &Options) -> String {
    expand(spec, options).map_or_else(|problems| problems.to_string(), |_| String::new())
}

#[test]
fn unknown_languages_are_reported() {
    let spec =
        spec(&["code = \"1\"\nvariant = \"One\"\nmessage = { en = \"one\", de = \"eins\" }"]);
    let of = |locales: &[&str], default: &[&str]| {
        let default = default.iter();
        let options = Options {
            default: default
                .map(|tag| ((*tag).to_owned(), TokenStream::new()))
                .collect(),
            ..Options::default().locales(locales)
        };
        problems(&spec, &options)
    };
    assert_eq!(of(&["de", "en"], &["en"]), "");
    assert_eq!(
        of(&["en", "dd", "fr-CA"], &[]),
        "spec.toml: unknown language `dd` (the spec has `en`, `de`); did you mean `de`?\n\
         spec.toml: unknown language `fr-CA` (the spec has `en`, `de`)"
    );
    assert_eq!(
        of(&["en"], &["de", "fr"]),
        "spec.toml: `default` names `de`, but `locales` has `en`\n\
         spec.toml: `default` names `fr`, but `locales` has `en`"
    );
}

/// Probably the option is wrong, not each code; but a single code may well lack its kind.
#[test]
fn a_spec_without_kinds_is_one_problem() {
    let kinds = Options::default().kinds("crate::Kind").unwrap();
    let one = "code = \"1\"\nvariant = \"One\"";
    let two = "code = \"2\"\nvariant = \"Two\"";
    assert_eq!(problems(&spec(&[one, two]), &Options::default()), "");
    assert_eq!(
        problems(&spec(&[one, two]), &kinds),
        "spec.toml:2:10: no code of this spec has a `kind`, but `kinds = …` requires one for every \
         code"
    );
    assert_eq!(
        problems(&spec(&[one]), &kinds),
        "spec.toml:8:8: code `1` of C has no `kind`, but `kinds = …` requires one for every code"
    );
    let with_kind = format!("{one}\nkind = \"some\"");
    assert_eq!(problems(&spec(&[&with_kind]), &kinds), "");
}

#[test]
fn a_path_consists_of_names() {
    for path in ["Kind", "crate::Kind", "::errbook", "r::type::Überlauf"] {
        assert!(Options::default().kinds(path).is_ok(), "{path}");
    }
    for path in [
        "",
        "crate::",
        "::",
        "a b",
        "crate::2",
        "a<b>",
        "crate.Kind",
        "a::(b",
    ] {
        let error = Options::default().errbook(path).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("`{path}` is not a path (expected something like `crate::Kind`)")
        );
        assert!(Options::default().kinds(path).is_err(), "{path}");
    }
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
    let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n\
                [[set]]\nname = \"Text\"\nwire = \"varchar\"\n\
                [[set.code]]\ncode = \"A\"\nvariant = \"One\"\n\
                [[set.code]]\ncode = \"A\"\nvariant = \"Two\"\n\
                [[set]]\nname = \"Pair\"\nidentity = \"both of them\"\n\
                [[set.code]]\ncode = \"1\"\nsymbol = \"A\"\nvariant = \"A\"\n\
                [[set.code]]\ncode = \"1\"\nsymbol = \"B\"\nvariant = \"b\"\n";
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

/// What an overrides file has without a mistake is compiled, so that one mistake does not cause an
/// error at every use.
#[test]
fn the_valid_part_of_an_overrides_file_is_compiled() {
    let spec = spec(&[
        "code = \"1\"\nvariant = \"One\"",
        "code = \"2\"\nvariant = \"Two\"\nretry = \"never\"",
    ]);
    let overrides = "schema = 1\nvendor = \"shop\"\n[set.C.code]\n1 = { retry = \"backoff\" }\n\
                     2 = { retry = \"never\" }\n900 = { retry = \"never\" }\n";
    let options = Options {
        overrides: Some(Source::new("mine.toml", overrides)),
        ..Options::default()
    };
    let expansion = expand_partial(&spec, &options);
    assert_eq!(
        expansion.problems.unwrap().to_string(),
        "mine.toml:6:1: `900` is not a code of C"
    );
    assert_eq!(
        expansion.warnings.to_string(),
        "mine.toml:5:15: this changes nothing: `retry` of C.2 is `never`\n  help: remove it"
    );
    let rust = expansion.tokens.to_string();
    assert!(rust.contains("Retry :: Backoff"), "{rust}");
}

/// One mistake causes no errors at the uses of other variants.
#[test]
fn a_broken_spec_still_has_its_former_meanings() {
    let source = spec(&[
        "code = \"1\"\nvariant = \"Now\"",
        "code = \"1\"\nvariant = \"Old\"\nstatus = \"retired\"\nuntil = \"2\"",
        "code = \"x\"\nvariant = \"Wrong\"",
        "code = \"3\"\nvariant = \"Alone\"\nuntil = \"2\"",
    ]);
    let expansion = expand_partial(&source, &Options::default());
    let rust = expansion.tokens.to_string();
    assert!(expansion.problems.is_some());
    for variant in ["Now", "Old", "Alone"] {
        assert!(rust.contains(&format!("C :: {variant}")), "{variant}");
    }
    assert!(!rust.contains("C :: Wrong"));
}
