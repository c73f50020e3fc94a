//! A table as it was written in, the table that was meant out: is its header one?

use crate::code;
use crate::document::{Syntax, Table};
use crate::lexicon::names_codes;
use crate::lexicon::phrase;
use crate::sheet::Cell;

/// Puts right what the syntax could not say.
pub(super) fn settle(table: &mut Table) {
    if table.syntax == Syntax::List {
        return;
    }
    let is_bare = table.header().cells().all(|cell| cell.is_empty());
    if is_bare {
        promote_first_row(table);
    } else if header_is_a_row(table) {
        table.sheet.header_to_row(table.line);
    }
}

/// A header that is one more row of codes: `| 1001 | failed |` above the delimiter row.
fn header_is_a_row(table: &Table) -> bool {
    let is_number = |cell: &Cell<'_>| code::is_number(cell.text);
    let like = |column: usize| {
        let cells = table
            .rows()
            .take(50)
            .filter_map(|row| row.get(column))
            .filter(|cell| !cell.is_empty());
        let (alike, all) = cells.fold((0, 0), |(alike, all), cell| {
            (alike + usize::from(is_number(&cell)), all + 1)
        });
        all > 0 && alike * 10 >= all * 8
    };
    let mut numbers = table
        .header()
        .cells()
        .enumerate()
        .take(8)
        .filter(|(_, cell)| is_number(cell));
    // More than one number is a header of years or sizes.
    let Some((column, first)) = numbers.next() else {
        return false;
    };
    numbers.next().is_none()
        && first.text.trim_start_matches('-').len() >= 2
        && like(column)
        && table.header().len() > 1
}

/// The first row of a table without a header: that of an HTML table whose header cells are ordinary ones, or one that
/// only a header can be.
fn promote_first_row(table: &mut Table) {
    if table.rows().len() < 2 {
        return;
    }
    let Some(first) = table.rows().next() else {
        return;
    };
    let holds_text = |cell: Cell<'_>| {
        !cell.text.bytes().any(|b| b.is_ascii_digit()) && cell.text.chars().count() <= 40
    };
    let filled = first.cells().filter(|cell| !cell.is_empty()).count();
    let may_be_header = filled * 2 > first.len() && filled > 1 && first.cells().all(holds_text);
    if may_be_header
        && !is_one_of_names(table)
        && (table.syntax == Syntax::Html || stands_above_codes(table))
    {
        table.sheet.first_row_to_header();
    }
}

/// Whether the first row begins with a constant as all the others do: `LIB_ERROR_UNKNOWN`, which has a
/// word that says nothing of headers.
fn is_one_of_names(table: &Table) -> bool {
    let is_constant = |cell: Option<Cell<'_>>| {
        cell.is_some_and(|cell| cell.text.contains('_') && !cell.text.contains(' '))
    };
    let mut rows = table.rows();
    let first = rows.clone().next().and_then(|row| row.get(0));
    rows.all(|row| is_constant(row.get(0)))
        && first.is_some_and(|first| phrase(first.text).unknown() > 0)
}

/// Whether the first row names codes, or has text where every other row has numbers.
fn stands_above_codes(table: &Table) -> bool {
    let mut rest = table.rows();
    let Some(first) = rest.next() else {
        return false;
    };
    let is_number = |cell: Cell<'_>| code::is_number(cell.text);
    let above_numbers = |(column, cell): (usize, Cell<'_>)| {
        !cell.is_empty()
            && rest
                .clone()
                .all(|row| row.get(column).is_some_and(is_number))
    };
    first.cells().any(|cell| names_codes(cell.text))
        || first.cells().enumerate().take(8).any(above_numbers)
}
