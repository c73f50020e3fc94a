//! Renders search results as JSON.

use std::collections::BTreeMap;

use errbook_spec::facts::{Entry, Fact, facts_of};
use errbook_spec::{Code, Range, Set, Spec, Status, word};
use serde_json::{Map, Value, json};

use crate::explain::symbol::received_symbol;
use crate::explain::{Book, Found, Hit, How, rust_line, set_path};
use crate::export::facts::{effective, texts_json, value_json};
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
        .map(|near| code_json(book, near.spec, near.set, near.code, None))
        .collect();
    json!({ "query": query, "matches": hits, "near": near })
}

fn hit(book: &Book, hit: &Hit<'_>) -> Value {
    let mut value = match (hit.code, &hit.how) {
        (Some(known), _) => code_json(
            book,
            hit.spec,
            hit.set,
            known,
            received_symbol(hit, known).as_deref(),
        ),
        (None, How::Range(range)) => {
            let mut value = json!({
                "registry": book.registry_of(hit.spec).registry,
                "vendor": hit.spec.vendor.value,
                "set": hit.set.name.value,
                "range": { "from": range.from.value, "to": range.to.value },
            });
            for fact in facts_of::<Range>().filter(|fact| fact.diff.is_some()) {
                value[fact.exported_key()] = fact_json(fact, *range);
            }
            value
        }
        (None, _) => {
            json!({
                "registry": book.registry_of(hit.spec).registry,
                "vendor": hit.spec.vendor.value,
                "set": hit.set.name.value,
                "status": "undocumented",
            })
        }
    };
    value["how"] = how(&hit.how).into();
    match &hit.how {
        How::Symbol(params) => {
            let params: BTreeMap<_, _> = params.iter().cloned().collect();
            value["parameters"] = json!(params);
        }
        How::Flag(position) => value["position"] = (*position).into(),
        How::Code
        | How::Alias
        | How::Variant
        | How::Range(_)
        | How::Text
        | How::Digits
        | How::Template
        | How::Kind
        | How::Words => {}
    }
    value
}

fn how(how: &How<'_>) -> &'static str {
    match how {
        How::Code => "code",
        How::Symbol(_) => "symbol",
        How::Alias => "alias",
        How::Variant => "variant",
        How::Flag(_) => "flag",
        How::Range(_) => "range",
        How::Text => "text",
        How::Digits => "digits",
        How::Template => "template",
        How::Kind => "kind",
        How::Words => "words",
    }
}

/// Every fact of a vendor's code, and what a program needs beyond them. What the vendor does not
/// say is null.
fn code_json(book: &Book, spec: &Spec, set: &Set, code: &Code, received: Option<&str>) -> Value {
    let registry = book.registry_of(spec);
    let path = set_path(registry.modules.as_deref(), spec, set);
    let effective = effective(spec, set, code);
    let facts = facts_of::<Code>().filter(|fact| !fact.is_for_kinds);
    let mut value: Map<_, _> = facts
        .map(|fact| (fact.exported_key(), fact_json(fact, &effective)))
        .collect();
    let symbol = code.symbol.as_ref().map(|symbol| symbol.value.as_str());
    let aliases: Vec<_> = code.aliases.iter().map(|alias| &alias.value).collect();
    let billing_source = facts_of::<Set>().find(|fact| fact.key == "billing-source");
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
            "rust",
            json!(rust_line(&path, set, code, received.or(symbol))),
        ),
    ];
    value.extend(own.map(|(key, own)| (key.to_owned(), own)));
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
