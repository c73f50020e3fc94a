//! All registries as one JSON value, with the kinds beside them.

use std::collections::BTreeMap;

use errbook_spec::Texts;
use errbook_spec::place::At;
use errbook_spec::{
    Billing, BillingSource, Code, Fault, Identity, Range, Retry, Set, Spec, Status, Wire, word,
};
use serde::Serialize;

use crate::explain::Book;
use crate::export::{File, SCHEMA};

type Languages<'a> = BTreeMap<&'a str, &'a str>;

#[derive(Serialize)]
struct Catalogue<'a> {
    schema: u32,
    vendors: Vec<Vendor<'a>>,
    kinds: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are those of the file")]
struct Vendor<'a> {
    vendor: &'a str,
    locale: &'a str,
    title: Languages<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_sha256: Option<&'a str>,
    sets: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    set: &'a str,
    wire: &'static str,
    identity: &'static str,
    status: &'static str,
    title: Languages<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing_source: Option<BTreeMap<&'static str, &'a str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<Section<'a>>,
    codes: Vec<Entry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<Class<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    id: &'a str,
    title: Languages<'a>,
}

/// A code, of a vendor or of the taxonomy.
#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<&'a str>,
    variant: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    /// The language of the vendor's own text, where it is not the vendor's.
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter<'a>>,
    message: Languages<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    remedy: Languages<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    definition: Languages<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unlike: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_answer: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    retry: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
    billing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<u32>,
    success: bool,
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<&'a str>,
}

#[derive(Serialize)]
struct Class<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    retry: &'static str,
    billing: &'static str,
}

/// The catalogue of a registry.
///
/// # Errors
///
/// There is none: every value of it is a text, a number or a list of them.
pub fn catalogue(book: &Book) -> serde_json::Result<Vec<File>> {
    let kinds = book
        .kinds
        .iter()
        .flat_map(|kinds| &kinds.sets)
        .flat_map(|set| &set.codes);
    let catalogue = Catalogue {
        schema: SCHEMA,
        vendors: book.specs.iter().map(vendor).collect(),
        kinds: kinds.map(entry).collect(),
    };
    Ok(vec![File::new(
        "errbook.json",
        serde_json::to_string_pretty(&catalogue)? + "\n",
    )])
}

fn vendor(spec: &Spec) -> Vendor<'_> {
    Vendor {
        vendor: &spec.vendor,
        locale: &spec.locale,
        title: languages(&spec.title),
        source_sha256: spec.source.as_ref().map(|source| source.sha256.as_str()),
        sets: spec.sets.iter().map(set).collect(),
    }
}

fn set(set: &Set) -> Group<'_> {
    Group {
        set: &set.name,
        wire: word(Wire::WORDS, set.wire),
        identity: word(Identity::WORDS, set.identity),
        status: word(Status::WORDS, set.status),
        title: languages(&set.title),
        billing_source: set.billing_source.as_ref().map(|source| match source {
            BillingSource::Column(column) => BTreeMap::from([("column", column.as_str())]),
            BillingSource::Quote(quote) => BTreeMap::from([("quote", quote.as_str())]),
        }),
        sections: set
            .sections
            .iter()
            .map(|each| Section {
                id: &each.id,
                title: languages(&each.title),
            })
            .collect(),
        codes: set.codes.iter().map(entry).collect(),
        ranges: set.ranges.iter().map(class).collect(),
    }
}

fn entry(code: &Code) -> Entry<'_> {
    Entry {
        code: &code.code,
        symbol: text(code.symbol.as_ref()),
        aliases: code.aliases.iter().map(|alias| alias.as_str()).collect(),
        variant: &code.variant,
        status: word(Status::WORDS, code.status),
        replaced_by: text(code.replaced_by.as_ref()),
        section: text(code.section.as_ref()),
        locale: text(code.locale.as_ref()),
        parameters: code
            .params
            .iter()
            .map(|param| Parameter {
                name: &param.name,
                values: param.values.iter().map(|at| at.as_str()).collect(),
            })
            .collect(),
        message: languages(&code.message),
        remedy: languages(&code.remedy),
        definition: languages(&code.doc),
        unlike: code.unlike.iter().map(|kind| kind.as_str()).collect(),
        fault: code
            .fault
            .as_ref()
            .map(|fault| word(Fault::WORDS, fault.value)),
        http_answer: code.http_answer.as_ref().map(|status| status.value),
        kind: text(code.kind.as_ref()),
        retry: retry(code.retry.as_ref()),
        retry_after: code.retry_after.as_ref().map(|seconds| seconds.value),
        billing: billing(code.billing.as_ref()),
        http: code.http.as_ref().map(|status| status.value),
        success: code.success,
    }
}

fn class(range: &Range) -> Class<'_> {
    Class {
        from: &range.from,
        to: &range.to,
        kind: text(range.kind.as_ref()),
        retry: retry(range.retry.as_ref()),
        billing: billing(range.billing.as_ref()),
    }
}

fn text(text: Option<&At<String>>) -> Option<&str> {
    text.map(|text| text.as_str())
}

fn retry(retry: Option<&At<Retry>>) -> &'static str {
    retry.map_or(UNSPECIFIED, |retry| word(Retry::WORDS, retry.value))
}

fn billing(billing: Option<&At<Billing>>) -> &'static str {
    billing.map_or(UNSPECIFIED, |billing| word(Billing::WORDS, billing.value))
}

/// Unspecified is a value: what the vendor does not say is never one of the other words.
const UNSPECIFIED: &str = "unspecified";

fn languages(texts: &Texts) -> Languages<'_> {
    texts
        .iter()
        .map(|(tag, text)| (tag.as_str(), text.as_str()))
        .collect()
}
