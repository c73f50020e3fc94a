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

/// The longest name of a feature, and of a crate, that crates.io takes.
pub const LONGEST_FEATURE: usize = 64;

/// Says what a vendor may be called.
pub const VENDOR_NAME_HELP: &str = "use lowercase letters, digits and single hyphens, starting with a \
                                    letter, for example `acme-pay`";

/// Whether a vendor, its folder, its feature and its module can be called so. No two such names
/// differ only in case, or in how a letter is encoded.
#[must_use]
pub fn is_vendor_name(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(is_letter))
}

/// Whether Windows takes a file name for a device, in any case and with any extension: `con.toml`.
#[must_use]
pub fn is_device(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || port.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
}

/// Says that a language cannot be the name of a file.
#[must_use]
pub fn device_message(tag: &str) -> String {
    format!("`{tag}` is a device name on Windows, and cannot be the language of a file")
}

/// Reports a text that is not a language tag in its canonical form.
pub fn check_language_tag(tag: &str, place: &Place, problems: &mut Problems) {
    if is_device(tag) {
        let message = device_message(tag);
        let help = "use a longer tag, with a region or a script";
        problems.push_with_help(place, message, help);
        return;
    }
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
    fn devices_are_known_in_any_case_and_with_any_extension() {
        for name in [
            "con", "CON", "Aux.toml", "nul.d.ts", "com1", "LPT9.md", "prn .md",
        ] {
            assert!(is_device(name), "{name}");
        }
        for name in [
            "con-codes",
            "com",
            "com0",
            "com10",
            "acon",
            "zh-CN",
            "console.md",
            "",
        ] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn invalid_characters_are_percent_encoded() {
        assert_eq!(percent_encoded("-5007"), "-5007");
        assert_eq!(percent_encoded("A:<key>/b c"), "A:%3Ckey%3E%2Fb%20c");
    }
}
