//! The smallest thing that can be a code: a number, a hexadecimal number, a symbol.

use std::borrow::Cow;

/// The family that a code belongs to; the codes of one list belong to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Atom {
    /// `0`, `-5007`, `01000000`.
    Number,
    /// `0x80070005`.
    Hex,
    /// Digits parted by dots: `4.7.1`.
    Dotted,
    /// A class of numbers: `5xx`.
    Class,
    /// Letters and digits of a fixed form: `E100`, `DB:0140`, `6P`, `1B`.
    Mixed,
    /// `NO_FACE_FOUND`, `InvalidParameter.ImageSizeExceed`, `MISSING_ARGUMENTS:<key>`.
    Symbol,
    /// A plain word that may be a name or may be text: `error`, `code`, `OK`.
    Word,
}

/// The family of a text that is one code and nothing else.
#[must_use]
pub fn atom(text: &str) -> Option<Atom> {
    if text.is_empty() || text.len() > 120 || !text.is_ascii() {
        return None;
    }
    // No number begins with a letter.
    if text.as_bytes()[0].is_ascii_alphabetic() {
        return symbol(text);
    }
    number(text)
        .or_else(|| hex(text))
        .or_else(|| class(text))
        .or_else(|| symbol(text))
}

/// Whether a text is a number and nothing else, decimal or hexadecimal.
pub(crate) fn is_number(text: &str) -> bool {
    matches!(atom(text), Some(Atom::Number | Atom::Hex))
}

fn number(text: &str) -> Option<Atom> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.len() <= 40 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Atom::Number);
    }
    let mut parts = digits.split('.');
    let dotted = parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    (dotted && digits.contains('.')).then_some(Atom::Dotted)
}

fn hex(text: &str) -> Option<Atom> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))?;
    let is_hex = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    is_hex.then_some(Atom::Hex)
}

fn class(text: &str) -> Option<Atom> {
    let digits = text
        .trim_start_matches('-')
        .trim_end_matches(['x', 'X', '*']);
    let places = text.trim_start_matches('-').len() - digits.len();
    let is_class = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (is_class && (1..=3).contains(&places) && digits.len() + places >= 3).then_some(Atom::Class)
}

fn symbol(text: &str) -> Option<Atom> {
    // `:not_found` is the name that some languages call an atom.
    let bare = text
        .strip_prefix(':')
        .filter(|name| name.contains('_'))
        .unwrap_or(text);
    let (first, last) = (*bare.as_bytes().first()?, *text.as_bytes().last()?);
    let begins = first.is_ascii_alphanumeric() || b"_$#@-<".contains(&first);
    let ends = last.is_ascii_alphanumeric() || b"_*>:".contains(&last);
    if !begins || !ends {
        return None;
    }
    let body = without_holes(text)?;
    let letters = Letters::count(body.as_bytes())?;
    if is_address(&body) {
        return None;
    }
    if letters.upper + letters.lower == 0 {
        // `2-67`, `1001:3`: digits with something between.
        return (letters.digits > 0 && letters.joints > 0).then_some(Atom::Mixed);
    }
    Some(letters.family(&body, text.len() != body.len()))
}

/// Does it hold `://`?
pub(super) fn is_address(text: &str) -> bool {
    memchr::memchr_iter(b':', text.as_bytes()).any(|at| text[at..].starts_with("://"))
}

/// What a symbol is made of.
#[derive(Default)]
struct Letters {
    upper: usize,
    lower: usize,
    digits: usize,
    /// What parts the groups of a number.
    joints: usize,
    /// Capitals that do not begin it.
    humps: bool,
}

impl Letters {
    /// `None` if no symbol holds such a character.
    fn count(body: &[u8]) -> Option<Self> {
        let mut letters = Letters::default();
        for (at, byte) in body.iter().enumerate() {
            match byte {
                b'A'..=b'Z' => {
                    letters.upper += 1;
                    letters.humps |= at > 0;
                }
                b'a'..=b'z' => letters.lower += 1,
                b'0'..=b'9' => letters.digits += 1,
                b'-' | b':' | b'.' | b'_' | b'#' => letters.joints += 1,
                b'/' | b'$' | b'@' | b'*' | b'+' | b'~' | b'!' | b'&' => {}
                _ => return None,
            }
        }
        Some(letters)
    }

    fn family(&self, body: &str, has_holes: bool) -> Atom {
        let is_upper = self.lower == 0;
        let parted = body.trim_matches('_').contains(['_', '.', ':']);
        let short = self.upper + self.lower <= 5;
        if self.digits > 0 && (is_upper || body.len() <= 12) && (short || !parted) {
            return Atom::Mixed;
        }
        let humps = self.humps && !is_upper;
        let is_symbol = has_holes || parted || humps || (is_upper && body.len() > 3);
        if is_symbol { Atom::Symbol } else { Atom::Word }
    }
}

/// The text without its `<parameters>`; `None` if one is not closed.
fn without_holes(text: &str) -> Option<Cow<'_, str>> {
    if memchr::memchr2(b'<', b'>', text.as_bytes()).is_none() {
        return Some(Cow::Borrowed(text));
    }
    let mut body = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let close = open + rest[open..].find('>')?;
        body.push_str(&rest[..open]);
        rest = &rest[close + 1..];
    }
    // `AUTHORIZATION_ERROR:reason>`: a hole whose opening is lost is still one.
    body.push_str(rest.strip_suffix('>').unwrap_or(rest));
    Some(Cow::Owned(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_its_family() {
        for (text, family) in [
            ("0", Some(Atom::Number)),
            ("+12", Some(Atom::Number)),
            ("-", None),
            ("4.7.1", Some(Atom::Dotted)),
            ("4.", None),
            ("-0x7F", Some(Atom::Hex)),
            ("0x", Some(Atom::Mixed)),
            ("5xx", Some(Atom::Class)),
            ("-5**", Some(Atom::Class)),
            ("5*", None),
            // A class has three places at the most, and a digit before them.
            ("5xxx", Some(Atom::Class)),
            ("5xxxx", Some(Atom::Mixed)),
            ("xxx", Some(Atom::Word)),
            ("-abx", Some(Atom::Word)),
            // Digits need something between them, and something between needs digits.
            ("1001:3", Some(Atom::Mixed)),
            ("12/34", None),
            ("_", None),
            ("E100", Some(Atom::Mixed)),
            ("e100", Some(Atom::Mixed)),
            ("SHA256_FAILED_AGAIN", Some(Atom::Symbol)),
            ("OK", Some(Atom::Word)),
            ("GONE", Some(Atom::Symbol)),
            ("gone", Some(Atom::Word)),
            ("notFound", Some(Atom::Symbol)),
            ("not_found", Some(Atom::Symbol)),
            ("_gone_", Some(Atom::Word)),
            ("MISSING_<key>_ARGUMENT", Some(Atom::Symbol)),
            ("MISSING_<key", None),
            // All of a code is ASCII, even its parameter.
            ("MISSING:<ключ>", None),
            ("http://host", None),
            ("two words", None),
            ("", None),
        ] {
            assert_eq!(atom(text), family, "{text}");
        }
    }

    #[test]
    fn a_code_has_120_characters_at_the_most() {
        assert_eq!(atom(&"A".repeat(120)), Some(Atom::Symbol));
        assert_eq!(atom(&"A".repeat(121)), None);
    }
}
