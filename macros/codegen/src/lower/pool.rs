//! Puts strings into one blob, equal ones once, addressed by the spans that take the fewest bytes.

use errbook_spec::order::{Firsts, order};

use crate::lower::numbers::MOST_WRITTEN_OUT;
use crate::tables::{Blob, Compare, Numbers, Pool, Spans};

/// The strings of a pool, to which those of other pools can still be added.
pub(crate) struct Growing {
    /// The different strings, in the order of their first use.
    texts: Vec<String>,
    spans: Spans,
    compare: Compare,
}

/// Pools the string of each position.
pub(super) fn pool(each: &[&str]) -> Pool {
    growing(each).finish()
}

/// The same, while strings of other pools are still to come.
pub(super) fn growing(each: &[&str]) -> Growing {
    let mut texts = Vec::new();
    let mut known = Firsts::with_capacity(each.len());
    let mut numbers = Vec::with_capacity(each.len());
    for text in each {
        let number = known.before(text, texts.len());
        if number.is_none() {
            texts.push((*text).to_owned());
        }
        numbers.push(number.unwrap_or(texts.len() - 1));
    }
    Growing {
        spans: spans(&texts, &numbers),
        compare: Compare::Words(blocks(each)),
        texts,
    }
}

impl Growing {
    /// The pool, when nothing more is added to it.
    pub(super) fn finish(self) -> Pool {
        let blob = if self.texts.len() > MOST_WRITTEN_OUT {
            Blob::Whole(self.texts.concat())
        } else {
            Blob::Parts(self.texts)
        };
        Pool {
            blob,
            spans: self.spans,
            compare: self.compare,
        }
    }

    /// Pools strings that are mostly those of this pool, or prefixes of them, as parts of it.
    /// Others are appended to it. `name` is the name of this pool.
    pub(super) fn pool_within(&mut self, name: &'static str, each: &[&str]) -> Pool {
        let mut offsets = vec![0];
        for text in &self.texts {
            offsets.push(offsets[offsets.len() - 1] + text.len());
        }
        let mut end = offsets[self.texts.len()];
        let known = order(self.texts.len(), &|left, right| {
            self.texts[left].cmp(&self.texts[right])
        });
        // From the last to the first, so that a prefix is found in the string that it begins, and
        // not stored again.
        let backwards = order(each.len(), &|left, right| each[right].cmp(each[left]));
        let mut starts = vec![0; each.len()];
        let mut new = Vec::new();
        let mut last = ("", 0);
        for position in backwards {
            let text = each[position];
            // The first that is not before it is the one that begins with it, if any does.
            let after = known.partition_point(|&known| self.texts[known].as_str() < text);
            let whole = known
                .get(after)
                .filter(|&&whole| self.texts[whole].starts_with(text));
            let start = match whole {
                _ if text.is_empty() => 0,
                Some(&whole) => offsets[whole],
                None if last.0.starts_with(text) => last.1,
                None => {
                    last = (text, end);
                    new.push(text.to_owned());
                    end += text.len();
                    last.1
                }
            };
            starts[position] = narrow(start);
        }
        self.texts.extend(new);
        let lens: Vec<u32> = each.iter().map(|text| narrow(text.len())).collect();
        Pool {
            blob: Blob::Of(name),
            spans: Spans::Parts {
                starts: Numbers::new(&starts),
                lens: Numbers::new(&lens),
            },
            // Keys of templates: looking up a symbol with parameters takes many instructions, so
            // saving some is worth more than a predictable branch.
            compare: Compare::Blocks(blocks(each)),
        }
    }
}

fn spans(texts: &[String], numbers: &[usize]) -> Spans {
    let mut offsets = vec![0];
    let mut end = 0;
    for text in texts {
        end += text.len();
        offsets.push(narrow(end));
    }
    let offsets_of_texts = Numbers::new(&offsets);
    if texts.len() == numbers.len() {
        return Spans::Offsets {
            offsets: offsets_of_texts,
        };
    }
    let starts: Vec<u32> = numbers.iter().map(|&number| offsets[number]).collect();
    let lens: Vec<u32> = numbers
        .iter()
        .map(|&number| narrow(texts[number].len()))
        .collect();
    let parts = Spans::Parts {
        starts: Numbers::new(&starts),
        lens: Numbers::new(&lens),
    };
    let numbers: Vec<u32> = numbers.iter().map(|&number| narrow(number)).collect();
    let shared = Spans::Shared {
        numbers: Numbers::new(&numbers),
        offsets: offsets_of_texts,
    };
    if parts.bytes() <= shared.bytes() {
        parts
    } else {
        shared
    }
}

/// How many blocks of 16 bytes cover the longest string: at least two, and at most four, since a
/// block costs every comparison a few instructions and longer strings are rare.
fn blocks(each: &[&str]) -> usize {
    let longest = each.iter().map(|text| text.len()).max().unwrap_or_default();
    longest.div_ceil(16).clamp(2, 4)
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("a spec is smaller than 4 GiB")
}

impl Spans {
    /// How many bytes the tables take.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Offsets { offsets } => offsets.bytes(),
            Self::Parts { starts, lens } => starts.bytes() + lens.bytes(),
            Self::Shared { numbers, offsets } => numbers.bytes() + offsets.bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(count: usize) -> Numbers {
        Numbers::new(&vec![0_u8; count])
    }

    #[test]
    fn spans_take_the_bytes_of_their_tables() {
        let offsets = Spans::Offsets {
            offsets: numbers(5),
        };
        let parts = Spans::Parts {
            starts: numbers(5),
            lens: numbers(4),
        };
        let shared = Spans::Shared {
            numbers: numbers(5),
            offsets: numbers(4),
        };
        assert_eq!([offsets.bytes(), parts.bytes(), shared.bytes()], [5, 9, 9]);
    }

    #[test]
    fn the_spans_with_the_fewest_bytes_are_chosen() {
        let kind = |each: &[&str]| match pool(each).spans {
            Spans::Offsets { .. } => "offsets",
            Spans::Parts { .. } => "parts",
            Spans::Shared { .. } => "shared",
        };
        assert_eq!(kind(&[]), "offsets");
        assert_eq!(kind(&["a", "b"]), "offsets");
        // Two starts and two lengths; two numbers and two offsets.
        assert_eq!(kind(&["a", "a"]), "parts");
        // Four starts and four lengths; four numbers and three offsets.
        assert_eq!(kind(&["a", "b", "a", "b"]), "shared");
    }

    #[test]
    fn up_to_300_strings_are_written_so_that_a_person_can_read_them() {
        let is_readable = |count: usize| {
            let each: Vec<String> = (0..count).map(|at| at.to_string()).collect();
            matches!(pool(&texts(&each)).blob, Blob::Parts(_))
        };
        assert!(is_readable(300));
        assert!(!is_readable(301));
    }

    #[test]
    fn a_string_is_compared_in_as_many_blocks_as_the_longest_needs() {
        for (longest, expected) in [(0, 2), (32, 2), (33, 3), (48, 3), (49, 4), (64, 4), (65, 4)] {
            let longest = "x".repeat(longest);
            assert_eq!(blocks(&["a", &longest, "b"]), expected, "{}", longest.len());
        }
    }

    /// Small numbers need a small type.
    #[test]
    fn an_empty_part_begins_at_0() {
        let mut outer = growing(&["b", "a"]);
        let Spans::Parts { starts, .. } = outer.pool_within("outer", &["", "a"]).spans else {
            panic!("parts have a start and a length each")
        };
        assert!(starts == Numbers::new(&[0_u8, 1]));
    }

    fn texts(each: &[String]) -> Vec<&str> {
        each.iter().map(String::as_str).collect()
    }

    proptest! {
        /// Few letters, so that strings are often equal or have a common prefix.
        #[test]
        fn pooled_parts_equal_their_strings_and_are_stored_once(
            own in prop::collection::vec("[ab]{0,4}", 0..8),
            each in prop::collection::vec("[ab图]{0,5}", 0..12),
        ) {
            let mut outer = growing(&texts(&own));
            let before = outer.texts.len();
            let within = outer.pool_within("outer", &texts(&each));
            let blob = outer.texts.concat();
            let Spans::Parts {
                starts: Numbers::List { values: starts, .. },
                lens: Numbers::List { values: lens, .. },
            } = within.spans
            else {
                panic!("parts have a start and a length each")
            };
            for ((text, start), len) in each.iter().zip(starts).zip(lens) {
                let start = usize::try_from(start).unwrap();
                let len = usize::try_from(len).unwrap();
                prop_assert_eq!(&blob[start..][..len], text);
            }
            for (position, new) in outer.texts.iter().enumerate().skip(before) {
                let mut others = outer.texts.iter().enumerate();
                let is_new = others.all(|(at, other)| at == position || !other.starts_with(new));
                prop_assert!(is_new, "{:?}", outer.texts);
            }
        }
    }
}
