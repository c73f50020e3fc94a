//! HTML in, the blocks of a document out: headings, paragraphs, lists, code and tables, of a whole
//! page or of a block between Markdown.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::document::{Document, Kind};
use crate::read::reader::Reader;
use crate::read::{html, html_table, struck, text};

/// Reads a page.
pub(super) fn read(page: &str) -> Document {
    let mut reader = Reader::new("", false);
    tokenize(page, Page::new(&mut reader, None));
    reader.finish()
}

/// Reads a block between Markdown, of which each line has its number.
pub(super) fn block(reader: &mut Reader<'_>, html: &str, lines: &[usize]) {
    tokenize(html, Page::new(reader, Some(lines)));
}

fn tokenize(html: &str, page: Page<'_, '_>) {
    let tokenizer = Tokenizer::new(Sink(RefCell::new(page)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    page.put_tables();
    page.end_block();
}

struct Sink<'r, 'a>(RefCell<Page<'r, 'a>>);

impl TokenSink for Sink<'_, '_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        page.go_to(usize::try_from(line).unwrap_or(usize::MAX).max(1));
        page.token(&token);
        // What they hold is no markup.
        if let Token::TagToken(tag) = &token
            && tag.kind == TagKind::StartTag
            && !tag.self_closing
        {
            match &*tag.name {
                "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                "style" | "noscript" | "iframe" => {
                    return TokenSinkResult::RawData(RawKind::Rawtext);
                }
                "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                _ => {}
            }
        }
        TokenSinkResult::Continue
    }
}

struct Page<'r, 'a> {
    reader: &'r mut Reader<'a>,
    /// The numbers of the lines of a block between Markdown.
    lines: Option<&'r [usize]>,
    tables: html_table::State,
    line: usize,
    /// The level of the heading that is open.
    heading: Option<u8>,
    /// How many elements are open whose text is as it is.
    code: usize,
    raised: bool,
    /// Inside an element whose text is not on the page.
    hidden: bool,
}

impl<'r, 'a> Page<'r, 'a> {
    fn new(reader: &'r mut Reader<'a>, lines: Option<&'r [usize]>) -> Self {
        Page {
            reader,
            lines,
            tables: html_table::State::default(),
            line: 1,
            heading: None,
            code: 0,
            raised: false,
            hidden: false,
        }
    }

    fn go_to(&mut self, line: usize) {
        self.line = match self.lines {
            Some([.., last]) if line > self.lines.map_or(0, <[usize]>::len) => *last,
            Some(lines) => lines.get(line - 1).copied().unwrap_or(1),
            None => line,
        };
    }

    fn token(&mut self, token: &Token) {
        if self.tables.is_open() {
            self.tables.token(token, self.line);
            if !self.tables.is_open() {
                self.put_tables();
            }
            return;
        }
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(tag, token),
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(text) => self.text(text),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, token: &Token) {
        let name = &*tag.name;
        match name {
            "table" => {
                self.end_block();
                self.tables.token(token, self.line);
            }
            "ul" | "ol" | "dl" => {
                self.end_block();
                self.reader.depth += 1;
            }
            "li" | "dt" | "dd" => {
                self.end_block();
                self.reader.depth = self.reader.depth.max(1);
                self.reader.begin_html_item(name);
            }
            "pre" => {
                self.end_block();
                self.code += 1;
            }
            "b" | "strong" => self.reader.begin_bold(),
            "sup" => self.raised = true,
            "img" => self.text(html::attribute(tag, "alt").unwrap_or_default()),
            "br" => self.reader.rendered.push('\n'),
            name if is_hidden(name) => self.hidden = !tag.self_closing,
            name if struck::is_tag(name) => self.reader.strike(true),
            name if is_block(name) => {
                self.end_block();
                self.heading = html::level(name);
            }
            // Alone between Markdown, it is a component of the page: `<Tabs>`.
            _ if self.lines.is_some() && self.is_blank() => {}
            _ => {
                let has_attributes = !tag.attrs.is_empty() || tag.self_closing;
                let shown = html::shown_in_html(name, has_attributes);
                self.reader.rendered.push_str(&shown);
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "ul" | "ol" | "dl" => {
                self.end_block();
                self.reader.depth = self.reader.depth.saturating_sub(1);
            }
            "pre" => {
                self.code = self.code.saturating_sub(1);
                if !self.is_blank() {
                    self.reader.push_block(Kind::Code, self.line);
                }
            }
            "b" | "strong" => self.reader.end_bold(),
            "sup" => self.raised = false,
            name if is_hidden(name) => self.hidden = false,
            name if struck::is_tag(name) => self.reader.strike(false),
            "li" | "dt" => self.end_block(),
            name if is_block(name) => self.end_block(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        if self.is_blank() {
            if text.trim().is_empty() {
                return;
            }
            // The line is that of the end of the text.
            let ended = text.trim_start().matches('\n').count();
            self.reader.begin_line = self.line.saturating_sub(ended).max(1);
            self.begin();
        }
        if self.raised {
            self.reader.rendered.push_str(&text::raised(text));
        } else if self.code > 0 || self.lines.is_some() {
            // Paragraphs of Markdown keep their lines too. `<br>` at the end of one is one end.
            let ended = self.reader.rendered.ends_with('\n') && self.code == 0;
            let text = text.strip_prefix('\n').filter(|_| ended).unwrap_or(text);
            self.reader.rendered.push_str(text);
        } else {
            // A line end in the source is a blank on the page.
            self.reader
                .rendered
                .extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        }
    }

    /// Whether the current block has no text yet.
    fn is_blank(&self) -> bool {
        let text = self.reader.rendered.get(self.reader.begin..);
        text.is_none_or(|text| text.trim().is_empty())
    }

    /// The text of the next block begins here.
    fn begin(&mut self) {
        self.reader.begin = self.reader.rendered.len();
        self.reader.lead = None;
        self.reader.follows_table = false;
        // Bold letters may have been opened before their text.
        if let Some((from, _)) = &mut self.reader.bold {
            *from = self.reader.begin;
        }
    }

    fn end_block(&mut self) {
        let is_blank = self.is_blank();
        match self.heading.take() {
            Some(level) if !is_blank => self.reader.end_heading(level, self.line),
            _ => self.reader.end_block(self.line),
        }
        self.reader.begin = self.reader.rendered.len();
        self.reader.bold = None;
    }

    fn put_tables(&mut self) {
        let tables = self.tables.finish();
        self.reader.html_tables(tables);
    }
}

/// Is its text not on the page?
fn is_hidden(name: &str) -> bool {
    html::has("script style noscript iframe title textarea", name)
}

/// Does it begin and end a block?
fn is_block(name: &str) -> bool {
    const BLOCKS: &str = "address article aside blockquote body details figcaption figure footer \
        form header main nav section summary";
    html::is_break(name) || html::has(BLOCKS, name)
}
