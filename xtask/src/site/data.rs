//! The registry in, the data of the search page out: what its results, filters and downloads need
//! of each code. The cards are in files of their own, which the page loads when it shows them.

use std::collections::BTreeMap;
use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use errbook_spec::{BillingSource, Note, Status, Texts};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde_json::{Value, json};

use crate::search::Index;
use crate::site::anchor::{anchor, code_page};
use crate::site::card::{own_language, severity_word};
use crate::site::context::{Context, Text};
use crate::site::kinds::KindView;
use crate::site::peers::Place;
use crate::site::view::{VendorView, billing_word, retry_word};

/// How many cards a file has: opening a card loads about 20 KB.
pub(super) const CARDS_PER_FILE: usize = 50;

/// The data of the search page.
pub(super) fn data(
    context: &Context<'_>,
    vendors: &[VendorView<'_>],
    kinds: &[KindView<'_>],
) -> Value {
    let specs: Vec<_> = context.book.vendors().collect();
    let list = specs.iter().zip(vendors).map(|(spec, view)| {
        json!({
            "name": view.name,
            "registry": view.registry,
            "title": texts(context, &spec.title),
            "edition": view.age.as_ref().and_then(|age| age.edition.as_deref()),
            "superseded": view.age.as_ref().is_some_and(|age| age.superseded.is_some()),
        })
    });
    let mut notes = Notes::default();
    let mut sets = Vec::new();
    let mut codes = Vec::new();
    for (at, spec) in specs.iter().enumerate() {
        for set in &spec.sets {
            let ranges = set.ranges.iter().map(|range| {
                json!({
                    "from": range.from.value,
                    "to": range.to.value,
                    "kind": range.kind.as_ref().map(|kind| context.kind_name(spec, kind)),
                    "retry": retry_word(range.retry.as_ref()),
                    "billing": billing_word(range.billing.as_ref()),
                })
            });
            sets.push(json!({
                "vendor": at,
                "name": set.name.value,
                "title": texts(context, &set.title),
                "proof": set.billing_source.as_ref().map(|source| match source {
                    BillingSource::Column(text) | BillingSource::Quote(text) => text.as_str(),
                }),
                "note": notes.position(set.note.as_ref()),
                "ranges": ranges.collect::<Vec<_>>(),
            }));
            let rows = set.codes.iter().map(|code| (*spec, set, code));
            codes.extend(rows.map(|place| code_row(context, place, sets.len() - 1, &mut notes)));
        }
    }
    let kinds = kinds.iter().map(|kind| {
        let by_language = |texts: &[Text<'_>]| -> Value {
            let texts = texts
                .iter()
                .map(|text| (text.language.to_owned(), text.text.into()));
            Value::Object(texts.collect())
        };
        json!({
            "name": kind.name,
            "title": by_language(&kind.title),
            "user": by_language(&kind.message),
            "fault": kind.fault,
        })
    });
    json!({
        "cards": CARDS_PER_FILE,
        "vendors": list.collect::<Vec<_>>(),
        "sets": sets,
        "kinds": kinds.collect::<Vec<_>>(),
        "codes": codes,
        "notes": notes.list,
        "search": serde_json::to_value(Index::of(context.book)).expect("an index is JSON"),
    })
}

/// The notes, each once: many codes share one.
#[derive(Default)]
struct Notes {
    list: Vec<Value>,
    positions: BTreeMap<String, usize>,
}

impl Notes {
    fn position(&mut self, note: Option<&Note>) -> Option<usize> {
        let note = note?;
        let texts = note.text.iter();
        let value = json!({
            "text": texts.map(|(tag, text)| (tag.as_str(), text.as_str())).collect::<BTreeMap<_, _>>(),
            "source": note.source.as_ref().map(|source| source.as_str()),
            "date": note.date.as_ref().map(|date| date.as_str()),
        });
        let position = *(self.positions.entry(value.to_string())).or_insert(self.list.len());
        if position == self.list.len() {
            self.list.push(value);
        }
        Some(position)
    }
}

/// What the index of the search does not have of a code, in the same order: an array, which takes
/// half as long to parse as an object with names.
fn code_row(context: &Context<'_>, place: Place<'_>, at: usize, notes: &mut Notes) -> Value {
    let (spec, set, code) = place;
    json!([
        at,
        anchor(spec, set, code),
        code_page(spec, set, code),
        context.kind_of(spec, code),
        retry_word(code.retry.as_ref()),
        code.retry_after.as_ref().map(|seconds| seconds.value),
        billing_word(code.billing.as_ref()),
        severity_word(set, code),
        code.status == Status::Retired,
        own_language(spec, code),
        notes.position(code.note.as_ref()),
    ])
}

/// Strings in the order of the languages, so that their tags are not repeated.
fn texts(context: &Context<'_>, texts: &Texts) -> Value {
    if texts.is_empty() {
        return Value::Null;
    }
    let each = context
        .tags
        .iter()
        .map(|tag| texts.get(tag).map(|text| text.as_str()));
    each.collect()
}

/// A script that passes a value to the page. A page opened from the file system can load
/// scripts, and nothing else. Compressed, because the strings of ten thousand codes are megabytes.
pub(super) fn script(name: &str, value: &Value) -> String {
    format!("errbook.take(\"{name}\",\"{}\");\n", packed(value))
}

/// A value as `ErrbookSearch.unpack` reads it: JSON, compressed with gzip, in base64.
///
/// # Panics
///
/// If the value is not valid JSON, for example a map with keys that are not strings.
#[must_use]
pub fn packed(value: &impl Serialize) -> String {
    let json = serde_json::to_vec(value).expect("the value is JSON");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&json).expect("writing to a Vec cannot fail");
    STANDARD.encode(gzip.finish().expect("writing to a Vec cannot fail"))
}
