//! Emits the tables and methods that lead from a variant to its texts and facts.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::Outside;
use crate::emit::table::{Fact, count, ident, number, pool, pool_with};
use crate::names::{DEFAULT_LANGUAGE, DEFAULT_TEXT, SYMBOL_TEXT, TEMPLATE_TEXT};
use crate::tables::{Language, Method, Returns, Set};

/// The tables of texts and facts.
pub(super) fn tables(set: &Set, outside: &Outside) -> TokenStream {
    let symbol = set.symbol.as_ref().map(|symbol| pool(SYMBOL_TEXT, symbol));
    let template = set
        .template
        .as_ref()
        .map(|template| pool(TEMPLATE_TEXT, template));
    let methods = set.methods.iter().map(|method| table(method, outside));
    let kind = kind(set, outside).map(|(kind, ty)| {
        let variants = kind_variants(set, ty);
        let table = kind.item();
        quote!(#variants #table)
    });
    quote! { #symbol #template #(#methods)* #kind }
}

/// The tables that a method reads.
fn table(method: &Method, outside: &Outside) -> TokenStream {
    match &method.returns {
        Returns::Texts(texts) | Returns::OptionalTexts(texts) => {
            languages(method.name, texts, outside)
        }
        Returns::OptionalStrings(strings) => pool(&text_name(method), strings),
        Returns::Words(..)
        | Returns::OptionalWords(..)
        | Returns::OptionalSeconds(_)
        | Returns::Statuses(_)
        | Returns::OptionalStatuses(_)
        | Returns::Flags(_) => {
            let column = column(method).and_then(|column| column.item());
            quote!(#column)
        }
        Returns::NoTexts
        | Returns::OptionalSymbols
        | Returns::SameString(_)
        | Returns::Nothing
        | Returns::SeverityBySuccess => TokenStream::new(),
    }
}

/// The column that a method reads, named after the method: `RETRY_AFTER`.
fn column(method: &Method) -> Option<Fact<'_>> {
    let name = method.name.to_uppercase();
    match &method.returns {
        Returns::Words(of, column) => {
            let of = ident(of);
            let ty = quote!(rt::#of);
            let word = |word: &String| {
                let word = ident(word);
                quote!(rt::#of::#word)
            };
            Some(Fact::new(name, ty, column, &word))
        }
        Returns::OptionalWords(of, column) => {
            let of = ident(of);
            let ty = quote!(rt::Option<rt::#of>);
            let word = |word: &Option<String>| match word.as_deref().map(ident) {
                Some(word) => quote!(rt::Some(rt::#of::#word)),
                None => quote!(rt::None),
            };
            Some(Fact::new(name, ty, column, &word))
        }
        Returns::OptionalSeconds(column) => Some(Fact::new(name, quote!(u32), column, &unsuffixed)),
        Returns::Statuses(column) | Returns::OptionalStatuses(column) => {
            Some(Fact::new(name, quote!(u16), column, &unsuffixed))
        }
        Returns::Flags(column) => {
            let flag = |flag: &bool| quote!(#flag);
            Some(Fact::new(name, quote!(bool), column, &flag))
        }
        _ => None,
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "a column passes its values by reference"
)]
fn unsuffixed(value: &u32) -> TokenStream {
    let value = number((*value).into());
    quote!(#value)
}

/// The column of kinds, and the type of the taxonomy.
fn kind<'a>(set: &'a Set, outside: &'a Outside) -> Option<(Fact<'a>, &'a TokenStream)> {
    let ty = outside.kinds.as_ref()?;
    let kind = |kind: &String| {
        let kind = ident(kind);
        quote!(#ty::#kind)
    };
    let column = set.kind.as_ref()?;
    Some((Fact::new("KIND".to_owned(), ty.clone(), column, &kind), ty))
}

/// A constant for each variant of the enum of kinds that the set needs. Where there is no such
/// variant, its name is that of a constant of the trait, which says what is wrong: rustc would
/// propose to replace the whole macro by a similar variant.
fn kind_variants(set: &Set, ty: &TokenStream) -> TokenStream {
    let path = ty.to_string().replace(' ', "").replace("$crate::", "");
    let names: Vec<Ident> = set
        .kind_variants
        .iter()
        .map(|kind| ident(&kind.name))
        .collect();
    let messages = set
        .kind_variants
        .iter()
        .map(|kind| format!("{}, which `{path}` does not have", kind.needs));
    quote! {
        #[allow(dead_code, non_upper_case_globals, reason = "they have the names of variants")]
        trait MissingKind: rt::core::marker::Sized {
            #(const #names: Self = rt::core::panic!("{}", #messages);)*
        }
        impl<T> MissingKind for T {}
        #(const _: #ty = #ty::#names;)*
    }
}

/// The kinds of the ranges that have one.
fn kinds_of_ranges(set: &Set, ty: &TokenStream) -> TokenStream {
    let ranges = set.ranges.iter().filter_map(|range| {
        let from = number(range.from);
        let to = number(range.to);
        let kind = ident(range.kind.as_ref()?);
        Some(quote!(#from..=#to => #ty::#kind))
    });
    let ranges: Vec<TokenStream> = ranges.collect();
    match ranges[..] {
        [] => TokenStream::new(),
        _ => quote!(, ranges: [#(#ranges),*]),
    }
}

/// The function that returns a method's string, or an empty one.
fn text_name(method: &Method) -> String {
    format!("{}_text", method.name)
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
pub(super) fn impls(set: &Set, locales: &[String], outside: &Outside) -> TokenStream {
    let name = ident(&set.name);
    let vendor = &set.vendor;
    let set_name = &set.name;
    let method = |method: &Method| method_argument(method, locales, outside);
    let of_set = set.methods.of_set.iter().map(method);
    let of_every_code = set.methods.of_every_code.iter().map(method);
    let kind = kind(set, outside).map(|(kind, ty)| {
        let kind = kind.emit_read();
        let ranges = kinds_of_ranges(set, ty);
        quote!(rt::kind! { impl #name(self): #ty => #kind #ranges })
    });
    quote! {
        rt::facts! {
            impl #name(self),
            names: #vendor #set_name,
            of_set: { #(#of_set)* }
            of_every_code: { #(#of_every_code)* }
        }
        #kind
    }
}

/// A method and what it returns, as the runtime's macro expects them.
fn method_argument(method: &Method, locales: &[String], outside: &Outside) -> TokenStream {
    let name = ident(method.name);
    let column = column(method).map(|column| column.emit_read());
    match &method.returns {
        Returns::Texts(_) => {
            let text = choose(method.name, locales, outside);
            quote!(#name(locale): #text,)
        }
        Returns::OptionalTexts(_) => {
            let text = choose(method.name, locales, outside);
            quote!(#name(locale): rt::optional(#text),)
        }
        Returns::NoTexts => quote!(#name(locale): { let _ = locale; rt::None },),
        Returns::OptionalStrings(_) => {
            let text = ident(&text_name(method));
            quote!(#name(): rt::optional(#text(*self as usize)),)
        }
        Returns::OptionalSymbols => {
            let text = ident(SYMBOL_TEXT);
            quote!(#name(): rt::optional(#text(*self as usize)),)
        }
        Returns::SameString(same) => quote!(#name(): rt::Some(#same),),
        Returns::Nothing => quote!(#name(): rt::None,),
        Returns::SeverityBySuccess => quote!(#name(): rt::severity(Self::is_success(self)),),
        Returns::OptionalSeconds(_) => quote!(#name(): rt::seconds(#column),),
        Returns::OptionalStatuses(_) => quote!(#name(): rt::status(#column),),
        Returns::Words(..)
        | Returns::OptionalWords(..)
        | Returns::Statuses(_)
        | Returns::Flags(_) => quote!(#name(): #column,),
    }
}

/// The default language: the first last resort whose attributes hold, otherwise the first language.
pub(super) fn default_language(outside: &Outside) -> TokenStream {
    let languages = (1..).zip(&outside.attributes).map(|(index, attributes)| {
        let message = ident(&format!("message_{index}"));
        let index = count(index);
        quote!(#attributes #index => #message)
    });
    // The preferred one last, so that it wins.
    let chosen = outside.default.iter().rev().map(|(position, attributes)| {
        let position = count(*position);
        quote!(#attributes #position)
    });
    let name = ident(DEFAULT_LANGUAGE);
    let text = ident(DEFAULT_TEXT);
    quote!(rt::default_language! { #name: [#(#chosen),*], #text: [#(#languages),*] })
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
