//! Emits `CodeSet` for an item whose codes are all there is to it.

use errbook_spec::Wire;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;

use crate::derive::emit::Output;
use crate::derive::emit::methods::{chosen_text, differs_by_language, with_choice};
use crate::derive::facts::optional;
use crate::derive::item::{Variant, respanned};
use crate::derive::resolved::CodeFacts;

/// `ALL`, `from_code` and `CodeSet`; with `code_set` also the other traits of a set. Nothing for an
/// item that cannot be a set.
pub(super) fn code_set(output: &Output<'_>) -> Option<TokenStream> {
    let item = output.item;
    let wire = output
        .resolved
        .wire
        .filter(|_| item.why_no_set().is_none())?;
    let ty = match wire {
        Wire::Integer => quote!(i32),
        Wire::Integer64 => quote!(i64),
        Wire::String | Wire::Flags => quote!(str),
    };
    let paths = item.variants.iter().map(|variant| &variant.path);
    // A placeholder for an invalid code has no vendor, and is not decoded.
    let valid = output
        .coded
        .iter()
        .filter(|(_, facts)| !facts.vendor.is_empty());
    let arms = valid.map(|(variant, facts)| {
        let path = &variant.path;
        let code = code(facts, wire);
        quote!(#code => __errbook::Some(#path {}),)
    });
    let found = quote!(all: [#(#paths {}),*], from_code: { #(#arms)* });
    let own = output.has_own_methods().then(|| {
        let visibility = item.visibility;
        let methods = quote!(__errbook::set_methods! { #visibility #ty, #found });
        output.implement(&TokenStream::new(), &[], &methods)
    });
    let facts = facts(output, wire);
    let body = quote!(__errbook::derived_set! { #ty, #found, #facts });
    let errbook = &output.errbook;
    // The compiler accepts this bound where it does not hold: then the item is no set.
    let distinct = quote!(for<'any> Self: __errbook::Distinct<'any>);
    let of = quote!(#errbook::CodeSet for);
    let code_set = output.implement(&of, &[&[distinct]], &body);
    let name = respanned(item.ident);
    let asked = item.options.code_set.as_ref().map(|_| {
        let is_set = output.implement(&quote!(__errbook::IsSet for), &[], &TokenStream::new());
        quote!(#is_set __errbook::set_traits! { #name: #ty })
    });
    Some(quote! { #own #code_set #asked })
}

/// The code as a literal.
fn code(facts: &CodeFacts, wire: Wire) -> TokenStream {
    if wire.is_number() {
        Literal::i64_unsuffixed(facts.code.number).to_token_stream()
    } else {
        facts.code.text.to_token_stream()
    }
}

/// The names of the set, and the bodies of the methods that return facts.
fn facts(output: &Output<'_>, wire: Wire) -> TokenStream {
    let each = |value: &dyn Fn(&Variant<'_>, &CodeFacts) -> TokenStream| {
        output.each(value, &|_| TokenStream::new())
    };
    let first = output.coded.first().map(|(_, facts)| facts);
    let vendor = first.map(|facts| &facts.vendor);
    let name = first.map(|facts| &facts.set);
    let code = each(&|_, facts| code(facts, wire));
    let message = each(&|_, facts| chosen_text(&messages(facts), output));
    let differs = differs_by_language(output, |code| &code.message);
    let message = with_choice(&message, differs, output);
    let default = each(&|_, facts| {
        let messages = messages(facts);
        messages
            .first()
            .copied()
            .unwrap_or_default()
            .to_token_stream()
    });
    let template = each(&|_, facts| {
        let template = facts.code.template.as_ref();
        optional(template.map(|template| &template.text))
    });
    let variant_name = each(&|variant, _| variant.ident.unraw().to_string().to_token_stream());
    quote! {
        names: #vendor #name,
        code(self): #code,
        message(locale): #message,
        default_message: #default,
        template: #template,
        variant_name: #variant_name
    }
}

fn messages(facts: &CodeFacts) -> Vec<&str> {
    facts.in_each_language(&facts.code.message)
}
