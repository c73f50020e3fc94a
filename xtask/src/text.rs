//! Small changes and checks of texts that several commands make.

use std::fmt::Write;

use errbook_spec::canonical_tag;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

/// A text on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// Reports a text that is not a language tag in its canonical form.
pub fn check_language_tag(tag: &str, place: &Place, problems: &mut Problems) {
    let help = match canonical_tag(tag) {
        Some(canonical) if canonical == tag => return,
        Some(canonical) => format!("write `{canonical}`"),
        None => "a tag starts with two or three letters, such as `ja`, `pt-BR` or `zh-Hant-TW`"
            .to_owned(),
    };
    problems.push_with_help(place, format!("`{tag}` is not a language tag"), help);
}

/// Encodes characters that are not valid in the fragment of an address, or that separate its parts,
/// as `%XX`.
#[must_use]
pub fn percent_encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b':' => {
                out.push(char::from(byte));
            }
            other => write!(out, "%{other:02X}").expect("writing to a String cannot fail"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_characters_are_percent_encoded() {
        assert_eq!(percent_encoded("-5007"), "-5007");
        assert_eq!(percent_encoded("A:<key>/b c"), "A:%3Ckey%3E%2Fb%20c");
    }
}
