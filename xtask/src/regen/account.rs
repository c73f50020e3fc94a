//! What `regen` did, in numbers that add up: rows and codes by set, what came and went, what is left to do.

use std::collections::BTreeMap;

use errbook_spec::{Set, Status};

use super::memory::Change;
use super::select::Chosen;
use super::texts::Gaps;
use crate::ingest::{Accounting, Mend, TableReading};
use crate::reference::Key;

/// The account of one vendor.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// By set, in the spec's order.
    pub sets: Vec<SetAccount>,
    /// The sums over all tables of codes of the document.
    pub document: Accounting,
    /// What had to be put right before the document could be read.
    pub mends: Vec<Mend>,
    /// Translations that do not hold, and texts without one.
    pub gaps: Gaps,
}

/// The account of one set.
#[derive(Debug, Clone, Default)]
pub struct SetAccount {
    /// Its name.
    pub name: String,
    /// Rows of its tables.
    pub rows: usize,
    /// Rows that gave codes.
    pub accepted: usize,
    /// Rows that hold no code, by rule.
    pub ignored: BTreeMap<&'static str, usize>,
    /// Rows that repeat another word for word.
    pub repeated: usize,
    /// Codes that stand in the document.
    pub codes: usize,
    /// Codes that have left it.
    pub retired: usize,
    /// Codes with a provisional name.
    pub provisional: usize,
    /// What became of its codes since the previous spec, with their variants.
    pub changes: Vec<(Key, String, Change)>,
}

impl SetAccount {
    /// Counts a set. Names are known by now.
    pub(super) fn new(set: &Set, tables: &[TableReading<'_>], chosen: &[Chosen]) -> Self {
        let mut account = Self {
            name: set.name.value.clone(),
            ..Self::default()
        };
        for table in chosen
            .iter()
            .flat_map(|chosen| &chosen.parts)
            .map(|&part| &tables[part])
        {
            account.rows += table.rows;
            account.accepted += table.accepted;
            for row in table.problems.iter().filter(|row| !row.quarantined) {
                *account.ignored.entry(row.rule).or_default() += 1;
            }
        }
        account.codes = set
            .codes
            .iter()
            .filter(|code| code.status == Status::Active)
            .count();
        account.retired = set.codes.len() - account.codes;
        account
    }
}

impl Account {
    /// A sum over the sets.
    #[must_use]
    pub fn sum(&self, of: impl Fn(&SetAccount) -> usize) -> usize {
        self.sets.iter().map(of).sum()
    }
}
