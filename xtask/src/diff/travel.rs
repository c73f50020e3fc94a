//! The codes that left and those that came: which of them only moved, and which may be the same thing, renumbered.

use errbook_spec::{Code, Set, Spec};

use super::sets::subject;
use super::{Class, Finding, Proposal, Severity, Verdict, own};
use crate::fold::text_key;
use crate::reference::key;

/// A code that is no longer where it was.
struct Left<'a> {
    set: &'a Set,
    code: &'a Code,
    /// What is kept of it: the retired code.
    kept: Option<(&'a Set, &'a Code)>,
}

/// All codes that left or came, until each is accounted for.
pub(super) struct Travel<'a> {
    old: &'a Spec,
    new: &'a Spec,
    left: Vec<Left<'a>>,
    came: Vec<(&'a Set, &'a Code)>,
}

impl<'a> Travel<'a> {
    pub(super) fn new(old: &'a Spec, new: &'a Spec) -> Self {
        Self {
            old,
            new,
            left: Vec::new(),
            came: Vec::new(),
        }
    }

    pub(super) fn left(&mut self, set: &'a Set, code: &'a Code, kept: Option<(&'a Set, &'a Code)>) {
        self.left.push(Left { set, code, kept });
    }

    pub(super) fn came(&mut self, set: &'a Set, code: &'a Code) {
        self.came.push((set, code));
    }

    pub(super) fn finish(mut self, findings: &mut Vec<Finding>) {
        self.moved(findings);
        self.proposed(findings);
        for Left { set, code, kept } in &self.left {
            let finding = match kept {
                Some((set, code)) => {
                    let instead = code.replaced_by.as_ref().map(|other| other.value.as_str());
                    self.found(Class::CodeRetired, set, code).is(instead)
                }
                None => Finding::new(Class::CodeRemoved, &self.old.vendor, &subject(set, code))
                    .of(code, self.old),
            };
            findings.push(finding);
        }
        for (set, code) in &self.came {
            findings.push(self.found(Class::CodeAdded, set, code));
        }
    }

    fn found(&self, class: Class, set: &Set, code: &Code) -> Finding {
        Finding::new(class, &self.new.vendor, &subject(set, code)).of(code, self.new)
    }

    /// The same code with the same text in another set.
    fn moved(&mut self, findings: &mut Vec<Finding>) {
        let mut left = Vec::new();
        for gone in std::mem::take(&mut self.left) {
            let moved = |(set, code): &(&Set, &Code)| {
                set.name != gone.set.name
                    && code.code == gone.code.code
                    && code.symbol == gone.code.symbol
                    && message(self.new, code) == message(self.old, gone.code)
            };
            let Some(at) = self.came.iter().position(moved) else {
                left.push(gone);
                continue;
            };
            let (set, code) = self.came.remove(at);
            let finding = Finding::new(
                Class::CodeMoved,
                &self.new.vendor,
                &subject(gone.set, gone.code),
            );
            let verdict = if gone.kept.is_some() {
                Verdict::Minor
            } else {
                Verdict::Major
            };
            let severity = if gone.kept.is_some() {
                Severity::Warning
            } else {
                Severity::Error
            };
            let states = (subject(gone.set, gone.code), subject(set, code));
            let finding = finding
                .of(code, self.new)
                .was(Some(states.0))
                .is(Some(states.1));
            findings.push(finding.weighs(severity, verdict));
        }
        self.left = left;
    }

    /// A code that left and one that came with its text are proposed as one thing, for a person to confirm.
    fn proposed(&self, findings: &mut Vec<Finding>) {
        for Left { set, code, kept } in &self.left {
            let confirmed = kept.is_some_and(|(_, code)| code.replaced_by.is_some());
            if confirmed {
                continue;
            }
            let alike = self
                .came
                .iter()
                .filter(|(other, new)| other.name == set.name && self.alike(code, new));
            let alike: Vec<_> = alike.map(|(set, new)| (subject(set, new), *new)).collect();
            let Some((first, _)) = alike.first() else {
                continue;
            };
            let names: Vec<_> = alike.iter().map(|(name, _)| name.as_str()).collect();
            let proposal = Proposal {
                // Where the set got another name, the overlay has that.
                set: kept.map_or(*set, |(set, _)| set).name.value.clone(),
                key: key(code, set.identity),
                variant: code.variant.value.clone(),
                instead: first.clone(),
            };
            let finding =
                Finding::new(Class::RenameProposed, &self.old.vendor, &subject(set, code));
            let finding = finding
                .of(code, self.old)
                .was(Some(subject(set, code)))
                .is(Some(names.join(" or ")));
            findings.push(Finding {
                proposed: Some(proposal.clone()),
                ..finding.help(proposal.help())
            });
        }
    }

    /// Whether the vendor says the same of two codes.
    fn alike(&self, old: &Code, new: &Code) -> bool {
        let said = message(self.old, old);
        let remedy =
            |spec: &Spec, code: &Code| code.remedy.get(own(code, spec)).map(|text| text_key(text));
        said.is_some()
            && said == message(self.new, new)
            && remedy(self.old, old) == remedy(self.new, new)
    }
}

/// What the vendor says of a code, without its form.
fn message(spec: &Spec, code: &Code) -> Option<String> {
    code.message.get(own(code, spec)).map(|text| text_key(text))
}
