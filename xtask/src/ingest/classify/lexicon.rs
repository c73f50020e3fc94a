//! Finds all the words of a list in a text, in one pass over the text.

use std::collections::HashMap;

/// Words by their first letter.
pub(super) struct Lexicon {
    ascii: [Vec<(&'static str, usize)>; 128],
    other: HashMap<char, Vec<(&'static str, usize)>>,
}

impl Lexicon {
    /// Each word with its place in the list that it is from.
    pub(super) fn new(words: impl Iterator<Item = (&'static str, usize)>) -> Self {
        let mut lexicon = Lexicon { ascii: std::array::from_fn(|_| Vec::new()), other: HashMap::new() };
        for (word, place) in words {
            match word.chars().next() {
                Some(first) if first.is_ascii() => lexicon.ascii[first as usize].push((word, place)),
                Some(first) => lexicon.other.entry(first).or_default().push((word, place)),
                None => {}
            }
        }
        lexicon
    }

    /// The places of the words that stand anywhere in a text.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        text.char_indices().flat_map(|(at, _)| self.at(text, at))
    }

    /// The places of the words that stand in a text as whole words: it holds blanks and nothing
    /// else between words, and begins and ends with one.
    pub(super) fn find_whole<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let starts = text.match_indices(' ').map(|(at, _)| at + 1);
        starts.flat_map(move |at| {
            self.words(text, at)
                .filter(move |(word, _)| text[at + word.len()..].starts_with(' '))
                .map(|(_, place)| place)
        })
    }

    fn at<'a>(&'a self, text: &'a str, at: usize) -> impl Iterator<Item = usize> + 'a {
        self.words(text, at).map(|(_, place)| place)
    }

    fn words<'a>(&'a self, text: &'a str, at: usize) -> impl Iterator<Item = (&'static str, usize)> + 'a {
        let words = match text[at..].chars().next() {
            Some(first) if first.is_ascii() => self.ascii[first as usize].as_slice(),
            Some(first) => self.other.get(&first).map_or(&[][..], Vec::as_slice),
            None => &[],
        };
        words.iter().copied().filter(move |(word, _)| text[at..].starts_with(word))
    }
}
