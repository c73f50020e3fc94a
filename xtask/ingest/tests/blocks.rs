//! The blocks of a document (`fixtures/blocks.txt`), and marks of emphasis
//! (`fixtures/emphasis.txt`).

use std::fmt::Write;

use errbook_ingest::{self as ingest, Block, Document, Kind};

/// A case is a line `@@ NAME`, the document, and a line `=> …` for each block, with its lines and
/// its text, and for each mend; `=> title` is that of the metadata.
#[test]
fn every_document_is_cut_into_its_blocks() {
    let cases = include_str!("fixtures/blocks.txt");
    let mut read = String::new();
    for case in cases
        .split_inclusive("\n@@ ")
        .map(|case| case.trim_end_matches("@@ "))
    {
        let (name, case) = case.trim_start_matches("@@ ").split_once('\n').unwrap();
        let text: String = case
            .split_inclusive('\n')
            .filter(|line| !line.starts_with("=> "))
            .collect();
        writeln!(read, "@@ {name}").unwrap();
        read.push_str(&text);
        let document = ingest::read(&text);
        if let Some(title) = &document.title {
            writeln!(read, "=> title {title:?}").unwrap();
        }
        for mend in &document.mends {
            writeln!(
                read,
                "=> {} mended: {}: {}",
                mend.line, mend.rule, mend.text
            )
            .unwrap();
        }
        for block in &document.blocks {
            writeln!(read, "=> {}", show(&document, block)).unwrap();
        }
    }
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/blocks.txt");
        std::fs::write(file, &read).unwrap();
    }
    assert!(read == cases, "{read}");
}

#[test]
fn marks_of_emphasis_are_read_as_the_list_says() {
    let list = include_str!("fixtures/emphasis.txt");
    let mut read = String::new();
    for line in list.lines() {
        let Some((source, _)) = line.split_once(" => ").filter(|_| !line.starts_with("//")) else {
            read.extend([line, "\n"]);
            continue;
        };
        let document = ingest::read(source);
        let text = document.blocks.iter().map(|block| document.text(block));
        read.extend([source, " => ", text.collect::<String>().trim(), "\n"]);
    }
    assert!(read == list, "{read}");
}

fn show(document: &Document, block: &Block) -> String {
    let kind = match block.kind {
        Kind::Heading(level) => format!("heading {level}"),
        Kind::Item(depth) => format!("item {depth}"),
        Kind::More(depth) => format!("more {depth}"),
        Kind::Paragraph => "paragraph".to_owned(),
        Kind::Bold => "bold".to_owned(),
        Kind::Code => "code".to_owned(),
        Kind::Table(index) => {
            let table = &document.tables[index];
            let rows = std::iter::once(table.header()).chain(table.rows());
            let rows = rows.map(|row| row.cells().map(|cell| cell.text.to_owned()).collect());
            let rows: Vec<Vec<String>> = rows.collect();
            let (lead, caption) = (&table.lead, &table.caption);
            format!("table {rows:?} lead={lead:?} caption={caption:?}")
        }
    };
    let lines = format!("{}-{}", block.line, block.end_line);
    let marks = [(block.in_list, " in-list"), (block.struck, " struck")];
    let marks = marks.into_iter().filter(|(holds, _)| *holds);
    let marks: String = marks.map(|(_, mark)| mark).collect();
    format!("{lines} {kind}{marks} {:?}", document.text(block))
}
