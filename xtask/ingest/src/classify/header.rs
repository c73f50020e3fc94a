//! Header text in, what its words speak for out.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::classify::lexicon::Lexicon;
use crate::classify::words::{HEADERS, HEADINGS, Sense, traditional};
use crate::lexicon::ends;

/// What the words of a header speak for: each sense once, with the points of its longest word.
#[derive(Clone, Debug, Default)]
pub(super) struct HeaderSense {
    senses: Vec<(Sense, i32, &'static str)>,
}

impl HeaderSense {
    pub(super) fn read(header: &str) -> Self {
        let ends = ends(header);
        let phrase = Phrase::new(&ends);
        let mut senses: Vec<(Sense, i32, &'static str)> = Vec::new();
        for (word, sense, points) in HEADER_WORDS
            .in_phrase(&phrase)
            .into_iter()
            .map(|place| HEADERS[place])
        {
            let points = points + i32::from(phrase.is(word));
            match senses.iter_mut().find(|known| known.0 == sense) {
                Some(known) if known.1 >= points => {}
                Some(known) => *known = (sense, points, word),
                None => senses.push((sense, points, word)),
            }
        }
        // `状态码含义` is what a code means, and no code.
        if ["含义", "含義", "说明", "說明", "描述", "意味", "説明"]
            .iter()
            .any(|meaning| header.trim_end().ends_with(meaning))
        {
            senses.retain(|known| known.0 != Sense::Code);
        }
        // A method of HTTP is no status.
        let says_http = senses.iter().any(|known| known.0 == Sense::Http);
        if says_http && METHODS.iter().any(|method| phrase.lower.contains(method)) {
            senses.retain(|known| known.0 != Sense::Http);
        }
        HeaderSense { senses }
    }

    pub(super) fn points(&self, sense: Sense) -> i32 {
        self.senses
            .iter()
            .find(|known| known.0 == sense)
            .map_or(0, |known| known.1)
    }

    /// Does it say `status` and not `error`?
    pub(super) fn is_status(&self) -> bool {
        self.senses.iter().any(|(_, _, word)| {
            ["status", "状态", "ステータス", "статус", "состоян"]
                .iter()
                .any(|state| word.contains(state))
        })
    }

    /// Does it say no more than `type`?
    pub(super) fn is_type(&self) -> bool {
        self.senses.iter().any(|(sense, _, word)| {
            *sense == Sense::Parameter && ["type", "类型", "型", "тип"].contains(word)
        })
    }

    /// Does it speak for this sense more than for any other?
    pub(super) fn is_mostly(&self, sense: Sense) -> bool {
        let points = self.points(sense);
        points > 0
            && self
                .senses
                .iter()
                .all(|known| known.0 == sense || known.1 <= points)
    }
}

const METHODS: &[&str] = &["method", "方法", "请求方式", "メソッド", "метод"];

/// The weightiest word of a heading about codes, with its points.
pub(crate) fn heading_points(heading: &str) -> Option<(&'static str, i32)> {
    let ends = ends(heading);
    let phrase = Phrase::new(&ends);
    let words = HEADING_WORDS
        .in_phrase(&phrase)
        .into_iter()
        .map(|place| HEADINGS[place]);
    words.max_by_key(|(word, points)| (points.abs(), word.len()))
}

/// Is it the header of a column of codes, and of nothing else?
pub(crate) fn names_codes(header: &str) -> bool {
    HeaderSense::read(header).points(Sense::Code) >= 5
}

static HEADER_WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::new(HEADERS.iter().map(|(word, ..)| *word)));
static HEADING_WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::new(HEADINGS.iter().map(|(word, _)| *word)));

/// A list of words, by how they are looked up.
struct Words {
    /// ASCII letters: whole words, with the blanks around them.
    whole: Lexicon,
    /// Other letters with a blank among them.
    spaced: Lexicon,
    /// Other letters: any part of the text.
    parts: Lexicon,
}

impl Words {
    fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let words: Vec<(&'static str, usize)> = words
            .enumerate()
            .map(|(place, word)| (word, place))
            .collect();
        let is_whole = |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ');
        let written = |&(word, place): &(&str, usize)| {
            [Some(word.to_owned()), traditional(word)]
                .into_iter()
                .flatten()
                .map(move |word| (word, place))
        };
        let of = |is: &dyn Fn(&str) -> bool| {
            Lexicon::new(words.iter().filter(|(word, _)| is(word)).flat_map(written))
        };
        let whole = words.iter().filter(|(word, _)| is_whole(word));
        Words {
            whole: Lexicon::new(whole.map(|(word, place)| (format!(" {word} "), *place))),
            spaced: of(&|word| !is_whole(word) && word.contains(' ')),
            parts: of(&|word| !is_whole(word) && !word.contains(' ')),
        }
    }

    /// The places of the words of a phrase, in the order of the list.
    fn in_phrase(&self, phrase: &Phrase<'_>) -> Vec<usize> {
        let mut places: Vec<usize> = Vec::new();
        if phrase.words.len() > 1 {
            self.whole.find(&phrase.words, &mut places);
        }
        if phrase.has_other_letters {
            if memchr::memchr(b' ', phrase.lower.as_bytes()).is_some() {
                self.spaced.find(&phrase.lower, &mut places);
            }
            self.parts.find(&phrase.compact, &mut places);
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// A text for looking up words in.
struct Phrase<'a> {
    /// Words of ASCII letters in lower case, parted and surrounded by one blank.
    words: String,
    /// Lower case, no blanks and no punctuation.
    compact: String,
    /// Lower case as it is, for Cyrillic.
    lower: Cow<'a, str>,
    /// Does it hold anything that the words of ASCII letters do not?
    has_other_letters: bool,
}

impl<'a> Phrase<'a> {
    fn new(text: &'a str) -> Self {
        // Ideographs and kana have no case.
        let has_case = |b: u8| matches!(b, b'A'..=b'Z' | 0xC3..=0xDF | 0xE1 | 0xE2 | 0xEF);
        let lower = if text.bytes().any(has_case) {
            Cow::Owned(text.to_lowercase())
        } else {
            Cow::Borrowed(text)
        };
        let has_other_letters = !text.is_ascii() || text.contains('#');
        let compact = if has_other_letters {
            compact(&lower).collect()
        } else {
            String::new()
        };
        Phrase {
            words: words(text),
            compact,
            lower,
            has_other_letters,
        }
    }

    fn is(&self, word: &str) -> bool {
        compact(&self.lower).eq(word.chars().filter(|c| *c != ' '))
    }
}

/// The letters and digits of a text.
fn compact(text: &str) -> impl Iterator<Item = char> {
    let is_letter =
        |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}' | '#' | '№') || c.is_alphanumeric();
    text.chars().filter(move |&c| is_letter(c))
}

fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + text.len() / 4 + 2);
    words.push(' ');
    let mut before = b' ';
    for byte in text.bytes() {
        let begins_hump = byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (begins_hump || !byte.is_ascii_alphanumeric()) && !words.ends_with(' ') {
            words.push(' ');
        }
        if byte.is_ascii_alphanumeric() {
            words.push(char::from(byte.to_ascii_lowercase()));
        }
        before = byte;
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_speak_for_what_their_words_say() {
        for (header, sense) in [
            ("错误码", Sense::Code),
            ("errorCode", Sense::Code),
            ("result_code", Sense::Code),
            ("HTTP 状态码", Sense::Http),
            ("HTTP Status Code", Sense::Http),
            ("是否收费", Sense::Billing),
            ("处理措施", Sense::Remedy),
            ("Description", Sense::Message),
            ("Код ошибки", Sense::Code),
            ("エラーコード", Sense::Code),
            ("参数说明", Sense::Parameter),
        ] {
            assert!(HeaderSense::read(header).is_mostly(sense), "{header}");
        }
        assert_eq!(HeaderSense::read("Encoder").points(Sense::Code), 0);
    }
}
