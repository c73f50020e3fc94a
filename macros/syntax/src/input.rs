//! What stands between the brackets of `include_spec! { … }`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
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
        let mut result = Self { path: input.parse()?, kinds: None, locales: None, errbook: None };
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
        if input.peek(Token![crate]) {
            let key = input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            return once(&mut self.errbook, rust::path(input)?, key);
        }
        let key: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        match key.to_string().as_str() {
            "kinds" => once(&mut self.kinds, rust::path(input)?, key),
            "locales" => once(&mut self.locales, locales(input)?, key),
            other => {
                let message = format!("`{other}` is no option: there are `kinds`, `locales` and `crate`");
                Err(syn::Error::new(key.span(), message))
            }
        }
    }
}

pub(crate) fn once<T>(option: &mut Option<T>, value: T, key: impl ToTokens) -> syn::Result<()> {
    match option.replace(value) {
        None => Ok(()),
        Some(_) => Err(syn::Error::new_spanned(&key, format!("`{}` is given twice", key.to_token_stream()))),
    }
}

pub(crate) fn locales(input: ParseStream<'_>) -> syn::Result<Vec<Locale>> {
    let list;
    let bracket = syn::bracketed!(list in input);
    let locales = rust::all(&list, Locale::parse)?;
    match locales.first() {
        None => Err(syn::Error::new(bracket.span.join(), "name at least one language")),
        Some(first) if !first.attributes.is_empty() => {
            let message = "the first language serves everybody whose own is not there, so it cannot be left out";
            Err(syn::Error::new_spanned(&first.attributes[0], message))
        }
        Some(_) => Ok(locales),
    }
}

impl Parse for Locale {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self { attributes: Attribute::parse_all(input)?, name: input.parse()? })
    }
}
