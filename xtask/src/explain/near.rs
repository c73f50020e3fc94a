//! What was perhaps meant, where nothing matches.

use errbook_spec::{Code, Set, Spec};

use crate::explain::Book;
use crate::explain::name::is_number;
use crate::fold::search_key;

/// How many near misses are worth a line.
const NEAR: usize = 5;
/// Nobody mistypes a code by writing a page; how alike two texts are takes time by the product of their lengths.
const LONGEST: usize = 200;
/// How alike two texts must be for one to be a near miss of the other.
const ALIKE: f64 = 0.6;

/// A code that was perhaps meant.
#[derive(Debug, Clone)]
pub struct Near<'a> {
    /// The vendor.
    pub spec: &'a Spec,
    /// The set.
    pub set: &'a Set,
    /// The code.
    pub code: &'a Code,
}

/// Codes that were perhaps meant: those that are most alike.
pub(super) fn near<'a>(book: &'a Book, query: &str) -> Vec<Near<'a>> {
    if query.chars().nth(LONGEST).is_some() {
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
    scored.retain(|(score, _)| *score >= ALIKE);
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    // Of codes that differ in their last digit only there may be dozens, none nearer than the others.
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    scored.retain(|(score, _)| *score >= best * 0.8);
    scored
        .into_iter()
        .take(NEAR)
        .map(|(_, near)| near)
        .collect()
}
