//! A document in, error codes out: mend, read, judge and extract any vendor's document.
//!
//! Reading never fails: for any text, each table is accounted for, and each row of a
//! table of codes ends accepted, ignored by a named rule or quarantined with the reason.

mod characters;
pub mod code;
mod decode;
mod document;
mod extract;
mod extraction;
mod heads;
mod judge;
mod kinds;
pub mod lexicon;
mod mend;
mod propose;
mod read;
mod segment;
mod sheet;
mod values;

pub use document::{Block, Document, Head, Kind, Mend, SheetRows, Syntax, Table};
pub use extract::merge_rows;
pub use extraction::{
    Accounting, CodeEntry, Column, Evidence, Extraction, FactProblem, Hints, Holds, Role,
    RowProblem, Severity, Stated, TableHint, TableReading, UnknownRole, Unread,
};
pub use kinds::{
    LARGEST, OpenError, Opened, extension_of, is_readable, is_same_kind, open, open_with,
};
pub use sheet::{Cell, Row, Sheet};

/// Mends and reads a Markdown document. Never fails: `text` may be anything.
///
/// ```
/// let document = errbook_ingest::read("| code | message |\n|---|---|\n| 1 | no |\n");
/// assert_eq!(document.tables[0].rows().len(), 1);
/// ```
#[must_use]
pub fn read(text: &str) -> Document {
    lexicon::Words::default().scope(|| kinds::read_markdown(text, &judge::refuse_list))
}

/// The language that most of a document is in: a tag of BCP 47, `en` if it is unknown.
///
/// ```
/// assert_eq!(errbook_ingest::language(&errbook_ingest::read("# 错误码")), "zh");
/// ```
#[must_use]
pub fn language(document: &Document) -> &'static str {
    let find = || lexicon::main_language(&document.rendered).unwrap_or("en");
    document.language.get_or_init(find)
}

/// Finds the tables that hold codes, and reads each of their rows.
#[must_use]
pub fn extract<'a>(document: &'a Document, hints: &Hints) -> Extraction<'a> {
    document.words.scope(|| extract::extract(document, hints))
}

/// Labelled documents to weights; `cargo xtask weigh` is its command.
pub mod training {
    pub use crate::judge::measure::{Figures, Share};
    pub use crate::judge::training::{
        FOLDS, HeldBack, Weighed, features, figures, held_back_figures, weigh, weights,
    };
}
