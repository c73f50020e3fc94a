//! Cells that mean no code, or all the other codes.

use crate::lexicon::{self, Concept};

/// Whether a cell, already trimmed, is empty or a dash that means empty.
pub(super) fn is_nothing(text: &str) -> bool {
    let is_word = || {
        text.len() <= LONGEST
            && !text.bytes().any(|b| b.is_ascii_digit() || b == b'_')
            && lexicon::cell(text).contains(Concept::Nothing)
    };
    text.chars()
        .all(|c| matches!(c, '-' | '—' | '–' | '―' | '－' | '/' | '…' | '.'))
        || is_word()
}

/// Whether a cell, already trimmed, means all the codes that have no row.
pub(super) fn is_wildcard(text: &str) -> bool {
    let text = text.trim_end_matches(['.', '。', ':', '：']);
    if text.len() > LONGEST {
        return false;
    }
    // All of it is looked at, so that many bytes are at once.
    let has_digit = text
        .bytes()
        .fold(false, |known, b| known | b.is_ascii_digit());
    if !has_digit {
        return !text.contains('_') && lexicon::cell(text).contains(Concept::Others);
    }
    if text.is_ascii() {
        return is_open(text)
            || text.starts_with(['>', '<', '!', 'n', 'N'])
                && is_comparison(&text.to_ascii_lowercase());
    }
    is_comparison(text)
}

/// `10+`: all from there on.
fn is_open(text: &str) -> bool {
    text.strip_suffix('+')
        .is_some_and(|from| from.bytes().all(|b| b.is_ascii_digit()))
}

/// In bytes; the longest are comparisons of 24 letters.
const LONGEST: usize = 96;

/// `错误码大于等于0`, `>= 500`, `非0`, `除0以外`: every number for which a comparison holds.
fn is_comparison(text: &str) -> bool {
    if text.chars().count() > 24 {
        return false;
    }
    let begins = [">", "<", "≥", "≤", "!=", "≠", "非", "除", "不等于", "not "]
        .iter()
        .any(|mark| text.starts_with(mark));
    let holds = [
        "大于",
        "小于",
        "不为",
        "不是",
        "以外",
        "之外",
        "以上の",
        "以外の",
    ]
    .iter()
    .any(|mark| text.contains(mark));
    // `400～` has no end.
    let is_open = ["～", "〜", "以上", "以降"]
        .iter()
        .any(|mark| text.ends_with(mark));
    // `<key>` is a parameter.
    (begins && !text.contains('>') || text.starts_with('>') || holds || is_open)
        && !text.starts_with("<!")
}
