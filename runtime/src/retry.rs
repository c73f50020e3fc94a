//! What a caller should do after an answer.

use core::fmt;

/// What a caller should do after an answer with this code, in classes that a program can act on.
///
/// ```
/// use errbook::Retry;
///
/// assert!(Retry::Backoff.is_automatic());
/// assert!(!Retry::AfterUserAction.is_automatic());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The answer is final: the same request gets the same answer, however it is mended. Do not send it again.
    Never,
    /// The caller's request is wrong. Send it again only after the program, its settings or its data were changed.
    AfterFix,
    /// A person must do something first: better light, another photo, a permission. Ask them, then send it again.
    AfterUserAction,
    /// It may pass by itself. Send the same request again, waiting longer each time.
    Backoff,
    /// Too many requests. Send the same request again after at least the stated delay, and send fewer.
    Throttled,
    /// Only the vendor can help: an account, a contract, a fault on their side. Tell the people who talk to them.
    ContactVendor,
    /// Nothing is known. Never read it as one of the others.
    #[default]
    Unspecified,
}

impl Retry {
    /// True if a program may send the same request again by itself: [`Backoff`](Self::Backoff) and
    /// [`Throttled`](Self::Throttled).
    ///
    /// ```
    /// assert!(errbook::Retry::Throttled.is_automatic());
    /// ```
    #[must_use]
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::Backoff | Self::Throttled)
    }

    /// The word that specs use, `after-user-action` for one.
    ///
    /// ```
    /// assert_eq!(errbook::Retry::ContactVendor.as_str(), "contact-vendor");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::AfterFix => "after-fix",
            Self::AfterUserAction => "after-user-action",
            Self::Backoff => "backoff",
            Self::Throttled => "throttled",
            Self::ContactVendor => "contact-vendor",
            Self::Unspecified => "unspecified",
        }
    }
}

impl fmt::Display for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
