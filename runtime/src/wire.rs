//! A code as a vendor sends it: a number or a string.

use core::fmt;
use core::num::TryFromIntError;

/// A code as it appears in a response, independent of the type of its set.
///
/// It borrows strings from the response, or from the registry's static data. `Display` writes the
/// code as the vendor does.
///
/// ```
/// use errbook::Wire;
///
/// assert_eq!(Wire::from(-5007).to_string(), "-5007");
/// assert_eq!(Wire::from("01000000").to_string(), "01000000");
/// assert_eq!(Wire::from(u64::MAX), Wire::Large(u64::MAX));
/// assert_eq!(Wire::try_from(7_i128), Ok(Wire::Integer(7)));
/// assert!(Wire::try_from(i128::MIN).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Wire<'a> {
    /// A number. Codes of 32 bits are widened.
    Integer(i64),
    /// A number above `i64::MAX`. No documented code is one.
    Large(u64),
    /// A string, exactly as the vendor writes it: leading zeros are kept.
    Text(&'a str),
}

impl Wire<'_> {
    /// The code as a number, if it is one or is a string that holds a number in its shortest form:
    /// `"12"` is 12, but `"012"` and `"+12"` are not numbers.
    ///
    /// ```
    /// use errbook::Wire;
    ///
    /// assert_eq!(Wire::Text("-12").as_integer(), Some(-12));
    /// assert_eq!(Wire::Text("012").as_integer(), None);
    /// ```
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match *self {
            Self::Integer(number) => Some(number),
            Self::Large(_) => None,
            Self::Text(text) => {
                let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
                let shortest = matches!(digits, [b'1'..=b'9', ..]) || text == "0";
                if shortest { text.parse().ok() } else { None }
            }
        }
    }
}

impl fmt::Display for Wire<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => fmt::Display::fmt(number, f),
            Self::Large(number) => fmt::Display::fmt(number, f),
            Self::Text(text) => f.pad(text),
        }
    }
}

/// Calls a macro with the integer types that convert to `i64`, with those that may not fit there, and
/// with those that may not fit a [`Wire`].
macro_rules! for_each_integer {
    ($macro:ident) => {
        $macro! { from: i8 i16 i32 i64 u8 u16 u32 }
        $macro! { try_from: u64 usize isize }
        $macro! { fallible: i128 u128 }
    };
}

pub(crate) use for_each_integer;

macro_rules! from_integers {
    (from: $($ty:ty)+) => {$(
        impl From<$ty> for Wire<'_> {
            fn from(number: $ty) -> Self {
                Self::Integer(number.into())
            }
        }
    )+};
    (try_from: $($ty:ty)+) => {$(
        impl From<$ty> for Wire<'_> {
            fn from(number: $ty) -> Self {
                match i64::try_from(number) {
                    Ok(number) => Self::Integer(number),
                    // These types have at most 64 bits, so this is a `u64`.
                    Err(_) => Self::Large(u64::try_from(number).unwrap_or(u64::MAX)),
                }
            }
        }
    )+};
    (fallible: $($ty:ty)+) => {$(
        /// Fails if the number has more than 64 bits.
        impl TryFrom<$ty> for Wire<'_> {
            type Error = TryFromIntError;

            fn try_from(number: $ty) -> Result<Self, TryFromIntError> {
                match i64::try_from(number) {
                    Ok(number) => Ok(Self::Integer(number)),
                    Err(_) => u64::try_from(number).map(Self::Large),
                }
            }
        }
    )+};
}

for_each_integer!(from_integers);

impl<'a> From<&'a str> for Wire<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}
