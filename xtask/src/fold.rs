//! Normalizes strings for comparison: removes differences in whitespace, character width, case and
//! heading numbers.

/// The text without whitespace, for checking that a quote occurs verbatim in the document.
#[must_use]
pub fn unspaced(text: &str) -> String {
    text.chars()
        .filter(|&letter| !is_whitespace(letter))
        .collect()
}

/// The key of a text in a translation file: ignores whitespace and the width of punctuation.
#[must_use]
pub fn text_key(text: &str) -> String {
    text.chars()
        .filter(|&letter| !is_whitespace(letter))
        .map(to_half_width)
        .collect()
}

/// The key that a search compares: lowercase, half-width words separated by single spaces.
#[must_use]
pub fn search_key(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(to_half_width)
        .flat_map(char::to_lowercase)
        .collect();
    folded
        .split(is_whitespace)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key of a heading or a column header: ignores whitespace, width and case.
#[must_use]
pub fn heading_key(heading: &str) -> String {
    text_key(heading).to_lowercase()
}

/// A heading without its leading number: `2.5 SDK 错误码说明` becomes `SDK 错误码说明`.
#[must_use]
pub fn unnumbered(heading: &str) -> &str {
    let heading = heading.trim();
    let open = heading.trim_start_matches(['(', '（', '[', '【']);
    let digits = open.trim_start_matches(|letter: char| {
        to_half_width(letter).is_ascii_digit() || to_half_width(letter) == '.'
    });
    let number = &open[..open.len() - digits.len()];
    let numerals = open.trim_start_matches(|letter| "一二三四五六七八九十".contains(letter));
    let rest = if is_numbering(number) && !digits.is_empty() {
        after_separator(number, digits, open.len() < heading.len())
    } else if numerals.len() < open.len() {
        numerals.strip_prefix(['、', '.', '．', ',', '，', ')', '）', ']', '】'])
    } else {
        None
    };
    rest.map(str::trim_start)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(heading)
}

/// Whether this is a heading number such as `2`, `2.`, `2.5` or `2.5.`. Its parts have at most two
/// digits: the three digits of `401 errors` are a code.
fn is_numbering(number: &str) -> bool {
    let number: String = number.chars().map(to_half_width).collect();
    let parts = number.strip_suffix('.').unwrap_or(&number).split('.');
    parts.into_iter().all(|part| (1..=2).contains(&part.len()))
}

fn after_separator<'a>(number: &str, rest: &'a str, in_brackets: bool) -> Option<&'a str> {
    let separated = rest.strip_prefix(['、', ')', '）', ']', '】', ':', '：']);
    // A dot in or after the number is a separator by itself; a bare `3` needs one: `3D` is a word.
    let dotted = number.chars().any(|letter| to_half_width(letter) == '.');
    separated
        .or_else(|| (dotted || (rest.starts_with(is_whitespace) && !in_brackets)).then_some(rest))
}

/// Whether this is whitespace, including the zero-width characters that Unicode does not count as
/// whitespace but that documents pasted from web pages contain.
pub(crate) fn is_whitespace(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// The half-width form of a letter or a punctuation mark.
pub(crate) fn to_half_width(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0)
            .expect("the full-width forms mirror ASCII from `!` to `~`"),
        '。' | '｡' => '.',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_heading_numbers_are_removed() {
        let cases = [
            ("2.人脸验证响应码", "人脸验证响应码"),
            ("2.5 SDK 错误码说明", "SDK 错误码说明"),
            ("8.1.2. Codes", "Codes"),
            ("1 Codes", "Codes"),
            ("1、错误码", "错误码"),
            ("十一、错误码", "错误码"),
            ("（一）错误码", "错误码"),
            ("(3) Codes", "Codes"),
            ("401 errors", "401 errors"),
            ("3D 错误码", "3D 错误码"),
            ("一般错误", "一般错误"),
            ("12", "12"),
            ("２．错误码", "错误码"),
        ];
        for (heading, bare) in cases {
            assert_eq!(unnumbered(heading), bare, "{heading}");
        }
    }

    #[test]
    fn text_keys_ignore_whitespace_and_width() {
        assert_eq!(
            text_key("比对源照片问题,无法解码 "),
            text_key("比对源照片问题， 无法解码")
        );
        assert_ne!(text_key("姓名"), text_key("名称"));
        assert_ne!(text_key("Id"), text_key("ID"));
    }
}
