//! Splits references such as `Set.code` or `Set.code.symbol` into parts, and joins parts into
//! references. Parts that contain a dot or whitespace are quoted.

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::{Code, Identity, Set, Spec, other_vendor};

/// The parts of a reference, or `None` if a quote is not closed.
///
/// The last part includes everything after it, even dots: a symbol that contains a dot does not
/// need quotes.
#[must_use]
pub fn split_reference(reference: &str, at_most: usize) -> Option<Vec<String>> {
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

/// A reference to a code that may be another vendor's: `Set.code`, `Set.code.symbol`, or
/// `vendor/Set.code`.
pub(crate) struct CodeReference<'a> {
    pub(crate) vendor: &'a str,
    pub(crate) set: String,
    pub(crate) code: String,
    symbol: Option<String>,
}

impl<'a> CodeReference<'a> {
    /// Parses a reference in the spec of a vendor.
    pub(crate) fn parse(vendor: &'a str, reference: &'a str) -> Option<Self> {
        let (vendor, reference) = other_vendor(reference).unwrap_or((vendor, reference));
        let mut parts = split_reference(reference, 3)?.into_iter();
        Some(Self {
            vendor,
            set: parts.next()?,
            code: parts.next()?,
            symbol: parts.next(),
        })
    }

    /// Whether it is to this code of its set.
    pub(crate) fn is_to(&self, code: &str, symbol: Option<&str>) -> bool {
        self.code == code && (self.symbol.is_none() || self.symbol.as_deref() == symbol)
    }
}

/// The code of a set that has a key.
pub(crate) fn find_code<'a>(set: &'a Set, key: &Key) -> Option<&'a Code> {
    let mut codes = set.codes.iter();
    codes.find(|code| code_key(code, set.identity) == *key)
}

/// The codes of these sets by their keys: of several with the same key, the first.
pub(crate) fn codes_by_key<'a>(sets: impl IntoIterator<Item = &'a Set>) -> BTreeMap<Key, &'a Code> {
    let mut by_key = BTreeMap::new();
    for set in sets {
        for code in &set.codes {
            by_key.entry(code_key(code, set.identity)).or_insert(code);
        }
    }
    by_key
}

/// Joins parts into a reference.
pub fn join_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts
        .into_iter()
        .map(quote_part)
        .collect::<Vec<_>>()
        .join(".")
}

/// One part of a reference, quoted if necessary.
#[must_use]
pub fn quote_part(name: &str) -> String {
    if name.is_empty() || name.contains('.') || name.contains(char::is_whitespace) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// What identifies a code in its set: the code, and the symbol if the set is identified by both. A
/// former meaning of these is identified by its name, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The code as the vendor writes it.
    pub code: String,
    /// The symbol, if the set is identified by code and symbol.
    pub symbol: Option<String>,
    /// The variant, if the code is a former meaning.
    pub former: Option<String>,
}

impl Key {
    /// Parses `code` or `code.symbol`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = split_reference(text, 2)?.into_iter();
        Some(Self {
            code: parts.next()?,
            symbol: parts.next(),
            former: None,
        })
    }

    /// The same code and symbol, for what they mean now.
    #[must_use]
    pub fn now(&self) -> Self {
        Self {
            former: None,
            ..self.clone()
        }
    }

    /// The same code and symbol, for a former meaning.
    #[must_use]
    pub fn formerly(&self, variant: &str) -> Self {
        Self {
            former: Some(variant.to_owned()),
            ..self.clone()
        }
    }

    /// The key as a reference within its set: a former meaning has that of what it means now.
    #[must_use]
    pub fn reference(&self) -> String {
        join_parts(std::iter::once(self.code.as_str()).chain(self.symbol.as_deref()))
    }
}

/// The key of a code in a set with this identity.
#[must_use]
pub fn code_key(code: &Code, identity: Identity) -> Key {
    let symbol = code
        .symbol
        .as_ref()
        .filter(|_| identity == Identity::CodeAndSymbol);
    Key {
        code: code.code.value.clone(),
        symbol: symbol.map(|symbol| symbol.value.clone()),
        former: code.is_former().then(|| code.variant.value.clone()),
    }
}

/// The name of a set, and its former names.
pub(crate) fn names_of(set: &Set) -> impl Iterator<Item = &str> {
    std::iter::once(&set.name)
        .chain(&set.was)
        .map(|name| name.value.as_str())
}

/// The states of a set in a spec, under any of its names.
pub(crate) fn sets_like<'a>(spec: &'a Spec, set: &Set) -> Vec<&'a Set> {
    let names: BTreeSet<_> = names_of(set).collect();
    let is_same = |other: &&Set| names_of(other).any(|name| names.contains(name));
    spec.sets.iter().filter(is_same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_round_trip() {
        for (text, expected) in [
            ("FaceCode.-5007", vec!["FaceCode", "-5007"]),
            ("SdkCode.53000.NO_ID", vec!["SdkCode", "53000", "NO_ID"]),
            (
                "S.413.\"Request Entity Too Large\"",
                vec!["S", "413", "Request Entity Too Large"],
            ),
            ("S.\"1.2\".X", vec!["S", "1.2", "X"]),
        ] {
            assert_eq!(split_reference(text, 3).unwrap(), expected);
            assert_eq!(join_parts(expected), text);
        }
        assert_eq!(split_reference("S.\"1", 3), None);
        assert_eq!(split_reference("S.1.A.B", 3).unwrap(), ["S", "1", "A.B"]);
    }
}
