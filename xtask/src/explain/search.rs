//! Finds codes: by what identifies them first, by words after that, and by likeness when nothing else is left.

use std::collections::BTreeSet;

use errbook_spec::{Code, Range, Set, Spec, Status, Wire};
use heck::{ToKebabCase, ToSnakeCase};

use crate::explain::Book;
use crate::explain::name::{begins_template, digits, identifies, is_number};
use crate::explain::near::{Near, near};
use crate::fold::search_key;

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found<'a> {
    /// Codes that the query identifies, then codes whose text is the query.
    pub exact: Vec<Hit<'a>>,
    /// Codes whose texts hold the query's words.
    pub partial: Vec<Hit<'a>>,
    /// Codes of vendors that were not asked about, where nothing of the one that was asked about matches.
    pub elsewhere: Vec<Hit<'a>>,
    /// What was perhaps meant, where nothing matches.
    pub near: Vec<Near<'a>>,
}

impl Found<'_> {
    /// Whether nothing matches, of those that were asked about.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.partial.is_empty()
    }
}

/// A code that matches, or a place for one that nobody documents.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// The vendor.
    pub spec: &'a Spec,
    /// The set.
    pub set: &'a Set,
    /// The code, unless it is an undocumented flag or only a range knows it.
    pub code: Option<&'a Code>,
    /// Why it matches.
    pub how: How<'a>,
}

/// Why a code matches.
#[derive(Debug, Clone, PartialEq)]
pub enum How<'a> {
    /// The query is its code.
    Code,
    /// The query is its symbol, with what it holds in the symbol's holes.
    Symbol(Vec<(String, String)>),
    /// The query is another text that decodes to it.
    Alias,
    /// The query is its Rust name, or an earlier one.
    Variant,
    /// The query is a combination of flags, and this is the one at this position from the left.
    Flag(usize),
    /// The query is a number in this class of codes.
    Range(&'a Range),
    /// The query is one of its texts.
    Text,
    /// The query is its number but for the sign and the zeros in front.
    Digits,
    /// The query is its symbol without the parameter.
    Template,
    /// The query is its kind.
    Kind,
    /// The query's words are in its texts.
    Words,
}

/// Whether a query has nothing to look for.
#[must_use]
pub fn is_blank(query: &str) -> bool {
    search_key(query).is_empty()
}

/// Finds everything that a query may mean.
#[must_use]
pub fn find<'a>(book: &'a Book, query: &str) -> Found<'a> {
    let query = query.trim();
    let mut found = Found::default();
    if is_blank(query) {
        return found;
    }
    found.exact.extend(hits(book, |spec, set, code| {
        identifies(&spec.vendor, set, code, query)
    }));
    found.exact.extend(flags(book, query));
    if found.exact.is_empty() {
        found.exact.extend(ranges(book, query));
        found.exact.extend(hits(book, |_, _, code| {
            has_digits(code, query).then_some(How::Digits)
        }));
        found.exact.extend(hits(book, |_, _, code| {
            begins_template(code, query).then_some(How::Template)
        }));
    }
    if found.exact.is_empty() {
        found.partial.extend(of_kind(book, query));
    }
    // A number inside a sentence is not what somebody means who asks for a number, nor a kind's codes together with
    // those whose texts happen to hold its name.
    if !is_number(query) && found.partial.is_empty() {
        by_words(book, query, &mut found);
    }
    if found.is_empty() {
        found.near = near(book, query);
    }
    found
}

/// Every code that something holds of.
fn hits<'a>(
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

/// Whether a code is this number but for the sign and the zeros in front.
fn has_digits(code: &Code, query: &str) -> bool {
    is_number(query) && is_number(&code.code) && digits(&code.code) == digits(query)
}

/// The codes of the kind that has this name, however its words are joined.
fn of_kind<'a>(book: &'a Book, query: &str) -> Vec<Hit<'a>> {
    if query.contains(' ') {
        return Vec::new();
    }
    let name = query.to_kebab_case();
    hits(book, |_, _, code| {
        code.kind
            .as_ref()
            .is_some_and(|kind| kind.value == name)
            .then_some(How::Kind)
    })
}

/// Each `1` of a combination that no code is by itself.
fn flags<'a>(book: &'a Book, query: &str) -> Vec<Hit<'a>> {
    if !query.bytes().all(|bit| matches!(bit, b'0' | b'1')) {
        return Vec::new();
    }
    let sets = book
        .specs
        .iter()
        .flat_map(|spec| spec.sets.iter().map(move |set| (spec, set)));
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

fn ranges<'a>(book: &'a Book, query: &str) -> Vec<Hit<'a>> {
    let Ok(number) = query.parse::<i64>() else {
        return Vec::new();
    };
    let mut hits = Vec::new();
    for (spec, set) in book
        .specs
        .iter()
        .flat_map(|spec| spec.sets.iter().map(move |set| (spec, set)))
    {
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

fn by_words<'a>(book: &'a Book, query: &str, found: &mut Found<'a>) {
    let key = search_key(query);
    // Each once, so that a page of one word takes no longer than the word.
    let words: BTreeSet<_> = key.split(' ').collect();
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
        match likeness(set, spec, code, &key, &words) {
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

/// How the words match, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Whole,
    Phrase,
    Words,
}

fn likeness(
    set: &Set,
    spec: &Spec,
    code: &Code,
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
    let tags = code.message.keys().chain(code.remedy.keys());
    let tags = tags.chain(code.said.keys());
    let mut best = None;
    for tag in tags.chain(std::iter::once(&spec.locale.value)) {
        let texts: Vec<_> = [&code.message, &code.remedy, &code.said]
            .into_iter()
            .filter_map(|texts| texts.get(tag))
            .collect();
        let texts: Vec<_> = texts.into_iter().map(|text| search_key(text)).collect();
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
