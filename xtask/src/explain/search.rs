//! A query in, the codes of a book that it asks for out, as cards show them: with the values of
//! parameters and the positions of flags.

use errbook_spec::{Code, Range, Set, Spec};

use crate::book::Book;
use crate::explain::name::{closest_params, normalized_query};
use crate::fold::search_key;
use crate::search::{Engine, How, Index, Match, Target, chunks};

/// More codes than a terminal shows, and than a program asks for.
const MOST: usize = 1000;
/// How many suggestions to show. Beyond the first few, suggestions are rarely what was meant.
const SUGGESTIONS: usize = 5;

/// The results of a search.
#[derive(Debug, Clone, Default)]
pub struct Found<'a> {
    /// Codes that the query identifies, and codes with a text that equals the query.
    pub exact: Vec<Hit<'a>>,
    /// Codes that fit less of the query, or only its words.
    pub partial: Vec<Hit<'a>>,
    /// Matches of other vendors, if the query is limited to one vendor that does not answer it.
    pub elsewhere: Vec<Hit<'a>>,
    /// Codes that only have the same digits, behind other letters or another sign.
    pub same_digits: Vec<Hit<'a>>,
    /// Whether nothing labels or names a code, so that the numbers of the query are codes only
    /// perhaps.
    pub is_guess: bool,
    /// Whether the query is a text that holds more than what is asked for, such as a line of a log.
    pub is_long: bool,
    /// Suggestions, if nothing matches.
    pub near: Vec<Hit<'a>>,
    /// The numbers and labelled symbols that the query asks for and that no vendor documents.
    pub undocumented: Vec<String>,
    /// The other words of a short query that none of the codes has.
    pub unknown: Vec<String>,
    /// The kinds whose text for users the query is.
    pub kinds: Vec<String>,
    /// The combinations of flags in the query: as they are written, and with the leading zeros that
    /// a spreadsheet removes.
    pub combinations: Vec<(String, String)>,
}

impl Found<'_> {
    /// Whether no code of the requested vendors matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.partial.is_empty()
    }

    /// Whether a code or a range answers the query: codes that share words with an undocumented
    /// number do not, nor does a note that mentions it.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        let is_documented = |hit: &Hit<'_>| {
            let is_rest = hit.how == How::Text && !self.undocumented.is_empty();
            !is_rest && hit.numbers.is_empty() && (hit.code.is_some() || hit.range.is_some())
        };
        !self.is_guess && self.exact.iter().any(is_documented)
            || (!self.is_guess && self.undocumented.is_empty() && !self.partial.is_empty())
    }
}

/// A code that matches, or a range, a flag or a note that matches an undocumented code.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// The vendor.
    pub spec: &'a Spec,
    /// The set.
    pub set: &'a Set,
    /// The code; `None` for an undocumented flag, or if only a range or a note has the number.
    pub code: Option<&'a Code>,
    /// How it matches.
    pub how: How,
    /// The range that contains the number.
    pub range: Option<&'a Range>,
    /// The names and values of the parameters of its symbol, if the query contains them.
    pub params: Vec<(String, String)>,
    /// The combination of flags in the query, and the 1-based position of this one from the left.
    pub flag: Option<(String, usize)>,
    /// The undocumented numbers that its note mentions.
    pub numbers: Vec<String>,
}

/// Whether a query is empty or whitespace.
#[must_use]
pub fn is_empty_query(query: &str) -> bool {
    search_key(query).is_empty()
}

/// Finds every code that matches a query. To ask several queries of one book, make a [`Finder`].
#[must_use]
pub fn find<'a>(book: &'a Book, query: &str) -> Found<'a> {
    let index = Index::of(book);
    Finder::new(book, &Engine::new(&index)).find(query)
}

/// Finds codes of one book.
#[derive(Debug)]
pub struct Finder<'a, 'e> {
    engine: &'e Engine<'e>,
    sets: Vec<(&'a Spec, &'a Set)>,
}

impl<'a, 'e> Finder<'a, 'e> {
    /// Searches a book with the engine of its index.
    #[must_use]
    pub fn new(book: &'a Book, engine: &'e Engine<'e>) -> Self {
        Self {
            engine,
            sets: book.sets().collect(),
        }
    }

    /// Finds every code that matches a query.
    #[must_use]
    pub fn find(&self, query: &str) -> Found<'a> {
        let matches = self.engine.find(query, MOST);
        let kinds = matches.kinds.iter();
        let mut found = Found {
            undocumented: matches.undocumented.clone(),
            unknown: matches.unknown.clone(),
            is_guess: matches.is_guess,
            is_long: matches.is_long,
            kinds: kinds
                .map(|kind| self.engine.kind(*kind).to_owned())
                .collect(),
            ..Found::default()
        };
        let best = matches.matches.first().map_or(0, |best| best.score);
        for one in &matches.matches {
            let hit = self.hit(one, query, &matches.undocumented);
            let is_best = one.score * 5 >= best * 4;
            match one.how {
                How::Near | How::Prefix => found.near.push(hit),
                How::SameDigits => found.same_digits.push(hit),
                How::Words | How::Kind | How::Scope => found.partial.push(hit),
                _ if is_best => found.exact.push(hit),
                _ => found.partial.push(hit),
            }
        }
        drop_templates_of_values(&mut found, query);
        self.add_undocumented_flags(query, &mut found);
        if found.is_empty() {
            found.near.truncate(SUGGESTIONS);
        } else {
            found.partial.append(&mut found.near);
        }
        found
    }

    fn hit(&self, found: &Match, query: &str, undocumented: &[String]) -> Hit<'a> {
        let (Target::Code(at, _) | Target::Set(at) | Target::Range(at, _)) = found.target;
        let (spec, set) = self.sets[at];
        let mut hit = Hit {
            spec,
            set,
            code: None,
            how: found.how,
            range: None,
            params: Vec::new(),
            flag: None,
            numbers: Vec::new(),
        };
        if found.how == How::Note {
            let mentioned = |number: &&String| self.engine.mentions(found.target, number);
            hit.numbers = undocumented.iter().filter(mentioned).cloned().collect();
        }
        match found.target {
            Target::Code(_, code) => {
                let code = &set.codes[code];
                hit.code = Some(code);
                hit.params = received_params(code, query);
            }
            Target::Range(_, range) => hit.range = Some(&set.ranges[range]),
            Target::Set(_) => {}
        }
        hit
    }

    /// Adds the positions of a combination of flags that the document does not name, and sorts its
    /// flags by position.
    fn add_undocumented_flags(&self, query: &str, found: &mut Found<'a>) {
        let is_flag = |hit: &Hit<'_>| hit.how == How::Flag;
        if !found.exact.iter().any(is_flag) {
            return;
        }
        found.exact.retain(|hit| !is_flag(hit));
        for (set, number, bits) in self.engine.combinations(query) {
            let (spec, set) = self.sets[set];
            found.exact.extend(flag_hits(spec, set, &bits));
            found.combinations.push((number, bits));
        }
    }
}

/// Drops the template of a symbol that also has a code of its own, which a program decodes it to.
fn drop_templates_of_values(found: &mut Found<'_>, query: &str) {
    let number = |hit: &Hit<'_>| {
        let code = hit.code.map(|code| code.code.value.clone());
        (std::ptr::from_ref(hit.set), code)
    };
    let query = normalized_query(query);
    let is_literal = |hit: &&Hit<'_>| {
        let code = hit.code.into_iter();
        let mut names = code.flat_map(|code| code.symbol.iter().chain(&code.aliases));
        names.any(|name| name.eq_ignore_ascii_case(&query))
    };
    let hits = found.exact.iter().chain(&found.partial);
    let literal: Vec<_> = hits.filter(is_literal).map(number).collect();
    let is_kept = |hit: &Hit<'_>| hit.params.is_empty() || !literal.contains(&number(hit));
    found.exact.retain(is_kept);
    found.partial.retain(is_kept);
}

/// A hit for each `1` of a combination of flags.
fn flag_hits<'a>(spec: &'a Spec, set: &'a Set, bits: &str) -> impl Iterator<Item = Hit<'a>> {
    let set_bits = bits.bytes().enumerate().filter(|(_, bit)| *bit == b'1');
    let hits: Vec<_> = set_bits
        .map(|(at, _)| Hit {
            spec,
            set,
            code: set
                .codes
                .iter()
                .find(|code| code.code.as_bytes().get(at) == Some(&b'1')),
            how: How::Flag,
            range: None,
            params: Vec::new(),
            flag: Some((bits.to_owned(), at + 1)),
            numbers: Vec::new(),
        })
        .collect();
    hits.into_iter()
}

/// The values that a query has for the parameters of a symbol: the query is the symbol, or has it
/// among other words.
fn received_params(code: &Code, query: &str) -> Vec<(String, String)> {
    let whole = normalized_query(query);
    let parts = chunks(query);
    let candidates = std::iter::once(&whole).chain(&parts);
    candidates
        .filter_map(|part| closest_params(code, part))
        .find(|params| !params.is_empty())
        .unwrap_or_default()
}
