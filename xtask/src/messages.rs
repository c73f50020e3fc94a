//! messages/LANG.toml: a dictionary from the vendor's text to one language, and which of its entries still hold.

use std::collections::BTreeMap;

use errbook_spec::fields::{Fields, parse as parse_toml};
use errbook_spec::place::{At, Source};
use errbook_spec::problem::Problems;
use errbook_spec::schema;

use crate::fold::text_key;
use crate::reference;

/// One language's translations of one vendor.
#[derive(Debug, Clone)]
pub struct Dictionary {
    /// The language, a BCP-47 tag.
    pub language: String,
    entries: Vec<Text>,
    /// The entries of each text, by its key.
    index: BTreeMap<String, Vec<usize>>,
}

/// One entry: what the vendor says, and what it is in this language.
#[derive(Debug, Clone)]
pub struct Text {
    /// A set or a code, where the entry holds there only.
    pub within: Option<At<String>>,
    /// The vendor's text.
    pub of: At<String>,
    /// The same in this language.
    pub is: At<String>,
    /// A translator doubts it: it is stale until somebody takes the mark away.
    pub marked: bool,
    scope: Vec<String>,
    matched: bool,
}

/// Parses a dictionary; its language is the name of its file.
///
/// # Errors
///
/// All that is not TOML or not of this format, and two entries for one text in one place.
pub fn parse(source: &Source, language: &str) -> Result<Dictionary, Problems> {
    let entries: Vec<Text> = parse_toml(source, |fields, problems| {
        schema(fields, problems);
        fields.array("text", text, problems)
    })?;
    let mut problems = Problems::default();
    let index = index(&entries, &mut problems);
    problems.finish(Dictionary {
        language: language.to_owned(),
        entries,
        index,
    })
}

fn text(mut fields: Fields<'_>, problems: &mut Problems) -> Text {
    let within = fields.text("in", problems);
    let scope = within.as_ref().map_or_else(
        || Some(Vec::new()),
        |within| reference::split_reference(within, 3),
    );
    if let (None, Some(within)) = (&scope, &within) {
        problems.push(
            &within.place,
            format!(
                "`{}` is not a set, `Set.code` or `Set.code.symbol`",
                within.value
            ),
        );
    }
    let text = Text {
        within,
        of: fields.required_text("of", problems),
        is: fields.required_text("is", problems),
        marked: fields.flag("stale", problems),
        scope: scope.unwrap_or_default(),
        matched: false,
    };
    fields.finish(problems);
    text
}

fn index(entries: &[Text], problems: &mut Problems) -> BTreeMap<String, Vec<usize>> {
    let mut index = BTreeMap::<String, Vec<usize>>::new();
    for (number, entry) in entries.iter().enumerate() {
        let same = index.entry(text_key(&entry.of)).or_default();
        if let Some(&first) = same
            .iter()
            .find(|&&other| entries[other].scope == entry.scope)
        {
            let first = &entries[first].of;
            let message = format!(
                "`{}` is already translated at {}",
                entry.of.value, first.place
            );
            problems.push_with_help(
                &entry.of.place,
                message,
                "keep one of the two, or say where with `in`",
            );
        }
        same.push(number);
    }
    index
}

impl Dictionary {
    /// The translation of a text that stands at a place, `[Set, code, symbol]` or less: the narrowest entry wins.
    pub fn translation(&mut self, text: &str, place: &[&str]) -> Option<At<String>> {
        let numbers = self.index.get(&text_key(text))?;
        let mut best: Option<usize> = None;
        for &number in numbers {
            let entry = &mut self.entries[number];
            if entry.marked {
                continue;
            }
            // A translator has not come to it yet.
            if entry.is.trim().is_empty() {
                entry.matched = true;
                continue;
            }
            if !place.iter().take(entry.scope.len()).eq(entry.scope.iter()) {
                continue;
            }
            entry.matched = true;
            let narrower =
                |best: usize| self.entries[number].scope.len() > self.entries[best].scope.len();
            if best.is_none_or(narrower) {
                best = Some(number);
            }
        }
        best.map(|number| self.entries[number].is.clone())
    }

    /// Notes that a text of this language is still used, though the document no longer holds what it translates.
    pub fn keep(&mut self, is: &str) {
        self.entries
            .iter_mut()
            .filter(|entry| entry.is.value == is)
            .for_each(|entry| entry.matched = true);
    }

    /// Whether there is an entry for a text, translated or not.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.index.contains_key(&text_key(text))
    }

    /// Every entry, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = &Text> {
        self.entries.iter()
    }

    /// The entries whose `of` the vendor says nowhere any more, and those that a translator doubts.
    pub fn stale(&self) -> impl Iterator<Item = &Text> {
        self.entries.iter().filter(|entry| !entry.matched)
    }
}
