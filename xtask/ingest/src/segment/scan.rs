//! Walks over the lines of a text and stops at each segment that is not prose.

use crate::segment::block::{Above, Block, Line};
use crate::segment::hidden::{Fence, Hidden};
use crate::segment::rows::{self, Step};
use crate::segment::{Kind, Segment, diplodoc, headings, html, pandoc, pipes, sound};

/// A place in a text.
pub(super) struct Scan<'a> {
    text: &'a str,
    /// The offset of the next line.
    at: usize,
    /// The number of lines before it.
    lines: usize,
    /// The line before it and its offset, if a table could begin there.
    before: Option<(&'a str, usize)>,
    /// What is between the last blank line and `before`.
    above: Above,
    hidden: Hidden,
}

impl<'a> Scan<'a> {
    /// Starts at an offset, after the given number of lines.
    pub(super) fn new(text: &'a str, at: usize, lines: usize) -> Self {
        Scan {
            text,
            at,
            lines,
            before: None,
            above: Above::default(),
            hidden: Hidden::default(),
        }
    }

    /// The next segment that is not prose; the scan is then past its end.
    pub(super) fn next(&mut self) -> Option<Segment<'a>> {
        while let Some((line, offset)) = self.next_line() {
            let trimmed = line.trim_start_matches([' ', '\t', '>']);
            let found = match trimmed.as_bytes().first() {
                Some(b'`' | b'~') if self.skip_fence(trimmed) => continue,
                Some(b'{') => self.template_comment(trimmed, offset),
                Some(b'+') if pandoc::is_grid_rule(trimmed) => {
                    let found = pandoc::grid(self.text, offset);
                    found.map(|found| self.pandoc(self.lines, offset, found))
                }
                Some(b'-') if pandoc::is_dashes(trimmed) => self.dashes(line, offset),
                Some(b'#') if line.trim_ascii() == "#|" => self.diplodoc(offset),
                Some(b'#') => self.heading(line, trimmed, offset),
                Some(b'|') if self.pass_sound(line) => continue,
                Some(b'|') => self
                    .table(trimmed, line)
                    .or_else(|| self.bare_rows(line, offset)),
                _ => self.table(trimmed, line),
            };
            if found.is_some() {
                self.before = None;
                return found;
            }
            if line.contains('<') {
                match self.tag(line, trimmed, offset) {
                    Tag::Table(found) => return Some(found),
                    Tag::Skipped => continue,
                    Tag::Text => {}
                }
            }
            self.remember(line, offset);
        }
        None
    }

    /// The line that the text after the last segment begins in.
    pub(super) fn line_of_next(&self, done: usize) -> usize {
        self.lines + 1 - usize::from(done < self.at)
    }

    fn remember(&mut self, line: &'a str, offset: usize) {
        self.above = match self.before {
            Some((before, _)) => self.above.with(before),
            None => Above::default(),
        };
        let is_blank = line
            .trim_matches(|c: char| c.is_whitespace() || c == '>')
            .is_empty();
        self.before = (!is_blank).then_some((line, offset));
    }

    fn skip_fence(&mut self, trimmed: &str) -> bool {
        let Some(fence) = Fence::open(trimmed) else {
            return false;
        };
        self.skip_until(|line| fence.is_closed_by(line));
        true
    }

    fn template_comment(&mut self, trimmed: &str, offset: usize) -> Option<Segment<'a>> {
        let line = self.lines;
        let close = self
            .hidden
            .comment_end(self.text, trimmed, self.at - trimmed.len())?;
        self.pass(close);
        Some(Segment {
            line,
            range: offset..self.at,
            kind: Kind::Hidden,
        })
    }

    fn diplodoc(&mut self, offset: usize) -> Option<Segment<'a>> {
        let line = self.lines;
        let end = diplodoc::end(self.text, self.at).filter(|_| self.at < self.text.len())?;
        self.pass(end - 1);
        Some(Segment {
            line,
            range: offset..end,
            kind: Kind::Diplodoc,
        })
    }

    /// The table of pandoc to which a line of dashes belongs.
    fn dashes(&mut self, line: &str, offset: usize) -> Option<Segment<'a>> {
        let looked = &mut self.hidden.looked;
        let is_rule = pandoc::is_rule(line);
        let (first, at, found) = match self.before {
            Some((_, header)) if is_rule && self.above.is_none() => (
                self.lines - 1,
                header,
                pandoc::simple(self.text, header, offset, looked),
            ),
            None if is_rule => (
                self.lines,
                offset,
                pandoc::simple(self.text, offset, offset, looked),
            ),
            None => (
                self.lines,
                offset,
                pandoc::multiline(self.text, offset, self.at, looked),
            ),
            Some(_) => return None,
        };
        Some(self.pandoc(first, at, found?))
    }

    fn pandoc(&mut self, line: usize, at: usize, found: pandoc::Found) -> Segment<'a> {
        self.pass(found.end - 1);
        Segment {
            line,
            range: at..found.end,
            kind: Kind::Pandoc(found.table),
        }
    }

    fn heading(&mut self, line: &str, trimmed: &str, offset: usize) -> Option<Segment<'a>> {
        let marks = headings::marks_without_blank(trimmed)?;
        // Indented like a block of code.
        if line.starts_with(['\t', '>']) || line.len() - trimmed.len() > 3 {
            return None;
        }
        Some(Segment {
            line: self.lines,
            range: offset..offset + line.len(),
            kind: Kind::Heading(marks),
        })
    }

    fn tag(&mut self, line: &'a str, trimmed: &'a str, offset: usize) -> Tag<'a> {
        if let Some(end) = self
            .hidden
            .preformatted_end(self.text, trimmed, self.at - trimmed.len())
        {
            self.pass(end);
            return Tag::Skipped;
        }
        match html::opening(line) {
            html::Opening::Table(at) => {
                let (start, line) = (offset + at, self.lines);
                let end = html::end(self.text, start, &mut self.hidden.looked);
                self.pass(end);
                Tag::Table(Segment {
                    line,
                    range: start..end,
                    kind: Kind::Html,
                })
            }
            html::Opening::Comment(at) => {
                match self.hidden.html_comment_end(self.text, offset + at) {
                    Some(end) => {
                        self.pass(end);
                        Tag::Skipped
                    }
                    None => Tag::Text,
                }
            }
            html::Opening::None => Tag::Text,
        }
    }

    /// Goes on after the line in which `end` lies, which may be within a character.
    fn pass(&mut self, end: usize) {
        if end > self.at {
            let rest = memchr::memchr(b'\n', &self.text.as_bytes()[end..])
                .map_or(self.text.len(), |at| end + at + 1);
            let passed = &self.text[self.at..rest];
            self.lines += passed.matches('\n').count() + usize::from(!passed.ends_with('\n'));
            self.at = rest;
        }
        self.before = None;
    }

    /// The table whose delimiter row this line is.
    fn table(&mut self, delimiter: &str, line: &'a str) -> Option<Segment<'a>> {
        let (header, start) = self.before?;
        if !rows::is_delimiter(delimiter) || !(pipes::has_pipe(header) || header.contains('｜')) {
            return None;
        }
        let mut block = Block::new(
            self.lines - 1,
            Line::header(header),
            Line::new(line),
            self.above,
        );
        while let Some((line, offset)) = self.next_line() {
            match rows::step(&block, Line::new(line), &self.text[offset..]) {
                Step::Row(line) => block.push(line),
                Step::Joined(lines) => {
                    (1..lines.len()).for_each(|_| _ = self.next_line());
                    rows::join(&mut block, &lines);
                }
                Step::Gap(lines) => {
                    (1..lines.len()).for_each(|_| _ = self.next_line());
                    rows::close_gap(&mut block, lines);
                }
                end @ (Step::End | Step::Glued) => {
                    block.glued_below = matches!(end, Step::Glued);
                    self.at = offset;
                    self.lines -= 1;
                    break;
                }
            }
        }
        Some(Segment {
            line: block.line,
            range: start..self.at,
            kind: Kind::Pipe(block),
        })
    }

    /// Passes over a table that needs no mend, if this line is its delimiter row.
    fn pass_sound(&mut self, delimiter: &str) -> bool {
        let Some((_, start)) = self.before.filter(|_| self.above.is_clear()) else {
            return false;
        };
        let passed = sound::end(self.text, start..self.at, self.at - delimiter.len());
        if let Some(passed) = &passed {
            self.at = passed.end;
            self.lines += passed.lines;
            self.before = None;
        }
        passed.is_some()
    }

    fn bare_rows(&mut self, line: &'a str, offset: usize) -> Option<Segment<'a>> {
        let width = rows::bare_width(line)?;
        let is_like = |next: &&str| rows::bare_width(next) == Some(width);
        self.peek_line().filter(is_like)?;
        let mut block = Block::bare(
            self.lines,
            Line::new(line),
            self.above.with_line(self.before),
        );
        // Further rows may have lost the pipe at their end.
        let goes_on = |next: &&str| is_like(next) || rows::open_width(next) == Some(width);
        while let Some(next) = self.peek_line().filter(goes_on) {
            block.push(Line::new(next));
            self.next_line();
        }
        // The last of them may be the header of a table proper.
        let next = self.peek_line().unwrap_or_default();
        if rows::is_delimiter(next.trim_start_matches([' ', '\t', '>'])) {
            let header = block.lines.pop()?;
            block.end_line -= 1;
            self.at -= header.prefix.len() + header.text.len() + header.end.len();
            self.lines -= 1;
        }
        (block.lines.len() > 1).then_some(Segment {
            line: block.line,
            range: offset..self.at,
            kind: Kind::Bare(block),
        })
    }

    fn peek_line(&self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        (len > 0).then(|| &rest[..len])
    }

    fn next_line(&mut self) -> Option<(&'a str, usize)> {
        let line = self.peek_line()?;
        let offset = self.at;
        self.at += line.len();
        self.lines += 1;
        Some((line, offset))
    }

    fn skip_until(&mut self, is_last: impl Fn(&str) -> bool) {
        self.before = None;
        while let Some((line, _)) = self.next_line() {
            if is_last(line) {
                return;
            }
        }
    }
}

enum Tag<'a> {
    Table(Segment<'a>),
    Skipped,
    Text,
}
