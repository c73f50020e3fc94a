//! Is a table with a column of codes about errors at all, and not about other things that have codes?

use crate::classify::account::{Account, Known};
use crate::classify::cells::{Profile, SAMPLE};
use crate::classify::columns::Seen;
use crate::classify::header::HeaderSense;
use crate::classify::words::Sense;
use crate::document::{Syntax, Table};

/// Adds what speaks for errors and what speaks against them.
pub(super) fn weigh<'a>(
    account: &mut Account,
    table: &'a Table,
    seen: &[Seen<'_>],
    code: usize,
    known: &Known<'a>,
) {
    let topic = Topic::new(table, seen, code, known);
    topic.repetition(account);
    if topic.holds_statuses() {
        account.add(2, "its codes are HTTP statuses".to_owned());
        return;
    }
    let failures = topic.failures();
    topic.fields(account);
    topic.failing_rows(account, failures);
}

/// A table, with what its code column says and holds.
struct Topic<'t, 'a> {
    table: &'a Table,
    seen: &'t [Seen<'t>],
    code: usize,
    known: &'t Known<'a>,
    profile: &'t Profile<'t>,
    sense: &'t HeaderSense,
    /// At least 1.
    rows: usize,
}

impl<'t, 'a> Topic<'t, 'a> {
    fn new(table: &'a Table, seen: &'t [Seen<'t>], code: usize, known: &'t Known<'a>) -> Self {
        let profile = &seen[code].profile;
        Topic {
            table,
            seen,
            code,
            known,
            profile,
            sense: &seen[code].sense,
            rows: profile.filled.max(1),
        }
    }

    fn repetition(&self, account: &mut Account) {
        let profile = self.profile;
        if profile.distinct == 1 && profile.filled > 1 {
            account.add(
                -6,
                format!("each of {} rows has the same code", profile.filled),
            );
        } else if profile.is_repetitive() && profile.numbers == 0 {
            account.add(
                -6,
                format!("{} rows have two names between them", profile.filled),
            );
        }
    }

    fn fields(&self, account: &mut Account) {
        let (fields, rows) = (self.profile.fields, self.rows);
        if fields * 3 >= rows && fields > 1 {
            account.add(
                -8,
                format!("{fields} of its {rows} names are names of fields"),
            );
        }
    }

    /// Are all codes statuses of HTTP, and does something say that they are codes?
    fn holds_statuses(&self) -> bool {
        let all = self.profile.filled > 1 && self.profile.http == self.profile.filled;
        all && (self.seen[self.code].header.is_empty()
            || says_codes(self.sense)
            || self.is_introduced())
    }

    /// How many rows tell of a failure, in the column where most do.
    fn failures(&self) -> usize {
        let others = self
            .seen
            .iter()
            .enumerate()
            .filter(|&(column, _)| column != self.code);
        // `valid` and `invalid` in turn are marks and no messages.
        let others = others.filter(|(_, column)| !column.profile.is_repetitive());
        let mut failures = 0;
        for (_, column) in others {
            // One column is enough.
            if failures * 2 < self.rows {
                failures = failures.max(column.profile.failures());
            }
        }
        failures.max(self.profile.failures())
    }

    fn failing_rows(&self, account: &mut Account, failures: usize) {
        let rows = self.rows;
        // Where nothing else says so, most rows must.
        let is_said = self.has_named_codes() || self.is_introduced() || self.is_list();
        if failures * 10 >= rows * if is_said { 3 } else { 5 } {
            let looked_at = if self.table.rows().len() > SAMPLE {
                " looked at"
            } else {
                ""
            };
            // A long table that nothing introduces speaks for itself.
            let points = if !is_said && rows >= 8 { 3 } else { 2 };
            account.add(
                points,
                format!("{failures} of {rows} rows{looked_at} tell of a failure"),
            );
        } else if !is_said {
            account.add(
                -4,
                "neither header nor heading says that these are errors".to_owned(),
            );
        } else if rows > 3
            && self.sense.is_status()
            && !heading_names_errors(self.table, self.known)
        {
            account.add(
                -9,
                "they are states, and hardly one of them a failure".to_owned(),
            );
        } else if failures == 0 && self.is_short_and_open() {
            let points = if self.holds_names() {
                -5
            } else {
                -3 - i32::from(self.sense.is_status())
            };
            account.add(points, "no row tells of a failure".to_owned());
        } else if failures * 4 < rows && self.is_long_and_open() {
            let points = if failures == 0 && self.holds_names() {
                -6
            } else {
                -4
            };
            account.add(points, "hardly a row tells of a failure".to_owned());
        }
    }

    /// A few rows of which nothing says that they are errors.
    fn is_short_and_open(&self) -> bool {
        let rows = if self.sense.is_status() { 1..=3 } else { 2..=3 };
        let may_be_others = self.sense.points(Sense::Code) < 6 || self.sense.is_status();
        !self.is_list() && rows.contains(&self.rows) && may_be_others && !self.is_introduced()
    }

    /// Many rows with texts, of which nothing says that they are errors.
    fn is_long_and_open(&self) -> bool {
        let others = self
            .seen
            .iter()
            .enumerate()
            .filter(|&(column, _)| column != self.code);
        let has_texts = others
            .into_iter()
            .any(|(_, column)| column.profile.texts + column.profile.words > 0);
        let sense = self.sense;
        let is_named =
            sense.points(Sense::Code).max(sense.points(Sense::Http)) >= 6 && !sense.is_status();
        let is_introduced = self.is_introduced()
            && (sense.points(Sense::Code) > 0 || heading_speaks(self.table, self.known, 4));
        !self.is_list() && self.rows > 3 && has_texts && !is_named && !is_introduced
    }

    fn is_list(&self) -> bool {
        self.table.syntax == Syntax::List
    }

    fn is_introduced(&self) -> bool {
        heading_names_codes(self.table, self.known)
    }

    /// Does a header name codes, above cells that are some?
    fn has_named_codes(&self) -> bool {
        self.seen
            .iter()
            .any(|column| column.profile.codes_percent() >= 50 && says_codes(&column.sense))
    }

    /// Names of anything, as dictionaries have them.
    fn holds_names(&self) -> bool {
        self.seen.iter().any(|seen| {
            seen.profile
                .percent(seen.profile.symbols + seen.profile.mixed)
                >= 60
        })
    }
}

fn says_codes(sense: &HeaderSense) -> bool {
    sense.points(Sense::Code).max(sense.points(Sense::Http)) >= 3
}

/// Does what stands right above a table name error codes, in so many words?
fn heading_names_errors<'a>(table: &'a Table, known: &Known<'a>) -> bool {
    let nearest = table
        .caption
        .as_deref()
        .or(table.headings.last().map(|heading| &**heading));
    let is_error = |word: &str| {
        ["err", "错误", "エラー", "ошиб"]
            .iter()
            .any(|error| word.contains(error))
    };
    nearest
        .and_then(|text| known.headings.get(text))
        .is_some_and(|(word, points)| points >= 4 && is_error(word))
}

/// Does what stands right above a table name codes?
pub(super) fn heading_names_codes<'a>(table: &'a Table, known: &Known<'a>) -> bool {
    heading_speaks(table, known, 3)
}

/// Does it speak for codes with at least so many points? Codes of states have 3, of errors more.
fn heading_speaks<'a>(table: &'a Table, known: &Known<'a>, least: i32) -> bool {
    let nearest = [
        table.caption.as_deref(),
        table.headings.last().map(|heading| &**heading),
        table.lead.as_deref(),
    ];
    nearest
        .into_iter()
        .flatten()
        .filter_map(|text| known.headings.get(text))
        .any(|(_, points)| points >= least)
}
