//! Counts instructions of the tool with valgrind, which are nearly the same on every machine: its
//! budgets on the shipped registry, and how they grow with a registry.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::registry::{self, Size};
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

/// Whether all budgets hold. Prints each count.
pub(crate) fn hold() -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut hold = true;
    for (name, arguments, budget) in BUDGETS {
        hold &= is_within(name, count(&root, arguments), *budget);
    }
    hold &= is_within("extract, for each kB", count_extraction(&root), EXTRACT);
    let folders = CODES.map(|codes| {
        let name = format!("errbook-growth-{}-{codes}", std::process::id());
        let folder = env::temp_dir().join(name);
        registry::write(&folder, Size { vendors: 1, codes });
        let regen = Command::new(tool())
            .args(["regen", "--new"])
            .current_dir(&folder)
            .output();
        assert!(
            regen.is_ok_and(|output| output.status.success()),
            "`regen --new` failed"
        );
        folder
    });
    for arguments in GROWING {
        let [small, middle, large] = folders.each_ref().map(|folder| count(folder, arguments));
        let growth = (large - middle) / (middle - small);
        let name = arguments.join(" ");
        println!("{name}: {small:.0}, {middle:.0}, {large:.0} million instructions");
        if growth > GROWTH {
            println!("{name}: grows {growth:.1} times for twice the codes, at most {GROWTH}");
            hold = false;
        }
    }
    for folder in folders {
        fs::remove_dir_all(folder).expect("the folder is the program's own");
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
