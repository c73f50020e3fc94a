//! The corpus of the fuzzer, replayed: what once broke the reading stays mended.

use std::fs;
use std::path::Path;

use errbook_ingest::{self as ingest, Hints, Holds, TableHint};

#[test]
fn every_input_of_the_corpus_is_read() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus/ingest");
    let mut files = 0;
    for entry in fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let document = ingest::read(&text);
        let forced = |index| {
            (
                index,
                TableHint {
                    holds: Some(Holds::Codes),
                    ..TableHint::default()
                },
            )
        };
        let forced = Hints {
            tables: (0..document.tables.len()).map(forced).collect(),
        };
        for hints in [Hints::default(), forced] {
            let sums = ingest::extract(&document, &hints).accounting;
            assert_eq!(
                sums.accepted + sums.ignored + sums.quarantined,
                sums.rows,
                "{}",
                path.display()
            );
        }
        files += 1;
    }
    assert!(files > 50, "{files} inputs");
}
