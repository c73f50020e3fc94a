//! One writing for what looks alike: full-width letters, minus signs, quotes, blanks.

use std::borrow::Cow;

use crate::code::atom::{Atom, atom};

/// Folds a cell to the characters that codes are made of.
#[must_use]
pub fn fold(cell: &str) -> Cow<'_, str> {
    let cell = without_notes(without_star(cell.trim()));
    if !cell.chars().any(may_change) {
        return Cow::Borrowed(cell);
    }
    let mut folded = String::with_capacity(cell.len());
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let before_digit = chars
            .peek()
            .is_some_and(|next| next.is_ascii_digit() || is_wide_digit(*next));
        match c {
            // A typesetter's minus before a number is a minus.
            '\u{2212}' | '\u{2013}' | '\u{2012}' | '\u{FE63}' if before_digit => folded.push('-'),
            '\u{FF0D}' | '\u{2010}' | '\u{2011}' => folded.push('-'),
            '\u{FF01}'..='\u{FF5D}' if is_letter_or_digit(narrow(c)) || narrow(c) == '_' => {
                folded.push(narrow(c));
            }
            '\u{201C}' | '\u{201D}' | '\u{FF02}' => folded.push('"'),
            '\u{A0}' | '\u{3000}' | '\t' => folded.push(' '),
            '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
            c => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

/// Is it one of those below?
fn may_change(c: char) -> bool {
    let is_odd = |c: char| {
        matches!(
            c,
            '\u{A0}'
                | '\u{200B}'..='\u{200D}'
                | '\u{2010}'..='\u{2013}'
                | '\u{201C}'
                | '\u{201D}'
                | '\u{2060}'
                | '\u{2212}'
                | '\u{3000}'
                | '\u{FE63}'
                | '\u{FEFF}'
                | '\u{FF01}'..='\u{FF5D}'
        )
    };
    if c.is_ascii() { c == '\t' } else { is_odd(c) }
}

/// Without the star of a footnote, or of emphasis that is not closed, before a name.
fn without_star(cell: &str) -> &str {
    match cell.strip_prefix('*') {
        Some(name) if atom(name) == Some(Atom::Symbol) && !name.ends_with('*') => name,
        _ => cell,
    }
}

/// A mark that leads to a note.
pub(crate) fn is_note_mark(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '†' | '‡' | '※')
}

/// Whether a code has a mark at its end that leads to a note: `1001*`, `1001¹`, `1001[^1]`.
pub(crate) fn has_note(cell: &str) -> bool {
    let cell = cell.trim();
    cell.ends_with(is_note_mark)
        || cell.ends_with(['*', ']']) && without_notes(cell).len() < cell.len()
}

/// Without the marks of footnotes at its end, and a stray full stop.
fn without_notes(cell: &str) -> &str {
    let mut text = cell.trim_end_matches(is_note_mark).trim_end();
    if text.ends_with(']')
        && let Some(open) = text.rfind("[^")
    {
        text = text[..open].trim_end();
    }
    let bare = text.trim_end_matches(['.', '。', ';', '；', '、', '，', ',']);
    if bare.ends_with(|c: char| c.is_ascii_digit()) {
        text = bare;
    }
    if text.ends_with('*')
        && text.len() > 4
        && text[..text.len() - 1]
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'-')
    {
        text = &text[..text.len() - 1];
    }
    if text.is_empty() { cell } else { text }
}

fn is_wide_digit(c: char) -> bool {
    matches!(c, '\u{FF10}'..='\u{FF19}')
}

fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// The ASCII form of a full-width character.
fn narrow(c: char) -> char {
    u32::from(c)
        .checked_sub(0xFEE0)
        .and_then(char::from_u32)
        .unwrap_or(c)
}

/// The text inside of quotes, if they enclose all of it.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let pairs = [
        ("\"", "\""),
        ("'", "'"),
        ("\u{2018}", "\u{2019}"),
        ("「", "」"),
    ];
    pairs
        .iter()
        .find_map(|(open, close)| between(text, open, close))
}

/// The text inside of brackets, if they enclose all of it: `[1001]`.
pub(super) fn unwrapped(text: &str) -> Option<&str> {
    let pairs = [
        ("[", "]"),
        ("(", ")"),
        ("（", "）"),
        ("【", "】"),
        ("`", "`"),
        ("{", "}"),
        ("<", ">"),
    ];
    pairs
        .iter()
        .find_map(|(open, close)| between(text, open, close))
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let inner = text.strip_prefix(open)?.strip_suffix(close)?.trim();
    (!inner.is_empty() && !inner.contains(close)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_without_an_odd_character_is_not_copied() {
        assert!(matches!(
            fold(" 1001 or 用户 "),
            Cow::Borrowed("1001 or 用户")
        ));
        assert!(matches!(fold("1001\t或"), Cow::Owned(folded) if folded == "1001 或"));
    }

    #[test]
    fn quotes_and_brackets_enclose_all_of_a_text_or_none() {
        for (text, inner) in [
            ("[1001]", Some("1001")),
            ("（ 1001 ）", Some("1001")),
            ("[1001] [1002]", None),
            ("[]", None),
            ("[1001", None),
        ] {
            assert_eq!(unwrapped(text), inner, "{text}");
        }
        for (text, inner) in [
            ("\"1001\"", Some("1001")),
            ("\"1001\" \"1002\"", None),
            ("\"\"", None),
            ("\"1001'", None),
        ] {
            assert_eq!(unquoted(text), inner, "{text}");
        }
    }
}
