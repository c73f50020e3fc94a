//! The cells of an HTML table as they come, laid out in rows and columns.

use std::borrow::Cow;

use super::super::document::{Syntax, Table};
use super::super::sheet::Sheet;
use super::{markdown, text};

/// No table that a person reads is wider; spans do not widen one beyond it.
const WIDEST: usize = 256;

/// A cell as its tag says.
#[derive(Default)]
pub(super) struct RawCell {
    pub(super) is_header: bool,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
    pub(super) text: String,
}

/// A cell in its column.
#[derive(Default)]
struct Cell {
    text: String,
    spans: bool,
}

#[derive(Default)]
struct RawRow {
    line: usize,
    in_head: bool,
    cells: Vec<RawCell>,
}

/// A table while it is read.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of one element whether it is open"
)]
pub(super) struct Grid {
    line: usize,
    rows: Vec<RawRow>,
    in_head: bool,
    row_is_open: bool,
    cell_is_open: bool,
    caption: Option<String>,
    caption_is_open: bool,
    in_sup: bool,
    mended: usize,
}

impl Grid {
    pub(super) fn new(line: usize) -> Self {
        Grid {
            line,
            ..Grid::default()
        }
    }

    pub(super) fn start_row(&mut self, line: usize) {
        self.mended += usize::from(self.row_is_open);
        self.rows.push(RawRow {
            line,
            in_head: self.in_head,
            cells: Vec::new(),
        });
        (self.row_is_open, self.cell_is_open) = (true, false);
    }

    pub(super) fn start_cell(&mut self, line: usize, cell: RawCell) {
        if !self.row_is_open {
            self.start_row(line);
            self.mended += 1;
        }
        self.mended += usize::from(self.cell_is_open);
        self.caption_is_open = false;
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(cell);
        }
        self.cell_is_open = true;
    }

    pub(super) fn close_row(&mut self) {
        self.mended += usize::from(!self.row_is_open);
        (self.row_is_open, self.cell_is_open) = (false, false);
    }

    pub(super) fn close_cell(&mut self) {
        self.mended += usize::from(!self.cell_is_open);
        self.cell_is_open = false;
    }

    pub(super) fn start_head(&mut self) {
        self.in_head = true;
    }

    pub(super) fn end_head(&mut self) {
        (self.in_head, self.row_is_open, self.cell_is_open) = (false, false, false);
    }

    pub(super) fn start_caption(&mut self) {
        self.caption = Some(String::new());
        self.caption_is_open = true;
    }

    pub(super) fn end_caption(&mut self) {
        self.caption_is_open = false;
    }

    pub(super) fn sup(&mut self, inside: bool) {
        self.in_sup = inside;
    }

    pub(super) fn push(&mut self, text: Cow<'_, str>) {
        let text = if self.in_sup {
            text::raised(&text)
        } else {
            text
        };
        if self.caption_is_open
            && let Some(caption) = &mut self.caption
        {
            caption.push_str(&text);
        } else if self.cell_is_open
            && let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut())
        {
            let after_break = cell.text.trim_end_matches(' ').is_empty()
                || cell.text.trim_end_matches(' ').ends_with('\n');
            if text != "\n" || !after_break {
                cell.text.push_str(&text);
            }
        } else if self.row_is_open
            && !text.trim().is_empty()
            && let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut())
        {
            // Text between two cells: the cell before it was closed too early.
            self.mended += 1;
            cell.text.push_str(&text);
        }
    }

    pub(super) fn finish(self, end_line: usize) -> (Table, usize) {
        let head = self.head_rows();
        let caption = self
            .caption
            .as_deref()
            .map(text::tidy)
            .filter(|caption| !caption.is_empty());
        let caption = caption.map(Cow::into_owned);
        let mut table = Table {
            line: self.line,
            end_line,
            syntax: Syntax::Html,
            caption,
            ..Table::default()
        };
        let mut layout = Layout::default();
        let mut header = Vec::new();
        for (index, raw) in self.rows.into_iter().enumerate() {
            // A row without a cell is nothing on the page.
            if raw.cells.is_empty() {
                continue;
            }
            let line = raw.line;
            let cells = layout.row(raw, index < head);
            if index < head {
                merge(&mut header, cells);
            } else {
                add(&mut table.sheet, &cells);
                table.sheet.end_row(line);
            }
        }
        let width = table
            .rows()
            .map(|row| row.len())
            .max()
            .unwrap_or(0)
            .max(header.len());
        header.resize_with(width, Cell::default);
        add(&mut table.sheet, &header);
        table.sheet.end_header();
        (table, self.mended)
    }

    /// The rows of the head; the first row if all its cells are headers.
    fn head_rows(&self) -> usize {
        let in_head = self.rows.iter().take_while(|row| row.in_head).count();
        let is_header =
            |row: &RawRow| !row.cells.is_empty() && row.cells.iter().all(|cell| cell.is_header);
        let first = self.rows.first().is_some_and(is_header);
        if in_head > 0 && in_head < self.rows.len() {
            in_head
        } else {
            usize::from(first)
        }
    }
}

fn add(sheet: &mut Sheet, cells: &[Cell]) {
    for cell in cells {
        sheet.add(&cell.text, cell.spans);
    }
}

/// Two rows of headers are one header: `Status` above `Code` is `Status Code`.
fn merge(header: &mut Vec<Cell>, row: Vec<Cell>) {
    if header.len() < row.len() {
        header.resize_with(row.len(), Cell::default);
    }
    for (known, cell) in header.iter_mut().zip(row) {
        if known.text.is_empty() {
            *known = cell;
        } else if !cell.text.is_empty() && known.text != cell.text {
            known.text.push(' ');
            known.text.push_str(&cell.text);
        }
    }
}

/// Cells that reach down from rows above.
#[derive(Default)]
struct Layout {
    /// For each column the rows still covered, and the text.
    down: Vec<(usize, String)>,
    /// The bytes of text that were repeated, against inputs that repeat one text without end.
    repeated: usize,
    seen: usize,
}

impl Layout {
    fn row(&mut self, raw: RawRow, is_header: bool) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(raw.cells.len());
        for cell in raw.cells {
            self.reach_down(&mut cells);
            let text = markdown::rendered(text::tidy(&cell.text).into_owned());
            self.seen += text.len() + 64;
            if cell.rowspan > 1 && cells.len() < WIDEST {
                let columns = cells.len() + cell.colspan;
                if self.down.len() < columns {
                    self.down.resize_with(columns, Default::default);
                }
                self.down[cells.len()] = (cell.rowspan, text.clone());
                self.down[cells.len() + 1..columns].fill((cell.rowspan, String::new()));
            }
            let more = if is_header {
                text.clone()
            } else {
                String::new()
            };
            cells.push(Cell { text, spans: false });
            for _ in 1..cell.colspan.min(WIDEST) {
                if cells.len() < WIDEST {
                    cells.push(Cell {
                        text: more.clone(),
                        spans: false,
                    });
                }
            }
        }
        self.reach_down(&mut cells);
        self.down
            .iter_mut()
            .for_each(|(rows, _)| *rows = rows.saturating_sub(1));
        cells
    }

    fn reach_down(&mut self, cells: &mut Vec<Cell>) {
        while let Some((rows, text)) = self.down.get(cells.len())
            && *rows > 0
            && cells.len() < WIDEST
        {
            self.repeated += text.len();
            let fits = self.repeated <= 8 * self.seen + 10_000;
            cells.push(Cell {
                text: if fits { text.clone() } else { String::new() },
                spans: true,
            });
        }
    }
}
