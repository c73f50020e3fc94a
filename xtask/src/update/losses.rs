//! What a new document does not have any more: codes, ranges and tables, by name. Rows are not
//! counted: new codes do not make up for those that are gone.

use std::collections::BTreeSet;

use errbook_spec::{Code, Set, Spec, Status};

use crate::count::count;
use crate::diff::{Class, Finding, line};
use crate::overlay::{Overlay, SetOverlay};
use crate::reference::{Key, code_key, quote_part};
use crate::regen::{Change, Fit, Regenerated, SetAccount};
use crate::update::tables;

/// An update, as far as its losses depend on it.
pub(super) struct Losses<'a> {
    /// The spec before.
    pub(super) before: Option<&'a Spec>,
    pub(super) regenerated: &'a Regenerated,
    /// The overlay before: what it retires is not a loss.
    pub(super) overlay: &'a Overlay,
    pub(super) fit: &'a Fit,
    pub(super) findings: &'a [Finding],
}

impl Losses<'_> {
    /// A message for each set that loses codes or a table, and one for each that loses ranges.
    pub(super) fn messages(&self) -> Vec<String> {
        let mut messages = Vec::new();
        for set in &self.overlay.sets {
            let tables = tables::withdrawn(self.fit);
            let tables = tables.filter(|table| table.owner.set() == Some(set.name.as_str()));
            let mut what: Vec<_> = tables
                .map(|table| format!("the table under `{}`", table.heading.value))
                .collect();
            let codes = self.codes(set);
            let is_one = what.len() + codes.len() == 1;
            what.extend((!codes.is_empty()).then(|| count(codes.len(), "code")));
            messages.extend(message(&set.name, &what.join(" and "), is_one, &codes));
        }
        for set in &self.overlay.sets {
            let is_gone = |finding: &&Finding| {
                finding.class == Class::RangeRemoved
                    && finding.subject.split('.').next() == Some(set.name.as_str())
            };
            let ranges: Vec<_> = self.findings.iter().filter(is_gone).map(line).collect();
            let what = if ranges.is_empty() {
                String::new()
            } else {
                count(ranges.len(), "range")
            };
            messages.extend(message(&set.name, &what, ranges.len() == 1, &ranges));
        }
        messages
    }

    /// The codes of a set that are not in the document, under this number or another one, and that
    /// the overlay does not retire.
    fn codes(&self, set: &SetOverlay) -> Vec<String> {
        let mut accounts = self.regenerated.account.sets.iter();
        let Some(account) = accounts.find(|account| account.name == set.name.value) else {
            return self.codes_of_dropped(set);
        };
        let moved = self.findings.iter();
        let moved = moved.filter(|it| it.class == Class::CodeMoved);
        let moved: BTreeSet<_> = moved.map(|it| it.subject.as_str()).collect();
        let is_elsewhere = |key: &Key| {
            let subject = format!("{}.{}", quote_part(&set.name), key.reference());
            moved.contains(subject.as_str())
        };
        let entries = set.entries_by_key();
        let gone = account.changes.iter().filter(|(key, _, change)| {
            let entry = entries.get(key);
            let is_retired = key.former.is_some()
                || entry.is_some_and(|it| {
                    it.status == Some(Status::Retired) || it.decided.replaced_by.is_some()
                });
            // A code that no release has and no entry mentions is dropped without a message.
            let is_loss = match change {
                Change::Retired => !set.is_retired(),
                Change::Dropped => entry.is_some(),
                _ => false,
            };
            is_loss && !is_retired && !is_elsewhere(key)
        });
        gone.map(|(key, variant, _)| format!("{} {variant}", key.reference()))
            .collect()
    }

    /// The codes of a set that is dropped with its table.
    fn codes_of_dropped(&self, set: &SetOverlay) -> Vec<String> {
        let mut sets = self.before.into_iter().flat_map(|spec| &spec.sets);
        let Some(old) = sets.find(|old| old.name.value == set.name.value) else {
            return Vec::new();
        };
        let active = |code: &&Code| code.status == Status::Active;
        let name = |code: &Code| format!("{} {}", reference(old, code), code.variant.value);
        old.codes.iter().filter(active).map(name).collect()
    }
}

fn reference(set: &Set, code: &Code) -> String {
    code_key(code, set.identity).reference()
}

fn message(set: &str, what: &str, is_one: bool, names: &[String]) -> Option<String> {
    let are = if is_one { "is" } else { "are" };
    let colon = if names.is_empty() { "" } else { ": " };
    let names = names.join(", ");
    let message = format!("{set}: {what} {are} not in the new document{colon}{names}");
    (!what.is_empty()).then_some(message)
}

/// The codes that go with their entries in the overlay, because no release promises them: each as
/// its set and key.
pub(super) fn dropped(regenerated: &Regenerated) -> Vec<(String, Key)> {
    let of_set = |set: &SetAccount| -> Vec<_> {
        let changes = set.changes.iter();
        let dropped = changes.filter(|(.., change)| *change == Change::Dropped);
        dropped
            .map(|(key, ..)| (set.name.clone(), key.clone()))
            .collect()
    };
    let sets = regenerated.account.sets.iter();
    sets.flat_map(of_set).collect()
}
