//! Finds tables that are no longer where the overlay says: by the rows that they had.
//!
//! Vendors change the headings above tables. What the overlay calls `table = "Old heading"` is then
//! the table with the same codes, or with the same messages.

use std::collections::{BTreeMap, BTreeSet};

use errbook_ingest::{Document, TableReading};
use errbook_spec::place::{At, Place};
use errbook_spec::problem::Problems;
use errbook_spec::{Set, Status};

use crate::count::count;
use crate::diff::form_key;
use crate::fold::{heading_key, text_key, unnumbered};
use crate::overlay::{Overlay, Selector, SetOverlay, Tables};
use crate::reference::{Key, code_key};
use crate::regen::columns::RenamedColumn;
use crate::regen::memory::Memory;
use crate::regen::promised::Promised;
use crate::regen::section_id;
use crate::regen::select::{Located, Missing, advised_selector, locate, table_parts};
use crate::write::{toml_key, toml_string};

/// The least share of its rows that a table must keep to be taken for the same one. In the histories
/// that are replayed, a table under another heading kept 22 of 39 rows.
const SAME: f64 = 0.5;

/// The codes of a table, each with its message.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableRows(Vec<(String, String)>);

/// What a selector of the overlay belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// `table` of a set.
    Set(String),
    /// A section of a set.
    Section(String, String),
    /// `[[ignore]]`, by its position.
    Ignore(usize),
}

/// A table that is elsewhere in the document.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    /// Whose table it is.
    pub(crate) owner: Owner,
    /// The heading in the overlay.
    pub(crate) old: At<String>,
    /// The selector that finds it.
    pub(crate) selector: Selector,
    /// How many of its rows are the same.
    pub(crate) same: usize,
    /// How many rows it had.
    pub(crate) rows: usize,
    /// How many tables the overlay's selector matches.
    pub(crate) matches: usize,
    /// What is wrong about the overlay's selector, and where.
    problem: (Place, String),
}

impl Moved {
    /// What is wrong and what to write, if only the selector changes and not the heading.
    pub(crate) fn other_selector(&self) -> Option<String> {
        let is_same = heading_key(&self.old.value) == heading_key(&self.selector.heading.value);
        let line = || self.owner.line(&render_selector(&self.selector));
        is_same.then(|| format!("{}: write `{}`", self.problem.1, line()))
    }
}

/// A table that is not in the document any more.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    /// Whose table it was.
    pub(crate) owner: Owner,
    /// Its heading in the overlay.
    pub(crate) heading: At<String>,
    /// Whether another table of the same set has its rows.
    pub(crate) is_merged: bool,
}

/// Where the tables of an overlay are in a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fit {
    pub(crate) moved: Vec<Moved>,
    pub(crate) gone: Vec<Gone>,
    pub(crate) split: Split,
    /// The columns that have other headers.
    pub(crate) columns: Vec<RenamedColumn>,
}

/// What to do about selectors whose rows are in several tables now: by the place of the heading in
/// the overlay, the advice and these tables.
pub(crate) type Split = BTreeMap<Place, (String, Vec<usize>)>;

impl TableRows {
    /// The rows of a table and of the parts that continue it, or the first cells if no codes were
    /// found in it.
    pub(crate) fn of_table(document: &Document, tables: &[TableReading<'_>], head: usize) -> Self {
        let mut rows = Vec::new();
        for part in table_parts(tables, head) {
            let codes = &tables[part].codes;
            rows.extend(codes.iter().map(|entry| {
                let message = entry.message.as_deref().unwrap_or_default();
                (text_key(&entry.code), form_key(message))
            }));
            if codes.is_empty() {
                let cells = document.tables[part].rows().filter_map(|row| row.get(0));
                rows.extend(cells.map(|cell| (text_key(cell.text), String::new())));
            }
        }
        Self(rows)
    }

    /// The rows that a set of the previous spec has, in one section or in all, without those codes
    /// that are values of a template.
    fn of_set(set: &Set, section: Option<&str>, (locale, values): (&str, &BTreeSet<&Key>)) -> Self {
        let in_section = |id: Option<&At<String>>| {
            section.is_none_or(|section| id.is_some_and(|id| id.value == section))
        };
        let codes = set
            .codes
            .iter()
            .filter(|code| code.status == Status::Active);
        let codes = codes.filter(|code| in_section(code.section.as_ref()));
        let codes = codes.filter(|code| !values.contains(&code_key(code, set.identity)));
        let rows = codes.map(|code| {
            let message = code.said.get(locale).or_else(|| code.message.get(locale));
            let message = message.map(|text| form_key(text)).unwrap_or_default();
            (text_key(&code.code), message)
        });
        Self(rows.collect())
    }

    /// How many rows are in another table, under the same code or with the same message.
    fn shared(&self, other: &Self) -> usize {
        let codes: BTreeSet<_> = other.0.iter().map(|(code, _)| code).collect();
        let messages: BTreeSet<_> = other.0.iter().map(|(_, message)| message).collect();
        let is_there = |(code, message): &&(String, String)| {
            codes.contains(code) || !message.is_empty() && messages.contains(message)
        };
        self.0.iter().filter(is_there).count()
    }

    fn is_share(&self, shared: usize) -> bool {
        is_share(shared, self.0.len())
    }
}

/// Whether a table, or a column, that shares this many rows with another one is the same.
#[allow(clippy::cast_precision_loss, reason = "a table has few rows")]
pub(super) fn is_share(shared: usize, all: usize) -> bool {
    shared > 0 && shared as f64 >= SAME * all as f64
}

impl Owner {
    /// The name of the set.
    pub(crate) fn set(&self) -> Option<&str> {
        match self {
            Self::Set(set) | Self::Section(set, _) => Some(set),
            Self::Ignore(_) => None,
        }
    }

    /// The path of the key in the overlay.
    pub(crate) fn path(&self) -> Vec<String> {
        let path = match self {
            Self::Set(set) => vec!["set", set, "table"],
            Self::Section(set, id) => vec!["set", set, "sections", id],
            Self::Ignore(at) => return vec!["ignore".into(), at.to_string(), "table".into()],
        };
        path.into_iter().map(str::to_owned).collect()
    }

    /// The line of the overlay that selects its table.
    fn line(&self, selector: &str) -> String {
        match self {
            Self::Set(_) | Self::Ignore(_) => format!("table = {selector}"),
            Self::Section(_, id) => format!("{} = {selector}", toml_key(id)),
        }
    }
}

/// The rows that the sets and sections of an overlay had in the previous spec.
pub(super) fn rows_of_sets<'a>(
    overlay: &Overlay,
    earlier: impl Fn(&SetOverlay) -> Option<&'a Set>,
) -> BTreeMap<Owner, TableRows> {
    let mut rows = BTreeMap::new();
    let locale = &overlay.locale.value;
    for set in &overlay.sets {
        let Some(old) = earlier(set) else { continue };
        let name = set.name.value.clone();
        let values = set.entries.iter().filter(|entry| entry.template.is_some());
        let values: BTreeSet<_> = values.map(|entry| &entry.key).collect();
        let rows_in = |section| TableRows::of_set(old, section, (locale, &values));
        match &set.tables {
            Tables::One(_) => {
                rows.insert(Owner::Set(name), rows_in(None));
            }
            Tables::Sections(sections) => rows.extend(sections.iter().map(|(id, _)| {
                let owner = Owner::Section(name.clone(), id.value.clone());
                (owner, rows_in(Some(id)))
            })),
            Tables::Retired | Tables::Unknown => {}
        }
    }
    rows
}

/// The rows of the tables that an overlay finds in a document.
pub(crate) fn rows_of_tables(
    document: &Document,
    tables: &[TableReading<'_>],
    overlay: &Overlay,
) -> BTreeMap<Owner, TableRows> {
    let located = locate(tables, overlay).into_iter();
    let rows = located.filter_map(|it| {
        let table = it.table.ok()?;
        Some((it.owner, TableRows::of_table(document, tables, table)))
    });
    rows.collect()
}

/// A free table, and its rows.
struct Free {
    table: usize,
    rows: TableRows,
}

/// Finds the tables of an overlay in a document. `known` are the rows that they had.
pub(super) fn fit(
    document: &Document,
    tables: &[TableReading<'_>],
    overlay: &Overlay,
    known: &BTreeMap<Owner, TableRows>,
) -> Fit {
    let located = locate(tables, overlay);
    let lost: Vec<_> = located
        .iter()
        .filter_map(|it| Some((it, known.get(&it.owner)?)))
        .filter(|(it, rows)| it.table.is_err() && !rows.0.is_empty())
        .collect();
    if lost.is_empty() {
        return Fit::default();
    }
    let taken: BTreeSet<_> = located
        .iter()
        .filter_map(|it| it.table.as_ref().ok())
        .collect();
    let free =
        (0..tables.len()).filter(|at| !taken.contains(at) && tables[*at].continues.is_none());
    let mut free: Vec<_> = free
        .map(|table| Free {
            table,
            rows: TableRows::of_table(document, tables, table),
        })
        .collect();
    let mut assigned = BTreeMap::<usize, Free>::new();
    while let Some(picks) = pick(&lost, &assigned, &free, tables) {
        for (table, winner) in picks {
            let at = free.iter().position(|it| it.table == table);
            assigned.extend(at.map(|at| (winner, free.remove(at))));
        }
    }
    let found = located.iter().filter_map(|it| {
        let table = *it.table.as_ref().ok()?;
        let rows = TableRows::of_table(document, tables, table);
        Some((it.owner.set()?, rows))
    });
    let followed = assigned.iter().filter_map(|(winner, free)| {
        let (it, _) = lost[*winner];
        Some((it.owner.set()?, free.rows.clone()))
    });
    let owned: Vec<_> = found.chain(followed).collect();
    let mut fit = Fit::default();
    for (at, (it, rows)) in lost.iter().enumerate() {
        if let Some(free) = assigned.get(&at) {
            fit.moved.push(moved(it, rows, free, tables));
        } else {
            fit.leave(it, rows, &owned, (&free, tables));
        }
    }
    fit
}

/// For each free table that is the best one for some lost selector, that selector: of several, the
/// one whose heading is most like that of the table. `None` if there are no more.
fn pick(
    lost: &[(&Located<'_>, &TableRows)],
    assigned: &BTreeMap<usize, Free>,
    free: &[Free],
    tables: &[TableReading<'_>],
) -> Option<Vec<(usize, usize)>> {
    let likeness = |at: usize, free: &Free| {
        let heading = unnumbered(tables[free.table].heading.unwrap_or_default());
        let old = unnumbered(&lost[at].0.selector.heading);
        strsim::normalized_levenshtein(old, heading)
    };
    let mut picks = BTreeMap::<usize, Vec<(usize, f64)>>::new();
    for (at, (it, rows)) in lost.iter().enumerate() {
        if assigned.contains_key(&at) {
            continue;
        }
        let is_candidate = |free: &&Free| {
            let Err(Missing::Several(several)) = &it.table else {
                return rows.is_share(rows.shared(&free.rows));
            };
            several.contains(&free.table) && rows.shared(&free.rows) > 0
        };
        let best = free.iter().filter(is_candidate).max_by(|one, other| {
            let shared = rows.shared(&one.rows).cmp(&rows.shared(&other.rows));
            shared.then(likeness(at, one).total_cmp(&likeness(at, other)))
        });
        if let Some(free) = best {
            picks
                .entry(free.table)
                .or_default()
                .push((at, likeness(at, free)));
        }
    }
    let best = |(table, lost): (usize, Vec<(usize, f64)>)| {
        let winner = lost.iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
        Some((table, winner.0))
    };
    let picks: Vec<_> = picks.into_iter().filter_map(best).collect();
    (!picks.is_empty()).then_some(picks)
}

fn moved(it: &Located<'_>, rows: &TableRows, free: &Free, tables: &[TableReading<'_>]) -> Moved {
    let place = |text: &At<String>| At::new(text.value.clone(), it.selector.heading.place.clone());
    let found = advised_selector(free.table, tables);
    let heading = &it.selector.heading;
    let (matches, message) = match &it.table {
        Err(Missing::Several(several)) => (
            several.len(),
            format!(
                "{} tables are under the heading `{}`",
                several.len(),
                heading.value
            ),
        ),
        _ => (0, format!("no table under the heading `{}`", heading.value)),
    };
    let problem = match &it.table {
        Err(Missing::Column(_)) => it.selector.column_problem(),
        _ => None,
    };
    Moved {
        owner: it.owner.clone(),
        old: it.selector.heading.clone(),
        selector: Selector {
            heading: place(&found.heading),
            column: found.column.as_ref().map(place),
            nth: found.nth.clone(),
            parts: it.selector.parts.clone(),
        },
        same: rows.shared(&free.rows),
        rows: rows.0.len(),
        matches,
        problem: problem.map_or_else(
            || (heading.place.clone(), message),
            |(place, message)| (place.clone(), message),
        ),
    }
}

impl Fit {
    /// Notes what became of the rows of a table that is nowhere.
    fn leave(
        &mut self,
        it: &Located<'_>,
        rows: &TableRows,
        owned: &[(&str, TableRows)],
        (free, tables): (&[Free], &[TableReading<'_>]),
    ) {
        if matches!(it.table, Err(Missing::Several(_))) {
            return;
        }
        let heading = it.selector.heading.clone();
        let mut of_set = owned.iter().filter(|(set, _)| it.owner.set() == Some(set));
        let is_merged = of_set.any(|(_, other)| rows.is_share(rows.shared(other)));
        let parts: Vec<_> = free
            .iter()
            .filter(|free| rows.shared(&free.rows) > 0)
            .collect();
        let all = parts.iter().flat_map(|free| free.rows.0.iter().cloned());
        let shared = rows.shared(&TableRows(all.collect()));
        let Some(set) = it
            .owner
            .set()
            .filter(|_| !is_merged && rows.is_share(shared))
        else {
            self.gone.push(Gone {
                owner: it.owner.clone(),
                heading,
                is_merged,
            });
            return;
        };
        let mut own = match &it.owner {
            Owner::Section(_, id) => Some(id.clone()),
            Owner::Set(_) | Owner::Ignore(_) => None,
        };
        let line = |free: &&Free| {
            let selector = advised_selector(free.table, tables);
            let id = own.take().unwrap_or_else(|| section_id(&selector.heading));
            format!("`{} = {}`", toml_key(&id), render_selector(&selector))
        };
        let lines: Vec<_> = parts.iter().map(line).collect();
        let help = format!(
            "{shared} of its {} are in {} now: write in place of it, under `[set.{}.sections]`, {}",
            count(rows.0.len(), "code"),
            count(parts.len(), "other table"),
            toml_key(set),
            lines.join(", ")
        );
        let parts = parts.iter().map(|free| free.table).collect();
        self.split.insert(heading.place, (help, parts));
    }

    /// Makes an overlay fit. In a new edition, tables that are elsewhere and tables that are gone are
    /// what `update` asks about; otherwise, the overlay is wrong about them.
    pub(super) fn apply(&self, overlay: &mut Overlay, memory: &Memory, questions: &mut Problems) {
        for it in &self.moved {
            overlay.follow(it);
            if !memory.is_new_edition || it.matches > 0 {
                Self::report(it, questions);
            }
        }
        // From the last one, so that the positions of ignored tables stay right.
        for it in self.gone.iter().rev().filter(|_| memory.is_new_edition) {
            overlay.withdraw(&it.owner, &memory.promised);
        }
    }

    /// The problem of a table that is elsewhere, with the line to write.
    fn report(it: &Moved, problems: &mut Problems) {
        let help = format!(
            "the table under `{}` has {} of its {}: write `{}`",
            it.selector.heading.value,
            it.same,
            count(it.rows, "code"),
            it.owner.line(&render_selector(&it.selector))
        );
        let (place, message) = &it.problem;
        problems.push_with_help(place, message, help);
    }
}

impl Overlay {
    /// The selector of a table.
    fn selector_mut(&mut self, owner: &Owner) -> Option<&mut Selector> {
        if let Owner::Ignore(at) = owner {
            return self.ignores.get_mut(*at).map(|ignore| &mut ignore.table);
        }
        let mut sets = self.sets.iter_mut();
        let set = sets.find(|set| Some(set.name.as_str()) == owner.set())?;
        match (&mut set.tables, owner) {
            (Tables::One(selector), Owner::Set(_)) => Some(selector),
            (Tables::Sections(sections), Owner::Section(_, id)) => {
                let mut sections = sections.iter_mut();
                sections.find(|it| it.0.value == *id).map(|it| &mut it.1)
            }
            _ => None,
        }
    }

    /// Follows a table to where it is.
    fn follow(&mut self, moved: &Moved) {
        if let Some(selector) = self.selector_mut(&moved.owner) {
            *selector = moved.selector.clone();
        }
    }

    /// Withdraws a table: a section is left out, and a set without any table is retired, or dropped
    /// if no release promises it.
    fn withdraw(&mut self, owner: &Owner, promised: &Promised) {
        if let Owner::Ignore(at) = owner {
            self.ignores.remove(*at);
            return;
        }
        let is_it = |set: &SetOverlay| Some(set.name.as_str()) == owner.set();
        let Some(at) = self.sets.iter().position(is_it) else {
            return;
        };
        let set = &mut self.sets[at];
        match (&mut set.tables, owner) {
            (Tables::Sections(sections), Owner::Section(_, id)) if sections.len() > 1 => {
                sections.retain(|it| it.0.value != *id);
            }
            _ if promised.has_releases() && !promised.has_set(&set.name) => {
                self.sets.remove(at);
            }
            _ => set.tables = Tables::Retired,
        }
    }
}

/// `"HEADING"`, or a table if the heading is not enough.
pub(crate) fn render_selector(selector: &Selector) -> String {
    let heading = toml_string(&selector.heading).replace('\n', "\\n");
    let column = selector.column.as_ref().map(|column| toml_string(column));
    let number = |number: &Option<At<u32>>| number.as_ref().map(|at| at.value.to_string());
    let more = [
        ("column", column),
        ("nth", number(&selector.nth)),
        ("parts", number(&selector.parts)),
    ];
    let more = more
        .into_iter()
        .filter_map(|(key, value)| Some(format!(", {key} = {}", value?)));
    let more: String = more.collect();
    if more.is_empty() {
        heading
    } else {
        format!("{{ heading = {heading}{more} }}")
    }
}
