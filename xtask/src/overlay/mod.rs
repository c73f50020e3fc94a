//! An overlay.toml in, the decisions that a maintainer wrote in it out: how to read the vendor's document, and what
//! holds for its codes beyond it.

mod entry;
mod parse;

pub use parse::parse;

use errbook_spec::facts::Fact;
use errbook_spec::place::{At, Place};
use errbook_spec::{Billing, Code, Identity, Range, Set, Wire};

use crate::ingest::Role;
use crate::reference::Key;

/// One vendor's overlay.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// The vendor's title, in `locale`.
    pub title: Option<At<String>>,
    /// What people call this edition of the document; its hash if nothing is said.
    pub edition: Option<At<String>>,
    /// The day or month on which the vendor published it.
    pub date: Option<At<String>>,
    /// Where the document is published.
    pub url: Option<At<String>>,
    /// The language of the document.
    pub locale: At<String>,
    /// The taxonomy, by its `vendor` name.
    pub kinds: Option<At<String>>,
    /// The sets, in the overlay's order, which becomes the spec's.
    pub sets: Vec<SetOverlay>,
    /// Tables that hold codes and belong to no set, for a reason.
    pub ignores: Vec<Ignore>,
}

/// How one set is read.
#[derive(Debug, Clone)]
pub struct SetOverlay {
    /// The enum's name.
    pub name: At<String>,
    /// The facts that the overlay decides. The others are as in an empty set.
    pub decided: Set,
    /// The vendor's sentence that the severity rests on.
    pub quote: Option<At<String>>,
    /// Where its codes are.
    pub tables: Tables,
    /// The type of a code on the wire, if it is said.
    pub wire: Option<At<Wire>>,
    /// What tells two codes apart, if it is said.
    pub identity: Option<At<Identity>>,
    /// The title, in the document's language, where the heading does not do.
    pub title: Option<At<String>>,
    /// Roles of columns that are not recognised by themselves, by header.
    pub columns: Vec<(At<String>, Role)>,
    /// Rows of one code that differ are put together.
    pub joins_repeated: bool,
    /// How its code cells are written, where that is not plain.
    pub cells: Cells,
    /// The code is the HTTP status of the answer.
    pub http_is_code: bool,
    /// A rule about billing that stands in prose.
    pub billing: Option<BillingRule>,
    /// What was decided code by code.
    pub entries: Vec<Entry>,
    /// Classes of codes.
    pub ranges: Vec<RangeEntry>,
}

/// How the code cells of a set are read.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// What parts the codes of one cell; an empty list says that a cell is one code.
    pub separators: Option<Vec<At<String>>>,
    /// Is `A-B` a range, and not one code?
    pub ranges: Option<At<bool>>,
    /// Cells that are one code as they stand.
    pub whole: Vec<At<String>>,
}

/// Where the codes of a set stand.
#[derive(Debug, Clone)]
pub enum Tables {
    /// In one table, torn or not.
    One(Selector),
    /// In several tables, each a section with its id.
    Sections(Vec<(At<String>, Selector)>),
    /// Nowhere any more: the vendor withdrew the table.
    Retired,
    /// The overlay does not say, which has been reported.
    Unknown,
}

/// Which table is meant.
#[derive(Debug, Clone, Default)]
pub struct Selector {
    /// The heading above it; empty for a table without one.
    pub heading: At<String>,
    /// A header that only this table has, where two stand under one heading.
    pub column: Option<At<String>>,
    /// Which of those that are left, counted from 1, where two are alike in heading and columns.
    pub nth: Option<At<u32>>,
    /// In how many parts page breaks tore it.
    pub parts: Option<At<u32>>,
}

/// A table that is left out on purpose.
#[derive(Debug, Clone)]
pub struct Ignore {
    /// Which one.
    pub table: Selector,
    /// Why.
    pub because: At<String>,
}

/// A rule about billing that stands in prose.
#[derive(Debug, Clone)]
pub struct BillingRule {
    /// The codes that are billed.
    pub billed: Vec<At<String>>,
    /// The codes that are free.
    pub free: Vec<At<String>>,
    /// What all others are; unspecified where it is left out.
    pub otherwise: Option<At<Billing>>,
    /// The sentence.
    pub quote: At<String>,
}

/// What was decided about one code. What is absent was not decided.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which code.
    pub key: Key,
    /// Where the entry stands.
    pub place: Place,
    /// The Rust name.
    pub variant: Option<At<String>>,
    /// The facts that the overlay decides. The others are as in an empty code.
    pub decided: Code,
    /// The facts that are unspecified, whatever the document says.
    pub unspecified: Vec<&'static Fact>,
    /// Strings in the language of the row: the message and the remedy, where no row has them or they are wrong.
    pub texts: Vec<(&'static Fact, At<String>)>,
    /// `status = "removed"`: the code is taken out for good.
    pub removed: bool,
    /// The language of its row.
    pub locale: Option<At<String>>,
    /// Why the retry class is not that of the kind: the vendor's words.
    pub because: Option<At<String>>,
    /// The vendor's sentence that a decision rests on.
    pub quote: Option<At<String>>,
}

impl Entry {
    /// Whether it gives a message, without which a code that no row has means nothing.
    #[must_use]
    pub fn has_message(&self) -> bool {
        self.texts.iter().any(|(fact, _)| fact.key == "message")
    }
}

/// What was decided about a class of codes.
#[derive(Debug, Clone)]
pub struct RangeEntry {
    /// Its ends, and the facts that the overlay decides.
    pub decided: Range,
    /// The vendor's sentence that the class rests on.
    pub quote: Option<At<String>>,
}
