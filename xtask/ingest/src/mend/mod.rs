//! Segments as their authors left them in, parts that a strict parser reads in full out.
//!
//! Each rule is a small function of its own, which sees one segment and nothing else.

mod apart;
mod kinds;
mod pandoc;
mod rules;

use std::ops::Range;

use crate::document::Mend;
use crate::segment::block::{Block, Line};
use crate::segment::pandoc::Pandoc;
use crate::segment::pipes::width;
use crate::segment::{Kind, Segment, diplodoc};

/// A part of a text.
pub(super) struct Part {
    /// Its first line, counted from 1.
    pub(super) line: usize,
    pub(super) range: Range<usize>,
    pub(super) source: Source,
}

/// Where the text of a part is.
pub(super) enum Source {
    /// Markdown, in the text as it is.
    Text,
    /// Markdown, mended.
    Lines(Lines),
    /// HTML tables, in the text as they are.
    Html,
}

/// Lines that were mended, and what each of them is in the file.
pub(super) struct Lines {
    pub(super) text: String,
    /// The number of each line, counted from 1.
    pub(super) numbers: Vec<usize>,
    /// The last line of the part.
    pub(super) end_line: usize,
    pub(super) caption: Option<String>,
    /// The cells that reach down from rows above.
    pub(super) spans: Vec<Span>,
}

/// A cell that belongs to a row above; rows are those of the body, counted from 0.
pub(super) struct Span {
    pub(super) row: usize,
    pub(super) column: usize,
    /// How many rows above it begins.
    pub(super) above: usize,
}

impl Lines {
    fn new() -> Self {
        Lines {
            text: String::new(),
            numbers: Vec::new(),
            end_line: 0,
            caption: None,
            spans: Vec::new(),
        }
    }

    fn push(&mut self, number: usize, text: &str) {
        self.text.extend([text, "\n"]);
        self.numbers.push(number);
        self.end_line = self.end_line.max(number);
    }
}

/// Mends each segment, with a note of each mend. What needs no mend is part of the prose around it.
pub(super) fn mend(text: &str, segments: Vec<Segment<'_>>) -> (Vec<Part>, Vec<Mend>) {
    let mut parts: Vec<Part> = Vec::new();
    let mut mends = Vec::new();
    for Segment { line, range, kind } in segments {
        let source = match kind {
            Kind::FrontMatter => continue,
            Kind::Hidden => {
                mends.push(hidden(line));
                continue;
            }
            Kind::Prose => Source::Text,
            Kind::Html => Source::Html,
            Kind::Heading(marks) => {
                Source::Lines(heading(&text[range.clone()], line, marks, &mut mends))
            }
            Kind::Pipe(block) => pipe_table(block, &mut mends).map_or(Source::Text, Source::Lines),
            Kind::Bare(block) => Source::Lines(bare_rows(&block, &mut mends)),
            Kind::Pandoc(table) => {
                pandoc_table(text, line, &table, &mut mends).map_or(Source::Text, Source::Lines)
            }
            Kind::Diplodoc => Source::Lines(diplodoc_table(&text[range.clone()], line, &mut mends)),
        };
        match (parts.last_mut(), &source) {
            (Some(last), Source::Text)
                if matches!(last.source, Source::Text) && last.range.end == range.start =>
            {
                last.range.end = range.end;
            }
            _ => parts.push(Part {
                line,
                range,
                source,
            }),
        }
    }
    (parts, mends)
}

fn hidden(line: usize) -> Mend {
    let text = "these lines are in a comment of the page's template language; ignored";
    Mend {
        line,
        rule: "template-comment",
        text: text.to_owned(),
    }
}

fn heading(source: &str, line: usize, marks: usize, mends: &mut Vec<Mend>) -> Lines {
    let (marks, text) = source.trim_start().split_at(marks);
    let mut lines = Lines::new();
    lines.push(line, &[marks, " ", text.trim_end()].concat());
    mends.push(Mend {
        line,
        rule: "heading-without-blank",
        text: "no space between `#` and the heading; it was added".to_owned(),
    });
    lines
}

/// The rows of a pipe table, if it needs a mend.
fn pipe_table(mut block: Block<'_>, mends: &mut Vec<Mend>) -> Option<Lines> {
    let before = mends.len();
    for rule in rules::RULES {
        rule(&mut block, mends);
    }
    rules::widths(&mut block, mends);
    if let Some(reason) = apart::reason(&block) {
        mends.push(rules::note(&block, 0, reason.rule, reason.text.to_owned()));
    }
    if mends.len() == before {
        return None;
    }
    let mut lines = Lines::new();
    for line in &block.lines {
        lines.push(line.number, &line.text);
    }
    lines.end_line = block.end_line;
    Some(lines)
}

/// Rows without a delimiter row; the first is the header if it alone has no digits.
fn bare_rows(block: &Block<'_>, mends: &mut Vec<Mend>) -> Lines {
    let width = width(&block.lines[0].text);
    let has_digit = |line: &Line<'_>| line.text.bytes().any(|b| b.is_ascii_digit());
    let has_header = !has_digit(&block.lines[0]) && block.lines[1..].iter().all(has_digit);
    let delimiter = format!("|{}", "---|".repeat(width));
    let mut lines = Lines::new();
    if !has_header {
        lines.push(block.line, &format!("|{}", " |".repeat(width)));
        lines.push(block.line, &delimiter);
    }
    for (index, line) in block.lines.iter().enumerate() {
        lines.push(line.number, &line.text);
        if has_header && index == 0 {
            lines.push(line.number, &delimiter);
        }
    }
    let text = "the table has no delimiter row, which Markdown requires; one was added";
    mends.push(rules::note(block, 0, "no-delimiter-row", text.to_owned()));
    lines
}

fn diplodoc_table(source: &str, line: usize, mends: &mut Vec<Mend>) -> Lines {
    let mut lines = Lines::new();
    for (index, (at, cells)) in diplodoc::rows(source).into_iter().enumerate() {
        // The header begins where the table does.
        let number = if index == 0 { line } else { line + at };
        lines.push(number, &format!("|{}|", cells.join("|")));
        if index == 0 {
            lines.push(number, &format!("|{}", "---|".repeat(cells.len())));
        }
    }
    lines.end_line = line + source.lines().count().saturating_sub(1);
    let text = "a Diplodoc table between `#|` and `|#`; it was read as a pipe table";
    mends.push(Mend {
        line,
        rule: "diplodoc-table",
        text: text.to_owned(),
    });
    lines
}

fn pandoc_table(text: &str, line: usize, table: &Pandoc, mends: &mut Vec<Mend>) -> Option<Lines> {
    let lines = pandoc::lines(text, line, table)?;
    mends.push(Mend {
        line,
        rule: "pandoc-table",
        text: "a table drawn with dashes, as pandoc writes it; it was read as a pipe table"
            .to_owned(),
    });
    Some(lines)
}
