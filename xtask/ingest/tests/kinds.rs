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

#[test]
fn the_same_rows_are_the_same_entries_in_each_kind() {
    let rows = [
        ["Error code", "Message", "Remedy"],
        ["1001", "invalid key", "check the key"],
        ["1002", "request timed out", "retry later"],
        ["1003", "not allowed & refused, \"id\"", "ask us"],
    ];
    let [header, body @ ..] = &rows;
    let joined = |open: &str, between: &str, close: &str| {
        let row = |row: &[&str; 3]| format!("{open}{}{close}\n", row.join(between));
        rows.iter().map(row).collect::<String>()
    };
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let csv = |separator: &str| {
        let row = |row: &[&str; 3]| row.map(quoted).join(separator) + "\n";
        rows.iter().map(row).collect::<String>()
    };
    let objects: Vec<_> = body
        .iter()
        .map(|row| serde_json::json!({ header[0]: row[0].parse::<u32>().unwrap(), header[1]: row[1], header[2]: row[2] }))
        .collect();
    let keyed: serde_json::Map<_, _> = body
        .iter()
        .map(|row| {
            let entry = serde_json::json!({ header[1]: row[1], header[2]: row[2] });
            (row[0].to_owned(), entry)
        })
        .collect();
    let yaml: String = body
        .iter()
        .map(|row| {
            let [code, message, remedy] = header;
            format!(
                "- {code}: {}\n  {message}: '{}'\n  {remedy}: {}\n",
                row[0], row[1], row[2]
            )
        })
        .collect();
    let cells: Vec<String> = rows
        .iter()
        .map(|row| crate::workbooks::ods_row(row))
        .collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let mut sheet = rust_xlsxwriter::Worksheet::new();
    for (at, row) in (0..).zip(&rows) {
        sheet.write_row(at, 0, row.iter().copied()).unwrap();
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    book.push_worksheet(sheet);
    let pipes = joined("| ", " | ", " |").replacen('\n', "\n|---|---|---|\n", 1);
    let html = format!(
        "<table>{}</table>",
        joined("<tr><td>", "<td>", "").replace('&', "&amp;")
    );
    let files: [(&str, Vec<u8>); 11] = [
        ("a.md", pipes.into()),
        ("a.html", html.into()),
        ("a.csv", csv(",").into()),
        ("b.csv", csv(";").into()),
        ("a.tsv", csv("\t").into()),
        ("a.xlsx", book.save_to_buffer().unwrap()),
        ("a.ods", crate::workbooks::ods(&cells)),
        (
            "a.json",
            serde_json::to_vec_pretty(&serde_json::json!({ "data": { "errors": objects } }))
                .unwrap(),
        ),
        (
            "b.json",
            serde_json::to_vec(&serde_json::json!({ "errors": keyed })).unwrap(),
        ),
        ("a.yaml", yaml.clone().into()),
        ("a.yml", format!("errors:\n{yaml}").into()),
    ];
    for (name, bytes) in files {
        let document = ingest::open(name.as_ref(), &bytes, None).unwrap().document;
        let extraction = ingest::extract(&document, &Hints::default());
        let codes = extraction.tables.iter().flat_map(|table| &table.codes);
        let read: Vec<_> = codes
            .map(|code| {
                let texts = [&code.message, &code.remedy].map(|text| text.as_deref().unwrap_or(""));
                [&code.code, texts[0], texts[1]].map(str::to_owned)
            })
            .collect();
        assert_eq!(read, body.map(|row| row.map(str::to_owned)), "{name}");
    }
}

#[test]
fn objects_have_lines_and_nested_texts() {
    let text = "{\n\t\"title\":\t\"x\",\n\t\"errors\": [\n\t\t{\"code\": \"E100\",\n\t\t \"message\": \
                {\"en\": \"failed \\ud83d\\ude00 \\\\ud83d\", \"zh\": null}, \"tags\": [\"a\", \"b\"]},\n\
                \t\t{\"code\": \"E101\"}\n\t]\n}\n";
    let document = open("errors.json", text);
    let table = &document.tables[0];
    let header: Vec<&str> = table.header().cells().map(|cell| cell.text).collect();
    assert_eq!(header, ["code", "message.en", "message.zh", "tags"]);
    let row = table.rows().next().unwrap();
    let cells: Vec<&str> = row.cells().map(|cell| cell.text).collect();
    assert_eq!(cells, ["E100", "failed 😀 \\ud83d", "", "a, b"]);
    assert_eq!((row.line, table.rows().nth(1).unwrap().line), (4, 6));
    assert_eq!(&*table.headings[0], "errors");
}

#[test]
fn broken_data_is_refused_with_its_place() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    for (name, text, line, column, said) in [
        (
            "a.json",
            "{\n  \"a\": 1,\n}",
            3,
            1,
            "not valid JSON: key must be a string",
        ),
        ("a.json", "", 1, 0, "not valid JSON: EOF"),
        ("a.yaml", "a: 1\nb: 'x\n", 2, 4, "not valid YAML"),
        ("a.yaml", "a: [1, 2\nb: 3\n", 2, 2, "not valid YAML"),
        ("a.yaml", &*deep, 1, 0, "nested more than 128 levels"),
    ] {
        let error = ingest::open(name.as_ref(), text.as_bytes(), None).unwrap_err();
        assert!(
            error.message.starts_with(said) || error.message.contains(said),
            "{error}"
        );
        assert_eq!((error.line, error.column), (line, column), "{error}");
    }
    let aliases = "a: &a {x: 1}\nb: *a\nc: &c 5\n1001: *c\n";
    let document = open("errors.yaml", aliases);
    assert!(
        document
            .mends
            .iter()
            .any(|mend| mend.rule == "alias" && mend.line == 2)
    );
}

#[test]
fn other_kinds_are_refused_with_the_command_that_converts() {
    for (name, bytes, said) in [
        ("a.rst", &b"x"[..], "`pandoc -t gfm a.rst -o a.md`"),
        (
            "my codes.DOCX",
            b"PK\x03\x04",
            "`pandoc -t gfm 'my codes.DOCX' -o 'my codes.md'`",
        ),
        ("a.pdf", b"%PDF-1.7", "`pdftotext -layout a.pdf a.txt`"),
        ("a.md", b"%PDF-1.7", "`pdftotext -layout a.md a.txt`"),
        ("a.png", b"\x89PNG", ".png files are not read"),
        (
            "a.md",
            b"\x89PNG\r\n\x1a\n\0",
            "it is a png file and not text",
        ),
        (
            "a.csv",
            b"a,b\n\0\x01\x02",
            "it is a binary file and not text",
        ),
        (
            "a",
            b"\xff\xfb\x90\0\0\0",
            "it is a binary file and not text",
        ),
    ] {
        let error = ingest::open(name.as_ref(), bytes, None).unwrap_err();
        assert!(error.to_string().contains(said), "{name}: {error}");
    }
    assert!(ingest::open("README".as_ref(), b"# x", None).is_ok());
}

#[test]
fn blank_lines_in_csv_are_counted() {
    for (text, lines, rows) in [
        (
            "Code,Message\n\n1001,failed\n1002,refused\n",
            1..=4,
            &[3, 4][..],
        ),
        ("\r\n\r\nCode,Message\r\n\r\n1001,failed\r\n", 3..=5, &[5]),
        // A row of whitespace is a row.
        ("Code,Message\n1001,failed\n \n\n \n", 1..=5, &[2, 3, 5]),
        ("\n\n \n", 3..=3, &[]),
    ] {
        let opened = ingest::open("a.csv".as_ref(), text.as_bytes(), None).unwrap();
        let table = &opened.document.tables[0];
        assert_eq!(table.line..=table.end_line, lines, "{text:?}");
        let found: Vec<usize> = table.rows().map(|row| row.line).collect();
        assert_eq!(found, rows, "{text:?}");
    }
}

#[test]
fn the_first_bytes_tell_archives_and_pages() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.push_worksheet(rust_xlsxwriter::Worksheet::new());
    let ods = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    let stored = [b"PK\x03\x04".as_slice(), &[0; 26], ods.as_bytes()].concat();
    for (bytes, extension) in [
        (book.save_to_buffer().unwrap(), Some("xlsx")),
        (stored, Some("ods")),
        (b"PK\x03\x04word/document.xml".to_vec(), Some("docx")),
        (b"PK\x03\x04photo.jpg".to_vec(), Some("zip")),
        (b"\xD0\xCF\x11\xE0".to_vec(), Some("xls")),
        (b"%PDF-1.7".to_vec(), Some("pdf")),
        (HTML.into(), Some("html")),
        (b"\xEF\xBB\xBF \n<HTML>".to_vec(), Some("html")),
        (b"# <html> and more\n".to_vec(), None),
        (CSV.into(), None),
        (Vec::new(), None),
    ] {
        assert_eq!(ingest::extension_of(&bytes), extension);
    }
}

#[test]
fn kinds_are_the_same_if_they_are_read_in_the_same_way() {
    for (one, other, is_same) in [
        ("a.md", "b.TXT", true),
        ("a.html", "b.htm", true),
        ("a.xlsx", "b.xlsm", true),
        ("a.xlsx", "b.ods", false),
        ("a.json", "b.yaml", false),
        ("a.pdf", "b.pdf", false),
        ("a", "b.md", true),
    ] {
        assert_eq!(
            ingest::is_same_kind(one.as_ref(), other.as_ref()),
            is_same,
            "{one} {other}"
        );
    }
}

#[test]
fn bytes_of_an_unknown_encoding_are_refused_with_their_place() {
    // `错误` in GB 18030.
    let bytes = b"# a\n| \xB4\xED\xCE\xF3 |\n";
    let error = ingest::open("errors.md".as_ref(), bytes, None).unwrap_err();
    assert_eq!((error.line, error.column), (2, 3));
    assert_eq!(error.message, "not valid UTF-8 (at byte 6)");
    assert!(error.help.contains("--encoding"), "{}", error.help);
    let opened = ingest::open("errors.md".as_ref(), bytes, Some("gb18030")).unwrap();
    assert_eq!(opened.text, "# a\n| 错误 |\n");
    let note = &opened.document.mends[0];
    assert_eq!((note.line, note.rule), (1, "encoding"));
    assert!(note.text.ends_with("it was read as gb18030"));
    for (label, message) in [
        ("gb-18030-x", "unknown encoding `gb-18030-x`"),
        ("utf-8", "not valid utf-8"),
    ] {
        let error = ingest::open("errors.md".as_ref(), bytes, Some(label)).unwrap_err();
        assert_eq!((error.line, error.column, &*error.message), (0, 0, message));
    }
}

#[test]
fn a_document_is_refused_above_the_largest_size() {
    let message = |size| {
        let error = ingest::open("errors.md".as_ref(), &vec![0; size], None).unwrap_err();
        error.message
    };
    let largest = ingest::LARGEST;
    assert_eq!(message(largest), "it is a binary file and not text");
    assert_eq!(message(largest + 1), "the document is larger than 20 MB");
}

#[test]
fn only_names_of_readable_kinds_are_readable() {
    for (name, is_readable) in [
        ("errors.HTM", true),
        ("errors", true),
        ("errors.pdf", false),
    ] {
        assert_eq!(ingest::is_readable(name.as_ref()), is_readable, "{name}");
    }
}

#[test]
fn a_markdown_document_has_the_title_of_its_metadata() {
    let document = open(
        "errors.md",
        "---\ntitle: \"Gateway\"\n---\n\n# Error codes\n",
    );
    assert_eq!(document.title.as_deref(), Some("Gateway"));
}

#[test]
fn names_in_source_code_that_are_in_no_entry_are_listed() {
    let document = open(
        "Errors.java",
        "class A {\n  int OLD_LIMIT = compute();\n}\n",
    );
    let unread = ingest::extract(&document, &Hints::default()).unread;
    assert_eq!(unread.len(), 1);
    assert_eq!(
        (unread[0].line, &*unread[0].text),
        (2, "the line begins with `OLD_LIMIT`")
    );
}
