//! A crate that depends on errbook only through errbook-codes.

#![no_std]
#![deny(warnings, clippy::pedantic, missing_docs, unreachable_pub)]

use errbook_codes::errbook::{self, Retry};
use errbook_codes::{Kind, tencent_huiyan::HuiyanCode};

/// An error of this crate.
#[derive(Debug, errbook::ErrorCode)]
#[error_code(crate = errbook_codes::errbook, vendor = "acme", kinds = Kind)]
pub enum SignUpError {
    /// The name is taken.
    #[error_code(
        1,
        message(en = "<name> is taken.", "zh-CN" = "<name> 已被占用"),
        kind = "invalid-argument",
        retry = "after-fix"
    )]
    Taken {
        /// The name.
        name: &'static str,
    },
    /// The vendor rejected the face.
    #[error_code(transparent)]
    Face(#[from] HuiyanCode),
}

/// Whether to retry.
#[must_use]
pub fn is_worth_another_try(error: &SignUpError) -> bool {
    error.retry() != Retry::Never
}

#[test]
fn one_dependency_is_enough() {
    use errbook::Locale;
    let error = SignUpError::from(HuiyanCode::NameAndIdMismatch);
    assert_eq!(error.kind(), Kind::IdentityMismatch);
    assert!(is_worth_another_try(&error));
    assert_eq!(
        SignUpError::Taken { name: "Ann" }.message(Locale::EN),
        "Ann is taken."
    );
}
