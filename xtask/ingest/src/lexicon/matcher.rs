//! Finds all the words of a list in a text.
//!
//! An automaton of this many words takes longer to build than a document to read. Here a word is
//! found by the hash of its bytes, and few places of a text are looked at: by how a word can begin
//! it is known how long it can be.

/// Words, numbered in the order that they were added.
#[derive(Default)]
pub(super) struct Matcher {
    /// All words, one after the other, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// By the hash of a word its number, counted from 1. Its length is a power of two.
    slots: Vec<u16>,
    /// By how words begin, their lengths as bits.
    lengths: Vec<u64>,
}

/// A power of two.
const HEADS: usize = 1 << 11;

/// In bytes.
const LONGEST: usize = u64::BITS as usize - 1;

impl Matcher {
    /// The number of a word, which is added unless it is known. `None` if it is too long, or one too many.
    pub(super) fn add(&mut self, word: &str) -> Option<usize> {
        let word = word.as_bytes();
        if word.is_empty() || word.len() > LONGEST || self.ends.len() >= usize::from(u16::MAX) {
            return None;
        }
        if self.slots.len() < 4 * (self.ends.len() + 1) {
            self.grow();
        }
        let hash = word.iter().fold(SEED, |hash, &byte| step(hash, byte));
        let slot = match self.lookup(hash, word) {
            Ok(number) => return Some(number),
            Err(slot) => slot,
        };
        self.bytes.extend_from_slice(word);
        self.ends.push(self.bytes.len());
        self.slots[slot] = u16::try_from(self.ends.len()).ok()?;
        self.lengths[head(word)] |= 1 << word.len();
        Some(self.ends.len() - 1)
    }

    /// Calls `found` with each word that begins at a place of a text: where it ends, and its number.
    pub(super) fn at(&self, text: &str, start: usize, mut found: impl FnMut(usize, usize)) {
        let rest = &text.as_bytes()[start..];
        let Some(&lengths) = self.lengths.get(head(rest)) else {
            return;
        };
        let mut hash = SEED;
        let mut left = lengths >> 1;
        for (place, &byte) in rest.iter().enumerate() {
            if left == 0 {
                break;
            }
            hash = step(hash, byte);
            if left & 1 != 0
                && let Ok(number) = self.lookup(hash, &rest[..=place])
            {
                found(start + place + 1, number);
            }
            left >>= 1;
        }
    }

    fn word(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[number]]
    }

    /// The number of a word, or the free slot that it belongs into.
    fn lookup(&self, hash: u64, word: &[u8]) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> 32) as usize & mask;
        loop {
            match usize::from(self.slots[slot]).checked_sub(1) {
                None => return Err(slot),
                Some(number) if self.word(number) == word => return Ok(number),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.lengths.resize(HEADS, 0);
        self.slots = vec![0; (8 * self.ends.len()).next_power_of_two().max(64)];
        for number in 0..self.ends.len() {
            let word = self.word(number);
            let hash = word.iter().fold(SEED, |hash, &byte| step(hash, byte));
            if let (Err(slot), Ok(counted)) = (self.lookup(hash, word), u16::try_from(number + 1)) {
                self.slots[slot] = counted;
            }
        }
    }
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The first character, and the next one after the space before a word.
fn head(bytes: &[u8]) -> usize {
    let length = match bytes {
        [b' ', next, ..] => 1 + width(*next),
        [first, ..] => width(*first),
        [] => 0,
    };
    let hash = bytes
        .iter()
        .take(length)
        .fold(SEED, |hash, &byte| step(hash, byte));
    (hash >> 32) as usize & (HEADS - 1)
}

fn width(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::Matcher;

    #[test]
    fn words_are_found_where_they_begin() {
        let words = [" fail ", " failed ", "错误", "错误码", " код"];
        let mut matcher = Matcher::default();
        for (number, word) in words.into_iter().enumerate() {
            assert_eq!(matcher.add(word), Some(number));
            assert_eq!(matcher.add(word), Some(number));
        }
        let found = |text: &str| {
            let mut found = Vec::new();
            for (start, _) in text.char_indices() {
                matcher.at(text, start, |end, number| found.push((start, end, number)));
            }
            found
        };
        assert_eq!(found(" fail failed "), [(0, 6, 0), (5, 13, 1)]);
        assert_eq!(found("错误码"), [(0, 6, 2), (0, 9, 3)]);
        assert_eq!(found(" коды"), [(0, 7, 4)]);
        assert_eq!(found("错"), []);
    }

    #[test]
    fn many_words_are_found() {
        let words: Vec<String> = (0..5000).map(|number| format!(" w{number} ")).collect();
        let mut matcher = Matcher::default();
        for word in &words {
            assert!(matcher.add(word).is_some());
        }
        for (number, word) in words.iter().enumerate() {
            let mut found = None;
            matcher.at(word, 0, |_, number| found = Some(number));
            assert_eq!(found, Some(number));
        }
        assert_eq!(matcher.add(&"long".repeat(20)), None);
    }
}
