//! Markdown inside a cell of an HTML table, as site generators render it.

use pulldown_cmark::{Event, Parser};

/// The text without its code spans, emphasis and links, if it has any.
pub(super) fn rendered(text: String) -> String {
    let has_markup = text.contains('`') || text.contains("**") || text.contains("](");
    if !has_markup || text.len() > 10_000 {
        return text;
    }
    let lines = text.split('\n').map(line);
    lines.collect::<Vec<_>>().join("\n")
}

fn line(text: &str) -> String {
    let mut rendered = String::with_capacity(text.len());
    // An invisible first letter keeps the line from being read as a heading, list or quote.
    for event in Parser::new(&["\u{200B}", text].concat()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                rendered.push_str(&text);
            }
            _ => {}
        }
    }
    rendered.replace('\u{200B}', "")
}
