//! Renders search results as JSON.

use std::collections::BTreeMap;

use errbook_spec::facts::{Entry, Fact, FactType, UNSPECIFIED, facts_of};
use errbook_spec::{Code, Range, Set, Spec, Status, default_severity, word};
use serde_json::{Map, Value, json};

use crate::book::Book;
use crate::explain::symbol::received_symbol;
use crate::explain::{Found, Hit};
use crate::export::facts::{effective, texts_json, value_json};
use crate::rust_line::{rust_line, set_path};
use crate::search::How;
use crate::site::anchor;

/// The results of a query as JSON.
#[must_use]
pub fn json(book: &Book, found: &Found<'_>, query: &str) -> Value {
    let query = query.trim();
    let hits = found.exact.iter().chain(&found.partial);
    let hits: Vec<_> = hits.map(|found| hit(book, found)).collect();
    let near: Vec<_> = found
        .near
        .iter()
        .filter_map(|near| Some(code_json(book, near.spec, near.set, near.code?, None)))
        .collect();
    let same_digits = found.same_digits.iter().map(|found| hit(book, found));
    json!({
        "query": query,
        "matches": hits,
        "same_digits": same_digits.collect::<Vec<_>>(),
        "guess": found.is_guess,
        "near": near,
        "undocumented": found.undocumented,
        "unknown": found.unknown,
        "kinds": found.kinds,
    })
}

fn hit(book: &Book, hit: &Hit<'_>) -> Value {
    let mut value = if let Some(known) = hit.code {
        let received = received_symbol(hit, known);
        code_json(book, hit.spec, hit.set, known, received.as_deref())
    } else {
        undocumented_json(book, hit)
    };
    value["how"] = hit.how.word().into();
    if !hit.params.is_empty() {
        let params: BTreeMap<_, _> = hit.params.iter().cloned().collect();
        value["parameters"] = json!(params);
    }
    if let Some((_, position)) = hit.flag {
        value["position"] = position.into();
    }
    value
}

/// What is known of a code that the document does not have: its range, or the note that mentions
/// it.
fn undocumented_json(book: &Book, hit: &Hit<'_>) -> Value {
    let mut value = json!({
        "registry": book.registry_of(hit.spec).registry,
        "vendor": hit.spec.vendor.value,
        "set": hit.set.name.value,
    });
    if let Some(range) = hit.range {
        value["range"] = json!({ "from": range.from.value, "to": range.to.value });
        // As for a code: the severity of the set, and no doubt about what may be charged.
        let own = range.severity.clone();
        let severity = own.unwrap_or_else(|| default_severity(&Code::default(), hit.set).into());
        let effective = Range {
            severity: Some(severity),
            ..range.clone()
        };
        for fact in facts_of::<Range>().filter(|fact| fact.diff.is_some()) {
            value[fact.exported_key()] = fact_json(fact, &effective);
        }
        if range.billing.is_none() {
            value["billing"] = UNSPECIFIED.into();
        }
        return value;
    }
    value["status"] = "undocumented".into();
    if hit.how == How::Note {
        value["mentions"] = json!(hit.numbers);
        for fact in facts_of::<Set>().filter(|fact| fact.fact_type() == FactType::Note) {
            value[fact.exported_key()] = fact_json(fact, hit.set);
        }
    }
    value
}

/// Every fact of a vendor's code, and what a program needs beyond them. What the vendor does not
/// say is null, except that billing is `unspecified`.
fn code_json(book: &Book, spec: &Spec, set: &Set, code: &Code, received: Option<&str>) -> Value {
    let registry = book.registry_of(spec);
    let path = set_path(registry.modules.as_deref(), spec, set);
    let effective = effective(spec, set, code);
    let facts = facts_of::<Code>().filter(|fact| !fact.is_for_kinds);
    let mut value: Map<_, _> = facts
        .map(|fact| (fact.exported_key(), fact_json(fact, &effective)))
        .collect();
    let symbol = effective.symbol.as_ref().map(|symbol| symbol.as_str());
    let aliases: Vec<_> = code.aliases.iter().map(|alias| &alias.value).collect();
    let billing_source = facts_of::<Set>().find(|fact| fact.key == "billing-source");
    let kind = code.kind.as_ref().and_then(|kind| registry.kind(kind));
    let fault = facts_of::<Code>().find(|fact| fact.key == "fault");
    let own = [
        ("registry", json!(registry.registry)),
        ("vendor", json!(spec.vendor.value)),
        ("url", json!(page_of(book, spec, set, code))),
        ("set", json!(set.name.value)),
        ("aliases", json!(aliases)),
        ("status", json!(word(Status::WORDS, code.status))),
        (
            "locale",
            json!(code.locale.as_ref().unwrap_or(&spec.locale).value),
        ),
        ("message", texts_json(&code.message)),
        ("remedy", texts_json(&code.remedy)),
        (
            "billing_source",
            json!(billing_source.map(|fact| fact_json(fact, set))),
        ),
        ("success", json!(code.success)),
        (
            "user_message",
            json!(kind.map(|kind| texts_json(&kind.message))),
        ),
        (
            "fault",
            json!(fault.zip(kind).map(|(fault, kind)| fact_json(fault, kind))),
        ),
        (
            "rust",
            json!(rust_line(&path, set, code, received.or(symbol))),
        ),
    ];
    value.extend(own.map(|(key, own)| (key.to_owned(), own)));
    if code.billing.is_none() {
        value.insert("billing".to_owned(), UNSPECIFIED.into());
    }
    value.into()
}

/// The address of a code on the published site.
fn page_of(book: &Book, spec: &Spec, set: &Set, code: &Code) -> Option<String> {
    let url = book.site.url.as_ref()?;
    Some(format!("{url}#{}", anchor(spec, set, code)))
}

fn fact_json<E: Entry>(fact: &Fact, entry: &E) -> Value {
    fact.get(entry)
        .map_or(Value::Null, |value| value_json(&value))
}
