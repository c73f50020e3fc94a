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

/// The codes of Huiyan, with facts that this crate decides.
pub mod huiyan {
    errbook_codes::tencent_huiyan_spec! { overrides = "overrides.toml" }
}

#[test]
fn facts_of_a_vendor_can_be_overridden() {
    use errbook::{Billing, Locale};
    let mine = huiyan::HuiyanCode::NameAndIdMismatch;
    let theirs = HuiyanCode::NameAndIdMismatch;
    assert_eq!(mine.retry(), Retry::Never);
    assert_eq!(theirs.retry(), Retry::AfterUserAction);
    assert_eq!(mine.message(Locale::EN), "Check your name and ID number.");
    assert_eq!(
        mine.message(Locale::parse("fr").unwrap()),
        "Vérifiez votre nom."
    );
    assert_eq!(mine.kind(), theirs.kind());
    assert_eq!(huiyan::HuiyanCode::from_code(theirs.code()), Some(mine));
    assert_eq!(HuiyanCode::DataNotFound.billing(), Billing::Free);
    assert_eq!(
        huiyan::HuiyanCode::DataNotFound.billing(),
        Billing::Unspecified
    );
}
