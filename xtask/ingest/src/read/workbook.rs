//! The bytes of a workbook (.xlsx, .ods) in, a table for each of its sheets out.
//!
//! The lines of the document are the rows of the sheets, one sheet after the other; each line of
//! the text that is given with it is such a row.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Cursor, Read as _};
use std::path::Path;
use std::str::FromStr as _;

use calamine::{
    CellErrorType, Data, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xlsx,
    open_workbook_from_rs,
};
use zip::ZipArchive;

use crate::document::{Document, Kind, Mend, SheetRows};
use crate::kinds::{OpenError, is_ods};
use crate::read::records::{Record, add_block, add_table};

/// How large all files in the archive may be together: a workbook of a hundred thousand codes has
/// 20 MB.
const LARGEST: u64 = 64 << 20;

/// How many cells a sheet may have, gaps included: far more than a table of codes has, and still in
/// memory at once.
const MOST_CELLS: usize = 4_000_000;

/// The cells that are not empty, by row and column, counted from 0.
type Cells = BTreeMap<(u32, u32), String>;

/// Reads a workbook.
pub(super) fn read(file: &Path, bytes: &[u8]) -> Result<(Document, String), OpenError> {
    check_size(bytes)?;
    let mut book = if is_ods(file) {
        Book::Ods(open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?)
    } else {
        Book::Xlsx(Box::new(
            open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?,
        ))
    };
    let mut document = Document::default();
    let mut text = String::new();
    let mut above = 0;
    for sheet in book.sheets() {
        document.sheets.push(SheetRows {
            name: sheet.name.clone(),
            above,
        });
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut report = |row: usize, rule, text: String| {
            document.mends.push(Mend {
                line: above + row,
                rule,
                text,
            });
        };
        if sheet.visible != SheetVisible::Visible {
            let name = &sheet.name;
            let said =
                format!("the sheet `{name}` is hidden and was not read; unhide it if it counts");
            report(1, "hidden-sheet", said);
            continue;
        }
        let mut cells = Cells::new();
        book.each_cell(&sheet.name, |row, column, value| {
            let mut value = shown(&value);
            // Those of .ods files are strings.
            if CellErrorType::from_str(&value).is_ok() {
                let name = name_of(row, column);
                let said = format!("the cell {name} is an error ({value}); it was read as empty");
                report(row as usize + 1, "cell-error", said);
                value.clear();
            }
            if !value.trim().is_empty() {
                cells.insert((row, column), value);
            }
            cells.len() <= MOST_CELLS
        })
        .map_err(|error| OpenError {
            message: format!(
                "the sheet `{}` cannot be read: {}",
                sheet.name, error.message
            ),
            ..error
        })?;
        let merges = book.merges(&sheet.name);
        let rows = add_sheet(&mut document, &sheet.name, above, &cells, &merges)?;
        for row in 0..rows {
            let in_row = cells.range((row, 0)..=(row, u32::MAX));
            let in_row = in_row.map(|(_, cell)| cell.replace(['\n', '\r', '\t'], " "));
            text += &in_row.collect::<Vec<_>>().join("\t");
            text.push('\n');
        }
        above += rows as usize;
    }
    if document.tables.is_empty() && document.mends.is_empty() {
        return Err(OpenError::new(
            "no sheet of this workbook has a cell",
            "check that it is the file that you mean",
        ));
    }
    Ok((document, text))
}

/// Adds the heading and the table of a sheet; returns how many rows it has.
fn add_sheet(
    document: &mut Document,
    name: &str,
    above: usize,
    cells: &Cells,
    merges: &[Dimensions],
) -> Result<u32, OpenError> {
    let Some(((last, _), _)) = cells.last_key_value() else {
        return Ok(0);
    };
    let mut rows: Vec<u32> = cells.keys().map(|(row, _)| *row).collect();
    rows.dedup();
    let mut columns: Vec<u32> = cells.keys().map(|(_, column)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    if rows.len().saturating_mul(columns.len()) > MOST_CELLS {
        return Err(too_many_cells(name));
    }
    let line = |row: u32| above + row as usize + 1;
    add_block(document, Kind::Heading(1), line(rows[0]), name);
    // What is alone in its row above the table is its title or a note.
    let is_alone = |row: &&u32| cells.range((**row, 0)..=(**row, u32::MAX)).count() == 1;
    let titles = rows.iter().take_while(is_alone).count();
    // A sheet of one column is a table, too.
    let titles = if titles < rows.len() { titles } else { 0 };
    for row in rows.drain(..titles) {
        if let Some((_, title)) = cells.range((row, 0)..).next() {
            add_block(document, Kind::Paragraph, line(row), title);
        }
    }
    let spans = spans(&rows, &columns, merges);
    let table = rows.iter().enumerate().map(|(index, row)| {
        let cell = |(place, column): (usize, &u32)| match spans.get(&(index, place)) {
            // The header is not above its rows.
            Some(&(from, _)) if index > from && from > 0 => Record::Above(index - from),
            // A header is that of each of its columns.
            Some(&(0, first)) => Record::Text(text_at(cells, rows[0], columns[first])),
            _ => Record::Text(text_at(cells, *row, *column)),
        };
        let cells = columns.iter().enumerate().map(cell).collect();
        (line(*row), cells)
    });
    add_table(document, vec![name.into()], table);
    Ok(last + 1)
}

fn text_at(cells: &Cells, row: u32, column: u32) -> String {
    cells.get(&(row, column)).cloned().unwrap_or_default()
}

/// The places of the table that are in a merged cell, each with the place at which that begins.
fn spans(
    rows: &[u32],
    columns: &[u32],
    merges: &[Dimensions],
) -> BTreeMap<(usize, usize), (usize, usize)> {
    let mut spans = BTreeMap::new();
    let within = |all: &[u32], from: u32, to: u32| {
        all.partition_point(|place| *place < from)..all.partition_point(|place| *place <= to)
    };
    for merge in merges {
        let rows = within(rows, merge.start.0, merge.end.0);
        let columns = within(columns, merge.start.1, merge.end.1);
        for row in rows.clone() {
            for column in columns.clone() {
                // Merged cells do not overlap; those of a broken file may.
                if spans.len() > MOST_CELLS {
                    return spans;
                }
                // In a row of the body, the columns after the first are empty.
                if row == 0 || column == columns.start {
                    spans.insert((row, column), (rows.start, columns.start));
                }
            }
        }
    }
    spans
}

/// A number without the zeros that a float has, a date as ISO 8601 has it.
fn shown(value: &Data) -> String {
    match value {
        // The digits that Excel keeps: 0.1 + 0.2 is 0.3.
        Data::Float(float) => format!("{float:.14e}")
            .parse::<f64>()
            .unwrap_or(*float)
            .to_string(),
        Data::DateTime(date) => shown_date(date),
        other => other.to_string(),
    }
}

fn shown_date(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let mut shown = String::new();
    if date.as_f64() >= 1.0 {
        let _ = write!(shown, "{year:04}-{month:02}-{day:02}");
    }
    if (hour, minute, second) != (0, 0, 0) || shown.is_empty() {
        let blank = if shown.is_empty() { "" } else { " " };
        let _ = write!(shown, "{blank}{hour:02}:{minute:02}:{second:02}");
    }
    shown
}

/// `B3`.
fn name_of(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    format!("{letters}{}", row + 1)
}

enum Book<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    Ods(Ods<Cursor<&'a [u8]>>),
}

impl Book<'_> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        match self {
            Self::Xlsx(book) => book.sheets_metadata().to_vec(),
            Self::Ods(book) => book.sheets_metadata().to_vec(),
        }
    }

    /// The merged cells, which only .xlsx files have after reading.
    fn merges(&mut self, name: &str) -> Vec<Dimensions> {
        match self {
            Self::Xlsx(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Self::Ods(_) => Vec::new(),
        }
    }

    /// Calls `add` with each cell, its row and its column, until it returns false.
    fn each_cell(
        &mut self,
        name: &str,
        mut add: impl FnMut(u32, u32, Data) -> bool,
    ) -> Result<(), OpenError> {
        match self {
            // Not as a range: that has a place for each cell between the first and the last one.
            Self::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
                while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
                    let (row, column) = cell.get_position();
                    let mut value = Data::from(cell.get_value().clone());
                    let style = cells.styles().get(style);
                    let format = style.and_then(|style| style.number_format.as_ref());
                    if let (Data::Float(number), Some(format)) = (&value, format) {
                        value = padded(*number, &format.format_code).unwrap_or(value);
                    }
                    if !add(row, column, value) {
                        return Err(too_many_cells(name));
                    }
                }
            }
            Self::Ods(book) => {
                let range = book.worksheet_range(name).map_err(broken)?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, value) in range.used_cells() {
                    let row = top + u32::try_from(row).unwrap_or(u32::MAX - top);
                    let column = left + u32::try_from(column).unwrap_or(u32::MAX - left);
                    if !add(row, column, value.clone()) {
                        return Err(too_many_cells(name));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The number 1 in the format `0000` is shown as `0001`.
fn padded(number: f64, format: &str) -> Option<Data> {
    let is_padding = format.len() > 1 && format.len() < 32 && format.bytes().all(|b| b == b'0');
    (is_padding && number.fract() == 0.0)
        .then(|| Data::String(format!("{number:0width$}", width = format.len())))
}

fn too_many_cells(name: &str) -> OpenError {
    OpenError::new(
        format!("the sheet `{name}` has more than {MOST_CELLS} cells"),
        "save the part with the codes as .csv",
    )
}

fn broken(error: impl std::fmt::Display) -> OpenError {
    OpenError::new(
        format!("it is not a sound workbook: {error}"),
        "open it in a spreadsheet program and save it again as .xlsx, or save the sheet as .csv",
    )
}

/// Refuses an archive whose files are too large for memory: their real size counts, not the size
/// that it declares.
fn check_size(bytes: &[u8]) -> Result<(), OpenError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let too_large = || {
        OpenError::new(
            format!("the workbook has more than {} MB unpacked", LARGEST >> 20),
            "save the sheet with the codes as .csv",
        )
    };
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let is_content = entry.name().is_ok_and(|name| name == "content.xml");
        let mut entry = entry.take(left + 1);
        let size = if is_content {
            let mut content = Vec::new();
            entry.read_to_end(&mut content).map_err(broken)?;
            if cells_of_ods(&String::from_utf8_lossy(&content)) > MOST_CELLS {
                return Err(too_many_cells("content.xml"));
            }
            content.len() as u64
        } else {
            io::copy(&mut entry, &mut io::sink()).map_err(broken)?
        };
        left = left.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

/// How many cells the sheets of an .ods file have once those that are repeated are written out.
fn cells_of_ods(content: &str) -> usize {
    let mut cells: usize = 0;
    let mut repeated = 1;
    // Those that are empty count if a cell follows in their row.
    let mut empty: usize = 0;
    for tag in content.split('<') {
        let count = |attribute: &str| -> usize {
            let value = tag
                .split_once(attribute)
                .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
            value.and_then(|value| value.parse().ok()).unwrap_or(1)
        };
        if tag.starts_with("text:s ") {
            // Spaces are written out, too.
            cells = cells.saturating_add(count("text:c"));
        } else if tag.starts_with("table:table-row") {
            repeated = count("number-rows-repeated");
            empty = 0;
        } else if tag.starts_with("table:table-cell") || tag.starts_with("table:covered-table-cell")
        {
            empty = empty.saturating_add(count("number-columns-repeated"));
            if tag.contains("office:") {
                cells = cells.saturating_add(empty.saturating_mul(repeated));
                empty = 0;
            }
        }
    }
    cells
}
