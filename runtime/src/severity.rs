//! How serious a code is: whether the request failed, passed with a reservation, or passed.

use crate::grpc::GrpcCode;
use crate::words::words;

/// How serious a code is.
///
/// Not every code that a vendor documents is a failure: some report success, and some warn about a
/// request that passed.
///
/// ```
/// use errbook::Severity;
///
/// assert!(Severity::Error.is_failure());
/// assert!(!Severity::Warning.is_failure());
/// assert_eq!("warning".parse(), Ok(Severity::Warning));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The request failed. Codes that the registry does not know have this severity too.
    #[default]
    Error,
    /// The request passed, but the vendor recommends to check something.
    Warning,
    /// The request passed, or the code only reports a state.
    Info,
}

impl Severity {
    /// Whether the request failed. Only true for [`Error`](Self::Error).
    ///
    /// ```
    /// assert!(!errbook::Severity::Info.is_failure());
    /// ```
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Error)
    }

    /// The HTTP status to answer with, given the one that is suggested for a failure.
    ///
    /// Suggestions come from the kind of a code (`code.kind().http_answer()`) or from the vendor
    /// ([`ErrorCode::http_status`](crate::ErrorCode::http_status)). Both describe failures, so a
    /// warning or an info replaces a suggestion of 400 or above with 200. All other suggestions are
    /// returned unchanged.
    ///
    /// ```
    /// use errbook::Severity;
    ///
    /// assert_eq!(Severity::Error.http_answer(422), 422);
    /// assert_eq!(Severity::Warning.http_answer(422), 200);
    /// assert_eq!(Severity::Info.http_answer(202), 202);
    /// ```
    #[must_use]
    pub const fn http_answer(self, suggested: u16) -> u16 {
        // HTTP's failures begin at 400: 4xx is the client's fault, 5xx the server's.
        if self.is_failure() || suggested < 400 {
            suggested
        } else {
            200
        }
    }

    /// The gRPC code to answer with, given the one that is suggested for a failure.
    ///
    /// Suggestions come from the kind of a code (`code.kind().grpc()`). A warning or an info is
    /// not a failure, so it replaces every suggestion with [`GrpcCode::Ok`].
    ///
    /// ```
    /// use errbook::{GrpcCode, Severity};
    ///
    /// let suggested = GrpcCode::InvalidArgument;
    /// assert_eq!(Severity::Error.grpc(suggested), GrpcCode::InvalidArgument);
    /// assert_eq!(Severity::Warning.grpc(suggested), GrpcCode::Ok);
    /// ```
    #[must_use]
    pub const fn grpc(self, suggested: GrpcCode) -> GrpcCode {
        if self.is_failure() {
            suggested
        } else {
            GrpcCode::Ok
        }
    }
}

words! {
    Severity, "severity", 3;
    /// All severities, the most serious first.
    ///
    /// ```
    /// let names = errbook::Severity::ALL.map(|severity| severity.as_str());
    /// assert_eq!(names, ["error", "warning", "info"]);
    /// ```
    ALL;
    /// The name that specs use: `error`, `warning` or `info`.
    ///
    /// ```
    /// assert_eq!(errbook::Severity::Warning.as_str(), "warning");
    /// ```
    as_str;
    Error = "error",
    Warning = "warning",
    Info = "info",
}
