//! Lays out strings: takes distinct strings and returns the cheapest mix function that
//! distinguishes them, with a hash table of the mixed strings.

use crate::layout::search::{self, Room};
use crate::layout::{Hashed, mix};

/// How a string is looked up.
pub(crate) struct TextLayout {
    /// The name of the function that mixes the string into a number.
    pub(crate) mix: &'static str,
    /// The seed of that function.
    pub(crate) seed: u64,
    /// How the number finds its slot.
    pub(crate) hashed: Hashed,
}

type Mix = fn(&[u8], u64) -> u64;

/// The mix functions from the cheapest to the one that distinguishes all strings, each with the
/// number of seeds to try. `mix_edges` ignores its seed.
pub(super) const MIXES: [(&str, Mix, usize); 4] = [
    ("mix_edges", mix::mix_edges, 1),
    ("mix_tails", mix::mix_tails, SEEDS.len()),
    ("mix_words", mix::mix_words, SEEDS.len()),
    ("mix_all", mix::mix_all, SEEDS.len()),
];

/// The seeds of mix functions. The first one works unless the strings were chosen to collide under
/// it.
pub(super) const SEEDS: [u64; 8] = [
    0xA076_1D64_78BD_642F,
    0xE703_7ED1_A0B4_28DB,
    0x8EBC_6AF0_9C88_C6E3,
    0x5899_65CC_7537_4CC3,
    0x1D8E_4E27_C47D_124F,
    0xEB44_ACCA_B455_D165,
    0x9C6E_6877_736C_46E3,
    0xD6E8_FEB8_6659_FD93,
];

/// What the strings are, which decides how much room their lookup may take.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Use {
    Codes,
    Symbols,
}

/// Lays out different strings.
pub(crate) fn text(keys: &[&str], usage: Use) -> TextLayout {
    for (name, mix, seeds) in MIXES {
        for &seed in &SEEDS[..seeds] {
            let mixed: Vec<u64> = keys.iter().map(|key| mix(key.as_bytes(), seed)).collect();
            if are_different(mixed.clone()) {
                return TextLayout {
                    mix: name,
                    seed,
                    hashed: search::hashed(&mixed, room(keys.len(), usage)),
                };
            }
        }
    }
    unreachable!("`mix_all` separates distinct strings under one of its seeds")
}

fn are_different(mut mixed: Vec<u64>) -> bool {
    mixed.sort_unstable();
    mixed.windows(2).all(|pair| pair[0] != pair[1])
}

/// How many slots one level may have. Without the second level a lookup takes a sixth less time,
/// which is worth 8 bytes a symbol in sets of up to 1,000. A slot takes one byte up to 256 strings
/// and two above. Codes take at most 2 bytes each up to 200 codes, as in the lookup of numbers.
fn room(keys: usize, usage: Use) -> Room {
    let most = match (usage, keys) {
        (Use::Symbols, ..=256) => (8 * keys).max(64),
        (Use::Codes, ..=200) => (2 * keys).max(64),
        (Use::Codes, 201..=256) => 8 * keys,
        _ => 4 * keys,
    };
    Room {
        bits: 64,
        preferred: most,
        most,
        two_levels: usize::MAX,
        plain: search::PLAIN,
        // About 20 ms in an unoptimised build.
        tries: 2_000_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 8 bytes a symbol, but a table smaller than a cache line saves nothing; 2 bytes a code up to
    /// 200 codes.
    #[test]
    fn a_lookup_of_strings_takes_the_room_that_they_are_worth() {
        for (keys, of_symbols, of_codes) in [
            (1, 64, 64),
            (9, 72, 64),
            (33, 264, 66),
            (200, 1_600, 400),
            (201, 1_608, 1_608),
            (256, 2_048, 2_048),
            (257, 1_028, 1_028),
        ] {
            for (usage, slots) in [(Use::Symbols, of_symbols), (Use::Codes, of_codes)] {
                let room = room(keys, usage);
                assert_eq!(
                    (room.preferred, room.most),
                    (slots, slots),
                    "{keys} {usage:?}"
                );
                assert_eq!((room.bits, room.two_levels), (64, usize::MAX));
            }
        }
    }

    #[test]
    fn the_cheapest_function_that_distinguishes_the_strings_mixes_them() {
        let middle = |at: &str| format!("{}{at}{}", "A".repeat(30), "B".repeat(30));
        for (keys, mix) in [
            (vec!["ABCD", "ABCE"], "mix_edges"),
            (vec!["ABCDx1234", "ABCDy1234", "ABCD1234"], "mix_tails"),
            (vec!["ABCD1234", "ABCDx1234"], "mix_edges"),
            // Less than four bytes.
            (vec!["A", "B"], "mix_tails"),
            (vec!["", "A", "AA", "AB", "BA", "ABC", "AxC"], "mix_tails"),
            // The middle of long strings.
            (vec![&middle("1"), &middle("2")], "mix_words"),
            (
                vec![
                    "AAAAAAAAAAAAAAAA1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "AAAAAAAAAAAAAAAA2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                ],
                "mix_all",
            ),
        ] {
            let layout = text(&keys, Use::Codes);
            assert_eq!((layout.mix, layout.seed), (mix, SEEDS[0]), "{keys:?}");
        }
    }

    #[test]
    fn equal_numbers_are_found_anywhere() {
        assert!(are_different(vec![]));
        assert!(are_different(vec![3, 1, 2]));
        assert!(!are_different(vec![3, 1, 3]));
    }
}
