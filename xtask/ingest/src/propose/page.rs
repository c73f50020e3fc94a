//! The blocks of a document with their text, and what the text above each of them says.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use crate::document::{Block, Document, Kind, Table};
use crate::lexicon::names_codes;
use crate::propose::head::{self, Head};
use crate::propose::words;
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
    title_points: i32,
    /// How much each block speaks for codes, once it was asked for.
    points: Vec<Cell<Option<i32>>>,
    /// The code that each block begins with, once it was asked for.
    heads: Vec<OnceCell<Option<Head>>>,
}

impl<'a> Page<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let title = document.title.as_deref();
        Page {
            blocks: &document.blocks,
            rendered: &document.rendered,
            tables: &document.tables,
            title,
            title_points: title.map_or(0, words::speaks_for_codes),
            points: vec![Cell::new(None); document.blocks.len()],
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
        header.is_some_and(|header| header.cells().any(|cell| names_codes(cell.text)))
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

    /// How much the headings above a block and the text before it speak for codes.
    pub(super) fn points(&self, at: usize, path: &Path) -> i32 {
        let lead = at
            .checked_sub(1)
            .filter(|&before| !matches!(self.kind(before), Kind::Table(_) | Kind::Code));
        let lead = lead.map_or(0, |before| match self.points_of(before) {
            own if own < 0 => own,
            own => own.max(self.points_before(before)),
        });
        let mut above = path.iter().rev().map(|&(_, at)| self.points_of(at));
        let nearest = above.next().unwrap_or(self.title_points);
        // `Environment variables`, and under it `Troubleshooting`.
        if nearest < 3
            && lead < 3
            && let Some(against) = above.clone().min().filter(|&points| points <= -4)
        {
            return against;
        }
        // `返回码：` speaks louder than `返回结果` above it.
        if (-2..0).contains(&nearest) && lead >= 4 {
            return lead;
        }
        // The title of a page about errors speaks for all of it, but not as loudly.
        let outer = above.max().unwrap_or(0).max(self.title_points);
        // `Permissions` among the chapters of a page about error codes.
        if (-2..0).contains(&nearest) && outer >= 4 && lead >= -2 {
            return 3;
        }
        if nearest < 0 || lead < -2 {
            return nearest.min(lead);
        }
        if nearest == 3 && outer >= 4 {
            return outer;
        }
        nearest
            .max(lead)
            .max(if outer >= 4 { 3 } else { outer / 2 })
    }

    /// How much the headings above the nearest one speak for codes.
    pub(super) fn outer_points(&self, path: &Path) -> i32 {
        let outer = path.iter().rev().skip(1);
        let points = outer.map(|&(_, at)| self.points_of(at)).max();
        points.unwrap_or(0).max(self.title_points)
    }

    /// What the paragraph before the last one says, which that one may continue: a hint.
    fn points_before(&self, lead: usize) -> i32 {
        let before = lead
            .checked_sub(1)
            .filter(|&before| self.kind(before) == Kind::Paragraph);
        before.map_or(0, |before| (self.points_of(before) - 1).min(1))
    }

    pub(super) fn points_of(&self, at: usize) -> i32 {
        let known = &self.points[at];
        let points = known
            .get()
            .unwrap_or_else(|| words::speaks_for_codes(&self.text(at)));
        known.set(Some(points));
        points
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
