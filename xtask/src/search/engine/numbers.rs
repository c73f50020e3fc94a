//! The numbers in a query, and the codes, flags, ranges and notes that they fit.

use crate::search::How;
use crate::search::engine::weights::{IDENTIFIER, NOISE};
use crate::search::engine::{Engine, Numbered, Unit, quality};
use crate::search::query::{Class, Number, Sign, numbers};
use crate::search::text::{distance, name_key};

/// The number of suggestions with nearly the same number.
const MOST_NEAR: usize = 5;

impl Engine<'_> {
    pub(super) fn add_number_units(&self, chars: &[char], units: &mut Vec<Unit>) {
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

    /// The codes whose numbers differ in one digit from one of the query.
    pub(super) fn near_number_units(&self, chars: &[char]) -> Vec<Unit> {
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
}

/// Whether a code is a number, with or without a sign.
pub(super) fn is_number(code: &str) -> bool {
    let digits = code.strip_prefix(['-', '+']).unwrap_or(code);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits of a number without sign and leading zeros.
pub(super) fn digits(code: &str) -> &str {
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
