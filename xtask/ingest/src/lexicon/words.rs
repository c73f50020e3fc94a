//! Files of words in, automata that find all of them in one pass out.

use smallvec::SmallVec;
use toml::de::{DeTable, DeValue};

use crate::lexicon::concept::{Concept, Concepts, Place};
use crate::lexicon::fold::{fold, fold_cell};
use crate::lexicon::matcher::Matcher;
use crate::lexicon::script::{Script, script};

/// The words of several languages.
#[derive(Clone, Default)]
pub(super) struct Lexicon {
    pub(super) languages: Vec<Language>,
    /// What headers, headings and labels are read by.
    pub(super) phrases: Matcher<Pattern>,
    /// Those of them that say error.
    pub(super) errors: Matcher<()>,
    /// What sentences are read by: does the word tell of a failure?
    pub(super) prose: Matcher<bool>,
    pub(super) cells: Matcher<Concepts>,
    /// Common words, with the languages that they are common in.
    pub(super) frequent: Matcher<SmallVec<[u8; 2]>>,
}

#[derive(Clone)]
pub(super) struct Language {
    pub(super) tag: String,
    /// Whether the word that a phrase is about comes first (`code d'erreur`) or last (`error code`).
    pub(super) head_first: bool,
    /// Common words, which tell the languages of one script apart.
    pub(super) frequent: Vec<String>,
}

/// What a word of a phrase means.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) meanings: SmallVec<[Meaning; 2]>,
    pub(super) script: Script,
    /// Whether the word goes on before or after the pattern, which then counts as covered.
    pub(super) any_beginning: bool,
    pub(super) any_ending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) language: u8,
    pub(super) concepts: Concepts,
    /// `of`: what the phrase is about comes before it.
    pub(super) is_link: bool,
}

impl Lexicon {
    /// Compiles files of words, each given as its name and its text.
    ///
    /// # Errors
    ///
    /// A file that is not TOML, or that has an unknown key or a word that is not a string.
    pub(super) fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let mut lexicon = Lexicon::default();
        for (name, text) in files {
            let added = lexicon.add(text);
            added.map_err(|message| format!("{name}: {message}"))?;
        }
        Ok(lexicon)
    }

    fn add(&mut self, text: &str) -> Result<(), String> {
        let table = DeTable::parse(text).map_err(|error| error.to_string())?;
        let mut language = Language {
            tag: String::new(),
            head_first: false,
            frequent: Vec::new(),
        };
        let number = u8::try_from(self.languages.len()).map_err(|_| "too many languages")?;
        for (key, value) in table.get_ref() {
            let key: &str = key.get_ref();
            let value = value.get_ref();
            match key {
                "language" => string(value)?.clone_into(&mut language.tag),
                "head" => {
                    language.head_first = match string(value)? {
                        "first" => true,
                        "last" => false,
                        other => return Err(format!("`{other}` is not `first` or `last`")),
                    }
                }
                "frequent" => {
                    for word in strings(value)? {
                        let word = fold(word).trim().to_owned();
                        let languages = self.frequent.add(&word, SmallVec::new());
                        languages.ok_or_else(|| too_long(&word))?.push(number);
                        language.frequent.push(word);
                    }
                }
                "of" => {
                    for word in strings(value)? {
                        self.add_phrase(word, number, None)?;
                    }
                }
                _ => {
                    let concept = Concept::from_key(key)
                        .ok_or_else(|| format!("`{key}` is not a concept"))?;
                    for word in strings(value)? {
                        self.add_word(word, number, concept)?;
                    }
                }
            }
        }
        self.languages.push(language);
        Ok(())
    }

    /// Adds a word that has a concept; `language` is the place of its language.
    pub(super) fn add_word(
        &mut self,
        word: &str,
        language: u8,
        concept: Concept,
    ) -> Result<(), String> {
        if concept.place() == Place::Cell {
            let folded = fold_cell(word, usize::MAX);
            let known = self.cells.add(&folded, Concepts::default());
            let known = known.ok_or_else(|| too_long(word))?;
            *known = known.with(concept);
            // Headers ask with the same words: `Free`, `是否免费`.
            if matches!(concept, Concept::Billed | Concept::Free) {
                self.add_phrase(word, language, Some(concept))?;
                self.add_phrase(word, language, Some(Concept::Billing))?;
            }
            return Ok(());
        }
        for form in forms(word)? {
            match concept.place() {
                Place::Prose => self.add_sentence_word(&form, concept == Concept::Failure)?,
                _ => self.add_phrase(&form, language, Some(concept))?,
            }
        }
        Ok(())
    }

    fn add_sentence_word(&mut self, word: &str, fails: bool) -> Result<(), String> {
        let (text, _) = pattern(word)?;
        let known = self.prose.add(&text, fails);
        known.map(drop).ok_or_else(|| too_long(word))
    }

    fn add_phrase(
        &mut self,
        word: &str,
        language: u8,
        concept: Option<Concept>,
    ) -> Result<(), String> {
        let (text, pattern) = pattern(word)?;
        if concept == Some(Concept::Error) {
            self.errors.add(&text, ());
        }
        let known = self.phrases.add(&text, pattern);
        let known = known.ok_or_else(|| too_long(word))?;
        let is_link = concept.is_none();
        let same =
            |meaning: &&mut Meaning| meaning.language == language && meaning.is_link == is_link;
        match known.meanings.iter_mut().find(same) {
            Some(meaning) => {
                meaning.concepts = meaning.concepts.union(concept.into_iter().collect());
            }
            None => known.meanings.push(Meaning {
                language,
                concepts: concept.into_iter().collect(),
                is_link,
            }),
        }
        Ok(())
    }
}

fn too_long(word: &str) -> String {
    format!("`{word}` is too long, or one word too many")
}

fn string<'a>(value: &'a DeValue<'_>) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| "expected a string".to_owned())
}

fn strings<'a>(value: &'a DeValue<'_>) -> Result<Vec<&'a str>, String> {
    let values = value.as_array().ok_or("expected an array of strings")?;
    values.iter().map(|value| string(value.get_ref())).collect()
}

/// The folded text that a word is found by: spaces at its ends are the ends of words, which
/// ideographs do not have.
fn pattern(word: &str) -> Result<(String, Pattern), String> {
    let any_beginning = word.starts_with('*');
    let any_ending = word.ends_with('*');
    let folded = fold(word.trim_matches('*'));
    let bare = folded.trim();
    if bare.is_empty() || word.trim_matches('*').contains('*') {
        return Err(format!("`{word}` is not a word"));
    }
    let first = bare.chars().next().map_or(Script::Other, script);
    let last = bare.chars().next_back().map_or(Script::Other, script);
    // One syllable of Korean is part of many other words.
    let is_short = bare.chars().nth(1).is_none();
    let ends = |script: Script| match script {
        Script::Ideographic => false,
        Script::Hangul => is_short,
        _ => true,
    };
    let mut text = String::with_capacity(folded.len());
    if ends(first) && !any_beginning {
        text.push(' ');
    }
    text.push_str(bare);
    if ends(last) && !any_ending {
        text.push(' ');
    }
    let pattern = Pattern {
        meanings: SmallVec::new(),
        script: first,
        any_beginning,
        any_ending,
    };
    Ok((text, pattern))
}

/// The forms of a word: `error(s)` is `error` and `errors`, `váli(do|da)` has each of the endings.
fn forms(word: &str) -> Result<Vec<String>, String> {
    let Some((before, rest)) = word.split_once('(') else {
        return Ok(vec![word.to_owned()]);
    };
    let (endings, after) = rest
        .split_once(')')
        .ok_or_else(|| format!("`{word}` has no `)`"))?;
    let optional = if endings.contains('|') {
        None
    } else {
        Some("")
    };
    let mut all = Vec::new();
    for after in forms(after)? {
        for ending in endings.split('|').chain(optional) {
            all.push([before, ending, &after].concat());
        }
    }
    Ok(all)
}
