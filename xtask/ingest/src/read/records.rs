//! Rows of strings in, a table of the document out, for the files that are nothing but tables.

use std::sync::Arc;

use crate::document::{Block, Document, Kind, Table};
use crate::read::text;

/// A cell: its text, or how many rows above it begins.
#[derive(Clone, Debug)]
pub(super) enum Record {
    Text(String),
    Above(usize),
}

/// Adds a block of one line to the document.
pub(super) fn add_block(document: &mut Document, kind: Kind, line: usize, block: &str) {
    let begin = document.rendered.len();
    document.rendered.push_str(block);
    document.blocks.push(Block {
        kind,
        line,
        end_line: line,
        in_list: false,
        struck: false,
        text: begin..document.rendered.len(),
    });
    document.rendered.push('\n');
}

/// Adds a table whose header is the first row; each row has its line.
pub(super) fn add_table(
    document: &mut Document,
    headings: Vec<Arc<str>>,
    rows: impl IntoIterator<Item = (usize, Vec<Record>)>,
) {
    let mut table = Table {
        headings,
        ..Table::default()
    };
    let mut width = 0;
    for (index, (line, row)) in rows.into_iter().enumerate() {
        width = width.max(row.len());
        for cell in row {
            match cell {
                Record::Text(cell) => {
                    let cell = text::tidy(&cell);
                    table.sheet.add(&cell);
                    document.rendered.extend([&*cell, "\t"]);
                }
                Record::Above(rows) => table.sheet.repeat_cell(rows),
            }
        }
        document.rendered.push('\n');
        table.end_line = line;
        if index == 0 {
            table.line = line;
            table.sheet.end_header();
        } else {
            table.sheet.end_row(line);
        }
    }
    if width == 0 {
        return;
    }
    table.sheet.widen_header(width);
    let last = document.blocks.last();
    if let Some(before) = last.filter(|block| block.kind == Kind::Paragraph) {
        table.lead = Some(document.text(before).to_owned());
    }
    document.blocks.push(Block {
        kind: Kind::Table(document.tables.len()),
        line: table.line,
        end_line: table.end_line,
        in_list: false,
        struck: false,
        text: 0..0,
    });
    document.tables.push(table);
}
