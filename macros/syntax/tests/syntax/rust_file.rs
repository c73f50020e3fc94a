//! Conversion of derived errors with inline codes to specs.

use errbook_spec::check;
use errbook_spec::place::Source;
use errbook_spec::{Billing, Retry, Spec};
use errbook_syntax::derived_specs;

const RUST: &str = r#"
//! A file.
use errbook::ErrorCode;

/// An error.
#[error_code(vendor = "acme")]
#[derive(Debug, Clone, errbook::ErrorCode)]
#[non_exhaustive]
pub(crate) enum Upload<'a, T: Clone> where T: Copy {
    /// Too large.
    #[error_code(413, symbol = "TOO_LARGE", retry = "after-fix", billing = "free",
        message(en = "<size> is too large", "zh-CN" = "<size> 过大"))]
    TooLarge { size: &'a T },
    /// The `<disk>` is
    /// full.
    #[error_code(414, message(en = doc, de = "<disk> ist voll."))]
    Full { disk: u8 },
    #[error_code(transparent)]
    Face(#[from] FaceCode),
}

#[derive(Debug)]
enum Other { One }

mod inner {
    #[derive(ErrorCode, Debug)]
    #[error_code("E1", message = "one")]
    pub struct Single(u8);

    fn function() {
        #[derive(Debug, ErrorCode)]
        #[error_code(spec = "errors.toml")]
        enum FromSpec { Busy }
    }
}
"#;

/// The names of the first sets.
fn names(specs: &[Spec]) -> Vec<&str> {
    let sets = specs.iter().map(|spec| &spec.sets[0]);
    sets.map(|set| set.name.as_str()).collect()
}

#[test]
fn inline_codes_become_specs() {
    let specs = derived_specs(&Source::new("src/error.rs", RUST), "shop").unwrap();
    let names: Vec<_> = specs
        .iter()
        .map(|spec| (spec.vendor.as_str(), spec.sets[0].name.as_str()))
        .collect();
    assert_eq!(names, [("acme", "Upload"), ("shop", "Single")]);
    let full = &specs[0].sets[0].codes[1];
    let message = full.message.get("en").map(|text| text.as_str());
    assert_eq!(message, Some("The <disk> is full."));
    let code = &specs[0].sets[0].codes[0];
    assert_eq!(
        (
            code.code.as_str(),
            code.variant.as_str(),
            code.params[0].name.as_str()
        ),
        ("413", "TooLarge", "size")
    );
    assert_eq!(
        (
            code.retry.as_ref().unwrap().value,
            code.billing.as_ref().unwrap().value
        ),
        (Retry::AfterFix, Billing::Free)
    );
    assert_eq!(code.message["zh-CN"].value, "<size> 过大");
    assert!(specs.iter().all(|spec| check(spec).is_ok()));
}

#[test]
fn problems_have_line_and_column() {
    let rust = concat!(
        "#[derive(errbook::ErrorCode)] enum E { ",
        "#[error_code(1, message = \"x\", retry = \"often\")] A, B }"
    );
    let problems = derived_specs(&Source::new("e.rs", rust), "shop")
        .unwrap_err()
        .to_string();
    assert!(
        problems.contains("e.rs:1:79: invalid value `often` for `retry`"),
        "{problems}"
    );
    assert!(
        problems.contains("e.rs:1:92: `B` has no code"),
        "{problems}"
    );
    let problems = derived_specs(&Source::new("e.rs", "enum {{"), "shop")
        .unwrap_err()
        .to_string();
    assert!(
        problems.starts_with("e.rs:1:7: not valid Rust"),
        "{problems}"
    );
}

#[test]
fn items_are_found_in_modules_and_functions() {
    let rust = r#"
#[cfg_attr(all(), derive(Debug, ErrorCode))]
#[error_code(1, message = "one")]
struct Conditional;

macro_rules! error {
    ($name:ident) => {
        #[derive(Debug, ErrorCode)]
        enum $name { #[error_code(9)] Nine }
    };
}

#[derive(Debug, ErrorCode)]
#[error_code(2, message = "two")]
struct Braces<const N: usize = { 3 }>([u8; N]) where Wrap<{ N }>: Copy;

fn function() {
    let _ = [{
        #[derive(Debug, ErrorCode)]
        enum Deep { #[error_code(3, message = "three")] Three = f::<u8, u16>() }
    }];
}
"#;
    let specs = derived_specs(&Source::new("e.rs", rust), "shop").unwrap();
    assert_eq!(names(&specs), ["Conditional", "Braces", "Deep"]);
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    let deep = format!(
        "{}#[derive(ErrorCode)] #[error_code(1, message = \"x\")] struct S;{}",
        "(".repeat(50_000),
        ")".repeat(50_000)
    );
    assert_eq!(
        derived_specs(&Source::new("e.rs", &deep), "shop")
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn invalid_items_do_not_panic() {
    for rust in [
        "",
        "#",
        "#[derive(ErrorCode)]",
        "#[derive(ErrorCode)] fn f() {}",
        "#![x] #[derive(ErrorCode)] union U { a: u8 }",
    ] {
        let _ = derived_specs(&Source::new("e.rs", rust), "shop");
    }
}

#[test]
fn a_note_keeps_its_source_and_date() {
    let rust = r#"
        #[derive(Debug, errbook::ErrorCode)]
        enum OrderError {
            #[error_code(
                1,
                message = "Busy.",
                note(en = "At night.", source = "https://shop.example", date = "2021-07-19")
            )]
            Busy,
        }
    "#;
    let specs = derived_specs(&Source::new("src/error.rs", rust), "shop").unwrap();
    let note = specs[0].sets[0].codes[0].note.as_ref().unwrap();
    let texts: Vec<_> = note
        .text
        .iter()
        .map(|(tag, text)| (&tag[..], text.as_str()))
        .collect();
    assert_eq!(texts, [("en", "At night.")]);
    assert_eq!(
        note.source.as_ref().unwrap().as_str(),
        "https://shop.example"
    );
    assert_eq!(note.date.as_ref().unwrap().as_str(), "2021-07-19");
}

#[test]
fn only_a_derive_makes_an_item_an_error() {
    let rust = r#"
        #[other(ErrorCode)]
        enum Other { A }

        fn function() {
            if a < b {
                #[derive(ErrorCode)]
                #[error_code(1, message = "one")]
                struct Inner;
            }
        }
    "#;
    let specs = derived_specs(&Source::new("e.rs", rust), "shop").unwrap();
    assert_eq!(names(&specs), ["Inner"]);
}

#[test]
fn one_mistake_is_one_problem() {
    for (item, expected) in [
        (
            "enum E { A, B }",
            "e.rs:1:27: no variant of `E` has a code\n",
        ),
        (
            "enum E { #[error_code(1, message = \"x\", success = false)] A }",
            "e.rs:1:72: `success` is false unless it is written: remove it",
        ),
    ] {
        let source = Source::new("e.rs", &format!("#[derive(ErrorCode)] {item}"));
        let problems = derived_specs(&source, "shop").unwrap_err();
        assert_eq!(problems.iter().count(), 1, "{problems}");
        let text = problems.to_string();
        assert!(text.trim_end().starts_with(expected.trim_end()), "{text}");
        assert_eq!(text.contains("help:"), expected.ends_with('\n'), "{text}");
    }
}
