//! What stands between the brackets of `include_spec! { … }`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::rust::{self, Attribute};

/// The path of a spec and what it is compiled with.
pub(crate) struct Input {
    pub(crate) path: LitStr,
    pub(crate) kinds: Option<TokenStream>,
    pub(crate) locales: Option<Vec<Locale>>,
    pub(crate) errbook: Option<TokenStream>,
}

/// A language to take, under the attributes that all of it is emitted with.
pub(crate) struct Locale {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) name: Ident,
}

impl Locale {
    /// The language's tag: `zh_CN` is `zh-CN`.
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
            result.option(input)?;
        }
        Ok(result)
    }
}

impl Input {
    fn option(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let key = key(input)?;
        input.parse::<Token![=]>()?;
        match key.to_string().as_str() {
            "crate" => set(&mut self.errbook, &key, rust::path(input)?),
            "kinds" => set(&mut self.kinds, &key, rust::path(input)?),
            "locales" => set(&mut self.locales, &key, locales(input)?),
            other => {
                let message =
                    format!("`{other}` is no option: there are `kinds`, `locales` and `crate`");
                Err(syn::Error::new(key.span(), message))
            }
        }
    }
}

/// A word, `crate` among them.
pub(crate) fn key(input: ParseStream<'_>) -> syn::Result<Ident> {
    if input.peek(Token![crate]) {
        input.call(Ident::parse_any)
    } else {
        input.parse()
    }
}

/// Takes a value down, unless its key had one.
pub(crate) fn set<T>(option: &mut Option<T>, key: &Ident, value: T) -> syn::Result<()> {
    match option.replace(value) {
        None => Ok(()),
        Some(_) => Err(syn::Error::new(
            key.span(),
            format!("`{key}` is given twice"),
        )),
    }
}

pub(crate) fn locales(input: ParseStream<'_>) -> syn::Result<Vec<Locale>> {
    let list;
    let bracket = syn::bracketed!(list in input);
    let locales = rust::all(&list, &mut Locale::parse)?;
    match locales.first() {
        None => Err(syn::Error::new(
            bracket.span.join(),
            "name at least one language",
        )),
        Some(first) if !first.attributes.is_empty() => {
            let message = "the first language serves everybody whose own is not there, so it cannot be left out";
            Err(syn::Error::new_spanned(&first.attributes[0], message))
        }
        Some(_) => Ok(locales),
    }
}

impl Parse for Locale {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: Attribute::parse_all(input)?,
            name: input.parse()?,
        })
    }
}
