//! The enum itself: its variants, their names, the list of all of them.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Outside;
use crate::emit::table::{Numbers, count, ident, pool, tokens};
use crate::tables::{Codes, Set, Variant};

/// With more variants, the enum says of which type its numbers are. It is the one that they have anyway, but for its
/// sign: to check a table of variants, the compiler counts up to each of them, and unsigned numbers it counts in two
/// thirds of the time.
const MOST_WITHOUT_REPR: usize = 1000;

/// The enum with its earlier names, and the set type of flags.
pub(super) fn declaration(set: &Set, outside: &Outside) -> TokenStream {
    let (name, doc) = (ident(&set.name), &set.doc);
    let variants = variants(&set.variants);
    let repr = (set.variants.len() > MOST_WITHOUT_REPR).then(|| quote!(#[repr(u16)]));
    let was = set.was.iter().map(|was| {
        let (was, note) = (ident(was), format!("this set is called `{}` now", set.name));
        let doc = format!(" The earlier name of [`{}`].", set.name);
        quote! {
            #[doc = #doc]
            #[deprecated(note = #note)]
            pub type #was = #name;
        }
    });
    let flags = flags(set, outside);
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        #repr
        #[non_exhaustive]
        pub enum #name { #variants }
        #flags
        #(#was)*
    }
}

fn flags(set: &Set, outside: &Outside) -> Option<TokenStream> {
    let Codes::Flags { plural, .. } = &set.codes else {
        return None;
    };
    let (name, plural, errbook) = (ident(&set.name), ident(plural), &outside.errbook);
    let doc = format!(
        " A set of [`{}`] as it arrived, with those that no document names.",
        set.name
    );
    Some(quote! {
        #[doc = #doc]
        pub type #plural = #errbook::Flags<#name>;
    })
}

/// As a text that the compiler reads in one go: to be put together token by token is most of what a long enum would take.
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
        if let Some(note) = deprecated {
            let _ = write!(text, "#[deprecated(note = {note:?})]");
        }
        text.push_str(name);
        text.push(',');
    }
    tokens(&text)
}

/// Only where it is needed: a crate that forbids the lint can then use all sets without retired codes.
pub(super) fn allow_deprecated(set: &Set) -> Option<TokenStream> {
    set.retired.then(|| quote!(#[allow(deprecated, reason = "tables list retired codes too, since they still decode")]))
}

/// As a text, like the variants.
fn list(set: &Set) -> TokenStream {
    let mut text = String::new();
    for variant in &set.variants {
        for part in [&set.name, "::", &variant.name, ","] {
            text.push_str(part);
        }
    }
    tokens(&text)
}

/// The list of variants, and their names.
pub(super) fn tables(set: &Set) -> TokenStream {
    let (name, len) = (ident(&set.name), count(set.variants.len()));
    let variants = list(set);
    let names = pool("variant_name", &set.names);
    quote! {
        static VARIANTS: [#name; #len] = [#variants];
        #names
    }
}

/// The earlier names of variants.
pub(super) fn earlier_names(set: &Set) -> Option<TokenStream> {
    let name = ident(&set.name);
    let mut earlier = TokenStream::new();
    for variant in set
        .variants
        .iter()
        .filter(|variant| !variant.was.is_empty())
    {
        let (now, doc) = (
            ident(&variant.name),
            format!(" The earlier name of [`{0}`](Self::{0}).", variant.name),
        );
        for was in &variant.was {
            let (was, note) = (ident(was), format!("it is called `{}` now", variant.name));
            earlier.extend(quote! {
                #[doc = #doc]
                #[deprecated(note = #note)]
                #[allow(non_upper_case_globals, reason = "it was a variant")]
                pub const #was: Self = Self::#now;
            });
        }
    }
    (!earlier.is_empty()).then(|| quote!(impl #name { #earlier }))
}

/// What a set of flags has besides.
pub(super) fn flag(set: &Set) -> Option<TokenStream> {
    let Codes::Flags { width, places, .. } = &set.codes else {
        return None;
    };
    let (name, width) = (ident(&set.name), count(*width as usize));
    let places = Numbers::new("PLACES", places);
    let (places, place) = (places.item(), places.read(&quote!(*self as usize)));
    Some(quote! {
        #places
        rt::flag! { impl #name(self), width: #width, position: #place as u32 }
    })
}
