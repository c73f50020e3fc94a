//! Received codes: known or unknown, kept exactly as they arrived.

use core::cmp::Ordering;
use core::error::Error;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::num::TryFromIntError;
use core::time::Duration;

use crate::__private::Choice;
use crate::answer::Answer;
use crate::billing::Billing;
use crate::code::{ByCode, CodeSet, ErrorCode, HasKind, UnknownKind};
use crate::derive::{Fill, display_error};
use crate::locale::Locale;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::template::Localized;
use crate::wire::{Wire, for_each_integer};

#[cfg(feature = "alloc")]
use alloc::string::String;

/// A code from a response, known or unknown.
///
/// A code that the vendor adds later does not break a running service: it is kept byte for byte,
/// can be compared and forwarded, and is an error with vendor, set and code. Once you upgrade to a
/// release of the registry that documents it, [`known`](Self::known) resolves it, and nothing else
/// changes. Every constructor looks the code up, so that a known code is never held as an unknown
/// one.
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
/// assert_eq!(unknown.wire(), Wire::Text("01002"));
/// assert_eq!(format!("{unknown:#}"), "shop/OrderCode/01002: unknown code 01002");
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg(feature = "alloc")]
pub struct Received<C, T = String> {
    known: Option<C>,
    code: Form<T>,
    symbol: Option<T>,
}

/// A code from a response, known or unknown.
///
/// The complete documentation is on the version with the feature `alloc`, where `T` defaults to
/// `String`.
#[derive(Debug, Clone, Copy)]
#[cfg(not(feature = "alloc"))]
pub struct Received<C, T> {
    known: Option<C>,
    code: Form<T>,
    symbol: Option<T>,
}

/// What the field of the code contained.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form<T> {
    /// The field was null.
    Absent,
    Integer(i64),
    Large(u64),
    Text(T),
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
        Self::of(Form::Text(text), None)
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
        Self::of(Form::Integer(code), None)
    }
}

impl<C: CodeSet, T: AsRef<str>> Received<C, T> {
    /// Decodes what a response contained.
    pub(crate) fn of(code: Form<T>, symbol: Option<T>) -> Self {
        let mut received = Self {
            known: None,
            code,
            symbol,
        };
        received.known = match (&received.code, received.received_symbol()) {
            (Form::Absent, _) => None,
            (_, Some(symbol)) => {
                C::decode_with_symbol(received.wire(), symbol).map(|parsed| parsed.code())
            }
            (_, None) => C::decode(received.wire()),
        };
        received
    }

    /// Decodes the code again, with a symbol.
    #[cfg(feature = "serde")]
    pub(crate) fn with_symbol(self, symbol: T) -> Self {
        Self::of(self.code, Some(symbol))
    }
}

impl<C, T> Received<C, T> {
    /// What a field without a value is received as.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let absent = Received::<OrderCode, &str>::absent();
    /// assert_eq!((absent.known(), absent.is_absent()), (None, true));
    /// assert_eq!(absent.to_string(), "no code");
    /// # }
    /// ```
    #[must_use]
    pub const fn absent() -> Self {
        Self {
            known: None,
            code: Form::Absent,
            symbol: None,
        }
    }

    /// Whether the response had no code: its field was null.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert!(!Received::<OrderCode, &str>::new("").is_absent());
    /// # }
    /// ```
    pub const fn is_absent(&self) -> bool {
        matches!(self.code, Form::Absent)
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
    /// assert_eq!(received.received_symbol(), Some("SOLD_TWICE"));
    /// assert_eq!(received.to_string(), "unknown code 409 SOLD_TWICE");
    /// # }
    /// ```
    pub fn from_code_and_symbol(code: i64, symbol: T) -> Self {
        Self::of(Form::Integer(code), Some(symbol))
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
        Self::of(Form::Text(code), Some(symbol))
    }

    /// The code as it arrived, without its symbol; an empty string if there was none.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Received, Wire};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(Received::<OrderCode, &str>::new("01002").wire(), Wire::Text("01002"));
    /// # }
    /// ```
    pub fn wire(&self) -> Wire<'_> {
        match &self.code {
            Form::Absent => Wire::Text(""),
            Form::Integer(code) => Wire::Integer(*code),
            Form::Large(code) => Wire::Large(*code),
            Form::Text(text) => Wire::Text(text.as_ref()),
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
        match &self.code {
            Form::Absent | Form::Integer(_) | Form::Large(_) => None,
            Form::Text(text) => Some(text.as_ref()),
        }
    }

    /// The symbol as it arrived, if it had a field of its own.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received = Received::<OrderError, &str>::from_code_and_symbol(409, "SOLD_TWICE");
    /// assert_eq!(received.received_symbol(), Some("SOLD_TWICE"));
    /// # }
    /// ```
    pub fn received_symbol(&self) -> Option<&str> {
        self.symbol.as_ref().map(AsRef::as_ref)
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

    /// Whether the code means success; false for an unknown code.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert!(Received::<OrderCode, &str>::from(1000).is_success());
    /// assert!(!Received::<OrderCode, &str>::from(1999).is_success());
    /// # }
    /// ```
    pub fn is_success(&self) -> bool {
        self.known.is_some_and(|code| code.is_success())
    }

    /// Whether the vendor charges for the response; see [`class`](Self::class).
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Billing, Received};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(Received::<OrderCode, &str>::from(1002).billing(), Billing::Billed);
    /// assert_eq!(Received::<OrderCode, &str>::from(1999).billing(), Billing::Unspecified);
    /// # }
    /// ```
    pub fn billing(&self) -> Billing {
        self.class().billing
    }

    /// What a caller should do; see [`class`](Self::class).
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Received, Retry};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(Received::<OrderCode, &str>::from(1003).retry(), Retry::Throttled);
    /// assert_eq!(Received::<OrderCode, &str>::from(5003).retry(), Retry::Backoff);
    /// # }
    /// ```
    pub fn retry(&self) -> Retry {
        self.class().retry
    }

    /// How serious the code is; see [`class`](Self::class).
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Received, Severity};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(Received::<OrderCode, &str>::from(1999).severity(), Severity::Error);
    /// # }
    /// ```
    pub fn severity(&self) -> Severity {
        self.class().severity
    }

    /// What the code means across vendors: the kind of the code if it is known, otherwise that of
    /// the range that contains it, otherwise the taxonomy's kind for unknown codes.
    ///
    /// ```
    /// use errbook::{CodeSet, HasKind, Received, UnknownKind};
    ///
    /// fn report<K: UnknownKind, C: CodeSet + HasKind<K>>(code: i32, report: fn(K))
    /// where
    ///     Received<C>: From<i32>,
    /// {
    ///     report(Received::<C>::from(code).kind());
    /// }
    /// ```
    pub fn kind<K: UnknownKind>(&self) -> K
    where
        C: HasKind<K>,
    {
        match self.known {
            Some(code) => code.kind(),
            None => C::kind_of_unknown(self.wire()).unwrap_or(K::UNKNOWN),
        }
    }

    /// The symbol of the code in the registry; if the code is unknown, the symbol that was
    /// received.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let received = Received::<OrderError, &str>::from_code_and_symbol(409, "SOLD_TWICE");
    /// assert_eq!(received.symbol(), Some("SOLD_TWICE"));
    /// assert_eq!(Received::<OrderCode, &str>::from(1003).symbol(), Some("BUSY"));
    /// # }
    /// ```
    pub fn symbol(&self) -> Option<&str> {
        match &self.known {
            Some(code) => code.symbol(),
            None => self.received_symbol(),
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
    /// filled in. For an unknown code it says that the code is unknown, and names it.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, Received};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let symbol = "MISSING_FIELD:street";
    /// let received = Received::<OrderError, &str>::from_code_and_symbol(400, symbol);
    /// assert_eq!(received.localized(Locale::EN), "The field street is missing.");
    /// let unknown = Received::<OrderCode, &str>::from(1999);
    /// assert_eq!(unknown.localized(Locale::ZH_CN), "未知的错误码 1999");
    /// # }
    /// ```
    pub fn localized(&self, locale: Locale) -> Localized<'_> {
        match self.known {
            Some(code) => self.message_of(code.message(locale)),
            None => Localized::filled(self.unknown_message(locale), self, locale),
        }
    }

    /// A message of the known code, with the parameters that the symbol contains.
    fn message_of(&self, message: &'static str) -> Localized<'_> {
        let parsed = match (self.received_symbol(), &self.code, &self.known) {
            (Some(symbol), ..) => C::decode_with_symbol(self.wire(), symbol),
            // The symbol arrived in the field of the code.
            (None, Form::Text(text), Some(code)) => {
                C::decode_with_symbol(code.wire(), text.as_ref())
            }
            _ => None,
        };
        parsed.map_or_else(
            || message.into(),
            |parsed| Localized::parsed(message, parsed.args()),
        )
    }

    fn unknown_message(&self, locale: Locale) -> &'static str {
        let languages = [
            (Locale::EN, "unknown code <code>", "no code"),
            (Locale::ZH_CN, "未知的错误码 <code>", "没有错误码"),
            (Locale::ZH_TW, "未知的錯誤碼 <code>", "沒有錯誤碼"),
            (Locale::JA, "不明なコード <code>", "コードがありません"),
        ];
        let [(first, ..), ..] = languages;
        let choice = (1..)
            .zip(&languages[1..])
            .fold(Choice::new(locale, first), |choice, (at, (tag, ..))| {
                choice.or(at, *tag)
            });
        let (_, unknown, absent) = languages[choice.index()];
        if self.is_absent() { absent } else { unknown }
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

    /// What equality and order compare: the variant if the code is known, otherwise the code as it
    /// arrived. A number equals its shortest string.
    fn identity(&self) -> (Option<C>, Option<Wire<'_>>, Option<&str>) {
        if self.known.is_some() {
            return (self.known, None, None);
        }
        let wire = self.wire();
        let wire = wire.as_integer().map_or(wire, Wire::Integer);
        (
            None,
            Some(wire).filter(|_| !self.is_absent()),
            self.received_symbol(),
        )
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
    /// Returns the received code, which is an error itself, if the registry does not document it.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Received;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let error = Received::<OrderCode, &str>::new("7").into_known().unwrap_err();
    /// assert_eq!(error.to_string(), "unknown code 7");
    /// # }
    /// ```
    pub fn into_known(self) -> Result<C, Self> {
        self.known.ok_or(self)
    }
}

macro_rules! from_integers {
    (from: $($ty:ty)+) => {$(
        impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> From<$ty> for Received<C, T> {
            fn from(code: $ty) -> Self {
                Self::from_integer(code.into())
            }
        }
    )+};
    (try_from: $($ty:ty)+) => {$(
        impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> From<$ty> for Received<C, T> {
            fn from(code: $ty) -> Self {
                let code = match i64::try_from(code) {
                    Ok(code) => Form::Integer(code),
                    Err(_) => Form::Large(u64::try_from(code).unwrap_or(u64::MAX)),
                };
                Self::of(code, None)
            }
        }
    )+};
    (fallible: $($ty:ty)+) => {$(
        /// Fails if the number has more than 64 bits.
        impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> TryFrom<$ty> for Received<C, T> {
            type Error = TryFromIntError;

            fn try_from(code: $ty) -> Result<Self, TryFromIntError> {
                let code = match i64::try_from(code) {
                    Ok(code) => Form::Integer(code),
                    Err(_) => Form::Large(u64::try_from(code)?),
                };
                Ok(Self::of(code, None))
            }
        }
    )+};
}

for_each_integer!(from_integers);

impl<'a, C: CodeSet<Identity = ByCode>> From<&'a str> for Received<C, &'a str> {
    fn from(code: &'a str) -> Self {
        Self::new(code)
    }
}

#[cfg(feature = "alloc")]
impl<C: CodeSet<Identity = ByCode>> From<&str> for Received<C, String> {
    fn from(code: &str) -> Self {
        Self::new(code.into())
    }
}

#[cfg(feature = "alloc")]
impl<C: CodeSet<Identity = ByCode>> From<String> for Received<C, String> {
    fn from(code: String) -> Self {
        Self::new(code)
    }
}

#[cfg(feature = "alloc")]
impl<C: CodeSet<Identity = ByCode>> core::str::FromStr for Received<C, String> {
    type Err = core::convert::Infallible;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Ok(code.into())
    }
}

impl<C: CodeSet<Identity = ByCode>, T: AsRef<str> + From<&'static str>> From<C> for Received<C, T> {
    fn from(code: C) -> Self {
        let form = match code.code().into() {
            Wire::Integer(number) => Form::Integer(number),
            Wire::Large(number) => Form::Large(number),
            Wire::Text(text) => Form::Text(text.into()),
        };
        Self {
            known: Some(code),
            code: form,
            symbol: None,
        }
    }
}

impl<C: CodeSet, T: AsRef<str>> PartialEq for Received<C, T> {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl<C: CodeSet, T: AsRef<str>> Eq for Received<C, T> {}

/// Whether this is the code, and not an unknown one.
impl<C: CodeSet, T> PartialEq<C> for Received<C, T> {
    fn eq(&self, code: &C) -> bool {
        self.known == Some(*code)
    }
}

impl<C: CodeSet, T: AsRef<str>> PartialOrd for Received<C, T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Unknown codes come before known ones.
impl<C: CodeSet, T: AsRef<str>> Ord for Received<C, T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.identity().cmp(&other.identity())
    }
}

impl<C: CodeSet, T: AsRef<str>> Hash for Received<C, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

/// Writes the message in the default language, or that the code is unknown. In the alternate form
/// (`{:#}`) vendor, set, code and symbol come first.
impl<C: CodeSet, T: AsRef<str>> fmt::Display for Received<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match self.known {
            Some(code) => self.message_of(code.default_message()),
            None => self.localized(Locale::EN),
        };
        let symbol = self.symbol();
        display_error(f, C::VENDOR, C::NAME, self.wire(), symbol, message)
    }
}

/// The parameter of the message of an unknown code.
impl<C: CodeSet, T: AsRef<str>> Fill for Received<C, T> {
    fn fill(&self, name: &str, _: Locale, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result> {
        (name == "code").then(|| match self.received_symbol() {
            Some(symbol) => write!(f, "{} {symbol}", self.wire()),
            None => write!(f, "{}", self.wire()),
        })
    }
}

impl<C: CodeSet, T: AsRef<str> + fmt::Debug> Error for Received<C, T> {}

/// An unknown code has the facts of the [range](https://docs.rs/errbook/latest/errbook/guide/spec/)
/// that contains it, and its symbol is the one that was received.
impl<C: CodeSet, T: AsRef<str> + fmt::Debug> ErrorCode for Received<C, T> {
    fn vendor(&self) -> &'static str {
        C::VENDOR
    }

    fn set(&self) -> &'static str {
        C::NAME
    }

    fn wire(&self) -> Wire<'_> {
        self.wire()
    }

    fn symbol(&self) -> Option<&str> {
        self.symbol()
    }

    fn localized(&self, locale: Locale) -> Localized<'_> {
        self.localized(locale)
    }

    fn remedy(&self, locale: Locale) -> Option<&'static str> {
        self.known?.remedy(locale)
    }

    fn billing(&self) -> Billing {
        self.billing()
    }

    fn retry(&self) -> Retry {
        self.retry()
    }

    fn retry_after(&self) -> Option<Duration> {
        self.known?.retry_after()
    }

    fn http_status(&self) -> Option<u16> {
        self.known?.http_status()
    }

    fn is_success(&self) -> bool {
        self.is_success()
    }

    fn severity(&self) -> Severity {
        self.severity()
    }

    fn note(&self, locale: Locale) -> Option<&'static str> {
        self.known?.note(locale)
    }

    fn said(&self, locale: Locale) -> Option<&'static str> {
        self.known?.said(locale)
    }

    fn since(&self) -> Option<&'static str> {
        self.known?.since()
    }
}

impl<K: UnknownKind, C: CodeSet + HasKind<K>, T: AsRef<str>> HasKind<K> for Received<C, T> {
    fn kind(&self) -> K {
        self.kind()
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

/// The set does not contain the code.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::Wire;
/// errbook::include_spec! { "tests/shop.toml" }
/// let error = OrderCode::try_from(1999_i32).unwrap_err();
/// assert_eq!(error.to_string(), "unknown code 1999 of shop/OrderCode");
/// assert_eq!(error.wire(), Wire::Integer(1999));
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UnknownCode<'a> {
    code: Unknown<'a>,
    vendor: &'static str,
    set: &'static str,
}

/// A code that no set contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unknown<'a> {
    Wire(Wire<'a>),
    /// A number of more than 64 bits: the halves of its absolute value.
    Below([u64; 2]),
    Above([u64; 2]),
}

impl fmt::Display for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |[high, low]: [u64; 2]| u128::from(high) << 64 | u128::from(low);
        match *self {
            Self::Wire(wire) => write!(f, "{wire}"),
            Self::Below(halves) => write!(f, "-{}", whole(halves)),
            Self::Above(halves) => write!(f, "{}", whole(halves)),
        }
    }
}

impl<'a> UnknownCode<'a> {
    pub(crate) fn of<C: CodeSet>(code: impl Into<Wire<'a>>) -> Self {
        Self {
            code: Unknown::Wire(code.into()),
            vendor: C::VENDOR,
            set: C::NAME,
        }
    }

    /// Of a number of more than 64 bits.
    pub(crate) fn wide<C: CodeSet>(is_negative: bool, absolute: u128) -> Self {
        let half = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
        let halves = [half(absolute >> 64), half(absolute & u128::from(u64::MAX))];
        let code = if is_negative {
            Unknown::Below(halves)
        } else {
            Unknown::Above(halves)
        };
        Self {
            code,
            vendor: C::VENDOR,
            set: C::NAME,
        }
    }

    /// The code as it arrived; of a number of more than 64 bits the nearest that has 64.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Wire;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderCode::try_from("NONE").unwrap_err().wire(), Wire::Text("NONE"));
    /// # }
    /// ```
    #[must_use]
    pub const fn wire(&self) -> Wire<'a> {
        match self.code {
            Unknown::Wire(wire) => wire,
            Unknown::Below(_) => Wire::Integer(i64::MIN),
            Unknown::Above(_) => Wire::Large(u64::MAX),
        }
    }
}

impl fmt::Display for UnknownCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, vendor, set } = self;
        write!(f, "unknown code {code} of {vendor}/{set}")
    }
}

impl Error for UnknownCode<'_> {}
