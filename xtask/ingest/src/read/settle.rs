//! A table as it was written in, the table that was meant out: is its header one?

use crate::code;
use crate::document::{Syntax, Table};
use crate::lexicon::{Concept, Phrase, names_codes, phrase};
use crate::sheet::{Cell, Row, Sheet};

/// Puts right what the syntax could not say.
pub(super) fn settle(table: &mut Table) {
    if table.syntax == Syntax::List {
        return;
    }
    lift_titles(table);
    if let Some(turned) = turned(table) {
        table.sheet = turned;
        return;
    }
    if is_bare(table) {
        promote_first_row(table);
    } else if header_is_a_row(table) {
        table.sheet.header_to_row(table.line);
    }
}

fn is_bare(table: &Table) -> bool {
    table.header().cells().all(|cell| cell.is_empty())
}

/// The header, unless it is bare, and the rows.
fn written_rows(table: &Table) -> impl Iterator<Item = Row<'_>> + Clone {
    let header = Some(table.header()).filter(|_| !is_bare(table));
    header.into_iter().chain(table.rows())
}

/// The table with rows for columns, if its first column holds what the header of others does:
/// `| Code | 1001 |` above `| Message | failed |`.
fn turned(table: &Table) -> Option<Sheet> {
    let rows: Vec<Row<'_>> = written_rows(table).take(MOST_LABELS + 1).collect();
    // The first row, because below `| Field | Length |` the row `| code | 4 |` is not a code.
    let codes = rows.first().filter(|row| row.len() > 1)?;
    // The words are looked up last, which is cheap for most tables.
    if rows.len() > MOST_LABELS
        || !codes.cells().skip(1).all(|cell| is_code(cell.text))
        || !codes.get(0).is_some_and(|cell| names_codes(cell.text))
    {
        return None;
    }
    let label = |row: &Row<'_>| row.get(0).map(|cell| phrase(cell.text));
    let labels: Vec<Phrase> = rows.iter().map(label).collect::<Option<_>>()?;
    let is_known = |label: &Phrase| !label.concepts().is_empty();
    let is_text = |label: &Phrase| label.concepts().has_any(&TEXTS);
    if !labels.iter().all(is_known) || !labels.iter().any(is_text) {
        return None;
    }
    let mut turned = Sheet::default();
    for column in 0..codes.len() {
        for row in &rows {
            let cell = row.get(column).unwrap_or_default();
            turned.add_cell(cell.text, 0, cell.struck);
        }
        if column == 0 {
            turned.end_header();
        } else {
            // A header has no line of its own.
            turned.end_row(codes.line.max(table.line));
        }
    }
    Some(turned)
}

/// What a record says of its code.
const TEXTS: [Concept; 4] = [
    Concept::Message,
    Concept::Description,
    Concept::Cause,
    Concept::Remedy,
];

/// No record has more facts.
const MOST_LABELS: usize = 16;

/// One number, or one name in capitals.
fn is_code(cell: &str) -> bool {
    match code::atom(cell) {
        Some(code::Atom::Number | code::Atom::Hex | code::Atom::Mixed) => true,
        Some(code::Atom::Symbol) => !cell.contains(|c: char| c.is_ascii_lowercase()),
        _ => false,
    }
}

/// Makes a caption of the titles above the header of a table.
fn lift_titles(table: &mut Table) {
    let rows_above = usize::from(is_bare(table));
    let titles: Vec<String> = titles(table).map(str::to_owned).collect();
    if titles.is_empty() {
        return;
    }
    // The first of them is the header, unless that is bare.
    for _ in 0..titles.len() + rows_above {
        table.sheet.first_row_to_header();
    }
    let lines: Vec<String> = table.caption.take().into_iter().chain(titles).collect();
    table.caption = Some(lines.join("\n"));
}

/// The rows with one text each that are above one that only a header can be.
fn titles(table: &Table) -> impl Iterator<Item = &str> {
    let rows = written_rows(table);
    let titles = rows.clone().map_while(title);
    let count = titles.clone().take(MOST_TITLES).count();
    let is_header =
        |row: Row<'_>| may_be_header(row) && row.cells().any(|cell| names_codes(cell.text));
    let mut below = rows.skip(count);
    let is_above_header = count > 0 && below.next().is_some_and(is_header);
    titles.take(if is_above_header { count } else { 0 })
}

/// More rows with one text each are a table of their own.
const MOST_TITLES: usize = 4;

/// The text of a row that has one: the others are empty, or the cell spans columns.
fn title(row: Row<'_>) -> Option<&str> {
    let mut texts = row
        .cells()
        .map(|cell| cell.text)
        .filter(|text| !text.is_empty());
    let title = texts.next()?;
    (row.len() > 1 && texts.all(|text| text == title)).then_some(title)
}

/// Whether a row has texts as headers are, in more than half of its cells.
fn may_be_header(row: Row<'_>) -> bool {
    let holds_text = |cell: Cell<'_>| {
        !cell.text.bytes().any(|b| b.is_ascii_digit()) && cell.text.chars().count() <= 40
    };
    let filled = row.cells().filter(|cell| !cell.is_empty()).count();
    filled * 2 > row.len() && filled > 1 && row.cells().all(holds_text)
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

/// The first row of a table without a header: that of an HTML table whose header cells are ordinary
/// ones, or one that only a header can be.
fn promote_first_row(table: &mut Table) {
    if table.rows().len() < 2 {
        return;
    }
    let Some(first) = table.rows().next() else {
        return;
    };
    if may_be_header(first)
        && !is_one_of_names(table)
        && (table.syntax == Syntax::Html || stands_above_codes(table))
    {
        table.sheet.first_row_to_header();
    }
}

/// Whether the first row begins with a constant as all the others do: `LIB_ERROR_UNKNOWN`, which
/// has a word that says nothing of headers.
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
