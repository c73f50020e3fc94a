//! A catalogue that translators worked on, and the dictionary that it becomes: what nobody touched stays as it is.

use std::collections::BTreeSet;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::export::po::{Became, Entry, Page};
use crate::fold::text_key;

/// The dictionary after an import, and what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The text of the dictionary's file.
    pub text: String,
    /// How many texts are translated that were not.
    pub added: usize,
    /// How many translations are others than before.
    pub changed: usize,
    /// How many stale translations were resolved.
    pub resolved: usize,
    /// How many translations were taken out.
    pub removed: usize,
    /// How many translations a translator marked as stale.
    pub marked: usize,
}

/// Puts a catalogue's translations into the text of a dictionary.
///
/// # Errors
///
/// What TOML's parser says about the dictionary.
pub fn import(
    page: &Page,
    dictionary: &str,
    entries: &[Entry],
) -> Result<Outcome, toml_edit::TomlError> {
    let mut document: DocumentMut = dictionary.parse()?;
    let mut outcome = Outcome::default();
    let texts = document
        .entry("text")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(texts) = texts.as_array_of_tables_mut() else {
        dictionary.clone_into(&mut outcome.text);
        return Ok(outcome);
    };
    for entry in entries.iter().filter(|entry| !entry.obsolete) {
        put(page, texts, entry, &mut outcome);
    }
    let touched =
        outcome.added + outcome.changed + outcome.resolved + outcome.removed + outcome.marked > 0;
    outcome.text = if touched {
        document.to_string()
    } else {
        dictionary.to_owned()
    };
    Ok(outcome)
}

fn put(page: &Page, texts: &mut ArrayOfTables, entry: &Entry, outcome: &mut Outcome) {
    let context = entry.context.as_deref();
    if let Some(at) = find(texts, context, &entry.id) {
        again(texts, at, entry, outcome);
        return;
    }
    // A tool may have guessed from a text that the vendor still says, whose translation is not this entry's to change.
    let of = previous(page, entry).filter(|of| !page.says(context, of));
    match of.as_ref().and_then(|of| find(texts, context, of)) {
        _ if entry.text.is_empty() => {}
        // Still stale, and perhaps better worded already.
        Some(at) if entry.fuzzy => {
            outcome.changed += usize::from(set(texts, at, "is", &entry.text));
        }
        Some(at) => {
            set(texts, at, "of", &entry.id);
            set(texts, at, "is", &entry.text);
            unmark(texts, at);
            outcome.resolved += 1;
        }
        None => {
            let of = of.filter(|_| entry.fuzzy);
            push(
                texts,
                context,
                of.as_deref().unwrap_or(&entry.id),
                &entry.text,
            );
            outcome.added += 1;
            if entry.fuzzy && of.is_none() {
                mark(texts, texts.len() - 1);
                outcome.marked += 1;
            }
        }
    }
}

/// The dictionary has the text already.
fn again(texts: &mut ArrayOfTables, at: usize, entry: &Entry, outcome: &mut Outcome) {
    let has = texts
        .get(at)
        .and_then(|table| table.get("is"))
        .and_then(Item::as_str);
    if entry.text.is_empty() {
        // What nobody has come to yet stays there to be filled.
        if has.is_some_and(|has| !has.trim().is_empty()) {
            texts.remove(at);
            outcome.removed += 1;
        }
        return;
    }
    let is_other = set(texts, at, "is", &entry.text);
    if entry.fuzzy && mark(texts, at) {
        outcome.marked += 1;
    } else if !entry.fuzzy && unmark(texts, at) {
        outcome.resolved += 1;
    } else {
        outcome.changed += usize::from(is_other);
    }
}

/// Marks a translation as stale, and says whether it was not.
fn mark(texts: &mut ArrayOfTables, at: usize) -> bool {
    texts.get_mut(at).is_some_and(|table| {
        let before = table.insert("stale", value(true));
        before.and_then(|before| before.as_bool()) != Some(true)
    })
}

/// Takes the mark away, and says whether there was one.
fn unmark(texts: &mut ArrayOfTables, at: usize) -> bool {
    texts
        .get_mut(at)
        .and_then(|table| table.remove("stale"))
        .and_then(|mark| mark.as_bool())
        == Some(true)
}

/// The text that a fuzzy entry's translation was made for. Some tools forget it together with the mark.
fn previous(page: &Page, entry: &Entry) -> Option<String> {
    let mut taken = BTreeSet::new();
    let stale = page.dictionary.entries().find(|text| {
        let nearest = page.become_of(text, &mut taken);
        matches!(nearest, Became::Perhaps(nearest) if nearest == entry.id)
    });
    entry
        .previous
        .clone()
        .or_else(|| stale.map(|text| text.of.value.clone()))
}

fn find(texts: &ArrayOfTables, context: Option<&str>, of: &str) -> Option<usize> {
    let text = |table: &Table, key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    texts.iter().position(|table| {
        text(table, "in").as_deref() == context
            && text(table, "of").is_some_and(|other| text_key(&other) == text_key(of))
    })
}

/// Writes a value if it is another than before, and says whether it was.
fn set(texts: &mut ArrayOfTables, at: usize, key: &str, text: &str) -> bool {
    let Some(table) = texts.get_mut(at) else {
        return false;
    };
    if table.get(key).and_then(Item::as_str) == Some(text) {
        return false;
    }
    table[key] = value(text);
    true
}

fn push(texts: &mut ArrayOfTables, context: Option<&str>, of: &str, is: &str) {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    if let Some(context) = context {
        table["in"] = value(context);
    }
    table["of"] = value(of);
    table["is"] = value(is);
    texts.push(table);
}
