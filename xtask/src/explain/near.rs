//! Suggests codes for a query that matches nothing: those with the most similar name or text.

use errbook_spec::{Code, Set, Spec};

use crate::explain::Book;
use crate::explain::name::is_number;
use crate::fold::search_key;

/// How many suggestions to show. Beyond the first few, suggestions are rarely what was meant.
const SUGGESTIONS: usize = 5;
/// Queries with more characters get no suggestions: they are not mistyped codes, and the time of a
/// comparison grows with the product of both lengths.
const MAX_QUERY_LENGTH: usize = 200;
/// The minimum similarity, from 0 to 1. It admits one wrong character of three (0.67)
/// and excludes names that only have some letters in common.
const MIN_SIMILARITY: f64 = 0.6;

/// A suggested code.
#[derive(Debug, Clone)]
pub struct Near<'a> {
    /// The vendor.
    pub spec: &'a Spec,
    /// The set.
    pub set: &'a Set,
    /// The code.
    pub code: &'a Code,
}

/// The codes most similar to a query, best first.
pub(super) fn similar_codes<'a>(book: &'a Book, query: &str) -> Vec<Near<'a>> {
    if query.chars().nth(MAX_QUERY_LENGTH).is_some() {
        return Vec::new();
    }
    let key = search_key(query);
    let score = |code: &Code| -> f64 {
        if is_number(query) {
            return strsim::normalized_damerau_levenshtein(query, &code.code);
        }
        let names = [&code.variant, &code.code]
            .into_iter()
            .chain(&code.symbol)
            .chain(&code.aliases);
        let names =
            names.map(|name| strsim::normalized_damerau_levenshtein(&key, &search_key(name)));
        let texts = code
            .message
            .values()
            .map(|text| strsim::sorensen_dice(&key, &search_key(text)));
        names.chain(texts).fold(0.0, f64::max)
    };
    let mut scored: Vec<_> = book
        .codes()
        .map(|(spec, set, code)| (score(code), Near { spec, set, code }))
        .collect();
    scored.retain(|(score, _)| *score >= MIN_SIMILARITY);
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    // Drop what is clearly worse than the best suggestion: a short number is similar to dozens of
    // others, and a typo is far closer to the code that was meant.
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    scored.retain(|(score, _)| *score >= best * 0.8);
    scored
        .into_iter()
        .take(SUGGESTIONS)
        .map(|(_, near)| near)
        .collect()
}
