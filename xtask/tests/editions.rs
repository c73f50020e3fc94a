//! Updates five documents to later editions, written by hand after what vendors do, and compares
//! the findings with the expected ones.
//!
//! `fixtures/editions/VENDOR/EDITION/expected.txt` was written before any comparison ran. Each line
//! is a finding: `severity class subject [detail]`. Other lines are: `form only`, all findings are
//! cosmetic; `stale N`, the number of stale translations (0 without such a line); `refused TEXT`,
//! the update first fails with this message, and succeeds with the overlay beside the edition or,
//! without one, if removals are accepted.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use errbook_cli::diff::{Finding, Severity};
use errbook_cli::regen::{Named, Taxonomy, regen};
use errbook_cli::update::{Accepted, Update, refusal, update};
use errbook_cli::vendor::{Missing, Original, Vendor};
use errbook_cli::workspace::Workspace;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, word};
use tempfile::TempDir;

use crate::scratch::CONFIG;

const VENDORS: [&str; 5] = [
    "idverify-gateway",
    "megvii-faceid",
    "tencent-faceid-sdk",
    "tencent-huiyan",
    "tencent-kyc",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/editions")
}

fn read_file(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A workspace with a vendor before the update to a new edition.
struct Base {
    folder: TempDir,
    workspace: Workspace,
    taxonomy: Taxonomy,
    vendor: &'static str,
}

impl Base {
    fn new(vendor: &'static str) -> Self {
        let folder = TempDir::new().unwrap();
        let home = folder.path().join("codes/vendors").join(vendor);
        fs::create_dir_all(home.join("messages")).unwrap();
        fs::write(folder.path().join("errbook.toml"), CONFIG).unwrap();
        let base = fixtures().join(vendor).join("base");
        for file in ["source.md", "overlay.toml"] {
            fs::copy(base.join(file), home.join(file)).unwrap();
        }
        for entry in fs::read_dir(base.join("messages")).unwrap().flatten() {
            fs::copy(entry.path(), home.join("messages").join(entry.file_name())).unwrap();
        }
        let kinds = Source::new("kinds.toml", &read_file(&fixtures().join("kinds.toml")));
        let taxonomy = Taxonomy::new(&spec::parse(&kinds).unwrap());
        let workspace = Workspace::open(folder.path()).unwrap();
        let done = regen(
            &Vendor::read(&workspace, vendor, Missing::Begins).unwrap(),
            Some(&taxonomy),
        )
        .unwrap();
        fs::write(home.join("spec.toml"), done.text).unwrap();
        Self {
            folder,
            workspace,
            taxonomy,
            vendor,
        }
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(
            self.folder
                .path()
                .join("codes/vendors")
                .join(self.vendor)
                .join(file),
            text,
        )
        .unwrap();
    }

    fn update(&self, edition: &Path) -> Result<Update, Problems> {
        let document = Original::new("new.md", read_file(&edition.join("source.md")));
        update(
            &self.workspace,
            self.vendor,
            &document,
            &Named::default(),
            Some(&self.taxonomy),
        )
    }
}

/// The contents of expected.txt.
#[derive(Default)]
struct Expected {
    findings: BTreeSet<String>,
    refused: Option<String>,
    form_only: bool,
    stale: usize,
}

fn parse_expected(text: &str) -> Expected {
    let mut expected = Expected::default();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if line == "form only" {
            expected.form_only = true;
        } else if let Some(words) = line.strip_prefix("refused ") {
            expected.refused = Some(words.to_owned());
        } else if let Some(number) = line.strip_prefix("stale ") {
            expected.stale = number.parse().unwrap();
        } else {
            expected.findings.insert(line.to_owned());
        }
    }
    expected
}

fn format_finding(finding: &Finding) -> String {
    let detail = finding
        .detail
        .iter()
        .map(|detail| format!(" {detail}"))
        .collect::<String>();
    let severity = word(Severity::WORDS, finding.severity);
    let line = format!(
        "{severity} {} {}{detail}",
        finding.class.word(),
        finding.subject
    );
    line.trim_end().to_owned()
}

fn editions_of(vendor: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(fixtures().join(vendor))
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let mut editions: Vec<_> = entries.filter(|path| !path.ends_with("base")).collect();
    editions.sort();
    editions
}

#[test]
fn every_edition_has_exactly_the_expected_findings() {
    let mut wrong = String::new();
    for vendor in VENDORS {
        let editions = editions_of(vendor);
        assert!(editions.len() >= 3, "{vendor}");
        for edition in editions {
            wrong += &compare_edition(vendor, &edition);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Run it with `cargo test -p errbook-cli --test cli editions -- --ignored --nocapture`.
#[test]
#[ignore = "requires cargo-semver-checks, and takes minutes"]
fn the_required_version_is_at_least_that_of_cargo_semver_checks() {
    for vendor in VENDORS {
        for edition in editions_of(vendor) {
            let base = Base::new(vendor);
            if edition.join("overlay.toml").exists() {
                base.write("overlay.toml", &read_file(&edition.join("overlay.toml")));
            }
            let new = Source::new("new.toml", &base.update(&edition).unwrap().regenerated.text);
            let old = base.folder.path().join("codes/vendors").join(vendor);
            let old = Source::new("old.toml", &read_file(&old.join("spec.toml")));
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
            println!("{}", edition.strip_prefix(fixtures()).unwrap().display());
            crate::semver_checks::assert_verdict_is_sufficient(vendor, &old, &new, root);
        }
    }
}

/// Returns the differences from the expected findings.
fn compare_edition(vendor: &'static str, edition: &Path) -> String {
    let name = format!(
        "{vendor}/{}",
        edition.file_name().unwrap().to_string_lossy()
    );
    let expected = parse_expected(&read_file(&edition.join("expected.txt")));
    let base = Base::new(vendor);
    let mut wrong = compare_refusal(&base, edition, expected.refused.as_deref());
    if edition.join("overlay.toml").exists() {
        base.write("overlay.toml", &read_file(&edition.join("overlay.toml")));
    }
    match base.update(edition) {
        Err(problems) => _ = writeln!(wrong, "was refused: {problems}"),
        Ok(update) => wrong += &compare_findings(&update, &expected),
    }
    if wrong.is_empty() {
        wrong
    } else {
        format!("== {name}\n{wrong}")
    }
}

/// Compares the first attempt with `refused`.
fn compare_refusal(base: &Base, edition: &Path, words: Option<&str>) -> String {
    let said = match base.update(edition) {
        Err(problems) => problems.to_string(),
        Ok(update) => {
            refusal(&update, &Original::new("new.md", ""), Accepted::default()).to_string()
        }
    };
    match words {
        Some(words) if !said.contains(words) => {
            format!("expected to be refused with `{words}`, but got `{said}`\n")
        }
        None if !said.is_empty() => format!("unexpectedly refused: {said}\n"),
        _ => String::new(),
    }
}

/// Compares the findings of a successful update.
fn compare_findings(update: &Update, expected: &Expected) -> String {
    let lines: BTreeSet<_> = update.findings.iter().map(format_finding).collect();
    let ids: BTreeSet<_> = update.findings.iter().map(|finding| &finding.id).collect();
    assert_eq!(ids.len(), update.findings.len(), "two findings have one id");
    let mut wrong: String = expected
        .findings
        .difference(&lines)
        .map(|line| format!("missing: {line}\n"))
        .collect();
    wrong.extend(
        lines
            .difference(&expected.findings)
            .map(|line| format!("unexpected: {line}\n")),
    );
    let stale = &update.regenerated.account.gaps.stale;
    if stale.len() != expected.stale {
        let of: Vec<_> = stale.iter().map(|stale| &stale.of).collect();
        let _ = writeln!(
            wrong,
            "{} translations are stale, not {}: {of:?}",
            stale.len(),
            expected.stale
        );
    }
    if expected.form_only
        && update
            .findings
            .iter()
            .any(|finding| finding.severity > Severity::Cosmetic)
    {
        wrong += "expected only cosmetic findings\n";
    }
    wrong
}
