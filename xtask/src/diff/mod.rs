//! Compares two states of a registry: two specs go in; findings with an id, a severity and a
//! verdict come out.

mod class;
mod codes;
mod facts;
mod overrides;
mod pairs;
mod proposal;
mod released;
mod render;
mod sets;
#[cfg(test)]
mod tests;
mod texts;
mod travel;

use std::collections::BTreeMap;

use errbook_spec::{Code, Spec, Texts};

use crate::count::count;

pub use class::{Class, Severity, Verdict};
pub use overrides::{Severities, parse as parse_severities};
pub(crate) use pairs::earlier_codes;
pub use proposal::{Proposal, with_entries};
pub use released::weigh_unreleased;
pub(crate) use render::is_variant;
pub use render::{escape_cell, json, line, markdown, markdown_table, text};
pub(crate) use texts::form_key;
pub use texts::same_but_for_form;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id, the same in every run that finds it: `VENDOR/Set.code/CLASS`, with `.DETAIL` for
    /// classes that can occur several times.
    pub id: String,
    /// The kind of difference.
    pub class: Class,
    /// How much attention it needs.
    pub severity: Severity,
    /// The smallest version bump that may contain it.
    pub verdict: Verdict,
    /// The vendor.
    pub vendor: String,
    /// The set, or `Set.code`; empty if the finding is about the whole vendor.
    pub subject: String,
    /// The code's Rust name.
    pub variant: Option<String>,
    /// A language, a parameter, or something else that distinguishes findings with the same class
    /// and subject.
    pub detail: Option<String>,
    /// The old value.
    pub old: Option<String>,
    /// The new value.
    pub new: Option<String>,
    /// The code's messages by language; the vendor's own comes first.
    pub messages: Vec<(String, String)>,
    /// The proposed overlay entry, if the finding is a possible renumbering.
    pub proposed: Option<Proposal>,
    /// What a person should do about it.
    pub help: Option<String>,
    /// The reason for a severity override.
    pub because: Option<String>,
}

impl Finding {
    pub(crate) fn new(class: Class, vendor: &str, subject: &str) -> Self {
        let mut finding = Self {
            id: String::new(),
            class,
            severity: class.severity(),
            verdict: class.verdict(),
            vendor: vendor.to_owned(),
            subject: subject.to_owned(),
            variant: None,
            detail: None,
            old: None,
            new: None,
            messages: Vec::new(),
            proposed: None,
            help: None,
            because: None,
        };
        finding.update_id();
        finding
    }

    fn update_id(&mut self) {
        let detail = self
            .detail
            .iter()
            .map(|detail| format!(".{detail}"))
            .collect::<String>();
        let subject = if self.subject.is_empty() {
            String::new()
        } else {
            format!("{}/", self.subject)
        };
        self.id = format!("{}/{subject}{}{detail}", self.vendor, self.class.word());
    }

    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self.update_id();
        self
    }

    pub(crate) fn with_old(mut self, old: Option<impl Into<String>>) -> Self {
        self.old = old.map(Into::into);
        self
    }

    pub(crate) fn with_new(mut self, new: Option<impl Into<String>>) -> Self {
        self.new = new.map(Into::into);
        self
    }

    pub(crate) fn with_weight(mut self, severity: Severity, verdict: Verdict) -> Self {
        self.severity = severity;
        self.verdict = verdict;
        self
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the Rust name and the messages of the code that the finding is about.
    fn with_code(mut self, code: &Code, spec: &Spec) -> Self {
        self.variant = Some(code.variant.value.clone());
        self.messages = own_first(&code.message, own_language(code, spec));
        self
    }
}

/// The differences between two states of one vendor. A missing state means that the vendor was
/// added or removed.
#[must_use]
pub fn diff(old: Option<&Spec>, new: Option<&Spec>) -> Vec<Finding> {
    let mut findings = Vec::new();
    match (old, new) {
        (Some(old), Some(new)) => sets::compare_specs(old, new, &mut findings),
        (None, Some(new)) => {
            let vendor = &new.vendor.value;
            findings
                .push(Finding::new(Class::VendorAdded, vendor, "").with_new(Some(size_of(new))));
            let without_sets = Spec {
                sets: Vec::new(),
                ..new.clone()
            };
            sets::compare_specs(&without_sets, new, &mut findings);
            // Every language of a new vendor is new.
            findings.retain(|finding| finding.class != Class::LanguageAdded);
        }
        (Some(old), None) => {
            let finding = Finding::new(Class::VendorRemoved, &old.vendor, "");
            findings.push(finding.with_old(Some(size_of(old))));
        }
        (None, None) => {}
    }
    findings
}

/// The smallest version bump that may contain all findings, or `None` without findings.
#[must_use]
pub fn verdict(findings: &[Finding]) -> Option<Verdict> {
    findings.iter().map(|finding| finding.verdict).max()
}

/// The number of findings of each severity, the most severe first.
#[must_use]
pub fn by_severity(findings: &[Finding]) -> Vec<(Severity, usize)> {
    let mut counts = BTreeMap::<_, usize>::new();
    for finding in findings {
        *counts.entry(finding.severity).or_default() += 1;
    }
    counts.into_iter().rev().collect()
}

fn size_of(spec: &Spec) -> String {
    let codes: usize = spec.sets.iter().map(|set| set.codes.len()).sum();
    format!(
        "{} in {}",
        count(codes, "code"),
        count(spec.sets.len(), "set")
    )
}

/// The language in which the vendor wrote a code's message.
fn own_language<'a>(code: &'a Code, spec: &'a Spec) -> &'a str {
    code.locale
        .as_ref()
        .map_or(spec.locale.as_str(), |locale| locale.as_str())
}

fn own_first(texts: &Texts, own: &str) -> Vec<(String, String)> {
    let first = texts.iter().filter(|(tag, _)| *tag == own);
    let others = texts.iter().filter(|(tag, _)| *tag != own);
    first
        .chain(others)
        .map(|(tag, text)| (tag.clone(), text.value.clone()))
        .collect()
}
