//! Later editions of five documents, made by hand from what vendors do, and what a comparison must find in each.
//!
//! `fixtures/editions/VENDOR/EDITION/expected.txt` was written before any comparison ran: a finding a line, as
//! `severity class subject [detail]`. `form only` says that nothing weighs more than cosmetic and that no translation
//! is stale; `stale N` how many are; `refused TEXT` that the update is refused at first, with these words: until the
//! overlay is the one beside the edition, or, where there is none, until the removals are accepted.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use errbook_cli::diff::{Finding, Severity};
use errbook_cli::regen::{Taxonomy, regen};
use errbook_cli::update::{Update, update};
use errbook_cli::vendor::{Missing, Vendor};
use errbook_cli::workspace::Workspace;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, word};
use tempfile::TempDir;

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

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A vendor as it is before its new edition arrives.
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
        let base = fixtures().join(vendor).join("base");
        for file in ["source.md", "overlay.toml"] {
            fs::copy(base.join(file), home.join(file)).unwrap();
        }
        for entry in fs::read_dir(base.join("messages")).unwrap().flatten() {
            fs::copy(entry.path(), home.join("messages").join(entry.file_name())).unwrap();
        }
        let kinds = Source::new("kinds.toml", &read(&fixtures().join("kinds.toml")));
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

    fn put(&self, file: &str, text: &str) {
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
        let document = Source::new("new.md", &read(&edition.join("source.md")));
        update(
            &self.workspace,
            self.vendor,
            &document,
            Some(&self.taxonomy),
        )
    }
}

/// What expected.txt says.
#[derive(Default)]
struct Expected {
    findings: BTreeSet<String>,
    refused: Option<String>,
    form_only: bool,
    stale: usize,
}

fn expected(text: &str) -> Expected {
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

fn line(finding: &Finding) -> String {
    let detail = finding
        .detail
        .iter()
        .map(|detail| format!(" {detail}"))
        .collect::<String>();
    let severity = word(Severity::WORDS, finding.severity);
    format!(
        "{severity} {} {}{detail}",
        finding.class.word(),
        finding.subject
    )
}

fn editions(vendor: &str) -> Vec<PathBuf> {
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
        let editions = editions(vendor);
        assert!(editions.len() >= 3, "{vendor}");
        for edition in editions {
            wrong += &compare(vendor, &edition);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Needs cargo-semver-checks, and minutes: `cargo test -p errbook-cli --test cli editions -- --ignored --nocapture`.
#[test]
#[ignore = "needs cargo-semver-checks, and minutes"]
fn the_required_version_is_at_least_that_of_cargo_semver_checks() {
    for vendor in VENDORS {
        for edition in editions(vendor) {
            let base = Base::new(vendor);
            if edition.join("overlay.toml").exists() {
                base.put("overlay.toml", &read(&edition.join("overlay.toml")));
            }
            let new = Source::new("new.toml", &base.update(&edition).unwrap().regenerated.text);
            let old = base.folder.path().join("codes/vendors").join(vendor);
            let old = Source::new("old.toml", &read(&old.join("spec.toml")));
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
            println!("{}", edition.strip_prefix(fixtures()).unwrap().display());
            crate::semver_checks::verdict_is_at_least_theirs(vendor, &old, &new, root);
        }
    }
}

fn compare(vendor: &'static str, edition: &Path) -> String {
    let name = format!(
        "{vendor}/{}",
        edition.file_name().unwrap().to_string_lossy()
    );
    let expected = expected(&read(&edition.join("expected.txt")));
    let base = Base::new(vendor);
    let mut wrong = refused(&base, edition, expected.refused.as_deref());
    if edition.join("overlay.toml").exists() {
        base.put("overlay.toml", &read(&edition.join("overlay.toml")));
    }
    match base.update(edition) {
        Err(problems) => _ = writeln!(wrong, "is refused: {problems}"),
        Ok(update) => wrong += &found(&update, &expected),
    }
    if wrong.is_empty() {
        wrong
    } else {
        format!("== {name}\n{wrong}")
    }
}

fn refused(base: &Base, edition: &Path, words: Option<&str>) -> String {
    let said = match base.update(edition) {
        Err(problems) => problems.to_string(),
        Ok(update) => update.losses.join("\n"),
    };
    match words {
        Some(words) if !said.contains(words) => {
            format!("should be refused with `{words}`, and said `{said}`\n")
        }
        None if !said.is_empty() => format!("should not be refused: {said}\n"),
        _ => String::new(),
    }
}

fn found(update: &Update, expected: &Expected) -> String {
    let lines: BTreeSet<_> = update.findings.iter().map(line).collect();
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
        wrong += "changes only form, and a finding is above cosmetic\n";
    }
    wrong
}
