//! Where the pipes of a row are: counts and cuts cells as a Markdown parser does.

/// The offsets of the pipes that part cells: those without a backslash before them.
pub(crate) fn pipes(row: &str) -> impl Iterator<Item = usize> + '_ {
    let mut escaped = false;
    row.bytes().enumerate().filter_map(move |(at, byte)| {
        let is_escaped = std::mem::take(&mut escaped);
        match byte {
            b'\\' => escaped = !is_escaped,
            b'|' if !is_escaped => return Some(at),
            _ => {}
        }
        None
    })
}

/// Does it hold a pipe that parts cells?
pub(crate) fn has_pipe(row: &str) -> bool {
    memchr::memchr(b'|', row.as_bytes()).is_some() && pipes(row).next().is_some()
}

/// How many cells a row has, outer pipes or not.
pub(crate) fn width(row: &str) -> usize {
    let row = row.trim();
    if row == "|" {
        return 0;
    }
    if memchr::memchr(b'\\', row.as_bytes()).is_some() {
        return pipes(row).count() + 1 - usize::from(opens(row)) - usize::from(closes(row));
    }
    let pipes = memchr::memchr_iter(b'|', row.as_bytes()).count();
    pipes + 1 - usize::from(row.starts_with('|')) - usize::from(row.ends_with('|'))
}

/// Does it begin with a pipe?
pub(crate) fn opens(row: &str) -> bool {
    row.trim_start().starts_with('|')
}

/// Does it end with a pipe?
pub(crate) fn closes(row: &str) -> bool {
    let row = row.trim_end();
    let Some(before) = row.strip_suffix('|') else {
        return false;
    };
    let escapes = before.len() - before.trim_end_matches('\\').len();
    escapes % 2 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_does_not_depend_on_outer_pipes() {
        for row in [
            "| a | b |",
            "a | b",
            "| a | b",
            "a | b |",
            "  |a|b|  ",
            "|\\||b|",
        ] {
            assert_eq!(width(row), 2, "{row}");
        }
        assert_eq!(width("|a|"), 1);
        assert_eq!(width("|a||"), 2);
        assert_eq!(width("a \\| b"), 1);
        assert_eq!(width("|"), 0);
    }
}
