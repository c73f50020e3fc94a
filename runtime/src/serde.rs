//! serde: codes, flags, languages and facts as the vendors and the specs write them.

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

/// A number stays a number and a text stays a text.
impl<C: CodeSet<Identity = ByCode>, T: AsRef<str>> Serialize for Received<C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.wire().serialize(serializer)
    }
}

/// A number, or a text: a number in its shortest form, a symbol, an alias. Anything that is not known is kept.
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
        write!(f, "a code of {}: a whole number or a string", C::NAME)
    }

    fn visit_i64<E: Error>(self, code: i64) -> Result<Self::Value, E> {
        Ok(Received::from_integer(code))
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<Self::Value, E> {
        let code =
            i64::try_from(code).map_err(|_| E::custom("a code must fit in 64 bits with a sign"))?;
        self.visit_i64(code)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        T::copied(text)
            .map(Received::new)
            .ok_or_else(|| E::custom("this text cannot be borrowed: use `String`"))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Received::new(T::borrowed(text)))
    }
}

/// A type that a text of the input can live in.
pub trait FromText<'de>: Sized {
    /// From a text that lives as long as the input.
    fn borrowed(text: &'de str) -> Self;

    /// From a text that does not.
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

/// Something that can be printed, as a text.
#[cfg(any(feature = "error-info", feature = "problem-details"))]
pub(crate) struct AsText<T>(pub(crate) T);

#[cfg(any(feature = "error-info", feature = "problem-details"))]
impl<T: fmt::Display> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A number stays a number and a text stays a text.
impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Wire::Integer(code) => serializer.serialize_i64(*code),
            Wire::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// A message, with its parameters filled in.
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
