//! The error codes of identity and face-verification vendors, as enums.
//!
//! Each vendor is a module with one enum per table of its document. Every code has its message in
//! Chinese and English, whether the vendor charges for the answer, what the caller should do, and a
//! [`Kind`] that means the same at every vendor.
//!
//! ```
//! use errbook_codes::errbook::{Billing, Locale, Received, Retry};
//! use errbook_codes::{Kind, tencent_huiyan::HuiyanCode};
//!
//! let code = HuiyanCode::from_code(2006).expect("2006 is documented");
//! assert_eq!(code, HuiyanCode::NameAndIdMismatch);
//! assert_eq!(code.message(Locale::ZH_CN), "姓名和身份证号不一致，请核实后重试");
//! assert_eq!(code.kind(), Kind::IdentityMismatch);
//! assert_eq!((code.billing(), code.retry()), (Billing::Billed, Retry::AfterUserAction));
//!
//! // `Received` also keeps a code that this version does not know.
//! let received: Received<HuiyanCode> = Received::from(31337);
//! assert_eq!(received.known(), None);
//! assert_eq!(received.to_string(), "unknown code 31337");
//! ```
//!
//! The traits and types are those of the crate [`errbook`], which is re-exported here. Its
//! [guide](https://docs.rs/errbook/latest/errbook/guide/) says when to use `from_code`, `try_from`,
//! `parse` or [`Received`](errbook::Received), how to retry, how to choose a language, and how to
//! derive your own errors. In your own derives and specs, name the crate with
//! `crate = errbook_codes::errbook`. The page [`by_kind`] compares the vendors.
//!
//! # Overrides
//!
//! Where your program disagrees with a retry class, a kind or a text, it compiles the vendor's codes
//! with a file of its own, which is
//! [checked like a spec](https://docs.rs/errbook/latest/errbook/guide/overrides/):
//!
//! ```
//! # use errbook_codes::errbook::Retry;
//! pub mod huiyan {
//!     // The path is relative to your Cargo.toml. This one has, below `[set.HuiyanCode.code]`,
//!     // 2006 = { retry = "never", because = "our names come from a register" }
//!     errbook_codes::tencent_huiyan_spec! { overrides = "examples/overrides.toml" }
//! }
//! assert_eq!(huiyan::HuiyanCode::NameAndIdMismatch.retry(), Retry::Never);
//! ```
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `idverify-gateway` | yes | the module [`idverify_gateway`] |
//! | `megvii-faceid` | yes | the module [`megvii_faceid`] |
//! | `tencent-faceid-sdk` | yes | the module [`tencent_faceid_sdk`] |
//! | `tencent-huiyan` | yes | the module [`tencent_huiyan`] |
//! | `tencent-kyc` | yes | the module [`tencent_kyc`] |
//! | `en` | yes | the English messages; the Chinese messages are always included, and are the fallback |
//! | `default-en` | no | English instead of Chinese as the language of `Display` and of readers whose language is missing |
//! | `ja` | no | the Japanese messages of [`tencent_faceid_sdk`] |
//! | `std` | yes | enables `alloc` |
//! | `alloc` | yes | `String` as the default string type of [`Received`](errbook::Received) |
//! | `serde` | no | `Serialize` and `Deserialize` for received codes, flags and locales; `Serialize` for billing, retry classes, severities and messages |
//! | `http` | no | `errbook::HttpStatus`: the HTTP status of a code as `http::StatusCode` |
//! | `problem-details` | no | `errbook::ProblemDetails`: RFC 9457; serializable with `serde` |
//! | `error-info` | no | `errbook::ErrorInfo`: `google.rpc.ErrorInfo`; serializable with `serde` |
//! | `error-type` | no | `errbook::ErrorType`: OpenTelemetry's attribute `error.type` |
//! | `miette` | no | `errbook::Diagnosed`: a `miette::Diagnostic` |
//! | `accept-language` | no | `errbook::Locale::accepted`: the language to answer in, from an `Accept-Language` header |
//! | `icu` | no | conversions between `errbook::Locale` and the identifiers of `icu_locale_core` |
//! | `unic-langid` | no | conversions between `errbook::Locale` and the identifiers of `unic-langid` |
//!
//! Without default features the crate is `no_std` and does not allocate; enable the vendors that
//! you need.
//!
//! # Origin of the codes and messages
//!
//! The codes and their Chinese messages are the vendors' own, from their public documents. No
//! vendor is affiliated with this crate. What a document does not say stays unspecified: billing
//! that a vendor does not state is [`Unspecified`](errbook::Billing::Unspecified), never free.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub use errbook;

errbook::include_spec! {
    "kinds.toml",
    crate = crate::errbook,
    export = kinds_spec,
    locales = [zh_CN, #[cfg(feature = "en")] en],
    default = [#[cfg(feature = "default-en")] en],
}

impl errbook::UnknownKind for Kind {
    const UNKNOWN: Self = Self::Unknown;
}

macro_rules! vendors {
    ($($(#[$doc:meta])* $module:ident = $name:literal;)*) => {$(
        $(#[$doc])*
        #[cfg(feature = $name)]
        pub mod $module;
    )*};
}

vendors! {
    /// An aggregator of identity checks: the codes of its API gateway, and those of the carriers
    /// behind it.
    idverify_gateway = "idverify-gateway";
    /// Megvii FaceID: HTTP errors and results of the server, and the codes of the SDK.
    megvii_faceid = "megvii-faceid";
    /// Tencent's FaceID SDK for mobile devices: login and verification.
    tencent_faceid_sdk = "tencent-faceid-sdk";
    /// Tencent Huiyan: face verification in WeChat HTML5, mini programs and SDKs.
    tencent_huiyan = "tencent-huiyan";
    /// Tencent's KYC services: gateway, faces, ID cards, bank cards, names with ID numbers.
    tencent_kyc = "tencent-kyc";
}

/// Which codes of different vendors mean the same: a table with a row for each kind and a column for
/// each vendor.
#[doc = include_str!("../KINDS.md")]
pub mod by_kind {}

/// The README's examples, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
