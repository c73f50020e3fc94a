//! Where clauses of generic types: the bounds of the item, plus those that its fields need.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Generics, Type};

/// The type parameters and bounds of an item.
pub(super) struct Bounds {
    params: Vec<Ident>,
    own: Vec<TokenStream>,
}

impl Bounds {
    /// The parameters and the where clause that the author wrote.
    pub(super) fn new(generics: &Generics) -> Self {
        Self {
            params: generics
                .type_params()
                .map(|param| param.ident.clone())
                .collect(),
            own: generics
                .where_clause
                .iter()
                .flat_map(|clause| &clause.predicates)
                .map(ToTokens::to_token_stream)
                .collect(),
        }
    }

    /// Whether the item has type parameters.
    pub(super) fn are_generic(&self) -> bool {
        !self.params.is_empty()
    }

    /// A bound on a type if the type depends on a parameter. For other types the compiler checks it
    /// at the use.
    pub(super) fn on(&self, ty: &Type, bound: &TokenStream) -> Option<TokenStream> {
        mentions(ty.to_token_stream(), &self.params).then(|| quote!(#ty: #bound))
    }

    /// A where clause of the item's own bounds and `others`, without duplicates.
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
