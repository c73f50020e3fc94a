//! Words that a registry adds to those of `lexicon/*.toml`.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

use crate::lexicon::concept::Concept;
use crate::lexicon::phrase::Phrase;
use crate::lexicon::words::Lexicon;
use crate::lexicon::{LEXICON, tag};

/// The words that documents are read by: the built-in ones, and those that a registry adds.
#[derive(Clone, Copy, Default)]
pub struct Words(Option<&'static Lexicon>);

/// Words by language, a BCP 47 tag, and by the key of their [`Concept`].
pub type WordLists = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Why a word cannot be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordError {
    /// The lexicon does not have this language.
    Language(String),
    /// There is no such concept.
    Concept {
        /// The language of the list.
        language: String,
        /// The key.
        concept: String,
    },
    /// A word cannot be looked up.
    Word {
        /// The language of the list.
        language: String,
        /// The key of the concept.
        concept: String,
        /// What is wrong.
        message: String,
    },
}

thread_local! {
    /// What this thread reads a document with. Only [`Words::scope`] sets it, for as long as it reads
    /// one document, so that no document is read with the words of another: to hand the lexicon to
    /// each of the functions that ask what a word means would be a parameter of nearly every
    /// function of this crate.
    static CURRENT: RefCell<Option<Scope>> = const { RefCell::new(None) };
}

/// What one document is read with.
struct Scope {
    lexicon: &'static Lexicon,
    /// The short phrases that were read: the tables of a document share headers and headings.
    phrases: HashMap<Box<str>, Phrase>,
}

/// A longer phrase is hardly there twice, in bytes.
const LONGEST_KNOWN: usize = 100;

/// The lexicon that this thread reads with.
pub(super) fn current() -> &'static Lexicon {
    CURRENT.with_borrow(|scope| scope.as_ref().map_or(&*LEXICON, |scope| scope.lexicon))
}

/// Reads a phrase; once for each document.
pub(super) fn phrase(text: &str) -> Phrase {
    if text.len() > LONGEST_KNOWN {
        return current().phrase(text);
    }
    CURRENT.with_borrow_mut(|scope| {
        let Some(scope) = scope else {
            return LEXICON.phrase(text);
        };
        if let Some(known) = scope.phrases.get(text) {
            return known.clone();
        }
        let phrase = scope.lexicon.phrase(text);
        scope.phrases.insert(text.into(), phrase.clone());
        phrase
    })
}

impl Words {
    /// The built-in words and these.
    ///
    /// They stay in memory until the process ends, as the built-in ones do.
    ///
    /// # Errors
    ///
    /// A language that the lexicon does not have, a concept that does not exist, or a word that is
    /// empty, has a `*` in the middle, or is longer than 60 bytes.
    ///
    /// ```
    /// use errbook_ingest::lexicon::{WordLists, Words};
    ///
    /// let mut lists = WordLists::new();
    /// let german = lists.entry("de".to_owned()).or_default();
    /// german.insert("code".to_owned(), vec!["kennziffer".to_owned()]);
    /// assert!(Words::new(&lists).is_ok());
    /// let german = lists.entry("de".to_owned()).or_default();
    /// german.insert("kode".to_owned(), Vec::new());
    /// assert!(Words::new(&lists).is_err());
    /// ```
    pub fn new(lists: &WordLists) -> Result<Self, WordError> {
        if lists.values().all(BTreeMap::is_empty) {
            if let Some(language) = lists.keys().find(|language| tag(language).is_none()) {
                return Err(WordError::Language(language.clone()));
            }
            return Ok(Self::default());
        }
        let mut lexicon = LEXICON.clone();
        for (language, concepts) in lists {
            let place = LEXICON
                .languages
                .iter()
                .position(|known| known.tag == *language);
            let number = place.and_then(|place| u8::try_from(place).ok());
            let number = number.ok_or_else(|| WordError::Language(language.clone()))?;
            for (key, words) in concepts {
                let concept = Concept::from_key(key).ok_or_else(|| WordError::Concept {
                    language: language.clone(),
                    concept: key.clone(),
                })?;
                for word in words {
                    let added = lexicon.add_word(word, number, concept);
                    added.map_err(|message| WordError::Word {
                        language: language.clone(),
                        concept: key.clone(),
                        message,
                    })?;
                }
            }
        }
        Ok(Self(Some(Box::leak(Box::new(lexicon)))))
    }

    /// Reads something by these words.
    pub(crate) fn scope<T>(self, read: impl FnOnce() -> T) -> T {
        /// What was in scope before, also if `read` panics.
        struct Before(Option<Scope>);
        impl Drop for Before {
            fn drop(&mut self) {
                CURRENT.replace(self.0.take());
            }
        }
        let scope = Scope {
            lexicon: self.0.unwrap_or(&LEXICON),
            phrases: HashMap::new(),
        };
        let _before = Before(CURRENT.replace(Some(scope)));
        read()
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Words(extended)"
        } else {
            "Words(built-in)"
        })
    }
}

/// The tags of the languages that words can be added to.
pub fn languages() -> impl Iterator<Item = &'static str> {
    let tags = LEXICON
        .languages
        .iter()
        .map(|language| language.tag.as_str());
    tags.filter(|tag| !tag.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{WordError, WordLists, Words};
    use crate::lexicon::{cell, concepts};

    fn lists(language: &str, concept: &str, word: &str) -> WordLists {
        let words = vec![word.to_owned()];
        let concepts = [(concept.to_owned(), words)].into();
        [(language.to_owned(), concepts)].into()
    }

    #[test]
    fn words_are_known_in_their_scope_only() {
        let one = Words::new(&lists("en", "code", "frobnic(s)")).unwrap();
        let two = Words::new(&lists("en", "no", "frobnic")).unwrap();
        let is_code = || concepts("error frobnics").is_code();
        let is_no = || cell("Frobnic").is_yes();
        assert!(!is_code() && is_no().is_none());
        one.scope(|| {
            assert!(is_code() && is_no().is_none());
            two.scope(|| assert!(!is_code() && is_no() == Some(false)));
            Words::default().scope(|| assert!(!is_code()));
            let panics = std::panic::catch_unwind(|| two.scope(|| panic!("stopped")));
            assert!(panics.is_err() && is_code() && is_no().is_none());
            let other = std::thread::spawn(move || concepts("error frobnics").is_code());
            assert!(!other.join().unwrap());
        });
        assert!(!is_code() && is_no().is_none());
        assert!(
            concepts("error code").is_code(),
            "the built-in words are as they were"
        );
    }

    #[test]
    fn what_cannot_be_a_word_is_an_error() {
        let error = |language, concept, word| Words::new(&lists(language, concept, word)).err();
        assert_eq!(
            error("xx", "code", "a"),
            Some(WordError::Language("xx".to_owned()))
        );
        assert!(matches!(
            error("en", "kode", "a"),
            Some(WordError::Concept { .. })
        ));
        for word in ["", "a*b", "a(b", &"long ".repeat(20)] {
            assert!(
                matches!(error("en", "code", word), Some(WordError::Word { .. })),
                "{word}"
            );
        }
        let mut empty = WordLists::new();
        empty.insert("xx".to_owned(), std::collections::BTreeMap::new());
        assert!(Words::new(&empty).is_err());
    }
}
