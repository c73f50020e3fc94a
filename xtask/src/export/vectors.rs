//! What every code must come out as, for implementations in any language to be held to.

use std::collections::BTreeMap;

use errbook_spec::check;
use errbook_spec::problem::Problems;
use errbook_spec::registry::{Code, Registry, Set};
use errbook_spec::{Billing, Identity, Retry, Spec, Wire, word};
use serde_json::{Value, json};

use crate::explain::Book;
use crate::export::{File, SCHEMA};

/// The vectors of a registry, one line a code.
///
/// # Errors
///
/// What is wrong with a spec.
pub fn vectors(book: &Book) -> Result<Vec<File>, Problems> {
    let mut lines = Vec::new();
    for spec in &book.specs {
        let registry = check(spec)?;
        for set in &registry.sets {
            lines.extend(
                set.codes
                    .iter()
                    .map(|code| vector(spec, &registry, set, code).to_string()),
            );
        }
    }
    let text = format!(
        "{{\"schema\":{SCHEMA},\"codes\":[\n{}\n]}}\n",
        lines.join(",\n")
    );
    Ok(vec![File::new("vectors.json", text)])
}

fn vector(spec: &Spec, registry: &Registry, set: &Set, code: &Code) -> Value {
    let number = matches!(set.wire, Wire::Integer | Wire::Integer64).then_some(code.number);
    json!({
        "vendor": spec.vendor.value,
        "set": set.name,
        "identity": word(Identity::WORDS, set.identity),
        "code": code.text,
        "number": number,
        "symbol": code.symbol,
        "aliases": code.aliases,
        "received": received(code),
        "variant": code.variant,
        "message": languages(registry, &code.message, &BTreeMap::new()),
        "remedy": languages(registry, &code.remedy, &BTreeMap::new()),
        "kind": code.kind,
        "retry": code.retry.map_or("unspecified", |retry| word(Retry::WORDS, retry)),
        "retry_after": code.retry_after,
        "billing": code.billing.map_or("unspecified", |billing| word(Billing::WORDS, billing)),
        "http": code.http,
        "success": code.success,
        "retired": code.retired,
        "example": example(registry, code),
    })
}

/// The symbol as it may arrive: with each hole filled in.
fn received(code: &Code) -> Option<String> {
    let symbol = code
        .template
        .as_ref()
        .map(|template| fill(&template.text, &values(code)));
    symbol.or_else(|| code.symbol.clone())
}

/// A symbol with holes as it may arrive, and what is to be read from it.
fn example(registry: &Registry, code: &Code) -> Option<Value> {
    code.template.as_ref()?;
    let values = values(code);
    Some(json!({ "parameters": values, "message": languages(registry, &code.message, &values) }))
}

fn values(code: &Code) -> BTreeMap<String, String> {
    let names = code.template.iter().flat_map(|template| &template.names);
    names
        .enumerate()
        .map(|(at, name)| (name.clone(), format!("value{}", at + 1)))
        .collect()
}

fn fill(text: &str, values: &BTreeMap<String, String>) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("<{name}>"), value)
    })
}

fn languages<'a>(
    registry: &'a Registry,
    texts: &[String],
    values: &BTreeMap<String, String>,
) -> BTreeMap<&'a str, String> {
    let tags = registry.locales.iter().map(String::as_str);
    tags.zip(texts)
        .filter(|(_, text)| !text.is_empty())
        .map(|(tag, text)| (tag, fill(text, values)))
        .collect()
}
