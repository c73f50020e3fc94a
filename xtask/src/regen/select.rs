//! Resolves the overlay's selectors: finds the tables of each set, and reports tables of codes that
//! belong to no set.

use std::collections::BTreeMap;
use std::sync::Arc;

use errbook_spec::place::{At, Place};
use errbook_spec::problem::{Problems, nearest};

use crate::count::{count, plural};
use crate::fold::{heading_key, unnumbered};
use crate::overlay::{Cells, Overlay, Selector, SetOverlay, Tables};
use crate::regen::fit::{Owner, Split, render_selector};
use crate::regen::section_id;
use errbook_ingest::{self as ingest, Document, Extraction, Hints, Holds, TableHint, TableReading};

/// The tables of each set, and their contents.
pub(super) struct Selection<'a> {
    /// All tables of the document, read with the overlay's decisions.
    pub(super) extraction: Extraction<'a>,
    /// For each set of the overlay, in its order, its tables.
    pub(super) sets: Vec<Vec<Chosen>>,
    /// For each set, whether all of its tables were found.
    pub(super) is_complete: Vec<bool>,
    /// Selectors that do not match a table, and what is wrong in the tables.
    pub(super) mistakes: Problems,
    /// Tables that a person has to give to a set.
    pub(super) questions: Problems,
}

/// One table of a set.
pub(super) struct Chosen {
    /// The id of the section that the table is; its heading is the title.
    pub(super) section: Option<At<String>>,
    /// The parts of the table, in the document's order.
    pub(super) parts: Vec<usize>,
}

/// Finds the tables of each set where the overlay says, as far as they are there.
pub(super) fn select_as_is<'a>(
    document: &'a Document,
    overlay: &Overlay,
    file: &Arc<str>,
) -> Selection<'a> {
    let inferred = ingest::extract(document, &Hints::default());
    select(document, inferred, overlay, &Split::default(), file)
}

/// Finds the tables of each set, as far as the overlay fits the document, and reads them.
pub(super) fn select<'a>(
    document: &'a Document,
    inferred: Extraction<'a>,
    overlay: &Overlay,
    split: &Split,
    file: &Arc<str>,
) -> Selection<'a> {
    let mut finder = Finder::new(&inferred.tables, split, file);
    let sets: Vec<_> = overlay
        .sets
        .iter()
        .map(|set| finder.tables_of(set))
        .collect();
    let ignored: Vec<_> = overlay
        .ignores
        .iter()
        .filter_map(|ignore| finder.ignore(&ignore.table))
        .collect();
    let Finder {
        hints,
        problems: mut mistakes,
        is_lost,
        spoken_for,
        ..
    } = finder;

    let extraction = if hints.tables.is_empty() {
        inferred
    } else {
        ingest::extract(document, &hints)
    };
    let tables = &extraction.tables;
    let is_complete = (sets.iter().zip(&overlay.sets))
        .map(|(heads, set)| heads.len() == number_of_tables(set))
        .collect();
    let with_parts = |heads: Vec<Head>| {
        heads
            .into_iter()
            .map(|head| checked_parts(tables, head, &mut mistakes))
            .collect::<Vec<_>>()
    };
    let sets: Vec<_> = sets.into_iter().map(with_parts).collect();
    let known = ignored.into_iter().chain(spoken_for);
    let known = known.flat_map(|head| table_parts(tables, head));
    let taken = sets
        .iter()
        .flatten()
        .flat_map(|table| table.parts.iter().copied())
        .chain(known)
        .collect::<Vec<_>>();
    // The table that a wrong selector should have matched is left over. That mistake was already
    // reported, and so was a selector that could not be read.
    let are_known = |set: &SetOverlay| !matches!(set.tables, Tables::Unknown);
    let mut questions = Problems::default();
    if !is_lost && overlay.sets.iter().all(are_known) {
        let chosen = (sets.as_slice(), tables.as_slice());
        check_all_tables_are_taken(&overlay.sets, chosen, &taken, file, &mut questions);
    }
    check_rows_are_readable(&overlay.sets, &sets, tables, file, &mut mistakes);
    Selection {
        extraction,
        sets,
        is_complete,
        mistakes,
        questions,
    }
}

fn number_of_tables(set: &SetOverlay) -> usize {
    match &set.tables {
        Tables::One(_) => 1,
        Tables::Sections(sections) => sections.len(),
        Tables::Retired | Tables::Unknown => 0,
    }
}

/// A selector of the overlay, and the table that it matches.
pub(super) struct Located<'a> {
    pub(super) selector: &'a Selector,
    pub(super) owner: Owner,
    pub(super) table: Result<usize, Missing>,
}

/// Why a selector does not match one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    /// It matches none.
    None,
    /// No table under its heading has its column.
    Column(Vec<usize>),
    /// It matches several.
    Several(Vec<usize>),
    /// `nth` is greater than the number of these tables.
    Nth(Vec<usize>),
}

/// Finds the table of each selector of an overlay, in its order.
pub(super) fn locate<'a>(tables: &[TableReading<'_>], overlay: &'a Overlay) -> Vec<Located<'a>> {
    let mut selectors = Vec::new();
    for set in &overlay.sets {
        let name = || set.name.value.clone();
        match &set.tables {
            Tables::One(selector) => selectors.push((Owner::Set(name()), selector)),
            Tables::Sections(sections) => selectors.extend(
                sections
                    .iter()
                    .map(|(id, selector)| (Owner::Section(name(), id.value.clone()), selector)),
            ),
            Tables::Retired | Tables::Unknown => {}
        }
    }
    let ignores = overlay.ignores.iter().enumerate();
    selectors.extend(ignores.map(|(at, ignore)| (Owner::Ignore(at), &ignore.table)));
    let locate = |(owner, selector)| Located {
        selector,
        owner,
        table: find_table(tables, selector),
    };
    selectors.into_iter().map(locate).collect()
}

/// The table that a selector matches.
fn find_table(tables: &[TableReading<'_>], selector: &Selector) -> Result<usize, Missing> {
    let fits = |table: &usize| {
        let column = selector.column.as_ref();
        column.is_none_or(|column| has_column(&tables[*table], column))
    };
    let under = under_heading(tables, &selector.heading);
    let fitting: Vec<_> = under.iter().copied().filter(fits).collect();
    if fitting.is_empty() && !under.is_empty() {
        return Err(Missing::Column(under));
    }
    let mut holding = fitting.clone();
    holding.retain(|&at| tables[at].holds == Holds::Codes);
    if let Some(nth) = &selector.nth {
        let candidates = if holding.is_empty() { fitting } else { holding };
        let at = usize::try_from(nth.value).ok();
        let meant = at.and_then(|at| candidates.get(at.checked_sub(1)?).copied());
        return match meant {
            Some(table) => Ok(table),
            None if candidates.is_empty() => Err(Missing::None),
            None => Err(Missing::Nth(candidates)),
        };
    }
    match (fitting.as_slice(), holding.as_slice()) {
        ([one], _) | (_, [one]) => Ok(*one),
        ([], _) => Err(Missing::None),
        _ => Err(Missing::Several(fitting)),
    }
}

impl Selector {
    /// What is wrong if no table under the heading has the column, and where.
    pub(super) fn column_problem(&self) -> Option<(&Place, String)> {
        let column = self.column.as_ref()?;
        let message = format!(
            "no table under the heading `{}` has a column `{}`",
            self.heading.value, column.value
        );
        Some((&column.place, message))
    }
}

/// The tables under a heading. If none has this exact heading, heading numbers are ignored.
fn under_heading(tables: &[TableReading<'_>], heading: &str) -> Vec<usize> {
    let exact = heads(tables, |other| heading_key(other) == heading_key(heading));
    if !exact.is_empty() {
        return exact;
    }
    let bare = |heading: &str| heading_key(unnumbered(heading));
    heads(tables, |other| bare(other) == bare(heading))
}

/// The first part of each table whose heading matches.
fn heads(tables: &[TableReading<'_>], is_meant: impl Fn(&str) -> bool) -> Vec<usize> {
    let first_parts = tables
        .iter()
        .enumerate()
        .filter(|(_, table)| table.continues.is_none());
    let meant = first_parts.filter(|(_, table)| is_meant(table.heading.unwrap_or_default()));
    meant.map(|(number, _)| number).collect()
}

/// The shortest selector that matches one table only: its heading; else also a column that only it
/// has; else also its position under the heading.
pub(crate) fn shortest_selector(head: usize, tables: &[TableReading<'_>]) -> Selector {
    let table = &tables[head];
    let heading = table.heading.unwrap_or_default();
    let under = heads(tables, |other| heading_key(other) == heading_key(heading));
    let mut under: Vec<_> = under.iter().map(|at| &tables[*at]).collect();
    // As `find_table`: if any of them hold codes, the others do not count.
    if under.iter().any(|other| other.holds == Holds::Codes) {
        under.retain(|other| other.holds == Holds::Codes);
    }
    let mut selector = Selector {
        heading: heading.to_owned().into(),
        ..Selector::default()
    };
    if under.len() > 1 {
        let own = |header: &&str| {
            let others = under.iter().filter(|other| has_column(other, header));
            !header.is_empty() && others.count() == 1
        };
        let mut headers = table.columns.iter().map(|column| &*column.header);
        let column = headers.find(own);
        selector.column = column.map(|column| column.to_owned().into());
        if column.is_none() {
            let nth = under.iter().position(|other| other.line == table.line);
            let nth = nth.and_then(|at| u32::try_from(at + 1).ok());
            selector.nth = nth.map(|nth| At::new(nth, Place::default()));
        }
    }
    selector
}

/// The shortest selector that matches one table only, without the number of the heading if that is
/// not needed.
pub(super) fn advised_selector(head: usize, tables: &[TableReading<'_>]) -> Selector {
    let selector = shortest_selector(head, tables);
    let bare = Selector {
        heading: unnumbered(&selector.heading).to_owned().into(),
        ..selector.clone()
    };
    if find_table(tables, &bare) == Ok(head) {
        bare
    } else {
        selector
    }
}

/// The first part of a table, with the overlay's section and number of parts.
struct Head {
    section: Option<At<String>>,
    table: usize,
    parts: Option<At<u32>>,
}

struct Finder<'a> {
    file: &'a Arc<str>,
    tables: &'a [TableReading<'a>],
    split: &'a Split,
    /// What each table belongs to, for messages.
    owners: BTreeMap<usize, String>,
    hints: Hints,
    problems: Problems,
    /// Whether there is a selector for which no table is proposed.
    is_lost: bool,
    /// The tables that a message proposes.
    spoken_for: Vec<usize>,
}

impl<'a> Finder<'a> {
    fn new(tables: &'a [TableReading<'a>], split: &'a Split, file: &'a Arc<str>) -> Self {
        Self {
            file,
            tables,
            split,
            is_lost: false,
            spoken_for: Vec::new(),
            owners: BTreeMap::new(),
            hints: Hints::default(),
            problems: Problems::default(),
        }
    }

    fn tables_of(&mut self, set: &SetOverlay) -> Vec<Head> {
        let selectors = match &set.tables {
            Tables::One(selector) => vec![(None, selector)],
            Tables::Sections(sections) => sections
                .iter()
                .map(|(id, selector)| (Some(id.clone()), selector))
                .collect(),
            Tables::Retired | Tables::Unknown => Vec::new(),
        };
        let mut heads = Vec::new();
        for (section, selector) in selectors {
            let Some(table) = self.find_table(selector) else {
                continue;
            };
            if let Some(owner) = self
                .owners
                .insert(table, format!("the set `{}`", set.name.value))
            {
                let message = format!(
                    "the table under `{}` already belongs to {owner}",
                    selector.heading.value
                );
                self.problems.push(&selector.heading.place, message);
            }
            self.add_hint(table, set);
            heads.push(Head {
                section,
                table,
                parts: selector.parts.clone(),
            });
        }
        heads
    }

    fn ignore(&mut self, selector: &Selector) -> Option<usize> {
        let table = self.find_table(selector)?;
        if let Some(owner) = self.owners.insert(table, "`[[ignore]]`".to_owned()) {
            let message = format!(
                "the table under `{}` cannot be ignored: it belongs to {owner}",
                selector.heading.value
            );
            self.problems.push(&selector.heading.place, message);
        }
        Some(table)
    }

    /// The table that a selector matches; reports why it does not match one.
    fn find_table(&mut self, selector: &Selector) -> Option<usize> {
        match find_table(self.tables, selector) {
            Ok(table) => return Some(table),
            Err(Missing::None) => self.report_none(selector),
            Err(Missing::Column(under)) => self.report_column(selector, &under),
            Err(Missing::Several(fitting)) => self.report_several(selector, &fitting),
            Err(Missing::Nth(candidates)) => self.report_nth(selector, &candidates),
        }
        None
    }

    fn report_nth(&mut self, selector: &Selector, candidates: &[usize]) {
        self.spoken_for.extend(candidates);
        let Some(nth) = &selector.nth else { return };
        let message = format!(
            "`nth` is {}, but only {} match this selector",
            nth.value,
            count(candidates.len(), "table")
        );
        let help = format!("matching tables: {}", self.describe_tables(candidates));
        self.problems.push_with_help(&nth.place, message, help);
    }

    fn report_column(&mut self, selector: &Selector, under: &[usize]) {
        self.is_lost = true;
        if let Some((place, message)) = selector.column_problem() {
            let help = format!("tables under this heading: {}", self.describe_tables(under));
            self.problems.push_with_help(place, message, help);
        }
    }

    fn report_none(&mut self, selector: &Selector) {
        let heading = &selector.heading;
        if let Some((help, parts)) = self.split.get(&heading.place) {
            self.spoken_for.extend(parts);
            let message = format!("no table under the heading `{}`", heading.value);
            return self
                .problems
                .push_with_help(&heading.place, message, help.clone());
        }
        let is_first = !std::mem::replace(&mut self.is_lost, true);
        let codes = self.holding_codes();
        let headings = codes.iter().filter_map(|&table| self.tables[table].heading);
        let near = nearest(unnumbered(heading), headings.map(unnumbered))
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let message = format!("no table under the heading `{}`{near}", heading.value);
        let help = if codes.is_empty() {
            format!(
                "{} has no tables of codes; `extract` shows how each table was read",
                self.file
            )
        } else {
            format!("tables of codes: {}", self.describe_tables(&codes))
        };
        // The list is long.
        if is_first {
            self.problems.push_with_help(&heading.place, message, help);
        } else {
            self.problems.push(&heading.place, message);
        }
    }

    fn report_several(&mut self, selector: &Selector, fitting: &[usize]) {
        self.spoken_for.extend(fitting);
        let heading = &selector.heading;
        let message = format!(
            "{} tables are under the heading `{}`",
            fitting.len(),
            heading.value
        );
        let help = format!(
            "choose one by a column (`{{ heading = …, column = … }}`) or by its position \
             (`nth = 1`): {}",
            self.describe_tables(fitting)
        );
        self.problems.push_with_help(&heading.place, message, help);
    }

    fn holding_codes(&self) -> Vec<usize> {
        let holds = |at: &usize| {
            self.tables[*at].holds == Holds::Codes && self.tables[*at].continues.is_none()
        };
        (0..self.tables.len()).filter(holds).collect()
    }

    fn describe_tables(&self, tables: &[usize]) -> String {
        let each = tables.iter().map(|&at| {
            let table = &self.tables[at];
            let columns: Vec<_> = table.columns.iter().map(|column| &*column.header).collect();
            let heading = table.heading.unwrap_or("no heading");
            format!("`{heading}` (line {}: {})", table.line, columns.join(" | "))
        });
        each.collect::<Vec<_>>().join("; ")
    }

    /// Passes the overlay's decisions about a table to the extraction, if they differ from what it
    /// inferred.
    fn add_hint(&mut self, table: usize, set: &SetOverlay) {
        let mut hint = cell_hint(&set.cells);
        let has_default_cells = hint == TableHint::default();
        hint.holds = Some(Holds::Codes);
        for (header, role) in &set.columns {
            let headers = || {
                self.tables[table]
                    .columns
                    .iter()
                    .map(|column| &*column.header)
            };
            let width = self.tables[table].columns.len();
            if let Some(column) =
                numbered_column(header).filter(|column| (1..=width).contains(column))
            {
                hint.numbered.insert(column - 1, role.clone());
                continue;
            }
            if let Some(real) = headers().find(|other| heading_key(other) == heading_key(header)) {
                hint.columns.insert(real.to_owned(), role.clone());
                continue;
            }
            let help = format!(
                "its columns: {}; `#1` means the first column, even without a header",
                headers().collect::<Vec<_>>().join(" | ")
            );
            let message = format!("the table has no column `{}`", header.value);
            self.problems.push_with_help(&header.place, message, help);
        }
        if !has_default_cells
            || !hint.columns.is_empty()
            || !hint.numbered.is_empty()
            || self.tables[table].holds != Holds::Codes
        {
            self.hints.tables.insert(table, hint);
        }
    }
}

/// How a table of a page in another language is read: its cells as those of the set, and its columns
/// as far as the overlay has their headers.
pub(super) fn page_hint(table: &TableReading<'_>, set: &SetOverlay) -> TableHint {
    let mut hint = cell_hint(&set.cells);
    hint.holds = Some(Holds::Codes);
    for (header, role) in &set.columns {
        let mut columns = table.columns.iter();
        let real = columns.find(|column| heading_key(&column.header) == heading_key(header));
        if let Some(real) = real {
            hint.columns.insert(real.header.to_string(), role.clone());
        }
    }
    hint
}

fn cell_hint(cells: &Cells) -> TableHint {
    let values = |list: &[At<String>]| {
        list.iter()
            .map(|text| text.value.clone())
            .collect::<Vec<_>>()
    };
    TableHint {
        separators: cells.separators.as_deref().map(values),
        ranges: cells.ranges.as_ref().map(|ranges| ranges.value),
        whole: values(&cells.whole).into_iter().collect(),
        ..TableHint::default()
    }
}

/// Parses `#2`, which selects the second column without naming its header.
pub(super) fn numbered_column(header: &str) -> Option<usize> {
    header.strip_prefix('#')?.parse().ok()
}

pub(super) fn has_column(table: &TableReading<'_>, column: &str) -> bool {
    table
        .columns
        .iter()
        .any(|other| heading_key(&other.header) == heading_key(column))
}

/// A table and the parts that continue it, in the document's order.
pub(crate) fn table_parts(tables: &[TableReading<'_>], head: usize) -> Vec<usize> {
    let mut parts = vec![head];
    for (number, table) in tables.iter().enumerate() {
        if table
            .continues
            .is_some_and(|before| parts.contains(&before))
        {
            parts.push(number);
        }
    }
    parts
}

/// Finds the parts of a table, and checks their number if the overlay gives it.
fn checked_parts(tables: &[TableReading<'_>], head: Head, problems: &mut Problems) -> Chosen {
    let parts = table_parts(tables, head.table);
    if let Some(expected) = head
        .parts
        .filter(|expected| usize::try_from(expected.value) != Ok(parts.len()))
    {
        let lines: Vec<_> = parts
            .iter()
            .map(|&part| tables[part].line.to_string())
            .collect();
        let message = format!(
            "the table has {}, but `parts` is {}",
            count(parts.len(), "part"),
            expected.value
        );
        problems.push_with_help(
            &expected.place,
            message,
            format!(
                "found at {} {}",
                plural(lines.len(), "line"),
                lines.join(", ")
            ),
        );
    }
    Chosen {
        section: head.section,
        parts,
    }
}

/// Reports tables of codes that belong to no set: the codes of a new table would silently be lost.
fn check_all_tables_are_taken(
    overlays: &[SetOverlay],
    (sets, tables): (&[Vec<Chosen>], &[TableReading<'_>]),
    taken: &[usize],
    file: &Arc<str>,
    problems: &mut Problems,
) {
    let codes = tables
        .iter()
        .enumerate()
        .filter(|(_, table)| table.holds == Holds::Codes);
    for (number, table) in codes.filter(|(number, _)| !taken.contains(number)) {
        let heading = table.heading.unwrap_or_default();
        let codes = count(table.codes.len(), "code");
        let message =
            format!("the table under `{heading}` has {codes} but does not belong to a set");
        let heading = unnumbered(heading);
        let like = (overlays.iter().zip(sets))
            .find(|(set, chosen)| {
                let parts = || chosen.iter().flat_map(|it| &it.parts);
                matches!(set.tables, Tables::Sections(_))
                    && parts().any(|&part| headers(&tables[part]) == headers(table))
            })
            .map(|(set, _)| &set.name.value);
        let selector = render_selector(&advised_selector(number, tables));
        let section = like.map_or_else(String::new, |set| {
            let id = section_id(heading);
            format!("add `{id} = {selector}` to `sections` of `[set.{set}]`, or ")
        });
        let help = format!(
            "{section}add `[set.NAME]` with `table = {selector}` to overlay.toml, or `[[ignore]]` \
             with `table = {selector}` and `because`",
        );
        problems.push_with_help(&Place::line(file, table.line), message, help);
    }
}

fn headers<'a>(table: &'a TableReading<'_>) -> Vec<&'a str> {
    table.columns.iter().map(|column| &*column.header).collect()
}

/// Reports rows that could not be read, and tables in which no code was found.
fn check_rows_are_readable(
    overlays: &[SetOverlay],
    sets: &[Vec<Chosen>],
    tables: &[TableReading<'_>],
    file: &Arc<str>,
    problems: &mut Problems,
) {
    for (set, chosen) in overlays.iter().zip(sets) {
        for table in chosen
            .iter()
            .flat_map(|chosen| &chosen.parts)
            .map(|&part| &tables[part])
        {
            for row in table.problems.iter().filter(|row| row.quarantined) {
                let message = format!(
                    "this row of `{}` cannot be read: {}",
                    set.name.value, row.text
                );
                problems.push(&Place::line(file, row.line), message);
            }
            if table.codes.is_empty() && table.quarantined == 0 && table.rows > 0 {
                let message = format!("no codes found in this table of `{}`", set.name.value);
                let help = "name the column of codes: `columns = { \"HEADER\" = \"code\" }`";
                problems.push_with_help(&Place::line(file, table.line), message, help);
            }
        }
    }
}
