//! Titles that each begin with a code, with cause and remedy below them: headings, or lines that
//! stand alone.

use std::borrow::Cow;

use super::super::super::classify::{Label, label};
use super::super::super::code::{self, Atom, Reading};
use super::super::super::document::Kind;
use super::super::super::document::Table;
use super::entry::{self, Entry};
use super::{Page, Row, items};

/// What begins a section.
#[derive(Clone, Copy, PartialEq)]
enum Title {
    Heading(u8),
    /// A code in bold letters.
    Bold,
    /// A code alone in its line.
    Alone,
}

impl Title {
    fn of(kind: Kind) -> Option<Title> {
        match kind {
            Kind::Heading(level) => Some(Title::Heading(level)),
            Kind::Bold => Some(Title::Bold),
            Kind::Paragraph => Some(Title::Alone),
            _ => None,
        }
    }

    /// Is this block a title like it?
    fn is_at(self, page: &Page<'_>, at: usize) -> bool {
        match self {
            Title::Heading(level) => page.blocks[at].kind == Kind::Heading(level),
            // A title in bold letters may have its number alone below it.
            Title::Bold => page.blocks[at].kind == Kind::Bold && is_line(page, at),
            Title::Alone => is_line(page, at),
        }
    }

    /// Fewer are no list.
    fn fewest(self) -> usize {
        if matches!(self, Title::Heading(_)) {
            1
        } else {
            3
        }
    }
}

/// Reads the sections that begin with the title `at`, with the block after them; `tried` is how
/// far it looked.
pub(super) fn read(
    page: &Page<'_>,
    at: usize,
    path: &[(u8, usize)],
    tried: &mut usize,
) -> Option<(Table, usize)> {
    let title = Title::of(page.blocks[at].kind).filter(|title| title.is_at(page, at))?;
    // Most headings begin with no code, whatever stands above them.
    if !may_begin_with_code(page, at, true) {
        return None;
    }
    let points = page.points(at, path);
    let points = if points >= 0 && entry::is_called_error(&page.text(at)) {
        points.max(4)
    } else {
        points
    };
    let is_named = points >= 4 && matches!(title, Title::Heading(_));
    code_of(page, at, is_named)?;
    let end = end(page, at, title);
    *tried = end;
    let headings: Vec<usize> = (at..end).filter(|&at| title.is_at(page, at)).collect();
    if !matches!(title, Title::Heading(_)) && !have_text_below(&headings, end) {
        return None;
    }
    let entries: Vec<Option<Entry>> = headings
        .iter()
        .map(|&at| code_of(page, at, is_named))
        .collect();
    if are_titles_of_codes(page, &headings, end) {
        return None;
    }
    let found = entries.iter().flatten().count();
    let is_loose = entries.iter().flatten().any(Entry::is_loose);
    let last = entries.iter().rposition(Option::is_some)?;
    let (headings, entries) = (&headings[..=last], &entries[..=last]);
    let counts = entries.len() > 1
        && entries
            .iter()
            .flatten()
            .enumerate()
            .all(|(place, entry)| entry.ordinal() == Some(place + 1));
    let mut sections = Sections::default();
    for (place, (&at, entry)) in headings.iter().zip(entries).enumerate() {
        let next = headings.get(place + 1).copied().unwrap_or(end);
        sections.add(page, at, next, entry.as_ref());
    }
    let by_labels = sections.labelled * 2 > found;
    let named = points >= 3 || (by_labels && (points >= 2 || found >= 3));
    let enough = named && found >= title.fewest().max(if by_labels { 1 } else { 2 });
    let are_parted = || {
        found == entries.len()
            && entries
                .iter()
                .flatten()
                .all(|entry| entry.cell.contains('_'))
    };
    let fewest = if points >= 4 && are_parted() { 2 } else { 3 };
    if is_loose && (found < fewest || found * 10 < entries.len() * 8) {
        return None;
    }
    if !enough || counts || found * 10 < entries.len() * 6 || points < 0 {
        return None;
    }
    let mut table = page.table(at, path, &sections.labels, &sections.rows);
    table.end_line = page.blocks[at..end]
        .iter()
        .map(|block| block.end_line)
        .max()
        .unwrap_or(table.line);
    Some((table, end))
}

/// The end of the sections of one level below one heading.
fn end(page: &Page<'_>, at: usize, title: Title) -> usize {
    let goes_on = |kind: Kind| match (kind, title) {
        (Kind::Heading(other), Title::Heading(level)) => other >= level,
        (Kind::Heading(_), Title::Bold | Title::Alone) => false,
        _ => true,
    };
    at + 1
        + page.blocks[at + 1..]
            .iter()
            .take_while(|block| goes_on(block.kind))
            .count()
}

/// A line that is a title although it is no heading: a code in bold letters, or alone.
pub(super) fn is_line(page: &Page<'_>, at: usize) -> bool {
    let block = &page.blocks[at];
    let is_short = block.text.len() <= 100 && block.line == block.end_line;
    match block.kind {
        Kind::Bold => is_short && code_of(page, at, false).is_some(),
        Kind::Paragraph => {
            is_short && code_of(page, at, false).is_some_and(|entry| entry.text.is_empty())
        }
        _ => false,
    }
}

/// Do most titles stand above codes of their own, in a table or a list: `Login (E100-199)`, `400 Bad Request`?
fn are_titles_of_codes(page: &Page<'_>, titles: &[usize], end: usize) -> bool {
    let next = titles.iter().skip(1).copied().chain([end]);
    let has_codes = |&(&at, next): &(&usize, usize)| {
        (at + 1..next).any(|at| page.is_table_of_codes(at))
            || at + 1 < next && items::begins_with_number(page, at + 1)
    };
    titles.iter().zip(next).filter(has_codes).count() * 2 > titles.len()
}

/// Does something stand below most of these titles?
fn have_text_below(titles: &[usize], end: usize) -> bool {
    let next = titles.iter().skip(1).copied().chain([end]);
    let with_text = titles
        .iter()
        .zip(next)
        .filter(|&(&at, next)| next > at + 1)
        .count();
    with_text * 10 >= titles.len() * 8
}

/// The code that a title begins with; where the heading above names codes (`is_named`) it may be
/// one that could be anything elsewhere: `InvalidToken`, `3: failed`.
fn code_of(page: &Page<'_>, at: usize, is_named: bool) -> Option<Entry> {
    if !may_begin_with_code(page, at, is_named) {
        return None;
    }
    entry::read(&page.text(at)).filter(|entry| is_named || !entry.is_loose())
}

/// A look at the letters; what is refused where the heading above names codes is so everywhere.
fn may_begin_with_code(page: &Page<'_>, at: usize, is_named: bool) -> bool {
    let text = page.rendered[page.blocks[at].text.clone()].trim();
    let may_be_code = |b: u8| b.is_ascii_digit() || b == b'_' || b == b'.';
    let may_be_name = is_named && text.starts_with(|c: char| c.is_ascii_uppercase());
    text.len() <= 300
        && (may_be_name || text.bytes().any(may_be_code))
        && !is_chapter(text, is_named)
}

/// `## 2 Setup`: a small number, and no code after it.
fn is_chapter(text: &str, is_named: bool) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let begins_so = rest.len() < text.len() && text.len() - rest.len() <= 2;
    let is_parted = rest.is_empty()
        || [":", "：", " -", " –", " —"]
            .iter()
            .any(|mark| rest.starts_with(mark));
    let has_code = |b: u8| b.is_ascii_digit() || matches!(b, b'_' | b'(' | b'[' | b'.');
    begins_so
        && !(is_named && is_parted)
        && !rest
            .trim_start_matches(['.', ')', '、'])
            .bytes()
            .any(has_code)
}

#[derive(Default)]
struct Sections {
    rows: Vec<Row>,
    labels: Vec<String>,
    /// How many sections have a cause, a remedy or a message under its own label.
    labelled: usize,
}

impl Sections {
    fn add(&mut self, page: &Page<'_>, at: usize, next: usize, entry: Option<&Entry>) {
        let line = page.blocks[at].line;
        let mut cells = match entry {
            Some(entry) => vec![entry.cell.clone(), entry.text.clone()],
            None => vec![page.text(at).into_owned(), String::new()],
        };
        let mut column = None;
        let mut is_labelled = false;
        for at in at + 1..next {
            let kind = page.blocks[at].kind;
            let text = page.text(at);
            if matches!(kind, Kind::Bold | Kind::Heading(_)) {
                column = self.column(&text);
                is_labelled |= matches!(label(&text), Label::Cause | Label::Remedy);
                continue;
            }
            if matches!(kind, Kind::Table(_) | Kind::Code) {
                continue;
            }
            // The code of a section that is named after its symbol.
            if let Some(named) = entry
                .filter(|_| cells[1].is_empty())
                .and_then(|entry| with_code(&entry.cell, &text))
            {
                cells[0] = named;
                continue;
            }
            let text = match inline_label(&text)
                .and_then(|(label, rest)| Some((self.column(label)?, rest)))
            {
                Some((labelled, rest)) => {
                    column = Some(labelled);
                    is_labelled |= matches!(
                        label(&self.labels[labelled - 2]),
                        Label::Cause | Label::Remedy
                    );
                    Cow::Owned(rest.to_owned())
                }
                None => text,
            };
            match column {
                Some(column) => append(&mut cells, column, &text),
                None if cells[1].is_empty() => cells[1] = text.into_owned(),
                None => {}
            }
        }
        self.labelled += usize::from(is_labelled && entry.is_some());
        self.rows.push(Row { line, cells });
    }

    /// The column of a label, if it is one that says something about a code.
    fn column(&mut self, text: &str) -> Option<usize> {
        let text = text.trim_end_matches([':', '：']).trim();
        if text.chars().count() > 30 || label(text) == Label::Other {
            return None;
        }
        let known = self.labels.iter().position(|label| label == text);
        if known.is_none() && self.labels.len() >= 8 {
            return None;
        }
        Some(
            2 + known.unwrap_or_else(|| {
                self.labels.push(text.to_owned());
                self.labels.len() - 1
            }),
        )
    }
}

/// `NO_FACE` and `0x00000001` are `NO_FACE = 0x00000001`.
fn with_code(symbol: &str, text: &str) -> Option<String> {
    if code::atom(symbol) != Some(Atom::Symbol) {
        return None;
    }
    match code::read(text) {
        Reading::Codes(cell)
            if cell.rest.is_none() && cell.codes.len() == 1 && cell.codes[0].symbol.is_none() =>
        {
            let number = &cell.codes[0].code;
            let is_number = matches!(code::atom(number), Some(Atom::Number | Atom::Hex));
            is_number.then(|| format!("{symbol} = {number}"))
        }
        _ => None,
    }
}

/// `可能原因：text`.
fn inline_label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once([':', '：'])?;
    (label.chars().count() <= 30 && !rest.trim().is_empty()).then(|| (label.trim(), rest.trim()))
}

fn append(cells: &mut Vec<String>, column: usize, text: &str) {
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    if !cells[column].is_empty() {
        cells[column].push('\n');
    }
    cells[column].push_str(text);
}
