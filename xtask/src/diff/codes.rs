//! Compares one code in two states: each difference becomes a finding.

use errbook_spec::facts::{FactType, Merge, facts_of};
use errbook_spec::place::At;
use errbook_spec::{Code, Param, Status};

use crate::diff::facts::{compare_facts, compare_texts, describe_parameter, optional, parameters};
use crate::diff::texts::{Side, compare_translations};
use crate::diff::{Class, Finding, Severity, Verdict};

/// Compares a code that is in both states. `subject` names it in the findings.
pub(super) fn compare_code(
    old: &Side<'_>,
    new: &Side<'_>,
    subject: &str,
    findings: &mut Vec<Finding>,
) {
    let found =
        |class| Finding::new(class, &new.spec.vendor, subject).with_code(new.code, new.spec);
    compare_names(old.code, new.code, found, findings);
    compare_parameters(old.code, new.code, found, findings);
    let texts = facts_of::<Code>().filter(|fact| fact.fact_type() == FactType::Texts);
    for fact in texts {
        if fact.merge == Merge::OverlayInOneLanguage {
            compare_translations(fact, (old, new), found, findings);
        } else {
            compare_texts(fact, old.code, new.code, found, findings);
        }
    }
    compare_facts(old.code, new.code, found, findings);
    compare_place(old.code, new.code, found, findings);
}

/// Compares the symbol, the Rust name, the aliases and the former names.
fn compare_names(
    old: &Code,
    new: &Code,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    if old.symbol != new.symbol {
        let finding = found(Class::SymbolChanged);
        let kept = old
            .symbol
            .as_ref()
            .is_none_or(|symbol| new.aliases.contains(symbol) || !new.was.is_empty());
        let finding = if kept {
            finding.with_weight(Severity::Warning, Verdict::Minor)
        } else {
            finding.with_help("to keep decoding the old symbol, add it to `aliases`")
        };
        findings.push(
            finding
                .with_old(optional(old.symbol.as_ref()))
                .with_new(optional(new.symbol.as_ref())),
        );
    }
    if old.variant != new.variant {
        let finding = found(Class::VariantRenamed);
        let kept = new.was_variant.contains(&old.variant);
        let help = format!(
            "to keep the old name compiling, add `was-variant = [\"{}\"]`",
            old.variant.value
        );
        let finding = if kept {
            finding.with_weight(Severity::Warning, Verdict::Minor)
        } else {
            finding.with_help(help)
        };
        findings.push(
            finding
                .with_old(Some(&*old.variant.value))
                .with_new(Some(&*new.variant.value)),
        );
    }
    for name in old
        .was_variant
        .iter()
        .filter(|name| !new.was_variant.contains(name) && new.variant != **name)
    {
        findings.push(
            found(Class::VariantNameRemoved)
                .with_detail(&*name.value)
                .with_old(Some(&*name.value)),
        );
    }
    for name in new
        .was_variant
        .iter()
        .filter(|name| !old.was_variant.contains(name) && old.variant != **name)
    {
        findings.push(
            found(Class::VariantNameAdded)
                .with_detail(&*name.value)
                .with_new(Some(&*name.value)),
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
                .with_detail(&*text.value)
                .with_old(Some(&*text.value)),
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
                .with_detail(&*text.value)
                .with_new(Some(&*text.value)),
        );
    }
}

/// Compares the parameters. If as many were added as removed, they are taken to be renamed, in
/// order.
fn compare_parameters(
    old: &Code,
    new: &Code,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let before = parameters(old);
    let after = parameters(new);
    let mut removed: Vec<_> = before.iter().filter(|name| !after.contains(name)).collect();
    let mut added: Vec<_> = after.iter().filter(|name| !before.contains(name)).collect();
    if removed.len() == added.len() {
        for (old, new) in removed.drain(..).zip(added.drain(..)) {
            findings.push(
                found(Class::ParameterRenamed)
                    .with_detail(old)
                    .with_old(Some(old))
                    .with_new(Some(new)),
            );
        }
    }
    findings.extend(removed.into_iter().map(|name| {
        found(Class::ParameterRemoved)
            .with_detail(name)
            .with_old(Some(name))
    }));
    findings.extend(added.into_iter().map(|name| {
        found(Class::ParameterAdded)
            .with_detail(name)
            .with_new(Some(name))
    }));
    let described = |code: &Code, name: &str| {
        let declared = code
            .params
            .iter()
            .find(|param: &&Param| param.name.value == name);
        declared.map(describe_parameter).unwrap_or_default()
    };
    for name in before.iter().filter(|name| after.contains(name)) {
        let before = described(old, name);
        let after = described(new, name);
        if before != after {
            findings.push(
                found(Class::ParameterChanged)
                    .with_detail(name)
                    .with_old(Some(before))
                    .with_new(Some(after)),
            );
        }
    }
}

/// Compares the language of the row and its section.
fn compare_place(
    old: &Code,
    new: &Code,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let mut compare = |class, old: Option<&At<String>>, new: Option<&At<String>>| {
        if old != new {
            findings.push(found(class).with_old(optional(old)).with_new(optional(new)));
        }
    };
    compare(
        Class::LocaleChanged,
        old.locale.as_ref(),
        new.locale.as_ref(),
    );
    // A retired code is not in the document, so it cannot have moved.
    if new.status == Status::Active {
        compare(Class::CodeMoved, old.section.as_ref(), new.section.as_ref());
    }
}
