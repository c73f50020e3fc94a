//! Measures every lookup and its competitors, and prints the tables of PERFORMANCE.md.

#![forbid(unsafe_code)]

use std::collections::HashMap;

use errbook_benches::{Candidate, Goal, Pattern, Report, candidate, measure, numbers, sets, texts};
use rustc_hash::FxBuildHasher;

type Fast<K> = hashbrown::HashMap<K, u16, FxBuildHasher>;

/// Adds the candidates whose code grows with the number of keys. They are compiled for small sets
/// only.
macro_rules! by_match {
    (yes, $set:ident, $candidates:ident, $pattern:ident, $keys:ident) => {
        use sets::$set::{NumEnum, by_match};
        $candidates.push(candidate("num_enum", $pattern, $keys, None, |key| {
            NumEnum::try_from(key).ok()
        }));
        $candidates.push(candidate("match", $pattern, $keys, 0, by_match));
    };
    (no, $($rest:tt)*) => {};
}

macro_rules! strum {
    (yes, $set:ident, $candidates:ident, $pattern:ident, $keys:ident) => {
        use sets::$set::{Strum, by_match};
        $candidates.push(candidate("strum", $pattern, $keys, None, |key: &str| {
            key.parse::<Strum>().ok()
        }));
        $candidates.push(candidate("match", $pattern, $keys, 0, |key: &str| {
            by_match(key)
        }));
    };
    (no, $($rest:tt)*) => {};
}

fn main() {
    let only: Option<String> = std::env::args().nth(1);
    let wanted = |set: &str| only.as_ref().is_none_or(|only| set.contains(only.as_str()));
    let mut report = Report::default();
    macro_rules! number_set {
        ($set:ident, $has_match:ident) => {
            if wanted(stringify!($set)) {
                use sets::$set::{CHD, FROZEN, KEYS, Ours, PHF};
                type Answer = Option<Ours>;
                const COUNT: usize = KEYS_LEN;
                const KEYS_LEN: usize = Ours::ALL.len();
                static ARRAY: [Answer; COUNT + 1] = array(Ours::ALL);
                let queries = numbers(&KEYS);
                let (std, fast, lute) = maps(&KEYS);
                let mut candidates: Vec<Candidate<'_>> = Vec::new();
                for each in &queries {
                    let pattern = each.pattern;
                    let keys = &each.keys[..];
                    let find = |at: i32| ARRAY[(at.cast_unsigned() as usize).min(COUNT)];
                    candidates.push(candidate("array", pattern, &each.positions, None, find));
                    candidates.push(candidate("errbook", pattern, keys, None, Ours::from_code));
                    candidates.push(candidate("phf", pattern, keys, 0, |key| {
                        CHD.get(&key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("phf ptrhash", pattern, keys, 0, |key| {
                        PHF.get(&key).copied().unwrap_or(0)
                    }));
                    by_match!($has_match, $set, candidates, pattern, keys);
                    candidates.push(candidate("HashMap", pattern, keys, 0, |key| {
                        std.get(&key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("hashbrown+Fx", pattern, keys, 0, |key| {
                        fast.get(&key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("frozen", pattern, keys, 0, |key| {
                        FROZEN.get(&key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("lute", pattern, keys, 0, |key| {
                        lute.get(&key).copied().unwrap_or(0)
                    }));
                }
                report.add(stringify!($set), COUNT, measure(candidates));
                eprintln!("{} measured", stringify!($set));
            }
        };
    }
    macro_rules! text_set {
        ($set:ident, $has_match:ident) => {
            if wanted(stringify!($set)) {
                use sets::$set::{CHD, FROZEN, KEYS, Ours, PHF};
                let queries = texts(&KEYS);
                let (std, fast, lute) = maps(&KEYS);
                let mut candidates: Vec<Candidate<'_>> = Vec::new();
                for each in &queries {
                    let pattern = each.pattern;
                    let keys = &each.keys[..];
                    candidates.push(candidate("errbook", pattern, keys, None, |key: &str| {
                        Ours::from_symbol(key)
                    }));
                    candidates.push(candidate("phf", pattern, keys, 0, |key| {
                        CHD.get(key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("phf ptrhash", pattern, keys, 0, |key| {
                        PHF.get(key).copied().unwrap_or(0)
                    }));
                    strum!($has_match, $set, candidates, pattern, keys);
                    candidates.push(candidate("HashMap", pattern, keys, 0, |key| {
                        std.get(key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("hashbrown+Fx", pattern, keys, 0, |key| {
                        fast.get(key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("frozen", pattern, keys, 0, |key: &str| {
                        FROZEN.get(key).copied().unwrap_or(0)
                    }));
                    candidates.push(candidate("lute", pattern, keys, 0, |key| {
                        lute.get(key).copied().unwrap_or(0)
                    }));
                }
                report.add(stringify!($set), KEYS.len(), measure(candidates));
                eprintln!("{} measured", stringify!($set));
            }
        };
    }
    errbook_benches::number_sets!(number_set);
    errbook_benches::text_sets!(text_set);
    print(&report);
}

/// An array with one more element, for positions beyond the last.
const fn array<T: Copy, const N: usize>(all: &[T]) -> [Option<T>; N] {
    let mut array = [None; N];
    let mut at = 0;
    while at < all.len() {
        array[at] = Some(all[at]);
        at += 1;
    }
    array
}

/// The maps that are built at run time.
fn maps<K: Copy + Eq + std::hash::Hash>(
    keys: &[K],
) -> (HashMap<K, u16>, Fast<K>, lute::Map<K, u16>) {
    let entries = || keys.iter().copied().zip(1_u16..);
    (
        entries().collect(),
        entries().collect(),
        entries().collect(),
    )
}

fn print(report: &Report) {
    let is_number: fn(&str) -> bool = |set| !is_text(set);
    for (title, is_included) in [
        ("Number to variant", is_number),
        ("Symbol to variant", is_text),
    ] {
        for pattern in Pattern::ALL {
            println!("### {title}: {}\n", format!("{pattern:?}").to_lowercase());
            println!("{}", report.table(pattern, is_included));
        }
    }
    println!("### Goals\n\n{}", report.goals(&GOALS));
}

const fn goal(
    text: &'static str,
    applies: fn(&str, usize) -> bool,
    against: &'static str,
    ratio: f64,
) -> Goal {
    Goal {
        text,
        applies,
        against,
        ratio,
    }
}

fn is_text(set: &str) -> bool {
    set.starts_with("names") || set.starts_with("symbols")
}

/// All codes of a document, for which the goals are set.
fn document(set: &str, _: usize) -> bool {
    set.starts_with("document")
}

/// A shipped set with more than 20 codes. Smaller sets are too short for a comparison.
fn shipped(set: &str, keys: usize) -> bool {
    keys > 20 && set.ends_with("_code")
}

fn vendors(set: &str, keys: usize) -> bool {
    document(set, keys) || shipped(set, keys)
}

fn sparse(set: &str, _: usize) -> bool {
    set.starts_with("sparse")
}

fn any_number(set: &str, _: usize) -> bool {
    !is_text(set)
}

const GOALS: [Goal; 24] = [
    goal("vendors, times an array's time", vendors, "array", -1.8),
    goal("vendors, phf", vendors, "phf", 15.0),
    goal("vendors, phf ptrhash", vendors, "phf ptrhash", 10.0),
    goal("vendors' documents, num_enum", document, "num_enum", 15.0),
    goal("their parts, num_enum", shipped, "num_enum", 15.0),
    goal("vendors' documents, match", document, "match", 20.0),
    goal("their parts, match", shipped, "match", 20.0),
    goal("vendors, HashMap", vendors, "HashMap", 9.0),
    goal("vendors, hashbrown+Fx", vendors, "hashbrown+Fx", 2.5),
    goal("vendors' documents, frozen", document, "frozen", 3.0),
    goal("their parts, frozen", shipped, "frozen", 3.0),
    goal("vendors, lute", vendors, "lute", 2.2),
    goal(
        "hits and misses mixed, times own hits",
        any_number,
        "own hits",
        -1.05,
    ),
    goal("sparse, phf", sparse, "phf", 9.0),
    goal("sparse, phf ptrhash", sparse, "phf ptrhash", 5.5),
    goal("sparse, hashbrown+Fx", sparse, "hashbrown+Fx", 1.4),
    goal(
        "77 vendor symbols, phf",
        |set, _| set == "symbols",
        "phf",
        6.5,
    ),
    goal(
        "77 vendor symbols, strum",
        |set, _| set == "symbols",
        "strum",
        2.7,
    ),
    goal(
        "77 vendor symbols, hashbrown+Fx",
        |set, _| set == "symbols",
        "hashbrown+Fx",
        2.5,
    ),
    goal("1k names, phf", |set, _| set == "names_1k", "phf", 6.5),
    goal("10k names, phf", |set, _| set == "names_10k", "phf", 5.0),
    goal(
        "1k names, hashbrown+Fx",
        |set, _| set == "names_1k",
        "hashbrown+Fx",
        1.5,
    ),
    goal(
        "10k names, hashbrown+Fx",
        |set, _| set == "names_10k",
        "hashbrown+Fx",
        1.3,
    ),
    goal(
        "names, frozen",
        |set, _| set.starts_with("names"),
        "frozen",
        1.0,
    ),
];
