//! What a document says before anybody asks what it means: tables, cells, headings and mends.

use std::sync::Arc;

use super::sheet::{Row, Sheet};

/// A document as it was read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Every table, in the order of the document; the parts of a torn table stand apart.
    pub tables: Vec<Table>,
    /// What was put right before the strict parser saw the text.
    pub mends: Vec<Mend>,
    /// The whole text as a reader of the rendered page sees it, for looking up quotes.
    pub rendered: String,
}

/// One repair of the text, made before it was parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The line, counted from 1, in the file as it is on disk.
    pub line: usize,
    /// The name of the rule.
    pub rule: &'static str,
    /// What was wrong and what was done about it.
    pub text: String,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syntax {
    /// A pipe table.
    #[default]
    Pipe,
    /// An HTML `<table>`.
    Html,
    /// Not a table: headings, bullets or lines of code that list codes.
    List,
}

impl Syntax {
    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pipe => "pipe",
            Self::Html => "html",
            Self::List => "list",
        }
    }
}

/// One table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The line of its header, counted from 1.
    pub line: usize,
    /// Its last line.
    pub end_line: usize,
    /// How it is written.
    pub syntax: Syntax,
    /// The headings above it, rendered, outermost first.
    pub headings: Vec<Arc<str>>,
    /// The paragraph or list item just before it, rendered, if nothing stands between.
    pub lead: Option<String>,
    /// Its own title: an HTML caption, or a line in bold letters above it.
    pub caption: Option<String>,
    /// Is this the first block after the table before it (so that it may continue that table)?
    pub follows_table: bool,
    /// Its header and its rows.
    pub sheet: Sheet,
}

impl Table {
    /// The cells of its header row; empty cells for a table without one.
    #[must_use]
    pub fn header(&self) -> Row<'_> {
        self.sheet.header()
    }

    /// Its body, each row as wide as the header.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> + DoubleEndedIterator + Clone {
        self.sheet.rows()
    }
}
