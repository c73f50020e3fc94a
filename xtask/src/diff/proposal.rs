//! A rename that is proposed, as the line of overlay.toml that says it: all that the entry says now, and the new code.

use std::fmt::Write;

use toml_edit::{DocumentMut, InlineTable, Item, Key as TomlKey, TableLike, Value};

use super::Finding;
use crate::reference::Key;

/// A code that left, and one that says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The set of the code that left.
    pub set: String,
    /// Which code of it.
    pub key: Key,
    /// Its name.
    pub variant: String,
    /// The code that came, as the overlay names it.
    pub instead: String,
}

impl Proposal {
    /// What a person may write where it is not known what the overlay says of the code.
    pub(super) fn help(&self) -> String {
        let Self {
            set, key, instead, ..
        } = self;
        format!(
            "if it is the same thing, say so in overlay.toml under [set.{}.code]: add `replaced-by = \"{instead}\"` to \
             the entry of {}",
            toml_key(set),
            dotted(key)
        )
    }

    fn help_with(&self, entry: Option<&dyn TableLike>) -> String {
        let mut whole = InlineTable::new();
        for (key, item) in entry.into_iter().flat_map(TableLike::iter) {
            if let Ok(mut value) = item.clone().into_value() {
                value.decor_mut().clear();
                whole.insert(key, value);
            }
        }
        if whole.is_empty() {
            whole.insert("variant", self.variant.as_str().into());
        }
        whole.insert("replaced-by", self.instead.as_str().into());
        let mut line = String::new();
        // Writing to a `String` cannot fail.
        let _ = write!(
            line,
            "{} = {}",
            dotted(&self.key),
            Value::InlineTable(whole)
        );
        let set = toml_key(&self.set);
        format!("if it is the same thing, say so in overlay.toml under [set.{set}.code]: {line}")
    }
}

/// Shows with each proposal the whole entry that an overlay would have for it. An overlay that cannot be read is told
/// elsewhere.
pub fn with_entries(findings: &mut [Finding], overlay: &str) {
    let Ok(overlay) = overlay.parse::<DocumentMut>() else {
        return;
    };
    for finding in findings {
        finding.help = finding
            .proposed
            .as_ref()
            .map(|proposal| proposal.help_with(entry(&overlay, proposal)))
            .or(finding.help.take());
    }
}

fn entry<'a>(
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

fn dotted(key: &Key) -> String {
    let parts: Vec<_> = std::iter::once(&key.code)
        .chain(&key.symbol)
        .map(|part| toml_key(part))
        .collect();
    parts.join(".")
}

fn toml_key(name: &str) -> String {
    TomlKey::new(name).to_string()
}
