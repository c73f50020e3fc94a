//! The resolved code of each variant, with all facts that the emitted code contains.

use errbook_spec::registry::Code;
use errbook_spec::{Billing, Retry, Set, Severity};
use proc_macro2::{Span, TokenStream};

/// The resolved codes of an item.
#[derive(Default)]
pub(super) struct Book {
    /// The tags of the languages; the first is the fallback.
    pub(super) locales: Vec<String>,
    /// The attributes of each language but the first, such as `#[cfg(feature = "de")]`.
    pub(super) attributes: Vec<TokenStream>,
    /// The argument of the `include_bytes!` that makes cargo track the spec.
    pub(super) tracked: Option<TokenStream>,
    /// The meaning of each variant, in the same order.
    pub(super) meanings: Vec<Meaning>,
}

/// What a variant means.
pub(super) enum Meaning {
    /// `transparent`: it forwards to the error that it wraps.
    Wrapped,
    /// It has a code.
    Code(Box<Facts>),
}

/// A code and its facts.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) vendor: String,
    pub(super) set: String,
    pub(super) text: String,
    /// The code, if it is a number.
    pub(super) number: Option<i64>,
    pub(super) symbol: Option<String>,
    /// In each language of the book.
    pub(super) messages: Vec<String>,
    /// In each language of the book; empty if the code has no remedy.
    pub(super) remedies: Vec<String>,
    pub(super) billing: Option<Billing>,
    pub(super) retry: Option<Retry>,
    pub(super) retry_after: Option<u32>,
    pub(super) http: Option<u16>,
    pub(super) success: bool,
    pub(super) severity: Severity,
    /// In each language of the book; empty if there is no note.
    pub(super) notes: Vec<String>,
    /// The vendor's own words, in each language of the book; empty if the message is the vendor's.
    pub(super) said: Vec<String>,
    pub(super) since: Option<String>,
    /// The variant of the taxonomy, and the span of its name in the attribute.
    pub(super) kind: Option<(String, Option<Span>)>,
    /// Each used parameter with the position of the field that fills it.
    pub(super) fills: Vec<(String, usize)>,
    /// The deprecation note, if the code is retired.
    pub(super) retired: Option<String>,
}

impl Facts {
    /// The facts of a code, in the languages at these positions of the registry.
    pub(super) fn new(code: &Code, set: &Set, vendor: &str, locales: &[usize]) -> Self {
        let in_each = |texts: &[String]| {
            locales
                .iter()
                .map(|&locale| texts[locale].clone())
                .collect::<Vec<_>>()
        };
        let in_each_if_any = |texts: &[String]| {
            if texts.iter().all(String::is_empty) {
                Vec::new()
            } else {
                in_each(texts)
            }
        };
        Self {
            vendor: vendor.to_owned(),
            set: set.name.value.clone(),
            text: code.text.clone(),
            number: set.wire.is_number().then_some(code.number),
            symbol: code.symbol.clone(),
            messages: in_each(&code.message),
            remedies: in_each_if_any(&code.remedy),
            billing: code.billing,
            retry: code.retry,
            retry_after: code.retry_after,
            http: code.http,
            success: code.success,
            severity: code.severity,
            notes: in_each_if_any(&code.note),
            said: in_each_if_any(&code.said),
            since: code.since.clone(),
            ..Self::default()
        }
    }

    /// Placeholder facts for a code that could not be resolved, so that the rest of the expansion
    /// compiles.
    pub(super) fn missing(languages: usize) -> Self {
        Self {
            messages: vec![String::new(); languages],
            ..Self::default()
        }
    }
}
