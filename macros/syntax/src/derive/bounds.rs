//! What the type parameters of an item must be able to do, as far as its fields ask for it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::rust::{Generics, Type};

/// The type parameters of an item.
pub(super) struct Bounds {
    params: Vec<Ident>,
    own: Vec<TokenStream>,
}

impl Bounds {
    /// Begins with the item's own.
    pub(super) fn new(generics: &Generics) -> Self {
        Self {
            params: generics.types().cloned().collect(),
            own: generics.predicates.clone(),
        }
    }

    /// True if the item has type parameters.
    pub(super) fn are_generic(&self) -> bool {
        !self.params.is_empty()
    }

    /// A bound on a type, if it depends on a parameter: of all others the compiler knows it.
    pub(super) fn on(&self, ty: &Type, bound: &TokenStream) -> Option<TokenStream> {
        mentions(ty.to_token_stream(), &self.params).then(|| quote!(#ty: #bound))
    }

    /// A where clause of the item's own bounds and others.
    pub(super) fn clause(&self, others: &[&[TokenStream]]) -> Option<TokenStream> {
        let mut all: Vec<(String, &TokenStream)> = Vec::new();
        for bound in self.own.iter().chain(others.iter().copied().flatten()) {
            let text = bound.to_string();
            if all.iter().all(|(known, _)| *known != text) {
                all.push((text, bound));
            }
        }
        let all = all.iter().map(|(_, bound)| bound);
        (all.len() > 0).then(|| quote!(where #(#all),*))
    }
}

fn mentions(tokens: TokenStream, params: &[Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => params.contains(&ident),
        TokenTree::Group(group) => mentions(group.stream(), params),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
