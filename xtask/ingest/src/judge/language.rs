//! Text in, the language it is written in out: enough to tell the columns of a table apart.

use crate::document::Document;

/// A document shows its language in its first pages: how many bytes of them are looked at, in how
/// many samples, of what size.
const PAGES: usize = 12_000;
const SAMPLES: usize = 12;
const SAMPLE: usize = 120;

const OTHER: usize = 0;
const LATIN: usize = 1;
const HAN: usize = 2;
const KANA: usize = 3;
const CYRILLIC: usize = 4;
const HANGUL: usize = 5;
const SCRIPTS: usize = 6;

/// The first byte of a letter tells its script, but for the kana, which begin as ideographs may.
const FIRST_BYTES: [usize; 256] = {
    let mut scripts = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        scripts[byte] = match byte {
            0x41..=0x5A | 0x61..=0x7A => LATIN,
            0xD0..=0xD3 => CYRILLIC,
            0xE4..=0xE9 => HAN,
            0xEB..=0xED => HANGUL,
            _ => OTHER,
        };
        byte += 1;
    }
    scripts
};

/// The letters of a text, counted by script.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    by_script: [usize; SCRIPTS],
    seen: usize,
}

impl Letters {
    pub(super) fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.seen += bytes.len();
        if text.is_ascii() {
            self.by_script[LATIN] += bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
            return;
        }
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            self.by_script[FIRST_BYTES[usize::from(first)]] += 1;
            at += match first {
                0xE3 => {
                    match bytes.get(at + 1) {
                        Some(0x81..=0x83) => self.by_script[KANA] += 1,
                        Some(0x90..=0xBF) => self.by_script[HAN] += 1,
                        _ => {}
                    }
                    3
                }
                0xF0.. => 4,
                0xE0.. => 3,
                0xC0.. => 2,
                _ => 1,
            };
        }
    }

    /// How many bytes were looked at.
    pub(super) fn seen(self) -> usize {
        self.seen
    }

    /// The BCP-47 tag, or `None` if there are no letters. One ideogram says as much as a word.
    pub(super) fn language(self) -> Option<&'static str> {
        let [_, latin, han, kana, cyrillic, hangul] = self.by_script;
        let east = han + kana;
        let most = (latin / 4).max(east).max(cyrillic / 2).max(hangul);
        if latin + east + cyrillic + hangul == 0 {
            None
        } else if kana * 6 > east && east >= most {
            Some("ja")
        } else if east >= most && east > 0 {
            Some("zh")
        } else if hangul >= most && hangul > 0 {
            Some("ko")
        } else if cyrillic / 2 >= most && cyrillic > 0 {
            Some("ru")
        } else {
            Some("en")
        }
    }
}

/// The language that most of the document's tables and headings are in.
pub(super) fn main_language(document: &Document) -> &'static str {
    let mut letters = Letters::default();
    let text = &document.rendered;
    let step = (text.len().min(PAGES) / SAMPLES).max(SAMPLE);
    for from in (0..text.len().min(PAGES)).step_by(step) {
        let (from, to) = (
            text.floor_char_boundary(from),
            text.floor_char_boundary(from + SAMPLE),
        );
        letters.add(&text[from..to]);
    }
    letters.language().unwrap_or("en")
}
