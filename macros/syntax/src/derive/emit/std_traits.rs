//! Emits `Display`, `Error`, `From`, and `Fill`, through which a message prints the fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::derive::emit::methods::{localized, wire};
use crate::derive::emit::{Output, reference, wrapping_arm};
use crate::derive::facts::optional;
use crate::derive::item::{Field, Variant, binding, here, respanned};
use crate::derive::resolved::CodeFacts;
use crate::derive::types::{argument_of, is_file_path};

/// `Fill`: writes the field that fills a parameter, by the name of the parameter.
pub(super) fn fill(output: &Output<'_>) -> Option<TokenStream> {
    let filled = output
        .coded
        .iter()
        .filter(|(_, facts)| !facts.fills.is_empty());
    let mut arms: Vec<TokenStream> = filled
        .map(|(variant, facts)| fill_arm(variant, facts))
        .collect();
    if arms.is_empty() {
        return None;
    }
    if arms.len() < output.item.variants.len() {
        arms.push(quote!(_ => __errbook::None,));
    }
    let body = quote! {
        fn fill(
            &self,
            name: &__errbook::str,
            locale: __errbook::Locale,
            f: &mut __errbook::fmt::Formatter<'_>,
        ) -> __errbook::Option<__errbook::fmt::Result> {
            match self { #(#arms)* }
        }
    };
    Some(output.implement(&quote!(__errbook::Fill for), &[&output.needed()], &body))
}

fn fill_arm(variant: &Variant<'_>, facts: &CodeFacts) -> TokenStream {
    let is_used = |index: usize| facts.fills.iter().any(|(_, field)| *field == index);
    let fields = variant
        .fields
        .iter()
        .enumerate()
        .filter(|(index, _)| is_used(*index));
    let pattern =
        variant.pattern(fields.map(|(index, field)| (&field.member, binding(index, field))));
    let arms = facts.fills.iter().map(|(name, index)| {
        let field = &variant.fields[*index];
        let binding = binding(*index, field);
        let value = if is_file_path(field.ty) {
            quote!(&#binding.display())
        } else {
            reference(field, &binding)
        };
        let printed =
            quote_spanned!(here(field.ty.span())=> (&__errbook::Value(#value)).write(locale, f));
        quote!(#name => __errbook::Some(#printed),)
    });
    quote! {
        #pattern => match name {
            #(#arms)*
            _ => __errbook::None,
        },
    }
}

/// `Display`: the message in the default language.
pub(super) fn display(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let language = output.resolved.locales.first();
    let locale = quote!(const { __errbook::locale(#language) });
    let value = |_: &Variant<'_>, facts: &CodeFacts| {
        let vendor = &facts.vendor;
        let set = &facts.set;
        let wire = wire(facts, errbook);
        let symbol = optional(facts.code.symbol.as_ref());
        let texts = facts.in_each_language(&facts.code.message);
        let text = texts.first().copied().unwrap_or_default();
        let message = localized(facts, &quote!(#text), &locale);
        quote!(__errbook::display_error(f, #vendor, #set, #wire, #symbol, #message))
    };
    let body = output.each(
        &value,
        &|wrapped| quote!(__errbook::fmt::Display::fmt(#wrapped, f)),
    );
    let body = quote! {
        fn fmt(&self, f: &mut __errbook::fmt::Formatter<'_>) -> __errbook::fmt::Result {
            #body
        }
    };
    output.implement(
        &quote!(__errbook::fmt::Display for),
        &[&output.needed()],
        &body,
    )
}

/// `Error`, with `source`.
pub(super) fn error(output: &Output<'_>) -> TokenStream {
    let mut arms = Vec::new();
    for (variant, field) in &output.wrapping {
        arms.push(wrapping_arm(
            variant,
            field,
            &|wrapped| quote!(__errbook::core::error::Error::source(#wrapped)),
        ));
    }
    for (variant, _) in &output.coded {
        arms.extend(variant.source().map(|field| source_arm(variant, field)));
    }
    if !arms.is_empty() && arms.len() < output.item.variants.len() {
        arms.push(quote!(_ => __errbook::None,));
    }
    let source = (!arms.is_empty()).then(|| {
        quote! {
            fn source(&self) -> __errbook::Option<&(dyn __errbook::core::error::Error + 'static)> {
                match self { #(#arms)* }
            }
        }
    });
    let of = quote!(__errbook::core::error::Error for);
    output.implement(
        &of,
        &[&output.needed(), &output.error_bounds()],
        &quote!(#source),
    )
}

fn source_arm(variant: &Variant<'_>, field: &Field<'_>) -> TokenStream {
    let name = binding(0, field);
    let pattern = variant.pattern([(&field.member, name.clone())]);
    let span = here(field.ty.span());
    let error = quote_spanned!(span=> source.as_dyn_error());
    let source = quote_spanned! {
        span=> __errbook::Option::map(__errbook::Source(#name).get(), |source| #error)
    };
    quote!(#pattern => #source,)
}

/// `From` for each `#[from]`.
pub(super) fn from(output: &Output<'_>) -> TokenStream {
    let wrapped = output.item.variants.iter().flat_map(|variant| {
        variant
            .fields
            .iter()
            .filter(|field| field.from.is_some())
            .map(move |field| (variant, field))
    });
    let impls = wrapped.map(|(variant, field)| {
        let path = &variant.path;
        let member = respanned(&field.member);
        let (ty, value) = match argument_of(field.ty, &["Option"]) {
            Some(ty) => (ty, quote!(__errbook::Some(source))),
            None => (field.ty, quote!(source)),
        };
        let span = here(field.ty.span());
        let ty = respanned(ty);
        let of = quote_spanned!(span=> __errbook::From<#ty> for);
        let body = quote! {
            #[inline]
            fn from(source: #ty) -> Self {
                #path { #member: #value }
            }
        };
        output.implement(&of, &[], &body)
    });
    quote!(#(#impls)*)
}
