//! The search: what each query finds first.

mod ways;

use std::collections::BTreeSet;

use errbook_cli::book::Book;
use errbook_cli::search::{Engine, Index, Target};
use errbook_cli::shipped;
use errbook_cli::site::anchor;

fn shipped_book() -> Book {
    let vendors: Vec<_> = shipped::vendors().map(str::to_owned).collect();
    Book::shipped(&vendors).unwrap()
}

/// A query with what both engines must find in the shipped registry.
#[derive(serde::Deserialize)]
struct Vector {
    query: String,
    /// The first results, in order.
    ids: Vec<String>,
    /// Results at any place among the first twenty.
    #[serde(default)]
    also: Vec<String>,
    /// Results that are not among the first twenty.
    #[serde(default)]
    without: Vec<String>,
    /// Whether there is no result.
    #[serde(default)]
    none: bool,
    /// The numbers that no code has, as they are said.
    undocumented: Option<Vec<String>>,
    /// What else is said not to be found.
    unknown: Option<Vec<String>>,
    /// Whether nothing labels or names a code.
    guess: Option<bool>,
    /// The kinds whose text for users it is.
    kinds: Option<Vec<String>>,
    /// The combinations of flags, with their leading zeros.
    flags: Option<Vec<String>>,
}

#[test]
fn the_vectors_are_found() {
    let index = Index::of(&shipped_book());
    let engine = Engine::new(&index);
    let vectors = include_str!("../fixtures/search/shipped.json");
    let vectors: Vec<Vector> = serde_json::from_str(vectors).unwrap();
    let mut failures = Vec::new();
    for vector in vectors {
        let found = engine.find(&vector.query, 20);
        let ids: Vec<_> = found
            .matches
            .iter()
            .map(|found| engine.id(found.target))
            .collect();
        let is_found = ids.starts_with(&vector.ids)
            && vector.also.iter().all(|id| ids.contains(id))
            && !vector.without.iter().any(|id| ids.contains(id))
            && (!vector.none || ids.is_empty());
        if !is_found {
            failures.push(format!("{}: {ids:?}", vector.query));
        }
        if vector.guess.is_some_and(|guess| guess != found.is_guess) {
            failures.push(format!("{}: it is {} guess", vector.query, found.is_guess));
        }
        let kinds = found.kinds.iter().map(|kind| engine.kind(*kind).to_owned());
        let flags = engine.combinations(&vector.query).into_iter();
        for (expected, said) in [
            (&vector.undocumented, found.undocumented),
            (&vector.unknown, found.unknown),
            (&vector.kinds, kinds.collect()),
            (&vector.flags, flags.map(|(_, _, flags)| flags).collect()),
        ] {
            if expected.as_ref().is_some_and(|expected| *expected != said) {
                failures.push(format!("{}: it says {said:?}", vector.query));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_ids_of_codes_are_the_fragments_of_their_links() {
    let book = shipped_book();
    let index = Index::of(&book);
    let engine = Engine::new(&index);
    for (at, (spec, set)) in book.sets().enumerate() {
        for (row, code) in set.codes.iter().enumerate() {
            assert_eq!(engine.id(Target::Code(at, row)), anchor(spec, set, code));
        }
    }
}

#[test]
fn every_code_is_found_in_every_way() {
    let book = shipped_book();
    let index = Index::of(&book);
    let engine = Engine::new(&index);
    let mut asked = 0;
    let mut later = Vec::new();
    let mut lost = Vec::new();
    for place in ways::places(&book) {
        for way in ways::ways(&book, &index, place) {
            asked += 1;
            let found = engine.find(&way.query, 50).matches;
            let others = found
                .iter()
                .filter_map(|found| ways::place_of(&book, found.target));
            // Codes that nothing in the query tells from the one that is asked for do not count, and
            // those of one number count once: one set has twelve codes for the status 403.
            let mut before = BTreeSet::new();
            let mut rank = None;
            for other in others {
                if std::ptr::eq(other.code, place.code) {
                    rank = Some(before.len());
                    break;
                }
                if !way.fits(place, other) {
                    before.insert((std::ptr::from_ref(other.set), &other.code.code.value));
                }
            }
            let line = || {
                let first: Vec<_> = found
                    .iter()
                    .take(3)
                    .map(|found| {
                        format!(
                            "{} {} {}",
                            engine.id(found.target),
                            found.score,
                            found.how.word()
                        )
                    })
                    .collect();
                format!(
                    "{}: {} -> {}/{}/{} is at {rank:?} of {}: {first:?}",
                    way.name,
                    way.query,
                    place.spec.vendor.value,
                    place.set.name.value,
                    place.code.code.value,
                    found.len()
                )
            };
            match rank {
                Some(0) => {}
                Some(1 | 2) => later.push(line()),
                _ => lost.push(line()),
            }
        }
    }
    for line in later.iter().chain(&lost) {
        println!("{line}");
    }
    let first = asked - later.len() - lost.len();
    println!(
        "{asked} queries, {first} found first, {} among three",
        asked - lost.len()
    );
    assert!(first * 100 >= asked * 99);
    assert!(lost.is_empty());
}
