//! Offsets in, line numbers out.

use std::cell::Cell;

/// Knows where each line of a text begins.
#[derive(Default)]
pub(super) struct LineIndex {
    ends: Vec<usize>,
    /// The line asked for last: the next one is near.
    last: Cell<usize>,
}

/// So many lines are looked at one by one.
const NEAR: usize = 8;

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        LineIndex {
            ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect(),
            last: Cell::new(0),
        }
    }

    /// The number of the line, counted from 1, that holds the byte at `offset`.
    pub(super) fn line(&self, offset: usize) -> usize {
        let last = self.last.get();
        let before = if self.begins_before(last, offset) {
            self.from(last, offset)
        } else {
            self.search(0, offset)
        };
        self.last.set(before);
        before + 1
    }

    /// Do `lines` lines end before `offset`?
    fn begins_before(&self, lines: usize, offset: usize) -> bool {
        lines
            .checked_sub(1)
            .is_none_or(|line| self.ends[line] < offset)
    }

    fn from(&self, last: usize, offset: usize) -> usize {
        let near = self.ends[last..]
            .iter()
            .take(NEAR)
            .position(|&end| end >= offset);
        near.map_or_else(|| self.search(last, offset), |ahead| last + ahead)
    }

    fn search(&self, from: usize, offset: usize) -> usize {
        from + self.ends[from..].partition_point(|&end| end < offset)
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn lines_are_found_in_any_order() {
        let text = "a\n".repeat(40);
        let lines = LineIndex::new(&text);
        for offset in [0, 1, 2, 79, 3, 40, 80, 0, 60, 61] {
            assert_eq!(
                lines.line(offset),
                text[..offset].matches('\n').count() + 1,
                "{offset}"
            );
        }
    }
}
