//! The blocks of a document with their text, and what the text above each of them says.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use crate::document::{Block, Document, Kind, Refused, Table};
use crate::lexicon::{self, Concept, names_codes};
use crate::propose::Refuse;
use crate::propose::head::{self, Head};
use crate::read::tidy;

/// The headings above a block, each with its level and the index of its block, outermost first.
pub(super) type Path = Vec<(u8, usize)>;

/// In bytes.
const LONGEST_TITLE: usize = 300;

pub(super) struct Page<'a> {
    pub(super) blocks: &'a [Block],
    rendered: &'a str,
    tables: &'a [Table],
    /// The title in the metadata above the text.
    title: Option<&'a str>,
    refuse: &'a Refuse<'a>,
    refused: RefCell<Vec<Refused>>,
    /// The code that each block begins with, once it was asked for.
    heads: Vec<OnceCell<Option<Head>>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(document: &'a Document, refuse: &'a Refuse<'a>) -> Self {
        let title = document.title.as_deref();
        Page {
            blocks: &document.blocks,
            rendered: &document.rendered,
            tables: &document.tables,
            title,
            refuse,
            refused: RefCell::default(),
            heads: vec![OnceCell::new(); document.blocks.len()],
        }
    }

    /// The text of a block as the document has it.
    pub(super) fn raw(&self, at: usize) -> &'a str {
        &self.rendered[self.blocks[at].text.clone()]
    }

    /// The text of a block without surplus whitespace.
    pub(super) fn text(&self, at: usize) -> Cow<'a, str> {
        tidy(self.raw(at))
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.blocks[at].kind
    }

    /// Whether it is a table with a header that names codes.
    pub(super) fn is_table_of_codes(&self, at: usize) -> bool {
        let Kind::Table(place) = self.kind(at) else {
            return false;
        };
        let header = self.tables.get(place).map(Table::header);
        let names_codes =
            |text: &str| names_codes(text) || lexicon::concepts(text).contains(Concept::Error);
        header.is_some_and(|header| header.cells().any(|cell| names_codes(cell.text)))
    }

    /// Whether a list holds codes; if not, the reason is kept.
    pub(super) fn takes(&self, table: &Table) -> bool {
        let Some(refusal) = (self.refuse)(table) else {
            return true;
        };
        self.refused.borrow_mut().push(Refused {
            line: table.line,
            end_line: table.end_line,
            refusal,
        });
        false
    }

    /// The lists that do not hold codes.
    pub(super) fn into_refused(self) -> Vec<Refused> {
        self.refused.into_inner()
    }

    pub(super) fn headings(&self, path: &Path) -> Vec<Arc<str>> {
        if path.is_empty() {
            return self.title.map(Arc::from).into_iter().collect();
        }
        path.iter().map(|&(_, at)| self.text(at).into()).collect()
    }

    /// The text just before a block, if it may introduce it.
    pub(super) fn lead(&self, at: usize) -> Option<String> {
        let before = at.checked_sub(1)?;
        let is_text = matches!(
            self.kind(before),
            Kind::Paragraph | Kind::Bold | Kind::Item(_) | Kind::More(_)
        );
        is_text.then(|| self.text(before).into_owned())
    }

    /// Whether the text of a block names codes: `Error codes`.
    pub(super) fn names_codes(&self, at: usize) -> bool {
        lexicon::concepts(&self.text(at)).is_code()
    }

    /// The code that a line of a block begins with.
    pub(super) fn head_of_line(&self, at: usize, line: &str) -> Option<Head> {
        // Most blocks have one line, which was asked about already.
        if line.len() <= LONGEST_TITLE && line.len() == self.raw(at).trim().len() {
            return self.head(at).cloned();
        }
        if head::may_begin(line) {
            head::read(line)
        } else {
            None
        }
    }

    /// The code that a block begins with, if the block is short enough for a title.
    pub(super) fn head(&self, at: usize) -> Option<&Head> {
        let raw = self.raw(at).trim();
        if raw.len() > LONGEST_TITLE || !head::may_begin(raw) {
            return None;
        }
        let read = || head::read(&self.text(at));
        self.heads[at].get_or_init(read).as_ref()
    }
}
