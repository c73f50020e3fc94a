//! Derived errors whose facts are in attributes on the variants.

use errbook::{Billing, ErrorCode, Locale, Retry, Wire};
use errbook_codes::Kind;

#[derive(Debug, errbook::ErrorCode)]
#[error_code(kinds = Kind)]
enum Upload {
    #[error_code(
        413,
        symbol = "TOO_LARGE",
        message(en = "<size> bytes are more than <limit>.", "zh-CN" = "文件过大：<size> 字节"),
        remedy = "Send a smaller file.",
        retry = "after-fix",
        billing = "free",
        kind = "payload-too-large",
        http = 413
    )]
    TooLarge { size: u64, limit: u64 },
    #[error_code(
        -7,
        message = "Try again, <_0>.",
        retry = "throttled",
        retry_after = 5,
        kind = "rate-limited"
    )]
    Busy(String),
    #[error_code(0, message = "All is well.", success, kind = "success")]
    Done,
    #[error_code(1, message = "It is there already.", success = true, kind = "success")]
    Known,
}

#[test]
fn facts_come_from_the_attributes() {
    let error = Upload::TooLarge { size: 9, limit: 8 };
    assert_eq!(error.to_string(), "9 bytes are more than 8.");
    assert_eq!(error.message(Locale::ZH_CN), "文件过大：9 字节");
    assert_eq!(error.remedy(Locale::ZH_CN), Some("Send a smaller file."));
    assert_eq!(
        (error.retry(), error.billing()),
        (Retry::AfterFix, Billing::Free)
    );
    assert_eq!(
        (error.symbol(), error.http_status()),
        (Some("TOO_LARGE"), Some(413))
    );
    assert_eq!(error.kind(), Kind::PayloadTooLarge);
    assert_eq!((error.vendor(), error.set()), ("errbook-tests", "Upload"));
    let busy = Upload::Busy("Ann".to_owned());
    assert_eq!(
        (busy.code(), busy.to_string()),
        (Wire::from(-7), "Try again, Ann.".to_owned())
    );
    assert_eq!(busy.retry_after().unwrap().as_secs(), 5);
    assert!(Upload::Done.is_success() && Upload::Known.is_success());
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(vendor = "acme", set = "Texts", locale = "de")]
enum StringCode {
    #[error_code("E-1", message = "Etwas fehlt.")]
    Missing,
    #[error_code("E-2", message(de = "Zu viel.", en = "Too much."))]
    TooMuch,
}

#[test]
fn codes_can_be_strings() {
    assert_eq!(
        (StringCode::Missing.code(), StringCode::TooMuch.code()),
        (Wire::Text("E-1"), Wire::Text("E-2"))
    );
    assert_eq!(
        (StringCode::Missing.vendor(), StringCode::Missing.set()),
        ("acme", "Texts")
    );
    assert_eq!(StringCode::TooMuch.to_string(), "Zu viel.");
    assert_eq!(StringCode::Missing.message(Locale::EN), "Etwas fehlt.");
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(5_000_000_000, message = "Nothing at <place>.")]
struct Missing {
    place: &'static str,
}

#[test]
fn a_struct_has_one_code() {
    let error = Missing { place: "home" };
    assert_eq!(
        (error.code(), error.to_string()),
        (Wire::Integer(5_000_000_000), "Nothing at home.".to_owned())
    );
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(methods = false)]
enum Own {
    #[error_code(1, message = "One.")]
    One,
}

impl Own {
    fn code(&self) -> u8 {
        match self {
            Self::One => 1,
        }
    }
}

#[test]
fn a_type_can_have_methods_of_the_same_names() {
    assert_eq!(Own::One.code(), 1);
    assert_eq!(Own::One.wire(), Wire::Integer(1));
    assert_eq!(Own::One.localized(Locale::EN), "One.");
}
