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
        let line = row.position().map_or(1, csv::Position::line);
        let cells = row.iter().map(|cell| Record::Text(cell.to_owned()));
        (usize::try_from(line).unwrap_or(usize::MAX), cells.collect())
    });
    add_table(&mut document, Vec::new(), rows);
    // The last row may have several lines.
    let end_line = source.trim_end().matches('\n').count() + 1;
    document
        .tables
        .iter_mut()
        .for_each(|table| table.end_line = end_line);
    document
        .blocks
        .iter_mut()
        .for_each(|block| block.end_line = end_line);
    document
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
