//! What the cells of a column look like, enough to see which cell a short row lacks, and which
//! header all rows lack a cell for.

use crate::segment::pipes::{opens, pipes, width};

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Empty,
    Number,
    /// One word of ASCII.
    Word,
    Text,
}

fn kind(cell: &str) -> Kind {
    let cell = cell.trim().trim_matches(['`', '*']);
    if cell.is_empty() {
        Kind::Empty
    } else if cell
        .bytes()
        .all(|b| b.is_ascii_digit() || b"-+./xX".contains(&b))
    {
        Kind::Number
    } else if cell.is_ascii() && !cell.contains(' ') {
        Kind::Word
    } else {
        Kind::Text
    }
}

pub(super) fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim();
    let start = usize::from(opens(row));
    let mut from = start;
    let ends = pipes(row).skip(start).chain(std::iter::once(row.len()));
    let cells =
        ends.map(move |end| &row[std::mem::replace(&mut from, (end + 1).min(row.len()))..end]);
    cells.take(width(row))
}

/// Is the first cell of each row a name?
pub(super) fn are_names(rows: &[&str]) -> bool {
    rows.iter()
        .all(|row| cells(row).next().map(kind) == Some(Kind::Word))
}

/// Is a cell of each row a text?
pub(super) fn are_texts(rows: &[&str], column: usize) -> bool {
    rows.iter()
        .all(|row| cells(row).nth(column).map(kind) == Some(Kind::Text))
}

/// The kind of most cells of each column, over the first full rows.
pub(super) fn usual<'a>(rows: impl Iterator<Item = &'a str>, wanted: usize) -> Vec<Kind> {
    let full = rows.filter(|row| width(row) == wanted).take(50);
    let mut counts = vec![[0_usize; 4]; wanted];
    for row in full {
        for (count, cell) in counts.iter_mut().zip(cells(row)) {
            count[kind(cell) as usize] += 1;
        }
    }
    let kinds = [Kind::Empty, Kind::Number, Kind::Word, Kind::Text];
    let most = |count: [usize; 4]| {
        kinds[1..]
            .iter()
            .copied()
            .max_by_key(|&kind| count[kind as usize])
    };
    counts
        .into_iter()
        .map(|count| most(count).unwrap_or(Kind::Empty))
        .collect()
}

/// Do a row's cells fit the last columns better than the first ones?
pub(super) fn lacks_its_first(row: &str, usual: &[Kind]) -> bool {
    let have = width(row).min(usual.len());
    let fit = |columns: &[Kind]| {
        cells(row)
            .zip(columns)
            .filter(|(cell, usual)| kind(cell) == **usual)
            .count()
    };
    fit(&usual[usual.len() - have..]) > fit(&usual[..have])
}
