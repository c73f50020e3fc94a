//! A cell with a fixed set of meanings in, its meaning out: yes or no, billed or free, how serious.
//!
//! The words are data: `words/values.toml`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::extraction::Severity;

/// Whether a cell under this header says that the call is billed; `None` if it says neither.
pub(crate) fn billing(header: &str, cell: &str) -> Option<bool> {
    match meaning(cell)? {
        "yes" => Some(!asks_if_free(header)),
        "no" => Some(asks_if_free(header)),
        "billed" => Some(true),
        "free" => Some(false),
        _ => None,
    }
}

/// Whether a cell under this header says that a caller may send the request again.
pub(crate) fn retry(header: &str, cell: &str) -> Option<bool> {
    match meaning(cell)? {
        "yes" => Some(!asks_if_useless(header)),
        "no" => Some(asks_if_useless(header)),
        "retryable" => Some(true),
        "not-retryable" => Some(false),
        _ => None,
    }
}

/// How serious a cell under this header says that a code is.
pub(crate) fn severity(header: &str, cell: &str) -> Option<Severity> {
    match meaning(cell)? {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        // `Fatal: yes`; what is not fatal may be an error or not.
        "yes" if asks_if_useless(header) => Some(Severity::Error),
        _ => None,
    }
}

/// Whether these are the words for a code that the vendor no longer uses.
pub(crate) fn is_withdrawn(words: &str) -> bool {
    // `已废弃。`, `deprecated since 2.1`, `removed in v3`.
    let words = words
        .trim()
        .trim_end_matches(['.', '。', '!', '！'])
        .trim_end();
    if meaning(words) == Some("withdrawn") {
        return true;
    }
    let dated = [
        " since ", " in ", " as of ", " from ", " seit ", " desde ", " depuis ", " с ",
    ]
    .iter()
    .filter_map(|mark| words.split_once(mark));
    let mut dated = dated.filter(|(_, when)| when.split_whitespace().count() <= 3);
    dated.any(|(word, _)| meaning(word) == Some("withdrawn"))
}

fn meaning(cell: &str) -> Option<&'static str> {
    // No word of the list is longer, in bytes.
    if cell.len() > 64 {
        return None;
    }
    words().get(fold(cell).as_str()).copied()
}

/// Whether a header asks if the call is free. `Not charged` does, although it contains `charged`.
fn asks_if_free(header: &str) -> bool {
    let header = fold(header);
    without_words(&header, "free").is_some_and(|rest| without_words(&rest, "billed").is_none())
}

fn asks_if_useless(header: &str) -> bool {
    without_words(&fold(header), "permanent-header").is_some()
}

/// A folded header without the words that the key lists; `None` if it has none of them.
fn without_words(header: &str, key: &str) -> Option<String> {
    let mut rest = header.to_owned();
    let mut is_found = false;
    for (_, word) in listed().filter(|(listed, _)| *listed == key) {
        while let Some(at) = find_word(&rest, word) {
            rest.replace_range(at..at + word.len(), " ");
            is_found = true;
        }
    }
    is_found.then_some(rest)
}

/// Finds a word: in scripts with spaces, a whole one.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let mut places = text.match_indices(word).map(|(at, _)| at);
    places.find(|&at| {
        !word.is_ascii()
            || !text[..at].ends_with(char::is_alphanumeric)
                && !text[at + word.len()..].starts_with(char::is_alphanumeric)
    })
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Each word of a cell with the key that lists it.
fn words() -> &'static HashMap<&'static str, &'static str> {
    static WORDS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    WORDS.get_or_init(|| {
        listed()
            .filter(|(key, _)| !key.ends_with("-header"))
            .map(|(key, word)| (word, key))
            .collect()
    })
}

/// The key and the word of each item of the lists, which have a line each.
fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../words/values.toml")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .flat_map(|(key, list)| {
            list.split('"')
                .skip(1)
                .step_by(2)
                .map(move |word| (key, word))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_asks_for_the_opposite_inverts_the_answer() {
        assert_eq!(billing("Charged", "No"), Some(false));
        assert_eq!(billing("Free", "No"), Some(true));
        assert_eq!(billing("是否免费", "是"), Some(false));
        assert_eq!(billing("是否收费", "是"), Some(true));
        assert_eq!(billing("不收费", "是"), Some(false));
        assert_eq!(billing("Not charged", "yes"), Some(false));
        assert_eq!(retry("Permanent", "yes"), Some(false));
        assert_eq!(severity("Fatal", "yes"), Some(Severity::Error));
        assert_eq!(severity("Fatal", "no"), None);
    }

    #[test]
    fn a_word_has_one_meaning() {
        let cells = listed().filter(|(key, _)| !key.ends_with("-header"));
        let mut seen = std::collections::BTreeMap::new();
        for (key, word) in cells {
            assert_eq!(word, fold(word), "words are written in lower case");
            let before = seen.insert(word, key);
            assert_eq!(before, None, "`{word}` is listed twice");
        }
    }

    #[test]
    fn only_whole_cells_have_a_meaning() {
        for cell in ["no charge yet", "free?", "not", "yes, once", ""] {
            assert_eq!(billing("Charged", cell), None, "{cell}");
        }
    }
}
