//! Emits `ErrorCode` and `HasKind`, and inherent methods of the same signatures.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use crate::derive::emit::Output;
use crate::derive::item::{Variant, here};
use crate::derive::meaning::Facts;
use crate::derive::types::pointee;

/// The trait implementations, and the inherent methods unless `methods = false`.
pub(super) fn methods(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let visibility = output.item.visibility;
    let bodies = bodies(output);
    let has_own = output
        .item
        .options
        .methods
        .as_ref()
        .is_none_or(syn::LitBool::value);
    let own = has_own.then(|| {
        let methods = quote!(__errbook::methods! { #visibility fn(self, locale) #bodies });
        output.implement(&TokenStream::new(), &[&output.needed()], &methods)
    });
    let given = (!has_own).then(|| quote!(fn(self, locale) #bodies));
    let methods = quote!(__errbook::delegated! { #given });
    let error_code = output.implement(
        &quote!(#errbook::ErrorCode for),
        &[&output.as_error()],
        &methods,
    );
    let kind = kind(output, has_own);
    quote! { #own #error_code #kind }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The body of each method of `ErrorCode`, as arguments of the runtime's macro.
fn bodies(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let body = |method: &str, value: &dyn Fn(&Facts) -> TokenStream| {
        let method = ident(method);
        output.each(
            &|_, facts| value(facts),
            &|wrapped| quote!(#errbook::ErrorCode::#method(#wrapped)),
        )
    };
    let vendor = body("vendor", &|facts| facts.vendor.to_token_stream());
    let set = body("set", &|facts| facts.set.to_token_stream());
    let wire = body("wire", &|facts| wire(facts, errbook));
    let symbol = body("symbol", &|facts| {
        optional(facts.symbol.as_ref().map(ToTokens::to_token_stream))
    });
    let message = message(output);
    let remedy = texts(output, "remedy", &|facts| &facts.remedies);
    let note = texts(output, "note", &|facts| &facts.notes);
    let said = texts(output, "said", &|facts| &facts.said);
    // The variants of `Billing`, `Retry` and `Severity` have the same names in the runtime.
    let billing = body("billing", &|facts| {
        let billing = facts.billing.map_or_else(
            || ident("Unspecified"),
            |billing| format_ident!("{billing:?}"),
        );
        quote!(#errbook::Billing::#billing)
    });
    let retry = body("retry", &|facts| {
        let retry = facts
            .retry
            .map_or_else(|| ident("Unspecified"), |retry| format_ident!("{retry:?}"));
        quote!(#errbook::Retry::#retry)
    });
    let retry_after = body("retry_after", &|facts| {
        optional(facts.retry_after.map(|seconds| {
            let seconds = Literal::u64_unsuffixed(seconds.into());
            quote!(__errbook::Duration::from_secs(#seconds))
        }))
    });
    let http = body("http_status", &|facts| {
        optional(
            facts
                .http
                .map(|status| Literal::u16_unsuffixed(status).to_token_stream()),
        )
    });
    let success = body("is_success", &|facts| facts.success.to_token_stream());
    let severity = body("severity", &|facts| {
        let severity = facts.severity;
        let severity = format_ident!("{severity:?}");
        quote!(#errbook::Severity::#severity)
    });
    let since = body("since", &|facts| {
        optional(facts.since.as_ref().map(ToTokens::to_token_stream))
    });
    quote! {
        vendor: #vendor,
        set: #set,
        code: #wire,
        symbol: #symbol,
        message: #message,
        remedy: #remedy,
        billing: #billing,
        retry: #retry,
        retry_after: #retry_after,
        http_status: #http,
        is_success: #success,
        severity: #severity,
        note: #note,
        said: #said,
        since: #since,
    }
}

/// `Some(…)` or `None`.
pub(super) fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__errbook::Some(#value)),
        None => quote!(__errbook::None),
    }
}

/// The code as a `Wire`.
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

fn message(output: &Output<'_>) -> TokenStream {
    let errbook = &output.errbook;
    let body = output.each(
        &|_, facts| {
            let text = chosen(&facts.messages, output);
            localized(facts, &text)
        },
        &|wrapped| quote!(#errbook::ErrorCode::localized(#wrapped, locale)),
    );
    with_choice(
        &body,
        output
            .coded
            .iter()
            .any(|(_, facts)| !all_same(&facts.messages)),
        output,
    )
}

/// A method that returns a text if the code has one. `of` gives the text in each language.
fn texts(output: &Output<'_>, method: &str, of: &dyn Fn(&Facts) -> &[String]) -> TokenStream {
    let errbook = &output.errbook;
    let method = ident(method);
    let body = output.each(
        &|_, facts| optional((!of(facts).is_empty()).then(|| chosen(of(facts), output))),
        &|wrapped| quote!(#errbook::ErrorCode::#method(#wrapped, locale)),
    );
    let mut coded = output.coded.iter();
    with_choice(&body, coded.any(|(_, facts)| !all_same(of(facts))), output)
}

/// A `Localized` that prints the fields, or a plain one if the message has no parameters.
pub(super) fn localized(facts: &Facts, text: &TokenStream) -> TokenStream {
    if facts.fills.is_empty() {
        quote!(__errbook::plain(#text))
    } else {
        quote!(__errbook::filled(#text, self))
    }
}

fn all_same(texts: &[String]) -> bool {
    texts.windows(2).all(|pair| pair[0] == pair[1])
}

/// The text in the chosen language: `choice` holds the position of that language.
fn chosen(texts: &[String], output: &Output<'_>) -> TokenStream {
    let Some(first) = texts.first().filter(|_| !all_same(texts)) else {
        let text = texts.first();
        return quote!(#text);
    };
    let arms = texts.iter().enumerate().skip(1).map(|(index, text)| {
        let attributes = &output.book.attributes[index - 1];
        let index = Literal::usize_unsuffixed(index);
        quote!(#attributes #index => #text,)
    });
    quote!(match choice.index() { #(#arms)* _ => #first, })
}

/// Chooses the language before the body. The branches fold if the locale is a constant, so that
/// other languages are not linked in.
fn with_choice(body: &TokenStream, is_chosen: bool, output: &Output<'_>) -> TokenStream {
    if !is_chosen {
        return quote!({
            let _ = locale;
            #body
        });
    }
    let (first, others) = output
        .book
        .locales
        .split_first()
        .expect("a book has a language");
    let mut languages = TokenStream::new();
    for (index, (tag, attributes)) in others.iter().zip(&output.book.attributes).enumerate() {
        let index = Literal::usize_unsuffixed(index + 1);
        languages.extend(quote!(, #attributes #index: #tag));
    }
    quote!({
        let choice = __errbook::choice!(locale, #first #languages);
        #body
    })
}

/// `kind()`, if `kinds = …` names a taxonomy.
fn kind(output: &Output<'_>, has_own: bool) -> Option<TokenStream> {
    let errbook = &output.errbook;
    let kinds = output.item.options.kinds.as_ref()?;
    let value = |variant: &Variant<'_>, facts: &Facts| match &facts.kind {
        Some((kind, span)) => {
            let span = here(span.unwrap_or_else(|| variant.ident.span()));
            let kind = Ident::new(kind, span);
            quote_spanned!(span=> #kinds::#kind)
        }
        None => quote!(__errbook::core::unreachable!()),
    };
    let body = output.each(
        &value,
        &|wrapped| quote!(#errbook::HasKind::<#kinds>::kind(#wrapped)),
    );
    let bound = quote!(#errbook::HasKind<#kinds>);
    let bounds: Vec<_> = output
        .wrapping
        .iter()
        .filter_map(|(_, field)| output.bounds.on(pointee(field.ty), &bound))
        .collect();
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
    Some(quote! { #own #has_kind })
}
