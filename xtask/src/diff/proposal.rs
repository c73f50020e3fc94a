//! Proposes that a code was renumbered: renders the line of overlay.toml that says so, with all
//! that the entry has now and the new code.

use toml_edit::InlineTable;

use crate::diff::Finding;
use crate::overlay::lines::{self, Entries};
use crate::reference::Key;
use crate::write::toml_key;

/// A removed code, and a new code with the same message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The set of the removed code.
    pub set: String,
    /// The key of the removed code.
    pub key: Key,
    /// The Rust name of the removed code.
    pub variant: String,
    /// The new code, as the overlay refers to it.
    pub instead: String,
}

impl Proposal {
    /// The help if the overlay's entry of the code is not known.
    pub(super) fn help(&self) -> String {
        let Self {
            set, key, instead, ..
        } = self;
        format!(
            "if they are the same error, add `replaced-by = \"{instead}\"` to the entry of {} \
             under [set.{}.code] in overlay.toml",
            lines::dotted_key(key),
            toml_key(set)
        )
    }

    /// The help with the complete new entry.
    fn help_with_entry(&self, overlay: &Entries<'_>) -> String {
        let mut entries = overlay.of(&self.set, &self.key);
        let is_there = !entries.is_empty();
        if entries.iter().all(lines::is_former) {
            let mut entry = InlineTable::new();
            entry.insert("variant", self.variant.as_str().into());
            entries.push(entry);
        }
        for entry in entries.iter_mut().filter(|entry| !lines::is_former(entry)) {
            entry.insert("replaced-by", self.instead.as_str().into());
        }
        let set = toml_key(&self.set);
        let write = if is_there {
            "replace its entry in overlay.toml"
        } else {
            "write this in overlay.toml"
        };
        let line = lines::line(&self.key, entries);
        format!("if they are the same error, {write} under [set.{set}.code]: {line}")
    }
}

/// Adds to each proposal the complete entry for the overlay. An overlay that cannot be parsed is
/// ignored here: `regen` reports it.
pub fn with_entries(findings: &mut [Finding], overlay: &str) {
    let overlay = Entries::new(overlay);
    for finding in findings {
        finding.help = finding
            .proposed
            .as_ref()
            .map(|proposal| proposal.help_with_entry(&overlay))
            .or(finding.help.take());
    }
}
