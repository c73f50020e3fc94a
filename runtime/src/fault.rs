//! Whose fault a kind of error usually is.

use core::fmt;

/// Whose fault an error of some kind usually is, as a taxonomy says of its kinds.
///
/// ```
/// assert_eq!(errbook::Fault::EndUser.to_string(), "end-user");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The person in front of the device.
    EndUser,
    /// The program that called the vendor, or who set it up.
    Caller,
    /// The vendor.
    Vendor,
    /// What is between them.
    Network,
}

impl Fault {
    /// The word that specs use.
    ///
    /// ```
    /// assert_eq!(errbook::Fault::Caller.as_str(), "caller");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EndUser => "end-user",
            Self::Caller => "caller",
            Self::Vendor => "vendor",
            Self::Network => "network",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
