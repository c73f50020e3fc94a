//! Hints about the vendor's own strings: placeholders of other kinds, mixed scripts, and messages
//! that are nearly the same.

use errbook_ingest::CodeEntry;
use unicode_width::UnicodeWidthChar;

use crate::fold::heading_key;

/// How many examples of one kind a maintainer wants to see.
const SHOWN: usize = 5;

/// Comparing each message with each takes too long beyond this number.
const COMPARED: usize = 500;

/// The hints for all codes of a document, one line each.
pub(super) fn list_hints(entries: &[&CodeEntry<'_>]) -> Vec<String> {
    let mut hints = Vec::new();
    let mut mixed = Vec::new();
    hints.extend(placeholder_hint(entries));
    for entry in entries {
        let message = entry.message.as_deref().unwrap_or_default();
        let remedy = entry.remedy.as_deref().unwrap_or_default();
        for text in [message, remedy]
            .into_iter()
            .filter(|text| mixes_scripts(text))
        {
            mixed.push(format!(
                "line {}: whether the vendor's text is what was meant: `{}` mixes two scripts",
                entry.line,
                text.replace('\n', " ")
            ));
        }
    }
    hints.extend(mixed.into_iter().take(SHOWN));
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

/// `%s`, `%1$d`, `%.2f`, `%(name)s`, `{0}`, `{name}`, `${var}`, `<name>`, `:name`.
fn placeholders(text: &str) -> Vec<&str> {
    let starts = text.match_indices(['%', '{', '$', '<', ':']);
    let mut found: Vec<&str> = Vec::new();
    let mut end = 0;
    for (at, _) in starts {
        // `code:name` is not a placeholder.
        let is_inside = || text[..at].ends_with(|c: char| !c.is_whitespace() && c != '"');
        if at < end || text[at..].starts_with(':') && is_inside() {
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
    if let Some(rest) = text.strip_prefix(':') {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let begins = rest.starts_with(|c: char| c.is_ascii_lowercase());
        return (begins && end > 1).then_some(end + 1);
    }
    let rest = text.strip_prefix('%')?;
    // `1$` of `%1$d`, `(name)` of `%(name)s`, `.2` of `%.2f`, `l` of `%ld`.
    let mut format = rest;
    if let Some(named) = rest.strip_prefix('(') {
        format = &named[name(named, ')')? + 1..];
    } else {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        format = number
            .strip_prefix('$')
            .filter(|_| number.len() < rest.len())
            .unwrap_or(format);
        format = format.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        format = format.trim_start_matches('l');
    }
    // `100%` and `5% of` have no letter of a format right behind the sign.
    let is_format = format.starts_with(['s', 'd', 'i', 'u', 'f', 'x', 'v', '@']);
    let ends = !format
        .chars()
        .nth(1)
        .is_some_and(|c| c.is_ascii_alphanumeric());
    (is_format && ends).then_some(text.len() - format.len() + 1)
}

/// Whether a text is neither in one script nor in the other: `太 too low试`. A product's name or a
/// term within a sentence is usual; a few characters around several words are not.
fn mixes_scripts(text: &str) -> bool {
    let is_wide = |c: &char| c.is_alphabetic() && c.width() == Some(2);
    let wide = text.chars().filter(is_wide).count();
    let words = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()));
    let is_alike = |c: char| matches!(c, '\u{370}'..='\u{4FF}');
    let mut tokens = text.split(|c: char| !c.is_alphabetic());
    // A Greek or Cyrillic letter that looks like a Latin one: `Сode`.
    let has_mixed_word = tokens
        .any(|word| word.contains(is_alike) && word.contains(|c: char| c.is_ascii_alphabetic()));
    has_mixed_word || (1..=4).contains(&wide) && words.count() >= 2
}

/// Messages of different codes that differ in one or two characters, digits aside, or only in
/// whitespace, width, case or the punctuation at their end.
fn near_duplicates(entries: &[&CodeEntry<'_>]) -> Vec<String> {
    let is_end = |c: char| matches!(c, '.' | '!' | '。' | '！' | ' ');
    let texts: Vec<_> = entries
        .iter()
        .filter_map(|entry| Some((entry, entry.message.as_deref()?)))
        .filter(|(_, message)| message.len() < 600)
        .map(|(entry, message)| {
            (
                entry,
                message,
                heading_key(message.trim_end_matches(is_end)),
            )
        })
        .take(COMPARED)
        .collect();
    let mut hints = Vec::new();
    for (at, (entry, message, key)) in texts.iter().enumerate() {
        let letters = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        // One character of a few makes another word.
        let is_long = message.chars().count() >= 8;
        let is_near = |other: &str| {
            is_long
                && message.len().abs_diff(other.len()) <= 8
                && letters(message) != letters(other)
                && strsim::levenshtein(message, other) <= 2
        };
        let near = texts[..at].iter().find(|(_, other, other_key)| {
            message != other && (!key.is_empty() && key == other_key || is_near(other))
        });
        if let Some((other, text, _)) = near {
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
    use errbook_ingest::CodeEntry;

    use super::{mixes_scripts, near_duplicates, placeholders};

    #[test]
    fn placeholders_of_each_kind_are_found() {
        let text = "%s and %1$d of {0}, {name}, ${var} or <name>, :name, %(x)s, %ld, %.2f; \
                    100% of 5 < 6 {not this} a:b see: this 12:30 100%(a)";
        let expected = [
            "%s", "%1$d", "{0}", "{name}", "${var}", "<name>", ":name", "%(x)s", "%ld", "%.2f",
        ];
        assert_eq!(placeholders(text), expected);
    }

    #[test]
    fn messages_that_are_equal_but_for_their_width_are_near_duplicates() {
        let entry = |code: &'static str, message: &'static str| CodeEntry {
            code: code.into(),
            message: Some(message.into()),
            ..CodeEntry::default()
        };
        let entries = [
            entry("1", "余额不足"),
            entry("2", "余额不足！"),
            entry("3", "Access Denied"),
            entry("4", "access  denied."),
            entry("5", "超时"),
            entry("6", "超限"),
            entry("7", "第1次失败，请重试"),
            entry("8", "第2次失败，请重试"),
        ];
        let entries: Vec<_> = entries.iter().collect();
        let hints = near_duplicates(&entries);
        assert_eq!(hints.len(), 2, "{hints:?}");
        assert!(hints[0].contains("`1` and `2`") && hints[1].contains("`3` and `4`"));
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
