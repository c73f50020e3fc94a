//! `google.rpc.ErrorInfo`: the machine-readable details of an error in gRPC services.

use core::fmt::{self, Write};

use crate::billing::Billing;
use crate::code::ErrorCode;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::wire::Wire;

/// The fields of `google.rpc.ErrorInfo` for an error: reason, domain and metadata.
///
/// The code of that status is another matter: [`GrpcCode`](crate::GrpcCode), which kinds have.
///
/// With the feature `serde` it serializes to the JSON form of an entry in the `details` of a
/// `google.rpc.Status`, including `@type`.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::ErrorInfo;
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let info = ErrorInfo::new(&OrderCode::PaymentDeclined);
/// assert_eq!((info.reason().to_string().as_str(), info.domain()), ("PAYMENT_DECLINED", "shop"));
/// let (key, value) = info.metadata().next().expect("there is always a code");
/// assert_eq!((key, value.to_string().as_str()), ("code", "1002"));
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ErrorInfo<'a> {
    error: &'a dyn ErrorCode,
}

impl<'a> ErrorInfo<'a> {
    /// Creates the details of an error.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorInfo;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let info = ErrorInfo::new(&OrderCode::Busy);
    /// assert_eq!(info.domain(), "shop");
    /// # }
    /// ```
    #[must_use]
    pub const fn new(error: &'a dyn ErrorCode) -> Self {
        Self { error }
    }

    /// The reason in `UPPER_SNAKE_CASE`: the symbol, or the set and the code if there is no symbol.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorInfo;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorInfo::new(&OrderCode::Busy).reason().to_string(), "BUSY");
    /// assert_eq!(ErrorInfo::new(&OrderCode::Accepted).reason().to_string(), "ORDER_CODE_1000");
    /// # }
    /// ```
    #[must_use]
    pub const fn reason(&self) -> Reason<'a> {
        Reason { error: self.error }
    }

    /// The scope of the reason: the vendor.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorInfo;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(ErrorInfo::new(&OrderCode::Busy).domain(), "shop");
    /// # }
    /// ```
    #[must_use]
    pub fn domain(&self) -> &'static str {
        self.error.vendor()
    }

    /// The metadata: `code`, `set`, `symbol`, `billing`, `retry` and `retry_after` (in seconds), as
    /// far as they are specified; and `severity` if the code is a warning or an info.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::ErrorInfo;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let info = ErrorInfo::new(&OrderCode::Busy);
    /// let delay = info.metadata().find(|(key, _)| *key == "retry_after");
    /// assert_eq!(delay.map(|(_, value)| value.to_string()).as_deref(), Some("30"));
    /// # }
    /// ```
    pub fn metadata(&self) -> impl Iterator<Item = (&'static str, Metadata<'a>)> {
        let error = self.error;
        // A choice, not a list of all facts: what a client can act on. A new fact is added here only
        // if clients need it, since metadata that was sent once is hard to take back. `http_status`
        // is left out because gRPC has its own status, and texts because they depend on a language.
        [
            Some(("code", Value::Code)),
            Some(("set", Value::Text(error.set()))),
            error.symbol().map(|symbol| ("symbol", Value::Text(symbol))),
            (error.severity() != Severity::Error)
                .then(|| ("severity", Value::Text(error.severity().as_str()))),
            (error.billing() != Billing::Unspecified)
                .then(|| ("billing", Value::Text(error.billing().as_str()))),
            (error.retry() != Retry::Unspecified)
                .then(|| ("retry", Value::Text(error.retry().as_str()))),
            error
                .retry_after()
                .map(|delay| ("retry_after", Value::Seconds(delay.as_secs()))),
        ]
        .into_iter()
        .flatten()
        .map(move |(key, value)| (key, Metadata { error, value }))
    }
}

/// The reason of an [`ErrorInfo`], formatted with `Display`.
#[derive(Debug, Clone, Copy)]
pub struct Reason<'a> {
    error: &'a dyn ErrorCode,
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut upper = Upper { f, last: None };
        match self.error.symbol() {
            Some(symbol) => upper.write_str(symbol),
            None => {
                upper.write_str(self.error.set())?;
                match self.error.wire() {
                    Wire::Integer(code @ ..0) => write!(upper, "_NEG_{}", code.unsigned_abs()),
                    code => write!(upper, "_{code}"),
                }
            }
        }
    }
}

/// Converts what is written to `UPPER_SNAKE_CASE`: a capital after a lowercase letter begins a
/// word, and characters other than ASCII letters and digits separate words.
struct Upper<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    /// The last character, `None` before the first letter or digit.
    last: Option<char>,
}

impl Write for Upper<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let is_word = character.is_ascii_alphanumeric();
            if let Some(last) = self.last.filter(|_| is_word) {
                let begins = !last.is_ascii_alphanumeric()
                    || (character.is_ascii_uppercase() && last.is_ascii_lowercase());
                if begins {
                    self.f.write_char('_')?;
                }
            }
            if is_word {
                self.f.write_char(character.to_ascii_uppercase())?;
            }
            if is_word || self.last.is_some() {
                self.last = Some(character);
            }
        }
        Ok(())
    }
}

/// A value of the metadata of an [`ErrorInfo`], formatted with `Display`.
#[derive(Debug, Clone, Copy)]
pub struct Metadata<'a> {
    error: &'a dyn ErrorCode,
    value: Value<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Value<'a> {
    Code,
    Text(&'a str),
    Seconds(u64),
}

impl fmt::Display for Metadata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Value::Code => fmt::Display::fmt(&self.error.wire(), f),
            Value::Text(text) => f.pad(text),
            Value::Seconds(seconds) => fmt::Display::fmt(&seconds, f),
        }
    }
}

#[cfg(feature = "serde")]
mod json {
    use serde::ser::{Serialize, SerializeMap, Serializer};

    use crate::interop::ErrorInfo;
    use crate::serde::AsText;

    impl Serialize for ErrorInfo<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(4))?;
            map.serialize_entry("@type", "type.googleapis.com/google.rpc.ErrorInfo")?;
            map.serialize_entry("reason", &AsText(self.reason()))?;
            map.serialize_entry("domain", self.domain())?;
            map.serialize_entry("metadata", &Entries(*self))?;
            map.end()
        }
    }

    /// The metadata as a map of strings.
    struct Entries<'a>(ErrorInfo<'a>);

    impl Serialize for Entries<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            for (key, value) in self.0.metadata() {
                map.serialize_entry(key, &AsText(value))?;
            }
            map.end()
        }
    }
}
