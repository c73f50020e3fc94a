//! Parsers that the input of `include_spec!` and the attributes of the derive share.

use proc_macro2::{Ident, TokenTree};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

/// Parses an option's name. `crate` is one, although it is a keyword.
pub(crate) fn parse_key(input: ParseStream<'_>) -> syn::Result<Ident> {
    if input.peek(Token![crate]) {
        input.call(Ident::parse_any)
    } else {
        input.parse()
    }
}

/// Stores the value of an option, unless the option already has one.
pub(crate) fn set_option<T>(option: &mut Option<T>, key: &Ident, value: T) -> syn::Result<()> {
    match option.replace(value) {
        None => Ok(()),
        Some(_) => Err(syn::Error::new(
            key.span(),
            format!("duplicate key `{key}`"),
        )),
    }
}

/// Parses a comma-separated list to the end of the input. After an invalid entry it continues with
/// the next one.
///
/// # Errors
///
/// The errors of all entries, combined.
pub(crate) fn parse_list<T>(
    input: ParseStream<'_>,
    parse_entry: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    let mut entries = Vec::new();
    let errors = each_entry(input, &mut |input| {
        entries.push(parse_entry(input)?);
        Ok(())
    });
    match errors {
        None => Ok(entries),
        Some(errors) => Err(errors),
    }
}

/// Parses comma-separated entries to the end of the input. After an invalid entry it continues with
/// the next one. Returns all errors, combined.
pub(crate) fn each_entry(
    input: ParseStream<'_>,
    parse_entry: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<()>,
) -> Option<syn::Error> {
    let mut errors: Option<syn::Error> = None;
    while !input.is_empty() {
        let Err(error) = parse_entry(input).and_then(|()| parse_comma(input)) else {
            continue;
        };
        match &mut errors {
            None => errors = Some(error),
            Some(errors) => errors.combine(error),
        }
        while !input.is_empty() && !input.peek(Token![,]) {
            if let Err(error) = input.parse::<TokenTree>() {
                return Some(error);
            }
        }
        if let Err(error) = parse_comma(input) {
            return Some(error);
        }
    }
    errors
}

/// Parses a comma, which may be missing at the end of the input.
pub(crate) fn parse_comma(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() {
        Ok(())
    } else {
        input.parse::<Token![,]>().map(drop)
    }
}
