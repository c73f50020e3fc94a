//! What `stats` says about each vendor's document: its edition, whether the vendor has a later one,
//! and how much in the spec is not from it or in other words.

use errbook_spec::{Set, Spec, Status};
use serde::Serialize;

use crate::age::Age;
use crate::count::count;
use crate::table::Table;

/// How many notes there are: what the spec says beyond the vendor's document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Notes {
    codes: usize,
    ranges: usize,
    sets: usize,
}

impl Notes {
    /// The notes of a set. Those of retired codes are not counted, like all that `stats` counts.
    pub(crate) fn of(set: &Set) -> Self {
        let codes = set.codes.iter();
        let active = codes.filter(|code| code.status == Status::Active);
        let ranges = set.ranges.iter();
        Self {
            codes: active.filter(|code| code.note.is_some()).count(),
            ranges: ranges.filter(|range| range.note.is_some()).count(),
            sets: usize::from(set.note.is_some()),
        }
    }

    /// The notes of several sets.
    pub(crate) fn total(sets: impl Iterator<Item = Self>) -> Self {
        sets.fold(Self::default(), |sum, notes| Self {
            codes: sum.codes + notes.codes,
            ranges: sum.ranges + notes.ranges,
            sets: sum.sets + notes.sets,
        })
    }

    fn are_none(self) -> bool {
        self == Self::default()
    }

    /// `11 codes, 1 set`, or `-` if there are none.
    fn text(self) -> String {
        let counts = [
            (self.codes, "code"),
            (self.ranges, "range"),
            (self.sets, "set"),
        ];
        let counts = counts.iter().filter(|(number, _)| *number > 0);
        let texts: Vec<_> = counts.map(|(number, noun)| count(*number, noun)).collect();
        if texts.is_empty() {
            return NONE.to_owned();
        }
        texts.join(", ")
    }
}

/// How many active codes have the vendor's own words beside a message that corrects them.
pub(crate) fn count_said(set: &Set) -> usize {
    let codes = set.codes.iter();
    let active = codes.filter(|code| code.status == Status::Active);
    active.filter(|code| !code.said.is_empty()).count()
}

/// What is shown where a document says nothing.
const NONE: &str = "-";

/// The document of one vendor.
#[derive(Debug)]
pub(crate) struct Document {
    vendor: String,
    edition: Option<String>,
    /// Since when the vendor has a later edition, or `yes`.
    superseded: Option<String>,
    /// The URL of a later edition.
    newer: Option<String>,
    notes: Notes,
    said: usize,
}

impl Document {
    /// The document of a vendor, whose folder has this name.
    pub(crate) fn of(vendor: &str, spec: &Spec) -> Self {
        let age = Age::of(spec);
        let age = age.as_ref();
        let superseded = age.and_then(|age| age.superseded);
        Self {
            vendor: vendor.to_owned(),
            edition: age.and_then(|age| age.edition.as_deref().map(str::to_owned)),
            superseded: superseded.map(|since| since.day().unwrap_or("yes").to_owned()),
            newer: age.and_then(|age| age.newer.map(str::to_owned)),
            notes: Notes::total(spec.sets.iter().map(Notes::of)),
            said: spec.sets.iter().map(count_said).sum(),
        }
    }

    /// Whether there is nothing to say about it.
    fn is_plain(&self) -> bool {
        let is_dated = self.edition.is_some() || self.superseded.is_some();
        !is_dated && self.notes.are_none() && self.said == 0
    }
}

/// The documents of several vendors for a terminal: a table, and the addresses of later editions
/// below it, which would make it too wide. Empty if there is nothing to say about any of them.
pub(crate) fn aligned(documents: &[Document]) -> String {
    if documents.iter().all(Document::is_plain) {
        return String::new();
    }
    let mut text = table(documents, |document| {
        document.superseded.as_deref().unwrap_or(NONE).to_owned()
    })
    .aligned();
    let later = documents.iter().filter_map(|document| {
        let newer = document.newer.as_ref()?;
        Some(vec![format!("  {}", document.vendor), newer.clone()])
    });
    let rows: Vec<_> = later.collect();
    if !rows.is_empty() {
        text.push_str("later editions:\n");
        text.push_str(&Table { rows, left: 2 }.aligned());
    }
    text
}

/// The same as a Markdown table, in which the day is a link.
pub(crate) fn markdown(documents: &[Document]) -> String {
    if documents.iter().all(Document::is_plain) {
        return String::new();
    }
    table(documents, |document| {
        let superseded = document.superseded.as_deref().unwrap_or(NONE);
        match &document.newer {
            Some(newer) => format!("[{superseded}]({newer})"),
            None => superseded.to_owned(),
        }
    })
    .markdown()
}

fn table(documents: &[Document], superseded: impl Fn(&Document) -> String) -> Table {
    let header = ["vendor", "edition", "superseded", "notes", "said"];
    let row = |document: &Document| {
        vec![
            document.vendor.clone(),
            document.edition.as_deref().unwrap_or(NONE).to_owned(),
            superseded(document),
            document.notes.text(),
            document.said.to_string(),
        ]
    };
    let header = header.map(str::to_owned).to_vec();
    Table {
        rows: std::iter::once(header)
            .chain(documents.iter().map(row))
            .collect(),
        left: 4,
    }
}
