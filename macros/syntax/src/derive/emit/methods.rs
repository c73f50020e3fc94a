//! `ErrorCode` and `HasKind`, and the same as methods of the type's own.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use crate::derive::emit::Output;
use crate::derive::item::{Variant, here};
use crate::derive::meaning::Facts;

/// One thing that can be asked of an error.
struct Method {
    /// What the type's own method is called.
    own: &'static str,
    /// What the trait's is called.
    of_trait: &'static str,
    doc: &'static str,
    takes_locale: bool,
    returns: TokenStream,
    body: TokenStream,
}

/// The trait implementations and, unless they are not wanted, the methods.
pub(super) fn methods(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let all = all(output);
    let has_own = output.item.options.methods.as_ref().is_none_or(syn::LitBool::value);
    let own = has_own.then(|| {
        let methods = all.iter().map(|method| own(method, output));
        output.implement(&TokenStream::new(), &[&output.needed()], &quote!(#(#methods)*))
    });
    let methods = all.iter().map(|method| of_trait(method, has_own, output));
    let error_code = output.implement(&quote!(#errbook::ErrorCode for), &[&output.as_error()], &quote!(#(#methods)*));
    let kind = kind(output, has_own);
    quote! { #own #error_code #kind }
}

fn own(method: &Method, output: &Output<'_>) -> TokenStream {
    let Method { own, doc, returns, body, .. } = method;
    let (visibility, own) = (output.item.visibility, ident(own));
    let locale = locale(method, output);
    quote! {
        #[doc = #doc]
        #[must_use]
        #[inline]
        #visibility fn #own(&self #locale) -> #returns {
            #body
        }
    }
}

fn of_trait(method: &Method, has_own: bool, output: &Output<'_>) -> TokenStream {
    let Method { own, of_trait, returns, body, .. } = method;
    let (own, of_trait, locale) = (ident(own), ident(of_trait), locale(method, output));
    let argument = method.takes_locale.then(|| quote!(, locale));
    let body = if has_own { quote!(Self::#own(self #argument)) } else { body.clone() };
    quote! {
        #[inline]
        fn #of_trait(&self #locale) -> #returns {
            #body
        }
    }
}

fn locale(method: &Method, output: &Output<'_>) -> Option<TokenStream> {
    let errbook = &output.errbook;
    method.takes_locale.then(|| quote!(, locale: #errbook::Locale))
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// All that `ErrorCode` asks for.
fn all(output: &Output<'_>) -> Vec<Method> {
    let errbook = &output.errbook;
    let some = |ty: TokenStream| quote!(__errbook::core::option::Option<#ty>);
    let text = quote!(&'static str);
    let method = |own, of_trait, doc, returns, value: &dyn Fn(&Facts) -> TokenStream| {
        let name = ident(of_trait);
        let body = output.each(|_, facts| value(facts), |wrapped| quote!(#errbook::ErrorCode::#name(#wrapped)));
        Method { own, of_trait, doc, takes_locale: false, returns, body }
    };
    vec![
        method("vendor", "vendor", " Whose code it is: the vendor's name in the registry.", text.clone(), &|facts| {
            let vendor = &facts.vendor;
            quote!(#vendor)
        }),
        method("set", "set", " The name of the set that the code is of.", text.clone(), &|facts| {
            let set = &facts.set;
            quote!(#set)
        }),
        method("code", "wire", " The code.", quote!(#errbook::Wire<'_>), &|facts| wire(facts, errbook)),
        method("symbol", "symbol", " The name of the code, if it has one.", some(text.clone()), &|facts| {
            optional(facts.symbol.as_ref().map(|symbol| quote!(#symbol)))
        }),
        message(output),
        remedy(output),
        method(
            "billing",
            "billing",
            " Whether the vendor charges for an answer with this code.",
            quote!(#errbook::Billing),
            &|facts| {
                let billing =
                    facts.billing.map_or_else(|| ident("Unspecified"), |billing| format_ident!("{billing:?}"));
                quote!(#errbook::Billing::#billing)
            },
        ),
        method("retry", "retry", " What a caller should do.", quote!(#errbook::Retry), &|facts| {
            let retry = facts.retry.map_or_else(|| ident("Unspecified"), |retry| format_ident!("{retry:?}"));
            quote!(#errbook::Retry::#retry)
        }),
        method(
            "retry_after",
            "retry_after",
            " The least time to wait before trying again, where there is one.",
            some(quote!(__errbook::core::time::Duration)),
            &|facts| {
                optional(facts.retry_after.map(|seconds| {
                    let seconds = Literal::u64_unsuffixed(seconds.into());
                    quote!(__errbook::core::time::Duration::from_secs(#seconds))
                }))
            },
        ),
        method(
            "http_status",
            "http_status",
            " The HTTP status of the code, where there is one.",
            some(quote!(u16)),
            &|facts| {
                optional(facts.http.map(|status| {
                    let status = Literal::u16_unsuffixed(status);
                    quote!(#status)
                }))
            },
        ),
        method("is_success", "is_success", " True if the code says that all went well.", quote!(bool), &|facts| {
            let success = facts.success;
            quote!(#success)
        }),
    ]
}

/// `Some(…)` or `None`.
pub(super) fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__errbook::core::option::Option::Some(#value)),
        None => quote!(__errbook::core::option::Option::None),
    }
}

/// The code as a value of the runtime.
pub(super) fn wire(facts: &Facts, errbook: &TokenStream) -> TokenStream {
    match facts.number {
        Some(number) => {
            let number = Literal::i64_unsuffixed(number);
            quote!(#errbook::Wire::Integer(#number))
        }
        None => {
            let text = &facts.text;
            quote!(#errbook::Wire::Text(#text))
        }
    }
}

fn message(output: &Output<'_>) -> Method {
    let errbook = &output.errbook;
    let body = output.each(
        |_, facts| {
            let text = chosen(&facts.messages, output);
            localized(facts, &text)
        },
        |wrapped| quote!(#errbook::ErrorCode::localized(#wrapped, locale)),
    );
    let is_chosen = output.coded().any(|(_, facts)| !all_same(&facts.messages));
    Method {
        own: "message",
        of_trait: "localized",
        doc: " What the code means, in the language that serves the reader best. Its parameters are filled in when it is \
               printed, and nothing is allocated before.",
        takes_locale: true,
        returns: quote!(#errbook::Localized<'_>),
        body: with_choice(&body, is_chosen, output),
    }
}

fn remedy(output: &Output<'_>) -> Method {
    let errbook = &output.errbook;
    let body = output.each(
        |_, facts| optional((!facts.remedies.is_empty()).then(|| chosen(&facts.remedies, output))),
        |wrapped| quote!(#errbook::ErrorCode::remedy(#wrapped, locale)),
    );
    let is_chosen = output.coded().any(|(_, facts)| !all_same(&facts.remedies));
    Method {
        own: "remedy",
        of_trait: "remedy",
        doc: " What to do about it, where that is said.",
        takes_locale: true,
        returns: quote!(__errbook::core::option::Option<&'static str>),
        body: with_choice(&body, is_chosen, output),
    }
}

/// A message that prints the fields, or one that has none to print.
pub(super) fn localized(facts: &Facts, text: &TokenStream) -> TokenStream {
    if facts.fills.is_empty() { quote!(__errbook::plain(#text)) } else { quote!(__errbook::filled(#text, self)) }
}

fn all_same(texts: &[String]) -> bool {
    texts.windows(2).all(|pair| pair[0] == pair[1])
}

/// The text in the best language. `choice` is the position of that language.
fn chosen(texts: &[String], output: &Output<'_>) -> TokenStream {
    let Some(first) = texts.first().filter(|_| !all_same(texts)) else {
        let text = texts.first();
        return quote!(#text);
    };
    let arms = texts.iter().enumerate().skip(1).map(|(index, text)| {
        let (attributes, index) = (&output.book.attributes[index - 1], Literal::usize_unsuffixed(index));
        quote!(#attributes #index => #text,)
    });
    quote!(match choice.index() { #(#arms)* _ => #first, })
}

/// Chooses the language first, in branches that fold to a constant where the locale is one.
fn with_choice(body: &TokenStream, is_chosen: bool, output: &Output<'_>) -> TokenStream {
    if !is_chosen {
        return quote! {
            let _ = locale;
            #body
        };
    }
    let (first, others) = output.book.locales.split_first().expect("a book has a language");
    let or = others.iter().zip(&output.book.attributes).enumerate().map(|(index, (tag, attributes))| {
        let index = Literal::usize_unsuffixed(index + 1);
        quote!(#attributes let choice = choice.or(#index, const { __errbook::locale(#tag) });)
    });
    quote! {
        let choice = __errbook::Choice::new(locale, const { __errbook::locale(#first) });
        #(#or)*
        #body
    }
}

/// `kind()`, where a taxonomy was named.
fn kind(output: &Output<'_>, has_own: bool) -> Option<TokenStream> {
    let (errbook, kinds) = (&output.errbook, output.item.options.kinds.as_ref()?);
    let value = |variant: &Variant<'_>, facts: &Facts| match &facts.kind {
        Some((kind, span)) => {
            let span = here(span.unwrap_or_else(|| variant.ident.span()));
            let kind = Ident::new(kind, span);
            quote_spanned!(span=> #kinds::#kind)
        }
        None => quote!(__errbook::core::unreachable!()),
    };
    let body = output.each(value, |wrapped| quote!(#errbook::HasKind::<#kinds>::kind(#wrapped)));
    let bound = quote!(#errbook::HasKind<#kinds>);
    let bounds: Vec<_> =
        output.wrapping().filter_map(|(_, field)| output.bounds.on(super::pointee(field.ty), &bound)).collect();
    let visibility = output.item.visibility;
    let own = has_own.then(|| {
        let method = quote! {
            #[doc = " What the code means across vendors."]
            #[must_use]
            #[inline]
            #visibility fn kind(&self) -> #kinds {
                #body
            }
        };
        output.implement(&TokenStream::new(), &[&bounds], &method)
    });
    let body = if has_own { quote!(Self::kind(self)) } else { body };
    let method = quote! {
        #[inline]
        fn kind(&self) -> #kinds {
            #body
        }
    };
    let has_kind = output.implement(&quote!(#errbook::HasKind<#kinds> for), &[&bounds], &method);
    Some(quote! { #own #has_kind })
}
