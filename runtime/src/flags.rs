//! Sets of flags that a vendor sends as a string of zeros and ones.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::ops::{BitOr, BitOrAssign};
use core::slice;
use core::str::FromStr;

use crate::code::CodeSet;

/// A documented flag: implemented by the enum that [`include_spec!`](crate::include_spec) generates
/// for a set whose wire type is `flags`.
pub trait Flag: CodeSet<Code = &'static str> {
    /// The documented length of the vendor's string.
    const WIDTH: u32;

    /// The former meanings of flags whose positions mean something else now. No set contains them.
    const FORMER: &'static [Self] = &[];

    /// The position of the flag in the vendor's string, counted from the left, starting at 1.
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

/// A received set of flags, with undocumented flags kept.
///
/// The macro generates an alias named after the enum, in the plural: `IdCardWarnings` is
/// `Flags<IdCardWarning>`.
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
    /// The leftmost position is the lowest bit, so that a longer string only adds bits.
    bits: u64,
    width: u32,
    of: PhantomData<fn() -> F>,
}

impl<F: Flag> Flags<F> {
    /// The set without any flag.
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

    /// Parses the vendor's string.
    ///
    /// The string may be longer or shorter than documented, since vendors append flags.
    ///
    /// # Errors
    ///
    /// Returns an error if the string is empty, is longer than 64 characters, or contains a
    /// character other than `0` and `1`.
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

    /// Whether the flag is set.
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

    /// The set with this flag added.
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

    /// The set with this flag removed.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let warnings = OrderWarnings::parse("0101").expect("zeros and ones");
    /// assert_eq!(warnings.without(OrderWarning::AddressIncomplete).to_string(), "0001");
    /// # }
    /// ```
    #[must_use]
    pub fn without(self, flag: F) -> Self {
        Self {
            bits: self.bits & !Self::bit(flag),
            ..self
        }
    }

    /// Adds a flag.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let mut warnings = OrderWarnings::none();
    /// warnings.insert(OrderWarning::AddressIncomplete);
    /// assert!(warnings.contains(OrderWarning::AddressIncomplete));
    /// # }
    /// ```
    pub fn insert(&mut self, flag: F) {
        *self = self.with(flag);
    }

    /// Removes a flag.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let mut warnings = OrderWarnings::from(OrderWarning::AddressIncomplete);
    /// warnings.remove(OrderWarning::AddressIncomplete);
    /// assert!(warnings.is_empty());
    /// # }
    /// ```
    pub fn remove(&mut self, flag: F) {
        *self = self.without(flag);
    }

    /// The flags as bits, documented or not: the flag at position 1, the leftmost of the vendor's
    /// string, is the lowest bit.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// assert_eq!(OrderWarnings::parse("0101").expect("zeros and ones").bits(), 0b1010);
    /// # }
    /// ```
    #[must_use]
    pub const fn bits(&self) -> u64 {
        self.bits
    }

    fn bit(flag: F) -> u64 {
        if F::FORMER.contains(&flag) {
            return 0;
        }
        1 << (flag.position() - 1)
    }

    /// Whether no flag is set, documented or not.
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
    pub fn iter(&self) -> FlagsIter<F> {
        FlagsIter {
            flags: *self,
            rest: F::ALL.iter(),
        }
    }

    /// The positions of undocumented flags that are set, counted from the left, starting at 1.
    ///
    /// ```
    /// # #[cfg(feature = "macros")] {
    /// errbook::include_spec! { "tests/shop.toml" }
    /// let warnings = OrderWarnings::parse("0110").expect("zeros and ones");
    /// assert_eq!(warnings.unknown().collect::<Vec<_>>(), [3]);
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

/// Sets are equal if the same flags are set; trailing zeros are ignored.
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

/// The documented flags of a [`Flags`] that are set, in the order of the vendor's document.
///
/// ```
/// # #[cfg(feature = "macros")] {
/// errbook::include_spec! { "tests/shop.toml" }
/// let warnings = OrderWarnings::parse("0100").expect("zeros and ones");
/// assert_eq!(warnings.into_iter().next(), Some(OrderWarning::AddressIncomplete));
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct FlagsIter<F: 'static> {
    flags: Flags<F>,
    rest: slice::Iter<'static, F>,
}

impl<F: Flag> Iterator for FlagsIter<F> {
    type Item = F;

    fn next(&mut self) -> Option<F> {
        self.rest
            .by_ref()
            .copied()
            .find(|flag| self.flags.contains(*flag))
    }
}

impl<F: Flag> IntoIterator for Flags<F> {
    type Item = F;
    type IntoIter = FlagsIter<F>;

    fn into_iter(self) -> FlagsIter<F> {
        self.iter()
    }
}

impl<F: Flag> IntoIterator for &Flags<F> {
    type Item = F;
    type IntoIter = FlagsIter<F>;

    fn into_iter(self) -> FlagsIter<F> {
        self.iter()
    }
}

impl<F: Flag> From<F> for Flags<F> {
    fn from(flag: F) -> Self {
        Self::none().with(flag)
    }
}

impl<F: Flag> Extend<F> for Flags<F> {
    fn extend<I: IntoIterator<Item = F>>(&mut self, flags: I) {
        flags.into_iter().for_each(|flag| self.insert(flag));
    }
}

/// The flags of both sets, with the longer string.
impl<F> BitOr for Flags<F> {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            bits: self.bits | other.bits,
            width: self.width.max(other.width),
            of: PhantomData,
        }
    }
}

impl<F: Flag> BitOr<F> for Flags<F> {
    type Output = Self;

    fn bitor(self, flag: F) -> Self {
        self.with(flag)
    }
}

impl<F> BitOrAssign for Flags<F> {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

impl<F: Flag> BitOrAssign<F> for Flags<F> {
    fn bitor_assign(&mut self, flag: F) {
        self.insert(flag);
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

/// The string is not a set of flags: it must be 1 to 64 characters long, each `0` or `1`.
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
