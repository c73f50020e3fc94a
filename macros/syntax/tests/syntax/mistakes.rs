//! Compares the mistakes that the macros report with those that rustc shows for the same files.

use std::path::Path;

use errbook_syntax::{Include, derive_error_code};

use crate::rust::{Report, messages, reports, ui};

/// Errors without a number that the compiler itself reports.
const OF_THE_COMPILER: [&str; 2] = [
    "lifetime may not live long enough",
    "this trait cannot be derived for unions",
];

/// The errors in the output of rustc that have no number: those of the macros.
fn expected(stderr: &Path) -> Vec<Report> {
    let text = std::fs::read_to_string(stderr).unwrap();
    let mut found = Vec::new();
    for block in text.split("\n\n") {
        let Some(error) = block.strip_prefix("error: ") else {
            continue;
        };
        let mut lines = error.lines();
        let mut message: Vec<&str> = Vec::new();
        let place = loop {
            let line = lines.next().unwrap();
            match line.trim_start().strip_prefix("--> ") {
                Some(place) => break place,
                None => message.push(line.strip_prefix("       ").unwrap_or(line)),
            }
        };
        let (_, place) = place.split_once(".rs:").unwrap();
        let message = message.join("\n");
        if OF_THE_COMPILER.contains(&message.as_str()) {
            continue;
        }
        let message = match message.strip_prefix("use of deprecated ") {
            Some(used) => used.split_once("`: ").unwrap().1,
            None => &message,
        };
        found.push(format!("{place}: {message}"));
    }
    found.sort();
    found
}

#[test]
fn every_mistake_is_reported_at_its_tokens() {
    for folder in ["derive", "err"] {
        let mut files = 0;
        for entry in std::fs::read_dir(ui().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let stderr = path.with_extension("stderr");
            if path.extension().is_some_and(|it| it == "rs") {
                files += 1;
                assert_eq!(reports(&path), expected(&stderr), "{}", path.display());
            }
        }
        assert!(files > 10, "{folder}");
    }
}

/// The messages of the errors in an item, without their help.
fn mistakes(item: &str) -> Vec<String> {
    let file = ui().join("derive/item.rs");
    let tokens = derive_error_code(item.parse().unwrap(), Some(file));
    let messages = messages(tokens).into_iter();
    messages
        .map(|message| message.lines().next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn mistakes_in_combinations_of_attributes_are_reported_once() {
    for (item, expected) in [
        // Two variants cannot be made from one type, except behind different generic arguments.
        (
            "enum E { #[error_code(transparent)] A(#[from] X<u8>), \
             #[error_code(transparent)] B(#[from] X<i8>), \
             #[error_code(transparent)] C(#[from] X<u8>) }",
            &["duplicate `#[from]` for this type, which already converts to `A`: use `#[source]`"]
                [..],
        ),
        // A kind without a taxonomy.
        (
            "enum E { #[error_code(1, message = \"x\", kind = \"not-found\")] A }",
            &["`kind` requires the type of the taxonomy: add `kinds = crate::Kind` on the type"],
        ),
        // What may be in the part that could not be parsed is not missing.
        (
            "enum E { #[error_code(1, mesage = \"x\")] A }",
            &[
                "unknown key `mesage`, expected one of `transparent`, `symbol`, `message`, \
               `remedy`, \
               `kind`, `retry`, `retry_after`, `billing`, `http`, `success`, `severity`, `note`, \
               `since`; did you mean `message`?",
            ],
        ),
        (
            "#[error_code(1, \"x\")] struct S;",
            &["duplicate code: a variant has exactly one; a message has a key: `message = \"x\"`"],
        ),
        (
            "#[error_code(spec = \"./orders.toml\", sett = \"x\")] enum E { A(u8), Busy }",
            &[
                "unknown key `sett`, expected one of `spec`, `set`, `kinds`, `locales`, `crate`, \
               `exhaustive`, `methods`, `vendor`, `locale`, `severity`, `code_set`, `reserved`, \
               `message`; did you mean `set`?",
                "unknown variant `A` of OrderCode in ./orders.toml",
            ],
        ),
        // A struct has the keys of a type and of a variant, each once.
        (
            "#[error_code(1, message = \"x\", colour = \"x\")] struct S;",
            &[
                "unknown key `colour`, expected one of `spec`, `set`, `kinds`, `locales`, `crate`, \
               `exhaustive`, `methods`, `vendor`, `locale`, `severity`, `code_set`, `reserved`, \
               `message`, `transparent`, `symbol`, `remedy`, `kind`, `retry`, `retry_after`, \
               `billing`, `http`, `success`, `note`, `since`",
            ],
        ),
        ("#[error_code(1)] struct S;", &["code `1` has no message"]),
        (
            "#[error_code(1, retry = 5)] struct S;",
            &["expected a string: write `\"5\"`"],
        ),
        // Facts without a code: the variants are named, not the type.
        (
            "enum E { #[error_code(message = \"x\")] A, B }",
            &["`A` has no code", "`B` has no code"],
        ),
        ("enum E { A, B }", &["no variant of `E` has a code"]),
        // Angle brackets around words are text.
        (
            "enum E { #[error_code(1, message = \"<. or x> <a: b c> <x y()>\")] A }",
            &[
                "`<x y()>` is not a parameter and would be printed literally: a parameter is the \
               name of a field; store the value in a field of its own",
            ],
        ),
        (
            "enum E { #[error_code(1, message = \"x\", success = false)] A }",
            &["`success` is false unless it is written: remove it"],
        ),
        (
            "#[error_code(spec = concat!(\"./\", \"orders\", \".toml\"))] enum E { Busy }",
            &[],
        ),
        (
            "#[error_code(spec = env!(\"ERRBOOK_NO_VARIABLE\"))] enum E { Busy }",
            &["the environment variable `ERRBOOK_NO_VARIABLE`: environment variable not found"],
        ),
        // A number is neither a variant nor an alias.
        (
            "#[error_code(spec = \"./orders.toml\")] enum E { \
             #[error_code(1001)] A { sku: u8, left: u8 }, \
             #[error_code(\"Busy\")] B, #[error_code(\"PAYMENT_DECLINED\")] C }",
            &[],
        ),
    ] {
        assert_eq!(mistakes(item), expected, "{item}");
    }
}

/// `"2001"` may be any name of a code, `2001` only the code itself.
#[test]
fn a_number_in_rust_is_no_alias() {
    let folder = std::env::temp_dir().join(format!("errbook-aliases-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let spec = folder.join("spec.toml");
    std::fs::write(
        &spec,
        "schema = 1\nvendor = \"a\"\nlocale = \"en\"\n\n[[set]]\nname = \"S\"\n\n[[set.code]]\n\
         code = \"1001\"\nvariant = \"A\"\naliases = [\"2001\"]\nmessage.en = \"It is wrong\"\n",
    )
    .unwrap();
    let of = |name: &str| {
        mistakes(&format!(
            "#[error_code(spec = {:?})] enum E {{ #[error_code({name})] X }}",
            spec.to_str().unwrap()
        ))
    };
    let (text, number) = (of("\"2001\""), of("2001"));
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(text, [""; 0]);
    assert!(
        number.len() == 1 && number[0].starts_with("unknown code `2001` of S"),
        "{number:?}"
    );
}

#[test]
fn a_file_that_is_not_utf_8_is_reported_with_its_line() {
    let folder = std::env::temp_dir().join(format!("errbook-syntax-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let spec = folder.join("spec.toml");
    std::fs::write(&spec, b"schema = 1\nvendor = \"a\"\nlocale = \"\xff\"\n").unwrap();
    let input = format!("{:?}", spec.to_str().unwrap());
    let error = messages(Include::read(input.parse().unwrap(), None).unwrap_err());
    std::fs::remove_dir_all(&folder).unwrap();
    let expected = format!(
        "{}:3: invalid UTF-8; save the file as UTF-8",
        spec.display()
    );
    assert_eq!(error, [expected]);
}

#[test]
fn an_option_may_be_the_last_or_have_a_comma_behind_it() {
    let file = || Some(ui().join("ok/options.rs"));
    for (input, expected) in [
        ("\"./spec.toml\", vis =", &[][..]),
        ("\"./spec.toml\", vis = , exhaustive", &[]),
        (
            "\"./spec.toml\", vis = crate",
            &["expected a visibility such as `pub(crate)`"],
        ),
    ] {
        let include = Include::read(input.parse().unwrap(), file()).unwrap();
        let none = errbook_spec::problem::Problems::default();
        let expansion = include.expansion(&proc_macro2::TokenStream::new(), None, &none);
        assert_eq!(messages(expansion), expected, "{input}");
    }
}

#[test]
fn each_problem_is_at_the_path_of_its_file() {
    let input = "\"./everything-at-once.toml\", overrides = \"./overrides.toml\"";
    let file = ui().join("err/item.rs");
    let include = Include::read(input.parse().unwrap(), Some(file)).unwrap();
    let broken = errbook_spec::open(&include.source).unwrap_err().problems;
    let tokens = proc_macro2::TokenStream::new();
    let none = errbook_spec::problem::Problems::default();
    let columns = |tokens| -> Vec<usize> {
        let places = crate::rust::places(tokens).into_iter();
        places.map(|place| place.column).collect()
    };
    let of_spec = columns(include.expansion(&tokens, Some(&broken), &none));
    assert!(
        of_spec.len() > 1 && of_spec.iter().all(|column| *column == 0),
        "{of_spec:?}"
    );
    let overrides = include.overrides.as_ref().unwrap();
    let mut wrong = errbook_spec::problem::Problems::default();
    wrong.push(&overrides.place(&(0..1)), "wrong");
    let of_overrides = columns(include.expansion(&tokens, Some(&wrong), &none));
    assert_eq!(of_overrides, [input.find("\"./overrides").unwrap()]);
}

#[test]
fn transparent_is_proposed_for_a_variant_that_wraps_an_error() {
    let file = ui().join("derive/item.rs");
    let proposes = |variant: &str| {
        let item = format!("#[error_code(spec = \"./orders.toml\")] enum E {{ {variant} }}");
        let tokens = derive_error_code(item.parse().unwrap(), Some(file.clone()));
        let [message] = &messages(tokens)[..] else {
            panic!("{variant}");
        };
        message.contains("`#[error_code(transparent)]` to forward to the wrapped error")
    };
    assert!(proposes("Nope(#[source] Inner)"));
    assert!(!proposes("Nope(u8)") && !proposes("Nope"));
    assert!(!proposes("Nope { source: Inner, more: u8 }"));
}
