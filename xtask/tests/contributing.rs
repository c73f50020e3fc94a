//! Compares the files that CONTRIBUTING.md names for a new fact with those that an existing fact is
//! in, so that the list is complete and stays short.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use errbook_spec::facts::fact;

/// The largest number of files that a new fact may touch.
const MOST_FILES: usize = 14;

/// The fact to look for. It goes through every crate, and its name occurs in no other sense.
const FACT: &str = "retry-after";

/// Folders of hand-written code and documentation. Registries and tests only use facts.
const FOLDERS: &[&str] = &[
    "codes/src",
    "macros",
    "runtime/src",
    "xtask/src",
    "xtask/templates",
];

/// Files that mention the fact although a new fact need not be in them, each with the reason.
const NOT_NEEDED: &[(&str, &str)] = &[
    ("runtime/src/guide/retries.md", "explains how to retry"),
    (
        "runtime/src/interop/error_info.rs",
        "sends it to clients, as it does few facts",
    ),
    (
        "runtime/src/interop/problem_details.rs",
        "sends it to clients, as it does few facts",
    ),
    (
        "xtask/src/explain/card.rs",
        "shows it in the line of the retry class; a new fact has a line of its own",
    ),
    ("xtask/src/site/view.rs", "the same on the site"),
    ("xtask/templates/set.html", "the same on the site"),
];

fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap().to_owned()
}

/// The files below a folder, except what cargo builds.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            files.extend(files_below(&path));
        } else if path.is_file() {
            files.push(path);
        }
    }
    files
}

/// The part of a file that a new fact needs: no comments, no unit tests, and no rows that
/// `cargo xtask formats` writes.
fn hand_written(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let is_relevant = |line: &&str| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with(&format!("| `{FACT}` |"))
    };
    text.lines()
        .filter(is_relevant)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The files in which the fact is, by their path below the root.
fn files_with_the_fact() -> BTreeSet<String> {
    let root = root();
    let names = [FACT.to_owned(), FACT.replace('-', "_")];
    let mut found = BTreeSet::new();
    for path in FOLDERS
        .iter()
        .flat_map(|folder| files_below(&root.join(folder)))
    {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let text = hand_written(&text);
        if names.iter().any(|name| text.contains(name.as_str())) {
            let path = path.strip_prefix(&root).unwrap();
            found.insert(path.to_str().unwrap().replace('\\', "/"));
        }
    }
    found
}

/// The list items of the section "Adding a fact": the path with which each begins.
fn listed_files() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let (_, section) = text.split_once("\n### Adding a fact\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let items = section.lines().filter_map(|line| line.strip_prefix("- `"));
    let files: Vec<_> = items
        .map(|item| item.split('`').next().unwrap().to_owned())
        .collect();
    let distinct: BTreeSet<_> = files.iter().cloned().collect();
    assert_eq!(distinct.len(), files.len(), "a file is listed twice");
    distinct
}

#[test]
fn contributing_lists_the_files_that_a_new_fact_touches() {
    assert!(fact(FACT).is_some());
    let mut needed = files_with_the_fact();
    for (path, reason) in NOT_NEEDED {
        assert!(
            needed.remove(*path),
            "{path} no longer mentions {FACT}: remove it from NOT_NEEDED ({reason})"
        );
    }
    // The labels of facts are words of the interface, in each language.
    for path in files_below(&root().join("xtask/interface")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\n[fact]\n"), "{}", path.display());
        let name = path.file_name().unwrap().to_str().unwrap();
        needed.insert(format!("xtask/interface/{name}"));
    }
    let listed = listed_files();
    let missing: Vec<_> = needed.difference(&listed).collect();
    let superfluous: Vec<_> = listed.difference(&needed).collect();
    assert!(
        missing.is_empty() && superfluous.is_empty(),
        "CONTRIBUTING.md, \"Adding a fact\": missing {missing:?}, superfluous {superfluous:?}"
    );
    assert!(
        needed.len() <= MOST_FILES,
        "a new fact touches {} files: {needed:#?}",
        needed.len()
    );
}
