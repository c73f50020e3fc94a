//! An index and a query in, the codes that fit the query out, best first.
//!
//! Each fact in the query is a unit with a weight. A code gets the weight of each unit that it
//! fits, times how well it fits in percent; for its texts it also gets a bonus that grows with how
//! much of the text is in the query. All arithmetic is in integers, so that the engine in
//! JavaScript, `site/assets/search.js`, gives the same order, function by function.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::search::index::{CodeRow, Index, SetRow};
use crate::search::query::{Class, Keys, Number, Sign, characters, chunks, is_word, numbers};
use crate::search::text::{Language, distance, forgiven, is_ideograph, name_key, normalized};
use crate::text::percent_encoded;

/// The weight of a number or a name. A word weighs 10 to some 150.
const IDENTIFIER: u32 = 1000;
/// The weight of a number that is a part of a date, or a quantity: less than a word.
const NOISE: u32 = 40;
/// The weight of a name that reads like words and is the whole query.
const WORDS_AS_NAME: u32 = 200;
/// The weight of a word of the field for a kind.
const SYNONYM: u32 = 300;
/// The weight of a name that is nearly one of a code.
const NEAR_NAME: u32 = 500;
/// What a code gets if one of its texts has exactly the words of the query, by how many there are.
/// From three on it is more than a number that the text mentions and that another code has; a
/// single word is not a reason to hide other codes that have it.
const SAME_TEXT: [u32; 4] = [0, 100, 300, 1000];
/// What a code gets for each pair of words that its message has in the order of the query.
const IN_ORDER: u32 = 2;
/// What a code gets if the letters of its message are those of the query.
const SAME_LETTERS: u32 = 100;
/// The number of codes that are compared by the order of their words.
const MOST_ORDERED: usize = 20;

/// How well the parts of an index fit, in percent.
mod quality {
    pub(super) const SAME: u32 = 100;
    /// The same template with values, or another writing of the number: leading zeros.
    pub(super) const SAME_VALUE: u32 = 97;
    pub(super) const FORMER: u32 = 95;
    pub(super) const TEMPLATE: u32 = 90;
    /// A flag, if another set has the combination as a code.
    pub(super) const FLAG_BESIDE_CODE: u32 = 60;
    /// A kind, of `IDENTIFIER`.
    pub(super) const KIND: u32 = 50;
    /// The other sign. Below half, so that it does not show beside the same number.
    pub(super) const OTHER_SIGN: u32 = 49;
    pub(super) const MENTIONED: u32 = 48;
    pub(super) const IN_RANGE: u32 = 45;
    /// A vendor or a set, of `IDENTIFIER`.
    pub(super) const SCOPE: u32 = 30;
    pub(super) const PREFIX: u32 = 20;
    pub(super) const NEAR: u32 = 15;
    /// Words.
    pub(super) const TYPO: u32 = 70;
    pub(super) const WORD_PREFIX: u32 = 60;
}

/// How much a word counts by where it is, in percent.
mod field {
    pub(super) const MESSAGE: u32 = 100;
    pub(super) const NAME: u32 = 80;
    pub(super) const REMEDY: u32 = 70;
    pub(super) const SECTION: u32 = 60;
    pub(super) const KIND: u32 = 61;
    pub(super) const TITLE: u32 = 50;
    pub(super) const USER: u32 = 51;
    pub(super) const NOTE: u32 = 30;

    /// Whether it is a message or a remedy.
    pub(super) fn is_of_message(field: u32) -> bool {
        matches!(field, MESSAGE | REMEDY)
    }

    /// Whether it is a name, of which a few words say little.
    pub(super) fn is_of_name(field: u32) -> bool {
        matches!(field, NAME | KIND)
    }
}

/// The maximum number of words of the index that replace an unfinished or mistyped word.
const MOST_EXPANSIONS: usize = 50;
/// The maximum number of unknown words that are looked up as typos; a query with more is not mistyped.
const MOST_TYPOS: usize = 12;
/// The number of suggestions with nearly the same number.
const MOST_NEAR: usize = 5;
/// The units of a query that are told apart when those that were not found are listed.
const MOST_PARTS: usize = 30;

/// How a code fits best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Words of its texts or names.
    Words,
    /// A number that its note, or the note of its set, mentions.
    Note,
    /// The first digits of its code.
    Prefix,
    /// A code or name that differs in one or two characters.
    Near,
    /// Its vendor or its set.
    Scope,
    /// Its kind.
    Kind,
    /// Its range contains the number.
    Range,
    /// Its number, apart from the sign and leading zeros.
    Digits,
    /// Its symbol, without the parameter.
    Template,
    /// All the words of one of its texts, and no others.
    Text,
    /// One of the flags.
    Flag,
    /// A former Rust name, or its Rust name.
    Variant,
    /// Another symbol or code that decodes to it.
    Alias,
    /// Its symbol.
    Symbol,
    /// Its code.
    Code,
}

impl How {
    /// The word for it in the results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Note => "note",
            Self::Prefix => "prefix",
            Self::Near => "near",
            Self::Scope => "scope",
            Self::Kind => "kind",
            Self::Range => "range",
            Self::Digits => "digits",
            Self::Template => "template",
            Self::Text => "text",
            Self::Flag => "flag",
            Self::Variant => "variant",
            Self::Alias => "alias",
            Self::Symbol => "symbol",
            Self::Code => "code",
        }
    }
}

/// What a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A code: the position of its set, and its own in the set.
    Code(usize, usize),
    /// A set, by its note.
    Set(usize),
    /// A range of a set.
    Range(usize, usize),
}

/// A result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// What was found.
    pub target: Target,
    /// How much of the query fits.
    pub score: u32,
    /// How it fits best.
    pub how: How,
}

/// The results of a query.
#[derive(Debug, Clone, Default)]
pub struct Matches {
    /// The results, best first, up to the limit.
    pub matches: Vec<Match>,
    /// How many there are without the limit.
    pub total: usize,
    /// Whether the best result fits every part of the query.
    pub is_complete: bool,
    /// The numbers, names and tokens of the query that fit none of them.
    pub unknown: Vec<String>,
}

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

    /// The codes of all sets come first, then the sets, then the ranges.
    fn add_targets(&mut self) {
        for (at, set) in self.index.sets.iter().enumerate() {
            self.first.push(self.targets.len());
            let codes = 0..set.codes.len();
            self.targets
                .extend(codes.map(|code| Target::Code(at, code)));
        }
        self.codes = self.targets.len();
        self.targets
            .extend((0..self.index.sets.len()).map(Target::Set));
        for (at, set) in self.index.sets.iter().enumerate() {
            let ranges = 0..set.ranges.len();
            self.targets
                .extend(ranges.map(|range| Target::Range(at, range)));
        }
    }

    fn add_names(&mut self) {
        let index = self.index;
        let mut prefixes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, set) in index.sets.iter().enumerate() {
            if at == 0 || index.sets[at - 1].vendor != set.vendor {
                self.add_name(&set.vendor, Named::Vendor(at));
            }
            for name in std::iter::once(&set.set).chain(&set.was) {
                self.add_name(name, Named::Set(at));
            }
            for (row, code) in set.codes.iter().enumerate() {
                let document = self.first[at] + row;
                self.add_code(document, code);
                for prefix in &code.prefixes {
                    let documents = prefixes.entry(prefix.to_lowercase()).or_default();
                    if documents.last() != Some(&document) {
                        documents.push(document);
                    }
                }
            }
        }
        for (at, kind) in index.kinds.iter().enumerate() {
            self.add_name(&kind.name, Named::Kind(at));
        }
        self.prefixes = prefixes.into_iter().collect();
        let mut spellings: Vec<String> = self.names.keys().cloned().collect();
        spellings.sort();
        self.spellings = spellings.into_iter().map(with_letters).collect();
    }

    fn add_code(&mut self, document: usize, code: &CodeRow) {
        self.add_number(document, &code.code, How::Code);
        let named = |how, quality| Named::Code(document, how, quality);
        if !is_number(&code.code) {
            self.add_name(&code.code, named(How::Code, quality::SAME));
        }
        if let Some(symbol) = &code.symbol {
            self.add_name(symbol, named(How::Symbol, quality::SAME));
        }
        for alias in &code.aliases {
            self.add_number(document, alias, How::Alias);
            if !is_number(alias) {
                self.add_name(alias, named(How::Alias, quality::FORMER));
            }
        }
        self.add_name(&code.variant, named(How::Variant, quality::SAME));
        for name in &code.was {
            self.add_name(name, named(How::Variant, quality::FORMER));
        }
        for prefix in &code.prefixes {
            let bare = prefix.trim_end_matches(|last: char| last.is_ascii_punctuation());
            self.add_name(bare, named(How::Template, quality::TEMPLATE));
        }
    }

    fn add_name(&mut self, name: &str, named: Named) {
        let key = name_key(name);
        if !key.is_empty() {
            self.names
                .entry(key)
                .or_default()
                .push((named, name.to_lowercase()));
        }
    }

    fn add_number(&mut self, document: usize, code: &str, how: How) {
        if is_number(code) {
            let entry = Numbered {
                document,
                text: code.trim_start_matches('+').to_owned(),
                is_negative: code.starts_with('-'),
                how,
            };
            self.numbers
                .entry(digits(code).to_owned())
                .or_default()
                .push(entry);
        }
    }

    /// Where each text is, the names included.
    fn add_texts(&mut self) {
        let index = self.index;
        let texts = Texts::of(index);
        self.places = vec![Vec::new(); texts.count()];
        for (at, set) in index.sets.iter().enumerate() {
            let all = self.first[at]..self.first[at] + set.codes.len();
            let mut add_to_all = |text: usize| {
                let places = all.clone().map(|document| (document, field::TITLE));
                self.places[text].extend(places);
            };
            for text in set.title.iter().chain(&set.own_title) {
                add_to_all(*text);
            }
            for name in [&set.vendor, &set.set] {
                add_to_all(texts.of_name(name));
            }
            for (row, code) in set.codes.iter().enumerate() {
                let document = self.first[at] + row;
                for (text, field) in texts_of(index, set, code, &texts) {
                    self.places[text].push((document, field));
                }
            }
        }
    }

    /// The texts of each token. Rare words weigh more.
    fn add_tokens(&mut self) {
        let index = self.index;
        let texts = self.places.len();
        let tokens = index.tokens.iter().enumerate();
        self.tokens = tokens.map(|(at, token)| (token.as_str(), at)).collect();
        self.vocabulary = index.tokens.iter().cloned().map(with_letters).collect();
        self.rarest = rarity(1, texts);
        self.totals = vec![0; texts];
        for (token, distances) in index.tokens.iter().zip(&index.postings) {
            let weight = weight(token, distances.len(), texts);
            let mut text = 0;
            let posting = distances.iter().map(|distance| {
                text += distance;
                self.totals[text] += weight;
                text
            });
            self.postings.push(posting.collect());
            self.weights.push(weight);
        }
    }

    fn add_synonyms(&mut self) {
        let kinds = &self.index.kinds;
        for synonym in &self.index.words.synonyms {
            let kind = kinds.iter().position(|kind| kind.name == synonym.kind);
            for words in &synonym.words {
                let tokens = self.language.all_tokens(&characters(words));
                self.synonyms.extend(kind.map(|kind| (tokens, kind)));
            }
        }
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

    fn add_number_units(&self, chars: &[char], units: &mut Vec<Unit>) {
        let mut all: Vec<Number> = Vec::new();
        for mut number in numbers(chars, &self.keys) {
            let is_inside = |unit: &Unit| unit.source.contains(number.text.trim_start_matches('-'));
            if number.class <= Class::Joined && units.iter().any(is_inside) {
                // `image_ref1` is a part of a symbol that was found.
                continue;
            }
            if !number.key.is_empty() && self.names.contains_key(&name_key(&number.key)) {
                // `FACEVERIFY_ERROR_CAMERA = 50000`
                number.class = Class::Plain;
            }
            match all.iter_mut().find(|known| known.text == number.text) {
                Some(known) => known.class = known.class.max(number.class),
                None => all.push(number),
            }
        }
        let fits: Vec<_> = all.iter().map(|number| self.number_fits(number)).collect();
        let is_code = |fits: &Vec<(usize, u32, How)>| {
            fits.iter()
                .any(|(_, quality, _)| *quality >= quality::OTHER_SIGN)
        };
        let known = all.iter().zip(&fits).filter(|(_, fits)| is_code(fits));
        let best = known
            .map(|(number, _)| number.class)
            .max()
            .unwrap_or(Class::Plain);
        let last = chars.iter().rposition(|c| c.is_alphanumeric());
        for (number, mut documents) in all.into_iter().zip(fits) {
            let is_last = last.is_some_and(|last| number.ends_at(last + 1));
            if is_last && !is_code(&documents) && number.class > Class::Noise {
                self.add_prefix_fits(&number, &mut documents);
            }
            units.push(Unit {
                weight: number_weight(number.class, best),
                source: number.text,
                documents,
                tokens: Vec::new(),
            });
        }
    }

    /// The codes, flags, ranges and notes that a number fits.
    fn number_fits(&self, number: &Number) -> Vec<(usize, u32, How)> {
        let mut fits = Vec::new();
        for entry in self.numbers.get(&number.digits).into_iter().flatten() {
            fits.push(number_fit(number, entry));
        }
        // A negative number of 32 bits that was written without its sign.
        if let Some(digits) = unsigned(number) {
            for entry in self.numbers.get(&digits).into_iter().flatten() {
                if entry.is_negative {
                    fits.push((entry.document, quality::SAME_VALUE, How::Digits));
                }
            }
        }
        let is_code = fits.iter().any(|(_, quality, _)| *quality == quality::SAME);
        let of_flag = if is_code {
            quality::FLAG_BESIDE_CODE
        } else {
            quality::FORMER
        };
        self.add_flag_fits(&number.text, of_flag, &mut fits);
        if let Some(value) = value(&number.text) {
            self.add_range_fits(value, &mut fits);
        }
        fits
    }

    /// The flags of a combination that is not a code itself.
    fn add_flag_fits(&self, text: &str, quality: u32, fits: &mut Vec<(usize, u32, How)>) {
        if text.len() < 2 || !text.bytes().all(|bit| matches!(bit, b'0' | b'1')) {
            return;
        }
        for (at, set) in self.index.sets.iter().enumerate() {
            let is_code = set.codes.iter().any(|code| code.code == text);
            if set.flags != text.len() || is_code {
                continue;
            }
            for (row, code) in set.codes.iter().enumerate() {
                let position = code.code.find('1');
                if position.is_some_and(|position| text.as_bytes()[position] == b'1') {
                    fits.push((self.first[at] + row, quality, How::Flag));
                }
            }
        }
    }

    fn add_range_fits(&self, number: i64, fits: &mut Vec<(usize, u32, How)>) {
        let holds = |(from, to): &(String, String)| match (value(from), value(to)) {
            (Some(from), Some(to)) => (from.min(to)..=from.max(to)).contains(&number),
            _ => false,
        };
        let mut range = self.codes + self.index.sets.len();
        for (at, set) in self.index.sets.iter().enumerate() {
            if set.mentions.iter().any(holds) {
                fits.push((self.codes + at, quality::MENTIONED, How::Note));
            }
            for (row, code) in set.codes.iter().enumerate() {
                if code.mentions.iter().any(holds) {
                    fits.push((self.first[at] + row, quality::MENTIONED, How::Note));
                }
            }
            for ends in &set.ranges {
                if holds(ends) {
                    fits.push((range, quality::IN_RANGE, How::Range));
                }
                range += 1;
            }
        }
    }

    /// The codes that begin with a number that is still being typed.
    fn add_prefix_fits(&self, number: &Number, fits: &mut Vec<(usize, u32, How)>) {
        for (digits, entries) in &self.numbers {
            if digits.starts_with(&number.digits) && *digits != number.digits {
                let documents = entries.iter().map(|entry| entry.document);
                fits.extend(documents.map(|at| (at, quality::PREFIX, How::Prefix)));
            }
        }
    }

    fn name_units(&self, chars: &[char]) -> Vec<Unit> {
        let chunks = chunks(chars);
        let mut units = Vec::new();
        for chunk in &chunks {
            self.add_name_unit(
                chunk,
                is_word(chunk) || self.keys.is_common(chunk),
                &mut units,
            );
        }
        let whole = name_key(&chunks.concat());
        let is_ascii = !chars.iter().any(|c| is_ideograph(*c));
        let few = (1..=6).contains(&chunks.len());
        if units.is_empty() && is_ascii && few && self.names.contains_key(&whole) {
            let mut unit = self.name_unit(&whole, &chunks.join(" "));
            unit.weight = WORDS_AS_NAME;
            units.push(unit);
        }
        units
    }

    /// The names in a chunk: itself, or else its parts. A single word is not taken for a name.
    fn add_name_unit(&self, chunk: &str, is_word: bool, units: &mut Vec<Unit>) -> bool {
        let key = name_key(chunk);
        if is_word || key.is_empty() {
            return false;
        }
        if self.names.contains_key(&key) {
            units.push(self.name_unit(&key, chunk));
            return true;
        }
        let fits = self.template_fits(&chunk.to_lowercase());
        if !fits.is_empty() {
            units.push(Unit::of_documents(chunk, IDENTIFIER, fits));
            return true;
        }
        let mut is_known = false;
        for separator in ["::", "/", ".", ":"] {
            if chunk.contains(separator) {
                for part in chunk.split(separator) {
                    let part = part.trim_matches(['-', '_', ':', '<', '>']);
                    let is_name = part.chars().any(|c| c.is_ascii_alphabetic());
                    let is_common = self.keys.is_common(part);
                    is_known |= is_name && self.add_name_unit(part, is_common, units);
                }
                return is_known;
            }
        }
        // `tencent-kyc-5007`
        let bare = chunk.trim_end_matches(|c: char| c.is_ascii_digit());
        if bare.len() < chunk.len() && bare.ends_with(['-', '_']) {
            let bare = bare.trim_end_matches(['-', '_']);
            return self.add_name_unit(bare, false, units);
        }
        let fits = self.near_name_fits(chunk, &key);
        if fits.is_empty() {
            return false;
        }
        units.push(Unit::of_documents(chunk, NEAR_NAME, fits));
        true
    }

    fn name_unit(&self, key: &str, source: &str) -> Unit {
        let mut documents = Vec::new();
        let spelling = source.to_lowercase();
        for (named, name) in &self.names[key] {
            self.add_named(*named, *name == spelling, &mut documents);
        }
        Unit::of_documents(source, IDENTIFIER, documents)
    }

    fn add_named(&self, named: Named, is_same: bool, fits: &mut Vec<(usize, u32, How)>) {
        match named {
            Named::Code(document, how, quality) => {
                let quality = if is_same {
                    quality
                } else {
                    quality.min(quality::SAME_VALUE)
                };
                fits.push((document, quality, how));
            }
            Named::Set(set) => self.add_scope(set, fits),
            Named::Vendor(first) => {
                let vendor = &self.index.sets[first].vendor;
                let sets = self.index.sets.iter().enumerate().skip(first);
                let own = sets.take_while(|(_, set)| set.vendor == *vendor);
                own.for_each(|(at, _)| self.add_scope(at, fits));
            }
            Named::Kind(kind) => {
                let of_kind = self.of_kind(kind);
                fits.extend(of_kind.map(|document| (document, quality::KIND, How::Kind)));
            }
        }
    }

    fn add_scope(&self, set: usize, fits: &mut Vec<(usize, u32, How)>) {
        let codes = self.first[set]..self.first[set] + self.index.sets[set].codes.len();
        fits.extend(codes.map(|document| (document, quality::SCOPE, How::Scope)));
    }

    fn of_kind(&self, kind: usize) -> impl Iterator<Item = usize> {
        let codes = self
            .index
            .sets
            .iter()
            .flat_map(|set| &set.codes)
            .enumerate();
        let of_kind = codes.filter(move |(_, code)| code.kind == Some(kind));
        of_kind.map(|(document, _)| document)
    }

    /// The codes whose symbol with parameters a chunk is; the longest beginning fits best.
    fn template_fits(&self, chunk: &str) -> Vec<(usize, u32, How)> {
        let length = |text: &str| text.chars().count();
        let begins = |prefix: &str| {
            length(prefix) >= 3 && chunk.len() > prefix.len() && chunk.starts_with(prefix)
        };
        let fitting = self.prefixes.iter().filter(|(prefix, _)| begins(prefix));
        let longest = fitting.clone().map(|(prefix, _)| length(prefix)).max();
        let mut fits = Vec::new();
        for (prefix, documents) in fitting {
            let is_longest = Some(length(prefix)) == longest;
            let quality = if is_longest {
                quality::SAME
            } else {
                quality::TEMPLATE
            };
            fits.extend(documents.iter().map(|at| (*at, quality, How::Symbol)));
        }
        fits
    }

    /// The codes with nearly this name.
    fn near_name_fits(&self, chunk: &str, key: &str) -> Vec<(usize, u32, How)> {
        let has_shape = chunk.contains('_') || chunk.chars().skip(1).any(char::is_uppercase);
        let length = key.chars().count();
        if length < 6 || !has_shape {
            return Vec::new();
        }
        let most = if length < 9 { 1 } else { 2 };
        let mut fits = Vec::new();
        for at in nearest(key, &self.spellings, most) {
            let named = &self.names[&self.spellings[at].0];
            fits.extend(named.iter().filter_map(|(named, _)| match named {
                Named::Code(document, _, _) => Some((*document, quality::SAME, How::Near)),
                Named::Set(_) | Named::Vendor(_) | Named::Kind(_) => None,
            }));
        }
        fits
    }

    /// Adds a unit for each word, and for each word of the field for a kind. Returns the position
    /// of the first of the words, unless there are none.
    fn add_word_units(
        &self,
        chars: &[char],
        tokens: &[String],
        units: &mut Vec<Unit>,
    ) -> Option<usize> {
        for (phrase, kind) in &self.synonyms {
            let length = phrase.len();
            if tokens
                .windows(length.max(1))
                .any(|window| window == phrase.as_slice())
            {
                let fits = self.of_kind(*kind);
                let fits = fits
                    .map(|document| (document, quality::SAME, How::Kind))
                    .collect();
                units.push(Unit::of_documents("", SYNONYM, fits));
            }
        }
        let is_number = |token: &String| token.bytes().all(|byte| byte.is_ascii_digit());
        let is_last_open = chars.last().is_some_and(|c| c.is_alphanumeric());
        let last = tokens.last().filter(|_| is_last_open);
        // The words of a name that was found say nothing more.
        let names = units.iter().filter(|unit| unit.weight == IDENTIFIER);
        let mut seen: HashSet<String> = names
            .flat_map(|unit| self.language.tokens(&unit.source))
            .collect();
        seen.retain(|token| !is_number(token));
        let words = tokens
            .iter()
            .filter(|token| seen.insert((*token).clone()))
            .collect::<Vec<_>>();
        // A number by itself is a code, not a word that some text mentions.
        let has_words = words.iter().filter(|word| !is_number(word)).count() > 1;
        let begin = units.len();
        let mut typos = 0;
        for word in words
            .into_iter()
            .filter(|word| has_words || !is_number(word))
        {
            let tokens = match self.tokens.get(word.as_str()) {
                Some(token) => vec![(*token, quality::SAME)],
                None if is_number(word) => Vec::new(),
                None => {
                    typos += 1;
                    let is_tried = typos <= MOST_TYPOS;
                    if is_tried {
                        self.expansions(word, last == Some(word))
                    } else {
                        Vec::new()
                    }
                }
            };
            units.push(Unit {
                source: word.clone(),
                weight: 0,
                documents: Vec::new(),
                tokens,
            });
        }
        (begin < units.len()).then_some(begin)
    }

    /// The known words that replace an unfinished or mistyped word.
    fn expansions(&self, word: &str, is_last: bool) -> Vec<(usize, u32)> {
        let length = word.chars().count();
        if is_last && length >= 2 && word.is_ascii() {
            let begins = |(_, (known, _)): &(usize, &(String, u32))| known.starts_with(word);
            let known = self.vocabulary.iter().enumerate().filter(begins);
            let known = known.map(|(at, _)| (at, quality::WORD_PREFIX));
            let known: Vec<_> = known.take(MOST_EXPANSIONS).collect();
            if !known.is_empty() {
                return known;
            }
        }
        if word.chars().any(is_ideograph) {
            return Vec::new();
        }
        let mut near = nearest(word, &self.vocabulary, forgiven(length));
        // Another word of three letters is another word.
        near.retain(|at| forgiven(self.vocabulary[*at].0.chars().count()) > 0);
        near.truncate(MOST_EXPANSIONS);
        near.into_iter().map(|at| (at, quality::TYPO)).collect()
    }

    /// The codes whose numbers differ in one digit from one of the query.
    fn near_number_units(&self, chars: &[char]) -> Vec<Unit> {
        let mut units = Vec::new();
        for number in numbers(chars, &self.keys) {
            if number.class < Class::Joined || number.digits.len() < 3 {
                continue;
            }
            let wanted: Vec<char> = number.text.trim_start_matches('-').chars().collect();
            let is_near = |entry: &&Numbered| {
                let digits: Vec<char> = entry.text.trim_start_matches('-').chars().collect();
                distance(&wanted, &digits, 1) <= 1
            };
            let near = self.numbers.values().flatten().filter(is_near);
            let mut documents: Vec<_> = near.map(|entry| entry.document).collect();
            documents.sort_unstable();
            documents.dedup();
            documents.truncate(MOST_NEAR);
            let fits = documents
                .into_iter()
                .map(|at| (at, quality::NEAR, How::Near))
                .collect();
            units.push(Unit::of_documents(&number.text, IDENTIFIER, fits));
        }
        units
    }

    /// Adds up what each document gets. The units from `words` on are words.
    fn rank(&self, query: &Query, units: &[Unit], words: Option<usize>, limit: usize) -> Matches {
        let mut scores = Tally::new(self.targets.len(), self.totals.len());
        for (at, unit) in units.iter().enumerate() {
            scores.begin_unit(at);
            for (document, quality, how) in &unit.documents {
                scores.add(*document, unit.weight * quality / 100, *how);
            }
            for (token, quality) in &unit.tokens {
                let points = self.weights[*token] * quality / 100;
                for text in &self.postings[*token] {
                    scores.add_to_text(*text, points);
                    for (document, field) in &self.places[*text] {
                        scores.add(*document, points * field / 100, How::Words);
                    }
                }
            }
        }
        let wanted: u32 = match words {
            Some(begin) => units[begin..].iter().map(|unit| self.wanted(unit)).sum(),
            None => 0,
        };
        let count = words.map_or(0, |begin| units.len() - begin);
        self.add_text_bonus(&mut scores, wanted, count);
        self.best(&scores, query, units, wanted, limit)
    }

    /// What a text gets at most for the unit of a word.
    fn wanted(&self, unit: &Unit) -> u32 {
        let points = unit
            .tokens
            .iter()
            .map(|(token, _)| self.weights[*token])
            .max();
        points.unwrap_or(self.rarest)
    }

    /// The more of a text is in the query, the better; best if it is all of the query.
    fn add_text_bonus(&self, scores: &mut Tally, wanted: u32, words: usize) {
        for at in 0..scores.texts.len() {
            let text = scores.texts[at];
            let matched = scores.in_text[text].min(self.totals[text]);
            let squared = u64::from(matched) * u64::from(matched);
            let bonus = squared / u64::from(self.totals[text].max(1));
            let bonus = u32::try_from(bonus).expect("no more than `matched`");
            let is_same = matched == wanted && matched == self.totals[text];
            for (document, field) in &self.places[text] {
                scores.add_bonus(*document, bonus * field / 100, *field);
                if is_same && field::is_of_message(*field) {
                    scores.same_text(*document, SAME_TEXT[words.min(3)]);
                }
            }
        }
    }

    fn best(
        &self,
        scores: &Tally,
        query: &Query,
        units: &[Unit],
        wanted: u32,
        limit: usize,
    ) -> Matches {
        let most = |points: &[u32]| scores.documents.iter().map(|at| points[*at]).max();
        let best_fit = most(&scores.fits).unwrap_or(0);
        let best_score = most(&scores.scores).unwrap_or(0);
        let is_shown = |document: &usize| {
            let fit = scores.fits[*document];
            // Of words alone, a third must fit.
            let is_enough = scores.how[*document] != How::Words || fit * 3 >= wanted;
            let is_near = fit * 2 >= best_fit || scores.scores[*document] * 2 >= best_score;
            fit > 0 && is_near && is_enough
        };
        let mut shown: Vec<usize> = scores.documents.iter().copied().filter(is_shown).collect();
        let key = |document: &usize| {
            let last = u32::MAX - scores.scores[*document];
            (last, self.is_retired(*document), *document)
        };
        shown.sort_by_key(key);
        let first = shown.len().min(MOST_ORDERED);
        let ordered = |document: &usize| {
            let (last, is_retired, document) = key(document);
            let is_of_words = matches!(scores.how[document], How::Words | How::Text);
            let order = if is_of_words {
                self.order(document, query)
            } else {
                0
            };
            (last - order, is_retired, document)
        };
        shown[..first].sort_by_cached_key(ordered);
        let all_parts = (0..units.len()).fold(0, |parts, at| parts | 1 << at.min(MOST_PARTS));
        let is_complete = shown
            .first()
            .is_some_and(|first| scores.parts[*first] == all_parts);
        let parts = shown
            .iter()
            .fold(0_u32, |parts, document| parts | scores.parts[*document]);
        let is_unknown = |(at, unit): &(usize, &Unit)| {
            *at < MOST_PARTS && parts >> at & 1 == 0 && !unit.source.is_empty()
        };
        let unknown = units.iter().enumerate().filter(is_unknown);
        let to_match = |document: &usize| Match {
            target: self.targets[*document],
            score: scores.scores[*document],
            how: scores.how[*document],
        };
        Matches {
            total: shown.len(),
            is_complete,
            matches: shown.iter().take(limit).map(to_match).collect(),
            unknown: unknown.map(|(_, unit)| unit.source.clone()).collect(),
        }
    }

    /// What a code gets for the order of the words: for the pairs of neighbours that a message has
    /// in common with the query, and for being the same.
    fn order(&self, document: usize, query: &Query) -> u32 {
        let Target::Code(set, code) = self.targets[document] else {
            return 0;
        };
        let code = &self.index.sets[set].codes[code];
        let in_text = |text: &usize| {
            let chars = normalized(self.index.text(*text));
            let tokens = self.language.all_tokens(&chars);
            let pairs: HashSet<&[String]> = tokens.windows(2).collect();
            let common = pairs
                .iter()
                .filter(|pair| query.pairs.contains(**pair))
                .count();
            let same = if self.language.letters(&chars) == query.letters {
                SAME_LETTERS
            } else {
                0
            };
            u32::try_from(common).unwrap_or(0) * IN_ORDER + same
        };
        code.message
            .iter()
            .chain(&code.wording)
            .map(in_text)
            .max()
            .unwrap_or(0)
    }

    fn is_retired(&self, document: usize) -> bool {
        match self.targets[document] {
            Target::Code(set, code) => self.index.sets[set].codes[code].retired,
            Target::Set(_) | Target::Range(..) => false,
        }
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

/// The positions of texts.
struct Texts<'a> {
    /// The number of texts that are not names.
    first: usize,
    names: HashMap<&'a str, usize>,
}

impl<'a> Texts<'a> {
    fn of(index: &'a Index) -> Self {
        let first = index.texts.iter().map(|(_, texts)| texts.len()).sum();
        let names = index.names.iter().map(String::as_str);
        Self {
            first,
            names: names.zip(first..).collect(),
        }
    }

    fn count(&self) -> usize {
        self.first + self.names.len()
    }

    /// The text of a name, which is the same for all codes that have it.
    fn of_name(&self, name: &str) -> usize {
        self.names[name]
    }
}

/// The texts of a code, and how much their words count.
fn texts_of(index: &Index, set: &SetRow, code: &CodeRow, texts: &Texts<'_>) -> Vec<(usize, u32)> {
    let mut all = Vec::new();
    let mut add = |texts: &[usize], field: u32| all.extend(texts.iter().map(|at| (*at, field)));
    add(&code.message, field::MESSAGE);
    add(&code.wording, field::MESSAGE);
    add(&code.remedy, field::REMEDY);
    add(&code.note, field::NOTE);
    if let Some(section) = code.section {
        add(&set.sections[section], field::SECTION);
    }
    let names = std::iter::once(&code.variant)
        .chain(&code.symbol)
        .chain(&code.aliases);
    for name in names {
        add(&[texts.of_name(name)], field::NAME);
    }
    if let Some(kind) = code.kind.map(|kind| &index.kinds[kind]) {
        add(&[texts.of_name(&kind.name)], field::KIND);
        add(&kind.message, field::USER);
    }
    all
}

/// What documents and texts have got so far.
struct Tally {
    /// How much of the query fits, and that with what its order and its texts add.
    fits: Vec<u32>,
    scores: Vec<u32>,
    how: Vec<How>,
    /// What the best unit gave, which decides `how`.
    most: Vec<u32>,
    /// What the present unit gave.
    given: Vec<u32>,
    unit_of: Vec<usize>,
    /// Which units fit, as bits.
    parts: Vec<u32>,
    /// What the best message gave.
    bonus: Vec<u32>,
    /// The documents that have got something.
    documents: Vec<usize>,
    in_text: Vec<u32>,
    given_to_text: Vec<u32>,
    unit_of_text: Vec<usize>,
    texts: Vec<usize>,
    unit: usize,
}

impl Tally {
    fn new(documents: usize, texts: usize) -> Self {
        Self {
            fits: vec![0; documents],
            scores: vec![0; documents],
            how: vec![How::Words; documents],
            most: vec![0; documents],
            given: vec![0; documents],
            unit_of: vec![usize::MAX; documents],
            parts: vec![0; documents],
            bonus: vec![0; documents],
            documents: Vec::new(),
            in_text: vec![0; texts],
            given_to_text: vec![0; texts],
            unit_of_text: vec![usize::MAX; texts],
            texts: Vec::new(),
            unit: 0,
        }
    }

    fn begin_unit(&mut self, unit: usize) {
        self.unit = unit;
    }

    /// Gives points to a document; of one unit it gets the most that it is given.
    fn add(&mut self, document: usize, points: u32, how: How) {
        if self.unit_of[document] != self.unit {
            if self.unit_of[document] == usize::MAX {
                self.documents.push(document);
            }
            self.unit_of[document] = self.unit;
            self.given[document] = 0;
            self.parts[document] |= 1 << self.unit.min(MOST_PARTS);
        }
        if points > self.given[document] {
            self.fits[document] += points - self.given[document];
            self.scores[document] += points - self.given[document];
            self.given[document] = points;
            if points > self.most[document] {
                self.most[document] = points;
                self.how[document] = how;
            }
        }
    }

    fn add_to_text(&mut self, text: usize, points: u32) {
        if self.unit_of_text[text] != self.unit {
            if self.unit_of_text[text] == usize::MAX {
                self.texts.push(text);
            }
            self.unit_of_text[text] = self.unit;
            self.given_to_text[text] = 0;
        }
        if points > self.given_to_text[text] {
            self.in_text[text] += points - self.given_to_text[text];
            self.given_to_text[text] = points;
        }
    }

    /// Of several messages the best one counts, so that no code gains by having more of them.
    fn add_bonus(&mut self, document: usize, bonus: u32, field: u32) {
        if field::is_of_message(field) {
            let before = self.bonus[document];
            self.bonus[document] = before.max(bonus);
            self.scores[document] += self.bonus[document] - before;
        } else if !field::is_of_name(field) {
            self.scores[document] += bonus;
        }
    }

    fn same_text(&mut self, document: usize, points: u32) {
        if self.how[document] != How::Text {
            self.scores[document] += points;
        }
        if self.most[document] < IDENTIFIER / 2 {
            self.how[document] = How::Text;
        }
    }
}

/// Whether a code is a number, with or without a sign.
fn is_number(code: &str) -> bool {
    let digits = code.strip_prefix(['-', '+']).unwrap_or(code);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits of a number without sign and leading zeros.
fn digits(code: &str) -> &str {
    let digits = code.trim_start_matches(['-', '+']).trim_start_matches('0');
    if digits.is_empty() { "0" } else { digits }
}

/// A number that is small enough to compare.
fn value(text: &str) -> Option<i64> {
    if is_number(text) && text.len() <= 16 {
        text.parse().ok()
    } else {
        None
    }
}

/// The digits of a negative number of 32 bits that was written without its sign.
fn unsigned(number: &Number) -> Option<String> {
    let value = value(&number.digits).filter(|_| number.sign != Sign::Minus)?;
    (1 << 31..1_i64 << 32)
        .contains(&value)
        .then(|| ((1_i64 << 32) - value).to_string())
}

/// How well a number fits a code with the same digits.
fn number_fit(number: &Number, entry: &Numbered) -> (usize, u32, How) {
    let is_same_sign = match number.sign {
        Sign::Unknown => true,
        Sign::Minus => entry.is_negative,
        Sign::Without => !entry.is_negative,
    };
    let (quality, how) = if number.text == entry.text {
        (quality::SAME, entry.how)
    } else if is_same_sign {
        (quality::SAME_VALUE, How::Digits)
    } else {
        (quality::OTHER_SIGN, How::Digits)
    };
    (entry.document, quality, how)
}

/// The weight of a number, given the most likely of those that are codes.
fn number_weight(class: Class, best: Class) -> u32 {
    if class == Class::Noise {
        NOISE
    } else if class >= best {
        IDENTIFIER
    } else {
        IDENTIFIER >> (2 * (best as u32 - class as u32))
    }
}

/// The weight of a token. A single character is a small part of a word.
fn weight(token: &str, texts: usize, of: usize) -> u32 {
    let rarity = rarity(texts, of);
    let mut chars = token.chars();
    let is_character = chars.next().is_some_and(is_ideograph) && chars.next().is_none();
    if is_character {
        rarity.div_ceil(4)
    } else {
        rarity
    }
}

/// Ten times the binary logarithm of how rare something is, in integers; at least 10.
fn rarity(texts: usize, of: usize) -> u32 {
    let ratio = u32::try_from(of * 64 / texts.max(1))
        .unwrap_or(u32::MAX)
        .max(64);
    let whole = ratio.ilog2();
    // Three more bits: the logarithm is nearly straight between two powers of two.
    let part = (ratio >> (whole - 3)) & 7;
    whole * 10 + part * 10 / 8 - 50
}

/// A word with the letters that it has, as bits.
fn with_letters(word: String) -> (String, u32) {
    let letters = letters(&word);
    (word, letters)
}

fn letters(word: &str) -> u32 {
    let bit = |c: char| 1_u32 << (c as u32 % 32);
    word.chars().fold(0, |letters, c| letters | bit(c))
}

/// The positions of the words with the smallest distance, if that is not more than `most`.
fn nearest(word: &str, known: &[(String, u32)], most: usize) -> Vec<usize> {
    let wanted: Vec<char> = word.chars().collect();
    let own_letters = letters(word);
    let mut best = most;
    let mut found: Vec<usize> = Vec::new();
    if most == 0 {
        return found;
    }
    for (at, (other, letters)) in known.iter().enumerate() {
        // One change exchanges one letter for another at most.
        if (own_letters ^ letters).count_ones() as usize > 2 * best {
            continue;
        }
        let other: Vec<char> = other.chars().collect();
        let distance = distance(&wanted, &other, best);
        if distance > best {
            continue;
        }
        if distance < best {
            best = distance;
            found.clear();
        }
        found.push(at);
    }
    found
}
