//! Every problem of a spec and of an overrides file: `problems/*.txt` has small specs that break a
//! rule, what is reported, and the nearest spec that keeps it.
//!
//! ```text
//! === what is wrong
//! [[set.code]]
//! code = "1"
//! variant = "one"         #-> variant = "One"
//! --- overrides
//! [set.C.code]
//! 2 = { retry = "never" } #-> 1 = { retry = "never" }
//! --- problems
//! spec.toml:8:11: variant `one` is not in UpperCamelCase
//!   help: for example `One`
//! ```
//!
//! With the lines after `#->` in place of the lines before it, nothing is reported. The overrides
//! file may be missing. A spec that begins with `[[set]]` or `[[set.code]]`, and an overrides file
//! that begins with `[set`, get what they need before that. `INSTA_UPDATE=always` writes what is
//! reported, for a person to read before it is committed.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use errbook_spec::open_with;
use errbook_spec::place::Source;

const HEAD: &str = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n";
const SET: &str = "[[set]]\nname = \"C\"\n";
const HEAD_OF_OVERRIDES: &str = "schema = 1\nvendor = \"shop\"\n";

/// What a line has before the line that takes its place.
const RIGHT: &str = "#->";

struct Case {
    name: String,
    spec: String,
    overrides: Option<String>,
    reported: String,
}

impl Case {
    /// Reads a case without the `=== ` before its name.
    fn read(text: &str) -> Self {
        let (name, rest) = text.split_once('\n').expect("a name in a line of its own");
        let (files, reported) = rest
            .split_once("--- problems\n")
            .unwrap_or_else(|| panic!("{name}: no `--- problems`"));
        let (spec, overrides) = match files.split_once("--- overrides\n") {
            Some((spec, overrides)) => (spec, Some(overrides.to_owned())),
            None => (files, None),
        };
        Self {
            name: name.to_owned(),
            spec: spec.to_owned(),
            overrides,
            reported: reported.trim_end().to_owned(),
        }
    }

    fn written(&self) -> String {
        let mut text = format!("=== {}\n{}", self.name, self.spec);
        if let Some(overrides) = &self.overrides {
            text.extend(["--- overrides\n", overrides]);
        }
        let _ = write!(text, "--- problems\n{}\n\n", self.reported);
        text
    }

    /// The problems and warnings of both files, each changed by `edit`.
    fn report(&self, edit: fn(&str) -> String) -> String {
        let head = match &self.spec {
            spec if spec.starts_with("[[set]]") => HEAD.to_owned(),
            spec if spec.starts_with("[[set.code]]") => format!("{HEAD}{SET}"),
            _ => String::new(),
        };
        let spec = Source::new("spec.toml", &edit(&(head + &self.spec)));
        let overrides = self.overrides.as_ref().map(|overrides| {
            let is_part = overrides.starts_with("[set");
            let head = if is_part { HEAD_OF_OVERRIDES } else { "" };
            Source::new("mine.toml", &edit(&format!("{head}{overrides}")))
        });
        let (problems, warnings) = match open_with(&spec, overrides.as_ref(), &[]) {
            Ok(opened) => (String::new(), opened.warnings),
            Err(broken) => {
                assert!(!broken.problems.is_empty(), "{}", self.name);
                (broken.problems.to_string(), broken.warnings)
            }
        };
        let mut report = problems;
        for warning in warnings.iter() {
            let _ = write!(report, "\nwarning: {warning}");
        }
        report.trim_start().to_owned()
    }
}

/// The text as it is written in the case.
fn as_written(text: &str) -> String {
    text.to_owned()
}

/// The text with what a checkout with `core.autocrlf=true` has at the end of each line.
fn with_crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// The text with the right lines.
fn corrected(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(RIGHT) {
        Some((_, right)) => right.trim_start(),
        None => line,
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let files = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

fn read_cases(file: &Path) -> (String, Vec<Case>) {
    let text = std::fs::read_to_string(file).unwrap();
    let mut parts = text.split("=== ");
    let head = parts.next().unwrap().to_owned();
    (head, parts.map(Case::read).collect())
}

#[test]
fn what_breaks_a_rule_is_reported_with_its_place_and_what_to_do() {
    let is_accepted = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    for file in files() {
        let (mut text, mut cases) = read_cases(&file);
        for case in &mut cases {
            let report = case.report(as_written);
            if is_accepted {
                case.reported = report;
            } else {
                assert_eq!(report, case.reported, "{}: {}", file.display(), case.name);
            }
            text += &case.written();
        }
        if is_accepted {
            std::fs::write(file, text.trim_end().to_owned() + "\n").unwrap();
        }
    }
}

#[test]
fn what_keeps_the_rule_is_not_reported() {
    for case in files().iter().flat_map(|file| read_cases(file).1) {
        assert!(!case.reported.is_empty(), "{}", case.name);
        assert_eq!(case.report(corrected), "", "{}", case.name);
    }
}

#[test]
fn problems_have_the_same_lines_and_columns_with_other_line_ends() {
    for case in files().iter().flat_map(|file| read_cases(file).1) {
        let report = case.report(with_crlf);
        assert_eq!(report, case.report(as_written), "{}", case.name);
    }
}
