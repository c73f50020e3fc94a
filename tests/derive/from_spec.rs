//! Derived errors whose codes come from a spec.

use std::error::Error;
use std::time::Duration;

use errbook::{Billing, ErrorCode, HasKind, Locale, Retry, Wire};
use errbook_codes::Kind;
use errbook_codes::tencent_huiyan::HuiyanCode;

#[derive(Debug)]
struct BankError;

impl std::fmt::Display for BankError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the bank said no")
    }
}

impl Error for BankError {}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(spec = "fixtures/derive/orders.toml", set = "OrderCode", kinds = Kind)]
enum OrderError {
    /// Matched by name with the variant of the spec.
    OutOfStock {
        sku: String,
        left: u32,
        #[expect(dead_code, reason = "no message names it")]
        shelf: u8,
    },
    #[error_code("PAYMENT_DECLINED")]
    Payment {
        #[source]
        cause: BankError,
    },
    #[error_code(1003)]
    Queue,
    #[error_code("BadField")]
    Field(#[error_code(param = "field-name")] &'static str),
    #[error_code(transparent)]
    Face(#[from] HuiyanCode),
}

fn out_of_stock() -> OrderError {
    OrderError::OutOfStock {
        sku: "A-7".to_owned(),
        left: 2,
        shelf: 1,
    }
}

#[test]
fn codes_are_found_by_variant_symbol_number_or_alias() {
    let all = [
        out_of_stock(),
        OrderError::Payment { cause: BankError },
        OrderError::Queue,
        OrderError::Field("zip"),
    ];
    let codes: Vec<_> = all.iter().map(OrderError::code).collect();
    assert_eq!(
        codes,
        [1001, 1002, 1003, 1005].map(|code: i32| Wire::from(code))
    );
    let symbols: Vec<_> = all.iter().filter_map(OrderError::symbol).collect();
    assert_eq!(
        symbols,
        [
            "OUT_OF_STOCK",
            "PAYMENT_DECLINED",
            "BUSY",
            "BAD_FIELD:<field-name>"
        ]
    );
}

#[test]
fn parameters_are_filled_in_in_every_language() {
    let error = out_of_stock();
    assert_eq!(error.to_string(), "Only 2 of A-7 are left.");
    assert_eq!(error.message(Locale::DE), "Von A-7 sind nur 2 da.");
    assert_eq!(error.message(Locale::ZH_TW), "A-7 库存不足");
    assert_eq!(error.message(Locale::JA), "Only 2 of A-7 are left.");
    assert_eq!(
        OrderError::Field("zip").to_string(),
        "The field zip is wrong."
    );
    assert_eq!(
        format!("{error:#}"),
        "shop/OrderCode/1001 OUT_OF_STOCK: Only 2 of A-7 are left."
    );
}

#[test]
fn facts_come_from_the_spec() {
    let error = out_of_stock();
    assert_eq!(error.billing(), Billing::Free);
    assert_eq!(error.retry(), Retry::AfterFix);
    assert_eq!(error.kind(), Kind::InvalidArgument);
    assert_eq!(error.remedy(Locale::EN), Some("Order fewer."));
    assert_eq!(error.http_status(), Some(409));
    assert_eq!((error.vendor(), error.set()), ("shop", "OrderCode"));
    assert_eq!(
        OrderError::Queue.retry_after(),
        Some(Duration::from_secs(30))
    );
    assert_eq!(OrderError::Queue.remedy(Locale::EN), None);
    assert!(!OrderError::Queue.is_success());
}

#[test]
fn transparent_variants_forward_to_the_wrapped_error() {
    let error = OrderError::from(HuiyanCode::NameAndIdMismatch);
    assert_eq!(error.code(), Wire::from(2006));
    assert_eq!(error.vendor(), "tencent-huiyan");
    assert_eq!(error.to_string(), HuiyanCode::NameAndIdMismatch.to_string());
    assert_eq!(
        error.message(Locale::EN),
        HuiyanCode::NameAndIdMismatch.message(Locale::EN)
    );
    assert_eq!(error.kind(), Kind::IdentityMismatch);
    assert_eq!(error.billing(), Billing::Billed);
    assert!(error.source().is_none());
}

#[test]
fn the_source_is_returned() {
    let error = OrderError::Payment { cause: BankError };
    assert_eq!(error.source().unwrap().to_string(), "the bank said no");
    assert!(out_of_stock().source().is_none());
}

#[test]
fn a_derived_error_works_as_a_dyn_error_code() {
    let errors: [&dyn ErrorCode; 2] = [&out_of_stock(), &HuiyanCode::NameAndIdMismatch];
    assert_eq!(
        errors.map(|error| error.wire().to_string()),
        ["1001", "2006"]
    );
    let kinds: [&dyn HasKind<Kind>; 2] = [&OrderError::Queue, &HuiyanCode::NameAndIdMismatch];
    assert_eq!(
        kinds.map(HasKind::kind),
        [Kind::RateLimited, Kind::IdentityMismatch]
    );
}

#[test]
fn a_message_respects_the_width_of_the_format_string() {
    assert_eq!(
        format!("{:>30}|", OrderError::Queue),
        format!("{:>30}|", "Too many orders at once.")
    );
}

#[derive(Debug, errbook::ErrorCode)]
#[error_code(
    spec = "fixtures/derive/orders.toml",
    exhaustive,
    locales = [zh_CN, #[cfg(any())] de, en]
)]
enum Whole {
    OutOfStock {
        sku: String,
        left: u32,
    },
    PaymentDeclined,
    Busy,
    #[allow(deprecated, reason = "we still send faxes")]
    FaxFailed,
    BadField {
        field_name: String,
    },
}

#[test]
fn only_the_chosen_languages_are_included() {
    let error = Whole::OutOfStock {
        sku: "A".to_owned(),
        left: 1,
    };
    assert_eq!(error.to_string(), "A 库存不足");
    assert_eq!(error.message(Locale::DE), "A 库存不足");
    assert_eq!(error.message(Locale::EN), "Only 1 of A are left.");
    let rest = [
        Whole::PaymentDeclined,
        Whole::Busy,
        Whole::FaxFailed,
        Whole::BadField {
            field_name: "x".to_owned(),
        },
    ];
    let codes: Vec<_> = rest.iter().map(Whole::code).collect();
    assert_eq!(
        codes,
        [1002, 1003, 1004, 1005].map(|code: i32| Wire::from(code))
    );
}
