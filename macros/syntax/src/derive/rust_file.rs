//! The enums of a Rust file whose codes stand on their variants, each as a spec.

use errbook_spec::Spec;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::derive::errors::Errors;
use crate::derive::inline::{self, Places};
use crate::derive::item::Item;
use crate::derive::vendor;
use crate::rust;

/// The specs that the derives of a Rust file would be written as; those that take their codes from a spec are left out.
///
/// Where one names no vendor, it is `package`, the crate that the file belongs to. What is wrapped by a `transparent` variant is no code of the enum, and
/// is not in its spec.
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
            problems.push(&source.place(&error.span().byte_range()), format!("this is not Rust: {error}"));
            return Err(problems);
        }
    };
    let mut inputs = Vec::new();
    derives(tokens, &mut inputs);
    let (vendor, mut errors) = (vendor(package), Errors::default());
    let specs = inputs.into_iter().filter_map(|input| spec(&errors.ok(input)?, &vendor, &mut errors)).collect();
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
    if item.options.spec.is_some() || item.variants.iter().all(|variant| variant.says.transparent.is_some()) {
        return None;
    }
    let mut places = Places::default();
    let spec = inline::spec(&item, vendor, &mut places, errors);
    if !spec.sets[0].codes.is_empty() {
        inline::checked(&spec, &places, errors);
    }
    Some(spec)
}

/// Every item that derives `ErrorCode`, in modules and functions too.
fn derives(tokens: TokenStream, found: &mut Vec<syn::Result<rust::Item>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let attributes = at + attributes(&tokens[at..]);
        if tokens[at..attributes].iter().any(is_derive) {
            let end = attributes + item_len(&tokens[attributes..]);
            found.push(syn::parse2(tokens[at..end].iter().cloned().collect()));
            at = end;
        } else if let (TokenTree::Group(group), true) = (&tokens[at], attributes == at) {
            derives(group.stream(), found);
            at += 1;
        } else {
            at = attributes.max(at + 1);
        }
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

/// True for `[derive(…, ErrorCode, …)]`.
fn is_derive(token: &TokenTree) -> bool {
    let TokenTree::Group(attribute) = token else { return false };
    let mut tokens = attribute.stream().into_iter();
    let is_derive = matches!(tokens.next(), Some(TokenTree::Ident(ident)) if ident == "derive");
    let Some(TokenTree::Group(derived)) = tokens.next().filter(|_| is_derive) else { return false };
    derived.stream().into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == "ErrorCode"))
}

/// How many tokens an item has: up to its braces, or its semicolon.
fn item_len(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    tokens.iter().position(is_end).map_or(tokens.len(), |end| end + 1)
}
