//! `miette`: an error code as a diagnostic, with its code, the remedy as help, and a URL.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::error::Error;
use core::fmt;

use miette::Diagnostic;

use crate::code::ErrorCode;
use crate::locale::Locale;
use crate::severity::Severity;

/// An error code as a diagnostic of `miette`, in one language.
///
/// Its severity is that of the code; an [info](Severity::Info) becomes `miette`'s advice.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::{Diagnosed, Locale};
/// use miette::Diagnostic;
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let report = Diagnosed::new(OrderCode::PaymentDeclined, Locale::EN).urls("https://shop.example/errors/");
/// assert_eq!(report.code().map(|code| code.to_string()).as_deref(), Some("shop::PAYMENT_DECLINED"));
/// assert_eq!(report.help().map(|help| help.to_string()).as_deref(), Some("Ask for another card."));
/// assert_eq!(report.url().map(|url| url.to_string()).as_deref(), Some("https://shop.example/errors/PAYMENT_DECLINED"));
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Diagnosed<E> {
    error: E,
    locale: Locale,
    urls: Option<String>,
}

impl<E: ErrorCode> Diagnosed<E> {
    /// An error as it is told in a language.
    pub const fn new(error: E, locale: Locale) -> Self {
        Self {
            error,
            locale,
            urls: None,
        }
    }

    /// What the URL of every error begins with; its symbol, or its code, is put behind it.
    #[must_use]
    pub fn urls(self, base: impl Into<String>) -> Self {
        Self {
            urls: Some(base.into()),
            ..self
        }
    }

    /// The error.
    pub fn into_inner(self) -> E {
        self.error
    }

    /// The symbol, or the code where there is none.
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
