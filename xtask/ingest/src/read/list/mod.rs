//! Codes without a table: headings, bullets, lines of text or of code, read as tables.

mod entry;
mod fence;
mod items;
mod sections;

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use super::super::classify::{heading_points, names_codes};
use super::super::document::{Block, Document, Kind, Syntax, Table};
use super::super::sheet::Sheet;
use super::text;

/// The lists of codes among the blocks of a document, in their order.
pub(super) fn find(document: &Document) -> Vec<Table> {
    let Document {
        blocks,
        rendered,
        tables,
        ..
    } = document;
    let page = Page {
        blocks,
        rendered,
        tables,
        points: vec![Cell::new(None); blocks.len()],
    };
    let mut lists = Vec::new();
    let mut path: Vec<(u8, usize)> = Vec::new();
    // Up to where the sections of each level were looked at, so that none is twice; level 0 are
    // titles that are no headings.
    let mut tried = [0_usize; 7];
    // Up to where the items were looked at.
    let mut passed = 0;
    let mut at = 0;
    while at < blocks.len() {
        let found = match blocks[at].kind {
            Kind::Heading(level) => {
                path.retain(|(above, _)| *above < level);
                let tried = &mut tried[usize::from(level.min(6))];
                let found = if at >= *tried {
                    sections::read(&page, at, &path, tried)
                } else {
                    None
                };
                path.push((level, at));
                found
            }
            Kind::Bold | Kind::Paragraph => {
                let titled = if at >= tried[0] {
                    sections::read(&page, at, &path, &mut tried[0])
                } else {
                    None
                };
                titled.or_else(|| {
                    if at >= passed {
                        items::read(&page, at, &path)
                    } else {
                        None
                    }
                })
            }
            Kind::Item(_) | Kind::More(_) => items::read(&page, at, &path),
            Kind::Code => fence::read(&page, at, &path),
            Kind::Table(_) => None,
        };
        match found {
            Some((list, end)) => {
                lists.push(list);
                at = end.max(at + 1);
            }
            None => {
                let end = if at >= passed {
                    items::end(&page, at).max(at + 1)
                } else {
                    passed
                };
                passed = end;
                // The first section may follow other paragraphs at once.
                let end = (at + 1..end)
                    .find(|&at| sections::is_line(&page, at))
                    .unwrap_or(end);
                lists.extend(inner(&page, at, end, &path));
                at = end;
            }
        }
    }
    lists
}

/// The lists of codes inside a list of something else: blocks of code, and items of an item.
fn inner(page: &Page<'_>, at: usize, end: usize, path: &[(u8, usize)]) -> Vec<Table> {
    let mut lists = Vec::new();
    let mut passed = at + 1;
    for at in at + 1..end {
        // What was read is not read again.
        if at < passed {
            continue;
        }
        let found = match (page.blocks[at - 1].kind, page.blocks[at].kind) {
            (_, Kind::Code) => fence::read(page, at, path),
            (Kind::Item(above) | Kind::More(above), Kind::Item(depth))
                // The item above must introduce them: the heading speaks for that item.
                if depth > above && page.points_of(at - 1) > 0 =>
            {
                items::read(page, at, path)
            }
            _ => None,
        };
        if let Some((list, end)) = found {
            passed = end;
            lists.push(list);
        }
    }
    lists
}

/// The blocks of a document with their text.
struct Page<'a> {
    blocks: &'a [Block],
    rendered: &'a str,
    /// The tables of the document, in their order.
    tables: &'a [Table],
    /// How much each block speaks for codes, once it was asked for.
    points: Vec<Cell<Option<i32>>>,
}

impl Page<'_> {
    fn text(&self, at: usize) -> Cow<'_, str> {
        text::tidy(&self.rendered[self.blocks[at].text.clone()])
    }

    /// Is it a table with a header that names codes?
    fn is_table_of_codes(&self, at: usize) -> bool {
        let Kind::Table(place) = self.blocks[at].kind else {
            return false;
        };
        let header = self.tables.get(place).map(Table::header);
        header.is_some_and(|header| header.cells().any(|cell| names_codes(cell.text)))
    }

    fn headings(&self, path: &[(u8, usize)]) -> Vec<Arc<str>> {
        path.iter().map(|&(_, at)| self.text(at).into()).collect()
    }

    /// How much the headings above a block and the text before it speak for codes.
    fn points(&self, at: usize, path: &[(u8, usize)]) -> i32 {
        let lead = at
            .checked_sub(1)
            .filter(|&before| !matches!(self.blocks[before].kind, Kind::Table(_) | Kind::Code));
        let lead = lead.map_or(0, |before| match self.points_of(before) {
            own if own < 0 => own,
            own => own.max(self.points_before(before)),
        });
        let mut above = path.iter().rev().map(|&(_, at)| self.points_of(at));
        let nearest = above.next().unwrap_or(0);
        // `Environment variables`, and under it `Troubleshooting`.
        if nearest < 3
            && lead < 3
            && let Some(against) = above.clone().min().filter(|&points| points <= -4)
        {
            return against;
        }
        // `返回码：` speaks louder than `返回结果` above it.
        if (-2..0).contains(&nearest) && lead >= 4 {
            return lead;
        }
        if nearest < 0 || lead < -2 {
            return nearest.min(lead);
        }
        // The title of a page about errors speaks for all of it, but not as loudly.
        let outer = above.max().unwrap_or(0);
        if nearest == 3 && outer >= 4 {
            return outer;
        }
        nearest
            .max(lead)
            .max(if outer >= 4 { 3 } else { outer / 2 })
    }

    /// How much the headings above the nearest one speak for codes.
    fn outer_points(&self, path: &[(u8, usize)]) -> i32 {
        path.iter()
            .rev()
            .skip(1)
            .map(|&(_, at)| self.points_of(at))
            .max()
            .unwrap_or(0)
    }

    /// What the paragraph before the last one says, which may be what that one goes on with: a hint.
    fn points_before(&self, lead: usize) -> i32 {
        let before = lead
            .checked_sub(1)
            .filter(|&before| self.blocks[before].kind == Kind::Paragraph);
        before.map_or(0, |before| (self.points_of(before) - 1).min(1))
    }

    fn points_of(&self, at: usize) -> i32 {
        let known = &self.points[at];
        let points = known
            .get()
            .unwrap_or_else(|| heading_points(&self.text(at)).map_or(0, |(_, points)| points));
        known.set(Some(points));
        points
    }

    /// A table of codes and messages, and of a column for each label.
    fn table(&self, first: usize, path: &[(u8, usize)], labels: &[String], rows: &[Row]) -> Table {
        let line = self.blocks[first].line;
        let last = rows.last().map_or(line, |row| row.line);
        let mut sheet = Sheet::default();
        ["", ""]
            .into_iter()
            .chain(labels.iter().map(String::as_str))
            .for_each(|label| sheet.add(label));
        sheet.end_header();
        for row in rows {
            row.cells.iter().for_each(|cell| sheet.add(cell));
            sheet.end_row(row.line);
        }
        Table {
            line,
            end_line: last,
            syntax: Syntax::List,
            headings: self.headings(path),
            lead: None,
            sheet,
            ..Table::default()
        }
    }
}

/// An entry: its code, its message, and what its labels say.
struct Row {
    line: usize,
    cells: Vec<String>,
}

fn row<const N: usize>(line: usize, cells: [&str; N]) -> Row {
    Row {
        line,
        cells: cells.map(str::to_owned).to_vec(),
    }
}
