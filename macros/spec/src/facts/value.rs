//! The types and the values of facts, and a value as one line of text.

use crate::place::{At, Place};
use crate::spec::Param;
use crate::texts::Texts;

/// The type of a fact's values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactType {
    /// A string.
    Text,
    /// A string that must be present.
    RequiredText,
    /// A string in each language.
    Texts,
    /// An array of strings.
    List,
    /// A whole number.
    Number,
    /// One of these words.
    Word(Vec<&'static str>),
    /// A boolean.
    Flag,
    /// The parameters of a code.
    Params,
    /// A string in each language, with `source` and `date`.
    Note,
    /// A table with these keys, whose values are strings.
    Table(&'static [&'static str]),
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A string.
    Text(At<String>),
    /// A string in each language.
    Texts(Texts),
    /// Strings.
    List(Vec<At<String>>),
    /// A number.
    Number(At<u32>),
    /// A word of a fixed list.
    Word(At<&'static str>),
    /// It is true.
    Flag,
    /// The parameters of a code.
    Params(Vec<Param>),
    /// Strings by key.
    Table(Vec<(String, At<String>)>),
}

impl Value {
    /// Its position, or that of its first part; `None` for a flag.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let place = match self {
            Self::Text(text) => &text.place,
            Self::Word(word) => &word.place,
            Self::Number(number) => &number.place,
            Self::Flag => return None,
            Self::List(list) => &list.first()?.place,
            Self::Texts(texts) => &texts.values().next()?.place,
            Self::Table(entries) => &entries.first()?.1.place,
            Self::Params(params) => &params.first()?.name.place,
        };
        Some(place.clone())
    }

    /// The value in one line, for people: `1; 2` for several.
    #[must_use]
    pub fn text(&self) -> String {
        let joined = |parts: Vec<String>| parts.join("; ");
        match self {
            Self::Text(text) => text.value.clone(),
            Self::Word(word) => word.value.to_owned(),
            Self::Number(number) => number.value.to_string(),
            Self::Flag => "true".to_owned(),
            Self::List(list) => list
                .iter()
                .map(|text| text.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            Self::Texts(texts) => joined(
                texts
                    .iter()
                    .map(|(tag, text)| format!("{tag} {}", text.value))
                    .collect(),
            ),
            Self::Table(entries) => joined(
                entries
                    .iter()
                    .map(|(key, text)| format!("{key} {}", text.value))
                    .collect(),
            ),
            Self::Params(params) => joined(
                params
                    .iter()
                    .map(|param| param.name.value.clone())
                    .collect(),
            ),
        }
    }
}
