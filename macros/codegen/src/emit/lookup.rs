//! From a code or a symbol to a variant.

use errbook_spec::order;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::table::{Numbers, count, ident, is_text, number, pool, spread};
use crate::layout::{EMPTY, Hashed, NumberLayout, Pilots, mix};
use crate::tables::{
    Codes, Fit, MOST_IN_SLOTS, NumberIndex, Pool, Set, Symbols, Targets, TextIndex,
};

/// The tables of codes and lookups, with the arithmetic that they need.
pub(super) fn tables(set: &Set) -> TokenStream {
    let codes = match &set.codes {
        Codes::Numbers { bits, codes, index } => number_tables(*bits, codes, index, set),
        Codes::Texts { codes, index } | Codes::Flags { codes, index, .. } => {
            let table = pool("code_text", codes);
            let index = text_tables(
                &TextNames {
                    name: "code",
                    own: codes,
                },
                index,
                set,
            );
            quote!(#table #index)
        }
    };
    let symbols = set.symbols.as_ref().map(|symbols| {
        let templates = symbols
            .templates
            .as_ref()
            .map(|templates| pool("symbol_template", templates));
        let own = set.symbol.as_ref().unwrap_or(&set.names);
        let index = text_tables(
            &TextNames {
                name: "symbol",
                own,
            },
            &symbols.index,
            set,
        );
        quote!(#index #templates)
    });
    let mixes = mixes(set).into_iter().map(mix::tokens);
    quote! { #codes #symbols #(#mixes)* }
}

/// The mixing functions that the lookups of a set call, and those that they call in turn.
fn mixes(set: &Set) -> Vec<&'static str> {
    let texts = match &set.codes {
        Codes::Texts { index, .. } | Codes::Flags { index, .. } => Some(index.layout.mix),
        Codes::Numbers { .. } => None,
    };
    let symbols = set.symbols.as_ref().map(|symbols| symbols.index.layout.mix);
    let mut mixes = Vec::new();
    for mix in texts.into_iter().chain(symbols) {
        order::insert(&mut mixes, mix);
        order::insert(
            &mut mixes,
            if mix == "mix_edges" { mix } else { "mix_ends" },
        );
    }
    mixes
}

fn number_type(bits: u32) -> Ident {
    ident(if bits == 32 { "i32" } else { "i64" })
}

fn number_tables(bits: u32, codes: &[i64], index: &NumberIndex, set: &Set) -> TokenStream {
    let codes = own_codes(bits, codes);
    let own = codes.item();
    let rest = match (&index.layout, &index.quotients) {
        (NumberLayout::Hashed(hashed), Some(quotients)) => {
            let (slots, pilots) = (quotient_table(quotients).item(), pilots("CODE", hashed));
            quote!(#slots #pilots)
        }
        _ if in_variants(index) => variant_slots(index, set),
        (NumberLayout::Hashed(hashed), None) if index.targets == Targets::Same => {
            let (slots, pilots) = (
                Numbers::new("CODE_SLOTS", &hashed.slots).item(),
                pilots("CODE", hashed),
            );
            quote!(#slots #pilots)
        }
        _ => {
            let position = number_position(index, &codes);
            let targets = targets("code", &index.targets, set);
            quote!(#position #targets)
        }
    };
    quote!(#own #rest)
}

/// The codes of the variants.
fn own_codes(bits: u32, codes: &[i64]) -> Numbers {
    Numbers::signed("CODES", bits, codes)
}

fn quotient_table(quotients: &[u32]) -> Numbers {
    Numbers::new("CODE_SLOTS", quotients)
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
            let slots = slots
                .iter()
                .chain([&EMPTY])
                .map(|&slot| Literal::u16_unsuffixed(slot));
            quote! {
                static CODE_SLOTS: [rt::Option<#name>; #len] = rt::slots(&VARIANTS, [#(#slots),*]);
            }
        }
        NumberLayout::Hashed(hashed) => {
            let (slots, pilots) = (
                variant_table(&ident("CODE_SLOTS"), &hashed.slots, set),
                pilots("CODE", hashed),
            );
            quote!(#slots #pilots)
        }
    }
}

fn pilots(prefix: &str, hashed: &Hashed) -> Option<TokenStream> {
    Some(pilot_table(prefix, hashed.pilots.as_ref()?).item())
}

fn pilot_table(prefix: &str, pilots: &Pilots) -> Numbers {
    Numbers::new(&format!("{prefix}_PILOTS"), &pilots.values)
}

/// The slot of a mixed key.
fn slot(prefix: &str, mixed: &TokenStream, hashed: &Hashed) -> TokenStream {
    let shift = Literal::u32_unsuffixed(hashed.shift);
    let first = quote!((#mixed >> #shift) as usize);
    match &hashed.pilots {
        None => first,
        Some(pilots) => {
            let shift = Literal::u32_unsuffixed(pilots.shift);
            let mask = count(pilots.values.len() - 1);
            let fold = pilots
                .fold
                .map(Literal::u32_unsuffixed)
                .map(|fold| quote!(^ #mixed >> #fold));
            let pilot = pilot_table(prefix, pilots)
                .read(&quote!((#mixed >> #shift #fold) as usize & #mask));
            quote!(#first ^ #pilot as usize)
        }
    }
}

/// `const fn code_position(code) -> Option<usize>`: the position of a number among the keys.
fn number_position(index: &NumberIndex, codes: &Numbers) -> TokenStream {
    let (ty, len) = (number_type(index.bits), count(index.keys.len()));
    match &index.layout {
        NumberLayout::Dense { min, slots } => {
            let (table, slots_len, min) = (
                Numbers::new("CODE_SLOTS", slots),
                count(slots.len()),
                number(*min),
            );
            let (key, position, table) = (
                dense_key(&min),
                table.read(&quote!(at as usize)),
                table.item(),
            );
            quote! {
                #table
                #[inline]
                const fn code_position(code: #ty) -> rt::Option<usize> {
                    let at = #key;
                    if at >= #slots_len {
                        return rt::None;
                    }
                    let position = #position as usize;
                    rt::some_if(position < #len, position)
                }
            }
        }
        NumberLayout::Hashed(hashed) => {
            let (keys, key) = number_keys(index, codes);
            let (table, pilots) = (
                Numbers::new("CODE_SLOTS", &hashed.slots),
                pilots("CODE", hashed),
            );
            let (mix, slot) = mixed_number(hashed);
            let (position, table) = (table.read(&slot), table.item());
            quote! {
                #keys
                #table
                #pilots
                #[inline]
                const fn code_position(code: #ty) -> rt::Option<usize> {
                    #mix
                    let position = #position as usize;
                    rt::some_if(position < #len && #key == code, position)
                }
            }
        }
    }
}

/// The table of keys, unless the codes of the variants serve, and what reads the key at `position`.
fn number_keys(index: &NumberIndex, codes: &Numbers) -> (TokenStream, TokenStream) {
    let position = quote!(position);
    match &index.targets {
        Targets::Same => (TokenStream::new(), codes.read(&position)),
        Targets::Runs { starts } => {
            let start = start_table("code", starts).read(&position);
            (TokenStream::new(), codes.read(&quote!(#start as usize)))
        }
        Targets::Each(_) | Targets::Many { .. } => {
            let keys = Numbers::signed("CODE_KEYS", index.bits, &index.keys);
            (keys.item(), keys.read(&position))
        }
    }
}

fn start_table(name: &str, starts: &[u16]) -> Numbers {
    Numbers::new(&format!("{}_STARTS", name.to_uppercase()), starts)
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
    let [find, is] = [format!("{}_find", names.name), format!("{key}_is")].map(|name| ident(&name));
    let hashed = &index.layout.hashed;
    let name = ident(&set.name);
    let (slots, slot) = (
        format!("{prefix}_SLOTS"),
        slot(&prefix, &quote!(mixed), hashed),
    );
    let (table, ty, found) = if in_variants_of_texts(index) {
        let slots = ident(&slots);
        (
            variant_table(&slots, &hashed.slots, set),
            name,
            quote!(#slots[#slot]),
        )
    } else {
        let numbers = Numbers::new(&slots, &hashed.slots);
        (numbers.item(), numbers.ty(), numbers.read(&slot))
    };
    let (pilots, mix) = (pilots(&prefix, hashed), ident(index.layout.mix));
    let [seed, multiplier] = [index.layout.seed, hashed.multiplier].map(Literal::u64_unsuffixed);
    let targets = targets(names.name, &index.targets, set);
    quote! {
        #keys
        #is_key
        #table
        #pilots
        #targets
        #[inline]
        fn #find(text: &str) -> rt::Option<#ty> {
            let mixed = #mix(text.as_bytes(), #seed).wrapping_mul(#multiplier);
            let found = #found;
            rt::some_if(#is(found as usize, text), found)
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
        format!(
            "{}_{}",
            self.name,
            if index.keys.is_some() { "key" } else { "text" }
        )
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
        quote!(rt::Option::map(#find(#text), |found| #variants[found as usize]))
    }
}

/// `static SLOTS: [Set; 8] = …`, of variants by their positions.
fn variant_table(table: &Ident, variants: &[u16], set: &Set) -> TokenStream {
    let (ty, len) = (ident(&set.name), count(variants.len()));
    let variants = spread(&quote!(&VARIANTS), variants);
    quote! { static #table: [#ty; #len] = #variants; }
}

/// The tables that lead from keys to variants.
fn targets(name: &str, targets: &Targets, set: &Set) -> TokenStream {
    let table = ident(&format!("{}_VARIANTS", name.to_uppercase()));
    let spread = |variants: &[u16]| variant_table(&table, variants, set);
    match targets {
        Targets::Same => TokenStream::new(),
        Targets::Each(variants) => spread(variants),
        Targets::Runs { starts } => start_table(name, starts).item(),
        Targets::Many { starts, variants } => {
            let (starts, variants) = (start_table(name, starts).item(), spread(variants));
            quote!(#starts #variants)
        }
    }
}

/// The places that a key's position leads to.
fn range(name: &str, targets: &Targets, at: &Ident) -> TokenStream {
    match targets {
        Targets::Runs { starts } | Targets::Many { starts, .. } => {
            let starts = start_table(name, starts);
            let [start, end] = [quote!(#at), quote!(#at + 1)].map(|at| starts.read(&at));
            quote!(#start as usize..#end as usize)
        }
        _ => quote!(#at..#at + 1),
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
pub(super) fn impls(set: &Set) -> TokenStream {
    let code = code(set);
    let decode = match (&set.codes, set.by_symbol_too) {
        (Codes::Numbers { bits, index, .. }, false) => from_number(*bits, index, set),
        (Codes::Numbers { bits, index, .. }, true) => {
            let ty = number_type(*bits);
            all_with_code(
                set,
                &quote!([const] fn(code: #ty)),
                &quote!(code_position(code)),
                &index.targets,
            )
        }
        (Codes::Texts { index, .. } | Codes::Flags { index, .. }, false) => from_text(index, set),
        (Codes::Texts { index, .. } | Codes::Flags { index, .. }, true) => {
            all_with_text(index, set)
        }
    };
    let symbols = set
        .symbols
        .as_ref()
        .map(|symbols| self::symbols(symbols, set));
    quote!(#code #decode #symbols)
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
        Codes::Numbers { bits, codes, .. } => own_codes(*bits, codes).read(&quote!(*self as usize)),
        _ => quote!(code_text(*self as usize)),
    };
    let name = ident(&set.name);
    quote!(rt::code! { impl #name(self): #ty => #read })
}

fn from_number(bits: u32, index: &NumberIndex, set: &Set) -> TokenStream {
    let ty = number_type(bits);
    let find = match (&index.layout, in_variants(index)) {
        (NumberLayout::Hashed(hashed), _) if index.quotients.is_some() => {
            find_by_quotient(index, hashed)
        }
        (NumberLayout::Dense { min, slots }, true) => {
            let (key, len) = (dense_key(&number(*min)), count(slots.len()));
            quote! {
                let at = #key;
                CODE_SLOTS[if at < #len { at as usize } else { #len }]
            }
        }
        (NumberLayout::Hashed(hashed), true) => {
            let (mix, slot) = mixed_number(hashed);
            let own = own_codes(bits, &index.keys).read(&quote!(found as usize));
            quote! {
                #mix
                let found = CODE_SLOTS[#slot];
                rt::some_if(#own == code, found)
            }
        }
        (NumberLayout::Hashed(hashed), false) if index.targets == Targets::Same => {
            let (mix, slot) = mixed_number(hashed);
            let position = Numbers::new("CODE_SLOTS", &hashed.slots).read(&slot);
            let own = own_codes(bits, &index.keys).read(&quote!(found as usize));
            // By way of the variant, which is read whether or not it is the one, so that nothing branches.
            quote! {
                #mix
                let found = VARIANTS[#position as usize];
                rt::some_if(#own == code, found)
            }
        }
        (_, false) => {
            let variants = variants("code", &index.targets);
            quote! {
                match code_position(code) {
                    rt::Some(position) => rt::Some(#variants[position]),
                    rt::None => rt::None,
                }
            }
        }
    };
    let name = ident(&set.name);
    quote!(rt::from_code! { impl #name: [const] fn(code: #ty) { #find } })
}

/// What is left of a slot when the rest of the key is taken from it is a variant's position, or a number beyond them all.
/// The variant is read whichever it is, and then compared, so that nothing branches.
fn find_by_quotient(index: &NumberIndex, hashed: &Hashed) -> TokenStream {
    let (mix, slot) = mixed_number(hashed);
    let found = quotient_table(index.quotients.as_deref().unwrap_or_default()).read(&slot);
    let (bits, len) = (
        Literal::u32_unsuffixed(hashed.slots.len().trailing_zeros()),
        count(index.keys.len()),
    );
    quote! {
        #mix
        let found = #found ^ mixed << #bits;
        let variant = VARIANTS[if found < #len { found as usize } else { 0 }];
        rt::some_if(variant as u32 == found, variant)
    }
}

fn from_text(index: &TextIndex, set: &Set) -> TokenStream {
    let (name, find) = (ident(&set.name), found_variant("code", index));
    quote!(rt::from_code! { impl #name: [] fn(code: &str) { #find } })
}

fn all_with_text(index: &TextIndex, set: &Set) -> TokenStream {
    let position = quote!(rt::Option::map(code_find(code), |found| found as usize));
    all_with_code(set, &quote!([] fn(code: &str)), &position, &index.targets)
}

fn all_with_code(
    set: &Set,
    function: &TokenStream,
    position: &TokenStream,
    targets: &Targets,
) -> TokenStream {
    let (name, variants) = (ident(&set.name), variants("code", targets));
    let range = range("code", targets, &ident("position"));
    quote!(rt::all_with_code! { impl #name: #function, position = #position => #variants[#range] })
}

/// What is asked by symbol: the variants that it may stand for, of which the first is taken that is accepted.
fn symbols(symbols: &Symbols, set: &Set) -> TokenStream {
    let (name, variants) = (ident(&set.name), variants("symbol", &symbols.index.targets));
    let template = if symbols.templates.is_some() {
        quote!(symbol_template)
    } else {
        quote!(rt::no_template)
    };
    let find = find_target(symbols, &variants);
    let shared = &symbols.shared;
    let known = match (&shared[..], &symbols.templates) {
        ([], None) => found_variant("symbol", &symbols.index),
        ([], Some(_)) => {
            quote!(rt::Option::map(Self::find_target(symbol, |_| true), |target| #variants[target]))
        }
        _ => quote! {
            rt::Option::map(
                rt::unless_shared(Self::find_target(symbol, |_| true), &[#(#shared),*]),
                |target| #variants[target],
            )
        },
    };
    let parse = match (set.by_symbol_too, &symbols.templates, &set.codes) {
        (true, _, Codes::Numbers { bits, .. }) => {
            let ty = number_type(*bits);
            quote!(rt::parse_with_code! { impl #name: #ty, variants: #variants })
        }
        (true, _, _) => quote!(rt::parse_with_code! { impl #name: &str, variants: #variants }),
        (false, Some(_), _) => quote!(rt::parse! { impl #name }),
        (false, None, _) => TokenStream::new(),
    };
    quote! {
        rt::symbols! {
            impl #name,
            variants: #variants,
            template: #template,
            find: |symbol, accept| #find,
            from_symbol: |symbol| #known,
        }
        #parse
    }
}

/// The first target of `symbol` that `accept` accepts.
fn find_target(symbols: &Symbols, variants: &Ident) -> TokenStream {
    let range = range("symbol", &symbols.index.targets, &ident("key"));
    let (whole, fits) = match symbols.fit {
        Fit::Whole => (
            ident("is_whole"),
            quote!(is_whole && accept(#variants[*target])),
        ),
        Fit::Any => (ident("_"), quote!(accept(#variants[*target]))),
        Fit::Template => (
            ident("is_whole"),
            quote!(accept(#variants[*target]) && rt::fits(symbol_template(*target), symbol, is_whole)),
        ),
    };
    let key = ident(if symbols.index.keys.is_some() {
        "symbol_key"
    } else {
        "symbol_text"
    });
    let tails = symbols.tails.iter().map(|&tail| count(tail.into()));
    let tails = quote!(&[#(#tails),*]);
    let separators = &symbols.separators;
    let find = match symbols.cut {
        Some(separator) => {
            quote!(rt::find_cut(symbol, #separator, position, #key, #tails, targets))
        }
        None => quote!(rt::find(symbol, position, #key, &[#(#separators),*], #tails, targets)),
    };
    quote!({
        let targets = |key: usize, #whole: bool| rt::first(#range, |target| #fits);
        let position = |text: &str| rt::Option::map(symbol_find(text), |found| found as usize);
        #find
    })
}
