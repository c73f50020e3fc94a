//! Lays out a lookup: finds, for a set of keys, the smallest table in which each key has a slot of its own.
//!
//! The search is the same every time, and bounded: no set of keys, however hostile, makes it run on.

pub(crate) mod mix;
mod search;
#[cfg(test)]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_lossless,
    clippy::cast_sign_loss,
    reason = "tests count"
)]
mod tests;
mod text;

pub(crate) use self::text::{TextLayout, Use, text};

use self::search::Room;

/// How a mixed key finds its slot.
pub(crate) struct Hashed {
    /// What the key is mixed with.
    pub(crate) multiplier: u64,
    /// How far the mixed key is shifted to the right to become a slot.
    pub(crate) shift: u32,
    /// A second level, where one multiplication cannot keep all keys apart.
    pub(crate) pilots: Option<Pilots>,
    /// The position of the key whose slot it is; any position in an empty slot, since every hit is verified.
    pub(crate) slots: Vec<u16>,
    /// How many placements of a key the search took.
    pub(crate) tries: u64,
}

/// What is added to the slot of each bucket of keys.
pub(crate) struct Pilots {
    /// How far the mixed key is shifted to the right to become a bucket.
    pub(crate) shift: u32,
    /// How far it is shifted to be folded upon that bucket; if it is.
    pub(crate) fold: Option<u32>,
    /// By bucket; a power of two of them.
    pub(crate) values: Vec<u16>,
}

/// What marks an empty slot of a dense table.
pub(crate) const EMPTY: u16 = u16::MAX;

/// Lays out different numbers of 32 or 64 bits by multiplication.
pub(crate) fn numbers(keys: &[i64], bits: u32) -> Hashed {
    // In the upper bits, where a product has what a product of fewer bits would have.
    let upper: Vec<u64> = keys
        .iter()
        .map(|key| key.cast_unsigned() << (64 - bits))
        .collect();
    search::hashed(&upper, room(keys.len(), bits))
}

/// The least of different numbers, and a table of positions over their whole range with one empty
/// slot behind it, if that is small enough.
pub(crate) fn dense_numbers(keys: &[i64]) -> Option<(i64, Vec<u16>)> {
    let bytes = if keys.len() > 256 { 2 } else { 1 };
    let (min, max) = keys.iter().fold((i64::MAX, i64::MIN), |(min, max), &key| {
        (min.min(key), max.max(key))
    });
    let span = max.abs_diff(min).saturating_add(1);
    // A dense table saves two instructions, which a few bytes a code are worth and no more.
    let most = keys.len() as u64 * if keys.len() > 200 { 8 } else { 2 };
    if span.saturating_mul(bytes) > most {
        return None;
    }
    let mut slots = dense(keys, min, span);
    slots.push(EMPTY);
    Some((min, slots))
}

/// How much room a lookup of numbers may take: 2 bytes each up to 200 of them, then 8.
fn room(keys: usize, bits: u32) -> Room {
    let (preferred, most, two_levels) = match keys {
        // Less than a cache line saves nothing.
        ..=200 => ((2 * keys).max(64), 8 * keys, 2 * keys),
        201..=256 => (8 * keys, 8 * keys, usize::MAX),
        _ => (4 * keys, 4 * keys, usize::MAX),
    };
    Room {
        bits,
        preferred,
        most,
        two_levels,
        plain: search::PLAIN,
        tries: 8_000_000,
    }
}

fn dense(keys: &[i64], min: i64, span: u64) -> Vec<u16> {
    let mut slots = vec![EMPTY; usize::try_from(span).expect("a dense table is short")];
    for (position, key) in (0..=u16::MAX).zip(keys) {
        slots[usize::try_from(key.abs_diff(min)).expect("a dense table is short")] = position;
    }
    slots
}
