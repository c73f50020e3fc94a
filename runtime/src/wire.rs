//! A code as it stands in an answer: a number or a text.

use core::fmt;

/// A code as it stands in an answer, whatever the type of its set.
///
/// ```
/// use errbook::Wire;
///
/// assert_eq!(Wire::from(-5007).to_string(), "-5007");
/// assert_eq!(Wire::from("01000000").to_string(), "01000000");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire<'a> {
    /// A number.
    Integer(i64),
    /// A text, as the vendor writes it.
    Text(&'a str),
}

impl Wire<'_> {
    /// The number, also of a text that is one in its shortest form: `"12"` is 12, but `"012"` and `"+12"` are texts.
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
