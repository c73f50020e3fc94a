//! Converts the values of facts to JSON and to table cells, for all exports.

use std::collections::BTreeMap;

use errbook_spec::facts::{self, Entry, Fact, FactType, Value, facts_of};
use errbook_spec::place::At;
use errbook_spec::{Billing, Code, Note, Param, Set, Spec, Texts, default_severity};
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use crate::symbol::readable_symbol;

/// An object whose keys keep their order.
pub(crate) struct Object(pub(crate) Vec<(String, Json)>);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A code with the defaults that its set and its vendor define, and with `<name>` for each
/// parameter of its symbol: a document may write `BAD_ARGUMENTS:key>`.
pub(crate) fn effective(spec: &Spec, set: &Set, code: &Code) -> Code {
    let severity = code.severity.clone();
    let symbol = code.symbol.as_ref();
    Code {
        symbol: symbol.map(|symbol| At {
            value: readable_symbol(symbol, &code.params),
            place: symbol.place.clone(),
        }),
        severity: severity.or_else(|| Some(default_severity(code, set).into())),
        since: code.since.clone().or_else(|| spec.since.clone()),
        ..code.clone()
    }
}

/// The facts of an entry with their keys in exports. A fact without a value is omitted, or has the
/// word for its absence.
pub(crate) fn facts_json<E: Entry>(entry: &E) -> Vec<(String, Json)> {
    let facts = facts_of::<E>();
    facts
        .filter_map(|fact| Some((fact.exported_key(), value_or_absent(fact, entry)?)))
        .collect()
}

fn value_or_absent<E: Entry>(fact: &Fact, entry: &E) -> Option<Json> {
    if let Some(value) = fact.get(entry) {
        return Some(value_json(&value));
    }
    match fact.fact_type() {
        FactType::Flag => Some(Json::Bool(false)),
        // A reader may rely on these strings by language, even if there are none.
        FactType::Texts if fact.is_always_exported => Some(json!({})),
        _ => fact.absent.map(Json::from),
    }
}

/// A value as JSON.
pub(crate) fn value_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Texts(texts) => texts_json(texts),
        Value::List(list) => list.iter().map(|text| text.as_str()).collect(),
        Value::Number(number) => number.value.into(),
        Value::Word(word) => word.value.into(),
        Value::Flag => true.into(),
        Value::Table(table) => table_json(table),
        Value::Params(params) => params.iter().map(param_json).collect(),
        _ => unreachable!("every type of value has a form in JSON"),
    }
}

fn param_json(param: &Param) -> Json {
    let mut json = json!({ "name": param.name.value });
    if let Some(written) = &param.written {
        json["written"] = written.value.as_str().into();
    }
    if !param.values.is_empty() {
        json["values"] = param.values.iter().map(|at| at.as_str()).collect();
    }
    json
}

/// Strings by language.
pub(crate) fn texts_json(texts: &Texts) -> Json {
    let texts = texts.iter();
    json!(
        texts
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
            .collect::<BTreeMap<_, _>>()
    )
}

fn table_json(table: &[(String, At<String>)]) -> Json {
    let table = table.iter();
    json!(
        table
            .map(|(key, text)| (key.as_str(), text.as_str()))
            .collect::<BTreeMap<_, _>>()
    )
}

/// When the codes of a vendor first appeared.
pub(crate) fn since_json(spec: &Spec) -> Option<Json> {
    facts::since_of_vendor(spec).map(|since| value_json(&since))
}

/// The keys of the columns that a fact fills. Strings by language have one for each language.
pub(crate) fn columns(fact: &Fact, languages: &[String]) -> Vec<String> {
    let name = fact.exported_key();
    let by_language = || languages.iter().map(|tag| format!("{name}.{tag}"));
    match fact.fact_type() {
        FactType::Texts => by_language().collect(),
        FactType::Note => by_language()
            .chain([format!("{name}.source"), format!("{name}.date")])
            .collect(),
        FactType::Table(keys) => keys.iter().map(|key| format!("{name}.{key}")).collect(),
        _ => vec![name],
    }
}

/// The cells of a fact, by column.
pub(crate) fn cells(fact: &Fact, code: &Code) -> BTreeMap<String, String> {
    let name = fact.exported_key();
    let dotted =
        |(key, text): (&String, &At<String>)| (format!("{name}.{key}"), text.value.clone());
    match fact.get(code) {
        Some(Value::Texts(texts)) => texts.iter().map(dotted).collect(),
        Some(Value::Table(table)) => table
            .iter()
            .map(|(key, text)| dotted((key, text)))
            .collect(),
        Some(Value::List(list)) => {
            let list: Vec<_> = list.iter().map(|text| text.as_str()).collect();
            BTreeMap::from([(name, list.join(" "))])
        }
        Some(value) => BTreeMap::from([(name, value.text())]),
        None if fact.fact_type() == FactType::Flag => BTreeMap::from([(name, false.to_string())]),
        None => fact
            .absent
            .map(|absent| (name, absent.to_owned()))
            .into_iter()
            .collect(),
    }
}

/// The part of a card that says more about billing, if the document does not state it or says that
/// an answer is free: the `note` of the code, or the `set-note`. Only a note with a source counts,
/// because it relies on another page of the vendor.
pub(crate) fn billing_note(set: &Set, code: &Code) -> Option<&'static str> {
    let has_source = |note: &Option<Note>| note.as_ref().is_some_and(|note| note.source.is_some());
    if code
        .billing
        .as_ref()
        .is_some_and(|billing| billing.value == Billing::Billed)
    {
        None
    } else if has_source(&code.note) {
        Some("note")
    } else {
        has_source(&set.note).then_some("set-note")
    }
}
