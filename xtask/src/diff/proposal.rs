//! Proposes that a code was renumbered: renders the line of overlay.toml that says so, with all
//! that the entry has now and the new code.

use std::fmt::Write;

use toml_edit::{DocumentMut, InlineTable, Item, Key as TomlKey, TableLike, Value};

use crate::diff::Finding;
use crate::reference::Key;

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
            dotted_key(key),
            toml_key(set)
        )
    }

    /// The help with the complete new entry.
    fn help_with_entry(&self, entry: Option<&dyn TableLike>) -> String {
        let mut whole = InlineTable::new();
        for (key, item) in entry.into_iter().flat_map(TableLike::iter) {
            if let Ok(mut value) = item.clone().into_value() {
                value.decor_mut().clear();
                whole.insert(key, value);
            }
        }
        let is_there = !whole.is_empty();
        if !is_there {
            whole.insert("variant", self.variant.as_str().into());
        }
        whole.insert("replaced-by", self.instead.as_str().into());
        let mut line = String::new();
        // Writing to a `String` cannot fail.
        let _ = write!(
            line,
            "{} = {}",
            dotted_key(&self.key),
            Value::InlineTable(whole)
        );
        let set = toml_key(&self.set);
        let write = if is_there {
            "replace its entry in overlay.toml"
        } else {
            "write this in overlay.toml"
        };
        format!("if they are the same error, {write} under [set.{set}.code]: {line}")
    }
}

/// Adds to each proposal the complete entry for the overlay. An overlay that cannot be parsed is
/// ignored here: `regen` reports it.
pub fn with_entries(findings: &mut [Finding], overlay: &str) {
    let Ok(overlay) = overlay.parse::<DocumentMut>() else {
        return;
    };
    for finding in findings {
        finding.help = finding
            .proposed
            .as_ref()
            .map(|proposal| proposal.help_with_entry(find_entry(&overlay, proposal)))
            .or(finding.help.take());
    }
}

fn find_entry<'a>(
    overlay: &'a DocumentMut,
    Proposal { set, key, .. }: &Proposal,
) -> Option<&'a dyn TableLike> {
    let names = ["set", set, "code", &key.code]
        .into_iter()
        .chain(key.symbol.as_deref());
    let found = names
        .into_iter()
        .try_fold(overlay.as_item(), |item: &Item, name| item.get(name));
    found.and_then(Item::as_table_like)
}

fn dotted_key(key: &Key) -> String {
    let parts: Vec<_> = std::iter::once(&key.code)
        .chain(&key.symbol)
        .map(|part| toml_key(part))
        .collect();
    parts.join(".")
}

fn toml_key(name: &str) -> String {
    TomlKey::new(name).to_string()
}
