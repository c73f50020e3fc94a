//! Replays the histories of two imaginary vendors: twenty editions each, with all that the
//! maintainer does. `fixtures/replay/README.md` explains the format.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;
use toml_edit::{DocumentMut, Item, Table};

use crate::scratch::{Said, Scratch};

/// The folder of the only vendor of the registry.
const FOLDER: &str = "codes/vendors/vendor";

/// A history: the text of a file in `fixtures/replay`.
struct History {
    overlay: String,
    document: String,
    editions: Vec<Edition>,
}

/// One edition of the document.
struct Edition {
    name: String,
    changes: Vec<Vec<String>>,
    steps: Vec<Step>,
}

/// What the maintainer does: a command, and the lines below it.
struct Step {
    command: Vec<String>,
    lines: Vec<String>,
}

fn parse(text: &str) -> History {
    let mut parts = text.split("\n== ").skip(1);
    let mut part = |name: &str| {
        let text = parts.next().and_then(|part| part.strip_prefix(name));
        let text = text.and_then(|text| text.strip_prefix('\n'));
        text.unwrap_or_else(|| panic!("no part `{name}`"))
            .to_owned()
    };
    History {
        overlay: part("overlay"),
        document: part("document"),
        editions: parts.map(parse_edition).collect(),
    }
}

fn parse_edition(text: &str) -> Edition {
    let mut lines = text.lines();
    let mut edition = Edition {
        name: lines.next().unwrap().to_owned(),
        changes: vec![Vec::new()],
        steps: Vec::new(),
    };
    for line in lines.filter(|line| !line.starts_with("# ")) {
        if let Some(command) = line.strip_prefix("$ ") {
            edition.steps.push(Step {
                command: command.split_whitespace().map(str::to_owned).collect(),
                lines: Vec::new(),
            });
        } else if let Some(step) = edition.steps.last_mut() {
            step.lines
                .extend((!line.is_empty()).then(|| line.to_owned()));
        } else if line.is_empty() {
            edition.changes.push(Vec::new());
        } else {
            edition.changes.last_mut().unwrap().push(line.to_owned());
        }
    }
    edition.changes.retain(|change| !change.is_empty());
    edition
}

/// Replaces the old lines of a change, which occur exactly once in the document.
fn apply(document: &str, change: &[String], edition: &str) -> String {
    let side = |mark: char| -> String {
        let lines = change.iter().filter(|line| line.starts_with([mark, ' ']));
        let text = |line: &String| format!("{}\n", line.get(2..).unwrap_or_default());
        lines.map(text).collect()
    };
    let [old, new] = ['-', '+'].map(side);
    let document = format!("\n{document}");
    let [old, new] = [old, new].map(|text| format!("\n{text}"));
    let times = document.matches(&old).count();
    assert_eq!(
        times, 1,
        "{edition}: the old lines occur {times} times:{old}"
    );
    document.replacen(&old, &new, 1)[1..].to_owned()
}

/// Puts the lines into the tables of the overlay: each replaces the line with its key.
fn decide(overlay: &str, lines: &[String]) -> String {
    let mut overlay: DocumentMut = overlay.parse().unwrap();
    let decided: DocumentMut = lines.join("\n").parse().unwrap();
    put(overlay.as_table_mut(), decided.as_table());
    overlay.to_string()
}

fn put(overlay: &mut Table, decided: &Table) {
    for (key, item) in decided {
        match (overlay.get_mut(key), item) {
            (Some(Item::Table(old)), Item::Table(new)) => put(old, new),
            _ => _ = overlay.insert(key, item.clone()),
        }
    }
}

fn findings_of(said: &Said) -> BTreeSet<String> {
    let read: Value = serde_json::from_str(&said.out).unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = read["findings"].as_array().unwrap().iter();
    let words = ["severity", "class", "subject", "detail"];
    let line = |finding: &Value| {
        let words = words.map(|word| text(finding, word));
        let words: Vec<_> = words.iter().filter(|word| !word.is_empty()).collect();
        words
            .into_iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    };
    findings.map(line).collect()
}

/// Runs `update`, and returns what differs from the expected lines.
fn update(scratch: &Scratch, step: &Step) -> String {
    let before = scratch.tree();
    let mut arguments = vec!["update", "vendor", "new.md", "--format", "json"];
    arguments.extend(step.command[1..].iter().map(String::as_str));
    let said = scratch.run(&arguments);
    let refused: Vec<_> = (step.lines.iter())
        .filter_map(|line| line.strip_prefix("refused "))
        .collect();
    let mut wrong = String::new();
    if !refused.is_empty() {
        if said.success {
            let _ = writeln!(wrong, "was not refused: {refused:?}\n{}", said.out);
        }
        for text in refused.iter().filter(|text| !said.err.contains(**text)) {
            let _ = writeln!(wrong, "the refusal lacks `{text}`:\n{}", said.err);
        }
        assert_eq!(scratch.tree(), before, "a refused update wrote something");
        return wrong;
    }
    if !said.success {
        return format!("was refused:\n{}", said.err);
    }
    let expected: BTreeSet<_> = step.lines.iter().cloned().collect();
    let found = findings_of(&said);
    for line in expected.difference(&found) {
        let _ = writeln!(wrong, "missing: {line}");
    }
    for line in found.difference(&expected) {
        let _ = writeln!(wrong, "unexpected: {line}");
    }
    wrong
}

/// Runs `release`, and returns what is wrong about it.
fn release(scratch: &Scratch, step: &Step) -> String {
    let version = |scratch: &Scratch| -> Vec<u32> {
        let text = scratch.read("Cargo.toml");
        let (_, version) = text.split_once("version = \"").unwrap();
        let version = version.split('"').next().unwrap();
        version
            .split('.')
            .map(|part| part.parse().unwrap())
            .collect()
    };
    let before = version(scratch);
    assert!(scratch.run(&["kinds"]).success);
    let said = scratch.run(&["release", "--bump"]);
    if !said.success {
        return format!("the release was refused:\n{}", said.err);
    }
    let after = version(scratch);
    // Below 1.0, a minor change raises the last number, and a major one that in the middle.
    let bump = match &step.lines[..] {
        [] => return String::new(),
        [bump] => bump,
        lines => panic!("{lines:?}"),
    };
    let is_right = match bump.as_str() {
        "minor" => after[..2] == before[..2] && after[2] == before[2] + 1,
        "major" => after[1] == before[1] + 1,
        other => panic!("unknown bump `{other}`"),
    };
    if is_right {
        String::new()
    } else {
        format!("not a {bump} version: {before:?} to {after:?}\n")
    }
}

fn replay(name: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replay");
    let history = parse(&fs::read_to_string(file.join(name)).unwrap());
    let scratch = Scratch::vendor(&history.overlay, &history.document);
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    let mut document = history.document.clone();
    let mut wrong = String::new();
    for edition in &history.editions {
        for change in &edition.changes {
            document = apply(&document, change, &edition.name);
        }
        scratch.write("new.md", &document);
        for step in &edition.steps {
            let overlay = format!("{FOLDER}/overlay.toml");
            let problem = match step.command[0].as_str() {
                "update" => update(&scratch, step),
                "release" => release(&scratch, step),
                "decide" => {
                    scratch.write(&overlay, &decide(&scratch.read(&overlay), &step.lines));
                    String::new()
                }
                "regen" => {
                    let said = scratch.run(&["regen"]);
                    if said.success {
                        String::new()
                    } else {
                        said.err
                    }
                }
                other => panic!("unknown step `{other}`"),
            };
            if !problem.is_empty() {
                let _ = writeln!(
                    wrong,
                    "== {} $ {}\n{problem}",
                    edition.name,
                    step.command.join(" ")
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{name}:\n{wrong}");
}

#[test]
fn an_exchange_with_headings_and_bullets() {
    replay("exchange.txt");
}

#[test]
fn a_messenger_with_a_table_in_two_languages() {
    replay("messenger.txt");
}
