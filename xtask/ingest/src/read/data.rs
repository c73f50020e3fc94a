//! A JSON or YAML text in, a table out for each array of objects and each object whose keys are
//! codes, at any depth.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde::de::IgnoredAny;

use crate::code::{self, Atom};
use crate::document::{Document, Kind, Mend};
use crate::kinds::OpenError;
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
                let value = if is_null {
                    String::new()
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

/// Adds the tables in a value; the path are the keys that lead to it.
fn walk(document: &mut Document, line: usize, node: &Node, path: &mut Vec<Arc<str>>) {
    if let Some(rows) = table(node) {
        if let Some(heading) = path.last() {
            let level = u8::try_from(path.len()).unwrap_or(6).min(6);
            add_block(document, Kind::Heading(level), line, heading);
        }
        add_table(document, path.clone(), rows);
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
                Node::Map(entries) if is_record(entries) => Some((*line, None, entries)),
                _ => None,
            });
            rows(&objects.collect::<Option<Vec<_>>>()?)
        }
        Node::Map(entries) => {
            let codes = entries.iter().filter(|(key, ..)| is_code(key)).count();
            if codes == 0 || codes * 10 < entries.len() * 8 {
                return None;
            }
            let records = entries.iter().map(|(key, line, value)| match value {
                Node::Map(entries) if is_record(entries) => Some((*line, Some(&**key), entries)),
                _ => None,
            });
            if let Some(records) = records.collect::<Option<Vec<_>>>() {
                return rows(&records);
            }
            // `"1001": "invalid key"`.
            let pairs = entries.iter().map(|(key, line, value)| match value {
                Node::Scalar(value) => Some((*line, vec![text(key), text(value)])),
                _ => None,
            });
            let pairs = pairs.collect::<Option<Vec<_>>>()?;
            let header = vec![text("code"), text("message")];
            Some([(pairs[0].0, header)].into_iter().chain(pairs).collect())
        }
    }
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
    matches!(
        code::atom(key),
        Some(Atom::Number | Atom::Hex | Atom::Symbol | Atom::Mixed)
    )
}

/// An object with its line and, if it has one, its own key.
type Object<'a> = (usize, Option<&'a str>, &'a Entries);

/// The rows of objects, whose keys are the header; a key of the object itself is its code.
fn rows(records: &[Object<'_>]) -> Option<Rows> {
    let flat: Vec<_> = records
        .iter()
        .map(|(line, key, entries)| {
            let code = key.map(|key| ("code".to_owned(), key.to_owned()));
            let cells = entries
                .iter()
                .flat_map(|(key, _, value)| flatten(key, value));
            (*line, code.into_iter().chain(cells).collect::<Vec<_>>())
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
