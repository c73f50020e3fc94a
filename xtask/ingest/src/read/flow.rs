//! The blocks of a document in their order, as ranges of the rendered text.

use std::ops::Range;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(u8),
    /// The beginning of a list item, by the depth of its list.
    Item(usize),
    /// What follows in the same item.
    More(usize),
    Paragraph,
    /// A paragraph in bold letters.
    Bold,
    /// A block of code.
    Code,
    /// A table, by its place in the document; where several stand in one place, the last.
    Table(usize),
}

/// One block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// The line it begins in, and the one it ends in.
    pub(super) line: usize,
    pub(super) end_line: usize,
    /// Does it stand in a list?
    pub(super) in_list: bool,
    /// Its text, in the rendered document.
    pub(super) text: Range<usize>,
}

impl Block {
    /// Is it part of an item at this depth, or of one below?
    pub(super) fn is_within(&self, depth: usize) -> bool {
        match self.kind {
            Kind::Item(own) | Kind::More(own) => own >= depth,
            _ => true,
        }
    }
}
