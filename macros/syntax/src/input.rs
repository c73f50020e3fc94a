//! Parses the input of `include_spec! { … }`: the path of the spec, then options.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Path, Token};

use crate::parse::{parse_key, parse_list, set_option};

/// The path of a spec and the options.
pub(crate) struct Input {
    pub(crate) path: LitStr,
    pub(crate) kinds: Option<Path>,
    pub(crate) locales: Option<Vec<Locale>>,
    pub(crate) errbook: Option<Path>,
}

/// A language to include, with the attributes that are copied to everything emitted for it.
pub(crate) struct Locale {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
}

impl Locale {
    /// The BCP 47 tag: `zh_CN` is written for `zh-CN`.
    pub(crate) fn tag(&self) -> String {
        self.name.to_string().replace('_', "-")
    }

    pub(crate) fn attributes(&self) -> TokenStream {
        let attributes = &self.attributes;
        quote!(#(#attributes)*)
    }
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut result = Self {
            path: input.parse()?,
            kinds: None,
            locales: None,
            errbook: None,
        };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            result.parse_option(input)?;
        }
        Ok(result)
    }
}

impl Input {
    fn parse_option(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let key = parse_key(input)?;
        input.parse::<Token![=]>()?;
        match key.to_string().as_str() {
            "crate" => set_option(&mut self.errbook, &key, input.call(Path::parse_mod_style)?),
            "kinds" => set_option(&mut self.kinds, &key, input.call(Path::parse_mod_style)?),
            "locales" => set_option(&mut self.locales, &key, parse_locales(input)?),
            other => {
                let message =
                    format!("unknown key `{other}`, expected one of `kinds`, `locales`, `crate`");
                Err(syn::Error::new(key.span(), message))
            }
        }
    }
}

pub(crate) fn parse_locales(input: ParseStream<'_>) -> syn::Result<Vec<Locale>> {
    let list;
    let bracket = syn::bracketed!(list in input);
    let locales = parse_list(&list, &mut Locale::parse)?;
    match locales.first() {
        None => Err(syn::Error::new(
            bracket.span.join(),
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
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            name: input.parse()?,
        })
    }
}
