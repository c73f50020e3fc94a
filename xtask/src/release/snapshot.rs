//! All that is promised of a registry, as a text that a person reviews: whatever of it changes, this text changes.

use std::fmt::Write;

use errbook_spec::Texts;
use errbook_spec::place::At;
use errbook_spec::{
    Billing, BillingSource, Code, Fault, Identity, Param, Range, Retry, Set, Spec, Status, Wire,
    word,
};

use crate::vendor::hex_sha256;

/// The promises of one registry.
#[must_use]
pub fn snapshot(spec: &Spec) -> String {
    let mut out = String::from(
        "# What the last release promises. Written by `cargo xtask release`; do not edit.\n",
    );
    let kinds = spec.kinds.as_ref().map_or("none", |kinds| kinds.as_str());
    let _ = writeln!(
        out,
        "{}: {}, kinds {kinds}{}",
        spec.vendor.value,
        spec.locale.value,
        texts("title", &spec.title)
    );
    spec.sets.iter().for_each(|item| set(&mut out, item));
    out
}

fn set(out: &mut String, set: &Set) {
    let (wire, identity) = (
        word(Wire::WORDS, set.wire),
        word(Identity::WORDS, set.identity),
    );
    let _ = write!(
        out,
        "\n{}: {wire} by {identity}{}{}",
        set.name.value,
        status(set.status),
        list("was", &set.was)
    );
    out.push_str(&texts("title", &set.title));
    match &set.billing_source {
        Some(BillingSource::Column(column)) => {
            _ = write!(out, ", billing by column {}", hash(column))
        }
        Some(BillingSource::Quote(quote)) => _ = write!(out, ", billing by quote {}", hash(quote)),
        None => {}
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
    set.codes.iter().for_each(|item| code(out, item));
    set.ranges.iter().for_each(|item| range(out, item));
}

/// Two lines a code: what it is and what a program decides by; then its texts.
fn code(out: &mut String, code: &Code) {
    let _ = write!(
        out,
        "  {} = {}{}",
        code.code.value,
        code.variant.value,
        status(code.status)
    );
    let _ = write!(out, "{}", optional("symbol", code.symbol.as_ref()));
    out.push_str(&list("aliases", &code.aliases));
    out.push_str(&list("was", &code.was));
    out.push_str(&list("was-variant", &code.was_variant));
    out.push_str(&optional("replaced-by", code.replaced_by.as_ref()));
    out.push_str(&optional("section", code.section.as_ref()));
    out.extend(code.params.iter().map(param));
    out.push_str(&optional("kind", code.kind.as_ref()));
    let retry = code
        .retry
        .as_ref()
        .map_or("unspecified", |at| word(Retry::WORDS, at.value));
    let billing = code
        .billing
        .as_ref()
        .map_or("unspecified", |at| word(Billing::WORDS, at.value));
    let _ = write!(
        out,
        ", retry {retry}{}, billing {billing}",
        number("after", code.retry_after.as_ref())
    );
    out.push_str(&number("http", code.http.as_ref()));
    out.push_str(if code.success { ", success" } else { "" });
    out.push_str(&list("unlike", &code.unlike));
    out.extend(
        code.fault
            .iter()
            .map(|fault| format!(", fault {}", word(Fault::WORDS, fault.value))),
    );
    out.push_str(&number("http-answer", code.http_answer.as_ref()));
    let said = [
        optional("locale", code.locale.as_ref()),
        texts("message", &code.message),
        texts("remedy", &code.remedy),
    ];
    let _ = writeln!(
        out,
        "\n   {}{}",
        said.concat().trim_start_matches(','),
        texts("doc", &code.doc)
    );
}

fn range(out: &mut String, range: &Range) {
    let retry = range
        .retry
        .as_ref()
        .map_or("unspecified", |at| word(Retry::WORDS, at.value));
    let billing = range
        .billing
        .as_ref()
        .map_or("unspecified", |at| word(Billing::WORDS, at.value));
    let kind = optional("kind", range.kind.as_ref());
    let _ = writeln!(
        out,
        "  {}..{}{kind}, retry {retry}, billing {billing}",
        range.from.value, range.to.value
    );
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

fn number(name: &str, number: Option<&At<u32>>) -> String {
    number
        .map(|number| format!(", {name} {}", number.value))
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

/// A word as it is; anything else in quotes, so that no two lists of words read alike.
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

/// A hash for each language's text: enough to see that it changed, and short enough to read over.
fn texts(name: &str, texts: &Texts) -> String {
    texts
        .iter()
        .map(|(tag, text)| format!(", {name}.{tag} {}", hash(text)))
        .collect()
}

fn hash(text: &str) -> String {
    hex_sha256(text.as_bytes())[..16].to_owned()
}
