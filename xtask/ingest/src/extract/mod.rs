//! Tables and what they hold in, codes out: each row accepted, ignored or quarantined.

mod cells;
mod entry;
mod rows;
mod unread;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::document::{Document, Syntax, Table};
use crate::extraction::{
    Accounting, CodeEntry, Extraction, Hints, Holds, Role, TableHint, TableReading,
};
use crate::judge::{self, Verdict, Weights};
use rows::Outcome;

pub use entry::merge_rows;

/// Reads each table of a document.
pub(super) fn extract<'a>(document: &'a Document, hints: &Hints) -> Extraction<'a> {
    extract_with(document, hints, judge::learned())
}

/// Reads each table of a document with other weights than those of this crate.
pub(crate) fn extract_with<'a>(
    document: &'a Document,
    hints: &Hints,
    weights: &Weights,
) -> Extraction<'a> {
    let verdicts = judge::judge(document, hints, weights);
    let tables = document.tables.iter().zip(verdicts);
    let readings = tables.enumerate().map(|(index, (table, verdict))| {
        let hint = hints.tables.get(&verdict.continues.unwrap_or(index));
        read_table(table, verdict, hint)
    });
    let mut tables: Vec<TableReading<'a>> = readings.collect();
    for table in &mut tables {
        let codes = table.codes.iter_mut().flat_map(|code| &mut code.problems);
        let texts = codes.map(|problem| &mut problem.text);
        let texts = texts.chain(table.problems.iter_mut().map(|problem| &mut problem.text));
        for text in texts.chain(&mut table.doubts) {
            document.describe_lines(text);
        }
    }
    let accounting = accounting(&tables);
    let unread = unread::unread(document, &tables);
    Extraction {
        tables,
        accounting,
        unread,
    }
}

fn read_table<'a>(
    table: &'a Table,
    mut verdict: Verdict<'a>,
    hint: Option<&TableHint>,
) -> TableReading<'a> {
    if hint.is_none() && verdict.holds == Holds::Codes {
        demote_repeated_symbol(table, &mut verdict);
    }
    let mut reading = TableReading {
        line: table.line,
        end_line: table.end_line,
        heading: heading(table),
        headings: &table.headings,
        syntax: table.syntax,
        holds: verdict.holds,
        rows: table.rows().len(),
        ..TableReading::default()
    };
    if verdict.holds == Holds::Codes {
        read_rows(table, &verdict, hint, &mut reading);
    }
    reading.because = verdict.because;
    reading.evidence = verdict.evidence;
    reading.doubts.splice(0..0, verdict.doubts);
    reading.continues = verdict.continues;
    reading.columns = verdict.columns;
    reading
}

/// A name that three of four rows share is a class of codes and not the symbol of one: `HY000` in
/// 244 of 275 rows.
fn demote_repeated_symbol(table: &Table, verdict: &mut Verdict<'_>) {
    // In fewer rows, a name may be repeated by chance.
    const FEW: usize = 8;
    let place = |role: Role| {
        verdict
            .columns
            .iter()
            .position(|column| column.role == role)
    };
    let (Some(code), Some(symbol)) = (place(Role::Code), place(Role::Symbol)) else {
        return;
    };
    let counts = |column: usize| {
        let mut counts = BTreeMap::<&str, usize>::new();
        for cell in table.rows().filter_map(|row| row.get(column)) {
            if !cell.is_empty() {
                *counts.entry(cell.text).or_default() += 1;
            }
        }
        counts
    };
    let names = counts(symbol);
    let filled: usize = names.values().sum();
    let Some((name, most)) = names.into_iter().max_by_key(|(_, count)| *count) else {
        return;
    };
    let are_codes_distinct = || counts(code).len() * 4 > table.rows().len() * 3;
    if filled < FEW || most * 4 <= filled * 3 || !are_codes_distinct() {
        return;
    }
    let is_first_section = place(Role::Section).is_none();
    let column = &mut verdict.columns[symbol];
    column.role = if is_first_section {
        Role::Section
    } else {
        Role::None
    };
    verdict.doubts.push(format!(
        "`{}` has `{name}` in {most} of {filled} rows, so that it is not the symbol; `columns` in \
         the overlay settles it",
        column.header
    ));
}

/// The nearest title: the table's own, else the heading above it, else a short line before it.
fn heading(table: &Table) -> Option<&str> {
    let is_short = |lead: &&str| {
        lead.chars().count() <= 60 && !lead.contains('\n') && !lead.starts_with("import ")
    };
    let nearest = table
        .caption
        .as_deref()
        .or(table.headings.last().map(|heading| &**heading));
    let lead = || {
        table
            .lead
            .as_deref()
            .filter(is_short)
            .map(|lead| lead.trim_end_matches([':', '：']))
    };
    nearest.or_else(lead)
}

/// Reads the rows of a table of codes.
fn read_rows<'a>(
    table: &'a Table,
    verdict: &Verdict<'a>,
    hint: Option<&TableHint>,
    reading: &mut TableReading<'a>,
) {
    let first = rows::Columns::new(table, verdict, hint);
    // Each header takes its roles from the first one, so that a column which one header omits has
    // its role again below the next.
    let mut below = None;
    let mut doubts = BTreeMap::new();
    let mut above = Above::Nothing;
    let mut continued = Vec::new();
    let mut section = None;
    // Most rows have one code.
    reading.codes.reserve(table.rows().len());
    for (place, row) in table.rows().enumerate() {
        if table.notes.binary_search(&place).is_ok() {
            reading.ignored += 1;
            reading.problems.push(rows::not_an_entry(row));
            continue;
        }
        // One example of a kind is enough.
        let columns = below.as_ref().unwrap_or(&first);
        if let Some(doubt) = columns.doubt(row) {
            doubts.entry(doubt.key).or_insert(doubt.text);
        }
        let start = reading.codes.len();
        match columns.read(row, &mut reading.codes, above) {
            Outcome::Accepted => {
                finish_entries(&mut reading.codes, above, start, &mut continued);
                if table.syntax != Syntax::List {
                    fill_section(&mut reading.codes[start..], &mut section);
                }
                above = Above::Codes { start };
                reading.accepted += 1;
            }
            Outcome::Continues(problem, more) => {
                reading.ignored += 1;
                reading.problems.push(problem);
                continued.push(*more);
            }
            Outcome::Passed(mut problem) => {
                // A title between the rows begins another section.
                section = section.filter(|_| problem.rule != "note-row");
                if !problem.is_between_rows() {
                    finish_entries(&mut reading.codes, above, start, &mut continued);
                    above = Above::Passed {
                        quarantined: problem.quarantined,
                    };
                }
                reading.ignored += usize::from(!problem.quarantined);
                reading.quarantined += usize::from(problem.quarantined);
                if problem.rule == "another-header" {
                    let columns = first.below(row);
                    let unused = columns
                        .unused()
                        .map(|name| format!("; `{name}` has no role"));
                    problem.text.extend(unused);
                    below = Some(columns);
                }
                reading.problems.push(problem);
            }
        }
    }
    let end = reading.codes.len();
    finish_entries(&mut reading.codes, above, end, &mut continued);
    reading.doubts.extend(doubts.into_values());
}

/// Gives entries without a section that of the row above: a section is often written only beside
/// its first code.
fn fill_section<'a>(entries: &mut [CodeEntry<'a>], section: &mut Option<Cow<'a, str>>) {
    for entry in entries {
        match &entry.section {
            None => entry.section.clone_from(section),
            own => section.clone_from(own),
        }
    }
}

/// The row that a row without a code of its own continues.
#[derive(Clone, Copy)]
enum Above {
    Nothing,
    /// One row may give several codes; these begin at `start`.
    Codes {
        start: usize,
    },
    /// It gave no code, so that its texts belong to none.
    Passed {
        quarantined: bool,
    },
}

/// Merges the rows that continue the last row into its entries, which end before `end`.
fn finish_entries<'a>(
    codes: &mut [CodeEntry<'a>],
    above: Above,
    end: usize,
    continued: &mut Vec<CodeEntry<'a>>,
) {
    if let Above::Codes { start } = above {
        for entry in &mut codes[start..end] {
            if !continued.is_empty() {
                entry::merge(entry, continued);
            }
            entry::promote(entry);
        }
    }
    continued.clear();
}

fn accounting(tables: &[TableReading<'_>]) -> Accounting {
    let mut sums = Accounting {
        tables: tables.len(),
        ..Accounting::default()
    };
    for table in tables.iter().filter(|table| table.holds == Holds::Codes) {
        sums.code_tables += 1;
        sums.rows += table.rows;
        sums.accepted += table.accepted;
        sums.ignored += table.ignored;
        sums.quarantined += table.quarantined;
    }
    sums
}
