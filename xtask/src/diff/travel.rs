//! Collects the codes that are missing from the new state and those that are new in it, and finds
//! those that moved to another set or may have been renumbered.

use std::collections::HashMap;

use errbook_spec::{Code, Set, Spec};

use crate::diff::sets::subject_of;
use crate::diff::{Class, Finding, Proposal, Severity, Verdict, own_language};
use crate::fold::text_key;
use crate::reference::code_key;

/// A code that is missing from its set, or retired in it.
struct Missing<'a> {
    set: &'a Set,
    code: &'a Code,
    /// The retired code in the new state, if it was kept.
    retired: Option<(&'a Set, &'a Code)>,
}

/// The codes that are missing and new, until each is reported.
pub(super) struct Travel<'a> {
    old: &'a Spec,
    new: &'a Spec,
    missing: Vec<Missing<'a>>,
    added: Vec<Added<'a>>,
}

/// A code that is new in its set.
type Added<'a> = (&'a Set, &'a Code);

impl<'a> Travel<'a> {
    pub(super) fn new(old: &'a Spec, new: &'a Spec) -> Self {
        Self {
            old,
            new,
            missing: Vec::new(),
            added: Vec::new(),
        }
    }

    pub(super) fn add_missing(
        &mut self,
        set: &'a Set,
        code: &'a Code,
        retired: Option<(&'a Set, &'a Code)>,
    ) {
        self.missing.push(Missing { set, code, retired });
    }

    pub(super) fn add_new(&mut self, set: &'a Set, code: &'a Code) {
        self.added.push((set, code));
    }

    pub(super) fn finish(mut self, findings: &mut Vec<Finding>) {
        self.report_moved(findings);
        self.propose_renames(findings);
        for Missing { set, code, retired } in &self.missing {
            let finding = match retired {
                Some((set, code)) => {
                    let instead = code.replaced_by.as_ref().map(|other| other.value.clone());
                    let now = code.is_former().then(|| {
                        let now = &set.meaning_now(code).variant;
                        format!("{}::{}", set.name.value, now.value)
                    });
                    self.finding(Class::CodeRetired, set, code)
                        .with_new(now.or(instead))
                }
                None => Finding::new(Class::CodeRemoved, &self.old.vendor, &subject_of(set, code))
                    .with_code(code, self.old),
            };
            findings.push(finding);
        }
        for (set, code) in &self.added {
            findings.push(self.finding(Class::CodeAdded, set, code));
        }
    }

    fn finding(&self, class: Class, set: &Set, code: &Code) -> Finding {
        Finding::new(class, &self.new.vendor, &subject_of(set, code)).with_code(code, self.new)
    }

    /// Reports codes that are in another set now, with the same message.
    fn report_moved(&mut self, findings: &mut Vec<Finding>) {
        let identity = |code: &'a Code| {
            let symbol = code.symbol.as_ref().map(|symbol| symbol.as_str());
            (code.code.as_str(), symbol)
        };
        // `None`: reported as moved.
        let mut added: Vec<Option<Added<'a>>> = self.added.iter().copied().map(Some).collect();
        let mut positions = HashMap::<_, Vec<usize>>::new();
        for (at, (_, code)) in self.added.iter().enumerate() {
            positions.entry(identity(code)).or_default().push(at);
        }
        let mut remaining = Vec::new();
        for missing in std::mem::take(&mut self.missing) {
            let message = message_key(self.old, missing.code);
            let is_same = |(set, code): Added<'a>| {
                set.name != missing.set.name && message_key(self.new, code) == message
            };
            let positions = positions.get(&identity(missing.code));
            let mut positions = positions.into_iter().flatten();
            let moved = positions.find(|at| added[**at].is_some_and(is_same));
            let Some((set, code)) = moved.and_then(|at| added[*at].take()) else {
                remaining.push(missing);
                continue;
            };
            let before = subject_of(missing.set, missing.code);
            let after = subject_of(set, code);
            let finding = Finding::new(Class::CodeMoved, &self.new.vendor, &before)
                .with_code(code, self.new)
                .with_old(Some(before))
                .with_new(Some(after));
            // A code that was kept as retired still decodes in its old set.
            findings.push(if missing.retired.is_some() {
                finding.with_weight(Severity::Warning, Verdict::Minor)
            } else {
                finding.with_weight(Severity::Error, Verdict::Major)
            });
        }
        self.added = added.into_iter().flatten().collect();
        self.missing = remaining;
    }

    /// Proposes that a missing code and a new code with the same message are the same, for a person
    /// to confirm.
    fn propose_renames(&self, findings: &mut Vec<Finding>) {
        let mut by_message = HashMap::<_, Vec<Added<'a>>>::new();
        for (set, code) in self.added.iter().copied() {
            if let Some(message) = message_key(self.new, code) {
                let alike = by_message.entry((set.name.as_str(), message));
                alike.or_default().push((set, code));
            }
        }
        for Missing { set, code, retired } in &self.missing {
            let confirmed = retired.is_some_and(|(_, code)| code.replaced_by.is_some());
            if confirmed {
                continue;
            }
            let message = message_key(self.old, code);
            let alike = message.and_then(|message| by_message.get(&(set.name.as_str(), message)));
            let alike = alike
                .into_iter()
                .flatten()
                .filter(|(_, new)| self.are_alike(code, new));
            let names: Vec<_> = alike.map(|(set, new)| subject_of(set, new)).collect();
            let Some(first) = names.first() else {
                continue;
            };
            let proposal = Proposal {
                // If the set was renamed, the overlay has the new name.
                set: retired.map_or(*set, |(set, _)| set).name.value.clone(),
                key: code_key(code, set.identity),
                variant: code.variant.value.clone(),
                instead: first.clone(),
            };
            let subject = subject_of(set, code);
            let finding = Finding::new(Class::RenameProposed, &self.old.vendor, &subject)
                .with_code(code, self.old)
                .with_old(Some(subject))
                .with_new(Some(names.join(" or ")));
            findings.push(Finding {
                proposed: Some(proposal.clone()),
                ..finding.with_help(proposal.help())
            });
        }
    }

    /// Whether two codes with the same message have the same remedy, or the same number but for its
    /// sign.
    fn are_alike(&self, old: &Code, new: &Code) -> bool {
        let unsigned = |code: &Code| code.code.trim_start_matches(['-', '+']).to_owned();
        let remedy = |spec: &Spec, code: &Code| {
            let text = code.remedy.get(own_language(code, spec));
            text.map(|text| text_key(text))
        };
        remedy(self.old, old) == remedy(self.new, new) || unsigned(old) == unsigned(new)
    }
}

/// The vendor's message of a code, without whitespace and character width.
fn message_key(spec: &Spec, code: &Code) -> Option<String> {
    let text = code.message.get(own_language(code, spec));
    text.map(|text| text_key(text))
}
