//! One code in two states: what became of each fact that is promised of it.

use errbook_spec::place::At;
use errbook_spec::{Code, Fault, Param, Status, word};

use super::facts::{billing, number, optional, parameter, parameters, retry};
use super::texts::{Side, texts};
use super::{Class, Finding, Severity, Verdict};

/// All that is different of a code that is in both states. `subject` is what its findings are about.
pub(super) fn code(old: &Side<'_>, new: &Side<'_>, subject: &str, findings: &mut Vec<Finding>) {
    let found = |class| Finding::new(class, &new.spec.vendor, subject).of(new.code, new.spec);
    names(old.code, new.code, found, findings);
    parameter_list(old.code, new.code, found, findings);
    texts(
        Class::MessageChanged,
        |code| &code.message,
        (old, new),
        found,
        findings,
    );
    texts(
        Class::RemedyChanged,
        |code| &code.remedy,
        (old, new),
        found,
        findings,
    );
    facts(old.code, new.code, found, findings);
    definition(old.code, new.code, found, findings);
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

/// What a program decides by.
fn facts(old: &Code, new: &Code, found: impl Fn(Class) -> Finding, findings: &mut Vec<Finding>) {
    let mut compare = |class, old: Option<String>, new: Option<String>| {
        if old != new {
            findings.push(found(class).was(old).is(new));
        }
    };
    compare(
        Class::BillingChanged,
        Some(billing(old.billing.as_ref())),
        Some(billing(new.billing.as_ref())),
    );
    compare(
        Class::KindChanged,
        optional(old.kind.as_ref()),
        optional(new.kind.as_ref()),
    );
    compare(
        Class::RetryChanged,
        Some(retry(old.retry.as_ref())),
        Some(retry(new.retry.as_ref())),
    );
    compare(
        Class::HttpChanged,
        number(old.http.as_ref()),
        number(new.http.as_ref()),
    );
    compare(
        Class::SuccessChanged,
        Some(old.success.to_string()),
        Some(new.success.to_string()),
    );
    compare(
        Class::LocaleChanged,
        optional(old.locale.as_ref()),
        optional(new.locale.as_ref()),
    );
    compare(
        Class::ReplacementChanged,
        optional(old.replaced_by.as_ref()),
        optional(new.replaced_by.as_ref()),
    );
    // A retired code stands nowhere, so it cannot have moved.
    if new.status == Status::Active {
        compare(
            Class::CodeMoved,
            optional(old.section.as_ref()),
            optional(new.section.as_ref()),
        );
    }
    let (before, after) = (
        number(old.retry_after.as_ref()),
        number(new.retry_after.as_ref()),
    );
    if before != after {
        findings.push(
            found(Class::RetryChanged)
                .detail("after")
                .was(before)
                .is(after),
        );
    }
}

/// What only a kind of a taxonomy has.
fn definition(
    old: &Code,
    new: &Code,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let mut compare = |detail: &str, old: Option<String>, new: Option<String>| {
        if old != new {
            findings.push(
                found(Class::DefinitionChanged)
                    .detail(detail)
                    .was(old)
                    .is(new),
            );
        }
    };
    let fault = |code: &Code| {
        code.fault
            .as_ref()
            .map(|fault| word(Fault::WORDS, fault.value).to_owned())
    };
    compare("fault", fault(old), fault(new));
    compare(
        "http-answer",
        number(old.http_answer.as_ref()),
        number(new.http_answer.as_ref()),
    );
    let unlike = |code: &Code| -> Option<String> {
        let names: Vec<_> = code.unlike.iter().map(|name| name.value.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    compare("unlike", unlike(old), unlike(new));
    for tag in old
        .doc
        .keys()
        .chain(new.doc.keys())
        .collect::<std::collections::BTreeSet<_>>()
    {
        compare(
            &format!("doc.{tag}"),
            optional(old.doc.get(tag)),
            optional(new.doc.get(tag)),
        );
    }
}
