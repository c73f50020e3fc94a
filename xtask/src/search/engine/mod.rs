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

use crate::search::engine::numbers::{is_mentioned, is_number};
use crate::search::engine::weights::IDENTIFIER;
use crate::search::index::Index;
use crate::search::query::{
    Class, Keys, LabelledSymbol, Number, characters, is_short, numbers, parts, symbols,
    without_labels,
};
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
    /// Whether it only adds to what other units find: the number of a thread beside a labelled
    /// code.
    is_hint: bool,
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
        let symbols = self.unknown_symbols(&chars, &units);
        let all = numbers(&chars, &self.keys);
        let is_named = !units.is_empty() || !symbols.is_empty();
        let is_identified = is_named || all.iter().any(|number| number.is_identified(&chars));
        let is_noise = !all.is_empty() && all.iter().all(|number| number.class == Class::Noise);
        let rest = without_labels(&chars, &all, &symbols);
        let undocumented = self.add_number_units(&chars, all, &symbols, &mut units);
        if !undocumented.is_empty() {
            // A matching vendor alone is not a reason to list all of its codes.
            units.iter_mut().for_each(Unit::hint_at_scope);
        }
        let tokens = self.language.all_tokens(&rest);
        let words = self.add_word_units(&rest, &tokens, &mut units);
        let order = Query {
            pairs: tokens.windows(2).map(<[String]>::to_vec).collect(),
            letters: self.language.letters(&chars),
        };
        let mut found = self.rank(&order, &units, words, limit);
        found.is_guess &= !is_identified && undocumented.is_empty();
        if found.matches.is_empty() {
            let mut near = self.near_number_units(&chars, &symbols);
            near.extend(units.into_iter().filter(Unit::is_scope));
            found = self.rank(&order, &near, None, limit);
            found.unknown.clear();
        }
        found.undocumented = undocumented;
        found.is_long = is_noise || !is_short(&chars);
        if is_short(&chars) {
            let parts = parts(&rest, &self.keys).into_iter();
            let is_unknown = |part: &String| self.is_unknown(part, &found.unknown);
            found.unknown = parts.filter(is_unknown).collect();
        } else {
            found.unknown.clear();
        }
        for symbol in symbols {
            let known = found.undocumented.iter().chain(&found.unknown);
            if !known.clone().any(|known| *known == symbol.text) {
                found.unknown.push(symbol.text);
            }
        }
        found
    }

    /// The symbols that are labelled as codes and that are unknown.
    fn unknown_symbols(&self, chars: &[char], units: &[Unit]) -> Vec<LabelledSymbol> {
        let mut symbols = symbols(chars, &self.keys);
        symbols.retain(|symbol| {
            let has_symbol = |unit: &Unit| {
                unit.weight == IDENTIFIER
                    && (unit.source.contains(&symbol.text) || symbol.text.contains(&unit.source))
            };
            !units.iter().any(has_symbol)
        });
        symbols
    }

    /// Whether a part of a query matches nothing that was found; a number by itself is not such a
    /// part.
    fn is_unknown(&self, part: &str, unknown: &[String]) -> bool {
        let chars = characters(part);
        let is_found = |part: &String| !unknown.contains(part);
        let numbers = numbers(&chars, &self.keys);
        if numbers.iter().any(|number| number.class == Class::Noise) {
            return false;
        }
        if unknown.iter().any(|known| known == part) {
            return !is_number(part);
        }
        if !numbers.is_empty() {
            let is_name = chars.iter().any(|c| c.is_alphabetic());
            let is_said = |number: &Number| number.class == Class::Keyed || is_found(&number.text);
            return is_name && !numbers.iter().any(is_said);
        }
        let tokens = self.language.all_tokens(&chars);
        !tokens.is_empty() && !tokens.iter().any(is_found)
    }

    /// The combinations of flags in a query: the position of each set, the number as it is written,
    /// and the flags. A spreadsheet removes leading zeros, so that `1001000` is `01001000`.
    #[must_use]
    pub fn combinations(&self, query: &str) -> Vec<(usize, String, String)> {
        let mut found = Vec::new();
        for number in numbers(&characters(query), &self.keys) {
            let is_code = self.is_code(&number);
            for (set, flags) in self.flags_of(&number.text, is_code) {
                let is_documented = !self.documented_flags(set, &flags).is_empty();
                if is_documented && number.class > Class::Other {
                    found.push((set, number.text.clone(), flags));
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// The name of a kind.
    #[must_use]
    pub fn kind(&self, kind: usize) -> &str {
        &self.index.kinds[kind].name
    }

    /// Whether a target is a note that mentions a number.
    #[must_use]
    pub fn mentions(&self, target: Target, number: &str) -> bool {
        let mentions = match target {
            Target::Set(set) => &self.index.sets[set].mentions,
            Target::Code(set, code) => &self.index.sets[set].codes[code].mentions,
            Target::Range(..) => return false,
        };
        mentions.iter().any(|ends| is_mentioned(number, ends))
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
    /// Whether it is a vendor or a set.
    fn is_scope(&self) -> bool {
        !self.documents.is_empty() && self.documents.iter().all(|(_, _, how)| *how == How::Scope)
    }

    fn hint_at_scope(&mut self) {
        self.is_hint |= self.is_scope();
    }

    fn of_documents(source: &str, weight: u32, documents: Vec<(usize, u32, How)>) -> Self {
        Self {
            source: source.to_owned(),
            weight,
            documents,
            tokens: Vec::new(),
            is_hint: false,
        }
    }
}
