//! The words in a query, and the words of the index that they are.

use std::collections::HashSet;

use crate::search::How;
use crate::search::engine::weights::{IDENTIFIER, SYNONYM};
use crate::search::engine::{Engine, Unit, quality};
use crate::search::text::{forgiven, is_ideograph, nearest};

/// The maximum number of words of the index that replace an unfinished or mistyped word.
const MOST_EXPANSIONS: usize = 50;
/// The maximum number of unknown words that are looked up as typos; a query with more is not
/// mistyped.
const MOST_TYPOS: usize = 12;

impl Engine<'_> {
    /// Adds a unit for each word, and for each word of the field for a kind. Returns the position
    /// of the first of the words, unless there are none.
    pub(super) fn add_word_units(
        &self,
        chars: &[char],
        tokens: &[String],
        units: &mut Vec<Unit>,
    ) -> Option<usize> {
        for (phrase, kind) in &self.synonyms {
            let length = phrase.len();
            if tokens
                .windows(length.max(1))
                .any(|window| window == phrase.as_slice())
            {
                let fits = self.of_kind(*kind);
                let fits = fits
                    .map(|document| (document, quality::SAME, How::Kind))
                    .collect();
                units.push(Unit::of_documents("", SYNONYM, fits));
            }
        }
        let is_number = |token: &String| token.bytes().all(|byte| byte.is_ascii_digit());
        let is_last_open = chars.last().is_some_and(|c| c.is_alphanumeric());
        let last = tokens.last().filter(|_| is_last_open);
        // The words of a name that was found say nothing more.
        let names = units.iter().filter(|unit| unit.weight == IDENTIFIER);
        let mut seen: HashSet<String> = names
            .flat_map(|unit| self.language.tokens(&unit.source))
            .collect();
        seen.retain(|token| !is_number(token));
        let words = tokens
            .iter()
            .filter(|token| seen.insert((*token).clone()))
            .collect::<Vec<_>>();
        // A number by itself is a code, not a word that some text mentions.
        let has_words = words.iter().filter(|word| !is_number(word)).count() > 1;
        let is_labelled = units.iter().any(|unit| unit.is_hint);
        let begin = units.len();
        let mut typos = 0;
        for word in words
            .into_iter()
            .filter(|word| has_words || !is_number(word))
        {
            let tokens = match self.tokens.get(word.as_str()) {
                Some(token) => vec![(*token, quality::SAME)],
                None if is_number(word) => Vec::new(),
                None => {
                    typos += 1;
                    let is_tried = typos <= MOST_TYPOS;
                    if is_tried {
                        self.expansions(word, last == Some(word))
                    } else {
                        Vec::new()
                    }
                }
            };
            units.push(Unit {
                is_hint: is_labelled && is_number(word),
                source: word.clone(),
                weight: 0,
                documents: Vec::new(),
                tokens,
            });
        }
        (begin < units.len()).then_some(begin)
    }

    /// The known words that replace an unfinished or mistyped word.
    fn expansions(&self, word: &str, is_last: bool) -> Vec<(usize, u32)> {
        let length = word.chars().count();
        if is_last && length >= 2 && word.is_ascii() {
            let begins = |(_, (known, _)): &(usize, &(String, u32))| known.starts_with(word);
            let known = self.vocabulary.iter().enumerate().filter(begins);
            let known = known.map(|(at, _)| (at, quality::WORD_PREFIX));
            let known: Vec<_> = known.take(MOST_EXPANSIONS).collect();
            if !known.is_empty() {
                return known;
            }
        }
        if word.chars().any(is_ideograph) {
            return Vec::new();
        }
        let mut near = nearest(word, &self.vocabulary, forgiven(length));
        // Another word of three letters is another word.
        near.retain(|at| forgiven(self.vocabulary[*at].0.chars().count()) > 0);
        near.truncate(MOST_EXPANSIONS);
        near.into_iter().map(|at| (at, quality::TYPO)).collect()
    }
}
