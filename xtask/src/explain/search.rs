//! Searches the codes that match a query. Exact identifiers match first, then words of their texts.
//! If nothing matches, similar codes are suggested.

use std::collections::BTreeSet;

use errbook_spec::facts::{Fact, text_facts_of};
use errbook_spec::{Code, Range, Set, Spec, Status, Wire};
use heck::{ToKebabCase, ToSnakeCase};

use crate::explain::Book;
use crate::explain::name::{begins_template, identifies, is_number, significant_digits};
use crate::explain::near::{Near, similar_codes};
use crate::fold::search_key;

/// The results of a search.
#[derive(Debug, Clone, Default)]
pub struct Found<'a> {
    /// Codes that the query identifies, then codes with a text that equals the query.
    pub exact: Vec<Hit<'a>>,
    /// Codes whose texts contain the words of the query.
    pub partial: Vec<Hit<'a>>,
    /// Matches of other vendors, if the query is limited to one vendor and nothing of it matches.
    pub elsewhere: Vec<Hit<'a>>,
    /// Suggestions, if nothing matches.
    pub near: Vec<Near<'a>>,
}

impl Found<'_> {
    /// Whether no code of the requested vendors matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.partial.is_empty()
    }
}

/// A code that matches, or a range or flag that matches an undocumented code.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// The vendor.
    pub spec: &'a Spec,
    /// The set.
    pub set: &'a Set,
    /// The code; `None` for an undocumented flag, or if only a range contains the number.
    pub code: Option<&'a Code>,
    /// How it matches.
    pub how: How<'a>,
}

/// How a query matches a code.
#[derive(Debug, Clone, PartialEq)]
pub enum How<'a> {
    /// The query is its code.
    Code,
    /// The query is its symbol; with the names and values of the template's parameters.
    Symbol(Vec<(String, String)>),
    /// The query is an alias or a former spelling of the code.
    Alias,
    /// The query is its Rust name, or a former one.
    Variant,
    /// The query is a combination of flags that includes this one; with its 1-based position from
    /// the left.
    Flag(usize),
    /// The query is a number in this range.
    Range(&'a Range),
    /// The query is one of its texts.
    Text,
    /// The query is its number, apart from sign and leading zeros.
    Digits,
    /// The query is the part of its symbol before the first parameter.
    Template,
    /// The query is its kind.
    Kind,
    /// Its texts contain every word of the query.
    Words,
}

/// Whether a query is empty or whitespace.
#[must_use]
pub fn is_empty_query(query: &str) -> bool {
    search_key(query).is_empty()
}

/// Finds every code that matches a query.
#[must_use]
pub fn find<'a>(book: &'a Book, query: &str) -> Found<'a> {
    let query = query.trim();
    let mut found = Found::default();
    if is_empty_query(query) {
        return found;
    }
    found.exact.extend(matching_codes(book, |spec, set, code| {
        identifies(&spec.vendor, set, code, query)
    }));
    found.exact.extend(flag_hits(book, query));
    if found.exact.is_empty() {
        found.exact.extend(range_hits(book, query));
        found.exact.extend(matching_codes(book, |_, _, code| {
            has_digits(code, query).then_some(How::Digits)
        }));
        found.exact.extend(matching_codes(book, |_, _, code| {
            begins_template(code, query).then_some(How::Template)
        }));
    }
    if found.exact.is_empty() {
        found.partial.extend(kind_hits(book, query));
    }
    // A number must not match texts that mention it, and the name of a kind must not match texts
    // that happen to contain it.
    if !is_number(query) && found.partial.is_empty() {
        search_words(book, query, &mut found);
    }
    if found.is_empty() {
        found.near = similar_codes(book, query);
    }
    found
}

/// Every code for which `how` returns a match.
fn matching_codes<'a>(
    book: &'a Book,
    how: impl Fn(&Spec, &Set, &Code) -> Option<How<'static>>,
) -> Vec<Hit<'a>> {
    let hit = |(spec, set, code): (&'a Spec, &'a Set, &'a Code)| {
        Some(Hit {
            spec,
            set,
            code: Some(code),
            how: how(spec, set, code)?,
        })
    };
    book.codes().filter_map(hit).collect()
}

/// Whether a code is the same number, apart from sign and leading zeros.
fn has_digits(code: &Code, query: &str) -> bool {
    is_number(query)
        && is_number(&code.code)
        && significant_digits(&code.code) == significant_digits(query)
}

/// The codes of the kind with this name, in any case style: `NameMismatch` or `name-mismatch`.
fn kind_hits<'a>(book: &'a Book, query: &str) -> Vec<Hit<'a>> {
    if query.contains(' ') {
        return Vec::new();
    }
    let name = query.to_kebab_case();
    matching_codes(book, |_, _, code| {
        code.kind
            .as_ref()
            .is_some_and(|kind| kind.value == name)
            .then_some(How::Kind)
    })
}

/// A hit for each `1` of a combination of flags that is not itself a code.
fn flag_hits<'a>(book: &'a Book, query: &str) -> Vec<Hit<'a>> {
    if !query.bytes().all(|bit| matches!(bit, b'0' | b'1')) {
        return Vec::new();
    }
    let sets = book.sets();
    let fits = |set: &Set| {
        let width = set.codes.first().map(|code| code.code.len());
        set.wire == Wire::Flags
            && width == Some(query.len())
            && !set.codes.iter().any(|code| *code.code == query)
    };
    let fitting = sets.filter(|(_, set)| fits(set));
    let each = fitting.flat_map(|(spec, set)| {
        let bits = query.bytes().enumerate().filter(|(_, bit)| *bit == b'1');
        bits.map(move |(at, _)| {
            let code = set
                .codes
                .iter()
                .find(|code| code.code.as_bytes().get(at) == Some(&b'1'));
            Hit {
                spec,
                set,
                code,
                how: How::Flag(at + 1),
            }
        })
    });
    each.collect()
}

fn range_hits<'a>(book: &'a Book, query: &str) -> Vec<Hit<'a>> {
    let Ok(number) = query.parse::<i64>() else {
        return Vec::new();
    };
    let mut hits = Vec::new();
    for (spec, set) in book.sets() {
        let ends = |range: &Range| {
            Some((
                range.from.parse::<i64>().ok()?,
                range.to.parse::<i64>().ok()?,
            ))
        };
        let holding =
            |range: &&Range| ends(range).is_some_and(|(from, to)| (from..=to).contains(&number));
        let ranges = set.ranges.iter().filter(holding);
        hits.extend(ranges.map(|range| Hit {
            spec,
            set,
            code: None,
            how: How::Range(range),
        }));
    }
    hits
}

fn search_words<'a>(book: &'a Book, query: &str, found: &mut Found<'a>) {
    let key = search_key(query);
    // Without duplicates, so that a long query that repeats one word is not slow.
    let words: BTreeSet<_> = key.split(' ').collect();
    let text_facts: Vec<_> = text_facts_of::<Code>().collect();
    let mut partial = Vec::new();
    for (spec, set, code) in book.codes() {
        let known = |hit: &Hit<'_>| hit.code.is_some_and(|other| std::ptr::eq(other, code));
        if found.exact.iter().any(known) {
            continue;
        }
        let hit = |how| Hit {
            spec,
            set,
            code: Some(code),
            how,
        };
        match match_words((spec, set, code), &text_facts, &key, &words) {
            Some(Match::Whole) => found.exact.push(hit(How::Text)),
            Some(rank) => partial.push((rank, hit(How::Words))),
            None => {}
        }
    }
    partial.sort_by_key(|(rank, hit)| {
        (
            *rank,
            hit.code.is_some_and(|code| code.status == Status::Retired),
        )
    });
    found.partial = partial.into_iter().map(|(_, hit)| hit).collect();
}

/// How the words match, from best to worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Whole,
    Phrase,
    Words,
}

fn match_words(
    (spec, set, code): (&Spec, &Set, &Code),
    text_facts: &[&Fact],
    key: &str,
    words: &BTreeSet<&str>,
) -> Option<Match> {
    let mut names = vec![code.variant.to_snake_case().replace('_', " ")];
    names.extend(
        code.symbol
            .iter()
            .map(|symbol| symbol.to_lowercase().replace('_', " ")),
    );
    names.extend(code.kind.iter().map(|kind| kind.replace('-', " ")));
    let section = set
        .sections
        .iter()
        .find(|section| Some(&section.id) == code.section.as_ref());
    let facts: Vec<_> = text_facts
        .iter()
        .filter_map(|fact| fact.texts(code))
        .collect();
    let mut tags: BTreeSet<&String> = facts.iter().flat_map(|texts| texts.keys()).collect();
    tags.insert(&spec.locale.value);
    let mut best = None;
    for tag in tags {
        let texts = facts.iter().filter_map(|texts| texts.get(tag));
        let texts: Vec<_> = texts.map(|text| search_key(text)).collect();
        let title = section
            .and_then(|section| section.title.get(tag))
            .map(|title| search_key(title));
        let all = || texts.iter().chain(&names).chain(&title);
        let found = if texts.iter().any(|text| text == key) {
            Some(Match::Whole)
        } else if texts.iter().chain(&names).any(|text| text.contains(key)) {
            Some(Match::Phrase)
        } else {
            words
                .iter()
                .all(|word| all().any(|text| text.contains(word)))
                .then_some(Match::Words)
        };
        best = best.into_iter().chain(found).min();
    }
    best
}
