//! Puts texts into one blob, equal ones once, addressed by whatever takes the least room.

use errbook_spec::order::{Firsts, order};

use crate::tables::{Pool, Spans};

/// Pools the text of each position.
pub(super) fn pool(each: &[&str]) -> Pool {
    let (mut texts, mut known) = (Vec::new(), Firsts::with_capacity(each.len()));
    let mut numbers = Vec::with_capacity(each.len());
    for text in each {
        let number = known.before(text, texts.len());
        if number.is_none() {
            texts.push((*text).to_owned());
        }
        numbers.push(number.unwrap_or(texts.len() - 1));
    }
    Pool {
        spans: spans(&texts, &numbers),
        texts,
        of: None,
    }
}

/// Pools texts that are mostly those of another pool, or begin them, as parts of that pool; what is not yet in it comes
/// to its end.
pub(super) fn pool_within(name: &'static str, outer: &mut Pool, each: &[&str]) -> Pool {
    let mut offsets = vec![0];
    for text in &outer.texts {
        offsets.push(offsets[offsets.len() - 1] + text.len());
    }
    let mut end = offsets[outer.texts.len()];
    let known = order(outer.texts.len(), &|left, right| {
        outer.texts[left].cmp(&outer.texts[right])
    });
    // From the last to the first, so that a beginning is found in the text that it begins, and not written down again.
    let backwards = order(each.len(), &|left, right| each[right].cmp(each[left]));
    let (mut starts, mut new, mut last) = (vec![0; each.len()], Vec::new(), ("", 0));
    for position in backwards {
        let text = each[position];
        // The first that is not before it is the one that begins with it, if any does.
        let after = known.partition_point(|&known| outer.texts[known].as_str() < text);
        let whole = known
            .get(after)
            .filter(|&&whole| outer.texts[whole].starts_with(text));
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
    outer.texts.extend(new);
    let lens = each.iter().map(|text| narrow(text.len())).collect();
    Pool {
        texts: Vec::new(),
        spans: Spans::Parts { starts, lens },
        of: Some(name),
    }
}

fn spans(texts: &[String], numbers: &[usize]) -> Spans {
    let (mut offsets, mut end) = (vec![0], 0);
    for text in texts {
        end += text.len();
        offsets.push(narrow(end));
    }
    if texts.len() == numbers.len() {
        return Spans::Offsets(offsets);
    }
    let starts = numbers.iter().map(|&number| offsets[number]).collect();
    let lens = numbers
        .iter()
        .map(|&number| narrow(texts[number].len()))
        .collect();
    let parts = Spans::Parts { starts, lens };
    let numbers = Spans::Numbers {
        numbers: numbers.iter().map(|&number| narrow(number)).collect(),
        offsets,
    };
    if parts.bytes() <= numbers.bytes() {
        parts
    } else {
        numbers
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("a spec is smaller than 4 GiB")
}

impl Pool {
    /// How long its longest text is.
    pub(crate) fn longest(&self) -> usize {
        match &self.spans {
            Spans::Parts { lens, .. } => lens
                .iter()
                .map(|&len| len as usize)
                .max()
                .unwrap_or_default(),
            _ => self.texts.iter().map(String::len).max().unwrap_or_default(),
        }
    }
}

impl Spans {
    /// How many bytes the tables take.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Offsets(offsets) => bytes(offsets),
            Self::Parts { starts, lens } => bytes(starts) + bytes(lens),
            Self::Numbers { numbers, offsets } => bytes(numbers) + bytes(offsets),
        }
    }
}

/// How many bytes a table takes in the smallest type that holds all its numbers.
fn bytes(table: &[u32]) -> usize {
    let width = match table.iter().max() {
        None | Some(..=0xFF) => 1,
        Some(..=0xFFFF) => 2,
        Some(_) => 4,
    };
    width * table.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(each: &[String]) -> Vec<&str> {
        each.iter().map(String::as_str).collect()
    }

    proptest! {
        /// Few letters, so that texts are often the same or begin alike.
        #[test]
        fn parts_are_their_texts_and_none_is_kept_twice(
            own in prop::collection::vec("[ab]{0,4}", 0..8),
            each in prop::collection::vec("[ab图]{0,5}", 0..12),
        ) {
            let mut outer = pool(&texts(&own));
            let before = outer.texts.len();
            let within = pool_within("outer", &mut outer, &texts(&each));
            let blob = outer.texts.concat();
            let Spans::Parts { starts, lens } = within.spans else { panic!("parts are addressed as such") };
            for ((text, start), len) in each.iter().zip(starts).zip(lens) {
                prop_assert_eq!(&blob[start as usize..][..len as usize], text);
            }
            for (position, new) in outer.texts.iter().enumerate().skip(before) {
                let others = outer.texts.iter().enumerate().filter(|(other, _)| *other != position);
                prop_assert!(others.map(|(_, other)| other).all(|other| !other.starts_with(new)), "{:?}", outer.texts);
            }
        }
    }
}
