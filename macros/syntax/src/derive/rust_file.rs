//! The enums of a Rust file whose codes stand on their variants, each as a spec.

use errbook_spec::Spec;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};

use crate::derive::errors::Errors;
use crate::derive::inline::{self, Places};
use crate::derive::item::Item;
use crate::derive::vendor;
use crate::rust;

/// The specs that the derives of a Rust file would be written as; those that take their codes from a spec are left out.
///
/// Where one names no vendor, it is `package`, the crate that the file belongs to. What is wrapped by a `transparent`
/// variant is no code of the enum, and is not in its spec.
///
/// # Errors
///
/// If the file is not Rust, or something is wrong with one of its derives.
///
/// ```
/// use errbook_spec::place::Source;
/// use errbook_syntax::derived_specs;
///
/// let rust = "#[derive(Debug, errbook::ErrorCode)]\nenum OrderError {\n    #[error_code(7, message = \"only <left> left\")]\n    \
///             OutOfStock { left: u32 },\n}";
/// let specs = derived_specs(&Source::new("src/error.rs", rust), "shop")?;
/// let code = &specs[0].sets[0].codes[0];
/// assert_eq!((specs[0].sets[0].name.as_str(), code.code.as_str(), code.variant.as_str()), ("OrderError", "7", "OutOfStock"));
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
pub fn derived_specs(source: &Source, package: &str) -> Result<Vec<Spec>, Problems> {
    let mut problems = Problems::default();
    let tokens = match source.text().parse::<TokenStream>() {
        Ok(tokens) => tokens,
        Err(error) => {
            problems.push(
                &source.place(&error.span().byte_range()),
                format!("this is not Rust: {error}"),
            );
            return Err(problems);
        }
    };
    let (vendor, mut errors) = (vendor(package), Errors::default());
    let specs = derives(tokens)
        .into_iter()
        .filter_map(|input| spec(&errors.ok(input)?, &vendor, &mut errors))
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

fn spec(input: &rust::Item, vendor: &str, errors: &mut Errors) -> Option<Spec> {
    let item = Item::new(input, errors)?;
    if item.options.spec.is_some()
        || item
            .variants
            .iter()
            .all(|variant| variant.says.transparent.is_some())
    {
        return None;
    }
    let mut places = Places::default();
    let spec = inline::spec(&item, vendor, &mut places, errors);
    if !spec.sets[0].codes.is_empty() {
        inline::checked(&spec, &places, errors);
    }
    Some(spec)
}

/// Every item that derives `ErrorCode`, in modules and functions too, but not in what a macro by example is made of.
fn derives(tokens: TokenStream) -> Vec<syn::Result<rust::Item>> {
    let mut found = Vec::new();
    // What is being read, the innermost group last, and how far. A list: nesting costs a file no stack.
    let mut open = vec![(list(tokens), 0)];
    while let Some((tokens, at)) = open.last_mut() {
        let rest = &tokens[*at..];
        let attributes = attributes(rest);
        let (read, inner) = match rest {
            [] => {
                open.pop();
                continue;
            }
            _ if rest[..attributes].iter().any(is_derive) => {
                let (item, len) = item(rest, attributes);
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
            [TokenTree::Group(group), ..] => (1, Some(list(group.stream()))),
            _ => (attributes.max(1), None),
        };
        *at += read;
        open.extend(inner.map(|inner| (inner, 0)));
    }
    found
}

fn list(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

/// The item at the beginning, and how many tokens it has; if it cannot be read, its attributes alone are gone past.
fn item(tokens: &[TokenTree], attributes: usize) -> (syn::Result<rust::Item>, usize) {
    let with_rest = |input: ParseStream<'_>| Ok((input.parse()?, input.parse::<TokenStream>()?));
    match with_rest.parse2(tokens.iter().cloned().collect()) {
        Ok((item, rest)) => (Ok(item), tokens.len() - rest.into_iter().count()),
        Err(error) => (Err(error), attributes),
    }
}

/// How many tokens are attributes, `#[…]` each.
fn attributes(tokens: &[TokenTree]) -> usize {
    let pairs = tokens.chunks_exact(2).take_while(|pair| {
        let is_hash = matches!(&pair[0], TokenTree::Punct(punct) if punct.as_char() == '#');
        is_hash && matches!(&pair[1], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
    });
    pairs.count() * 2
}

/// True for `[derive(…, ErrorCode, …)]`, and under a condition: `[cfg_attr(…, derive(ErrorCode))]`.
fn is_derive(token: &TokenTree) -> bool {
    let TokenTree::Group(attribute) = token else {
        return false;
    };
    let mut tokens = list(attribute.stream());
    while let [TokenTree::Ident(name), TokenTree::Group(inner)] = &tokens[..]
        && name == "cfg_attr"
    {
        tokens = list(inner.stream());
    }
    tokens.windows(2).any(|pair| match pair {
        [TokenTree::Ident(name), TokenTree::Group(derived)] if name == "derive" => {
            let mut derived = derived.stream().into_iter();
            derived.any(|token| matches!(token, TokenTree::Ident(name) if name == "ErrorCode"))
        }
        _ => false,
    })
}
