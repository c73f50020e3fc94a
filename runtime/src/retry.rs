//! What a caller should do after a response.

use crate::words::words;

/// What a caller should do after a response with this code, and whose move it is.
///
/// [`AfterFix`](Self::AfterFix) is a mistake of a program, so alert its developers;
/// [`AfterUserAction`](Self::AfterUserAction) is for the person in front of the device, so show them
/// the message. Who caused the error may be someone else: see [`Fault`](crate::Fault).
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
    /// The result is final, and a corrected request would not change it. Do not retry.
    Never,
    /// The developer's move: the program sent what it should not have sent. Retry only after the
    /// program, its configuration or its data is fixed, or with a new token if the old one expired.
    AfterFix,
    /// The end user's move: correct what they typed, take another photo, go into better light, grant
    /// a permission. Ask them, then retry, after at least
    /// [`retry_after`](crate::ErrorCode::retry_after) if the code has it. A program that retries by
    /// itself may lock a card or an account.
    AfterUserAction,
    /// A transient failure. Retry the same request with increasing delays.
    Backoff,
    /// Too many requests. Retry the same request after at least
    /// [`retry_after`](crate::ErrorCode::retry_after), and reduce the request rate.
    Throttled,
    /// The move of whoever holds the contract, because only the vendor can help: an account, a
    /// balance, a fault on their side. Alert the people who are in contact with the vendor.
    ContactVendor,
    /// The registry does not say. Never treat it as one of the other classes.
    #[default]
    Unspecified,
}

impl Retry {
    /// Whether a program may retry the same request without human action: true for
    /// [`Backoff`](Self::Backoff) and [`Throttled`](Self::Throttled).
    ///
    /// ```
    /// assert!(errbook::Retry::Throttled.is_automatic());
    /// ```
    #[must_use]
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::Backoff | Self::Throttled)
    }
}

words! {
    Retry, "retry class", 7;
    /// All classes.
    ///
    /// ```
    /// use errbook::Retry;
    ///
    /// assert_eq!(Retry::ALL.iter().filter(|class| class.is_automatic()).count(), 2);
    /// assert_eq!("backoff".parse(), Ok(Retry::Backoff));
    /// ```
    ALL;
    /// The name used in specs and exports, such as `after-user-action`.
    ///
    /// ```
    /// assert_eq!(errbook::Retry::ContactVendor.as_str(), "contact-vendor");
    /// ```
    as_str;
    Never = "never",
    AfterFix = "after-fix",
    AfterUserAction = "after-user-action",
    Backoff = "backoff",
    Throttled = "throttled",
    ContactVendor = "contact-vendor",
    Unspecified = "unspecified",
}
