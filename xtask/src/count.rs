//! Numbers of things, in words.

/// So many of a thing: `1 row`, `2 rows`.
///
/// ```
/// use errbook_cli::count::count;
///
/// assert_eq!(count(1, "code"), "1 code");
/// assert_eq!(count(0, "code"), "0 codes");
/// assert_eq!(count(2, "entry"), "2 entries");
/// ```
#[must_use]
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {}", plural(number, thing))
}

/// The name of a thing of which there are so many.
///
/// ```
/// assert_eq!(errbook_cli::count::plural(2, "query"), "queries");
/// ```
#[must_use]
pub fn plural(number: usize, thing: &str) -> String {
    match (number, thing.strip_suffix('y')) {
        (1, _) => thing.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{thing}s"),
    }
}
