//! Generic parameters and where clauses.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{Lifetime, Token, token};

use crate::rust::{Attribute, angles, ends_in_angles, up_to};

/// The parameters of an item, and its where clause.
pub(crate) struct Generics {
    params: Vec<Param>,
    /// What the where clause asks for.
    pub(crate) predicates: Vec<TokenStream>,
}

struct Param {
    /// With its attributes and bounds, but without a default.
    declared: TokenStream,
    name: TokenStream,
    /// The name, where it stands for a type.
    ty: Option<Ident>,
}

impl Generics {
    /// Reads `<…>`, or nothing.
    pub(crate) fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let params = if input.peek(Token![<]) {
            angles(input, &mut Param::parse)?
        } else {
            Vec::new()
        };
        Ok(Self {
            params,
            predicates: Vec::new(),
        })
    }

    /// Reads the where clause, or nothing.
    pub(crate) fn parse_where(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        if input.parse::<Option<Token![where]>>()?.is_none() {
            return Ok(());
        }
        let is_end = |input: ParseStream<'_>| input.peek(token::Brace) || input.peek(Token![;]);
        while !input.is_empty() && !is_end(input) {
            self.predicates.push(up_to(input, &|input| {
                input.peek(Token![,]) || is_end(input)
            })?);
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(())
    }

    /// The parameters that stand for types.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Ident> {
        self.params.iter().filter_map(|param| param.ty.as_ref())
    }

    /// What stands after `impl`, and what after the item's name.
    pub(crate) fn for_impl(&self) -> (TokenStream, TokenStream) {
        if self.params.is_empty() {
            return (TokenStream::new(), TokenStream::new());
        }
        let declared = self.params.iter().map(|param| &param.declared);
        let names = self.params.iter().map(|param| &param.name);
        (quote!(<#(#declared),*>), quote!(<#(#names),*>))
    }
}

impl Param {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = Attribute::parse_all(input)?;
        let constant = input.parse::<Option<Token![const]>>()?;
        let (name, ty) = if input.peek(Lifetime) {
            (input.parse::<Lifetime>()?.into_token_stream(), None)
        } else {
            let name: Ident = input.parse()?;
            (name.to_token_stream(), constant.is_none().then_some(name))
        };
        let bounds = up_to(input, &|input| {
            ends_in_angles(input) || input.peek(Token![=])
        })?;
        // An implementation has no defaults.
        up_to(input, &ends_in_angles)?;
        Ok(Self {
            declared: quote!(#(#attributes)* #constant #name #bounds),
            name,
            ty,
        })
    }
}
