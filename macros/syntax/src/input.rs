//! Parses the input of `include_spec! { … }`: the path of the spec, then options.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::token::{Bracket, Paren};
use syn::{Attribute, Ident, LitBool, LitStr, Meta, Path, Token, Visibility};

use crate::file::parse_path;
use crate::parse::{
    each_entry, parse_comma, parse_flag, parse_key, parse_list, parse_type_path, set_option,
};

/// A spec and the options.
pub(crate) struct Input {
    pub(crate) spec: SpecInput,
    pub(crate) kinds: Option<Path>,
    pub(crate) locales: Option<Vec<Locale>>,
    pub(crate) default: Option<Vec<Locale>>,
    pub(crate) errbook: Option<Path>,
    pub(crate) derive: Option<Vec<Path>>,
    pub(crate) attributes: Option<Vec<Meta>>,
    pub(crate) visibility: Option<Visibility>,
    pub(crate) exhaustive: Option<LitBool>,
    pub(crate) overrides: Option<LitStr>,
    pub(crate) export: Option<Ident>,
    /// What is wrong with the options.
    pub(crate) errors: Option<syn::Error>,
}

/// Where a spec is.
pub(crate) enum SpecInput {
    /// In a file.
    File(LitStr),
    /// In the input, as a macro writes it that `export` made.
    Text {
        /// The file's name for messages.
        name: LitStr,
        text: LitStr,
    },
}

impl SpecInput {
    /// The path or the name of the spec, to which its errors point.
    pub(crate) fn name(&self) -> &LitStr {
        match self {
            Self::File(path) => path,
            Self::Text { name, .. } => name,
        }
    }
}

/// A language to include, with the attributes that are copied to everything emitted for it.
pub(crate) struct Locale {
    pub(crate) attributes: Vec<Attribute>,
    /// The BCP 47 tag: `zh_CN` is written for `zh-CN`, and so is `"zh-CN"`.
    pub(crate) tag: String,
    pub(crate) span: Span,
}

impl Locale {
    pub(crate) fn attributes(&self) -> TokenStream {
        let attributes = &self.attributes;
        quote!(#(#attributes)*)
    }
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut kinds = None;
        let mut errbook = None;
        let spec = if input.peek(Paren) {
            let exported;
            syn::parenthesized!(exported in input);
            parse_exported(&exported, &mut errbook, &mut kinds)?
        } else {
            SpecInput::File(parse_path(input)?)
        };
        let mut result = Self {
            spec,
            kinds: None,
            locales: None,
            default: None,
            errbook: None,
            derive: None,
            attributes: None,
            visibility: None,
            exhaustive: None,
            overrides: None,
            export: None,
            errors: None,
        };
        parse_comma(input)?;
        result.errors = each_entry(input, &mut |input| result.parse_option(input));
        result.kinds = result.kinds.or(kinds);
        result.errbook = result.errbook.or(errbook);
        Ok(result)
    }
}

/// Parses `("NAME", "TEXT", PATH_OF_ERRBOOK, PATH_OF_KINDS)`, the last of which may be missing.
fn parse_exported(
    input: ParseStream<'_>,
    errbook: &mut Option<Path>,
    kinds: &mut Option<Path>,
) -> syn::Result<SpecInput> {
    let name = input.parse()?;
    input.parse::<Token![,]>()?;
    let text = input.parse()?;
    input.parse::<Token![,]>()?;
    *errbook = Some(input.call(Path::parse_mod_style)?);
    if input.parse::<Option<Token![,]>>()?.is_some() {
        *kinds = Some(input.call(Path::parse_mod_style)?);
    }
    Ok(SpecInput::Text { name, text })
}

impl Input {
    fn parse_option(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        if input.peek(LitStr) {
            return Err(input.error("expected an option such as `kinds = crate::Kind`"));
        }
        if input.peek(Token![pub]) {
            return Err(input.error("expected `vis = pub(crate)`"));
        }
        let key = parse_key(input)?;
        match key.to_string().as_str() {
            "crate" => set_option(&mut self.errbook, &key, parse_type_path(&key, input)?),
            "kinds" => set_option(&mut self.kinds, &key, parse_type_path(&key, input)?),
            "locales" => set_option(&mut self.locales, &key, parse_locales(&key, input)?),
            "default" => {
                let default = bracketed(&key, "en", input, Locale::parse)?;
                set_option(&mut self.default, &key, default)
            }
            "derive" => {
                let derive = bracketed(&key, "Arbitrary", input, parse_derive)?;
                set_option(&mut self.derive, &key, derive)
            }
            "attributes" => {
                if !input.peek(Paren) {
                    return Err(input.error("expected `attributes(allow(dead_code))`"));
                }
                let list;
                syn::parenthesized!(list in input);
                let attributes = parse_list(&list, &mut Meta::parse)?;
                set_option(&mut self.attributes, &key, attributes)
            }
            "vis" => set_option(&mut self.visibility, &key, parse_visibility(input)?),
            "exhaustive" => set_option(&mut self.exhaustive, &key, parse_flag(&key, input)?),
            "overrides" => {
                input.parse::<Token![=]>()?;
                set_option(&mut self.overrides, &key, parse_path(input)?)
            }
            "export" => {
                input.parse::<Token![=]>()?;
                set_option(&mut self.export, &key, input.parse()?)
            }
            other => {
                let message = format!(
                    "unknown key `{other}`, expected one of `kinds`, `locales`, `default`, \
                     `crate`, `derive`, `attributes`, `vis`, `exhaustive`, `overrides`, `export`"
                );
                Err(syn::Error::new(key.span(), message))
            }
        }
    }

    /// The attributes of each enum.
    pub(crate) fn on_enum(&self) -> TokenStream {
        let derive = self
            .derive
            .iter()
            .map(|paths| quote!(#[derive(#(#paths),*)]));
        let attributes = self.attributes.iter().flatten();
        quote!(#(#derive)* #(#[#attributes])*)
    }
}

/// Parses `= [a, b]`. `example` is an entry for the message.
fn bracketed<T>(
    key: &Ident,
    example: &str,
    input: ParseStream<'_>,
    mut parse: fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    if !(input.peek(Token![=]) && input.peek2(Bracket)) {
        let message = format!("expected a list: `{key} = [{example}]`");
        return Err(syn::Error::new(key.span(), message));
    }
    input.parse::<Token![=]>()?;
    let list;
    syn::bracketed!(list in input);
    parse_list(&list, &mut parse)
}

/// The traits that errbook implements for each set.
const IMPLEMENTED: [&str; 9] = [
    "Clone",
    "Copy",
    "Debug",
    "Display",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

fn parse_derive(input: ParseStream<'_>) -> syn::Result<Path> {
    let path = input.call(Path::parse_mod_style)?;
    match path.segments.last() {
        Some(last) if IMPLEMENTED.iter().any(|name| last.ident == name) => {
            let message = format!(
                "errbook implements `{}` for every set: remove it",
                last.ident
            );
            Err(syn::Error::new_spanned(&path, message))
        }
        _ => Ok(path),
    }
}

fn parse_visibility(input: ParseStream<'_>) -> syn::Result<Visibility> {
    input.parse::<Token![=]>()?;
    let visibility = input.parse()?;
    if matches!(visibility, Visibility::Inherited) && !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error("expected a visibility such as `pub(crate)`"));
    }
    Ok(visibility)
}

/// Parses `= [en, #[cfg(feature = "de")] de]`.
pub(crate) fn parse_locales(key: &Ident, input: ParseStream<'_>) -> syn::Result<Vec<Locale>> {
    let locales = bracketed(key, "en", input, Locale::parse)?;
    match locales.first() {
        None => Err(syn::Error::new(
            key.span(),
            "expected at least one language",
        )),
        Some(first) if !first.attributes.is_empty() => {
            let message = "the first language is the fallback, so it cannot be conditional";
            Err(syn::Error::new_spanned(&first.attributes[0], message))
        }
        Some(_) => Ok(locales),
    }
}

impl Parse for Locale {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        if let Ok(tag) = input.parse::<LitStr>() {
            return Ok(Self {
                attributes,
                tag: tag.value(),
                span: tag.span(),
            });
        }
        let name: Ident = input.parse()?;
        if input.peek(Token![-]) {
            return Err(input.error("expected `_` in place of `-`, as in `zh_CN`, or quotes"));
        }
        Ok(Self {
            attributes,
            tag: name.to_string().replace('_', "-"),
            span: name.span(),
        })
    }
}
