//! The overlay: how to read a vendor's document, and which facts about its codes a maintainer
//! decided.
//!
//! The text of an `overlay.toml` goes in; an [`Overlay`] comes out.

mod entry;
pub(crate) mod lines;
mod parse;

pub use parse::{parse, parse_partial};

use std::collections::BTreeMap;

use errbook_spec::facts::Fact;
use errbook_spec::place::{At, Place};
use errbook_spec::{Billing, Code, Identity, Range, Set, Status, Superseded, Wire};

use crate::reference::Key;
use errbook_ingest::Role;

/// One vendor's overlay.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// The vendor's title, in `locale`.
    pub title: Option<At<String>>,
    /// The name of this edition of the document. Without it, the hash of the document is used.
    pub edition: Option<At<String>>,
    /// The day or month in which the vendor published this edition.
    pub date: Option<At<String>>,
    /// Whether, and since when, the vendor has a later edition.
    pub superseded: Option<At<Superseded>>,
    /// Where a later edition is published.
    pub newer: Option<At<String>>,
    /// Where the document is published.
    pub url: Option<At<String>>,
    /// Whether `watch` leaves the vendor out, because only a person can download the document.
    pub is_unwatched: bool,
    /// The encoding of the document, if it is not UTF-8.
    pub encoding: Option<At<String>>,
    /// The language of the document.
    pub locale: At<String>,
    /// The taxonomy, by its `vendor` name.
    pub kinds: Option<At<String>>,
    /// The sets, in the overlay's order, which becomes the spec's.
    pub sets: Vec<SetOverlay>,
    /// Tables of codes that are left out of every set on purpose.
    pub ignores: Vec<Ignore>,
}

/// How one set is read.
#[derive(Debug, Clone)]
pub struct SetOverlay {
    /// The enum's name.
    pub name: At<String>,
    /// The facts that the overlay decides. All others have their defaults.
    pub decided: Set,
    /// The vendor's sentence that justifies the severity.
    pub quote: Option<At<String>>,
    /// The tables with its codes.
    pub tables: Tables,
    /// The type of a code on the wire, if given.
    pub wire: Option<At<Wire>>,
    /// What identifies a code, if given.
    pub identity: Option<At<Identity>>,
    /// The title in the document's language, if the heading is not suitable.
    pub title: Option<At<String>>,
    /// Roles of columns, by header, for headers that are not recognized.
    pub columns: Vec<(At<String>, Role)>,
    /// Whether rows of one code that differ are joined into one code.
    pub joins_repeated: bool,
    /// Whether the details of a code are part of its message.
    pub adds_details: bool,
    /// How its code cells are written, if not in the default way.
    pub cells: Cells,
    /// Whether the code is the HTTP status of the response.
    pub http_is_code: bool,
    /// A billing rule from the prose of the document.
    pub billing: Option<BillingRule>,
    /// The decisions about single codes.
    pub entries: Vec<Entry>,
    /// The decisions about ranges of codes.
    pub ranges: Vec<RangeEntry>,
}

impl SetOverlay {
    /// Whether the vendor withdrew its table.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        matches!(self.tables, Tables::Retired)
    }

    /// The entries of the codes by their keys: of several with the same key, the first.
    pub(crate) fn entries_by_key(&self) -> BTreeMap<&Key, &Entry> {
        let entries = self.entries.iter().rev();
        entries.map(|entry| (&entry.key, entry)).collect()
    }
}

/// How the code cells of a set are read.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// What separates the codes of one cell. An empty list means that a cell is one code.
    pub separators: Option<Vec<At<String>>>,
    /// Whether `A-B` is a range instead of one code.
    pub ranges: Option<At<bool>>,
    /// Cells whose whole content is one code, even if it contains a separator.
    pub whole: Vec<At<String>>,
}

/// Where the codes of a set are found.
#[derive(Debug, Clone)]
pub enum Tables {
    /// In one table, which page breaks may have split into parts.
    One(Selector),
    /// In several tables, each a section with its id.
    Sections(Vec<(At<String>, Selector)>),
    /// No longer in the document: the vendor withdrew the table.
    Retired,
    /// The overlay does not say. This has already been reported.
    Unknown,
}

/// Selects one table of the document.
#[derive(Debug, Clone, Default)]
pub struct Selector {
    /// The heading above the table; empty for a table without a heading.
    pub heading: At<String>,
    /// A column that only this table has, if several tables are under one heading.
    pub column: Option<At<String>>,
    /// The position among the remaining tables, counted from 1, if several have the same heading
    /// and columns.
    pub nth: Option<At<u32>>,
    /// Into how many parts page breaks split the table.
    pub parts: Option<At<u32>>,
}

/// A table that is left out on purpose.
#[derive(Debug, Clone)]
pub struct Ignore {
    /// The table.
    pub table: Selector,
    /// The reason.
    pub because: At<String>,
}

/// A billing rule from the prose of the document.
#[derive(Debug, Clone)]
pub struct BillingRule {
    /// The codes that are billed.
    pub billed: Vec<At<String>>,
    /// The codes that are free.
    pub free: Vec<At<String>>,
    /// What applies to all other codes; unspecified if absent.
    pub otherwise: Option<At<Billing>>,
    /// The vendor's sentence.
    pub quote: At<String>,
}

/// The decisions about one code. What is absent was not decided.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The code.
    pub key: Key,
    /// The position of the entry in the overlay.
    pub place: Place,
    /// The Rust name.
    pub variant: Option<At<String>>,
    /// The facts that the overlay decides. All others have their defaults.
    pub decided: Code,
    /// The facts that are unspecified even if the document gives a value.
    pub unspecified: Vec<&'static Fact>,
    /// Strings in the language of the row: the message and the remedy, if the row lacks them or has
    /// them wrong.
    pub texts: Vec<(&'static Fact, At<String>)>,
    /// `status = "removed"`: the code is removed permanently.
    pub removed: bool,
    /// Whether a code of the document is still in use, if the overlay decides it.
    pub status: Option<Status>,
    /// The symbol with parameters of the row that the code is a value of, if it is in no row.
    pub template: Option<At<String>>,
    /// Whether the error is still the same although its words are not.
    pub same: Option<Same>,
    /// The language of the row.
    pub locale: Option<At<String>>,
    /// Why the retry class differs from the kind's, in the vendor's words.
    pub because: Option<At<String>>,
    /// The vendor's sentence that justifies a decision.
    pub quote: Option<At<String>>,
}

/// That a code is the same error as before, although the vendor describes it in other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    /// `same = true`: with any words, now and later.
    Always(bool),
    /// `same = "TEXT"`: as long as the vendor describes it in these words.
    Text(String),
}

impl Entry {
    /// Whether the entry has a message. A code that is in no row needs one.
    #[must_use]
    pub fn has_message(&self) -> bool {
        self.texts.iter().any(|(fact, _)| fact.key == "message")
    }

    /// The key of the row that the code is a value of, if it is in no row.
    #[must_use]
    pub fn template_key(&self) -> Option<Key> {
        let template = self.template.as_ref()?;
        Some(Key {
            symbol: Some(template.value.clone()),
            ..self.key.now()
        })
    }
}

/// The decisions about one range of codes.
#[derive(Debug, Clone)]
pub struct RangeEntry {
    /// The ends of the range, and the facts that the overlay decides.
    pub decided: Range,
    /// The vendor's sentence that justifies the range.
    pub quote: Option<At<String>>,
}
