//! Rendered text as a browser shows it: blanks collapsed, invisible characters gone.

use std::borrow::Cow;

/// Collapses blanks, drops what has no width, and trims each line and the whole.
pub(crate) fn tidy(text: &str) -> Cow<'_, str> {
    // Most cells are tidy but for the blanks at their ends.
    let is_blank = |b: &u8| matches!(b, b' ' | b'\t');
    let start = text
        .bytes()
        .position(|b| !is_blank(&b))
        .unwrap_or(text.len());
    let end = text
        .as_bytes()
        .iter()
        .rposition(|b| !is_blank(b))
        .map_or(start, |last| last + 1);
    let bare = &text[start..end];
    if is_tidy(bare) {
        return Cow::Borrowed(bare);
    }
    let mut tidy = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        match c {
            '\n' => {
                tidy.truncate(tidy.trim_end_matches(' ').len());
                tidy.push('\n');
                blank = false;
            }
            c if is_invisible(c) => {}
            c if c.is_whitespace() => blank = true,
            c => {
                let at_start = tidy.is_empty() || tidy.ends_with('\n');
                if std::mem::take(&mut blank) && !at_start {
                    tidy.push(' ');
                }
                tidy.push(c);
            }
        }
    }
    let end = tidy.trim_end().len();
    tidy.truncate(end);
    let start = tidy.len() - tidy.trim_start().len();
    tidy.drain(..start);
    Cow::Owned(tidy)
}

/// Is there no blank but single spaces and line ends between words, and nothing that is invisible?
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        at += match PLAIN[usize::from(first)] {
            0 if is_tidy_at(bytes, at) => {
                [1, 2, 3][usize::from(first >= 0xC0) + usize::from(first >= 0xE0)]
            }
            0 => return false,
            len => usize::from(len),
        };
    }
    true
}

/// How long a letter is that begins with this byte; 0 if it must be looked at.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0x21;
    while byte < 256 {
        plain[byte] = match byte {
            0x7F..=0xC2 | 0xE1..=0xE3 | 0xEF => 0,
            0x21..=0x7E => 1,
            0xC3..=0xDF => 2,
            0xE0 | 0xE4..=0xEE => 3,
            _ => 4,
        };
        byte += 1;
    }
    plain
};

fn is_tidy_at(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b' ' => at > 0 && !matches!(bytes[at - 1], b' ' | b'\n'),
        b'\n' => {
            let is_inside = at > 0 && bytes.get(at + 1).is_some_and(|next| *next > b' ');
            is_inside && bytes[at - 1] != b' '
        }
        0xC2 => !matches!(bytes[at + 1], 0xA0 | 0xAD | 0x85),
        0xE1..=0xE3 | 0xEF => !may_be_odd(&bytes[at..at + 3]),
        _ => false,
    }
}

/// Is it a blank or an invisible character, or a neighbour of one?
fn may_be_odd(character: &[u8]) -> bool {
    matches!(
        character,
        [0xE1, 0x9A, 0x80]
            | [0xE2, 0x80, 0x80..=0x8F | 0xA8..=0xAF]
            | [0xE2, 0x81, 0x9F | 0xA0]
            | [0xE3, 0x80, 0x80]
            | [0xEF, 0xBB, 0xBF]
    )
}

/// Raised digits, so that a footnote mark is not read as part of the number before it.
pub(super) fn raised(text: &str) -> Cow<'_, str> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise = |c: char| c.to_digit(10).map_or(c, |digit| RAISED[digit as usize]);
    text.chars().map(raise).collect::<String>().into()
}

/// The mark of a footnote, as a page shows it.
pub(super) fn note_mark(label: &str) -> Cow<'_, str> {
    if label.bytes().all(|b| b.is_ascii_digit()) {
        raised(label)
    } else {
        "*".into()
    }
}

/// Takes no room on the page and joins no letters: zero-width space, word joiner, byte order
/// mark, soft hyphen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn blanks_are_as_a_browser_shows_them() {
        assert_eq!(tidy("  a \u{A0} b\t c "), "a b c");
        assert_eq!(tidy("\u{A0}"), "");
        assert_eq!(tidy("\n1. a \n  2. b\n\n"), "1. a\n2. b");
        assert_eq!(tidy("10\u{200B}01"), "1001");
    }
}
