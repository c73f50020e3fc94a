//! As much of Rust's syntax as the macros have to know, on top of syn's parser.
//!
//! syn has types for all of it behind its feature `derive`, which is more than half of what syn adds to every cold build.
//! What the macros ask is little: names and attributes, and where a type, a bound or a value ends. Those stay the tokens
//! that they are. What the compiler hands to a derive is an item, and the rest is sources that compile or will not, so
//! little is said of what is no item. The tests hold all of it against what syn reads.

mod attribute;
mod generics;
mod item;
#[cfg(test)]
mod tests;
mod ty;

pub(crate) use self::attribute::Attribute;
pub(crate) use self::generics::Generics;
pub(crate) use self::item::{Data, Field, Item, Member, Variant};
pub(crate) use self::ty::Type;

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Token};

/// Reads a path without generic arguments, as `crate::Kind`.
pub(crate) fn path(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = input.parse::<Option<Token![::]>>()?.into_token_stream();
    loop {
        let is_word = input.peek(Token![crate])
            || input.peek(Token![self])
            || input.peek(Token![super])
            || input.peek(Token![Self]);
        let word = if is_word {
            input.call(Ident::parse_any)?
        } else {
            input.parse()?
        };
        word.to_tokens(&mut tokens);
        match input.parse::<Option<Token![::]>>()? {
            Some(colons) => colons.to_tokens(&mut tokens),
            None => return Ok(tokens),
        }
    }
}

/// Reads what commas separate, to the end.
pub(crate) fn all<T>(
    input: ParseStream<'_>,
    read: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        let comma = read(input)
            .map(|each| all.push(each))
            .and_then(|()| comma(input));
        if comma.is_err() {
            // What is left unread would be a second mistake.
            input.parse::<TokenStream>()?;
        }
        comma?;
    }
    Ok(all)
}

/// Reads `<…>`, and in it what commas separate.
fn angles<T>(
    input: ParseStream<'_>,
    read: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    input.parse::<Token![<]>()?;
    let mut all = Vec::new();
    while !input.peek(Token![>]) {
        all.push(read(input)?);
        if !input.peek(Token![>]) {
            input.parse::<Token![,]>()?;
        }
    }
    input.parse::<Token![>]>()?;
    Ok(all)
}

/// True where one of the parts of `<…>` ends.
fn ends_in_angles(input: ParseStream<'_>) -> bool {
    input.peek(Token![,]) || input.peek(Token![>])
}

/// Reads a comma, or is at the end.
pub(crate) fn comma(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() {
        Ok(())
    } else {
        input.parse::<Token![,]>().map(drop)
    }
}

/// Reads `pub`, `pub(in path)`, or nothing.
fn visibility(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    // What a macro's `$vis` that matched nothing comes as.
    if next_is(input, &|group| {
        group.delimiter() == Delimiter::None && group.stream().is_empty()
    }) {
        input.parse::<TokenTree>()?;
    }
    let mut tokens = input.parse::<Option<Token![pub]>>()?.into_token_stream();
    // What follows can be the type of a tuple's field in parentheses of its own: `pub (crate::A, crate::B)`.
    let is_limit = |group: &Group| {
        let words: Vec<TokenTree> = group.stream().into_iter().collect();
        match &words[..] {
            [TokenTree::Ident(word)] => word == "crate" || word == "self" || word == "super",
            [TokenTree::Ident(word), ..] => word == "in",
            _ => false,
        }
    };
    if !tokens.is_empty()
        && next_is(input, &|group| {
            group.delimiter() == Delimiter::Parenthesis && is_limit(group)
        })
    {
        input.parse::<TokenTree>()?.to_tokens(&mut tokens);
    }
    Ok(tokens)
}

/// True if a group stands next of which something is true.
fn next_is(input: ParseStream<'_>, is: &dyn Fn(&Group) -> bool) -> bool {
    matches!(input.fork().parse(), Ok(TokenTree::Group(group)) if is(&group))
}

/// Reads on until `is_end`, which is not asked inside of angle brackets.
fn up_to(
    input: ParseStream<'_>,
    is_end: &dyn Fn(ParseStream<'_>) -> bool,
) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    let (mut depth, mut is_arrow) = (0_usize, false);
    while !input.is_empty() && (depth > 0 || is_arrow || !is_end(input)) {
        let token: TokenTree = input.parse()?;
        let punct = match &token {
            TokenTree::Punct(punct) => Some(punct),
            _ => None,
        };
        match punct.map(Punct::as_char) {
            Some('<') => depth += 1,
            Some('>') if !is_arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_arrow =
            punct.is_some_and(|punct| punct.as_char() == '-' && punct.spacing() == Spacing::Joint);
        token.to_tokens(&mut tokens);
    }
    Ok(tokens)
}
