//! A file of comma- or tab-separated values in, one table out.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::document::Document;
use crate::read::records::{Record, add_table};

/// What may part the values of a row.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a file; its first row is the header.
pub(super) fn read(source: &str) -> Document {
    let mut document = Document::default();
    let rows = rows(source, separator(source)).map(|row| {
        let text = |cell: &str| formula_text(cell).unwrap_or_else(|| cell.to_owned());
        let cells = row.iter().map(|cell| Record::Text(text(cell)));
        (line_of(&row, source), cells.collect())
    });
    add_table(&mut document, Vec::new(), rows);
    // The last row may have several lines; rows of whitespace may follow it.
    let end_line = source.trim_end().matches('\n').count() + 1;
    document
        .tables
        .iter_mut()
        .for_each(|table| table.end_line = table.end_line.max(end_line));
    document
        .blocks
        .iter_mut()
        .for_each(|block| block.end_line = block.end_line.max(end_line));
    document
}

/// The text of a cell that is a formula for this text, as tables for spreadsheets have them:
/// `="01000000"` keeps its zeros. `="a"&CHAR(10)&"b"` has two lines.
fn formula_text(cell: &str) -> Option<String> {
    let mut rest = cell.strip_prefix('=')?;
    let mut text = String::new();
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            let (before, after) = quoted.split_once('"')?;
            text.push_str(before);
            rest = after;
            // Two quotes are one of the text.
            if rest.starts_with('"') {
                text.push('"');
                continue;
            }
        } else {
            let (number, after) = rest.strip_prefix("CHAR(")?.split_once(')')?;
            text.push(char::from(number.parse::<u8>().ok()?));
            rest = after;
        }
        match rest.strip_prefix('&') {
            Some(next) => rest = next,
            None => return rest.is_empty().then_some(text),
        }
    }
}

/// The line of a row, counted from 1. Its position is that of the blank lines above it.
fn line_of(row: &StringRecord, source: &str) -> usize {
    let Some(position) = row.position() else {
        return 1;
    };
    let [line, begin] =
        [position.line(), position.byte()].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
    let rest = source.as_bytes().get(begin..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    line + blank.filter(|byte| **byte == b'\n').count()
}

/// The separator with which most of the first rows are equally wide, and widest.
fn separator(source: &str) -> u8 {
    let fit = |separator: u8| {
        let widths: Vec<usize> = rows(source, separator)
            .take(20)
            .map(|row| row.len())
            .collect();
        let first = widths.first().copied().unwrap_or(1);
        let alike = widths.iter().filter(|width| **width == first).count();
        if first > 1 { (alike, first) } else { (0, 0) }
    };
    let mut best = (b',', fit(b','));
    for separator in SEPARATORS {
        let fit = fit(separator);
        if fit > best.1 {
            best = (separator, fit);
        }
    }
    best.0
}

fn rows(source: &str, separator: u8) -> impl Iterator<Item = StringRecord> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(separator)
        .from_reader(source.as_bytes())
        .into_records()
        .map_while(Result::ok)
}
