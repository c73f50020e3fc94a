//! Compares the facts of codes, ranges and sets, as strings that findings show.

use std::collections::BTreeSet;

use errbook_spec::facts::{Entry, Fact, FactType, Value, facts_of};
use errbook_spec::place::At;
use errbook_spec::template::Template;
use errbook_spec::{Code, Param, Range, Texts};

use crate::diff::texts::same_but_for_form;
use crate::diff::{Class, Finding, Severity, Verdict};

/// The value of a fact, or the word for its absence.
pub(super) fn text_of<E: Entry>(fact: &Fact, entry: &E) -> Option<String> {
    let value = fact.get(entry).map(|value| value.text());
    value.or_else(|| match fact.fact_type() {
        FactType::Flag => Some(false.to_string()),
        _ => fact.absent.map(str::to_owned),
    })
}

/// Compares each fact that has a class of its own, except those with strings in several languages.
pub(super) fn compare_facts<E: Entry>(
    old: &E,
    new: &E,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    for fact in facts_of::<E>() {
        let Some(diff) = fact.diff else { continue };
        if fact.fact_type() == FactType::Texts {
            continue;
        }
        let before = text_of(fact, old);
        let after = text_of(fact, new);
        if before == after {
            continue;
        }
        let mut finding = found(Class::Fact(diff.class));
        if let Some(detail) = diff.detail {
            finding = finding.with_detail(detail);
        }
        let is_cosmetic = match (&before, &after) {
            (Some(before), Some(after)) => {
                fact.fact_type() == FactType::Note && same_but_for_form(before, after)
            }
            _ => false,
        };
        if is_cosmetic {
            finding = finding.with_weight(Severity::Cosmetic, Verdict::Patch);
        }
        findings.push(finding.with_old(before).with_new(after));
    }
}

/// Compares the strings of a fact in each language.
pub(super) fn compare_texts<E: Entry>(
    fact: &Fact,
    old: &E,
    new: &E,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let Some(diff) = fact.diff else { return };
    let before = texts_of(fact, old);
    let after = texts_of(fact, new);
    for tag in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        let was = optional(before.get(tag));
        let is = optional(after.get(tag));
        if was == is {
            continue;
        }
        let detail = diff
            .detail
            .map_or_else(|| tag.clone(), |detail| format!("{detail}.{tag}"));
        let mut finding = found(Class::Fact(diff.class)).with_detail(detail);
        if let (Some(was), Some(is)) = (&was, &is)
            && same_but_for_form(was, is)
            && !fact.is_for_kinds
        {
            finding = finding.with_weight(Severity::Cosmetic, Verdict::Patch);
        }
        findings.push(finding.with_old(was).with_new(is));
    }
}

/// The strings of a fact.
pub(super) fn texts_of<E: Entry>(fact: &Fact, entry: &E) -> Texts {
    match fact.get(entry) {
        Some(Value::Texts(texts)) => texts,
        _ => Texts::new(),
    }
}

/// The facts of a range on one line: `kind overloaded, retry backoff, billing free`.
pub(super) fn range_facts(range: &Range) -> String {
    let known = facts_of::<Range>().filter(|fact| fact.diff.is_some());
    let known = known.filter_map(|fact| Some(format!("{} {}", fact.key, text_of(fact, range)?)));
    known.collect::<Vec<_>>().join(", ")
}

/// A string that may be absent.
pub(super) fn optional(text: Option<&At<String>>) -> Option<String> {
    text.map(|text| text.value.clone())
}

/// The names of a code's parameters: the declared ones, followed by those that are only in its
/// symbol.
pub(super) fn parameters(code: &Code) -> Vec<String> {
    let mut names: Vec<_> = code
        .params
        .iter()
        .map(|param| param.name.value.clone())
        .collect();
    let template = code
        .symbol
        .as_ref()
        .and_then(|symbol| Template::of(symbol, &code.params));
    for name in template.into_iter().flat_map(|template| template.names) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Describes how a parameter is written and which values it may take.
pub(super) fn describe_parameter(param: &Param) -> String {
    let written = param
        .written
        .iter()
        .map(|written| format!("written {}", written.value));
    let values: Vec<_> = param
        .values
        .iter()
        .map(|value| value.value.as_str())
        .collect();
    let values = (!values.is_empty()).then(|| format!("one of {}", values.join(", ")));
    written.chain(values).collect::<Vec<_>>().join(", ")
}
