//! Runs the search of the site under Node.js: it finds what the vectors say, gives the same order
//! as the search in Rust, and is fast with ten thousand codes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use errbook_cli::book::Book;
use errbook_cli::search::{Engine, Index};
use errbook_cli::site::packed;
use errbook_spec::Code;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::answers::random::Random;
use crate::typescript::run;
use crate::workspace::{book, root};

#[path = "../../xtask/tests/search/ways.rs"]
#[expect(dead_code, reason = "the tests of the tool also count what is found")]
mod ways;

/// How many results of a query are compared.
const COMPARED: usize = 30;
/// How many generated queries are compared.
const QUERIES: usize = 2000;

/// Reads the index and the queries, and prints the results of each, and last what is said of them.
const HARNESS: &str = r#"
const fs = require("fs");
const ErrbookSearch = require(process.argv[2]);
const read = (name) => JSON.parse(fs.readFileSync(name, "utf8"));
const search = ErrbookSearch.load(read("index.json"));
const found = read("queries.json").map((query) => {
  const { hits, undocumented, unknown, kinds, isGuess, isLong } = search.search(query, { limit: 30 });
  const combinations = search.combinations(query).map(({ set, number, flags }) => [set, number, flags]);
  return [...hits, { undocumented, unknown, kinds, combinations, isGuess, isLong }];
});
fs.writeFileSync("found.json", JSON.stringify(found));
"#;

fn script() -> std::path::PathBuf {
    root().join("xtask/src/site/assets/search.js")
}

/// What the search in JavaScript finds for each query: id, score and how, and last what it says of
/// the query.
fn found_in_javascript(index: &Index, queries: &[String]) -> Vec<Vec<Value>> {
    run_harness(HARNESS, index, queries)
}

/// Runs a program with an index and queries, and returns what it found.
fn run_harness(program: &str, index: &Index, queries: &[String]) -> Vec<Vec<Value>> {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    write("index.json", serde_json::to_string(index).unwrap());
    write("queries.json", serde_json::to_string(queries).unwrap());
    write("harness.js", program.to_owned());
    let mut node = Command::new("node");
    node.arg("harness.js")
        .arg(script())
        .current_dir(folder.path());
    run(&mut node);
    read_json(&folder.path().join("found.json"))
}

fn read_json(path: &Path) -> Vec<Vec<Value>> {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn vectors() -> Vec<Value> {
    let file = root().join("xtask/tests/fixtures/search/shipped.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn query(vector: &Value) -> String {
    vector["query"].as_str().unwrap().to_owned()
}

#[test]
fn the_vectors_are_found_in_javascript() {
    if crate::is_skipped("ERRBOOK_NO_NODE") {
        return;
    }
    let vectors = vectors();
    let queries: Vec<_> = vectors.iter().map(query).collect();
    let index = Index::of(&book());
    let found = found_in_javascript(&index, &queries);
    for (vector, found) in vectors.iter().zip(&found) {
        let (said, found) = found.split_last().unwrap();
        for (key, expected) in vector.as_object().unwrap() {
            if key == "guess" {
                assert_eq!(said["isGuess"], *expected, "{vector}");
            }
            if matches!(key.as_str(), "undocumented" | "unknown") {
                assert_eq!(said[key], *expected, "{vector}");
            }
        }
        let ids: Vec<_> = found.iter().map(|hit| &hit["id"]).collect();
        let first: Vec<_> = vector["ids"].as_array().unwrap().iter().collect();
        assert!(ids.starts_with(&first), "{vector}: {ids:?}");
        for id in vector["also"].as_array().into_iter().flatten() {
            assert!(
                ids.iter().take(20).any(|found| *found == id),
                "{vector}: {ids:?}"
            );
        }
        for id in vector["without"].as_array().into_iter().flatten() {
            assert!(!ids.contains(&id), "{vector}: {ids:?}");
        }
        assert!(
            vector["none"] != true || ids.is_empty(),
            "{vector}: {ids:?}"
        );
    }
}

#[test]
fn both_engines_give_the_same_order() {
    if crate::is_skipped("ERRBOOK_NO_NODE") {
        return;
    }
    let book = book();
    let index = Index::of(&book);
    let mut queries = generated_queries(&book, &index);
    queries.extend(vectors().iter().map(query));
    let engine = Engine::new(&index);
    let found = found_in_javascript(&index, &queries);
    for (query, found) in queries.iter().zip(&found) {
        let own = engine.find(query, COMPARED);
        let hits = own.matches.iter().map(
            |own| json!({ "id": engine.id(own.target), "score": own.score, "how": own.how.word() }),
        );
        let said = json!({
            "undocumented": own.undocumented,
            "unknown": own.unknown,
            "kinds": own.kinds,
            "combinations": engine.combinations(query),
            "isGuess": own.is_guess,
            "isLong": own.is_long,
        });
        assert_eq!(*found, hits.chain([said]).collect::<Vec<_>>(), "{query}");
    }
}

/// Prints what loading an index takes, and the times of queries, in milliseconds.
const MEASURE: &str = r#"
const fs = require("fs");
const ErrbookSearch = require(process.argv[2]);
const text = fs.readFileSync("index.json", "utf8");
const queries = JSON.parse(fs.readFileSync("queries.json", "utf8"));
// Time of the processor, which other tests do not take.
const now = () => process.cpuUsage().user / 1000;
const began = now();
const search = ErrbookSearch.load(JSON.parse(text));
const ready = now() - began;
search.warm();
const times = [];
for (const query of queries) {
  // As it is typed: each beginning is a query of its own.
  const letters = [...query];
  for (let end = 1; end <= letters.length; end++) {
    const typed = letters.slice(0, end).join("");
    const start = now();
    search.find(typed, { limit: 30 });
    times.push([now() - start, typed]);
  }
}
times.sort((a, b) => a[0] - b[0]);
const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
fs.writeFileSync("found.json", JSON.stringify([[ready, at(0.5)[0], at(0.99)[0], at(1)[0], at(1)[1], times.length]]));
"#;

#[test]
fn ten_thousand_codes_are_searched_between_two_key_presses() {
    if crate::is_skipped("ERRBOOK_NO_NODE") {
        return;
    }
    let book = ten_thousand_varied();
    let index = Index::of(&book);
    let packed = packed(&index);
    let places = ways::places(&book);
    let some = places.iter().step_by(places.len() / 12);
    let ways = some.flat_map(|place| ways::ways(&book, &index, *place));
    let queries: Vec<_> = ways.map(|way| way.query).collect();
    let figures = &run_harness(MEASURE, &index, &queries)[0];
    println!(
        "{} codes: index of {} bytes, ready in {} ms; a key press takes {} ms, \
         99 % of them up to {} ms, the slowest {} ms ({}), of {}",
        places.len(),
        packed.len(),
        figures[0],
        figures[1],
        figures[2],
        figures[3],
        figures[4],
        figures[5]
    );
    assert!(packed.len() < 1_500_000);
    // A machine that runs other tests is several times slower.
    assert!(figures[0].as_f64().unwrap() < 3.0 * 500.0);
    assert!(figures[2].as_f64().unwrap() < 3.0 * 16.0);
}

/// The shipped registry 25 times, each time with other numbers, names and words.
fn ten_thousand_varied() -> Book {
    let mut random = Random::new(10_000);
    let shipped = book();
    let words = words_by_language(&shipped);
    let mut specs = Vec::new();
    for copy in 0..25 {
        for spec in &shipped.specs {
            let mut spec = spec.clone();
            spec.vendor.value = format!("{}-{copy}", spec.vendor.value);
            for code in spec.sets.iter_mut().flat_map(|set| &mut set.codes) {
                vary(code, copy, &words, &mut random);
            }
            specs.push(spec);
        }
    }
    Book { specs, ..shipped }
}

/// The words of each language; of Chinese, pairs of characters.
fn words_by_language(book: &Book) -> BTreeMap<String, Vec<String>> {
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, _, code) in book.codes() {
        for (tag, text) in code.message.iter() {
            words
                .entry(tag.clone())
                .or_default()
                .extend(pieces(tag, text));
        }
    }
    words
}

fn pieces(tag: &str, text: &str) -> Vec<String> {
    if tag == "en" {
        return text.split_inclusive(' ').map(str::to_owned).collect();
    }
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(2).map(|pair| pair.iter().collect()).collect()
}

/// Gives a code another number and another name, and each of its texts some other words.
fn vary(code: &mut Code, copy: usize, words: &BTreeMap<String, Vec<String>>, random: &mut Random) {
    if let (Ok(number), false) = (
        code.code.value.parse::<i64>(),
        code.code.value.starts_with('0'),
    ) {
        code.code.value = (number + number.signum() * 7 * i64::try_from(copy).unwrap()).to_string();
    }
    code.variant.value = format!(
        "{}{}",
        code.variant.value,
        ["A", "B", "C", "D", "E"][copy % 5]
    );
    for texts in [&mut code.message, &mut code.remedy, &mut code.said] {
        let tags: Vec<String> = texts.keys().cloned().collect();
        for tag in tags {
            let mut text = texts.get(&tag).unwrap().clone();
            let mut pieces = pieces(&tag, &text.value);
            for _ in 0..2 {
                let at = random.below(pieces.len());
                pieces[at].clone_from(&words[&tag][random.below(words[&tag].len())]);
            }
            text.value = pieces.concat();
            texts.insert(tag, text);
        }
    }
}

/// Queries that people may type, and pieces of them in other orders.
fn generated_queries(book: &Book, index: &Index) -> Vec<String> {
    let mut random = Random::new(20_261_130);
    let places = ways::places(book);
    let mut queries: Vec<String> = Vec::new();
    while queries.len() < QUERIES {
        let place = places[random.below(places.len())];
        let ways = ways::ways(book, index, place);
        let query = ways[random.below(ways.len())].query.clone();
        let other = queries
            .get(random.below(queries.len() + 1))
            .cloned()
            .unwrap_or_default();
        queries.push(match random.below(6) {
            0 => beginning(&query, &mut random),
            1 => format!("{} {}", beginning(&other, &mut random), query),
            2 => shuffled(&query, &mut random),
            3 => with_noise(&query, &mut random),
            _ => query,
        });
    }
    queries
}

/// A query that is still being typed.
fn beginning(query: &str, random: &mut Random) -> String {
    let length = random.below(query.chars().count() + 1);
    query.chars().take(length).collect()
}

fn shuffled(query: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = query.split(' ').collect();
    for at in (1..words.len()).rev() {
        words.swap(at, random.below(at + 1));
    }
    words.join(" ")
}

/// The query with characters in it that are nowhere in the registry, or that separate.
fn with_noise(query: &str, random: &mut Random) -> String {
    let noise: Vec<char> = "-+=:/.,;#%<>\"'{}[]()0129aZé…，。（）錯字𠀀ßİΣ"
        .chars()
        .collect();
    let mut chars: Vec<char> = query.chars().collect();
    for _ in 0..=random.below(4) {
        let at = random.below(chars.len() + 1);
        chars.insert(at, noise[random.below(noise.len())]);
    }
    chars.into_iter().collect()
}
