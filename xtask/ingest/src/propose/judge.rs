//! What a candidate shows in, whether it lists codes out: the one place that decides it.

use crate::code::Atom;
use crate::propose::head::Form;
use crate::propose::layout::{Entry, Labels};
use crate::propose::words;

/// How a candidate is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Headings,
    /// Lines in bold, or codes alone in their lines, each with text below.
    Titles,
    Items,
    Lines,
    Fence,
}

/// What a candidate shows.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) shape: Shape,
    /// How much the text above speaks for codes.
    points: i32,
    /// How much the headings above the nearest one do.
    outer: i32,
    found: usize,
    /// Entries, and lines between them that are not entries.
    total: usize,
    /// Names and words, which only their place makes codes.
    loose: usize,
    words: usize,
    /// Numbers of at least three digits, constants and codes of letters and digits.
    long: usize,
    /// Long codes that differ from all before them.
    rising: usize,
    pairs: usize,
    introduced: usize,
    /// Codes with an HTTP status beside them.
    statuses: usize,
    /// Names that say themselves that they are errors: `ERROR_TIMEOUT`.
    named: usize,
    causes: usize,
    facts: usize,
    failing: usize,
    counts_entries: bool,
    all_have_joints: bool,
    /// How many have their text as the definition of a term.
    defined: usize,
}

/// Enough entries to see whether they tell of failures.
const SAMPLE: usize = 64;

impl Candidate {
    pub(super) fn new(shape: Shape, points: i32, outer: i32, entries: &[Entry]) -> Self {
        let heads = || entries.iter().filter_map(|entry| entry.head.as_ref());
        let found = heads().count();
        let labels = Labels::count(entries);
        let mut candidate = Candidate {
            shape,
            points,
            outer,
            found,
            total: entries.len(),
            loose: 0,
            words: 0,
            long: 0,
            rising: 0,
            pairs: 0,
            introduced: 0,
            statuses: 0,
            named: 0,
            causes: labels.causes(),
            facts: labels.facts(),
            failing: 0,
            counts_entries: found > 1,
            all_have_joints: true,
            defined: 0,
        };
        let mut before = i64::MIN;
        for (place, head) in heads().enumerate() {
            let form = head.form();
            candidate.loose += usize::from(form < Form::Code);
            candidate.words += usize::from(form == Form::Word);
            candidate.pairs += usize::from(head.cell.contains('(') || head.cell.contains(" = "));
            candidate.introduced += usize::from(head.is_introduced);
            candidate.statuses += usize::from(head.http.is_some());
            candidate.named += usize::from(names_error(&head.cell));
            candidate.counts_entries &= head.ordinal() == Some(place + 1);
            candidate.defined += usize::from(head.is_defined);
            candidate.all_have_joints &= head.cell.contains('_');
            let is_long = form == Form::Code
                && (head.cell.len() >= 3 || head.cell.starts_with('-'))
                && !matches!(head.family(), Some(Atom::Class));
            candidate.long += usize::from(is_long);
            if let Ok(number) = head.cell.parse::<i64>() {
                candidate.rising += usize::from(is_long && number.abs() > before);
                before = number.abs();
            }
        }
        let step = entries.len() / SAMPLE + 1;
        let mut looked_at = 0;
        for entry in entries
            .iter()
            .filter(|entry| entry.head.is_some())
            .step_by(step)
        {
            looked_at += 1;
            let Some(head) = &entry.head else { continue };
            let first = entry.pieces.first().map_or("", |piece| piece.text.as_str());
            let tells = [head.text.as_str(), &head.cell, first]
                .into_iter()
                .any(|text| words::tells_of_failure(&text[..text.floor_char_boundary(400)]));
            candidate.failing += usize::from(tells);
        }
        candidate.failing = (candidate.failing * found)
            .checked_div(looked_at)
            .unwrap_or(0);
        candidate
    }

    fn is_half(&self, count: usize) -> bool {
        count * 2 >= self.found.max(1)
    }

    /// What speaks for codes in the entries themselves.
    fn own_points(&self) -> i32 {
        let mut points = 0;
        if self.is_half(self.introduced) {
            points += 3;
        }
        if self.causes > 0 && self.is_half(self.causes) {
            points += 2;
        } else if self.facts > 1 && self.is_half(self.facts) {
            points += 1;
        }
        if self.failing >= 2 && self.is_half(self.failing) {
            points += 2;
        } else if self.failing >= 2 && self.failing * 4 >= self.found {
            points += 1;
        }
        // A list of this many numbers in order is a list of codes.
        let rises = self.rising * 10 >= self.found * 9;
        if self.found >= 50 && rises {
            points += 3;
        } else if self.found >= 10 && rises {
            points += 1;
        }
        points
    }

    fn is_called_error(&self) -> bool {
        self.is_half(self.introduced) || self.outer >= 4 && self.is_half(self.named)
    }
}

/// Whether the first word of a constant is one for errors.
fn names_error(cell: &str) -> bool {
    let first = cell.split(['_', '.', '(', ' ']).next().unwrap_or_default();
    first.len() < cell.len()
        && first.len() >= 3
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && words::introduction(first).is_error
}

/// Whether a candidate lists codes.
pub(super) fn looks_like_codes(candidate: &Candidate) -> bool {
    let Candidate {
        shape,
        points,
        outer,
        found,
        total,
        ..
    } = *candidate;
    if found == 0 || points < 0 && !candidate.is_called_error() {
        return false;
    }
    // A chapter about states on a page about error codes, with `ERROR_NO_SUCH_STATE`.
    let points = if points < 0 && outer >= 4 { 3 } else { points };
    if points <= -4 {
        return false;
    }
    let own = candidate.own_points();
    let all = points.max(0) + own;
    let is_covered = match shape {
        Shape::Headings | Shape::Titles | Shape::Fence => found * 10 >= total * 6,
        Shape::Items | Shape::Lines => found * 10 >= total * 8 && (found >= 3 || found == total),
    };
    if !is_covered {
        return false;
    }
    // `DENIED` beside `NOT_FOUND` is what that is.
    let are_few = candidate.words == 0 && candidate.loose * 2 <= found;
    if candidate.loose > 0 && !are_few && !has_loose_codes(candidate, points) {
        return false;
    }
    let by_labels = candidate.causes > 0 && candidate.is_half(candidate.causes);
    let is_strong = candidate.long == found && (points >= 4 || points == 3 && outer >= 4);
    match shape {
        Shape::Headings | Shape::Titles => {
            let fewest = match shape {
                Shape::Titles => 3,
                _ if by_labels || candidate.is_called_error() || is_strong => 1,
                _ => 2,
            };
            let is_numbered = candidate.counts_entries && !(by_labels && points >= 4);
            all >= 3 && found >= fewest && !is_numbered
        }
        Shape::Items | Shape::Lines => {
            let may_be_alone = shape == Shape::Items || candidate.defined == total;
            let fewest = if is_strong && may_be_alone {
                1
            } else if points >= 3 || all >= 5 {
                2
            } else {
                3
            };
            // With less said above, a name and a number in each are enough.
            let is_said = match points {
                2.. => true,
                1 => candidate.pairs == found || own >= 1,
                _ => {
                    own >= if shape == Shape::Lines && found >= 5 {
                        2
                    } else {
                        3
                    }
                }
            };
            let is_numbered = candidate.counts_entries && points < 4;
            is_said && found >= fewest && !is_numbered
        }
        Shape::Fence => found >= 3,
    }
}

/// Whether names that could be anything are codes in this place.
fn has_loose_codes(candidate: &Candidate, points: i32) -> bool {
    let Candidate {
        found,
        total,
        failing,
        ..
    } = *candidate;
    let tells = failing * 2 >= found;
    // `invalid_grant` needs less than `InvalidGrant`.
    let least = if candidate.all_have_joints { 2 } else { 3 };
    let is_named = points >= 4 || points >= least && tells;
    if candidate.words > 0 {
        // Names of fields are words, too.
        return is_named && tells && found >= 3 && found == total;
    }
    // `invalid_card (HTTP 400)` cannot be anything else.
    let have_statuses = points >= least && candidate.statuses == found;
    let fewest = if have_statuses || points >= 4 && candidate.all_have_joints {
        2
    } else {
        3
    };
    (is_named || have_statuses) && found >= fewest && found * 10 >= total * 8
}
