//! The reference of the derive's attributes in the guide, compared with the table that the derive
//! parses them by.

use std::collections::BTreeSet;

use errbook_syntax::attribute_keys;

use crate::workspace::root;

/// The keys in the first column of each table of the section `# Attributes`: one set for each
/// table.
fn documented_keys() -> Vec<BTreeSet<String>> {
    let guide = std::fs::read_to_string(root().join("runtime/src/guide/derive.md")).unwrap();
    let section = guide.split_once("\n# Attributes\n").unwrap().1;
    let section = section.split("\n# ").next().unwrap();
    let mut tables = Vec::new();
    for line in section.lines() {
        if line == "| key | meaning |" {
            tables.push(BTreeSet::new());
        }
        let Some(keys) = line.strip_prefix("| `") else {
            continue;
        };
        let (keys, _) = keys.split_once("` | ").expect("a row has two columns");
        let table: &mut BTreeSet<_> = tables.last_mut().expect("a table has a head");
        // `message = "…"`, `message(en = "…")`: the key is the word that an item begins with.
        for item in keys.split("`, `") {
            let is_letter = |letter: char| letter.is_ascii_lowercase() || letter == '_';
            let end = item.find(|letter| !is_letter(letter));
            table.insert(item[..end.unwrap_or(item.len())].to_owned());
        }
    }
    tables
}

#[test]
fn every_attribute_is_documented_and_every_documented_attribute_exists() {
    let parsed = attribute_keys().map(|keys| {
        keys.into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<String>>()
    });
    assert_eq!(documented_keys(), parsed, "type, variant, field");
}

/// The test files of thiserror that the guide says are repeated.
fn repeated_by_the_guide() -> BTreeSet<String> {
    let guide = std::fs::read_to_string(root().join("runtime/src/guide/derive.md")).unwrap();
    let section = guide.split_once("\n# From thiserror\n").unwrap().1;
    let names = section.split('`').filter(|name| name.starts_with("test_"));
    names
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .collect()
}

#[test]
fn the_guide_names_the_tests_of_thiserror_that_are_repeated() {
    let tests = std::fs::read_to_string(root().join("tests/derive/like_thiserror.rs")).unwrap();
    let modules = tests.lines().filter_map(|line| {
        let name = line.strip_prefix("mod ")?.strip_suffix(" {")?;
        Some(name.to_owned())
    });
    assert_eq!(repeated_by_the_guide(), modules.collect());
}
