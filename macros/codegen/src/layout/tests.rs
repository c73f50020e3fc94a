//! Tests layouts with random, real and hostile keys: every key is found, nothing else is, and the
//! search is bounded.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::btree_set;
use proptest::prelude::*;

use crate::layout::search::{PLAIN, Room, hashed, multiplier};
use crate::layout::text::{MIXES, SEEDS, Use, text};
use crate::layout::{EMPTY, Hashed, TextLayout, dense, dense_numbers, numbers, room};

/// How a number is looked up.
enum NumberLayout {
    /// The number less `min` is the slot.
    Dense { min: i64, slots: Vec<u16> },
    /// The number is mixed into a slot.
    Hashed(Hashed),
}

/// What `lower` chooses where each number belongs to one variant.
fn chosen_layout(keys: &[i64], bits: u32) -> NumberLayout {
    match dense_numbers(keys) {
        Some((min, slots)) => NumberLayout::Dense { min, slots },
        None => NumberLayout::Hashed(numbers(keys, bits)),
    }
}

/// The position that the generated code reads for a mixed key.
fn read_position(hashed: &Hashed, mixed: u64) -> usize {
    usize::from(hashed.slots[find_slot(hashed, mixed)])
}

/// The slot that the generated code finds for a mixed key.
fn find_slot(hashed: &Hashed, mixed: u64) -> usize {
    let slot = (mixed >> hashed.shift) as usize;
    match &hashed.pilots {
        None => slot,
        Some(pilots) => {
            let bucket = mixed >> pilots.shift ^ pilots.fold.map_or(0, |fold| mixed >> fold);
            slot ^ usize::from(pilots.values[bucket as usize & (pilots.values.len() - 1)])
        }
    }
}

/// Multiplies as the generated code does for the wire type.
fn mix_number(key: i64, multiplier: u64, bits: u32) -> u64 {
    match bits {
        32 => (key as i32)
            .cast_unsigned()
            .wrapping_mul(multiplier as u32)
            .into(),
        _ => key.cast_unsigned().wrapping_mul(multiplier),
    }
}

/// Looks up a number as the generated code does.
fn find_number(layout: &NumberLayout, keys: &[i64], key: i64, bits: u32) -> Option<usize> {
    match layout {
        NumberLayout::Dense { min, slots } => {
            let slot = usize::try_from(key.wrapping_sub(*min))
                .ok()
                .and_then(|at| slots.get(at));
            slot.filter(|slot| **slot != EMPTY)
                .map(|slot| usize::from(*slot))
        }
        NumberLayout::Hashed(hashed) => {
            let position = read_position(hashed, mix_number(key, hashed.multiplier, bits));
            (keys[position] == key).then_some(position)
        }
    }
}

/// Looks a key up in slots that contain the rest of the mixed key instead of comparing keys.
fn find_by_quotient(hashed: &Hashed, quotients: &[u32], count: usize, key: i64) -> Option<usize> {
    let mixed = mix_number(key, hashed.multiplier, 32) as u32;
    let slot = find_slot(hashed, mixed.into());
    let found = (quotients[slot] ^ mixed.wrapping_shl(quotients.len().trailing_zeros())) as usize;
    (found < count).then_some(found)
}

/// A million placements of a key are about 10 ms in an unoptimised build.
const MOST_TRIES: u64 = 9_000_000;

/// Two levels without folding where that is possible, and with folding.
fn forced_two_levels(keys: &[u64], bits: u32) -> [Hashed; 2] {
    let room = Room {
        bits,
        preferred: 0,
        most: 0,
        two_levels: usize::MAX,
        plain: PLAIN,
        tries: 0,
    };
    let folded = hashed(keys, Room { plain: 0, ..room });
    assert!(
        folded
            .pilots
            .as_ref()
            .is_some_and(|pilots| pilots.fold.is_some())
    );
    [hashed(keys, room), folded]
}

fn forced_one_level(keys: &[u64], bits: u32) -> Hashed {
    let room = Room {
        bits,
        preferred: 1 << 16,
        most: 1 << 16,
        two_levels: 0,
        plain: PLAIN,
        tries: 3_000_000,
    };
    let one = hashed(keys, room);
    assert!(
        one.pilots.is_none(),
        "65,536 slots are enough for one level"
    );
    one
}

/// The layout that is chosen, and every other layout that works for these keys.
fn all_layouts(keys: &[i64], bits: u32) -> Vec<NumberLayout> {
    let upper: Vec<u64> = keys
        .iter()
        .map(|key| key.cast_unsigned() << (64 - bits))
        .collect();
    let two_levels = forced_two_levels(&upper, bits).map(NumberLayout::Hashed);
    let mut layouts: Vec<NumberLayout> = std::iter::once(chosen_layout(keys, bits))
        .chain(two_levels)
        .collect();
    let tries = layouts.iter().map(|layout| {
        if let NumberLayout::Hashed(hashed) = layout {
            hashed.tries
        } else {
            0
        }
    });
    assert!(
        tries.max() < Some(MOST_TRIES),
        "{} keys of {bits} bits",
        keys.len()
    );
    if keys.len() <= 200 {
        layouts.push(NumberLayout::Hashed(forced_one_level(&upper, bits)));
    }
    let min = keys.iter().min().unwrap();
    let max = keys.iter().max().unwrap();
    if max.abs_diff(*min) < 1 << 16 {
        layouts.push(NumberLayout::Dense {
            min: *min,
            slots: dense(keys, *min, max.abs_diff(*min) + 1),
        });
    }
    layouts
}

/// phf's table of the same keys, as a reference besides the map of the standard library.
fn phf_of<K: Copy + phf_shared::PhfHash + 'static>(keys: &[K]) -> phf::Map<K, usize> {
    let state = phf_generator::generate_hash(keys);
    let entries: Vec<(K, usize)> = state.map.iter().map(|&at| (keys[at], at)).collect();
    phf::Map {
        key: state.key,
        disps: state.disps.leak(),
        entries: entries.leak(),
    }
}

/// The keys, their neighbours, the extremes, and random numbers.
fn probes(keys: &[i64], bits: u32, random: usize) -> Vec<i64> {
    let (min, max) = if bits == 32 {
        (i32::MIN.into(), i32::MAX.into())
    } else {
        (i64::MIN, i64::MAX)
    };
    let near = keys
        .iter()
        .flat_map(|key| [*key, key.wrapping_sub(1), key.wrapping_add(1)])
        .chain([min, max, 0]);
    let random = (1..=random as u64).map(|at| multiplier(at, 64).cast_signed() >> (64 - bits));
    near.chain(random)
        .filter(|key| (min..=max).contains(key))
        .collect()
}

/// Checks that every layout finds the same keys as a map and as phf.
fn check_layouts_with(keys: &[i64], bits: u32, random: usize) {
    let known: BTreeMap<i64, usize> = keys.iter().copied().zip(0..).collect();
    let phf = phf_of(keys);
    let probes = probes(keys, bits, random);
    for layout in all_layouts(keys, bits) {
        let quotients = match &layout {
            NumberLayout::Hashed(hashed) if bits == 32 => Some(hashed.quotients(keys)),
            _ => None,
        };
        for key in &probes {
            let expected = known.get(key).copied();
            assert_eq!(phf.get(key).copied(), expected, "phf on {key}");
            assert_eq!(find_number(&layout, keys, *key, bits), expected, "{key}");
            if let (NumberLayout::Hashed(hashed), Some(quotients)) = (&layout, &quotients) {
                assert_eq!(
                    find_by_quotient(hashed, quotients, keys.len(), *key),
                    expected,
                    "{key}"
                );
            }
        }
    }
}

fn check_layouts(keys: &[i64], bits: u32) {
    check_layouts_with(keys, bits, 1_000);
}

/// Strings close to a key: one byte changed, removed or added.
fn near_strings(key: &str) -> Vec<String> {
    let middle = (0..=key.len() / 2)
        .rev()
        .find(|&at| key.is_char_boundary(at))
        .unwrap_or(0);
    let (left, right) = key.split_at(middle);
    let cut: String = right.chars().skip(1).collect();
    vec![
        key.to_owned(),
        format!("{left}~{right}"),
        format!("{left}{cut}"),
        format!("{left}~{cut}"),
        format!("{key} "),
        String::new(),
    ]
}

/// The layouts that are chosen, and those of every mix function that distinguishes the strings, in
/// one level and in two.
fn all_text_layouts(keys: &[&str]) -> Vec<TextLayout> {
    let chosen = text(keys, Use::Codes);
    assert!(
        chosen.hashed.tries < MOST_TRIES,
        "{} strings took {} tries",
        keys.len(),
        chosen.hashed.tries
    );
    let mut layouts = vec![chosen, text(keys, Use::Symbols)];
    for &(name, mix, seeds) in &MIXES {
        for &seed in SEEDS[..seeds].iter().take(2) {
            let mixed: Vec<u64> = keys.iter().map(|key| mix(key.as_bytes(), seed)).collect();
            if mixed.iter().collect::<BTreeSet<_>>().len() == keys.len() {
                let one_level = (keys.len() <= 200).then(|| forced_one_level(&mixed, 64));
                let hashed = forced_two_levels(&mixed, 64).into_iter().chain(one_level);
                layouts.extend(hashed.map(|hashed| TextLayout {
                    mix: name,
                    seed,
                    hashed,
                }));
            }
        }
    }
    layouts
}

/// Looks up a string as the generated code does.
fn find_text(layout: &TextLayout, keys: &[&str], probe: &str) -> Option<usize> {
    let mix = MIXES
        .iter()
        .find(|(name, _, _)| *name == layout.mix)
        .unwrap()
        .1;
    let position = read_position(
        &layout.hashed,
        mix(probe.as_bytes(), layout.seed).wrapping_mul(layout.hashed.multiplier),
    );
    (keys[position] == probe).then_some(position)
}

/// Checks that every layout finds the keys, and no other string.
fn check_text_layouts_with(keys: &[&str], others: &[String]) {
    let known: BTreeMap<&str, usize> = keys.iter().copied().zip(0..).collect();
    let near: Vec<String> = keys.iter().flat_map(|key| near_strings(key)).collect();
    for layout in all_text_layouts(keys) {
        for probe in near.iter().chain(others) {
            assert_eq!(
                find_text(&layout, keys, probe),
                known.get(&**probe).copied(),
                "{probe}, {}",
                layout.mix
            );
        }
    }
}

fn check_text_layouts(keys: &[&str]) {
    check_text_layouts_with(keys, &[]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_number_of_32_bits_has_its_own_slot(keys in btree_set(any::<i32>(), 1..400)) {
        check_layouts(&keys.into_iter().map(i64::from).collect::<Vec<_>>(), 32);
    }

    #[test]
    fn every_number_of_64_bits_has_its_own_slot(keys in btree_set(any::<i64>(), 1..400)) {
        check_layouts(&keys.into_iter().collect::<Vec<_>>(), 64);
    }

    #[test]
    fn every_string_has_its_own_slot(keys in btree_set("[A-Z_]{0,40}|.{0,12}", 1..300)) {
        check_text_layouts(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn a_hundred_thousand_random_numbers_find_no_key() {
    let clustered: Vec<i64> = (0..900).map(|at| at / 30 * 1000 + at % 30 - 7000).collect();
    let vendor: Vec<i64> = [0, -1]
        .into_iter()
        .chain((1000..1086).map(|code| -code))
        .chain([-3001, -5001])
        .collect();
    let few = vec![i64::from(i32::MIN), 7, i64::from(i32::MAX)];
    for keys in [clustered, vendor, few, vec![0], (1200..1300).collect()] {
        check_layouts_with(&keys, 32, 100_000);
        check_layouts_with(&keys, 64, 100_000);
    }
}

/// The strings are made of the same words as the keys, or of hexadecimal digits.
#[test]
fn a_hundred_thousand_random_strings_find_no_key() {
    const WORDS: [&str; 8] = [
        "INVALID", "IMAGE", "SIZE", "FACE", "NOT", "FOUND", "错误", "E",
    ];
    let word = |at: u64| WORDS[(multiplier(at + 1, 64) >> 32) as usize % WORDS.len()];
    let random = |at: u64| match at % 4 {
        0 => format!("{:x}", multiplier(at + 1, 64)),
        _ => (0..=at % 5)
            .map(|part| word(7 * at + part))
            .collect::<Vec<_>>()
            .join("_"),
    };
    let others: Vec<String> = (0..100_000).map(random).collect();
    let keys: BTreeSet<String> = (200_000..200_300).map(random).collect();
    check_text_layouts_with(
        &keys.iter().map(String::as_str).collect::<Vec<_>>(),
        &others,
    );
}

/// Keys that are hard for some searches: progressions, extremes, single bits.
#[test]
fn hostile_numbers_are_laid_out_within_the_limit() {
    let progression = |step: i64, count: i64| (0..count).map(|at| at * step).collect::<Vec<i64>>();
    let pairs = (0..500)
        .flat_map(|at| [at * 8191, (at * 8191) ^ (1 << (at % 13))])
        .collect::<BTreeSet<i64>>();
    let pairs: Vec<i64> = pairs.into_iter().collect();
    let bits: Vec<i64> = (0..32)
        .map(|bit| i64::from((1_u32 << bit).cast_signed()))
        .chain([0])
        .collect();
    let ends = vec![
        i32::MIN.into(),
        i32::MIN as i64 + 1,
        -1,
        0,
        1,
        i32::MAX as i64 - 1,
        i32::MAX.into(),
    ];
    let high = (0..2000)
        .map(|at| i64::from(((at as u32) << 20).cast_signed()))
        .collect::<Vec<_>>();
    for keys in [
        progression(1000, 1000),
        progression(4096, 1000),
        progression(65_536, 1000),
        progression(7, 60_000),
        bits,
        pairs,
        ends,
        high,
    ] {
        check_layouts(&keys, 32);
    }
}

#[test]
fn hostile_strings_are_laid_out_within_the_limit() {
    let numbered = |before: &str, after: &str| {
        (0..3000)
            .map(|at| format!("{before}{at}{after}"))
            .collect::<Vec<_>>()
    };
    let long = "x".repeat(40);
    for keys in [
        numbered(&long, &long),
        numbered("", &long),
        numbered(&long, ""),
        numbered("", ""),
    ] {
        check_text_layouts(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn the_maximum_number_of_random_codes_is_laid_out() {
    let mut state = 1_u64;
    let mut keys: BTreeSet<i64> = BTreeSet::new();
    while keys.len() < 65_535 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        keys.insert(i64::from(((state >> 32) as u32).cast_signed()));
    }
    check_layouts(&keys.into_iter().collect::<Vec<_>>(), 32);
}

#[test]
fn every_search_stays_within_the_limit() {
    let mixed = |count: u64| {
        (1..=count)
            .map(|at| (multiplier(at, 64) as i32).into())
            .collect::<BTreeSet<i64>>()
    };
    let clusters = (0..1000)
        .map(|at| at / 30 * 1009 + at % 30 + at / 7)
        .collect::<BTreeSet<i64>>();
    for keys in [
        mixed(50),
        mixed(103),
        mixed(200),
        mixed(256),
        mixed(1000),
        mixed(2000),
        clusters,
    ] {
        let keys: Vec<i64> = keys.into_iter().collect();
        let NumberLayout::Hashed(hashed) = chosen_layout(&keys, 32) else {
            continue;
        };
        assert!(
            hashed.tries < MOST_TRIES,
            "{} keys took {} tries",
            keys.len(),
            hashed.tries
        );
        if keys.len() <= 200 {
            assert!(
                hashed.bytes() <= 2 * keys.len(),
                "{} keys took {} bytes",
                keys.len(),
                hashed.bytes()
            );
        }
    }
}

/// Strings with the same prefix and suffix, with a difference of one bit, or of one repeated
/// letter.
#[test]
fn similar_strings_are_found() {
    let bits = (0..64).map(|bit| {
        String::from_utf8(
            (0..8)
                .map(|at| b'A' + u8::from(at == bit / 8) * (1 << (bit % 5)))
                .collect(),
        )
        .unwrap()
    });
    let repeated = (1..200).map(|len| "A".repeat(len));
    let inner = (0..500).map(|at| {
        format!(
            "{}{:04}{}{}",
            "P".repeat(30),
            at,
            "Q".repeat(at % 9),
            "S".repeat(30)
        )
    });
    for keys in [
        bits.collect::<BTreeSet<_>>(),
        repeated.collect(),
        inner.collect(),
    ] {
        check_text_layouts(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Codes and names of large registries. Each coordinate of such a grid affects different bits of
/// the product.
#[test]
fn grids_are_laid_out_within_the_limits_of_time_and_space() {
    let fits = |name: &str, hashed: &Hashed, keys: usize| {
        assert!(
            hashed.tries < MOST_TRIES,
            "{keys} keys like {name} took {} tries",
            hashed.tries
        );
        assert!(
            hashed.slots.len() <= (keys + keys / 12).next_power_of_two(),
            "{keys} keys like {name}"
        );
    };
    // Wraps around to a number of 32 bits.
    let wrapped = |number: u64| i64::from((number as u32).cast_signed());
    // Moves bit n to bit 2n.
    let spread = |at: u64| (0..16).fold(0, |spread, bit| spread | (at >> bit & 1) << (2 * bit));
    for count in [10_000, 60_000] {
        let numbers_of = |name: &str, number: &dyn Fn(u64) -> i64| {
            let keys: BTreeSet<i64> = (0..count).map(number).collect();
            let keys: Vec<i64> = keys.into_iter().collect();
            for bits in [32, 64] {
                if let NumberLayout::Hashed(hashed) = chosen_layout(&keys, bits) {
                    fits(name, &hashed, keys.len());
                }
            }
        };
        numbers_of("0x8004_0001", &|at| {
            wrapped(0x8000_0000 + at / 200 * 0x1_0000 + at % 200)
        });
        numbers_of("1000 · n", &|at| (1000 * at).cast_signed());
        numbers_of("65536 · n", &|at| wrapped((at << 16) + (at >> 16)));
        numbers_of("100000 · n + m", &|at| {
            wrapped(at / 10 * 100_000 + at % 10)
        });
        numbers_of("every second bit", &|at| wrapped(spread(at)));
        let texts_of = |name: &str, key: &dyn Fn(u64) -> String| {
            let keys: Vec<String> = (0..count).map(key).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            fits(name, &text(&keys, Use::Symbols).hashed, keys.len());
        };
        texts_of("E00001", &|at| format!("E{at:05}"));
        texts_of("SYMBOL_OF_CASE_1", &|at| format!("SYMBOL_OF_CASE_{at}"));
        texts_of("1_ERROR", &|at| format!("{at}_ERROR"));
        texts_of("0x80040001", &|at| {
            format!("0x{:08X}", 0x8000_0000 + at / 200 * 0x1_0000 + at % 200)
        });
        texts_of("Invalid.1.1.Value", &|at| {
            format!("Invalid.{}.{}.Value", at / 100, at % 100)
        });
        texts_of("0000000000000001", &|at| format!("{at:016b}"));
    }
}

/// The same limits of space as for hashed numbers: 2 bytes a code up to 200 codes, and 8 above. A
/// slot takes two bytes above 256 codes.
#[test]
fn numbers_that_are_close_to_each_other_are_a_dense_table() {
    // The first numbers, and one that makes the table as long as `span`.
    let is_dense = |count: i64, span: i64| {
        let keys: Vec<i64> = (7..6 + count).chain([6 + span]).collect();
        let dense = dense_numbers(&keys);
        if let Some((min, slots)) = &dense {
            assert_eq!((*min, i64::try_from(slots.len())), (7, Ok(span + 1)));
            assert_eq!((slots[0], slots[slots.len() - 1]), (0, EMPTY));
            assert_eq!(i64::from(slots[slots.len() - 2]), count - 1);
        }
        dense.is_some()
    };
    for (count, span) in [
        (2, 4),
        (100, 200),
        (200, 400),
        (201, 1_608),
        (256, 2_048),
        (257, 1_028),
    ] {
        assert!(is_dense(count, span), "{count} {span}");
        assert!(!is_dense(count, span + 1), "{count} {span}");
    }
    assert!(dense_numbers(&[i64::MIN, i64::MAX]).is_none());
}

/// 2 bytes a code up to 200 codes, but at least a cache line; 8 above, where one level is preferred
/// even if two levels take less. A slot takes two bytes above 256 codes.
#[test]
fn a_lookup_of_numbers_takes_the_room_that_its_codes_are_worth() {
    for (keys, preferred, most, two_levels) in [
        (1, 64, 8, 2),
        (32, 64, 256, 64),
        (33, 66, 264, 66),
        (200, 400, 1_600, 400),
        (201, 1_608, 1_608, usize::MAX),
        (256, 2_048, 2_048, usize::MAX),
        (257, 1_028, 1_028, usize::MAX),
    ] {
        let room = room(keys, 32);
        assert_eq!(
            (room.preferred, room.most, room.two_levels, room.bits),
            (preferred, most, two_levels, 32),
            "{keys}"
        );
    }
}
