//! Whether the vendor charges for a response, and totals over many responses.

use core::fmt;
use core::iter::Sum;
use core::ops::AddAssign;

use crate::words::words;

/// Whether the vendor charges for a response with this code.
///
/// Most vendors do not say for every code, so there is a third case:
/// [`Unspecified`](Self::Unspecified), which must never be treated as free.
///
/// ```
/// use errbook::Billing;
///
/// assert!(!Billing::Unspecified.is_free());
/// assert_eq!(Billing::Billed.to_string(), "billed");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Billing {
    /// The vendor's document says that the response is charged.
    Billed,
    /// The vendor's document says that the response is not charged.
    Free,
    /// The vendor's document does not say. It may be charged.
    #[default]
    Unspecified,
}

impl Billing {
    /// Whether the vendor says that the response is charged.
    ///
    /// ```
    /// assert!(errbook::Billing::Billed.is_billed());
    /// ```
    #[must_use]
    pub const fn is_billed(self) -> bool {
        matches!(self, Self::Billed)
    }

    /// Whether the vendor says that the response is not charged.
    ///
    /// Both this and [`is_billed`](Self::is_billed) are false for
    /// [`Unspecified`](Self::Unspecified).
    ///
    /// ```
    /// assert!(errbook::Billing::Free.is_free());
    /// ```
    #[must_use]
    pub const fn is_free(self) -> bool {
        matches!(self, Self::Free)
    }
}

words! {
    Billing, "billing class", 3;
    /// All classes.
    ///
    /// ```
    /// use errbook::Billing;
    ///
    /// assert!(Billing::ALL.contains(&Billing::Unspecified));
    /// assert_eq!("free".parse(), Ok(Billing::Free));
    /// ```
    ALL;
    /// The name used in specs and exports: `billed`, `free` or `unspecified`.
    ///
    /// ```
    /// assert_eq!(errbook::Billing::Free.as_str(), "free");
    /// ```
    as_str;
    Billed = "billed",
    Free = "free",
    Unspecified = "unspecified",
}

/// The number of responses in each [`Billing`] class.
///
/// ```
/// use errbook::{Bill, Billing};
///
/// let responses = [Billing::Billed, Billing::Billed, Billing::Free, Billing::Unspecified];
/// let day: Bill = responses.into_iter().sum();
/// assert_eq!((day.billed, day.free, day.unspecified), (2, 1, 1));
/// assert_eq!(day.to_string(), "2 billed, 1 free, 1 unspecified");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bill {
    /// Responses that the vendor charges for.
    pub billed: u64,
    /// Responses that the vendor does not charge for.
    pub free: u64,
    /// Responses for which the vendor's document does not say.
    pub unspecified: u64,
}

impl AddAssign<Billing> for Bill {
    fn add_assign(&mut self, billing: Billing) {
        match billing {
            Billing::Billed => self.billed += 1,
            Billing::Free => self.free += 1,
            Billing::Unspecified => self.unspecified += 1,
        }
    }
}

impl Sum<Billing> for Bill {
    fn sum<I: Iterator<Item = Billing>>(responses: I) -> Self {
        responses.fold(Self::default(), |mut bill, billing| {
            bill += billing;
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
