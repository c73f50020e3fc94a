//! The entries of a list in, a table out: code, text, section, and a column for each label.

use std::collections::HashMap;
use std::ops::Range;

use crate::code::Atom;
use crate::document::{List, Shape, Syntax, Table};
use crate::extraction::Role;
use crate::propose::head::{self, Form, Head, Labelled, label_key};
use crate::propose::page::{Page, Path};
use crate::propose::words;
use crate::sheet::Sheet;
use crate::values;

/// One line of a list: an entry, or something between entries.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) line: usize,
    /// Its code; without one it becomes a row that extraction ignores with a reason.
    pub(super) head: Option<Head>,
    /// Whether its code is struck out.
    pub(super) struck: bool,
    /// Its first line as the document has it.
    pub(super) raw: String,
    /// The item above it that is not an entry itself.
    pub(super) section: Option<String>,
    /// What else belongs to it.
    pub(super) pieces: Vec<Piece>,
}

/// A part of an entry.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) line: usize,
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A heading or a line in bold.
    Title,
    /// The rest of the entry's own paragraph.
    Own,
    /// A paragraph, or an item at a depth.
    Text(usize),
    /// A block of code, which is not text of the entry.
    Skipped,
}

/// Columns for labels; a list with more is something else.
const MOST_LABELS: usize = 12;

/// The labels of a list.
#[derive(Default)]
pub(super) struct Labels {
    /// By key: how many entries have the label, and whether only dashes follow it.
    found: HashMap<String, Seen>,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    entries: usize,
    last: usize,
    with_colon: usize,
}

impl Labels {
    /// Counts the labels of all entries.
    pub(super) fn count(entries: &[Entry]) -> Self {
        let mut labels = Labels::default();
        for (place, entry) in entries.iter().enumerate() {
            let Some(head) = &entry.head else { continue };
            for part in head::parts(&head.text) {
                labels.note(part, place);
            }
            for piece in &entry.pieces {
                match piece.kind {
                    PieceKind::Skipped => {}
                    PieceKind::Title => labels.add(&piece.text, place, true),
                    _ => {
                        for line in piece.text.lines().flat_map(head::parts) {
                            labels.note(line, place);
                        }
                    }
                }
            }
        }
        labels
    }

    fn note(&mut self, line: &str, place: usize) {
        if let Some(found) = head::labelled(line) {
            self.add(found.label, place, !found.is_dash);
        }
    }

    fn add(&mut self, label: &str, place: usize, has_colon: bool) {
        let key = label_key(label);
        if key.is_empty() || key.chars().count() > 40 {
            return;
        }
        if !self.found.contains_key(&*key) {
            // A page of prose has as many as it has lines.
            if self.found.len() >= 4096 {
                return;
            }
            self.found.insert(key.clone().into_owned(), Seen::default());
        }
        let Some(seen) = self.found.get_mut(&*key) else {
            return;
        };
        if seen.entries == 0 || seen.last != place {
            seen.entries += 1;
            seen.with_colon += usize::from(has_colon);
            seen.last = place;
        }
    }

    /// Whether a label repeats often enough for this number of entries.
    fn is_label(&self, found: Labelled<'_>, entries: usize) -> bool {
        let Labelled {
            label,
            text,
            is_dash,
        } = found;
        let seen = self.found.get(&*label_key(label));
        let seen = seen.copied().unwrap_or_default();
        let is_known = || label.split_whitespace().count() <= 4 && words::is_fact(label);
        // `Denied: ask the owner` gives no code.
        let is_code = || {
            let has_code = text.is_empty() || head::read_code(text).is_some();
            has_code && words::introduces_code(label)
        };
        if is_dash {
            // `Fehler - text` is a sentence, unless it is so again and again.
            return seen.entries >= 3 && seen.entries * 2 >= entries
                || seen.entries >= 2 && is_known();
        }
        seen.entries >= 2.max(entries.div_ceil(5)) || is_known() || is_code()
    }
}

/// The first blocks of an entry that may hold the label of its code.
const FIRST: usize = 4;

/// The code that a label in the first lines gives: `Code: 4000`. Where several do, each is an
/// entry of its own.
pub(super) fn labelled_code(pieces: &[Piece]) -> Option<String> {
    let texts = pieces
        .iter()
        .take(FIRST)
        .filter(|piece| piece.kind != PieceKind::Skipped);
    let lines = texts.flat_map(|piece| piece.text.lines().take(FIRST));
    let mut codes = lines.flat_map(head::parts).filter_map(|line| {
        let found = head::labelled(line)?;
        let code = head::read_code(found.text)?;
        head::form(&code).filter(|form| *form > head::Form::Word)?;
        let label = words::introduction(found.label);
        (label.is_code && !label.is_http).then_some((found.label.to_owned(), code))
    });
    let (label, code) = codes.next()?;
    let has_more = codes.any(|(other, _)| other == label);
    (!has_more).then_some(code)
}

/// One row of the table to be.
#[derive(Default)]
struct Cells {
    line: usize,
    /// Whether it is not an entry.
    is_note: bool,
    struck: bool,
    code: String,
    text: String,
    details: String,
    section: String,
    http: String,
    aside: String,
    labels: Vec<String>,
}

/// The table of a list in these blocks, if it holds codes.
pub(super) fn list(
    page: &Page<'_>,
    blocks: Range<usize>,
    path: &Path,
    shape: Shape,
    entries: Vec<Entry>,
    opening: impl FnOnce() -> Option<String>,
) -> Option<Table> {
    let list = describe(&entries, shape);
    let mut heads = entries.iter().filter_map(|entry| entry.head.as_ref());
    // One line of text is no run; an item, a heading and a definition may be alone.
    let is_run = match shape {
        Shape::Headings | Shape::Items => true,
        Shape::Titles | Shape::Lines | Shape::Fence => {
            heads.clone().nth(1).is_some() || heads.all(|head| head.is_defined)
        }
    };
    let least = match shape {
        Shape::Headings | Shape::Titles | Shape::Fence => 0.6,
        Shape::Items | Shape::Lines => 0.8,
    };
    if !is_run || list.entries < least {
        return None;
    }
    // The item above all entries is nearer to them than the text before the list.
    let mut sections = entries.iter().filter(|entry| entry.head.is_some());
    let first = sections.next().and_then(|entry| entry.section.clone());
    let section = first.filter(|first| sections.all(|entry| entry.section.as_ref() == Some(first)));
    let mut table = table(page, blocks.start, path, entries);
    let lines = page.blocks[blocks].iter().map(|block| block.end_line);
    table.end_line = lines.max().unwrap_or(table.line);
    table.list = Some(list);
    if let Some(section) = section {
        let before = table.lead.take().map(|lead| lead + "\n");
        table.lead = Some(before.unwrap_or_default() + &section);
    } else if let Some(opening) = opening() {
        table.lead = Some(opening);
    }
    page.takes(&table).then_some(table)
}

fn describe(entries: &[Entry], shape: Shape) -> List {
    let heads = || entries.iter().filter_map(|entry| entry.head.as_ref());
    let mut introduced = 0;
    let mut loose = 0;
    let mut rising = 0;
    let mut before = i64::MIN;
    for head in heads() {
        introduced += usize::from(head.is_introduced);
        let form = head.form();
        loose += usize::from(form < Form::Code || head.family() == Some(Atom::Class));
        if let Ok(number) = head.cell.parse::<i64>() {
            let is_long = head.cell.len() >= 3 || head.cell.starts_with('-');
            rising += usize::from(is_long && number.abs() > before);
            before = number.abs();
        }
    }
    let found = heads().count();
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let part = |count: usize, all: usize| count as f32 / all.max(1) as f32;
    List {
        shape,
        counts: heads()
            .enumerate()
            .all(|(place, head)| head.cell.parse() == Ok(place + 1)),
        entries: part(found, entries.len()),
        introduced: part(introduced, found),
        loose: part(loose, found),
        rising: part(rising, found),
    }
}

/// Makes a table of the entries of a list that begins with the block `at`.
fn table(page: &Page<'_>, at: usize, path: &Path, entries: Vec<Entry>) -> Table {
    let line = page.blocks[at].line;
    let labels = Labels::count(&entries);
    let count = entries.iter().filter(|entry| entry.head.is_some()).count();
    let mut columns = Columns {
        labels: &labels,
        count,
        names: Vec::new(),
        keys: HashMap::new(),
        rows: Vec::new(),
    };
    let keeps_aside = asides_repeat(&entries);
    for entry in entries {
        columns.add(entry, keeps_aside);
    }
    let mut table = Table {
        line,
        end_line: columns.rows.last().map_or(line, |row| row.line),
        syntax: Syntax::List,
        headings: page.headings(path),
        lead: page.lead(at),
        ..Table::default()
    };
    columns.fill(&mut table);
    table
}

/// Whether the same few things are beside many numbers, as a class is and a name is not.
fn asides_repeat(entries: &[Entry]) -> bool {
    let heads = entries.iter().filter_map(|entry| entry.head.as_ref());
    let mut asides: Vec<&str> = heads.filter_map(|head| head.aside.as_deref()).collect();
    let all = asides.len();
    asides.sort_unstable();
    asides.dedup();
    let are_numbers = asides
        .iter()
        .all(|aside| aside.bytes().all(|b| b.is_ascii_digit()));
    asides.len() * 10 <= all * 9 || are_numbers || all < 3
}

/// One of the cells of a row.
type CellOf = fn(&Cells) -> &str;

struct Columns<'l> {
    labels: &'l Labels,
    /// How many entries the list has.
    count: usize,
    /// The labels as the first of each is written.
    names: Vec<String>,
    keys: HashMap<String, usize>,
    rows: Vec<Cells>,
}

/// Where the text of a piece goes.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Details,
    Label(usize),
}

impl Columns<'_> {
    fn add(&mut self, entry: Entry, keeps_aside: bool) {
        let Some(head) = entry.head else {
            self.rows.push(Cells::note(entry.line, entry.raw));
            return;
        };
        let mut cells = Cells {
            section: entry.section.unwrap_or_default(),
            http: head.http.unwrap_or_default(),
            struck: entry.struck,
            ..Cells::at(entry.line)
        };
        match head.aside {
            Some(aside) if keeps_aside => {
                cells.aside = aside;
                cells.code = head.cell;
            }
            Some(aside) => cells.code = format!("{}({aside})", head.cell),
            None => cells.code = head.cell,
        }
        let mut skipped = Vec::new();
        // Text without a label, the place for which the head itself leaves open.
        let mut plain = Place::Text;
        for part in head::parts(&head.text) {
            match self.labelled(part) {
                Some((column, found)) => {
                    append(&mut cells, Place::Label(column), found.text);
                }
                None => append(&mut cells, Place::Text, part),
            }
        }
        let begins_with_item = entry
            .pieces
            .first()
            .is_some_and(|piece| matches!(piece.kind, PieceKind::Text(1..)));
        if !cells.text.is_empty() {
            plain = Place::Details;
        }
        let mut place = plain;
        // The depth at which a label was, if what follows at the same depth is not its text.
        let mut label_depth = None;
        for piece in &entry.pieces {
            let depth = match piece.kind {
                PieceKind::Skipped => {
                    // `Run this:` and below it what to run.
                    if !cells.ends_open(place) {
                        skipped.push((piece.line, piece.text.clone()));
                        continue;
                    }
                    None
                }
                PieceKind::Title => {
                    let title = Labelled {
                        label: &piece.text,
                        text: "",
                        is_dash: false,
                    };
                    if self.labels.is_label(title, self.count) {
                        place = self.column(&piece.text).map_or(plain, Place::Label);
                        label_depth = None;
                    } else {
                        append(&mut cells, plain, &piece.text);
                        plain = Place::Details;
                        place = plain;
                    }
                    continue;
                }
                PieceKind::Own => None,
                PieceKind::Text(depth) => Some(depth),
            };
            if let (Some(label), Some(depth)) = (label_depth, depth)
                && depth <= label
            {
                place = plain;
                label_depth = None;
            }
            for line in piece.text.lines().flat_map(head::parts) {
                if let Some((column, found)) = self.labelled(line) {
                    let (text, ends_open) =
                        (found.text.to_owned(), found.text.ends_with([':', '：']));
                    place = Place::Label(column);
                    label_depth = (!text.is_empty() && !ends_open).then_some(depth.unwrap_or(0));
                    if !self.is_same_code(column, &text, &cells.code) {
                        append(&mut cells, place, &text);
                    }
                    continue;
                }
                let own = match piece.kind {
                    PieceKind::Own if place == Place::Details && label_depth.is_none() => {
                        Place::Text
                    }
                    PieceKind::Skipped => cells.open(place),
                    _ => place,
                };
                append(&mut cells, own, line);
            }
            // The items of one list belong together; after a paragraph the details begin.
            let is_item = matches!(depth, Some(1..));
            if plain == Place::Text
                && !cells.text.is_empty()
                && !(begins_with_item && is_item)
                && depth.is_some()
            {
                if place == plain {
                    place = Place::Details;
                }
                plain = Place::Details;
            }
        }
        self.rows.push(cells);
        for (line, code) in skipped {
            self.rows.push(Cells::note(line, code));
        }
    }

    fn labelled<'t>(&mut self, line: &'t str) -> Option<(usize, Labelled<'t>)> {
        let found = head::labelled(line)?;
        let is_label = self.labels.is_label(found, self.count);
        let column = if is_label {
            self.column(found.label)
        } else {
            None
        };
        Some((column?, found))
    }

    /// The column of a label.
    fn column(&mut self, label: &str) -> Option<usize> {
        let key = label_key(label);
        if let Some(&column) = self.keys.get(&*key) {
            return Some(column);
        }
        if self.names.len() >= MOST_LABELS {
            return None;
        }
        let name = label.trim().trim_end_matches([':', '：']).trim_end();
        self.names.push(name.to_owned());
        self.keys.insert(key.into_owned(), self.names.len() - 1);
        Some(self.names.len() - 1)
    }

    /// Whether a label only repeats the code of the entry.
    fn is_same_code(&self, column: usize, text: &str, code: &str) -> bool {
        let text = text.trim_matches(['`', ' ']);
        let repeats = text == code
            || code
                .rsplit_once(" = ")
                .is_some_and(|(_, number)| number == text);
        repeats && words::introduces_code(&self.names[column])
    }

    fn label(&self, row: usize, column: usize) -> &str {
        self.rows[row].label(column)
    }

    /// Moves the cells of a label under another one of the same meaning (`解决方式`, `解决方法`),
    /// where no entry has both.
    fn merge_synonyms(&mut self) {
        let facts: Vec<_> = self.names.iter().map(|name| words::fact(name)).collect();
        for column in 1..facts.len() {
            let same = (0..column).find(|&other| {
                facts[other].is_some()
                    && facts[other] == facts[column]
                    // `Free: no` does not answer `Billed`.
                    && values::question(&self.names[other]) == values::question(&self.names[column])
                    && (0..self.rows.len()).all(|row| {
                        self.label(row, other).is_empty() || self.label(row, column).is_empty()
                    })
            });
            let Some(same) = same else { continue };
            for row in &mut self.rows {
                if let Some(cell) = row.labels.get_mut(column).map(std::mem::take)
                    && !cell.is_empty()
                {
                    row.labels[same] = cell;
                }
            }
        }
    }

    /// Where a label gives the message, the text beside the code is its details, unless that is in
    /// another language.
    fn settle_messages(&mut self) {
        let is_message = |&column: &usize| {
            let rows = (0..self.rows.len()).filter(|&row| !self.label(row, column).is_empty());
            let rows: Vec<usize> = rows.collect();
            let is_foreign = |&&row: &&usize| {
                let text = &self.rows[row].text;
                !text.is_empty() && text.is_ascii() != self.label(row, column).is_ascii()
            };
            words::is_message(&self.names[column])
                && rows.len() * 2 >= self.count
                && rows.iter().filter(is_foreign).count() * 2 < rows.len()
        };
        let Some(column) = (0..self.names.len()).find(is_message) else {
            return;
        };
        for row in &mut self.rows {
            let text = std::mem::take(&mut row.text);
            let message = row.get_mut(Place::Label(column));
            if message.is_empty() {
                *message = text;
            } else if !text.is_empty() {
                let rest = std::mem::replace(&mut row.details, text);
                append(row, Place::Details, &rest);
            }
        }
    }

    /// Writes the columns that hold anything into a table.
    fn fill(mut self, table: &mut Table) {
        self.merge_synonyms();
        self.settle_messages();
        let Columns { rows, names, .. } = self;
        let is_used = |column: &usize| rows.iter().any(|row| !row.label(*column).is_empty());
        let used: Vec<usize> = (0..names.len()).filter(is_used).collect();
        let filled = |cell: CellOf| rows.iter().any(|row| !cell(row).is_empty());
        let has_section = rows.iter().any(|row| {
            row.section != rows[0].section && !row.section.is_empty() && !rows[0].section.is_empty()
        });
        let columns: [(Role, &str, CellOf, bool); 5] = [
            (Role::Message, "", |row| &row.text, used.is_empty()),
            (Role::Details, "", |row| &row.details, false),
            (Role::Section, "", |row| &row.section, has_section),
            (Role::Http, "HTTP", |row| &row.http, false),
            (Role::None, "", |row| &row.aside, false),
        ];
        let is_there = |(role, _, cell, is_there): &(Role, &str, CellOf, bool)| {
            *is_there || *role != Role::Section && filled(*cell)
        };
        let columns: Vec<_> = columns.into_iter().filter(is_there).collect();
        let mut sheet = Sheet::default();
        sheet.add("");
        for (_, name, ..) in &columns {
            sheet.add(name);
        }
        for &column in &used {
            sheet.add(&names[column]);
        }
        sheet.end_header();
        for row in &rows {
            sheet.add_cell(&row.code, 0, row.struck);
            for (_, _, cell, _) in &columns {
                sheet.add(cell(row));
            }
            for &column in &used {
                sheet.add(row.label(column));
            }
            sheet.end_row(row.line);
        }
        let roles = columns.into_iter().map(|(role, ..)| Some(role));
        let roles = [Some(Role::Code)].into_iter().chain(roles);
        table.proposed = roles.chain(used.iter().map(|_| None)).collect();
        table.sheet = sheet;
        table.notes = (0..rows.len()).filter(|&row| rows[row].is_note).collect();
    }
}

impl Cells {
    fn note(line: usize, text: String) -> Self {
        Cells {
            code: text,
            is_note: true,
            ..Cells::at(line)
        }
    }

    fn get_mut(&mut self, place: Place) -> &mut String {
        match place {
            Place::Text => &mut self.text,
            Place::Details => &mut self.details,
            Place::Label(column) => {
                if self.labels.len() <= column {
                    self.labels.resize(column + 1, String::new());
                }
                &mut self.labels[column]
            }
        }
    }

    /// The place that continuation text is appended to.
    fn open(&self, place: Place) -> Place {
        match place {
            Place::Details if self.details.is_empty() => Place::Text,
            _ => place,
        }
    }

    /// Whether the text of a place says that more follows.
    fn ends_open(&mut self, place: Place) -> bool {
        self.get_mut(self.open(place)).ends_with([':', '：'])
    }

    fn at(line: usize) -> Self {
        Cells {
            line,
            ..Cells::default()
        }
    }

    /// The text below a label.
    fn label(&self, column: usize) -> &str {
        self.labels.get(column).map_or("", String::as_str)
    }
}

fn append(cells: &mut Cells, place: Place, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let cell = cells.get_mut(place);
    if !cell.is_empty() {
        cell.push('\n');
    }
    cell.push_str(text);
}
