//! The traits that every set implements, each in terms of the methods that it has.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::table::{ident, number};
use crate::emit::{lookup, shape};
use crate::tables::{Codes, Set};

/// All the traits.
pub(super) fn impls(set: &Set) -> TokenStream {
    let (name, ty, vendor, text) = (
        ident(&set.name),
        lookup::code_type(set),
        &set.vendor,
        &set.name,
    );
    let (identity, order) = if set.by_symbol_too {
        (
            ident("ByCodeAndSymbol"),
            quote!(rt::by_code_and_symbol! { impl #name }),
        )
    } else {
        (ident("ByCode"), quote!(rt::by_code! { impl #name: #ty }))
    };
    let (decode, decode_with_symbol) = (decode(set), decode_with_symbol(set));
    let template = set
        .template
        .as_ref()
        .map(|_| quote!(template: template_text,));
    let (classes, flag) = (classes(set), shape::flag(set));
    quote! {
        #order
        rt::set! {
            impl #name: #ty,
            names: #vendor #text,
            identity: #identity,
            decode: |wire| #decode,
            decode_with_symbol: |code, symbol| #decode_with_symbol,
            #template
            #classes
        }
        #flag
    }
}

/// From a code alone, and else from a symbol.
fn decode(set: &Set) -> TokenStream {
    let by_code = if set.by_symbol_too {
        quote!(|code| rt::only(Self::all_with_code(code)))
    } else {
        quote!(Self::from_code)
    };
    let by_symbol = if set.symbols.is_some() {
        quote!(Self::from_symbol)
    } else {
        quote!(rt::no_symbol)
    };
    match &set.codes {
        Codes::Numbers { .. } => quote!(rt::decode_number(wire, #by_code, #by_symbol)),
        _ => quote!(rt::decode_text(wire, #by_code, #by_symbol)),
    }
}

fn decode_with_symbol(set: &Set) -> TokenStream {
    match (set.by_symbol_too, &set.codes, &set.symbols) {
        (true, Codes::Numbers { .. }, _) => {
            quote!(rt::parse_number(code, |code| Self::parse(code, symbol)))
        }
        (true, _, _) => quote!(rt::parse_text(code, |code| Self::parse(code, symbol))),
        (false, _, None) => quote!(rt::parse_decoded(code, symbol, |_: Self| rt::None)),
        (false, _, Some(_)) => {
            quote!(rt::parse_decoded(code, symbol, |code| Self::find_symbol(
                symbol,
                |found| found == code
            )))
        }
    }
}

/// What is known of the codes of a range.
fn classes(set: &Set) -> Option<TokenStream> {
    let ranges = set.ranges.iter().map(|range| {
        let [from, to, billing, retry] = [
            range.from,
            range.to,
            range.billing.into(),
            range.retry.into(),
        ]
        .map(number);
        quote!(#from..=#to => #billing #retry)
    });
    (!set.ranges.is_empty()).then(|| quote!(classes: [#(#ranges),*],))
}
