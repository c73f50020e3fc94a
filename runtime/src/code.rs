//! The traits of error codes: one for every code, one for a whole set, one for the meaning that
//! codes of different vendors share.

use core::error::Error;
use core::fmt;
use core::hash::Hash;
use core::time::Duration;

use crate::billing::Billing;
use crate::locale::Locale;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::template::{Filled, Localized, Parsed, literal_before_hole};
use crate::wire::Wire;

/// An error with a code. Object-safe: a `&dyn ErrorCode` can be a code of any vendor.
///
/// ```
/// use errbook::{ErrorCode, Locale};
/// # #[cfg(feature = "macros")]
/// # errbook::include_spec! { "tests/shop.toml" }
///
/// fn log(error: &dyn ErrorCode) -> String {
///     format!("{}.{}: {}", error.vendor(), error.wire(), error.localized(Locale::EN))
/// }
/// # #[cfg(feature = "macros")]
/// assert_eq!(log(&OrderCode::PaymentDeclined), "shop.1002: The payment was declined.");
/// ```
///
/// Enums of [`include_spec!`](crate::include_spec) implement it, and
/// `#[derive(errbook::ErrorCode)]` implements it for your own errors: see
/// [`guide::derive`](https://docs.rs/errbook/latest/errbook/guide/derive/).
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no error code",
    label = "`ErrorCode` is not implemented for this type",
    note = "enums of `include_spec!` and types with `#[derive(errbook::ErrorCode)]` implement it",
    note = "to wrap another error, give the variant a code and the field `#[source]` or `#[from]`"
)]
pub trait ErrorCode: Error {
    /// The vendor's name in the registry, such as `tencent-kyc`.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorCode;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorCode::vendor(&OrderCode::Busy), "shop");
    /// # }
    /// ```
    #[must_use]
    fn vendor(&self) -> &'static str;

    /// The name of the set of codes, which is also the name of its enum.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorCode;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorCode::set(&OrderCode::Busy), "OrderCode");
    /// # }
    /// ```
    #[must_use]
    fn set(&self) -> &'static str;

    /// The code as the vendor sends it.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{ErrorCode, Wire};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderCode::Busy.wire(), Wire::Integer(1003));
    /// # }
    /// ```
    #[must_use]
    fn wire(&self) -> Wire<'_>;

    /// The vendor's own name for the code, if it has one.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorCode;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorCode::symbol(&OrderCode::Busy), Some("BUSY"));
    /// assert_eq!(ErrorCode::symbol(&OrderCode::Accepted), None);
    /// # }
    /// ```
    #[must_use]
    fn symbol(&self) -> Option<&str>;

    /// The message in the best matching language. Parameters are filled in when it is printed.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{ErrorCode, Locale};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let message = OrderCode::Busy.localized(Locale::DE);
    /// assert_eq!(message.to_string(), "Zu viele Bestellungen auf einmal.");
    /// # }
    /// ```
    #[must_use]
    fn localized(&self, locale: Locale) -> Localized<'_>;

    /// What the reader can do about it, in the best matching language, if the registry says so.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{ErrorCode, Locale};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let remedy = ErrorCode::remedy(&OrderCode::PaymentDeclined, Locale::EN);
    /// assert_eq!(remedy, Some("Ask for another card."));
    /// # }
    /// ```
    #[must_use]
    fn remedy(&self, locale: Locale) -> Option<&'static str>;

    /// Whether the vendor charges for a response with this code.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Billing, ErrorCode};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorCode::billing(&OrderCode::Busy), Billing::Free);
    /// assert_eq!(ErrorCode::billing(&OrderError::OutOfStock), Billing::Unspecified);
    /// # }
    /// ```
    #[must_use]
    fn billing(&self) -> Billing;

    /// What a caller should do: retry, fix the request, ask the user, ….
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{ErrorCode, Retry};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorCode::retry(&OrderCode::Busy), Retry::Throttled);
    /// # }
    /// ```
    #[must_use]
    fn retry(&self) -> Retry;

    /// The minimum delay before a retry, if the registry states one.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use core::time::Duration;
    /// use errbook::ErrorCode;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let delay = ErrorCode::retry_after(&OrderCode::Busy);
    /// assert_eq!(delay, Some(Duration::from_secs(30)));
    /// # }
    /// ```
    #[must_use]
    fn retry_after(&self) -> Option<Duration>;

    /// The HTTP status that the vendor sends with this code, if the registry states one.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorCode;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorCode::http_status(&OrderError::OutOfStock), Some(409));
    /// # }
    /// ```
    #[must_use]
    fn http_status(&self) -> Option<u16>;

    /// Whether the code means success.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorCode;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert!(ErrorCode::is_success(&OrderCode::Accepted));
    /// # }
    /// ```
    #[must_use]
    fn is_success(&self) -> bool;

    /// How serious the code is. By default a success is an [info](Severity::Info), and every other
    /// code is an [error](Severity::Error).
    #[must_use]
    fn severity(&self) -> Severity {
        crate::__private::severity(self.is_success())
    }

    /// What a reader should know beyond the vendor's document, in the best matching language.
    #[must_use]
    fn note(&self, locale: Locale) -> Option<&'static str> {
        let _ = locale;
        None
    }

    /// The vendor's own words, where the registry's message corrects them: in the given language if
    /// the vendor used it, otherwise in the language that the vendor used.
    #[must_use]
    fn said(&self, locale: Locale) -> Option<&'static str> {
        let _ = locale;
        None
    }

    /// The release of the registry in which the code first appeared, if it is recorded.
    #[must_use]
    fn since(&self) -> Option<&'static str> {
        None
    }
}

/// A whole set of codes: an enum that [`include_spec!`](crate::include_spec) generated from a spec, or
/// an enum of your own without fields that derives `ErrorCode`, `Copy`, `Ord` and `Hash` (see
/// [`guide::derive`](https://docs.rs/errbook/latest/errbook/guide/derive/#sets-of-your-own)).
///
/// ```
/// use errbook::{CodeSet, Wire};
/// # #[cfg(feature = "macros")]
/// # errbook::include_spec! { "tests/shop.toml" }
///
/// fn decodes_its_own<C: CodeSet>() -> bool {
///     C::ALL.iter().all(|code| C::decode(code.wire()) == Some(*code))
/// }
/// # #[cfg(feature = "macros")]
/// assert!(decodes_its_own::<OrderCode>());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a set of codes nor a type that a code is received as",
    label = "no set of codes",
    note = "enums of `include_spec!` are sets of codes, and so are enums without fields that derive \
            `ErrorCode`, `Copy`, `Ord` and `Hash`: `#[error_code(code_set)]` says what is missing",
    note = "codes are received as an integer, `&str` or `String`: convert other types first"
)]
pub trait CodeSet: ErrorCode + Copy + Ord + Hash + Send + Sync + 'static {
    /// The type of a code: `i32`, `i64` or `&'static str`.
    type Code: Copy + Into<Wire<'static>>;

    /// What identifies a code in the set: [`ByCode`] or [`ByCodeAndSymbol`].
    type Identity: Identity;

    /// The vendor's name in the registry.
    const VENDOR: &'static str;

    /// The name of the set.
    const NAME: &'static str;

    /// Every code of the set, in the order of the vendor's document. Retired codes are included,
    /// since they still decode.
    const ALL: &'static [Self];

    /// The code as the vendor writes it.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::CodeSet;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(CodeSet::code(&OrderCode::Busy), 1003);
    /// # }
    /// ```
    #[must_use]
    fn code(&self) -> Self::Code;

    /// The message in the best matching language, with parameters left as `<name>`.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{CodeSet, Locale};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let message = CodeSet::message(&OrderError::MissingField, Locale::EN);
    /// assert_eq!(message, "The field <field> is missing.");
    /// # }
    /// ```
    #[must_use]
    fn message(&self, locale: Locale) -> &'static str;

    /// The variant for a code from a response: looked up by number, symbol or alias. `None` if it
    /// is unknown, or if several symbols share the number.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{CodeSet, Wire};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderCode::decode(Wire::Text("BUSY")), Some(OrderCode::Busy));
    /// assert_eq!(OrderError::decode(Wire::Integer(409)), None);
    /// # }
    /// ```
    #[must_use]
    fn decode(wire: Wire<'_>) -> Option<Self>;

    /// The variant for a code and a symbol from two fields of a response. In a set whose codes are
    /// identified [by code](ByCode) alone the symbol is ignored.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{CodeSet, Wire};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let parsed = OrderError::decode_with_symbol(Wire::Integer(409), "OUT_OF_STOCK");
    /// assert_eq!(parsed.map(|parsed| parsed.code()), Some(OrderError::OutOfStock));
    /// # }
    /// ```
    #[must_use]
    fn decode_with_symbol<'a>(code: Wire<'_>, symbol: &'a str) -> Option<Parsed<'a, Self>>;

    /// The symbol with its parameters as `<name>`, independent of the vendor's notation; `None` if
    /// the symbol has no parameters.
    ///
    /// [`filled`](Self::filled) prints it, and `parse` of the enum parses it.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::CodeSet;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(CodeSet::template(&OrderError::MissingField), Some("MISSING_FIELD:<field>"));
    /// # }
    /// ```
    #[must_use]
    fn template(&self) -> Option<&'static str> {
        None
    }

    /// The symbol as the vendor would send it, with these values for its parameters; `None` if the
    /// code has no symbol.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::CodeSet;
    /// errbook::include_spec! { "tests/shop.toml" }
    ///
    /// let filled = OrderError::MissingField.filled(&[("field", &"street")]);
    /// let symbol = filled.expect("it has a symbol").to_string();
    /// assert_eq!(symbol, "MISSING_FIELD:street");
    /// let parsed = OrderError::parse(400, &symbol).expect("it was printed from the template");
    /// assert_eq!(parsed.code(), OrderError::MissingField);
    /// # }
    /// ```
    #[must_use]
    fn filled<'a>(&'a self, values: &'a [(&'a str, &'a dyn fmt::Display)]) -> Option<Filled<'a>> {
        self.template()
            .or(self.symbol())
            .map(|template| Filled::new(template, values))
    }

    /// The variant of a symbol, regardless of the case of ASCII letters; `None` if there is none,
    /// or if several codes have the symbol. Aliases must be in their own case. It compares with one
    /// symbol after another, so it is slower than `from_symbol`.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::CodeSet;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderCode::from_symbol_ignore_case("Busy"), Some(OrderCode::Busy));
    /// let missing = OrderError::from_symbol_ignore_case("missing_field:street");
    /// assert_eq!(missing, Some(OrderError::MissingField));
    /// assert_eq!(OrderError::from_symbol_ignore_case("missing"), None);
    /// # }
    /// ```
    #[must_use]
    fn from_symbol_ignore_case(symbol: &str) -> Option<Self> {
        if let Some(code) = Self::decode(Wire::Text(symbol)) {
            return Some(code);
        }
        let matches = |code: &&Self| match (code.template(), code.symbol()) {
            (Some(template), _) => begins_ignoring_case(symbol, literal_before_hole(template)),
            (None, Some(known)) => known.eq_ignore_ascii_case(symbol),
            (None, None) => false,
        };
        let mut found = Self::ALL.iter().filter(matches);
        found.next().filter(|_| found.next().is_none()).copied()
    }

    /// The name of the variant.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::CodeSet;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderCode::PaymentDeclined.variant_name(), "PaymentDeclined");
    /// # }
    /// ```
    #[must_use]
    fn variant_name(&self) -> &'static str;

    /// The class of an unknown code, from the range of codes that contains it.
    #[doc(hidden)]
    #[must_use]
    fn class(wire: Wire<'_>) -> crate::Class {
        let _ = wire;
        crate::Class::default()
    }

    /// The message in the fallback language, with parameters left as `<name>`.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::CodeSet;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderCode::Busy.default_message(), "Too many orders at once.");
    /// # }
    /// ```
    #[must_use]
    fn default_message(&self) -> &'static str;
}

/// What a code means across vendors, as a value of the taxonomy `K`. Object-safe for a given `K`.
///
/// ```
/// use errbook::HasKind;
///
/// fn is_same<K: PartialEq>(left: &dyn HasKind<K>, right: &dyn HasKind<K>) -> bool {
///     left.kind() == right.kind()
/// }
/// ```
pub trait HasKind<K> {
    /// The kind of the code in the taxonomy.
    ///
    /// ```
    /// use errbook::HasKind;
    ///
    /// #[derive(Debug, PartialEq)]
    /// enum Kind { Timeout }
    /// struct GatewayTimeout;
    /// impl HasKind<Kind> for GatewayTimeout {
    ///     fn kind(&self) -> Kind { Kind::Timeout }
    /// }
    /// assert_eq!(GatewayTimeout.kind(), Kind::Timeout);
    /// ```
    #[must_use]
    fn kind(&self) -> K;

    /// The kind of an unknown code, from the range of codes that contains it.
    #[doc(hidden)]
    #[must_use]
    fn kind_of_unknown(wire: Wire<'_>) -> Option<K>
    where
        Self: Sized,
    {
        let _ = wire;
        None
    }
}

/// A taxonomy that has a kind for codes of which nothing is known.
///
/// [`Received`](crate::Received) needs it to have a kind.
///
/// ```
/// use errbook::{HasKind, Received, UnknownKind};
///
/// #[derive(Debug, PartialEq)]
/// enum Kind { Declined, Unknown }
///
/// impl UnknownKind for Kind {
///     const UNKNOWN: Self = Self::Unknown;
/// }
///
/// fn kind_of<C: errbook::CodeSet + HasKind<Kind>>(received: &Received<C, &str>) -> Kind {
///     received.kind()
/// }
/// ```
pub trait UnknownKind: Sized {
    /// The kind of an unknown code.
    const UNKNOWN: Self;
}

fn begins_ignoring_case(text: &str, begin: &str) -> bool {
    text.get(..begin.len())
        .is_some_and(|text| text.eq_ignore_ascii_case(begin))
}

/// The string is neither a code nor a symbol of the set.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// errbook::include_spec! { "tests/shop.toml" }
/// let error = "NONE".parse::<OrderCode>().unwrap_err();
/// assert_eq!(error.to_string(), "`NONE` is not a code or symbol of shop/OrderCode");
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseCodeError {
    vendor: &'static str,
    set: &'static str,
    text: Excerpt,
}

impl ParseCodeError {
    pub(crate) fn new<C: CodeSet>(text: &str) -> Self {
        Self {
            vendor: C::VENDOR,
            set: C::NAME,
            text: Excerpt::new(text),
        }
    }
}

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { vendor, set, text } = self;
        write!(f, "`{text}` is not a code or symbol of {vendor}/{set}")
    }
}

impl Error for ParseCodeError {}

/// The beginning of a string, kept without an allocation.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Excerpt {
    bytes: [u8; Self::MOST],
    len: usize,
    is_whole: bool,
}

impl Excerpt {
    /// Longer than any symbol of the shipped registry.
    const MOST: usize = 62;

    fn new(text: &str) -> Self {
        let most = text.len().min(Self::MOST);
        let is_boundary = |at: &usize| text.is_char_boundary(*at);
        let len = (0..=most).rev().find(is_boundary).unwrap_or_default();
        let mut bytes = [0; Self::MOST];
        bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
        Self {
            bytes,
            len,
            is_whole: len == text.len(),
        }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(core::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default())?;
        f.write_str(if self.is_whole { "" } else { "…" })
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// What identifies a code in its set.
pub trait Identity: sealed::Sealed {
    /// Whether the symbol is part of it.
    #[doc(hidden)]
    const HAS_SYMBOL: bool;
}

/// Every code is unique in its set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByCode {}

/// Several entries of the set share a code, and the symbol distinguishes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByCodeAndSymbol {}

impl Identity for ByCode {
    const HAS_SYMBOL: bool = false;
}

impl Identity for ByCodeAndSymbol {
    const HAS_SYMBOL: bool = true;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for crate::ByCode {}
    impl Sealed for crate::ByCodeAndSymbol {}
}
