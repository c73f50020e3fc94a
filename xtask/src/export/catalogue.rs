//! Exports all vendors and the kinds as one JSON file.

use errbook_spec::{Code, Section, Set, Spec};
use serde::Serialize;
use serde_json::{Value, json};

use crate::book::Book;
use crate::export::facts::{Object, effective, facts_json, since_json, texts_json};
use crate::export::{File, SCHEMA};

#[derive(Serialize)]
struct Catalogue {
    schema: u32,
    vendors: Vec<Vendor>,
    kinds: Vec<Object>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are those of the file")]
struct Vendor {
    vendor: String,
    locale: String,
    title: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Value>,
    sets: Vec<Group>,
}

/// Where and when the vendor published the document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Source {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// `true`, or since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newer: Option<String>,
}

impl Source {
    /// What a spec says about its document.
    pub(crate) fn of(spec: &Spec) -> Option<Self> {
        let source = spec.source.as_ref()?;
        let superseded = source.superseded.as_ref();
        Some(Self {
            url: source.url.as_ref().map(|at| at.value.clone()),
            edition: source.edition.as_ref().map(|at| at.value.clone()),
            date: source.date.as_ref().map(|at| at.value.clone()),
            superseded: superseded.map(|at| at.day().map_or(json!(true), |day| json!(day))),
            newer: source.newer.as_ref().map(|at| at.value.clone()),
        })
    }
}

/// A set: its facts, followed by its sections, codes and ranges.
#[derive(Serialize)]
struct Group {
    #[serde(flatten)]
    facts: Object,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<Value>,
    codes: Vec<Object>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<Object>,
}

/// The catalogue of a registry.
///
/// # Errors
///
/// Never: every value can be written as JSON.
pub fn catalogue(book: &Book) -> serde_json::Result<Vec<File>> {
    let kinds = book.kinds.iter().flat_map(|spec| {
        let codes = |set: &'_ Set| {
            let codes = set.codes.iter();
            codes
                .map(|code| code_object(spec, set, code))
                .collect::<Vec<_>>()
        };
        spec.sets.iter().flat_map(codes).collect::<Vec<_>>()
    });
    let catalogue = Catalogue {
        schema: SCHEMA,
        vendors: book.specs.iter().map(export_vendor).collect(),
        kinds: kinds.collect(),
    };
    Ok(vec![File::new(
        "errbook.json",
        serde_json::to_string_pretty(&catalogue)? + "\n",
    )])
}

fn export_vendor(spec: &Spec) -> Vendor {
    let sha256 = spec.source.as_ref().map(|source| &source.sha256);
    Vendor {
        vendor: spec.vendor.value.clone(),
        locale: spec.locale.value.clone(),
        title: texts_json(&spec.title),
        source_sha256: sha256.map(|at| at.value.clone()),
        source: Source::of(spec),
        since: since_json(spec),
        sets: spec.sets.iter().map(|set| export_set(spec, set)).collect(),
    }
}

fn export_set(spec: &Spec, set: &Set) -> Group {
    let codes = set.codes.iter();
    Group {
        facts: Object(facts_json(set)),
        sections: set.sections.iter().map(section_json).collect(),
        codes: codes.map(|code| code_object(spec, set, code)).collect(),
        ranges: set
            .ranges
            .iter()
            .map(|range| Object(facts_json(range)))
            .collect(),
    }
}

fn section_json(section: &Section) -> Value {
    json!({ "id": section.id.value, "title": texts_json(&section.title) })
}

fn code_object(spec: &Spec, set: &Set, code: &Code) -> Object {
    Object(facts_json(&effective(spec, set, code)))
}
