//! Sets of flags that a vendor sends as a text of zeros and ones.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::str::FromStr;

use crate::code::CodeSet;

/// One documented flag: an enum that the macro made from a set whose wire type is `flags`.
pub trait Flag: CodeSet<Code = &'static str> {
    /// How many places the vendor's text has.
    const WIDTH: u32;

    /// The flag's place in the vendor's text, counted from the left, the first being 1.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// use errbook::Flag;
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderWarning::AddressIncomplete.position(), 2);
    /// # }
    /// ```
    #[must_use]
    fn position(&self) -> u32;
}

/// A set of flags as it arrived: the documented ones, and those that no document names. Never lossy.
///
/// The macro gives it a name of its own, the plural of the enum's: `IdCardWarnings` is `Flags<IdCardWarning>`.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// errbook::include_spec! { "tests/shop.toml" }
///
/// let warnings: OrderWarnings = "0101".parse()?;
/// assert!(warnings.contains(OrderWarning::AddressIncomplete));
/// assert_eq!(warnings.iter().collect::<Vec<_>>(), [OrderWarning::AddressIncomplete]);
/// assert_eq!(warnings.unknown().collect::<Vec<_>>(), [4]);
/// assert_eq!(warnings.to_string(), "0101");
/// # }
/// # Ok::<(), errbook::ParseFlagsError>(())
/// ```
pub struct Flags<F> {
    /// The leftmost place is the lowest bit, so that a longer text only adds bits.
    bits: u64,
    width: u32,
    of: PhantomData<fn() -> F>,
}

impl<F: Flag> Flags<F> {
    /// No flag set.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert!(OrderWarnings::none().is_empty());
    /// # }
    /// ```
    #[must_use]
    pub const fn none() -> Self {
        Self {
            bits: 0,
            width: F::WIDTH,
            of: PhantomData,
        }
    }

    /// Reads the vendor's text.
    ///
    /// A text of another length than the documented one is kept as it is: vendors add places at the end.
    ///
    /// # Errors
    ///
    /// If the text is empty, longer than 64 places, or holds anything but `0` and `1`.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert!(OrderWarnings::parse("0102").is_err());
    /// # }
    /// ```
    pub fn parse(text: &str) -> Result<Self, ParseFlagsError> {
        let width = u32::try_from(text.len())
            .ok()
            .filter(|width| (1..=u64::BITS).contains(width));
        let bits = text.bytes().rev().try_fold(0, |bits, digit| match digit {
            b'0' | b'1' => Some(bits << 1 | u64::from(digit == b'1')),
            _ => None,
        });
        match (width, bits) {
            (Some(width), Some(bits)) => Ok(Self {
                bits,
                width,
                of: PhantomData,
            }),
            _ => Err(ParseFlagsError(())),
        }
    }

    /// True if the flag is set.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert!(!OrderWarnings::none().contains(OrderWarning::AddressIncomplete));
    /// # }
    /// ```
    #[must_use]
    pub fn contains(&self, flag: F) -> bool {
        self.bits & Self::bit(flag) != 0
    }

    /// The same set with one more flag.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderWarnings::none().with(OrderWarning::AddressIncomplete).to_string(), "0100");
    /// # }
    /// ```
    #[must_use]
    pub fn with(self, flag: F) -> Self {
        Self {
            bits: self.bits | Self::bit(flag),
            width: self.width.max(flag.position()),
            ..self
        }
    }

    fn bit(flag: F) -> u64 {
        1 << (flag.position() - 1)
    }

    /// True if no flag is set, documented or not.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert!(!OrderWarnings::parse("0001").expect("zeros and ones").is_empty());
    /// # }
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bits == 0
    }

    /// The documented flags that are set, in the order of the vendor's document.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderWarnings::parse("1111").expect("zeros and ones").iter().count(), 2);
    /// # }
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = F> + use<F> {
        let flags = *self;
        F::ALL
            .iter()
            .copied()
            .filter(move |flag| flags.contains(*flag))
    }

    /// The places of flags that are set and that no document names, counted from the left, the first being 1.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderWarnings::parse("0110").expect("zeros and ones").unknown().collect::<Vec<_>>(), [3]);
    /// # }
    /// ```
    pub fn unknown(&self) -> impl Iterator<Item = u32> + use<F> {
        let documented = F::ALL.iter().fold(0, |bits, flag| bits | Self::bit(*flag));
        let rest = self.bits & !documented;
        (1..=u64::BITS).filter(move |position| rest >> (position - 1) & 1 == 1)
    }
}

impl<F> Clone for Flags<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Flags<F> {}

impl<F: Flag> Default for Flags<F> {
    fn default() -> Self {
        Self::none()
    }
}

/// Two sets are equal when the same flags are set, however many zeros follow.
impl<F> PartialEq for Flags<F> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<F> Eq for Flags<F> {}

impl<F> Hash for Flags<F> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}

impl<F: Flag> FromIterator<F> for Flags<F> {
    fn from_iter<I: IntoIterator<Item = F>>(flags: I) -> Self {
        flags.into_iter().fold(Self::none(), Self::with)
    }
}

impl<F> fmt::Display for Flags<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..self.width).try_for_each(|place| {
            f.write_str(if self.bits >> place & 1 == 1 {
                "1"
            } else {
                "0"
            })
        })
    }
}

impl<F> fmt::Debug for Flags<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flags({self})")
    }
}

impl<F: Flag> FromStr for Flags<F> {
    type Err = ParseFlagsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// The text is no set of flags: it must be 1 to 64 characters long, each `0` or `1`.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// errbook::include_spec! { "tests/shop.toml" }
/// let error = OrderWarnings::parse("").unwrap_err();
/// assert_eq!(error.to_string(), "flags are 1 to 64 characters, each `0` or `1`");
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseFlagsError(());

impl fmt::Display for ParseFlagsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("flags are 1 to 64 characters, each `0` or `1`")
    }
}

impl core::error::Error for ParseFlagsError {}
