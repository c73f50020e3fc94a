//! The enum itself: its variants, their names, the list of all of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Outside;
use crate::emit::table::{Numbers, count, ident, pool};
use crate::tables::{Codes, Set, Variant};

/// With more variants, the enum says of which type its numbers are. It is the one that they have anyway, but for its
/// sign: to check a table of variants, the compiler counts up to each of them, and unsigned numbers it counts in two
/// thirds of the time.
const MOST_WITHOUT_REPR: usize = 1000;

/// The enum with its earlier names, and the set type of flags.
pub(super) fn declaration(set: &Set, outside: &Outside) -> TokenStream {
    let (name, doc) = (ident(&set.name), &set.doc);
    let variants = set.variants.iter().map(variant);
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
        pub enum #name { #(#variants,)* }
        #flags
        #(#was)*
    }
}

fn flags(set: &Set, outside: &Outside) -> Option<TokenStream> {
    let Codes::Flags { plural, .. } = &set.codes else { return None };
    let (name, plural, errbook) = (ident(&set.name), ident(plural), &outside.errbook);
    let doc = format!(" A set of [`{}`] as it arrived, with those that no document names.", set.name);
    Some(quote! {
        #[doc = #doc]
        pub type #plural = #errbook::Flags<#name>;
    })
}

fn variant(variant: &Variant) -> TokenStream {
    let (name, doc, aliases) = (ident(&variant.name), &variant.doc, &variant.doc_aliases);
    let deprecated = variant.deprecated.iter().map(|note| quote!(#[deprecated(note = #note)]));
    quote! {
        #[doc = #doc]
        #(#[doc(alias = #aliases)])*
        #(#deprecated)*
        #name
    }
}

/// Only where it is needed: a crate that forbids the lint can then use all sets without retired codes.
pub(super) fn allow_deprecated(set: &Set) -> Option<TokenStream> {
    set.retired.then(|| quote!(#[allow(deprecated, reason = "tables list retired codes too, since they still decode")]))
}

/// The list of variants, and their names.
pub(super) fn tables(set: &Set) -> TokenStream {
    let (name, len) = (ident(&set.name), count(set.variants.len()));
    let variants = set.variants.iter().map(|variant| ident(&variant.name));
    let names = pool("variant_name", &set.names);
    quote! {
        static VARIANTS: [#name; #len] = [#(#name::#variants),*];
        #names
    }
}

/// The earlier names of variants.
pub(super) fn impls(set: &Set) -> Option<TokenStream> {
    let name = ident(&set.name);
    let mut earlier = TokenStream::new();
    for variant in &set.variants {
        let (now, doc) = (ident(&variant.name), format!(" The earlier name of [`{0}`](Self::{0}).", variant.name));
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
    let Codes::Flags { width, places, .. } = &set.codes else { return None };
    let (name, width) = (ident(&set.name), count(*width as usize));
    let places = Numbers::new("PLACES", places);
    let (places, place) = (places.item(), places.read(&quote!(*self as usize)));
    Some(quote! {
        #places
        rt::flag! { impl #name(self), width: #width, position: #place as u32 }
    })
}
