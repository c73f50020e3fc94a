//! The cells of tables that are drawn with dashes.

use std::collections::BTreeSet;

use crate::mend::{Lines, Span};
use crate::segment::block::list_marker_len;
use crate::segment::pandoc::{Pandoc, is_dashes, is_grid_rule, is_rule};

/// The table, written with pipes; `line` is its first.
pub(super) fn lines(text: &str, line: usize, table: &Pandoc) -> Option<Lines> {
    let source: Vec<&str> = text[table.range.clone()].lines().collect();
    let rows = if table.is_grid {
        Grid::new(&source)?.rows()
    } else {
        drawn(&source)?
    };
    let mut lines = Lines::new();
    let width = rows
        .body
        .iter()
        .chain(&rows.header)
        .map(|row| row.cells.len())
        .max()?;
    let header = rows.header.unwrap_or_else(|| Row {
        at: 0,
        cells: vec![String::new(); width],
    });
    lines.push(line, &piped(&header.cells, width));
    lines.push(line, &format!("|{}", "---|".repeat(width)));
    for row in &rows.body {
        lines.push(line + row.at, &piped(&row.cells, width));
    }
    lines.spans = rows.spans;
    lines.end_line = line + source.len().saturating_sub(1);
    lines.caption = table
        .caption
        .clone()
        .map(|caption| text[caption].trim().to_owned());
    Some(lines)
}

fn piped(cells: &[String], width: usize) -> String {
    let mut row = String::from("|");
    for column in 0..width {
        let cell = cells.get(column).map_or("", |cell| cell.as_str());
        row.push(' ');
        row.push_str(&cell.replace('|', "\\|"));
        row.push_str(" |");
    }
    row
}

/// No table that a person reads is wider.
const MOST_COLUMNS: usize = 64;

/// A row and the line that it begins in, counted from 0.
struct Row {
    at: usize,
    cells: Vec<String>,
}

struct Rows {
    header: Option<Row>,
    body: Vec<Row>,
    spans: Vec<Span>,
}

/// A simple or multiline table.
fn drawn(source: &[&str]) -> Option<Rows> {
    let rule = source.iter().position(|line| is_rule(line))?;
    let begins = columns(source[rule], width_of);
    if begins.len() > MOST_COLUMNS {
        return None;
    }
    let measure = better_measure(source, rule, &begins);
    let begins = columns(source[rule], measure);
    let is_multiline = |lines: &[&str]| lines.iter().any(|line| line.trim().is_empty());
    let body_end = source
        .iter()
        .rposition(|line| is_dashes(line))
        .filter(|&end| end > rule)
        .unwrap_or(source.len());
    let above: Vec<(usize, &str)> = source[..rule]
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, line)| !is_dashes(line))
        .collect();
    let header = (!above.is_empty()).then(|| row_of(&above, &begins, measure));
    let body = &source[rule + 1..body_end];
    // Rows of one line each, unless blank lines part them.
    let parts_rows =
        is_multiline(body) || source[..rule].first().is_some_and(|line| is_dashes(line));
    let mut rows = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (index, line) in body.iter().enumerate() {
        let is_blank = line.trim().is_empty();
        if !is_blank {
            open.push((rule + 1 + index, line));
        }
        if (is_blank || !parts_rows) && !open.is_empty() {
            rows.push(row_of(&std::mem::take(&mut open), &begins, measure));
        }
    }
    if !open.is_empty() {
        rows.push(row_of(&open, &begins, measure));
    }
    Some(Rows {
        header,
        body: rows,
        spans: Vec::new(),
    })
}

type Measure = fn(char) -> usize;

/// Where each column begins.
fn columns(rule: &str, measure: Measure) -> Vec<usize> {
    let mut begins = Vec::new();
    let mut at = 0;
    let mut is_inside = false;
    for c in rule.chars() {
        if c == '-' && !is_inside {
            begins.push(at);
        }
        is_inside = c == '-';
        at += measure(c);
    }
    begins
}

/// pandoc counts a wide character twice, other tools once: which way cuts fewer words?
fn better_measure(source: &[&str], rule: usize, begins: &[usize]) -> Measure {
    let cuts = |measure: Measure| -> usize {
        let lines = source.iter().enumerate();
        lines
            .filter(|(at, line)| *at != rule && !is_dashes(line))
            .map(|(_, line)| words_cut(line, begins, measure))
            .sum()
    };
    let (wide, narrow): (Measure, Measure) = (width_of, |_| 1);
    if cuts(wide) <= cuts(narrow) {
        wide
    } else {
        narrow
    }
}

fn words_cut(line: &str, begins: &[usize], measure: Measure) -> usize {
    let mut at = 0;
    let mut before = ' ';
    let mut cut = 0;
    for c in line.chars() {
        let is_boundary = begins.iter().skip(1).any(|&begin| begin == at);
        let jumps = begins
            .iter()
            .skip(1)
            .any(|&begin| begin > at && begin < at + measure(c));
        if jumps || is_boundary && c != ' ' && before != ' ' {
            cut += 1;
        }
        before = c;
        at += measure(c);
    }
    cut
}

fn row_of(lines: &[(usize, &str)], begins: &[usize], measure: Measure) -> Row {
    let mut cells = vec![String::new(); begins.len()];
    for (_, line) in lines {
        let mut parts = vec![String::new(); begins.len()];
        let mut at = 0;
        for c in line.chars() {
            let column = begins.partition_point(|&begin| begin <= at).max(1) - 1;
            parts[column].push(c);
            at += measure(c);
        }
        for (cell, part) in cells.iter_mut().zip(&parts) {
            join(cell, part.trim());
        }
    }
    Row {
        at: lines.first().map_or(0, |(at, _)| *at),
        cells,
    }
}

/// Adds a line to the text of a cell, which a tool has wrapped.
fn join(cell: &mut String, line: &str) {
    if line.is_empty() {
        return;
    }
    let is_wide = |c: Option<char>| c.is_some_and(|c| width_of(c) == 2);
    let is_one_word = is_wide(cell.chars().next_back()) && is_wide(line.chars().next());
    if let Some(broken) = cell.strip_suffix('\\') {
        *cell = format!("{broken}<br>");
    } else if list_marker_len(line) > 0 && !cell.is_empty() {
        cell.push_str("<br>");
    } else if !cell.is_empty() && !cell.ends_with("<br>") && !is_one_word {
        cell.push(' ');
    }
    cell.push_str(line);
}

/// The columns that a character takes on a terminal.
fn width_of(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// A grid table: its lines, each as the characters of its columns.
struct Grid {
    lines: Vec<Vec<char>>,
    /// Where the borders between columns are.
    borders: Vec<usize>,
}

/// A cell that is not closed yet.
#[derive(Clone, Default)]
struct Open {
    /// The row that it begins in.
    row: usize,
    text: String,
    is_blank_below: bool,
}

impl Grid {
    fn new(source: &[&str]) -> Option<Grid> {
        [width_of as Measure, |_| 1]
            .into_iter()
            .map(|measure| Grid::measured(source, measure))
            .find(Grid::is_even)
    }

    fn measured(source: &[&str], measure: Measure) -> Grid {
        let lines: Vec<Vec<char>> = source
            .iter()
            .map(|line| {
                let mut columns = Vec::new();
                for c in line.trim().chars() {
                    match measure(c) {
                        // An accent has no column of its own; it would be lost.
                        0 => columns.push(c),
                        width => {
                            columns.push(c);
                            columns.extend(std::iter::repeat_n('\0', width - 1));
                        }
                    }
                }
                columns
            })
            .collect();
        let mut borders = BTreeSet::new();
        for line in source
            .iter()
            .zip(&lines)
            .filter(|(line, _)| is_grid_rule(line))
        {
            let crossings = line.1.iter().enumerate().filter(|(_, c)| **c == '+');
            borders.extend(crossings.map(|(at, _)| at));
        }
        Grid {
            lines,
            borders: borders.into_iter().collect(),
        }
    }

    /// Does each line end at the last border?
    fn is_even(&self) -> bool {
        let last = self.borders.last().copied().unwrap_or(0);
        (2..=MOST_COLUMNS + 1).contains(&self.borders.len())
            && self
                .lines
                .iter()
                .all(|line| line.len() == last + 1 && matches!(line.last(), Some('|' | '+')))
    }

    fn part(&self, line: usize, column: usize) -> &[char] {
        &self.lines[line][self.borders[column] + 1..self.borders[column + 1]]
    }

    /// Is a part of a line the border between two rows?
    fn is_rule(&self, line: usize, column: usize) -> bool {
        let is_whole = |c: &char| matches!(c, '+' | '-' | '=' | ':');
        if self.lines[line].iter().all(is_whole) {
            return true;
        }
        let part = self.part(line, column);
        let is_crossing = |column: usize| self.lines[line][self.borders[column]] == '+';
        !part.is_empty()
            && part.iter().all(|c| matches!(c, '-' | '=' | ':'))
            && (is_crossing(column) || is_crossing(column + 1))
    }

    fn rows(&self) -> Rows {
        let width = self.borders.len() - 1;
        let mut rows: Vec<Row> = Vec::new();
        let mut spans = Vec::new();
        let mut open = vec![Open::default(); width];
        let mut header = 0;
        let mut is_begun = false;
        for line in 0..self.lines.len() {
            let closed: Vec<bool> = (0..width)
                .map(|column| self.is_rule(line, column))
                .collect();
            if closed.contains(&true) {
                if is_begun {
                    close_row(&closed, &mut open, &mut rows, &mut spans);
                }
                if self.lines[line].contains(&'=') && header == 0 {
                    header = rows.len();
                }
                is_begun = false;
            }
            let mut column = 0;
            while column < width {
                let first = column;
                column += 1;
                // A cell that spans columns.
                while column < width && !matches!(self.lines[line][self.borders[column]], '|' | '+')
                {
                    column += 1;
                }
                if closed[first] {
                    continue;
                }
                let to = self.borders[column];
                let text: String = self.lines[line][self.borders[first] + 1..to]
                    .iter()
                    .filter(|c| **c != '\0')
                    .collect();
                open[first].add(text.trim());
                if !is_begun && !closed.contains(&true) {
                    is_begun = true;
                    rows.push(Row {
                        at: line,
                        cells: vec![String::new(); width],
                    });
                    let row = rows.len() - 1;
                    open.iter_mut()
                        .filter(|cell| cell.row == usize::MAX)
                        .for_each(|cell| cell.row = row);
                }
            }
        }
        let mut rows = rows.into_iter();
        let spans = spans.into_iter().filter(|span| span.row >= header);
        let spans = spans.map(|span| Span {
            row: span.row - header,
            ..span
        });
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable_by_key(|span| (span.row, span.column));
        let header = rows.by_ref().take(header).reduce(|mut header, row| {
            for (known, more) in header.cells.iter_mut().zip(&row.cells) {
                join(known, more);
            }
            header
        });
        Rows {
            header,
            body: rows.collect(),
            spans,
        }
    }
}

/// Ends the row above a border; cells without one below them go on.
fn close_row(closed: &[bool], open: &mut [Open], rows: &mut [Row], spans: &mut Vec<Span>) {
    let last = rows.len() - 1;
    for (column, cell) in open.iter_mut().enumerate() {
        if closed[column] {
            let done = std::mem::replace(
                cell,
                Open {
                    row: usize::MAX,
                    ..Open::default()
                },
            );
            let begun = done.row.min(last);
            rows[begun].cells[column] = done.text;
            spans.extend((begun + 1..=last).map(|row| Span {
                row,
                column,
                above: row - begun,
            }));
        }
    }
}

impl Open {
    fn add(&mut self, line: &str) {
        if line.is_empty() {
            self.is_blank_below = !self.text.is_empty();
            return;
        }
        if std::mem::take(&mut self.is_blank_below) {
            self.text.push_str("<br>");
        }
        join(&mut self.text, line);
    }
}
