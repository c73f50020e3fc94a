//! One code in two states in, a finding for each promise that differs out.

use errbook_spec::facts::{FactType, Merge, facts_of};
use errbook_spec::place::At;
use errbook_spec::{Code, Param, Status};

use crate::diff::facts::{compare_facts, compare_texts, optional, parameter, parameters};
use crate::diff::texts::{Side, compare_translations};
use crate::diff::{Class, Finding, Severity, Verdict};

/// Everything that differs of a code that both states have. `subject` is what the findings are about.
pub(super) fn compare_code(
    old: &Side<'_>,
    new: &Side<'_>,
    subject: &str,
    findings: &mut Vec<Finding>,
) {
    let found = |class| Finding::new(class, &new.spec.vendor, subject).of(new.code, new.spec);
    names(old.code, new.code, found, findings);
    parameter_list(old.code, new.code, found, findings);
    let texts = facts_of::<Code>().filter(|fact| fact.fact_type() == FactType::Texts);
    for fact in texts {
        if fact.merge == Merge::OverlayInOneLanguage {
            compare_translations(fact, (old, new), found, findings);
        } else {
            compare_texts(fact, old.code, new.code, found, findings);
        }
    }
    compare_facts(old.code, new.code, found, findings);
    place(old.code, new.code, found, findings);
}

/// All names: the vendor's, ours, and the earlier ones of both.
fn names(old: &Code, new: &Code, found: impl Fn(Class) -> Finding, findings: &mut Vec<Finding>) {
    if old.symbol != new.symbol {
        let finding = found(Class::SymbolChanged);
        let kept = old
            .symbol
            .as_ref()
            .is_none_or(|symbol| new.aliases.contains(symbol) || !new.was.is_empty());
        let finding = if kept {
            finding.weighs(Severity::Warning, Verdict::Minor)
        } else {
            finding.help("list the old symbol in `aliases` to have it decode")
        };
        findings.push(
            finding
                .was(optional(old.symbol.as_ref()))
                .is(optional(new.symbol.as_ref())),
        );
    }
    if old.variant != new.variant {
        let finding = found(Class::VariantRenamed);
        let kept = new.was_variant.contains(&old.variant);
        let help = format!(
            "say `was-variant = [\"{}\"]`, so that the old name still compiles",
            old.variant.value
        );
        let finding = if kept { finding } else { finding.help(help) };
        findings.push(
            finding
                .was(Some(&*old.variant.value))
                .is(Some(&*new.variant.value)),
        );
    }
    for name in old
        .was_variant
        .iter()
        .filter(|name| !new.was_variant.contains(name) && new.variant != **name)
    {
        findings.push(
            found(Class::VariantNameRemoved)
                .detail(&*name.value)
                .was(Some(&*name.value)),
        );
    }
    for name in new
        .was_variant
        .iter()
        .filter(|name| !old.was_variant.contains(name) && old.variant != **name)
    {
        findings.push(
            found(Class::VariantNameAdded)
                .detail(&*name.value)
                .is(Some(&*name.value)),
        );
    }
    let decodes = |code: &Code, text: &At<String>| {
        code.aliases.contains(text) || code.was.contains(text) || code.symbol.as_ref() == Some(text)
    };
    for text in old
        .aliases
        .iter()
        .chain(&old.was)
        .filter(|text| !decodes(new, text))
    {
        findings.push(
            found(Class::AliasRemoved)
                .detail(&*text.value)
                .was(Some(&*text.value)),
        );
    }
    for text in new
        .aliases
        .iter()
        .chain(&new.was)
        .filter(|text| !decodes(old, text))
    {
        findings.push(
            found(Class::AliasAdded)
                .detail(&*text.value)
                .is(Some(&*text.value)),
        );
    }
}

/// A parameter that stands where another stood, when both are known under no other name, was renamed.
fn parameter_list(
    old: &Code,
    new: &Code,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let (before, after) = (parameters(old), parameters(new));
    let mut gone: Vec<_> = before.iter().filter(|name| !after.contains(name)).collect();
    let mut come: Vec<_> = after.iter().filter(|name| !before.contains(name)).collect();
    if gone.len() == come.len() {
        for (old, new) in gone.drain(..).zip(come.drain(..)) {
            findings.push(
                found(Class::ParameterRenamed)
                    .detail(old)
                    .was(Some(old))
                    .is(Some(new)),
            );
        }
    }
    findings.extend(
        gone.into_iter()
            .map(|name| found(Class::ParameterRemoved).detail(name).was(Some(name))),
    );
    findings.extend(
        come.into_iter()
            .map(|name| found(Class::ParameterAdded).detail(name).is(Some(name))),
    );
    let described = |code: &Code, name: &str| {
        let declared = code
            .params
            .iter()
            .find(|param: &&Param| param.name.value == name);
        declared.map(parameter).unwrap_or_default()
    };
    for name in before.iter().filter(|name| after.contains(name)) {
        let states = (described(old, name), described(new, name));
        if states.0 != states.1 {
            findings.push(
                found(Class::ParameterChanged)
                    .detail(name)
                    .was(Some(states.0))
                    .is(Some(states.1)),
            );
        }
    }
}

/// The language of the row, and its section.
fn place(old: &Code, new: &Code, found: impl Fn(Class) -> Finding, findings: &mut Vec<Finding>) {
    let mut compare = |class, old: Option<&At<String>>, new: Option<&At<String>>| {
        if old != new {
            findings.push(found(class).was(optional(old)).is(optional(new)));
        }
    };
    compare(
        Class::LocaleChanged,
        old.locale.as_ref(),
        new.locale.as_ref(),
    );
    // A retired code is in no section of the document any more, so it cannot have moved.
    if new.status == Status::Active {
        compare(Class::CodeMoved, old.section.as_ref(), new.section.as_ref());
    }
}
