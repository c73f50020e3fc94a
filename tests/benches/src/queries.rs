//! What is asked: keys in random order, so that no branch predictor can learn them.

use std::collections::BTreeSet;

/// Keys that are there, keys that are not, and both at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Every query is a key.
    Hits,
    /// No query is.
    Misses,
    /// Half of them are, in random order.
    Mix,
}

impl Pattern {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hits, Self::Misses, Self::Mix];
}

/// The queries of one pattern, and the positions that an array would be asked for.
#[derive(Debug)]
pub struct Queries<K> {
    /// Their pattern.
    pub pattern: Pattern,
    /// The keys.
    pub keys: Vec<K>,
    /// For each, its position in the set, or a number beyond.
    pub positions: Vec<i32>,
}

/// How many queries there are of a pattern: more than a branch predictor remembers.
const NUMBERS: usize = 65_536;

/// Fewer for texts, so that the questions fit the caches and do not cost more time than the answers.
const TEXTS: usize = 16_384;

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

fn queries<K: Ord + Copy>(count: usize, keys: &[K], mut miss: impl FnMut(&mut Random) -> K) -> Vec<Queries<K>> {
    let known: BTreeSet<K> = keys.iter().copied().collect();
    let mut random = Random(4);
    let every = Pattern::ALL.into_iter().map(|pattern| {
        let mut queries = Queries { pattern, keys: Vec::new(), positions: Vec::new() };
        while queries.keys.len() < count {
            let hit = match pattern {
                Pattern::Hits => true,
                Pattern::Misses => false,
                Pattern::Mix => random.next() >> 63 == 0,
            };
            let position = random.below(keys.len());
            let key = if hit { keys[position] } else { miss(&mut random) };
            if hit || !known.contains(&key) {
                queries.keys.push(key);
                queries.positions.push((if hit { position } else { position + keys.len() }) as i32);
            }
        }
        queries
    });
    every.collect()
}

/// Misses are one third close to a key, one third in the range of the keys, one third any number.
pub fn numbers(keys: &[i32]) -> Vec<Queries<i32>> {
    let (min, max) = (i64::from(*keys.iter().min().unwrap()), i64::from(*keys.iter().max().unwrap()));
    queries(NUMBERS, keys, |random| match random.below(3) {
        0 => keys[random.below(keys.len())].wrapping_add(random.below(17) as i32 - 8),
        1 => (min + (random.next() % (max - min + 1) as u64) as i64) as i32,
        _ => (random.next() >> 32) as i32,
    })
}

/// Misses are a key with one byte changed, cut or added, or two halves of different keys.
pub fn texts(keys: &'static [&'static str]) -> Vec<Queries<&'static str>> {
    let mut random = Random(5);
    let foreign: Vec<&'static str> = (0..4096)
        .map(|_| {
            let (key, other) = (keys[random.below(keys.len())], keys[random.below(keys.len())]);
            let at = random.below(key.len());
            let text = match random.below(4) {
                0 => format!("{}~{}", &key[..at], &key[at + 1..]),
                1 => format!("{}{}", &key[..at], &key[at + 1..]),
                2 => format!("{}~{}", &key[..at], &key[at..]),
                _ => format!("{}{}", &key[..key.len() / 2], &other[other.len() / 2..]),
            };
            &*text.leak()
        })
        .collect();
    let mut queries = queries(TEXTS, keys, |random| foreign[random.below(foreign.len())]);
    // A text that arrives does not stand where the tables' own text does.
    for each in &mut queries {
        for key in &mut each.keys {
            *key = key.to_owned().leak();
        }
    }
    queries
}
