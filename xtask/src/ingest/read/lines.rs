//! Offsets in, line numbers out.

/// Knows where each line of a text begins.
pub(super) struct LineIndex {
    ends: Vec<usize>,
}

impl LineIndex {
    pub(super) fn new(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        LineIndex { ends }
    }

    /// The number of the line, counted from 1, that holds the byte at `offset`.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.ends.partition_point(|&end| end < offset) + 1
    }
}
