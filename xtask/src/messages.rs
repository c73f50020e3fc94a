//! Parses messages/LANG.toml, the translations of the vendor's strings into one language, and
//! tracks which entries are used.

use std::collections::BTreeMap;

use errbook_spec::fields::{Fields, parse as parse_toml};
use errbook_spec::parse_schema;
use errbook_spec::place::{At, Source};
use errbook_spec::problem::Problems;

use crate::diff::form_key;
use crate::fold::text_key;
use crate::reference;

/// The translations of one vendor's strings into one language.
#[derive(Debug, Clone)]
pub struct Translations {
    /// The language, a BCP-47 tag.
    pub language: String,
    entries: Vec<Text>,
    /// The entries for each string, by its key.
    index: BTreeMap<String, Vec<usize>>,
    /// The same by the form of the string: a translation survives a change of case or of the
    /// punctuation between words.
    forms: BTreeMap<String, Vec<usize>>,
}

/// One entry: the vendor's string and its translation.
#[derive(Debug, Clone)]
pub struct Text {
    /// The set or code that the entry is limited to.
    pub within: Option<At<String>>,
    /// The vendor's string.
    pub of: At<String>,
    /// Its translation.
    pub is: At<String>,
    /// Whether it has `stale = true`: it is not used until a translator removes that line.
    pub marked: bool,
    /// The parts of `within`.
    scope: Vec<String>,
    /// Whether a lookup used it.
    matched: bool,
}

/// Parses a translation file. Its file name is the language.
///
/// # Errors
///
/// Everything that is not valid TOML or not of this format, and duplicate entries.
pub fn parse(source: &Source, language: &str) -> Result<Translations, Problems> {
    let entries: Vec<Text> = parse_toml(source, |fields, problems| {
        parse_schema(fields, problems);
        fields.array("text", parse_text, problems)
    })?;
    let mut problems = Problems::default();
    let index = index_entries(&entries, &mut problems);
    let mut forms = BTreeMap::<String, Vec<usize>>::new();
    for (number, entry) in entries.iter().enumerate() {
        forms.entry(form_key(&entry.of)).or_default().push(number);
    }
    problems.finish(Translations {
        language: language.to_owned(),
        entries,
        index,
        forms,
    })
}

fn parse_text(mut fields: Fields<'_>, problems: &mut Problems) -> Text {
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

fn index_entries(entries: &[Text], problems: &mut Problems) -> BTreeMap<String, Vec<usize>> {
    let mut index = BTreeMap::<String, Vec<usize>>::new();
    for (number, entry) in entries.iter().enumerate() {
        let same = index.entry(text_key(&entry.of)).or_default();
        if let Some(&first) = same.iter().find(|&&other| entries[other].is_twin_of(entry)) {
            let first = &entries[first].of;
            let message = format!(
                "`{}` is already translated at {}",
                entry.of.value, first.place
            );
            problems.push_with_help(
                &entry.of.place,
                message,
                "remove one of the two, or limit one to a set or a code with `in`",
            );
        }
        same.push(number);
    }
    index
}

impl Translations {
    /// The translation of a string at a place: `[Set, code, symbol]`, or the start of that. The
    /// entry with the narrowest scope wins, and in a scope that with exactly this string.
    pub fn translate(&mut self, text: &str, place: &[&str]) -> Option<At<String>> {
        let exact = self.index.get(&text_key(text));
        let numbers = exact.or_else(|| self.forms.get(&form_key(text)))?;
        let of_exactly = numbers.iter().map(|&number| &self.entries[number]);
        let of_exactly = of_exactly.filter(|entry| entry.of.value == text && entry.is_used());
        let scopes: Vec<_> = of_exactly.map(|entry| entry.scope.clone()).collect();
        let mut best: Option<usize> = None;
        for &number in numbers {
            let entry = &mut self.entries[number];
            let is_of_another = entry.of.value != text && scopes.contains(&entry.scope);
            if !place.iter().take(entry.scope.len()).eq(entry.scope.iter())
                || entry.marked
                || is_of_another
            {
                continue;
            }
            entry.matched = true;
            if !entry.is_translated() {
                continue;
            }
            let narrower =
                |best: usize| self.entries[number].scope.len() > self.entries[best].scope.len();
            if best.is_none_or(narrower) {
                best = Some(number);
            }
        }
        best.map(|number| self.entries[number].is.clone())
    }

    /// Marks a translation as used although its source string is no longer in the document.
    pub fn keep_translation(&mut self, is: &str) {
        self.entries
            .iter_mut()
            .filter(|entry| entry.is.value == is)
            .for_each(|entry| entry.matched = true);
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = &Text> {
        self.entries.iter()
    }

    /// The entries for a string, in the order of the file.
    pub fn entries_for(&self, text: &str) -> impl Iterator<Item = &Text> {
        let numbers = self.index.get(&text_key(text)).into_iter().flatten();
        numbers.map(|&number| &self.entries[number])
    }

    /// The translations whose source string was not looked up, and those that are marked as stale.
    /// An empty entry is missing, not stale.
    pub fn stale_entries(&self) -> impl Iterator<Item = &Text> {
        let is_stale = |entry: &&Text| !entry.matched && entry.is_translated();
        self.entries.iter().filter(is_stale)
    }
}

impl Text {
    /// Whether it is for the same string in the same scope. Strings that differ in whitespace or
    /// width may have an entry each, since a document may have both.
    fn is_twin_of(&self, other: &Self) -> bool {
        self.scope == other.scope && self.of.value == other.of.value
    }

    /// Whether it says something about its string: an empty entry does not.
    fn is_used(&self) -> bool {
        self.marked || self.is_translated()
    }

    /// Whether it has a translation: `is` is not empty.
    #[must_use]
    pub fn is_translated(&self) -> bool {
        !self.is.trim().is_empty()
    }
}
