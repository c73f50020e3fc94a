//! What holds for every text, sound or mangled: no panic, sums that add up, lines that are true.

use std::fs;
use std::path::Path;

use errbook_ingest::{self as ingest, CodeEntry, Hints, Holds, Role, TableHint};
use proptest::prelude::*;
use proptest::sample::{Index, select};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn sums_add_up_over_any_text(text in ".{0,400}") {
        check(&text);
    }

    #[test]
    fn sums_add_up_over_texts_of_pipes(parts in prop::collection::vec(select(PARTS), 0..120)) {
        check(&parts.concat());
    }

    #[test]
    fn sums_add_up_over_mangled_documents(cuts in prop::collection::vec((any::<Index>(), any::<Index>(), select(PARTS)), 0..12), which in 0_usize..5) {
        check(&mangled(&documents()[which], &cuts));
    }

    #[test]
    fn a_generated_table_is_read_row_for_row(
        codes in prop::collection::vec(-99_999_i32..99_999, 1..40),
        opens in any::<bool>(),
        short in any::<bool>(),
        crlf in any::<bool>(),
    ) {
        let text = table(&codes, opens, short, crlf);
        check(&text);
        let document = ingest::read(&text);
        let extraction = ingest::extract(&document, &Hints::default());
        let read: Vec<(usize, String)> =
            extraction.tables[0].codes.iter().map(|code| (code.line, code.code.to_string())).collect();
        let written: Vec<(usize, String)> =
            codes.iter().enumerate().map(|(row, code)| (row + 5, code.to_string())).collect();
        prop_assert_eq!(read, written);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_second_count_finds_the_same_rows(tables in prop::collection::vec((1_usize..30, 0_usize..4, any::<bool>()), 1..8)) {
        let text: String = tables.iter().enumerate().map(|(place, shape)| section(place, *shape)).collect();
        let document = ingest::read(&text);
        let rows: usize = document.tables.iter().map(|table| table.rows().len()).sum();
        prop_assert_eq!(rows, rows_in_raw_text(&text), "{}", text);
        prop_assert_eq!(document.tables.len(), tables.len(), "{}", text);
    }

    #[test]
    fn a_printed_extraction_is_read_as_it_was(codes in prop::collection::vec((-9999_i32..9999, "[A-Z]{3,6}_[A-Z]{3,6}", "[a-z]{3,8} (failed|is invalid)"), 2..30)) {
        let read = |document| -> Vec<CodeEntry<'_>> {
            let tables = ingest::extract(document, &Hints::default()).tables;
            tables.into_iter().flat_map(|table| table.codes).map(|code| CodeEntry { line: 0, ..code }).collect()
        };
        let rows: Vec<[String; 3]> = codes.iter().map(|(code, name, text)| [code.to_string(), name.clone(), text.clone()]).collect();
        let document = ingest::read(&printed(&rows));
        let first = read(&document);
        let again: Vec<[String; 3]> = first
            .iter()
            .map(|code| [&code.code, code.symbol.as_ref().unwrap(), code.message.as_ref().unwrap()].map(ToString::to_string))
            .collect();
        prop_assert_eq!(&again, &rows);
        let document_again = ingest::read(&printed(&again));
        prop_assert_eq!(read(&document_again), first);
    }
}

fn printed(rows: &[[String; 3]]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("| {} |", row.join(" | ")))
        .collect();
    format!(
        "# Error codes\n\n| Code | Name | Message |\n|---|---|---|\n{}\n",
        rows.join("\n")
    )
}

/// A table in one of the ways that authors write them.
fn section(place: usize, (rows, way, indented): (usize, usize, bool)) -> String {
    let indent = if indented { "    " } else { "" };
    let codes = (0..rows).map(|row| 1000 * (place + 1) + row);
    let body: Vec<String> = match way {
        0 => codes
            .map(|code| format!("{indent}| {code} | failed |"))
            .collect(),
        1 => codes
            .map(|code| format!("{indent}{code} | failed"))
            .collect(),
        2 => codes
            .map(|code| format!("{indent}| {code} | failed"))
            .collect(),
        _ => codes
            .map(|code| format!("<tr><td>{code}<td>failed"))
            .collect(),
    };
    let body = body.join(if way == 3 { "\n\n" } else { "\n" });
    let head = match way {
        1 => format!("{indent}code | message\n{indent}---|---"),
        3 => "<table>\n<tr><th>code</th><th>message</th></tr>".to_owned(),
        _ => format!("{indent}| code | message |\n{indent}|---|"),
    };
    let end = if way == 3 { "\n</table>" } else { "" };
    format!("# Errors {place}\n\n{head}\n{body}{end}\n\n")
}

/// Lines that hold a code, counted without any parser.
fn rows_in_raw_text(text: &str) -> usize {
    text.lines().filter(|line| line.contains("failed")).count()
}

const PARTS: &[&str] = &[
    "|",
    "|",
    "|",
    "\n",
    "\n",
    "\n",
    "---",
    "|---|---|\n",
    "| code | message |\n",
    "1001",
    "-5",
    "`",
    "```\n",
    "<!--",
    "-->",
    "<br>",
    "<key>",
    "</code>",
    "\\",
    "\\|",
    "# ",
    "> ",
    "- ",
    "1. ",
    "\t",
    "    ",
    "\r",
    "\r\n",
    "错误码",
    "（",
    "\u{200B}",
    "\u{FEFF}",
    "\u{FDD0}",
    "\u{2212}1",
    "*",
    "_",
    "[",
    "](",
    "&nbsp;",
    "其他",
    "~~~\n",
    "$",
    "<table>",
    "\0",
    "a/b",
    "1~2",
    "NAME = \"1\"",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "<td rowspan=3>",
    "<td colspan=2>",
    "<th>",
    "<thead>",
    "<caption>",
    "<pre>",
    "{/*",
    "*/}",
    ":::\n",
    "{% comment %}",
    "**",
    "## 1001 失败\n",
    "- 1001: failed\n",
    "ERR_A = 1, // failed\n",
    "# Error codes\n",
    "**可能原因**\n\n",
    "<h2>",
    "</h2>",
    "<sup>",
    "—",
    "｜",
];

fn check(text: &str) {
    let document = ingest::read(text);
    let lines = text.matches(['\n', '\r']).count() + 1;
    let mut forced = Hints::default();
    for index in 0..document.tables.len() {
        let mut hint = TableHint {
            holds: Some(Holds::Codes),
            ..TableHint::default()
        };
        hint.columns.insert("code".to_owned(), Role::Code);
        forced.tables.insert(index, hint);
    }
    let extraction = ingest::extract(&document, &Hints::default());
    for extraction in [&extraction, &ingest::extract(&document, &forced)] {
        let sums = extraction.accounting;
        assert_eq!(extraction.tables.len(), document.tables.len());
        assert_eq!(sums.accepted + sums.ignored + sums.quarantined, sums.rows);
        for (table, reading) in document.tables.iter().zip(&extraction.tables) {
            assert_eq!(table.rows().len(), reading.rows);
            assert_eq!(reading.columns.len(), table.header().len());
            assert!(
                0 < reading.line && reading.line <= reading.end_line && reading.end_line <= lines
            );
            assert!(
                reading
                    .codes
                    .iter()
                    .all(|code| (reading.line..=reading.end_line).contains(&code.line))
            );
            assert!(reading.codes.iter().all(|code| !code.code.is_empty()));
            assert_eq!(
                reading.problems.len(),
                reading.ignored + reading.quarantined
            );
        }
    }
}

fn table(codes: &[i32], opens: bool, short: bool, crlf: bool) -> String {
    let (open, close) = if opens { ("| ", " |") } else { ("", "") };
    let end = if crlf { "\r\n" } else { "\n" };
    let delimiter = if short { "---|---" } else { "---|---|---" };
    let mut lines = vec![
        "# 错误码".to_owned(),
        String::new(),
        format!("{open}错误码 | 含义 | 处理措施{close}"),
        format!("{}{delimiter}{}", open.trim(), close.trim()),
    ];
    lines.extend(
        codes
            .iter()
            .map(|code| format!("{open}{code} | 失败 | 重试{close}")),
    );
    lines.join(end)
}

fn mangled(document: &str, cuts: &[(Index, Index, &str)]) -> String {
    let mut chars: Vec<char> = document.chars().collect();
    for (at, len, part) in cuts {
        let at = at.index(chars.len() + 1);
        let end = (at + len.index(40)).min(chars.len());
        chars.splice(at..end, part.chars());
    }
    chars.into_iter().collect()
}

fn documents() -> Vec<String> {
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codes/vendors");
    [
        "idverify-gateway",
        "megvii-faceid",
        "tencent-faceid-sdk",
        "tencent-huiyan",
        "tencent-kyc",
    ]
    .map(|vendor| fs::read_to_string(vendors.join(vendor).join("source.md")).unwrap())
    .into()
}
