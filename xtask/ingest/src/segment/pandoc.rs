//! Where the tables of pandoc begin and end that are drawn with dashes: simple, multiline and grid
//! tables, which it writes for most input formats.

use std::ops::Range;

/// A table that was found: to which offset it goes, and where its caption is.
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) table: Pandoc,
}

/// How a table is drawn. Ranges are offsets in the text.
#[derive(Debug)]
pub(crate) struct Pandoc {
    pub(crate) is_grid: bool,
    /// The table without its caption.
    pub(crate) range: Range<usize>,
    pub(crate) caption: Option<Range<usize>>,
}

/// So many lines may a header have, or a row.
const LONGEST_ROW: usize = 60;

/// The grid table that the line at `at` begins.
pub(super) fn grid(text: &str, at: usize) -> Option<Found> {
    let mut end = at;
    let mut rules = 0;
    let mut offset = at;
    for line in text[at..].split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.starts_with(['+', '|']) {
            break;
        }
        offset += line.len();
        if is_grid_rule(trimmed) {
            rules += 1;
            end = offset;
        }
    }
    (rules > 1).then(|| with_caption(text, at..end, true))
}

/// The simple table whose dashes are in the line at `rule`; its header is at `at`, if it has one.
pub(super) fn simple(text: &str, at: usize, rule: usize, looked: &mut usize) -> Option<Found> {
    let closing = line_at(text, rule);
    let mut lines = text[rule..].split_inclusive('\n');
    let mut end = rule + lines.next()?.len();
    let has_header = at < rule;
    let mut rows = 0;
    for line in lines.by_ref() {
        if line.trim().is_empty() {
            break;
        }
        end += line.len();
        if is_dashes(line) {
            return (rows > 0).then(|| with_caption(text, at..end, false));
        }
        rows += 1;
    }
    if has_header && rows > 0 {
        return Some(with_caption(text, at..end, false));
    }
    // Without a header it ends with dashes, and may have rows of many lines.
    if has_header {
        return None;
    }
    multiline_end(text, end, closing, rows > 0, looked)
        .map(|end| with_caption(text, at..end, false))
}

/// The multiline table that the line of dashes at `at` begins, which goes to `after`.
pub(super) fn multiline(text: &str, at: usize, after: usize, looked: &mut usize) -> Option<Found> {
    let mut offset = after;
    for line in text[after..].split_inclusive('\n').take(LONGEST_ROW) {
        if line.trim().is_empty() {
            return None;
        }
        offset += line.len();
        if is_rule(line) {
            let end = multiline_end(text, offset, line_at(text, at), false, looked)?;
            return Some(with_caption(text, at..end, false));
        }
        if is_dashes(line) {
            return None;
        }
    }
    None
}

/// The end of rows of many lines, after the line of dashes that is like the first one.
fn multiline_end(
    text: &str,
    from: usize,
    closing: &str,
    mut has_text: bool,
    looked: &mut usize,
) -> Option<usize> {
    let mut offset = from;
    let mut since_blank = 0;
    for line in text[from..].split_inclusive('\n') {
        offset += line.len();
        *looked += line.len();
        if is_dashes(line) {
            return (has_text && line.trim() == closing).then_some(offset);
        }
        let is_blank = line.trim().is_empty();
        since_blank = if is_blank { 0 } else { since_blank + 1 };
        has_text |= !is_blank;
        // What is no row of a table ends the search.
        if since_blank > LONGEST_ROW
            || line.starts_with(['#', '|', '<', '`'])
            || *looked > 4 * text.len() + 1000
        {
            return None;
        }
    }
    None
}

fn line_at(text: &str, at: usize) -> &str {
    text[at..].split('\n').next().unwrap_or_default().trim()
}

fn with_caption(text: &str, range: Range<usize>, is_grid: bool) -> Found {
    let rest = &text[range.end..];
    let blank = rest.len() - rest.trim_start().len();
    let line = rest[blank..].split('\n').next().unwrap_or_default();
    let is_near = rest[..blank].matches('\n').count() <= 1;
    let begins = ["Table:", "table:", ": "]
        .iter()
        .find(|mark| line.starts_with(*mark));
    let begin = range.end + blank;
    let mut end = range.end;
    let mut caption = None;
    if let Some(mark) = begins.filter(|_| is_near) {
        caption = Some(begin + mark.len()..begin + line.len());
        end = (begin + line.len() + 1).min(text.len());
    }
    Found {
        end,
        table: Pandoc {
            is_grid,
            range,
            caption,
        },
    }
}

/// A line of a grid table between rows: `+-----+:===:+`.
pub(crate) fn is_grid_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 4
        && line.starts_with('+')
        && line.ends_with('+')
        && line
            .bytes()
            .all(|byte| matches!(byte, b'+' | b'-' | b'=' | b':'))
        && (line.contains("--") || line.contains("=="))
}

/// Dashes of more than one column: `---- -----`.
pub(crate) fn is_rule(line: &str) -> bool {
    is_dashes(line) && line.split_whitespace().count() > 1
}

/// Nothing but dashes, at least two together, and blanks.
pub(crate) fn is_dashes(line: &str) -> bool {
    let mut columns = line.split_ascii_whitespace().peekable();
    columns.peek().is_some()
        && columns.all(|dashes| dashes.len() > 1 && dashes.bytes().all(|byte| byte == b'-'))
}
