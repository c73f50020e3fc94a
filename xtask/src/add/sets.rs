//! Groups the tables of a document into sets, and infers each set's name, selectors and wire type.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use errbook_spec::{Identity, Wire};
use heck::ToUpperCamelCase;

use crate::fold::heading_key;
use crate::overlay::Selector;
use crate::regen::{parse_status, section_id, shortest_selector, table_parts};
use errbook_ingest::{CodeEntry, Column, Holds, Role, TableReading};

/// How many words of a heading make a name. Longer headings are usually sentences. No
/// measurement is recorded for five; a wrong name costs little, because it is provisional.
const WORDS: usize = 5;

/// An inferred set.
#[derive(Debug)]
pub(super) struct DraftSet {
    pub(super) name: String,
    pub(super) tables: Vec<DraftTable>,
    pub(super) wire: Wire,
    pub(super) identity: Identity,
    /// Whether a code occurs in several rows that differ.
    pub(super) joins: bool,
    /// Whether `A..B` is one code. Codes that are not numbers have no range between them.
    pub(super) whole_ranges: bool,
    /// The inferred role of each column, by its header or its `#number`.
    pub(super) columns: Vec<(String, Role)>,
}

/// A table, with the selector that distinguishes it from all others.
#[derive(Debug)]
pub(super) struct DraftTable {
    /// The section's id, if the set has several tables.
    pub(super) section: Option<String>,
    pub(super) selector: Selector,
}

/// Infers the sets of a document.
pub(super) fn infer_sets(vendor: &str, tables: &[TableReading<'_>]) -> Vec<DraftSet> {
    let is_head =
        |table: &TableReading<'_>| table.holds == Holds::Codes && table.continues.is_none();
    let heads: Vec<_> = (0..tables.len())
        .filter(|&at| is_head(&tables[at]))
        .collect();
    let groups = group_tables(&heads, tables);
    let mut taken = BTreeSet::new();
    let only = groups.len() == 1;
    let each = groups.into_iter().enumerate().map(|(number, group)| {
        let base = name_from_headings(&group, tables).unwrap_or_else(|| {
            if only {
                vendor.to_upper_camel_case() + "Code"
            } else {
                format!("Code{}", number + 1)
            }
        });
        let more = (2_u32..).map(|number| format!("{base}{number}"));
        let mut names = std::iter::once(base.clone()).chain(more);
        let name = names
            .find(|name| taken.insert(name.clone()))
            .expect("finitely many names are taken");
        draft_set(name, &group, tables)
    });
    each.collect()
}

/// Groups the tables into sets. Tables with the same parent heading and the same columns that share
/// no code are the sections of one set.
fn group_tables(heads: &[usize], tables: &[TableReading<'_>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &head in heads {
        let fits = |group: &&mut Vec<usize>| {
            let alike = table_shape(&tables[group[0]]) == table_shape(&tables[head]);
            alike
                && group.iter().all(|&other| {
                    table_codes(other, tables).is_disjoint(&table_codes(head, tables))
                })
        };
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(head),
            None => groups.push(vec![head]),
        }
    }
    groups
}

/// What the tables of one set have in common: the headings above their own, and the columns.
type Shape<'a> = (Option<&'a [Arc<str>]>, Vec<(String, &'a Role)>);

fn table_shape<'a>(table: &'a TableReading<'a>) -> Shape<'a> {
    let columns = table
        .columns
        .iter()
        .map(|column| (heading_key(&column.header), &column.role));
    (
        table.headings.split_last().map(|(_, above)| above),
        columns.collect(),
    )
}

fn table_codes<'a>(head: usize, tables: &'a [TableReading<'a>]) -> BTreeSet<&'a str> {
    table_entries(head, tables)
        .map(|entry| &*entry.code)
        .collect()
}

/// The codes of a table, including those of its continuations after a page break.
fn table_entries<'a>(
    head: usize,
    tables: &'a [TableReading<'a>],
) -> impl Iterator<Item = &'a CodeEntry<'a>> {
    table_parts(tables, head)
        .into_iter()
        .flat_map(|part| &tables[part].codes)
}

/// A name from the ASCII words of the heading that all tables share, unless the words are generic.
fn name_from_headings(group: &[usize], tables: &[TableReading<'_>]) -> Option<String> {
    let first = &tables[group[0]];
    let heading = match group {
        [_] => first.heading,
        _ => first.headings.iter().rev().nth(1).map(|heading| &**heading),
    }?;
    let words = heading.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words
        .filter(|word| word.chars().any(|letter| letter.is_ascii_alphabetic()))
        .take(WORDS)
        .collect();
    let camel = words.join(" ").to_upper_camel_case();
    let plain = camel.trim_end_matches("Codes").trim_end_matches("Code");
    let says_something = !matches!(
        plain,
        "" | "Error" | "Errors" | "Return" | "Status" | "Response" | "Result"
    );
    let name = if plain.ends_with("Error") {
        plain.to_owned()
    } else {
        plain.trim_end_matches("Errors").to_owned() + "Code"
    };
    (says_something && name.starts_with(|first: char| first.is_ascii_uppercase())).then_some(name)
}

fn draft_set(name: String, group: &[usize], tables: &[TableReading<'_>]) -> DraftSet {
    let all: Vec<_> = group
        .iter()
        .flat_map(|&head| table_entries(head, tables))
        .collect();
    let (identity, joins) = infer_identity(&all);
    let mut ids = BTreeSet::new();
    let each = group.iter().map(|&head| {
        let mut table = DraftTable {
            section: None,
            selector: shortest_selector(head, tables),
        };
        if group.len() > 1 {
            let base = section_id(&table.selector.heading);
            let mut more = std::iter::once(base.clone())
                .chain((2_u32..).map(|number| format!("{base}-{number}")));
            table.section = more.find(|id| ids.insert(id.clone()));
        }
        table
    });
    let tables_of_set = each.collect();
    // An enum needs at least one code.
    let only_ranges = all.iter().all(|entry| is_range(entry));
    let wire = if only_ranges {
        Wire::String
    } else {
        infer_wire(&all)
    };
    let mut columns = column_roles(&tables[group[0]]);
    // A column with a number that is not an HTTP status is not a column of HTTP statuses.
    if !all
        .iter()
        .filter_map(|entry| entry.http.as_deref())
        .all(is_http_status)
    {
        columns
            .iter_mut()
            .filter(|(_, role)| *role == Role::Http)
            .for_each(|(_, role)| *role = Role::None);
    }
    let whole_ranges = wire == Wire::String && all.iter().any(|entry| is_range(entry));
    DraftSet {
        name,
        tables: tables_of_set,
        wire,
        identity,
        joins,
        whole_ranges,
        columns,
    }
}

fn is_http_status(text: &str) -> bool {
    parse_status(text).is_some_and(|status| (100..=599).contains(&status))
}

/// Roles by header, or by position (`#1`) if the header is empty or not unique.
fn column_roles(table: &TableReading<'_>) -> Vec<(String, Role)> {
    let keys: Vec<_> = table
        .columns
        .iter()
        .map(|column| heading_key(&column.header))
        .collect();
    let named = |(at, column): (usize, &Column<'_>)| {
        let is_unique =
            !keys[at].is_empty() && keys.iter().filter(|other| **other == keys[at]).count() == 1;
        let name = if is_unique {
            column.header.to_string()
        } else {
            format!("#{}", at + 1)
        };
        (name, column.role.clone())
    };
    table.columns.iter().enumerate().map(named).collect()
}

/// Infers the wire type: an integer if every code is a number, in decimal without leading zeros
/// (`7`, not `07`), or in hexadecimal after `0x`; else a string.
fn infer_wire(entries: &[&CodeEntry<'_>]) -> Wire {
    let texts = || entries.iter().flat_map(|entry| code_ends(entry));
    let all_are = |wire: Wire| texts().all(|text| wire.number(text).is_some());
    let wires = [Wire::Integer, Wire::Integer64];
    let quoted = entries.iter().any(|entry| entry.quoted);
    let fits = wires.into_iter().find(|wire| !quoted && all_are(*wire));
    fits.unwrap_or(Wire::String)
}

fn is_range(entry: &CodeEntry<'_>) -> bool {
    entry.code_to.is_some() || entry.class.is_some()
}

/// The code, or the first and the last of a range.
fn code_ends<'a>(entry: &'a CodeEntry<'_>) -> impl Iterator<Item = &'a str> {
    let (first, last) = match &entry.class {
        Some((from, to)) => (from.as_str(), Some(to.as_str())),
        None => (&*entry.code, entry.code_to.as_deref()),
    };
    std::iter::once(first).chain(last)
}

/// What identifies a row: the code, or the code and the symbol. Returns `true` with the identity if
/// neither is unique, so that the rows of a code have to be joined.
fn infer_identity(entries: &[&CodeEntry<'_>]) -> (Identity, bool) {
    let mut rows = BTreeMap::<&str, Vec<&CodeEntry<'_>>>::new();
    for entry in entries.iter().filter(|entry| !is_range(entry)) {
        let same = rows.entry(&entry.code).or_default();
        // A row that repeats another word for word does not count.
        let differs = |other: &&CodeEntry<'_>| {
            (&other.symbol, &other.message) != (&entry.symbol, &entry.message)
        };
        if same.iter().all(differs) {
            same.push(entry);
        }
    }
    let have_unique_symbols = |same: &Vec<&CodeEntry<'_>>| {
        let symbols: BTreeSet<_> = same
            .iter()
            .filter_map(|entry| entry.symbol.as_ref())
            .collect();
        symbols.len() == same.len()
    };
    match (
        rows.values().all(|same| same.len() == 1),
        rows.values().all(have_unique_symbols),
    ) {
        (true, _) => (Identity::Code, false),
        (false, true) => (Identity::CodeAndSymbol, false),
        (false, false) => (Identity::Code, true),
    }
}
