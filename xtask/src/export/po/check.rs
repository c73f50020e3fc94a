//! What a catalogue may not say, before any of it goes into a dictionary.

use std::collections::BTreeMap;

use crate::export::po::{Entry, Page, Wrong};
use crate::fold::text_key;
use crate::text::one_line;

/// All that a dictionary cannot take from a catalogue.
#[must_use]
pub fn check(page: &Page, entries: &[Entry]) -> Vec<Wrong> {
    let entries: Vec<_> = entries.iter().filter(|entry| !entry.obsolete).collect();
    let mut wrong = Vec::new();
    no_text_has_two_translations(&entries, &mut wrong);
    for entry in entries.iter().filter(|entry| !entry.text.is_empty()) {
        if entry.text.trim().is_empty() {
            wrong.push(at(
                entry,
                "this translation is blank; to take one out, leave nothing between the quotes",
            ));
        } else if !is_said(page, entry) {
            let place = entry
                .context
                .as_ref()
                .map(|context| format!(" in `{context}`"))
                .unwrap_or_default();
            wrong.push(at(
                entry,
                &format!("the vendor does not say `{}`{place}", one_line(&entry.id)),
            ));
        }
    }
    wrong.sort_by_key(|wrong| wrong.line);
    wrong
}

/// Texts that differ in form only are one text to a dictionary.
fn no_text_has_two_translations(entries: &[&Entry], wrong: &mut Vec<Wrong>) {
    let mut first = BTreeMap::<_, &Entry>::new();
    for &entry in entries {
        let Some(other) = first.get(&(&entry.context, text_key(&entry.id))) else {
            first.insert((&entry.context, text_key(&entry.id)), entry);
            continue;
        };
        let differ = entry.text != other.text && !entry.text.is_empty() && !other.text.is_empty();
        if entry.id == other.id || differ {
            let message = format!(
                "`{}` is already translated at line {}",
                one_line(&entry.id),
                other.line
            );
            wrong.push(at(entry, &message));
        }
    }
}

/// A text that the dictionary has was said once, even if the vendor has changed it since.
fn is_said(page: &Page, entry: &Entry) -> bool {
    page.says(entry.context.as_deref(), &entry.id) || page.dictionary.has(&entry.id)
}

fn at(entry: &Entry, message: &str) -> Wrong {
    Wrong {
        line: entry.line,
        message: message.to_owned(),
    }
}
