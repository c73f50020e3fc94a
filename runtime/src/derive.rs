//! What the expansion of `#[derive(ErrorCode)]` calls in addition to what `include_spec!` calls.

use core::error::Error;
use core::fmt;
use core::hash::Hash;
use core::ops::Deref;
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

/// A reference to a field. Each of its methods exists three times, and the compiler takes the first
/// that applies to the type of the field, also behind a type alias: for an error with a code, for a
/// pointer to one ([`PointedTo`]), and for everything else ([`Field`]).
///
/// Method resolution prefers inherent methods to those of traits, and both to a trait that needs one
/// more reference, as `Field` does.
#[derive(Debug)]
pub struct Value<'a, T: ?Sized>(pub &'a T);

impl<'a, T: ErrorCode + ?Sized> Value<'a, T> {
    /// The error with a code.
    #[inline]
    #[must_use]
    pub const fn code(&self) -> &'a T {
        self.0
    }

    /// Writes the message of the error, in the best matching language.
    ///
    /// # Errors
    ///
    /// If the formatter fails.
    pub fn write(&self, locale: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.localized(locale))
    }
}

/// The methods of [`Value`] for pointers to errors with a code.
pub trait PointedTo<'a> {
    /// What the pointer points to.
    type Code: ErrorCode + ?Sized;

    /// The error with a code.
    fn code(&self) -> &'a Self::Code;

    /// Writes the message of the error, in the best matching language.
    ///
    /// # Errors
    ///
    /// If the formatter fails.
    fn write(&self, locale: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A pointer that prints what it points to. A type of the user with `Deref` may print something else.
pub trait Pointer: Deref {}

impl<T: ?Sized> Pointer for &T {}
impl<T: ?Sized> Pointer for &mut T {}
#[cfg(feature = "alloc")]
impl<T: ?Sized> Pointer for alloc::boxed::Box<T> {}
#[cfg(feature = "alloc")]
impl<T: ?Sized> Pointer for alloc::rc::Rc<T> {}
#[cfg(all(feature = "alloc", target_has_atomic = "ptr"))]
impl<T: ?Sized> Pointer for alloc::sync::Arc<T> {}

impl<'a, P: Pointer<Target: ErrorCode>> PointedTo<'a> for Value<'a, P> {
    type Code = P::Target;

    #[inline]
    fn code(&self) -> &'a P::Target {
        self.0
    }

    fn write(&self, locale: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Value::<P::Target>(self.0).write(locale, f)
    }
}

/// The methods of [`Value`] for types that are not known to have a code. It is implemented for every
/// type, and only `write` has a bound: otherwise the compiler's message would be about this trait.
pub trait Field<'a, T: ?Sized> {
    /// The field. What it is used for requires a code.
    fn code(&self) -> &'a T;

    /// Writes the value, without the width and precision of the formatter.
    ///
    /// # Errors
    ///
    /// If the formatter fails.
    fn write(&self, locale: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        T: fmt::Display;
}

impl<'a, T: ?Sized> Field<'a, T> for &Value<'a, T> {
    #[inline]
    fn code(&self) -> &'a T {
        self.0
    }

    fn write(&self, _: Locale, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        T: fmt::Display,
    {
        write!(f, "{}", self.0)
    }
}

/// What the variants of a set of codes are. The lifetime has no meaning: the compiler accepts a bound
/// that does not hold only if it depends on one.
pub trait Distinct<'a>: ErrorCode + Copy + Ord + Hash + Send + Sync + 'static {}

impl<T: ErrorCode + Copy + Ord + Hash + Send + Sync + 'static> Distinct<'_> for T {}

/// Requires what a set of codes requires. It is implemented for an enum whose author asks for a set,
/// so that the compiler says what is missing.
pub trait IsSet: ErrorCode + Copy + Ord + Hash + Send + Sync + 'static {}

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

/// A field that holds a source, or an `Option` of one, also behind a type alias. Its method `get` is
/// inherent for `Option` and therefore preferred there to that of [`Always`].
#[derive(Debug)]
pub struct Source<'a, T>(pub &'a T);

impl<'a, T> Source<'a, Option<T>> {
    /// The source, if there is one.
    #[inline]
    #[must_use]
    pub const fn get(&self) -> Option<&'a T> {
        self.0.as_ref()
    }
}

/// The method of [`Source`] for a field that always holds a source.
pub trait Always<'a, T> {
    /// The source.
    fn get(&self) -> Option<&'a T>;
}

impl<'a, T> Always<'a, T> for Source<'a, T> {
    #[inline]
    fn get(&self) -> Option<&'a T> {
        Some(self.0)
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
