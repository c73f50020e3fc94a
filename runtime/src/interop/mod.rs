//! Conversions to the types of other crates and standards, each behind its own feature.

#[cfg(feature = "accept-language")]
mod accept_language;
#[cfg(feature = "error-info")]
mod error_info;
#[cfg(feature = "error-type")]
mod error_type;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "icu")]
mod icu;
#[cfg(feature = "miette")]
mod miette;
#[cfg(feature = "problem-details")]
mod problem_details;
#[cfg(any(feature = "icu", feature = "unic-langid"))]
mod tag;
#[cfg(feature = "unic-langid")]
mod unic_langid;

#[cfg(feature = "error-info")]
pub use self::error_info::{ErrorInfo, Metadata, Reason};
#[cfg(feature = "error-type")]
pub use self::error_type::ErrorType;
#[cfg(feature = "http")]
pub use self::http::HttpStatus;
#[cfg(feature = "miette")]
pub use self::miette::Diagnosed;
#[cfg(feature = "problem-details")]
pub use self::problem_details::{ProblemDetails, TypeUri};
