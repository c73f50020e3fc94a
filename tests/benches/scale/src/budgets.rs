//! Counts instructions of the tool with valgrind, which are nearly the same on every machine: its
//! budgets on the shipped registry, and how they grow with a registry.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::registry::{self, Edition, Size};
use crate::tool;

/// Million instructions of the tool as `cargo build` compiles it, which CI has anyway.
const BUDGETS: &[(&str, &[&str], f64)] = &[
    ("explain", &["explain", "--", "-5007"], 840.0),
    ("regen --check", &["regen", "--check"], 1417.0),
];

/// Million instructions of extraction for each kilobyte of document.
const EXTRACT: f64 = 4.1;

/// The tolerated excess over a budget, as a fraction. A count that is lower by this much asks for a
/// lower budget.
const LEEWAY: f64 = 0.1;

/// The sizes at which growth is counted. Each is twice the one before it.
const CODES: [usize; 3] = [200, 400, 800];

/// The commands whose growth is counted.
const GROWING: &[&[&str]] = &[&["regen", "--check"]];

/// What is added between the last two sizes is at most this many times what is added between the
/// first two: 2 is linear, 4 is quadratic.
const GROWTH: f64 = 2.6;

/// The sizes of bare registries, at which the commands below searched all codes for each code.
const BARE_CODES: [usize; 3] = [400, 800, 1600];

/// The commands whose growth is counted in a bare registry: most of what they do for each code is
/// the same, so that a search that is repeated for each code shows.
const GROWING_BARE: &[&[&str]] = &[
    &[
        "diff",
        "--from",
        "vendors/vendor0/spec.toml",
        "--to",
        "../later/vendors/vendor0/spec.toml",
    ],
    &[
        "update",
        "vendor0",
        "../later/vendors/vendor0/source.md",
        "--dry-run",
    ],
    &["export", "vectors"],
];

/// The limit for them. They grow 2.01 to 2.02 times; while they searched, 2.08 to 2.45 times.
const BARE_GROWTH: f64 = 2.05;

/// Whether all budgets hold. Prints each count.
pub(crate) fn hold() -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut hold = true;
    for (name, arguments, budget) in BUDGETS {
        hold &= is_within(name, count(&root, arguments), *budget);
    }
    hold &= is_within("extract, for each kB", count_extraction(&root), EXTRACT);
    let folders = CODES.map(|codes| {
        let folder = temporary_folder("growth", codes);
        registry::write(&folder, Size { vendors: 1, codes });
        regenerate(&folder);
        folder
    });
    hold &= grow_linearly(&folders, GROWING, GROWTH);
    remove(&folders);
    let folders = BARE_CODES.map(|codes| {
        let folder = temporary_folder("bare", codes);
        for edition in [Edition::First, Edition::Later] {
            let registry = folder.join(edition.name());
            registry::write_bare(&registry, codes, edition);
            regenerate(&registry);
        }
        folder
    });
    let registries = folders.each_ref().map(|folder| folder.join("first"));
    hold &= grow_linearly(&registries, GROWING_BARE, BARE_GROWTH);
    remove(&folders);
    hold
}

fn remove(folders: &[PathBuf]) {
    for folder in folders {
        fs::remove_dir_all(folder).expect("the folder is the program's own");
    }
}

fn temporary_folder(what: &str, codes: usize) -> PathBuf {
    env::temp_dir().join(format!("errbook-{what}-{}-{codes}", std::process::id()))
}

/// Writes the first spec of a registry.
fn regenerate(folder: &Path) {
    let regen = Command::new(tool())
        .args(["regen", "--new"])
        .current_dir(folder)
        .output();
    assert!(
        regen.is_ok_and(|output| output.status.success()),
        "`regen --new` failed"
    );
}

/// Whether commands grow at most by a limit from each registry to the next.
fn grow_linearly(folders: &[PathBuf; 3], commands: &[&[&str]], limit: f64) -> bool {
    let mut hold = true;
    for arguments in commands {
        let [small, middle, large] = folders.each_ref().map(|folder| count(folder, arguments));
        let growth = (large - middle) / (middle - small);
        let name = arguments.join(" ");
        println!(
            "{name}: {small:.0}, {middle:.0}, {large:.0} million instructions, grows {growth:.2} times"
        );
        if growth > limit {
            println!("{name}: for twice the codes, it may grow {limit} times");
            hold = false;
        }
    }
    hold
}

fn is_within(name: &str, count: f64, budget: f64) -> bool {
    println!("{name}: {count:.1} million instructions, of {budget:.1}");
    if count < budget * (1.0 - LEEWAY) {
        println!("{name}: lower the budget in tests/benches/scale/src/budgets.rs");
    }
    count <= budget * (1.0 + LEEWAY)
}

/// Reads the shipped documents once and twice. The difference leaves out startup and loading of the
/// lexicon.
fn count_extraction(root: &Path) -> f64 {
    let vendors = fs::read_dir(root.join("codes/vendors")).expect("the repository has vendors");
    let mut files: Vec<PathBuf> = vendors
        .flatten()
        .map(|vendor| vendor.path().join("source.md"))
        .collect();
    files.retain(|file| file.is_file());
    files.sort();
    let bytes: u64 = files
        .iter()
        .flat_map(fs::metadata)
        .map(|file| file.len())
        .sum();
    let names: Vec<_> = files.iter().filter_map(|file| file.to_str()).collect();
    let once = [&["extract"], names.as_slice()].concat();
    let twice = [once.as_slice(), names.as_slice()].concat();
    (count(root, &twice) - count(root, &once)) / (bytes as f64 / 1000.0)
}

/// Million instructions of a command of the tool.
fn count(folder: &Path, arguments: &[&str]) -> f64 {
    let output = Command::new("valgrind")
        .args([
            "--tool=cachegrind",
            "--cache-sim=no",
            "--cachegrind-out-file=/dev/null",
        ])
        .arg(tool())
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .expect("valgrind is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said
        .lines()
        .find_map(|line| line.split_once("I ")?.1.split_once("refs:"));
    let number = counted.map(|(_, number)| number.trim().replace(',', ""));
    let number = number.and_then(|number| number.parse::<f64>().ok());
    assert!(output.status.success(), "{arguments:?}: {said}");
    number.unwrap_or_else(|| panic!("no count of instructions: {said}")) / 1e6
}
