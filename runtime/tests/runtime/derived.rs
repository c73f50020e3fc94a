//! How derived errors print their fields, and what their sources are.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use errbook::{ErrorCode, Filled, HasKind, Locale, Wire};

use crate::shop::OrderCode;

#[derive(Debug, errbook::ErrorCode)]
enum Failed {
    #[error_code(1, message(en = "order: <code>", de = "Bestellung: <code>"))]
    Order { code: OrderCode },
    #[error_code(2, message(en = "order: <code>", de = "Bestellung: <code>"))]
    Boxed { code: Box<OrderCode> },
    #[error_code(3, message(en = "order: <code>", de = "Bestellung: <code>"))]
    Shared { code: Pointer },
    #[error_code(4, message = "<<left> is <left>, and <<other> is not <a b>")]
    Escaped { left: u8 },
    #[error_code(5, message = "five")]
    Sometimes { source: Option<fmt::Error> },
    #[error_code(6, message = "six")]
    Always { source: fmt::Error },
}

/// A pointer that the derive does not see.
type Pointer = Arc<OrderCode>;

#[test]
fn an_error_in_a_field_is_printed_in_the_language_of_the_message() {
    let code = OrderCode::Busy;
    for failed in [
        Failed::Order { code },
        Failed::Boxed { code: code.into() },
        Failed::Shared { code: code.into() },
    ] {
        assert_eq!(
            failed.localized(Locale::DE),
            "Bestellung: Zu viele Bestellungen auf einmal."
        );
        assert_eq!(failed.to_string(), "order: Too many orders at once.");
    }
}

#[test]
fn two_brackets_before_the_name_of_a_parameter_print_its_name() {
    let escaped = Failed::Escaped { left: 7 };
    assert_eq!(escaped.to_string(), "<left> is 7, and <other> is not <a b>");
    let filled = Filled::new("<<left> <left> <<other> <other> <left", &[("left", &7)]);
    assert_eq!(filled.to_string(), "<left> 7 <<other> <other> <left");
}

#[test]
fn an_optional_source_is_a_source_if_it_is_there() {
    let source = |source| Failed::Sometimes { source }.source().is_some();
    assert!(source(Some(fmt::Error)) && !source(None));
    assert!(Failed::Always { source: fmt::Error }.source().is_some());
}

#[test]
fn a_set_without_ranges_says_nothing_about_the_kind_of_an_unknown_code() {
    struct Kindless;
    impl HasKind<u8> for Kindless {
        fn kind(&self) -> u8 {
            1
        }
    }
    assert_eq!(Kindless::kind_of_unknown(Wire::Integer(7)), None);
}

#[test]
fn a_code_is_printed_with_its_identity_in_the_alternate_form() {
    let code = OrderCode::Busy;
    assert_eq!(code.to_string(), "Too many orders at once.");
    assert_eq!(
        format!("{code:#}"),
        "shop/OrderCode/1003 BUSY: Too many orders at once."
    );
    let code = OrderCode::Accepted;
    assert_eq!(
        format!("{code:#}"),
        "shop/OrderCode/1000: The order was accepted."
    );
}
