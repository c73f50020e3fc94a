//! A code as it arrived, together with the words that the vendor sent with it.

use core::fmt;
use core::ops::Deref;

use crate::code::CodeSet;
use crate::locale::Locale;
use crate::received::Received;
use crate::template::Localized;

#[cfg(feature = "alloc")]
use alloc::string::String;

/// A code as it arrived, known or unknown, with the vendor's own words. Made by [`Received::with_message`].
///
/// It is an error that always has something to say: what the registry knows, else what the vendor said.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::{Answer, Received};
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let answer: Answer<OrderCode, &str> = Received::from(1999).with_message("we are on holiday");
/// assert_eq!(answer.known(), None);
/// assert_eq!(answer.to_string(), "we are on holiday (shop 1999)");
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg(feature = "alloc")]
pub struct Answer<C, T = String> {
    received: Received<C, T>,
    message: T,
}

/// A code as it arrived with the vendor's own words. (Documented under the feature `alloc`, which gives `T` a default.)
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

    /// The code alone.
    pub fn into_received(self) -> Received<C, T> {
        self.received
    }
}

impl<C: CodeSet, T: AsRef<str>> Answer<C, T> {
    /// What it means: in the language that serves the reader best if the code is known, else in the vendor's own words.
    pub fn message(&self, locale: Locale) -> Localized<'_> {
        self.received
            .localized(locale)
            .unwrap_or_else(|| self.message.as_ref().into())
    }

    /// The vendor's own words, known code or not.
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

/// What it means in the default language, else the vendor's own words; vendor and code behind it.
impl<C: CodeSet, T: AsRef<str>> fmt::Display for Answer<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.received.known() {
            Some(code) => f.write_str(code.default_message())?,
            None => f.write_str(self.message.as_ref())?,
        }
        write!(f, " ({} {})", C::VENDOR, self.received)
    }
}

impl<C: CodeSet, T: AsRef<str> + fmt::Debug> core::error::Error for Answer<C, T> {}
