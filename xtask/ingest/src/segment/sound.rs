//! Tables that need no mend, which most are: passed over at the cost of one look at each line.

use std::ops::Range;

/// The end of the table whose header and delimiter row are in `head`, if a strict parser reads
/// each of its lines as its author meant it. What is doubtful in the least is not sound.
pub(super) fn end(text: &str, head: Range<usize>, delimiter: usize) -> Option<Passed> {
    let (header, delimiter) = text[head.clone()].split_at(delimiter - head.start);
    if !is_delimiter(delimiter) {
        return None;
    }
    let width = row(header)?;
    if row(delimiter)? != width {
        return None;
    }
    let mut passed = Passed {
        end: head.end,
        lines: 0,
    };
    while let Some(line) = line_at(text, passed.end).filter(|line| line.starts_with('|')) {
        if row(line)? != width {
            return None;
        }
        passed.end += line.len();
        passed.lines += 1;
    }
    ends_here(&text[passed.end..]).then_some(passed)
}

/// How far a sound table goes.
pub(super) struct Passed {
    pub(super) end: usize,
    /// The lines of its body.
    pub(super) lines: usize,
}

fn line_at(text: &str, at: usize) -> Option<&str> {
    let rest = &text[at..];
    let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
    (len > 0).then(|| &rest[..len])
}

/// How many pipes a row has that begins and ends with one, none of them escaped.
fn row(line: &str) -> Option<usize> {
    let row = line.trim_ascii_end().as_bytes();
    if row.first() != Some(&b'|') || row.last() != Some(&b'|') {
        return None;
    }
    let mut pipes = 0;
    for at in memchr::memchr2_iter(b'|', b'\\', row) {
        // `\_` hides no pipe; the last byte is one.
        match (row[at], row[(at + 1).min(row.len() - 1)]) {
            (b'\\', b'|' | b'\\') => return None,
            (b'\\', _) => {}
            _ => pipes += 1,
        }
    }
    (pipes > 2).then_some(pipes)
}

fn is_delimiter(line: &str) -> bool {
    let mut has_dash = true;
    line.trim_ascii_end().bytes().all(|byte| match byte {
        b'-' => {
            has_dash = true;
            true
        }
        b'|' => std::mem::take(&mut has_dash),
        b':' | b' ' => true,
        _ => false,
    })
}

/// A blank line, and after it no row that could be meant to go on with the table.
fn ends_here(rest: &str) -> bool {
    let Some(blank) = line_at(rest, 0) else {
        return true;
    };
    if !blank.trim_ascii().is_empty() {
        return false;
    }
    let more = rest[blank.len()..].trim_start();
    !more.starts_with(['|', '>'])
}

#[cfg(test)]
mod tests {
    use super::{Passed, end};

    #[test]
    fn what_is_doubtful_is_not_sound() {
        let lines = |text: &str| {
            let delimiter = text.find('\n').unwrap() + 1;
            let head = delimiter + text[delimiter..].find('\n').unwrap() + 1;
            end(text, 0..head, delimiter).map(|Passed { lines, .. }| lines)
        };
        assert_eq!(lines("|a|b|\n|-|-|\n|1|2|\n"), Some(1));
        assert_eq!(
            lines("| a | b |\r\n|:-:|---|\r\n| 1 | 2 |\r\n\r\ntext"),
            Some(1)
        );
        for text in [
            "|a|b|\n|-|\n|1|2|\n",
            "|a|b|\n|-|-|\n|1|2\n",
            "|a|b|\n|-|-|\n|1|2|3|\n",
            "|a|b|\n|-|-|\n|1|2|\n\n|3|4|\n",
            "|a|b|\n|-|-|\n|1|2|\ntext",
            "|a|b|\n|-|-|\n|1|\\||\n",
            "|a|b|\n|-||\n|1|2|\n",
        ] {
            assert_eq!(lines(text), None, "{text}");
        }
    }
}
