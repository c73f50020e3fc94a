//! Checks that the files which the project's Markdown documents name exist, and that the README's
//! table of vendors is right.

use std::path::{Path, PathBuf};

use errbook_spec::place::Source;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn read_document(document: &str) -> String {
    std::fs::read_to_string(root().join(document)).unwrap()
}

/// The documents for users and contributors.
const DOCUMENTS: [&str; 4] = [
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "PERFORMANCE.md",
];

/// The folders whose files a document may name.
const FOLDERS: [&str; 5] = ["codes/", "macros/", "runtime/", "tests/", "xtask/"];

/// Files that exist only in some workspaces.
const OPTIONAL: [&str; 1] = ["codes/severities.toml"];

/// Asserts that a path exists. What follows a placeholder, as in
/// `codes/vendors/<vendor>/source.md`, is not checked.
fn assert_exists(document: &str, path: &str) {
    let path = path.split('<').next().unwrap();
    assert!(
        OPTIONAL.contains(&path) || root().join(path).exists(),
        "{document} names `{path}`, which does not exist"
    );
}

#[test]
fn every_path_in_a_document_exists() {
    for document in DOCUMENTS {
        let text = read_document(document);
        // Splitting at backticks makes every second part code.
        for code in text.split('`').skip(1).step_by(2) {
            let is_path = FOLDERS.iter().any(|folder| code.starts_with(folder))
                && !code.contains(char::is_whitespace);
            if is_path {
                assert_exists(document, code);
            }
        }
    }
}

#[test]
fn every_link_of_a_document_leads_to_a_file() {
    for document in DOCUMENTS {
        let text = read_document(document);
        for after in text.split("](").skip(1) {
            let target = after.split(')').next().unwrap();
            let target = target.split('#').next().unwrap();
            if !target.is_empty() && !target.contains("://") {
                assert_exists(document, target);
            }
        }
    }
}

#[test]
fn the_readme_lists_every_vendor_with_its_number_of_codes_and_the_date_of_its_document() {
    let readme = read_document("README.md");
    for entry in std::fs::read_dir(root().join("codes/vendors")).unwrap() {
        let vendor = entry.unwrap().file_name().into_string().unwrap();
        let text = read_document(&format!("codes/vendors/{vendor}/spec.toml"));
        let spec = errbook_spec::parse(&Source::new("spec.toml", &text)).unwrap();
        let module = format!("| `{}` |", vendor.replace('-', "_"));
        let row = readme.lines().find(|line| line.starts_with(&module));
        let row = row.unwrap_or_else(|| panic!("README.md lacks {vendor}"));
        let codes: usize = spec.sets.iter().map(|set| set.codes.len()).sum();
        assert!(
            row.contains(&format!("| {codes} |")),
            "{row}: {codes} codes"
        );
        if let Some(date) = spec.source.and_then(|source| source.date) {
            assert!(row.contains(date.as_str()), "{row}: {}", date.value);
        }
    }
}
