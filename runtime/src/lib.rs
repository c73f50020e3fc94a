//! Vendors' error codes as zero-cost Rust enums.
//!
//! This crate is the runtime: the traits that every code implements, [`Billing`] and [`Retry`]
//! classes, languages ([`Locale`]), received codes ([`Received`]), flags ([`Flags`]), and the macro
//! that compiles a spec to enums:
//!
//! ```
//! use errbook::{Billing, Locale};
//!
//! # #[cfg(feature = "macros")]
//! errbook::include_spec! { "tests/shop.toml" }
//! # #[cfg(feature = "macros")] {
//! let code = OrderCode::from_code(1002).expect("1002 is in the spec");
//! assert_eq!(code, OrderCode::PaymentDeclined);
//! assert_eq!(code.message(Locale::EN), "The payment was declined.");
//! assert_eq!(code.billing(), Billing::Billed);
//! # }
//! ```
//!
//! The crate `errbook-codes` has the enums of the vendors in the registry. The [`guide`] explains
//! how to [decode](guide::decode) what a vendor sent, [retry](guide::retries),
//! [choose a language](guide::languages), [derive your own errors](mod@guide::derive), and
//! [write a spec](guide::spec).
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `macros` | yes | [`include_spec!`], `#[derive(ErrorCode)]` |
//! | `std` | yes | enables `alloc` |
//! | `alloc` | yes | `String` as the default string type of [`Received`] |
//! | `serde` | no | `Serialize` and `Deserialize` for [`Received`], [`Flags`] and [`Locale`]; `Serialize` for [`Wire`], [`Billing`], [`Retry`], [`Severity`] and [`Localized`] |
//! | `http` | no | `HttpStatus`: the status of a code as an `http::StatusCode` |
//! | `problem-details` | no | `ProblemDetails`: RFC 9457, serializable with `serde` |
//! | `error-info` | no | `ErrorInfo`: `google.rpc.ErrorInfo`, serializable with `serde` |
//! | `error-type` | no | `ErrorType`: the attribute `error.type` of OpenTelemetry, for traces and metrics |
//! | `miette` | no | `Diagnosed`: a `miette::Diagnostic` |
//! | `accept-language` | no | `Locale::accepted`: the language for the response, from an `Accept-Language` header |
//! | `icu` | no | conversions between [`Locale`] and the identifiers of `icu_locale_core` |
//! | `unic-langid` | no | conversions between [`Locale`] and the identifiers of `unic-langid` |
//!
//! Without default features the crate is `no_std`, does not allocate and has no dependencies.

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

// An expansion of the macros refers to `::errbook`, also inside this crate (in its examples).
extern crate self as errbook;

mod answer;
mod billing;
mod code;
mod derive;
mod fault;
mod flags;
mod grpc;
mod interop;
mod locale;
mod pad;
mod received;
mod retry;
#[cfg(feature = "serde")]
mod serde;
mod severity;
mod template;
mod wire;
mod words;

pub use crate::answer::Answer;
pub use crate::billing::{Bill, Billing};
pub use crate::code::{
    ByCode, ByCodeAndSymbol, CodeSet, ErrorCode, HasKind, Identity, ParseCodeError, UnknownKind,
};
pub use crate::fault::Fault;
pub use crate::flags::{Flag, Flags, FlagsIter, ParseFlagsError};
pub use crate::grpc::GrpcCode;
pub use crate::locale::{Locale, ParseLocaleError};
pub use crate::received::{Class, Received, UnknownCode};
pub use crate::retry::Retry;
pub use crate::severity::Severity;
pub use crate::template::{Args, Filled, Localized, Parsed};
pub use crate::wire::Wire;
pub use crate::words::ParseNameError;

#[cfg(feature = "miette")]
pub use crate::interop::Diagnosed;
#[cfg(feature = "error-type")]
pub use crate::interop::ErrorType;
#[cfg(feature = "http")]
pub use crate::interop::HttpStatus;
#[cfg(feature = "error-info")]
pub use crate::interop::{ErrorInfo, Metadata, Reason};
#[cfg(feature = "problem-details")]
pub use crate::interop::{ProblemDetails, TypeUri};

#[cfg(feature = "macros")]
#[doc(inline)]
pub use errbook_macros::{ErrorCode, include_spec};

// Documentation only: nothing for a build to compile.
#[cfg(any(doc, doctest))]
pub mod guide;

#[doc(hidden)]
pub mod __private;
