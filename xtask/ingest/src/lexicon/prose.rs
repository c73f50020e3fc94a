//! Sentences and cells in, what they tell out.

use std::borrow::Cow;

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
    pub(super) fn cell(&self, text: &str) -> Concepts {
        if text.len() > LONGEST_CELL {
            return Concepts::default();
        }
        let text = text.trim();
        let first = text.chars().next();
        let Some(first) = first.and_then(|first| fold_letter(first).next()) else {
            return Concepts::default();
        };
        // Most cells are sentences or codes, which are ruled out before they are folded.
        let lengths = |first: char| {
            let mut bytes = [0; 4];
            self.cells.lengths(first.encode_utf8(&mut bytes).as_bytes())
        };
        let own = lengths(first);
        let simple = lengths(simplified(first));
        let may_be = |lengths: u64, length: usize| length < 64 && lengths >> length & 1 > 0;
        let Some(longest) = (own | simple).checked_ilog2() else {
            return Concepts::default();
        };
        let is_folded = keeps_length(text);
        if is_folded && !may_be(own | simple, text.len()) {
            return Concepts::default();
        }
        let folded = if is_folded {
            Cow::Borrowed(text)
        } else {
            fold_cell(text, longest as usize).into()
        };
        // As it is written first: a traditional character may be a Japanese one.
        let known = self.cells.get(&folded).or_else(|| {
            if folded.is_ascii() || !may_be(simple, folded.len()) {
                return None;
            }
            let simple: String = folded.chars().map(simplified).collect();
            self.cells.get(&simple)
        });
        known.copied().unwrap_or_default()
    }
}

/// Whether a cell is as long when it is folded: it has only ASCII, ideographs and single spaces
/// between them.
fn keeps_length(text: &str) -> bool {
    let mut is_after_space = true;
    let keeps = text.bytes().all(|b| {
        let is_space = b == b' ';
        let is_kept = matches!(b, b' '..=b'~' | 0x80..=0xBF | 0xE4..=0xE9);
        is_kept && !(std::mem::replace(&mut is_after_space, is_space) && is_space)
    });
    keeps && !is_after_space
}
