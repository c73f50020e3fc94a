//! Weighs findings by what a release promises: what was never released may be renamed, changed and
//! dropped without a major version.

use std::collections::BTreeSet;

use errbook_spec::{Code, Set, Spec};

use crate::diff::sets::subject_of;
use crate::diff::{Class, Finding, Severity, Verdict};
use crate::reference::{Key, code_key, names_of};

/// Lowers the weight of findings about sets and codes that no release has. `states` are the two
/// that were compared; `released` is what the last release says about the vendor, if it has it.
pub fn weigh_unreleased(findings: &mut [Finding], states: &[&Spec], released: Option<&Spec>) {
    let names = |spec: &Spec| -> BTreeSet<String> {
        let names = spec.sets.iter().flat_map(names_of);
        names.map(str::to_owned).collect()
    };
    let promised = released.map(names).unwrap_or_default();
    let mut subjects = BTreeSet::new();
    for set in states.iter().flat_map(|spec| &spec.sets) {
        if names_of(set).any(|name| promised.contains(name)) {
            subjects.insert(set.name.value.clone());
        }
        let codes = set.codes.iter();
        let codes = codes.filter(|code| released.is_some_and(|spec| has_code(spec, set, code)));
        subjects.extend(codes.map(|code| subject_of(set, code)));
    }
    for finding in findings
        .iter_mut()
        .filter(|it| it.verdict == Verdict::Major)
    {
        let is_promised = if finding.subject.is_empty() {
            released.is_some()
        } else {
            subjects.contains(&finding.subject)
        };
        if is_promised {
            continue;
        }
        finding.verdict = Verdict::Minor;
        // What a code costs matters before it is released, too.
        if !matches!(finding.class, Class::Fact(_)) {
            finding.severity = finding.severity.min(Severity::Info);
            finding.help = Some("no release has it".to_owned());
        }
    }
}

/// Whether a spec has a code, under any of its keys, in a set under any of its names.
fn has_code(spec: &Spec, set: &Set, code: &Code) -> bool {
    let keys = |set: &Set, code: &Code| -> BTreeSet<Key> {
        let former = code.was.iter().filter_map(|was| Key::parse(was));
        former.chain([code_key(code, set.identity)]).collect()
    };
    let wanted = keys(set, code);
    let names: BTreeSet<_> = names_of(set).collect();
    let sets = spec
        .sets
        .iter()
        .filter(|other| names_of(other).any(|name| names.contains(name)));
    let mut codes = sets.flat_map(|other| other.codes.iter().map(move |code| (other, code)));
    codes.any(|(other, code)| !keys(other, code).is_disjoint(&wanted))
}
