//! The weights are what the features give, the features what the labels give, and the figures what a
//! person counts.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use errbook_ingest::training;

const WEIGHTS: &str = include_str!("../weights.toml");
const FEATURES: &str = include_str!("../training/features.tsv");

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// A corpus of these documents with their labels, in a folder of that name.
fn corpus(name: &str, documents: &[(&str, &str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for part in ["docs", "expected"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let mut index = "file\trepository\tpath\tcommit\tlanguage\n".to_owned();
    for (id, text, labels) in documents {
        writeln!(index, "{id}.md\tr\tp\tc\ten").unwrap();
        let labels = format!("{{\"file\": \"{id}.md\", {labels}}}");
        fs::write(folder.join("docs").join(format!("{id}.md")), text).unwrap();
        fs::write(folder.join("expected").join(format!("{id}.json")), labels).unwrap();
    }
    fs::write(folder.join("index.tsv"), index).unwrap();
    folder
}

#[test]
fn the_weights_are_those_that_the_features_give() {
    assert!(
        training::weights(FEATURES) == WEIGHTS,
        "run `cargo xtask weigh`"
    );
}

#[test]
fn the_features_of_the_fixtures_are_those_of_the_file() {
    let empty = corpus("no-documents", &[]);
    let features = training::features(&empty, &fixtures()).unwrap();
    let begin = |text: &str| text.find("\nfixture-").unwrap();
    let of_fixtures = &features[begin(&features)..];
    assert!(
        of_fixtures == &FEATURES[begin(FEATURES)..],
        "run `cargo xtask weigh`"
    );
    assert_eq!(features[..begin(&features)], FEATURES[..begin(&features)]);
}

/// Two tables of codes, one of another kind, one that nobody can label, and a list.
const DOCUMENT: &str = "\
# Error codes

| Code | Message |
|---|---|
| 1001 | not found |
| 1002 | timed out |

# Exit codes

| Code | Name | Meaning |
|---|---|---|
| 10 ~ 19 | RANGE | failed |
| 20 | OTHER | failed, too |

# Ports

| Port | Use |
|---|---|
| 8080 | web |

| Code | Message |
|---|---|
| 1 | one |

# More error codes

- E100: not allowed
- E101: not found
";

const LABELS: &str = r#""tables": [
    {"line": 3, "end_line": 6, "is_error_table": true, "codes": ["1001", "1002", "1003"], "roles": ["code", "cause"]},
    {"line": 10, "end_line": 13, "is_error_table": true, "codes": ["10 ~ 19", "20"], "roles": ["code", "symbol", "message"]},
    {"line": 17, "end_line": 19, "is_error_table": false},
    {"line": 21, "end_line": 23, "ambiguous": true}
], "lists": [{"line": 27, "end_line": 28, "codes": ["E100", "E101", "E102"]}]"#;

#[test]
fn figures_count_what_is_read_as_it_is_labelled() {
    let corpus = corpus("one-document", &[("901-made-up", DOCUMENT, LABELS)]);
    let figures = training::figures(&corpus, WEIGHTS).unwrap();
    let expected = "codes 80.0 % (4 of 5), tables 50.0 % (1 of 2), others taken 0.0 % (0 of 1), \
                    lists 66.6 % (2 of 3), roles 80.0 % (4 of 5), undoubted roles 80.0 % (4 of 5)";
    assert_eq!(figures["en"].to_string(), expected);
    assert_eq!(figures[""].to_string(), expected);
}

#[test]
fn features_and_weights_of_a_small_corpus() {
    let other = DOCUMENT.replace("100", "200").replace("Code |", "Number |");
    let documents = [
        ("901-made-up", DOCUMENT, LABELS),
        ("902-made-up", &other, &LABELS.replace("100", "200")),
    ];
    let corpus = corpus("two-documents", &documents);
    let empty = corpus.join("expected");
    let features = training::features(&corpus, &empty).unwrap();
    let begin = features.find("901-made-up").unwrap();
    insta::assert_snapshot!(&features[begin..]);
    let weighed = training::weigh(&features);
    insta::assert_snapshot!(weighed.report);
    let held_back = training::held_back_figures(&corpus, &weighed.held_back).unwrap();
    insta::assert_snapshot!(held_back["en"]);
}
