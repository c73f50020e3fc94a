//! Lays out texts: by their ends if those tell them apart, else by more of them.

use std::collections::BTreeSet;

use crate::layout::{Hashed, mix, search};

/// How a text is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextLayout {
    /// The function that mixes it.
    pub(crate) mix: &'static str,
    /// How it then finds its slot.
    pub(crate) hashed: Hashed,
}

type Mix = fn(&[u8], u64) -> u64;

/// From the cheapest to the one that always tells different texts apart.
const MIXES: [(&str, Mix); 3] = [("mix_ends", mix::mix_ends), ("mix_words", mix::mix_words), ("mix_all", mix::mix_all)];

/// Lays out texts, all different.
pub(crate) fn text(keys: &[&str]) -> TextLayout {
    let apart = |(_, mix): &&(&str, Mix)| {
        let mixed: BTreeSet<u64> = keys.iter().map(|key| mix(key.as_bytes(), 0xA076_1D64_78BD_642F)).collect();
        mixed.len() == keys.len()
    };
    let (name, mix) = MIXES.iter().find(apart).unwrap_or(&MIXES[2]);
    let mixed = |key: usize, multiplier: u64| mix(keys[key].as_bytes(), multiplier);
    TextLayout { mix: name, hashed: search::hashed(&mixed, keys.len(), 64) }
}
