//! `weigh features` describes the labelled documents, `weigh` learns the weights and prints the cross-validation.

use std::fs;
use std::path::Path;

use errbook_ingest::training;

fn main() -> std::io::Result<()> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = home.join("training/features.tsv");
    if std::env::args().nth(1).as_deref() == Some("features") {
        let corpus = home.join("../../../shared/corpus");
        let text = training::features(&corpus, &home.join("tests/fixtures"))?;
        return fs::write(table, text);
    }
    let weighed = training::weigh(&fs::read_to_string(table)?);
    print!("{}", weighed.report);
    fs::write(home.join("weights.toml"), weighed.weights)
}
