//! The history of a code: the specs of consecutive commits, compared.

use std::collections::BTreeMap;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Spec};

use crate::diff::{Finding, diff};
use crate::explain::identifies;
use crate::git::{self, Commit};
use crate::workspace::Workspace;

/// The changes of one commit.
#[derive(Debug, Clone)]
pub struct Event {
    /// The commit.
    pub commit: Commit,
    /// The changes of the requested codes.
    pub findings: Vec<Finding>,
}

/// The changes of the codes that a query names, the oldest first. A query names a code as it does
/// for `explain`.
///
/// # Errors
///
/// Git cannot be run.
pub fn history(workspace: &Workspace, query: &str) -> Result<Vec<Event>, Problems> {
    let root = workspace.root();
    let commits = git::log(root, &workspace.spec_file("*"))?;
    let asked = commits
        .iter()
        .flat_map(|(_, files)| files)
        .filter_map(|(_, blob)| blob.clone())
        .collect();
    let texts = git::blobs(root, &asked)?;
    let mut specs = BTreeMap::<String, State>::new();
    let mut events = Vec::new();
    for (commit, files) in commits {
        let mut findings = Vec::new();
        for (file, blob) in files {
            let text = blob
                .as_ref()
                .and_then(|blob| texts.get(blob))
                .map(String::as_str)
                .unwrap_or_default();
            let state = specs.entry(file.clone()).or_default();
            findings.extend(state.next(&file, text, query));
        }
        if !findings.is_empty() {
            events.push(Event { commit, findings });
        }
    }
    Ok(events)
}

/// A vendor's spec at the last commit that changed a requested code.
#[derive(Default)]
struct State {
    stanzas: Vec<u64>,
    spec: Option<Spec>,
}

impl State {
    /// The changes of the requested codes. Most commits change other codes, and are not even
    /// parsed.
    fn next(&mut self, file: &str, text: &str, query: &str) -> Vec<Finding> {
        let stanzas = stanzas(text, query);
        if stanzas == self.stanzas {
            return Vec::new();
        }
        self.stanzas = stanzas;
        // An old spec may have an old format. Specs that cannot be parsed are skipped.
        let Ok(spec) = spec::parse(&Source::new(file, text)) else {
            return Vec::new();
        };
        let spec = narrowed(spec, query);
        let findings = diff(self.spec.as_ref(), Some(&spec));
        self.spec = Some(spec);
        let about_code = |finding: &Finding| finding.variant.is_some();
        findings.into_iter().filter(about_code).collect()
    }
}

/// Hashes of the stanzas that may belong to a requested code, each with the head of its set.
fn stanzas(text: &str, query: &str) -> Vec<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let words = words(query);
    let mut set = "";
    let mut hashes = Vec::new();
    for stanza in text.split("\n\n") {
        if stanza.starts_with("[[set]]") {
            set = stanza;
        } else if words.is_empty() || contains_any(&stanza.to_lowercase(), &words) {
            let mut state = DefaultHasher::new();
            (set, stanza).hash(&mut state);
            hashes.push(state.finish());
        }
    }
    hashes
}

/// The words of a query, in lower case. The stanza of a code that the query names contains at least
/// one of them: the code, the symbol or the name.
fn words(query: &str) -> Vec<String> {
    let inside = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let words = query
        .split(|letter| !inside(letter))
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn contains_any(stanza: &str, words: &[String]) -> bool {
    words.iter().any(|word| stanza.contains(word))
}

/// The spec with only the requested codes.
fn narrowed(mut spec: Spec, query: &str) -> Spec {
    let vendor = spec.vendor.value.clone();
    for set in &mut spec.sets {
        let codes = std::mem::take(&mut set.codes);
        let wanted: Vec<_> = codes
            .into_iter()
            .filter(|code| identifies(&vendor, set, code, query))
            .collect();
        set.codes = wanted;
    }
    spec
}
