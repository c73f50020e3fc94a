//! Emits `ErrorCode` and `HasKind`, and inherent methods of the same signatures.

use errbook_spec::registry::Code;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use crate::derive::emit::Output;
use crate::derive::facts::{FACTS, Method, optional};
use crate::derive::item::{Variant, here};
use crate::derive::resolved::CodeFacts;
use crate::derive::types::pointee;

/// The trait implementations, and the inherent methods unless `methods = false`.
pub(super) fn methods(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let visibility = output.item.visibility;
    let bodies = bodies(output);
    let has_own = output.has_own_methods();
    let own = has_own.then(|| {
        let methods = quote!(__errbook::methods! { #visibility fn(self, locale) #bodies });
        output.implement(&TokenStream::new(), &[&output.needed()], &methods)
    });
    let bodies = if has_own { delegating_bodies() } else { bodies };
    let methods = quote!(__errbook::trait_methods! { fn(self, locale) #bodies });
    let error_code = output.implement(
        &quote!(#errbook::ErrorCode for),
        &[&output.needed(), &output.error_bounds()],
        &methods,
    );
    let kind = kind_impls(output, has_own);
    quote! { #own #error_code #kind }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The body of each method of `ErrorCode`, as arguments of the runtime's macros.
fn bodies(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let body = |method: &str, value: &dyn Fn(&CodeFacts) -> TokenStream| {
        let method = ident(method);
        output.each(
            &|_, facts| value(facts),
            &|wrapped| quote!(#errbook::ErrorCode::#method(#wrapped)),
        )
    };
    let vendor = body("vendor", &|facts| facts.vendor.to_token_stream());
    let set = body("set", &|facts| facts.set.to_token_stream());
    let wire = body("wire", &|facts| wire(facts, errbook));
    let message = message_body(output);
    let facts = FACTS.iter().map(|fact| match &fact.method {
        Method::Apart => TokenStream::new(),
        Method::Text(name, of) => {
            let value = text_body(output, name, *of);
            let name = ident(name);
            quote!(#name(locale): #value,)
        }
        Method::Value(name, of) => {
            let value = body(name, &|facts| of(&facts.code, errbook));
            let name = ident(name);
            quote!(#name(): #value,)
        }
    });
    quote! {
        vendor: #vendor,
        set: #set,
        code: #wire,
        message: #message,
        facts: { #(#facts)* }
    }
}

/// The same arguments, where each method calls the inherent method of its name.
fn delegating_bodies() -> TokenStream {
    let facts = FACTS.iter().map(|fact| match &fact.method {
        Method::Apart => TokenStream::new(),
        Method::Text(name, _) => {
            let name = ident(name);
            quote!(#name(locale): Self::#name(self, locale),)
        }
        Method::Value(name, _) => {
            let name = ident(name);
            quote!(#name(): Self::#name(self),)
        }
    });
    quote! {
        vendor: Self::vendor(self),
        set: Self::set(self),
        code: Self::code(self),
        message: Self::message(self, locale),
        facts: { #(#facts)* }
    }
}

/// The code as a `Wire`.
pub(super) fn wire(facts: &CodeFacts, errbook: &TokenStream) -> TokenStream {
    if facts.is_number {
        let number = Literal::i64_unsuffixed(facts.code.number);
        quote!(#errbook::Wire::Integer(#number))
    } else {
        let text = &facts.code.text;
        quote!(#errbook::Wire::Text(#text))
    }
}

fn message_body(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let body = output.each(
        &|_, facts| {
            let text = chosen_text(&facts.in_each_language(&facts.code.message), output);
            localized(facts, &text, &quote!(locale))
        },
        &|wrapped| quote!(#errbook::ErrorCode::localized(#wrapped, locale)),
    );
    with_choice(
        &body,
        differs_by_language(output, |code| &code.message),
        output,
    )
}

/// The body of a method that returns a text, if the code has one.
fn text_body(output: &Output<'_>, method: &str, of: fn(&Code) -> &[String]) -> TokenStream {
    let errbook = &output.errbook;
    let method = ident(method);
    let body = output.each(
        &|_, facts| {
            let texts = facts.in_each_language(of(&facts.code));
            optional((!texts.is_empty()).then(|| chosen_text(&texts, output)))
        },
        &|wrapped| quote!(#errbook::ErrorCode::#method(#wrapped, locale)),
    );
    with_choice(&body, differs_by_language(output, of), output)
}

/// Whether a text of any code depends on the language.
pub(super) fn differs_by_language(output: &Output<'_>, of: fn(&Code) -> &[String]) -> bool {
    let mut coded = output.coded.iter();
    coded.any(|(_, facts)| !all_same(&facts.in_each_language(of(&facts.code))))
}

/// A `Localized` that prints the fields, or a plain one if the message has no parameters.
pub(super) fn localized(
    facts: &CodeFacts,
    text: &TokenStream,
    locale: &TokenStream,
) -> TokenStream {
    if facts.fills.is_empty() {
        quote!(__errbook::plain(#text))
    } else {
        quote!(__errbook::filled(#text, self, #locale))
    }
}

fn all_same(texts: &[&str]) -> bool {
    texts.windows(2).all(|pair| pair[0] == pair[1])
}

/// The text in the chosen language: `choice` holds the position of that language.
pub(super) fn chosen_text(texts: &[&str], output: &Output<'_>) -> TokenStream {
    let first = texts.first().copied().unwrap_or_default();
    if all_same(texts) {
        return quote!(#first);
    }
    let arms = texts.iter().enumerate().skip(1).map(|(index, text)| {
        let attributes = &output.resolved.attributes[index - 1];
        let index = Literal::usize_unsuffixed(index);
        quote!(#attributes #index => #text,)
    });
    quote!(match choice.index() { #(#arms)* _ => #first, })
}

/// Chooses the language before the body. The branches fold if the locale is a constant, so that
/// other languages are not linked in.
pub(super) fn with_choice(body: &TokenStream, is_chosen: bool, output: &Output<'_>) -> TokenStream {
    if !is_chosen {
        return quote!({
            let _ = locale;
            #body
        });
    }
    let (first, others) = output
        .resolved
        .locales
        .split_first()
        .expect("an item has a language");
    let mut languages = TokenStream::new();
    for (index, (tag, attributes)) in others.iter().zip(&output.resolved.attributes).enumerate() {
        let index = Literal::usize_unsuffixed(index + 1);
        languages.extend(quote!(, #attributes #index: #tag));
    }
    quote!({
        let choice = __errbook::choice!(locale, #first #languages);
        #body
    })
}

/// `kind()`, if `kinds = …` names a taxonomy.
fn kind_impls(output: &Output<'_>, has_own: bool) -> Option<TokenStream> {
    let errbook = &output.errbook;
    let kinds = output.item.options.kinds.as_ref()?;
    let value = |variant: &Variant<'_>, facts: &CodeFacts| match &facts.kind {
        Some((kind, span)) => {
            let span = here(span.unwrap_or_else(|| variant.ident.span()));
            let kind = Ident::new(kind, span);
            quote_spanned!(span=> #kinds::#kind)
        }
        None => quote!(__errbook::core::unreachable!()),
    };
    let variants = kind_variants(output, kinds);
    let body = output.each(
        &value,
        &|wrapped| quote!(#errbook::HasKind::<#kinds>::kind(#wrapped)),
    );
    let bound = quote!(#errbook::HasKind<#kinds>);
    let of_wrapped = output
        .wrapping
        .iter()
        .filter_map(|(_, field)| output.bounds.on(pointee(field.ty), &bound));
    let bounds: Vec<_> = output.needed().into_iter().chain(of_wrapped).collect();
    let visibility = output.item.visibility;
    let own = has_own.then(|| {
        let method = quote!(__errbook::kind_method! { #visibility fn(self) #body => #kinds });
        output.implement(&TokenStream::new(), &[&bounds], &method)
    });
    let body = if has_own {
        quote!(Self::kind(self))
    } else {
        body
    };
    let method = quote! {
        #[inline]
        fn kind(&self) -> #kinds {
            #body
        }
    };
    let has_kind = output.implement(&quote!(#errbook::HasKind<#kinds> for), &[&bounds], &method);
    Some(quote! { #variants #own #has_kind })
}

/// A constant for each variant of the enum of kinds that the item needs. Where there is no such
/// variant, its name is that of a constant of the trait, which says what is wrong: rustc would
/// propose to write the variant in place of the string.
fn kind_variants(output: &Output<'_>, kinds: &syn::Path) -> TokenStream {
    let path = kinds.to_token_stream().to_string().replace(' ', "");
    let mut known: Vec<&str> = Vec::new();
    let mut missing = TokenStream::new();
    let mut used = TokenStream::new();
    for (variant, facts) in &output.coded {
        let Some((name, span)) = &facts.kind else {
            continue;
        };
        if known.contains(&name.as_str()) {
            continue;
        }
        known.push(name);
        let span = here(span.unwrap_or_else(|| variant.ident.span()));
        let name = Ident::new(name, span);
        let kind = facts.code.kind.as_ref().map_or("", |kind| kind.as_str());
        let message =
            format!("the kind `{kind}` needs a variant `{name}`, which `{path}` does not have");
        missing.extend(quote_spanned! {span=>
            const #name: Self = __errbook::core::panic!("{}", #message);
        });
        used.extend(quote_spanned!(span=> const _: #kinds = #kinds::#name;));
    }
    quote! {
        #[allow(dead_code, non_upper_case_globals, reason = "they have the names of variants")]
        trait MissingKind: __errbook::core::marker::Sized {
            #missing
        }
        impl<T> MissingKind for T {}
        #used
    }
}
