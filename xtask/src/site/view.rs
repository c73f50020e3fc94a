//! A spec in, the values that the tables of a page show out, so that templates contain no logic.

use std::borrow::Cow;

use errbook_spec::Texts;
use errbook_spec::facts::{Fact, FactType, Value};
use errbook_spec::place::At;
use errbook_spec::{
    Billing, BillingSource, Code, Identity, Param, Range, Retry, Set, Spec, Status, Wire,
    other_vendor, word,
};

use crate::age::Age;
use crate::explain::{Book, set_path};
use crate::export::facts::effective;
use crate::interface::shown_facts;
use crate::reference;
use crate::site::anchor::{anchor, percent_encoded};
use crate::site::matrix::{kind_name, taxonomies};

/// A vendor with its sets.
pub(super) struct VendorView<'a> {
    pub(super) name: &'a str,
    /// The registry that it is from, if the site shows several.
    pub(super) registry: Option<&'a str>,
    pub(super) title: Vec<Text<'a>>,
    pub(super) codes: usize,
    /// How old the document is, if the spec says.
    pub(super) age: Option<Age<'a>>,
    pub(super) sets: Vec<SetView<'a>>,
}

/// A set with its rows.
pub(super) struct SetView<'a> {
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) title: Vec<Text<'a>>,
    /// The Rust path of the enum.
    pub(super) rust: String,
    pub(super) wire: &'static str,
    pub(super) identity: &'static str,
    /// The source of the billing facts: the header of a column, or a quote from the document.
    pub(super) billing: Option<&'a str>,
    pub(super) retired: bool,
    pub(super) has_remedies: bool,
    pub(super) sections: Vec<(&'a str, Vec<Text<'a>>)>,
    pub(super) rows: Vec<Row<'a>>,
    pub(super) ranges: Vec<RangeView<'a>>,
}

/// A text in one language.
#[expect(clippy::struct_field_names, reason = "a text has a text")]
pub(super) struct Text<'a> {
    pub(super) language: &'a str,
    pub(super) text: &'a str,
    /// Whether this is the vendor's language, which is shown in addition to the reader's.
    pub(super) own: bool,
}

/// A code.
pub(super) struct Row<'a> {
    pub(super) id: String,
    pub(super) code: &'a str,
    pub(super) symbol: Option<&'a str>,
    pub(super) aliases: Vec<&'a str>,
    pub(super) variant: &'a str,
    pub(super) retired: bool,
    /// Since when its code means something else, and what.
    pub(super) former: Option<(&'a str, &'a str)>,
    /// The reference to its replacement, and the fragment to link to; empty if there is none.
    pub(super) replaced_by: Option<(&'a str, String)>,
    pub(super) message: Vec<Text<'a>>,
    pub(super) remedy: Vec<Text<'a>>,
    pub(super) kind: Cow<'a, str>,
    pub(super) retry: &'static str,
    pub(super) retry_after: Option<u32>,
    pub(super) billing: &'static str,
    /// The facts that have no column of their own.
    pub(super) facts: Vec<FactView>,
}

/// A fact that has no column of its own. The script reads it from the row and shows it on the card.
pub(super) struct FactView {
    pub(super) key: &'static str,
    /// The key of its label among the strings of the interface.
    pub(super) label: String,
    pub(super) parts: Vec<FactPart>,
}

/// A part of a fact.
pub(super) enum FactPart {
    /// The whole fact.
    Whole(String),
    /// The whole fact, a word: `warning`.
    Word(&'static str),
    /// A text in the language of a tag. `own` is as in [`Text`].
    Language {
        tag: String,
        text: String,
        own: bool,
    },
    /// The value of a key: `release`, `0.1.0`.
    Keyed(String, String),
}

/// A class of codes.
pub(super) struct RangeView<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) kind: Cow<'a, str>,
    pub(super) retry: &'static str,
    pub(super) billing: &'static str,
}

/// The view of a vendor.
pub(super) fn vendor_view<'a>(book: &'a Book, spec: &'a Spec) -> VendorView<'a> {
    let modules = book.registry_of(spec).modules.as_deref();
    let taxonomies = taxonomies(book);
    let sets: Vec<_> = spec
        .sets
        .iter()
        .map(|item| set_view(modules, &taxonomies, spec, item))
        .collect();
    let codes = sets.iter().map(|set| set.rows.len()).sum();
    VendorView {
        name: &spec.vendor,
        registry: book.mark(spec),
        title: text_views(&spec.title, &spec.locale),
        codes,
        age: Age::of(spec),
        sets,
    }
}

fn set_view<'a>(
    modules: Option<&str>,
    taxonomies: &[&Spec],
    spec: &'a Spec,
    set: &'a Set,
) -> SetView<'a> {
    let rows: Vec<_> = set
        .codes
        .iter()
        .map(|code| row_view(taxonomies, spec, set, code))
        .collect();
    let sections = set.sections.iter().map(|section| {
        (
            section.id.as_str(),
            text_views(&section.title, &spec.locale),
        )
    });
    SetView {
        id: format!("{}/{}", spec.vendor.value, set.name.value),
        name: &set.name,
        title: text_views(&set.title, &spec.locale),
        rust: set_path(modules, spec, set),
        wire: word(Wire::WORDS, set.wire),
        identity: word(Identity::WORDS, set.identity),
        billing: set.billing_source.as_ref().map(|source| match source {
            BillingSource::Column(text) | BillingSource::Quote(text) => text.as_str(),
        }),
        retired: set.status == Status::Retired,
        has_remedies: rows.iter().any(|row| !row.remedy.is_empty()),
        sections: sections.collect(),
        rows,
        ranges: set
            .ranges
            .iter()
            .map(|range| range_view(taxonomies, spec, range))
            .collect(),
    }
}

fn row_view<'a>(taxonomies: &[&Spec], spec: &'a Spec, set: &'a Set, code: &'a Code) -> Row<'a> {
    let own = code.locale.as_ref().unwrap_or(&spec.locale).as_str();
    let replacement = |reference: &'a str| {
        (
            reference,
            referenced_anchor(spec, reference).unwrap_or_default(),
        )
    };
    Row {
        id: anchor(spec, set, code),
        code: &code.code,
        symbol: code.symbol.as_ref().map(|symbol| symbol.as_str()),
        aliases: code
            .aliases
            .iter()
            .chain(&code.was)
            .map(|alias| alias.as_str())
            .collect(),
        variant: &code.variant,
        retired: code.status == Status::Retired,
        former: (code.until.as_ref())
            .map(|until| (until.as_str(), set.meaning_now(code).variant.as_str())),
        replaced_by: code
            .replaced_by
            .as_ref()
            .map(|reference| replacement(reference)),
        message: text_views(&code.message, own),
        remedy: text_views(&code.remedy, own),
        kind: named_kind(taxonomies, spec, code.kind.as_ref()),
        retry: code
            .retry
            .as_ref()
            .map(|retry| word(Retry::WORDS, retry.value))
            .unwrap_or_default(),
        retry_after: code.retry_after.as_ref().map(|seconds| seconds.value),
        billing: code
            .billing
            .as_ref()
            .map(|billing| word(Billing::WORDS, billing.value))
            .unwrap_or_default(),
        facts: fact_views(spec, set, code),
    }
}

/// The facts of a code that have no column, first those with a line of their own on the card.
fn fact_views(spec: &Spec, set: &Set, code: &Code) -> Vec<FactView> {
    let http = code.http.as_ref().map(|status| status.value.to_string());
    let params: Vec<_> = code.params.iter().map(param_text).collect();
    let section = code.section.as_ref().map(|section| section.value.clone());
    let own_lines = [
        ("http", http),
        ("parameters", Some(params.join("; "))),
        ("section", section),
    ];
    let mut views = Vec::new();
    for (key, value) in own_lines {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            views.push(FactView {
                key,
                label: key.to_owned(),
                parts: vec![FactPart::Whole(value)],
            });
        }
    }
    let effective = effective(spec, set, code);
    let own = code.locale.as_ref().unwrap_or(&spec.locale).as_str();
    for fact in shown_facts() {
        let value = fact.get(&effective).or_else(|| fact.get(set));
        // An error is what a reader expects.
        if let Some(value) = value.filter(|value| *value != Value::Word("error".into())) {
            views.push(FactView {
                key: fact.key,
                label: format!("fact.{}", fact.key),
                parts: fact_parts(fact, value, own),
            });
        }
    }
    views
}

/// `own` is the language of the vendor.
fn fact_parts(fact: &Fact, value: Value, own: &str) -> Vec<FactPart> {
    // In a table, keys are languages or names, which depends on the fact.
    let names: &[&str] = match fact.fact_type() {
        FactType::Note => &["source", "date"],
        FactType::Table(names) => names,
        _ => &[],
    };
    let entries = match value {
        Value::Word(word) => return vec![FactPart::Word(word.value)],
        Value::Texts(texts) => texts.into_iter().collect(),
        Value::Table(entries) => entries,
        other => return vec![FactPart::Whole(other.text())],
    };
    let (keyed, texts): (Vec<_>, Vec<_>) = entries
        .into_iter()
        .map(|(key, text)| (key, text.value))
        .partition(|(key, _)| names.contains(&key.as_str()));
    let has_own = texts.iter().any(|(tag, _)| tag == own);
    let mut parts = Vec::new();
    for (at, (tag, text)) in texts.into_iter().enumerate() {
        // Without a text in the vendor's language, the first one takes its place.
        let own = if has_own { tag == own } else { at == 0 };
        parts.push(FactPart::Language { tag, text, own });
    }
    for (key, text) in keyed {
        parts.push(FactPart::Keyed(key, text));
    }
    parts
}

fn param_text(param: &Param) -> String {
    let values: Vec<_> = param.values.iter().map(|value| value.as_str()).collect();
    if values.is_empty() {
        param.name.value.clone()
    } else {
        format!("{}: {}", param.name.value, values.join(", "))
    }
}

/// The fragment of the code that a reference names.
fn referenced_anchor(spec: &Spec, reference: &str) -> Option<String> {
    if let Some((vendor, code)) = other_vendor(reference) {
        let parts = reference::split_reference(code, 3)?;
        let parts = std::iter::once(vendor).chain(parts.iter().map(String::as_str));
        let parts: Vec<_> = parts.map(percent_encoded).collect();
        return Some(parts.join("/"));
    }
    let parts = reference::split_reference(reference, 3)?;
    let set = spec
        .sets
        .iter()
        .find(|set| Some(&set.name.value) == parts.first())?;
    let code = set.codes.iter().find(|code| {
        let symbol = code.symbol.as_ref().map(|symbol| &symbol.value);
        Some(&code.code.value) == parts.get(1) && (parts.len() < 3 || symbol == parts.get(2))
    })?;
    Some(anchor(spec, set, code))
}

/// What the site calls a kind; empty if there is none.
fn named_kind<'a>(taxonomies: &[&Spec], spec: &Spec, kind: Option<&'a At<String>>) -> Cow<'a, str> {
    let taxonomy = spec.kinds.as_ref().map_or("", |taxonomy| taxonomy.as_str());
    kind.map(|kind| kind_name(taxonomies, taxonomy, kind))
        .unwrap_or_default()
}

fn range_view<'a>(taxonomies: &[&Spec], spec: &Spec, range: &'a Range) -> RangeView<'a> {
    RangeView {
        from: &range.from,
        to: &range.to,
        kind: named_kind(taxonomies, spec, range.kind.as_ref()),
        retry: range
            .retry
            .as_ref()
            .map(|retry| word(Retry::WORDS, retry.value))
            .unwrap_or_default(),
        billing: range
            .billing
            .as_ref()
            .map(|billing| word(Billing::WORDS, billing.value))
            .unwrap_or_default(),
    }
}

/// A text in each language, the vendor's last. Without a text in the vendor's language, the first
/// one takes its place.
pub(super) fn text_views<'a>(texts: &'a Texts, own: &str) -> Vec<Text<'a>> {
    let own = if texts.contains_key(own) {
        Some(own)
    } else {
        texts.keys().next().map(String::as_str)
    };
    let each = texts.iter().map(|(tag, text)| Text {
        language: tag,
        text,
        own: Some(tag.as_str()) == own,
    });
    let mut each: Vec<_> = each.collect();
    each.sort_by_key(|text| text.own);
    each
}
