//! Exports conformance vectors: the facts that an implementation in any language must return for
//! each code.

use std::collections::BTreeMap;

use errbook_spec::check;
use errbook_spec::facts::facts_of;
use errbook_spec::problem::Problems;
use errbook_spec::registry::{Code, Registry, Set};
use errbook_spec::{Identity, Spec, word};
use serde_json::{Map, Value, json};

use crate::explain::Book;
use crate::export::facts::{effective, facts_json};
use crate::export::{File, SCHEMA};

/// The vectors of a registry, one line for each code.
///
/// # Errors
///
/// A spec is not valid.
pub fn vectors(book: &Book) -> Result<Vec<File>, Problems> {
    let mut lines = Vec::new();
    for spec in &book.specs {
        let registry = check(spec)?;
        for (set, raw_set) in registry.sets.iter().zip(&spec.sets) {
            for (code, raw) in set.codes.iter().zip(&raw_set.codes) {
                let raw = effective(spec, raw_set, raw);
                lines.push(vector(spec, &registry, set, code, &raw).to_string());
            }
        }
    }
    let text = format!(
        "{{\"schema\":{SCHEMA},\"codes\":[\n{}\n]}}\n",
        lines.join(",\n")
    );
    Ok(vec![File::new("vectors.json", text)])
}

/// The facts of a code, and the results that an implementation must compute from them.
fn vector(
    spec: &Spec,
    registry: &Registry,
    set: &Set,
    code: &Code,
    raw: &errbook_spec::Code,
) -> Value {
    let facts = facts_of::<errbook_spec::Code>().filter(|fact| !fact.is_for_kinds);
    let mut vector: Map<_, _> = facts
        .map(|fact| (fact.exported_key(), Value::Null))
        .collect();
    vector.extend(facts_json(raw));
    let number = set.wire.is_number().then_some(code.number);
    let computed = [
        ("vendor", json!(spec.vendor.value)),
        ("set", json!(set.name)),
        ("identity", json!(word(Identity::WORDS, set.identity))),
        ("number", json!(number)),
        ("aliases", json!(code.aliases)),
        ("received", json!(received(code))),
        (
            "message",
            json!(languages(registry, &code.message, &BTreeMap::new())),
        ),
        (
            "remedy",
            json!(languages(registry, &code.remedy, &BTreeMap::new())),
        ),
        ("retired", json!(code.retired)),
        ("example", json!(example(registry, code))),
    ];
    vector.extend(computed.map(|(key, value)| (key.to_owned(), value)));
    vector.into()
}

/// A symbol that a program may receive: with a value for each parameter.
fn received(code: &Code) -> Option<String> {
    let symbol = code
        .template
        .as_ref()
        .map(|template| fill_parameters(&template.text, &example_values(code)));
    symbol.or_else(|| code.symbol.clone())
}

/// The values in the received symbol, and the messages with them; `None` without parameters.
fn example(registry: &Registry, code: &Code) -> Option<Value> {
    code.template.as_ref()?;
    let values = example_values(code);
    Some(json!({ "parameters": values, "message": languages(registry, &code.message, &values) }))
}

fn example_values(code: &Code) -> BTreeMap<String, String> {
    let names = code.template.iter().flat_map(|template| &template.names);
    names
        .enumerate()
        .map(|(at, name)| (name.clone(), format!("value{}", at + 1)))
        .collect()
}

fn fill_parameters(text: &str, values: &BTreeMap<String, String>) -> String {
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
        .map(|(tag, text)| (tag, fill_parameters(text, values)))
        .collect()
}
