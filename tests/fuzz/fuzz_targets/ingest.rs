//! Ingests arbitrary bytes: it must not panic or hang, and every row must be accounted for.

#![no_main]

use errbook_ingest::{self as ingest, Hints, Holds, TableHint};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let document = ingest::read(&text);
    let mut forced = Hints::default();
    for index in 0..document.tables.len() {
        forced.tables.insert(
            index,
            TableHint {
                holds: Some(Holds::Codes),
                ..TableHint::default()
            },
        );
    }
    for hints in [Hints::default(), forced] {
        let extraction = ingest::extract(&document, &hints);
        let sums = extraction.accounting;
        assert_eq!(extraction.tables.len(), document.tables.len());
        assert_eq!(sums.accepted + sums.ignored + sums.quarantined, sums.rows);
        for (table, reading) in document.tables.iter().zip(&extraction.tables) {
            assert_eq!(table.rows().len(), reading.rows);
            assert_eq!(
                reading.problems.len(),
                reading.ignored + reading.quarantined
            );
            assert!(reading.codes.iter().all(|code| !code.code.is_empty()));
        }
    }
});
