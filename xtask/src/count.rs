//! Formats counts with nouns: `1 code`, `2 codes`.

/// A number with its noun: `1 row`, `2 rows`.
///
/// ```
/// use errbook_cli::count::count;
///
/// assert_eq!(count(1, "code"), "1 code");
/// assert_eq!(count(0, "code"), "0 codes");
/// assert_eq!(count(2, "entry"), "2 entries");
/// ```
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {}", plural(number, noun))
}

/// The noun, in the plural unless the number is one.
///
/// ```
/// assert_eq!(errbook_cli::count::plural(2, "query"), "queries");
/// ```
#[must_use]
pub fn plural(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{noun}s"),
    }
}
