//! A number that the vendor gave another meaning: what was released must not change it in silence.

use std::collections::BTreeSet;

use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Status, Texts};

use crate::diff::form_key;
use crate::overlay::{Entry, Same, SetOverlay};
use crate::reference::{Key, code_key};
use crate::regen::promised::Promised;

/// Words that say nothing about the error by themselves.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "are", "be", "been", "by", "for", "from", "has", "have", "in", "is", "it",
    "no", "not", "of", "on", "or", "that", "the", "this", "to", "was", "with", "you", "your",
];

/// How many letters of a word count: `authorized` and `authorization` are the same.
const STEM: usize = 6;

/// Reports codes that may have another meaning than before: nothing is left of their text, or they
/// were retired and are in the document again with other words. The overlay decides each.
pub(super) fn check_meanings(
    set: &Set,
    earlier: &[&Set],
    overlay: &SetOverlay,
    (promised, locale): (&Promised, &str),
    problems: &mut Problems,
) {
    let released = promised.sets_of(set);
    for code in set
        .codes
        .iter()
        .filter(|code| code.status == Status::Active)
    {
        let key = code_key(code, set.identity);
        let last = find_code(earlier, &key);
        let before = if promised.has_releases() {
            find_code(&released, &key)
        } else {
            last
        };
        let Some(before) = before else { continue };
        let mut states = last.into_iter().chain([before]);
        let was_retired = states.any(|code| code.status == Status::Retired);
        let entry = overlay.entries.iter().find(|entry| entry.key == key);
        let language = code.locale.as_ref().map_or(locale, |tag| tag.as_str());
        let new = text_in(&code.message, language);
        // Where the overlay or a translation file corrects the vendor's words, the spec has both.
        let olds = [
            text_in(&before.message, language),
            text_in(&before.said, language),
        ];
        let olds = || olds.iter().copied().filter(|old| !old.is_empty());
        let changed = if was_retired {
            olds().all(|old| form_key(old) != form_key(new))
        } else {
            olds().all(|old| nothing_is_left(old, new)) && remedy_differs(before, code, language)
        };
        let old = olds().next_back().filter(|_| changed && !new.is_empty());
        if let Some(old) = old.filter(|_| !is_decided(entry, before, new)) {
            report(set, code, (old, new), was_retired, problems);
        }
    }
}

/// The first code with this key in some states of a set.
fn find_code<'a>(sets: &[&'a Set], key: &Key) -> Option<&'a Code> {
    sets.iter().find_map(|set| {
        let mut codes = set.codes.iter();
        codes.find(|code| code_key(code, set.identity) == *key)
    })
}

fn text_in<'a>(texts: &'a Texts, language: &str) -> &'a str {
    let text = texts.get(language);
    text.map(|text| text.value.as_str()).unwrap_or_default()
}

fn remedy_differs(old: &Code, new: &Code, language: &str) -> bool {
    let [old, new] = [old, new].map(|code| code.remedy.get(language));
    match (old, new) {
        (Some(old), Some(new)) => form_key(old) != form_key(new),
        (old, new) => old.is_none() || old.is_some() != new.is_some(),
    }
}

/// Whether the overlay says that the error is the same, or names the new meaning.
fn is_decided(entry: Option<&Entry>, before: &Code, new: &str) -> bool {
    let Some(entry) = entry else { return false };
    let is_same = match &entry.same {
        Some(Same::Always(always)) => *always,
        Some(Same::Text(text)) => form_key(text) == form_key(new),
        None => false,
    };
    let is_renamed = (entry.variant.as_ref()).is_some_and(|variant| {
        *variant != before.variant && !entry.decided.was_variant.contains(&before.variant)
    });
    is_same || is_renamed
}

fn report(
    set: &Set,
    code: &Code,
    (old, new): (&str, &str),
    was_retired: bool,
    problems: &mut Problems,
) {
    let reference = format!(
        "{}.{}",
        set.name.value,
        code_key(code, set.identity).reference()
    );
    let why = if was_retired {
        "it was retired, and is in the document again with other words"
    } else {
        "nothing is left of its text"
    };
    let one_line = |text: &str| text.replace('\n', " / ");
    let message = format!(
        "`{reference}` may have another meaning: {why}: `{}` is now `{}`",
        one_line(old),
        one_line(new)
    );
    let text = toml_edit::Value::from(new).to_string();
    let help = format!(
        "if it is the same error, add `same = {}` to its entry in overlay.toml; if not, give the \
         new meaning a name of its own with `variant`",
        text.trim()
    );
    problems.push_with_help(&code.code.place, message, help);
}

/// Whether two texts have no word in common, or no two letters beside each other in a script that
/// does not separate words.
///
/// ```text
/// The side is not valid. / Specify BUY or SELL.        nothing is left
/// 查无此号 / 无此号照片                                 此号 is left
/// ```
fn nothing_is_left(old: &str, new: &str) -> bool {
    let [old, new] = [old, new].map(parts);
    !old.is_empty() && !new.is_empty() && old.is_disjoint(&new)
}

/// The words of a text, and the pairs of letters where words are not separated.
fn parts(text: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    let text = text.to_lowercase();
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().collect();
        if letters.iter().all(char::is_ascii) {
            if !letters.is_empty() && !EMPTY_WORDS.contains(&word) {
                parts.insert(letters.iter().take(STEM).collect());
            }
        } else {
            parts.extend(
                letters
                    .windows(2)
                    .map(|pair| pair.iter().collect::<String>()),
            );
            if let [single] = letters[..] {
                parts.insert(single.to_string());
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_or_two_letters_beside_each_other_are_left() {
        for (old, new, nothing) in [
            ("The side is not valid.", "Specify BUY or SELL.", true),
            ("group id not exist", "target in group blacklist", false),
            (
                "Unsupported order combination.",
                "Your account is being reviewed.",
                true,
            ),
            ("Not authorized.", "Authorization failed.", false),
            ("查无此号", "无此号照片", false),
            ("人脸检测失败", "账户余额不足", true),
            ("", "anything", false),
        ] {
            assert_eq!(nothing_is_left(old, new), nothing, "{old} / {new}");
        }
    }
}
