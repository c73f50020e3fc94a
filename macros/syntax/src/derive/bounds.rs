//! Where clauses of generic types: the bounds of the item, plus those that its fields need.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Generics, Type};

use crate::derive::item::respanned;

/// The type parameters and bounds of an item.
pub(super) struct Bounds {
    params: Vec<Ident>,
    /// The names of the item itself.
    names: [Ident; 2],
    own: Vec<TokenStream>,
}

impl Bounds {
    /// The parameters and the where clause that the author wrote.
    pub(super) fn new(ident: &Ident, generics: &Generics) -> Self {
        Self {
            names: [ident.clone(), Ident::new("Self", Span::call_site())],
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
    /// at the use; and for a type that contains the item, since the bound would require itself.
    pub(super) fn on(&self, ty: &Type, bound: &TokenStream) -> Option<TokenStream> {
        let is_recursive = self.are_on_itself(ty);
        let ty = self.generic(ty).filter(|_| !is_recursive)?;
        Some(quote!(#ty: #bound))
    }

    /// Whether a type contains the item.
    pub(super) fn are_on_itself(&self, ty: &Type) -> bool {
        mentions(ty.to_token_stream(), &self.names)
    }

    /// That a type lives forever, if the type depends on a parameter.
    pub(super) fn forever(&self, ty: &Type) -> Option<TokenStream> {
        let ty = self.generic(ty)?;
        Some(quote!(#ty: 'static))
    }

    /// The tokens of a type that depends on a parameter.
    fn generic(&self, ty: &Type) -> Option<TokenStream> {
        mentions(ty.to_token_stream(), &self.params).then(|| respanned(ty))
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
