//! Generates queries from the keys of a set: hits, misses and both, in an order that a branch
//! predictor cannot learn.

use std::collections::BTreeSet;

use crate::random::Random;

/// Which queries are keys of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Every query is a key.
    Hits,
    /// No query is a key.
    Misses,
    /// Half of the queries are keys, in random order.
    Mix,
}

impl Pattern {
    /// All patterns.
    pub const ALL: [Self; 3] = [Self::Hits, Self::Misses, Self::Mix];
}

/// The queries of one pattern, and the same queries as positions, for the array.
#[derive(Debug)]
pub struct Queries<K> {
    /// The pattern.
    pub pattern: Pattern,
    /// The keys.
    pub keys: Vec<K>,
    /// For each key its position in the set, or a number beyond the last position.
    pub positions: Vec<i32>,
}

/// The number of queries of a pattern: more than a branch predictor remembers.
const NUMBERS: usize = 65_536;

/// Fewer for strings, which take more space and are harder for a branch predictor to remember.
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

/// Queries for numbers. A third of the misses are close to a key, a third are in the range of the
/// keys, and a third are any number.
pub fn numbers(keys: &[i32]) -> Vec<Queries<i32>> {
    let min = i64::from(*keys.iter().min().unwrap());
    let max = i64::from(*keys.iter().max().unwrap());
    queries(NUMBERS, keys, |random| match random.below(3) {
        0 => keys[random.below(keys.len())].wrapping_add(random.below(17) as i32 - 8),
        1 => (min + (random.next() % (max - min + 1) as u64) as i64) as i32,
        _ => (random.next() >> 32) as i32,
    })
}

/// Queries for strings. A miss is a key with one byte changed, removed or added, or two halves of
/// different keys.
pub fn texts(keys: &'static [&'static str]) -> Vec<Queries<&'static str>> {
    let mut random = Random::new(5);
    let misses: Vec<&'static str> = (0..4096)
        .map(|_| {
            let key = keys[random.below(keys.len())];
            let other = keys[random.below(keys.len())];
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
    // A received string is not at the address of the table's own string, but it was just written,
    // so it is in the L1 cache. Hence one copy for each key. A copy for each query would mainly
    // measure memory, which is the same for all candidates.
    let received: Vec<&'static str> = keys.iter().map(|key| &*(*key).to_owned().leak()).collect();
    queries(TEXTS, &received, |random| {
        misses[random.below(misses.len())]
    })
}
