//! What is wrong with a person's own code: gathered, each at the tokens that it is about.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Everything that is wrong.
#[derive(Debug, Default)]
pub(super) struct Errors(Vec<syn::Error>);

impl Errors {
    /// Adds one at a place.
    pub(super) fn at(&mut self, span: Span, message: impl Into<String>) {
        self.push(syn::Error::new(span, message.into()));
    }

    /// Adds one at a place, unless the same was said at another: it then follows from it.
    pub(super) fn at_once(&mut self, span: Span, message: String) {
        if self.0.iter().all(|error| error.to_string() != message) {
            self.at(span, message);
        }
    }

    /// Adds one at some tokens.
    pub(super) fn on(&mut self, tokens: impl ToTokens, message: impl Into<String>) {
        self.push(syn::Error::new_spanned(
            tokens.to_token_stream(),
            message.into(),
        ));
    }

    /// Adds what a parser said.
    pub(super) fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// The value, or nothing together with what a parser said.
    pub(super) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// True when nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of it, each at its place.
    #[cfg(feature = "rust-files")]
    pub(super) fn iter(&self) -> impl Iterator<Item = syn::Error> {
        self.0.iter().flat_map(Clone::clone)
    }

    /// All of it, for the compiler to say.
    pub(super) fn into_tokens(self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }
}
