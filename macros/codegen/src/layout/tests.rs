//! Whatever keys there are, every key has a slot that leads to it and to nothing else, and the search ends soon.

use std::collections::BTreeSet;

use proptest::collection::btree_set;
use proptest::prelude::*;

use super::{EMPTY, Hashed, NumberLayout, numbers, text};
use crate::layout::mix;

/// Where the generated code would look for a mixed key.
fn found(hashed: &Hashed, mixed: u64) -> usize {
    let slot = (mixed >> hashed.shift) as usize;
    let slot = match &hashed.pilots {
        None => slot,
        Some(pilots) => slot ^ usize::from(pilots.values[(mixed >> pilots.shift) as usize & (pilots.values.len() - 1)]),
    };
    usize::from(hashed.slots[slot])
}

/// Mixes as the generated code does for the wire type.
fn mix_number(key: i64, multiplier: u64, bits: u32) -> u64 {
    match bits {
        32 => (key as i32).cast_unsigned().wrapping_mul(multiplier as u32).into(),
        _ => key.cast_unsigned().wrapping_mul(multiplier),
    }
}

fn position(layout: &NumberLayout, keys: &[i64], key: i64, bits: u32) -> Option<usize> {
    match layout {
        NumberLayout::Dense { min, slots } => {
            let slot = usize::try_from(key.wrapping_sub(*min)).ok().and_then(|at| slots.get(at));
            slot.filter(|slot| **slot != EMPTY).map(|slot| usize::from(*slot))
        }
        NumberLayout::Hashed(hashed) => {
            let position = found(hashed, mix_number(key, hashed.multiplier, bits));
            (keys[position] == key).then_some(position)
        }
    }
}

fn agrees(keys: &[i64], bits: u32) {
    let layout = numbers(keys, bits);
    for (expected, key) in keys.iter().enumerate() {
        assert_eq!(position(&layout, keys, *key, bits), Some(expected), "{key}");
    }
    let known: BTreeSet<i64> = keys.iter().copied().collect();
    let (min, max) = if bits == 32 { (i32::MIN.into(), i32::MAX.into()) } else { (i64::MIN, i64::MAX) };
    let near = keys.iter().flat_map(|key| [key.wrapping_sub(1), key.wrapping_add(1)]).chain([min, max, 0]);
    for key in near.filter(|key| (min..=max).contains(key) && !known.contains(key)) {
        assert_eq!(position(&layout, keys, key, bits), None, "{key}");
    }
}

fn texts_agree(keys: &[&str]) {
    let layout = text(keys);
    let whole = |text: &str| match layout.mix {
        "mix_ends" => mix::mix_ends(text.as_bytes(), layout.seed),
        "mix_words" => mix::mix_words(text.as_bytes(), layout.seed),
        _ => mix::mix_all(text.as_bytes(), layout.seed),
    };
    let mix = |text: &str| whole(text).wrapping_mul(layout.hashed.multiplier);
    for (expected, key) in keys.iter().enumerate() {
        assert_eq!(found(&layout.hashed, mix(key)), expected, "{key}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_number_of_32_bits_has_its_own_slot(keys in btree_set(any::<i32>(), 1..400)) {
        agrees(&keys.into_iter().map(i64::from).collect::<Vec<_>>(), 32);
    }

    #[test]
    fn every_number_of_64_bits_has_its_own_slot(keys in btree_set(any::<i64>(), 1..400)) {
        agrees(&keys.into_iter().collect::<Vec<_>>(), 64);
    }

    #[test]
    fn every_text_has_its_own_slot(keys in btree_set("[A-Z_]{0,40}|.{0,12}", 1..300)) {
        texts_agree(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Sets of keys that are hard for some searches: progressions, extremes, single bits.
#[test]
fn hostile_numbers_are_laid_out_soon() {
    let power = |step: i64, count: i64| (0..count).map(|at| at * step).collect::<Vec<i64>>();
    let bits: Vec<i64> = (0..32).map(|bit| i64::from((1_u32 << bit).cast_signed())).chain([0]).collect();
    let ends = vec![i32::MIN.into(), i32::MIN as i64 + 1, -1, 0, 1, i32::MAX as i64 - 1, i32::MAX.into()];
    let high = (0..2000).map(|at| i64::from(((at as u32) << 20).cast_signed())).collect::<Vec<_>>();
    for keys in [power(1000, 1000), power(4096, 1000), power(65_536, 1000), power(7, 60_000), bits, ends, high] {
        agrees(&keys, 32);
    }
}

#[test]
fn hostile_texts_are_laid_out_soon() {
    let numbered = |before: &str, after: &str| (0..3000).map(|at| format!("{before}{at}{after}")).collect::<Vec<_>>();
    let long = "x".repeat(40);
    for keys in [numbered(&long, &long), numbered("", &long), numbered(&long, ""), numbered("", "")] {
        texts_agree(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn many_random_numbers_are_laid_out() {
    let mut state = 1_u64;
    let mut keys: BTreeSet<i64> = BTreeSet::new();
    while keys.len() < 60_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        keys.insert(i64::from(((state >> 32) as u32).cast_signed()));
    }
    agrees(&keys.into_iter().collect::<Vec<_>>(), 32);
}

#[test]
fn a_thousand_numbers_without_order_take_few_tries() {
    let mixed = |at: u32| i64::from(at.wrapping_mul(2_654_435_769).rotate_left(at % 31).cast_signed());
    let keys: BTreeSet<i64> = (1..=1000).map(mixed).collect();
    let NumberLayout::Hashed(hashed) = numbers(&keys.into_iter().collect::<Vec<_>>(), 32) else { return };
    // At 10 ns a try in an unoptimised build, this is well below a tenth of a second.
    assert!(hashed.tries < 4_000_000, "{}", hashed.tries);
}
