//! The cells of one table, their texts end to end in one piece: a table costs three allocations,
//! however many cells it has.

use std::ops::Range;

/// The header and the rows of a table.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    texts: String,
    cells: Vec<Span>,
    header: Range<usize>,
    rows: Vec<Line>,
    /// The cells from here on belong to the row being written.
    ended: usize,
}

/// Where the text of a cell ends; it begins where the cell before it ends.
#[derive(Clone, Copy, Debug)]
struct Span {
    end: usize,
    /// How many rows above this one the cell begins.
    above: u32,
    struck: bool,
}

#[derive(Clone, Debug)]
struct Line {
    line: usize,
    cells: Range<usize>,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its line, counted from 1.
    pub line: usize,
    /// Its position among the rows of its table, counted from 0.
    pub position: usize,
    texts: &'a str,
    /// Where the text of its first cell begins.
    begin: usize,
    cells: &'a [Span],
}

/// One cell, as a reader of the rendered page sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Its text, markup and escapes gone, with `<br>` as a line break.
    pub text: &'a str,
    /// Is it the cell above, which spans rows?
    pub spans: bool,
    /// The position of the row that it begins in: this row's own, or that of a row above.
    pub row: usize,
    /// Is all of its text struck out?
    pub struck: bool,
}

impl Span {
    fn cell(self, text: &str, position: usize) -> Cell<'_> {
        Cell {
            text,
            spans: self.above > 0,
            row: position.saturating_sub(self.above as usize),
            struck: self.struck,
        }
    }
}

impl Cell<'_> {
    /// Is there nothing to see in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl<'a> Row<'a> {
    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Has it no cells?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cell of a column.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<Cell<'a>> {
        let span = self.cells.get(column)?;
        let begin = column
            .checked_sub(1)
            .map_or(self.begin, |before| self.cells[before].end);
        Some(span.cell(&self.texts[begin..span.end], self.position))
    }

    /// Its cells, from left to right.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'a>> + Clone + use<'a> {
        let (texts, position, mut begin) = (self.texts, self.position, self.begin);
        self.cells.iter().map(move |span| {
            let begin = std::mem::replace(&mut begin, span.end);
            span.cell(&texts[begin..span.end], position)
        })
    }

    /// Its cells in parts of this size, each part as a row.
    pub(super) fn chunks(self, size: usize) -> impl Iterator<Item = Row<'a>> {
        let mut begin = self.begin;
        self.cells.chunks(size).map(move |cells| {
            let end = cells.last().map_or(begin, |span| span.end);
            Row {
                begin: std::mem::replace(&mut begin, end),
                cells,
                ..self
            }
        })
    }
}

impl Sheet {
    /// The header; its cells are empty for a table without one.
    #[must_use]
    pub fn header(&self) -> Row<'_> {
        self.row(0, 0, &self.header)
    }

    /// The rows of the body.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> + DoubleEndedIterator + Clone {
        let rows = self.rows.iter().enumerate();
        rows.map(|(position, row)| self.row(position, row.line, &row.cells))
    }

    fn row(&self, position: usize, line: usize, cells: &Range<usize>) -> Row<'_> {
        let begin = cells
            .start
            .checked_sub(1)
            .map_or(0, |before| self.cells[before].end);
        Row {
            line,
            position,
            texts: &self.texts,
            begin,
            cells: &self.cells[cells.clone()],
        }
    }

    /// Adds a cell to the row being written.
    pub(super) fn add(&mut self, text: &str) {
        self.add_cell(text, 0, false);
    }

    /// Adds a cell that begins `above` rows above the row being written.
    pub(super) fn add_cell(&mut self, text: &str, above: usize, struck: bool) {
        self.texts.push_str(text);
        self.cells.push(Span {
            end: self.texts.len(),
            above: u32::try_from(above).unwrap_or(u32::MAX),
            struck,
        });
    }

    fn add_empty(&mut self, count: usize) {
        for _ in 0..count {
            self.add("");
        }
    }

    /// Makes the header at least so wide.
    pub(super) fn widen_header(&mut self, width: usize) {
        let header = self.header();
        let texts: Vec<String> = header.cells().map(|cell| cell.text.to_owned()).collect();
        if texts.len() < width {
            for text in &texts {
                self.add(text);
            }
            self.add_empty(width - texts.len());
            self.end_header();
        }
    }

    /// The row and the column of the cell that is added next.
    pub(super) fn next_cell(&self) -> (usize, usize) {
        (self.rows.len(), self.cells.len() - self.ended)
    }

    /// Adds the cell of the same column that begins `above` rows above.
    pub(super) fn repeat_cell(&mut self, above: usize) {
        let (row, column) = self.next_cell();
        let begun = row.checked_sub(above).and_then(|row| self.rows.get(row));
        let begun = begun.map(|begun| self.row(0, 0, &begun.cells));
        let cell = begun.and_then(|row| row.get(column)).unwrap_or_default();
        // Against inputs that repeat one text without end.
        let fits = cell.text.len() <= 256 || above <= 8;
        let text = if fits {
            cell.text.to_owned()
        } else {
            String::new()
        };
        let struck = cell.struck;
        self.add_cell(&text, above, struck);
    }

    /// Makes a row of the cells that were added.
    pub(super) fn end_row(&mut self, line: usize) {
        let cells = self.end();
        self.rows.push(Line { line, cells });
    }

    /// Makes the header of the cells that were added.
    pub(super) fn end_header(&mut self) {
        self.header = self.end();
    }

    fn end(&mut self) -> Range<usize> {
        std::mem::replace(&mut self.ended, self.cells.len())..self.cells.len()
    }

    /// The header was one more row: makes it the first, with an empty header above it.
    pub(super) fn header_to_row(&mut self, line: usize) {
        let cells = self.header.clone();
        self.add_empty(cells.len());
        self.end_header();
        self.rows.insert(0, Line { line, cells });
    }

    /// Makes the first row the header, at least as wide as the header was.
    pub(super) fn first_row_to_header(&mut self) {
        let width = self.header.len();
        let Line { cells, .. } = self.rows.remove(0);
        let texts: Vec<(String, bool)> = self
            .row(0, 0, &cells)
            .cells()
            .map(|cell| (cell.text.to_owned(), cell.struck))
            .collect();
        for (text, struck) in &texts {
            self.add_cell(text, 0, *struck);
        }
        self.add_empty(width.saturating_sub(texts.len()));
        self.end_header();
    }

    /// A copy of its own size, leaving this one empty for the next table.
    pub(super) fn take(&mut self) -> Sheet {
        let taken = self.clone();
        self.texts.clear();
        self.cells.clear();
        self.rows.clear();
        (self.header, self.ended) = (0..0, 0);
        taken
    }
}
