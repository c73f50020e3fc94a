//! Parts of a text in, `Document` out: tables, blocks and the text as the page shows it.

mod csv_table;
mod data;
mod emphasis;
mod grid;
mod html;
mod html_page;
mod html_table;
mod lines;
mod markdown;
mod reader;
mod records;
mod references;
mod settle;
mod source_code;
mod struck;
mod text;
mod workbook;

use std::path::Path;

use crate::document::{Document, Mend};
use crate::kinds::OpenError;
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

/// Reads a JSON text, or one in YAML.
pub(super) fn data(text: &str, is_json: bool, mends: Vec<Mend>) -> Result<Document, OpenError> {
    let document = if is_json {
        data::json(text)
    } else {
        data::yaml(text)
    };
    Ok(finish(document?, mends))
}

/// Reads source code.
pub(super) fn source_code(source: &str, mends: Vec<Mend>) -> Document {
    finish(source_code::read(source), mends)
}

/// Reads the sheets of a workbook, and gives its text: a line for each row.
pub(super) fn workbook(file: &Path, bytes: &[u8]) -> Result<(Document, String), OpenError> {
    let (document, text) = workbook::read(file, bytes)?;
    Ok((finish(document, Vec::new()), text))
}

fn finish(mut document: Document, mends: Vec<Mend>) -> Document {
    document.tables.iter_mut().for_each(settle::settle);
    document.mends.extend(mends);
    document.mends.sort_by_key(|mend| mend.line);
    document
}
