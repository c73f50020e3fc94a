//! What a document says that the spec does not keep: columns without a role, tables that belong to
//! no set, and all other text. `update` compares it, so that a change that no fact shows is not
//! taken for none.

use std::borrow::Cow;
use std::collections::BTreeSet;

use errbook_ingest::{
    Block, CodeEntry, Document, Extraction, Holds, Kind, Role, Row, Syntax, TableReading, Unread,
};

use crate::fold::{heading_key, text_key, unnumbered};
use crate::overlay::{Overlay, SetOverlay};
use crate::regen::select::{Chosen, select_as_is};

/// What a document says that its spec does not keep.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unkept {
    /// The codes of the document, each as its set, and the code with the symbol beside it: what is
    /// new beside a new code is no change.
    pub(crate) codes: BTreeSet<(String, String)>,
    /// The columns of the sets' tables to which neither their header nor the overlay gives a role:
    /// the set, and the header or the position (`#2`).
    pub(crate) columns: Vec<(String, String)>,
    /// The tables that belong to no set.
    pub(crate) tables: Vec<UnkeptTable>,
    /// All other texts, in the order of the document.
    pub(crate) texts: Vec<UnkeptText>,
    /// The keys of all headings that tables are under, without their numbers.
    pub(crate) titles: BTreeSet<String>,
}

/// A table that belongs to no set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnkeptTable {
    /// Its first line, counted from 1.
    pub(crate) line: usize,
    /// Its last line.
    pub(crate) end_line: usize,
    /// The nearest heading; empty without one.
    pub(crate) heading: String,
    /// Whether it was taken for a table of codes.
    pub(crate) has_codes: bool,
    /// The headers of its columns.
    pub(crate) headers: Vec<String>,
    /// Its rows, each as one text.
    pub(crate) rows: Vec<String>,
}

/// A paragraph, list item, heading or cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnkeptText {
    /// Its line, counted from 1.
    pub(crate) line: usize,
    /// The set and the code that it is about, if it is beside one.
    pub(crate) code: Option<(String, String)>,
    /// The header of its column, if it is a cell.
    pub(crate) header: String,
    /// Its text.
    pub(crate) text: String,
}

/// The tables of a set, and what the overlay decides about them.
struct Owner {
    set: String,
    parts: Vec<usize>,
    adds_details: bool,
    decided: Vec<String>,
}

impl Unkept {
    /// What is left of a document, with the codes in it that are in no entry. Tables that the
    /// overlay does not find are no set's.
    pub(crate) fn new(document: &Document, overlay: &Overlay) -> (Self, Vec<Unread>) {
        let selection = select_as_is(document, overlay, &"".into());
        let owner = |(set, chosen): (&'_ SetOverlay, &Vec<Chosen>)| Owner {
            set: set.name.value.clone(),
            parts: chosen.iter().flat_map(|it| it.parts.clone()).collect(),
            adds_details: set.adds_details,
            decided: (set.columns.iter())
                .map(|(header, _)| heading_key(header))
                .collect(),
        };
        let owners: Vec<_> = overlay
            .sets
            .iter()
            .zip(&selection.sets)
            .map(owner)
            .collect();
        let Extraction { tables, unread, .. } = selection.extraction;
        (leave(document, &tables, &owners), unread)
    }
}

fn leave(document: &Document, tables: &[TableReading<'_>], owners: &[Owner]) -> Unkept {
    let mut unkept = Unkept::default();
    let mut lists = Vec::new();
    let mut owned = BTreeSet::new();
    for owner in owners {
        for &part in &owner.parts {
            let table = &tables[part];
            if table.codes.is_empty() {
                continue;
            }
            owned.insert(part);
            let key = |entry: &CodeEntry<'_>| (owner.set.clone(), reference(entry));
            unkept.codes.extend(table.codes.iter().map(key));
            add_columns(owner, table, &mut unkept.columns);
            if table.syntax == Syntax::List {
                lists.push((owner, table));
            } else {
                add_cells(owner, document, part, table, &mut unkept.texts);
            }
        }
    }
    for (at, table) in tables.iter().enumerate() {
        if !owned.contains(&at) {
            unkept.tables.push(unkept_table(document, at, table));
        }
    }
    let titles = tables.iter().flat_map(|table| {
        let above = table.headings.iter().map(|heading| &**heading);
        above.chain(table.heading)
    });
    unkept.titles = titles.map(|title| heading_key(unnumbered(title))).collect();
    for block in &document.blocks {
        // A table has no text of its own: that of its cells was added above.
        let is_title = matches!(block.kind, Kind::Heading(_))
            && unkept
                .titles
                .contains(&heading_key(unnumbered(document.text(block))));
        let is_of_table =
            (unkept.tables.iter()).any(|it| (it.line..=it.end_line).contains(&block.line));
        if !is_title && !is_of_table {
            let list = (lists.iter())
                .find(|(_, table)| (table.line..=table.end_line).contains(&block.line));
            add_block(document, block, list.copied(), &mut unkept.texts);
        }
    }
    unkept.texts.sort_by_key(|text| text.line);
    unkept
}

fn reference(entry: &CodeEntry<'_>) -> String {
    match &entry.symbol {
        Some(symbol) => format!("{} {symbol}", entry.code),
        None => entry.code.to_string(),
    }
}

fn is_range(entry: &CodeEntry<'_>) -> bool {
    entry.code_to.is_some() || entry.class.is_some()
}

/// The header of a column, or its position.
fn header_of(table: &TableReading<'_>, at: usize) -> String {
    match table.columns[at].header.trim() {
        "" => format!("#{}", at + 1),
        header => header.to_owned(),
    }
}

fn add_columns(owner: &Owner, table: &TableReading<'_>, columns: &mut Vec<(String, String)>) {
    for (at, column) in table.columns.iter().enumerate() {
        let header = header_of(table, at);
        let keys = [heading_key(&header), format!("#{}", at + 1)];
        let is_decided = owner.decided.iter().any(|decided| keys.contains(decided));
        let found = (owner.set.clone(), header);
        if column.role == Role::None && !is_decided && !columns.contains(&found) {
            columns.push(found);
        }
    }
}

/// Adds the cells of a set's table that no fact keeps.
fn add_cells(
    owner: &Owner,
    document: &Document,
    at: usize,
    table: &TableReading<'_>,
    texts: &mut Vec<UnkeptText>,
) {
    let ignored: BTreeSet<_> = table.problems.iter().map(|it| it.line).collect();
    for row in document.tables[at].rows() {
        // The codes of one cell share the other cells of the row.
        let entry = entry_of_line(table, row.line);
        let entry = entry.filter(|_| !ignored.contains(&row.line));
        let kept = entry.map_or_else(Vec::new, |entry| kept_texts(owner, entry));
        for (column, cell) in row.cells().enumerate().take(table.columns.len()) {
            let is_kept = entry.is_some_and(|entry| match &table.columns[column].role {
                // A cause without a message beside it is the message.
                Role::None | Role::Cause | Role::Details => kept.contains(&text_key(cell.text)),
                Role::Code | Role::Section => true,
                _ => !is_range(entry),
            });
            if is_kept || cell.spans || cell.is_empty() {
                continue;
            }
            texts.push(UnkeptText {
                line: row.line,
                code: entry.map(|entry| (owner.set.clone(), reference(entry))),
                header: header_of(table, column),
                text: cell.text.to_owned(),
            });
        }
    }
}

/// The last entry that begins at a line or above it. Entries are in the order of their lines.
fn entry_of_line<'t, 'a>(table: &'t TableReading<'a>, line: usize) -> Option<&'t CodeEntry<'a>> {
    let end = table.codes.partition_point(|entry| entry.line <= line);
    table.codes[..end].last()
}

fn unkept_table(document: &Document, at: usize, reading: &TableReading<'_>) -> UnkeptTable {
    let table = &document.tables[at];
    let text = |row: Row<'_>| {
        let cells = row.cells().filter(|cell| !cell.spans);
        cells.map(|cell| cell.text).collect::<Vec<_>>().join(" | ")
    };
    UnkeptTable {
        line: reading.line,
        end_line: reading.end_line,
        heading: reading.heading.unwrap_or_default().to_owned(),
        has_codes: reading.holds == Holds::Codes,
        headers: table
            .header()
            .cells()
            .map(|it| it.text.to_owned())
            .collect(),
        rows: table.rows().map(text).collect(),
    }
}

/// Adds the lines of a block without what the facts of a list's entry keep of it.
fn add_block(
    document: &Document,
    block: &Block,
    list: Option<(&Owner, &TableReading<'_>)>,
    texts: &mut Vec<UnkeptText>,
) {
    let entry = list.and_then(|(owner, table)| {
        let entry = entry_of_line(table, block.line)?;
        Some((owner, entry))
    });
    let kept = entry.map_or_else(Vec::new, |(owner, entry)| kept_texts(owner, entry));
    let text = document.text(block);
    // The number of a heading says nothing.
    let text = match block.kind {
        Kind::Heading(_) => unnumbered(text),
        _ => text,
    };
    // The line above fenced code is the fence, and the line below it, unless it is missing.
    let is_fenced = block.kind == Kind::Code && block.end_line - block.line >= text.lines().count();
    let first = match block.kind {
        // It begins with its item.
        Kind::More(_) => (block.end_line + 1).saturating_sub(text.lines().count()),
        _ => block.line + usize::from(is_fenced),
    };
    for (at, text) in text.lines().enumerate() {
        let mut rest = text_key(text);
        for fact in &kept {
            if fact.contains(&rest) {
                rest.clear();
            }
            rest = rest.replacen(fact, "", 1);
        }
        if rest.chars().any(char::is_alphanumeric) {
            texts.push(UnkeptText {
                line: (first + at).min(block.end_line),
                code: entry.map(|(owner, entry)| (owner.set.clone(), reference(entry))),
                header: String::new(),
                text: if kept.is_empty() {
                    text.to_owned()
                } else {
                    rest
                },
            });
        }
    }
}

/// What the facts of an entry keep, the longest first.
fn kept_texts(owner: &Owner, entry: &CodeEntry<'_>) -> Vec<String> {
    let details = entry.details.as_ref().filter(|_| owner.adds_details);
    let mut kept: Vec<&Cow<'_, str>> = Vec::from([&entry.code]);
    kept.extend(
        entry
            .code_to
            .iter()
            .chain(&entry.symbol)
            .chain(&entry.aliases),
    );
    kept.extend(entry.http.iter().chain(&entry.section));
    kept.extend(entry.retry.as_ref().map(|stated| &stated.text));
    kept.extend(entry.severity.as_ref().map(|stated| &stated.text));
    if !is_range(entry) {
        kept.extend(entry.message.iter().chain(&entry.remedy).chain(details));
        kept.extend(entry.messages.values().chain(entry.remedies.values()));
    }
    let mut kept: Vec<_> = kept.into_iter().map(|text| text_key(text)).collect();
    kept.retain(|text| !text.is_empty());
    kept.sort_by_key(|text| std::cmp::Reverse(text.len()));
    kept
}
