//! `Serialize` and `Deserialize`: codes and flags in the vendor's notation, languages as BCP 47
//! tags, classes by their names in specs.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeStruct, SerializeTuple, Serializer};

use crate::code::{CodeSet, Identity};
use crate::flags::{Flag, Flags};
use crate::locale::Locale;
use crate::received::{Form, Received};
use crate::template::Localized;
use crate::wire::Wire;

/// How a string is held until it is decoded.
#[cfg(feature = "alloc")]
type Held<'a> = alloc::borrow::Cow<'a, str>;
#[cfg(not(feature = "alloc"))]
type Held<'a> = &'a str;

/// A number is serialized as a number, a string as a string, an absent code as nothing, and a code
/// with a symbol as `{"code": …, "symbol": …}`. In formats that are not self-describing, such as
/// postcard, all of them are a tuple of the same form.
impl<C: CodeSet, T: AsRef<str>> Serialize for Received<C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let code = (!self.is_absent()).then(|| self.wire());
        serialize_parts(code, self.received_symbol(), serializer)
    }
}

/// Serializes a code of a set: as its number or string, or as `{"code": …, "symbol": …}` if the set
/// identifies codes by both.
///
/// # Errors
///
/// If the serializer fails.
pub fn serialize_code<C: CodeSet, S: Serializer>(
    code: &C,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let symbol = code.symbol().filter(|_| C::Identity::HAS_SYMBOL);
    serialize_parts(Some(code.wire()), symbol, serializer)
}

fn serialize_parts<S: Serializer>(
    code: Option<Wire<'_>>,
    symbol: Option<&str>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match symbol {
        _ if !serializer.is_human_readable() => serialize_binary(code, symbol, serializer),
        None => code.serialize(serializer),
        Some(symbol) => {
            let mut pair = serializer.serialize_struct("Code", 2)?;
            pair.serialize_field("code", &code)?;
            pair.serialize_field("symbol", symbol)?;
            pair.end()
        }
    }
}

/// The first element of the tuple of formats that are not self-describing.
mod tag {
    pub(super) const ABSENT: u8 = 0;
    pub(super) const INTEGER: u8 = 1;
    pub(super) const LARGE: u8 = 2;
    pub(super) const TEXT: u8 = 3;
    /// Added to the others if there is a symbol.
    pub(super) const SYMBOL: u8 = 8;
}

/// A tuple of the form of the code, its bits as a number, its text and its symbol.
fn serialize_binary<S: Serializer>(
    code: Option<Wire<'_>>,
    symbol: Option<&str>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let (form, number, text) = match code {
        None => (tag::ABSENT, 0, ""),
        Some(Wire::Integer(number)) => (tag::INTEGER, number, ""),
        Some(Wire::Large(number)) => (tag::LARGE, number.cast_signed(), ""),
        Some(Wire::Text(text)) => (tag::TEXT, 0, text),
    };
    let symbol_tag = if symbol.is_some() { tag::SYMBOL } else { 0 };
    let mut tuple = serializer.serialize_tuple(4)?;
    tuple.serialize_element(&(form + symbol_tag))?;
    tuple.serialize_element(&number)?;
    tuple.serialize_element(text)?;
    tuple.serialize_element(symbol.unwrap_or_default())?;
    tuple.end()
}

/// Accepts a number, also one like `1e3`; a string, which may be a number in its shortest form, a
/// symbol or an alias; null, which is an absent code; and `{"code": …, "symbol": …}`. Unknown codes
/// are kept.
impl<'de, C: CodeSet, T: AsRef<str> + FromText<'de>> Deserialize<'de> for Received<C, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(CodeVisitor {
                is_part: false,
                of: PhantomData,
            })
        } else {
            deserializer.deserialize_tuple(4, TupleVisitor(PhantomData))
        }
    }
}

/// Deserializes a code of a set.
///
/// # Errors
///
/// If the input is not a code, or a code that the set does not contain.
pub fn deserialize_code<'de, C: CodeSet, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<C, D::Error> {
    let received = Received::<C, Held<'de>>::deserialize(deserializer)?;
    received
        .known()
        .ok_or_else(|| D::Error::custom(format_args!("{received} of {}/{}", C::VENDOR, C::NAME)))
}

struct CodeVisitor<C, T> {
    /// Whether this is the value of `code` in an object.
    is_part: bool,
    of: PhantomData<(C, T)>,
}

impl<C: CodeSet, T: AsRef<str>> CodeVisitor<C, T> {
    /// Decodes a number or a string, unless codes of the set are identified by a symbol too: it
    /// would always be unknown.
    fn decode<E: Error>(self, code: Form<T>) -> Result<Received<C, T>, E> {
        if C::Identity::HAS_SYMBOL && !self.is_part {
            return Err(E::custom(format_args!(
                "codes of {} are identified by code and symbol: expected an object with `code` and \
                 `symbol`; for other answers, call `Received::from_code_and_symbol`",
                C::NAME
            )));
        }
        Ok(Received::of(code, None))
    }
}

/// The value of `code` in an object.
impl<'de, C: CodeSet, T: AsRef<str> + FromText<'de>> DeserializeSeed<'de> for CodeVisitor<C, T> {
    type Value = Received<C, T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, C: CodeSet, T: AsRef<str> + FromText<'de>> Visitor<'de> for CodeVisitor<C, T> {
    type Value = Received<C, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a code of {}: an integer or a string", C::NAME)
    }

    fn visit_i64<E: Error>(self, code: i64) -> Result<Self::Value, E> {
        self.decode(Form::Integer(code))
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<Self::Value, E> {
        self.decode(i64::try_from(code).map_or(Form::Large(code), Form::Integer))
    }

    fn visit_i128<E: Error>(self, code: i128) -> Result<Self::Value, E> {
        match i64::try_from(code) {
            Ok(code) => self.visit_i64(code),
            Err(_) => match u64::try_from(code) {
                Ok(code) => self.visit_u64(code),
                Err(_) => Err(too_large(&code)),
            },
        }
    }

    fn visit_u128<E: Error>(self, code: u128) -> Result<Self::Value, E> {
        u64::try_from(code).map_or_else(|_| Err(too_large(&code)), |code| self.visit_u64(code))
    }

    fn visit_f64<E: Error>(self, code: f64) -> Result<Self::Value, E> {
        match whole(code) {
            Some(code) => self.visit_i128(code),
            None => Err(too_large(&code)),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let text = copied(text)?;
        self.decode(Form::Text(text))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        self.decode(Form::Text(T::borrowed(text)))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Received::absent())
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Received::absent())
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut code = None;
        let mut symbol = None;
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Code => {
                    let part = Self {
                        is_part: true,
                        of: PhantomData,
                    };
                    code = Some(map.next_value_seed(part)?);
                }
                Key::Symbol => symbol = map.next_value_seed(OptionalText(PhantomData))?,
                Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let code = code.ok_or_else(|| A::Error::missing_field("code"))?;
        Ok(match symbol {
            Some(symbol) => code.with_symbol(symbol),
            None => code,
        })
    }
}

/// Reads what `serialize_binary` wrote.
struct TupleVisitor<C, T>(PhantomData<(C, T)>);

impl<'de, C: CodeSet, T: AsRef<str> + FromText<'de>> Visitor<'de> for TupleVisitor<C, T> {
    type Value = Received<C, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code as errbook wrote it")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut tuple: A) -> Result<Self::Value, A::Error> {
        let missing = |at| A::Error::invalid_length(at, &"a tuple of 4");
        let form: u8 = tuple.next_element()?.ok_or_else(|| missing(0))?;
        let number: i64 = tuple.next_element()?.ok_or_else(|| missing(1))?;
        let text = tuple.next_element_seed(Text(PhantomData))?;
        let text = text.ok_or_else(|| missing(2))?;
        let symbol = tuple.next_element_seed(Text(PhantomData))?;
        let symbol = symbol.ok_or_else(|| missing(3))?;
        let code = match form & !tag::SYMBOL {
            tag::ABSENT => Form::Absent,
            tag::INTEGER => Form::Integer(number),
            tag::LARGE => Form::Large(number.cast_unsigned()),
            tag::TEXT => Form::Text(text),
            _ => {
                return Err(A::Error::custom(format_args!(
                    "unknown form {form} of a code"
                )));
            }
        };
        let code = Received::of(code, None);
        Ok(if form & tag::SYMBOL == 0 {
            code
        } else {
            code.with_symbol(symbol)
        })
    }
}

fn too_large<E: Error>(code: &dyn fmt::Display) -> E {
    E::custom(format_args!(
        "the code {code} is not a whole number of 64 bits"
    ))
}

/// A floating-point number without a fraction, as an integer; `None` if there is a fraction or if
/// the number has more than 64 bits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "the comparison finds out whether anything was lost"
)]
fn whole(code: f64) -> Option<i128> {
    let integer = code as i128;
    let fits = (i64::MIN.into()..=u64::MAX.into()).contains(&integer);
    (fits && integer as f64 == code).then_some(integer)
}

/// A key of an object with a code. `$text` is what XML calls the text of an element.
enum Key {
    Code,
    Symbol,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
                Ok(match key {
                    "code" | "$text" => Key::Code,
                    "symbol" => Key::Symbol,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_identifier(KeyVisitor)
    }
}

/// Deserializes a string of any type that can be created from one.
struct Text<T>(PhantomData<T>);

impl<'de, T: FromText<'de>> DeserializeSeed<'de> for Text<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, T: FromText<'de>> Visitor<'de> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        copied(text)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<T, E> {
        Ok(T::borrowed(text))
    }
}

/// The same, or null.
struct OptionalText<T>(PhantomData<T>);

impl<'de, T: FromText<'de>> DeserializeSeed<'de> for OptionalText<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: FromText<'de>> Visitor<'de> for OptionalText<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Option<T>, D::Error> {
        Text(PhantomData).deserialize(inner).map(Some)
    }
}

fn copied<'de, T: FromText<'de>, E: Error>(text: &str) -> Result<T, E> {
    T::copied(text).ok_or_else(|| {
        E::custom("the string cannot be borrowed from the input: use `String` instead of `&str`")
    })
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

#[cfg(feature = "alloc")]
impl<'de: 'a, 'a> FromText<'de> for alloc::borrow::Cow<'a, str> {
    fn borrowed(text: &'de str) -> Self {
        Self::Borrowed(text)
    }

    fn copied(text: &str) -> Option<Self> {
        Some(Self::Owned(text.into()))
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
            Wire::Large(code) => serializer.serialize_u64(*code),
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
        parsed(deserializer, "a string of zeros and ones")
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "a language tag")
    }
}

/// Deserializes what is parsed from a string.
pub(crate) fn parsed<'de, V, D>(deserializer: D, expected: &'static str) -> Result<V, D::Error>
where
    V: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    struct Parse<V>(&'static str, PhantomData<V>);
    impl<V: FromStr<Err: fmt::Display>> Visitor<'_> for Parse<V> {
        type Value = V;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<V, E> {
            text.parse().map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Parse(expected, PhantomData))
}
