//! Checks that the files which the project's Markdown documents name exist, that the README's table
//! of vendors is right, and that the documents show what the tool prints.

use errbook_spec::Superseded;
use errbook_spec::place::Source;

use crate::shipped::{root, run_errbook};

fn read_document(document: &str) -> String {
    std::fs::read_to_string(root().join(document)).unwrap()
}

/// The documents for users and contributors.
const DOCUMENTS: [&str; 5] = [
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "PERFORMANCE.md",
    "SECURITY.md",
];

/// The folders whose files a document may name.
const FOLDERS: [&str; 5] = ["codes/", "macros/", "runtime/", "tests/", "xtask/"];

/// Files that exist only in some workspaces.
const OPTIONAL: [&str; 1] = ["codes/severities.toml"];

/// Asserts that a path exists. What follows a placeholder or a wildcard, as in
/// `codes/vendors/<vendor>/source.md`, is not checked.
fn assert_exists(document: &str, path: &str) {
    let path = path.split(['<', '*']).next().unwrap();
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
            // The README is also the page of each package, where only whole addresses work.
            let published = ["blob", "tree"].iter().find_map(|kind| {
                let main = format!("{}/{kind}/main/", env!("CARGO_PKG_REPOSITORY"));
                target.strip_prefix(main.as_str())
            });
            assert!(
                document != "README.md" || target.is_empty() || target.contains("://"),
                "the link to {target} in README.md works only here"
            );
            if let Some(path) = published {
                assert_exists(document, path);
            } else if !target.is_empty() && !target.contains("://") {
                assert_exists(document, target);
            }
        }
    }
}

#[test]
fn the_readme_lists_every_vendor_with_its_number_of_codes_and_the_age_of_its_document() {
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
        let source = spec.source.unwrap();
        let superseded = source.superseded.map(|at| match at.value {
            Superseded::Since(day) => day,
            Superseded::Undated => "superseded".to_owned(),
        });
        let told = [source.date.map(|at| at.value), superseded];
        for told in told.iter().flatten() {
            assert!(row.contains(told.as_str()), "{row}: {told}");
        }
    }
}

/// The lines of a document after the line `$ command`, up to the end of the block or an ellipsis.
fn shown_output(document: &str, command: &str) -> String {
    let text = read_document(document);
    let after = text.split_once(&format!("$ {command}\n"));
    let (_, after) = after.unwrap_or_else(|| panic!("{document} lacks `$ {command}`"));
    let is_output = |line: &&str| !line.starts_with("```") && line.trim() != "…";
    let lines: Vec<&str> = after.lines().take_while(is_output).collect();
    assert!(!lines.is_empty(), "{document} shows no output of {command}");
    lines.join("\n")
}

#[test]
fn contributing_shows_what_update_prints() {
    let edition = "xtask/tests/fixtures/editions/tencent-huiyan/billing-flipped/source.md";
    let printed = run_errbook(&[
        "update",
        "tencent-huiyan",
        edition,
        "--accept-removals",
        "--dry-run",
    ]);
    let text = read_document("CONTRIBUTING.md");
    let (_, after) = text.split_once("$ cargo xtask update").unwrap();
    let shown = after.split("\n$ ").next().unwrap();
    let (_, shown) = shown.split_once('\n').unwrap();
    assert!(printed.starts_with(&format!("{shown}\n")), "{printed}");
}

#[test]
fn the_guide_shows_what_explain_and_regen_print() {
    let document = "runtime/src/guide/tool.md";
    let card = run_errbook(&["explain", "-5007"]);
    assert_eq!(
        shown_output(document, "errbook explain -5007"),
        card.trim_end()
    );
    // `--check` writes nothing and prints the same counts below its first line.
    let checked = run_errbook(&["regen", "tencent-kyc", "--check"]);
    let shown = shown_output(document, "errbook regen tencent-kyc");
    let (heading, counts) = shown.split_once('\n').unwrap();
    assert_eq!(heading, "tencent-kyc: spec.toml unchanged");
    assert!(checked.contains(&format!("\n{counts}\n")), "{checked}");
}
