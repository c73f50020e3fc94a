//! Hints about the vendor's own strings: placeholders of other kinds, mixed scripts, and messages
//! that are nearly the same.

use errbook_ingest::CodeEntry;
use unicode_width::UnicodeWidthChar;

/// How many examples of one kind a maintainer wants to see.
const SHOWN: usize = 5;

/// Comparing each message with each takes too long beyond this number.
const COMPARED: usize = 500;

/// The hints for all codes of a document, one line each.
pub(super) fn list_hints(entries: &[&CodeEntry<'_>]) -> Vec<String> {
    let mut hints = Vec::new();
    hints.extend(placeholder_hint(entries));
    for entry in entries {
        let message = entry.message.as_deref().unwrap_or_default();
        if mixes_scripts(message) && hints.len() <= SHOWN {
            hints.push(format!(
                "line {}: whether the vendor's text is what was meant: `{}` mixes two scripts",
                entry.line,
                message.replace('\n', " ")
            ));
        }
    }
    hints.extend(near_duplicates(entries).into_iter().take(SHOWN));
    hints
}

/// Names the placeholders that the messages and remedies have, with one example of each.
fn placeholder_hint(entries: &[&CodeEntry<'_>]) -> Option<String> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for entry in entries {
        for text in [&entry.message, &entry.remedy].into_iter().flatten() {
            for placeholder in placeholders(text) {
                if found.iter().all(|(known, _)| known != placeholder) {
                    found.push((placeholder.to_owned(), entry.line));
                }
            }
        }
    }
    let number = found.len();
    let shown = found.into_iter().take(SHOWN);
    let mut list: Vec<_> = shown
        .map(|(placeholder, line)| format!("`{placeholder}` (line {line})"))
        .collect();
    if number > SHOWN {
        list.push(format!("{} more", number - SHOWN));
    }
    (number > 0).then(|| {
        format!(
            "whether these are placeholders that a program fills in; `params` names them: {}",
            list.join(", ")
        )
    })
}

/// `%s`, `%1$d`, `{0}`, `{name}`, `${var}`, `<name>`.
fn placeholders(text: &str) -> Vec<&str> {
    let starts = text.match_indices(['%', '{', '$', '<']);
    let mut found: Vec<&str> = Vec::new();
    let mut end = 0;
    for (at, _) in starts {
        if at < end {
            continue;
        }
        if let Some(len) = placeholder_len(&text[at..]) {
            end = at + len;
            found.push(&text[at..end]);
        }
    }
    found
}

/// The length of the placeholder that a text begins with.
fn placeholder_len(text: &str) -> Option<usize> {
    let name = |rest: &str, close: char| {
        let end = rest.find(close)?;
        let is_name = end > 0
            && end <= 40
            && rest[..end]
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':'));
        is_name.then_some(end)
    };
    if let Some(rest) = text.strip_prefix("${") {
        return Some(name(rest, '}')? + 3);
    }
    if let Some(rest) = text.strip_prefix('{') {
        return Some(name(rest, '}')? + 2);
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Some(name(rest, '>')? + 2);
    }
    let rest = text.strip_prefix('%')?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let position = usize::from(digits > 0 && rest[digits..].starts_with('$'));
    // `100%` and `5% of` have no letter of a format right behind the sign.
    let letter = if position == 1 { digits + 1 } else { 0 };
    let is_format = rest[letter..].starts_with(['s', 'd', 'i', 'u', 'f', 'x', 'v', '@']);
    let ends = !rest[letter..]
        .chars()
        .nth(1)
        .is_some_and(|c| c.is_ascii_alphanumeric());
    (is_format && ends).then_some(letter + 2)
}

/// Whether a text is neither in one script nor in the other: `太 too low试`. A product's name or a
/// term within a sentence is usual; a few characters around several words are not.
fn mixes_scripts(text: &str) -> bool {
    let is_wide = |c: &char| c.is_alphabetic() && c.width() == Some(2);
    let wide = text.chars().filter(is_wide).count();
    let words = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()));
    let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{4FF}');
    let mut tokens = text.split(|c: char| !c.is_alphabetic());
    // A letter of the other alphabet that looks the same: `Сode`.
    let has_mixed_word = tokens
        .any(|word| word.contains(is_cyrillic) && word.contains(|c: char| c.is_ascii_alphabetic()));
    has_mixed_word || (1..=4).contains(&wide) && words.count() >= 2
}

/// Messages of different codes that differ in one or two characters, digits aside.
fn near_duplicates(entries: &[&CodeEntry<'_>]) -> Vec<String> {
    let texts: Vec<_> = entries
        .iter()
        .filter_map(|entry| Some((entry, entry.message.as_deref()?)))
        .filter(|(_, message)| (8..200).contains(&message.chars().count()))
        .take(COMPARED)
        .collect();
    let mut hints = Vec::new();
    for (at, (entry, message)) in texts.iter().enumerate() {
        let letters = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        let is_near = |other: &str| {
            message.len().abs_diff(other.len()) <= 8
                && letters(message) != letters(other)
                && strsim::levenshtein(message, other) <= 2
        };
        let near = texts[..at].iter().find(|(_, other)| is_near(other));
        if let Some((other, text)) = near {
            hints.push(format!(
                "whether `{}` and `{}` mean the same: their messages (lines {} and {}) are nearly \
                 alike: `{}`",
                other.code,
                entry.code,
                other.line,
                entry.line,
                text.replace('\n', " ")
            ));
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::{mixes_scripts, placeholders};

    #[test]
    fn placeholders_of_each_kind_are_found() {
        let text = "%s and %1$d of {0}, {name}, ${var} or <name>; 100% of 5 < 6 {not this}";
        let expected = ["%s", "%1$d", "{0}", "{name}", "${var}", "<name>"];
        assert_eq!(placeholders(text), expected);
    }

    #[test]
    fn only_broken_texts_mix_scripts() {
        assert!(mixes_scripts("太 too low试"));
        assert!(mixes_scripts("\u{421}ode is invalid"));
        for text in [
            "请检查 API Key 是否正确",
            "token 无效",
            "request failed",
            "неверный token",
        ] {
            assert!(!mixes_scripts(text), "{text}");
        }
    }
}
