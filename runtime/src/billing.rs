//! Whether the vendor charges for an answer, and sums of it.

use core::fmt;
use core::iter::Sum;
use core::ops::AddAssign;

/// Whether the vendor charges for an answer with this code.
///
/// There are three cases and not two, because most documents do not say: [`Unspecified`](Self::Unspecified) must never
/// be read as free.
///
/// ```
/// use errbook::Billing;
///
/// assert!(!Billing::Unspecified.is_free());
/// assert_eq!(Billing::Billed.to_string(), "billed");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Billing {
    /// The vendor's document says that it is charged for.
    Billed,
    /// The vendor's document says that it is not charged for.
    Free,
    /// The vendor's document does not say.
    #[default]
    Unspecified,
}

impl Billing {
    /// True if the vendor says that it charges.
    ///
    /// ```
    /// assert!(errbook::Billing::Billed.is_billed());
    /// ```
    #[must_use]
    pub const fn is_billed(self) -> bool {
        matches!(self, Self::Billed)
    }

    /// True if the vendor says that it does not charge. Not the opposite of [`is_billed`](Self::is_billed).
    ///
    /// ```
    /// assert!(errbook::Billing::Free.is_free());
    /// ```
    #[must_use]
    pub const fn is_free(self) -> bool {
        matches!(self, Self::Free)
    }

    /// The word that specs use: `billed`, `free` or `unspecified`.
    ///
    /// ```
    /// assert_eq!(errbook::Billing::Free.as_str(), "free");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Billed => "billed",
            Self::Free => "free",
            Self::Unspecified => "unspecified",
        }
    }
}

impl fmt::Display for Billing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How many of some answers were billed, free and neither, each counted apart.
///
/// ```
/// use errbook::{Bill, Billing};
///
/// let day: Bill = [Billing::Billed, Billing::Billed, Billing::Free, Billing::Unspecified].into_iter().sum();
/// assert_eq!((day.billed, day.free, day.unspecified), (2, 1, 1));
/// assert_eq!(day.to_string(), "2 billed, 1 free, 1 unspecified");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bill {
    /// Answers that the vendor charges for.
    pub billed: u64,
    /// Answers that it does not charge for.
    pub free: u64,
    /// Answers of which its document does not say.
    pub unspecified: u64,
}

impl AddAssign<Billing> for Bill {
    fn add_assign(&mut self, answer: Billing) {
        match answer {
            Billing::Billed => self.billed += 1,
            Billing::Free => self.free += 1,
            Billing::Unspecified => self.unspecified += 1,
        }
    }
}

impl Sum<Billing> for Bill {
    fn sum<I: Iterator<Item = Billing>>(answers: I) -> Self {
        answers.fold(Self::default(), |mut bill, answer| {
            bill += answer;
            bill
        })
    }
}

impl fmt::Display for Bill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} billed, {} free, {} unspecified",
            self.billed, self.free, self.unspecified
        )
    }
}
