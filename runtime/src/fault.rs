//! Which party usually causes a kind of error.

use crate::words::words;

/// The party that usually causes errors of a kind, as declared in the taxonomy of kinds.
///
/// Who has to act next is another question, which [`Retry`](crate::Retry) answers. If the vendor has
/// no photo of a person, for example, that is the vendor's fault, and nobody can act.
///
/// ```
/// assert_eq!(errbook::Fault::EndUser.to_string(), "end-user");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The person in front of the device: what they did, showed, typed, or did not do.
    EndUser,
    /// The program that called the vendor, its configuration, or the account it uses.
    Caller,
    /// The vendor.
    Vendor,
    /// The network between the caller and the vendor.
    Network,
}

words! {
    Fault, "party", 4;
    /// All parties.
    ///
    /// ```
    /// use errbook::Fault;
    ///
    /// assert_eq!(Fault::ALL.len(), 4);
    /// assert_eq!("vendor".parse(), Ok(Fault::Vendor));
    /// ```
    ALL;
    /// The name used in specs and exports, such as `end-user`.
    ///
    /// ```
    /// assert_eq!(errbook::Fault::Caller.as_str(), "caller");
    /// ```
    as_str;
    EndUser = "end-user",
    Caller = "caller",
    Vendor = "vendor",
    Network = "network",
}
