//! The cells of an HTML table as they come, laid out in rows and columns.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Syntax, Table};
use crate::read::{markdown, struck, text};
use crate::sheet::Sheet;

/// No table that a person reads is wider; spans do not widen one beyond it.
const WIDEST: usize = 256;

/// What a browser makes of a greater `rowspan`.
pub(super) const LONGEST_SPAN: usize = 65_534;

/// A cell as its tag says.
#[derive(Default)]
pub(super) struct RawCell {
    pub(super) is_header: bool,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
    pub(super) text: String,
    /// The parts of the text that are struck out.
    pub(super) struck: Vec<Range<usize>>,
}

/// A cell in its column.
#[derive(Default)]
struct Cell {
    text: Arc<str>,
    /// How many rows above it begins.
    above: usize,
    struck: bool,
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
    /// Where the groups of rows begin: `<tbody>`, `<tfoot>`.
    groups: Vec<usize>,
    in_head: bool,
    row_is_open: bool,
    cell_is_open: bool,
    caption: Option<String>,
    caption_is_open: bool,
    in_sup: bool,
    /// How many elements are open that strike their text out.
    striking: usize,
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

    /// A span without an end ends here.
    pub(super) fn start_group(&mut self) {
        self.end_head();
        self.groups.push(self.rows.len());
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

    pub(super) fn strike(&mut self, begins: bool) {
        self.striking = if begins {
            self.striking + 1
        } else {
            self.striking.saturating_sub(1)
        };
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
                let begin = cell.text.len();
                cell.text.push_str(&text);
                if self.striking > 0 {
                    cell.struck.push(begin..cell.text.len());
                }
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
        let mut groups = self.groups.into_iter().peekable();
        for (index, raw) in self.rows.into_iter().enumerate() {
            while groups.next_if(|begin| *begin <= index).is_some() {
                layout.end_group();
            }
            // A row without a cell is nothing on the page, but cells above it may reach over it.
            if raw.cells.is_empty() {
                layout.end_row();
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
        sheet.add_cell(&cell.text, cell.above, cell.struck);
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
            known.text = format!("{} {}", known.text, cell.text).into();
        }
    }
}

/// A cell that reaches down.
#[derive(Clone, Default)]
struct Down {
    /// The rows that it still covers.
    rows: usize,
    /// The row that it begins in.
    begin: usize,
    text: Arc<str>,
    struck: bool,
}

/// Cells that reach down from rows above.
#[derive(Default)]
struct Layout {
    /// For each column the cell that reaches down.
    down: Vec<Down>,
    /// How many rows with cells were laid out.
    rows: usize,
    /// The bytes of text that were repeated, against inputs that repeat one text without end.
    repeated: usize,
    seen: usize,
}

impl Layout {
    fn row(&mut self, raw: RawRow, is_header: bool) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(raw.cells.len());
        for cell in raw.cells {
            self.reach_down(&mut cells);
            let (text, struck) = struck::leave_out(&cell.text, &cell.struck);
            let (text, struck_inside) = markdown::rendered(text::tidy(&text).into_owned());
            let text: Arc<str> = text.into();
            let struck = struck || struck_inside;
            self.seen += text.len() + 64;
            if cell.rowspan > 1 && cells.len() < WIDEST {
                let columns = cells.len() + cell.colspan;
                if self.down.len() < columns {
                    self.down.resize_with(columns, Default::default);
                }
                let down = Down {
                    rows: cell.rowspan,
                    begin: self.rows,
                    ..Down::default()
                };
                self.down[cells.len() + 1..columns].fill(down.clone());
                self.down[cells.len()] = Down {
                    text: text.clone(),
                    struck,
                    ..down
                };
            }
            let more = if is_header {
                text.clone()
            } else {
                Arc::default()
            };
            cells.push(Cell {
                text,
                above: 0,
                struck,
            });
            for _ in 1..cell.colspan.min(WIDEST) {
                if cells.len() < WIDEST {
                    cells.push(Cell {
                        text: more.clone(),
                        ..Cell::default()
                    });
                }
            }
        }
        self.reach_down(&mut cells);
        self.end_row();
        self.rows += 1;
        cells
    }

    fn end_row(&mut self) {
        for down in &mut self.down {
            down.rows = down.rows.saturating_sub(1);
        }
    }

    /// Ends the spans that reach to the end of a group of rows.
    fn end_group(&mut self) {
        for down in self.down.iter_mut().filter(|down| down.rows > LONGEST_SPAN) {
            down.rows = 0;
        }
    }

    fn reach_down(&mut self, cells: &mut Vec<Cell>) {
        while let Some(down) = self.down.get(cells.len())
            && down.rows > 0
            && cells.len() < WIDEST
        {
            self.repeated += down.text.len();
            let fits = self.repeated <= 8 * self.seen + 10_000;
            cells.push(Cell {
                text: if fits {
                    down.text.clone()
                } else {
                    Arc::default()
                },
                above: self.rows - down.begin,
                struck: down.struck,
            });
        }
    }
}
