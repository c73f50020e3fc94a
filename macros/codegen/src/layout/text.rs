//! Lays out texts: by their ends if those tell them apart, else by more of them.

use crate::layout::search::{self, Room};
use crate::layout::{Hashed, mix};

/// How a text is looked up.
pub(crate) struct TextLayout {
    /// The function that mixes it.
    pub(crate) mix: &'static str,
    /// What it is mixed with first, so that all of it is one number.
    pub(crate) seed: u64,
    /// How that number then finds its slot.
    pub(crate) hashed: Hashed,
}

type Mix = fn(&[u8], u64) -> u64;

/// From the cheapest to the one that tells texts apart whatever they are, and with how many seeds each is worth trying.
pub(super) const MIXES: [(&str, Mix, usize); 5] = [
    ("mix_edges", mix::mix_edges, 1),
    ("mix_ends", mix::mix_ends, SEEDS.len()),
    ("mix_tails", mix::mix_tails, SEEDS.len()),
    ("mix_words", mix::mix_words, SEEDS.len()),
    ("mix_all", mix::mix_all, SEEDS.len()),
];

/// What texts are mixed with. The first does, unless somebody made texts for it.
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

/// Lays out texts, all different.
pub(crate) fn text(keys: &[&str]) -> TextLayout {
    for (name, mix, seeds) in MIXES {
        for &seed in &SEEDS[..seeds] {
            let mixed: Vec<u64> = keys.iter().map(|key| mix(key.as_bytes(), seed)).collect();
            if are_different(mixed.clone()) {
                return TextLayout {
                    mix: name,
                    seed,
                    hashed: search::hashed(&mixed, room(keys.len())),
                };
            }
        }
    }
    unreachable!("no texts are alike under every one of so many seeds")
}

fn are_different(mut mixed: Vec<u64>) -> bool {
    mixed.sort_unstable();
    mixed.windows(2).all(|pair| pair[0] != pair[1])
}

/// A second level costs a text less than it costs a number, since the comparison is most of its time. Up to 200 texts take
/// about two bytes each, as numbers do.
fn room(keys: usize) -> Room {
    let most = match keys {
        ..=200 => (2 * keys).max(64),
        201..=256 => 8 * keys,
        _ => 4 * keys,
    };
    Room {
        bits: 64,
        preferred: most,
        most,
        two_levels: usize::MAX,
        plain: search::PLAIN,
        tries: 2_000_000,
    }
}
