//! Text in, its language out: by its script, and among languages of one script by common words.

use std::collections::HashSet;

use crate::lexicon::LEXICON;
use crate::lexicon::fold::fold;
use crate::lexicon::words::Lexicon;

/// What Latin letters are taken for unless common words of another language are found.
const LATIN_DEFAULT: &str = "en";
const CYRILLIC_DEFAULT: &str = "ru";

/// Fewer different common words are chance, and so are less than twice those of the default language.
const FEWEST: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    Other,
    Latin,
    Han,
    Kana,
    Cyrillic,
    Hangul,
    Arabic,
    Devanagari,
}

const SCRIPTS: usize = 8;

/// By the first byte of a letter; some scripts share theirs with others.
const FIRST_BYTES: [Letter; 256] = {
    let mut letters = [Letter::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        letters[byte] = match byte {
            0x41..=0x5A | 0x61..=0x7A => Letter::Latin,
            0xD0..=0xD3 => Letter::Cyrillic,
            0xD8..=0xDB => Letter::Arabic,
            0xE4..=0xE9 => Letter::Han,
            0xEB..=0xED => Letter::Hangul,
            _ => Letter::Other,
        };
        byte += 1;
    }
    letters
};

/// The letters of a text, counted by script.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Letters {
    by_script: [usize; SCRIPTS],
    seen: usize,
}

impl Letters {
    pub(crate) fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.seen += bytes.len();
        if text.is_ascii() {
            self.by_script[Letter::Latin as usize] +=
                bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
            return;
        }
        let mut at = 0;
        while let Some(&first) = bytes.get(at) {
            let letter = match (first, bytes.get(at + 1)) {
                (0xE0, Some(0xA4..=0xA5)) => Letter::Devanagari,
                (0xE3, Some(0x81..=0x83)) => Letter::Kana,
                (0xE3, Some(0x90..=0xBF)) => Letter::Han,
                // Vietnamese letters.
                (0xE1, Some(0xB8..=0xBB)) => Letter::Latin,
                _ => FIRST_BYTES[usize::from(first)],
            };
            self.by_script[letter as usize] += 1;
            at += match first {
                0xF0.. => 4,
                0xE0.. => 3,
                0xC0.. => 2,
                _ => 1,
            };
        }
    }

    /// How many bytes were looked at.
    pub(crate) fn seen(self) -> usize {
        self.seen
    }

    /// The language of these letters in a document in `document`, or `None` if there are none.
    /// Letters that several languages have are those of the document's language, if it has them.
    pub(crate) fn language(self, document: &'static str) -> Option<&'static str> {
        let script = self.script()?;
        Some(match script {
            Letter::Kana => "ja",
            Letter::Han => "zh",
            Letter::Hangul => "ko",
            Letter::Arabic => "ar",
            Letter::Devanagari => "hi",
            _ if LEXICON.script_of(document) == Some(script) => document,
            Letter::Cyrillic => CYRILLIC_DEFAULT,
            _ => LATIN_DEFAULT,
        })
    }

    /// The script of most words. One ideograph says as much as a word.
    fn script(self) -> Option<Letter> {
        let [
            other,
            latin,
            han,
            kana,
            cyrillic,
            hangul,
            arabic,
            devanagari,
        ] = self.by_script;
        let east = han + kana;
        let words = [
            (Letter::Kana, if kana * 6 > east { east } else { 0 }),
            (Letter::Han, east),
            (Letter::Hangul, hangul),
            (Letter::Cyrillic, cyrillic / 2),
            (Letter::Arabic, arabic / 2),
            (Letter::Devanagari, devanagari / 2),
            (Letter::Latin, latin / 4),
        ];
        let most = words.iter().map(|&(_, count)| count).max().unwrap_or(0);
        let letters: usize = self.by_script.iter().sum::<usize>() - other;
        let found = words.into_iter().find(|&(_, count)| count == most);
        match found {
            _ if letters == 0 => None,
            Some((script, 1..)) => Some(script),
            _ if cyrillic > latin => Some(Letter::Cyrillic),
            _ => Some(Letter::Latin),
        }
    }
}

impl Lexicon {
    /// The script of the common words of a language.
    fn script_of(&self, tag: &str) -> Option<Letter> {
        let language = self.languages.iter().find(|language| language.tag == tag)?;
        let mut letters = Letters::default();
        letters.add(language.frequent.first()?);
        letters.script()
    }

    /// The language of a text, as far as it is among those of the lexicon.
    ///
    /// ```
    /// use errbook_ingest::lexicon::language;
    /// assert_eq!(language("El servicio no se encuentra disponible en la región"), Some("es"));
    /// ```
    #[must_use]
    pub(super) fn language(&'static self, text: &str) -> Option<&'static str> {
        let mut letters = Letters::default();
        letters.add(text);
        let script = letters.script()?;
        let default = letters.language("")?;
        if !matches!(script, Letter::Latin | Letter::Cyrillic | Letter::Arabic) {
            return Some(default);
        }
        let default_place = self
            .languages
            .iter()
            .position(|language| language.tag == default)?;
        // Of each language, the words that the default has not, and those that only the default has.
        let mut own = vec![0; self.languages.len()];
        let mut others = vec![0; self.languages.len()];
        let folded = fold(text);
        let words: HashSet<&str> = folded.split(' ').collect();
        for word in words {
            let Some(languages) = self.frequent.get(word) else {
                continue;
            };
            let of_default = languages.iter().any(|&of| usize::from(of) == default_place);
            for (place, own) in own.iter_mut().enumerate() {
                let has = languages.iter().any(|&of| usize::from(of) == place);
                *own += usize::from(has && !of_default);
                others[place] += usize::from(of_default && !has);
            }
        }
        let best = (0..own.len()).max_by_key(|&place| (own[place], usize::MAX - place))?;
        if own[best] >= FEWEST && own[best] >= 2 * others[best] {
            Some(&self.languages[best].tag)
        } else {
            Some(default)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a document in the second language.
    #[test]
    fn letters_are_in_the_language_of_most_words() {
        for (text, document, language) in [
            ("1001 …", "en", None),
            ("failed", "en", Some("en")),
            ("échec", "fr", Some("fr")),
            ("Ошибка", "fr", Some("ru")),
            ("Помилка", "uk", Some("uk")),
            ("thất bại", "vi", Some("vi")),
            ("ả", "zh", Some("en")),
            ("失败", "en", Some("zh")),
            ("㐀", "en", Some("zh")),
            ("失敗しました", "en", Some("ja")),
            // One kana among many ideographs may be a mark.
            ("参数校验失败请检查の", "en", Some("zh")),
            ("실패", "en", Some("ko")),
            ("خطأ", "en", Some("ar")),
            ("त्रुटि", "en", Some("hi")),
            // An ideograph is a word, and so are four Latin letters.
            ("token 失效", "en", Some("zh")),
            ("the token 失", "en", Some("en")),
            ("Ошибка API", "en", Some("ru")),
            ("خطأ API", "en", Some("ar")),
            ("त्रुटि API", "en", Some("hi")),
            ("да ok", "en", Some("ru")),
            ("😀 失败", "en", Some("zh")),
        ] {
            let mut letters = Letters::default();
            letters.add(text);
            assert_eq!(letters.seen(), text.len());
            assert_eq!(letters.language(document), language, "{text}");
        }
    }
}
