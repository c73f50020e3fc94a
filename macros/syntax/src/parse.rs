//! Parsers that the input of `include_spec!` and the attributes of the derive share.

use proc_macro2::{Ident, TokenStream};
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

/// Parses a comma-separated list to the end of the input.
pub(crate) fn parse_list<T>(
    input: ParseStream<'_>,
    parse_entry: &mut dyn FnMut(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        let entry = parse_entry(input).and_then(|entry| {
            parse_comma(input)?;
            Ok(entry)
        });
        match entry {
            Ok(entry) => entries.push(entry),
            Err(error) => {
                // syn reports tokens that are left in a group as a second error.
                input.parse::<TokenStream>()?;
                return Err(error);
            }
        }
    }
    Ok(entries)
}

/// Parses a comma, which may be missing at the end of the input.
pub(crate) fn parse_comma(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() {
        Ok(())
    } else {
        input.parse::<Token![,]>().map(drop)
    }
}
