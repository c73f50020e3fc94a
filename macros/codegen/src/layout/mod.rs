//! Lays out lookups: takes distinct keys and finds a small table in which each key has its own
//! slot.
//!
//! The search is deterministic, and bounded for every set of keys, including hostile ones.

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

/// A hash table: how a mixed key finds its slot.
pub(crate) struct Hashed {
    /// What the key is multiplied with.
    pub(crate) multiplier: u64,
    /// How far the mixed key is shifted to the right to become a slot.
    pub(crate) shift: u32,
    /// A second level, where one multiplication does not give each key its own slot.
    pub(crate) pilots: Option<Pilots>,
    /// By slot, the position of its key. An empty slot contains any position, since the lookup
    /// compares the key of every hit.
    pub(crate) slots: Vec<u16>,
    /// The number of key placements that the search tried.
    pub(crate) tries: u64,
}

/// What the slots of each bucket of keys are XORed with.
pub(crate) struct Pilots {
    /// How far the mixed key is shifted to the right to become a bucket.
    pub(crate) shift: u32,
    /// How far it is shifted before it is XORed into the bucket, if buckets are folded.
    pub(crate) fold: Option<u32>,
    /// By bucket. The number of buckets is a power of two.
    pub(crate) values: Vec<u16>,
}

/// Marks an empty slot of a dense table.
pub(crate) const EMPTY: u16 = u16::MAX;

/// Lays out distinct numbers of 32 or 64 bits in a hash table.
pub(crate) fn numbers(keys: &[i64], bits: u32) -> Hashed {
    // The keys go into the upper bits, where a 64-bit product equals the 32-bit product that the
    // generated code computes.
    let upper: Vec<u64> = keys
        .iter()
        .map(|key| key.cast_unsigned() << (64 - bits))
        .collect();
    search::hashed(&upper, room(keys.len(), bits))
}

/// The minimum of distinct numbers, and a table of positions over their range with one empty slot
/// at the end; `None` if the table would be too large.
pub(crate) fn dense_numbers(keys: &[i64]) -> Option<(i64, Vec<u16>)> {
    let bytes = if keys.len() > 256 { 2 } else { 1 };
    let (min, max) = keys.iter().fold((i64::MAX, i64::MIN), |(min, max), &key| {
        (min.min(key), max.max(key))
    });
    let span = max.abs_diff(min).saturating_add(1);
    // A dense table saves two instructions a lookup, which is worth a few bytes a code: the same
    // limits as for hashed numbers.
    let most = keys.len() as u64 * if keys.len() > 200 { 8 } else { 2 };
    if span.saturating_mul(bytes) > most {
        return None;
    }
    let mut slots = dense(keys, min, span);
    slots.push(EMPTY);
    Some((min, slots))
}

/// How much space a lookup of numbers may take: 2 bytes a code up to 200 codes, which covers the
/// shipped sets, and 8 above. A slot takes one byte up to 256 codes and two above.
fn room(keys: usize, bits: u32) -> Room {
    let (preferred, most, two_levels) = match keys {
        // A table smaller than a cache line of 64 bytes saves nothing.
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
        // About 80 ms in an unoptimised build.
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
