//! Searches for a multiplier that gives each key a slot of its own, first in one level, then in two.

use crate::layout::{Hashed, Pilots};

/// A key by its position, mixed with a multiplier.
pub(super) type Mixed<'a> = &'a dyn Fn(usize, u64) -> u64;

/// How many placements of a key the search of one size may take: about 20 ms in an unoptimised build.
const MOST_TRIES: u64 = 800_000;

/// Above so many keys without any order among them, one level is not worth looking for.
const MOST_IN_ONE_LEVEL: usize = 2048;

/// How many multipliers are tried in two levels before the table grows.
const SEEDS: usize = 64;

/// How often the table may grow. One multiplier in two fails at worst, so not even the first size is used up.
const DOUBLINGS: u32 = 6;

/// Finds slots for so many keys, mixed to `bits` bits.
pub(super) fn hashed(mixed: Mixed<'_>, keys: usize, bits: u32) -> Hashed {
    let mut tries = 0;
    // One level costs the fewest instructions, two levels the least room.
    let most = keys.next_power_of_two() * if keys > 256 { 4 } else { 8 };
    let mut size = keys.next_power_of_two().max(2);
    while size <= most && keys <= MOST_IN_ONE_LEVEL {
        if let Some(hashed) = one_level(mixed, keys, size, bits, &mut tries) {
            return hashed;
        }
        size *= 2;
    }
    two_levels(mixed, keys, bits, tries)
}

/// Multipliers that are odd, in an order that is always the same.
fn multipliers(bits: u32) -> impl Iterator<Item = u64> {
    (1_u64..).map(move |seed| {
        // The finaliser of SplitMix64, which leaves no pattern between one seed and the next.
        let mut mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ mixed >> 31) >> (64 - bits) | 1
    })
}

fn one_level(mixed: Mixed<'_>, keys: usize, size: usize, bits: u32, tries: &mut u64) -> Option<Hashed> {
    let shift = bits - size.trailing_zeros();
    let mut stamps = vec![0_u32; size];
    let stop = *tries + MOST_TRIES;
    for (stamp, multiplier) in (1_u32..).zip(multipliers(bits)) {
        let mut placed = 0;
        // A plain loop: this is the one place where an unoptimised build spends its time.
        while placed < keys {
            let slot = &mut stamps[slot(mixed(placed, multiplier), shift)];
            if *slot == stamp {
                break;
            }
            *slot = stamp;
            placed += 1;
        }
        *tries += placed as u64 + 1;
        if placed == keys {
            let slots = fill(keys, size, |key| slot(mixed(key, multiplier), shift));
            return Some(Hashed { multiplier, shift, pilots: None, slots, tries: *tries });
        }
        if *tries > stop {
            return None;
        }
    }
    None
}

#[expect(clippy::cast_possible_truncation, reason = "what is left after the shift is below the size of a table")]
fn slot(mixed: u64, shift: u32) -> usize {
    (mixed >> shift) as usize
}

fn fill(keys: usize, size: usize, slot: impl Fn(usize) -> usize) -> Vec<u16> {
    let mut slots = vec![0; size];
    for (position, key) in (0_u16..).zip(0..keys) {
        slots[slot(key)] = position;
    }
    slots
}

fn two_levels(mixed: Mixed<'_>, keys: usize, bits: u32, mut tries: u64) -> Hashed {
    let buckets = (keys / 3).next_power_of_two().max(2);
    let first = (keys + keys / 4).next_power_of_two().max(4);
    let seeds =
        (0..DOUBLINGS).flat_map(|doubling| multipliers(bits).take(SEEDS).map(move |seed| (first << doubling, seed)));
    let found = seeds.into_iter().find_map(|(size, multiplier)| {
        let keys: Vec<u64> = (0..keys).map(|key| mixed(key, multiplier)).collect();
        displaced(&keys, multiplier, size, buckets, bits, &mut tries)
    });
    found.expect("different keys are apart under one of so many multipliers in a table that is large enough")
}

/// Gives each bucket of keys, the largest first, the first pilot that leads all its keys to free slots.
fn displaced(keys: &[u64], multiplier: u64, size: usize, buckets: usize, bits: u32, tries: &mut u64) -> Option<Hashed> {
    let shift = bits - size.trailing_zeros();
    let bucket_shift = shift.saturating_sub(buckets.trailing_zeros());
    let bucket = |key: u64| truncated(key >> bucket_shift) & (buckets - 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); buckets];
    for &key in keys {
        members[bucket(key)].push(slot(key, shift));
    }
    let mut order: Vec<usize> = (0..buckets).collect();
    order.sort_by_key(|&bucket| (std::cmp::Reverse(members[bucket].len()), bucket));
    let mut taken = vec![false; size];
    let mut values = vec![0_u16; buckets];
    for bucket in order {
        let slots = &members[bucket];
        let pilot = pilot(slots, &taken, tries)?;
        for slot in slots {
            taken[slot ^ usize::from(pilot)] = true;
        }
        values[bucket] = pilot;
    }
    let slot = |key: usize| slot(keys[key], shift) ^ usize::from(values[bucket(keys[key])]);
    let slots = fill(keys.len(), size, slot);
    Some(Hashed { multiplier, shift, pilots: Some(Pilots { shift: bucket_shift, values }), slots, tries: *tries })
}

/// The first pilot that leads all the slots of a bucket to free ones.
fn pilot(slots: &[usize], taken: &[bool], tries: &mut u64) -> Option<u16> {
    let mut sorted = slots.to_vec();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    (0..=u16::MAX).take(taken.len()).find(|&pilot| {
        *tries += slots.len() as u64;
        slots.iter().all(|slot| !taken[slot ^ usize::from(pilot)])
    })
}

/// The lower bits, of which the caller takes only those that it needs.
#[expect(clippy::cast_possible_truncation, reason = "only the lower bits are used")]
fn truncated(mixed: u64) -> usize {
    mixed as usize
}
