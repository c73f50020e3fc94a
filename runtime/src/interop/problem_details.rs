//! Problem details for HTTP APIs, RFC 9457.

use core::fmt;

use crate::code::ErrorCode;
use crate::locale::Locale;
use crate::template::Localized;

/// The members of `application/problem+json` for an error. With the feature `serde` it serializes
/// to that document.
///
/// In addition to the members of the RFC the document has `vendor`, `set`, `code`, `symbol`,
/// `retry` and `retry_after` (in seconds), and `severity` if the code is a warning or an info.
/// Billing is left out, since it is not the client's concern.
///
/// A warning or an info is not a failure, so its status is never 400 or above: use the document
/// inside a successful response. A service that rejects what its vendor only warns about returns an
/// error code of its own.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// use errbook::{Locale, ProblemDetails};
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN).types("https://shop.example/");
/// let uri = "https://shop.example/shop/OrderError/409/OUT_OF_STOCK";
/// assert_eq!(problem.type_uri().to_string(), uri);
/// assert_eq!(problem.status(), Some(409));
/// assert_eq!(problem.detail().to_string(), "Nothing is left of it.");
/// assert_eq!(problem.instance("/orders/7").instance_uri(), Some("/orders/7"));
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ProblemDetails<'a> {
    error: &'a dyn ErrorCode,
    locale: Locale,
    status: Option<u16>,
    types: Option<&'a str>,
    instance: Option<&'a str>,
}

impl<'a> ProblemDetails<'a> {
    /// Describes an error in the best matching language.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// assert_eq!(problem.status(), Some(409));
    /// # }
    /// ```
    #[must_use]
    pub fn new(error: &'a dyn ErrorCode, locale: Locale) -> Self {
        Self {
            error,
            locale,
            status: error
                .http_status()
                .filter(|&status| error.severity().http_answer(status) == status),
            types: None,
            instance: None,
        }
    }

    /// Sets the HTTP status of the response, if it differs from [`ErrorCode::http_status`]: to that
    /// of its kind, for example.
    ///
    /// If the code is a warning or an info, a status of 400 or above becomes 200. Respond with
    /// [`status`](Self::status), so that the document and the response agree.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    ///
    /// let status = |error| ProblemDetails::new(error, Locale::EN).answered_with(422).status();
    /// assert_eq!(status(&OrderCode::PaymentDeclined), Some(422));
    /// assert_eq!(status(&OrderCode::Accepted), Some(200));
    /// # }
    /// ```
    #[must_use]
    pub fn answered_with(self, status: u16) -> Self {
        Self {
            status: Some(self.error.severity().http_answer(status)),
            ..self
        }
    }

    /// Sets the base of the URIs of all problem types. Without it the type is `about:blank`.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// let problem = problem.types("https://shop.example/");
    /// let uri = "https://shop.example/shop/OrderError/409/OUT_OF_STOCK";
    /// assert_eq!(problem.type_uri().to_string(), uri);
    /// # }
    /// ```
    #[must_use]
    pub const fn types(self, base: &'a str) -> Self {
        Self {
            types: Some(base),
            ..self
        }
    }

    /// Sets the URI of this occurrence.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// assert_eq!(problem.instance("/orders/7").instance_uri(), Some("/orders/7"));
    /// # }
    /// ```
    #[must_use]
    pub const fn instance(self, uri: &'a str) -> Self {
        Self {
            instance: Some(uri),
            ..self
        }
    }

    /// The member `type`: a URI that identifies the type of problem.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// assert_eq!(problem.type_uri().to_string(), "about:blank");
    /// # }
    /// ```
    #[must_use]
    pub const fn type_uri(&self) -> TypeUri<'a> {
        TypeUri {
            error: self.error,
            base: self.types,
        }
    }

    /// The member `title`: a summary that is the same for all occurrences. `None` if the type is
    /// `about:blank`, whose title is that of the status, or if the message has parameters.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// assert!(problem.title().is_none());
    /// let problem = problem.types("https://shop.example/");
    /// assert_eq!(problem.title().expect("it has a type").to_string(), "Nothing is left of it.");
    /// # }
    /// ```
    #[must_use]
    pub fn title(&self) -> Option<Localized<'a>> {
        let message = self.error.localized(self.locale);
        (self.types.is_some() && !message.has_parameters()).then_some(message)
    }

    /// The member `status`: the HTTP status of the response.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// assert_eq!(problem.status(), Some(409));
    /// # }
    /// ```
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        self.status
    }

    /// The member `detail`: the message, with its parameters filled in.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// assert_eq!(problem.detail().to_string(), "Nothing is left of it.");
    /// # }
    /// ```
    #[must_use]
    pub fn detail(&self) -> Localized<'a> {
        self.error.localized(self.locale)
    }

    /// The member `instance`: the URI of this occurrence, if it was set.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::{Locale, ProblemDetails};
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let problem = ProblemDetails::new(&OrderError::OutOfStock, Locale::EN);
    /// assert_eq!(problem.instance_uri(), None);
    /// # }
    /// ```
    #[must_use]
    pub const fn instance_uri(&self) -> Option<&'a str> {
        self.instance
    }
}

/// The URI of a problem type: the base, followed by vendor, set, code and symbol.
#[derive(Debug, Clone, Copy)]
pub struct TypeUri<'a> {
    error: &'a dyn ErrorCode,
    base: Option<&'a str>,
}

impl fmt::Display for TypeUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(base) = self.base else {
            return f.write_str("about:blank");
        };
        write!(f, "{base}{}/{}/", self.error.vendor(), self.error.set())?;
        fmt::Write::write_fmt(&mut Encoded(f), format_args!("{}", self.error.wire()))?;
        match self.error.symbol() {
            Some(symbol) => {
                f.write_str("/")?;
                fmt::Write::write_str(&mut Encoded(f), symbol)
            }
            None => Ok(()),
        }
    }
}

/// Percent-encodes what is written, for a segment of the path of a URI.
struct Encoded<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl fmt::Write for Encoded<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.bytes().try_for_each(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                fmt::Write::write_char(self.0, char::from(byte))
            }
            _ => write!(self.0, "%{byte:02X}"),
        })
    }
}

#[cfg(feature = "serde")]
mod json {
    use serde::ser::{Serialize, SerializeMap, Serializer};

    use crate::interop::ProblemDetails;
    use crate::retry::Retry;
    use crate::serde::AsText;
    use crate::severity::Severity;

    impl Serialize for ProblemDetails<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("type", &AsText(self.type_uri()))?;
            if let Some(title) = self.title() {
                map.serialize_entry("title", &AsText(title))?;
            }
            if let Some(status) = self.status {
                map.serialize_entry("status", &status)?;
            }
            map.serialize_entry("detail", &AsText(self.detail()))?;
            if let Some(instance) = self.instance {
                map.serialize_entry("instance", instance)?;
            }
            // A choice, not a list of all facts: what a client can act on. A new fact is added here
            // only if clients need it, since they come to depend on what was sent once.
            map.serialize_entry("vendor", self.error.vendor())?;
            map.serialize_entry("set", self.error.set())?;
            map.serialize_entry("code", &self.error.wire())?;
            if let Some(symbol) = self.error.symbol() {
                map.serialize_entry("symbol", symbol)?;
            }
            if self.error.severity() != Severity::Error {
                map.serialize_entry("severity", &self.error.severity())?;
            }
            if self.error.retry() != Retry::Unspecified {
                map.serialize_entry("retry", &self.error.retry())?;
            }
            if let Some(delay) = self.error.retry_after() {
                map.serialize_entry("retry_after", &delay.as_secs())?;
            }
            map.end()
        }
    }
}
