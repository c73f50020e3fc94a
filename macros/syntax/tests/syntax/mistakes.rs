//! Compares the mistakes that the macros report with those that rustc shows for the same files.

use std::path::Path;

use crate::rust::{Report, reports, ui};

/// Errors without a number that the compiler itself reports.
const OF_THE_COMPILER: [&str; 2] = [
    "lifetime may not live long enough",
    "this trait cannot be derived for unions",
];

/// The errors in the output of rustc that have no number: those of the macros.
fn expected(stderr: &Path) -> Vec<Report> {
    let text = std::fs::read_to_string(stderr).unwrap();
    let mut found = Vec::new();
    for block in text.split("\n\n") {
        let Some(error) = block.strip_prefix("error: ") else {
            continue;
        };
        let mut lines = error.lines();
        let mut message: Vec<&str> = Vec::new();
        let place = loop {
            let line = lines.next().unwrap();
            match line.trim_start().strip_prefix("--> ") {
                Some(place) => break place,
                None => message.push(line.strip_prefix("       ").unwrap_or(line)),
            }
        };
        let (_, place) = place.split_once(".rs:").unwrap();
        let message = message.join("\n");
        if OF_THE_COMPILER.contains(&message.as_str()) {
            continue;
        }
        let message = match message.strip_prefix("use of deprecated ") {
            Some(used) => used.split_once("`: ").unwrap().1,
            None => &message,
        };
        found.push(format!("{place}: {message}"));
    }
    found.sort();
    found
}

#[test]
fn every_mistake_is_reported_at_its_tokens() {
    for folder in ["derive", "err"] {
        let mut files = 0;
        for entry in std::fs::read_dir(ui().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let stderr = path.with_extension("stderr");
            if path.extension().is_some_and(|it| it == "rs") {
                files += 1;
                assert_eq!(reports(&path), expected(&stderr), "{}", path.display());
            }
        }
        assert!(files > 10, "{folder}");
    }
}
