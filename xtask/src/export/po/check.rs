//! Checks a catalogue before it is imported: returns problems with their lines.

use std::collections::BTreeMap;

use crate::export::po::{Entry, Page, Wrong};
use crate::fold::text_key;
use crate::text::one_line;

/// Every problem that prevents the import of a catalogue.
#[must_use]
pub fn check(page: &Page, entries: &[Entry]) -> Vec<Wrong> {
    let entries: Vec<_> = entries.iter().filter(|entry| !entry.obsolete).collect();
    let mut wrong = Vec::new();
    no_text_has_two_translations(&entries, &mut wrong);
    for entry in entries.iter().filter(|entry| !entry.text.is_empty()) {
        if entry.text.trim().is_empty() {
            wrong.push(problem_at(
                entry,
                "this translation is only whitespace; \
                 to remove a translation, set `msgstr` to `\"\"`",
            ));
        } else if !is_known_text(page, entry) {
            let place = entry
                .context
                .as_ref()
                .map(|context| format!(" in `{context}`"))
                .unwrap_or_default();
            wrong.push(problem_at(
                entry,
                &format!(
                    "unknown text `{}`{place}: \
                     neither the document nor the translation file contains it",
                    one_line(&entry.id)
                ),
            ));
        }
    }
    wrong.sort_by_key(|wrong| wrong.line);
    wrong
}

/// Texts that differ only in whitespace and width have one entry in a translation file.
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
            wrong.push(problem_at(entry, &message));
        }
    }
}

/// Whether the spec or the translation file contains the text. The vendor may have changed a text
/// of the translation file since.
fn is_known_text(page: &Page, entry: &Entry) -> bool {
    page.contains_text(entry.context.as_deref(), &entry.id)
        || page.translations.has_entry(&entry.id)
}

fn problem_at(entry: &Entry, message: &str) -> Wrong {
    Wrong {
        line: entry.line,
        message: message.to_owned(),
    }
}
