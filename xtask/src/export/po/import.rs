//! Imports a catalogue: applies the entries that translators edited to a translation file. Entries
//! that did not change keep their formatting.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::export::po::{Entry, Page, TextChange, context_of};
use crate::fold::text_key;

/// The translation file after an import, and what changed in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The new text of the translation file.
    pub text: String,
    /// Number of new translations.
    pub added: usize,
    /// Number of changed translations.
    pub changed: usize,
    /// Number of stale translations that were resolved.
    pub resolved: usize,
    /// The texts whose translations were removed.
    pub removed: Vec<String>,
    /// Number of translations that a translator marked as stale.
    pub marked: usize,
}

/// Applies the translations of a catalogue to the text of a translation file.
///
/// # Errors
///
/// The translation file is not valid TOML.
pub fn import(
    page: &Page,
    translations: &str,
    entries: &[Entry],
) -> Result<Outcome, toml_edit::TomlError> {
    let mut document: DocumentMut = translations.parse()?;
    let mut outcome = Outcome::default();
    let texts = document
        .entry("text")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(texts) = texts.as_array_of_tables_mut() else {
        translations.clone_into(&mut outcome.text);
        return Ok(outcome);
    };
    for entry in entries.iter().filter(|entry| !entry.obsolete) {
        import_entry(page, texts, entry, &mut outcome);
    }
    let touched =
        outcome.added + outcome.changed + outcome.resolved + outcome.removed.len() + outcome.marked
            > 0;
    outcome.text = if touched {
        document.to_string()
    } else {
        translations.to_owned()
    };
    Ok(outcome)
}

fn import_entry(page: &Page, texts: &mut ArrayOfTables, entry: &Entry, outcome: &mut Outcome) {
    let context = entry.context.as_deref();
    let own = find_entry(texts, context, &entry.id);
    let is_shared = own.is_some_and(|own| is_shared(page, texts, own, entry));
    // A tool's fuzzy match may come from a text that is still in the document; its translation must
    // stay as it is.
    let of = previous_text(page, entry).filter(|of| !page.contains_text(context, of));
    let stale = of.as_ref().and_then(|of| find_entry(texts, context, of));
    match own {
        // An entry to fill in, whose text has a stale translation.
        Some(own) if stale.is_some() && !is_translated(texts, own) => {}
        Some(own) if is_shared => {
            return import_wording(texts, own, entry, outcome);
        }
        Some(own) => return update_entry(texts, own, entry, outcome),
        None => {}
    }
    match stale {
        // Emptied, and no longer fuzzy: the translator has given the former one up.
        Some(at) if entry.text.is_empty() && !entry.fuzzy => {
            if is_translated(texts, at) {
                texts.remove(at);
                outcome.removed.push(of.unwrap_or_default());
            }
        }
        _ if entry.text.is_empty() => {}
        // Still stale, but the translator may have changed the wording.
        Some(at) if entry.fuzzy => {
            outcome.changed += usize::from(set_value(texts, at, "is", &entry.text));
        }
        Some(at) => {
            set_value(texts, at, "of", &entry.id);
            set_value(texts, at, "is", &entry.text);
            clear_stale(texts, at);
            if let Some(own) = own.filter(|_| !is_shared) {
                texts.remove(own);
            }
            outcome.resolved += 1;
        }
        None => {
            let of = of.filter(|_| entry.fuzzy);
            push_entry(
                texts,
                context,
                of.as_deref().unwrap_or(&entry.id),
                &entry.text,
            );
            outcome.added += 1;
            if entry.fuzzy && of.is_none() {
                mark_stale(texts, texts.len() - 1);
                outcome.marked += 1;
            }
        }
    }
}

/// Whether the entry at a position is not for exactly this text, and also for another wording of
/// the vendor.
fn is_shared(page: &Page, texts: &ArrayOfTables, own: usize, entry: &Entry) -> bool {
    let context = entry.context.as_deref();
    find_exactly(texts, context, &entry.id).is_none()
        && page.wordings(context, &entry.id).iter().any(|words| {
            *words != entry.id
                && find_exactly(texts, context, words).is_none_or(|exact| exact == own)
        })
}

/// Gives a wording an entry of its own if its translation differs from that of the entry that it
/// shares with another.
fn import_wording(texts: &mut ArrayOfTables, own: usize, entry: &Entry, outcome: &mut Outcome) {
    let shared = texts.get(own);
    let is = shared.and_then(|table| table.get("is")?.as_str());
    let is_stale = shared.and_then(|table| table.get("stale")?.as_bool()) == Some(true);
    if entry.text.is_empty() || (is == Some(&*entry.text) && is_stale == entry.fuzzy) {
        return;
    }
    push_entry(texts, entry.context.as_deref(), &entry.id, &entry.text);
    outcome.added += 1;
    if entry.fuzzy {
        mark_stale(texts, texts.len() - 1);
        outcome.marked += 1;
    }
}

/// Whether the entry at a position has a translation.
fn is_translated(texts: &ArrayOfTables, at: usize) -> bool {
    let is = texts.get(at).and_then(|table| table.get("is"));
    is.and_then(Item::as_str)
        .is_some_and(|is| !is.trim().is_empty())
}

/// Updates an entry that the translation file already has.
fn update_entry(texts: &mut ArrayOfTables, at: usize, entry: &Entry, outcome: &mut Outcome) {
    let was_translated = is_translated(texts, at);
    if entry.text.is_empty() {
        // Entries that were already empty stay, to be filled in later.
        if was_translated {
            texts.remove(at);
            outcome.removed.push(entry.id.clone());
        }
        return;
    }
    let is_other = set_value(texts, at, "is", &entry.text);
    if !was_translated {
        outcome.added += 1;
    }
    if entry.fuzzy && mark_stale(texts, at) {
        outcome.marked += 1;
    } else if !entry.fuzzy && clear_stale(texts, at) {
        outcome.resolved += usize::from(was_translated);
    } else {
        outcome.changed += usize::from(is_other && was_translated);
    }
}

/// Marks a translation as stale. Returns whether this changed it.
fn mark_stale(texts: &mut ArrayOfTables, at: usize) -> bool {
    texts.get_mut(at).is_some_and(|table| {
        let before = table.insert("stale", value(true));
        before.and_then(|before| before.as_bool()) != Some(true)
    })
}

/// Removes the mark. Returns whether there was one.
fn clear_stale(texts: &mut ArrayOfTables, at: usize) -> bool {
    texts
        .get_mut(at)
        .and_then(|table| table.remove("stale"))
        .and_then(|mark| mark.as_bool())
        == Some(true)
}

/// The text that was translated before it changed. Some tools drop it when they remove the fuzzy
/// flag; then it is the stale entry whose new text may be this one.
fn previous_text(page: &Page, entry: &Entry) -> Option<String> {
    let stale = page.translations.entries().find(|text| {
        context_of(text) == entry.context.as_deref()
            && matches!(page.change_of(text), TextChange::Reworded(nearest) if nearest == entry.id)
    });
    entry
        .previous
        .clone()
        .or_else(|| stale.map(|text| text.of.value.clone()))
}

/// The entry for a text: for exactly this one, or else for one that differs in whitespace or width.
fn find_entry(texts: &ArrayOfTables, context: Option<&str>, of: &str) -> Option<usize> {
    let is_alike = |other: &str| text_key(other) == text_key(of);
    find_exactly(texts, context, of).or_else(|| find(texts, context, is_alike))
}

fn find_exactly(texts: &ArrayOfTables, context: Option<&str>, of: &str) -> Option<usize> {
    find(texts, context, |other| other == of)
}

fn find(
    texts: &ArrayOfTables,
    context: Option<&str>,
    is_it: impl Fn(&str) -> bool,
) -> Option<usize> {
    let text = |table: &Table, key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    texts.iter().position(|table| {
        text(table, "in").as_deref() == context && text(table, "of").is_some_and(|of| is_it(&of))
    })
}

/// Sets a value. Returns whether it changed.
fn set_value(texts: &mut ArrayOfTables, at: usize, key: &str, text: &str) -> bool {
    let Some(table) = texts.get_mut(at) else {
        return false;
    };
    if table.get(key).and_then(Item::as_str) == Some(text) {
        return false;
    }
    table[key] = value(text);
    true
}

fn push_entry(texts: &mut ArrayOfTables, context: Option<&str>, of: &str, is: &str) {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    if let Some(context) = context {
        table["in"] = value(context);
    }
    table["of"] = value(of);
    table["is"] = value(is);
    texts.push(table);
}
