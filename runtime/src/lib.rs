//! Vendors' error codes as zero-cost Rust enums.
//!
//! This crate is all that an application carries: the traits that every code implements, what billing and retry mean,
//! languages, codes as they arrived ([`Received`]), flags ([`Flags`]), and the macro that compiles a spec:
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
//! The enums of the vendors that errbook knows are in the crate `errbook-codes`. The [`guide`] explains how to
//! [decode](guide::decode) what a vendor sent, [retry](guide::retries), [choose a language](guide::languages),
//! [derive your own errors](mod@guide::derive), and [write a spec](guide::spec).
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `macros` | yes | [`include_spec!`], `#[derive(ErrorCode)]` |
//! | `std` | yes | `alloc` |
//! | `alloc` | yes | `String` as the default text of [`Received`] |
//! | `serde` | no | `Serialize` and `Deserialize` for [`Received`], [`Flags`], [`Locale`] and the facts |
//! | `http` | no | `HttpStatus`: the status of a code as the crate `http` has it |
//! | `problem-details` | no | `ProblemDetails`: RFC 9457, a JSON document with `serde` |
//! | `error-info` | no | `ErrorInfo`: `google.rpc.ErrorInfo`, its JSON with `serde` |
//! | `error-type` | no | `ErrorType`: the attribute `error.type` of OpenTelemetry, for `tracing` and metrics |
//! | `miette` | no | `Diagnosed`: a `miette::Diagnostic` |
//! | `accept-language` | no | `Locale::accepted`: the language to answer in, from the header |
//! | `icu` | no | [`Locale`] from and to the identifiers of `icu_locale_core` |
//! | `unic-langid` | no | [`Locale`] from and to the identifiers of `unic-langid` |
//!
//! Without default features the crate is `no_std`, does not allocate and has no dependency.

#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;

// A spec that is compiled inside this crate, in an example for one, says `::errbook` like any other.
extern crate self as errbook;

mod answer;
mod billing;
mod code;
mod derive;
mod fault;
mod flags;
mod interop;
mod locale;
mod received;
mod retry;
#[cfg(feature = "serde")]
mod serde;
mod severity;
mod template;
mod wire;

pub use crate::answer::Answer;
pub use crate::billing::{Bill, Billing};
pub use crate::code::{
    ByCode, ByCodeAndSymbol, CodeSet, ErrorCode, HasKind, Identity, ParseCodeError,
};
pub use crate::fault::Fault;
pub use crate::flags::{Flag, Flags, ParseFlagsError};
pub use crate::locale::{Locale, ParseLocaleError};
pub use crate::received::{Class, Received, UnknownCode};
pub use crate::retry::Retry;
pub use crate::severity::{ParseSeverityError, Severity};
pub use crate::template::{Args, Filled, Localized, Parsed};
pub use crate::wire::Wire;

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
