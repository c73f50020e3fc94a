//! Files that are not Markdown: the same rows give the same entries in each kind.

use errbook_ingest::{self as ingest, Document, Hints, Kind};

const HTML: &str = r#"<!DOCTYPE html>
<html><head><title>Gateway</title><style>td { color: red }</style>
<script>if (1 < 2) { document.write("<table><tr><td>9999</td></tr></table>"); }</script></head>
<body>
<h1>Error codes</h1>
<p>These are the <b>errors</b> of
the gateway:</p>
<table>
  <thead><tr><th>Code</th><th>Message</th><th>Remedy</th></tr></thead>
  <tbody>
    <tr><td>1001</td><td>invalid key</td><td>check the key</td></tr>
    <tr><td rowspan="2">1002</td><td>request timed out</td><td>retry later</td></tr>
    <tr><td>or was lost</td><td>or not</td></tr>
    <tr><td>1003</td><td>not allowed &amp; refused, &lt;id&gt;</td><td>ask us</td></tr>
  </tbody>
</table>
<h2>2001 Disk full</h2>
<p>There is no space left.</p>
<h2>2002 Disk failed</h2>
<p>The disk cannot be read.</p>
<ul><li>One item<ul><li>inside</li></ul></li></ul>
<pre>A_B = 1;
A_C = 2;</pre>
<p><strong>Bold</strong></p>
</body></html>
"#;

const CSV: &str = "Error code,Message,Remedy\n1001,invalid key,check the key\n1002,\"request timed out\nor was lost\",retry later\n1003,\"not allowed & refused, <id>\",ask us\n";

/// The document of a file with this name.
fn open(name: &str, text: &str) -> Document {
    ingest::open(name.as_ref(), text.as_bytes(), None)
        .unwrap()
        .document
}

fn entries(name: &str, text: &str) -> Vec<(String, String)> {
    let document = open(name, text);
    let extraction = ingest::extract(&document, &Hints::default());
    let codes = extraction.tables.iter().flat_map(|table| &table.codes);
    codes
        .map(|code| {
            let message = code.message.as_deref().unwrap_or_default();
            (code.code.to_string(), message.to_owned())
        })
        .collect()
}

fn expected() -> Vec<(String, String)> {
    [
        ("1001", "invalid key"),
        ("1002", "request timed out\nor was lost"),
        ("1003", "not allowed & refused, <id>"),
    ]
    .map(|(code, message)| (code.to_owned(), message.to_owned()))
    .into()
}

#[test]
fn a_page_is_read_with_its_tables_and_headings() {
    let read = entries("errors.html", HTML);
    assert_eq!(read[..3], expected());
    assert_eq!(read[3].0, "2001");
    assert_eq!(read[4].0, "2002");
}

#[test]
fn a_page_on_one_line_is_the_same() {
    let line = HTML
        .replace("</pre>", "")
        .replace("<pre>", "")
        .replace('\n', " ");
    let read = entries("errors.html", &line);
    assert_eq!(read[..3], expected());
    assert_eq!(read.len(), 5);
}

#[test]
fn a_page_has_its_blocks_and_lines() {
    let document = open("errors.html", HTML);
    let blocks: Vec<(Kind, usize, &str)> = document
        .blocks
        .iter()
        .map(|block| (block.kind, block.line, document.text(block).trim()))
        .collect();
    let wanted = [
        (Kind::Heading(1), 5, "Error codes"),
        (Kind::Paragraph, 6, "These are the errors of the gateway:"),
        (Kind::Table(0), 8, ""),
        (Kind::Heading(2), 17, "2001 Disk full"),
        (Kind::Paragraph, 18, "There is no space left."),
        (Kind::Heading(2), 19, "2002 Disk failed"),
        (Kind::Paragraph, 20, "The disk cannot be read."),
        (Kind::Item(1), 21, "One item"),
        (Kind::Item(2), 21, "inside"),
        (Kind::Code, 22, "A_B = 1;\nA_C = 2;"),
        (Kind::Bold, 24, "Bold"),
    ];
    assert_eq!(blocks, wanted);
    assert_eq!(document.tables[0].rows().nth(2).unwrap().line, 13);
}

#[test]
fn values_are_one_table_whatever_parts_them() {
    assert_eq!(entries("errors.csv", CSV), expected());
    let tabs = CSV
        .replacen(',', "\t", 2)
        .replace("\",", "\"\t")
        .replace(",\"", "\t\"");
    let tabs = tabs.replace("1001,", "1001\t").replace("key,", "key\t");
    assert_eq!(entries("errors.csv", &tabs), expected());
    let document = open("errors.csv", CSV);
    let table = &document.tables[0];
    assert_eq!((table.line, table.end_line), (1, 5));
    let lines: Vec<usize> = table.rows().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 5]);
}

#[test]
fn any_text_is_read_as_any_kind() {
    for text in [
        "",
        "\n",
        "<",
        "<table>",
        "a,b\n\"",
        "</h1></table></ul>",
        "<h1>x",
        "<td>1",
        "\u{FEFF}a;b\n1;2\n",
    ] {
        for name in ["errors.md", "errors.html", "errors.csv"] {
            let document = open(name, text);
            let sums = ingest::extract(&document, &Hints::default()).accounting;
            assert_eq!(sums.accepted + sums.ignored + sums.quarantined, sums.rows);
        }
    }
}
