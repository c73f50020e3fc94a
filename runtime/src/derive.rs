//! What the expansion of `#[derive(ErrorCode)]` calls in addition to what `include_spec!` calls.

use core::error::Error;
use core::fmt;
use core::panic::UnwindSafe;

use crate::code::ErrorCode;
use crate::locale::Locale;
use crate::pad::pad;
use crate::template::Localized;
use crate::wire::Wire;

/// An error whose fields are the parameters of its message.
pub trait Fill {
    /// Writes the value of a parameter; `None` if there is no such parameter. A value that is an
    /// error with a code is written in the given language.
    fn fill(&self, name: &str, locale: Locale, f: &mut fmt::Formatter<'_>) -> Option<fmt::Result>;
}

/// A message whose parameters are the fields of an error.
#[inline]
#[must_use]
pub const fn filled<'a>(
    message: &'static str,
    fields: &'a dyn Fill,
    locale: Locale,
) -> Localized<'a> {
    Localized::filled(message, fields, locale)
}

/// A message without parameters.
#[inline]
#[must_use]
pub const fn plain<'a>(message: &'static str) -> Localized<'a> {
    Localized::plain(message)
}

/// The value of a parameter. Its method `write` exists twice: for errors with a code, whose method
/// is inherent and therefore preferred, and in [`WriteValue`] for everything else that can be
/// printed.
#[derive(Debug)]
pub struct Value<'a, T: ?Sized>(pub &'a T);

impl<T: ErrorCode + ?Sized> Value<'_, T> {
    /// Writes the message of the error, in the best matching language.
    ///
    /// # Errors
    ///
    /// If the formatter fails.
    pub fn write(&self, locale: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.localized(locale))
    }
}

/// A value that need not have a code. It is implemented for every type, and only the method
/// requires that it can be printed: otherwise the compiler's message would be about this trait.
pub trait WriteValue<T: ?Sized> {
    /// Writes the value, without the width and precision of the formatter.
    ///
    /// # Errors
    ///
    /// If the formatter fails.
    fn write(&self, locale: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        T: fmt::Display;
}

impl<T: ?Sized> WriteValue<T> for Value<'_, T> {
    fn write(&self, _: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        T: fmt::Display,
    {
        write!(f, "{}", self.0)
    }
}

/// Writes the message in the default language; in the alternate form (`{:#}`) vendor, set, code and
/// symbol come first.
///
/// # Errors
///
/// If the formatter fails.
pub fn display_error(
    f: &mut fmt::Formatter<'_>,
    vendor: &str,
    set: &str,
    wire: Wire<'_>,
    symbol: Option<&str>,
    message: Localized<'_>,
) -> fmt::Result {
    match symbol {
        _ if !f.alternate() => fmt::Display::fmt(&message, f),
        Some(symbol) => pad(f, format_args!("{vendor}/{set}/{wire} {symbol}: {message}")),
        None => pad(f, format_args!("{vendor}/{set}/{wire}: {message}")),
    }
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
