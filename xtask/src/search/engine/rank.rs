//! The units of a query in, the documents that they fit out, best first.

use std::collections::HashSet;

use crate::search::engine::tally::{MOST_PARTS, Tally};
use crate::search::engine::weights::{IN_ORDER, SAME_LETTERS, SAME_TEXT};
use crate::search::engine::{Engine, Query, Unit, field};
use crate::search::text::normalized;
use crate::search::{How, Match, Matches, Target};

/// The number of codes that are compared by the order of their words.
const MOST_ORDERED: usize = 20;

/// How many words besides a number make a query a text.
const TEXT: usize = 3;

/// Whether a number alone may have found something.
fn is_by_number(how: How) -> bool {
    matches!(
        how,
        How::Code | How::Alias | How::Digits | How::SameDigits | How::Flag | How::Range | How::Note
    )
}

/// Whether some of the words of a text, and fewer than half, fit what was found.
fn is_of_few(parts: u32, units: &[Unit], first: usize) -> bool {
    let is_word = |unit: &Unit| {
        let is_letter = unit.source.chars().nth(1).is_none();
        !is_letter && !unit.source.bytes().all(|byte| byte.is_ascii_digit())
    };
    let words = units.iter().enumerate().skip(first);
    let words: Vec<_> = words.filter(|(_, unit)| is_word(unit)).collect();
    let is_found = |at: usize| parts >> at.min(MOST_PARTS) & 1 == 1;
    let found = words.iter().filter(|(at, _)| is_found(*at)).count();
    words.len() >= TEXT && found * 2 < words.len()
}

impl Engine<'_> {
    /// Adds up what each document gets. The units from `words` on are words.
    pub(super) fn rank(
        &self,
        query: &Query,
        units: &[Unit],
        words: Option<usize>,
        limit: usize,
    ) -> Matches {
        let mut scores = Tally::new(self.targets.len(), self.totals.len());
        for (at, unit) in units.iter().enumerate() {
            scores.begin_unit(at, unit.is_hint);
            for (document, quality, how) in &unit.documents {
                scores.add(*document, unit.weight * quality / 100, *how);
            }
            for (token, quality) in &unit.tokens {
                let points = self.weights[*token] * quality / 100;
                for text in &self.postings[*token] {
                    scores.add_to_text(*text, points);
                    for (document, field) in &self.places[*text] {
                        scores.add(*document, points * field / 100, How::Words);
                    }
                }
            }
        }
        let wanted: u32 = match words {
            Some(begin) => units[begin..].iter().map(|unit| self.wanted(unit)).sum(),
            None => 0,
        };
        let count = words.map_or(0, |begin| units.len() - begin);
        self.add_text_bonus(&mut scores, wanted, count);
        let first_word = words.unwrap_or(units.len());
        self.best(&scores, query, units, first_word, wanted, limit)
    }

    /// What a text gets at most for the unit of a word.
    fn wanted(&self, unit: &Unit) -> u32 {
        let points = unit
            .tokens
            .iter()
            .map(|(token, _)| self.weights[*token])
            .max();
        points.unwrap_or(self.rarest)
    }

    /// The more of a text is in the query, the better; best if it is all of the query.
    fn add_text_bonus(&self, scores: &mut Tally, wanted: u32, words: usize) {
        for at in 0..scores.texts.len() {
            let text = scores.texts[at];
            let matched = scores.in_text[text].min(self.totals[text]);
            let squared = u64::from(matched) * u64::from(matched);
            let bonus = squared / u64::from(self.totals[text].max(1));
            let bonus = u32::try_from(bonus).expect("no more than `matched`");
            let is_same = matched == wanted && matched == self.totals[text];
            let points = SAME_TEXT[words.min(3)];
            for (document, field) in &self.places[text] {
                scores.add_bonus(*document, bonus * field / 100, *field);
                if is_same && field::is_of_message(*field) {
                    scores.same_text(*document, points, How::Text);
                } else if is_same && *field == field::USER {
                    scores.same_text(*document, points, How::Kind);
                }
            }
            if is_same && words >= 3 {
                scores.same_texts.push(text);
            }
        }
    }

    fn best(
        &self,
        scores: &Tally,
        query: &Query,
        units: &[Unit],
        first_word: usize,
        wanted: u32,
        limit: usize,
    ) -> Matches {
        let is_asked = |document: &usize| {
            // Sets and ranges are found by a number, not as parts of what they belong to.
            let is_number = matches!(scores.how[*document], How::Note | How::Range);
            let is_code = matches!(self.targets[*document], Target::Code(..));
            scores.fits[*document] > 0 && (is_code || is_number)
        };
        let documents = scores.documents.iter().copied();
        let mut shown: Vec<usize> = documents.filter(is_asked).collect();
        let most = |points: &[u32]| shown.iter().map(|at| points[*at]).max();
        let best_fit = most(&scores.fits).unwrap_or(0);
        let best_score = most(&scores.scores).unwrap_or(0);
        let is_text_found = shown.iter().any(|at| scores.how[*at] == How::Text);
        let is_shown = |document: &usize| {
            let fit = scores.fits[*document];
            // Of words alone, a third must fit.
            let is_enough = scores.how[*document] != How::Words || fit * 3 >= wanted;
            // What shares some words with the query is worth less than half of what has all in
            // order. Only beside a whole text, which gets more for that, would it be nothing.
            let is_other = scores.how[*document] != How::Words || is_text_found;
            let is_near =
                (fit * 2 >= best_fit && is_other) || scores.scores[*document] * 2 >= best_score;
            is_near && is_enough
        };
        shown.retain(is_shown);
        let key = |document: &usize| {
            let last = u32::MAX - scores.scores[*document];
            (last, self.is_retired(*document), *document)
        };
        shown.sort_by_key(key);
        let first = shown.len().min(MOST_ORDERED);
        let ordered = |document: &usize| {
            let (last, is_retired, document) = key(document);
            let is_of_words = matches!(scores.how[document], How::Words | How::Text);
            let order = if is_of_words {
                self.order(document, query)
            } else {
                0
            };
            (last - order, is_retired, document)
        };
        shown[..first].sort_by_cached_key(ordered);
        let all_parts = (0..units.len()).fold(0, |parts, at| parts | 1 << at.min(MOST_PARTS));
        let first = shown.first();
        let is_complete = first.is_some_and(|first| scores.parts[*first] == all_parts);
        let is_guess = first.is_some_and(|first| {
            is_by_number(scores.how[*first]) && is_of_few(scores.parts[*first], units, first_word)
        });
        let parts = shown
            .iter()
            .fold(0_u32, |parts, document| parts | scores.parts[*document]);
        let is_unknown = |(at, unit): &(usize, &Unit)| {
            *at < MOST_PARTS && parts >> at & 1 == 0 && !unit.source.is_empty()
        };
        let unknown = units.iter().enumerate().filter(is_unknown);
        let to_match = |document: &usize| Match {
            target: self.targets[*document],
            score: scores.scores[*document],
            how: scores.how[*document],
        };
        Matches {
            total: shown.len(),
            is_complete,
            is_guess,
            matches: shown.iter().take(limit).map(to_match).collect(),
            unknown: unknown.map(|(_, unit)| unit.source.clone()).collect(),
            kinds: self.kinds_of(&scores.same_texts),
            ..Matches::default()
        }
    }

    /// The kinds that have one of some texts for users.
    fn kinds_of(&self, texts: &[usize]) -> Vec<usize> {
        let kinds = self.index.kinds.iter().enumerate();
        let own = kinds.filter(|(_, kind)| kind.message.iter().any(|text| texts.contains(text)));
        own.map(|(at, _)| at).collect()
    }

    /// What a code gets for the order of the words: for the pairs of neighbours that a message has
    /// in common with the query, and for being the same.
    fn order(&self, document: usize, query: &Query) -> u32 {
        let Target::Code(set, code) = self.targets[document] else {
            return 0;
        };
        let code = &self.index.sets[set].codes[code];
        let in_text = |text: &usize| {
            let chars = normalized(self.index.text(*text));
            let tokens = self.language.all_tokens(&chars);
            let pairs: HashSet<&[String]> = tokens.windows(2).collect();
            let common = pairs
                .iter()
                .filter(|pair| query.pairs.contains(**pair))
                .count();
            let same = if self.language.letters(&chars) == query.letters {
                SAME_LETTERS
            } else {
                0
            };
            u32::try_from(common).unwrap_or(0) * IN_ORDER + same
        };
        code.message
            .iter()
            .chain(&code.wording)
            .map(in_text)
            .max()
            .unwrap_or(0)
    }

    fn is_retired(&self, document: usize) -> bool {
        match self.targets[document] {
            Target::Code(set, code) => self.index.sets[set].codes[code].retired,
            Target::Set(_) | Target::Range(..) => false,
        }
    }
}
