//! The words of `lexicon/*.toml` and the sentences of `fixtures/languages.toml`, for tests that
//! write the same table in every language.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use errbook_ingest::lexicon::Concept;
use toml::de::{DeTable, DeValue};

/// The strings of a file by key.
type Strings = BTreeMap<String, Vec<String>>;

/// One language of the lexicon.
pub(crate) struct Language {
    pub(crate) tag: String,
    words: Strings,
    sentences: Strings,
}

/// All of them, by tag.
pub(crate) static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let sentences = DeTable::parse(include_str!("fixtures/languages.toml")).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon");
    let mut languages = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let words = strings(DeTable::parse(&text).unwrap().get_ref());
        let tag = words["language"][0].clone();
        // Signs and identifiers of no language.
        if tag == "zxx" {
            continue;
        }
        let sentences = sentences.get_ref().get(tag.as_str());
        let sentences = sentences.and_then(|value| value.get_ref().as_table());
        let sentences = sentences.unwrap_or_else(|| panic!("no sentences in {tag}"));
        languages.push(Language {
            sentences: strings(sentences),
            words,
            tag,
        });
    }
    languages.sort_by(|one, other| one.tag.cmp(&other.tag));
    languages
});

fn strings(table: &DeTable<'_>) -> Strings {
    let strings = |value: &DeValue<'_>| match value.as_array() {
        Some(values) => values
            .iter()
            .map(|value| value.get_ref().as_str().unwrap().to_owned())
            .collect(),
        None => vec![value.as_str().unwrap().to_owned()],
    };
    let keys = table.iter();
    keys.map(|(key, value)| (key.get_ref().to_string(), strings(value.get_ref())))
        .collect()
}

impl Language {
    /// The forms of each word of a concept. Of a word with any ending, the stem alone.
    pub(crate) fn forms(&self, concept: Concept) -> Vec<Vec<String>> {
        let words = self.words.get(concept.key()).into_iter().flatten();
        words
            .map(|word| forms(word.trim_end_matches('*')))
            .collect()
    }

    /// Every form of every word of a concept.
    pub(crate) fn words(&self, concept: Concept) -> Vec<String> {
        self.forms(concept).concat()
    }

    /// The words of a concept that are words by themselves, and not the second part of a compound.
    pub(crate) fn headers(&self, concept: Concept) -> Vec<String> {
        let mut words = self.words(concept);
        words.retain(|word| !word.starts_with('*'));
        words
    }

    /// The first word of a concept.
    pub(crate) fn first(&self, concept: Concept) -> String {
        let words = self.headers(concept);
        let word = words.into_iter().next();
        word.unwrap_or_else(|| panic!("{}: no word for {}", self.tag, concept.key()))
    }

    /// `error code`, as the language puts it.
    pub(crate) fn error_code(&self, error: &str, code: &str) -> String {
        // `Fehlercode`.
        if let Some(ending) = code.strip_prefix('*') {
            return [error, ending].concat();
        }
        let pattern = &self.sentences["error_code"][0];
        pattern.replace("{error}", error).replace("{code}", code)
    }

    /// The heading of a table of codes.
    pub(crate) fn heading(&self) -> String {
        self.error_code(&self.first(Concept::Error), &self.first(Concept::Code))
    }

    /// The sentences of one kind, again and again.
    pub(crate) fn sentences(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.sentences[kind].iter().map(String::as_str).cycle()
    }
}

/// `error(s)` is `error` and `errors`, `váli(do|da)` has each of the endings.
fn forms(word: &str) -> Vec<String> {
    let Some((before, rest)) = word.split_once('(') else {
        return vec![word.to_owned()];
    };
    let (endings, after) = rest.split_once(')').unwrap();
    let alone = if endings.contains('|') {
        None
    } else {
        Some("")
    };
    let mut all = Vec::new();
    for after in forms(after) {
        for ending in alone.into_iter().chain(endings.split('|')) {
            all.push([before, ending, &after].concat());
        }
    }
    all
}
