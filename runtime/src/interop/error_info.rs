//! `google.rpc.ErrorInfo`: what gRPC services say of an error to programs.

use core::fmt::{self, Write};

use crate::billing::Billing;
use crate::code::ErrorCode;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::wire::Wire;

/// What `google.rpc.ErrorInfo` says of an error, as a value: reason, domain and metadata. With the feature `serde` it is
/// that message as JSON writes it inside a `google.rpc.Status`.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::ErrorInfo;
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let info = ErrorInfo::new(&OrderCode::PaymentDeclined);
/// assert_eq!((info.reason().to_string().as_str(), info.domain()), ("PAYMENT_DECLINED", "shop"));
/// assert_eq!(info.metadata().next().map(|(key, value)| (key, value.to_string())), Some(("code", "1002".to_owned())));
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ErrorInfo<'a> {
    error: &'a dyn ErrorCode,
}

impl<'a> ErrorInfo<'a> {
    /// What is to be said of an error.
    #[must_use]
    pub const fn new(error: &'a dyn ErrorCode) -> Self {
        Self { error }
    }

    /// Why, in `UPPER_SNAKE_CASE`: the symbol, or set and code where there is none.
    #[must_use]
    pub const fn reason(&self) -> Reason<'a> {
        Reason { error: self.error }
    }

    /// Whose reason it is: the vendor.
    #[must_use]
    pub fn domain(&self) -> &'static str {
        self.error.vendor()
    }

    /// What else a program may want: `code`, `set`, `symbol`, `billing`, `retry`, `retry_after`, as far as it is known,
    /// and `severity` if the code is a warning or an info.
    pub fn metadata(&self) -> impl Iterator<Item = (&'static str, Metadata<'a>)> {
        let error = self.error;
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

/// The reason of an [`ErrorInfo`], to be printed.
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

/// Writes `UPPER_SNAKE_CASE`: capitals begin words, and what is neither letter nor digit stands between them.
struct Upper<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    /// The last character, once one was written that is a letter or a digit.
    last: Option<char>,
}

impl Write for Upper<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for each in text.chars() {
            let is_word = each.is_ascii_alphanumeric();
            if let Some(last) = self.last.filter(|_| is_word) {
                let begins = !last.is_ascii_alphanumeric()
                    || (each.is_ascii_uppercase() && last.is_ascii_lowercase());
                if begins {
                    self.f.write_char('_')?;
                }
            }
            if is_word {
                self.f.write_char(each.to_ascii_uppercase())?;
            }
            if is_word || self.last.is_some() {
                self.last = Some(each);
            }
        }
        Ok(())
    }
}

/// A value of the metadata of an [`ErrorInfo`], to be printed.
#[derive(Debug, Clone, Copy)]
pub struct Metadata<'a> {
    error: &'a dyn ErrorCode,
    value: Value,
}

#[derive(Debug, Clone, Copy)]
enum Value {
    Code,
    Text(&'static str),
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

    use super::ErrorInfo;
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

    /// The metadata as a map of texts.
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
