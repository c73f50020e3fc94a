//! Checks a catalogue before it is imported: returns problems with their lines.

use std::collections::BTreeMap;

use errbook_spec::Code;
use errbook_spec::template::{Template, holes};

use crate::export::po::{Entry, Page, Wrong, context_of};
use crate::fold::text_key;
use crate::regen::{TextPlace, most_similar};
use crate::text::one_line;

/// Every problem that prevents the import of a catalogue.
#[must_use]
pub fn check(page: &Page, entries: &[Entry]) -> Vec<Wrong> {
    let entries: Vec<_> = entries.iter().filter(|entry| !entry.obsolete).collect();
    let mut wrong = check_entries(&entries);
    for entry in entries {
        let parameters = Parameters::of_vendor(page, entry);
        if let Some(context) = entry.context.as_deref().filter(|at| !page.has_scope(at)) {
            let message = format!(
                "`{context}` is not a set or a code of {}: `msgctxt` is a set, `Set.code` or \
                 `Set.code.symbol`",
                *page.spec.vendor
            );
            wrong.push(problem_at(entry, &message));
        } else if !entry.text.trim().is_empty() && !is_known_text(page, entry) {
            wrong.push(Wrong {
                line: entry.id_line,
                message: unknown_text(page, entry),
            });
        } else {
            wrong.extend(parameters.wrong_in(entry));
        }
    }
    wrong.sort_by_key(|wrong| wrong.line);
    wrong
}

/// What an import does not refuse, and the translator should know: parameters that a translation
/// leaves out, and those that are not used because they are fuzzy.
#[must_use]
pub fn warnings(page: &Page, entries: &[Entry]) -> Vec<Wrong> {
    let entries = entries.iter().filter(|entry| !entry.obsolete);
    let entries = entries.filter(|entry| !entry.text.is_empty());
    let mut warnings = Vec::new();
    for entry in entries {
        warnings.extend(Parameters::of_vendor(page, entry).missing_in(entry));
        let mut existing = page.translations.entries();
        let is_new = !existing.any(|text| text.is.value == entry.text);
        if entry.fuzzy && is_new {
            let message = "this translation is not used as long as its entry has the flag `fuzzy`: \
                           remove the flag once it is right";
            warnings.push(problem_at(entry, message));
        }
    }
    warnings
}

/// Why a text is unknown, and the most similar one.
fn unknown_text(page: &Page, entry: &Entry) -> String {
    let place = entry.context.as_ref().map(|at| format!(" in `{at}`"));
    let strings = page.gaps.strings.iter();
    let known: Vec<_> = strings
        .flat_map(|text| text.words.values())
        .map(|words| words.as_str())
        .collect();
    let nearest = most_similar(&entry.id, known.iter().copied());
    let nearest = nearest.map(|(_, at)| format!("; the most similar is `{}`", one_line(known[at])));
    format!(
        "unknown text `{}`{}: neither the document nor the translation file contains it{}; \
         do not change `msgid`: export the catalogue again, and merge your translations with \
         msgmerge",
        one_line(&entry.id),
        place.unwrap_or_default(),
        nearest.unwrap_or_default()
    )
}

/// How long a parameter may be that a translator wrote: `<numéro de la carte>`.
const LONGEST_NAME: usize = 40;

/// The parameters `<name>` that a translation may have.
pub(super) struct Parameters {
    known: Vec<String>,
    /// Those that it must have.
    needed: Vec<String>,
}

impl Parameters {
    pub(super) fn of_text(text: &str) -> Self {
        let needed: Vec<String> = holes(text).map(str::to_owned).collect();
        Self {
            known: needed.clone(),
            needed,
        }
    }

    /// Those of the text, and those that all of its codes have.
    fn of_vendor(page: &Page, entry: &Entry) -> Self {
        let places = page.places_in(entry.context.as_deref(), &entry.id);
        let codes = places
            .iter()
            .map(|(at, _)| match page.gaps.strings[*at].at {
                TextPlace::Message(set, code) | TextPlace::Remedy(set, code) => {
                    Some(&page.spec.sets[set].codes[code])
                }
                _ => None,
            });
        let codes: Vec<_> = codes.flatten().collect();
        let mut parameters = Self::of_text(&entry.id);
        let is_optional = |name: &str, code: &Code| {
            let mut params = code.params.iter();
            params.any(|param| *param.name == *name && param.optional)
        };
        parameters
            .needed
            .retain(|name| !codes.iter().any(|code| is_optional(name, code)));
        let of_codes: Vec<_> = codes.iter().map(|code| names(code)).collect();
        let (first, others) = match of_codes.split_first() {
            Some((first, others)) => (first.as_slice(), others),
            None => return parameters,
        };
        let in_all = first
            .iter()
            .filter(|name| others.iter().all(|names| names.contains(name)));
        for name in in_all {
            if !parameters.known.contains(name) {
                parameters.known.push(name.clone());
            }
        }
        parameters
    }

    /// What looks like a parameter, and is not one: `<clé>`, `< key >`, `<key`, `‹key›`.
    pub(super) fn wrong_in(&self, entry: &Entry) -> Option<Wrong> {
        let found = self.damaged_in(&entry.text, &entry.id)?;
        let help = match listed(&self.known) {
            known if known.is_empty() => "this text has none".to_owned(),
            known => format!("the parameters are {known}, to be written as they are"),
        };
        let message = format!("`{}` is not a parameter: {help}", one_line(&found));
        Some(problem_at(entry, &message))
    }

    /// The parameters that a translation leaves out.
    pub(super) fn missing_in(&self, entry: &Entry) -> Option<Wrong> {
        let is_missing = |name: &&String| !entry.text.contains(&format!("<{name}>"));
        let missing: Vec<_> = self.needed.iter().filter(is_missing).cloned().collect();
        let message = format!(
            "this translation leaves out {}, so that readers do not learn its value",
            listed(&missing)
        );
        (!missing.is_empty()).then(|| problem_at(entry, &message))
    }

    fn damaged_in(&self, text: &str, source: &str) -> Option<String> {
        let without_parameters = |text: &str| {
            let known = self.known.iter();
            known.fold(text.to_owned(), |text, name| {
                text.replace(&format!("<{name}>"), " ")
            })
        };
        let rest = without_parameters(text);
        let source = without_parameters(source);
        let is_new =
            |part: &String| rest.contains(part.as_str()) && !source.contains(part.as_str());
        let bracketed = rest
            .match_indices(['<', '＜', '‹'])
            .filter_map(|(at, open)| {
                let (inside, _) = rest[at + open.len()..].split_once(['>', '＞', '›', '\n'])?;
                let end = at + open.len() + inside.len();
                let close = rest[end..].chars().next()?;
                let name = inside.trim();
                let is_name = if open == "‹" {
                    // These are quotation marks in some languages.
                    self.known.iter().any(|known| known == name)
                } else {
                    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
                        && name.chars().count() <= LONGEST_NAME
                };
                (is_name && close != '\n').then(|| rest[at..end + close.len_utf8()].to_owned())
            });
        let broken = self.known.iter().flat_map(|name| {
            let opened = ["<", "＜", "&lt;"].map(|open| format!("{open}{name}"));
            let closed = [">", "＞", "&gt;"].map(|close| format!("{name}{close}"));
            let braces = [format!("{{{name}}}")];
            opened.into_iter().chain(closed).chain(braces)
        });
        bracketed.chain(broken).find(is_new)
    }
}

fn listed(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`<{name}>`")).collect();
    names.join(", ")
}

/// The names of the parameters of a code: those that it declares, and those of its symbol.
fn names(code: &Code) -> Vec<String> {
    let symbol = code.symbol.as_ref();
    let template = symbol.and_then(|symbol| Template::of(symbol, &code.params));
    let declared = code.params.iter().map(|param| param.name.value.clone());
    declared
        .chain(template.into_iter().flat_map(|template| template.names))
        .collect()
}

/// The problems that do not depend on what the catalogue belongs to. gettext refuses two entries
/// with the same text and context, and so must we: one would be lost.
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
        } else if entry.text.trim() != entry.text && entry.id.trim() == entry.id {
            wrong.push(problem_at(
                entry,
                "this translation begins or ends with whitespace or a line break, and its text \
                 does not",
            ));
        }
    }
    wrong
}

/// Whether the spec or the translation file contains the text. The vendor may have changed a text
/// of the translation file since.
fn is_known_text(page: &Page, entry: &Entry) -> bool {
    page.contains_text(entry.context.as_deref(), &entry.id)
        || page.translations.entries().any(|text| {
            context_of(text) == entry.context.as_deref()
                && text_key(&text.of) == text_key(&entry.id)
        })
}

pub(super) fn problem_at(entry: &Entry, message: &str) -> Wrong {
    Wrong {
        line: entry.line,
        message: message.to_owned(),
    }
}
