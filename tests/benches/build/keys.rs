//! The keys of the measured sets: those of the vendors, and synthetic keys that are the same in
//! every run.

use std::collections::BTreeSet;

use errbook_spec::Spec;

use crate::random::Random;

/// Numbers without any order among them.
pub(crate) fn sparse(count: usize) -> Vec<i32> {
    let mut random = Random::new(1);
    let mut keys = BTreeSet::new();
    while keys.len() < count {
        keys.insert((random.next() >> 32) as u32 as i32);
    }
    keys.into_iter().collect()
}

/// Numbers as in a typical registry: runs of 3 to 60 with holes, scattered over a few millions.
pub(crate) fn clustered(count: usize) -> Vec<i32> {
    let mut random = Random::new(2);
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

/// Names as in a typical registry: two to five words.
pub(crate) fn names(count: usize) -> Vec<String> {
    let mut random = Random::new(3);
    let mut names = BTreeSet::new();
    while names.len() < count {
        let words: Vec<&str> = (0..2 + random.below(4))
            .map(|_| WORDS[random.below(WORDS.len())])
            .collect();
        names.insert(words.join("_"));
    }
    let mut names: Vec<String> = names.into_iter().collect();
    // Shuffled, so that they are not in alphabetical order.
    for at in (1..names.len()).rev() {
        names.swap(at, random.below(at + 1));
    }
    names
}

/// All numeric codes of a vendor's document, as one set.
pub(crate) fn document(spec: &Spec) -> Vec<i32> {
    let codes = spec.sets.iter().flat_map(|set| &set.codes);
    let mut known = BTreeSet::new();
    codes
        .filter_map(|code| code.code.parse().ok())
        .filter(|&code| known.insert(code))
        .collect()
}

/// The vendors' symbols up to their parameters, with their aliases if `aliases` is set.
pub(crate) fn vendor_symbols(specs: &[(&str, Spec)], aliases: bool) -> Vec<String> {
    let codes = specs
        .iter()
        .flat_map(|(_, spec)| &spec.sets)
        .flat_map(|set| &set.codes);
    let symbols = codes.flat_map(|code| {
        code.symbol
            .iter()
            .chain(code.aliases.iter().filter(move |_| aliases))
    });
    let name = |text: &str| text.split(['<', ':']).next().unwrap_or_default().to_owned();
    let symbols: BTreeSet<String> = symbols.map(|symbol| name(symbol)).collect();
    symbols.into_iter().collect()
}
