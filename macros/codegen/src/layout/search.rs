//! Searches for a multiplier that gives each key its own slot: takes distinct keys and a space
//! limit, returns a table of one level or two.

use crate::layout::{Hashed, Pilots};

/// After this many placements, the search gives up a table size if no multiplier has placed nine
/// keys in ten yet. Every size that succeeded in experiments had placed that many by then.
const TRIAL: u64 = 100_000;

/// Above this many keys, one level is not tried: for keys without any order the search would use up
/// its limit and fail.
const MOST_IN_ONE_LEVEL: usize = 2048;

/// How many multipliers are tried in two levels before buckets are folded. At worst
/// about half of the multipliers fail on other keys, so that four failures in a row mostly mean a
/// grid, on which the next one would fail too. No measurement is recorded for four itself.
pub(super) const PLAIN: usize = 4;

/// How many multipliers are tried with folded buckets before the table grows. Far more than are
/// needed (see [`DOUBLINGS`]): the number only ends the search, so its exact value does not matter.
const SEEDS: usize = 64;

/// How often the table may grow. At worst about half of the multipliers fail, so in practice one of
/// the 64 at the first size succeeds.
const DOUBLINGS: u32 = 6;

/// How many placements two levels may take under one multiplier. Successful searches take up to
/// nine a key, and a few keys in a full table take some more.
const fn most_placements(keys: usize) -> u64 {
    20 * keys as u64 + 10_000
}

/// The limits of a search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// How many bits a mixed key has. Keys are in the upper bits of 64, so that the same arithmetic
    /// works for all widths.
    pub(crate) bits: u32,
    /// One level with up to this many slots is preferred to two levels.
    pub(crate) preferred: usize,
    /// The maximum number of slots of one level.
    pub(crate) most: usize,
    /// Two levels of up to this many bytes are preferred to one level with more than `preferred`
    /// slots.
    pub(crate) two_levels: usize,
    /// How many multipliers two levels try before they fold buckets.
    pub(crate) plain: usize,
    /// How many placements the search for one level may take in total. A million take about 10 ms
    /// in an unoptimised build.
    pub(crate) tries: u64,
}

/// Finds slots for distinct keys.
pub(crate) fn hashed(keys: &[u64], room: Room) -> Hashed {
    let mut tries = 0;
    // One level takes fewer instructions, two levels take less space.
    if let Some(hashed) = try_sizes(
        keys,
        keys.len().next_power_of_two().max(2),
        room.preferred,
        room,
        &mut tries,
    ) {
        return hashed;
    }
    let small = two_levels(keys, room, tries);
    if small.bytes() <= room.two_levels {
        return small;
    }
    let larger = room
        .preferred
        .next_power_of_two()
        .max(keys.len().next_power_of_two());
    try_sizes(keys, larger, room.most, room, &mut tries).unwrap_or(small)
}

impl Hashed {
    /// The bytes of the slots and the pilots.
    pub(crate) fn bytes(&self) -> usize {
        self.slots.len() * width(&self.slots) + self.pilot_bytes()
    }

    /// The bytes of the pilots.
    pub(crate) fn pilot_bytes(&self) -> usize {
        self.pilots
            .as_ref()
            .map_or(0, |pilots| pilots.values.len() * width(&pilots.values))
    }

    /// Slots for keys of 32 bits. Each contains the position of its key in the lower bits, and
    /// above it the bits of the mixed key that do not choose the slot. Slot and contents determine
    /// the key, since the multiplication is invertible. An empty slot contains the largest position
    /// that fits, which no key has: if one had it, no slot would be empty.
    pub(crate) fn quotients(&self, keys: &[i64]) -> Vec<u32> {
        let bits = self.slots.len().trailing_zeros();
        let mut quotients = vec![narrow(self.slots.len() as u64 - 1); self.slots.len()];
        for (position, key) in (0..=u16::MAX).zip(keys) {
            let mixed = narrow(key.cast_unsigned()).wrapping_mul(narrow(self.multiplier));
            quotients[self.slot(mixed.into())] = mixed << bits | u32::from(position);
        }
        quotients
    }

    /// The slot of a mixed key.
    fn slot(&self, mixed: u64) -> usize {
        let first = truncated(mixed >> self.shift);
        first ^ self.pilots.as_ref().map_or(0, |pilots| pilots.of(mixed))
    }
}

impl Pilots {
    /// The bucket of a mixed key.
    fn bucket(&self, mixed: u64) -> usize {
        truncated(mixed >> self.shift ^ self.fold.map_or(0, |fold| mixed >> fold))
            & (self.values.len() - 1)
    }

    /// The pilot of a mixed key.
    fn of(&self, mixed: u64) -> usize {
        usize::from(self.values[self.bucket(mixed)])
    }
}

fn width(values: &[u16]) -> usize {
    if values.iter().any(|&value| value > 0xFF) {
        2
    } else {
        1
    }
}

/// The lower 32 bits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only the lower bits are wanted"
)]
fn narrow(number: u64) -> u32 {
    number as u32
}

/// Odd multipliers, in a fixed order. An odd number is invertible, so distinct keys stay distinct.
fn multipliers(bits: u32) -> impl Iterator<Item = u64> {
    (1_u64..).map(move |seed| multiplier(seed, bits))
}

pub(super) fn multiplier(seed: u64, bits: u32) -> u64 {
    // The finaliser of SplitMix64, so that consecutive seeds give unrelated multipliers.
    let mut mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ mixed >> 31) >> (64 - bits) | 1
}

/// Tries one level with tables of `first` to `most` slots.
fn try_sizes(
    keys: &[u64],
    first: usize,
    most: usize,
    room: Room,
    tries: &mut u64,
) -> Option<Hashed> {
    let sizes = (0..usize::BITS)
        .map(|doubling| first << doubling)
        .take_while(|&size| size <= most);
    let mut sizes = sizes.filter(|_| keys.len() <= MOST_IN_ONE_LEVEL);
    sizes.find_map(|size| one_level(keys, size, room, tries))
}

fn one_level(keys: &[u64], size: usize, room: Room, tries: &mut u64) -> Option<Hashed> {
    let bits = room.bits;
    let shift = 64 - size.trailing_zeros();
    let mut order = keys.to_vec();
    let mut stamps = vec![0_u64; size];
    let trial = *tries + TRIAL;
    // Three quarters of the remaining placements, so that the next size is tried too.
    let stop = *tries + room.tries.saturating_sub(*tries) / 4 * 3;
    let mut best = 0;
    for seed in 1_u64.. {
        let multiplier = multiplier(seed, bits);
        let placed = place(&order, &mut stamps, seed, multiplier, shift);
        *tries += placed as u64 + 1;
        best = best.max(placed);
        if placed == keys.len() {
            let slots = fill(keys, size, |key| slot(key.wrapping_mul(multiplier), shift));
            return Some(Hashed {
                multiplier,
                shift: shift - (64 - bits),
                pilots: None,
                slots,
                tries: *tries,
            });
        }
        if *tries > stop || (*tries > trial && best < keys.len() / 10 * 9) {
            return None;
        }
        // A key that collided under one multiplier often collides under the next, so it moves
        // forward and the next attempt fails sooner.
        order.swap(placed, placed / 2);
    }
    None
}

/// How many keys get their own slots before the first collision. A plain loop over slices, because
/// an unoptimised build spends its time here and in [`find_pilot`].
fn place(keys: &[u64], stamps: &mut [u64], stamp: u64, multiplier: u64, shift: u32) -> usize {
    let mut placed = 0;
    while placed < keys.len() {
        let slot = slot(keys[placed].wrapping_mul(multiplier), shift);
        if stamps[slot] == stamp {
            break;
        }
        stamps[slot] = stamp;
        placed += 1;
    }
    placed
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the shifted number is less than the size of the table"
)]
fn slot(mixed: u64, shift: u32) -> usize {
    (mixed >> shift) as usize
}

fn fill(keys: &[u64], size: usize, slot: impl Fn(u64) -> usize) -> Vec<u16> {
    let mut slots = vec![0; size];
    for (position, key) in (0..=u16::MAX).zip(keys) {
        slots[slot(*key)] = position;
    }
    slots
}

fn two_levels(keys: &[u64], Room { bits, plain, .. }: Room, mut tries: u64) -> Hashed {
    // At most three keys a bucket on average: fewer buckets take less space, but a bucket with more
    // keys is harder to place. No measurement is recorded for three itself.
    let buckets = (keys.len() / 3).next_power_of_two().max(2);
    // Up to 200 keys, the table is as small as possible: `layout::numbers` allows such sets only 2
    // bytes a code. With more keys, filling every slot would take long, so there are slots
    // for a twelfth more keys: the table is at most 92 per cent full.
    let spare = if keys.len() > 200 { keys.len() / 12 } else { 0 };
    let first = (keys.len() + spare).next_power_of_two().max(4);
    let plain = multipliers(bits)
        .take(plain)
        .map(|multiplier| (first, multiplier, false));
    // For keys that form a grid (`0x80040001`, `E00001`), one coordinate affects only the upper
    // bits of the product, so that dozens of keys share a bucket. Folding XORs the upper bits into
    // the bucket, which takes three more instructions.
    let folded = (0..DOUBLINGS).flat_map(|doubling| {
        multipliers(bits)
            .take(SEEDS)
            .map(move |multiplier| (first << doubling, multiplier, true))
    });
    let found = plain.chain(folded).find_map(|(size, multiplier, folds)| {
        let mixed: Vec<u64> = keys
            .iter()
            .map(|key| key.wrapping_mul(multiplier))
            .collect();
        displaced(
            &mixed,
            Levels {
                size,
                buckets,
                bits,
                folds,
            },
            &mut tries,
        )
        .map(|hashed| Hashed {
            multiplier,
            ..hashed
        })
    });
    found.expect(
        "one of hundreds of multipliers separates distinct keys in a table that is large enough",
    )
}

/// The shape of a table of two levels.
#[derive(Debug, Clone, Copy)]
struct Levels {
    size: usize,
    buckets: usize,
    bits: u32,
    folds: bool,
}

/// Gives each bucket, the largest first, the first pilot that moves all its keys to free slots.
fn displaced(keys: &[u64], levels: Levels, tries: &mut u64) -> Option<Hashed> {
    let Levels {
        size,
        buckets,
        bits,
        folds,
    } = levels;
    let narrow = 64 - bits;
    let shift = 64 - size.trailing_zeros();
    let bucket_shift = (shift - narrow).saturating_sub(buckets.trailing_zeros());
    let fold = folds.then(|| bits - buckets.trailing_zeros());
    let mut pilots = Pilots {
        shift: bucket_shift,
        fold,
        values: vec![0; buckets],
    };
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); buckets];
    for &key in keys {
        members[pilots.bucket(key >> narrow)].push(slot(key, shift));
    }
    // Two keys with the same bucket and slot collide under every pilot.
    let mut last = vec![buckets; size];
    for (bucket, slots) in members.iter().enumerate() {
        for &slot in slots {
            if last[slot] == bucket {
                return None;
            }
            last[slot] = bucket;
        }
    }
    let most = members.iter().map(Vec::len).max()?;
    let mut by_count: Vec<Vec<usize>> = vec![Vec::new(); most + 1];
    for (bucket, slots) in members.iter().enumerate() {
        by_count[slots.len()].push(bucket);
    }
    let mut taken = vec![false; size];
    let stop = *tries + most_placements(keys.len());
    for &bucket in by_count.iter().rev().flatten() {
        let slots = &members[bucket];
        let pilot = find_pilot(slots, &taken, tries, stop)?;
        for slot in slots {
            taken[slot ^ usize::from(pilot)] = true;
        }
        pilots.values[bucket] = pilot;
    }
    let slots = fill(keys, size, |key| {
        slot(key, shift) ^ pilots.of(key >> narrow)
    });
    Some(Hashed {
        multiplier: 0,
        shift: shift - narrow,
        pilots: Some(pilots),
        slots,
        tries: *tries,
    })
}

/// The first pilot that moves all slots of a bucket to free ones. A plain loop, as in [`place`].
fn find_pilot(slots: &[usize], taken: &[bool], tries: &mut u64, stop: u64) -> Option<u16> {
    let mut pilot = 0;
    while pilot < taken.len() && *tries <= stop {
        let mut at = 0;
        while at < slots.len() && !taken[slots[at] ^ pilot] {
            at += 1;
        }
        *tries += at as u64 + 1;
        if at == slots.len() {
            return u16::try_from(pilot).ok();
        }
        pilot += 1;
    }
    None
}

/// The lower bits. The caller masks those that it needs.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only the lower bits are used"
)]
fn truncated(mixed: u64) -> usize {
    mixed as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Different keys of 64 bits in random order.
    fn random(count: u64) -> Vec<u64> {
        (1..=count).map(|at| multiplier(1000 + at, 64)).collect()
    }

    fn room(preferred: usize, tries: u64) -> Room {
        Room {
            bits: 64,
            preferred,
            most: preferred,
            two_levels: usize::MAX,
            plain: PLAIN,
            tries,
        }
    }

    /// The outputs of the reference implementation of `SplitMix64` for the seed 0, made odd. The
    /// tables of a spec are the same in each build.
    #[test]
    fn multipliers_are_odd_numbers_of_splitmix64() {
        let reference = [
            0xE220_A839_7B1D_CDAF,
            0x6E78_9E6A_A1B9_65F4,
            0x06C4_5D18_8009_454F,
        ];
        for (number, output) in (1..).zip(reference) {
            assert_eq!(multiplier(number, 64), output | 1);
            assert_eq!(multiplier(number, 32), output >> 32 | 1);
        }
        assert_eq!(multipliers(32).nth(2), Some(multiplier(3, 32)));
    }

    #[test]
    fn keys_are_placed_up_to_the_first_collision() {
        let keys = [1 << 62, 2 << 62, 3 << 62, 2 << 62 | 5, 0];
        let mut stamps = [0; 4];
        assert_eq!(place(&keys, &mut stamps, 1, 1, 62), 3);
        // What another attempt has stamped is free.
        assert_eq!(place(&keys, &mut stamps, 2, 1, 62), 3);
        assert_eq!(place(&keys[..3], &mut stamps, 3, 1, 62), 3);
        // Multiplied by 2, the first and the third key get the same slot.
        assert_eq!(place(&keys, &mut stamps, 4, 2, 62), 2);
    }

    #[test]
    fn a_pilot_moves_all_slots_of_a_bucket_to_free_ones() {
        let mut tries = 0;
        let taken = [true, false, false, false];
        // One placement under the pilot 0, two under 1, three under 2.
        assert_eq!(find_pilot(&[0, 1], &taken, &mut tries, 100), Some(2));
        assert_eq!(tries, 6);
        assert_eq!(find_pilot(&[1, 2], &taken, &mut tries, 100), Some(0));
        assert_eq!(find_pilot(&[], &taken, &mut tries, 100), Some(0));
        assert_eq!(find_pilot(&[0, 1, 2, 3], &taken, &mut tries, 100), None);
        // The limit may be reached, not exceeded.
        assert_eq!(find_pilot(&[1], &taken, &mut 7, 7), Some(0));
        assert_eq!(find_pilot(&[1], &taken, &mut 8, 7), None);
    }

    #[test]
    fn a_table_of_small_numbers_takes_one_byte_each() {
        assert_eq!(width(&[0, 255]), 1);
        assert_eq!(width(&[256, 0]), 2);
        let hashed = |slots: &[u16], pilots: &[u16]| Hashed {
            multiplier: 1,
            shift: 0,
            pilots: (!pilots.is_empty()).then(|| Pilots {
                shift: 0,
                fold: None,
                values: pilots.to_vec(),
            }),
            slots: slots.to_vec(),
            tries: 0,
        };
        assert_eq!(hashed(&[1, 2, 3], &[]).bytes(), 3);
        assert_eq!(hashed(&[1, 2, 300], &[]).bytes(), 6);
        assert_eq!(hashed(&[1, 2, 300], &[7, 8]).bytes(), 8);
        assert_eq!(hashed(&[1, 2, 3], &[7, 800]).bytes(), 7);
        assert_eq!(hashed(&[1, 2, 3], &[7, 800]).pilot_bytes(), 4);
    }

    #[test]
    fn one_level_begins_with_the_smallest_power_of_two() {
        for (keys, slots) in [(1, 2), (2, 2), (3, 4), (4, 4), (5, 8)] {
            let hashed = hashed(&random(keys), room(64, 1_000_000));
            assert!(hashed.pilots.is_none());
            assert_eq!(hashed.slots.len(), slots, "{keys}");
        }
    }

    /// 64 random keys never fill 64 slots: the best of the first multipliers places not
    /// even half of them.
    #[test]
    fn a_hopeless_size_is_given_up_after_some_placements() {
        let keys = random(64);
        let most = 64 + most_placements(keys.len());
        let hopeless = hashed(&keys, room(64, 8_000_000));
        assert!(hopeless.pilots.is_some());
        assert!(
            (TRIAL..=TRIAL + most).contains(&hopeless.tries),
            "{}",
            hopeless.tries
        );
        // Three quarters of all placements, so that the next size is tried too.
        let few = hashed(&keys, room(64, 4_000));
        assert!((3_000..=3_000 + most).contains(&few.tries), "{}", few.tries);
        let two_sizes = hashed(&keys, room(128, 4_000));
        assert!(
            (3_750..=3_750 + most).contains(&two_sizes.tries),
            "{}",
            two_sizes.tries
        );
    }

    /// Where many keys are placed before a collision, the search goes on.
    #[test]
    fn a_promising_size_is_not_given_up() {
        let hashed = hashed(&random(24), room(32, 20_000_000));
        assert!(hashed.pilots.is_none());
        assert_eq!(hashed.slots.len(), 32);
        assert!(hashed.tries > 2 * TRIAL, "{}", hashed.tries);
    }

    #[test]
    fn many_keys_are_not_tried_in_one_level() {
        let most = u64::try_from(MOST_IN_ONE_LEVEL).unwrap();
        let ordered = |count: u64| (0..count).map(|at| at << 40).collect::<Vec<_>>();
        let of = |count: u64| hashed(&ordered(count), room(1 << 16, 1_000_000));
        assert!(of(most).pilots.is_none());
        assert!(of(most + 1).pilots.is_some());
    }

    #[test]
    fn two_levels_take_the_least_space_that_is_quickly_filled() {
        for (keys, slots, buckets) in [
            (3, 4, 2),
            (9, 16, 4),
            (200, 256, 128),
            (201, 256, 128),
            (237, 256, 128),
            (240, 512, 128),
            (5_000, 8_192, 2_048),
        ] {
            let hashed = hashed(&random(keys), room(0, 0));
            let pilots = hashed.pilots.unwrap();
            assert_eq!(
                (hashed.slots.len(), pilots.values.len()),
                (slots, buckets),
                "{keys}"
            );
        }
    }

    #[test]
    fn the_placements_of_two_levels_are_limited() {
        assert_eq!(most_placements(0), 10_000);
        assert_eq!(most_placements(1_000), 30_000);
    }
}
