//! Finds all the words of a list in a text, in one pass over the text.
//!
//! An automaton of some hundred words takes megabytes, and waits for memory at each letter. Few
//! places of a text begin like a word, and what words begin with fits into a few kilobytes.

use memchr::memmem::Finder;

/// Words, each with its place in the list that it is from.
pub(super) struct Lexicon {
    words: Vec<Word>,
    /// The first bytes of words.
    firsts: Box<[bool; 256]>,
    /// By what words begin with, the number of the first such word, counted from 1; 0 if there is none.
    begins: Box<[u16; SLOTS]>,
    /// Words that are shorter than what is looked at: one letter that has no capital.
    short: Vec<(Finder<'static>, Word)>,
}

struct Word {
    text: Box<[u8]>,
    place: usize,
    /// The number of the next word in the same slot.
    next: u16,
}

const SLOTS: usize = 1 << 11;

impl Lexicon {
    /// Words of ASCII are found in capitals too.
    pub(super) fn new<W: AsRef<[u8]>>(words: impl Iterator<Item = (W, usize)>) -> Self {
        let words = words.map(|(word, place)| Word {
            text: word.as_ref().into(),
            place,
            next: 0,
        });
        let (mut words, short): (Vec<Word>, Vec<Word>) =
            words.partition(|word| head(&word.text).is_some());
        let mut begins = Box::new([0; SLOTS]);
        let mut firsts = Box::new([false; 256]);
        for (number, word) in (1..).zip(&mut words) {
            let slot = head(&word.text).expect("the words without one are apart");
            word.next = std::mem::replace(&mut begins[slot], number);
            for first in [
                word.text[0].to_ascii_lowercase(),
                word.text[0].to_ascii_uppercase(),
            ] {
                firsts[usize::from(first)] = true;
            }
        }
        let short = short
            .into_iter()
            .map(|word| (Finder::new(&*word.text).into_owned(), word))
            .collect();
        Lexicon {
            words,
            firsts,
            begins,
            short,
        }
    }

    /// Notes the places of the words that stand anywhere in a text.
    pub(super) fn find(&self, text: &str, places: &mut Vec<usize>) {
        self.search(text.as_bytes(), |word| {
            places.push(word.place);
            false
        });
    }

    /// Does any of the words stand in a text?
    pub(super) fn finds_any(&self, text: &str) -> bool {
        self.search(text.as_bytes(), |_| true)
    }

    /// Looks at each word that stands in a text, until one is enough.
    fn search(&self, text: &[u8], mut is_enough: impl FnMut(&Word) -> bool) -> bool {
        if self
            .short
            .iter()
            .any(|(finder, word)| finder.find(text).is_some() && is_enough(word))
        {
            return true;
        }
        let mut rest = text;
        while let Some(&first) = rest.first() {
            let slot = if self.firsts[usize::from(first)] {
                head(rest)
            } else {
                None
            };
            let mut number = slot.map_or(0, |slot| self.begins[slot]);
            while let Some(word) = usize::from(number)
                .checked_sub(1)
                .map(|place| &self.words[place])
            {
                let begins = rest
                    .get(..word.text.len())
                    .is_some_and(|begin| begin.eq_ignore_ascii_case(&word.text));
                if begins && is_enough(word) {
                    return true;
                }
                number = word.next;
            }
            // No word begins inside a letter; the longest letters have one more byte, which begins none either.
            rest = rest
                .get(if first >= 0xE0 { 3 } else { 1 }..)
                .unwrap_or_default();
        }
        false
    }
}

/// The slot of what begins so, two letters of three bytes or three of one; capitals and small
/// letters share it.
fn head(text: &[u8]) -> Option<usize> {
    let bytes = match *text {
        [0xE0..=0xFF, second, third, _, fifth, sixth, ..] => [second, third, fifth, sixth],
        [0xE0..=0xFF, ..] => return None,
        [first, second, third, ..] => [first | 0x20, second | 0x20, third | 0x20, 0],
        _ => return None,
    };
    Some((u32::from_le_bytes(bytes).wrapping_mul(0x9E37_79B1) >> 21) as usize)
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn words_are_found_wherever_they_stand() {
        let words = ["#", "fail", "failed", "错误", "错误码", "код"];
        let lexicon = Lexicon::new(words.into_iter().zip(0..));
        let found = |text: &str| {
            let mut places: Vec<usize> = Vec::new();
            lexicon.find(text, &mut places);
            places.sort_unstable();
            places
        };
        assert_eq!(found("it FAILED, 错误码 #1"), [0, 1, 2, 3, 4]);
        assert!(found("错").is_empty());
        assert_eq!(found("коды"), [5]);
        assert!(!lexicon.finds_any("fai") && lexicon.finds_any("xfail"));
    }
}
