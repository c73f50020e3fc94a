//! Two states of a registry in, what became of every promise out: findings with an id, a severity and a verdict.

mod class;
mod codes;
mod facts;
mod overrides;
mod pairs;
mod proposal;
mod render;
mod sets;
mod texts;
mod travel;

use std::collections::BTreeMap;

use errbook_spec::Texts;
use errbook_spec::{Code, Spec};

use crate::count::count;

pub use class::{Class, Severity, Verdict};
pub use overrides::{Severities, parse as parse_severities};
pub use proposal::{Proposal, with_entries};
pub use render::{json, line, markdown, text};
pub use texts::same_but_for_form;

/// One thing that is different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is called in every run that finds it: `VENDOR/Set.code/CLASS`, with `.DETAIL` where a class needs it.
    pub id: String,
    /// What kind of difference it is.
    pub class: Class,
    /// How much a person must look at it.
    pub severity: Severity,
    /// The least version that may carry it.
    pub verdict: Verdict,
    /// The vendor.
    pub vendor: String,
    /// The set, or `Set.code`; nothing where it is the whole vendor.
    pub subject: String,
    /// The code's Rust name.
    pub variant: Option<String>,
    /// A language, a parameter, or whatever else tells two findings of one class and subject apart.
    pub detail: Option<String>,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// The code's messages, by language, the vendor's own first.
    pub messages: Vec<(String, String)>,
    /// What is proposed, where it is a rename.
    pub proposed: Option<Proposal>,
    /// What to do about it, where a person must.
    pub help: Option<String>,
    /// Why a person gave it another severity.
    pub because: Option<String>,
}

impl Finding {
    fn new(class: Class, vendor: &str, subject: &str) -> Self {
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
        finding.name();
        finding
    }

    fn name(&mut self) {
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

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self.name();
        self
    }

    fn was(mut self, old: Option<impl Into<String>>) -> Self {
        self.old = old.map(Into::into);
        self
    }

    fn is(mut self, new: Option<impl Into<String>>) -> Self {
        self.new = new.map(Into::into);
        self
    }

    fn weighs(mut self, severity: Severity, verdict: Verdict) -> Self {
        (self.severity, self.verdict) = (severity, verdict);
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn of(mut self, code: &Code, spec: &Spec) -> Self {
        self.variant = Some(code.variant.value.clone());
        self.messages = own_first(&code.message, own(code, spec));
        self
    }
}

/// All that is different between two states of one vendor. Where one is missing, the vendor came or went.
#[must_use]
pub fn diff(old: Option<&Spec>, new: Option<&Spec>) -> Vec<Finding> {
    let mut findings = Vec::new();
    match (old, new) {
        (Some(old), Some(new)) => sets::spec(old, new, &mut findings),
        (None, Some(new)) => {
            let vendor = &new.vendor.value;
            findings.push(Finding::new(Class::VendorAdded, vendor, "").is(Some(size(new))));
            sets::spec(
                &Spec {
                    sets: Vec::new(),
                    ..new.clone()
                },
                new,
                &mut findings,
            );
            findings.retain(|finding| finding.class != Class::LanguageAdded);
        }
        (Some(old), None) => {
            findings.push(Finding::new(Class::VendorRemoved, &old.vendor, "").was(Some(size(old))));
        }
        (None, None) => {}
    }
    findings
}

/// The least version that may carry all of them; none where nothing is different.
#[must_use]
pub fn verdict(findings: &[Finding]) -> Option<Verdict> {
    findings.iter().map(|finding| finding.verdict).max()
}

/// How many findings there are of each severity, the heaviest first.
#[must_use]
pub fn by_severity(findings: &[Finding]) -> Vec<(Severity, usize)> {
    let mut counts = BTreeMap::<_, usize>::new();
    for finding in findings {
        *counts.entry(finding.severity).or_default() += 1;
    }
    counts.into_iter().rev().collect()
}

fn size(spec: &Spec) -> String {
    let codes: usize = spec.sets.iter().map(|set| set.codes.len()).sum();
    format!(
        "{} in {}",
        count(codes, "code"),
        count(spec.sets.len(), "set")
    )
}

/// The language of the vendor's own text.
fn own<'a>(code: &'a Code, spec: &'a Spec) -> &'a str {
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
