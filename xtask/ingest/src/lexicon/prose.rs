//! Sentences and cells in, what they tell out.

use crate::lexicon::concept::Concepts;
use crate::lexicon::fold::{fold_cell, fold_letter};
use crate::lexicon::traditional::simplified;
use crate::lexicon::words::Lexicon;

/// No cell that is a word is longer, in bytes.
const LONGEST_CELL: usize = 64;

impl Lexicon {
    /// Whether a folded sentence has a word that messages about errors have. `No error` has none: the
    /// longest word counts.
    pub(super) fn tells_of_failure(&self, folded: &str) -> bool {
        let mut from = 0;
        for (place, _) in folded.char_indices() {
            if place < from {
                continue;
            }
            let mut longest = None;
            self.prose
                .at(folded, place, |end, &fails| longest = Some((end, fails)));
            match longest {
                Some((_, true)) => return true,
                // The space after a word begins the next one.
                Some((end, _)) => from = end - usize::from(folded[..end].ends_with(' ')),
                None => {}
            }
        }
        false
    }

    /// What a cell says with nothing else in it.
    #[must_use]
    pub fn cell(&self, text: &str) -> Concepts {
        if text.len() > LONGEST_CELL {
            return Concepts::default();
        }
        let longest = self.longest_cell(text);
        if longest == 0 {
            return Concepts::default();
        }
        let folded = fold_cell(text, longest);
        // As it is written first: a traditional character may be a Japanese one.
        let known = self.cells.get(&folded).or_else(|| {
            if folded.is_ascii() {
                return None;
            }
            let simple: String = folded.chars().map(simplified).collect();
            self.cells.get(&simple)
        });
        known.copied().unwrap_or_default()
    }

    /// How long the longest word is that begins as this cell does, or 0. Most cells are sentences
    /// or codes, which this rules out before they are folded.
    fn longest_cell(&self, text: &str) -> usize {
        let first = text.trim_start().chars().next();
        let Some(first) = first.and_then(|first| fold_letter(first).next()) else {
            return 0;
        };
        let longest = |first: char| {
            self.cells
                .longest(first.encode_utf8(&mut [0; 4]).as_bytes())
        };
        longest(first).max(longest(simplified(first)))
    }
}
