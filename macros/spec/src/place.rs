//! Where a value stands: a file with a line and a column, kept beside the value on its whole way to an error message.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text with its name, which turns byte offsets into lines and columns.
#[derive(Debug, Clone)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

impl Source {
    /// Names a text; the name is what problems print, so a path that the reader can open.
    #[must_use]
    pub fn new(name: &str, text: &str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            name: name.into(),
            text: text.into(),
            lines: std::iter::once(0).chain(starts).collect(),
        }
    }

    /// The name that problems print.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a range of bytes; its line and column are those of the first byte, in characters.
    #[must_use]
    pub fn place(&self, span: &Range<usize>) -> Place {
        let line = self
            .lines
            .partition_point(|&start| start <= span.start)
            .max(1);
        let start = self.lines[line - 1];
        let before = self.text.get(start..span.start).unwrap_or_default();
        Place {
            file: Some(self.name.clone()),
            line,
            column: before.chars().count() + 1,
        }
    }
}

/// A file, and a line and column in it, counted from 1. A line of 0 means the file as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name as the reader would open it; none for what was never in a file.
    pub file: Option<Arc<str>>,
    /// The line, from 1; 0 where no line is known.
    pub line: usize,
    /// The column in characters, from 1; 0 where none is known.
    pub column: usize,
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(name: &str) -> Self {
        Self {
            file: Some(name.into()),
            line: 0,
            column: 0,
        }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(name: &Arc<str>, line: usize) -> Self {
        Self {
            file: Some(name.clone()),
            line,
            column: 0,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file.as_deref().unwrap_or("spec"))?;
        for number in [self.line, self.column]
            .into_iter()
            .take_while(|&number| number > 0)
        {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

/// The values alone.
pub(crate) fn values(all: &[At<String>]) -> Vec<String> {
    all.iter().map(|each| each.value.clone()).collect()
}

/// A value and the place it was read from. Two are equal when their values are: a place is not a fact.
#[derive(Debug, Clone, Default)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> At<T> {
    /// A value that stands somewhere.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

impl<T> From<T> for At<T> {
    /// A value that was never in a file.
    fn from(value: T) -> Self {
        Self {
            value,
            place: Place::default(),
        }
    }
}

impl From<&str> for At<String> {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl<T: PartialEq> PartialEq for At<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for At<T> {}

impl<T> std::ops::Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
