//! The tables of Diplodoc: `#|` and `|#` around rows between `||`, whose cells may have many lines.

use crate::segment::pipes::pipes;

/// The end of the table that a line with `#|` begins, after the line with `|#`.
pub(super) fn end(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    for line in text[at..].split_inclusive('\n') {
        end += line.len();
        if line.trim_end().ends_with("|#") {
            return Some(end);
        }
        // A heading, or the next table: this one is never closed.
        if line.starts_with('#') {
            return None;
        }
    }
    None
}

/// The cells of each row, with the line that it begins in.
pub(crate) fn rows(source: &str) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, line) in source.lines().enumerate().skip(1) {
        let mut text = line.trim();
        if open.is_none() {
            let Some(begun) = text.strip_prefix("||") else {
                continue;
            };
            open = Some((at, String::new()));
            text = begun.trim_start();
        }
        let closed = text.strip_suffix("||");
        if let Some((_, row)) = &mut open {
            if !row.is_empty() && !row.trim_end().ends_with('|') {
                row.push_str("<br>");
            }
            row.push_str(closed.unwrap_or(text).trim());
        }
        if closed.is_some()
            && let Some((at, row)) = open.take()
        {
            rows.push((at, cells(&row)));
        }
    }
    rows
}

fn cells(row: &str) -> Vec<String> {
    let mut from = 0;
    let ends = pipes(row).chain([row.len()]);
    ends.map(|end| {
        row[std::mem::replace(&mut from, end + 1)..end]
            .trim()
            .to_owned()
    })
    .collect()
}
