//! The names in a query, and the codes that they fit.

use std::ops::Range;

use crate::search::How;
use crate::search::engine::weights::{IDENTIFIER, NEAR_NAME, WORDS_AS_NAME};
use crate::search::engine::{Engine, Named, Unit, quality};
use crate::search::query::{chunks, is_word};
use crate::search::text::{is_ideograph, name_key, nearest};

impl Engine<'_> {
    pub(super) fn name_units(&self, chars: &[char]) -> Vec<Unit> {
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
        let own = codes.chain([self.codes + set]).chain(self.ranges_of(set));
        fits.extend(own.map(|document| (document, quality::SCOPE, How::Scope)));
    }

    /// The documents that are the ranges of a set.
    fn ranges_of(&self, set: usize) -> Range<usize> {
        let before = self.index.sets[..set].iter().map(|set| set.ranges.len());
        let first = self.codes + self.index.sets.len() + before.sum::<usize>();
        first..first + self.index.sets[set].ranges.len()
    }

    pub(super) fn of_kind(&self, kind: usize) -> impl Iterator<Item = usize> {
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
}
