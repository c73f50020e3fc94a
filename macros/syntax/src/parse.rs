//! Parsers that the input of `include_spec!` and the attributes of the derive share.

use heck::ToKebabCase;
use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Lit, LitBool, LitInt, LitStr, Path, Token};

/// Parses an option's name. `crate` is one, although it is a keyword.
pub(crate) fn parse_key(input: ParseStream<'_>) -> syn::Result<Ident> {
    if input.peek(Token![crate]) {
        input.call(Ident::parse_any)
    } else {
        input.parse()
    }
}

/// Parses `= "…"`.
///
/// # Errors
///
/// What to write instead of what is there.
pub(crate) fn parse_string(input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    if input.peek(LitStr) {
        return input.parse();
    }
    let place = input.fork();
    let message = if let Ok(literal) = place.parse::<Lit>() {
        format!(
            "expected a string: write `\"{}\"`",
            literal.to_token_stream()
        )
    } else if let Ok(path) = place.call(Path::parse_mod_style) {
        match path.segments.last() {
            Some(last) if place.peek(Token![!]) => format!(
                "expected a string: this macro sees `{}!`, not its result",
                last.ident
            ),
            // `Retry::AfterFix` is `"after-fix"`.
            Some(last) if path.segments.len() > 1 => {
                let word = last.ident.to_string().to_kebab_case();
                format!("expected a string: write `\"{word}\"`")
            }
            Some(last) => format!("expected a string: write `\"{}\"`", last.ident),
            None => "expected a string".to_owned(),
        }
    } else {
        "expected a string".to_owned()
    };
    Err(input.error(message))
}

/// Parses `= 30`.
///
/// # Errors
///
/// What to write instead of what is there.
pub(crate) fn parse_integer(input: ParseStream<'_>) -> syn::Result<LitInt> {
    input.parse::<Token![=]>()?;
    if input.peek(LitInt) || input.peek(Token![-]) {
        return input.parse();
    }
    let text = input.fork().parse::<LitStr>().map(|text| text.value());
    let is_number = |text: &String| text.parse::<u32>().is_ok();
    Err(input.error(match text.ok().filter(is_number) {
        Some(number) => format!("expected a number: write `{number}`, without quotes"),
        None => "expected a number".to_owned(),
    }))
}

/// Parses nothing, or `= true` or `= false`.
///
/// # Errors
///
/// What to write instead of what is there.
pub(crate) fn parse_flag(key: &Ident, input: ParseStream<'_>) -> syn::Result<LitBool> {
    if !input.peek(Token![=]) {
        return Ok(LitBool::new(true, key.span()));
    }
    input.parse::<Token![=]>()?;
    if input.peek(LitBool) {
        return input.parse();
    }
    Err(input.error(format!("expected `{key} = true` or `{key} = false`")))
}

/// Parses `= crate::Kind`, a path without generic arguments.
///
/// # Errors
///
/// What to write instead of what is there.
pub(crate) fn parse_type_path(key: &Ident, input: ParseStream<'_>) -> syn::Result<Path> {
    input.parse::<Token![=]>()?;
    if let Ok(text) = input.fork().parse::<LitStr>() {
        let message = format!(
            "expected a path: write `{key} = {}`, without quotes",
            text.value()
        );
        return Err(input.error(message));
    }
    input.call(Path::parse_mod_style)
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
