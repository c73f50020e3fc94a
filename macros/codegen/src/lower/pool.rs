//! Puts texts into one blob, equal ones once, addressed by whatever takes the least room.

use std::collections::HashMap;

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
    Pool { spans: spans(&texts, &numbers), texts: texts.into_iter().map(str::to_owned).collect() }
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
