//! The frame of a JSON Schema in, the schema with the properties of the facts out.
//!
//! In a frame, the line `"$facts": "code"` is replaced by the properties of the facts of a code,
//! and in a list of required properties the line `"$facts code"` by the names of those that every
//! code has.

use errbook_spec::facts::{Fact, FactType, Form};
use serde_json::{Value as Json, json};

use crate::export::facts::Object;
use crate::formats::{EntryType, Format, documentation, facts, type_in};

/// The pattern of a BCP-47 tag, as in the frames.
const LANGUAGE: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";
/// The pattern of the name of a Rust type or variant.
const UPPER_CAMEL_CASE: &str = "^[A-Z][A-Za-z0-9]*$";

/// Replaces the placeholders of facts in the lines of a frame.
pub(super) fn fill_frame(frame: &str, format: Format) -> String {
    let mut out = String::new();
    for line in frame.lines() {
        let content = line.trim_start();
        let indentation = &line[..line.len() - content.len()];
        let comma = if content.ends_with(',') { "," } else { "" };
        let content = content.trim_end_matches(',');
        let properties = content
            .strip_prefix("\"$facts\": \"")
            .and_then(|rest| EntryType::parse(rest.trim_end_matches('"')));
        let required = content
            .strip_prefix("\"$facts ")
            .and_then(|rest| EntryType::parse(rest.trim_end_matches('"')));
        let lines = if let Some(entry) = properties {
            properties_of(format, entry)
        } else if let Some(entry) = required {
            required_of(format, entry)
        } else {
            out += line;
            out.push('\n');
            continue;
        };
        let lines: Vec<_> = lines
            .lines()
            .map(|line| format!("{indentation}{line}"))
            .collect();
        out += &lines.join("\n");
        out += comma;
        out.push('\n');
    }
    out
}

/// `"kind": { … }` for each fact.
fn properties_of(format: Format, entry: EntryType) -> String {
    let facts = facts(format, entry).into_iter();
    let properties: Vec<_> = facts
        .map(|fact| {
            let property = Object(property(fact, format, entry));
            let property = serde_json::to_string_pretty(&property)
                .expect("an object with string keys is valid JSON");
            format!("{}: {property}", Json::from(key(fact, format)))
        })
        .collect();
    properties.join(",\n")
}

fn required_of(format: Format, entry: EntryType) -> String {
    let facts = facts(format, entry).into_iter();
    let names: Vec<_> = facts
        .filter(|fact| is_required(fact, format, entry))
        .map(|fact| Json::from(key(fact, format)).to_string())
        .collect();
    names.join(",\n")
}

fn is_required(fact: &Fact, format: Format, entry: EntryType) -> bool {
    let fact_type = fact.fact_type();
    let is_exported = fact.absent.is_some()
        || fact_type == FactType::Flag
        // Only codes have the facts that they take from their set.
        || (fact.is_always_exported
            && (fact_type == FactType::Texts || entry == EntryType::Code));
    fact_type == FactType::RequiredText || (format == Format::Catalogue && is_exported)
}

fn key(fact: &Fact, format: Format) -> String {
    match format {
        Format::Spec | Format::Overlay | Format::Overrides => fact.key.to_owned(),
        Format::Catalogue => fact.exported_key(),
    }
}

/// The keywords of a property, in the order in which the schema lists them.
fn property(fact: &Fact, format: Format, entry: EntryType) -> Vec<(String, Json)> {
    let mut keywords: Vec<(&str, Json)> = match type_in(fact, format, entry) {
        FactType::Text | FactType::RequiredText => vec![("type", "string".into())],
        FactType::Texts => vec![("$ref", "#/$defs/texts".into())],
        FactType::List => vec![
            ("type", "array".into()),
            ("items", json!({ "type": "string" })),
        ],
        FactType::Number => vec![("type", "integer".into())],
        FactType::Word(words) => vec![("enum", words.into())],
        FactType::Flag => vec![("type", "boolean".into())],
        // The frame defines the types that are tables.
        FactType::Note | FactType::Params | FactType::Table(_) => {
            vec![("$ref", format!("#/$defs/{}", key(fact, format)).into())]
        }
        _ => unreachable!("every type of fact has a form in JSON Schema"),
    };
    match fact.form {
        Form::UpperCamelCase => keywords.push(("pattern", UPPER_CAMEL_CASE.into())),
        Form::Language => keywords.push(("pattern", LANGUAGE.into())),
        Form::HttpStatus => keywords.extend([("minimum", 100.into()), ("maximum", 599.into())]),
        // The parser reads numbers as `u32`.
        _ if fact.fact_type() == FactType::Number => {
            keywords.extend([("minimum", 0.into()), ("maximum", u32::MAX.into())]);
        }
        _ => {}
    }
    let description = without_links(&documentation(fact, format, entry));
    keywords.push(("description", description.into()));
    let keywords = keywords.into_iter();
    keywords
        .map(|(keyword, value)| (keyword.to_owned(), value))
        .collect()
}

/// Replaces each `[text](target)` by its text: an editor shows descriptions as they are.
pub(crate) fn without_links(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some((text, after)) = rest.split_once("](") {
        let Some((before, text)) = text.rsplit_once('[') else {
            break;
        };
        let Some((_, after)) = after.split_once(')') else {
            break;
        };
        out += before;
        out += text;
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn links_become_their_text() {
        assert_eq!(
            without_links("See [`Retry`](crate::Retry), or `[\"902\"]`, and [notes](#notes)."),
            "See `Retry`, or `[\"902\"]`, and notes."
        );
    }
}
