//! The error codes of identity and face-verification vendors, as enums.
//!
//! Each vendor is a module and a feature of its own, all on by default. Every code has its message in Chinese and
//! English, whether the vendor charges for it, what a caller should do, and a [`Kind`] that means the same at every
//! vendor.
//!
//! ```
//! use errbook_codes::errbook::{Billing, Locale};
//! use errbook_codes::{Kind, tencent_huiyan::HuiyanCode};
//!
//! let code = HuiyanCode::from_code(2006).expect("2006 is documented");
//! assert_eq!(code, HuiyanCode::NameAndIdMismatch);
//! assert_eq!(code.billing(), Billing::Billed);
//! assert_eq!(code.kind(), Kind::IdentityMismatch);
//! assert_eq!(code.message(Locale::ZH_CN), "姓名和身份证号不一致，请核实后重试");
//! ```
//!
//! A code as it arrived, known or not, is held by [`errbook::Received`].
//!
//! # Whose texts these are
//!
//! The codes and their Chinese messages are the vendors', from their public documents, and no vendor has any part in
//! this crate. What the documents do not say is marked so: billing that a vendor does not state is
//! [`Unspecified`](errbook::Billing::Unspecified), never free.
//!
//! # Features
//!
//! One for each vendor (`tencent-kyc` is the module [`tencent_kyc`]); `en` for the English texts, on by default, and `ja`
//! for the Japanese ones of [`tencent_faceid_sdk`]; `std` and `serde` as in [`errbook`].

#![no_std]

pub use errbook;

errbook::include_spec! { "kinds.toml", locales = [zh_CN, #[cfg(feature = "en")] en] }

macro_rules! vendors {
    ($($(#[$doc:meta])* $module:ident = $name:literal;)*) => {$(
        $(#[$doc])*
        #[cfg(feature = $name)]
        pub mod $module;
    )*};
}

vendors! {
    /// The API gateway of an aggregator of identity checks: its own codes, and those of the carriers behind it.
    idverify_gateway = "idverify-gateway";
    /// Megvii FaceID: its server's HTTP errors and results, and its SDK's codes.
    megvii_faceid = "megvii-faceid";
    /// Tencent's FaceID SDK for mobile devices: log-in and verification.
    tencent_faceid_sdk = "tencent-faceid-sdk";
    /// Tencent Huiyan: face verification in WeChat HTML5, mini programs and SDKs.
    tencent_huiyan = "tencent-huiyan";
    /// Tencent's KYC services: gateway, faces, ID cards, bank cards, names with ID numbers.
    tencent_kyc = "tencent-kyc";
}

/// Which codes of which vendor mean the same: a table of kinds and vendors.
#[doc = include_str!("../KINDS.md")]
pub mod by_kind {}

/// The README's examples, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
