//! Does what a maintainer does with each edition, and says what is not as expected.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use errbook_cli::fold::text_key;
use errbook_cli::messages;
use errbook_cli::reference::{code_key, split_reference};
use errbook_cli::regen::{Gaps, Taxonomy, regen};
use errbook_cli::vendor::{Missing, Vendor as Files};
use errbook_cli::workspace::Workspace;
use errbook_spec::place::Source;
use errbook_spec::{self as spec, Spec, Status, Texts};
use serde_json::Value;

use crate::replay::history::{Edition, Step, Vendor};
use crate::replay::overlay::{decide, missing};
use crate::scratch::{Said, Scratch};

/// A registry with one vendor.
pub(super) struct Maintainer {
    scratch: Scratch,
    vendor: String,
    languages: Vec<String>,
    /// The folder of the vendor in the registry that errbook ships.
    shipped: PathBuf,
}

impl Maintainer {
    pub(super) fn new(vendor: &Vendor) -> Self {
        let codes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codes");
        match vendor {
            Vendor::Imaginary { overlay, document } => {
                let scratch = Scratch::vendor(overlay, document);
                let said = scratch.run(&["regen", "--new"]);
                assert!(said.success, "{}", said.err);
                Self {
                    scratch,
                    vendor: "vendor".to_owned(),
                    languages: Vec::new(),
                    shipped: PathBuf::new(),
                }
            }
            Vendor::Real { name, languages } => {
                let kinds = fs::read_to_string(codes.join("kinds.toml")).unwrap();
                let languages = languages.clone();
                Self {
                    scratch: Scratch::registry(&kinds, &languages),
                    vendor: name.clone(),
                    languages,
                    shipped: codes.join("vendors").join(name),
                }
            }
        }
    }

    /// Runs the steps of an edition, and returns what is wrong about each.
    pub(super) fn adopt(&self, edition: &Edition, document: &str) -> Vec<String> {
        self.scratch.write("new.md", document);
        if !self.shipped.as_os_str().is_empty()
            && self.scratch.path(&self.file("overlay.toml")).exists()
        {
            self.name_edition(&edition.name);
        }
        let mut wrong = Vec::new();
        for step in &edition.steps {
            let problem = self.run(step, &edition.name);
            if !problem.is_empty() {
                wrong.push(format!("$ {}\n{problem}", step.command.join(" ")));
            }
        }
        if !self.languages.is_empty() {
            let gaps = self.gaps();
            let stale = gaps
                .stale
                .iter()
                .map(|stale| format!("stale: {}", stale.of));
            let untranslated = gaps.untranslated.iter().flat_map(|(language, texts)| {
                texts
                    .iter()
                    .map(move |text| format!("not translated into {language}: {}", text.value))
            });
            wrong.extend(stale.chain(untranslated));
        }
        wrong
    }

    fn run(&self, step: &Step, edition: &str) -> String {
        match step.command[0].as_str() {
            "add" => self.add(step, edition),
            "count" => self.count(step),
            "update" => self.update(step),
            "written" => {
                let missing = missing(&self.read("overlay.toml"), &step.lines);
                missing
                    .iter()
                    .map(|line| format!("not written: {line}\n"))
                    .collect()
            }
            "decide" => {
                self.decide(&step.lines);
                String::new()
            }
            "name" => {
                self.decide(&step.lines);
                self.regen()
            }
            "regen" => self.regen(),
            "stale" => self.remove_stale(step),
            "shipped" => self.take_shipped(step),
            "translate" => self.translate(step),
            "release" => self.release(step),
            other => panic!("unknown step `{other}`"),
        }
    }

    /// Adds the vendor, and writes the decisions of the shipped registry with these changes.
    fn add(&self, step: &Step, edition: &str) -> String {
        let said = self.scratch.run(&["add", &self.vendor, "new.md"]);
        let shipped = fs::read_to_string(self.shipped.join("overlay.toml")).unwrap();
        self.write("overlay.toml", &decide(&shipped, &step.lines));
        self.name_edition(edition);
        let added = if said.success {
            String::new()
        } else {
            said.err
        };
        added + &self.regen()
    }

    /// Writes the edition and its date.
    fn name_edition(&self, edition: &str) {
        let date = edition.trim_end_matches(char::is_alphabetic);
        let lines = [
            format!("edition = \"{edition}\""),
            format!("date = \"{date}\""),
        ];
        self.decide(&lines);
    }

    /// Checks how many codes the sets have.
    fn count(&self, step: &Step) -> String {
        let spec = self.spec();
        let counts = spec
            .sets
            .iter()
            .map(|set| format!("{} {}", set.name.value, set.codes.len()));
        compare(&step.lines, counts)
    }

    /// Runs `update`, and returns what differs from the expected lines.
    fn update(&self, step: &Step) -> String {
        let before = self.scratch.tree();
        let mut arguments = vec!["update", &self.vendor, "new.md", "--format", "json"];
        arguments.extend(step.command[1..].iter().map(String::as_str));
        let said = self.scratch.run(&arguments);
        if !step.is_refused() {
            if !said.success {
                return format!("was refused:\n{}", said.err);
            }
            return compare(&step.lines, findings_of(&said));
        }
        if said.success {
            return format!("was not refused: {:?}\n{}", step.refusals(), said.out);
        }
        assert_eq!(
            self.scratch.tree(),
            before,
            "a refused update wrote something"
        );
        let mut wrong = String::new();
        for text in step
            .refusals()
            .iter()
            .filter(|text| !said.err.contains(**text))
        {
            let _ = write!(wrong, "the refusal lacks `{text}`:\n{}", said.err);
        }
        let withdrawn: Vec<_> = step.withdrawn().into_iter().map(str::to_owned).collect();
        if !withdrawn.is_empty() {
            wrong += &compare(&withdrawn, gone_in(&said.err));
        }
        let is_finding = |line: &&String| {
            !["refused ", "withdrawn "]
                .iter()
                .any(|word| line.starts_with(word))
        };
        let expected: Vec<_> = step.lines.iter().filter(is_finding).collect();
        if !expected.is_empty() {
            let found = findings_of(&said);
            let missing = expected.into_iter().filter(|line| !found.contains(*line));
            wrong.extend(missing.map(|line| format!("missing: {line}\n")));
        }
        wrong
    }

    /// Removes the stale translations, of which there must be as many as the command says.
    fn remove_stale(&self, step: &Step) -> String {
        let stale = self.gaps().stale;
        let expected: usize = step.command[1].parse().unwrap();
        for language in &self.languages {
            let file = format!("messages/{language}.toml");
            if !self.scratch.path(&self.file(&file)).exists() {
                continue;
            }
            let mut messages: toml_edit::DocumentMut = self.read(&file).parse().unwrap();
            let texts = messages["text"].as_array_of_tables_mut().unwrap();
            let path = self.file(&file);
            let of_file = stale
                .iter()
                .filter(|it| it.place.file.as_deref() == Some(&*path));
            let stale: BTreeSet<_> = of_file
                .map(|it| (it.of.clone(), it.within.clone()))
                .collect();
            texts.retain(|text| {
                let within = text.get("in").and_then(|it| it.as_str()).map(str::to_owned);
                !stale.contains(&(text["of"].as_str().unwrap().to_owned(), within))
            });
            self.write(&file, &messages.to_string());
        }
        let list: String = stale
            .iter()
            .map(|it| format!("stale: {}: {}\n", it.place, it.of))
            .collect();
        if stale.len() == expected {
            String::new()
        } else {
            format!("not {expected}, but {}:\n{list}", stale.len())
        }
    }

    /// Adopts the translations of the shipped registry for as many texts as the command says.
    fn take_shipped(&self, step: &Step) -> String {
        let expected: usize = step.command[1].parse().unwrap();
        let mut taken = 0;
        for (language, texts) in self.gaps().untranslated {
            let file = self.shipped.join(format!("messages/{language}.toml"));
            let text = fs::read_to_string(file).unwrap();
            let shipped = messages::parse(&Source::new("shipped", &text), &language).unwrap();
            let mut keys = BTreeSet::new();
            for text in texts {
                let key = text_key(&text);
                if keys.insert(key.clone()) {
                    let entries = shipped.entries().filter(|entry| text_key(&entry.of) == key);
                    for entry in entries {
                        let within = entry.within.as_ref().map(|within| within.value.as_str());
                        self.add_text(&language, within, &text, &entry.is);
                        taken += 1;
                    }
                }
            }
        }
        let problem = self.regen();
        if taken == expected {
            problem
        } else {
            format!("not {expected}, but {taken}\n{problem}")
        }
    }

    /// Writes the translations of texts, which are found by what has them.
    fn translate(&self, step: &Step) -> String {
        let spec = self.spec();
        for line in &step.lines {
            let (what, is) = line.split_once(" = ").unwrap();
            let words: Vec<_> = what.split(' ').collect();
            let [language, subject, field] = words[..] else {
                panic!("{line}");
            };
            let Some(texts) = find_texts(&spec, subject, field) else {
                return format!("{subject} is not in the spec\n");
            };
            let Some(of) = texts.get(&spec.locale) else {
                return format!("{subject} has no {field}\n");
            };
            self.add_text(language, None, of, &is.replace("\\n", "\n"));
        }
        self.regen()
    }

    fn add_text(&self, language: &str, within: Option<&str>, of: &str, is: &str) {
        let file = format!("messages/{language}.toml");
        let path = self.scratch.path(&self.file(&file));
        let mut text = fs::read_to_string(path).unwrap_or_else(|_| "schema = 1\n".to_owned());
        let quoted = |text: &str| toml_edit::Value::from(text).to_string();
        text += "\n[[text]]\n";
        if let Some(within) = within {
            let _ = writeln!(text, "in = {}", quoted(within));
        }
        let _ = write!(text, "of = {}\nis = {}\n", quoted(of), quoted(is));
        self.write(&file, &text);
    }

    /// Runs `release`, and returns what is wrong about it.
    fn release(&self, step: &Step) -> String {
        let version = || -> Vec<u32> {
            let text = self.scratch.read("Cargo.toml");
            let (_, version) = text.split_once("version = \"").unwrap();
            let version = version.split('"').next().unwrap();
            version
                .split('.')
                .map(|part| part.parse().unwrap())
                .collect()
        };
        let before = version();
        assert!(self.scratch.run(&["kinds"]).success);
        let said = self.scratch.run(&["release", "--bump"]);
        if !said.success {
            return format!("the release was refused:\n{}", said.err);
        }
        let after = version();
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

    fn regen(&self) -> String {
        let said = self.scratch.run(&["regen"]);
        if said.success {
            String::new()
        } else {
            said.err
        }
    }

    /// What is stale and missing in the translations.
    fn gaps(&self) -> Gaps {
        let workspace = Workspace::open(&self.scratch.path("")).unwrap();
        let files = Files::read(&workspace, &self.vendor, Missing::Refused).unwrap();
        let kinds = workspace
            .kinds()
            .unwrap()
            .map(|kinds| Taxonomy::new(&kinds));
        // The step that made it fail says so.
        regen(&files, kinds.as_ref()).map_or_else(|_| Gaps::default(), |done| done.account.gaps)
    }

    fn spec(&self) -> Spec {
        spec::parse(&Source::new("spec.toml", &self.read("spec.toml"))).unwrap()
    }

    fn decide(&self, lines: &[String]) {
        self.write("overlay.toml", &decide(&self.read("overlay.toml"), lines));
    }

    fn file(&self, name: &str) -> String {
        format!("codes/vendors/{}/{name}", self.vendor)
    }

    fn read(&self, name: &str) -> String {
        self.scratch.read(&self.file(name))
    }

    fn write(&self, name: &str, text: &str) {
        self.scratch.write(&self.file(name), text);
    }
}

/// The texts of `Set`, `Set/section` or `Set.code`.
fn find_texts<'a>(spec: &'a Spec, subject: &str, field: &str) -> Option<&'a Texts> {
    let set = |name: &str| spec.sets.iter().find(|set| set.name.value == name);
    if let Some((name, section)) = subject.split_once('/') {
        let mut sections = set(name)?.sections.iter();
        return Some(&sections.find(|it| it.id.value == section)?.title);
    }
    let parts = split_reference(subject, 3)?;
    let set = set(&parts[0])?;
    if parts.len() == 1 {
        return Some(&set.title);
    }
    let reference = subject.split_once('.')?.1;
    let active = set
        .codes
        .iter()
        .filter(|code| code.status == Status::Active);
    let mut codes = active.chain(&set.codes);
    let code = codes.find(|code| code_key(code, set.identity).reference() == reference)?;
    match field {
        "message" => Some(&code.message),
        "remedy" => Some(&code.remedy),
        other => panic!("unknown field `{other}`"),
    }
}

/// The findings that a command printed, in the form of a history.
fn findings_of(said: &Said) -> BTreeSet<String> {
    let Ok(read) = serde_json::from_str::<Value>(&said.out) else {
        return BTreeSet::new();
    };
    let findings = read["findings"].as_array().unwrap().iter();
    let words = ["severity", "class", "subject", "detail"];
    let line = |finding: &Value| {
        let words = words.map(|word| finding[word].as_str().unwrap_or_default());
        let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    findings.map(line).collect()
}

/// The codes that a refusal names as gone.
fn gone_in(refusal: &str) -> BTreeSet<String> {
    let mut gone = BTreeSet::new();
    for line in refusal.lines() {
        let Some((before, codes)) = line.split_once(" not in the new document: ") else {
            continue;
        };
        let set = before
            .rsplit_once(": ")
            .map_or(before, |(before, _)| before);
        let set = set.rsplit(' ').next().unwrap();
        for code in codes.split(", ") {
            gone.insert(format!("{set}.{}", code.split(' ').next().unwrap()));
        }
    }
    gone
}

/// What is missing and what is unexpected.
fn compare(expected: &[String], found: impl IntoIterator<Item = String>) -> String {
    let expected: BTreeSet<_> = expected.iter().cloned().collect();
    let found: BTreeSet<_> = found.into_iter().collect();
    let missing = expected
        .difference(&found)
        .map(|line| format!("missing: {line}\n"));
    let unexpected = found
        .difference(&expected)
        .map(|line| format!("unexpected: {line}\n"));
    missing.chain(unexpected).collect()
}
