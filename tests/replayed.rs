//! The corpus of the fuzzer, replayed: what once broke a check stays mended.

use std::fs;
use std::path::Path;

use crate::inputs::TARGETS;

#[test]
fn every_input_of_the_corpus_is_handled() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, check) in TARGETS {
        let mut files = 0;
        let mut accepted = 0;
        for entry in fs::read_dir(corpus.join(name)).unwrap() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            accepted += usize::from(check(&fs::read(&path).unwrap()));
            files += 1;
        }
        assert!(files > 3, "{name}: {files} inputs");
        // Otherwise a check saw errors only.
        assert!(accepted > 0, "{name}: no input is accepted");
    }
}
