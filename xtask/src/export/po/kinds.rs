//! The catalogue of a registry's kinds: their titles, definitions and messages. All languages are
//! in the file of the taxonomy, so an import edits that file. It does not record which text a
//! translation is of: what a translator marks as fuzzy is left out, and reported.

use errbook_spec::facts::text_facts_of;
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::did_you_mean;
use errbook_spec::{Code, Spec, Texts, open};
use toml_edit::{DocumentMut, Item, Table, TableLike, value};

use crate::export::po::check::{Parameters, check_entries, problem_at};
use crate::export::po::{Entry, Wrong, header, write};
use crate::fold::text_key;
use crate::reference::quote_part;
use crate::text::one_line;

/// What the header of the catalogue names the taxonomy with.
pub const HEADER: &str = "X-Errbook-Kinds";

/// A text of a taxonomy.
struct Text<'a> {
    /// What it is: `Kind.success message`. No two texts have the same.
    context: String,
    /// The set, and the variant of the code, that it belongs to; empty for the taxonomy itself.
    of: Vec<&'a str>,
    key: &'static str,
    texts: &'a Texts,
}

/// Every text of a taxonomy, in the order of its file.
fn texts(spec: &Spec) -> Vec<Text<'_>> {
    let mut found = vec![Text {
        context: "title".to_owned(),
        of: Vec::new(),
        key: "title",
        texts: &spec.title,
    }];
    for set in &spec.sets {
        let name = quote_part(&set.name);
        found.push(Text {
            context: format!("{name} title"),
            of: vec![&set.name],
            key: "title",
            texts: &set.title,
        });
        for code in &set.codes {
            let facts = text_facts_of::<Code>();
            found.extend(facts.filter_map(|fact| {
                Some(Text {
                    context: format!("{name}.{} {}", quote_part(&code.code), fact.key),
                    of: vec![&set.name, &code.variant],
                    key: fact.key,
                    texts: fact.texts(code)?,
                })
            }));
        }
    }
    found.retain(|text| text.texts.contains_key(&spec.locale));
    found
}

/// The languages of a taxonomy into which it is translated.
#[must_use]
pub fn languages(spec: &Spec) -> Vec<String> {
    let mut tags: Vec<_> = texts(spec)
        .iter()
        .flat_map(|text| text.texts.keys().cloned())
        .filter(|tag| *tag != spec.locale.value)
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

impl Text<'_> {
    /// What the text is, and where it is shown.
    fn note(&self) -> &'static str {
        match (self.of.len(), self.key) {
            (0, _) => "the name of these kinds as a whole",
            (1, _) => "the heading above the list of all kinds",
            (_, "title") => "title: a name of a few words, beside codes in tables and on the site",
            (_, "message") => {
                "message: what an app shows to its users, in whole and polite sentences; \
                 \"we\" is the app"
            }
            (_, "doc") => {
                "definition, for developers and support staff: when a code is of this kind; names \
                 such as `source-unavailable` stay as they are"
            }
            _ => "a text of a kind",
        }
    }
}

/// The text of the catalogue.
#[must_use]
pub fn export(spec: &Spec, language: &str) -> String {
    let in_language = |texts: &Texts, tag: &str| texts.get(tag).map(|text| text.value.clone());
    let entries = texts(spec).into_iter().map(|text| {
        let others = text.texts.iter();
        let others = others.filter(|(tag, _)| ![&*spec.locale.value, language].contains(&&***tag));
        let others = others.map(|(tag, text)| format!("{tag}: {}", text.value));
        Entry {
            comments: [text.note().to_owned()].into_iter().chain(others).collect(),
            id: in_language(text.texts, &spec.locale).unwrap_or_default(),
            text: in_language(text.texts, language).unwrap_or_default(),
            context: Some(text.context),
            ..Entry::default()
        }
    });
    let header = header(spec, Some(&spec.locale), language, (HEADER, &spec.vendor));
    write(&header, &entries.collect::<Vec<_>>())
}

/// The file of a taxonomy after an import, and what changed in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The new text of the file.
    pub text: String,
    /// Number of new translations.
    pub added: usize,
    /// Number of changed translations.
    pub changed: usize,
    /// The texts whose translations were removed.
    pub removed: Vec<String>,
    /// Number of translations that are fuzzy, and left out.
    pub fuzzy: usize,
    /// Number of texts without a translation.
    pub left: usize,
    /// What the translator should know, though it is not refused.
    pub warnings: Vec<Wrong>,
}

/// Applies a catalogue to the file of a taxonomy.
///
/// # Errors
///
/// Every problem of the catalogue, and those that its translations cause in the taxonomy.
///
/// # Panics
///
/// The file is not TOML.
pub fn import(
    source: &Source,
    spec: &Spec,
    language: &str,
    entries: &[Entry],
) -> Result<Outcome, Vec<Wrong>> {
    let entries: Vec<_> = entries.iter().filter(|entry| !entry.obsolete).collect();
    let mut wrong = check_entries(&entries);
    let known = texts(spec);
    let mut outcome = Outcome::default();
    let document = source.text().parse::<DocumentMut>();
    let mut document = document.expect("the file was parsed before");
    for &entry in &entries {
        let context = entry.context.as_deref().unwrap_or_default();
        let Some(text) = known.iter().find(|text| text.context == context) else {
            let near = did_you_mean(context, known.iter().map(|text| &*text.context));
            let message = if context.is_empty() {
                "this entry has no `msgctxt`; `export po kinds` writes one for each text".to_owned()
            } else {
                format!("`msgctxt`: the kinds have no text `{context}`{near}")
            };
            wrong.push(problem_at(entry, &message));
            continue;
        };
        if text_key(&text.texts[&*spec.locale.value]) != text_key(&entry.id) {
            let message = format!(
                "the text of `{context}` has changed since this catalogue was written, to `{}`; \
                 export it again, and merge your translations with msgmerge",
                one_line(&text.texts[&*spec.locale.value])
            );
            wrong.push(Wrong {
                line: entry.id_line,
                message,
            });
            continue;
        }
        let parameters = Parameters::of_text(&entry.id);
        wrong.extend(parameters.wrong_in(entry));
        let before = text.texts.get(language).map(|text| text.value.as_str());
        if entry.fuzzy {
            let is_other = before.unwrap_or_default() != entry.text;
            outcome.fuzzy += usize::from(is_other);
            outcome.warnings.extend(before.map(|before| {
                let message = format!(
                    "`{context}` is fuzzy: `{}` stays published. Remove the flag if the new \
                     translation is right; to withdraw what is published, empty `msgstr` too",
                    one_line(before)
                );
                problem_at(entry, &message)
            }));
            continue;
        }
        if !entry.text.is_empty() {
            outcome.warnings.extend(parameters.missing_in(entry));
        }
        if before.unwrap_or_default() == entry.text {
            continue;
        }
        match before {
            _ if entry.text.is_empty() => outcome.removed.push(context.to_owned()),
            Some(_) => outcome.changed += 1,
            None => outcome.added += 1,
        }
        if edit(&mut document, text, language, &entry.text).is_none() {
            let message = format!(
                "`{context}` cannot be edited in {}: write its code as `[[set.code]]`",
                source.name()
            );
            wrong.push(problem_at(entry, &message));
        }
    }
    let translated = known
        .iter()
        .filter(|text| text.texts.contains_key(language));
    let translated = translated.count() + outcome.added - outcome.removed.len();
    outcome.left = known.len() - translated;
    if wrong.is_empty() {
        outcome.text = document.to_string();
        wrong = wrong_translations(
            &Source::new(source.name(), &outcome.text),
            language,
            &entries,
        );
    }
    if wrong.is_empty() {
        Ok(outcome)
    } else {
        Err(wrong)
    }
}

/// The file with another text in a language; an empty one is removed.
fn edit(document: &mut DocumentMut, text: &Text<'_>, language: &str, is: &str) -> Option<()> {
    let mut table: &mut dyn TableLike = document.as_table_mut();
    let levels = [("set", "name"), ("code", "variant")];
    for ((array, key), name) in levels.iter().zip(&text.of) {
        let items = table.get_mut(array)?.as_array_of_tables_mut()?;
        let is_it = |item: &&mut Table| item.get(key).and_then(Item::as_str) == Some(*name);
        table = items.iter_mut().find(is_it)?;
    }
    let texts = table.get_mut(text.key)?.as_table_like_mut()?;
    if is.is_empty() {
        texts.remove(language);
    } else if let Some(before) = texts.get_mut(language).and_then(Item::as_value_mut) {
        let decor = before.decor().clone();
        *before = is.into();
        *before.decor_mut() = decor;
    } else {
        texts.insert(language, value(is));
    }
    Some(())
}

/// What the translations make invalid in the new file, at their lines in the catalogue.
fn wrong_translations(source: &Source, language: &str, entries: &[&Entry]) -> Vec<Wrong> {
    let Err(broken) = open(source) else {
        return Vec::new();
    };
    let texts = texts(&broken.spec);
    let line_of = |place: &Place| {
        let text = texts.iter().find(|text| {
            let text = text.texts.get(language);
            text.is_some_and(|text| text.place.line == place.line)
        })?;
        let entry = entries
            .iter()
            .find(|entry| entry.context.as_ref() == Some(&text.context))?;
        Some(entry.line)
    };
    let wrong = broken.problems.iter().map(|problem| Wrong {
        line: line_of(&problem.place).unwrap_or(1),
        message: problem.message.clone(),
    });
    wrong.collect()
}
