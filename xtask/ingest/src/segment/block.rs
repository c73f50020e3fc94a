//! The lines of one pipe table, as the rules change them.

use std::borrow::Cow;

/// One line: what precedes the table's part of it, that part, and the line end.
pub(crate) struct Line<'a> {
    /// Its number, counted from 1; 0 as long as it is in no table.
    pub(crate) number: usize,
    /// Blanks, `>` and list markers.
    pub(crate) prefix: &'a str,
    pub(crate) text: Cow<'a, str>,
    pub(super) end: &'a str,
}

impl<'a> Line<'a> {
    /// The first line of a table, with its line end; it may begin a list item: `- | a | b |`.
    pub(super) fn header(line: &'a str) -> Self {
        let mut at = container_len(line);
        let marker = list_marker_len(&line[at..]);
        if marker > 0
            && line[at + marker..]
                .trim_start_matches([' ', '\t'])
                .starts_with('|')
        {
            at += marker + container_len(&line[at + marker..]);
        }
        Line::cut(line, at)
    }

    /// Any other line.
    pub(super) fn new(line: &'a str) -> Self {
        Line::cut(line, container_len(line))
    }

    fn cut(line: &'a str, at: usize) -> Self {
        let body = line.trim_end_matches(['\r', '\n']);
        let (prefix, text) = body.split_at(at.min(body.len()));
        Line {
            number: 0,
            prefix,
            text: Cow::Borrowed(text),
            end: &line[body.len()..],
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// What is directly above a table, without a blank line between them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Above {
    /// A list item.
    pub(crate) item: bool,
    /// An HTML tag at the start of a line.
    pub(crate) html: bool,
    /// A line of any kind but a heading.
    pub(crate) text: bool,
}

impl Above {
    /// With one more line, which is not blank.
    pub(super) fn with(self, line: &str) -> Self {
        let text = &line[container_len(line)..];
        let html = text.starts_with('<') && !text.starts_with("<!--");
        Above {
            item: self.item || list_marker_len(text) > 0,
            html: self.html || html,
            text: !text.starts_with('#'),
        }
    }

    /// Is there nothing that could hide a table?
    pub(super) fn is_clear(self) -> bool {
        !self.item && !self.html
    }

    /// Is there nothing at all?
    pub(super) fn is_none(self) -> bool {
        self.is_clear() && !self.text
    }

    pub(super) fn with_line(self, line: Option<(&str, usize)>) -> Self {
        line.map_or_else(Above::default, |(line, _)| self.with(line))
    }
}

/// A table: header, delimiter row, body.
pub(crate) struct Block<'a> {
    /// The line number of the header.
    pub(crate) line: usize,
    /// Its last line.
    pub(crate) end_line: usize,
    /// At least two: the header and the delimiter row. Of bare rows all are body.
    pub(crate) lines: Vec<Line<'a>>,
    pub(crate) above: Above,
    /// Lines that were joined to the row before them, by number, with the rule.
    pub(crate) joined: Vec<(usize, &'static str)>,
    /// Does a line follow at once that a parser would take for one more row?
    pub(crate) glued_below: bool,
}

impl<'a> Block<'a> {
    pub(super) fn new(line: usize, header: Line<'a>, delimiter: Line<'a>, above: Above) -> Self {
        let mut block = Block::bare(line, header, above);
        block.push(delimiter);
        block
    }

    /// Rows without a delimiter row.
    pub(super) fn bare(line: usize, row: Line<'a>, above: Above) -> Self {
        let mut block = Block {
            line,
            end_line: line - 1,
            lines: Vec::with_capacity(16),
            above,
            joined: Vec::new(),
            glued_below: false,
        };
        block.push(row);
        block
    }

    /// Adds the next line as a row.
    pub(super) fn push(&mut self, line: Line<'a>) {
        self.end_line += 1;
        self.lines.push(Line {
            number: self.end_line,
            ..line
        });
    }

    /// Takes the next line to be part of the row before it, or nothing.
    pub(super) fn pass(&mut self, rule: &'static str) {
        self.end_line += 1;
        self.joined.push((self.end_line, rule));
    }

    pub(crate) fn header(&mut self) -> &mut Line<'a> {
        &mut self.lines[0]
    }

    pub(crate) fn delimiter(&mut self) -> &mut Line<'a> {
        &mut self.lines[1]
    }

    pub(crate) fn rows(&self) -> &[Line<'a>] {
        &self.lines[2..]
    }
}

/// The length of the blanks and block quote marks that a line begins with.
fn container_len(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}

/// The length of `-`, `*`, `+`, `1.` or `1)` with the blank that must follow; 0 if there is none.
pub(crate) fn list_marker_len(text: &str) -> usize {
    let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let mark = text.as_bytes().get(digits);
    let is_mark = if digits == 0 {
        matches!(mark, Some(b'-' | b'*' | b'+'))
    } else {
        matches!(mark, Some(b'.' | b')'))
    };
    let blank = matches!(text.as_bytes().get(digits + 1), Some(b' ' | b'\t'));
    if is_mark && blank { digits + 2 } else { 0 }
}
