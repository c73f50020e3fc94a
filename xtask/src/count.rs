//! Numbers of things, in words that fit the number.

/// `1 row`, `2 rows`.
///
/// ```
/// use errbook_cli::count::count;
/// assert_eq!(count(1, "code"), "1 code");
/// assert_eq!(count(0, "code"), "0 codes");
/// ```
#[must_use]
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
