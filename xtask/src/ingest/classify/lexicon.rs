//! Finds all the words of a list in a text, in one pass over the text.
//!
//! An automaton of some hundred words takes megabytes, and waits for memory at each letter. Few
//! places of a text begin like a word, and what words begin with fits into a few kilobytes.

/// Words, each with its place in the list that it is from.
pub(super) struct Lexicon {
    words: Vec<Word>,
    /// By what words begin with, the number of the first such word, counted from 1; 0 if there is none.
    begins: Box<[u16; SLOTS]>,
    /// Words that are shorter than what is looked at.
    short: Vec<Word>,
}

struct Word {
    text: Box<[u8]>,
    place: usize,
    /// The number of the next word in the same slot.
    next: u16,
}

/// So many bytes of a word are looked at first.
const HEAD: usize = 3;

const SLOTS: usize = 1 << 11;

impl Lexicon {
    /// Words of ASCII are found in capitals too.
    pub(super) fn new<W: AsRef<[u8]>>(words: impl Iterator<Item = (W, usize)>) -> Self {
        let words = words.map(|(word, place)| Word { text: word.as_ref().into(), place, next: 0 });
        let (mut words, short): (Vec<Word>, Vec<Word>) = words.partition(|word| word.text.len() >= HEAD);
        let mut begins = Box::new([0; SLOTS]);
        for (number, word) in (1..).zip(&mut words) {
            word.next = std::mem::replace(&mut begins[slot(&word.text)], number);
        }
        Lexicon { words, begins, short }
    }

    /// The places of the words that stand anywhere in a text.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let bytes = text.as_bytes();
        let is_in = |word: &&Word| bytes.windows(word.text.len()).any(|part| part.eq_ignore_ascii_case(&word.text));
        let short = self.short.iter().filter(is_in);
        // No word begins inside a letter.
        let heads = bytes.windows(HEAD).enumerate().filter(|(_, head)| !matches!(head[0], 0x80..=0xBF));
        let heads = heads.map(|(at, head)| (at, self.begins[slot(head)]));
        let begun = heads.filter(|&(_, number)| number > 0);
        let long = begun.flat_map(move |(at, number)| self.begin_with(number, &bytes[at..]));
        short.chain(long).map(|word| word.place)
    }

    /// Of the words in one slot those that a text begins with.
    fn begin_with<'a>(&'a self, number: u16, text: &'a [u8]) -> impl Iterator<Item = &'a Word> {
        let word = |number: u16| self.words.get(usize::from(number).checked_sub(1)?);
        let words = std::iter::successors(word(number), move |known| word(known.next));
        words.filter(|word| text.get(..word.text.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(&word.text)))
    }

    /// Does any of the words stand in a text?
    pub(super) fn finds_any(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}

/// Where what begins so is noted; capitals and small letters share a slot.
fn slot(head: &[u8]) -> usize {
    let [first, second, third] = [head[0], head[1], head[2]].map(|byte| u32::from(byte | 0x20));
    let mixed = (first | second << 8 | third << 16).wrapping_mul(0x9E37_79B1);
    (mixed >> 21) as usize
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn words_are_found_wherever_they_stand() {
        let words = ["#", "fail", "failed", "错误", "错误码", "код"];
        let lexicon = Lexicon::new(words.into_iter().zip(0..));
        let found = |text: &str| {
            let mut places: Vec<usize> = lexicon.find(text).collect();
            places.sort_unstable();
            places
        };
        assert_eq!(found("it FAILED, 错误码 #1"), [0, 1, 2, 3, 4]);
        assert_eq!(found("错"), []);
        assert_eq!(found("коды"), [5]);
        assert!(!lexicon.finds_any("fai") && lexicon.finds_any("xfail"));
    }
}
