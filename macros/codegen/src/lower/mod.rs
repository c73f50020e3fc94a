//! Decides everything that is left to decide, so that `emit` only has to write it down.

mod docs;
mod index;
mod pool;

use errbook_spec::plural;
use errbook_spec::registry::{self, Code, Registry};
use errbook_spec::{Fault, Identity, Retry, Wire, word};
use heck::ToUpperCamelCase;

use self::pool::pool;
use crate::tables::{Codes, Column, Pool, Range, Set, Tables, Variant};

/// Lowers a registry. `locales` are the languages to take, each by its position in the registry, the default first.
pub(crate) fn lower(registry: &Registry, locales: &[usize]) -> Tables {
    Tables {
        locales: locales
            .iter()
            .map(|&locale| registry.locales[locale].clone())
            .collect(),
        sets: registry
            .sets
            .iter()
            .map(|set| self::set(set, registry, locales))
            .collect(),
    }
}

fn set(set: &registry::Set, registry: &Registry, locales: &[usize]) -> Set {
    let codes = &set.codes;
    let languages = |text: fn(&Code, usize) -> &str| -> Vec<Pool> {
        let is_there = locales
            .iter()
            .any(|&locale| codes.iter().any(|code| !text(code, locale).is_empty()));
        let locales = locales.iter().filter(|_| is_there);
        locales
            .map(|&locale| pool(&texts(codes, &|code| text(code, locale))))
            .collect()
    };
    let mut symbol = codes.iter().any(|code| code.symbol.is_some()).then(|| {
        pool(&texts(codes, &|code| {
            code.symbol.as_deref().unwrap_or_default()
        }))
    });
    let symbols = index::symbols(set, &mut symbol);
    let has_templates = codes.iter().any(|code| code.template.is_some());
    let templates = || {
        texts(codes, &|code| {
            code.template.as_ref().map_or("", |template| &template.text)
        })
    };
    let section = |code: &Code| {
        code.section
            .map_or("", |section| set.sections[section].id.as_str())
    };
    Set {
        vendor: registry.vendor.clone(),
        name: set.name.clone(),
        was: set.was.clone(),
        doc: docs::set(set, registry),
        by_symbol_too: set.identity == Identity::CodeAndSymbol,
        retired: codes.iter().any(|code| code.retired),
        variants: codes
            .iter()
            .map(|code| variant(code, set, registry))
            .collect(),
        names: pool(&texts(codes, &|code| &code.variant)),
        codes: self::codes(set),
        template: has_templates.then(|| index::part_of(&mut symbol, &templates())),
        symbol,
        symbols,
        messages: languages(|code, locale| &code.message[locale]),
        remedies: languages(|code, locale| &code.remedy[locale]),
        definitions: languages(|code, locale| &code.doc[locale]),
        section: (!set.sections.is_empty()).then(|| pool(&texts(codes, &section))),
        billing: column(codes, |code| billing(code.billing)),
        retry: column(codes, |code| retry(code.retry)),
        retry_after: column(codes, |code| code.retry_after.unwrap_or_default()),
        http: column(codes, |code| code.http.unwrap_or_default()),
        http_answer: codes
            .iter()
            .all(|code| code.http_answer.is_some())
            .then(|| column(codes, |code| code.http_answer.unwrap_or_default())),
        fault: codes
            .iter()
            .any(|code| code.fault.is_some())
            .then(|| column(codes, |code| code.fault.map(fault))),
        success: column(codes, |code| code.success),
        kind: codes.iter().all(|code| code.kind.is_some()).then(|| {
            column(codes, |code| {
                code.kind
                    .as_deref()
                    .unwrap_or_default()
                    .to_upper_camel_case()
            })
        }),
        ranges: set.ranges.iter().map(range).collect(),
    }
}

fn variant(code: &Code, set: &registry::Set, registry: &Registry) -> Variant {
    let mut doc_aliases: Vec<String> = Vec::new();
    for text in std::iter::once(&code.text)
        .chain(&code.symbol)
        .chain(&code.aliases)
    {
        if docs::can_be_alias(text, &code.variant) && doc_aliases.last() != Some(text) {
            doc_aliases.push(text.clone());
        }
    }
    Variant {
        name: code.variant.clone(),
        doc: docs::variant(code, set, registry),
        doc_aliases,
        deprecated: code.retired.then(|| docs::retired(code)),
        was: code.was_variant.clone(),
    }
}

fn codes(set: &registry::Set) -> Codes {
    let texts = || pool(&texts(&set.codes, &|code| &code.text));
    match set.wire {
        Wire::Integer | Wire::Integer64 => {
            let bits = if set.wire == Wire::Integer { 32 } else { 64 };
            let codes = set.codes.iter().map(|code| code.number).collect();
            Codes::Numbers {
                bits,
                codes,
                index: index::numbers(set, bits),
            }
        }
        Wire::String => Codes::Texts {
            codes: texts(),
            index: index::texts(set),
        },
        Wire::Flags => {
            let place = |code: &Code| code.text.find('1').map_or(1, |place| place + 1);
            let count =
                |number: usize| u32::try_from(number).expect("a flag has at most 64 places");
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

fn texts<'a>(codes: &'a [Code], text: &dyn Fn(&'a Code) -> &'a str) -> Vec<&'a str> {
    codes.iter().map(text).collect()
}

/// The different values in the order of their first use, and which of them each position has.
fn column<T: Clone + PartialEq>(codes: &[Code], value: fn(&Code) -> T) -> Column<T> {
    let (mut values, mut positions) = (Vec::new(), Vec::with_capacity(codes.len()));
    for code in codes {
        let value = value(code);
        let position = values
            .iter()
            .position(|known| *known == value)
            .unwrap_or(values.len());
        if position == values.len() {
            values.push(value);
        }
        positions.push(u16::try_from(position).expect("there are no more values than codes"));
    }
    match &values[..] {
        [same] => Column::Same(same.clone()),
        _ => Column::Each { values, positions },
    }
}

/// The position in the runtime's list.
fn billing(billing: Option<errbook_spec::Billing>) -> u16 {
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
    Range {
        from: range.from,
        to: range.to,
        billing: billing(range.billing),
        retry: retry(range.retry),
    }
}

/// The word that the format uses for a retry class.
fn retry_word(retry: Retry) -> &'static str {
    word(Retry::WORDS, retry)
}
