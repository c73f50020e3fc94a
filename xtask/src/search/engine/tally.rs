//! Adds up what documents and texts get.

use crate::search::How;
use crate::search::engine::field;
use crate::search::engine::weights::IDENTIFIER;

/// The units of a query that are told apart when those that were not found are listed.
pub(super) const MOST_PARTS: usize = 30;

/// What documents and texts have got so far.
pub(super) struct Tally {
    /// How much of the query fits, and that with what its order and its texts add.
    pub(super) fits: Vec<u32>,
    pub(super) scores: Vec<u32>,
    pub(super) how: Vec<How>,
    /// What the best unit gave, which decides `how`.
    most: Vec<u32>,
    /// What the present unit gave.
    given: Vec<u32>,
    unit_of: Vec<usize>,
    /// Which units fit, as bits.
    pub(super) parts: Vec<u32>,
    /// What the best message gave.
    bonus: Vec<u32>,
    /// The documents that have got something.
    pub(super) documents: Vec<usize>,
    pub(super) in_text: Vec<u32>,
    given_to_text: Vec<u32>,
    unit_of_text: Vec<usize>,
    pub(super) texts: Vec<usize>,
    /// The texts that are all of the query.
    pub(super) same_texts: Vec<usize>,
    unit: usize,
    /// Whether the present unit only decides between documents that others fit.
    is_hint: bool,
}

impl Tally {
    pub(super) fn new(documents: usize, texts: usize) -> Self {
        Self {
            fits: vec![0; documents],
            scores: vec![0; documents],
            how: vec![How::Words; documents],
            most: vec![0; documents],
            given: vec![0; documents],
            unit_of: vec![usize::MAX; documents],
            parts: vec![0; documents],
            bonus: vec![0; documents],
            documents: Vec::new(),
            in_text: vec![0; texts],
            given_to_text: vec![0; texts],
            unit_of_text: vec![usize::MAX; texts],
            texts: Vec::new(),
            same_texts: Vec::new(),
            unit: 0,
            is_hint: false,
        }
    }

    pub(super) fn begin_unit(&mut self, unit: usize, is_hint: bool) {
        self.unit = unit;
        self.is_hint = is_hint;
    }

    /// Gives points to a document; of one unit it gets the most that it is given.
    pub(super) fn add(&mut self, document: usize, points: u32, how: How) {
        if self.unit_of[document] != self.unit {
            if self.unit_of[document] == usize::MAX {
                self.documents.push(document);
            }
            self.unit_of[document] = self.unit;
            self.given[document] = 0;
            self.parts[document] |= 1 << self.unit.min(MOST_PARTS);
        }
        if points > self.given[document] {
            self.scores[document] += points - self.given[document];
            if !self.is_hint {
                self.fits[document] += points - self.given[document];
            }
            self.given[document] = points;
            if points > self.most[document] && !self.is_hint {
                self.most[document] = points;
                self.how[document] = how;
            }
        }
    }

    pub(super) fn add_to_text(&mut self, text: usize, points: u32) {
        if self.unit_of_text[text] != self.unit {
            if self.unit_of_text[text] == usize::MAX {
                self.texts.push(text);
            }
            self.unit_of_text[text] = self.unit;
            self.given_to_text[text] = 0;
        }
        if points > self.given_to_text[text] {
            self.in_text[text] += points - self.given_to_text[text];
            self.given_to_text[text] = points;
        }
    }

    /// Of several messages the best one counts, so that no code gains by having more of them.
    pub(super) fn add_bonus(&mut self, document: usize, bonus: u32, field: u32) {
        if field::is_of_message(field) {
            let before = self.bonus[document];
            self.bonus[document] = before.max(bonus);
            self.scores[document] += self.bonus[document] - before;
        } else if !field::is_of_name(field) {
            self.scores[document] += bonus;
        }
    }

    /// A document has a text that is all of the query; `how` says which.
    pub(super) fn same_text(&mut self, document: usize, points: u32, how: How) {
        if self.how[document] == How::Text {
            return;
        }
        if self.how[document] != how {
            self.scores[document] += points;
        }
        if self.most[document] < IDENTIFIER / 2 {
            self.how[document] = how;
        }
    }
}
