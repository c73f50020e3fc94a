//! A text in, its tokens out: words without endings, and characters and pairs of characters of
//! scripts that have no spaces. Texts of the index and queries go through it alike.
//!
//! `site/assets/search.js` does the same in JavaScript, function by function.

use std::collections::{BTreeSet, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::search::words::Vocabulary;

/// Longer words are truncated: people do not type them, and a distance costs the product of both
/// lengths.
const MAX_WORD: usize = 40;
/// A tag of HTML or the name of a parameter, `<br/>` or `<key>`, is not longer than that.
const MAX_TAG: usize = 30;

/// The tables of [`Vocabulary`], ready to be looked up.
#[derive(Debug)]
pub(super) struct Language<'a> {
    pub(super) words: &'a Vocabulary,
    simplified: HashMap<char, char>,
    stop: HashSet<&'a str>,
    same: Vec<(Vec<char>, Vec<char>)>,
}

impl<'a> Language<'a> {
    pub(super) fn new(words: &'a Vocabulary) -> Self {
        let pairs = words.traditional.chars().zip(words.simplified.chars());
        Self {
            words,
            simplified: pairs.collect(),
            stop: words.stop.split_whitespace().collect(),
            same: words.same.iter().map(phrases).collect(),
        }
    }

    /// The tokens of a text in their order, each once.
    pub(super) fn tokens(&self, text: &str) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut tokens = self.all_tokens(&normalized(text));
        tokens.retain(|token| seen.insert(token.clone()));
        tokens
    }

    /// The tokens of normalized characters in their order.
    pub(super) fn all_tokens(&self, chars: &[char]) -> Vec<String> {
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            let begin = at;
            if let Some(end) = end_of_tag(chars, at) {
                at = end;
            } else if is_ideograph(chars[at]) {
                while at < chars.len() && is_ideograph(chars[at]) {
                    at += 1;
                }
                self.push_ideographs(&chars[begin..at], &mut tokens);
            } else if is_letter(chars[at]) {
                while at < chars.len() && is_letter(chars[at]) && !is_ideograph(chars[at]) {
                    at += 1;
                }
                self.push_words(&chars[begin..at], &mut tokens);
            } else {
                at += 1;
            }
        }
        tokens
    }

    /// The letters and digits of a text, without the tags.
    pub(super) fn letters(&self, chars: &[char]) -> String {
        let mut letters = String::new();
        let mut at = 0;
        while at < chars.len() {
            if let Some(end) = end_of_tag(chars, at) {
                at = end;
                continue;
            }
            if is_letter(chars[at]) {
                letters.extend(self.simple(chars[at]).to_lowercase());
            }
            at += 1;
        }
        letters
    }

    /// The simplified form of a character.
    fn simple(&self, c: char) -> char {
        self.simplified.get(&c).copied().unwrap_or(c)
    }

    /// Each character, and each pair of neighbours.
    fn push_ideographs(&self, run: &[char], tokens: &mut Vec<String>) {
        let run: Vec<char> = run.iter().map(|c| self.simple(*c)).collect();
        let run = self.with_one_wording(&run);
        for (at, c) in run.iter().enumerate() {
            tokens.push(c.to_string());
            if let Some(next) = run.get(at + 1) {
                tokens.push([*c, *next].iter().collect());
            }
        }
    }

    /// A text with one of the phrases that mean the same.
    fn with_one_wording(&self, run: &[char]) -> Vec<char> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < run.len() {
            let mut phrases = self.same.iter();
            if let Some((phrase, same)) = phrases.find(|(phrase, _)| run[at..].starts_with(phrase))
            {
                out.extend(same);
                at += phrase.len();
            } else {
                out.push(run[at]);
                at += 1;
            }
        }
        out
    }

    /// The words of a name: `NoFaceFound` is `no`, `face`, `found`, and `nofacefound`.
    fn push_words(&self, run: &[char], tokens: &mut Vec<String>) {
        let mut begin = 0;
        for at in 1..=run.len() {
            if at == run.len() || is_hump(run, at) {
                self.push_word(&run[begin..at], tokens);
                if begin > 0 && at == run.len() {
                    self.push_word(run, tokens);
                }
                begin = at;
            }
        }
    }

    fn push_word(&self, word: &[char], tokens: &mut Vec<String>) {
        let word = &word[..word.len().min(MAX_WORD)];
        let word: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
        if !self.stop.contains(word.as_str()) {
            tokens.push(self.stem(word));
        }
    }

    /// An English word without its ending.
    fn stem(&self, word: String) -> String {
        if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word;
        }
        let mut stem = word;
        for (ending, replacement, left) in &self.words.endings {
            if stem.ends_with(ending.as_str()) && stem.len() - ending.len() >= *left {
                stem.truncate(stem.len() - ending.len());
                stem.push_str(replacement);
                break;
            }
        }
        if stem.len() >= 4 && stem.ends_with('e') {
            stem.pop();
        }
        stem
    }
}

fn phrases((phrase, same): &(String, String)) -> (Vec<char>, Vec<char>) {
    (phrase.chars().collect(), same.chars().collect())
}

/// A text in compatibility form (full-width letters become ASCII), with one minus sign and without
/// zero-width characters.
pub(super) fn normalized(text: &str) -> Vec<char> {
    let minus = |c: char| match c {
        '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' => '-',
        other => other,
    };
    text.nfkc()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'))
        .map(minus)
        .collect()
}

/// The key of a name: `NameMismatch`, `name-mismatch` and `NAME_MISMATCH` have the same.
pub(super) fn name_key(name: &str) -> String {
    let folded = normalized(name).into_iter();
    folded
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a character is of a script that has no spaces between words.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

/// The end of the tag that begins at a character, if one does.
pub(super) fn end_of_tag(chars: &[char], at: usize) -> Option<usize> {
    let begins = chars[at] == '<'
        && chars
            .get(at + 1)
            .is_some_and(|c| c.is_ascii_alphabetic() || *c == '/');
    let mut rest = chars.iter().enumerate().skip(at + 1).take(MAX_TAG);
    let end = rest.find(|(_, c)| **c == '>').map(|(end, _)| end + 1);
    end.filter(|_| begins)
}

/// Whether a new word begins inside of a name.
fn is_hump(run: &[char], at: usize) -> bool {
    let before = run[at - 1];
    let here = run[at];
    if here.is_ascii_uppercase() {
        let next_is_lower = run.get(at + 1).is_some_and(char::is_ascii_lowercase);
        return !before.is_ascii_uppercase() || next_is_lower;
    }
    // `Quiet5007` ends with a number, `base64` does not.
    let digits = |at: usize| {
        run[at..]
            .iter()
            .take(3)
            .filter(|c| c.is_ascii_digit())
            .count()
    };
    here.is_ascii_digit() && !before.is_ascii_digit() && digits(at) == 3
}

/// How many characters must be inserted, removed, replaced or exchanged with their neighbour, up to
/// `most`; more than that is `most + 1`.
pub(super) fn distance(one: &[char], other: &[char], most: usize) -> usize {
    if one.len().abs_diff(other.len()) > most {
        return most + 1;
    }
    let width = other.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut row: Vec<usize> = (0..width).collect();
    for at in 0..one.len() {
        let mut next = vec![at + 1; width];
        let mut least = at + 1;
        for to in 0..other.len() {
            let replaced = row[to] + usize::from(one[at] != other[to]);
            let mut best = replaced.min(row[to + 1] + 1).min(next[to] + 1);
            if at > 0 && to > 0 && one[at] == other[to - 1] && one[at - 1] == other[to] {
                best = best.min(before[to - 1] + 1);
            }
            next[to + 1] = best;
            least = least.min(best);
        }
        if least > most {
            return most + 1;
        }
        before = row;
        row = next;
    }
    row[other.len()].min(most + 1)
}

/// How many typos a word of this length may have: none in short ones, where each letter makes
/// another word.
pub(super) fn forgiven(length: usize) -> usize {
    match length {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// A word with the letters that it has, as bits.
pub(super) fn with_letters(word: String) -> (String, u32) {
    let letters = letters(&word);
    (word, letters)
}

fn letters(word: &str) -> u32 {
    let bit = |c: char| 1_u32 << (c as u32 % 32);
    word.chars().fold(0, |letters, c| letters | bit(c))
}

/// The positions of the words with the smallest distance, if that is not more than `most`.
pub(super) fn nearest(word: &str, known: &[(String, u32)], most: usize) -> Vec<usize> {
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
