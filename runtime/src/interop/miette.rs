//! An error code as a `miette::Diagnostic`, with its code, the remedy as help, and a URL.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::error::Error;
use core::fmt;

use miette::Diagnostic;

use crate::code::ErrorCode;
use crate::locale::Locale;
use crate::severity::Severity;

/// An error code as a `miette::Diagnostic` in one language.
///
/// Its severity is that of the code; an [info](Severity::Info) becomes `miette`'s advice.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::{Diagnosed, Locale};
/// use miette::Diagnostic;
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let report = Diagnosed::new(OrderCode::PaymentDeclined, Locale::EN).urls("https://shop.example/");
/// assert_eq!(report.code().expect("always").to_string(), "shop::PAYMENT_DECLINED");
/// assert_eq!(report.help().expect("a remedy").to_string(), "Ask for another card.");
/// assert_eq!(report.url().expect("a base").to_string(), "https://shop.example/PAYMENT_DECLINED");
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Diagnosed<E> {
    error: E,
    locale: Locale,
    urls: Option<String>,
}

impl<E: ErrorCode> Diagnosed<E> {
    /// Wraps an error, to be reported in the best matching language.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Diagnosed, Locale};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let report = Diagnosed::new(OrderCode::Busy, Locale::DE);
    /// assert_eq!(report.to_string(), "Zu viele Bestellungen auf einmal.");
    /// # }
    /// ```
    pub const fn new(error: E, locale: Locale) -> Self {
        Self {
            error,
            locale,
            urls: None,
        }
    }

    /// Sets the base of the URL of every error. The symbol, or the code if there is no symbol, is
    /// appended.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Diagnosed, Locale};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// use miette::Diagnostic;
    /// let report = Diagnosed::new(OrderCode::Busy, Locale::EN).urls("https://shop.example/");
    /// let url = report.url().map(|url| url.to_string());
    /// assert_eq!(url.as_deref(), Some("https://shop.example/BUSY"));
    /// # }
    /// ```
    #[must_use]
    pub fn urls(self, base: impl Into<String>) -> Self {
        Self {
            urls: Some(base.into()),
            ..self
        }
    }

    /// The wrapped error.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Diagnosed, Locale};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let report = Diagnosed::new(OrderCode::PaymentDeclined, Locale::EN);
    /// assert_eq!(report.into_inner(), OrderCode::PaymentDeclined);
    /// # }
    /// ```
    pub fn into_inner(self) -> E {
        self.error
    }

    /// The symbol, or the code if there is no symbol.
    fn name(&self) -> impl fmt::Display {
        self.error
            .symbol()
            .map_or_else(|| format!("{}", self.error.wire()), Into::into)
    }
}

impl<E: ErrorCode> fmt::Display for Diagnosed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error.localized(self.locale), f)
    }
}

impl<E: ErrorCode> Error for Diagnosed<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

impl<E: ErrorCode> Diagnostic for Diagnosed<E> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!(
            "{}::{}",
            self.error.vendor(),
            self.name()
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.error.severity() {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.error
            .remedy(self.locale)
            .map(|remedy| Box::new(remedy) as Box<dyn fmt::Display>)
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.urls
            .as_ref()
            .map(|base| Box::new(format!("{base}{}", self.name())) as Box<dyn fmt::Display>)
    }
}
