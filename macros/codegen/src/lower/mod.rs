//! Lowers a checked registry to tables. All decisions about layout are made here, so that `emit`
//! only writes tokens.

mod docs;
mod facts;
mod lookup;
mod numbers;
mod pool;
#[cfg(test)]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "tests compute as the generated code does"
)]
mod tests;

use std::fmt::Debug;

use errbook_spec::order;
use errbook_spec::plural;
use errbook_spec::registry::{self, Code, Registry};
use errbook_spec::{Identity, Wire};
use heck::ToUpperCamelCase;

use self::pool::{Growing, growing, pool};
use crate::layout::mix;
use crate::tables::{
    Codes, Column, Decode, KindVariant, Lints, NumberType, Numbers, Range, Set, SymbolLookup,
    Tables, TextLookup, TextProbe, Variant,
};

/// Enums with more variants get a `#[repr(u16)]`. Without it the discriminants have the same values
/// but are signed. rustc validates a table of variants by counting up to each discriminant, which
/// takes a third less time with unsigned numbers. That time grows with the square of the variants;
/// no measurement decided where the attribute begins to be worth a line of the expansion.
const MOST_WITHOUT_REPR: usize = 1000;

/// Lowers a registry. `locales` are the positions of the languages to include, the default first.
pub(crate) fn lower(registry: &Registry, locales: &[usize]) -> Tables {
    Tables {
        locales: locales
            .iter()
            .map(|&locale| registry.locales[locale].clone())
            .collect(),
        sets: registry
            .sets
            .iter()
            .map(|set| lower_set(set, registry, locales))
            .collect(),
    }
}

fn lower_set(set: &registry::Set, registry: &Registry, locales: &[usize]) -> Set {
    let codes = &set.codes;
    let mut symbol = codes.iter().any(|code| code.symbol.is_some()).then(|| {
        growing(&texts(codes, &|code| {
            code.symbol.as_deref().unwrap_or_default()
        }))
    });
    let symbols = lookup::symbols(set, &mut symbol);
    let has_templates = codes.iter().any(|code| code.template.is_some());
    let templates = || {
        texts(codes, &|code| {
            code.template.as_ref().map_or("", |template| &template.text)
        })
    };
    let template = has_templates.then(|| lookup::part_of(&mut symbol, &templates()));
    let lowered_codes = lower_codes(set);
    Set {
        vendor: registry.vendor.clone(),
        name: set.name.clone(),
        was: set.was.clone(),
        doc: docs::set_docs(set, registry),
        repr: (codes.len() > MOST_WITHOUT_REPR).then_some("u16"),
        decode: decode(set.identity, &lowered_codes, symbols.as_ref()),
        lints: if codes.iter().any(|code| code.retired) {
            Lints::Deprecated
        } else {
            Lints::None
        },
        variants: codes
            .iter()
            .map(|code| lower_variant(code, set, registry))
            .collect(),
        former: former(codes),
        names: pool(&texts(codes, &|code| &code.variant)),
        mixes: mixes(&lowered_codes, symbols.as_ref()),
        codes: lowered_codes,
        template,
        symbol: symbol.map(Growing::finish),
        symbols,
        methods: facts::methods(set, locales),
        kind: codes.iter().all(|code| code.kind.is_some()).then(|| {
            column(codes, |code| {
                code.kind
                    .as_ref()
                    .map(|kind| kind.to_upper_camel_case())
                    .unwrap_or_default()
            })
        }),
        kind_variants: kind_variants(set),
        ranges: set.ranges.iter().map(range).collect(),
    }
}

/// The names of the former meanings.
fn former(codes: &[Code]) -> Vec<String> {
    let former = codes.iter().filter(|code| code.former.is_some());
    former.map(|code| code.variant.clone()).collect()
}

fn lower_variant(code: &Code, set: &registry::Set, registry: &Registry) -> Variant {
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
        doc: docs::variant_docs(code, set, registry),
        doc_aliases,
        deprecated: code.retired.then(|| docs::deprecation_note(code)),
        was: code.was_variant.clone(),
    }
}

fn lower_codes(set: &registry::Set) -> Codes {
    let numbers = |ty: NumberType| Codes::Numbers {
        ty,
        codes: Numbers::of_type(set.codes.iter().map(|code| code.number).collect(), ty),
        lookup: lookup::numbers(set, ty),
    };
    let texts = || pool(&texts(&set.codes, &|code| &code.text));
    match set.wire {
        Wire::Integer => numbers(NumberType::I32),
        Wire::Integer64 => numbers(NumberType::I64),
        Wire::String => Codes::Texts {
            codes: texts(),
            lookup: lookup::texts(set),
        },
        Wire::Flags => {
            // Counted from 1 at the left: `0100` is at place 2.
            let place = |code: &Code| code.text.find('1').map_or(1, |place| place + 1);
            let count =
                |number: usize| u32::try_from(number).expect("a flag has at most 64 places");
            let places: Vec<u32> = set.codes.iter().map(|code| count(place(code))).collect();
            Codes::Flags {
                codes: texts(),
                lookup: lookup::texts(set),
                width: set.codes.first().map_or(1, |code| count(code.text.len())),
                places: Numbers::new(&places),
                plural: plural(&set.name),
            }
        }
    }
}

fn decode(identity: Identity, codes: &Codes, symbols: Option<&SymbolLookup>) -> Decode {
    let is_number = matches!(codes, Codes::Numbers { .. });
    match (identity, symbols) {
        (Identity::CodeAndSymbol, _) if is_number => Decode::NumberAndSymbol,
        (Identity::CodeAndSymbol, _) => Decode::TextAndSymbol,
        (Identity::Code, None) if is_number => Decode::Number,
        (Identity::Code, None) => Decode::Text,
        (Identity::Code, Some(SymbolLookup::Plain(_))) if is_number => Decode::NumberOrSymbol,
        (Identity::Code, Some(SymbolLookup::Plain(_))) => Decode::TextOrSymbol,
        (Identity::Code, Some(_)) if is_number => Decode::NumberOrTemplate,
        (Identity::Code, Some(_)) => Decode::TextOrTemplate,
    }
}

/// The functions that mix the strings of a set's lookups, and the functions that those call.
fn mixes(codes: &Codes, symbols: Option<&SymbolLookup>) -> Vec<&'static str> {
    let of_codes = match codes {
        Codes::Numbers { .. } => None,
        Codes::Texts { lookup, .. } | Codes::Flags { lookup, .. } => Some(lookup.probe().mix),
    };
    let of_symbols = symbols.map(|symbols| symbols.probe().mix);
    let mut mixes = Vec::new();
    for mix in of_codes.into_iter().chain(of_symbols) {
        for function in mix::with_callees(mix) {
            order::insert(&mut mixes, function);
        }
    }
    mixes
}

impl TextLookup {
    /// How a string is mixed and finds its slot.
    pub(crate) fn probe(&self) -> &TextProbe {
        match self {
            Self::Variants { probe, .. } | Self::Positions { probe, .. } => probe,
            Self::Keys { keys, .. } | Self::Groups { keys, .. } => &keys.probe,
        }
    }
}

impl SymbolLookup {
    /// How a symbol is mixed and finds its slot.
    pub(crate) fn probe(&self) -> &TextProbe {
        match self {
            Self::Plain(lookup) => lookup.probe(),
            Self::Cut { keys, .. } | Self::Templates { keys, .. } => &keys.probe,
        }
    }
}

fn texts<'a>(codes: &'a [Code], text: &dyn Fn(&'a Code) -> &'a str) -> Vec<&'a str> {
    codes.iter().map(text).collect()
}

/// The distinct values in the order of their first use, and the index of each code's value.
fn column<T: Clone + PartialEq>(codes: &[Code], value: fn(&Code) -> T) -> Column<T> {
    let mut values = Vec::new();
    let mut positions = Vec::with_capacity(codes.len());
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
        _ => Column::Each {
            values,
            positions: Numbers::new(&positions),
        },
    }
}

impl<T> Column<T> {
    /// The same column with other values.
    fn map<U>(self, value: &dyn Fn(&T) -> U) -> Column<U> {
        match self {
            Self::Same(same) => Column::Same(value(&same)),
            Self::Each { values, positions } => Column::Each {
                values: values.iter().map(value).collect(),
                positions,
            },
        }
    }
}

/// The variant of the runtime's enum. It has the same name as that of the spec, which a test
/// checks.
fn runtime_variant<T: Copy + Debug>(value: &T) -> String {
    format!("{value:?}")
}

/// The kinds of a set, each once, with what is wrong if the enum of kinds lacks its variant.
fn kind_variants(set: &registry::Set) -> Vec<KindVariant> {
    let of_codes = set.codes.iter().filter_map(|code| code.kind.as_ref());
    let of_ranges = set.ranges.iter().filter_map(|range| range.kind.as_ref());
    let mut variants: Vec<KindVariant> = Vec::new();
    for kind in of_codes.chain(of_ranges) {
        let name = kind.to_upper_camel_case();
        if variants.iter().all(|known| known.name != name) {
            let place = &kind.place;
            let needs = format!(
                "{place}: the kind `{}` needs a variant `{name}`",
                kind.value
            );
            variants.push(KindVariant { name, needs });
        }
    }
    variants
}

/// The same for a fact that a vendor may leave unspecified.
fn specified<T: Copy + Debug>(value: Option<&T>) -> String {
    value.map_or_else(|| "Unspecified".to_owned(), runtime_variant)
}

fn range(range: &registry::Range) -> Range {
    Range {
        from: range.from,
        to: range.to,
        kind: (range.kind.as_ref()).map(|kind| kind.to_upper_camel_case()),
        billing: specified(range.billing.as_ref()),
        retry: specified(range.retry.as_ref()),
        severity: runtime_variant(&range.severity),
    }
}
