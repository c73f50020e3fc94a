//! Rules for sets: they have codes, but not too many, and their references can be resolved.

use crate::check::{MOST_CODES, check_unique, codes, names, reserved, texts};
use crate::order::Firsts;
use crate::place::{At, Place, values};
use crate::problem::{Problems, did_you_mean};
use crate::registry;
use crate::spec::{Code, Range, Set, Spec, Status};

/// The spec has sets, and each set has codes, but not too many.
pub(super) fn check_code_counts(spec: &Spec, problems: &mut Problems) {
    if spec.sets.is_empty() {
        let whole_file = Place {
            file: spec.vendor.place.file.clone(),
            ..Place::default()
        };
        problems.push_with_help(
            &whole_file,
            "this spec has no sets",
            "add a `[[set]]` with `[[set.code]]`",
        );
    }
    for set in &spec.sets {
        if set.codes.is_empty() {
            problems.push(
                &set.name.place,
                format!("the set `{}` has no codes", *set.name),
            );
        }
        if set.codes.len() > MOST_CODES {
            let message = format!(
                "the set `{}` has {} codes, but a set can have at most {MOST_CODES}",
                *set.name,
                set.codes.len()
            );
            problems.push_with_help(&set.name.place, message, "split it into several sets");
        }
    }
}

/// The vendor and the reference in it, if a reference names a code of another vendor.
///
/// ```
/// use errbook_spec::other_vendor;
///
/// assert_eq!(other_vendor("tencent-kyc/FaceCode.-5007"), Some(("tencent-kyc", "FaceCode.-5007")));
/// assert_eq!(other_vendor("FaceCode.-5007"), None);
/// assert_eq!(other_vendor("FaceCode.NO/FACE"), None);
/// ```
#[must_use]
pub fn other_vendor(reference: &str) -> Option<(&str, &str)> {
    let (vendor, code) = reference.split_once('/')?;
    names::is_kebab(vendor).then_some((vendor, code))
}

/// `replaced-by` names a code of this spec or of another vendor, whose spec is not here, and `unlike`
/// names codes of the same set.
pub(super) fn check_references(spec: &Spec, problems: &mut Problems) {
    let refers = |code: &Code| code.replaced_by.is_some() || !code.unlike.is_empty();
    if !spec.sets.iter().any(|set| set.codes.iter().any(refers)) {
        return;
    }
    let keys = references(spec);
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let known_keys = Firsts::of(&keys);
    for set in &spec.sets {
        let kinds: Vec<&str> = set.codes.iter().map(|code| code.code.as_str()).collect();
        let known_kinds = Firsts::of(&kinds);
        for code in &set.codes {
            let is_unknown = |reference: &&At<String>| {
                let other = other_vendor(reference);
                !known_keys.has(reference)
                    && other.is_none_or(|(vendor, _)| vendor == spec.vendor.value)
            };
            if let Some(reference) = code.replaced_by.as_ref().filter(is_unknown) {
                let near = did_you_mean(reference, keys.iter().copied());
                problems.push(
                    &reference.place,
                    format!("`{}` is not a code of this vendor{near}", **reference),
                );
            }
            for kind in code.unlike.iter().filter(|kind| !known_kinds.has(kind)) {
                let near = did_you_mean(kind, kinds.iter().copied());
                problems.push(
                    &kind.place,
                    format!("`{}` is not a code of this set{near}", **kind),
                );
            }
        }
    }
}

/// The valid references to the codes of a spec: `Set.code` and `Set.code.symbol`.
#[must_use]
pub fn references(spec: &Spec) -> Vec<String> {
    let mut references = Vec::new();
    for set in &spec.sets {
        for code in &set.codes {
            let plain = format!("{}.{}", *set.name, *code.code);
            references.extend(
                code.symbol
                    .as_ref()
                    .map(|symbol| format!("{plain}.{}", symbol.value)),
            );
            references.push(plain);
        }
    }
    references
}

/// Checks one set.
pub(super) fn check_set(
    set: &Set,
    spec: &Spec,
    locales: &[String],
    problems: &mut Problems,
) -> registry::Set {
    names::check_variant_names(set, problems);
    sections_are_unique(set, problems);
    codes::check_identities(set, problems);
    codes::check_aliases(set, problems);
    codes::check_templates(set, problems);
    codes::check_template_conflicts(set, problems);
    codes::check_flags(set, problems);
    reserved::check_reserved(set, problems);
    registry::Set {
        name: set.name.value.clone(),
        was: values(&set.was),
        wire: set.wire,
        identity: set.identity,
        retired: set.status == Status::Retired,
        title: texts::filled(&set.title, None, spec, locales, &set.name),
        sections: set
            .sections
            .iter()
            .map(|section| registry::Section {
                id: section.id.value.clone(),
                title: texts::filled(&section.title, None, spec, locales, &section.id),
            })
            .collect(),
        codes: set
            .codes
            .iter()
            .map(|code| codes::check_code(code, set, spec, locales, problems))
            .collect(),
        ranges: set
            .ranges
            .iter()
            .filter_map(|range| check_range(range, set, problems))
            .collect(),
        overridden: set.overridden.clone(),
    }
}

fn sections_are_unique(set: &Set, problems: &mut Problems) {
    let ids: Vec<_> = set
        .sections
        .iter()
        .map(|section| (&section.id, section.id.value.clone()))
        .collect();
    check_unique(
        "section",
        &ids,
        &|_| format!("in the set {}", *set.name),
        problems,
    );
    for section in set
        .sections
        .iter()
        .filter(|section| !names::is_kebab(&section.id))
    {
        let message = format!(
            "section `{}` is not in kebab-case, such as `action-liveness`",
            *section.id
        );
        problems.push(&section.id.place, message);
    }
}

fn check_range(range: &Range, set: &Set, problems: &mut Problems) -> Option<registry::Range> {
    if !set.wire.is_number() {
        let message = format!(
            "a range needs numeric codes, but the codes of `{}` are strings",
            *set.name
        );
        problems.push(&range.from.place, message);
        return None;
    }
    let ends = [&range.from, &range.to].map(|end| codes::parse_number(end, set, problems));
    let [Some(from), Some(to)] = ends else {
        return None;
    };
    if from > to {
        problems.push_with_help(
            &range.from.place,
            format!("the range from {from} to {to} is empty"),
            "swap its ends",
        );
    }
    Some(registry::Range {
        from,
        to,
        kind: range.kind.clone(),
        retry: range.retry.as_ref().map(|at| at.value),
        billing: range.billing.as_ref().map(|at| at.value),
        severity: range
            .severity
            .as_ref()
            .or(set.severity.as_ref())
            .map(|severity| severity.value)
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use crate::check::MOST_CODES;
    use crate::check::sets::check_code_counts;
    use crate::problem::Problems;
    use crate::spec::{Code, Set, Spec};

    #[test]
    fn a_set_has_at_most_as_many_codes_as_there_are_positions() {
        let problems = |codes: usize| {
            let set = Set {
                name: "Big".into(),
                codes: vec![Code::default(); codes],
                ..Set::default()
            };
            let spec = Spec {
                sets: vec![set],
                ..Spec::default()
            };
            let mut problems = Problems::default();
            check_code_counts(&spec, &mut problems);
            problems.to_string()
        };
        assert_eq!(problems(MOST_CODES), "");
        assert_eq!(
            problems(MOST_CODES + 1),
            "spec: the set `Big` has 65536 codes, but a set can have at most 65535\n  \
             help: split it into several sets"
        );
    }
}
