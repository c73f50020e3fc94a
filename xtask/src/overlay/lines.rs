//! Writes lines of overlay.toml for a person to paste: an entry with all that it has now, and with
//! what a decision adds.

use std::cell::OnceCell;

use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};

use crate::reference::Key;
use crate::write::toml_key;

/// The entries of the codes in an overlay, which is parsed once, when the first is looked for.
#[derive(Debug)]
pub(crate) struct Entries<'a> {
    overlay: &'a str,
    parsed: OnceCell<DocumentMut>,
}

impl<'a> Entries<'a> {
    /// Those in the text of an overlay.
    pub(crate) fn new(overlay: &'a str) -> Self {
        Self {
            overlay,
            parsed: OnceCell::new(),
        }
    }

    /// The entry of a code with all its keys; for former meanings it has several. Without an entry,
    /// or if the overlay cannot be parsed, it is empty.
    pub(crate) fn of(&self, set: &str, key: &Key) -> Vec<InlineTable> {
        let parse = || self.overlay.parse().unwrap_or_default();
        let overlay = self.parsed.get_or_init(parse);
        let names = ["set", set, "code", &key.code]
            .into_iter()
            .chain(key.symbol.as_deref());
        let found = names
            .into_iter()
            .try_fold(overlay.as_item(), |item, name| item.get(name));
        let Some(found) = found else {
            return Vec::new();
        };
        if let Some(array) = found.as_array() {
            let tables = array.iter().filter_map(Value::as_inline_table);
            return tables.map(|table| copied(table)).collect();
        }
        if let Some(array) = found.as_array_of_tables() {
            return array.iter().map(|table| copied(table)).collect();
        }
        let table = found.as_table_like();
        table.map(copied).into_iter().collect()
    }
}

/// Whether an entry is for a former meaning.
pub(crate) fn is_former(entry: &InlineTable) -> bool {
    entry.contains_key("until")
}

/// The line of an entry, or of an entry for each meaning.
pub(crate) fn line(key: &Key, entries: Vec<InlineTable>) -> String {
    let entries: Vec<_> = entries.into_iter().map(Value::InlineTable).collect();
    let value = match &entries[..] {
        [entry] => entry.to_string(),
        _ => {
            let entries: Vec<_> = entries.iter().map(Value::to_string).collect();
            format!("[{}]", entries.join(", "))
        }
    };
    format!("{} = {}", dotted_key(key), value.trim())
}

/// A code as a key of overlay.toml.
pub(crate) fn dotted_key(key: &Key) -> String {
    let parts: Vec<_> = std::iter::once(&key.code)
        .chain(&key.symbol)
        .map(|part| toml_key(part))
        .collect();
    parts.join(".")
}

/// A copy on one line, without comments.
fn copied(entry: &dyn TableLike) -> InlineTable {
    let mut copy = InlineTable::new();
    for (key, item) in entry.iter() {
        if let Ok(mut value) = Item::into_value(item.clone()) {
            value.decor_mut().clear();
            copy.insert(key, value);
        }
    }
    copy
}
