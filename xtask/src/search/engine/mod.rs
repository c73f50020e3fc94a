//! An index and a query in, the codes that fit the query out, best first.
//!
//! Each fact in the query is a unit with a weight. A code gets the weight of each unit that it
//! fits, times how well it fits in percent; for its texts it also gets a bonus that grows with how
//! much of the text is in the query. All arithmetic is in integers, so that the engine in
//! JavaScript, `site/assets/search.js`, gives the same order, function by function.

mod field;
mod names;
mod numbers;
mod quality;
mod rank;
mod read;
mod tally;
mod weights;
mod words;

use std::collections::{HashMap, HashSet};

use crate::search::index::Index;
use crate::search::query::{Keys, characters, numbers};
use crate::search::text::Language;
use crate::search::{How, Matches, Target};
use crate::text::percent_encoded;

/// Searches one index.
#[derive(Debug)]
pub struct Engine<'a> {
    index: &'a Index,
    language: Language<'a>,
    keys: Keys<'a>,
    targets: Vec<Target>,
    /// The document of the first code of each set.
    first: Vec<usize>,
    codes: usize,
    /// What each key names, with the name in lower case.
    names: HashMap<String, Vec<(Named, String)>>,
    /// The keys of names by which codes are suggested, with the letters that they have.
    spellings: Vec<(String, u32)>,
    numbers: HashMap<String, Vec<Numbered>>,
    /// What symbols with parameters begin with, in lower case.
    prefixes: Vec<(String, Vec<usize>)>,
    tokens: HashMap<&'a str, usize>,
    /// The tokens in their order, with the letters that they have.
    vocabulary: Vec<(String, u32)>,
    weights: Vec<u32>,
    /// The texts that have each token.
    postings: Vec<Vec<usize>>,
    totals: Vec<u32>,
    /// Where each text is: in which documents, and how much its words count there.
    places: Vec<Vec<(usize, u32)>>,
    /// The weight of a token that no text has.
    rarest: u32,
    synonyms: Vec<(Vec<String>, usize)>,
}

/// What a name names.
#[derive(Debug, Clone, Copy)]
enum Named {
    Code(usize, How, u32),
    Set(usize),
    Vendor(usize),
    Kind(usize),
}

/// A code that is a number.
#[derive(Debug)]
struct Numbered {
    document: usize,
    text: String,
    is_negative: bool,
    how: How,
}

/// The order of a query.
struct Query {
    /// Each token with the next one.
    pairs: HashSet<Vec<String>>,
    letters: String,
}

/// A fact in a query, and what fits it.
struct Unit {
    source: String,
    weight: u32,
    documents: Vec<(usize, u32, How)>,
    tokens: Vec<(usize, u32)>,
}

impl<'a> Engine<'a> {
    /// Reads an index.
    #[must_use]
    pub fn new(index: &'a Index) -> Self {
        let mut engine = Self {
            index,
            language: Language::new(&index.words),
            keys: Keys::new(&index.words),
            targets: Vec::new(),
            first: Vec::new(),
            codes: 0,
            names: HashMap::new(),
            spellings: Vec::new(),
            numbers: HashMap::new(),
            prefixes: Vec::new(),
            tokens: HashMap::new(),
            vocabulary: Vec::new(),
            weights: Vec::new(),
            postings: Vec::new(),
            totals: Vec::new(),
            places: Vec::new(),
            rarest: 0,
            synonyms: Vec::new(),
        };
        engine.add_targets();
        engine.add_names();
        engine.add_texts();
        engine.add_tokens();
        engine.add_synonyms();
        engine
    }

    /// The codes that fit a query, best first; at most `limit`.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize) -> Matches {
        let chars = characters(query);
        let mut units = self.name_units(&chars);
        self.add_number_units(&chars, &mut units);
        let tokens = self.language.all_tokens(&chars);
        let words = self.add_word_units(&chars, &tokens, &mut units);
        let order = Query {
            pairs: tokens.windows(2).map(<[String]>::to_vec).collect(),
            letters: self.language.letters(&chars),
        };
        let found = self.rank(&order, &units, words, limit);
        if found.matches.is_empty() {
            let near = self.near_number_units(&chars);
            return Matches {
                unknown: found.unknown,
                ..self.rank(&order, &near, None, limit)
            };
        }
        found
    }

    /// Whether a word of a query is one of the parts of it that were not found.
    #[must_use]
    pub fn is_unknown(&self, word: &str, unknown: &[String]) -> bool {
        let chars = characters(word);
        let is_found = |part: &String| !unknown.contains(part);
        let numbers: Vec<_> = numbers(&chars, &self.keys)
            .into_iter()
            .map(|it| it.text)
            .collect();
        let tokens = self.language.all_tokens(&chars);
        if numbers.is_empty() {
            !tokens.is_empty() && !tokens.iter().any(is_found)
        } else {
            !numbers.iter().any(is_found)
        }
    }

    /// The id of a result: of a code, the fragment of its link on the site.
    #[must_use]
    pub fn id(&self, target: Target) -> String {
        let of_set = |set: usize| {
            let set = &self.index.sets[set];
            format!(
                "{}/{}",
                percent_encoded(&set.vendor),
                percent_encoded(&set.set)
            )
        };
        match target {
            Target::Set(set) => of_set(set),
            Target::Range(set, range) => {
                let (from, to) = &self.index.sets[set].ranges[range];
                format!("{}/{from}..{to}", of_set(set))
            }
            Target::Code(set, code) => {
                let code = &self.index.sets[set].codes[code];
                let mut id = format!("{}/{}", of_set(set), percent_encoded(&code.code));
                let symbol = code.symbol.iter().filter(|_| self.index.sets[set].pairs);
                let former = Some(&code.variant).filter(|_| code.former);
                for part in symbol.chain(former) {
                    id.push('/');
                    id.push_str(&percent_encoded(part));
                }
                id
            }
        }
    }
}

impl Unit {
    fn of_documents(source: &str, weight: u32, documents: Vec<(usize, u32, How)>) -> Self {
        Self {
            source: source.to_owned(),
            weight,
            documents,
            tokens: Vec::new(),
        }
    }
}
