//! Exports conformance vectors: the facts that an implementation in any language must return for
//! each code, and what it must make of answers, flags and languages.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use errbook::{Filled, Locale};
use errbook_spec::check;
use errbook_spec::problem::Problems;
use errbook_spec::registry::{Code, Registry, Set};
use errbook_spec::{Identity, Spec, word};
use serde_json::{Value, json};

use crate::book::Book;
use crate::export::facts::effective;
use crate::export::model::{Model, all_facts, by_language};
use crate::export::received::{flag_cases, received_cases};
use crate::export::{File, SCHEMA};

/// The languages that readers ask for, and those that are available, in combinations that each
/// rule of the choice decides.
const WANTED: [&str; 20] = [
    "en",
    "en-GB",
    "EN_us",
    "zh",
    "zh-SG",
    "zh-TW",
    "zh-HK",
    "zh-MO",
    "zh-Hans",
    "zh-Hant",
    "zh_Hans_SG",
    "zh-Hant-HK",
    "sr",
    "sr-Latn-RS",
    "pt",
    "pt-PT",
    "es-419",
    "de_DE.UTF-8@euro",
    "de-x-private",
    "fr",
];
const AVAILABLE: [&[&str]; 5] = [
    &["zh-SG", "en"],
    &["en", "zh-TW", "zh-SG"],
    &["de", "zh-Hant", "pt-BR", "pt", "es-MX"],
    &["sr-Latn", "sr", "es-419", "zh-Hans"],
    &["ja"],
];

/// The vectors of a registry, one a line.
///
/// # Errors
///
/// A spec is not valid.
pub fn vectors(book: &Book) -> Result<Vec<File>, Problems> {
    let mut codes = Vec::new();
    for spec in &book.specs {
        let registry = check(spec)?;
        for (set, raw_set) in registry.sets.iter().zip(&spec.sets) {
            for (code, raw) in set.codes.iter().zip(&raw_set.codes) {
                let raw = effective(spec, raw_set, raw);
                codes.push(vector(spec, &registry, set, code, &raw));
            }
        }
    }
    let model = Model::new(book, None)?;
    let sets = || model.vendors.iter().flat_map(|vendor| &vendor.sets);
    let kinds = model.kinds.iter().map(|kind| json!(kind));
    let lists = [
        ("codes", codes),
        ("received", sets().flat_map(received_cases).collect()),
        ("flags", sets().flat_map(flag_cases).collect()),
        ("languages", language_cases()),
        ("kinds", kinds.collect()),
    ];
    let mut text = format!("{{\"schema\":{SCHEMA}");
    for (name, list) in lists {
        let lines: Vec<_> = list.iter().map(Value::to_string).collect();
        let _ = write!(text, ",\"{name}\":[\n{}\n]", lines.join(",\n"));
    }
    Ok(vec![File::new("vectors.json", text + "}\n")])
}

/// The best of the available languages; `null` if the language is not available.
fn language_cases() -> Vec<Value> {
    let parse = |tag: &str| Locale::parse(tag).ok();
    let mut cases = Vec::new();
    for available in AVAILABLE {
        let locales: Vec<_> = available.iter().filter_map(|tag| parse(tag)).collect();
        for wanted in WANTED {
            let best = parse(wanted).and_then(|wanted| wanted.best_of(&locales));
            let best = best.map(|best| available[best]);
            cases.push(json!({ "wanted": wanted, "available": available, "nearest": best }));
        }
    }
    cases
}

/// The facts of a code, and the results that an implementation must compute from them.
fn vector(
    spec: &Spec,
    registry: &Registry,
    set: &Set,
    code: &Code,
    raw: &errbook_spec::Code,
) -> Value {
    let mut vector = all_facts(raw);
    let number = set.wire.is_number().then_some(code.number);
    let computed = [
        ("vendor", json!(spec.vendor.value)),
        ("set", json!(set.name)),
        ("identity", json!(word(Identity::WORDS, set.identity))),
        ("number", json!(number)),
        ("aliases", json!(code.aliases)),
        ("received", json!(received(code))),
        ("message", json!(by_language(registry, &code.message))),
        ("remedy", json!(by_language(registry, &code.remedy))),
        ("retired", json!(code.retired)),
        ("example", json!(example(registry, code, raw))),
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

/// The values in the received symbol, and the messages with them; `None` if there is nothing to
/// fill in and no escape to resolve.
fn example(registry: &Registry, code: &Code, raw: &errbook_spec::Code) -> Option<Value> {
    let values = example_values(code);
    let texts = by_language(registry, &code.message);
    // A parameter without a value stays as it is, which is also what an escape resolves to.
    let declared = raw.params.iter().map(|param| param.name.value.clone());
    let mut known: BTreeMap<_, _> = declared
        .map(|name| (name.clone(), format!("<{name}>")))
        .collect();
    known.extend(values.clone());
    let filled = |text: &String| fill_parameters(text, &known);
    let messages: BTreeMap<_, _> = texts
        .iter()
        .map(|(tag, text)| (tag, filled(text)))
        .collect();
    let is_example =
        code.template.is_some() || texts.iter().any(|(tag, text)| messages[tag] != *text);
    is_example.then(|| json!({ "parameters": values, "message": messages }))
}

fn example_values(code: &Code) -> BTreeMap<String, String> {
    let names = code.template.iter().flat_map(|template| &template.names);
    names
        .enumerate()
        .map(|(at, name)| (name.clone(), format!("value{}", at + 1)))
        .collect()
}

/// A text with values for its parameters, as the runtime fills them in.
fn fill_parameters(text: &str, values: &BTreeMap<String, String>) -> String {
    let values: Vec<(&str, &dyn Display)> = values
        .iter()
        .map(|(name, value)| (name.as_str(), value as &dyn Display))
        .collect();
    Filled::new(text, &values).to_string()
}
