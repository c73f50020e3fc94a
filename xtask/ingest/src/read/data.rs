//! A JSON or YAML text in, a table out for each array of objects and each object whose keys are
//! codes, at any depth.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde::de::IgnoredAny;

use crate::code::{self, Atom};
use crate::document::{Document, Kind, Mend};
use crate::kinds::OpenError;
use crate::lexicon::{self, Concept};
use crate::read::records::{Record, add_block, add_table};

/// How deep values may be nested, as in `serde_json`.
const DEEPEST: usize = 128;

/// Objects with more keys than this together are not the rows of a table.
const WIDEST: usize = 128;

/// The keys of an object, each with its line and its value.
type Entries = Vec<(String, usize, Node)>;

/// A value.
enum Node {
    Scalar(String),
    List(Vec<(usize, Node)>),
    Map(Entries),
}

/// Reads a JSON text: it is checked as JSON, and then read as the YAML that it is, with lines.
pub(super) fn json(text: &str) -> Result<Document, OpenError> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let said = error.to_string();
        let what = said.split(" at line ").next().unwrap_or_default();
        return Err(OpenError {
            line: error.line(),
            column: error.column(),
            ..OpenError::new(format!("not valid JSON: {what}"), "correct the file")
        });
    }
    // Only between values, where YAML wants spaces.
    yaml(&join_surrogates(&text.replace('\t', " ")))
}

/// Reads a YAML text, which may have several documents.
pub(super) fn yaml(text: &str) -> Result<Document, OpenError> {
    let mut document = Document::default();
    for (line, root) in parse(text, &mut document)? {
        walk(&mut document, line, &root, &mut Vec::new());
    }
    Ok(document)
}

/// JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
fn join_surrogates(text: &str) -> String {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        joined.push_str(&rest[..at]);
        rest = &rest[at..];
        let pair = unit(rest).zip(rest.get(6..).and_then(unit));
        let character = pair.and_then(|(high, low)| char::decode_utf16([high, low]).next()?.ok());
        match character {
            Some(character) if u32::from(character) > 0xFFFF => {
                joined.push(character);
                rest = &rest[12..];
            }
            _ => {
                let end = rest
                    .char_indices()
                    .nth(2)
                    .map_or(rest.len(), |(end, _)| end);
                joined.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    joined + rest
}

/// What is open while a text is parsed: a list, or a map with the key whose value comes next.
enum Open {
    List(Vec<(usize, Node)>),
    Map(Entries, Option<(String, usize)>),
}

fn parse(text: &str, document: &mut Document) -> Result<Vec<(usize, Node)>, OpenError> {
    let mut roots = Vec::new();
    let mut open: Vec<(usize, Open)> = Vec::new();
    // The scalars that an alias may repeat.
    let mut anchors: Vec<(usize, String)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| OpenError {
            line: error.marker().line(),
            column: error.marker().col() + 1,
            ..OpenError::new(
                format!("not valid YAML: {}", error.info()),
                "correct the file",
            )
        })?;
        let line = span.start.line();
        let (line, node) = match event {
            Event::Scalar(value, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain && matches!(&*value, "null" | "~");
                // In a text, `100_200` is not a number.
                let may_be_code = match open.last() {
                    Some((_, Open::Map(_, Some((key, _))))) => {
                        lexicon::names_codes(key) || is_code(key)
                    }
                    Some((_, Open::Map(_, None))) => true,
                    _ => false,
                };
                let number = grouped(&value).filter(|_| may_be_code && style == ScalarStyle::Plain);
                let value = if is_null {
                    String::new()
                } else if let Some(number) = number {
                    number
                } else {
                    value.into_owned()
                };
                if anchor > 0 {
                    anchors.push((anchor, value.clone()));
                }
                (line, Node::Scalar(value))
            }
            Event::Alias(anchor) => {
                let known = anchors.iter().rfind(|(known, _)| *known == anchor);
                if known.is_none() {
                    document.mends.push(Mend {
                        line,
                        rule: "alias",
                        text: "the alias of a list or a map was read as empty".to_owned(),
                    });
                }
                let value = known.map(|(_, value)| value.clone());
                (line, Node::Scalar(value.unwrap_or_default()))
            }
            Event::SequenceStart(..) => {
                open.push((line, Open::List(Vec::new())));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((line, Open::Map(Vec::new(), None)));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some((line, Open::List(items))) => (line, Node::List(items)),
                Some((line, Open::Map(entries, _))) => (line, Node::Map(entries)),
                None => continue,
            },
            _ => continue,
        };
        if open.len() > DEEPEST {
            let said = format!("values are nested more than {DEEPEST} levels deep");
            return Err(OpenError {
                line,
                ..OpenError::new(said, "keep the part with the codes")
            });
        }
        match open.last_mut() {
            None => roots.push((line, node)),
            Some((_, Open::List(items))) => items.push((line, node)),
            Some((_, Open::Map(entries, key))) => match (key.take(), node) {
                (Some((key, line)), node) => entries.push((key, line, node)),
                (None, Node::Scalar(value)) => *key = Some((value, line)),
                // Only YAML has keys that are lists or maps.
                (None, _) => *key = Some((String::new(), line)),
            },
        }
    }
    Ok(roots)
}

/// A number with separators between groups of three digits, without them: `1_002`.
fn grouped(value: &str) -> Option<String> {
    let (first, rest) = value.split_once('_')?;
    let is_first = (1..=3).contains(&first.len());
    let is_grouped = is_first && rest.split('_').all(|group| group.len() == 3);
    code::literal(value).filter(|_| is_grouped)
}

/// Adds the tables in a value; the path are the keys that lead to it.
fn walk(document: &mut Document, line: usize, node: &Node, path: &mut Vec<Arc<str>>) {
    if let Some(rows) = table(node) {
        if let Some(heading) = path.last() {
            let level = u8::try_from(path.len()).unwrap_or(6).min(6);
            add_block(document, Kind::Heading(level), line, heading);
        }
        add_table(document, path.clone(), rows);
        if let Node::Map(entries) = node {
            for (key, line, value) in entries.iter().filter(|(.., value)| !is_row(value)) {
                path.push(key.as_str().into());
                walk(document, *line, value, path);
                path.pop();
            }
        }
        return;
    }
    match node {
        Node::Scalar(_) => {}
        Node::List(items) => {
            for (line, item) in items {
                walk(document, *line, item, path);
            }
        }
        Node::Map(entries) => {
            for (key, line, value) in entries {
                path.push(key.as_str().into());
                walk(document, *line, value, path);
                path.pop();
            }
        }
    }
}

type Rows = Vec<(usize, Vec<Record>)>;

/// The rows of a value that is a table, below their header.
fn table(node: &Node) -> Option<Rows> {
    match node {
        Node::Scalar(_) => None,
        Node::List(items) => {
            let objects = items.iter().map(|(line, item)| match item {
                Node::Map(entries) if is_record(entries) => Some((*line, None, members(entries))),
                _ => None,
            });
            rows(objects.collect::<Option<Vec<_>>>()?)
        }
        Node::Map(entries) => {
            let codes = entries.iter().filter(|(key, ..)| is_code(key)).count();
            if codes * 2 <= entries.len() {
                return None;
            }
            let is_object = |value: &Node| match value {
                Node::Map(entries) => is_record(entries) && !is_text(entries),
                _ => false,
            };
            // A list is rather something else, unless it is beside texts.
            let is_sure = |value: &Node| is_row(value) && !matches!(value, Node::List(_));
            if entries.iter().filter(|(.., value)| is_sure(value)).count() * 2 < entries.len() {
                return None;
            }
            let read = entries.iter().filter(|(.., value)| is_row(value));
            let is_plain = |value: &Node| matches!(value, Node::Scalar(_));
            let has_plain = entries.iter().any(|(.., value)| is_plain(value));
            // What has no members of its own is the message: `"1001": "invalid key"`.
            let records = read.map(|(key, line, value)| {
                let mut cells = match value {
                    Node::Map(entries) if is_object(value) => members(entries),
                    _ => flatten("message", value),
                };
                // Beside texts in one language.
                let english = cells.iter_mut().find(|(name, _)| name == "message.en");
                if let Some((name, _)) = english.filter(|_| has_plain) {
                    name.truncate("message".len());
                }
                (*line, Some(&**key), cells)
            });
            rows(records.collect())
        }
    }
}

/// Whether a value is one row of its object.
fn is_row(value: &Node) -> bool {
    match value {
        Node::Scalar(_) => true,
        Node::List(items) => items
            .iter()
            .all(|(_, item)| matches!(item, Node::Scalar(_))),
        Node::Map(entries) => is_record(entries) && !holds_rows(entries),
    }
}

/// Whether an object has rows itself: `{"1001": "not found", "1002": …}`.
fn holds_rows(entries: &Entries) -> bool {
    let is_object = |value: &Node| matches!(value, Node::Map(entries) if !is_text(entries));
    let names_row = |(key, _, value): &(String, usize, Node)| {
        code::is_number(key) || is_code(key) && is_object(value)
    };
    entries.iter().all(names_row)
}

/// Whether an object is one text in several languages: `{"en": …, "zh-CN": …}`.
fn is_text(entries: &Entries) -> bool {
    let is_language = |(key, _, value): &(String, usize, Node)| {
        let (language, region) = key.split_once(['-', '_']).unwrap_or((key, "XX"));
        language.len() == 2
            && language.bytes().all(|b| b.is_ascii_lowercase())
            && matches!(region.len(), 2..=4)
            && matches!(value, Node::Scalar(_))
            && !matches!(language, "id" | "no")
    };
    entries.iter().all(is_language)
}

/// An object is a row if none of its values is a list of objects, which has rows itself.
fn is_record(entries: &[(String, usize, Node)]) -> bool {
    let has_rows = |(_, _, value): &(String, usize, Node)| match value {
        Node::Scalar(_) => false,
        Node::List(items) => items
            .iter()
            .any(|(_, item)| !matches!(item, Node::Scalar(_))),
        Node::Map(entries) => entries
            .iter()
            .any(|(_, _, value)| !matches!(value, Node::Scalar(_))),
    };
    !entries.is_empty() && !entries.iter().any(has_rows)
}

fn is_code(key: &str) -> bool {
    let is_like_code = matches!(
        code::atom(key),
        Some(Atom::Number | Atom::Hex | Atom::Symbol | Atom::Mixed)
    );
    // `error_codes` is above codes.
    is_like_code && !lexicon::names_codes(key)
}

/// An object with its line and, if it has one, its own key.
type Object<'a> = (usize, Option<&'a str>, Vec<(String, String)>);

fn members(entries: &Entries) -> Vec<(String, String)> {
    let cells = entries
        .iter()
        .flat_map(|(key, _, value)| flatten(key, value));
    cells.collect()
}

/// What the keys of objects are: the codes, or the names of codes that are members of them.
fn key_name(records: &[Object<'_>]) -> &'static str {
    let is_code = |(key, value): &(String, String)| {
        let says = lexicon::concepts(key);
        says.is_code() && !says.has_any(&[Concept::Http, Concept::Status]) && is_code(value)
    };
    let has_code = |(_, _, cells): &Object<'_>| cells.iter().any(is_code);
    let is_number = |(_, key, _): &Object<'_>| key.is_none_or(code::is_number);
    if records.iter().any(has_code) && !records.iter().all(is_number) {
        "symbol"
    } else {
        "code"
    }
}

/// The rows of objects, whose keys are the header; a key of the object itself is its code or the
/// name of it.
fn rows(records: Vec<Object<'_>>) -> Option<Rows> {
    let name = key_name(&records);
    let flat: Vec<_> = records
        .into_iter()
        .map(|(line, key, cells)| {
            // A member of that name says something else.
            let cells = cells.into_iter().filter_map(|(member, value)| match key {
                Some(key) if member == name && value == key => None,
                Some(_) if member == name => Some((format!("other {member}"), value)),
                _ => Some((member, value)),
            });
            let code = key.map(|key| (name.to_owned(), key.to_owned()));
            (line, code.into_iter().chain(cells).collect::<Vec<_>>())
        })
        .collect();
    let mut header: Vec<&str> = Vec::new();
    for (key, _) in flat.iter().flat_map(|(_, cells)| cells) {
        if !header.contains(&key.as_str()) {
            header.push(key);
        }
        if header.len() > WIDEST {
            return None;
        }
    }
    let (first, _) = flat.first()?;
    let names = header.iter().map(|name| text(name)).collect();
    let body = flat.iter().map(|(line, cells)| {
        let cell = |name: &&str| {
            let cell = cells.iter().find(|(key, _)| key == name);
            text(cell.map_or("", |(_, value)| value))
        };
        (*line, header.iter().map(cell).collect())
    });
    Some([(*first, names)].into_iter().chain(body).collect())
}

/// The cells of a value: `message: { en: … }` is `message.en`.
fn flatten(key: &str, value: &Node) -> Vec<(String, String)> {
    match value {
        Node::Scalar(value) => vec![(key.to_owned(), value.clone())],
        Node::List(items) => {
            let items = items.iter().filter_map(|(_, item)| match item {
                Node::Scalar(item) => Some(item.as_str()),
                _ => None,
            });
            vec![(key.to_owned(), items.collect::<Vec<_>>().join(", "))]
        }
        Node::Map(entries) => entries
            .iter()
            .flat_map(|(inner, _, value)| flatten(&format!("{key}.{inner}"), value))
            .collect(),
    }
}

fn text(text: &str) -> Record {
    Record::Text(text.to_owned())
}
