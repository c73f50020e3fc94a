//! Where HTML tables begin and end.

/// What begins in a line.
pub(super) enum Opening {
    /// `<table`, at this offset.
    Table(usize),
    /// A comment that does not end in the line.
    Comment(usize),
    None,
}

/// The first thing in a line that hides lines after it.
pub(super) fn opening(line: &str) -> Opening {
    let mut from = 0;
    while let Some(at) = line[from..].find('<').map(|at| from + at) {
        let tag = &line[at..];
        if tag.starts_with("<!--") {
            match tag.find("-->") {
                Some(end) => from = at + end,
                None => return Opening::Comment(at),
            }
            continue;
        }
        if is_table(tag) && !is_quoted(&line[..at]) {
            return Opening::Table(at);
        }
        from = at + 1;
    }
    Opening::None
}

fn is_table(tag: &str) -> bool {
    named(tag, "<table")
}

fn named(tag: &str, name: &str) -> bool {
    let bytes = tag.as_bytes();
    bytes.len() > name.len()
        && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && matches!(
            bytes[name.len()],
            b'>' | b' ' | b'\t' | b'\r' | b'\n' | b'/'
        )
}

/// In a code span, or in a cell of a pipe table.
fn is_quoted(before: &str) -> bool {
    before.matches('`').count() % 2 == 1 || before.trim_start().starts_with('|')
}

/// The end of the table that begins at `start`, and of those that follow it in the same line.
///
/// A table that is never closed ends at the next heading. `looked` bounds the whole search.
pub(super) fn end(text: &str, start: usize, looked: &mut usize) -> usize {
    let mut depth = 0_usize;
    let mut closed = None;
    let mut at = start;
    while let Some(found) = text[at..].find(['<', '\n']).map(|found| at + found) {
        let tag = &text[found..];
        if tag.starts_with('\n') {
            if let Some(closed) = closed {
                return closed;
            }
        } else if is_table(tag) {
            depth += 1;
            closed = None;
        } else if named(tag, "</table") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                closed = Some(found + tag.find('>').map_or(tag.len(), |end| end + 1));
            }
        }
        at = found + 1;
        *looked += 1;
        if *looked > 4 * text.len() + 1000 {
            break;
        }
    }
    closed.unwrap_or_else(|| {
        text[start..]
            .find("\n#")
            .map_or(text.len(), |at| start + at + 1)
    })
}
