//! Markdown in, error codes out: mend, read, classify and extract any vendor's document.
//!
//! Reading never fails: for any text, each table is accounted for, and each row of a
//! table of codes ends accepted, ignored by a named rule or quarantined with the reason.

mod characters;
mod classify;
pub mod code;
mod decode;
mod document;
mod extract;
mod extraction;
mod heads;
pub mod lexicon;
mod mend;
mod propose;
mod read;
mod segment;
mod sheet;
mod values;

use std::path::Path;

pub use decode::{DecodeError, Decoded, decode};
pub use document::{Block, Document, Head, Kind, Mend, Syntax, Table};
pub use extraction::{
    Accounting, CodeEntry, Column, Evidence, Extraction, FactProblem, Hints, Holds, Role,
    RowProblem, Severity, Stated, TableHint, TableReading, UnknownRole, Unread,
};
pub use sheet::{Cell, Row, Sheet};

/// What kind of file a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileKind {
    /// Markdown, or text.
    #[default]
    Markdown,
    /// An HTML page.
    Html,
    /// Comma- or tab-separated values.
    Csv,
}

impl FileKind {
    /// The kind of a file, from the extension of its name; anything unknown is Markdown.
    ///
    /// ```
    /// use errbook_ingest::FileKind;
    /// assert_eq!(FileKind::of("errors.HTM".as_ref()), FileKind::Html);
    /// ```
    #[must_use]
    pub fn of(file: &Path) -> Self {
        let extension = file.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("html" | "htm" | "xhtml") => Self::Html,
            Some("csv" | "tsv") => Self::Csv,
            _ => Self::Markdown,
        }
    }
}

/// Mends and reads a Markdown document. Never fails: `text` may be anything.
///
/// ```
/// let document = errbook_ingest::read("| code | message |\n|---|---|\n| 1 | no |\n");
/// assert_eq!(document.tables[0].rows().len(), 1);
/// ```
#[must_use]
pub fn read(text: &str) -> Document {
    read_as(text, FileKind::Markdown)
}

/// Reads a document of any kind. Never fails: `text` may be anything.
///
/// ```
/// use errbook_ingest::FileKind;
/// let document = errbook_ingest::read_as("code,message\n1,no\n", FileKind::Csv);
/// assert_eq!(document.tables[0].rows().len(), 1);
/// ```
#[must_use]
pub fn read_as(text: &str, kind: FileKind) -> Document {
    let mut mends = Vec::new();
    let text = characters::mend(text, &mut mends);
    let mut document = match kind {
        FileKind::Markdown => {
            let segments = segment::segment(&text);
            let title = segment::title(&text, &segments);
            let (parts, more) = mend::mend(&text, segments);
            mends.extend(more);
            let document = read::read(&text, &parts, mends);
            Document { title, ..document }
        }
        FileKind::Html => read::html(&text, mends),
        FileKind::Csv => read::csv(&text, mends),
    };
    if kind == FileKind::Markdown {
        document.heads = heads::find(&text);
    }
    let lists = propose::propose(&document);
    document.add_tables(lists);
    document
}

/// The language that most of a document is in: a tag of BCP 47, `en` if it is unknown.
///
/// ```
/// assert_eq!(errbook_ingest::language(&errbook_ingest::read("# 错误码")), "zh");
/// ```
#[must_use]
pub fn language(document: &Document) -> &'static str {
    lexicon::main_language(&document.rendered).unwrap_or("en")
}

/// Finds the tables that hold codes, and reads each of their rows.
#[must_use]
pub fn extract<'a>(document: &'a Document, hints: &Hints) -> Extraction<'a> {
    extract::extract(document, hints)
}
