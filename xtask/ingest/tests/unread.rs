//! Nothing that looks like a code is lost without a word: a second, simpler scan of the raw text
//! finds no line that is neither read nor listed as unread.

use std::collections::BTreeSet;
use std::fs;

use errbook_ingest::{
    self as ingest, Accounting, Document, Extraction, Hints, Holds, Syntax, Unread,
};

use crate::grids::documents;

#[test]
fn each_line_that_begins_with_a_code_is_read_or_listed() {
    let mut lost = Vec::new();
    for file in documents(1) {
        let text = fs::read_to_string(&file).unwrap();
        // The lines of other documents are those of the text that was mended.
        if text.contains('\r') {
            continue;
        }
        let document = ingest::read(&text);
        let extraction = ingest::extract(&document, &Hints::default());
        for (line, code) in unaccounted(&text, &document, &extraction) {
            lost.push(format!("{}:{line}: {code}", file.display()));
        }
        check_sums(&file.display().to_string(), &extraction);
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn a_refused_table_is_one_line_with_its_reason() {
    let text = "# Ports\n\n| Port | Use |\n|---|---|\n| 8080 | web |\n| 9090 | admin |\n";
    let unread = unread(text);
    assert_eq!(unread.len(), 1);
    assert_eq!((unread[0].line, &*unread[0].lines), (3, &[5, 6][..]));
    assert!(
        unread[0]
            .text
            .contains("2 rows whose first cells look like codes: `8080`, `9090`")
    );
    assert!(
        unread[0].reason.starts_with("not taken because "),
        "{}",
        unread[0].reason
    );
}

#[test]
fn consecutive_lines_are_one_group() {
    let text = "# Notes\n\n10 apples\n\n20 pears\n\ntext\n\nmore text\n\ntext\n\nE100 is nothing\n";
    let unread = unread(text);
    let lines: Vec<_> = unread
        .iter()
        .map(|unread| (unread.line, unread.end_line, unread.lines.len()))
        .collect();
    assert_eq!(lines, [(3, 5, 2), (13, 13, 1)]);
}

#[test]
fn one_bullet_and_one_row_are_read_or_listed() {
    for text in [
        "# Error codes\n\n- 1001: failed\n",
        "# Error codes\n\n| Code | Message |\n|---|---|\n| 1001 | failed |\n",
        "# Error codes\n\n1001\n: failed\n",
        "# Overview\n\n- Error code: 4000\n",
        "# Overview\n\n```\nERR_FAILED = 1,\n```\n",
        "# Overview\n\n<table><tr><td>1001</td><td>text</td></tr></table>\n",
    ] {
        let document = ingest::read(text);
        let extraction = ingest::extract(&document, &Hints::default());
        let codes: usize = extraction
            .tables
            .iter()
            .map(|table| table.codes.len())
            .sum();
        assert_eq!(codes + extraction.unread.len(), 1, "{text}");
    }
}

/// Each row of a table of codes is accepted, ignored or quarantined, and no line is both read and
/// unread.
fn check_sums(name: &str, extraction: &Extraction<'_>) {
    let mut sums = Accounting {
        tables: extraction.tables.len(),
        ..Accounting::default()
    };
    let mut read = BTreeSet::new();
    for table in &extraction.tables {
        let line = table.line;
        if table.holds == Holds::Other {
            assert!(table.codes.is_empty(), "{name}:{line}");
            continue;
        }
        let ends = table.accepted + table.ignored + table.quarantined;
        assert_eq!(ends, table.rows, "{name}:{line}");
        let named = table.problems.iter().filter(|problem| problem.quarantined);
        assert_eq!(named.count(), table.quarantined, "{name}:{line}");
        assert!(
            table.codes.len() >= table.accepted || table.accepted == 0,
            "{name}:{line}"
        );
        sums.code_tables += 1;
        sums.rows += table.rows;
        sums.accepted += table.accepted;
        sums.ignored += table.ignored;
        sums.quarantined += table.quarantined;
        read.extend(table.codes.iter().map(|code| code.line));
    }
    assert_eq!(extraction.accounting, sums, "{name}");
    for unread in &extraction.unread {
        let both = unread.lines.iter().find(|line| read.contains(line));
        assert_eq!(both, None, "{name}: a line is read and unread");
    }
}

fn unread(text: &str) -> Vec<Unread> {
    ingest::extract(&ingest::read(text), &Hints::default()).unread
}

/// The lines that the scan finds and that are in no entry, ignored row, or group of unread lines.
fn unaccounted(
    text: &str,
    document: &Document,
    extraction: &Extraction<'_>,
) -> Vec<(usize, String)> {
    let is_listed = |line: usize| {
        let mut unread = extraction.unread.iter();
        unread.any(|unread| unread.lines.contains(&line))
    };
    let is_read = |line: usize, code: &str| {
        document
            .tables
            .iter()
            .zip(&extraction.tables)
            .any(|(table, reading)| {
                let is_inside = (table.line..=table.end_line).contains(&line);
                let is_own = || {
                    table.rows().any(|row| {
                        row.line == line || row.cells().any(|cell| cell.text.contains(code))
                    })
                };
                is_inside
                    && reading.holds == Holds::Codes
                    && (table.syntax != Syntax::List || is_own())
            })
    };
    let found = text
        .lines()
        .enumerate()
        .filter_map(|(at, line)| Some((at + 1, scan(line)?)));
    found
        .filter(|(line, code)| !is_listed(*line) && !is_read(*line, code))
        .map(|(line, code)| (line, code.to_owned()))
        .collect()
}

/// The code at the head of a line: digits, hexadecimal digits, `E100`, `NOT_FOUND`.
fn scan(line: &str) -> Option<&str> {
    let mut line = line.trim_start();
    // `- `, `## `, `| `, `> `, and the number of an item.
    while let Some((mark, rest)) = line.split_once(' ') {
        let is_mark = mark.chars().all(|c| "#*+->|".contains(c))
            || mark
                .strip_suffix('.')
                .is_some_and(|number| number.len() < 3 && number.parse::<u8>().is_ok());
        if !is_mark {
            break;
        }
        line = rest.trim_start();
    }
    let line = line.trim_start_matches(['*', '`', '|', '[']);
    let end = line
        .find(|c: char| c.is_whitespace() || "|:,;)]`*：，（".contains(c))
        .unwrap_or(line.len());
    let word = &line[..end];
    let digits = word.strip_prefix('-').unwrap_or(word);
    let is_number = digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let is_hex = word
        .strip_prefix("0x")
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit()));
    let (letter, number) = word.split_at(usize::from(word.starts_with(|c: char| c.is_ascii())));
    let is_short = letter.bytes().any(|b| b.is_ascii_uppercase())
        && number.len() >= 2
        && number.bytes().all(|b| b.is_ascii_digit());
    let is_name = word.split('_').count() > 1
        && word.split('_').all(|part| {
            part.bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
                && part.starts_with(|c: char| c.is_ascii_uppercase())
        });
    (is_number || is_hex || is_short || is_name).then_some(word)
}

#[test]
fn other_kinds_list_what_is_not_read() {
    let page = "<h1>Ports</h1><table><tr><th>Port<th>Use<tr><td>8080<td>web<tr><td>9090<td>admin</table>\
                <h1>Error codes</h1><table><tr><th>Error code<th>Message<tr><td>1001<td>failed \
                <tr><td>1002<td>timed out</table><script>var x = '<p>7777';</script><p>4000 is nothing";
    for (name, text, expected) in [
        ("a.html", page, &["8080", "4000"][..]),
        ("a.html", &*page.replace('<', "\n<"), &["8080", "4000"]),
        ("a.csv", "Port,Use\n8080,web\n9090,admin\n", &["8080"]),
        ("a.json", "{\n  \"1001\": [4000]\n}\n", &["1001"]),
        ("a.c", "int f() {\n  ERR_X = g(5);\n}\n", &["ERR_X"]),
    ] {
        let document = ingest::open(name.as_ref(), text.as_bytes(), None)
            .unwrap()
            .document;
        let extraction = ingest::extract(&document, &Hints::default());
        let unread: Vec<&str> = extraction
            .unread
            .iter()
            .map(|unread| &*unread.text)
            .collect();
        assert_eq!(unread.len(), expected.len(), "{name}: {unread:?}");
        for (unread, code) in unread.iter().zip(expected) {
            assert!(unread.contains(code), "{name}: {unread}");
        }
    }
}
