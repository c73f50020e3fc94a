//! Workbooks: each sheet is a table, and what is broken or hidden is said.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use errbook_ingest::{self as ingest, Hints, OpenError, Opened};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn open(name: &str, bytes: &[u8]) -> Result<Opened, OpenError> {
    ingest::open(name.as_ref(), bytes, None)
}

fn save(sheets: Vec<Worksheet>) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().unwrap()
}

fn sheet(name: &str, rows: &[&[&str]]) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).unwrap();
    for (at, row) in (0..).zip(rows) {
        sheet.write_row(at, 0, row.iter().copied()).unwrap();
    }
    sheet
}

/// The content of an .ods file with these rows, each a list of cells in XML.
pub(crate) fn ods(rows: &[&str]) -> Vec<u8> {
    let rows: String = rows
        .iter()
        .map(|row| format!("<table:table-row>{row}</table:table-row>"))
        .collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Error codes\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest=\"m\"></manifest:manifest>",
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A row of strings.
pub(crate) fn ods_row(cells: &[&str]) -> String {
    cells.iter().fold(String::new(), |mut row, cell| {
        let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
        let _ = write!(
            row,
            "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p>\
             </table:table-cell>"
        );
        row
    })
}

/// The cells of each row of each table, with the header.
fn cells(opened: &Opened) -> Vec<Vec<String>> {
    let tables = opened.document.tables.iter();
    let rows = tables.flat_map(|table| std::iter::once(table.header()).chain(table.rows()));
    rows.map(|row| row.cells().map(|cell| cell.text.to_owned()).collect())
        .collect()
}

#[test]
fn each_sheet_is_a_table_below_its_name() {
    let header: &[&str] = &["Code", "Message"];
    let bytes = save(vec![
        sheet(
            "Error codes",
            &[
                &["All errors of 2026"],
                &[],
                header,
                &["1001", "invalid key"],
            ],
        ),
        sheet(
            "Other errors",
            &[header, &["2001", "timed out"], &["x", "not a code"]],
        ),
    ]);
    let opened = open("errors.xlsx", &bytes).unwrap();
    let document = &opened.document;
    let tables = &document.tables;
    assert_eq!(&*tables[0].headings[0], "Error codes");
    assert_eq!(tables[0].lead.as_deref(), Some("All errors of 2026"));
    assert_eq!(&*tables[1].headings[0], "Other errors");
    let row = tables[1].rows().next().unwrap();
    assert_eq!(
        (row.line, document.sheet_row(row.line)),
        (6, Some(("Other errors", 2)))
    );
    assert_eq!(document.sheet_row(tables[0].line), Some(("Error codes", 3)));
    assert_eq!(opened.text.lines().nth(5), Some("2001\ttimed out"));
    let extraction = ingest::extract(document, &Hints::default());
    let codes = extraction.tables.iter().flat_map(|table| &table.codes);
    let codes: Vec<_> = codes
        .map(|code| (&*code.code, code.message.as_deref()))
        .collect();
    assert_eq!(
        codes,
        [
            ("1001", Some("invalid key")),
            ("2001", Some("timed out")),
            ("x", Some("not a code"))
        ]
    );
}

#[test]
fn numbers_dates_and_errors_are_as_a_reader_sees_them() {
    let mut sheet = sheet("Codes", &[&["Code", "Since", "Share"]]);
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let digits = Format::new().set_num_format("0000");
    sheet.write(1, 0, 1001.0).unwrap();
    let day = ExcelDateTime::from_ymd(2025, 3, 9).unwrap();
    sheet.write_with_format(1, 1, &day, &date).unwrap();
    sheet.write(1, 2, 0.1 + 0.2).unwrap();
    sheet.write(2, 0, "0001").unwrap();
    sheet.write_with_format(3, 0, 7, &digits).unwrap();
    sheet.write(4, 0, -5.0).unwrap();
    sheet.write(5, 0, true).unwrap();
    let opened = open("errors.xlsx", &save(vec![sheet])).unwrap();
    let rows = cells(&opened);
    assert_eq!(rows[1], ["1001", "2025-03-09", "0.3"]);
    let codes: Vec<&str> = rows[2..].iter().map(|row| &*row[0]).collect();
    assert_eq!(codes, ["0001", "0007", "-5", "true"]);

    let cell = "<table:table-cell office:value-type=\"string\" office:string-value=\"\" \
                calcext:value-type=\"error\" xmlns:calcext=\"c\"><text:p>#N/A</text:p>\
                </table:table-cell>";
    let header = ods_row(&["Code", "Message"]);
    let opened = open("errors.ods", &ods(&[&header, cell])).unwrap();
    assert_eq!(opened.document.mends[0].rule, "cell-error");
    assert!(
        opened.document.mends[0]
            .text
            .contains("the cell A2 is an error")
    );
}

#[test]
fn merged_cells_are_those_of_each_row() {
    let header: &[&str] = &["Code", "Message", ""];
    let mut sheet = sheet(
        "Errors",
        &[header, &["", "a", "b"], &["", "c", "d"], &["2", "e", "f"]],
    );
    let plain = Format::new();
    sheet.merge_range(0, 1, 0, 2, "Message", &plain).unwrap();
    sheet.merge_range(1, 0, 2, 0, "1", &plain).unwrap();
    let opened = open("errors.xlsx", &save(vec![sheet])).unwrap();
    let expected = [
        ["Code", "Message", "Message"],
        ["1", "a", "b"],
        ["1", "c", "d"],
        ["2", "e", "f"],
    ];
    assert_eq!(cells(&opened), expected);
    let row = opened.document.tables[0].rows().nth(1).unwrap();
    assert!(row.get(0).unwrap().spans && !row.get(1).unwrap().spans);
}

#[test]
fn a_hidden_sheet_is_reported() {
    let mut hidden = sheet("Old codes", &[&["Code", "Message"], &["9", "gone"]]);
    hidden.set_hidden(true);
    let shown = sheet("Codes", &[&["Code", "Message"], &["1", "failed"]]);
    let opened = open("errors.xlsx", &save(vec![shown, hidden])).unwrap();
    assert_eq!(opened.document.tables.len(), 1);
    let mend = &opened.document.mends[0];
    assert_eq!(mend.rule, "hidden-sheet");
    assert!(
        mend.text.contains("the sheet `Old codes` is hidden"),
        "{}",
        mend.text
    );
}

#[test]
fn what_is_not_a_workbook_is_refused_with_what_to_do() {
    let empty = save(vec![Worksheet::new()]);
    let mut truncated = save(vec![sheet("Codes", &[&["Code"], &["1"]])]);
    truncated.truncate(truncated.len() / 2);
    let html: &[u8] = b"<table><tr><td>1</td></tr></table>";
    for (bytes, said) in [
        (&*empty, "no sheet of this workbook has a cell"),
        (&*truncated, "not a sound workbook"),
        (html, "not a sound workbook"),
        (b"", "not a sound workbook"),
    ] {
        for name in ["errors.xlsx", "errors.ods"] {
            let error = open(name, bytes).unwrap_err();
            assert!(
                error.message.contains(said) || name.ends_with("ods"),
                "{error}"
            );
            assert!(!error.help.is_empty());
        }
    }
}

#[test]
fn a_workbook_that_is_too_large_unpacked_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default())
        .unwrap();
    for _ in 0..80 {
        zip.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let error = open("errors.xlsx", &bytes).unwrap_err();
    assert!(error.message.contains("more than 64 MB"), "{error}");

    let wide = "<table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"float\" office:value=\"1\"/>";
    let error = open("errors.ods", &ods(&[wide; 300])).unwrap_err();
    assert!(error.message.contains("more than 4000000 cells"), "{error}");

    let blanks = "<table:table-cell office:value-type=\"string\"><text:p><text:s text:c='4000000000'/></text:p></table:table-cell>";
    let error = open("errors.ods", &ods(&[blanks])).unwrap_err();
    assert!(error.message.contains("more than 4000000 cells"), "{error}");

    let mut far = sheet("Codes", &[&["Code"], &["1"]]);
    far.write(50_000, 16_383, "end").unwrap();
    assert_eq!(
        open("errors.xlsx", &save(vec![far]))
            .unwrap()
            .document
            .tables[0]
            .rows()
            .len(),
        2
    );
}

/// A broken byte anywhere never panics.
#[test]
fn any_broken_workbook_is_read_or_refused() {
    let bytes = save(vec![sheet(
        "Codes",
        &[&["Code", "Message"], &["1", "failed"]],
    )]);
    let stored = ods(&[&ods_row(&["Code", "Message"]), &ods_row(&["1", "failed"])]);
    for (name, bytes) in [("errors.xlsx", bytes), ("errors.ods", stored)] {
        for at in (0..bytes.len()).step_by(7) {
            let mut broken = bytes.clone();
            broken[at] ^= 0x55;
            let _ = open(name, &broken);
            let _ = open(name, &broken[..at]);
        }
    }
}
