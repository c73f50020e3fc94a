//! Decides which tables hold codes, and says why.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::classify::account::{Account, ENOUGH, Known, points};
use crate::classify::code_column::candidates;
use crate::classify::columns::{Seen, in_one_line};
use crate::classify::header::{HeaderSense, heading_points};
use crate::classify::main_language;
use crate::classify::memo::Memo;
use crate::classify::roles;
use crate::classify::topic::{self, heading_names_codes};
use crate::classify::words::Sense;
use crate::document::{Document, Table};
use crate::extraction::{Column, Evidence, Hints, Holds, Role, TableHint};

/// What was decided about one table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict<'a> {
    pub(crate) holds: Holds,
    pub(crate) because: String,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) continues: Option<usize>,
    pub(crate) columns: Vec<Column<'a>>,
    pub(crate) doubts: Vec<String>,
    /// How many columns one entry has.
    pub(crate) period: usize,
    /// Are most of its codes names, so that a short text may be one too?
    pub(crate) holds_names: bool,
}

/// One verdict for each table.
pub(crate) fn classify<'a>(document: &'a Document, hints: &Hints) -> Vec<Verdict<'a>> {
    let language = main_language(document);
    let known = Known {
        senses: Memo::new(|header| Rc::new(HeaderSense::read(header))),
        headings: Memo::new(heading_points),
    };
    let mut verdicts: Vec<Verdict<'a>> = Vec::with_capacity(document.tables.len());
    for (index, table) in document.tables.iter().enumerate() {
        let hint = hints.tables.get(&index);
        let torn = verdicts
            .last()
            .filter(|before| is_torn(table, before, hint, &known));
        let verdict = match torn {
            Some(before) => continuation(before, index - 1),
            None => verdict(table, hint, language, &known, None),
        };
        verdicts.push(verdict);
    }
    for (index, alike) in like_tables_of_codes(document, &verdicts) {
        verdicts[index] = verdict(
            &document.tables[index],
            hints.tables.get(&index),
            language,
            &known,
            Some(alike),
        );
    }
    verdicts
}

/// The tables that nearly speak for codes and have the header of several that do, with how many those are.
fn like_tables_of_codes(document: &Document, verdicts: &[Verdict<'_>]) -> Vec<(usize, usize)> {
    let is_near = |verdict: &Verdict<'_>| {
        verdict.holds == Holds::Other
            && (ENOUGH - ALIKE..ENOUGH).contains(&points(&verdict.evidence))
    };
    let near: Vec<usize> = (0..verdicts.len())
        .filter(|&index| is_near(&verdicts[index]))
        .collect();
    let header = |index: usize| {
        document.tables[index]
            .header()
            .cells()
            .map(|cell| cell.text)
            .collect::<Vec<_>>()
    };
    let mut codes: BTreeMap<Vec<&str>, usize> =
        near.iter().map(|&index| (header(index), 0)).collect();
    if codes.is_empty() {
        return Vec::new();
    }
    for index in (0..verdicts.len()).filter(|&index| verdicts[index].holds == Holds::Codes) {
        codes.entry(header(index)).and_modify(|codes| *codes += 1);
    }
    let alike = near.into_iter().map(|index| (index, codes[&header(index)]));
    alike.filter(|&(_, alike)| alike >= 2).collect()
}

/// The points for that.
const ALIKE: i32 = 3;

/// Does a table without a header read like the table of codes just before it?
fn is_torn<'a>(
    table: &'a Table,
    before: &Verdict<'_>,
    hint: Option<&TableHint>,
    known: &Known<'a>,
) -> bool {
    let is_bare = table.header().cells().all(|cell| cell.is_empty());
    if hint.is_some() || !is_bare || !table.follows_table || before.holds == Holds::Other {
        return false;
    }
    let code = before
        .columns
        .iter()
        .position(|column| column.role == Role::Code);
    let same_width = before.columns.len() == table.header().len();
    let seen = || Seen::all(table, |_, _| None, &known.senses);
    let holds_codes = |code: usize| {
        seen()
            .get(code)
            .is_some_and(|seen| seen.profile.codes_percent() >= 60)
    };
    same_width && code.is_some_and(holds_codes)
}

fn continuation<'a>(before: &Verdict<'_>, index: usize) -> Verdict<'a> {
    let columns = before.columns.iter().map(|column| Column {
        header: Cow::Borrowed(""),
        role: column.role.clone(),
    });
    Verdict {
        holds: Holds::Codes,
        because: "it has no header, follows a table of codes and reads like it".to_owned(),
        evidence: Vec::new(),
        doubts: Vec::new(),
        continues: Some(index),
        columns: columns.collect(),
        holds_names: before.holds_names,
        period: before.period,
    }
}

/// `alike`: so many tables of codes have the same header.
fn verdict<'a>(
    table: &'a Table,
    hint: Option<&TableHint>,
    language: &str,
    known: &Known<'a>,
    alike: Option<usize>,
) -> Verdict<'a> {
    let mut seen = Seen::all(
        table,
        |column, header| {
            decided(hint, column, header).or_else(|| table.proposed.get(column).cloned().flatten())
        },
        &known.senses,
    );
    let period = if seen.len() < table.header().len() {
        table.header().len()
    } else {
        period(&seen)
    };
    // Of entries side by side the first ones stand for all.
    seen.truncate(period);
    let mut roles = roles::roles(
        &seen,
        language,
        table.syntax,
        heading_names_codes(table, known),
    );
    let code = roles.iter().position(|role| *role == Role::Code);
    let mut account = Account::default();
    match code {
        Some(code) => account.columns(table, &seen, &roles, code),
        None => account.add(-ENOUGH, "no column holds codes".to_owned()),
    }
    account.parameters(&seen, code);
    account.surroundings(table, known);
    if let Some(code) = code {
        topic::weigh(&mut account, table, &seen, code, known);
    }
    if let Some(alike) = alike {
        account.add(
            ALIKE,
            format!("{alike} tables of codes have the same header"),
        );
    }
    let points = account.points();
    let holds = holds(hint, &roles, points);
    let is_decided = hint.is_some_and(|hint| hint.holds.is_some());
    let because = if is_decided {
        "a person decided it".to_owned()
    } else {
        account.because(holds)
    };
    let doubts = if is_decided {
        Vec::new()
    } else {
        doubts(&seen, code, points, holds)
    };
    let holds_names = code.is_some_and(|code| seen[code].profile.holds_names());
    if period < table.header().len() {
        roles = roles
            .iter()
            .cycle()
            .take(table.header().len())
            .cloned()
            .collect();
    }
    roles.resize(table.header().len(), Role::None);
    let columns = table
        .header()
        .cells()
        .zip(roles)
        .map(|(cell, role)| Column {
            header: in_one_line(cell.text),
            role: if holds == Holds::Codes {
                role
            } else {
                Role::None
            },
        });
    let columns = columns.collect();
    let evidence = account.evidence;
    Verdict {
        holds,
        because,
        evidence,
        doubts,
        continues: None,
        columns,
        holds_names,
        period,
    }
}

/// How many columns one entry has; less than all where whole entries stand side by side.
fn period(seen: &[Seen<'_>]) -> usize {
    let width = seen.len();
    let repeats = |period: usize| {
        width.is_multiple_of(period)
            && seen[period..]
                .iter()
                .zip(seen)
                .all(|(column, first)| loose(&column.header) == loose(&first.header))
            && seen[..period]
                .iter()
                .any(|column| column.sense.points(Sense::Code) >= 3)
    };
    (2..=width / 2)
        .find(|&period| repeats(period))
        .unwrap_or(width)
}

/// What else it could have been, where that is close.
fn doubts(seen: &[Seen<'_>], code: Option<usize>, points: i32, holds: Holds) -> Vec<String> {
    let mut doubts = Vec::new();
    let Some(code) = code else { return doubts };
    if (ENOUGH - 2..=ENOUGH + 1).contains(&points) {
        let other = if holds == Holds::Codes {
            "something else"
        } else {
            "codes"
        };
        doubts.push(format!(
            "it could as well be a table of {other} ({points} points, and {ENOUGH} make a table of codes); \
             the overlay can settle it"
        ));
    }
    let own = seen[code].code_points(code);
    let near = candidates(seen)
        .into_iter()
        .filter(|&(column, points)| column != code && own - points <= 2);
    if holds == Holds::Codes {
        doubts.extend(near.map(|(column, _)| {
            format!(
                "`{}` could be the column of the codes as well as `{}`; `columns` in the overlay settles it",
                seen[column].header, seen[code].header
            )
        }));
    }
    doubts
}

fn decided(hint: Option<&TableHint>, column: usize, header: &str) -> Option<Role> {
    let same = |text: &str| loose(text) == loose(header);
    if let Some(role) = hint?.numbered.get(&column) {
        return Some(role.clone());
    }
    hint?
        .columns
        .iter()
        .find(|(text, _)| same(text))
        .map(|(_, role)| role.clone())
}

fn loose(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

fn holds(hint: Option<&TableHint>, roles: &[Role], points: i32) -> Holds {
    let names_code = |hint: &TableHint| {
        hint.columns
            .values()
            .chain(hint.numbered.values())
            .any(|role| *role == Role::Code)
    };
    let by_column = hint.is_some_and(names_code);
    match hint.and_then(|hint| hint.holds) {
        Some(holds) => holds,
        None if by_column && roles.contains(&Role::Code) => Holds::Codes,
        None if points >= ENOUGH => Holds::Codes,
        None => Holds::Other,
    }
}
