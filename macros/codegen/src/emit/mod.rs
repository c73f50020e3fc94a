//! Writes tables as Rust. It decides nothing: `lower` has chosen, and each choice is one `match`.

mod access;
mod lookup;
mod shape;
mod table;
mod traits;

use proc_macro2::TokenStream;
use quote::quote;

use crate::tables::{Set, Tables};

/// How the expansion refers to items outside of it.
pub(crate) struct Outside {
    /// The path of the crate `errbook`.
    pub(crate) errbook: TokenStream,
    /// The path of the type that `kind()` returns.
    pub(crate) kinds: Option<TokenStream>,
    /// The attributes of each language but the first.
    pub(crate) attributes: Vec<TokenStream>,
    /// The positions of the languages of last resort, with their attributes, the preferred one
    /// first.
    pub(crate) default: Vec<(usize, TokenStream)>,
    /// The attributes of each enum.
    pub(crate) on_enum: TokenStream,
    /// The visibility of each enum.
    pub(crate) visibility: TokenStream,
}

/// Writes all sets.
pub(crate) fn emit(tables: &Tables, outside: &Outside) -> TokenStream {
    let sets = tables
        .sets
        .iter()
        .map(|set| emit_set(set, &tables.locales, outside));
    quote! { #(#sets)* }
}

fn emit_set(set: &Set, locales: &[String], outside: &Outside) -> TokenStream {
    let declaration = shape::declaration(set, outside);
    let tables = [
        shape::tables(set),
        lookup::tables(set),
        access::tables(set, outside),
        access::default_language(outside),
    ];
    let earlier = shape::earlier_names(set);
    let impls = [
        lookup::impls(set),
        access::impls(set, locales, outside),
        traits::impls(set),
    ];
    let lints = shape::lints(set);
    let errbook = &outside.errbook;
    quote! {
        #declaration

        #lints
        const _: () = {
            use #errbook::__private as rt;
            #[allow(unused_imports, reason = "a set may need only some of them")]
            use rt::names::*;
            #(#tables)*
            #earlier
            #(#impls)*
        };
    }
}
