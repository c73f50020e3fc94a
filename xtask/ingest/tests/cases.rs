//! Documents of a few lines and the entries that they must give: `fixtures/cases.txt` and, for
//! files that are not Markdown, `fixtures/files.txt`.

use std::fmt::Write;

use errbook_ingest::{self as ingest, Document, Hints};

use crate::fixtures_read::show_code;

/// A case is a line `@@ NAME`, the document, and a line `=> …` for each entry in the form of the
/// snapshots, without its line number. A document without an entry has `=> nothing`. A line
/// `=> ~ TEXT` requires that a mend, a close call, a problem or an unread line mentions the text.
#[test]
fn every_case_gives_its_entries() {
    check(include_str!("fixtures/cases.txt"), |_, text| {
        ingest::read(text)
    });
}

/// The name of a case begins with that of the file.
#[test]
fn every_file_gives_its_entries() {
    check(include_str!("fixtures/files.txt"), |name, text| {
        let (file, _) = name.split_once(": ").unwrap();
        let opened = ingest::open(file.as_ref(), text.as_bytes(), None);
        opened.unwrap().document
    });
}

fn check(cases: &str, read: fn(&str, &str) -> Document) {
    let mut wrong = String::new();
    for case in cases.split("@@ ").skip(1) {
        let (name, case) = case.split_once('\n').unwrap();
        let (expected, text): (Vec<&str>, Vec<&str>) =
            case.lines().partition(|line| line.starts_with("=> "));
        let text = text.join("\n");
        let (entries, remarks) = entries_of(&read(name, &text));
        let expected = expected.iter().map(|line| &line[3..]);
        let (mentions, expected): (Vec<_>, Vec<_>) =
            expected.partition(|line| line.starts_with("~ "));
        let is_mentioned = |line: &&str| remarks.contains(&line[2..]);
        if entries != expected || !mentions.iter().all(is_mentioned) {
            let expected = expected.join("\n   ");
            let entries = entries.join("\n   ");
            writeln!(wrong, "{name}\n{text}\n=> {expected}\nis {entries}").unwrap();
            for line in mentions.iter().filter(|line| !is_mentioned(line)) {
                writeln!(wrong, "=> {line}\n{remarks}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The entries of a document, and what a maintainer is told beside them.
fn entries_of(document: &Document) -> (Vec<String>, String) {
    let extraction = ingest::extract(document, &Hints::default());
    let mut entries = Vec::new();
    let mut remarks = String::new();
    for mend in &document.mends {
        writeln!(remarks, "{}: {}", mend.rule, mend.text).unwrap();
    }
    for unread in &extraction.unread {
        let reason = &unread.reason;
        writeln!(remarks, "line {}: {}; {reason}", unread.line, unread.text).unwrap();
    }
    for table in &extraction.tables {
        for doubt in &table.doubts {
            writeln!(remarks, "{doubt}").unwrap();
        }
        for problem in &table.problems {
            writeln!(remarks, "{}: {}", problem.rule, problem.text).unwrap();
        }
        for code in &table.codes {
            let mut shown = String::new();
            show_code(code, &mut shown);
            let (_, shown) = shown.split_once(": ").unwrap();
            entries.push(shown.trim_end().to_owned());
            for problem in &code.problems {
                writeln!(remarks, "{}", problem.text).unwrap();
            }
        }
    }
    if entries.is_empty() {
        entries.push("nothing".to_owned());
    }
    (entries, remarks)
}
