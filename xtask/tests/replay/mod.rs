//! Replays histories of documents, with all that the maintainer does: those of two imaginary
//! vendors, and those of vendors of the registry, whose documents are in `../shared/editions`.
//! `fixtures/replay/README.md` explains the format.

mod history;
mod maintainer;
mod overlay;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use history::{Edition, Vendor, parse};
use maintainer::Maintainer;

/// The real documents, which the project does not have.
fn real_editions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/editions")
}

/// Replaces the old lines of a change, which occur exactly once in the document.
fn apply(document: &str, change: &[String], edition: &str) -> String {
    let side = |mark: char| -> String {
        let lines = change.iter().filter(|line| line.starts_with([mark, ' ']));
        let text = |line: &String| format!("{}\n", line.get(2..).unwrap_or_default());
        lines.map(text).collect()
    };
    let [old, new] = ['-', '+'].map(side);
    let document = format!("\n{document}");
    let [old, new] = [old, new].map(|text| format!("\n{text}"));
    let times = document.matches(&old).count();
    assert_eq!(
        times, 1,
        "{edition}: the old lines occur {times} times:{old}"
    );
    document.replacen(&old, &new, 1)[1..].to_owned()
}

/// The document of each edition.
fn documents(vendor: &Vendor, editions: &[Edition]) -> Vec<String> {
    match vendor {
        Vendor::Imaginary { document, .. } => {
            let mut document = document.clone();
            let next = |edition: &Edition| {
                for change in &edition.changes {
                    document = apply(&document, change, &edition.name);
                }
                document.clone()
            };
            editions.iter().map(next).collect()
        }
        Vendor::Real { name, .. } => {
            let folder = real_editions().join(name);
            let read = |edition: &Edition| {
                let file = folder.join(format!("{}.md", edition.name));
                fs::read_to_string(&file)
                    .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
            };
            editions.iter().map(read).collect()
        }
    }
}

fn replay(name: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replay");
    let history = parse(&fs::read_to_string(file.join(name)).unwrap());
    assert_eq!(history.count(), history.total, "the sums of {name}");
    if matches!(history.vendor, Vendor::Real { .. }) && !real_editions().is_dir() {
        eprintln!("skipped {name}: {} is not there", real_editions().display());
        return;
    }
    let documents = documents(&history.vendor, &history.editions);
    let maintainer = Maintainer::new(&history.vendor);
    let mut wrong = String::new();
    for (edition, document) in history.editions.iter().zip(&documents) {
        let problems = maintainer.adopt(edition, document);
        for problem in &problems {
            let _ = writeln!(wrong, "== {} {problem}", edition.name);
        }
        // The next edition would only be compared with the wrong one.
        if problems
            .iter()
            .any(|problem| problem.contains("was refused"))
        {
            break;
        }
    }
    assert!(wrong.is_empty(), "{name}:\n{wrong}");
}

#[test]
fn an_exchange_with_headings_and_bullets() {
    replay("exchange.txt");
}

#[test]
fn a_messenger_with_a_table_in_two_languages() {
    replay("messenger.txt");
}

#[test]
fn the_real_history_of_tencent_faceid_sdk() {
    replay("tencent-faceid-sdk.txt");
}

#[test]
fn the_real_history_of_tencent_huiyan() {
    replay("tencent-huiyan.txt");
}

#[test]
fn the_real_history_of_tencent_kyc() {
    replay("tencent-kyc.txt");
}
