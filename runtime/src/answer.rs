//! A received code together with the message that the vendor sent with it.

use core::fmt;
use core::ops::Deref;
use core::time::Duration;

use crate::billing::Billing;
use crate::code::{CodeSet, ErrorCode, HasKind, UnknownKind};
use crate::locale::Locale;
use crate::pad::pad;
use crate::received::Received;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::template::Localized;
use crate::wire::Wire;

#[cfg(feature = "alloc")]
use alloc::string::String;

/// Methods of `ErrorCode` that are those of the received code.
macro_rules! delegate {
    ($($method:ident($($argument:ident: $ty:ty)?) -> $returns:ty;)+) => {$(
        fn $method(&self $(, $argument: $ty)?) -> $returns {
            ErrorCode::$method(&self.received $(, $argument)?)
        }
    )+};
}

/// A received code, known or unknown, with the message that the vendor sent. Created by
/// [`Received::with_message`].
///
/// It always has a message: the registry's if the code is known, otherwise the vendor's.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::{Answer, Received};
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let answer: Answer<OrderCode, &str> = Received::from(1999).with_message("we are on holiday");
/// assert_eq!(answer.known(), None);
/// assert_eq!(answer.to_string(), "we are on holiday (shop/OrderCode/1999)");
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg(feature = "alloc")]
pub struct Answer<C, T = String> {
    received: Received<C, T>,
    message: T,
}

/// A received code with the message that the vendor sent.
///
/// The complete documentation is on the version with the feature `alloc`, where `T` defaults to
/// `String`.
#[derive(Debug, Clone, Copy)]
#[cfg(not(feature = "alloc"))]
pub struct Answer<C, T> {
    received: Received<C, T>,
    message: T,
}

impl<C, T> Answer<C, T> {
    pub(crate) const fn new(received: Received<C, T>, message: T) -> Self {
        Self { received, message }
    }

    /// The received code, without the message.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Received, Wire};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let answer = Received::<OrderCode, &str>::from(1999).with_message("we are on holiday");
    /// assert_eq!(answer.into_received().wire(), Wire::Integer(1999));
    /// # }
    /// ```
    pub fn into_received(self) -> Received<C, T> {
        self.received
    }
}

impl<C: CodeSet, T: AsRef<str>> Answer<C, T> {
    /// The message in the best matching language if the code is known, otherwise the vendor's own
    /// message.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, Received};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let known = Received::<OrderCode, &str>::from(1003).with_message("busy");
    /// assert_eq!(known.message(Locale::DE), "Zu viele Bestellungen auf einmal.");
    /// let unknown = Received::<OrderCode, &str>::from(1999).with_message("we are on holiday");
    /// assert_eq!(unknown.message(Locale::DE), "we are on holiday");
    /// # }
    /// ```
    pub fn message(&self, locale: Locale) -> Localized<'_> {
        match self.received.known() {
            Some(_) => self.received.localized(locale),
            None => self.message.as_ref().into(),
        }
    }

    /// The message that the vendor sent, whether the code is known or not.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let known = Received::<OrderCode, &str>::from(1003).with_message("busy");
    /// assert_eq!(known.vendor_message(), "busy");
    /// # }
    /// ```
    pub fn vendor_message(&self) -> &str {
        self.message.as_ref()
    }
}

impl<C, T> Deref for Answer<C, T> {
    type Target = Received<C, T>;

    fn deref(&self) -> &Self::Target {
        &self.received
    }
}

/// Writes the message in the default language, or the vendor's own message if the code is unknown;
/// then the vendor and the code in parentheses.
impl<C: CodeSet, T: AsRef<str>> fmt::Display for Answer<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self.received.known() {
            Some(code) => code.default_message(),
            None => self.message.as_ref(),
        };
        let wire = self.received.wire();
        match self.received.received_symbol() {
            Some(symbol) => pad(
                f,
                format_args!("{message} ({}/{}/{wire} {symbol})", C::VENDOR, C::NAME),
            ),
            None => pad(
                f,
                format_args!("{message} ({}/{}/{wire})", C::VENDOR, C::NAME),
            ),
        }
    }
}

impl<C: CodeSet, T: AsRef<str> + fmt::Debug> core::error::Error for Answer<C, T> {}

/// The facts of the received code, with the vendor's message if the code is unknown.
impl<C: CodeSet, T: AsRef<str> + fmt::Debug> ErrorCode for Answer<C, T> {
    fn localized(&self, locale: Locale) -> Localized<'_> {
        self.message(locale)
    }

    delegate! {
        vendor() -> &'static str;
        set() -> &'static str;
        wire() -> Wire<'_>;
        symbol() -> Option<&str>;
        remedy(locale: Locale) -> Option<&'static str>;
        billing() -> Billing;
        retry() -> Retry;
        retry_after() -> Option<Duration>;
        http_status() -> Option<u16>;
        is_success() -> bool;
        severity() -> Severity;
        note(locale: Locale) -> Option<&'static str>;
        said(locale: Locale) -> Option<&'static str>;
        since() -> Option<&'static str>;
    }
}

impl<K: UnknownKind, C: CodeSet + HasKind<K>, T: AsRef<str>> HasKind<K> for Answer<C, T> {
    fn kind(&self) -> K {
        self.received.kind()
    }
}
