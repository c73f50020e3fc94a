//! `Set.code` or `Set.code.symbol` to its parts and back; a part holding a dot or a blank is quoted.

use errbook_spec::{Code, Identity};

/// The parts of a reference, or nothing where a quote is not closed.
///
/// What follows the last part that was asked for belongs to it, dots and all, so that a symbol with a dot may do
/// without quotes.
#[must_use]
pub fn parts(reference: &str, at_most: usize) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = reference.trim();
    loop {
        let (part, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None if parts.len() + 1 == at_most => (rest, ""),
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        parts.push(part.to_owned());
        if after.is_empty() {
            return Some(parts);
        }
        rest = after.strip_prefix('.').filter(|_| parts.len() < at_most)?;
    }
}

/// Joins parts to a reference.
pub fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(part).collect::<Vec<_>>().join(".")
}

/// One part of a reference, quoted if it must be.
#[must_use]
pub fn part(name: &str) -> String {
    if name.is_empty() || name.contains('.') || name.contains(char::is_whitespace) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// What tells one code of a set from the others: the code, and its symbol where the set is identified by both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The code as the vendor writes it.
    pub code: String,
    /// The symbol, in a set that is identified by code and symbol.
    pub symbol: Option<String>,
}

impl Key {
    /// Reads `code` or `code.symbol`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = parts(text, 2)?.into_iter();
        Some(Self {
            code: parts.next()?,
            symbol: parts.next(),
        })
    }

    /// The key as a reference inside its set.
    #[must_use]
    pub fn reference(&self) -> String {
        join(std::iter::once(self.code.as_str()).chain(self.symbol.as_deref()))
    }
}

/// The key of a code in a set that is identified so.
#[must_use]
pub fn key(code: &Code, identity: Identity) -> Key {
    let symbol = code
        .symbol
        .as_ref()
        .filter(|_| identity == Identity::CodeAndSymbol);
    Key {
        code: code.code.value.clone(),
        symbol: symbol.map(|symbol| symbol.value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_goes_both_ways() {
        for (text, expected) in [
            ("FaceCode.-5007", vec!["FaceCode", "-5007"]),
            ("SdkCode.53000.NO_ID", vec!["SdkCode", "53000", "NO_ID"]),
            (
                "S.413.\"Request Entity Too Large\"",
                vec!["S", "413", "Request Entity Too Large"],
            ),
            ("S.\"1.2\".X", vec!["S", "1.2", "X"]),
        ] {
            assert_eq!(parts(text, 3).unwrap(), expected);
            assert_eq!(join(expected), text);
        }
        assert_eq!(parts("S.\"1", 3), None);
        assert_eq!(parts("S.1.A.B", 3).unwrap(), ["S", "1", "A.B"]);
    }
}
