//! A file of comma- or tab-separated values in, one table out.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::document::{Block, Document, Kind, Table};
use crate::read::text;

/// What may part the values of a row.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a file; its first row is the header.
pub(super) fn read(source: &str) -> Document {
    let mut document = Document::default();
    let mut table = Table::default();
    let mut width = 0;
    for (index, row) in rows(source, separator(source)).enumerate() {
        let line = row.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        width = width.max(row.len());
        for cell in &row {
            let cell = text::tidy(cell);
            table.sheet.add(&cell);
            document.rendered.extend([&*cell, "\t"]);
        }
        document.rendered.push('\n');
        if index == 0 {
            table.line = line;
            table.sheet.end_header();
        } else {
            table.sheet.end_row(line);
        }
    }
    if width == 0 {
        return document;
    }
    table.sheet.widen_header(width);
    table.end_line = source.trim_end().matches('\n').count() + 1;
    document.blocks.push(Block {
        kind: Kind::Table(0),
        line: table.line,
        end_line: table.end_line,
        in_list: false,
        struck: false,
        text: 0..0,
    });
    document.tables.push(table);
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
