//! From a code or a symbol to a variant.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::Outside;
use crate::emit::table::{count, ident, is_text, number, pool, positions, smallest};
use crate::layout::{EMPTY, Hashed, NumberLayout, mix};
use crate::tables::{Codes, Fit, NumberIndex, Pool, Set, Symbols, Targets, TextIndex};

/// In sets of up to so many variants, slots hold them: one load less, and no branch. In larger ones they hold positions:
/// the compiler checks each variant of a table by looking for it among all, which at 10,000 takes it a second.
const MOST_IN_SLOTS: usize = 2_000;

/// The tables of codes and lookups, with the arithmetic that they need.
pub(super) fn tables(set: &Set) -> TokenStream {
    let codes = match &set.codes {
        Codes::Numbers { bits, codes, index } => number_tables(*bits, codes, index, set),
        Codes::Texts { codes, index } | Codes::Flags { codes, index, .. } => {
            let table = pool("code_text", codes);
            let index = text_tables(&TextNames { name: "code", own: codes }, index, set);
            quote!(#table #index)
        }
    };
    let symbols = set.symbols.as_ref().map(|symbols| {
        let templates = symbols.templates.as_ref().map(|templates| pool("symbol_template", templates));
        let own = set.symbol.as_ref().unwrap_or(&set.names);
        let index = text_tables(&TextNames { name: "symbol", own }, &symbols.index, set);
        quote!(#index #templates)
    });
    let mixes = mixes(set).into_iter().map(mix::tokens);
    quote! { #codes #symbols #(#mixes)* }
}

/// The mixing functions that the lookups of a set call, and those that they call in turn.
fn mixes(set: &Set) -> BTreeSet<&'static str> {
    let texts = match &set.codes {
        Codes::Texts { index, .. } | Codes::Flags { index, .. } => Some(index.layout.mix),
        Codes::Numbers { .. } => None,
    };
    let symbols = set.symbols.as_ref().map(|symbols| symbols.index.layout.mix);
    let ends = texts.or(symbols).map(|_| "mix_ends");
    texts.into_iter().chain(symbols).chain(ends).collect()
}

fn number_type(bits: u32) -> Ident {
    ident(if bits == 32 { "i32" } else { "i64" })
}

fn number_tables(bits: u32, codes: &[i64], index: &NumberIndex, set: &Set) -> TokenStream {
    let (ty, len) = (number_type(bits), count(codes.len()));
    let all = codes.iter().map(|&code| number(code));
    let own = quote! { static CODES: [#ty; #len] = [#(#all),*]; };
    let rest = if in_variants(index) {
        variant_slots(index, set)
    } else {
        let position = number_position(index);
        let targets = targets("code", &index.targets, set);
        quote!(#position #targets)
    };
    quote!(#own #rest)
}

/// True where a slot holds the variant itself.
fn in_variants(index: &NumberIndex) -> bool {
    index.targets == Targets::Same && index.keys.len() <= MOST_IN_SLOTS
}

fn variant_slots(index: &NumberIndex, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    match &index.layout {
        NumberLayout::Dense { slots, .. } => {
            let len = count(slots.len() + 1);
            let slots = slots.iter().chain([&EMPTY]).map(|&slot| Literal::u16_unsuffixed(slot));
            quote! {
                static CODE_SLOTS: [rt::core::option::Option<#name>; #len] = rt::slots(&VARIANTS, [#(#slots),*]);
            }
        }
        NumberLayout::Hashed(hashed) => {
            let (slots, pilots) = (variant_table(&ident("CODE_SLOTS"), &hashed.slots, set), pilots("CODE", hashed));
            quote!(#slots #pilots)
        }
    }
}

fn pilots(prefix: &str, hashed: &Hashed) -> Option<TokenStream> {
    let pilots = hashed.pilots.as_ref()?;
    Some(positions(&ident(&format!("{prefix}_PILOTS")), &pilots.values))
}

/// The slot of a mixed key.
fn slot(prefix: &str, mixed: &TokenStream, hashed: &Hashed) -> TokenStream {
    let shift = Literal::u32_unsuffixed(hashed.shift);
    let first = quote!((#mixed >> #shift) as usize);
    match &hashed.pilots {
        None => first,
        Some(pilots) => {
            let table = ident(&format!("{prefix}_PILOTS"));
            let shift = Literal::u32_unsuffixed(pilots.shift);
            let mask = count(pilots.values.len() - 1);
            quote!(#first ^ #table[(#mixed >> #shift) as usize & #mask] as usize)
        }
    }
}

/// `const fn code_position(code) -> Option<usize>`: the position of a number among the keys.
fn number_position(index: &NumberIndex) -> TokenStream {
    let (ty, len) = (number_type(index.bits), count(index.keys.len()));
    match &index.layout {
        NumberLayout::Dense { min, slots } => {
            let (table, slots_len, min) = (positions(&ident("CODE_SLOTS"), slots), count(slots.len()), number(*min));
            let key = dense_key(&min);
            quote! {
                #table
                #[inline]
                const fn code_position(code: #ty) -> rt::core::option::Option<usize> {
                    let at = #key;
                    if at >= #slots_len {
                        return rt::core::option::Option::None;
                    }
                    let position = CODE_SLOTS[at as usize] as usize;
                    if position < #len {
                        rt::core::option::Option::Some(position)
                    } else {
                        rt::core::option::Option::None
                    }
                }
            }
        }
        NumberLayout::Hashed(hashed) => {
            let (keys, key) = number_keys(index);
            let (table, pilots) = (positions(&ident("CODE_SLOTS"), &hashed.slots), pilots("CODE", hashed));
            let (mix, slot) = mixed_number(hashed);
            quote! {
                #keys
                #table
                #pilots
                #[inline]
                const fn code_position(code: #ty) -> rt::core::option::Option<usize> {
                    #mix
                    let position = CODE_SLOTS[#slot] as usize;
                    if position < #len && #key == code {
                        rt::core::option::Option::Some(position)
                    } else {
                        rt::core::option::Option::None
                    }
                }
            }
        }
    }
}

/// The table of keys, unless the codes of the variants serve, and what reads the key at `position`.
fn number_keys(index: &NumberIndex) -> (TokenStream, TokenStream) {
    match index.targets {
        Targets::Same => (TokenStream::new(), quote!(CODES[position])),
        Targets::Runs { .. } => (TokenStream::new(), quote!(CODES[CODE_STARTS[position] as usize])),
        Targets::Each(_) | Targets::Many { .. } => {
            let (ty, len) = (number_type(index.bits), count(index.keys.len()));
            let keys = index.keys.iter().map(|&key| number(key));
            (quote! { static CODE_KEYS: [#ty; #len] = [#(#keys),*]; }, quote!(CODE_KEYS[position]))
        }
    }
}

fn dense_key(min: &Literal) -> TokenStream {
    quote!(code.wrapping_sub(#min).cast_unsigned())
}

/// The multiplied number, and the slot that it leads to.
fn mixed_number(hashed: &Hashed) -> (TokenStream, TokenStream) {
    let multiplier = Literal::u64_unsuffixed(hashed.multiplier);
    let mixed = quote!(let mixed = code.cast_unsigned().wrapping_mul(#multiplier););
    (mixed, slot("CODE", &quote!(mixed), hashed))
}

/// `fn NAME_find(text) -> Option<…>`: what a text leads to, which is a variant where slots hold variants, and else the
/// position of its key.
fn text_tables(names: &TextNames, index: &TextIndex, set: &Set) -> TokenStream {
    let key = names.key(index);
    let keys = index.keys.as_ref().map(|keys| pool(&key, keys));
    let is_key = is_text(&key, index.keys.as_ref().unwrap_or(names.own));
    let prefix = names.name.to_uppercase();
    let [find, is, slots] =
        [format!("{}_find", names.name), format!("{key}_is"), format!("{prefix}_SLOTS")].map(|name| ident(&name));
    let hashed = &index.layout.hashed;
    let name = ident(&set.name);
    let (table, ty) = if in_variants_of_texts(index) {
        (variant_table(&slots, &hashed.slots, set), quote!(#name))
    } else {
        let found = positions(&slots, &hashed.slots);
        let ty = smallest(&hashed.slots);
        (found, quote!(#ty))
    };
    let (pilots, mix) = (pilots(&prefix, hashed), ident(index.layout.mix));
    let [seed, multiplier] = [index.layout.seed, hashed.multiplier].map(Literal::u64_unsuffixed);
    let slot = slot(&prefix, &quote!(mixed), hashed);
    let targets = targets(names.name, &index.targets, set);
    quote! {
        #keys
        #is_key
        #table
        #pilots
        #targets
        #[inline]
        fn #find(text: &str) -> rt::core::option::Option<#ty> {
            let mixed = #mix(text.as_bytes(), #seed).wrapping_mul(#multiplier);
            let found = #slots[#slot];
            if #is(found as usize, text) { rt::core::option::Option::Some(found) } else { rt::core::option::Option::None }
        }
    }
}

/// What the items of a lookup of texts are called.
struct TextNames<'a> {
    /// What is looked up: `code` or `symbol`.
    name: &'static str,
    /// The variants' own texts of that kind.
    own: &'a Pool,
}

impl TextNames<'_> {
    /// The function that gives the key of a position.
    fn key(&self, index: &TextIndex) -> String {
        format!("{}_{}", self.name, if index.keys.is_some() { "key" } else { "text" })
    }
}

/// True where a slot of a lookup of texts holds the variant itself.
fn in_variants_of_texts(index: &TextIndex) -> bool {
    index.keys.is_none() && index.count <= MOST_IN_SLOTS
}

/// The variant that a lookup of texts has found.
fn found_variant(name: &str, index: &TextIndex) -> TokenStream {
    let find = ident(&format!("{name}_find"));
    let variants = variants(name, &index.targets);
    let text = ident(name);
    if in_variants_of_texts(index) {
        quote!(#find(#text))
    } else {
        quote!(rt::core::option::Option::map(#find(#text), |found| #variants[found as usize]))
    }
}

/// `static SLOTS: [Set; 8] = …`, of variants by their positions.
fn variant_table(table: &Ident, variants: &[u16], set: &Set) -> TokenStream {
    let (ty, len) = (ident(&set.name), count(variants.len()));
    let variants = variants.iter().map(|&variant| Literal::u16_unsuffixed(variant));
    quote! { static #table: [#ty; #len] = rt::spread(&VARIANTS, [#(#variants),*]); }
}

/// The tables that lead from keys to variants.
fn targets(name: &str, targets: &Targets, set: &Set) -> TokenStream {
    let prefix = name.to_uppercase();
    let [table, starts_table] = [format!("{prefix}_VARIANTS"), format!("{prefix}_STARTS")].map(|name| ident(&name));
    let spread = |variants: &[u16]| variant_table(&table, variants, set);
    match targets {
        Targets::Same => TokenStream::new(),
        Targets::Each(variants) => spread(variants),
        Targets::Runs { starts } => positions(&starts_table, starts),
        Targets::Many { starts, variants } => {
            let (starts, variants) = (positions(&starts_table, starts), spread(variants));
            quote!(#starts #variants)
        }
    }
}

/// The table of variants that the positions of an index lead into.
fn variants(name: &str, targets: &Targets) -> Ident {
    match targets {
        Targets::Same | Targets::Runs { .. } => ident("VARIANTS"),
        _ => ident(&format!("{}_VARIANTS", name.to_uppercase())),
    }
}

/// `code()`, `from_code()` and its like.
pub(super) fn impls(set: &Set, outside: &Outside) -> TokenStream {
    let name = ident(&set.name);
    let code = code(set);
    let decode = match (&set.codes, set.by_symbol_too) {
        (Codes::Numbers { bits, index, .. }, false) => from_number(*bits, index, set),
        (Codes::Numbers { bits, index, .. }, true) => {
            let ty = number_type(*bits);
            all_with_code(&quote!(#ty), &quote!(const), &quote!(code_position(code)), &index.targets)
        }
        (Codes::Texts { index, .. } | Codes::Flags { index, .. }, false) => from_text(index),
        (Codes::Texts { index, .. } | Codes::Flags { index, .. }, true) => all_with_text(index),
    };
    let symbols = set.symbols.as_ref().map(|symbols| self::symbols(symbols, set, outside));
    quote! { impl #name { #code #decode #symbols } }
}

/// The type that a code is given as.
pub(super) fn code_type(set: &Set) -> TokenStream {
    match &set.codes {
        Codes::Numbers { bits, .. } => {
            let ty = number_type(*bits);
            quote!(#ty)
        }
        _ => quote!(&'static str),
    }
}

fn code(set: &Set) -> TokenStream {
    let ty = code_type(set);
    let read = match &set.codes {
        Codes::Numbers { .. } => quote!(CODES[*self as usize]),
        _ => quote!(code_text(*self as usize)),
    };
    quote! {
        /// The code as the vendor writes it.
        #[must_use]
        #[inline]
        pub const fn code(&self) -> #ty {
            #read
        }
    }
}

fn from_number(bits: u32, index: &NumberIndex, set: &Set) -> TokenStream {
    let ty = number_type(bits);
    let find = match (&index.layout, in_variants(index)) {
        (NumberLayout::Dense { min, slots }, true) => {
            let (key, len) = (dense_key(&number(*min)), count(slots.len()));
            quote! {
                let at = #key;
                CODE_SLOTS[if at < #len { at as usize } else { #len }]
            }
        }
        (NumberLayout::Hashed(hashed), true) => {
            let (mix, slot) = mixed_number(hashed);
            quote! {
                #mix
                let found = CODE_SLOTS[#slot];
                if CODES[found as usize] == code {
                    rt::core::option::Option::Some(found)
                } else {
                    rt::core::option::Option::None
                }
            }
        }
        (_, false) => {
            let variants = variants("code", &index.targets);
            quote! {
                match code_position(code) {
                    rt::core::option::Option::Some(position) => rt::core::option::Option::Some(#variants[position]),
                    rt::core::option::Option::None => rt::core::option::Option::None,
                }
            }
        }
    };
    let doc = format!(" The variant of a code; `None` if {} does not know it.", set.name);
    quote! {
        #[doc = #doc]
        #[must_use]
        #[inline]
        pub const fn from_code(code: #ty) -> rt::core::option::Option<Self> {
            #find
        }
    }
}

fn from_text(index: &TextIndex) -> TokenStream {
    let find = found_variant("code", index);
    quote! {
        /// The variant of a code; `None` if the set does not know it.
        #[must_use]
        #[inline]
        pub fn from_code(code: &str) -> rt::core::option::Option<Self> {
            #find
        }
    }
}

fn all_with_text(index: &TextIndex) -> TokenStream {
    let position = quote!(rt::core::option::Option::map(code_find(code), |found| found as usize));
    all_with_code(&quote!(&str), &TokenStream::new(), &position, &index.targets)
}

fn all_with_code(ty: &TokenStream, constant: &TokenStream, position: &TokenStream, targets: &Targets) -> TokenStream {
    let variants = variants("code", targets);
    quote! {
        /// Every variant with this code, told apart by their symbols; empty if the set does not know the code.
        #[must_use]
        #[inline]
        pub #constant fn all_with_code(code: #ty) -> &'static [Self] {
            match #position {
                rt::core::option::Option::Some(position) => {
                    let (start, end) = (CODE_STARTS[position] as usize, CODE_STARTS[position + 1] as usize);
                    rt::part(&#variants, start, end)
                }
                rt::core::option::Option::None => &[],
            }
        }
    }
}

fn symbols(symbols: &Symbols, set: &Set, outside: &Outside) -> TokenStream {
    let find = find_symbol(symbols, outside);
    let from_symbol = from_symbol(symbols);
    let parse = match (set.by_symbol_too, &symbols.templates, &set.codes) {
        (true, _, Codes::Numbers { bits, .. }) => {
            let ty = number_type(*bits);
            Some(parse_with_code(&quote!(#ty), symbols, outside))
        }
        (true, _, _) => Some(parse_with_code(&quote!(&str), symbols, outside)),
        (false, Some(_), _) => Some(parse_alone(outside)),
        (false, None, _) => None,
    };
    quote! { #find #from_symbol #parse }
}

/// Finds the variants that a symbol may stand for, and takes the first that `accept` accepts.
fn find_symbol(symbols: &Symbols, outside: &Outside) -> TokenStream {
    let errbook = &outside.errbook;
    let variants = variants("symbol", &symbols.index.targets);
    let range = match &symbols.index.targets {
        Targets::Runs { .. } | Targets::Many { .. } => {
            quote!(SYMBOL_STARTS[key] as usize..SYMBOL_STARTS[key + 1] as usize)
        }
        _ => quote!(key..key + 1),
    };
    let template = match &symbols.templates {
        Some(_) => quote!(symbol_template(target)),
        None => quote!(""),
    };
    let (whole, fits) = match symbols.fit {
        Fit::Whole => (ident("is_whole"), quote!(is_whole && accept(#variants[*target]))),
        Fit::Any => (ident("_"), quote!(accept(#variants[*target]))),
        Fit::Template => (
            ident("is_whole"),
            quote! {
                accept(#variants[*target]) && rt::fits(symbol_template(*target), symbol, is_whole)
            },
        ),
    };
    let key = ident(if symbols.index.keys.is_some() { "symbol_key" } else { "symbol_text" });
    let tails = symbols.tails.iter().map(|&tail| count(tail.into()));
    let separators = &symbols.separators;
    let find = match symbols.cut {
        Some(separator) => quote!(rt::find_cut(symbol, #separator, position, #key, &[#(#tails),*], targets)),
        None => quote!(rt::find(symbol, position, #key, &[#(#separators),*], &[#(#tails),*], targets)),
    };
    quote! {
        fn find_symbol(
            symbol: &str,
            accept: impl rt::core::ops::Fn(Self) -> bool,
        ) -> rt::core::option::Option<#errbook::Parsed<'_, Self>> {
            let target = Self::find_target(symbol, accept);
            rt::core::option::Option::map(target, |target| rt::parsed(#variants[target], #template, symbol))
        }

        #[inline]
        fn find_target(
            symbol: &str,
            accept: impl rt::core::ops::Fn(Self) -> bool,
        ) -> rt::core::option::Option<usize> {
            let targets = |key: usize, #whole: bool| {
                rt::core::iter::Iterator::find(&mut (#range), |target| #fits)
            };
            let position = |text: &str| rt::core::option::Option::map(symbol_find(text), |found| found as usize);
            #find
        }
    }
}

fn from_symbol(symbols: &Symbols) -> TokenStream {
    let variants = variants("symbol", &symbols.index.targets);
    let find = match (symbols.shared.as_slice(), &symbols.templates) {
        ([], None) => found_variant("symbol", &symbols.index),
        ([], Some(_)) => {
            quote!(rt::core::option::Option::map(Self::find_target(symbol, |_| true), |target| #variants[target]))
        }
        (shared, _) => quote! {
            let target = rt::unless_shared(Self::find_target(symbol, |_| true), &[#(#shared),*]);
            rt::core::option::Option::map(target, |target| #variants[target])
        },
    };
    quote! {
        /// The variant of a symbol or an alias, also of one whose parameters are filled in; `None` if the set does not
        /// know it, or if several of its codes have it.
        #[must_use]
        #[inline]
        pub fn from_symbol(symbol: &str) -> rt::core::option::Option<Self> {
            #find
        }
    }
}

fn parse_with_code(ty: &TokenStream, symbols: &Symbols, outside: &Outside) -> TokenStream {
    let errbook = &outside.errbook;
    let variants = variants("symbol", &symbols.index.targets);
    quote! {
        /// The variant of a code and a symbol; `None` if the set does not know both together.
        #[must_use]
        #[inline]
        pub fn from_code_and_symbol(code: #ty, symbol: &str) -> rt::core::option::Option<Self> {
            let target = Self::find_target(symbol, |found| Self::code(&found) == code);
            rt::core::option::Option::map(target, |target| #variants[target])
        }

        /// The variant of a code and a symbol, with the values of the symbol's parameters.
        #[must_use]
        #[inline]
        pub fn parse(code: #ty, symbol: &str) -> rt::core::option::Option<#errbook::Parsed<'_, Self>> {
            Self::find_symbol(symbol, |found| Self::code(&found) == code)
        }
    }
}

fn parse_alone(outside: &Outside) -> TokenStream {
    let errbook = &outside.errbook;
    quote! {
        /// The variant of a symbol, with the values of the symbol's parameters.
        #[must_use]
        #[inline]
        pub fn parse(symbol: &str) -> rt::core::option::Option<#errbook::Parsed<'_, Self>> {
            Self::find_symbol(symbol, |_| true)
        }
    }
}
