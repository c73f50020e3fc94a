//! Checks a catalogue before it is imported: returns problems with their lines.

use std::collections::BTreeMap;

use crate::export::po::{Entry, Page, Wrong};
use crate::text::one_line;

/// Every problem that prevents the import of a catalogue.
#[must_use]
pub fn check(page: &Page, entries: &[Entry]) -> Vec<Wrong> {
    let entries: Vec<_> = entries.iter().filter(|entry| !entry.obsolete).collect();
    let mut wrong = check_entries(&entries);
    for entry in entries {
        if !entry.text.trim().is_empty() && !is_known_text(page, entry) {
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

/// The problems that do not depend on what the catalogue belongs to. gettext refuses two entries with
/// the same text and context, and so must we: one would be lost.
pub(super) fn check_entries(entries: &[&Entry]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut first = BTreeMap::<_, &Entry>::new();
    for &entry in entries {
        if let Some(other) = first.get(&(&entry.context, &entry.id)) {
            let message = format!(
                "`{}` is already translated at line {}",
                one_line(&entry.id),
                other.line
            );
            wrong.push(problem_at(entry, &message));
        } else {
            first.insert((&entry.context, &entry.id), entry);
        }
        if !entry.text.is_empty() && entry.text.trim().is_empty() {
            wrong.push(problem_at(
                entry,
                "this translation is only whitespace; \
                 to remove a translation, set `msgstr` to `\"\"`",
            ));
        }
    }
    wrong
}

/// Whether the spec or the translation file contains the text. The vendor may have changed a text
/// of the translation file since.
fn is_known_text(page: &Page, entry: &Entry) -> bool {
    page.contains_text(entry.context.as_deref(), &entry.id)
        || page.translations.has_entry(&entry.id)
}

pub(super) fn problem_at(entry: &Entry, message: &str) -> Wrong {
    Wrong {
        line: entry.line,
        message: message.to_owned(),
    }
}
