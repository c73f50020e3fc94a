//! Received codes: known or unknown, kept exactly as they arrived.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::answer::Answer;
use crate::billing::Billing;
use crate::code::{ByCode, CodeSet};
use crate::locale::Locale;
use crate::pad::pad;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::template::Localized;
use crate::wire::Wire;

#[cfg(feature = "alloc")]
use alloc::string::String;

/// A code from a response, known or unknown.
///
/// A code that the vendor adds later does not break a running service: it is kept byte for byte,
/// and can be printed, compared and forwarded. Once you upgrade to a release of the registry that
/// documents it, [`known`](Self::known) resolves it, and nothing else changes. Every constructor
/// looks the code up, so that a known code is never held as an unknown one.
///
/// `T` is the type that holds strings: `String`, or `&str` to avoid allocating.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::{Received, Wire};
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let known: Received<OrderCode, &str> = Received::from(1002);
/// assert_eq!(known.known(), Some(OrderCode::PaymentDeclined));
///
/// let unknown: Received<OrderCode, &str> = Received::new("01002");
/// assert_eq!(unknown.known(), None);
/// assert_eq!(unknown.to_string(), "01002");
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg(feature = "alloc")]
pub struct Received<C, T = String> {
    known: Option<C>,
    form: Form<T>,
}

/// A code from a response, known or unknown.
///
/// The complete documentation is on the version with the feature `alloc`, where `T` defaults to
/// `String`.
#[derive(Debug, Clone, Copy)]
#[cfg(not(feature = "alloc"))]
pub struct Received<C, T> {
    known: Option<C>,
    form: Form<T>,
}

/// The fields of the response that held the code.
#[derive(Debug, Clone, Copy)]
enum Form<T> {
    Integer(i64),
    Text(T),
    IntegerAndSymbol(i64, T),
    TextAndSymbol(T, T),
}

impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> Received<C, T> {
    /// Decodes a string from a response: a number in its shortest form, a symbol, an alias, or a
    /// code of a set whose codes are strings.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received: Received<OrderCode, &str> = Received::new("1002");
    /// assert_eq!(received.known(), Some(OrderCode::PaymentDeclined));
    /// # }
    /// ```
    pub fn new(text: T) -> Self {
        Self {
            known: C::decode(Wire::Text(text.as_ref())),
            form: Form::Text(text),
        }
    }

    /// Decodes a number from a response.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received: Received<OrderCode, &str> = Received::from_integer(7);
    /// assert_eq!(received.known(), None);
    /// # }
    /// ```
    #[must_use]
    pub fn from_integer(code: i64) -> Self {
        Self {
            known: C::decode(Wire::Integer(code)),
            form: Form::Integer(code),
        }
    }
}

impl<C: CodeSet, T: AsRef<str>> Received<C, T> {
    /// Decodes a numeric code and its symbol from two fields of a response.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Received, Wire};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received = Received::<OrderError, &str>::from_code_and_symbol(409, "SOLD_TWICE");
    /// assert_eq!(received.known(), None);
    /// assert_eq!(received.to_string(), "409 SOLD_TWICE");
    /// # }
    /// ```
    pub fn from_code_and_symbol(code: i64, symbol: T) -> Self {
        let known =
            C::decode_with_symbol(Wire::Integer(code), symbol.as_ref()).map(|parsed| parsed.code());
        Self {
            known,
            form: Form::IntegerAndSymbol(code, symbol),
        }
    }

    /// Decodes a code that is a string and its symbol from two fields of a response.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received = Received::<OrderError, &str>::from_text_and_symbol("409", "OUT_OF_STOCK");
    /// assert_eq!(received.known(), Some(OrderError::OutOfStock));
    /// # }
    /// ```
    pub fn from_text_and_symbol(code: T, symbol: T) -> Self {
        let known = C::decode_with_symbol(Wire::Text(code.as_ref()), symbol.as_ref())
            .map(|parsed| parsed.code());
        Self {
            known,
            form: Form::TextAndSymbol(code, symbol),
        }
    }

    /// The code as it arrived, without its symbol.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Received, Wire};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(Received::<OrderCode, &str>::new("01002").wire(), Wire::Text("01002"));
    /// # }
    /// ```
    pub fn wire(&self) -> Wire<'_> {
        match &self.form {
            Form::Integer(code) | Form::IntegerAndSymbol(code, _) => Wire::Integer(*code),
            Form::Text(text) | Form::TextAndSymbol(text, _) => Wire::Text(text.as_ref()),
        }
    }

    /// The code as it arrived, if it was a string.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(Received::<OrderCode, &str>::new("01002").text(), Some("01002"));
    /// assert_eq!(Received::<OrderCode, &str>::from(1002).text(), None);
    /// # }
    /// ```
    pub fn text(&self) -> Option<&str> {
        match &self.form {
            Form::Integer(_) | Form::IntegerAndSymbol(..) => None,
            Form::Text(text) | Form::TextAndSymbol(text, _) => Some(text.as_ref()),
        }
    }

    /// The symbol as it arrived, if it had a field of its own.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received = Received::<OrderError, &str>::from_code_and_symbol(409, "SOLD_TWICE");
    /// assert_eq!(received.symbol(), Some("SOLD_TWICE"));
    /// # }
    /// ```
    pub fn symbol(&self) -> Option<&str> {
        match &self.form {
            Form::Integer(_) | Form::Text(_) => None,
            Form::IntegerAndSymbol(_, symbol) | Form::TextAndSymbol(_, symbol) => {
                Some(symbol.as_ref())
            }
        }
    }

    /// Billing, retry class and severity: those of the code if it is known, otherwise those that
    /// the spec gives for the range of codes that contains it, otherwise unspecified billing and
    /// retry class, and the severity of an error.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Received, Retry};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(Received::<OrderCode, &str>::from_integer(5003).class().retry, Retry::Backoff);
    /// # }
    /// ```
    pub fn class(&self) -> Class {
        match self.known {
            Some(code) => Class {
                billing: code.billing(),
                retry: code.retry(),
                severity: code.severity(),
            },
            None => C::class(self.wire()),
        }
    }

    /// The message in the best matching language, with parameters left as `<name>`; `None` if the
    /// code is unknown.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, Received};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received: Received<OrderCode, &str> = Received::from(1002);
    /// assert_eq!(received.message(Locale::EN), Some("The payment was declined."));
    /// # }
    /// ```
    pub fn message(&self, locale: Locale) -> Option<&'static str> {
        self.known.map(|code| code.message(locale))
    }

    /// The message in the best matching language, with the parameters that the symbol contains
    /// filled in; `None` if the code is unknown.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, Received};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let symbol = "MISSING_FIELD:street";
    /// let received = Received::<OrderError, &str>::from_code_and_symbol(400, symbol);
    /// let message = received.localized(Locale::EN).expect("the code is known");
    /// assert_eq!(message, "The field street is missing.");
    /// # }
    /// ```
    pub fn localized(&self, locale: Locale) -> Option<Localized<'_>> {
        let code = self.known?;
        let parsed = self
            .symbol()
            .and_then(|symbol| C::decode_with_symbol(self.wire(), symbol));
        Some(parsed.map_or_else(
            || code.message(locale).into(),
            |parsed| parsed.localized(locale),
        ))
    }

    /// Attaches the message that the vendor sent, which is shown if the code is unknown.
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
    pub fn with_message(self, message: T) -> Answer<C, T> {
        Answer::new(self, message)
    }

    /// What equality compares: the variant if the code is known, otherwise the code as it arrived.
    /// A number equals its shortest string.
    fn identity(&self) -> (Option<C>, Option<i64>, Option<&str>, Option<&str>) {
        if self.known.is_some() {
            return (self.known, None, None, None);
        }
        let wire = self.wire();
        let symbol = self.symbol();
        match (wire.as_integer(), wire) {
            (None, Wire::Text(text)) => (None, None, Some(text), symbol),
            (number, _) => (None, number, None, symbol),
        }
    }
}

impl<C: Copy, T> Received<C, T> {
    /// The variant, or `None` if the registry does not document the code.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received = Received::<OrderCode, &str>::from(1002);
    /// assert_eq!(received.known(), Some(OrderCode::PaymentDeclined));
    /// # }
    /// ```
    pub const fn known(&self) -> Option<C> {
        self.known
    }

    /// The variant, as a `Result` for use with `?`.
    ///
    /// # Errors
    ///
    /// Returns the code as it arrived if the registry does not document it.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let error = Received::<OrderCode, &str>::new("7").into_known().unwrap_err();
    /// assert_eq!(error.to_string(), "unknown code 7");
    /// # }
    /// ```
    pub fn into_known(self) -> Result<C, UnknownCode<Self>> {
        self.known.ok_or(UnknownCode(self))
    }
}

impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> From<i32> for Received<C, T> {
    fn from(code: i32) -> Self {
        Self::from_integer(code.into())
    }
}

impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> From<i64> for Received<C, T> {
    fn from(code: i64) -> Self {
        Self::from_integer(code)
    }
}

impl<C: CodeSet<Identity = ByCode>, T: AsRef<str> + From<&'static str>> From<C> for Received<C, T> {
    fn from(code: C) -> Self {
        let form = match code.code().into() {
            Wire::Integer(number) => Form::Integer(number),
            Wire::Text(text) => Form::Text(text.into()),
        };
        Self {
            known: Some(code),
            form,
        }
    }
}

impl<C: CodeSet, T: AsRef<str>> PartialEq for Received<C, T> {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl<C: CodeSet, T: AsRef<str>> Eq for Received<C, T> {}

impl<C: CodeSet, T: AsRef<str>> Hash for Received<C, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

/// Writes the code as it arrived, followed by the symbol if that had a field of its own.
impl<C, T: AsRef<str>> fmt::Display for Received<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.form {
            Form::Integer(code) => fmt::Display::fmt(code, f),
            Form::Text(text) => f.pad(text.as_ref()),
            Form::IntegerAndSymbol(code, symbol) => {
                pad(f, format_args!("{code} {}", symbol.as_ref()))
            }
            Form::TextAndSymbol(code, symbol) => {
                pad(f, format_args!("{} {}", code.as_ref(), symbol.as_ref()))
            }
        }
    }
}

/// Billing, retry class and severity of a received code, which may be unknown.
///
/// ```
/// use errbook::{Billing, Class};
///
/// assert_eq!(Class::default().billing, Billing::Unspecified);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Class {
    /// Whether the vendor charges for the response.
    pub billing: Billing,
    /// What a caller should do.
    pub retry: Retry,
    /// How serious it is. A code of which nothing is known is an error.
    pub severity: Severity,
}

impl Class {
    /// Creates a class of the severity [`Error`](Severity::Error).
    ///
    /// ```
    /// use errbook::{Billing, Class, Retry};
    ///
    /// assert_eq!(Class::new(Billing::Free, Retry::Never).retry, Retry::Never);
    /// ```
    #[must_use]
    pub const fn new(billing: Billing, retry: Retry) -> Self {
        Self {
            billing,
            retry,
            severity: Severity::Error,
        }
    }

    /// The same class with another severity.
    ///
    /// ```
    /// use errbook::{Billing, Class, Retry, Severity};
    ///
    /// let class = Class::new(Billing::Free, Retry::Never).with_severity(Severity::Warning);
    /// assert_eq!(class.severity, Severity::Warning);
    /// ```
    #[must_use]
    pub const fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }
}

/// The registry does not document the code. Contains the code as it arrived.
///
/// ```
/// assert_eq!(errbook::UnknownCode(1207).to_string(), "unknown code 1207");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnknownCode<T>(
    /// The code as it arrived.
    pub T,
);

impl<T: fmt::Display> fmt::Display for UnknownCode<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown code {}", self.0)
    }
}

impl<T: fmt::Debug + fmt::Display> core::error::Error for UnknownCode<T> {}
