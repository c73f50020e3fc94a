//! Finds columns that have other headers in a new edition: by the cells that they had.

use std::collections::{BTreeMap, BTreeSet};

use errbook_ingest::{Document, Role, TableReading};
use errbook_spec::place::At;

use crate::diff::form_key;
use crate::fold::heading_key;
use crate::overlay::{Overlay, SetOverlay};
use crate::regen::fit::{Owner, is_share};
use crate::regen::select::{has_column, locate, numbered_column, table_parts};

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    header: String,
    /// What its cells say, without their form.
    cells: BTreeSet<String>,
}

/// A column that has another header in all tables of a set.
#[derive(Debug, Clone)]
pub(crate) struct RenamedColumn {
    pub(crate) set: String,
    /// The header in the overlay.
    pub(crate) old: At<String>,
    pub(crate) new: String,
    pub(crate) role: Role,
}

/// The columns of the tables that an overlay finds in a document.
pub(crate) fn columns_of_tables(
    document: &Document,
    tables: &[TableReading<'_>],
    overlay: &Overlay,
) -> BTreeMap<Owner, Vec<Column>> {
    let located = locate(tables, overlay).into_iter();
    let columns = located.filter_map(|it| {
        let table = it.table.ok()?;
        Some((it.owner, columns_of(document, tables, table)))
    });
    columns.collect()
}

/// The columns of a table and of the parts that continue it.
fn columns_of(document: &Document, tables: &[TableReading<'_>], head: usize) -> Vec<Column> {
    let parts = table_parts(tables, head);
    let column = |(at, header): (usize, &str)| {
        let rows = parts.iter().flat_map(|&part| document.tables[part].rows());
        let cells = rows.filter_map(|row| row.get(at).map(|cell| form_key(cell.text)));
        Column {
            header: header.to_owned(),
            cells: cells.filter(|cell| !cell.is_empty()).collect(),
        }
    };
    let headers = tables[head].columns.iter().map(|column| &*column.header);
    headers.enumerate().map(column).collect()
}

/// The columns that a new edition has under other headers. `known` are the columns of the edition
/// before.
pub(super) fn renamed_columns(
    document: &Document,
    tables: &[TableReading<'_>],
    overlay: &Overlay,
    known: &BTreeMap<Owner, Vec<Column>>,
) -> Vec<RenamedColumn> {
    let located = locate(tables, overlay);
    let mut renamed = Vec::new();
    for set in &overlay.sets {
        let of_set = || {
            let own = located.iter();
            let own = own.filter(|it| it.owner.set() == Some(set.name.value.as_str()));
            own.filter_map(|it| Some((&it.owner, *it.table.as_ref().ok()?)))
        };
        for (header, role) in &set.columns {
            let is_there = of_set().any(|(_, table)| has_column(&tables[table], header));
            if is_there || numbered_column(header).is_some() {
                continue;
            }
            let found = of_set().map(|(owner, table)| {
                let now = columns_of(document, tables, table);
                new_header(header, known.get(owner)?, &now, set)
            });
            // One header of the overlay is the same in all tables of a set.
            let found: BTreeSet<_> = found.collect();
            if let Some(Some(new)) = found.first().filter(|_| found.len() == 1) {
                renamed.push(RenamedColumn {
                    set: set.name.value.clone(),
                    old: header.clone(),
                    new: new.clone(),
                    role: role.clone(),
                });
            }
        }
    }
    renamed
}

/// The header above the cells of an old column: that of the one new column with most of them.
fn new_header(old: &str, before: &[Column], now: &[Column], set: &SetOverlay) -> Option<String> {
    let key = heading_key(old);
    let old = before.iter().find(|it| heading_key(&it.header) == key)?;
    let is_known = |column: &Column| {
        let key = heading_key(&column.header);
        let mut named = set.columns.iter();
        before.iter().any(|it| heading_key(&it.header) == key)
            || named.any(|(header, _)| heading_key(header) == key)
    };
    let shared = |column: &Column| old.cells.intersection(&column.cells).count();
    let fresh = now
        .iter()
        .filter(|it| !it.header.is_empty() && !is_known(it));
    let mut found: Vec<_> = fresh.map(|column| (shared(column), column)).collect();
    found.retain(|(shared, _)| is_share(*shared, old.cells.len()));
    let most = found.iter().map(|(shared, _)| *shared).max()?;
    found.retain(|(shared, _)| *shared == most);
    match found.as_slice() {
        [(_, one)] => Some(one.header.clone()),
        _ => None,
    }
}

impl Overlay {
    /// Follows columns to their new headers.
    pub(super) fn follow_columns(&mut self, renamed: &[RenamedColumn]) {
        for it in renamed {
            let set = self.sets.iter_mut().find(|set| set.name.value == it.set);
            let columns = set.into_iter().flat_map(|set| &mut set.columns);
            for (header, _) in columns.filter(|(header, _)| header.value == it.old.value) {
                header.value.clone_from(&it.new);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use errbook_spec::place::Source;

    use super::*;

    fn column(header: &str, cells: &[&str]) -> Column {
        Column {
            header: header.to_owned(),
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        }
    }

    fn set() -> SetOverlay {
        let text = "schema = 1\nlocale = \"en\"\n[set.Order]\ntable = \"Orders\"\n\
                    columns = { Reason = \"message\", Fee = \"billing\" }\n";
        let overlay = crate::overlay::parse(&Source::new("overlay.toml", text)).unwrap();
        overlay.sets.into_iter().next().unwrap()
    }

    /// A column is followed only where its cells leave no doubt: a wrong one would give codes
    /// the texts of others.
    #[test]
    fn a_column_is_followed_to_the_one_new_header_above_most_of_its_cells() {
        let before = [
            column("Code", &["1", "2", "3", "4"]),
            column("Reason", &["a", "b", "c", "d"]),
        ];
        let new = |now: &[Column]| new_header("reason", &before, now, &set());
        let text = |text: &str| Some(text.to_owned());
        let code = || column("Code", &["1", "2", "3", "4"]);
        // Half of the cells are enough.
        assert_eq!(
            new(&[code(), column("Cause", &["a", "b", "x"])]),
            text("Cause")
        );
        assert_eq!(new(&[code(), column("Cause", &["a", "x", "y"])]), None);
        let two = [
            column("Cause", &["a", "b"]),
            column("Why", &["a", "b", "c"]),
        ];
        assert_eq!(new(&two), text("Why"), "the one with most of them");
        let equal = [column("Cause", &["a", "b"]), column("Why", &["c", "d"])];
        assert_eq!(new(&equal), None, "either");
        // A column without a header, one that was there before, and one with a role of its own.
        for header in ["", "code", "Fee"] {
            assert_eq!(
                new(&[column(header, &["a", "b", "c", "d"])]),
                None,
                "{header}"
            );
        }
        assert_eq!(new_header("Other", &before, &[code()], &set()), None);
    }

    #[test]
    fn a_followed_column_keeps_its_role_in_its_set_only() {
        let mut overlay = Overlay {
            sets: vec![set(), set()],
            ..Overlay::default()
        };
        overlay.sets[0].name = "Other".into();
        let role = set().columns[0].1.clone();
        overlay.follow_columns(&[RenamedColumn {
            set: "Order".to_owned(),
            old: "Reason".into(),
            new: "Cause".to_owned(),
            role,
        }]);
        let headers = |at: usize| {
            let columns = overlay.sets[at].columns.iter();
            columns
                .map(|(header, _)| header.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(headers(0), ["Reason", "Fee"]);
        assert_eq!(headers(1), ["Cause", "Fee"]);
    }
}
