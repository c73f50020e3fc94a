//! Small changes to texts that several reports make.

/// A text on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}
