//! `Serialize` and `Deserialize`: codes and flags in the vendor's notation, languages as BCP 47
//! tags, classes by their names in specs.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::billing::Billing;
use crate::code::{ByCode, CodeSet};
use crate::flags::{Flag, Flags};
use crate::locale::Locale;
use crate::received::Received;
use crate::retry::Retry;
use crate::severity::Severity;
use crate::template::Localized;
use crate::wire::Wire;

/// A number is serialized as a number, and a string as a string.
impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> Serialize for Received<C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.wire().serialize(serializer)
    }
}

/// Accepts a number or a string. A string may be a number in its shortest form, a symbol or an
/// alias. Unknown codes are kept.
impl<'de, C, T> Deserialize<'de> for Received<C, T>
where
    C: CodeSet<Identity = ByCode>,
    T: AsRef<str> + Deserialize<'de> + FromText<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CodeVisitor(PhantomData))
    }
}

struct CodeVisitor<C, T>(PhantomData<(C, T)>);

impl<'de, C: CodeSet<Identity = ByCode>, T: AsRef<str> + FromText<'de>> Visitor<'de>
    for CodeVisitor<C, T>
{
    type Value = Received<C, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a code of {}: an integer or a string", C::NAME)
    }

    fn visit_i64<E: Error>(self, code: i64) -> Result<Self::Value, E> {
        Ok(Received::from_integer(code))
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<Self::Value, E> {
        let code = i64::try_from(code)
            .map_err(|_| E::custom("the code does not fit into a signed 64-bit integer"))?;
        self.visit_i64(code)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        T::copied(text).map(Received::new).ok_or_else(|| {
            E::custom(
                "the string cannot be borrowed from the input: use `String` instead of `&str`",
            )
        })
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Received::new(T::borrowed(text)))
    }
}

/// A type of string that can be created from a string of the input.
pub trait FromText<'de>: Sized {
    /// Creates it from a string that is borrowed from the input.
    fn borrowed(text: &'de str) -> Self;

    /// Creates it from a temporary string; `None` if the type can only borrow.
    fn copied(text: &str) -> Option<Self>;
}

impl<'de: 'a, 'a> FromText<'de> for &'a str {
    fn borrowed(text: &'de str) -> Self {
        text
    }

    fn copied(_: &str) -> Option<Self> {
        None
    }
}

#[cfg(feature = "alloc")]
impl<'de> FromText<'de> for alloc::string::String {
    fn borrowed(text: &'de str) -> Self {
        text.into()
    }

    fn copied(text: &str) -> Option<Self> {
        Some(text.into())
    }
}

/// Serializes a value as the string that `Display` writes.
#[cfg(any(feature = "error-info", feature = "problem-details"))]
pub(crate) struct AsText<T>(pub(crate) T);

#[cfg(any(feature = "error-info", feature = "problem-details"))]
impl<T: fmt::Display> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A number is serialized as a number, and a string as a string.
impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Wire::Integer(code) => serializer.serialize_i64(*code),
            Wire::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// The message with its parameters filled in, as a string.
impl Serialize for Localized<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<F: Flag> Serialize for Flags<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, F: Flag> Deserialize<'de> for Flags<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<F>(PhantomData<F>);
        impl<F: Flag> Visitor<'_> for Text<F> {
            type Value = Flags<F>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string of zeros and ones")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Flags::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text(PhantomData))
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tag;
        impl Visitor<'_> for Tag {
            type Value = Locale;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a language tag")
            }

            fn visit_str<E: Error>(self, tag: &str) -> Result<Self::Value, E> {
                Locale::parse(tag).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Tag)
    }
}

impl Serialize for Billing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Retry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
