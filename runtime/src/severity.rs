//! How serious a code is: whether the request failed, passed with a reservation, or passed.

use core::fmt;
use core::str::FromStr;

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
    /// All severities, the most serious first.
    ///
    /// ```
    /// assert_eq!(errbook::Severity::ALL.map(|severity| severity.as_str()), ["error", "warning", "info"]);
    /// ```
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

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

    /// The name that specs use: `error`, `warning` or `info`.
    ///
    /// ```
    /// assert_eq!(errbook::Severity::Warning.as_str(), "warning");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = ParseSeverityError;

    fn from_str(name: &str) -> Result<Self, ParseSeverityError> {
        let found = Self::ALL.into_iter().find(|each| each.as_str() == name);
        found.ok_or(ParseSeverityError)
    }
}

/// The string is not the name of a [`Severity`].
///
/// ```
/// let error = "fatal".parse::<errbook::Severity>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown severity: expected `error`, `warning` or `info`");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseSeverityError;

impl fmt::Display for ParseSeverityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown severity: expected `error`, `warning` or `info`")
    }
}

impl core::error::Error for ParseSeverityError {}
