//! The traits that every set implements, each in terms of the methods that it has.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::table::{ident, number};
use crate::emit::{Outside, lookup, shape};
use crate::tables::{Codes, Set};

/// All the traits.
pub(super) fn impls(set: &Set, outside: &Outside) -> TokenStream {
    let parts = [
        std_traits(set, outside),
        conversions(set, outside),
        error_code(set, outside),
        code_set(set, outside),
        has_kind(set, outside).unwrap_or_default(),
        shape::flag(set, outside).unwrap_or_default(),
    ];
    quote! { #(#parts)* }
}

fn std_traits(set: &Set, outside: &Outside) -> TokenStream {
    let (name, errbook) = (ident(&set.name), &outside.errbook);
    let symbol = set.by_symbol_too.then(|| quote!(.then_with(|| Self::symbol(self).cmp(&Self::symbol(other)))));
    quote! {
        impl rt::core::cmp::Ord for #name {
            #[inline]
            fn cmp(&self, other: &Self) -> rt::core::cmp::Ordering {
                rt::core::cmp::Ord::cmp(&Self::code(self), &Self::code(other))#symbol
            }
        }

        impl rt::core::cmp::PartialOrd for #name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> rt::core::option::Option<rt::core::cmp::Ordering> {
                rt::core::option::Option::Some(rt::core::cmp::Ord::cmp(self, other))
            }
        }

        impl rt::core::fmt::Display for #name {
            fn fmt(&self, f: &mut rt::core::fmt::Formatter<'_>) -> rt::core::fmt::Result {
                rt::display(self, f)
            }
        }

        impl rt::core::error::Error for #name {}

        impl rt::core::str::FromStr for #name {
            type Err = #errbook::ParseCodeError;

            #[inline]
            fn from_str(text: &str) -> rt::core::result::Result<Self, #errbook::ParseCodeError> {
                rt::from_str(text)
            }
        }
    }
}

fn conversions(set: &Set, outside: &Outside) -> TokenStream {
    let (name, errbook, ty) = (ident(&set.name), &outside.errbook, lookup::code_type(set));
    let try_from = match (set.by_symbol_too, &set.codes) {
        (true, _) => TokenStream::new(),
        (false, Codes::Numbers { .. }) => quote! {
            impl rt::core::convert::TryFrom<#ty> for #name {
                type Error = #errbook::UnknownCode<#ty>;

                #[inline]
                fn try_from(code: #ty) -> rt::core::result::Result<Self, #errbook::UnknownCode<#ty>> {
                    rt::core::option::Option::ok_or(Self::from_code(code), #errbook::UnknownCode(code))
                }
            }
        },
        (false, _) => quote! {
            impl<'a> rt::core::convert::TryFrom<&'a str> for #name {
                type Error = #errbook::UnknownCode<&'a str>;

                #[inline]
                fn try_from(code: &'a str) -> rt::core::result::Result<Self, #errbook::UnknownCode<&'a str>> {
                    rt::core::option::Option::ok_or(Self::from_code(code), #errbook::UnknownCode(code))
                }
            }
        },
    };
    quote! {
        #try_from

        impl rt::core::convert::From<#name> for #ty {
            #[inline]
            fn from(code: #name) -> Self {
                #name::code(&code)
            }
        }
    }
}

fn error_code(set: &Set, outside: &Outside) -> TokenStream {
    let (name, errbook, vendor, text) = (ident(&set.name), &outside.errbook, &set.vendor, &set.name);
    quote! {
        impl #errbook::ErrorCode for #name {
            #[inline]
            fn vendor(&self) -> &'static str {
                #vendor
            }

            #[inline]
            fn set(&self) -> &'static str {
                #text
            }

            #[inline]
            fn wire(&self) -> #errbook::Wire<'_> {
                rt::core::convert::Into::into(Self::code(self))
            }

            #[inline]
            fn symbol(&self) -> rt::core::option::Option<&'static str> {
                Self::symbol(self)
            }

            #[inline]
            fn localized(&self, locale: #errbook::Locale) -> #errbook::Localized<'_> {
                rt::core::convert::Into::into(Self::message(self, locale))
            }

            #[inline]
            fn remedy(&self, locale: #errbook::Locale) -> rt::core::option::Option<&'static str> {
                Self::remedy(self, locale)
            }

            #[inline]
            fn billing(&self) -> #errbook::Billing {
                Self::billing(self)
            }

            #[inline]
            fn retry(&self) -> #errbook::Retry {
                Self::retry(self)
            }

            #[inline]
            fn retry_after(&self) -> rt::core::option::Option<rt::core::time::Duration> {
                Self::retry_after(self)
            }

            #[inline]
            fn http_status(&self) -> rt::core::option::Option<u16> {
                Self::http_status(self)
            }

            #[inline]
            fn is_success(&self) -> bool {
                Self::is_success(self)
            }
        }
    }
}

fn code_set(set: &Set, outside: &Outside) -> TokenStream {
    let (name, errbook, ty) = (ident(&set.name), &outside.errbook, lookup::code_type(set));
    let (vendor, text) = (&set.vendor, &set.name);
    let identity = ident(if set.by_symbol_too { "ByCodeAndSymbol" } else { "ByCode" });
    let [decode, decode_with_symbol] = [decode(set, outside), decode_with_symbol(set, outside)];
    let class = class(set, outside);
    let template = set.template.as_ref().map(|_| {
        quote! {
            fn template(&self) -> rt::core::option::Option<&'static str> {
                rt::optional(template_text(*self as usize))
            }
        }
    });
    let locale = quote!(#errbook::Locale);
    quote! {
        impl #errbook::CodeSet for #name {
            type Code = #ty;
            type Identity = #errbook::#identity;

            const VENDOR: &'static str = #vendor;
            const NAME: &'static str = #text;
            const ALL: &'static [Self] = &VARIANTS;

            #[inline]
            fn code(&self) -> #ty {
                Self::code(self)
            }

            #[inline]
            fn message(&self, locale: #locale) -> &'static str {
                Self::message(self, locale)
            }

            #[inline]
            fn default_message(&self) -> &'static str {
                message_0(*self as usize)
            }

            #template

            // What these two call would be compiled with every set, used or not.
            #[inline]
            fn decode(wire: #errbook::Wire<'_>) -> rt::core::option::Option<Self> {
                #decode
            }

            #[inline]
            fn decode_with_symbol<'a>(
                code: #errbook::Wire<'_>,
                symbol: &'a str,
            ) -> rt::core::option::Option<#errbook::Parsed<'a, Self>> {
                #decode_with_symbol
            }

            #class
        }
    }
}

/// From a code alone, and else from a symbol.
fn decode(set: &Set, outside: &Outside) -> TokenStream {
    let errbook = &outside.errbook;
    let by_code =
        if set.by_symbol_too { quote!(|code| rt::only(Self::all_with_code(code))) } else { quote!(Self::from_code) };
    let by_symbol = match &set.symbols {
        Some(_) => quote!(Self::from_symbol),
        None => quote!(|_| rt::core::option::Option::None),
    };
    match &set.codes {
        Codes::Numbers { .. } => quote! {
            match (wire.as_integer(), wire) {
                (rt::core::option::Option::Some(code), _) => rt::number(code, #by_code),
                (rt::core::option::Option::None, #errbook::Wire::Text(text)) => rt::call(text, #by_symbol),
                (rt::core::option::Option::None, #errbook::Wire::Integer(_)) => rt::core::option::Option::None,
            }
        },
        _ => quote! {
            match wire {
                #errbook::Wire::Text(text) => match rt::call(text, #by_code) {
                    rt::core::option::Option::None => rt::call(text, #by_symbol),
                    found => found,
                },
                #errbook::Wire::Integer(code) => rt::decimal(code, #by_code),
            }
        },
    }
}

fn decode_with_symbol(set: &Set, outside: &Outside) -> TokenStream {
    let errbook = &outside.errbook;
    match (set.by_symbol_too, &set.codes, &set.symbols) {
        (true, Codes::Numbers { .. }, _) => quote! {
            rt::number(code.as_integer()?, |code| Self::parse(code, symbol))
        },
        (true, _, _) => quote! {
            match code {
                #errbook::Wire::Text(code) => Self::parse(code, symbol),
                #errbook::Wire::Integer(code) => rt::decimal(code, |code| Self::parse(code, symbol)),
            }
        },
        (false, _, None) => quote! {
            rt::core::option::Option::map(<Self as #errbook::CodeSet>::decode(code), |code| rt::bare(code, symbol))
        },
        (false, _, Some(_)) => quote! {
            let code = <Self as #errbook::CodeSet>::decode(code)?;
            let parsed = Self::find_symbol(symbol, |found| found == code);
            rt::core::option::Option::Some(rt::core::option::Option::unwrap_or(parsed, rt::bare(code, symbol)))
        },
    }
}

/// What is known of the codes of a range.
fn class(set: &Set, outside: &Outside) -> Option<TokenStream> {
    let errbook = &outside.errbook;
    let ranges = set.ranges.iter().map(|range| {
        let [from, to] = [range.from, range.to].map(number);
        let [billing, retry] = [range.billing, range.retry].map(number);
        quote! {
            rt::core::option::Option::Some(#from..=#to) => {
                #errbook::Class::new(rt::BILLING[#billing], rt::RETRY[#retry])
            }
        }
    });
    (!set.ranges.is_empty()).then(|| {
        quote! {
            fn class(wire: #errbook::Wire<'_>) -> #errbook::Class {
                match wire.as_integer() {
                    #(#ranges)*
                    _ => rt::core::default::Default::default(),
                }
            }
        }
    })
}

fn has_kind(set: &Set, outside: &Outside) -> Option<TokenStream> {
    let (name, errbook) = (ident(&set.name), &outside.errbook);
    let ty = outside.kinds.as_ref().filter(|_| set.kind.is_some())?;
    Some(quote! {
        impl #errbook::HasKind<#ty> for #name {
            #[inline]
            fn kind(&self) -> #ty {
                Self::kind(self)
            }
        }
    })
}
