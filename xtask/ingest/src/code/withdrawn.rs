//! Remarks that a code is no longer used: `1003 (deprecated)`, `1005（已废弃）`, `[removed] 1004`.

use crate::code::atom::atom;
use crate::values;

/// A cell without its remark that the code is withdrawn, if it has one.
pub(super) fn without_remark(text: &str) -> Option<&str> {
    let text = text.trim();
    // `session:removed` is a name.
    if atom(text).is_some() {
        return None;
    }
    in_closing_brackets(text)
        .or_else(|| in_opening_brackets(text))
        .or_else(|| behind_a_code(text))
        .filter(|(_, remark)| values::is_withdrawn(remark))
        .map(|(code, _)| code)
        .filter(|code| !code.is_empty())
}

/// Whether a text is such a remark, or has one in brackets at its beginning or end.
pub(super) fn is_remark(text: &str) -> bool {
    let text = text.trim();
    let in_brackets = || in_closing_brackets(text).or_else(|| in_opening_brackets(text));
    values::is_withdrawn(text)
        || in_brackets().is_some_and(|(_, remark)| values::is_withdrawn(remark))
}

const BRACKETS: [(char, char); 5] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('【', '】'),
    ('<', '>'),
];

/// `1003 (deprecated)`.
fn in_closing_brackets(text: &str) -> Option<(&str, &str)> {
    let (open, close) = BRACKETS
        .into_iter()
        .find(|(_, close)| text.ends_with(*close))?;
    let at = text.rfind(open)?;
    let remark = text[at..].strip_prefix(open)?.strip_suffix(close)?;
    Some((text[..at].trim_end(), remark))
}

/// `[removed] 1004`.
fn in_opening_brackets(text: &str) -> Option<(&str, &str)> {
    let (open, close) = BRACKETS
        .into_iter()
        .find(|(open, _)| text.starts_with(*open))?;
    let (remark, code) = text.strip_prefix(open)?.split_once(close)?;
    Some((code.trim_start(), remark))
}

/// `1003 - deprecated`, `OLD_NAME, removed`, `1005 已废弃`; but not `file_path removed`, which is
/// a sentence.
fn behind_a_code(text: &str) -> Option<(&str, &str)> {
    let is_end = |c: char| c.is_whitespace() || !c.is_ascii() || matches!(c, ',' | ':' | ';');
    let (code, rest) = text.split_at(text.find(is_end)?);
    let is_mark = |c: char| matches!(c, '-' | '–' | '—' | ',' | '，' | ':' | '：' | ';');
    let remark = rest.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c));
    let is_marked = rest[..rest.len() - remark.len()].contains(is_mark);
    let is_number = code.ends_with(|c: char| c.is_ascii_digit());
    (is_marked || is_number).then_some((code, remark))
}
