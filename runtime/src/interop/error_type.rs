//! The attribute `error.type` of OpenTelemetry: one value per code, of low cardinality.

use core::fmt;

use crate::code::{CodeSet, ErrorCode};
use crate::received::Received;
use crate::wire::Wire;

/// The value of the attribute `error.type`: vendor, set and symbol, or vendor, set and code if there
/// is no symbol.
///
/// Its cardinality is low enough for a label of a metric: one value per code, independent of
/// parameters, and one for all unknown codes, `_OTHER`, as OpenTelemetry specifies.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::ErrorType;
/// errbook::include_spec! { "tests/shop.toml" }
/// let declined = ErrorType::of(&OrderCode::PaymentDeclined);
/// assert_eq!(declined.to_string(), "shop.OrderCode.PAYMENT_DECLINED");
/// assert_eq!(ErrorType::of(&OrderCode::Accepted).to_string(), "shop.OrderCode.1000");
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorType<'a> {
    vendor: &'static str,
    set: &'static str,
    name: Wire<'a>,
}

impl<'a> ErrorType<'a> {
    /// The attribute of an error of any severity; see [`of_failure`](Self::of_failure).
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorType;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let attribute = ErrorType::of(&OrderCode::PaymentDeclined);
    /// assert_eq!(attribute.to_string(), "shop.OrderCode.PAYMENT_DECLINED");
    /// # }
    /// ```
    #[must_use]
    pub fn of(error: &'a dyn ErrorCode) -> Self {
        Self {
            vendor: error.vendor(),
            set: error.set(),
            name: error.symbol().map_or_else(|| error.wire(), Wire::Text),
        }
    }

    /// The attribute of an error, or `None` if its code is a warning or an info: OpenTelemetry
    /// specifies that `error.type` is not set if an operation succeeded.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorType;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorType::of_failure(&OrderCode::Accepted), None);
    /// assert!(ErrorType::of_failure(&OrderCode::PaymentDeclined).is_some());
    /// # }
    /// ```
    #[must_use]
    pub fn of_failure(error: &'a dyn ErrorCode) -> Option<Self> {
        error.severity().is_failure().then(|| Self::of(error))
    }

    /// The attribute of a received code; `_OTHER` if the code is unknown.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{ErrorType, Received};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let unknown: Received<OrderCode, &str> = Received::from(31337);
    /// assert_eq!(ErrorType::of_received(&unknown).to_string(), "shop.OrderCode._OTHER");
    /// # }
    /// ```
    #[must_use]
    pub fn of_received<C: CodeSet, T: AsRef<str>>(received: &'a Received<C, T>) -> Self {
        let name = match received.known() {
            Some(code) => received
                .symbol()
                .map_or_else(|| code.code().into(), Wire::Text),
            None => Wire::Text("_OTHER"),
        };
        Self {
            vendor: C::VENDOR,
            set: C::NAME,
            name,
        }
    }
}

impl fmt::Display for ErrorType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.vendor, self.set, self.name)
    }
}
