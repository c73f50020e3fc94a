//! Text in, the language it is written in out: enough to tell the columns of a table apart.

use super::super::document::{Document, Table};

/// A document shows its language in its first characters.
const ENOUGH: usize = 100_000;

/// The letters of a text, counted by script.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    latin: usize,
    han: usize,
    kana: usize,
    cyrillic: usize,
    hangul: usize,
}

impl Letters {
    pub(super) fn add(&mut self, text: &str) {
        text.chars().for_each(|c| self.add_char(c));
    }

    fn add_char(&mut self, c: char) {
        match c {
            'a'..='z' | 'A'..='Z' => self.latin += 1,
            '\u{3040}'..='\u{30FF}' => self.kana += 1,
            '\u{3400}'..='\u{9FFF}' => self.han += 1,
            '\u{0400}'..='\u{04FF}' => self.cyrillic += 1,
            '\u{AC00}'..='\u{D7AF}' => self.hangul += 1,
            _ => {}
        }
    }

    /// The BCP-47 tag, or `None` if there are no letters. One ideogram says as much as a word.
    pub(super) fn language(self) -> Option<&'static str> {
        let latin = self.latin / 4;
        let east = self.han + self.kana;
        let most = latin.max(east).max(self.cyrillic / 2).max(self.hangul);
        if self.latin + east + self.cyrillic + self.hangul == 0 {
            None
        } else if self.kana * 6 > east && east >= most {
            Some("ja")
        } else if east >= most && east > 0 {
            Some("zh")
        } else if self.hangul >= most && self.hangul > 0 {
            Some("ko")
        } else if self.cyrillic / 2 >= most && self.cyrillic > 0 {
            Some("ru")
        } else {
            Some("en")
        }
    }
}

/// The language that most of the document's tables and headings are in.
pub(in super::super) fn main_language(document: &Document) -> &'static str {
    let mut letters = Letters::default();
    document.rendered.chars().take(ENOUGH).for_each(|c| letters.add_char(c));
    letters.language().unwrap_or("en")
}

/// The language of one column, by every `step`-th row.
pub(super) fn of_column(table: &Table, column: usize, step: usize) -> Option<&'static str> {
    let mut letters = Letters::default();
    for row in table.rows.iter().step_by(step) {
        if let Some(cell) = row.cells.get(column) {
            letters.add(&cell.text);
        }
    }
    letters.language()
}
