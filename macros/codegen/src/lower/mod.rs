//! Decides everything that is left to decide, so that `emit` only has to write it down.

mod docs;
mod index;
mod pool;

use heck::ToUpperCamelCase;

use crate::check::plural;
use crate::registry::{self, Code, Registry};
use crate::spec::{Fault, Identity, Retry, Wire, word};
use crate::tables::{Codes, Column, Pool, Range, Set, Tables, Variant};

use self::pool::pool;

/// Lowers a registry. `locales` are the languages to take, each by its position in the registry, the default first.
pub(crate) fn lower(registry: &Registry, locales: &[usize]) -> Tables {
    Tables {
        locales: locales.iter().map(|&locale| registry.locales[locale].clone()).collect(),
        sets: registry.sets.iter().map(|set| self::set(set, registry, locales)).collect(),
    }
}

fn set(set: &registry::Set, registry: &Registry, locales: &[usize]) -> Set {
    let codes = &set.codes;
    let each = |text: fn(&Code, usize) -> &str| -> Vec<Pool> {
        let is_there = locales.iter().any(|&locale| codes.iter().any(|code| !text(code, locale).is_empty()));
        let locales = locales.iter().filter(|_| is_there);
        locales.map(|&locale| pool(codes.iter().map(|code| text(code, locale)))).collect()
    };
    let optional = |text: fn(&Code) -> Option<&str>| -> Option<Pool> {
        codes
            .iter()
            .any(|code| text(code).is_some())
            .then(|| pool(codes.iter().map(|code| text(code).unwrap_or_default())))
    };
    let mut symbol = optional(|code| code.symbol.as_deref());
    let symbols = index::symbols(set, &mut symbol);
    let has_templates = codes.iter().any(|code| code.template.is_some());
    let templates = codes.iter().map(|code| code.template.as_ref().map_or("", |template| template.text.as_str()));
    let section = |code: &Code| code.section.map_or("", |section| set.sections[section].id.as_str());
    Set {
        vendor: registry.vendor.clone(),
        name: set.name.clone(),
        was: set.was.clone(),
        doc: docs::set(set, registry),
        by_symbol_too: set.identity == Identity::CodeAndSymbol,
        retired: codes.iter().any(|code| code.retired),
        variants: codes.iter().map(|code| variant(code, set, registry)).collect(),
        names: pool(codes.iter().map(|code| code.variant.as_str())),
        codes: self::codes(set),
        template: has_templates.then(|| index::part_of(&mut symbol, templates)),
        symbol,
        symbols,
        messages: each(|code, locale| &code.message[locale]),
        remedies: each(|code, locale| &code.remedy[locale]),
        definitions: each(|code, locale| &code.doc[locale]),
        section: (!set.sections.is_empty()).then(|| pool(codes.iter().map(section))),
        billing: column(codes.iter().map(|code| billing(code.billing))),
        retry: column(codes.iter().map(|code| retry(code.retry))),
        retry_after: column(codes.iter().map(|code| code.retry_after.unwrap_or_default())),
        http: column(codes.iter().map(|code| code.http.unwrap_or_default())),
        http_answer: all(codes, |code| code.http_answer),
        fault: codes
            .iter()
            .any(|code| code.fault.is_some())
            .then(|| column(codes.iter().map(|code| code.fault.map(fault)))),
        success: column(codes.iter().map(|code| code.success)),
        kind: all(codes, |code| code.kind.as_ref().map(|kind| kind.to_upper_camel_case())),
        ranges: set.ranges.iter().map(range).collect(),
    }
}

fn variant(code: &Code, set: &registry::Set, registry: &Registry) -> Variant {
    let texts = std::iter::once(&code.text).chain(&code.symbol).chain(&code.aliases);
    let mut doc_aliases: Vec<String> = texts.filter(|text| docs::can_be_alias(text, &code.variant)).cloned().collect();
    doc_aliases.dedup();
    Variant {
        name: code.variant.clone(),
        doc: docs::variant(code, set, registry),
        doc_aliases,
        deprecated: code.retired.then(|| docs::retired(code)),
        was: code.was_variant.clone(),
    }
}

fn codes(set: &registry::Set) -> Codes {
    let texts = || pool(set.codes.iter().map(|code| code.text.as_str()));
    match set.wire {
        Wire::Integer | Wire::Integer64 => {
            let bits = if set.wire == Wire::Integer { 32 } else { 64 };
            let codes = set.codes.iter().map(|code| code.number).collect();
            Codes::Numbers { bits, codes, index: index::numbers(set, bits) }
        }
        Wire::String => Codes::Texts { codes: texts(), index: index::texts(set) },
        Wire::Flags => {
            let place = |code: &Code| code.text.find('1').map_or(1, |place| place + 1);
            let count = |number: usize| u32::try_from(number).expect("a flag has at most 64 places");
            Codes::Flags {
                codes: texts(),
                index: index::texts(set),
                width: set.codes.first().map_or(1, |code| count(code.text.len())),
                places: set.codes.iter().map(|code| count(place(code))).collect(),
                plural: plural(&set.name),
            }
        }
    }
}

/// The different values in the order of their first use, and which of them each position has.
fn column<T: Clone + PartialEq>(each: impl Iterator<Item = T>) -> Column<T> {
    let mut values: Vec<T> = Vec::new();
    let positions: Vec<u16> = each.map(|value| position(&mut values, value)).collect();
    match &values[..] {
        [same] => Column::Same(same.clone()),
        _ => Column::Each { values, positions },
    }
}

fn position<T: PartialEq>(values: &mut Vec<T>, value: T) -> u16 {
    let position = values.iter().position(|known| *known == value).unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    });
    u16::try_from(position).expect("there are no more values than codes")
}

/// A column that is there only if every code has a value.
fn all<T: Clone + PartialEq>(codes: &[Code], value: impl Fn(&Code) -> Option<T>) -> Option<Column<T>> {
    let values: Option<Vec<T>> = codes.iter().map(value).collect();
    values.filter(|values| !values.is_empty()).map(|values| column(values.into_iter()))
}

/// The position in the runtime's list.
fn billing(billing: Option<crate::spec::Billing>) -> u16 {
    billing.map_or(0, |billing| billing as u16 + 1)
}

/// The position in the runtime's list.
fn retry(retry: Option<Retry>) -> u16 {
    retry.map_or(0, |retry| retry as u16 + 1)
}

fn fault(fault: Fault) -> &'static str {
    match fault {
        Fault::EndUser => "EndUser",
        Fault::Caller => "Caller",
        Fault::Vendor => "Vendor",
        Fault::Network => "Network",
    }
}

fn range(range: &registry::Range) -> Range {
    Range { from: range.from, to: range.to, billing: billing(range.billing), retry: retry(range.retry) }
}

/// The word that the format uses for a retry class.
fn retry_word(retry: Retry) -> &'static str {
    word(Retry::WORDS, retry)
}
