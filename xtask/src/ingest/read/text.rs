//! Rendered text as a browser shows it: blanks collapsed, invisible characters gone.

use std::borrow::Cow;

/// Collapses blanks, drops what has no width, and trims each line and the whole.
pub(super) fn tidy(text: &str) -> String {
    // Most cells are a word without any blank but at its ends.
    let bare = text.trim_matches([' ', '\t']);
    let is_plain = |b: u8| b.is_ascii_graphic();
    if bare.len() <= 64 && bare.bytes().all(is_plain) {
        return bare.to_owned();
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
    tidy
}

/// Raised digits, so that a footnote mark is not read as part of the number before it.
pub(super) fn raised(text: &str) -> Cow<'_, str> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise = |c: char| c.to_digit(10).map_or(c, |digit| RAISED[digit as usize]);
    text.chars().map(raise).collect::<String>().into()
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
