//! `error.type` of OpenTelemetry: one word for each error, and few enough of them to count by.

use core::fmt;

use crate::code::{CodeSet, ErrorCode};
use crate::received::Received;
use crate::wire::Wire;

/// The value of the attribute `error.type`: vendor and symbol, or vendor and code where a code has no symbol.
///
/// There is one for each code, never one for each value of a parameter, so that it may be a label of a metric. All
/// codes that are not known share `_OTHER`, as OpenTelemetry asks.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::ErrorType;
/// errbook::include_spec! { "tests/shop.toml" }
/// assert_eq!(ErrorType::of(&OrderCode::PaymentDeclined).to_string(), "shop.PAYMENT_DECLINED");
/// assert_eq!(ErrorType::of(&OrderCode::Accepted).to_string(), "shop.1000");
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorType<'a> {
    vendor: &'static str,
    name: Wire<'a>,
}

impl<'a> ErrorType<'a> {
    /// That of an error, whatever its severity; see [`of_failure`](Self::of_failure).
    #[must_use]
    pub fn of(error: &'a dyn ErrorCode) -> Self {
        Self {
            vendor: error.vendor(),
            name: error.symbol().map_or_else(|| error.wire(), Wire::Text),
        }
    }

    /// The value for an error, or `None` if its code is a warning or an info: OpenTelemetry asks to leave `error.type`
    /// out if an operation succeeded.
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

    /// That of a code as it arrived.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{ErrorType, Received};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let unknown: Received<OrderCode, &str> = Received::from(31337);
    /// assert_eq!(ErrorType::of_received(&unknown).to_string(), "shop._OTHER");
    /// # }
    /// ```
    #[must_use]
    pub fn of_received<C: CodeSet, T>(received: &Received<C, T>) -> Self {
        let name = match received.known() {
            Some(code) => code.symbol().map_or_else(|| code.code().into(), Wire::Text),
            None => Wire::Text("_OTHER"),
        };
        Self {
            vendor: C::VENDOR,
            name,
        }
    }
}

impl fmt::Display for ErrorType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.vendor, self.name)
    }
}
