//! Types of fields.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Lifetime, Token};

use crate::rust::{angles, ends_in_angles, up_to};

/// The type of a field.
#[derive(Clone)]
pub(crate) struct Type(TokenStream);

/// The end of a path: its last name, and what that is given in angle brackets, if it is one type.
struct Last {
    name: Ident,
    argument: Option<Type>,
}

impl Parse for Type {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let tokens = up_to(input, &|input| input.peek(Token![,]))?;
        if tokens.is_empty() {
            Err(input.error("expected a type"))
        } else {
            Ok(Self(tokens))
        }
    }
}

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.clone());
    }
}

impl Type {
    /// `T`, if this is `Name<T>` for one of the names, whatever path stands before it.
    pub(crate) fn argument_of(&self, names: &[&str]) -> Option<Self> {
        self.last_of(names)?.argument
    }

    /// True if it is a path that ends in one of the names.
    pub(crate) fn is_called(&self, names: &[&str]) -> bool {
        self.last_of(names).is_some()
    }

    /// What is behind a reference, or itself.
    pub(crate) fn referent(&self) -> Self {
        let tokens: Vec<TokenTree> = self.bare().into_iter().collect();
        let is = |at: usize, what: &str| {
            tokens
                .get(at)
                .is_some_and(|token| token.to_string() == what)
        };
        let mut start = usize::from(is(0, "&"));
        if start > 0 && is(start, "'") {
            start += 2;
        }
        if start > 0 && is(start, "mut") {
            start += 1;
        }
        Self(tokens.into_iter().skip(start).collect())
    }

    fn last_of(&self, names: &[&str]) -> Option<Last> {
        last.parse2(self.bare())
            .ok()
            .filter(|last| names.iter().any(|name| last.name == name))
    }

    /// Without the brackets, which nobody sees, that a macro's `$ty` comes in.
    fn bare(&self) -> TokenStream {
        let mut tokens = self.0.clone().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
                Self(group.stream()).bare()
            }
            _ => self.0.clone(),
        }
    }
}

/// Reads a path to its end.
fn last(input: ParseStream<'_>) -> syn::Result<Last> {
    input.parse::<Option<Token![::]>>()?;
    loop {
        let name = input.call(Ident::parse_any)?;
        let is_turbofish = input.peek(Token![::]) && input.peek3(Token![<]);
        if is_turbofish {
            input.parse::<Token![::]>()?;
        }
        let argument = if input.peek(Token![<]) {
            argument(input)?
        } else {
            None
        };
        if input.parse::<Option<Token![::]>>()?.is_none() {
            return Ok(Last { name, argument });
        }
    }
}

/// Reads `<…>`: what stands in it, if it is one type.
fn argument(input: ParseStream<'_>) -> syn::Result<Option<Type>> {
    let read =
        &mut |input: ParseStream<'_>| Ok((input.peek(Lifetime), up_to(input, &ends_in_angles)?));
    Ok(match <[_; 1]>::try_from(angles(input, read)?) {
        Ok([(false, ty)]) => Some(Type(ty)),
        _ => None,
    })
}
