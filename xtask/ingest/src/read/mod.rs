//! Mended text in, `Document` out: one pass over the events of a strict Markdown parser.

mod emphasis;
mod grid;
mod html;
mod html_table;
mod lines;
mod list;
mod markdown;
mod reader;
mod settle;
mod struck;
mod text;

use pulldown_cmark::{Options, Parser};

use super::document::{Document, Table};
use super::mend::Mended;
use reader::Reader;

pub(super) use html_table::tables as html_tables;

/// Reads a text that was mended.
pub(super) fn read(mended: Mended<'_>) -> Document {
    let mut reader = Reader::new(&mended.text, mended.lifted);
    let begin = front_matter(&mended.text);
    for (event, range) in Parser::new_ext(&mended.text[begin..], options()).into_offset_iter() {
        reader.event(event, range.start + begin, range.end + begin);
    }
    let mut document = reader.finish();
    document.tables.iter_mut().for_each(settle::settle);
    document.mends.extend(mended.mends);
    document.mends.sort_by_key(|mend| mend.line);
    let lists = list::find(&document);
    document.add_tables(lists);
    document
}

/// Reads tables that were cut out of a text; their first line is the `line`-th of it.
pub(super) fn lifted(text: &str, line: usize) -> Vec<Table> {
    let mut reader = Reader::new(text, Vec::new());
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.event(event, range.start, range.end);
    }
    let mut tables = reader.finish().tables;
    for table in &mut tables {
        table.line += line - 1;
        table.end_line += line - 1;
        table.sheet.renumber(|own| own + line - 1);
    }
    tables
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// The length of the metadata that a document begins with. The parser would take whatever stands between two rules for
/// metadata, and ordinary documents part their chapters so.
fn front_matter(text: &str) -> usize {
    let Some(mark) = ["---", "+++"]
        .into_iter()
        .find(|mark| text.starts_with(mark))
    else {
        return 0;
    };
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let rule = line.trim_end();
        end += line.len();
        match number {
            0 if rule != mark => return 0,
            // A blank line after the first rule makes it one.
            1 if rule.is_empty() => return 0,
            0 => {}
            _ if rule == mark || (mark == "---" && rule == "...") => return end,
            _ => {}
        }
    }
    0
}
