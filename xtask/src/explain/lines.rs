//! Renders labels and texts as lines for a terminal: labels are aligned, and long texts are wrapped
//! by the width of their characters (two columns for Chinese).

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The maximum width of a line, unless it is meant to be copied: longer lines are hard to read.
const WIDEST: usize = 100;
/// The minimum width: on a narrower terminal, labels leave no room for texts.
const NARROWEST: usize = 40;

/// The maximum width of lines: that of the terminal, or 100 columns without a terminal.
#[must_use]
pub fn terminal_width() -> usize {
    console::Term::stdout()
        .size_checked()
        .map_or(WIDEST, |(_, columns)| readable(columns.into()))
}

fn readable(columns: usize) -> usize {
    // Some terminals (of CI runners, for example) report a width of 0.
    if columns == 0 {
        WIDEST
    } else {
        columns.clamp(NARROWEST, WIDEST)
    }
}

pub(super) const LABEL: Style = AnsiColor::Cyan.on_default();
const FAINT: Style = Style::new().dimmed();

/// Lines to print: labels with their texts.
#[derive(Default)]
pub(super) struct Lines(Vec<Line>);

struct Line {
    label: String,
    text: String,
    style: Style,
    /// Whether the text is meant to be copied; then it is never wrapped.
    whole: bool,
}

impl Lines {
    fn push(&mut self, label: &str, text: &str, style: Style, whole: bool) {
        self.0.push(Line {
            label: label.to_owned(),
            text: text.to_owned(),
            style,
            whole,
        });
    }

    pub(super) fn add(&mut self, label: &str, text: &str) {
        self.push(label, text, Style::new(), false);
    }

    pub(super) fn faint(&mut self, text: &str) {
        self.push("", text, FAINT, false);
    }

    pub(super) fn whole(&mut self, label: &str, text: &str) {
        self.push(label, text, Style::new(), true);
    }

    pub(super) fn optional(&mut self, label: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.add(label, text);
        }
    }

    pub(super) fn list<'a>(&mut self, label: &str, texts: impl Iterator<Item = &'a str>) {
        let texts: Vec<_> = texts.collect();
        if !texts.is_empty() {
            self.add(label, &texts.join("\n"));
        }
    }

    pub(super) fn text(&self, widest: usize) -> String {
        let width = self
            .0
            .iter()
            .map(|line| line.label.width())
            .max()
            .unwrap_or_default();
        let mut out = String::new();
        for Line {
            label,
            text,
            style,
            whole,
        } in &self.0
        {
            let mut label = label.as_str();
            let room = if *whole {
                usize::MAX
            } else {
                widest.saturating_sub(width + 4).max(widest / 3)
            };
            for piece in text.lines().flat_map(|line| wrap_line(line, room)) {
                let gap = " ".repeat(width - label.width());
                let _ = writeln!(
                    out,
                    "  {LABEL}{label}{LABEL:#}{gap}  {style}{piece}{style:#}"
                );
                label = "";
            }
        }
        out
    }
}

/// Wraps a line at `width` columns, at whitespace or between full-width characters.
pub(super) fn wrap_line(line: &str, width: usize) -> Vec<String> {
    // Without its feature `unicode-linebreak`, textwrap finds no break between two ideographs; with
    // it, it depends on ICU and its data. `breakable` has the rules that Chinese and Japanese need.
    let options = Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::Custom(words))
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let pieces = textwrap::wrap(line, options);
    pieces.into_iter().map(Cow::into_owned).collect()
}

fn words<'a>(line: &'a str) -> Box<dyn Iterator<Item = Word<'a>> + 'a> {
    Box::new(breakable(line).into_iter().map(Word::from))
}

/// Splits a line into parts between which it may be broken. Punctuation stays with the word that it
/// opens or closes.
fn breakable(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut letters = line.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        let Some(&(next_at, next)) = letters.peek() else {
            break;
        };
        let wide = |letter: char| letter.width().unwrap_or_default() > 1;
        let closing = "，。、；：！？）》」』】”’".contains(next);
        let opening = "（《「『【“‘".contains(letter);
        if (letter == ' ' && next != ' ') || ((wide(letter) || wide(next)) && !closing && !opening)
        {
            parts.push(&line[start..next_at]);
            start = next_at;
        }
    }
    parts.push(&line[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_of_the_terminal_is_clamped() {
        for (columns, expected) in [(0, 100), (20, 40), (72, 72), (300, 100)] {
            assert_eq!(readable(columns), expected);
        }
    }

    #[test]
    fn lines_are_wrapped_by_their_width_on_the_terminal() {
        assert_eq!(
            wrap_line("请确保光线充足，再试一次", 10),
            ["请确保光线", "充足，再试", "一次"]
        );
        assert_eq!(wrap_line("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap_line("图片ABC图片", 5), ["图片", "ABC图", "片"]);
        assert_eq!(wrap_line("", 8), [""]);
        assert_eq!(wrap_line("unbreakable", 4), ["unbreakable"]);
    }
}
