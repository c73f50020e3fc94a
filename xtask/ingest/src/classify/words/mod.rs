//! What headers and headings say, in Chinese, English, Japanese and Russian: words and weights.

mod headers;
mod headings;
mod traditional;

pub(super) use headers::HEADERS;
pub(super) use headings::HEADINGS;
pub(super) use traditional::traditional;

/// What a header word speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Code,
    Symbol,
    Message,
    Cause,
    Remedy,
    Billing,
    Http,
    Section,
    /// A row number: never a code.
    Number,
    /// A column of a parameter table: speaks against the whole table.
    Parameter,
}

/// A word in lower case: for ASCII whole words, else any part of the header.
pub(super) type Word = (&'static str, Sense, i32);
