//! Which party usually causes a kind of error.

use core::fmt;

/// The party that usually causes errors of a kind, as declared in the taxonomy of kinds.
///
/// ```
/// assert_eq!(errbook::Fault::EndUser.to_string(), "end-user");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The person in front of the device.
    EndUser,
    /// The program that called the vendor, or its configuration.
    Caller,
    /// The vendor.
    Vendor,
    /// The network between the caller and the vendor.
    Network,
}

impl Fault {
    /// The name used in specs and exports, such as `end-user`.
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
