//! A text being mended: parts are kept, replaced or left out, and no line end is ever lost.

use std::borrow::Cow;
use std::ops::Range;

use super::FILLER;

/// A text and what was changed in it so far.
pub(super) struct Edit<'a> {
    text: &'a str,
    mended: String,
    /// Up to here the text was taken over.
    done: usize,
}

impl<'a> Edit<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Edit {
            text,
            mended: String::new(),
            done: 0,
        }
    }

    /// Puts something else in the place of a part.
    pub(super) fn replace(&mut self, range: Range<usize>) -> &mut String {
        self.mended.push_str(&self.text[self.done..range.start]);
        self.done = range.end;
        &mut self.mended
    }

    /// Leaves out a part, but its line ends.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        let lines = self.text[range.clone()].matches('\n').count();
        self.replace(range).extend(std::iter::repeat_n('\n', lines));
    }

    /// Puts a mark in the place of a part, which stands for lifted tables.
    pub(super) fn mark(&mut self, range: Range<usize>, index: usize) {
        let lines = self.text[range.clone()].matches('\n').count();
        let mark = format!("{FILLER}{index}{FILLER}");
        let mended = self.replace(range);
        mended.push_str(&mark);
        mended.extend(std::iter::repeat_n('\n', lines));
    }

    pub(super) fn finish(mut self) -> Cow<'a, str> {
        if self.done == 0 {
            return Cow::Borrowed(self.text);
        }
        self.mended.push_str(&self.text[self.done..]);
        Cow::Owned(self.mended)
    }
}
