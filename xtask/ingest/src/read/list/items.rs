//! Bullets, or lines of text, that each begin with a code.

use super::super::super::classify::{name_tells_of_failure, tells_of_failure};
use super::super::super::code::{self, Atom};
use super::super::super::document::Kind;
use super::super::super::document::Table;
use super::entry::{self, Entry};
use super::{Page, Row, row};

/// With fewer codes it is a sentence and not a list.
const FEWEST: usize = 3;

/// Under a heading that names codes two are a list.
const FEWEST_NAMED: usize = 2;

/// Reads the list that begins at a block, with the block after it.
pub(super) fn read(page: &Page<'_>, at: usize, path: &[(u8, usize)]) -> Option<(Table, usize)> {
    let end = end(page, at);
    // A look at the beginnings spares the work on text.
    let is_item = matches!(page.blocks[at].kind, Kind::Item(_));
    beginnings(page, at, end).nth(if is_item { 0 } else { FEWEST_NAMED - 1 })?;
    let first = first_entry(page, at, end);
    read_until(page, first.unwrap_or(at), end, path).or_else(|| {
        // What follows the paragraphs that are made of codes is another matter.
        let first = first?;
        let own = entries_end(page, first, end);
        if own > first && own < end {
            read_until(page, first, own, path)
        } else {
            None
        }
    })
}

/// The lines that may begin with a code.
fn beginnings<'a>(page: &Page<'a>, at: usize, end: usize) -> impl Iterator<Item = &'a str> {
    let (blocks, rendered) = (&page.blocks[at..end], page.rendered);
    blocks
        .iter()
        .flat_map(|block| rendered[block.text.clone()].lines())
        .filter(|line| may_begin_code(line))
}

/// The end of the paragraphs in which each line begins with a code.
fn entries_end(page: &Page<'_>, at: usize, end: usize) -> usize {
    let begins = |line: &str| {
        may_begin_code(line) && entry::read(line).is_some_and(|entry| !entry.is_loose())
    };
    (at..end)
        .find(|&at| !page.text(at).lines().all(begins))
        .unwrap_or(end)
}

fn read_until(
    page: &Page<'_>,
    at: usize,
    end: usize,
    path: &[(u8, usize)],
) -> Option<(Table, usize)> {
    let points = page.points(at, path);
    // `Missing parameters` among the chapters of a page about error codes.
    let points = if (-3..0).contains(&points)
        && page.outer_points(path) >= 4
        && begins_with_number(page, at)
    {
        3
    } else {
        points
    };
    let fewest = if points >= 3 { FEWEST_NAMED } else { FEWEST };
    // `401` alone in the chapter `Authorisation` of the codes.
    let is_named = points >= 4 || points == 3 && page.outer_points(path) >= 4;
    let fewest = if is_named && begins_with_number(page, at) {
        1
    } else {
        fewest
    };
    if points < 1 && !tells_of_failures(page, at, end) || beginnings(page, at, end).count() < fewest
    {
        return None;
    }
    let lines = lines(page, at, end);
    // `invalid_grant`, on a page about errors.
    let names_failure = |entry: &Entry| {
        points == 3
            && entry.text.is_empty()
            && entry.cell.contains('_')
            && name_tells_of_failure(&entry.cell)
    };
    let read = |text: &str| {
        entry::read(first_line(text))
            .filter(|entry| points >= 4 || !entry.is_loose() || names_failure(entry))
    };
    let entries = mostly(lines.iter().map(|(_, text)| read(text)))?;
    let found = entries.iter().flatten().count();
    // Under a heading that names codes even 1, 2, 3 are codes.
    let counts = points < 4
        && entries
            .iter()
            .flatten()
            .enumerate()
            .all(|(place, entry)| entry.ordinal() == Some(place + 1));
    let is_short = found < FEWEST && entries.len() > found;
    // With less said above, a name and a number in each are enough.
    let has_pairs = || {
        entries
            .iter()
            .flatten()
            .all(|entry| entry.cell.contains('('))
    };
    if points == 1 && !has_pairs() {
        return None;
    }
    if found < fewest || is_short || counts {
        return None;
    }
    let rows = lines
        .iter()
        .zip(&entries)
        .map(|((line, text), entry)| to_row(*line, text, entry.as_ref()));
    let mut table = page.table(at, path, &[], &rows.collect::<Vec<_>>());
    table.end_line = (at..end)
        .map(|at| page.blocks[at].end_line)
        .max()
        .unwrap_or(table.line);
    Some((table, end))
}

/// The entries, if at least eight of ten lines are one; the first lines often tell that they are not.
fn mostly(entries: impl ExactSizeIterator<Item = Option<Entry>>) -> Option<Vec<Option<Entry>>> {
    let most = entries.len() * 2 / 10;
    let mut missing = 0;
    entries
        .map(|entry| {
            missing += usize::from(entry.is_none());
            (missing <= most).then_some(entry)
        })
        .collect()
}

/// The first paragraph of a run that begins with a code; those before it lead to the list.
fn first_entry(page: &Page<'_>, at: usize, end: usize) -> Option<usize> {
    if page.blocks[at].kind != Kind::Paragraph {
        return None;
    }
    let is_entry = |at: &usize| {
        entry::read(first_line(&page.text(*at))).is_some_and(|entry| !entry.is_loose())
    };
    (at..end).take(LONGEST_LEAD).find(is_entry)
}

/// So many paragraphs may lead to a list.
const LONGEST_LEAD: usize = 4;

/// Is the code of the first item a number, and no small one, or letters and digits?
pub(super) fn begins_with_number(page: &Page<'_>, at: usize) -> bool {
    let is_item = matches!(page.blocks[at].kind, Kind::Item(_));
    is_item
        && entry::read(first_line(&page.text(at))).is_some_and(|entry| {
            entry.cell.len() >= 3
                && matches!(
                    code::atom(&entry.cell),
                    Some(Atom::Number | Atom::Hex | Atom::Mixed)
                )
        })
}

/// Do most lines of some paragraphs tell of a failure, so that nothing above need say it?
fn tells_of_failures(page: &Page<'_>, at: usize, end: usize) -> bool {
    if page.blocks[at].kind != Kind::Paragraph {
        return false;
    }
    let lines = || {
        (at..end)
            .flat_map(|at| page.rendered[page.blocks[at].text.clone()].lines())
            .take(40)
    };
    let failures = lines().filter(|line| tells_of_failure(line)).count();
    failures >= 5 && failures * 2 >= lines().count()
}

/// The end of the run of items, or of paragraphs, that begins here.
pub(super) fn end(page: &Page<'_>, at: usize) -> usize {
    let rest = &page.blocks[at..];
    let run = match rest[0].kind {
        Kind::Item(depth) => rest
            .iter()
            .take_while(|block| block.in_list && block.is_within(depth))
            .count(),
        Kind::Paragraph => rest
            .iter()
            .take_while(|block| block.kind == Kind::Paragraph)
            .count(),
        _ => 1,
    };
    at + run
}

/// The items with their lines; what stands deeper goes with the item above it.
fn lines(page: &Page<'_>, at: usize, end: usize) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let Kind::Item(depth) = page.blocks[at].kind else {
        for at in at..end {
            let block = &page.blocks[at];
            let text = page.text(at);
            let numbered = text.lines().filter(|line| !line.is_empty()).enumerate();
            // `: text` defines the line above.
            let numbered: Vec<(usize, &str)> = numbered.collect();
            if let [(place, code), (_, definition)] = numbered.as_slice()
                && definition.starts_with(": ")
            {
                lines.push((block.line + place, format!("{code}{definition}")));
                continue;
            }
            let numbered = numbered.into_iter();
            lines.extend(
                numbered.map(|(place, text)| {
                    ((block.line + place).min(block.end_line), text.to_owned())
                }),
            );
        }
        return lines;
    };
    for at in at..end {
        let text = page.text(at);
        if text.is_empty() {
            continue;
        }
        match lines.last_mut() {
            Some((_, above)) if page.blocks[at].kind != Kind::Item(depth) => {
                above.push('\n');
                above.push_str(&text);
            }
            _ => lines.push((page.blocks[at].line, text.into_owned())),
        }
    }
    lines
}

fn may_begin_code(text: &str) -> bool {
    text.bytes()
        .take(60)
        .any(|b| b.is_ascii_digit() || b == b'_' || b == b'.')
        || text.starts_with(|c: char| c.is_ascii_uppercase())
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}

fn to_row(line: usize, text: &str, entry: Option<&Entry>) -> Row {
    let Some(entry) = entry else {
        return row(line, [text, ""]);
    };
    let more = text.split_once('\n').map_or("", |(_, more)| more);
    let message = [entry.text.as_str(), more]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>();
    row(line, [&entry.cell, &message.join("\n")])
}
