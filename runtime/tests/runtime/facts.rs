//! Severity, note, the vendor's own words and the first release of a code: from a spec and from a
//! derive, through each way to reach a code.

use errbook::{Billing, Class, ErrorCode, Locale, Localized, Received, Retry, Severity, Wire};

errbook::include_spec! { "tests/facts.toml" }

#[test]
fn severity_comes_from_the_code_its_set_or_its_success() {
    assert_eq!(OrderCode::Accepted.severity(), Severity::Info);
    assert_eq!(OrderCode::Declined.severity(), Severity::Error);
    assert_eq!(OrderCode::Delayed.severity(), Severity::Warning);
    assert_eq!(OrderWarning::NewCustomer.severity(), Severity::Warning);
    assert_eq!(OrderWarning::AddressUnknown.severity(), Severity::Error);
}

#[test]
fn success_is_info_even_in_a_set_of_warnings() {
    const SEVERITY: Severity = OrderWarning::Checked.severity();
    assert!(OrderWarning::Checked.is_success());
    assert_eq!(OrderWarning::Checked.severity(), Severity::Info);
    assert_eq!(SEVERITY, ErrorCode::severity(&OrderWarning::Checked));
    let received = Received::<OrderWarning, &str>::from_integer(12);
    assert_eq!(received.class().severity, Severity::Info);
}

#[test]
fn a_note_is_in_the_best_language() {
    const NOTE: Option<&str> = OrderCode::Declined.note(Locale::EN);
    assert_eq!(
        NOTE,
        Some("Some banks send this code for a blocked card too.")
    );
    assert_eq!(
        OrderCode::Declined.note(Locale::ZH_CN),
        Some("部分银行卡被锁定时也返回此码")
    );
    assert_eq!(OrderCode::Accepted.note(Locale::EN), None);
    assert_eq!(OrderWarning::NewCustomer.note(Locale::EN), None);
}

#[test]
fn the_vendors_words_are_in_the_language_asked_for_or_in_the_one_it_used() {
    assert_eq!(OrderCode::Declined.said(Locale::ZH_CN), Some("支负失败"));
    assert_eq!(OrderCode::Declined.said(Locale::EN), Some("支负失败"));
    assert_eq!(OrderCode::Delayed.said(Locale::EN), Some("Order delay"));
    assert_eq!(OrderCode::Delayed.said(Locale::ZH_CN), Some("定单延迟"));
    assert_eq!(OrderCode::Accepted.said(Locale::ZH_CN), None);
}

#[test]
fn since_is_a_release_of_the_registry() {
    assert_eq!(OrderCode::Accepted.since(), Some("0.1.0"));
    assert_eq!(OrderCode::Delayed.since(), Some("0.2.0"));
    assert_eq!(OrderCode::Declined.since(), None);
    assert_eq!(OrderWarning::NewCustomer.since(), None);
}

#[test]
fn the_class_of_an_unknown_code_has_the_severity_of_its_range() {
    let class = |code| Received::<OrderCode, &str>::from_integer(code).class();
    assert_eq!(class(2).severity, Severity::Warning);
    assert_eq!(class(150).severity, Severity::Info);
    assert_eq!(class(500), Class::new(Billing::Unspecified, Retry::Backoff));
    assert_eq!(class(7), Class::default());
    assert_eq!(class(7).severity, Severity::Error);
    let warning = |code| Received::<OrderWarning, &str>::from_integer(code).class();
    assert_eq!(warning(10).severity, Severity::Warning);
    assert_eq!(warning(25).severity, Severity::Warning);
    assert_eq!(warning(25).retry, Retry::Never);
}

/// The four facts as a caller sees them who has only the trait object.
fn facts(
    error: &dyn ErrorCode,
) -> (
    Severity,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
) {
    let locale = Locale::EN;
    (
        error.severity(),
        error.note(locale),
        error.said(locale),
        error.since(),
    )
}

#[test]
fn the_trait_says_what_the_enum_says() {
    for code in OrderCode::ALL {
        let expected = (
            code.severity(),
            code.note(Locale::EN),
            code.said(Locale::EN),
            code.since(),
        );
        assert_eq!(facts(code), expected);
        let boxed: Box<dyn ErrorCode + Send + Sync> = Box::new(*code);
        assert_eq!(facts(&*boxed), expected);
        assert_eq!(facts(&OrderError::from(*code)), expected);
        assert_eq!(facts(&OrderError::Boxed(Box::new(*code))), expected);
        let any: Box<dyn ErrorCode> = Box::new(*code);
        assert_eq!(facts(&OrderError::Any(any)), expected);
        assert_eq!(facts(&Wrapper(*code)), expected);
    }
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", severity = "warning")]
enum OrderError {
    #[error_code(
        1,
        message = "The order will be late.",
        note(en = "Only in December.", de = "Nur im Dezember."),
        since = "1.2"
    )]
    Late,
    #[error_code(2, message = "The shop is closed.", severity = "error")]
    Closed,
    #[error_code(transparent)]
    Code(#[from] OrderCode),
    #[error_code(transparent)]
    Boxed(Box<OrderCode>),
    #[error_code(transparent)]
    Any(Box<dyn ErrorCode>),
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(transparent)]
struct Wrapper(OrderCode);

#[derive(Debug, errbook::ErrorCode)]
enum Plain {
    #[error_code(0, message = "All is well.", success)]
    Done,
    #[error_code(
        1,
        message = "It is being copied.",
        severity = "info",
        note = "It takes an hour."
    )]
    Copying,
    #[error_code(2, message = "It is lost.")]
    Lost,
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(
    7,
    message = "Half of it arrived.",
    severity = "warning",
    since = "2.0"
)]
struct Half;

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "tests/facts.toml", set = "OrderCode")]
enum FromSpec {
    Declined,
    Delayed,
}

#[test]
fn a_derived_error_has_the_facts_of_its_attributes() {
    let late = OrderError::Late;
    assert_eq!(late.severity(), Severity::Warning);
    assert_eq!(late.note(Locale::EN), Some("Only in December."));
    assert_eq!(late.note(Locale::DE), Some("Nur im Dezember."));
    assert_eq!(late.said(Locale::EN), None);
    assert_eq!(late.since(), Some("1.2"));
    assert_eq!(OrderError::Closed.severity(), Severity::Error);
    assert_eq!(OrderError::Closed.note(Locale::EN), None);
    assert_eq!(facts(&late).0, Severity::Warning);
    assert_eq!(Half.severity(), Severity::Warning);
    assert_eq!(Half.since(), Some("2.0"));
}

#[test]
fn by_default_a_derived_success_is_info_and_everything_else_an_error() {
    assert_eq!(Plain::Done.severity(), Severity::Info);
    assert_eq!(Plain::Copying.severity(), Severity::Info);
    assert_eq!(Plain::Copying.note(Locale::DE), Some("It takes an hour."));
    assert_eq!(Plain::Lost.severity(), Severity::Error);
    assert_eq!(Plain::Lost.since(), None);
}

#[test]
fn a_derive_from_a_spec_takes_the_facts_of_the_spec() {
    for (derived, code) in [
        (FromSpec::Declined, OrderCode::Declined),
        (FromSpec::Delayed, OrderCode::Delayed),
    ] {
        assert_eq!(facts(&derived), facts(&code));
        assert_eq!(derived.said(Locale::ZH_CN), code.said(Locale::ZH_CN));
    }
}

/// A hand-written implementation that does not override the methods of the four facts.
#[derive(Debug)]
struct ByHand {
    is_success: bool,
}

impl std::fmt::Display for ByHand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("by hand")
    }
}

impl std::error::Error for ByHand {}

impl ErrorCode for ByHand {
    fn vendor(&self) -> &'static str {
        "hand"
    }

    fn set(&self) -> &'static str {
        "ByHand"
    }

    fn wire(&self) -> Wire<'_> {
        Wire::Integer(1)
    }

    fn symbol(&self) -> Option<&'static str> {
        None
    }

    fn localized(&self, _: Locale) -> Localized<'_> {
        "by hand".into()
    }

    fn remedy(&self, _: Locale) -> Option<&'static str> {
        None
    }

    fn billing(&self) -> Billing {
        Billing::Unspecified
    }

    fn retry(&self) -> Retry {
        Retry::Unspecified
    }

    fn retry_after(&self) -> Option<std::time::Duration> {
        None
    }

    fn http_status(&self) -> Option<u16> {
        None
    }

    fn is_success(&self) -> bool {
        self.is_success
    }
}

#[test]
fn a_hand_written_implementation_has_defaults() {
    let failed = ByHand { is_success: false };
    assert_eq!(facts(&failed), (Severity::Error, None, None, None));
    let passed = ByHand { is_success: true };
    assert_eq!(facts(&passed), (Severity::Info, None, None, None));
}

#[cfg(feature = "serde")]
#[test]
fn severities_are_written_and_read_as_specs_write_them() {
    for severity in Severity::ALL {
        assert_eq!(severity.to_string().parse(), Ok(severity));
        let json = serde_json::to_string(&severity).unwrap();
        assert_eq!(json, format!("\"{severity}\""));
    }
    assert!("Error".parse::<Severity>().is_err());
    assert_eq!(Severity::default(), Severity::Error);
}
