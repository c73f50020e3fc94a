//! Finds all the words of a list in a text.
//!
//! An automaton of this many words takes longer to build than a document to read. Here a word is
//! found by the hash of its bytes, and few places of a text are looked at: by how a word can begin
//! it is known how long it can be.

/// Words, each with a value.
#[derive(Clone)]
pub(super) struct Matcher<T> {
    /// All words, one after the other, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    pub(super) values: Vec<T>,
    /// By the hash of a word its number, counted from 1. Its length is a power of two.
    slots: Vec<u16>,
    /// By how words begin, their lengths as bits.
    lengths: Vec<u64>,
}

const HEAD_BITS: u32 = 13;
const HEADS: usize = 1 << HEAD_BITS;

/// In bytes.
const LONGEST: usize = u64::BITS as usize - 1;

impl<T> Default for Matcher<T> {
    fn default() -> Self {
        Matcher {
            bytes: Vec::new(),
            ends: Vec::new(),
            values: Vec::new(),
            slots: Vec::new(),
            lengths: Vec::new(),
        }
    }
}

impl<T> Matcher<T> {
    /// The value of a word, which is added with a new one unless it is known. `None` if it is too
    /// long or too short, or one too many.
    pub(super) fn add(&mut self, word: &str, new: T) -> Option<&mut T> {
        let word = word.as_bytes();
        if matches!(word, [] | [b' ', _])
            || word.len() > LONGEST
            || self.ends.len() >= usize::from(u16::MAX)
        {
            return None;
        }
        if self.slots.len() < 4 * (self.ends.len() + 1) {
            self.grow();
        }
        let hash = hash(word);
        let slot = match self.lookup(hash, |known| known == word) {
            Ok(number) => return self.values.get_mut(number),
            Err(slot) => slot,
        };
        self.bytes.extend_from_slice(word);
        self.ends.push(self.bytes.len());
        self.slots[slot] = u16::try_from(self.ends.len()).ok()?;
        self.lengths[head(word)] |= 1 << word.len();
        self.values.push(new);
        self.values.last_mut()
    }

    /// The value of a word; letter case of ASCII is ignored.
    pub(super) fn get(&self, word: &str) -> Option<&T> {
        let word = word.as_bytes();
        if self.slots.is_empty() {
            return None;
        }
        let lower = word.iter().map(u8::to_ascii_lowercase);
        let found = self.lookup(lower.fold(SEED, step), |known| {
            known.eq_ignore_ascii_case(word)
        });
        self.values.get(found.ok()?)
    }

    /// The lengths of all words that begin like this, and of a few others, as bits.
    pub(super) fn lengths(&self, beginning: &[u8]) -> u64 {
        self.lengths.get(head(beginning)).copied().unwrap_or(0)
    }

    /// Calls `found` with each word that begins at a place of a text: where it ends, and its value.
    pub(super) fn at(&self, text: &str, start: usize, mut found: impl FnMut(usize, &T)) {
        let rest = &text.as_bytes()[start..];
        let lengths = self.lengths(rest);
        if lengths == 0 {
            return;
        }
        let mut hash = SEED;
        // No word is longer than what is left of the text.
        let fitting = !(u64::MAX << rest.len().min(LONGEST) << 1);
        let mut left = (lengths & fitting) >> 1;
        for (place, &byte) in rest.iter().enumerate() {
            if left == 0 {
                break;
            }
            hash = step(hash, byte);
            if left & 1 != 0
                && let Ok(number) = self.lookup(hash, |known| known == &rest[..=place])
            {
                found(start + place + 1, &self.values[number]);
            }
            left >>= 1;
        }
    }

    fn word(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[number]]
    }

    /// The number of the word with this hash, or the free slot that it belongs into.
    fn lookup(&self, hash: u64, is_word: impl Fn(&[u8]) -> bool) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> 32) as usize & mask;
        loop {
            match usize::from(self.slots[slot]).checked_sub(1) {
                None => return Err(slot),
                Some(number) if is_word(self.word(number)) => return Ok(number),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.lengths.resize(HEADS, 0);
        self.slots = vec![0; (8 * self.ends.len()).next_power_of_two().max(64)];
        for number in 0..self.ends.len() {
            let word = self.word(number);
            let slot = self.lookup(hash(word), |known| known == word);
            if let (Err(slot), Ok(counted)) = (slot, u16::try_from(number + 1)) {
                self.slots[slot] = counted;
            }
        }
    }
}

fn hash(word: &[u8]) -> u64 {
    word.iter().copied().fold(SEED, step)
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Of the first character; of three bytes after the end of another word.
fn head(bytes: &[u8]) -> usize {
    let length = match bytes {
        [b' ', ..] => 3,
        [first, ..] => width(*first),
        [] => 0,
    };
    let head = bytes.iter().take(length);
    let head = head.fold(0, |head: u32, &byte| head << 8 | u32::from(byte));
    (head.wrapping_mul(0x9E37_79B9) >> (u32::BITS - HEAD_BITS)) as usize
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
            assert_eq!(matcher.add(word, number), Some(&mut number.clone()));
            assert_eq!(matcher.add(word, 9), Some(&mut number.clone()));
        }
        let found = |text: &str| {
            let mut found = Vec::new();
            for (start, _) in text.char_indices() {
                matcher.at(text, start, |end, &number| found.push((start, end, number)));
            }
            found
        };
        assert_eq!(found(" fail failed "), [(0, 6, 0), (5, 13, 1)]);
        assert_eq!(found("错误码"), [(0, 6, 2), (0, 9, 3)]);
        assert_eq!(found(" коды"), [(0, 7, 4)]);
        assert_eq!(found("错"), []);
        assert_eq!(matcher.get("错误"), Some(&2));
        assert_eq!(matcher.get("错"), None);
        assert_eq!(Matcher::<()>::default().get("错"), None);
    }

    #[test]
    fn many_words_are_found() {
        let words: Vec<String> = (0..5000).map(|number| format!(" w{number} ")).collect();
        let mut matcher = Matcher::default();
        for (number, word) in words.iter().enumerate() {
            assert!(matcher.add(word, number).is_some());
        }
        for (number, word) in words.iter().enumerate() {
            let mut found = None;
            matcher.at(word, 0, |_, &number| found = Some(number));
            assert_eq!(found, Some(number));
        }
        assert_eq!(matcher.add(&"long".repeat(20), 0), None);
    }
}
