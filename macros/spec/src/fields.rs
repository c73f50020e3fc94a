//! Reads TOML tables key by key: values keep their positions, and unknown keys are reported.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::place::{At, Place, Source};
use crate::problem::{Misspelled, Problem, Problems, did_you_mean, nearest, no_word};
use crate::texts::Texts;

/// Parses a TOML file and passes its fields to `read`, again after each correction of misspelled
/// keys.
///
/// # Errors
///
/// The errors of the TOML parser, or else the problems that `read` found.
pub fn parse<T>(
    source: &Source,
    read: impl FnMut(&mut Fields<'_>, &mut Problems) -> T,
) -> Result<T, Problems> {
    let Partial {
        value, problems, ..
    } = parse_partial(source, read);
    problems.finish(value)
}

/// What could be read of a file, and what could not.
#[derive(Debug, Clone)]
pub struct Partial<T> {
    /// The value. There is a placeholder for what is missing or of another type.
    pub value: T,
    /// The problems, sorted by line and column.
    pub problems: Problems,
    /// Whether the file is TOML. If it is not, the value may lack anything.
    pub is_toml: bool,
}

/// The same as [`parse`], with as much of the value as could be read.
pub fn parse_partial<T>(
    source: &Source,
    mut read: impl FnMut(&mut Fields<'_>, &mut Problems) -> T,
) -> Partial<T> {
    let mut found = Problems::default();
    let (mut table, errors) = DeTable::parse_recoverable(source.text());
    for error in &errors {
        let place = error
            .span()
            .map_or_else(|| Place::file(source.name()), |span| source.place(&span));
        let unquoted = error
            .span()
            .and_then(|span| unquoted(source.text(), span.start));
        found.push_problem(Problem {
            place,
            message: format!("invalid TOML: {}", error.message()),
            help: unquoted.map(|text| format!("a string needs quotes: `\"{text}\"`")),
        });
    }
    let start = Place {
        line: 1,
        column: 1,
        ..Place::file(source.name())
    };
    loop {
        let mut problems = Problems::default();
        let mut fields = Fields::new(source, table.get_ref(), start.clone());
        let value = read(&mut fields, &mut problems);
        fields.finish(&mut problems);
        let misspelled = problems.take_misspelled();
        let is_last = misspelled.is_empty();
        for Misspelled {
            start,
            right,
            problem,
        } in misspelled
        {
            rename(table.get_mut(), start, right);
            found.push_problem(problem);
        }
        if is_last {
            // What is missing may be in a line that is not TOML.
            let is_toml = errors.is_empty();
            if is_toml {
                found.extend(problems);
            }
            found.sort();
            return Partial {
                value,
                problems: found,
                is_toml,
            };
        }
    }
}

/// The value at an offset, if it begins with a letter: probably a string without quotes, which TOML
/// mistakes for a boolean or a number.
fn unquoted(text: &str, start: usize) -> Option<&str> {
    let before = text.get(..start)?.trim_end();
    let line = text.get(start..)?.lines().next()?;
    let value = line.split(['#', ',', ']', '}']).next()?.trim();
    let is_word = value.starts_with(char::is_alphabetic) && !value.contains('"');
    (is_word && before.ends_with('=')).then_some(value)
}

/// Renames the key at an offset, in the table that contains it. Its position stays.
fn rename(table: &mut DeTable<'_>, start: usize, right: &'static str) {
    let wrong = table.keys().find(|key| key.span().start == start).cloned();
    if let Some(wrong) = wrong {
        if let Some(value) = table.remove(&wrong) {
            table.insert(Spanned::new(wrong.span(), right.into()), value);
        }
        return;
    }
    for (_, value) in table.iter_mut() {
        rename_within(value.get_mut(), start, right);
    }
}

fn rename_within(value: &mut DeValue<'_>, start: usize, right: &'static str) {
    match value {
        DeValue::Table(table) => rename(table, start, right),
        DeValue::Array(items) => {
            for item in items.iter_mut() {
                rename_within(item.get_mut(), start, right);
            }
        }
        _ => {}
    }
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
    /// The keys whose values could not be read.
    unreadable: Vec<&'static str>,
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
            unreadable: Vec::new(),
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

    /// Whether a field is present, and has a value that could not be read.
    #[must_use]
    pub fn is_unreadable(&self, name: &str) -> bool {
        self.unreadable.contains(&name)
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
            problems.push_hole(&self.place, format!("missing `{name}`"), None);
        }
        let value = self.take(name, &|| Expected::String);
        let place = value.map_or_else(|| self.place.clone(), |value| value.place());
        let text = value.and_then(|value| value.text(name, problems));
        if let Some(key) = self.recorded.as_mut().and_then(|keys| keys.last_mut()) {
            key.is_required = true;
        }
        text.unwrap_or_else(|| At::new(String::new(), place))
    }

    /// Strings by language, `name.zh-CN = "…"`.
    pub fn texts(&mut self, name: &'static str, problems: &mut Problems) -> Texts {
        let mut texts = Texts::new();
        let Some(value) = self.take(name, &|| Expected::StringsByLanguage) else {
            return texts;
        };
        if value.as_text().is_some() {
            problems.push_with_help(
                &value.place(),
                format!("`{name}` must be a table, not string"),
                format!("write one line for each language, such as `{name}.en = \"…\"`"),
            );
            return texts;
        }
        let Some(mut fields) = value.fields(name, problems) else {
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
        if let Some(text) = value.as_text() {
            problems.push_with_help(
                &value.place(),
                format!("`{name}` must be an array, not string"),
                format!("write it in brackets: `[{:?}]`", text.value),
            );
            return vec![text];
        }
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

    /// One of these words, as its value. An unknown word is reported, and the value of the most
    /// similar word is returned, if one is similar.
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
        let text = self.take(name, &expected)?.text(name, problems);
        let of = |wanted: &str| {
            let found = words.iter().find(|(word, _)| *word == wanted);
            found.map(|(_, value)| *value)
        };
        let all = || words.iter().map(|(word, _)| *word);
        let value = text.as_ref().and_then(|text| {
            of(text).or_else(|| {
                problems.push(&text.place, no_word(name, text, all()));
                of(nearest(text, all())?)
            })
        });
        if value.is_none() {
            self.unreadable.push(name);
        }
        Some(At::new(value?, text?.place))
    }

    /// The fields of a subtable, with an example of it for who writes something else.
    pub fn fields_like(
        &mut self,
        name: &'static str,
        example: &str,
        problems: &mut Problems,
    ) -> Option<Self> {
        let value = self.take(name, &|| Expected::Table)?;
        if !value.is_table() {
            problems.push_with_help(
                &value.place(),
                format!("`{name}` must be a table, not {}", value.kind()),
                format!("for example `{example}`"),
            );
            return None;
        }
        value.fields(name, problems)
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
        let Some(value) = self.take(name, &|| Expected::Tables) else {
            return all;
        };
        let items = if value.is_table() {
            problems.push_with_help(
                &value.place_of_table(),
                format!("`{name}` must be an array of tables, not table"),
                "write two brackets on each side of its name, as in `[[set]]`",
            );
            vec![value]
        } else {
            value.items(name, problems)
        };
        for item in items {
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

    fn nearest_known(&self, wrong: &str) -> Option<&'static str> {
        let near = nearest(wrong, self.known.iter().copied())?;
        self.known.iter().copied().find(|known| *known == near)
    }

    /// Reports unknown keys. Call it after all known keys have been read.
    pub fn finish(&self, problems: &mut Problems) {
        let unknown = self
            .table
            .keys()
            .filter(|key| !self.open && !self.known.contains(&key.get_ref().as_ref()));
        let mut corrected = Vec::new();
        for key in unknown {
            let text: &str = key.get_ref();
            let near = did_you_mean(text, self.known.iter().copied());
            let problem = Problem {
                place: self.source.place(&key.span()),
                message: format!("unknown key `{text}`{near}"),
                help: None,
            };
            let right = self.nearest_known(text);
            let right = right.filter(|right| !self.has(right) && !corrected.contains(right));
            match right {
                None => problems.push_problem(problem),
                Some(right) => {
                    corrected.push(right);
                    problems.push_misspelled(Misspelled {
                        start: key.span().start,
                        right,
                        problem,
                    });
                }
            }
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

    /// The value as a boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.toml.get_ref().as_bool()
    }

    /// Whether it is an array.
    #[must_use]
    pub fn is_array(&self) -> bool {
        self.toml.get_ref().as_array().is_some()
    }

    /// Whether the value is a table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.toml.get_ref().is_table()
    }

    /// The value as a string. Reports a problem if it is not one. A number is then returned as it
    /// is written: what is wrong with it as a string is worth knowing too.
    pub fn text(&self, name: &str, problems: &mut Problems) -> Option<At<String>> {
        let text = self.as_text();
        if text.is_some() {
            return text;
        }
        let place = self.place();
        let message = format!("`{name}` must be a string, not {}", self.kind());
        let number = self.source.text().get(self.toml.span());
        match number.filter(|_| self.toml.get_ref().is_integer()) {
            Some(number) => {
                let help = format!("write it in quotes: `\"{number}\"`");
                problems.push_with_help(&place, message, help);
                Some(At::new(number.to_owned(), place))
            }
            None => {
                problems.push_hole(&place, message, None);
                None
            }
        }
    }

    /// The value as an unsigned integer. Reports a problem if it is not one or is out of range.
    pub fn number(&self, name: &str, problems: &mut Problems) -> Option<At<u32>> {
        let integer = self.toml.get_ref().as_integer();
        let number =
            integer.and_then(|integer| u32::from_str_radix(integer.as_str(), integer.radix()).ok());
        if number.is_none() {
            let place = self.place();
            let message = format!("`{name}` must be an integer from 0 to {}", u32::MAX);
            let text = self.as_text().filter(|text| text.parse::<u32>().is_ok());
            match text {
                Some(text) => {
                    let help = format!("write it without quotes: `{}`", text.value);
                    problems.push_with_help(&place, message, help);
                }
                None => problems.push(&place, message),
            }
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
        table.map(|table| Fields::new(self.source, table, self.place_of_table()))
    }

    /// The start of a table. One that consists of dotted keys has an empty span; its first key is
    /// more useful.
    fn place_of_table(&self) -> Place {
        let start = if self.toml.span().is_empty() {
            self.key
        } else {
            self.toml.span().start
        };
        self.source.place(&(start..start))
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

#[cfg(test)]
mod tests {
    use crate::fields::{Expected, Key, parse, parse_partial, record_tables};
    use crate::place::Source;

    #[test]
    fn entries_are_in_the_order_of_the_file() {
        let source = Source::new("a.toml", "[table]\nb = 1\na = [2]\nc.x = 3\nd = { }\n");
        let read = parse(&source, |fields, problems| {
            let mut table = fields.fields("table", problems).unwrap();
            let entries: Vec<_> = table.entries().collect();
            table.finish(problems);
            let entries = entries.into_iter().map(|(key, value)| {
                (
                    key.value,
                    key.place.line,
                    value.is_array(),
                    value.is_table(),
                )
            });
            entries.collect::<Vec<_>>()
        });
        let entry =
            |key: &str, line, is_array, is_table| (key.to_owned(), line, is_array, is_table);
        assert_eq!(
            read.unwrap(),
            [
                entry("b", 2, false, false),
                entry("a", 3, true, false),
                entry("c", 4, false, true),
                entry("d", 5, false, true),
            ]
        );
    }

    #[test]
    fn a_file_that_is_not_toml_is_read_as_far_as_it_is() {
        let source = Source::new("a.toml", "a = \"1\"\nb = \nc = \"3\"\n");
        let partial = parse_partial(&source, |fields, problems| {
            [fields.text("a", problems), fields.text("c", problems)]
                .map(|text| text.map(|text| text.value))
        });
        assert!(!partial.is_toml && !partial.problems.is_empty());
        assert_eq!(partial.value[0].as_deref(), Some("1"));
        let source = Source::new("a.toml", "a = \"1\"\n");
        let partial = parse_partial(&source, |fields, problems| {
            fields.required_text("a", problems)
        });
        assert!(partial.is_toml && partial.problems.is_empty());
    }

    #[test]
    fn the_keys_that_a_parser_asked_for_are_recorded_once_for_each_table() {
        let read = || {
            let source = Source::new("a.toml", "name = \"a\"\n[[item]]\nsize = 1\n[[item]]\n");
            let result = parse(&source, |fields, problems| {
                fields.required_text("name", problems);
                fields.array(
                    "item",
                    |mut fields, problems| {
                        fields.number("size", problems);
                        fields.finish(problems);
                    },
                    problems,
                );
            });
            result.unwrap();
        };
        let key = |name, expected, is_required| Key {
            name,
            expected,
            is_required,
        };
        assert_eq!(
            record_tables(read),
            [
                vec![key("size", Expected::Number, false)],
                vec![
                    key("name", Expected::String, true),
                    key("item", Expected::Tables, false)
                ],
            ]
        );
        // Nothing is recorded outside of it.
        read();
        assert_eq!(record_tables(|| ()), Vec::<Vec<Key>>::new());
    }
}
