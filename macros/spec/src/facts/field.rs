//! How each type of field holds a fact: its type, its value, and how it is parsed.

use crate::facts::{FactType, Value};
use crate::fields::Fields;
use crate::place::At;
use crate::problem::Problems;
use crate::spec::{
    Billing, BillingSource, Fault, GrpcCode, Identity, Note, Param, Retry, Severity, Since, Status,
    Wire, parse_params,
};
use crate::texts::Texts;

/// A field that holds a fact.
pub(super) trait Field {
    fn fact_type(&self) -> FactType;

    fn get(&self) -> Option<Value>;

    fn set(&mut self, value: Option<Value>);

    /// Its strings by language, for the types that have them. Unlike [`get`](Self::get), this copies
    /// nothing.
    fn texts(&self) -> Option<&Texts> {
        None
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems);
}

impl Field for At<String> {
    fn fact_type(&self) -> FactType {
        FactType::RequiredText
    }

    fn get(&self) -> Option<Value> {
        Some(Value::Text(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        if let Some(Value::Text(text)) = value {
            *self = text;
        }
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.required_text(key, problems);
    }
}

impl Field for Option<At<String>> {
    fn fact_type(&self) -> FactType {
        FactType::Text
    }

    fn get(&self) -> Option<Value> {
        self.clone().map(Value::Text)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.text(key, problems);
    }
}

impl Field for Vec<At<String>> {
    fn fact_type(&self) -> FactType {
        FactType::List
    }

    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::List(list)) => list,
            _ => Vec::new(),
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.list(key, problems);
    }
}

impl Field for Texts {
    fn fact_type(&self) -> FactType {
        FactType::Texts
    }

    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Texts(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Texts(texts)) => texts,
            _ => Self::new(),
        };
    }

    fn texts(&self) -> Option<&Texts> {
        Some(self)
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.texts(key, problems);
    }
}

impl Field for Option<At<u32>> {
    fn fact_type(&self) -> FactType {
        FactType::Number
    }

    fn get(&self) -> Option<Value> {
        self.clone().map(Value::Number)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.number(key, problems);
    }
}

impl Field for bool {
    fn fact_type(&self) -> FactType {
        FactType::Flag
    }

    fn get(&self) -> Option<Value> {
        self.then_some(Value::Flag)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = value == Some(Value::Flag);
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.flag(key, problems);
    }
}

/// A type whose values are words of a fixed list.
trait Word: Copy + PartialEq + 'static {
    const WORDS: &'static [(&'static str, Self)];

    fn all_words() -> FactType {
        FactType::Word(Self::WORDS.iter().map(|(word, _)| *word).collect())
    }

    fn word(self) -> &'static str {
        crate::spec::word(Self::WORDS, self)
    }

    fn of_word(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word);
        found.map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($($name:ident)*) => {$(
        impl Word for $name {
            const WORDS: &'static [(&'static str, Self)] = Self::WORDS;
        }
    )*};
}
words!(Billing Fault GrpcCode Identity Retry Severity Status Wire);

impl<T: Word> Field for Option<At<T>> {
    fn fact_type(&self) -> FactType {
        T::all_words()
    }

    fn get(&self) -> Option<Value> {
        let at = self.as_ref()?;
        Some(Value::Word(At::new(at.value.word(), at.place.clone())))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Word(word)) => {
                T::of_word(word.value).map(|value| At::new(value, word.place))
            }
            _ => None,
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.word(key, T::WORDS, problems);
    }
}

/// Words of which one is the default. `get` returns `None` for it, except for types with `always`.
macro_rules! fields_with_default {
    ($($name:ident $($is_always_given:ident)?,)*) => {$(
        impl Field for $name {
            fn fact_type(&self) -> FactType {
                Self::all_words()
            }

            fn get(&self) -> Option<Value> {
                let is_given = *self != Self::default() $(|| stringify!($is_always_given) == "always")?;
                is_given.then(|| Value::Word((*self).word().into()))
            }

            fn set(&mut self, value: Option<Value>) {
                *self = match value {
                    Some(Value::Word(word)) => Self::of_word(word.value).unwrap_or_default(),
                    _ => Self::default(),
                };
            }

            fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
                let word = fields.word(key, Self::WORDS, problems);
                *self = word.map(|word| word.value).unwrap_or_default();
            }
        }
    )*};
}
fields_with_default! {
    Identity,
    Status,
    Wire always,
}

impl Field for Vec<Param> {
    fn fact_type(&self) -> FactType {
        FactType::Params
    }

    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Params(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Params(params)) => params,
            _ => Vec::new(),
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let table = fields.fields_like(key, "params = { name = {} }", problems);
        *self = table
            .map(|table| parse_params(table, problems))
            .unwrap_or_default();
    }
}

const SOURCE: &str = "source";
const DATE: &str = "date";
const EDITION: &str = "edition";
const RELEASE: &str = "release";
const COLUMN: &str = "column";
const QUOTE: &str = "quote";

/// `note = { en = "…", source = "https://…", date = "2021-07-19" }`. Every other key is a language.
impl Field for Option<Note> {
    fn fact_type(&self) -> FactType {
        FactType::Note
    }

    fn get(&self) -> Option<Value> {
        let note = self.as_ref()?;
        let texts = note
            .text
            .iter()
            .map(|(tag, text)| (tag.clone(), text.clone()));
        let mut table: Vec<_> = texts.collect();
        table.extend(
            note.source
                .clone()
                .map(|source| (SOURCE.to_owned(), source)),
        );
        table.extend(note.date.clone().map(|date| (DATE.to_owned(), date)));
        Some(Value::Table(table))
    }

    fn set(&mut self, value: Option<Value>) {
        let Some(Value::Table(table)) = value else {
            *self = None;
            return;
        };
        let mut note = Note::default();
        for (key, text) in table {
            match key.as_str() {
                SOURCE => note.source = Some(text),
                DATE => note.date = Some(text),
                _ => note.text.insert(key, text),
            }
        }
        *self = Some(note);
    }

    fn texts(&self) -> Option<&Texts> {
        self.as_ref().map(|note| &note.text)
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let example = "note = { en = \"…\" }";
        let Some(mut table) = fields.fields_like(key, example, problems) else {
            return;
        };
        let mut note = Note {
            source: table.text(SOURCE, problems),
            date: table.text(DATE, problems),
            ..Note::default()
        };
        for (tag, value) in table.entries() {
            if tag.value == SOURCE || tag.value == DATE {
                continue;
            }
            if let Some(text) = value.text(key, problems) {
                note.text.insert(tag.value, text);
            }
        }
        *self = Some(note);
    }
}

/// `since = { edition = "2018-12-06", release = "0.1.0" }`.
impl Field for Option<Since> {
    fn fact_type(&self) -> FactType {
        FactType::Table(&[EDITION, RELEASE])
    }

    fn get(&self) -> Option<Value> {
        let since = self.as_ref()?;
        let edition = since.edition.clone().map(|text| (EDITION.to_owned(), text));
        let release = since.release.clone().map(|text| (RELEASE.to_owned(), text));
        Some(Value::Table(edition.into_iter().chain(release).collect()))
    }

    fn set(&mut self, value: Option<Value>) {
        let Some(Value::Table(table)) = value else {
            *self = None;
            return;
        };
        let mut since = Since::default();
        for (key, text) in table {
            match key.as_str() {
                EDITION => since.edition = Some(text),
                RELEASE => since.release = Some(text),
                _ => {}
            }
        }
        *self = Some(since);
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let example = "since = { release = \"1.0.0\" }";
        let Some(mut table) = fields.fields_like(key, example, problems) else {
            return;
        };
        *self = Some(Since {
            edition: table.text(EDITION, problems),
            release: table.text(RELEASE, problems),
        });
        table.finish(problems);
    }
}

/// `billing-source.column = "…"` or `billing-source.quote = "…"`.
impl Field for Option<BillingSource> {
    fn fact_type(&self) -> FactType {
        FactType::Table(&[COLUMN, QUOTE])
    }

    fn get(&self) -> Option<Value> {
        let (key, text) = match self.as_ref()? {
            BillingSource::Column(column) => (COLUMN, column),
            BillingSource::Quote(quote) => (QUOTE, quote),
        };
        Some(Value::Table(vec![(key.to_owned(), text.clone())]))
    }

    fn set(&mut self, value: Option<Value>) {
        let Some(Value::Table(table)) = value else {
            *self = None;
            return;
        };
        *self = table
            .into_iter()
            .find_map(|(key, text)| match key.as_str() {
                COLUMN => Some(BillingSource::Column(text)),
                QUOTE => Some(BillingSource::Quote(text)),
                _ => None,
            });
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let example = "billing-source = { column = \"…\" }";
        let Some(mut table) = fields.fields_like(key, example, problems) else {
            return;
        };
        let column = table.text(COLUMN, problems).map(BillingSource::Column);
        let quote = table.text(QUOTE, problems).map(BillingSource::Quote);
        table.finish(problems);
        *self = column.or(quote);
    }
}
