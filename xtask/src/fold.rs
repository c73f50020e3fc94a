//! Two texts in, and whether a person would call them the same: blanks, width, case and numbering folded away.

/// The text without any blank, for looking up what must stand in the document word for word.
#[must_use]
pub fn unspaced(text: &str) -> String {
    text.chars().filter(|&letter| !is_blank(letter)).collect()
}

/// The key of a text in a dictionary of messages: blanks and the width of punctuation do not count.
#[must_use]
pub fn text_key(text: &str) -> String {
    text.chars()
        .filter(|&letter| !is_blank(letter))
        .map(narrow)
        .collect()
}

/// What a search compares: words in one case and one width, one blank between them.
#[must_use]
pub fn search_key(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect();
    folded
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key of a heading or a header as it stands: blanks, width and case do not count.
#[must_use]
pub fn heading_key(heading: &str) -> String {
    text_key(heading).to_lowercase()
}

/// A heading without the number in front of it: `2.5 SDK 错误码说明` is `SDK 错误码说明`.
#[must_use]
pub fn unnumbered(heading: &str) -> &str {
    let heading = heading.trim();
    let open = heading.trim_start_matches(['(', '（', '[', '【']);
    let digits = open.trim_start_matches(|letter: char| {
        narrow(letter).is_ascii_digit() || narrow(letter) == '.'
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

/// `2`, `2.`, `2.5`, `2.5.`: parts of at most two digits. `401` is a code and no number of a heading.
fn is_numbering(number: &str) -> bool {
    let number: String = number.chars().map(narrow).collect();
    let parts = number.strip_suffix('.').unwrap_or(&number).split('.');
    parts.into_iter().all(|part| (1..=2).contains(&part.len()))
}

fn after_separator<'a>(number: &str, rest: &'a str, in_brackets: bool) -> Option<&'a str> {
    let separated = rest.strip_prefix(['、', ')', '）', ']', '】', ':', '：']);
    // A dot in or behind the number is a separator by itself; a bare `3` needs one, for `3D` is a word.
    let dotted = number.chars().any(|letter| narrow(letter) == '.');
    separated.or_else(|| (dotted || (rest.starts_with(is_blank) && !in_brackets)).then_some(rest))
}

/// Blanks of every kind, those without a width too.
pub(crate) fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// The half-width form of a letter or a mark.
pub(crate) fn narrow(letter: char) -> char {
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
    fn numbering_of_every_kind_goes_and_nothing_else() {
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
    fn a_text_is_the_same_whatever_its_blanks_and_width() {
        assert_eq!(
            text_key("比对源照片问题,无法解码 "),
            text_key("比对源照片问题， 无法解码")
        );
        assert_ne!(text_key("姓名"), text_key("名称"));
        assert_ne!(text_key("Id"), text_key("ID"));
    }
}
