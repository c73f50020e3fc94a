//! Cells that need no grammar: a number, one word, prose. Most cells are one of these.
//!
//! What is answered here is what the grammar would answer; it only costs less.

use smallvec::smallvec;

use crate::code::atom::atom;
use crate::code::{CodeCell, OneCode, Reading, list, pair, wildcard};

/// A longer cell is prose, even if it begins with a code.
const LONGEST: usize = 600;

/// Reads a cell at a glance, if a glance will do.
pub(super) fn read(cell: &str) -> Option<Reading<'_>> {
    let cell = cell.trim();
    let first = cell.chars().next()?;
    if cell.len() > LONGEST {
        let begins_list = first.is_ascii_digit() || first == '-';
        return (!begins_list).then_some(Reading::Text);
    }
    let at_once = if first.is_ascii() {
        number(cell)
            .or_else(|| numbers(cell))
            .or_else(|| token(cell))
            .or_else(|| constant(cell))
            .or_else(|| english(cell, first))
    } else {
        foreign(cell, first)
    };
    at_once.or_else(|| without_marks(cell))
}

/// Without a digit or a joint, words with blanks between and text of other letters are no code.
fn without_marks(cell: &str) -> Option<Reading<'_>> {
    let is_mark =
        |b: u8| b.is_ascii_digit() || matches!(b, b'_' | b'=' | b'"' | b'\'' | b'\n' | b'<');
    let is_text = !cell.is_ascii() || cell.contains(' ');
    let has_mark =
        !is_text || cell.contains(" / ") || cell.bytes().any(is_mark) || cell.contains(is_wide);
    (!has_mark).then(|| wildcard_or_text(cell))
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}')
}

fn number(cell: &str) -> Option<Reading<'_>> {
    is_number(cell).then(|| one(OneCode::plain(cell)))
}

/// `-4006/-4007`.
fn numbers(cell: &str) -> Option<Reading<'_>> {
    let is_list = cell.ends_with(|c: char| c.is_ascii_digit())
        && memchr::memchr(b'/', cell.as_bytes()).is_some();
    let all = is_list && cell.split('/').all(is_number);
    let codes = || cell.split('/').map(OneCode::plain).collect();
    all.then(|| Reading::Codes(CodeCell::of(codes())))
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.len() <= 20 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn one(code: OneCode<'_>) -> Reading<'_> {
    Reading::Codes(CodeCell::of(smallvec![code]))
}

/// One word of letters, digits and joints, such as a symbol, which may have a hole: `NAME:<key>`.
fn token(cell: &str) -> Option<Reading<'_>> {
    let is_mark = |b: u8| matches!(b, b':' | b'<' | b'>');
    let is_inner =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-') || is_mark(b);
    let ends_well = cell
        .as_bytes()
        .last()
        .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'>');
    if !ends_well || !cell.bytes().all(is_inner) || wildcard::read(cell).is_some() {
        return None;
    }
    let is_code = atom(cell).is_some();
    if !is_code && cell.bytes().any(is_mark) {
        return None;
    }
    let code = list::range(cell).or_else(|| is_code.then(|| OneCode::plain(cell)));
    Some(code.map_or(Reading::Text, one))
}

/// `NO_FACE = "-10000"`.
fn constant(cell: &str) -> Option<Reading<'_>> {
    let at = memchr::memchr(b'=', cell.as_bytes()).filter(|&at| at <= 120)?;
    let (name, value) = (
        cell[..at].trim_ascii_end(),
        cell[at + 1..].trim_ascii_start(),
    );
    let [first, .., last] = name.as_bytes() else {
        return None;
    };
    let is_name = first.is_ascii_uppercase()
        && *last != b'_'
        && name
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let inner = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    let code = inner.unwrap_or(value);
    if !is_name || pair::is_label(name) || !is_number(code) {
        return None;
    }
    let symbol = Some(name.into());
    Some(one(OneCode {
        symbol,
        quoted: inner.is_some(),
        ..OneCode::plain(code)
    }))
}

/// Text that begins with two words: no code and no list of codes does.
fn english(cell: &str, first: char) -> Option<Reading<'_>> {
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let word = |text: &str| text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (left, rest) = cell.split_at(word(cell));
    let right = rest.strip_prefix(' ').map(|rest| &rest[..word(rest)])?;
    // What follows the second word may make it another one: `to-do`, `e2e`.
    let ends = rest[1 + right.len()..]
        .chars()
        .next()
        .is_none_or(|c| matches!(c, ' ' | ',' | '.' | '\n'));
    if right.is_empty() || !ends || parts(left) || parts(right) {
        return None;
    }
    Some(wildcard_or_text(cell))
}

/// Words that part codes.
fn parts(word: &str) -> bool {
    ["or", "and", "to", "also"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word))
}

/// Text that begins with a letter of another alphabet: a code does only after a label.
fn foreign(cell: &str, first: char) -> Option<Reading<'_>> {
    if cell.len() > 60 {
        return Some(wildcard_or_text(cell));
    }
    let is_wide = matches!(first, '\u{FF00}'..='\u{FFEF}');
    let may_part = matches!(first, '或' | '和' | '至' | '到');
    if is_wide || may_part || !first.is_alphabetic() || pair::may_begin_label(first) {
        return None;
    }
    Some(wildcard_or_text(cell))
}

fn wildcard_or_text(cell: &str) -> Reading<'_> {
    wildcard::read(cell).unwrap_or(Reading::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_grammar_is_left_to_it() {
        for cell in [
            "1001、1002",
            "错误码：1001",
            "code = 5",
            "Name (5)",
            "1001 not found",
            "１００１",
            "401 or 402",
            "",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
        let many = "-1001, ".repeat(100);
        assert_eq!(read(&many), None);
        for (cell, reading) in [
            ("用户不存在 10 次", Reading::Text),
            ("user not found (404)", Reading::Text),
            ("any other code", Reading::Wildcard),
            ("其他", Reading::Wildcard),
            ("无", Reading::Empty),
            ("NO_FACE", one(OneCode::plain("NO_FACE"))),
        ] {
            assert_eq!(read(cell), Some(reading), "{cell}");
        }
    }
}
