//! A code as a vendor sends it: a number or a string.

use core::fmt;

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
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Wire<'a> {
    /// A number. Codes of 32 bits are widened.
    Integer(i64),
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
            Self::Text(text) => f.pad(text),
        }
    }
}

impl From<i32> for Wire<'_> {
    fn from(number: i32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i64> for Wire<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<'a> From<&'a str> for Wire<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}
