//! Compares the files that CONTRIBUTING.md names for a new fact with those that existing facts are
//! in, so that the list is complete and stays short.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use errbook_spec::facts::fact;

use crate::shipped::root;

/// The largest number of files that a new fact may touch.
const MOST_FILES: usize = 14;

/// A fact to look for.
struct Example {
    key: &'static str,
    /// Whether a file names the fact.
    is_named_in: fn(&str) -> bool,
    /// Files that name the fact although a new fact need not be in them, each with the reason.
    not_needed: &'static [(&'static str, &'static str)],
}

/// Two facts of different types. Each goes through every crate.
const EXAMPLES: &[Example] = &[
    Example {
        key: "retry-after",
        is_named_in: |text| text.contains("retry-after") || text.contains("retry_after"),
        not_needed: &[
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
            (
                "xtask/src/export/markdown.rs",
                "shows it in the cell of the retry class",
            ),
            ("xtask/src/site/view.rs", "the same on the site"),
            ("xtask/src/site/card.rs", "the same on the site"),
            (
                "xtask/src/site/data.rs",
                "the same in downloads of the site",
            ),
            (
                "xtask/src/site/assets/errbook.js",
                "the same in downloads of the site",
            ),
            ("xtask/templates/set.html", "the same on the site"),
            ("xtask/templates/card.html", "the same on the site"),
        ],
    },
    // Its strings are checked and searched because of their type.
    Example {
        key: "said",
        is_named_in: |text| {
            // `said` is also a word of sentences and a name of variables.
            ["\"said\"", ".said", " said(", "`said(", "(said(", " said:"]
                .iter()
                .any(|use_of_fact| text.contains(use_of_fact))
        },
        not_needed: &[
            (
                "xtask/src/names/mod.rs",
                "compares the vendor's words with those of a later document",
            ),
            ("xtask/src/names/measure.rs", "keeps the vendor's words"),
            (
                "xtask/src/names/near.rs",
                "compares texts of several vendors",
            ),
            (
                "xtask/src/regen/meaning.rs",
                "compares the vendor's words with those of a later document",
            ),
            (
                "xtask/src/regen/texts.rs",
                "translates the vendor's words, also those of a retired code",
            ),
            (
                "xtask/src/regen/fit.rs",
                "finds a table by the vendor's words",
            ),
            ("xtask/src/document.rs", "counts it"),
            (
                "xtask/src/site/card.rs",
                "labels a message that corrects the vendor's words",
            ),
            ("xtask/src/commands/stats.rs", "shows how many have it"),
        ],
    },
];

/// Folders of hand-written code and documentation. Registries and tests only use facts.
const FOLDERS: &[&str] = &[
    "codes/src",
    "macros",
    "runtime/src",
    "xtask/src",
    "xtask/templates",
];

/// The files below a folder, except tests and what cargo builds.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if matches!(
            path.file_stem().and_then(|name| name.to_str()),
            Some("target" | "tests")
        ) {
            continue;
        }
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

/// The part of a file that a new fact needs: no comments, no unit tests, and no rows that
/// `cargo xtask formats` writes.
fn hand_written(text: &str, key: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let is_relevant = |line: &&str| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with(&format!("| `{key}` |"))
    };
    text.lines()
        .filter(is_relevant)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The files in which the fact is, by their path below the root.
fn files_with_the_fact(example: &Example) -> BTreeSet<String> {
    let root = root();
    let mut found = BTreeSet::new();
    for path in FOLDERS
        .iter()
        .flat_map(|folder| files_below(&root.join(folder)))
    {
        // Exported source code: a new fact is in the model of its templates by itself, and a
        // language that is to have a method for it is a step of its own.
        if path.extension().is_some_and(|extension| extension == "j2") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        if (example.is_named_in)(&hand_written(&text, example.key)) {
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
    // The labels of facts are words of the interface, in each language. A new language is a new
    // file, so the list names them together.
    for path in files_below(&root().join("xtask/interface")) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\n[fact]\n"), "{}", path.display());
    }
    let listed = listed_files();
    for example in EXAMPLES {
        let key = example.key;
        assert!(fact(key).is_some());
        let mut needed = files_with_the_fact(example);
        for (path, reason) in example.not_needed {
            assert!(
                needed.remove(*path),
                "{path} no longer mentions {key}: remove it from `not_needed` ({reason})"
            );
        }
        needed.insert("xtask/interface/*.toml".to_owned());
        let missing: Vec<_> = needed.difference(&listed).collect();
        let superfluous: Vec<_> = listed.difference(&needed).collect();
        assert!(
            missing.is_empty() && superfluous.is_empty(),
            "CONTRIBUTING.md, \"Adding a fact\", by {key}: missing {missing:?}, superfluous \
             {superfluous:?}"
        );
        assert!(
            needed.len() <= MOST_FILES,
            "a new fact touches {} files: {needed:#?}",
            needed.len()
        );
    }
}
