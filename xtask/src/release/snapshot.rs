//! Takes a spec and returns a text of everything that a release promises about it: reviewers see
//! every change of the public API in the diff of this text.

use std::fmt::Write;

use errbook_spec::facts::{Entry, Fact, FactType, Value, facts_of};
use errbook_spec::place::At;
use errbook_spec::{
    BillingSource, Code, Identity, Param, Range, Set, Spec, Status, Texts, Wire, word,
};

use crate::vendor::hex_sha256;

/// The promises of one registry.
#[must_use]
pub fn snapshot(spec: &Spec) -> String {
    let mut out = String::from(
        "# What the last release promises. Written by `errbook release`; do not edit.\n",
    );
    let kinds = spec.kinds.as_ref().map_or("none", |kinds| kinds.as_str());
    let _ = writeln!(
        out,
        "{}: {}, kinds {kinds}{}",
        spec.vendor.value,
        spec.locale.value,
        texts("title", &spec.title)
    );
    spec.sets.iter().for_each(|item| write_set(&mut out, item));
    out
}

fn write_set(out: &mut String, set: &Set) {
    let wire = word(Wire::WORDS, set.wire);
    let identity = word(Identity::WORDS, set.identity);
    let _ = write!(
        out,
        "\n{}: {wire} by {identity}{}{}",
        set.name.value,
        status(set.status),
        list("was", &set.was)
    );
    out.push_str(&list("reserved", &set.reserved));
    out.push_str(&texts("title", &set.title));
    match &set.billing_source {
        Some(BillingSource::Column(column)) => {
            _ = write!(out, ", billing by column {}", hash(column));
        }
        Some(BillingSource::Quote(quote)) => _ = write!(out, ", billing by quote {}", hash(quote)),
        None => {}
    }
    for fact in facts_of::<Set>().filter(|fact| fact.diff.is_some()) {
        out.push_str(&promise(fact, set));
    }
    out.push('\n');
    for section in &set.sections {
        let _ = writeln!(
            out,
            "  section {}{}",
            section.id.value,
            texts("title", &section.title)
        );
    }
    set.codes.iter().for_each(|item| write_code(out, item));
    set.ranges.iter().for_each(|item| write_range(out, item));
}

/// Two lines a code: what it is and what a program decides by; then hashes of its sentences.
fn write_code(out: &mut String, code: &Code) {
    let _ = write!(
        out,
        "  {} = {}{}",
        code.code.value,
        code.variant.value,
        status(code.status)
    );
    // The line begins with the required facts and the status.
    let facts = optional_facts::<Code>().filter(|fact| fact.key != "status");
    let (sentences, others): (Vec<_>, Vec<_>) = facts.partition(|fact| fact.has_texts());
    for fact in others {
        out.push_str(&promise(fact, code));
    }
    let sentences: String = sentences.iter().map(|fact| promise(fact, code)).collect();
    let _ = writeln!(out, "\n   {}", sentences.trim_start_matches(','));
}

fn write_range(out: &mut String, range: &Range) {
    let promises: String = optional_facts::<Range>()
        .map(|fact| promise(fact, range))
        .collect();
    let _ = writeln!(out, "  {}..{}{promises}", range.from.value, range.to.value);
}

/// The facts that an entry may leave out.
fn optional_facts<E: Entry>() -> impl Iterator<Item = &'static Fact> {
    facts_of::<E>().filter(|fact| fact.fact_type() != FactType::RequiredText)
}

/// `, key value`. Of sentences only a hash.
fn promise<E: Entry>(fact: &Fact, entry: &E) -> String {
    let key = fact.key;
    let is_sentence = fact.fact_type() == FactType::Note;
    match fact.get(entry) {
        Some(Value::Text(text)) => format!(", {key} {}", quoted(&text)),
        Some(Value::Texts(strings)) => texts(key, &strings),
        Some(Value::List(strings)) => list(key, &strings),
        Some(Value::Number(number)) => format!(", {key} {}", number.value),
        Some(Value::Word(word)) => format!(", {key} {}", word.value),
        Some(Value::Flag) => format!(", {key}"),
        Some(Value::Params(params)) => params.iter().map(param).collect(),
        Some(Value::Table(table)) => table
            .iter()
            .map(|(name, text)| {
                let text = if is_sentence {
                    hash(text)
                } else {
                    quoted(text)
                };
                format!(", {key}.{name} {text}")
            })
            .collect(),
        Some(_) => unreachable!("every type of value can be promised"),
        None => (fact.absent)
            .map(|absent| format!(", {key} {absent}"))
            .unwrap_or_default(),
    }
}

fn param(param: &Param) -> String {
    let written = optional("written", param.written.as_ref());
    format!(
        ", <{}>{written}{}",
        param.name.value,
        list("values", &param.values)
    )
}

fn status(status: Status) -> &'static str {
    if status == Status::Retired {
        " (retired)"
    } else {
        ""
    }
}

fn optional(name: &str, text: Option<&At<String>>) -> String {
    text.map(|text| format!(", {name} {}", quoted(text)))
        .unwrap_or_default()
}

fn list(name: &str, texts: &[At<String>]) -> String {
    if texts.is_empty() {
        return String::new();
    }
    format!(
        ", {name} [{}]",
        texts
            .iter()
            .map(|text| quoted(text))
            .collect::<Vec<_>>()
            .join(" ")
    )
}

/// A word as it is; anything else in quotation marks, so that no two lists look the same.
fn quoted(text: &str) -> String {
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|each| each.is_alphanumeric() || "-_.:<>".contains(each));
    if plain {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

/// A hash of the string in each language: enough to see that it changed, and short enough to skip.
fn texts(name: &str, texts: &Texts) -> String {
    texts
        .iter()
        .map(|(tag, text)| format!(", {name}.{tag} {}", hash(text)))
        .collect()
}

fn hash(text: &str) -> String {
    hex_sha256(text.as_bytes())[..16].to_owned()
}
