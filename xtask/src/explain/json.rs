//! What was found, for a program.

use std::collections::BTreeMap;

use errbook_spec::Texts;
use errbook_spec::{Billing, BillingSource, Code, Retry, Set, Spec, Status, word};
use serde_json::{Value, json};

use crate::explain::symbol::received;
use crate::explain::{Found, Hit, How, rust_line};

/// All that was found, as JSON.
#[must_use]
pub fn json(found: &Found<'_>, query: &str) -> Value {
    let query = query.trim();
    let hits: Vec<_> = found.exact.iter().chain(&found.partial).map(hit).collect();
    let near: Vec<_> = found
        .near
        .iter()
        .map(|near| code(near.spec, near.set, near.code, None))
        .collect();
    json!({ "query": query, "matches": hits, "near": near })
}

fn hit(hit: &Hit<'_>) -> Value {
    let mut value = match (hit.code, &hit.how) {
        (Some(known), _) => code(hit.spec, hit.set, known, received(hit, known).as_deref()),
        (None, How::Range(range)) => json!({
            "vendor": hit.spec.vendor.value,
            "set": hit.set.name.value,
            "range": { "from": range.from.value, "to": range.to.value },
            "kind": range.kind.as_ref().map(|kind| &kind.value),
            "retry": range.retry.as_ref().map(|retry| word(Retry::WORDS, retry.value)),
            "billing": range.billing.as_ref().map(|billing| word(Billing::WORDS, billing.value)),
        }),
        (None, _) => {
            json!({ "vendor": hit.spec.vendor.value, "set": hit.set.name.value, "status": "undocumented" })
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

fn code(spec: &Spec, set: &Set, code: &Code, received: Option<&str>) -> Value {
    let symbol = code.symbol.as_ref().map(|symbol| symbol.value.as_str());
    let (source, said) = match &set.billing_source {
        Some(BillingSource::Column(column)) => ("column", Some(&column.value)),
        Some(BillingSource::Quote(quote)) => ("quote", Some(&quote.value)),
        None => ("none", None),
    };
    json!({
        "vendor": spec.vendor.value,
        "set": set.name.value,
        "code": code.code.value,
        "symbol": symbol,
        "aliases": code.aliases.iter().map(|alias| &alias.value).collect::<Vec<_>>(),
        "variant": code.variant.value,
        "status": if code.status == Status::Retired { "retired" } else { "active" },
        "retired_in": code.retired_in.as_ref().map(|edition| &edition.value),
        "replaced_by": code.replaced_by.as_ref().map(|other| &other.value),
        "section": code.section.as_ref().map(|section| &section.value),
        "locale": code.locale.as_ref().unwrap_or(&spec.locale).value,
        "message": texts(&code.message),
        "remedy": texts(&code.remedy),
        "kind": code.kind.as_ref().map(|kind| &kind.value),
        "retry": code.retry.as_ref().map(|retry| word(Retry::WORDS, retry.value)),
        "retry_after": code.retry_after.as_ref().map(|seconds| seconds.value),
        "billing": code.billing.as_ref().map(|billing| word(Billing::WORDS, billing.value)),
        "billing_source": said.map(|said| json!({ source: said })),
        "http": code.http.as_ref().map(|http| http.value),
        "success": code.success,
        "rust": rust_line(spec, set, &code.code, received.or(symbol)),
    })
}

fn texts(texts: &Texts) -> BTreeMap<&str, &str> {
    texts
        .iter()
        .map(|(tag, text)| (tag.as_str(), text.value.as_str()))
        .collect()
}
