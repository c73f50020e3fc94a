//! The keys: those of the vendors, and synthetic ones that are the same in every run.

use std::collections::BTreeSet;

use errbook_codegen::spec::Spec;

/// `SplitMix64` with a fixed seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end
    }
}

/// Numbers without any order among them.
pub(crate) fn sparse(count: usize) -> Vec<i32> {
    let mut random = Random(1);
    let mut keys = BTreeSet::new();
    while keys.len() < count {
        keys.insert((random.next() >> 32) as u32 as i32);
    }
    keys.into_iter().collect()
}

/// Numbers as registries have them: ranges of 3 to 60 with holes, scattered over some millions.
pub(crate) fn clustered(count: usize) -> Vec<i32> {
    let mut random = Random(2);
    let mut keys = BTreeSet::new();
    while keys.len() < count {
        let start = (random.below(80_000) * 100) as i32 - 1_000_000;
        for code in start..start + 3 + random.below(58) as i32 {
            if keys.len() < count && random.below(8) > 0 {
                keys.insert(code);
            }
        }
    }
    keys.into_iter().collect()
}

const WORDS: [&str; 48] = [
    "INVALID",
    "MISSING",
    "IMAGE",
    "FACE",
    "TOKEN",
    "EXPIRED",
    "LIVENESS",
    "FAILED",
    "OPERATION",
    "ACCOUNT",
    "LIMIT",
    "RATE",
    "QUOTA",
    "NOT",
    "FOUND",
    "UNAUTHORIZED",
    "PARAMETER",
    "ARGUMENT",
    "SIZE",
    "VIDEO",
    "AUDIO",
    "SESSION",
    "NETWORK",
    "TIMEOUT",
    "SERVER",
    "INTERNAL",
    "ID",
    "CARD",
    "PHOTO",
    "BLURRED",
    "EXPOSURE",
    "GLASSES",
    "MASK",
    "EYES",
    "CLOSED",
    "MOUTH",
    "DATA",
    "SOURCE",
    "DENIED",
    "PERMISSION",
    "CAMERA",
    "NONE",
    "TOO",
    "MANY",
    "CONCURRENT",
    "REQUEST",
    "BANK",
    "PHONE",
];

/// Names as vendors give them: two to five words.
pub(crate) fn names(count: usize) -> Vec<String> {
    let mut random = Random(3);
    let mut names = BTreeSet::new();
    while names.len() < count {
        let words: Vec<&str> = (0..2 + random.below(4)).map(|_| WORDS[random.below(WORDS.len())]).collect();
        names.insert(words.join("_"));
    }
    let mut names: Vec<String> = names.into_iter().collect();
    // Not in the order of the alphabet.
    for at in (1..names.len()).rev() {
        names.swap(at, random.below(at + 1));
    }
    names
}

/// The vendors' symbols that have no parameters, and their aliases.
pub(crate) fn vendor_symbols(specs: &[(&str, Spec)]) -> Vec<String> {
    let codes = specs.iter().flat_map(|(_, spec)| &spec.sets).flat_map(|set| &set.codes);
    let symbols = codes.flat_map(|code| code.symbol.iter().chain(&code.aliases).map(|text| text.to_string()));
    let symbols: BTreeSet<String> = symbols.filter(|symbol| !symbol.contains('<')).collect();
    symbols.into_iter().collect()
}
