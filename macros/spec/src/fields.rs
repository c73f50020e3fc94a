//! Reads TOML tables key by key: values keep their positions, and unknown keys are reported.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::place::{At, Place, Source};
use crate::problem::{Problems, did_you_mean, no_word};
use crate::texts::Texts;

/// Parses a TOML file and passes its fields to `read`.
///
/// # Errors
///
/// The errors of the TOML parser, or else the problems that `read` found.
pub fn parse<T>(
    source: &Source,
    read: impl FnOnce(&mut Fields<'_>, &mut Problems) -> T,
) -> Result<T, Problems> {
    let mut problems = Problems::default();
    let (table, errors) = DeTable::parse_recoverable(source.text());
    for error in &errors {
        let place = error
            .span()
            .map_or_else(|| Place::file(source.name()), |span| source.place(&span));
        problems.push(&place, format!("invalid TOML: {}", error.message()));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut fields = Fields::new(
        source,
        table.get_ref(),
        Place {
            line: 1,
            column: 1,
            ..Place::file(source.name())
        },
    );
    let result = read(&mut fields, &mut problems);
    fields.finish(&mut problems);
    problems.finish(result)
}

thread_local! {
    /// The tables read so far, while [`record_tables`] runs.
    static RECORDED: RefCell<Option<Vec<Vec<Key>>>> = const { RefCell::new(None) };
}

/// A key that a parser asked for.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The type of its value.
    pub expected: Expected,
    /// Whether the parser reports a table without it.
    pub is_required: bool,
}

/// The type of value that a parser expects for a key.
///
/// Not `#[non_exhaustive]`: the tests of documentation and JSON Schemas must handle every variant.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// A string.
    String,
    /// A table of strings by language tag.
    StringsByLanguage,
    /// An array of strings.
    Strings,
    /// A whole number.
    Number,
    /// A boolean.
    Boolean,
    /// One of these strings.
    OneOf(Vec<String>),
    /// A table.
    Table,
    /// An array of tables.
    Tables,
    /// A value of more than one type.
    Any,
}

/// Runs parsers and returns the keys that each table may hold, every distinct table once.
///
/// Tests compare documentation and JSON Schemas with it. A table is recorded only if the input
/// contains it, so the input must be a file with every table of its format. Keys that are names
/// that a person chose are left out.
#[doc(hidden)]
pub fn record_tables(parse: impl FnOnce()) -> Vec<Vec<Key>> {
    RECORDED.set(Some(Vec::new()));
    parse();
    RECORDED.take().unwrap_or_default()
}

/// The fields of one table. Each is read once, by its key.
#[derive(Debug)]
pub struct Fields<'a> {
    source: &'a Source,
    table: &'a DeTable<'a>,
    place: Place,
    known: Vec<&'static str>,
    /// The known keys with their types, while `record_tables` runs.
    recorded: Option<Vec<Key>>,
    /// Whether all keys are names that a person chose, so that none is unknown.
    open: bool,
}

impl<'a> Fields<'a> {
    fn new(source: &'a Source, table: &'a DeTable<'a>, place: Place) -> Self {
        Self {
            source,
            table,
            place,
            known: Vec::new(),
            recorded: RECORDED.with_borrow(|recorded| recorded.as_ref().map(|_| Vec::new())),
            open: false,
        }
    }

    /// The position of the start of the table.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether a field is present. Does not make its key known.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    fn take(&mut self, name: &'static str, expected: &dyn Fn() -> Expected) -> Option<Value<'a>> {
        self.known.push(name);
        if let Some(recorded) = &mut self.recorded {
            recorded.push(Key {
                name,
                expected: expected(),
                is_required: false,
            });
        }
        let (key, value) = self.table.get_key_value(name)?;
        Some(Value {
            source: self.source,
            key: key.span().start,
            toml: value,
        })
    }

    /// A string.
    pub fn text(&mut self, name: &'static str, problems: &mut Problems) -> Option<At<String>> {
        self.take(name, &|| Expected::String)?.text(name, problems)
    }

    /// A string that is required. If it is missing, reports a problem and returns an empty string.
    pub fn required_text(&mut self, name: &'static str, problems: &mut Problems) -> At<String> {
        if !self.has(name) {
            problems.push(&self.place, format!("missing `{name}`"));
        }
        let text = self.text(name, problems);
        if let Some(key) = self.recorded.as_mut().and_then(|keys| keys.last_mut()) {
            key.is_required = true;
        }
        text.unwrap_or_else(|| At::new(String::new(), self.place.clone()))
    }

    /// Strings by language, `name.zh-CN = "…"`.
    pub fn texts(&mut self, name: &'static str, problems: &mut Problems) -> Texts {
        let mut texts = Texts::new();
        let value = self.take(name, &|| Expected::StringsByLanguage);
        let Some(mut fields) = value.and_then(|value| value.fields(name, problems)) else {
            return texts;
        };
        for (tag, value) in fields.entries() {
            if let Some(text) = value.text(name, problems) {
                texts.insert(tag.value, text);
            }
        }
        texts
    }

    /// An array of strings.
    pub fn list(&mut self, name: &'static str, problems: &mut Problems) -> Vec<At<String>> {
        let Some(value) = self.take(name, &|| Expected::Strings) else {
            return Vec::new();
        };
        value
            .items(name, problems)
            .iter()
            .filter_map(|item| item.text(name, problems))
            .collect()
    }

    /// An unsigned integer.
    pub fn number(&mut self, name: &'static str, problems: &mut Problems) -> Option<At<u32>> {
        self.take(name, &|| Expected::Number)?
            .number(name, problems)
    }

    /// A boolean; false if it is absent.
    pub fn flag(&mut self, name: &'static str, problems: &mut Problems) -> bool {
        let Some(value) = self.take(name, &|| Expected::Boolean) else {
            return false;
        };
        if value.toml.get_ref().as_bool().is_none() {
            problems.push(
                &value.place(),
                format!("`{name}` must be true or false, not {}", value.kind()),
            );
        }
        value.toml.get_ref().as_bool().unwrap_or_default()
    }

    /// One of these words, as its value.
    pub fn word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&str, T)],
        problems: &mut Problems,
    ) -> Option<At<T>> {
        let expected = || {
            let words = words.iter().map(|(word, _)| (*word).to_owned());
            Expected::OneOf(words.collect())
        };
        let text = self.take(name, &expected)?.text(name, problems)?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            problems.push(
                &text.place,
                no_word(name, &text, words.iter().map(|(word, _)| *word)),
            );
        }
        found.map(|(_, value)| At::new(*value, text.place))
    }

    /// The fields of a subtable.
    pub fn fields(&mut self, name: &'static str, problems: &mut Problems) -> Option<Self> {
        self.take(name, &|| Expected::Table)?.fields(name, problems)
    }

    /// Reads each table of an array of tables, `[[name]]`, with `read`.
    pub fn array<T>(
        &mut self,
        name: &'static str,
        read: fn(Self, &mut Problems) -> T,
        problems: &mut Problems,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for item in self
            .take(name, &|| Expected::Tables)
            .map(|value| value.items(name, problems))
            .unwrap_or_default()
        {
            if let Some(fields) = item.fields(name, problems) {
                all.push(read(fields, problems));
            }
        }
        all
    }

    /// A value of any type.
    pub fn value(&mut self, name: &'static str) -> Option<Value<'a>> {
        self.take(name, &|| Expected::Any)
    }

    /// All entries in the order of the file, for tables whose keys are names that a person chose.
    pub fn entries(&mut self) -> impl Iterator<Item = (At<String>, Value<'a>)> + use<'a> {
        self.open = true;
        let source = self.source;
        let mut entries: Vec<(At<String>, Value<'a>)> = Vec::new();
        for (key, value) in self.table {
            let name = At::new(key.get_ref().to_string(), source.place(&key.span()));
            let start = key.span().start;
            let at = entries.partition_point(|(_, before)| before.key < start);
            entries.insert(
                at,
                (
                    name,
                    Value {
                        source,
                        key: start,
                        toml: value,
                    },
                ),
            );
        }
        entries.into_iter()
    }

    /// Reports unknown keys. Call it after all known keys have been read.
    pub fn finish(&self, problems: &mut Problems) {
        let unknown = self
            .table
            .keys()
            .filter(|key| !self.open && !self.known.contains(&key.get_ref().as_ref()));
        for key in unknown {
            let near = did_you_mean(key.get_ref(), self.known.iter().copied());
            let place = self.source.place(&key.span());
            problems.push(&place, format!("unknown key `{}`{near}", key.get_ref()));
        }
        if let Some(keys) = self.recorded.as_ref().filter(|keys| !keys.is_empty()) {
            RECORDED.with_borrow_mut(|recorded| {
                let tables = recorded.get_or_insert_default();
                if !tables.contains(keys) {
                    tables.push(keys.clone());
                }
            });
        }
    }
}

/// One value of a table.
#[derive(Debug, Clone, Copy)]
pub struct Value<'a> {
    source: &'a Source,
    key: usize,
    toml: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// The position of the value.
    #[must_use]
    pub fn place(&self) -> Place {
        self.source.place(&self.toml.span())
    }

    /// The name of its TOML type.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.toml.get_ref().type_str()
    }

    /// The value as a string, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<At<String>> {
        Some(At::new(
            self.toml.get_ref().as_str()?.to_owned(),
            self.place(),
        ))
    }

    /// Whether the value is a table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.toml.get_ref().is_table()
    }

    /// The value as a string. Reports a problem if it is not one.
    pub fn text(&self, name: &str, problems: &mut Problems) -> Option<At<String>> {
        let text = self.as_text();
        if text.is_none() {
            problems.push(
                &self.place(),
                format!("`{name}` must be a string, not {}", self.kind()),
            );
        }
        text
    }

    /// The value as an unsigned integer. Reports a problem if it is not one or is out of range.
    pub fn number(&self, name: &str, problems: &mut Problems) -> Option<At<u32>> {
        let integer = self.toml.get_ref().as_integer();
        let number =
            integer.and_then(|integer| u32::from_str_radix(integer.as_str(), integer.radix()).ok());
        if number.is_none() {
            problems.push(
                &self.place(),
                format!("`{name}` must be an integer from 0 to {}", u32::MAX),
            );
        }
        number.map(|number| At::new(number, self.place()))
    }

    /// The fields of a table. Reports a problem if the value is not a table.
    pub fn fields(&self, name: &str, problems: &mut Problems) -> Option<Fields<'a>> {
        let table = self.toml.get_ref().as_table();
        if table.is_none() {
            problems.push(
                &self.place(),
                format!("`{name}` must be a table, not {}", self.kind()),
            );
        }
        // A table that consists of dotted keys has an empty span; its first key is more useful.
        let start = if self.toml.span().is_empty() {
            self.key
        } else {
            self.toml.span().start
        };
        table.map(|table| Fields::new(self.source, table, self.source.place(&(start..start))))
    }

    /// The values of an array. Reports a problem if the value is not an array.
    pub fn items(&self, name: &str, problems: &mut Problems) -> Vec<Self> {
        let Some(array) = self.toml.get_ref().as_array() else {
            problems.push(
                &self.place(),
                format!("`{name}` must be an array, not {}", self.kind()),
            );
            return Vec::new();
        };
        array
            .iter()
            .map(|value| Self {
                source: self.source,
                key: value.span().start,
                toml: value,
            })
            .collect()
    }
}
