//! Parts of a text in, `Document` out: tables, blocks and the text as the page shows it.

mod csv_table;
mod emphasis;
mod grid;
mod html;
mod html_page;
mod html_table;
mod lines;
mod markdown;
mod reader;
mod references;
mod settle;
mod struck;
mod text;

use crate::document::{Document, Mend};
use crate::mend::Part;
use reader::Reader;

pub(crate) use html::is_break;
pub(super) use text::tidy;

/// Reads a text part by part.
pub(super) fn read(text: &str, parts: &[Part], mends: Vec<Mend>) -> Document {
    let mut reader = Reader::new(text, parts.len() > 1);
    for part in parts {
        reader.part(part);
    }
    finish(reader.finish(), mends)
}

/// Reads a whole HTML page.
pub(super) fn html(page: &str, mends: Vec<Mend>) -> Document {
    finish(html_page::read(page), mends)
}

/// Reads comma- or tab-separated values as one table.
pub(super) fn csv(source: &str, mends: Vec<Mend>) -> Document {
    finish(csv_table::read(source), mends)
}

fn finish(mut document: Document, mends: Vec<Mend>) -> Document {
    document.tables.iter_mut().for_each(settle::settle);
    document.mends.extend(mends);
    document.mends.sort_by_key(|mend| mend.line);
    document
}
