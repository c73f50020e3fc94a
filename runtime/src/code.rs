//! What every error code has, what a whole set of them has, and what codes of different vendors have in common.

use core::error::Error;
use core::fmt;
use core::hash::Hash;
use core::time::Duration;

use crate::billing::Billing;
use crate::locale::Locale;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::template::{Filled, Localized, Parsed};
use crate::wire::Wire;

/// What every error with a code has. Object-safe: `&dyn ErrorCode` is any vendor's.
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
/// Enums of [`include_spec!`](crate::include_spec) implement it, and `#[derive(errbook::ErrorCode)]` implements it for
/// your own errors: see [`guide::derive`](https://docs.rs/errbook/latest/errbook/guide/derive/).
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no error code",
    label = "this is not an `ErrorCode`",
    note = "enums of `include_spec!` have one, and so have types with `#[derive(errbook::ErrorCode)]`",
    note = "to wrap an error that has none, give the variant a code of its own and mark the field `#[source]` or `#[from]`"
)]
pub trait ErrorCode: Error {
    /// The vendor's name in the registry, `tencent-kyc` for one.
    #[must_use]
    fn vendor(&self) -> &'static str;

    /// The name of the set, which is the name of its enum.
    #[must_use]
    fn set(&self) -> &'static str;

    /// The code as it stands in the vendor's answer.
    #[must_use]
    fn wire(&self) -> Wire<'_>;

    /// The vendor's own name for the code, if it has one.
    #[must_use]
    fn symbol(&self) -> Option<&'static str>;

    /// What the code means, in the language that serves the reader best, with its parameters filled in when printed.
    #[must_use]
    fn localized(&self, locale: Locale) -> Localized<'_>;

    /// What to do about it, if the vendor says so.
    #[must_use]
    fn remedy(&self, locale: Locale) -> Option<&'static str>;

    /// Whether the vendor charges for an answer with this code.
    #[must_use]
    fn billing(&self) -> Billing;

    /// What a caller should do.
    #[must_use]
    fn retry(&self) -> Retry;

    /// The least time to wait before trying again, where the vendor states one.
    #[must_use]
    fn retry_after(&self) -> Option<Duration>;

    /// The HTTP status that the vendor sends with this code, where it says so.
    #[must_use]
    fn http_status(&self) -> Option<u16>;

    /// True if the code says that all went well.
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

/// A whole set of codes: an enum that the macro made from a spec.
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
pub trait CodeSet: ErrorCode + Copy + Ord + Hash + Send + Sync + 'static {
    /// The type of a code on the wire: `i32`, `i64` or `&'static str`.
    type Code: Copy + Into<Wire<'static>>;

    /// What tells two codes apart: [`ByCode`] or [`ByCodeAndSymbol`].
    type Identity: Identity;

    /// The vendor's name in the registry.
    const VENDOR: &'static str;

    /// The name of the set.
    const NAME: &'static str;

    /// Every code of the set, in the order of the vendor's document. Retired ones are in it: they still decode.
    const ALL: &'static [Self];

    /// The code as the vendor writes it.
    #[must_use]
    fn code(&self) -> Self::Code;

    /// What the code means, in the language that serves the reader best. Parameters stand in it as `<name>`.
    #[must_use]
    fn message(&self, locale: Locale) -> &'static str;

    /// The code that an answer holds, by its number, its symbol or an alias. A number that several symbols share is
    /// not enough to tell.
    #[must_use]
    fn decode(wire: Wire<'_>) -> Option<Self>;

    /// The code that an answer holds in two fields. In a set that is told apart [by code](ByCode) alone the code
    /// decides, and the symbol is not looked at.
    #[must_use]
    fn decode_with_symbol<'a>(code: Wire<'_>, symbol: &'a str) -> Option<Parsed<'a, Self>>;

    /// The symbol with its parameters as `<name>`, however the vendor writes them; `None` if it has none.
    ///
    /// [`filled`](Self::filled) prints it, and `parse` of the enum reads it.
    #[must_use]
    fn template(&self) -> Option<&'static str> {
        None
    }

    /// The symbol as the vendor would send it, with the values of its parameters; `None` if the code has no symbol.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::CodeSet;
    /// errbook::include_spec! { "tests/shop.toml" }
    ///
    /// let symbol = OrderError::MissingField.filled(&[("field", &"street")]).expect("it has a symbol").to_string();
    /// assert_eq!(symbol, "MISSING_FIELD:street");
    /// assert_eq!(OrderError::parse(400, &symbol).map(|parsed| parsed.code()), Some(OrderError::MissingField));
    /// # }
    /// ```
    #[must_use]
    fn filled<'a>(&self, values: &'a [(&'a str, &'a dyn fmt::Display)]) -> Option<Filled<'a>> {
        self.template()
            .or(self.symbol())
            .map(|template| Filled::new(template, values))
    }

    /// What is known about an unknown code from the range it lies in.
    #[doc(hidden)]
    #[must_use]
    fn class(wire: Wire<'_>) -> crate::Class {
        let _ = wire;
        crate::Class::default()
    }

    /// What the code means, in the language that serves everybody whose own is not there.
    #[must_use]
    fn default_message(&self) -> &'static str;
}

/// What a code means across vendors, as a value of the taxonomy `K`. Object-safe for a fixed `K`.
///
/// ```
/// use errbook::HasKind;
///
/// fn is_same<K: PartialEq>(left: &dyn HasKind<K>, right: &dyn HasKind<K>) -> bool {
///     left.kind() == right.kind()
/// }
/// ```
pub trait HasKind<K> {
    /// What the code means across vendors.
    #[must_use]
    fn kind(&self) -> K;
}

/// The text is neither a code of the set nor a symbol.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// errbook::include_spec! { "tests/shop.toml" }
/// let error = "NONE".parse::<OrderCode>().unwrap_err();
/// assert_eq!(error.to_string(), "this is not a code of OrderCode");
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseCodeError {
    pub(crate) set: &'static str,
}

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not a code of {}", self.set)
    }
}

impl Error for ParseCodeError {}

/// What tells two codes of a set apart.
pub trait Identity: sealed::Sealed {}

/// Codes are told apart by the code alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByCode {}

/// The same code stands for several things, told apart by the symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByCodeAndSymbol {}

impl Identity for ByCode {}
impl Identity for ByCodeAndSymbol {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::ByCode {}
    impl Sealed for super::ByCodeAndSymbol {}
}
