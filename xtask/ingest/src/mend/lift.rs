//! Tables that a strict parser cannot see where they stand: read apart, with a mark in their place.

use std::ops::Range;

use super::super::document::{Mend, Table};
use super::super::read;
use super::block::{Block, Line};
use super::edit::Edit;
use super::pipes::width;

/// Why a table must be lifted.
pub(super) struct Reason {
    pub(super) rule: &'static str,
    pub(super) text: &'static str,
}

/// Why a strict parser would not see this table, or not its end.
pub(super) fn reason(block: &Block<'_>) -> Option<Reason> {
    let indent = indent(&block.lines[0]);
    let (rule, text) = if block.above.html {
        (
            "table-in-html",
            "the table is glued to an HTML tag, which hides it; it was read apart",
        )
    } else if block.above.item {
        (
            "glued-to-list-item",
            "the table is glued to a list item, which hides it; it was read apart",
        )
    } else if indent.is_some_and(|indent| indent >= 4) {
        (
            "indented-table",
            "the table is indented like a block of code; it was read as a table",
        )
    } else if block.glued_below {
        (
            "glued-below",
            "a line follows at once that would be read as one more row; the table was read apart",
        )
    } else if indent.is_some() && block.lines[1..].iter().any(|line| !sits_with(indent, line)) {
        (
            "uneven-indent",
            "its rows are indented unevenly, which would end the table; it was read apart",
        )
    } else {
        return None;
    };
    Some(Reason { rule, text })
}

/// The columns of blanks before a line; `None` if other marks stand there.
fn indent(line: &Line<'_>) -> Option<usize> {
    let is_blank = line.prefix.bytes().all(|b| b == b' ' || b == b'\t');
    is_blank.then(|| {
        line.prefix
            .bytes()
            .map(|b| if b == b'\t' { 4 } else { 1 })
            .sum()
    })
}

fn sits_with(header: Option<usize>, line: &Line<'_>) -> bool {
    match (header, indent(line)) {
        (Some(header), Some(own)) => own < 4 && (header < 2 || own >= 2),
        _ => line.is_filler,
    }
}

/// Reads a table apart.
pub(super) fn table(
    edit: &mut Edit<'_>,
    block: &Block<'_>,
    range: Range<usize>,
    lifted: &mut Vec<Vec<Table>>,
) {
    let mut text = String::new();
    for line in &block.lines {
        text.extend([&line.text, "\n"]);
    }
    put(edit, &text, block.line, range, lifted);
}

/// Reads rows apart that have no delimiter row; the first is the header if it alone has no digits.
pub(super) fn bare_rows(
    edit: &mut Edit<'_>,
    block: &Block<'_>,
    range: Range<usize>,
    (mends, lifted): (&mut Vec<Mend>, &mut Vec<Vec<Table>>),
) {
    let width = width(&block.lines[0].text);
    let has_digit = |line: &Line<'_>| line.text.bytes().any(|b| b.is_ascii_digit());
    let has_header = !has_digit(&block.lines[0]) && block.lines[1..].iter().all(has_digit);
    let delimiter = format!("|{}\n", "---|".repeat(width));
    let mut text = if has_header {
        String::new()
    } else {
        format!("|{}\n{delimiter}", " |".repeat(width))
    };
    for (index, line) in block.lines.iter().enumerate() {
        text.extend([&line.text, "\n"]);
        if has_header && index == 0 {
            text.push_str(&delimiter);
        }
    }
    let tables = lifted.len();
    put(edit, &text, block.line, range, lifted);
    // The lines that were added are not in the file.
    for table in lifted[tables..].iter_mut().flatten() {
        let added = if has_header { 1 } else { 2 };
        table.line = block.line;
        table.end_line -= added;
        table.sheet.renumber(|line| line - added);
    }
    let text = "rows between pipes have no delimiter row, so that a strict parser sees no table; one was added";
    mends.push(block.note(0, "no-delimiter-row", text.to_owned()));
}

pub(super) fn put(
    edit: &mut Edit<'_>,
    text: &str,
    line: usize,
    range: Range<usize>,
    lifted: &mut Vec<Vec<Table>>,
) {
    edit.mark(range, lifted.len());
    lifted.push(read::lifted(text, line));
}
