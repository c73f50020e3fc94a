//! The statistics of a `regen` run: rows and codes by set, changed codes, and missing translations.

use std::collections::BTreeMap;

use errbook_spec::{Set, Status};

use crate::reference::Key;
use crate::regen::memory::Change;
use crate::regen::select::Chosen;
use crate::regen::texts::Gaps;
use errbook_ingest::{Accounting, CodeEntry, FactProblem, Mend, Role, TableReading, Unread};

/// The account of one vendor.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// The sets, in the spec's order.
    pub sets: Vec<SetAccount>,
    /// The totals over all tables of codes in the document.
    pub document: Accounting,
    /// The repairs that were necessary to read the document.
    pub mends: Vec<Mend>,
    /// What looks like a code in the document and is in no entry.
    pub unread: Vec<Unread>,
    /// Stale and missing translations.
    pub gaps: Gaps,
}

/// The account of one set.
#[derive(Debug, Clone, Default)]
pub struct SetAccount {
    /// The name of the set.
    pub name: String,
    /// The number of rows in its tables.
    pub rows: usize,
    /// How many of the rows have codes.
    pub accepted: usize,
    /// How many rows have no code, by the rule that says so.
    pub ignored: BTreeMap<&'static str, usize>,
    /// How many rows repeat another row word for word.
    pub repeated: usize,
    /// How many codes are in the document.
    pub codes: usize,
    /// How many of them are values of a template, and in no row of their own.
    pub values: usize,
    /// How many codes are no longer in the document.
    pub retired: usize,
    /// The codes in the document that have a provisional name, each with the name.
    pub provisional: Vec<String>,
    /// The columns of its tables that the registry does not keep, in backticks.
    pub unkept_columns: Vec<String>,
    /// How many codes have details that the registry does not keep.
    pub unkept_details: usize,
    /// How many ranges have a message or remedy, which a spec does not keep.
    pub unkept_ranges: usize,
    /// How many codes are in several sections, and thus in none.
    pub unsectioned: usize,
    /// How many cells about retries or severity have other words than the known ones.
    pub unread_cells: usize,
    /// The codes that changed since the previous spec, with their Rust names.
    pub changes: Vec<(Key, String, Change)>,
}

impl SetAccount {
    /// Counts the rows and codes of a set.
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
        let parts = chosen.iter().flat_map(|chosen| &chosen.parts);
        for table in parts.map(|&part| &tables[part]) {
            for column in table.columns_in(&[Role::None, Role::Cause]) {
                if !account.unkept_columns.contains(&column) {
                    account.unkept_columns.push(column);
                }
            }
            let problems = table.codes.iter().flat_map(|code| &code.problems);
            let is_unread =
                |problem: &&FactProblem| matches!(problem.rule, "retry-unread" | "severity-unread");
            account.unread_cells += problems.filter(is_unread).count();
            let has_details = |code: &&CodeEntry<'_>| code.details.is_some();
            account.unkept_details += table.codes.iter().filter(has_details).count();
            let is_range = |code: &&CodeEntry<'_>| {
                (code.code_to.is_some() || code.class.is_some())
                    && (code.message.is_some() || code.remedy.is_some())
            };
            account.unkept_ranges += table.codes.iter().filter(is_range).count();
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
    /// The sum of a number over the sets.
    #[must_use]
    pub fn sum(&self, number: impl Fn(&SetAccount) -> usize) -> usize {
        self.sets.iter().map(number).sum()
    }
}
