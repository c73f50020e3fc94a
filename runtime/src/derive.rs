//! What the expansion of `#[derive(ErrorCode)]` calls in addition to what `include_spec!` calls.

use core::error::Error;
use core::fmt;
use core::panic::UnwindSafe;

use crate::template::Localized;
use crate::wire::Wire;

/// An error whose fields are the parameters of its message.
pub trait Fill {
    /// Writes the value of a parameter; `None` if there is no such parameter.
    fn fill(&self, name: &str, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result>;
}

/// A message whose parameters are the fields of an error.
#[inline]
#[must_use]
pub const fn filled<'a>(message: &'static str, fields: &'a dyn Fill) -> Localized<'a> {
    Localized::filled(message, fields)
}

/// A message without parameters.
#[inline]
#[must_use]
pub const fn plain<'a>(message: &'static str) -> Localized<'a> {
    Localized::plain(message)
}

/// Writes the message in the default language; in the alternate form (`{:#}`) vendor, code and
/// symbol come first.
///
/// # Errors
///
/// Returns an error if the formatter does.
pub fn display_error(
    f: &mut fmt::Formatter<'_>,
    vendor: &str,
    wire: Wire<'_>,
    symbol: Option<&str>,
    message: Localized<'_>,
) -> fmt::Result {
    if f.alternate() {
        write!(f, "{vendor} {wire}")?;
        if let Some(symbol) = symbol {
            write!(f, " {symbol}")?;
        }
        f.write_str(": ")?;
    }
    fmt::Display::fmt(&message, f)
}

/// Conversion of a `source` field to `&dyn Error`: for errors, for `dyn Error` types, and through
/// method resolution for any number of references, boxes and other pointers to them.
pub trait AsDynError<'a> {
    /// The field as an error.
    fn as_dyn_error(&self) -> &(dyn Error + 'a);
}

impl<'a, T: Error + 'a> AsDynError<'a> for T {
    #[inline]
    fn as_dyn_error(&self) -> &(dyn Error + 'a) {
        self
    }
}

macro_rules! as_dyn_error {
    ($($ty:ty),*) => {$(
        impl<'a> AsDynError<'a> for $ty {
            #[inline]
            fn as_dyn_error(&self) -> &(dyn Error + 'a) {
                self
            }
        }
    )*};
}

as_dyn_error!(
    dyn Error + 'a,
    dyn Error + Send + 'a,
    dyn Error + Send + Sync + 'a
);
as_dyn_error!(dyn Error + Send + Sync + UnwindSafe + 'a);
as_dyn_error!(
    dyn crate::ErrorCode + 'a,
    dyn crate::ErrorCode + Send + 'a,
    dyn crate::ErrorCode + Send + Sync + 'a
);
