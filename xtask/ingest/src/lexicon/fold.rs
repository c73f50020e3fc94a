//! Spellings of one word become one: letter case, width, accents, traditional characters.

use std::char::ToLowercase;

use unicode_normalization::char::{
    compose, decompose_canonical, decompose_compatible, is_combining_mark,
};

use crate::lexicon::script::{Script, script};
use crate::lexicon::traditional::simplified;

/// Words in lower case with one space before, between and after them.
///
/// `ErrorCode`, `error_code` and `Error  code:` are ` error code `; a space inside of Chinese or
/// Japanese is dropped (`错误 码`).
pub(super) fn fold(text: &str) -> String {
    let mut folded = Folded {
        text: String::with_capacity(text.len() + text.len() / 8 + 2),
        before: Kind::Space,
    };
    folded.text.push(' ');
    let mut rest = text;
    loop {
        // Most of a text stays as it is.
        let (kept, more) = rest.split_at(folded.kept(rest));
        folded.text.push_str(kept);
        let mut chars = more.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        if c.is_ascii() {
            folded.ascii(c, rest);
        } else {
            folded.other(c);
        }
    }
    folded.space();
    let mut folded = folded.text;
    without_articles(&mut folded);
    folded
}

/// What the last character was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Upper,
    Letter,
    /// A character of a script that has no spaces between words.
    Ideograph,
    /// A space after one of those.
    SpaceAfterIdeograph,
}

struct Folded {
    text: String,
    before: Kind,
}

impl Folded {
    /// The length of what goes on with the word before it, and stays as it is.
    fn kept(&self, text: &str) -> usize {
        match self.before {
            Kind::Letter => text
                .bytes()
                .take_while(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9'))
                .count(),
            Kind::Ideograph => text
                .char_indices()
                .find(|&(_, c)| !matches!(c, '\u{4E00}'..='\u{9FFF}') || simplified(c) != c)
                .map_or(text.len(), |(end, _)| end),
            _ => 0,
        }
    }

    fn ascii(&mut self, c: char, rest: &str) {
        match c {
            'A'..='Z' => {
                let ends_acronym = self.before == Kind::Upper && begins_word_after(rest);
                let is_hump = self.before == Kind::Letter || ends_acronym;
                self.letter(c.to_ascii_lowercase(), Kind::Upper, is_hump);
            }
            // `E2E` is one word.
            'a'..='z' | '0'..='9' => self.letter(c, Kind::Letter, false),
            '#' => {
                self.space();
                self.text.push_str("# ");
                self.before = Kind::Space;
            }
            _ if c.is_ascii_whitespace() && self.before == Kind::Ideograph => {
                self.before = Kind::SpaceAfterIdeograph;
            }
            _ if c.is_ascii_whitespace() && self.before == Kind::SpaceAfterIdeograph => {}
            _ => self.space(),
        }
    }

    fn letter(&mut self, c: char, kind: Kind, begins_word: bool) {
        if begins_word || matches!(self.before, Kind::Ideograph | Kind::SpaceAfterIdeograph) {
            self.space();
        }
        self.text.push(c);
        self.before = kind;
    }

    fn space(&mut self) {
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.before = Kind::Space;
    }

    fn other(&mut self, c: char) {
        match script(c) {
            Script::Ideographic => self.ideograph(simplified(c)),
            Script::Other if c.is_whitespace() && self.before == Kind::Ideograph => {
                self.before = Kind::SpaceAfterIdeograph;
            }
            // Letters and digits of full width, kana of half width.
            Script::Other if matches!(c, '\u{FF01}'..='\u{FFEF}') => {
                let mut parts = [None; 2];
                decompose_compatible(c, |part| {
                    let place = usize::from(parts[0].is_some());
                    parts[place] = Some(part);
                });
                for part in parts.into_iter().flatten() {
                    self.narrow(part);
                }
            }
            Script::Other if c == '№' => {
                self.space();
                self.text.push_str("# ");
                self.before = Kind::Space;
            }
            Script::Other if is_combining_mark(c) => {}
            Script::Other => self.space(),
            Script::Hangul => self.letter(c, Kind::Letter, false),
            _ => self.accented(c),
        }
    }

    fn narrow(&mut self, c: char) {
        let voiced = self
            .text
            .chars()
            .next_back()
            .filter(|_| matches!(c, '\u{3099}' | '\u{309A}'))
            .and_then(|last| compose(last, c));
        if let Some(voiced) = voiced {
            self.text.pop();
            self.text.push(voiced);
        } else if c.is_ascii() {
            self.ascii(c, "");
        } else if script(c) == Script::Ideographic {
            self.ideograph(c);
        } else {
            self.space();
        }
    }

    fn ideograph(&mut self, c: char) {
        if !matches!(self.before, Kind::Ideograph | Kind::SpaceAfterIdeograph) {
            self.space();
        }
        self.text.push(c);
        self.before = Kind::Ideograph;
    }

    /// A letter without its accents: `É` is `e`, `ё` is `е`.
    fn accented(&mut self, c: char) {
        let begins_word = c.is_uppercase() && self.before == Kind::Letter;
        for lower in c.to_lowercase() {
            let mut first = true;
            decompose_canonical(lower, |part| {
                if is_combining_mark(part) && !is_vowel_sign(part) {
                    return;
                }
                let kind = if c.is_uppercase() {
                    Kind::Upper
                } else {
                    Kind::Letter
                };
                match plain(part) {
                    Plain::Letter(part) => self.letter(part, kind, begins_word && first),
                    Plain::Letters(parts) => {
                        for part in parts.chars() {
                            self.letter(part, kind, false);
                        }
                    }
                    Plain::Nothing => {}
                }
                first = false;
            });
        }
    }
}

/// Whether the capital before this begins a word after an acronym, as in `HTTPStatus` and not in `URLs`.
fn begins_word_after(rest: &str) -> bool {
    let mut next = rest.bytes();
    match (next.next(), next.next()) {
        (Some(b's'), Some(after)) => after.is_ascii_alphabetic(),
        (Some(b's'), None) | (None, _) => false,
        (Some(first), _) => first.is_ascii_lowercase(),
    }
}

enum Plain {
    Letter(char),
    Letters(&'static str),
    Nothing,
}

/// Letters that are variants of another without being composed of it.
fn plain(c: char) -> Plain {
    Plain::Letter(match c {
        'ı' => 'i',
        'ł' => 'l',
        'đ' => 'd',
        'ø' | 'º' => 'o',
        'ª' => 'a',
        'ß' => return Plain::Letters("ss"),
        'æ' => return Plain::Letters("ae"),
        'œ' => return Plain::Letters("oe"),
        // Arabic: forms of alif, ya and kaf (Persian and Urdu ones too), ta marbuta, and the sign
        // that only stretches a word.
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ـ' => return Plain::Nothing,
        other => other,
    })
}

/// Marks that are vowels: without them a word of Hindi is another.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{0DFF}') && c != '\u{093C}' || matches!(c, '\u{0E00}'..='\u{0FFF}')
}

/// Drops the Arabic article from words that are longer than it: `الخطأ` is `خطأ`.
fn without_articles(folded: &mut String) {
    const ARTICLE: &str = " ال";
    if !folded.contains(ARTICLE) {
        return;
    }
    let mut words = String::with_capacity(folded.len());
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let bare = word
            .strip_prefix("ال")
            .filter(|bare| bare.chars().count() >= 2)
            .unwrap_or(word);
        words.push(' ');
        words.push_str(bare);
    }
    words.push(' ');
    *folded = words;
}

/// A cell as it is looked up: letter case and width are folded, accents are not, since `facture`
/// is not `facturé`.
///
/// Stops once the result is longer than `longest`: such a cell is not a word.
pub(super) fn fold_cell(text: &str, longest: usize) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if folded.len() > longest {
            break;
        }
        if c.is_ascii_graphic() {
            folded.push(c.to_ascii_lowercase());
        } else if script(c) == Script::Ideographic {
            folded.push(c);
        } else if !c.is_whitespace() {
            folded.extend(fold_letter(c));
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded
}

/// One letter of a cell as it is looked up.
pub(super) fn fold_letter(c: char) -> ToLowercase {
    let narrow = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    narrow.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_cell};

    #[test]
    fn spellings_of_a_word_are_one() {
        for (text, folded) in [
            ("Error  code:", " error code "),
            ("ErrorCode", " error code "),
            ("HTTPStatus", " http status "),
            ("error_code", " error code "),
            ("URLs", " urls "),
            ("ＥＲＲＯＲ　コード", " error コード "),
            ("ｴﾗｰｺｰﾄﾞ", " エラーコード "),
            ("錯誤碼", " 错误码 "),
            ("错误 码", " 错误码 "),
            ("code参数", " code 参数 "),
            ("Códigos", " codigos "),
            ("Co\u{301}digos", " codigos "),
            ("Größe", " grosse "),
            ("серьёзность", " серьезность "),
            ("Mã lỗi", " ma loi "),
            ("İŞLEM sonucı", " islem sonuci "),
            ("błąd", " blad "),
            ("رمز الخطأ", " رمز خطا "),
            ("오류 코드", " 오류 코드 "),
            ("d'erreur", " d erreur "),
            ("फ़ील्ड", " फील्ड "),
            ("№", " # "),
            ("", " "),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn accents_of_a_cell_are_kept() {
        assert_eq!(fold_cell(" Facturé ", 20), "facturé");
        assert_eq!(fold_cell("ＹＥＳ", 20), "yes");
        assert_eq!(fold_cell("yes and no", 3), "yes ");
    }
}
