//! Nothing that looks like a code is lost without a word: a second, simpler scan of the raw text
//! finds no line that is neither read nor listed as unread.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use errbook_ingest::{
    self as ingest, Accounting, Document, Extraction, Hints, Holds, Syntax, Unread,
};

use serde_json::Value;

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

/// The labels of the corpus were made by hand, so they know codes that no scan takes for one.
#[test]
fn each_labelled_code_is_read_or_listed() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let Ok(expected) = fs::read_dir(corpus.join("expected")) else {
        eprintln!("skipped: {} is not there", corpus.display());
        return;
    };
    let mut lost = String::new();
    for file in expected {
        let labels = fs::read_to_string(file.unwrap().path()).unwrap();
        let labels: Value = serde_json::from_str(&labels).unwrap();
        let name = labels["file"].as_str().unwrap();
        let text = fs::read(corpus.join("docs").join(name)).unwrap();
        let document = ingest::read(&String::from_utf8_lossy(&text));
        let extraction = ingest::extract(&document, &Hints::default());
        let seen = seen(&extraction);
        let tables = labels["tables"].as_array().into_iter().flatten();
        let lists = labels["lists"].as_array().into_iter().flatten();
        for label in tables
            .chain(lists)
            .filter(|label| label["ambiguous"] != true)
        {
            let codes = label["codes"].as_array().into_iter().flatten();
            let is_listed = |unread: &Unread| {
                let mut lines = unread.lines.iter().map(|&line| line as u64);
                lines.any(|line| {
                    label["line"].as_u64() <= Some(line) && Some(line) <= label["end_line"].as_u64()
                })
            };
            let is_known = |code: &str| seen.iter().any(|seen| seen.contains(&letters(code)));
            let unknown = codes.filter(|code| !is_known(code.as_str().unwrap()));
            for code in unknown.filter(|_| !extraction.unread.iter().any(is_listed)) {
                writeln!(lost, "{name}:{}: {code}", label["line"]).unwrap();
            }
        }
    }
    assert!(lost.is_empty(), "{lost}");
}

/// The codes and names of a document, and the cells of the rows that are not entries.
fn seen(extraction: &Extraction<'_>) -> Vec<String> {
    let mut seen = Vec::new();
    for table in &extraction.tables {
        for code in &table.codes {
            let mut own = letters(&code.code);
            let names = code.code_to.iter().chain(&code.symbol).chain(&code.aliases);
            own.extend(names.map(|name| letters(name)));
            seen.push(own);
        }
        let cells = table
            .problems
            .iter()
            .filter_map(|problem| problem.cell.as_deref());
        seen.extend(cells.map(letters));
    }
    seen
}

/// A code, or the first of a range, as the labels and the entries have it alike: without marks and
/// spaces.
fn letters(code: &str) -> String {
    let code = code.split(['~', '～', '–']).next().unwrap_or_default();
    let is_kept = |c: &char| !c.is_whitespace() && !"`*_\\".contains(*c);
    code.chars().filter(is_kept).collect()
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
            .contains("2 cells that begin with what looks like a code: `8080`, `9090`")
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
    let lines = text.lines().enumerate();
    let found = lines.filter_map(|(at, line)| Some((at + 1, scan(line)?)));
    found
        .chain(scan_under_titles(text))
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

/// Words of titles and headers under which a single digit is a code, too; not those of the lexicon.
const TITLES: &[&str] = &[
    "error code",
    "exit code",
    "exit status",
    "return code",
    "错误码",
    "錯誤碼",
    "エラーコード",
    "오류 코드",
    "коды ошибок",
    "códigos de error",
    "códigos de erro",
    "codes d'erreur",
    "fehlercodes",
    "codici di errore",
    "hata kodları",
    "mã lỗi",
    "kody błędów",
    "kode kesalahan",
];

/// The codes of the column of a pipe table that has the most, and those before a colon or a dash,
/// under a heading or a header with such a word.
fn scan_under_titles(text: &str) -> Vec<(usize, &str)> {
    let says = |line: &str| {
        TITLES
            .iter()
            .any(|title| line.to_lowercase().contains(title))
    };
    let mut found = Vec::new();
    let mut is_titled = false;
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim_start();
        if line.starts_with('#') || line.ends_with(':') {
            is_titled = says(line);
        } else if is_row(line) && lines.get(at + 1).is_some_and(|next| is_delimiter(next)) {
            let rows = lines[at..].iter().take_while(|line| is_row(line)).count();
            if is_titled || says(line) {
                found.extend(scan_table(&lines[at..at + rows], at + 1));
            }
            at += rows;
            continue;
        } else if is_titled && let Some(code) = scan_item(line) {
            found.push((at + 1, code));
        }
        at += 1;
    }
    found
}

fn is_row(line: &str) -> bool {
    line.starts_with('|') && line.trim_end().ends_with('|') && !line.contains("\\|")
}

fn is_delimiter(line: &str) -> bool {
    line.starts_with("|-") && line.chars().all(|c| "|-: ".contains(c))
}

fn scan_table<'t>(lines: &[&'t str], first: usize) -> Vec<(usize, &'t str)> {
    let cells = |line: &'t str| line.trim_end().trim_matches('|').split('|').map(str::trim);
    let column = |column: usize| -> Vec<(usize, &'t str)> {
        let rows = lines.iter().enumerate().skip(2);
        let cells = rows.filter_map(|(row, line)| Some((first + row, cells(line).nth(column)?)));
        cells.filter(|(_, cell)| is_whole_code(cell)).collect()
    };
    let columns = (0..cells(lines[0]).count()).map(column);
    let most = columns.rev().max_by_key(Vec::len).unwrap_or_default();
    let are_most = most.len() > 1 && most.len() * 2 >= lines.len() - 2;
    most.into_iter().filter(|_| are_most).collect()
}

/// `5`, `-5`, `E1`, `AL100`.
fn is_whole_code(cell: &str) -> bool {
    let digits = cell
        .trim_start_matches('-')
        .trim_start_matches(|c: char| c.is_ascii_uppercase());
    let is_short = cell.len() - digits.len() <= 2 && cell.len() <= 8;
    is_short && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `- 5: text`, `E1 — text`.
fn scan_item(line: &str) -> Option<&str> {
    let item = line.trim_start_matches(['-', '*', '+', '`', ' ']);
    let end = item.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (code, rest) = item.split_at(end);
    let rest = rest.trim_start_matches(['`', '*', ' ']);
    let is_apart = [":", "：", "- ", "— ", "– "]
        .iter()
        .any(|mark| rest.starts_with(mark));
    (is_apart && is_whole_code(code)).then_some(code)
}

#[test]
fn codes_of_any_column_and_single_digits_are_read_or_listed() {
    for text in [
        "# Error codes\n\n| Zone | Text shown | Ref |\n|---|---|---|\n| Ö | weg | 1 |\n| L | da | 2 |\n",
        "# Error codes\n\n- `0`: fine\n- `1`: not\n",
        "# Exit status of nothing\n\n0 — fine\n\n1 — not\n",
        "These exit codes are used:\n\n0 — fine\n\nA1 — not\n",
        "# エラーコード\n\n| 表示 | 色 |\n|---|---|\n| E1 | 赤 |\n| E2 | 青 |\n",
        "# Коды ошибок\n\n| Цвет | Вид |\n|---|---|\n| красный | A1 |\n| синий | A2 |\n",
    ] {
        assert_eq!(scan_under_titles(text).len(), 2, "{text}");
        let document = ingest::read(text);
        let extraction = ingest::extract(&document, &Hints::default());
        assert_eq!(unaccounted(text, &document, &extraction), [], "{text}");
    }
}

#[test]
fn a_numbered_list_of_sentences_is_not_listed() {
    for text in [
        "# Error codes\n\n1. Read the log.\n2. Restart.\n3. Ask us.\n",
        "# Error codes\n\n3 attempts are made.\n",
        "# Errors\n\n## 1 Setup\n\ntext\n\n## 2 Usage\n",
        "# Errors\n\nA request fails.\n\n- Check the network\n- Restart: it often helps\n\n## Retries\n\ntext\n",
        "# Options\n\n- verbose: print more\n- dry-run: change nothing\n- force_all: overwrite\n",
        "# API\n\n## create_user\n\ntext\n\n| Field | Type |\n|---|---|\n| user_name | string |\n",
        "# Errors\n\n| Field | Type | Use |\n|---|---|---|\n| request-id | string | the id |\n",
        "# Errors\n\n1. Retry: wait\n2. Fallback: use the cache\n\n- Time-outs: set them\n",
        "# Errors\n\n```xml\n<error-detail>text</error-detail>\n```\n\n- [gitHub](https://a.b/c)\n- service.log\n",
        "# Errors\n\nRead\n`error_text` and see `next_step` there.\n\n> `RetryLater` is what we say.\n",
        "# Parts\n\n- 5: screws\n- 6: nuts\n\n| Part | Size |\n|---|---|\n| screw | 20 |\n",
    ] {
        assert_eq!(unread(text), [], "{text}");
    }
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
