//! What looks like a code in the text and is in no entry, so that nothing is lost without a word.

use std::collections::{BTreeMap, HashSet};

use crate::document::{Document, Head, Kind, Syntax, Table};
use crate::extraction::{Holds, TableReading, Unread};
use crate::heads;
use crate::sheet::Row;

/// How many codes of a group its text shows.
const SHOWN: usize = 5;

/// Heads that are farther apart are not one group: a blank line may be between them, and a line
/// of text that belongs to the first.
const APART: usize = 3;

/// With more groups than fit on a screen, those of one reason are joined however far apart.
const MOST_GROUPS: usize = 20;

/// Lists the lines that begin with what looks like a code and are neither in a table of codes nor
/// in a row of a list; those of one table, and consecutive ones with one reason, together.
pub(super) fn unread(document: &Document, readings: &[TableReading<'_>]) -> Vec<Unread> {
    let mut around = Around::new(document, readings);
    let mut in_tables = BTreeMap::<usize, Vec<&Head>>::new();
    let mut others: Vec<(&'static str, &Head)> = Vec::new();
    for head in &document.heads {
        around.move_to(head.line);
        if around.tables.iter().any(|table| table.reads(head)) {
            continue;
        }
        let refused = |table: &&Open<'_>| {
            let is_in = |heads: &HashSet<&str>| heads.contains(&*head.code);
            table.reading.holds == Holds::Other && table.heads.as_ref().is_none_or(is_in)
        };
        if let Some(table) = around.tables.iter().find(refused) {
            in_tables.entry(table.index).or_default().push(head);
            continue;
        }
        others.push((reason(document, head), head));
    }
    let mut groups = group(&others, APART);
    if groups.len() > MOST_GROUPS {
        groups = group(&others, usize::MAX);
    }
    let of_tables = in_tables
        .into_iter()
        .map(|(at, heads)| of_table(&document.tables[at], &readings[at], &heads));
    let mut unread: Vec<_> = of_tables
        .chain(
            groups
                .into_iter()
                .map(|(reason, heads)| of_lines(reason, &heads)),
        )
        .collect();
    unread.sort_by_key(|unread| unread.line);
    unread
}

type Group<'d> = (&'static str, Vec<&'d Head>);

/// Two heads with the same reason are one group if they are at most this many lines apart.
fn group<'d>(heads: &[(&'static str, &'d Head)], apart: usize) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    for (reason, head) in heads {
        match groups.last_mut() {
            Some((same, group))
                if same == reason
                    && group
                        .last()
                        .is_some_and(|last| head.line - last.line <= apart) =>
            {
                group.push(head);
            }
            _ => groups.push((reason, vec![head])),
        }
    }
    groups
}

/// The tables around a line, which only moves down: a document may have thousands of both.
struct Around<'d, 'a> {
    document: &'d Document,
    readings: &'d [TableReading<'a>],
    next: usize,
    tables: Vec<Open<'d>>,
}

/// A table that has begun and not ended.
struct Open<'d> {
    index: usize,
    end_line: usize,
    syntax: Syntax,
    reading: &'d TableReading<'d>,
    /// The rows of a list, by line.
    rows: Vec<Row<'d>>,
    /// For a table on one line, which may have others on it, what its cells begin with.
    heads: Option<HashSet<&'d str>>,
}

impl<'d, 'a> Around<'d, 'a>
where
    'a: 'd,
{
    fn new(document: &'d Document, readings: &'d [TableReading<'a>]) -> Self {
        Self {
            document,
            readings,
            next: 0,
            tables: Vec::new(),
        }
    }

    fn move_to(&mut self, line: usize) {
        while let Some(table) = self.document.tables.get(self.next) {
            if table.line > line {
                break;
            }
            let is_list = table.syntax == Syntax::List;
            self.tables.push(Open {
                index: self.next,
                end_line: table.end_line,
                syntax: table.syntax,
                reading: &self.readings[self.next],
                rows: table.rows().filter(|_| is_list).collect(),
                heads: (table.line == table.end_line).then(|| {
                    let rows = table.rows().chain([table.header()]);
                    let cells = rows.flat_map(|row| row.cells());
                    cells.filter_map(|cell| heads::head_of(cell.text)).collect()
                }),
            });
            self.next += 1;
        }
        self.tables.retain(|table| table.end_line >= line);
    }
}

impl Open<'_> {
    /// Whether a head is accounted for: in a row of its own, or as text of one.
    fn reads(&self, head: &Head) -> bool {
        if self.reading.holds == Holds::Other {
            return false;
        }
        if let Some(heads) = &self.heads {
            return heads.contains(&*head.code);
        }
        // Each row of a grid is accepted, ignored or quarantined. A list has other lines among its
        // rows.
        self.syntax != Syntax::List || {
            let after = self.rows.partition_point(|row| row.line <= head.line);
            let last = after.checked_sub(1).map(|at| self.rows[at]);
            last.is_some_and(|row| {
                row.line == head.line || row.cells().any(|cell| cell.text.contains(&head.code))
            })
        }
    }
}

fn of_table(table: &Table, reading: &TableReading<'_>, heads: &[&Head]) -> Unread {
    let (what, rows) = match table.syntax {
        Syntax::List => ("list", "entries that begin with what looks like a code"),
        _ => ("table", "rows whose first cells look like codes"),
    };
    Unread {
        line: table.line,
        end_line: table.end_line,
        lines: lines_of(heads),
        text: format!("{what} with {} {rows}: {}", heads.len(), shown(heads)),
        reason: format!("not taken because {}", reading.because),
    }
}

fn of_lines(reason: &str, heads: &[&Head]) -> Unread {
    let first = heads[0].line;
    let last = heads[heads.len() - 1].line;
    let lines = lines_of(heads);
    let text = match (heads, lines.len()) {
        ([head], _) => format!("the line begins with `{}`", head.code),
        (_, 1) => format!("the line has what looks like codes: {}", shown(heads)),
        (_, lines) => format!(
            "{lines} lines begin with what looks like a code: {}",
            shown(heads)
        ),
    };
    Unread {
        line: first,
        end_line: last,
        lines,
        text,
        reason: reason.to_owned(),
    }
}

/// Several heads may be on one line of HTML.
fn lines_of(heads: &[&Head]) -> Vec<usize> {
    let mut lines: Vec<usize> = heads.iter().map(|head| head.line).collect();
    lines.dedup();
    lines
}

/// `1001`, `1002`, … `1012`.
fn shown(heads: &[&Head]) -> String {
    let quoted = |head: &&Head| format!("`{}`", head.code);
    if heads.len() <= SHOWN {
        return heads.iter().map(quoted).collect::<Vec<_>>().join(", ");
    }
    let first: Vec<_> = heads[..SHOWN - 1].iter().map(quoted).collect();
    format!(
        "{}, … {}",
        first.join(", "),
        quoted(&heads[heads.len() - 1])
    )
}

/// Why a line outside of all tables and lists is not read.
fn reason(document: &Document, head: &Head) -> &'static str {
    let blocks = &document.blocks;
    let after = blocks.partition_point(|block| block.line <= head.line);
    let block = blocks[..after]
        .last()
        .filter(|block| block.end_line >= head.line && !matches!(block.kind, Kind::Table(_)));
    match block.map(|block| block.kind) {
        None => "it is not on the rendered page, or not part of a table or list",
        Some(Kind::Heading(_)) => "the headings here do not form a list of codes",
        Some(Kind::Item(_) | Kind::More(_)) => "the items here do not form a list of codes",
        Some(Kind::Code) => "the code block does not form a list of codes",
        Some(_) => "it is a line of a paragraph",
    }
}
