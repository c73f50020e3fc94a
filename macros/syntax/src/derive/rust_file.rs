//! Converts the types of a Rust file that derive `ErrorCode` with inline codes to specs.

use errbook_spec::Spec;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::DeriveInput;
use syn::parse::{ParseStream, Parser};

use crate::derive::errors::Errors;
use crate::derive::inline::{self, Places};
use crate::derive::item::Item;
use crate::derive::vendor_of_package;

/// A spec for each type of a Rust file that derives `ErrorCode` with inline codes. Types whose
/// codes come from a spec are skipped.
///
/// The vendor defaults to `package`, the name of the crate that contains the file. `transparent`
/// variants do not have a code, so they are not in the spec.
///
/// # Errors
///
/// Returns all problems if the file is not valid Rust, or a derive is invalid.
///
/// ```
/// use errbook_spec::place::Source;
/// use errbook_syntax::derived_specs;
///
/// let rust = r#"
///     #[derive(Debug, errbook::ErrorCode)]
///     enum OrderError {
///         #[error_code(7, message = "only <left> left")]
///         OutOfStock { left: u32 },
///     }
/// "#;
/// let specs = derived_specs(&Source::new("src/error.rs", rust), "shop")?;
/// let set = &specs[0].sets[0];
/// assert_eq!(set.name.as_str(), "OrderError");
/// assert_eq!(set.codes[0].code.as_str(), "7");
/// assert_eq!(set.codes[0].variant.as_str(), "OutOfStock");
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
pub fn derived_specs(source: &Source, package: &str) -> Result<Vec<Spec>, Problems> {
    let mut problems = Problems::default();
    let tokens = match source.text().parse::<TokenStream>() {
        Ok(tokens) => tokens,
        Err(error) => {
            problems.push(
                &source.place(&error.span().byte_range()),
                format!("not valid Rust: {error}"),
            );
            return Err(problems);
        }
    };
    let vendor = vendor_of_package(package);
    let mut errors = Errors::default();
    let specs = derives(tokens)
        .into_iter()
        .filter_map(|input| derived_spec(&errors.ok(input)?, &vendor, &mut errors))
        .collect();
    for error in errors.iter() {
        let text = error.to_string();
        let (message, help) = text.split_once("\n  help: ").unwrap_or((&text, ""));
        let place = source.place(&error.span().byte_range());
        match help {
            "" => problems.push(&place, message),
            _ => problems.push_with_help(&place, message, help),
        }
    }
    problems.finish(specs)
}

fn derived_spec(input: &DeriveInput, vendor: &str, errors: &mut Errors) -> Option<Spec> {
    let item = Item::new(input, errors)?;
    if item.options.spec.is_some()
        || item
            .variants
            .iter()
            .all(|variant| variant.options.transparent.is_some())
    {
        return None;
    }
    let mut places = Places::default();
    let spec = inline::inline_spec(&item, vendor, &mut places, errors);
    if !spec.sets[0].codes.is_empty() {
        inline::check_spec(&spec, &places, errors);
    }
    Some(spec)
}

/// Every item that derives `ErrorCode`, also inside modules and functions, but not inside
/// definitions of `macro_rules!` macros.
fn derives(tokens: TokenStream) -> Vec<syn::Result<DeriveInput>> {
    let mut found = Vec::new();
    // The open groups, the innermost one last, each with the position of its next token. A list
    // instead of recursion, so that deep nesting does not overflow the stack.
    let mut open = vec![(token_list(tokens), 0)];
    while let Some((tokens, at)) = open.last_mut() {
        let rest = &tokens[*at..];
        let attributes = attributes_len(rest);
        let (skipped, inner) = match rest {
            [] => {
                open.pop();
                continue;
            }
            _ if rest[..attributes].iter().any(is_derive) => {
                let (item, len) = parse_item(rest, attributes);
                found.push(item);
                (len, None)
            }
            [
                TokenTree::Ident(name),
                TokenTree::Punct(_),
                TokenTree::Ident(_),
                TokenTree::Group(_),
                ..,
            ] if name == "macro_rules" => (4, None),
            [TokenTree::Group(group), ..] => (1, Some(token_list(group.stream()))),
            _ => (attributes.max(1), None),
        };
        *at += skipped;
        open.extend(inner.map(|inner| (inner, 0)));
    }
    found
}

fn token_list(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

/// The item at the start of the tokens, and its number of tokens. If it is invalid, only its
/// attributes are skipped.
fn parse_item(tokens: &[TokenTree], attributes: usize) -> (syn::Result<DeriveInput>, usize) {
    let with_rest = |input: ParseStream<'_>| Ok((input.parse()?, input.parse::<TokenStream>()?));
    match with_rest.parse2(tokens.iter().cloned().collect()) {
        Ok((item, rest)) => (Ok(item), tokens.len() - rest.into_iter().count()),
        Err(error) => (Err(error), attributes),
    }
}

/// The number of tokens that belong to leading attributes, each `#[…]`.
fn attributes_len(tokens: &[TokenTree]) -> usize {
    let pairs = tokens.chunks_exact(2).take_while(|pair| {
        let is_hash = matches!(&pair[0], TokenTree::Punct(punct) if punct.as_char() == '#');
        is_hash && matches!(&pair[1], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
    });
    pairs.count() * 2
}

/// Whether the token is `[derive(…, ErrorCode, …)]` or `[cfg_attr(…, derive(ErrorCode))]`.
fn is_derive(token: &TokenTree) -> bool {
    let TokenTree::Group(attribute) = token else {
        return false;
    };
    let mut tokens = token_list(attribute.stream());
    while let [TokenTree::Ident(name), TokenTree::Group(inner)] = &tokens[..]
        && name == "cfg_attr"
    {
        tokens = token_list(inner.stream());
    }
    tokens.windows(2).any(|pair| match pair {
        [TokenTree::Ident(name), TokenTree::Group(derived)] if name == "derive" => {
            let mut derived = derived.stream().into_iter();
            derived.any(|token| matches!(token, TokenTree::Ident(name) if name == "ErrorCode"))
        }
        _ => false,
    })
}
