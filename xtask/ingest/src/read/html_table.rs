//! HTML tables in, `Table`s out, through the tokenizer of an HTML parser.
//!
//! The tree builder of a browser takes quadratic time on deep nesting; a table needs no tree. What
//! a browser does with cells and rows that are not closed is done here, in linear time.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::document::Table;
use crate::read::grid::{Grid, LONGEST_SPAN, RawCell};
use crate::read::{html, struck};
use crate::sheet::Row;

/// A table and how often its markup had to be mended.
pub(super) struct HtmlTable {
    pub(super) table: Table,
    pub(super) mended: usize,
}

/// Reads all the tables of a piece of HTML; inner ones come after the one around them.
pub(super) fn tables(html: &str, line: usize) -> Vec<HtmlTable> {
    let tokenizer = Tokenizer::new(
        Sink(RefCell::new(State::new(line))),
        TokenizerOpts::default(),
    );
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// Nobody nests tables deeper.
const DEEPEST: usize = 6;

struct Sink(RefCell<State>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        let before = usize::try_from(line)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        let line = state.first_line + before;
        state.token(&token, line);
        TokenSinkResult::Continue
    }
}

/// Tables while they are read.
#[derive(Default)]
pub(super) struct State {
    first_line: usize,
    line: usize,
    /// The tables that are open, the innermost last, each with its place in the order of all.
    open: Vec<(usize, Grid)>,
    tables: Vec<(usize, HtmlTable)>,
    begun: usize,
    /// Tables inside the deepest that are read; their text goes to it.
    too_deep: usize,
    /// Inside a script or style, whose text is not shown.
    hidden: bool,
    preformatted: bool,
}

impl State {
    fn new(line: usize) -> Self {
        State {
            first_line: line,
            line,
            ..State::default()
        }
    }

    pub(super) fn token(&mut self, token: &Token, line: usize) {
        self.line = line;
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(tag),
            Token::TagToken(tag) => self.end(tag),
            Token::CharacterTokens(text) => self.text(text),
            _ => {}
        }
    }

    /// Is a table open?
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The tables that were read; what is open is closed.
    pub(super) fn finish(&mut self) -> Vec<HtmlTable> {
        while self.is_open() {
            self.end_table();
        }
        let mut tables = std::mem::take(&mut self.tables);
        tables.sort_by_key(|(order, _)| *order);
        tables.into_iter().map(|(_, table)| table).collect()
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if name == "table" && self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        if name == "table" {
            self.open.push((self.begun, Grid::new(self.line)));
            self.begun += 1;
            return;
        }
        let line = self.line;
        let Some((_, grid)) = self.open.last_mut() else {
            return;
        };
        match name {
            "tr" => grid.start_row(line),
            "td" | "th" => grid.start_cell(line, cell(tag)),
            "thead" => grid.start_head(),
            "tbody" | "tfoot" => grid.start_group(),
            "caption" => grid.start_caption(),
            "script" | "style" => self.hidden = !tag.self_closing,
            "pre" => self.preformatted = true,
            "sup" => grid.sup(true),
            "img" => grid.push(html::attribute(tag, "alt").unwrap_or_default().into()),
            name if struck::is_tag(name) => grid.strike(true),
            // Two of them are a blank line, unlike two ends of paragraphs.
            "br" => grid.push(" \n".into()),
            _ => grid.push(html::shown_in_html(
                name,
                !tag.attrs.is_empty() || tag.self_closing,
            )),
        }
    }

    fn end(&mut self, tag: &Tag) {
        let name = &*tag.name;
        match name {
            "table" if self.too_deep > 0 => return self.too_deep -= 1,
            "table" => return self.end_table(),
            "script" | "style" => self.hidden = false,
            "pre" => self.preformatted = false,
            _ => {}
        }
        let Some((_, grid)) = self.open.last_mut() else {
            return;
        };
        match name {
            "tr" => grid.close_row(),
            "td" | "th" => grid.close_cell(),
            "thead" => grid.end_head(),
            "caption" => grid.end_caption(),
            "sup" => grid.sup(false),
            name if struck::is_tag(name) => grid.strike(false),
            name if html::is_break(name) => grid.push("\n".into()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some((_, grid)) = self.open.last_mut() else {
            return;
        };
        if self.hidden {
            return;
        }
        // A line end in the source is a blank on the page.
        let is_break = |c: char| c == '\n' || c == '\r';
        if self.preformatted || !text.contains(is_break) {
            grid.push(text.into());
        } else {
            grid.push(text.replace(is_break, " ").into());
        }
    }

    fn end_table(&mut self) {
        if let Some((order, grid)) = self.open.pop() {
            let (table, mended) = grid.finish(self.line);
            // A table of layout without cells is not a table.
            if table.header().is_empty() {
                return;
            }
            // What is in a cell belongs to its text too: `No` with a table of exceptions is not a
            // plain `No`.
            if let Some((_, around)) = self.open.last_mut() {
                around.push(text_of(&table).into());
            }
            self.tables.push((order, HtmlTable { table, mended }));
        }
    }
}

/// The text of a table inside a cell, each row on a line.
fn text_of(table: &Table) -> String {
    let rows = std::iter::once(table.header()).chain(table.rows());
    let line = |row: Row<'_>| {
        let cells = row.cells().map(|cell| cell.text);
        cells.collect::<Vec<_>>().join(" ")
    };
    let lines = rows.map(line).filter(|line| !line.trim().is_empty());
    format!("\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

fn cell(tag: &Tag) -> RawCell {
    let attribute = |name: &str| html::attribute(tag, name)?.trim().parse::<usize>().ok();
    RawCell {
        is_header: &*tag.name == "th",
        colspan: attribute("colspan").unwrap_or(1).clamp(1, 64),
        rowspan: match attribute("rowspan") {
            // To the end of the group of rows.
            Some(0) => usize::MAX,
            rows => rows.unwrap_or(1).min(LONGEST_SPAN),
        },
        ..RawCell::default()
    }
}
