//! Tables that a strict parser does not recognise in their place.

use crate::segment::block::{Block, Line};

/// Why a table must be read apart.
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
            "no blank line between an HTML tag and the table; it was added",
        )
    } else if block.above.item {
        (
            "glued-to-list-item",
            "no blank line between a list item and the table; it was added",
        )
    } else if indent.is_some_and(|indent| indent >= 4) {
        (
            "indented-table",
            "the table is indented like a code block; it was read as a table",
        )
    } else if block.glued_below {
        (
            "glued-below",
            "no blank line between the table and the text below it; it was added",
        )
    } else if indent.is_some() && block.lines[1..].iter().any(|line| !sits_with(indent, line)) {
        (
            "uneven-indent",
            "the rows are not equally indented, which would end the table; ignored",
        )
    } else {
        return None;
    };
    Some(Reason { rule, text })
}

/// The width of the whitespace before a line; `None` if it has other marks there.
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
        _ => false,
    }
}
