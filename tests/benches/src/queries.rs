//! What is asked: keys in random order, so that no branch predictor can learn them.

use std::collections::BTreeSet;

use crate::random::Random;

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

/// Fewer for texts, which take more room and are less easily remembered.
const TEXTS: usize = 16_384;

fn queries<K: Ord + Copy>(
    count: usize,
    keys: &[K],
    mut miss: impl FnMut(&mut Random) -> K,
) -> Vec<Queries<K>> {
    let known: BTreeSet<K> = keys.iter().copied().collect();
    let mut random = Random::new(4);
    let every = Pattern::ALL.into_iter().map(|pattern| {
        let mut queries = Queries {
            pattern,
            keys: Vec::new(),
            positions: Vec::new(),
        };
        while queries.keys.len() < count {
            let hit = match pattern {
                Pattern::Hits => true,
                Pattern::Misses => false,
                Pattern::Mix => random.next() >> 63 == 0,
            };
            let position = random.below(keys.len());
            let key = if hit {
                keys[position]
            } else {
                miss(&mut random)
            };
            if hit || !known.contains(&key) {
                queries.keys.push(key);
                queries
                    .positions
                    .push((if hit { position } else { position + keys.len() }) as i32);
            }
        }
        queries
    });
    every.collect()
}

/// Misses are one third close to a key, one third in the range of the keys, one third any number.
pub fn numbers(keys: &[i32]) -> Vec<Queries<i32>> {
    let (min, max) = (
        i64::from(*keys.iter().min().unwrap()),
        i64::from(*keys.iter().max().unwrap()),
    );
    queries(NUMBERS, keys, |random| match random.below(3) {
        0 => keys[random.below(keys.len())].wrapping_add(random.below(17) as i32 - 8),
        1 => (min + (random.next() % (max - min + 1) as u64) as i64) as i32,
        _ => (random.next() >> 32) as i32,
    })
}

/// Misses are a key with one byte changed, cut or added, or two halves of different keys.
pub fn texts(keys: &'static [&'static str]) -> Vec<Queries<&'static str>> {
    let mut random = Random::new(5);
    let foreign: Vec<&'static str> = (0..4096)
        .map(|_| {
            let (key, other) = (
                keys[random.below(keys.len())],
                keys[random.below(keys.len())],
            );
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
    // A text that arrives does not stand where the tables' own text does; but it was just written, so it is in the first
    // cache. A copy for each query would measure how fast the memory is, and it is the same memory for all candidates.
    let arrived: Vec<&'static str> = keys.iter().map(|key| &*(*key).to_owned().leak()).collect();
    queries(TEXTS, &arrived, |random| {
        foreign[random.below(foreign.len())]
    })
}
