//! What each variant stands for, with nothing left to look up.

use errbook_spec::registry::Code;
use errbook_spec::{Billing, Retry, Set, Severity, Wire};
use proc_macro2::{Span, TokenStream};

/// All that the variants of an item stand for.
#[derive(Default)]
pub(super) struct Book {
    /// The languages, the one that serves everybody else first.
    pub(super) locales: Vec<String>,
    /// The attributes that each language but the first was given.
    pub(super) attributes: Vec<TokenStream>,
    /// What makes cargo compile again when the spec changes.
    pub(super) tracked: Option<TokenStream>,
    /// One for each variant.
    pub(super) meanings: Vec<Meaning>,
}

/// What one variant stands for.
pub(super) enum Meaning {
    /// Whatever it wraps stands for.
    Wrapped,
    /// A code.
    Code(Box<Facts>),
}

/// A code with what is known about it.
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
    /// In each language of the book; none if there is none.
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
    /// The variant of the taxonomy, and where it was named.
    pub(super) kind: Option<(String, Option<Span>)>,
    /// The parameters, each with the position of the field that fills it.
    pub(super) fills: Vec<(String, usize)>,
    /// What the compiler says to those who use it.
    pub(super) retired: Option<String>,
}

impl Facts {
    /// The facts of a code of a registry, in some of its languages.
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
        let is_number = matches!(set.wire, Wire::Integer | Wire::Integer64);
        Self {
            vendor: vendor.to_owned(),
            set: set.name.value.clone(),
            text: code.text.clone(),
            number: is_number.then_some(code.number),
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

    /// The facts of a code that is not there: the compiler then says what is wrong, and nothing that follows from it.
    pub(super) fn missing(languages: usize) -> Self {
        Self {
            messages: vec![String::new(); languages],
            ..Self::default()
        }
    }
}
