//! Collects errors about the user's code, each with the span of the tokens that it is about.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The errors so far.
#[derive(Debug, Default)]
pub(super) struct Errors(Vec<syn::Error>);

impl Errors {
    /// Adds an error at a span.
    pub(super) fn at(&mut self, span: Span, message: impl Into<String>) {
        self.push(syn::Error::new(span, message.into()));
    }

    /// Adds an error at a span, unless the same message was already added at another span.
    pub(super) fn at_once(&mut self, span: Span, message: String) {
        if self.0.iter().all(|error| error.to_string() != message) {
            self.at(span, message);
        }
    }

    /// Adds an error that spans these tokens.
    pub(super) fn on(&mut self, tokens: impl ToTokens, message: impl Into<String>) {
        self.push(syn::Error::new_spanned(
            tokens.to_token_stream(),
            message.into(),
        ));
    }

    /// Adds an error of a parser.
    pub(super) fn push(&mut self, error: syn::Error) {
        self.0.push(error);
    }

    /// The value of a parser's result. An error is added.
    pub(super) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Whether there are no errors.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each error with its span.
    #[cfg(feature = "rust-files")]
    pub(super) fn iter(&self) -> impl Iterator<Item = syn::Error> {
        self.0.iter().flat_map(Clone::clone)
    }

    /// The errors as `compile_error!` tokens.
    pub(super) fn into_tokens(self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }
}
