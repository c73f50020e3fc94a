//! What holds for every document, of any bytes.

use errbook_ingest::{self as ingest, Document, Hints, Holds, TableHint};

/// Extracts with the judgement of each table, and with each table taken as codes.
///
/// `lines` is the number of lines of the text, if its tables refer to them.
pub fn check(document: &Document, lines: usize) {
    for block in &document.blocks {
        assert!(document.rendered.get(block.text.clone()).is_some());
        assert!(0 < block.line && block.line <= block.end_line && block.end_line <= lines);
    }
    assert!(
        document
            .heads
            .iter()
            .all(|head| (1..=lines).contains(&head.line))
    );
    assert!(document.mends.iter().all(|mend| mend.line <= lines));
    let hint = TableHint {
        holds: Some(Holds::Codes),
        ..TableHint::default()
    };
    let forced = Hints {
        tables: (0..document.tables.len())
            .map(|index| (index, hint.clone()))
            .collect(),
    };
    for hints in [Hints::default(), forced] {
        let extraction = ingest::extract(document, &hints);
        let sums = extraction.accounting;
        assert_eq!(extraction.tables.len(), document.tables.len());
        assert_eq!(sums.accepted + sums.ignored + sums.quarantined, sums.rows);
        for (table, reading) in document.tables.iter().zip(&extraction.tables) {
            let span = reading.line..=reading.end_line;
            assert!(0 < reading.line && !span.is_empty() && reading.end_line <= lines);
            assert_eq!(table.rows().len(), reading.rows);
            assert_eq!(reading.columns.len(), table.header().len());
            assert_eq!(
                reading.problems.len(),
                reading.ignored + reading.quarantined
            );
            assert!(reading.problems.iter().all(|row| span.contains(&row.line)));
            assert!(reading.codes.iter().all(|code| span.contains(&code.line)));
            assert!(reading.codes.iter().all(|code| !code.code.is_empty()));
        }
        for unread in &extraction.unread {
            assert!(0 < unread.line && unread.line <= unread.end_line);
            assert!(unread.end_line <= lines);
        }
    }
}

/// The number of lines, for any of the line breaks.
pub fn lines(text: &str) -> usize {
    text.matches(['\n', '\r']).count() + 1
}
