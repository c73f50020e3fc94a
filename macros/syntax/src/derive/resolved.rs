//! The resolved code of each variant, with all facts that the emitted code contains.

use errbook_spec::registry::Code;
use errbook_spec::{Set, Wire};
use proc_macro2::{Span, TokenStream};

/// The resolved codes of an item.
#[derive(Default)]
pub(super) struct ResolvedItem {
    /// The tags of the languages; the first is the fallback.
    pub(super) locales: Vec<String>,
    /// The attributes of each language but the first, such as `#[cfg(feature = "de")]`.
    pub(super) attributes: Vec<TokenStream>,
    /// The argument of the `include_bytes!` that makes cargo track the spec.
    pub(super) tracked: Option<TokenStream>,
    /// The type of the codes, if they are in attributes: they can be those of a set.
    pub(super) wire: Option<Wire>,
    /// The code of each variant, in the same order.
    pub(super) variant_codes: Vec<VariantCode>,
}

/// Which code a variant has.
pub(super) enum VariantCode {
    /// `transparent`: it forwards to the error that it wraps.
    Wrapped,
    /// One of its own.
    Own(Box<CodeFacts>),
}

/// A code and its facts. The default is a placeholder for a code that could not be resolved, so
/// that the rest of the expansion compiles.
#[derive(Default)]
pub(super) struct CodeFacts {
    pub(super) vendor: String,
    pub(super) set: String,
    pub(super) code: Code,
    /// Whether the code is a number.
    pub(super) is_number: bool,
    /// The languages of the item, as positions in the texts of the code.
    pub(super) locales: Vec<usize>,
    /// The variant of the taxonomy, and the span of its name in the attribute.
    pub(super) kind: Option<(String, Option<Span>)>,
    /// Each used parameter with the position of the field that fills it.
    pub(super) fills: Vec<(String, usize)>,
    /// The deprecation note, if the code is retired.
    pub(super) retired: Option<String>,
}

impl CodeFacts {
    /// The facts of a code, in the languages at these positions of the registry.
    pub(super) fn new(code: &Code, set: &Set, vendor: &str, locales: &[usize]) -> Self {
        Self {
            vendor: vendor.to_owned(),
            set: set.name.value.clone(),
            code: code.clone(),
            is_number: set.wire.is_number(),
            locales: locales.to_vec(),
            ..Self::default()
        }
    }

    /// A text of the code in each language of the item; empty if the code has no such text.
    pub(super) fn in_each_language<'a>(&self, texts: &'a [String]) -> Vec<&'a str> {
        if texts.iter().all(String::is_empty) {
            return Vec::new();
        }
        self.locales
            .iter()
            .map(|&locale| texts[locale].as_str())
            .collect()
    }
}
