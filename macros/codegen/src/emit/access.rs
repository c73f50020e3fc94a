//! From a variant to all that is known about it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::Outside;
use crate::emit::table::{cell, column, count, ident, number, pool, pool_with};
use crate::tables::{Pool, Set};

/// The tables of texts and facts.
pub(super) fn tables(set: &Set, outside: &Outside) -> TokenStream {
    let errbook = &outside.errbook;
    let texts = [("message", &set.messages), ("remedy", &set.remedies), ("definition", &set.definitions)];
    let texts = texts.into_iter().map(|(name, pools)| languages(name, pools, outside));
    let symbol = set.symbol.as_ref().map(|symbol| pool("symbol_text", symbol));
    let template = set.template.as_ref().map(|template| pool("template_text", template));
    let section = set.section.as_ref().map(|section| pool("section_id", section));
    let facts = [
        column("BILLING", &quote!(#errbook::Billing), &set.billing, |&value| billing(value)),
        column("RETRY", &quote!(#errbook::Retry), &set.retry, |&value| retry(value)),
        column("RETRY_AFTER", &quote!(u32), &set.retry_after, |&seconds| plain(seconds)),
        column("HTTP", &quote!(u16), &set.http, |&status| plain(status)),
        column("SUCCESS", &quote!(bool), &set.success, |success| quote!(#success)),
    ];
    let answer =
        set.http_answer.iter().map(|answer| column("HTTP_ANSWER", &quote!(u16), answer, |&status| plain(status)));
    let fault = set.fault.iter().map(|fault| {
        let ty = quote!(rt::core::option::Option<#errbook::Fault>);
        column("FAULT", &ty, fault, |&fault| fault_path(fault, errbook))
    });
    let kind =
        set.kind.iter().zip(&outside.kinds).map(|(kind, ty)| column("KIND", ty, kind, |kind| kind_path(ty, kind)));
    quote! { #(#texts)* #symbol #template #section #(#facts)* #(#answer)* #(#fault)* #(#kind)* }
}

fn plain(value: impl Into<i128>) -> TokenStream {
    let number = number(value);
    quote!(#number)
}

fn billing(billing: u16) -> TokenStream {
    let billing = count(billing.into());
    quote!(rt::BILLING[#billing])
}

fn retry(retry: u16) -> TokenStream {
    let retry = count(retry.into());
    quote!(rt::RETRY[#retry])
}

fn kind_path(ty: &TokenStream, kind: &str) -> TokenStream {
    let kind = ident(kind);
    quote!(#ty::#kind)
}

fn fault_path(fault: Option<&str>, errbook: &TokenStream) -> TokenStream {
    fault.map_or_else(none, |fault| {
        let fault = ident(fault);
        quote!(rt::core::option::Option::Some(#errbook::Fault::#fault))
    })
}

/// A pool for each language, under the attributes that the language was given.
fn languages(name: &str, pools: &[Pool], outside: &Outside) -> TokenStream {
    let none = TokenStream::new();
    let attributes = std::iter::once(&none).chain(&outside.attributes);
    let Some(first) = pools.first() else { return TokenStream::new() };
    let pools = pools.iter().zip(attributes).enumerate();
    let pools = pools.map(|(index, (texts, attributes))| match index {
        1.. if texts == first => again(name, index, attributes),
        _ => pool_with(&format!("{name}_{index}"), texts, attributes),
    });
    quote! { #(#pools)* }
}

/// A language that only repeats what the first says.
fn again(name: &str, index: usize, attributes: &TokenStream) -> TokenStream {
    let [first, this] = [0, index].map(|index| format_ident!("{name}_{index}"));
    quote! {
        #attributes
        #[inline]
        const fn #this(at: usize) -> &'static str {
            #first(at)
        }
    }
}

/// `message()`, `billing()` and all the others.
pub(super) fn impls(set: &Set, locales: &[String], outside: &Outside) -> TokenStream {
    let (name, errbook) = (ident(&set.name), &outside.errbook);
    let message = text("message", locales, outside);
    let remedy = optional_text("remedy", &set.remedies, locales, outside);
    let definition = (!set.definitions.is_empty()).then(|| text("definition", locales, outside));
    let billing = cell("BILLING", &set.billing, |&value| billing(value));
    let retry = cell("RETRY", &set.retry, |&value| retry(value));
    let retry_after = cell("RETRY_AFTER", &set.retry_after, |&seconds| plain(seconds));
    let http = cell("HTTP", &set.http, |&status| plain(status));
    let success = cell("SUCCESS", &set.success, |success| quote!(#success));
    let section = set.section.as_ref().map_or_else(none, |_| quote!(rt::optional(section_id(*self as usize))));
    let symbol = set.symbol.as_ref().map_or_else(none, |_| quote!(rt::optional(symbol_text(*self as usize))));
    let taxonomy = taxonomy(set, outside);
    let kind = kind(set, outside);
    quote! {
        impl #name {
            /// What the code means, in the language that serves the reader best. Parameters stand in it as `<name>`.
            #message

            /// What to do about it, if the vendor says so.
            #remedy

            #definition

            /// The vendor's own name for the code, if it has one.
            #[must_use]
            #[inline]
            pub const fn symbol(&self) -> rt::core::option::Option<&'static str> {
                #symbol
            }

            /// Whether the vendor charges for an answer with this code.
            #[must_use]
            #[inline]
            pub const fn billing(&self) -> #errbook::Billing {
                #billing
            }

            /// What a caller should do.
            #[must_use]
            #[inline]
            pub const fn retry(&self) -> #errbook::Retry {
                #retry
            }

            /// The least time to wait before trying again, where the vendor states one.
            #[must_use]
            #[inline]
            pub const fn retry_after(&self) -> rt::core::option::Option<rt::core::time::Duration> {
                rt::seconds(#retry_after)
            }

            /// The HTTP status that the vendor sends with this code, where it says so.
            #[must_use]
            #[inline]
            pub const fn http_status(&self) -> rt::core::option::Option<u16> {
                rt::status(#http)
            }

            /// The id of the section that the code stands in, if the set has sections.
            #[must_use]
            #[inline]
            pub const fn section(&self) -> rt::core::option::Option<&'static str> {
                #section
            }

            /// True if the code says that all went well.
            #[must_use]
            #[inline]
            pub const fn is_success(&self) -> bool {
                #success
            }

            #taxonomy
            #kind
        }
    }
}

fn none() -> TokenStream {
    quote!(rt::core::option::Option::None)
}

/// What only a taxonomy has.
fn taxonomy(set: &Set, outside: &Outside) -> TokenStream {
    let errbook = &outside.errbook;
    let answer = set.http_answer.as_ref().map(|answer| {
        let answer = cell("HTTP_ANSWER", answer, |&status| plain(status));
        quote! {
            /// The HTTP status to answer with.
            #[must_use]
            #[inline]
            pub const fn http_answer(&self) -> u16 {
                #answer
            }
        }
    });
    let fault = set.fault.as_ref().map(|fault| {
        let fault = cell("FAULT", fault, |&fault| fault_path(fault, errbook));
        quote! {
            /// Whose fault it usually is, if it is a fault at all.
            #[must_use]
            #[inline]
            pub const fn fault(&self) -> rt::core::option::Option<#errbook::Fault> {
                #fault
            }
        }
    });
    quote! { #answer #fault }
}

fn kind(set: &Set, outside: &Outside) -> Option<TokenStream> {
    let (kind, ty) = (set.kind.as_ref()?, outside.kinds.as_ref()?);
    let read = cell("KIND", kind, |kind| kind_path(ty, kind));
    Some(quote! {
        /// What the code means across vendors.
        #[must_use]
        #[inline]
        pub const fn kind(&self) -> #ty {
            #read
        }
    })
}

fn text(name: &str, locales: &[String], outside: &Outside) -> TokenStream {
    let choose = choose(name, locales, outside);
    let (method, errbook) = (ident(name), &outside.errbook);
    let doc = (name == "definition")
        .then(|| quote!(#[doc = " What the kind means, in the language that serves the reader best."]));
    quote! {
        #doc
        #[must_use]
        #[inline]
        pub const fn #method(&self, locale: #errbook::Locale) -> &'static str {
            #choose
        }
    }
}

fn optional_text(name: &str, pools: &[Pool], locales: &[String], outside: &Outside) -> TokenStream {
    let choose = match pools {
        [] => quote! {
            let _ = locale;
            rt::core::option::Option::None
        },
        _ => {
            let choose = choose(name, locales, outside);
            quote!(rt::optional({ #choose }))
        }
    };
    let (method, errbook) = (ident(name), &outside.errbook);
    quote! {
        #[must_use]
        #[inline]
        pub const fn #method(&self, locale: #errbook::Locale) -> rt::core::option::Option<&'static str> {
            #choose
        }
    }
}

/// The text of `self` in the best language: branches of one expression, so that a constant locale leaves one of them.
fn choose(name: &str, locales: &[String], outside: &Outside) -> TokenStream {
    let first = &locales[0];
    let default = format_ident!("{name}_0");
    let others = || locales.iter().zip(&outside.attributes).enumerate();
    let or = others().map(|(index, _)| {
        let (tag, attributes, index) =
            (&locales[index + 1], &outside.attributes[index], Literal::usize_unsuffixed(index + 1));
        quote! { #attributes let choice = choice.or(#index, const { rt::locale(#tag) }); }
    });
    let arms = others().map(|(index, (_, attributes))| {
        let (function, index) = (format_ident!("{name}_{}", index + 1), Literal::usize_unsuffixed(index + 1));
        quote! { #attributes #index => #function(*self as usize), }
    });
    quote! {
        let choice = rt::Choice::new(locale, const { rt::locale(#first) });
        #(#or)*
        match choice.index() {
            #(#arms)*
            _ => #default(*self as usize),
        }
    }
}
