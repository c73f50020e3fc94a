//! A page of the guide in, the same page with the rows of facts in its tables out.
//!
//! The comment `<!-- facts of a code: … -->` above a table says which facts belong into it. Rows of
//! other keys are written by hand and stay where they are.

use errbook_spec::facts::{Fact, FactType, Merge, UNSPECIFIED};

use crate::formats::{EntryType, Format, documentation, facts, type_in};

/// Writes the rows of facts anew.
pub(super) fn fill_tables(page: &str, format: Format) -> String {
    let mut out = Vec::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        out.push(line.to_owned());
        let Some(entry) = marked_entry(line) else {
            continue;
        };
        // What separates the comment from the table, then the table.
        while let Some(line) = lines.next_if(|line| !line.starts_with('|')) {
            out.push(line.to_owned());
        }
        let mut table = Vec::new();
        while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
            table.push(row);
        }
        out.extend(fill_table(&table, format, entry));
    }
    out.join("\n") + "\n"
}

/// `<!-- facts of a code: … -->`
fn marked_entry(line: &str) -> Option<EntryType> {
    let rest = line.strip_prefix("<!-- facts of a ")?;
    EntryType::parse(rest.split(':').next()?)
}

/// Replaces the rows of facts, at the place of the first of them.
fn fill_table(table: &[&str], format: Format, entry: EntryType) -> Vec<String> {
    let facts = facts(format, entry);
    let is_fact = |row: &&str| {
        let key = row.split('`').nth(1).unwrap_or_default();
        facts.iter().any(|fact| fact.key == key)
    };
    let first = table.iter().position(&is_fact);
    let first = first.unwrap_or(table.len());
    let by_hand = |rows: &[&str]| {
        let rows = rows.iter().filter(|row| !is_fact(row));
        rows.map(|row| (*row).to_owned()).collect::<Vec<_>>()
    };
    let mut out = by_hand(&table[..first]);
    out.extend(facts.iter().map(|fact| row(fact, format, entry)));
    out.extend(by_hand(&table[first..]));
    out
}

fn row(fact: &Fact, format: Format, entry: EntryType) -> String {
    let fact_type = type_in(fact, format, entry);
    let default = match format {
        Format::Overlay => default_in_overlay(fact, entry),
        Format::Overrides => "that of the spec".to_owned(),
        Format::Spec | Format::Catalogue => default_in_spec(fact, entry),
    };
    format!(
        "| `{}` | {} | {default} | {} |",
        fact.key,
        name_of_type(&fact_type),
        meaning(&documentation(fact, format, entry))
    )
}

fn name_of_type(fact_type: &FactType) -> String {
    let name = match fact_type {
        FactType::Text | FactType::RequiredText => "string",
        FactType::Texts => "strings by language",
        FactType::List => "array of strings",
        FactType::Number => "integer",
        FactType::Flag => "boolean",
        FactType::Params | FactType::Note | FactType::Table(_) => "table",
        FactType::Word(words) => {
            let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            return format!("one of {}", words.join(", "));
        }
        _ => unreachable!("every type of fact has a name in the guide"),
    };
    name.to_owned()
}

fn default_in_spec(fact: &Fact, entry: EntryType) -> String {
    match fact.default {
        Some(default) if entry != EntryType::Set => default.to_owned(),
        _ => default_of_type(fact),
    }
}

fn default_in_overlay(fact: &Fact, entry: EntryType) -> String {
    let default = match (entry, fact.merge) {
        (EntryType::Code | EntryType::Range, Merge::Kind) => {
            Some(fact.overlay_default.unwrap_or("that of the kind"))
        }
        (EntryType::Code, _) if fact.overlay_default.is_some() => fact.overlay_default,
        (_, Merge::OverlayInOneLanguage) => Some("that of the row"),
        _ => None,
    };
    default.map_or_else(|| default_of_type(fact), str::to_owned)
}

fn default_of_type(fact: &Fact) -> String {
    match (fact.absent, fact.fact_type()) {
        (Some(UNSPECIFIED), _) => UNSPECIFIED.to_owned(),
        (Some(word), _) => format!("`{word}`"),
        (None, FactType::RequiredText) => "required".to_owned(),
        (None, FactType::List) => "`[]`".to_owned(),
        (None, FactType::Flag) => "`false`".to_owned(),
        (None, _) => "none".to_owned(),
    }
}

/// Sentences as a cell of a table: without the first capital letter and the last full stop.
fn meaning(sentences: &str) -> String {
    let sentences = sentences.trim_end_matches('.');
    let mut letters = sentences.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
