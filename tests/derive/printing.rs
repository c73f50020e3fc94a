//! How derived errors are printed: width and precision, and parameters that are errors themselves.

use std::fmt::Display;
use std::sync::Arc;

use errbook::{ErrorCode, Locale};
use errbook_codes::tencent_huiyan::HuiyanCode;

#[derive(Debug, Clone, errbook::ErrorCode)]
#[error_code(vendor = "acme")]
enum Disk {
    #[error_code(
        1,
        message(en = "Only <ratio> of <name> is free.", de = "<name>: <ratio> frei.")
    )]
    Full { ratio: f64, name: &'static str },
    #[error_code(2, message(en = "The disk is gone.", de = "Die Platte ist weg."))]
    Gone,
}

const FULL: Disk = Disk::Full {
    ratio: 0.062_5,
    name: "sda",
};

#[test]
fn width_and_precision_apply_to_the_whole_message() {
    assert_eq!(FULL.to_string(), "Only 0.0625 of sda is free.");
    assert_eq!(format!("[{FULL:>30}]"), "[   Only 0.0625 of sda is free.]");
    assert_eq!(format!("[{FULL:*<30}]"), "[Only 0.0625 of sda is free.***]");
    assert_eq!(format!("{FULL:.3}"), "Onl");
    assert_eq!(
        format!("{FULL:#}"),
        "acme/Disk/1: Only 0.0625 of sda is free."
    );
    assert_eq!(
        format!("{:>#25}", Disk::Gone),
        "acme/Disk/2: The disk is gone."
    );
    assert_eq!(format!("{:>20}", Disk::Gone), "   The disk is gone.");
    let code = HuiyanCode::NameAndIdMismatch;
    let name = "tencent-huiyan/HuiyanCode/2006";
    assert!(format!("{code:#}").starts_with(&format!("{name}: ")));
    assert_eq!(format!("{code:#.30}"), name);
}

#[derive(Debug, errbook::ErrorCode)]
enum Save<'a, E: ErrorCode, D: Display> {
    #[error_code(1, message(en = "Cannot save: <_0>", de = "Nicht gespeichert: <_0>"))]
    Plain(Disk),
    #[error_code(2, message(en = "Cannot save: <_0>", de = "Nicht gespeichert: <_0>"))]
    Boxed(Box<Disk>),
    #[error_code(3, message(en = "Cannot save: <_0>", de = "Nicht gespeichert: <_0>"))]
    Borrowed(&'a Disk),
    #[error_code(4, message(en = "Cannot save: <_0>", de = "Nicht gespeichert: <_0>"))]
    Shared(Arc<Disk>),
    #[error_code(5, message(en = "Cannot save: <_0>", de = "Nicht gespeichert: <_0>"))]
    Dynamic(Box<dyn ErrorCode>),
    #[error_code(6, message(en = "Cannot save: <_0>", de = "Nicht gespeichert: <_0>"))]
    Generic(E),
    #[error_code(7, message(en = "Cannot save: <_0>", de = "Nicht gespeichert: <_0>"))]
    Any(Box<D>),
}

#[test]
fn a_parameter_with_a_code_is_printed_in_the_language_of_the_message() {
    let disk = Disk::Gone;
    let all: [Save<'_, Disk, u8>; 6] = [
        Save::Plain(disk.clone()),
        Save::Boxed(Box::new(disk.clone())),
        Save::Borrowed(&disk),
        Save::Shared(Arc::new(disk.clone())),
        Save::Dynamic(Box::new(disk.clone())),
        Save::Generic(disk.clone()),
    ];
    for error in all {
        assert_eq!(
            error.message(Locale::DE),
            "Nicht gespeichert: Die Platte ist weg."
        );
        assert_eq!(error.to_string(), "Cannot save: The disk is gone.");
        // The alternate form concerns the outer error alone.
        let alternate = format!("{error:#}");
        assert!(alternate.ends_with(": Cannot save: The disk is gone."));
    }
    let any: Save<'_, Disk, u8> = Save::Any(Box::new(7));
    assert_eq!(any.message(Locale::DE), "Nicht gespeichert: 7");
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(locale = "de")]
enum Nested {
    #[error_code(1, message = "Kein Platz: <_0>")]
    Disk(Disk),
}

#[test]
fn the_default_language_of_the_outer_error_is_that_of_its_parameters() {
    assert_eq!(
        Nested::Disk(Disk::Gone).to_string(),
        "Kein Platz: Die Platte ist weg."
    );
}

#[derive(Debug, errbook::ErrorCode)]
enum Syntax {
    #[error_code(
        1,
        message(
            en = "<<name> and <<0> are not <name>.",
            de = "<name> statt <<name>, a<b c>."
        )
    )]
    Tag { name: Disk },
    #[error_code(2, message = "Write <<br>, not 1 <2 >.", remedy = "Close <<br>.")]
    Break,
}

#[test]
fn an_escaped_parameter_is_printed_as_it_is_written() {
    let tag = Syntax::Tag { name: Disk::Gone };
    assert_eq!(tag.to_string(), "<name> and <0> are not The disk is gone..");
    assert_eq!(
        tag.message(Locale::DE),
        "Die Platte ist weg. statt <name>, a<b c>."
    );
    assert_eq!(Syntax::Break.to_string(), "Write <br>, not 1 <2 >.");
    assert_eq!(Syntax::Break.remedy(Locale::EN), Some("Close <br>."));
}
