//! Opens arbitrary bytes as a file of each kind: the first byte chooses the kind.

#![no_main]

mod check;

use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &[
    "a.csv", "a.html", "a.json", "a.yaml", "a.ts", "a.md", "a.tsv",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    if let Ok(opened) = errbook_ingest::open(name.as_ref(), bytes, None) {
        check::check(&opened.document, check::lines(&opened.text));
    }
});
