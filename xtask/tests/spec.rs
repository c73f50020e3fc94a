//! The command `spec`: enums with inline codes are converted to an equivalent spec.

use errbook_codegen::{Options, expand};
use errbook_spec::place::Source;
use errbook_spec::{self as spec, check};

use crate::scratch::Scratch;

const RUST: &str = r#"
/// What can go wrong with an order.
#[derive(Debug, errbook::ErrorCode)]
pub enum OrderError {
    #[error_code(1001, symbol = "OUT_OF_STOCK", retry = "backoff",
        message(en = "only <left> left", "zh-CN" = "仅剩 <left> 件"))]
    OutOfStock { left: u32 },
    #[error_code(1002, message = "payment declined", remedy = "use another card",
        billing = "free", http = 402)]
    Payment(#[source] std::io::Error),
    #[error_code(transparent)]
    Io(#[from] std::fmt::Error),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code("E1", message = "one")]
struct Single;
"#;

fn scratch_with_rust() -> Scratch {
    let scratch = Scratch::new();
    scratch.write(
        "service/Cargo.toml",
        "[package]\nname = \"Order_service\"\n",
    );
    scratch.write("service/src/error.rs", RUST);
    scratch
}

#[test]
fn all_enums_of_a_file_are_the_sets_of_one_spec() {
    let said = scratch_with_rust().run_in(".", &["spec", "service/src/error.rs"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!(said.out);
    let source = Source::new("errors.toml", &said.out);
    assert!(check(&spec::parse(&source).unwrap()).is_ok());
    assert!(expand(&source, &Options::default()).is_ok());
}

#[test]
fn one_enum_is_written_for_another_vendor() {
    let said = scratch_with_rust().run_in(
        ".",
        &[
            "spec",
            "service/src/error.rs",
            "--enum",
            "Single",
            "--vendor",
            "acme",
        ],
    );
    let spec = spec::parse(&Source::new("errors.toml", &said.out)).unwrap();
    let names: Vec<_> = spec.sets.iter().map(|set| set.name.as_str()).collect();
    assert_eq!((spec.vendor.as_str(), names), ("acme", vec!["Single"]));
}

#[test]
fn an_enum_that_cannot_be_converted_is_reported_with_its_position() {
    let scratch = scratch_with_rust();
    scratch.write(
        "broken.rs",
        "#[derive(errbook::ErrorCode)]\nenum E {\n    #[error_code(1)]\n    A,\n}\n",
    );
    scratch.write("not-rust.rs", "enum {{");
    scratch.write("none.rs", "enum E { A }\n");
    scratch.write(
        "two.rs",
        "#[derive(ErrorCode)]\n#[error_code(1, vendor = \"a\", message = \"x\")]\nstruct A;\n\
         #[derive(ErrorCode)]\n#[error_code(1, vendor = \"b\", message = \"x\")]\nstruct B;\n",
    );
    let runs: [&[&str]; 6] = [
        &["spec", "broken.rs"],
        &["spec", "not-rust.rs"],
        &["spec", "none.rs"],
        &["spec", "two.rs"],
        &["spec", "missing.rs"],
        &["spec", "service/src/error.rs", "--enum", "Order"],
    ];
    let said: Vec<_> = runs.iter().map(|run| scratch.run_in(".", run)).collect();
    assert!(said.iter().all(|said| !said.success && said.out.is_empty()));
    insta::assert_snapshot!(
        said.iter()
            .map(|said| said.err.as_str())
            .collect::<String>()
    );
}
