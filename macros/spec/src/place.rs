//! Positions: a file with a line and a column, which every value keeps for error messages.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The contents of a file with its name. Converts byte offsets to lines and columns.
///
/// Line ends are normalized: a checkout with `core.autocrlf=true` has `\r\n`, which would otherwise
/// be part of every multi-line string.
#[derive(Debug, Clone)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    /// The byte offset of the start of each line.
    lines: Vec<usize>,
}

impl Source {
    /// Makes a source; each `\r\n` of the text becomes `\n`. Problems print the name, so it should be
    /// a path that the reader can open.
    #[must_use]
    pub fn new(name: &str, text: &str) -> Self {
        let text = unix_line_ends(text);
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            name: name.into(),
            lines: std::iter::once(0).chain(starts).collect(),
            text: text.into(),
        }
    }

    /// The name, which problems print.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The contents, with `\n` at the end of each line. Offsets count from its start.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The position of the first byte of a range. Columns are counted in characters.
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

/// The text with `\n` instead of each `\r\n`.
///
/// ```
/// use errbook_spec::place::unix_line_ends;
///
/// assert_eq!(unix_line_ends("schema = 1\r\n"), "schema = 1\n");
/// assert_eq!(unix_line_ends("a lone \r stays"), "a lone \r stays");
/// ```
#[must_use]
pub fn unix_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        text.replace("\r\n", "\n").into()
    } else {
        text.into()
    }
}

/// A position: a file, a line and a column.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path of the file; `None` for a value that does not come from a file.
    pub file: Option<Arc<str>>,
    /// The line, counted from 1; 0 means the whole file.
    pub line: usize,
    /// The column in characters, counted from 1; 0 means the whole line.
    pub column: usize,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(name: &str) -> Self {
        Self {
            file: Some(name.into()),
            line: 0,
            column: 0,
        }
    }

    /// A whole line of a file.
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

/// The values without their positions.
pub(crate) fn values(all: &[At<String>]) -> Vec<String> {
    all.iter().map(|each| each.value.clone()).collect()
}

/// A value with its position. Comparisons ignore the position.
#[derive(Debug, Clone, Default)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its position.
    pub place: Place,
}

impl<T> At<T> {
    /// A value with its position.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }
}

impl<T> From<T> for At<T> {
    /// A value that does not come from a file.
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

#[cfg(test)]
mod tests {
    use crate::place::{At, Place, Source};
    use crate::{open, parse};

    #[test]
    fn a_position_counts_lines_and_characters_from_1() {
        let source = Source::new("a.toml", "a = \"图\" # b\r\n\r\nc = 1");
        assert_eq!(source.text(), "a = \"图\" # b\n\nc = 1");
        assert_eq!(source.name(), "a.toml");
        for (part, expected) in [
            ("a", "a.toml:1:1"),
            ("图", "a.toml:1:6"),
            ("#", "a.toml:1:9"),
            ("\n", "a.toml:1:12"),
            ("\nc", "a.toml:2:1"),
            ("c", "a.toml:3:1"),
            ("1", "a.toml:3:5"),
        ] {
            let at = source.text().find(part).unwrap();
            assert_eq!(source.place(&(at..at)).to_string(), expected, "{part}");
        }
        let end = source.text().len();
        assert_eq!(source.place(&(end..end)).to_string(), "a.toml:3:6");
    }

    #[test]
    fn a_position_may_be_a_line_or_a_file() {
        assert_eq!(Place::file("a.toml").to_string(), "a.toml");
        assert_eq!(Place::line(&"a.toml".into(), 7).to_string(), "a.toml:7");
        assert_eq!(Place::default().to_string(), "spec");
        assert_eq!(
            At::<String>::from("a"),
            At::new("a".to_owned(), Place::file("b"))
        );
    }

    #[test]
    fn only_line_ends_are_normalized() {
        let spec = |message: &str| {
            let text = format!(
                "schema = 1\r\nvendor = \"v\"\r\nlocale = \"en\"\r\n[[set]]\r\nname = \"C\"\r\n\
                 [[set.code]]\r\ncode = \"1\"\r\nvariant = \"One\"\r\nmessage.en = {message}\r\n"
            );
            Source::new("spec.toml", &text)
        };
        let message = |text: &str| {
            let spec = parse(&spec(text)).unwrap();
            spec.sets[0].codes[0].message["en"].value.clone()
        };
        assert_eq!(message("\"\"\"\r\none\r\n\r\ntwo\"\"\""), "one\n\ntwo");
        assert_eq!(message("'''\r\none\r\ntwo'''"), "one\ntwo");
        assert_eq!(message("\"\"\"one \\\r\n   two\"\"\""), "one two");
        // A carriage return that a person wrote as such is reported, not removed.
        assert_eq!(message(r#""one\r\ntwo""#), "one\r\ntwo");
        let broken = open(&spec(r#""one\r\ntwo""#)).unwrap_err();
        assert!(broken.problems.to_string().starts_with("spec.toml:9:14: "));
    }
}
