//! Markdown inside a cell of an HTML table, as site generators render it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::read::emphasis;
use crate::read::struck;

/// The text without its code spans, emphasis and links, if it has any, and whether all of it is
/// struck out.
pub(super) fn rendered(text: String) -> (String, bool) {
    let has_markup =
        text.contains('`') || text.contains("**") || text.contains("](") || text.contains("~~");
    if !has_markup || text.len() > 10_000 {
        return (text, false);
    }
    let lines: Vec<(String, bool)> = text.split('\n').map(line).collect();
    let is_struck = lines
        .iter()
        .all(|(line, is_struck)| *is_struck || line.is_empty());
    let lines: Vec<String> = lines.into_iter().map(|(line, _)| line).collect();
    (lines.join("\n"), is_struck)
}

fn line(text: &str) -> (String, bool) {
    let mut rendered = String::with_capacity(text.len());
    let mut runs = Vec::new();
    let mut struck = Vec::new();
    // An invisible first letter keeps the line from being read as a heading, list or quote.
    let source = ["\u{200B}", text].concat();
    for (event, range) in Parser::new_ext(&source, Options::ENABLE_STRIKETHROUGH).into_offset_iter()
    {
        match event {
            Event::Text(text) => {
                let begin = rendered.len();
                rendered.push_str(&text);
                if emphasis::is_run(&text, &source, range.start) {
                    emphasis::add(&mut runs, begin..rendered.len(), &source, range.start);
                }
            }
            Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                rendered.push_str(&text);
            }
            Event::Start(Tag::Strikethrough) => struck.push(rendered.len()..rendered.len()),
            Event::End(TagEnd::Strikethrough) => {
                if let Some(last) = struck.last_mut() {
                    last.end = rendered.len();
                }
            }
            _ => {}
        }
    }
    emphasis::remove(&mut rendered, 0, &runs, &mut struck);
    // The invisible letter is not text of its own; as many spaces as it has bytes keep the offsets.
    let visible = rendered.replace('\u{200B}', "   ");
    let (_, is_struck) = struck::leave_out(&visible, &struck);
    let (kept, _) = struck::leave_out(&rendered, &struck);
    (kept.replace('\u{200B}', "").trim().to_owned(), is_struck)
}
