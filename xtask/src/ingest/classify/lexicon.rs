//! Finds all the words of a list in a text, in one pass over the text.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Words, each with its place in the list that it is from.
pub(super) struct Lexicon {
    automaton: AhoCorasick,
    places: Vec<usize>,
}

impl Lexicon {
    /// Words of ASCII are found in capitals too.
    pub(super) fn new<W: AsRef<[u8]>>(words: impl Iterator<Item = (W, usize)>) -> Self {
        let (words, places): (Vec<W>, Vec<usize>) = words.unzip();
        let kind = Some(AhoCorasickKind::DFA);
        let builder = AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(words);
        let automaton = builder.expect("the lists are a few hundred short words");
        Lexicon { automaton, places }
    }

    /// The places of the words that stand anywhere in a text.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.automaton.find_overlapping_iter(text).map(|found| self.places[found.pattern().as_usize()])
    }

    /// Does any of the words stand in a text?
    pub(super) fn finds_any(&self, text: &str) -> bool {
        self.automaton.is_match(text)
    }
}
