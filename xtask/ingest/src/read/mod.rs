//! Parts of a text in, `Document` out: tables, blocks and the text as the page shows it.

mod emphasis;
mod grid;
mod html;
mod html_table;
mod lines;
mod list;
mod markdown;
mod reader;
mod references;
mod settle;
mod struck;
mod text;

use super::document::{Document, Mend};
use super::mend::Part;
use reader::Reader;

/// Reads a text part by part.
pub(super) fn read(text: &str, parts: &[Part], mends: Vec<Mend>) -> Document {
    let mut reader = Reader::new(text, parts.len() > 1);
    for part in parts {
        reader.part(part);
    }
    let mut document = reader.finish();
    document.tables.iter_mut().for_each(settle::settle);
    document.mends.extend(mends);
    document.mends.sort_by_key(|mend| mend.line);
    let lists = list::find(&document);
    document.add_tables(lists);
    document
}
