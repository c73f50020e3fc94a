//! The enum itself: its variants, their names, the list of all of them.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Outside;
use crate::emit::table::{count, emit_read, ident, number_table, pool};
use crate::names::{PLACES, VARIANT_NAME, VARIANTS};
use crate::source::parse_source;
use crate::tables::{Codes, Lints, Set, Variant};

/// The enum with its earlier names, and the set type of flags.
pub(super) fn declaration(set: &Set, outside: &Outside) -> TokenStream {
    let name = ident(&set.name);
    let doc = &set.doc;
    let variants = variants(&set.variants);
    let repr = set.repr.map(|ty| {
        let ty = ident(ty);
        quote!(#[repr(#ty)])
    });
    let visibility = &outside.visibility;
    let was = set.was.iter().map(|was| {
        let was = ident(was);
        let note = format!("this set is called `{}` now", set.name);
        let doc = format!(" The earlier name of [`{}`].", set.name);
        quote! {
            #[doc = #doc]
            #[deprecated(note = #note)]
            #visibility type #was = #name;
        }
    });
    let flags = flags(set, outside);
    let on_enum = &outside.on_enum;
    quote! {
        #[doc = #doc]
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash
        )]
        #repr
        #on_enum
        #visibility enum #name { #variants }
        #flags
        #(#was)*
    }
}

/// The type of a set of flags.
fn flags(set: &Set, outside: &Outside) -> TokenStream {
    match &set.codes {
        Codes::Numbers { .. } | Codes::Texts { .. } => TokenStream::new(),
        Codes::Flags { plural, .. } => {
            let name = ident(&set.name);
            let plural = ident(plural);
            let errbook = &outside.errbook;
            let visibility = &outside.visibility;
            let doc = format!(
                " A set of [`{}`] as it was received, with flags that no document names.",
                set.name
            );
            quote! {
                #[doc = #doc]
                #visibility type #plural = #errbook::Flags<#name>;
            }
        }
    }
}

/// As source that rustc reads in one go: building a long enum token by token took longer than
/// everything else about it.
fn variants(variants: &[Variant]) -> TokenStream {
    let mut text = String::new();
    for Variant {
        name,
        doc,
        doc_aliases,
        deprecated,
        ..
    } in variants
    {
        let _ = write!(text, "#[doc = {doc:?}]");
        for alias in doc_aliases {
            let _ = write!(text, "#[doc(alias = {alias:?})]");
        }
        let attribute = deprecated
            .iter()
            .map(|note| format!("#[deprecated(note = {note:?})]"));
        text.extend(attribute);
        text.push_str(name);
        text.push(',');
    }
    parse_source(&text)
}

/// The attribute that excuses the tables of a set from lints.
pub(super) fn lints(set: &Set) -> TokenStream {
    match set.lints {
        Lints::None => TokenStream::new(),
        Lints::Deprecated => quote! {
            #[allow(deprecated, reason = "tables list retired codes too, since they still decode")]
        },
    }
}

/// As source, like the variants.
fn list(set: &Set) -> TokenStream {
    let mut text = String::new();
    for variant in &set.variants {
        for part in [&set.name, "::", &variant.name, ","] {
            text.push_str(part);
        }
    }
    parse_source(&text)
}

/// The list of variants, and their names.
pub(super) fn tables(set: &Set) -> TokenStream {
    let table = ident(VARIANTS);
    let name = ident(&set.name);
    let len = count(set.variants.len());
    let variants = list(set);
    let names = pool(VARIANT_NAME, &set.names);
    quote! {
        static #table: [#name; #len] = [#variants];
        #names
    }
}

/// The earlier names of variants, as constants.
pub(super) fn earlier_names(set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let mut constants = TokenStream::new();
    for variant in &set.variants {
        let now = ident(&variant.name);
        let doc = format!(" The earlier name of [`{0}`](Self::{0}).", variant.name);
        let note = format!("it is called `{}` now", variant.name);
        for was in &variant.was {
            let was = ident(was);
            constants.extend(quote! {
                impl #name {
                    #[doc = #doc]
                    #[deprecated(note = #note)]
                    #[allow(non_upper_case_globals, reason = "it was a variant")]
                    pub const #was: Self = Self::#now;
                }
            });
        }
    }
    constants
}

/// What only a set of flags has.
pub(super) fn flag(set: &Set) -> TokenStream {
    match &set.codes {
        Codes::Numbers { .. } | Codes::Texts { .. } => TokenStream::new(),
        Codes::Flags { width, places, .. } => {
            let name = ident(&set.name);
            let width = count(*width as usize);
            let table = number_table(PLACES, places);
            let place = emit_read(PLACES, places, &quote!(*self as usize));
            let names = set.former.iter().map(|name| ident(name));
            let former = match set.former[..] {
                [] => TokenStream::new(),
                _ => quote!(, former: [#(#names),*]),
            };
            quote! {
                #table
                rt::flag! { impl #name(self), width: #width, position: #place as u32 #former }
            }
        }
    }
}
