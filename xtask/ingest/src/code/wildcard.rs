//! Cells that mean no code, or all the other codes.

use crate::code::Reading;
use crate::lexicon::{self, Concept};

/// Reads a cell, already trimmed, that is empty or a dash that means empty, or that means all the
/// codes that have no row.
pub(super) fn read<'a>(text: &str) -> Option<Reading<'a>> {
    if text
        .chars()
        .all(|c| matches!(c, '-' | '—' | '–' | '―' | '－' | '/' | '…' | '.'))
    {
        return Some(Reading::Empty);
    }
    let bare = text.trim_end_matches(['.', '。', ':', '：']);
    // All of it is looked at, so that many bytes are at once.
    let has_digit = bare
        .bytes()
        .fold(false, |known, b| known | b.is_ascii_digit());
    if has_digit {
        return is_any_of(bare).then_some(Reading::Wildcard);
    }
    if bare.contains('_') {
        return None;
    }
    let meaning = lexicon::cell(text);
    if meaning.contains(Concept::Nothing) {
        return Some(Reading::Empty);
    }
    let meaning = if bare.len() < text.len() {
        lexicon::cell(bare)
    } else {
        meaning
    };
    meaning
        .contains(Concept::Others)
        .then_some(Reading::Wildcard)
}

/// Whether a text with digits means each of many codes.
fn is_any_of(text: &str) -> bool {
    if is_open(text) {
        return true;
    }
    if text.is_ascii() {
        return text.starts_with(['>', '<', '!', 'n', 'N'])
            && is_comparison(&text.to_ascii_lowercase());
    }
    is_comparison(text)
}

/// `10+`, `1300 and above`, `错误码1300以上`: all from there on. A longer text says more than that.
fn is_open(text: &str) -> bool {
    if text.len() > LONGEST_OPEN {
        return false;
    }
    let is_digit = |c: char| c.is_ascii_digit();
    if let Some(from) = text.strip_suffix('+') {
        return from.chars().all(is_digit);
    }
    let end = text.rfind(is_digit).map_or(0, |at| at + 1);
    let words = text[end..].trim_start();
    words.len() > 1 && lexicon::cell(words).contains(Concept::AndAbove)
}

/// In bytes: a label, a number and some words.
const LONGEST_OPEN: usize = 48;

/// `错误码大于等于0`, `>= 500`, `非0`, `除0以外`: every number for which a comparison holds.
fn is_comparison(text: &str) -> bool {
    if text.chars().count() > 24 {
        return false;
    }
    let begins = [">", "<", "≥", "≤", "!=", "≠", "非", "除", "不等于", "not "]
        .iter()
        .any(|mark| text.starts_with(mark));
    let marks = ["大于", "小于", "不为", "不是", "以外", "之外", "以上の"];
    // The last letter of each is looked for, which is cheap.
    let holds = text.contains(['于', '为', '是', '外', 'の'])
        && marks.iter().any(|mark| text.contains(mark));
    // `400～` has no end.
    let is_open = text.ends_with(['～', '〜']);
    // `<key>` is a parameter.
    (begins && !text.contains('>') || text.starts_with('>') || holds || is_open)
        && !text.starts_with("<!")
}
