//! The traits that every set implements, in terms of its own methods.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::lookup::code_type;
use crate::emit::shape;
use crate::emit::table::{ident, number};
use crate::names::TEMPLATE_TEXT;
use crate::tables::{Decode, Set};

/// All the traits.
pub(super) fn impls(set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let text = &set.name;
    let vendor = &set.vendor;
    let ty = code_type(&set.codes);
    let Decoding {
        order,
        identity,
        decode,
        decode_with_symbol,
    } = decoding(set);
    let identity = ident(identity);
    let template = set.template.as_ref().map(|_| {
        let template = ident(TEMPLATE_TEXT);
        quote!(template: #template,)
    });
    let classes = classes(set);
    let flag = shape::flag(set);
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

/// The parts of a set's traits that depend on how its answers are decoded.
struct Decoding {
    /// The implementation of `Ord`.
    order: TokenStream,
    /// The type `CodeSet::Identity`.
    identity: &'static str,
    /// The value of `CodeSet::decode`.
    decode: TokenStream,
    /// The value of `CodeSet::decode_with_symbol`.
    decode_with_symbol: TokenStream,
}

fn decoding(set: &Set) -> Decoding {
    let name = ident(&set.name);
    let ty = code_type(&set.codes);
    // Only former meanings have the code of another variant, which `Ord` must tell from them.
    let then = match set.former[..] {
        [] => TokenStream::new(),
        _ => quote!(then: name_of_variant),
    };
    let by_code = quote!(rt::by_code! { impl #name: #ty #then });
    let by_code_and_symbol = quote!(rt::by_code_and_symbol! { impl #name #then });
    let no_symbol = quote!(rt::parse_decoded(code, symbol, |_: Self| rt::None));
    let found_symbol = quote! {
        rt::parse_decoded(code, symbol, |code| Self::find_symbol(symbol, |found| *found == code))
    };
    let only = quote!(|code| rt::only(Self::all_with_code(code)));
    match set.decode {
        Decode::Number => Decoding {
            order: by_code,
            identity: "ByCode",
            decode: quote!(rt::decode_number(wire, Self::from_code, rt::no_symbol)),
            decode_with_symbol: no_symbol,
        },
        Decode::Text => Decoding {
            order: by_code,
            identity: "ByCode",
            decode: quote!(rt::decode_text(wire, Self::from_code, rt::no_symbol)),
            decode_with_symbol: no_symbol,
        },
        Decode::NumberOrSymbol | Decode::NumberOrTemplate => Decoding {
            order: by_code,
            identity: "ByCode",
            decode: quote!(rt::decode_number(wire, Self::from_code, Self::from_symbol)),
            decode_with_symbol: found_symbol,
        },
        Decode::TextOrSymbol | Decode::TextOrTemplate => Decoding {
            order: by_code,
            identity: "ByCode",
            decode: quote!(rt::decode_text(wire, Self::from_code, Self::from_symbol)),
            decode_with_symbol: found_symbol,
        },
        Decode::NumberAndSymbol => Decoding {
            order: by_code_and_symbol,
            identity: "ByCodeAndSymbol",
            decode: quote!(rt::decode_number(wire, #only, Self::from_symbol)),
            decode_with_symbol: quote! {
                rt::parse_number(code, |code| Self::parse(code, symbol))
            },
        },
        Decode::TextAndSymbol => Decoding {
            order: by_code_and_symbol,
            identity: "ByCodeAndSymbol",
            decode: quote!(rt::decode_text(wire, #only, Self::from_symbol)),
            decode_with_symbol: quote! {
                rt::parse_text(code, |code| Self::parse(code, symbol))
            },
        },
    }
}

/// What is known of the codes of a range.
fn classes(set: &Set) -> TokenStream {
    let ranges = set.ranges.iter().map(|range| {
        let from = number(range.from);
        let to = number(range.to);
        let billing = ident(&range.billing);
        let retry = ident(&range.retry);
        let severity = ident(&range.severity);
        quote!(#from..=#to => #billing #retry #severity)
    });
    match set.ranges[..] {
        [] => TokenStream::new(),
        _ => quote!(classes: [#(#ranges),*],),
    }
}
