//! The words of the vocabulary in, what a word before or behind a number says of it out.

use std::collections::HashSet;

use crate::search::text::name_key;
use crate::search::words::Vocabulary;

/// What speaks for a number being a code, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::search) enum Class {
    /// A part of a date, a time, an address or a version, a quantity, or the value of what is known
    /// to be something else: `uid=2006`.
    Noise,
    /// The value of a name of which nothing is known: `verify_result=1002`.
    Other,
    /// A part of a name, `E5007`, or an HTTP status.
    Joined,
    /// A number by itself.
    Plain,
    /// The value of a code: `"errcode": 5007`.
    Keyed,
}

/// The tables of [`Vocabulary`] for numbers and names.
#[derive(Debug)]
pub(in crate::search) struct Keys<'a> {
    code: HashSet<&'a str>,
    status: HashSet<&'a str>,
    other: HashSet<&'a str>,
    pub(super) units: HashSet<&'a str>,
    common: HashSet<&'a str>,
    endings: &'a [String],
    other_endings: &'a [String],
    pub(super) symbol: HashSet<&'a str>,
    before: HashSet<&'a str>,
    pub(super) files: HashSet<&'a str>,
    pub(super) spaced_units: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    pub(in crate::search) fn new(words: &'a Vocabulary) -> Self {
        let set = |words: &'a str| words.split_whitespace().collect();
        Self {
            code: set(&words.code_keys),
            status: set(&words.status_keys),
            other: set(&words.other_keys),
            units: set(&words.units),
            common: set(&words.common),
            endings: &words.code_endings,
            other_endings: &words.other_endings,
            symbol: set(&words.symbol_keys),
            before: set(&words.before_keys),
            files: set(&words.files),
            spaced_units: set(&words.spaced_units),
        }
    }

    /// Whether a word says what the number after it is, and says nothing itself.
    pub(super) fn is_label(&self, word: &str) -> bool {
        self.class(&name_key(word)).is_some() || self.is_common(word)
    }

    /// What a name before a number says of it.
    pub(super) fn class(&self, name: &str) -> Option<Class> {
        let has_ending = || self.endings.iter().any(|end| name.ends_with(end.as_str()));
        if self.status.contains(name) {
            Some(Class::Joined)
        } else if self.other.contains(name) {
            Some(Class::Noise)
        } else if self.code.contains(name) || has_ending() {
            Some(Class::Keyed)
        } else {
            None
        }
    }

    /// Whether a name is that of something else, for certain if a value is assigned to it:
    /// `requestId=`.
    pub(super) fn is_other(&self, name: &str) -> bool {
        let mut endings = self.other_endings.iter();
        self.class(name) == Some(Class::Noise)
            || (self.class(name).is_none() && endings.any(|end| name.ends_with(end.as_str())))
    }

    /// Whether a word belongs to the label after it: the `result` of `result code`.
    pub(super) fn is_before(&self, word: &str) -> bool {
        self.before.contains(word) || (word.is_ascii() && self.class(word).is_some())
    }

    /// Whether a chunk is a word of log lines.
    pub(in crate::search) fn is_common(&self, chunk: &str) -> bool {
        self.common.contains(chunk.to_lowercase().as_str())
    }
}
