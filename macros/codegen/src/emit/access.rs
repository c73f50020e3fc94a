//! Emits the tables and methods that lead from a variant to its texts and facts.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Outside;
use crate::emit::table::{Fact, count, ident, number, pool, pool_with};
use crate::names::{SECTION_ID, SINCE_TEXT, SYMBOL_TEXT, TEMPLATE_TEXT};
use crate::tables::{Column, Language, Pool, Set, Severities, Since};

/// The facts of a set's variants other than texts.
pub(super) struct Facts<'a> {
    billing: Fact<'a>,
    retry: Fact<'a>,
    retry_after: Fact<'a>,
    http: Fact<'a>,
    success: Fact<'a>,
    severity: Option<Fact<'a>>,
    http_answer: Option<Fact<'a>>,
    fault: Option<Fact<'a>>,
    kind: Option<Fact<'a>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(set: &'a Set, outside: &Outside) -> Self {
        let optional = quote!(rt::Option<rt::Fault>);
        Self {
            billing: named("BILLING", &quote!(rt::Billing), &set.billing),
            retry: named("RETRY", &quote!(rt::Retry), &set.retry),
            severity: match &set.severity {
                Severities::BySuccess => None,
                Severities::Column(column) => {
                    Some(named("SEVERITY", &quote!(rt::Severity), column))
                }
            },
            retry_after: Fact::new("RETRY_AFTER", quote!(u32), &set.retry_after, &|&seconds| {
                plain(seconds.into())
            }),
            http: Fact::new("HTTP", quote!(u16), &set.http, &|&status| {
                plain(status.into())
            }),
            success: Fact::new(
                "SUCCESS",
                quote!(bool),
                &set.success,
                &|success| quote!(#success),
            ),
            http_answer: set.http_answer.as_ref().map(|answer| {
                Fact::new("HTTP_ANSWER", quote!(u16), answer, &|&status| {
                    plain(status.into())
                })
            }),
            fault: set.fault.as_ref().map(|fault| {
                Fact::new("FAULT", optional, fault, &|fault| {
                    self::fault(fault.as_deref())
                })
            }),
            kind: set
                .kind
                .as_ref()
                .zip(outside.kinds.as_ref())
                .map(|(kind, ty)| {
                    Fact::new("KIND", ty.clone(), kind, &|kind| {
                        let kind = ident(kind);
                        quote!(#ty::#kind)
                    })
                }),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Fact<'a>> {
        let common = [
            &self.billing,
            &self.retry,
            &self.retry_after,
            &self.http,
            &self.success,
        ];
        common
            .into_iter()
            .chain(&self.severity)
            .chain(&self.http_answer)
            .chain(&self.fault)
            .chain(&self.kind)
    }
}

/// The tables of texts and facts.
pub(super) fn tables(set: &Set, facts: &Facts<'_>, outside: &Outside) -> TokenStream {
    let texts = set
        .texts()
        .into_iter()
        .map(|(name, pools)| languages(name, pools, outside));
    let symbol = set.symbol.as_ref().map(|symbol| pool(SYMBOL_TEXT, symbol));
    let template = set
        .template
        .as_ref()
        .map(|template| pool(TEMPLATE_TEXT, template));
    let section = set
        .section
        .as_ref()
        .map(|section| pool(SECTION_ID, section));
    let since = match &set.since {
        Since::Each(since) => Some(pool(SINCE_TEXT, since)),
        Since::Unknown | Since::Same(_) => None,
    };
    let facts = facts.all().map(Fact::item);
    quote! { #(#texts)* #symbol #template #section #since #(#facts)* }
}

/// A column whose values are variants of one of the runtime's enums.
fn named<'a>(name: &'static str, ty: &TokenStream, column: &'a Column<String>) -> Fact<'a> {
    Fact::new(name, ty.clone(), column, &|variant| {
        let variant = ident(variant);
        quote!(#ty::#variant)
    })
}

fn plain(number: i64) -> TokenStream {
    let number = self::number(number);
    quote!(#number)
}

fn fault(fault: Option<&str>) -> TokenStream {
    fault.map(ident).map_or_else(
        || quote!(rt::None),
        |fault| quote!(rt::Some(rt::Fault::#fault)),
    )
}

/// A pool for each language, with the attributes of the language.
fn languages(name: &str, languages: &[Language], outside: &Outside) -> TokenStream {
    let none = TokenStream::new();
    let attributes = std::iter::once(&none).chain(&outside.attributes);
    let languages = languages.iter().zip(attributes).enumerate();
    let pools = languages.map(|(index, (language, attributes))| {
        let this = format!("{name}_{index}");
        match language {
            Language::Own(pool) => pool_with(&this, pool, attributes),
            Language::First => alias_of_first(&format!("{name}_0"), &this, attributes),
        }
    });
    quote! { #(#pools)* }
}

/// A function for a language whose strings are all equal to those of the first language.
fn alias_of_first(first: &str, this: &str, attributes: &TokenStream) -> TokenStream {
    let first = ident(first);
    let this = ident(this);
    quote! {
        #attributes
        #[inline]
        const fn #this(at: usize) -> &'static str {
            #first(at)
        }
    }
}

/// The methods that read texts and facts: `message()`, `billing()` and so on.
pub(super) fn impls(
    set: &Set,
    facts: &Facts<'_>,
    locales: &[String],
    outside: &Outside,
) -> TokenStream {
    let name = ident(&set.name);
    let message = choose("message", locales, outside);
    let remedy = choose_optional("remedy", &set.remedies, locales, outside);
    let note = choose_optional("note", &set.notes, locales, outside);
    let said = choose_optional("said", &set.said, locales, outside);
    let definition = set.definitions.first().map(|_| {
        let definition = choose("definition", locales, outside);
        quote!(definition: #definition,)
    });
    let symbol = optional_text(SYMBOL_TEXT, set.symbol.as_ref());
    let section = optional_text(SECTION_ID, set.section.as_ref());
    let all = [
        &facts.billing,
        &facts.retry,
        &facts.retry_after,
        &facts.http,
        &facts.success,
    ];
    let [billing, retry, retry_after, http, success] = all.map(Fact::read);
    let severity = match &facts.severity {
        Some(severity) => severity.read(),
        None => quote!(rt::severity(#success)),
    };
    let since = match &set.since {
        Since::Unknown => quote!(rt::None),
        Since::Same(since) => quote!(rt::Some(#since)),
        Since::Each(_) => {
            let since = ident(SINCE_TEXT);
            quote!(rt::optional(#since(*self as usize)))
        }
    };
    let answer = facts
        .http_answer
        .as_ref()
        .map(Fact::read)
        .map(|answer| quote!(http_answer: #answer,));
    let fault = facts
        .fault
        .as_ref()
        .map(Fact::read)
        .map(|fault| quote!(fault: #fault,));
    let kind = facts.kind.as_ref().zip(outside.kinds.as_ref());
    let kind = kind
        .map(|(kind, ty)| (kind.read(), ty))
        .map(|(kind, ty)| quote!(kind: #kind => #ty,));
    quote! {
        rt::facts! {
            impl #name(self, locale),
            message: #message,
            remedy: #remedy,
            symbol: #symbol,
            billing: #billing,
            retry: #retry,
            retry_after: #retry_after,
            http_status: #http,
            section: #section,
            is_success: #success,
            severity: #severity,
            note: #note,
            said: #said,
            since: #since,
            #definition
            #answer
            #fault
            #kind
        }
    }
}

/// Calls a table function, with `None` for an empty string; `None` for all codes without a table.
fn optional_text(function: &str, pool: Option<&Pool>) -> TokenStream {
    let function = ident(function);
    pool.map_or_else(
        || quote!(rt::None),
        |_| quote!(rt::optional(#function(*self as usize))),
    )
}

/// The text of `self` in the best language, for a text that only some codes have, or none.
fn choose_optional(
    name: &str,
    languages: &[Language],
    locales: &[String],
    outside: &Outside,
) -> TokenStream {
    match languages {
        [] => quote!({
            let _ = locale;
            rt::None
        }),
        _ => {
            let text = choose(name, locales, outside);
            quote!(rt::optional(#text))
        }
    }
}

/// The text of `self` in the best language.
fn choose(name: &str, locales: &[String], outside: &Outside) -> TokenStream {
    let mut others = TokenStream::new();
    for (index, (tag, attributes)) in (1..).zip(locales[1..].iter().zip(&outside.attributes)) {
        let text = ident(&format!("{name}_{index}"));
        let index = count(index);
        others.extend(quote!(, #attributes #index: #tag => #text));
    }
    let first = &locales[0];
    let default = ident(&format!("{name}_0"));
    quote!(rt::choose!(locale, *self as usize, #first => #default #others))
}
