//! A table as it was written in, the table that was meant out: is its header one?

use super::super::classify::names_codes;
use super::super::code::{self, Atom};
use super::super::document::{Cell, Row, Syntax, Table};

/// Puts right what the syntax could not say.
pub(super) fn settle(table: &mut Table) {
    if table.syntax == Syntax::List {
        return;
    }
    let is_bare = table.header.iter().all(Cell::is_empty);
    if is_bare {
        promote_first_row(table);
    } else if header_is_a_row(table) {
        let header = std::mem::take(&mut table.header);
        table.header = vec![Cell::default(); header.len()];
        table.rows.insert(0, Row { line: table.line, cells: header });
    }
}

/// A header that is one more row of codes: `| 1001 | failed |` above the delimiter row.
fn header_is_a_row(table: &Table) -> bool {
    let is_number = |cell: &Cell| matches!(code::atom(&cell.text), Some(Atom::Number | Atom::Hex));
    let like = |column: usize| {
        let cells = table.rows.iter().take(50).filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty());
        let (alike, all) = cells.fold((0, 0), |(alike, all), cell| (alike + usize::from(is_number(cell)), all + 1));
        all > 0 && alike * 10 >= all * 8
    };
    let mut numbers = table.header.iter().enumerate().take(8).filter(|(_, cell)| is_number(cell));
    // More than one number is a header of years or sizes.
    let Some((column, first)) = numbers.next() else { return false };
    numbers.next().is_none() && first.text.trim_start_matches('-').len() >= 2 && like(column) && table.header.len() > 1
}

/// The first row of a table without a header: that of an HTML table whose header cells are ordinary ones, or one that
/// only a header can be.
fn promote_first_row(table: &mut Table) {
    if table.rows.len() < 2 {
        return;
    }
    let first = &table.rows[0];
    let holds_text = |cell: &Cell| !cell.text.bytes().any(|b| b.is_ascii_digit()) && cell.text.chars().count() <= 40;
    let filled = first.cells.iter().filter(|cell| !cell.is_empty()).count();
    let may_be_header = filled * 2 > first.cells.len() && filled > 1 && first.cells.iter().all(holds_text);
    if may_be_header && (table.syntax == Syntax::Html || stands_above_codes(table)) {
        let width = table.header.len();
        table.header = table.rows.remove(0).cells;
        table.header.resize_with(width.max(table.header.len()), Cell::default);
    }
}

/// Does the first row name codes, or have text where numbers stand in every other row?
fn stands_above_codes(table: &Table) -> bool {
    let (first, rest) = (&table.rows[0], &table.rows[1..]);
    let is_number = |cell: &Cell| matches!(code::atom(&cell.text), Some(Atom::Number | Atom::Hex));
    let above_numbers = |column: usize| {
        !first.cells[column].is_empty() && rest.iter().all(|row| row.cells.get(column).is_some_and(is_number))
    };
    first.cells.iter().any(|cell| names_codes(&cell.text)) || (0..first.cells.len().min(8)).any(above_numbers)
}
