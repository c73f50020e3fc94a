//! Edits an overlay by the lines of a history.

use toml_edit::{DocumentMut, Item, Table, TableLike};

/// A line of a history.
enum Edit {
    /// What the lines say replaces what has their keys.
    Put(DocumentMut),
    /// A key of a table; without one, the table.
    Remove(Vec<String>),
}

/// Reads `[TABLE] KEY = VALUE`, and `remove [TABLE]` with or without a key; or else the lines of
/// tables whose headers are above them.
fn parse(lines: &[String]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut whole = Vec::new();
    for line in lines {
        let (removed, rest) = match line.strip_prefix("remove ") {
            Some(rest) => (true, rest),
            None => (false, line.as_str()),
        };
        let header = rest.strip_prefix('[').filter(|rest| !rest.starts_with('['));
        let header = header.and_then(|rest| rest.split_once(']'));
        match header {
            Some((table, key)) if removed => {
                let key = format!("{table}.{}", key.trim());
                let keys = toml_edit::Key::parse(key.trim_end_matches('.')).unwrap();
                edits.push(Edit::Remove(
                    keys.iter().map(|key| key.get().to_owned()).collect(),
                ));
            }
            Some((table, line)) if !line.is_empty() => {
                let text = format!("[{table}]\n{}", line.trim());
                edits.push(Edit::Put(
                    text.parse().unwrap_or_else(|error| panic!("{error}")),
                ));
            }
            _ => whole.push(line.as_str()),
        }
    }
    if !whole.is_empty() {
        let text = whole.join("\n");
        edits.push(Edit::Put(
            text.parse().unwrap_or_else(|error| panic!("{error}")),
        ));
    }
    edits
}

/// The overlay with these lines.
pub(super) fn decide(overlay: &str, lines: &[String]) -> String {
    let mut overlay: DocumentMut = overlay.parse().unwrap();
    for edit in parse(lines) {
        match edit {
            Edit::Put(decided) => put(overlay.as_table_mut(), decided.as_table()),
            Edit::Remove(path) => {
                let (last, tables) = path.split_last().unwrap();
                let mut table: &mut dyn TableLike = overlay.as_table_mut();
                for name in tables {
                    let item = table.get_mut(name).unwrap_or_else(|| panic!("{path:?}"));
                    table = item.as_table_like_mut().unwrap();
                }
                assert!(table.remove(last).is_some(), "{path:?} is not there");
            }
        }
    }
    overlay.to_string()
}

fn put(overlay: &mut Table, decided: &Table) {
    for (key, item) in decided {
        match (overlay.get_mut(key), item) {
            (Some(Item::Table(old)), Item::Table(new)) => put(old, new),
            _ => _ = overlay.insert(key, item.clone()),
        }
    }
}

/// What of these lines the overlay does not say.
pub(super) fn missing(overlay: &str, lines: &[String]) -> Vec<String> {
    let is_said = |line: &&String| {
        let overlay: DocumentMut = overlay.parse().unwrap();
        let lines = std::slice::from_ref(*line);
        parse(lines).iter().all(|edit| match edit {
            Edit::Put(decided) => has(overlay.as_table(), decided.as_table()),
            Edit::Remove(path) => {
                let mut names = path.iter();
                let found = names.try_fold(overlay.as_item(), |item, name| item.get(name));
                found.is_none_or(Item::is_none)
            }
        })
    };
    lines
        .iter()
        .filter(|line| !is_said(line))
        .cloned()
        .collect()
}

/// Whether a table has all that another one has.
fn has(overlay: &Table, wanted: &Table) -> bool {
    let plain = |item: &Item| item.to_string().split_whitespace().collect::<String>();
    wanted
        .iter()
        .all(|(key, item)| match (overlay.get(key), item) {
            (Some(Item::Table(old)), Item::Table(new)) => has(old, new),
            (Some(old), new) => plain(old) == plain(new),
            (None, _) => false,
        })
}
