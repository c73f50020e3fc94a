//! What was found out about a text is kept: documents repeat their headers and headings.

use std::cell::RefCell;
use std::collections::HashMap;

/// Answers by text, each worked out once.
pub(super) struct Memo<'a, T> {
    known: RefCell<HashMap<&'a str, T>>,
    work_out: fn(&str) -> T,
}

impl<'a, T: Clone> Memo<'a, T> {
    pub(super) fn new(work_out: fn(&str) -> T) -> Self {
        Memo {
            known: RefCell::default(),
            work_out,
        }
    }

    pub(super) fn get(&self, text: &'a str) -> T {
        self.known
            .borrow_mut()
            .entry(text)
            .or_insert_with(|| (self.work_out)(text))
            .clone()
    }
}
