//! The numbers in a query, and the codes, flags, ranges and notes that they fit.

use crate::search::How;
use crate::search::engine::weights::{IDENTIFIER, NOISE};
use crate::search::engine::{Engine, Numbered, Unit, quality};
use crate::search::index::CodeRow;
use crate::search::query::{Class, LabelledSymbol, Number, Sign, is_short, numbers};
use crate::search::text::{distance, name_key};

/// The number of suggestions with nearly the same number.
const MOST_NEAR: usize = 5;

impl Engine<'_> {
    /// Adds a unit for each number. Returns those that the query asks for and that no code has.
    /// Beside a labelled symbol that is unknown, only a labelled number is an answer.
    pub(super) fn add_number_units(
        &self,
        chars: &[char],
        found: Vec<Number>,
        symbols: &[LabelledSymbol],
        units: &mut Vec<Unit>,
    ) -> Vec<String> {
        let mut all: Vec<Number> = Vec::new();
        for mut number in found {
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
        yield_to_others(&mut all);
        let fits: Vec<_> = all.iter().map(|number| self.number_fits(number)).collect();
        let is_code = |fits: &Vec<(usize, u32, How)>| {
            fits.iter()
                .any(|(_, quality, _)| *quality >= quality::OTHER_SIGN)
        };
        let highest = all.iter().map(|number| number.class).max();
        let is_code_found = highest == Some(Class::Keyed);
        let highest = highest.max((!symbols.is_empty()).then_some(Class::Keyed));
        let is_labelled = highest == Some(Class::Keyed);
        let known = all.iter().zip(&fits).filter(|(_, fits)| is_code(fits));
        let best = known.map(|(number, _)| number.class).max();
        let best = best
            .max(highest.filter(|_| is_labelled))
            .unwrap_or(Class::Plain);
        let mut undocumented = Vec::new();
        let is_short = is_short(chars);
        let last = chars.iter().rposition(|c| c.is_alphanumeric());
        for (number, mut documents) in all.into_iter().zip(fits) {
            let is_last = last.is_some_and(|last| number.ends_at(last + 1));
            if is_last && !is_code(&documents) && number.class > Class::Noise {
                self.add_prefix_fits(&number, &mut documents);
            }
            let is_note = documents.iter().any(|(_, _, how)| *how == How::Note);
            let is_asked = if is_labelled {
                number.class == Class::Keyed
            } else {
                number.class == Class::Plain && (is_short || is_note)
            };
            let is_found = |how: How| !matches!(how, How::Note | How::Prefix);
            if is_asked && !documents.iter().any(|(_, _, how)| is_found(*how)) {
                undocumented.push(number.text.clone());
            }
            units.push(Unit {
                weight: number_weight(number.class, best),
                is_hint: is_hint(&number, highest),
                source: number.text,
                documents,
                tokens: Vec::new(),
            });
        }
        if !is_code_found {
            undocumented.extend(symbols.iter().map(|symbol| symbol.text.clone()));
        }
        undocumented
    }

    /// Whether a code has a number, with or without its sign.
    pub(super) fn is_code(&self, number: &Number) -> bool {
        self.numbers.contains_key(&number.digits)
    }

    /// The codes, flags, ranges and notes that a number fits.
    fn number_fits(&self, number: &Number) -> Vec<(usize, u32, How)> {
        let mut fits = Vec::new();
        for entry in self.numbers.get(&number.digits).into_iter().flatten() {
            fits.push(number_fit(number, entry));
        }
        if fits
            .iter()
            .any(|(_, quality, _)| *quality >= quality::SAME_VALUE)
        {
            let others = fits.iter_mut();
            let others = others.filter(|(_, quality, _)| *quality == quality::OTHER_SIGN);
            others.for_each(|(_, _, how)| *how = How::SameDigits);
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
        self.add_flag_fits(number, of_flag, &mut fits);
        // A range or a note is the whole answer to an undocumented number, and only a hint beside
        // a code.
        let is_code = !fits.is_empty();
        self.add_range_fits(&number.text, is_code, &mut fits);
        fits
    }

    /// The sets that have a combination of flags, and the flags with the leading zeros that a
    /// spreadsheet removes: less than half of them, or any short number would be one. A combination
    /// that is a code itself does not count.
    pub(super) fn flags_of(&self, text: &str, is_code: bool) -> Vec<(usize, String)> {
        let is_bits = text.len() >= 2 && text.bytes().all(|bit| matches!(bit, b'0' | b'1'));
        let mut found = Vec::new();
        for (at, set) in self.index.sets.iter().enumerate() {
            let is_whole = set.flags == text.len();
            let is_short = (text.len() + 1..2 * text.len()).contains(&set.flags) && !is_code;
            let flags = format!("{text:0>width$}", width = set.flags);
            let is_own = set.codes.iter().any(|code| code.code == flags);
            if is_bits && (is_whole || is_short) && !is_own {
                found.push((at, flags));
            }
        }
        found
    }

    /// The flags of a combination that is not a code itself.
    fn add_flag_fits(&self, number: &Number, quality: u32, fits: &mut Vec<(usize, u32, How)>) {
        for (at, flags) in self.flags_of(&number.text, self.is_code(number)) {
            let documented = self.documented_flags(at, &flags).into_iter();
            fits.extend(documented.map(|row| (self.first[at] + row, quality, How::Flag)));
        }
    }

    /// The codes of a set that are flags of a combination.
    pub(super) fn documented_flags(&self, set: usize, flags: &str) -> Vec<usize> {
        let codes = self.index.sets[set].codes.iter().enumerate();
        let is_set = |code: &CodeRow| {
            let position = code.code.find('1');
            position.is_some_and(|position| flags.as_bytes()[position] == b'1')
        };
        let rows = codes.filter(|(_, code)| is_set(code)).map(|(row, _)| row);
        rows.collect()
    }

    fn add_range_fits(&self, number: &str, is_code: bool, fits: &mut Vec<(usize, u32, How)>) {
        let quality = |beside_code: u32| {
            if is_code {
                beside_code
            } else {
                quality::SAME_VALUE
            }
        };
        let is_mentioned = |ends: &(String, String)| is_mentioned(number, ends);
        let is_in =
            |ends: &(String, String)| value(number).is_some_and(|number| holds(ends, number));
        let mut range = self.codes + self.index.sets.len();
        for (at, set) in self.index.sets.iter().enumerate() {
            if set.mentions.iter().any(is_mentioned) {
                let quality = quality(quality::MENTIONED);
                fits.push((self.codes + at, quality, How::Note));
            }
            for (row, code) in set.codes.iter().enumerate() {
                if code.mentions.iter().any(is_mentioned) {
                    let quality = quality(quality::MENTIONED);
                    fits.push((self.first[at] + row, quality, How::Note));
                }
            }
            for ends in &set.ranges {
                if is_in(ends) {
                    fits.push((range, quality(quality::IN_RANGE), How::Range));
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
    pub(super) fn near_number_units(
        &self,
        chars: &[char],
        symbols: &[LabelledSymbol],
    ) -> Vec<Unit> {
        let mut units = Vec::new();
        let all = numbers(chars, &self.keys);
        let is_labelled =
            !symbols.is_empty() || all.iter().any(|number| number.class == Class::Keyed);
        if !is_labelled && !is_short(chars) {
            return units;
        }
        let least = if is_labelled {
            Class::Keyed
        } else {
            Class::Joined
        };
        for number in all {
            if number.class < least || number.digits.len() < 3 {
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

/// `{"code":0,"data":{"errcode":-5007}}`: that the call succeeded is not the answer to it.
fn yield_to_others(numbers: &mut [Number]) {
    let is_success = |number: &Number| matches!(number.digits.as_str(), "0" | "200");
    let is_labelled = |number: &Number| number.class == Class::Keyed;
    if numbers
        .iter()
        .any(|number| is_labelled(number) && !is_success(number))
    {
        let successes = numbers.iter_mut().filter(|number| is_success(number));
        successes.for_each(|number| number.class = number.class.min(Class::Plain));
    }
}

/// Whether a number is from one to another.
fn holds((from, to): &(String, String), number: i64) -> bool {
    match (value(from), value(to)) {
        (Some(from), Some(to)) => (from.min(to)..=from.max(to)).contains(&number),
        _ => false,
    }
}

/// Whether a note mentions a number. Many leave out the minus of a code when they ask.
pub(super) fn is_mentioned(number: &str, ends: &(String, String)) -> bool {
    value(number).is_some_and(|number| holds(ends, number) || (number > 0 && holds(ends, -number)))
}

/// Whether a number only adds to what the rest of the query finds: beside a labelled one, all
/// others; the parts of a date and the like always, and beside a number by itself what has a letter
/// behind it.
fn is_hint(number: &Number, highest: Option<Class>) -> bool {
    match highest {
        Some(Class::Keyed) => number.class < Class::Keyed,
        Some(Class::Plain) if number.key.is_empty() => number.class <= Class::Other,
        _ => number.class == Class::Noise,
    }
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
    let is_other = number.is_glued && number.class < Class::Keyed;
    let how = if is_other { How::SameDigits } else { how };
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
