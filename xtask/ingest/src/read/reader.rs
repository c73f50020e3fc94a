//! The events of a Markdown parser in, tables and blocks out.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::document::{Block, Document, Kind, Mend, Syntax, Table};
use crate::mend::{Lines, Part, Source};
use crate::read::emphasis::{self, Run};
use crate::read::html_table::{self, HtmlTable};
use crate::read::lines::LineIndex;
use crate::read::references::{Callback, References};
use crate::read::{html, html_page, struck, text};
use crate::sheet::Sheet;

/// What was read so far.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a different fact of the block being read"
)]
pub(super) struct Reader<'a> {
    text: &'a str,
    lines: LineIndex,
    /// What the source of a part may refer to outside of it.
    references: References<'a>,
    /// The source of the part being read, to which offsets refer.
    source: &'a str,
    /// Where the part ends.
    end: usize,
    /// The lines of a source that was mended, and their numbers.
    mended: Option<(LineIndex, &'a Lines)>,
    /// The depth of the lists that the part being read belongs to.
    outer: usize,
    /// The depth of the list that the last block is in.
    inside: usize,
    pub(super) tables: Vec<Table>,
    blocks: Vec<Block>,
    pub(super) rendered: String,
    headings: Vec<(u8, Arc<str>)>,
    /// The range of the text of the block before this one, for a table that follows directly.
    pub(super) lead: Option<Range<usize>>,
    caption: Option<String>,
    pub(super) follows_table: bool,
    table: Option<Table>,
    /// The cells of that table.
    sheet: Sheet,
    /// The line of the row being read.
    row_line: usize,
    /// Where the text of the cell, heading or paragraph being read begins in `rendered`.
    pub(super) begin: usize,
    pub(super) begin_line: usize,
    /// Its source, to look for closing tags in.
    block: html::Block<'a>,
    pub(super) depth: usize,
    /// Was nothing of the list item read yet?
    pub(super) begins_item: bool,
    /// Where bold letters began and ended in the block being read.
    pub(super) bold: Option<(usize, usize)>,
    in_sup: bool,
    /// The block of HTML being read, and the number of each of its lines.
    html: (String, Vec<usize>),
    /// Inside a `<dt>`, or behind one.
    in_term: bool,
    is_indented_code: bool,
    /// Where the text of a link to a place in the page begins.
    anchor: Option<usize>,
    /// The marks of emphasis that the parser left in the block being read.
    marks: Vec<Run>,
    /// The parts of the cell or block being read that are struck out.
    struck: Vec<Range<usize>>,
    /// Does the block being read begin with text that is struck out?
    is_struck: bool,
    mends: Vec<Mend>,
    /// How many elements are open since the one that hides its text.
    hidden: usize,
}

impl<'a> Reader<'a> {
    /// A reader of a text, which may be in several parts.
    pub(super) fn new(text: &'a str, is_parted: bool) -> Self {
        Reader {
            text,
            lines: LineIndex::new(text),
            references: if is_parted {
                References::new(text)
            } else {
                References::default()
            },
            source: text,
            end: 0,
            mended: None,
            outer: 0,
            inside: 0,
            tables: Vec::new(),
            blocks: Vec::new(),
            rendered: String::with_capacity(text.len()),
            headings: Vec::new(),
            lead: None,
            caption: None,
            follows_table: false,
            table: None,
            sheet: Sheet::default(),
            row_line: 1,
            begin: 0,
            begin_line: 1,
            block: html::Block::default(),
            depth: 0,
            begins_item: false,
            bold: None,
            in_sup: false,
            html: Default::default(),
            in_term: false,
            is_indented_code: false,
            anchor: None,
            marks: Vec::new(),
            struck: Vec::new(),
            is_struck: false,
            mends: Vec::new(),
            hidden: 0,
        }
    }

    pub(super) fn finish(self) -> Document {
        Document {
            tables: self.tables,
            blocks: self.blocks,
            mends: self.mends,
            rendered: self.rendered,
            ..Document::default()
        }
    }

    pub(super) fn part(&mut self, part: &'a Part) {
        self.outer = if self.goes_on_with_list(part) {
            self.inside
        } else {
            0
        };
        self.begin = self.rendered.len();
        match &part.source {
            Source::Text => {
                (self.source, self.mended) = (self.text, None);
                self.markdown(part.range.clone());
            }
            Source::Lines(lines) => self.mended_lines(lines),
            Source::Html => {
                (self.source, self.mended) = (self.text, None);
                let tables = html_table::tables(&self.text[part.range.clone()], part.line);
                self.html_tables(tables);
            }
        }
    }

    /// Is a part indented as what belongs to a list item is, or does it follow one at once?
    fn goes_on_with_list(&self, part: &Part) -> bool {
        if self.inside == 0 {
            return false;
        }
        let text = &self.text[part.range.clone()];
        let blank = text.len() - text.trim_start().len();
        let before = self.text[..part.range.start].trim_end_matches([' ', '\t']);
        let is_glued = !before.trim_end_matches(['\n', '\r']).is_empty()
            && before.len() - before.trim_end_matches(['\n', '\r']).len() <= 1;
        !matches!(part.source, Source::Text) && is_glued
            || indent(self.text, part.range.start + blank) >= 2
    }

    fn mended_lines(&mut self, lines: &'a Lines) {
        let known = self.tables.len();
        self.source = &lines.text;
        self.mended = Some((LineIndex::new(&lines.text), lines));
        self.markdown(0..lines.text.len());
        if self.tables.len() > known
            && let Some(table) = self.tables.last_mut()
        {
            table.end_line = lines.end_line;
            table.caption = table.caption.take().or_else(|| lines.caption.clone());
        }
    }

    fn markdown(&mut self, range: Range<usize>) {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_GFM
            | Options::ENABLE_HEADING_ATTRIBUTES;
        // Of these every mark is an event, whether its note is in this part or not.
        if self.references.has_footnotes() {
            options |= Options::ENABLE_OLD_FOOTNOTES;
        }
        let begin = range.start;
        self.end = range.end;
        let source = &self.source[range];
        let references = std::mem::take(&mut self.references);
        let callback = Some(Callback(&references));
        let parser = Parser::new_with_broken_link_callback(source, options, callback);
        for (event, range) in parser.into_offset_iter() {
            let start = range.start + begin;
            let end = range.end + begin;
            if let Event::FootnoteReference(label) = &event {
                if references.has_footnotes() && !references.has_footnote(label) {
                    self.rendered.push_str(&self.source[start..end]);
                } else {
                    self.rendered.push_str(&text::note_mark(label));
                }
                continue;
            }
            self.event(event, start, end);
        }
        self.references = references;
        self.depth = 0;
    }

    pub(super) fn html_tables(&mut self, tables: Vec<HtmlTable>) {
        for HtmlTable { mut table, mended } in tables {
            if mended > 0 {
                let text = format!(
                    "cells or rows of the HTML table are not closed, or closed twice, {mended} in all; \
                     they were read as a browser does"
                );
                self.mends.push(Mend {
                    line: table.line,
                    rule: "loose-html",
                    text,
                });
            }
            table.headings = self.headings.iter().map(|(_, text)| text.clone()).collect();
            table.lead = self.take_lead();
            table.caption = table.caption.or_else(|| self.caption.take());
            table.follows_table = self.follows_table;
            for row in std::iter::once(table.header()).chain(table.rows()) {
                for cell in row.cells() {
                    self.rendered.extend([cell.text, "\t"]);
                }
                self.rendered.push('\n');
            }
            self.tables.push(table);
            self.follows_table = true;
            self.begin = self.rendered.len();
            self.push_table_block();
        }
        self.caption = None;
    }

    /// The number of the line that holds an offset of the source.
    fn line(&self, offset: usize) -> usize {
        match &self.mended {
            Some((index, Lines { numbers, .. })) => {
                let line = index.line(offset).min(numbers.len());
                line.checked_sub(1).map_or(1, |index| numbers[index])
            }
            None => self.lines.line(offset),
        }
    }

    /// The last line of what ends before an offset.
    fn last_line(&self, end: usize) -> usize {
        self.line(end.saturating_sub(1))
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, start, end),
            Event::End(tag) => self.end(tag, end),
            Event::Text(_) | Event::Code(_) if self.hidden > 0 => {}
            Event::Text(text) => self.text(&text, start),
            // Nobody means to show that tag in a cell that is all code.
            Event::Code(text)
                if self.table.is_some()
                    && text.contains("<br")
                    && self.block.is_only(&self.source[start..end]) =>
            {
                self.rendered.push_str(
                    &text
                        .replace("<br>", "\n")
                        .replace("<br/>", "\n")
                        .replace("<br />", "\n"),
                );
            }
            Event::Code(text) => self.rendered.push_str(&text),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::Html(html) => self.add_html(&html, start),
            // `<br>` at the end of a line.
            Event::SoftBreak if self.rendered.ends_with('\n') => {}
            Event::SoftBreak | Event::HardBreak | Event::Rule => self.rendered.push('\n'),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, start: usize) {
        if self.in_sup {
            self.rendered.push_str(&text::raised(text));
        } else if text.starts_with(['*', '_']) && emphasis::is_run(text, self.source, start) {
            let begin = self.rendered.len();
            self.rendered.push_str(text);
            let range = begin..self.rendered.len();
            emphasis::add(&mut self.marks, range, self.source, start);
        } else {
            self.rendered.push_str(text);
        }
    }

    fn inline_html(&mut self, html: &str) {
        // The original of a translated text, which the page shows only under the mouse.
        let is_span = html.starts_with("<span");
        if self.hidden > 0 || is_span && html.contains("sxs-lookup") {
            self.hidden = if is_span {
                self.hidden + 1
            } else {
                self.hidden.saturating_sub(usize::from(html == "</span>"))
            };
            return;
        }
        match html {
            "<sup>" | "<SUP>" => self.in_sup = true,
            "</sup>" | "</SUP>" => self.in_sup = false,
            "<del>" | "<s>" | "<strike>" => self.strike(true),
            "</del>" | "</s>" | "</strike>" => self.strike(false),
            html => html::inline(html, &mut self.block, &mut self.rendered),
        }
    }

    fn add_html(&mut self, html: &str, start: usize) {
        let line = self.line(start);
        let (text, lines) = &mut self.html;
        text.push_str(html);
        lines.extend((0..html.lines().count()).map(|at| line + at));
    }

    /// A second `<dt>` before its `<dd>` is more of the first: a name and its number.
    pub(super) fn begin_html_item(&mut self, name: &str) {
        let is_term = name == "dt";
        self.begins_item = name == "li" || is_term && !self.in_term;
        self.in_term = is_term;
    }

    fn start(&mut self, tag: &Tag<'_>, start: usize, end: usize) {
        if self.outer > 0 && self.depth == 0 && is_block(tag) && indent(self.source, start) < 2 {
            self.outer = 0;
        }
        match tag {
            Tag::Table(_) => self.start_table(start, end),
            Tag::TableRow => self.row_line = self.line(start),
            Tag::TableCell => {
                self.begin = self.rendered.len();
                self.block = html::Block::new(&self.source[start..end]);
            }
            Tag::HtmlBlock => self.begin = self.rendered.len(),
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::CodeBlock(_) => {
                self.is_indented_code = matches!(tag, Tag::CodeBlock(CodeBlockKind::Indented));
                if matches!(tag, Tag::Item) {
                    self.end_block(self.last_line(start));
                    self.begins_item = true;
                }
                // The first paragraph of an item is the item's.
                if !matches!(tag, Tag::Paragraph) || self.depth == 0 {
                    self.start_text(start, end);
                } else {
                    self.block = html::Block::new(&self.source[start..end]);
                }
                self.lead = None;
                self.follows_table = false;
                self.bold = None;
            }
            Tag::List(_) => {
                self.end_block(self.last_line(start));
                self.depth += 1;
            }
            Tag::Link { dest_url, .. } => {
                self.anchor = dest_url.starts_with('#').then_some(self.rendered.len());
            }
            Tag::Strikethrough => self.strike(true),
            Tag::Strong => self.begin_bold(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, end: usize) {
        match tag {
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Heading(level) => self.end_heading(level as u8, self.last_line(end)),
            TagEnd::Paragraph | TagEnd::Item => self.end_block(self.last_line(end)),
            TagEnd::CodeBlock => self.end_code(self.last_line(end)),
            TagEnd::List(_) => self.depth = self.depth.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            TagEnd::Strikethrough => self.strike(false),
            TagEnd::Strong => self.end_bold(),
            TagEnd::HtmlBlock => {
                let (html, lines) = std::mem::take(&mut self.html);
                let depth = self.depth;
                html_page::block(self, &html, &lines);
                self.depth = depth;
                self.rendered.push('\n');
                self.begin = self.rendered.len();
            }
            _ => {}
        }
    }

    fn start_text(&mut self, start: usize, end: usize) {
        self.hidden = 0;
        self.begin = self.rendered.len();
        self.begin_line = self.line(start);
        self.block = html::Block::new(&self.source[start..end]);
    }

    fn start_table(&mut self, start: usize, end: usize) {
        let source = self.source[start..end].trim_end();
        let lead = self.take_lead();
        self.table = Some(Table {
            line: self.line(start),
            end_line: self.line(start + source.len().saturating_sub(1)),
            syntax: Syntax::Pipe,
            headings: self.headings.iter().map(|(_, text)| text.clone()).collect(),
            lead,
            caption: self.caption.take(),
            follows_table: self.follows_table,
            ..Table::default()
        });
        self.in_sup = false;
    }

    fn end_table(&mut self) {
        let sheet = self.sheet.take();
        self.tables
            .extend(self.table.take().map(|table| Table { sheet, ..table }));
        self.follows_table = true;
        self.lead = None;
        self.rendered.push('\n');
        self.begin = self.rendered.len();
        self.push_table_block();
    }

    fn end_head(&mut self) {
        self.sheet.end_header();
        self.rendered.push('\n');
    }

    fn end_row(&mut self) {
        self.sheet.end_row(self.row_line);
        self.rendered.push('\n');
    }

    fn end_cell(&mut self) {
        self.mend_emphasis(self.row_line);
        let begin = self.begin;
        self.struck.retain(|part| part.start >= begin);
        for part in &mut self.struck {
            *part = part.start - begin..part.end - begin;
        }
        let (text, is_struck) = struck::leave_out(&self.rendered[begin..], &self.struck);
        if !self.struck.is_empty() && !is_struck {
            self.mends.push(Mend {
                line: self.row_line,
                rule: "struck-out-text",
                text: struck::LEFT_OUT.to_owned(),
            });
        }
        let spanned = self.mended.as_ref().and_then(|(_, lines)| {
            let place = self.sheet.next_cell();
            let found = lines
                .spans
                .binary_search_by_key(&place, |span| (span.row, span.column));
            found.ok().map(|at| &lines.spans[at])
        });
        match spanned {
            Some(span) => self.sheet.repeat_cell(span.above),
            None => self.sheet.add_cell(&text::tidy(&text), 0, is_struck),
        }
        self.struck.clear();
        self.rendered.push('\t');
        self.hidden = 0;
        self.in_sup = false;
    }

    /// A link of a site generator to the heading that it is in shows `#` or `¶`, which is no text.
    fn end_link(&mut self) {
        if let Some(begin) = self.anchor.take()
            && let Some(text) = self.rendered.get(begin..)
            && !text.contains(char::is_alphanumeric)
        {
            self.rendered.truncate(begin);
        }
    }

    pub(super) fn begin_bold(&mut self) {
        self.bold = self.bold.or(Some((self.rendered.len(), 0)));
    }

    pub(super) fn end_bold(&mut self) {
        let to = self.rendered.len();
        let ended = |(from, known)| (from, if known == 0 { to } else { known });
        self.bold = self.bold.map(ended);
    }

    pub(super) fn strike(&mut self, begins: bool) {
        let at = self.rendered.len();
        if begins {
            self.struck.push(at..at);
        } else if let Some(open) = self.struck.last_mut() {
            open.end = at;
        }
    }

    /// Leaves out the marks of the block being read that were meant as emphasis.
    fn mend_emphasis(&mut self, line: usize) {
        if self.marks.is_empty() {
            return;
        }
        let runs = std::mem::take(&mut self.marks);
        if emphasis::remove(&mut self.rendered, self.begin, &runs, &mut self.struck) {
            self.mends.push(Mend {
                line,
                rule: "emphasis-beside-punctuation",
                text: "marks of emphasis between punctuation and a letter are text to a strict parser; \
                       they were read as emphasis"
                    .to_owned(),
            });
        }
    }

    /// Leaves out what is struck out of the block being read, unless the block begins with it.
    fn mend_struck(&mut self) {
        let begin = self.begin.min(self.rendered.len());
        self.struck.retain(|part| part.start >= begin);
        if self.struck.is_empty() {
            return;
        }
        let length = self.rendered.len();
        self.is_struck = struck::remove(&mut self.rendered, begin, &self.struck);
        if self.rendered.len() < length {
            self.mends.push(Mend {
                line: self.begin_line,
                rule: "struck-out-text",
                text: struck::LEFT_OUT.to_owned(),
            });
        }
        self.struck.clear();
    }

    pub(super) fn end_heading(&mut self, level: u8, end_line: usize) {
        self.mend_emphasis(self.begin_line);
        self.mend_struck();
        let text = text::tidy(&self.rendered[self.begin..]);
        self.headings.retain(|(above, _)| *above < level);
        self.headings.push((level, text.into()));
        self.lead = None;
        self.caption = None;
        self.push_block(Kind::Heading(level), end_line);
    }

    fn end_code(&mut self, end_line: usize) {
        // What is indented below a list item goes on with it.
        let kind = match self.outer {
            depth if depth > 0 && self.is_indented_code => Kind::More(depth),
            _ => Kind::Code,
        };
        self.push_block(kind, end_line);
    }

    /// A paragraph or the first lines of an item.
    pub(super) fn end_block(&mut self, end_line: usize) {
        self.mend_emphasis(self.begin_line);
        self.mend_struck();
        let begin = self.begin.min(self.rendered.len());
        let raw = &self.rendered[begin..];
        if raw.trim().is_empty() {
            return;
        }
        let is_bold = self.bold.take().is_some_and(|(from, to)| {
            let before = self.rendered.get(begin..from).unwrap_or("-");
            let after = self.rendered.get(to.max(from)..).unwrap_or("-");
            before.trim().is_empty() && after.trim().trim_matches([':', '：', '.', '。']).is_empty()
        });
        if is_bold && raw.len() <= 240 {
            self.caption = Some(text::tidy(raw).trim_end_matches([':', '：']).to_owned());
        }
        self.lead = Some(begin..self.rendered.len());
        let kind = match (self.depth + self.outer, is_bold) {
            (0, true) => Kind::Bold,
            (0, false) => Kind::Paragraph,
            (depth, _) if self.begins_item => Kind::Item(depth),
            (depth, _) => Kind::More(depth),
        };
        self.begins_item = false;
        self.push_block(kind, end_line);
    }

    fn take_lead(&mut self) -> Option<String> {
        let lead = text::tidy(&self.rendered[self.lead.take()?]);
        (!lead.is_empty()).then(|| lead.into_owned())
    }

    /// A block for the table that was read last.
    fn push_table_block(&mut self) {
        let Some((index, table)) = self.tables.iter().enumerate().next_back() else {
            return;
        };
        self.blocks.push(Block {
            kind: Kind::Table(index),
            line: table.line,
            end_line: table.end_line,
            in_list: self.depth + self.outer > 0,
            struck: false,
            text: self.begin..self.begin,
        });
    }

    pub(super) fn push_block(&mut self, kind: Kind, end_line: usize) {
        let text = self.begin.min(self.rendered.len())..self.rendered.len();
        self.blocks.push(Block {
            kind,
            line: self.begin_line,
            end_line: end_line.max(self.begin_line),
            in_list: self.depth + self.outer > 0,
            struck: std::mem::take(&mut self.is_struck),
            text,
        });
        self.inside = self.depth + self.outer;
        self.rendered.push('\n');
        self.begin = self.rendered.len();
        self.bold = None;
        self.struck.clear();
        self.marks.clear();
    }
}

/// Does it begin a block of its own?
fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::HtmlBlock
            | Tag::BlockQuote(_)
    )
}

/// The columns of blanks before an offset; 0 if anything else is there.
fn indent(source: &str, at: usize) -> usize {
    let before = &source[..at];
    let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
    let blank = &before[before.len() - blank..];
    if before.len() > blank.len() && !before[..before.len() - blank.len()].ends_with('\n') {
        return 0;
    }
    blank
        .bytes()
        .map(|byte| if byte == b'\t' { 4 } else { 1 })
        .sum()
}
