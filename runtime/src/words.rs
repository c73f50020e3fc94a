//! Enums whose variants have names in specs and exports.

use core::fmt;

/// Implements what an enum with named variants has: `ALL`, `as_str`, `Display`, `FromStr`, and with
/// the feature `serde` `Serialize` and `Deserialize`. `$what` is what a variant is called in error
/// messages. The documentation of `ALL` and `as_str` is passed in.
macro_rules! words {
    (
        $name:ident, $what:literal, $count:literal;
        $(#[$all:meta])* ALL;
        $(#[$as_str:meta])* as_str;
        $($variant:ident = $word:literal),+ $(,)?
    ) => {
        impl $name {
            $(#[$all])*
            pub const ALL: [Self; $count] = [$(Self::$variant),+];

            $(#[$as_str])*
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::ParseNameError;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::ParseNameError { what: $what, names: &[$($word),+] }),
                }
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::serde::parsed(deserializer, concat!("the name of a ", $what))
            }
        }
    };
}

pub(crate) use words;

/// The string is not the name of a [`Billing`](crate::Billing), [`Retry`](crate::Retry),
/// [`Severity`](crate::Severity), [`Fault`](crate::Fault) or [`GrpcCode`](crate::GrpcCode).
///
/// ```
/// let error = "fatal".parse::<errbook::Severity>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown severity: expected `error`, `warning` or `info`");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseNameError {
    pub(crate) what: &'static str,
    pub(crate) names: &'static [&'static str],
}

impl fmt::Display for ParseNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {}: expected ", self.what)?;
        for (at, name) in self.names.iter().enumerate() {
            let before = match at {
                0 => "",
                _ if at + 1 == self.names.len() => " or ",
                _ => ", ",
            };
            write!(f, "{before}`{name}`")?;
        }
        Ok(())
    }
}

impl core::error::Error for ParseNameError {}
