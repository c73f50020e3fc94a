//! Labels and texts as lines of a terminal: labels aligned, long texts folded, by the width that letters have there.

use std::borrow::Cow;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// No line is wider than this, unless it is to be copied.
const WIDEST: usize = 100;
/// On a narrower terminal the labels leave no room for a text.
const NARROWEST: usize = 40;

/// How wide lines may be: as the terminal is, or 100 letters where there is none.
#[must_use]
pub fn width() -> usize {
    console::Term::stdout()
        .size_checked()
        .map_or(WIDEST, |(_, columns)| readable(columns.into()))
}

fn readable(columns: usize) -> usize {
    // Some terminals do not know how wide they are, and say 0.
    if columns == 0 {
        WIDEST
    } else {
        columns.clamp(NARROWEST, WIDEST)
    }
}

pub(super) const LABEL: Style = AnsiColor::Cyan.on_default();
const FAINT: Style = Style::new().dimmed();

/// Labels with their texts.
#[derive(Default)]
pub(super) struct Lines(Vec<Line>);

struct Line {
    label: String,
    text: String,
    style: Style,
    /// Whether a person may want to copy it: then it is never folded.
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
            for piece in text.lines().flat_map(|line| folded(line, room)) {
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

/// A line in pieces no wider than `width`, broken at whitespace or between full-width characters.
pub(super) fn folded(line: &str, width: usize) -> Vec<String> {
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

/// The parts between which a line may be broken. Punctuation stays with what it opens or closes.
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
    fn lines_are_as_wide_as_the_terminal_within_reason() {
        for (columns, expected) in [(0, 100), (20, 40), (72, 72), (300, 100)] {
            assert_eq!(readable(columns), expected);
        }
    }

    #[test]
    fn a_line_is_folded_by_its_width_on_the_terminal() {
        assert_eq!(
            folded("请确保光线充足，再试一次", 10),
            ["请确保光线", "充足，再试", "一次"]
        );
        assert_eq!(folded("one two three", 8), ["one two", "three"]);
        assert_eq!(folded("", 8), [""]);
        assert_eq!(folded("unbreakable", 4), ["unbreakable"]);
    }
}
