//! Generates `sets.rs`: every measured set of keys, as errbook's enum and as each competitor's
//! table.

#![forbid(unsafe_code)]

mod competitors;
mod keys;
#[path = "../src/random.rs"]
mod random;

use std::fmt::Write;
use std::path::Path;

use errbook_codegen::{Options, expand};
use errbook_spec::place::Source;
use errbook_spec::{self as spec, Identity, Wire};

use self::competitors::{MOST_IN_A_MATCH, Numbers, Texts};

const VENDORS: [&str; 5] = [
    "idverify-gateway",
    "megvii-faceid",
    "tencent-faceid-sdk",
    "tencent-huiyan",
    "tencent-kyc",
];

/// The environment variable that limits which sets are built: parts of their names, separated by
/// commas.
const ONLY: &str = "ERRBOOK_BENCH_SETS";

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/random.rs");
    println!("cargo::rerun-if-changed=../../codes/vendors");
    println!("cargo::rerun-if-changed=../../macros/codegen/src");
    println!("cargo::rerun-if-changed=../../macros/spec/src");
    println!("cargo::rerun-if-env-changed={ONLY}");
    let specs: Vec<_> = VENDORS
        .iter()
        .map(|vendor| (*vendor, vendor_spec(vendor)))
        .collect();
    let only = std::env::var(ONLY).unwrap_or_default();
    let wanted = |name: &str| only.split(',').any(|part| name.contains(part));
    let documents = specs
        .iter()
        .map(|(vendor, spec)| (format!("document_{}", snake(vendor)), keys::document(spec)));
    let others = documents
        .chain(synthetic())
        .filter(|(name, _)| wanted(name))
        .map(|(name, keys)| {
            let ours = expanded(keys.iter().map(|key| (key.to_string(), None)));
            Numbers::new(&name, keys, ours)
        });
    let shipped = shipped(&specs).into_iter().filter(|set| wanted(&set.name));
    let numbers: Vec<Numbers> = shipped.chain(others).collect();
    let texts = [
        ("symbols", keys::vendor_symbols(&specs, false)),
        ("symbols_and_aliases", keys::vendor_symbols(&specs, true)),
        ("names_1k", keys::names(1_000)),
        ("names_10k", keys::names(10_000)),
    ];
    let texts = texts.into_iter().filter(|(name, _)| wanted(name));
    let texts: Vec<Texts> = texts.map(|(name, keys)| Texts::new(name, keys)).collect();
    let mut file = String::new();
    for set in &numbers {
        writeln!(file, "{}", set.module()).unwrap();
    }
    for set in &texts {
        writeln!(file, "{}", set.module()).unwrap();
    }
    file += &list(
        "number_sets",
        numbers.iter().map(|set| (&set.name, set.keys.len())),
    );
    file += &list(
        "text_sets",
        texts.iter().map(|set| (&set.name, set.keys.len())),
    );
    let folder = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&folder).join("sets.rs"), file).expect("the folder is cargo's");
}

/// A macro that calls another one with the name of each set and with whether a `match` is compiled
/// for it.
fn list<'a>(name: &str, sets: impl Iterator<Item = (&'a String, usize)>) -> String {
    let calls = sets.map(|(set, keys)| {
        format!(
            "$each!({set}, {});",
            if keys <= MOST_IN_A_MATCH { "yes" } else { "no" }
        )
    });
    let calls: String = calls.collect();
    format!("#[macro_export] macro_rules! {name} {{ ($each:ident) => {{ {calls} }} }}\n")
}

fn vendor_spec(vendor: &str) -> spec::Spec {
    let path = format!(
        "{}/../../codes/vendors/{vendor}/spec.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    spec::parse(&Source::new("spec.toml", &text)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Every shipped set with more than six codes whose codes are numbers that identify a variant
/// alone.
fn shipped(specs: &[(&str, spec::Spec)]) -> Vec<Numbers> {
    let mut sets = Vec::new();
    for (vendor, spec) in specs {
        for set in &spec.sets {
            if set.wire == Wire::Integer && set.identity == Identity::Code && set.codes.len() > 6 {
                let keys = set
                    .codes
                    .iter()
                    .map(|code| code.code.parse().expect("the spec is checked"))
                    .collect();
                let path = format!("errbook_codes::{}::{}", vendor.replace('-', "_"), *set.name);
                sets.push(Numbers::new(
                    &snake(&set.name),
                    keys,
                    format!("pub use {path} as Ours;"),
                ));
            }
        }
    }
    sets.sort_by_key(|set| set.keys.len());
    sets
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for each in name.chars() {
        if each.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(if each == '-' { '_' } else { each }.to_lowercase());
    }
    snake
}

fn synthetic() -> Vec<(String, Vec<i32>)> {
    let sizes = [("1k", 1_000), ("10k", 10_000), ("60k", 60_000)];
    let both = |(name, size)| {
        [
            (format!("clustered_{name}"), keys::clustered(size)),
            (format!("sparse_{name}"), keys::sparse(size)),
        ]
    };
    sizes.into_iter().flat_map(both).collect()
}

/// The expansion of a spec with these codes and symbols, as the enum `Ours`.
fn expanded<'a>(codes: impl Iterator<Item = (String, Option<&'a str>)>) -> String {
    let mut spec =
        "schema = 1\nvendor = \"bench\"\nlocale = \"en\"\n[[set]]\nname = \"Ours\"\n".to_owned();
    for (at, (code, symbol)) in codes.enumerate() {
        write!(
            spec,
            "[[set.code]]\ncode = \"{code}\"\nvariant = \"V{at}\"\n"
        )
        .unwrap();
        if let Some(symbol) = symbol {
            writeln!(spec, "symbol = \"{symbol}\"").unwrap();
        }
    }
    match expand(&Source::new("bench.toml", &spec), &Options::default()) {
        Ok(tokens) => tokens.to_string(),
        Err(problems) => panic!("{problems}"),
    }
}
