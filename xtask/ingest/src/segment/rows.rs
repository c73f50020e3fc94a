//! Which physical lines belong to a pipe table, and which of them to one row.

use std::borrow::Cow;

use crate::segment::block::{Block, Line, list_marker_len};
use crate::segment::hidden::Fence;
use crate::segment::pipes::{closes, has_pipe, opens, width};

/// A cell that goes on for more lines than this is none.
const LONGEST_ROW: usize = 60;

/// What the next line of a table is.
pub(super) enum Step<'a> {
    Row(Line<'a>),
    /// It goes on with the row before it, and so do these.
    Joined(Vec<Line<'a>>),
    /// Blank lines, and after them a row of the same table.
    Gap(Vec<Line<'a>>),
    /// A line of a site generator, or of text that leads to another table, which a parser would take for a row.
    Glued,
    End,
}

/// Reads on from `line`, with which `rest` begins.
pub(super) fn step<'a>(block: &Block<'a>, line: Line<'a>, rest: &'a str) -> Step<'a> {
    if line.text.starts_with('|') {
        return Step::Row(line);
    }
    if leads_to_table(rest) {
        return Step::Glued;
    }
    if is_open(block)
        && !opens(&line.text)
        && let Some(lines) = continuation(block, rest)
    {
        return Step::Joined(lines);
    }
    if is_row(&line) {
        return Step::Row(line);
    }
    match line.is_blank().then(|| gap(block, rest)).flatten() {
        Some(lines) => Step::Gap(lines),
        None if is_directive(&line.text) => Step::Glued,
        None => Step::End,
    }
}

/// Puts lines at the end of the last cell of the row before them.
pub(super) fn join<'a>(block: &mut Block<'a>, lines: &[Line<'a>]) {
    let Some(row) = block.lines.last_mut() else {
        return;
    };
    let mut text = row.text.trim_end().to_owned();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        text.push_str("<br>");
        text.push_str(line.text.trim());
    }
    row.text = Cow::Owned(text);
    for _ in lines {
        block.pass("continued-row");
    }
}

/// Passes over the blank lines before a row.
pub(super) fn close_gap<'a>(block: &mut Block<'a>, lines: Vec<Line<'a>>) {
    for line in lines {
        if line.is_blank() {
            block.pass("blank-line-in-table");
        } else {
            block.push(line);
        }
    }
}

/// Does the last row lack its closing pipe, although the table has them?
fn is_open(block: &Block<'_>) -> bool {
    let last = block.rows().last();
    let is_open = last.is_some_and(|row| opens(&row.text) && !closes(&row.text));
    is_open && opens(&block.lines[0].text) && closes(&block.lines[0].text)
}

/// The lines that go on with an open row: up to the one that closes it, or to the next row.
fn continuation<'a>(block: &Block<'a>, rest: &'a str) -> Option<Vec<Line<'a>>> {
    let wanted = width(&block.lines[0].text);
    let open = block.lines.last().map_or(0, |row| width(&row.text));
    let mut lines = Vec::new();
    for line in rest.split_inclusive('\n').take(LONGEST_ROW).map(Line::new) {
        let text = line.text.trim();
        if opens(text) {
            // Blank lines before the next row belong to nothing.
            let has_text = lines.iter().any(|line: &Line<'_>| !line.is_blank());
            return (has_text && open == wanted && width(text) >= 2).then_some(lines);
        }
        if is_heading(text) || Fence::open(text).is_some() {
            return None;
        }
        let closes_row = closes(text) && open + width(text) - 1 == wanted;
        lines.push(line);
        if closes_row {
            return Some(lines);
        }
    }
    None
}

/// Lines of text and at once the header and the delimiter row of another table.
fn leads_to_table(rest: &str) -> bool {
    let mut lines = rest
        .split_inclusive('\n')
        .map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '>'));
    let mut text = 0;
    let header = lines.find(|line| {
        text += 1;
        line.is_empty() || has_pipe(line) || text > LONGEST_LEAD
    });
    text > 1 && header.is_some_and(has_pipe) && lines.next().is_some_and(is_delimiter)
}

/// So many lines of text may lead to a table.
const LONGEST_LEAD: usize = 6;

/// Blank lines and the row after them, if it is one of this table.
fn gap<'a>(block: &Block<'a>, rest: &'a str) -> Option<Vec<Line<'a>>> {
    let wanted = width(&block.lines[0].text);
    let mut lines = rest.split_inclusive('\n').take(4).map(Line::new);
    let mut taken = Vec::new();
    let row = loop {
        let line = lines.next()?;
        if !line.is_blank() {
            break line;
        }
        taken.push(line);
    };
    let next = lines.next();
    let begins_table = next.is_some_and(|next| is_delimiter(next.text.trim_start()));
    let is_like = opens(&row.text) && closes(&row.text) && width(&row.text) == wanted;
    if begins_table || !is_like || wanted < 2 || !opens(&block.lines[0].text) {
        return None;
    }
    taken.push(row);
    Some(taken)
}

/// The number of cells of a line that is enclosed in pipes.
pub(super) fn bare_width(line: &str) -> Option<usize> {
    open_width(line).filter(|_| closes(line))
}

/// The number of cells of a line that begins with a pipe.
pub(super) fn open_width(line: &str) -> Option<usize> {
    let text = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
    let is_row = opens(text) && text.len() > 2 && !is_delimiter(text);
    is_row.then(|| width(text)).filter(|&width| width >= 2)
}

// What ends a table: a blank line, and anything that begins another block unless it is a row that only
// looks like one (`- | a`), which the rules put right.
fn is_row(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let begins_block = is_heading(text)
        || text.starts_with('<')
        || is_directive(text)
        || list_marker_len(text) > 0
        || Fence::open(text).is_some();
    !line.is_blank() && (!begins_block || has_pipe(text))
}

fn is_directive(text: &str) -> bool {
    let text = text.trim_start();
    [":::", "{%", "{{<", "{{%", "!!!"]
        .iter()
        .any(|mark| text.starts_with(mark))
}

fn is_heading(text: &str) -> bool {
    text.starts_with('#')
}

/// Is it a delimiter row, as authors write them: dashes of any kind, pipes, colons and blanks?
pub(super) fn is_delimiter(line: &str) -> bool {
    let mut dashes = false;
    let mut parts = false;
    for c in line.chars() {
        match c {
            '|' | '｜' => parts = true,
            c if is_dash(c) => dashes = true,
            ':' | '：' | ' ' | '\t' | '\r' | '\n' | '\u{A0}' | '\u{3000}' | '\u{200B}' => {}
            _ => return false,
        }
    }
    dashes && parts
}

/// A hyphen, or what a keyboard or a converter makes of one.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '－'
    )
}
