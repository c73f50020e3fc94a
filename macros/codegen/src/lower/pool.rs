//! Puts texts into one blob, equal ones once, addressed by whatever takes the least room.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound::{Included, Unbounded};

use crate::tables::{Pool, Spans};

/// Pools the text of each position.
pub(super) fn pool<'a>(each: impl IntoIterator<Item = &'a str>) -> Pool {
    let each: Vec<&str> = each.into_iter().collect();
    let mut texts: Vec<&str> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let numbers: Vec<usize> = each
        .iter()
        .map(|text| {
            *known.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() - 1
            })
        })
        .collect();
    Pool { spans: spans(&texts, &numbers), texts: texts.into_iter().map(str::to_owned).collect(), of: None }
}

/// Pools texts that are mostly those of another pool, or begin them, as parts of that pool; what is not yet in it comes
/// to its end.
pub(super) fn pool_within<'a>(
    name: &'static str,
    outer: &mut Pool,
    each: impl IntoIterator<Item = &'a str> + Clone,
) -> Pool {
    // So that a beginning is found in the text that it begins, and not written down again.
    let mut wanted: Vec<&str> = each.clone().into_iter().collect();
    wanted.sort_unstable_by(|left, right| right.cmp(left));
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut end = 0;
    for text in &outer.texts {
        known.entry(text.clone()).or_insert(end);
        end += text.len();
    }
    for text in wanted {
        if start(&known, text).is_none() {
            known.insert(text.to_owned(), end);
            outer.texts.push(text.to_owned());
            end += text.len();
        }
    }
    let starts = each.clone().into_iter().map(|text| narrow(start(&known, text).unwrap_or_default())).collect();
    let lens = each.into_iter().map(|text| narrow(text.len())).collect();
    Pool { texts: Vec::new(), spans: Spans::Parts { starts, lens }, of: Some(name) }
}

/// Where a text, or one that begins with it, is in a pool.
fn start(known: &BTreeMap<String, usize>, text: &str) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let mut after = known.range::<str, _>((Included(text), Unbounded));
    after.next().filter(|(known, _)| known.starts_with(text)).map(|(_, start)| *start)
}

fn spans(texts: &[&str], numbers: &[usize]) -> Spans {
    let ends = texts.iter().scan(0, |end, text| {
        *end += text.len();
        Some(*end)
    });
    let offsets: Vec<u32> = std::iter::once(0).chain(ends).map(narrow).collect();
    if texts.len() == numbers.len() {
        return Spans::Offsets(offsets);
    }
    let starts = numbers.iter().map(|&number| offsets[number]).collect();
    let lens = numbers.iter().map(|&number| narrow(texts[number].len())).collect();
    let parts = Spans::Parts { starts, lens };
    let numbers = Spans::Numbers { numbers: numbers.iter().copied().map(narrow).collect(), offsets };
    if parts.bytes() <= numbers.bytes() { parts } else { numbers }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("a spec is smaller than 4 GiB")
}

impl Pool {
    /// How long its longest text is.
    pub(crate) fn longest(&self) -> usize {
        match &self.spans {
            Spans::Parts { lens, .. } => lens.iter().map(|&len| len as usize).max().unwrap_or_default(),
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
