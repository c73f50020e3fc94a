//! Weighs findings by what a release promises: what was never released may be renamed, changed and
//! dropped without a major version.

use std::collections::BTreeSet;

use errbook_spec::Spec;

use crate::diff::pairs::earlier_codes;
use crate::diff::sets::subject_of;
use crate::diff::{Class, Finding, Severity, Verdict};
use crate::reference::{names_of, sets_like};

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
            subjects.insert((set.name.value.clone(), None));
        }
        for released in released.into_iter().flat_map(|spec| sets_like(spec, set)) {
            let earlier = earlier_codes(released, set);
            let codes = set.codes.iter().zip(earlier);
            let codes = codes.filter(|(_, earlier)| earlier.is_some());
            subjects.extend(
                codes.map(|(code, _)| (subject_of(set, code), Some(code.variant.value.clone()))),
            );
        }
    }
    for finding in findings
        .iter_mut()
        .filter(|it| it.verdict == Verdict::Major)
    {
        let is_promised = if finding.subject.is_empty() {
            released.is_some()
        } else {
            subjects.contains(&(finding.subject.clone(), finding.variant.clone()))
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
