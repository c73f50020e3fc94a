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
    unreachable!("no texts are alike under every one of so many seeds")
}

fn are_different(mut mixed: Vec<u64>) -> bool {
    mixed.sort_unstable();
    mixed.windows(2).all(|pair| pair[0] != pair[1])
}

/// How many slots one level may have. Without the second level a lookup takes a sixth less time,
/// which is worth 8 bytes a symbol in sets of up to 1,000. A slot takes one byte up to 256 strings
/// and two above. Codes take at most 2 bytes each up to 200 of them, as codes that are numbers do.
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
        tries: 2_000_000,
    }
}
