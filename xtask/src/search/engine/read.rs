//! An index in, the tables of an engine out.

use std::collections::{BTreeMap, HashMap};

use crate::search::engine::numbers::{digits, is_number};
use crate::search::engine::{Engine, Named, Numbered, field, quality};
use crate::search::index::{CodeRow, Index, SetRow};
use crate::search::query::characters;
use crate::search::text::{is_ideograph, name_key, with_letters};
use crate::search::{How, Target};

impl Engine<'_> {
    /// The codes of all sets come first, then the sets, then the ranges.
    pub(super) fn add_targets(&mut self) {
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

    pub(super) fn add_names(&mut self) {
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
    pub(super) fn add_texts(&mut self) {
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
    pub(super) fn add_tokens(&mut self) {
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

    pub(super) fn add_synonyms(&mut self) {
        let kinds = &self.index.kinds;
        for synonym in &self.index.words.synonyms {
            let kind = kinds.iter().position(|kind| kind.name == synonym.kind);
            for words in &synonym.words {
                let tokens = self.language.all_tokens(&characters(words));
                self.synonyms.extend(kind.map(|kind| (tokens, kind)));
            }
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
