//! From a code or a symbol to a variant: the tables, and the functions that read them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::table::{
    compare_text, count, ident, number, number_table, pool, read, spread, variant_table,
};
use crate::layout::mix;
use crate::names::{CODE, CODES, Lookup, SYMBOL, SYMBOL_TEMPLATE, VARIANTS};
use crate::tables::{
    Codes, Decode, Level, NumberLookup, Numbers, Pool, Probe, Set, SymbolLookup, TextLookup,
    TextProbe,
};

/// The tables of codes and lookups, with the functions that mix strings.
pub(super) fn tables(set: &Set) -> TokenStream {
    let codes = match &set.codes {
        Codes::Numbers { codes, .. } => number_table(CODES, codes),
        Codes::Texts { codes, .. } | Codes::Flags { codes, .. } => pool(CODE.text, codes),
    };
    let mixes = set.mixes.iter().map(|mix| mix::tokens(mix));
    quote! { #codes #(#mixes)* }
}

/// `code()`, `from_code()`, `from_symbol()` and the like.
pub(super) fn impls(set: &Set) -> TokenStream {
    let codes = match &set.codes {
        Codes::Numbers { ty, codes, lookup } => numbers(ty, codes, lookup, set),
        Codes::Texts { codes, lookup } | Codes::Flags { codes, lookup, .. } => {
            texts(codes, lookup, set)
        }
    };
    let symbols = set.symbols.as_ref().map(|lookup| symbols(lookup, set));
    let parse = parse(set);
    quote!(#codes #symbols #parse)
}

/// The type of a code.
pub(super) fn code_type(codes: &Codes) -> TokenStream {
    match codes {
        Codes::Numbers { ty, .. } => {
            let ty = ident(ty);
            quote!(#ty)
        }
        Codes::Texts { .. } | Codes::Flags { .. } => quote!(&'static str),
    }
}

/// The slot of the key that was multiplied to `mixed`.
fn slot(names: &Lookup, probe: &Probe) -> TokenStream {
    let shift = Literal::u32_unsuffixed(probe.shift);
    match &probe.level {
        Level::One => quote!((mixed >> #shift) as usize),
        Level::Two {
            shift: bucket_shift,
            mask,
            pilots,
        } => {
            let bucket_shift = Literal::u32_unsuffixed(*bucket_shift);
            let mask = count(*mask);
            let bucket = quote!((mixed >> #bucket_shift) as usize & #mask);
            let pilot = read(names.pilots, pilots, &bucket);
            quote!((mixed >> #shift) as usize ^ #pilot as usize)
        }
        Level::Folded {
            shift: bucket_shift,
            fold,
            mask,
            pilots,
        } => {
            let bucket_shift = Literal::u32_unsuffixed(*bucket_shift);
            let fold = Literal::u32_unsuffixed(*fold);
            let mask = count(*mask);
            let bucket = quote!((mixed >> #bucket_shift ^ mixed >> #fold) as usize & #mask);
            let pilot = read(names.pilots, pilots, &bucket);
            quote!((mixed >> #shift) as usize ^ #pilot as usize)
        }
    }
}

/// The table of pilots.
fn pilots(names: &Lookup, probe: &Probe) -> TokenStream {
    match &probe.level {
        Level::One => TokenStream::new(),
        Level::Two { pilots, .. } | Level::Folded { pilots, .. } => {
            number_table(names.pilots, pilots)
        }
    }
}

/// `let mixed = …;` of a number.
fn mix_number(probe: &Probe) -> TokenStream {
    let multiplier = Literal::u64_unsuffixed(probe.multiplier);
    quote!(let mixed = code.cast_unsigned().wrapping_mul(#multiplier);)
}

/// `let mixed = …;` of a string.
fn mix_text(probe: &TextProbe) -> TokenStream {
    let mix = ident(probe.mix);
    let seed = Literal::u64_unsuffixed(probe.seed);
    let multiplier = Literal::u64_unsuffixed(probe.probe.multiplier);
    quote!(let mixed = #mix(text.as_bytes(), #seed).wrapping_mul(#multiplier);)
}

/// The lookup of codes that are numbers.
fn numbers(ty: &str, codes: &Numbers, lookup: &NumberLookup, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let ty = ident(ty);
    let slots_name = ident(CODE.slots);
    let variants_name = ident(CODE.variants);
    let all = ident(VARIANTS);
    let position_name = ident(CODE.position);
    let own = read(CODES, codes, &quote!(*self as usize));
    let found_code = read(CODES, codes, &quote!(found as usize));
    let code = quote!(rt::code! { impl #name(self): #ty => #own });
    let lookup = match lookup {
        NumberLookup::Dense { min, len, slots } => {
            let min = number(*min);
            let len = count(*len);
            let size = count(slots.len());
            let positions = spread(slots);
            quote! {
                static #slots_name: [rt::Option<#name>; #size] = rt::slots(&#all, #positions);
                rt::from_code! {
                    impl #name: [const] fn(code: #ty) {
                        let at = code.wrapping_sub(#min).cast_unsigned();
                        #slots_name[if at < #len { at as usize } else { #len }]
                    }
                }
            }
        }
        NumberLookup::Variants { probe, slots } => {
            let pilots = pilots(&CODE, probe);
            let table = variant_table(CODE.slots, slots, set);
            let mix = mix_number(probe);
            let slot = slot(&CODE, probe);
            quote! {
                #table
                #pilots
                rt::from_code! {
                    impl #name: [const] fn(code: #ty) {
                        #mix
                        let found = #slots_name[#slot];
                        rt::some_if(#found_code == code, found)
                    }
                }
            }
        }
        NumberLookup::Positions { probe, slots } => {
            let pilots = pilots(&CODE, probe);
            let table = number_table(CODE.slots, slots);
            let mix = mix_number(probe);
            let position = read(CODE.slots, slots, &slot(&CODE, probe));
            // By way of the variant, which is read whether or not it is the one, so that nothing
            // branches.
            quote! {
                #table
                #pilots
                rt::from_code! {
                    impl #name: [const] fn(code: #ty) {
                        #mix
                        let found = #all[#position as usize];
                        rt::some_if(#found_code == code, found)
                    }
                }
            }
        }
        NumberLookup::Quotients {
            probe,
            slots,
            bits,
            len,
        } => {
            let pilots = pilots(&CODE, probe);
            let table = number_table(CODE.slots, slots);
            let mix = mix_number(probe);
            let quotient = read(CODE.slots, slots, &slot(&CODE, probe));
            let bits = Literal::u32_unsuffixed(*bits);
            let len = count(*len);
            // Without the rest of the key, a slot is a variant's position, or a number beyond
            // them all. A variant is read in either case and then compared, so that nothing
            // branches.
            quote! {
                #table
                #pilots
                rt::from_code! {
                    impl #name: [const] fn(code: #ty) {
                        #mix
                        let found = #quotient ^ mixed << #bits;
                        let variant = #all[if found < #len { found as usize } else { 0 }];
                        rt::some_if(variant as u32 == found, variant)
                    }
                }
            }
        }
        NumberLookup::Keys {
            probe,
            slots,
            keys,
            variants,
        } => {
            let pilots = pilots(&CODE, probe);
            let table = number_table(CODE.slots, slots);
            let key_table = number_table(CODE.keys, keys);
            let variant_table = variant_table(CODE.variants, variants, set);
            let mix = mix_number(probe);
            let position = read(CODE.slots, slots, &slot(&CODE, probe));
            let key = read(CODE.keys, keys, &quote!(at));
            quote! {
                #table
                #pilots
                #key_table
                #variant_table
                rt::from_code! {
                    impl #name: [const] fn(code: #ty) {
                        #mix
                        let at = #position as usize;
                        rt::some_if(#key == code, #variants_name[at])
                    }
                }
            }
        }
        NumberLookup::Runs {
            probe,
            slots,
            starts,
        } => {
            let pilots = pilots(&CODE, probe);
            let table = number_table(CODE.slots, slots);
            let start_table = number_table(CODE.starts, starts);
            let mix = mix_number(probe);
            let position = read(CODE.slots, slots, &slot(&CODE, probe));
            let first = read(CODE.starts, starts, &quote!(position));
            let key = read(CODES, codes, &quote!(#first as usize));
            let start = read(CODE.starts, starts, &quote!(at));
            let end = read(CODE.starts, starts, &quote!(at + 1));
            quote! {
                #table
                #pilots
                #start_table
                #[inline]
                const fn #position_name(code: #ty) -> rt::Option<usize> {
                    #mix
                    let position = #position as usize;
                    rt::some_if(#key == code, position)
                }
                rt::all_with_code! {
                    impl #name: [const] fn(code: #ty),
                    at = #position_name(code) => #all[#start as usize..#end as usize]
                }
            }
        }
        NumberLookup::Groups {
            probe,
            slots,
            keys,
            starts,
            variants,
        } => {
            let pilots = pilots(&CODE, probe);
            let table = number_table(CODE.slots, slots);
            let key_table = number_table(CODE.keys, keys);
            let start_table = number_table(CODE.starts, starts);
            let variant_table = variant_table(CODE.variants, variants, set);
            let mix = mix_number(probe);
            let position = read(CODE.slots, slots, &slot(&CODE, probe));
            let key = read(CODE.keys, keys, &quote!(position));
            let start = read(CODE.starts, starts, &quote!(at));
            let end = read(CODE.starts, starts, &quote!(at + 1));
            quote! {
                #table
                #pilots
                #key_table
                #start_table
                #variant_table
                #[inline]
                const fn #position_name(code: #ty) -> rt::Option<usize> {
                    #mix
                    let position = #position as usize;
                    rt::some_if(#key == code, position)
                }
                rt::all_with_code! {
                    impl #name: [const] fn(code: #ty),
                    at = #position_name(code) => #variants_name[#start as usize..#end as usize]
                }
            }
        }
    };
    quote!(#code #lookup)
}

/// The lookup of codes that are strings.
fn texts(codes: &Pool, lookup: &TextLookup, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let text = ident(CODE.text);
    let find = ident(CODE.find);
    let position = ident(CODE.position);
    let variants = ident(CODE.variants);
    let tables = text_tables(&CODE, lookup, codes, set);
    let decode = match lookup {
        TextLookup::Variants { .. } | TextLookup::Positions { .. } | TextLookup::Keys { .. } => {
            quote!(rt::from_code! { impl #name: [] fn(code: &str) { #find(code) } })
        }
        TextLookup::Groups { starts, .. } => {
            let start = read(CODE.starts, starts, &quote!(at));
            let end = read(CODE.starts, starts, &quote!(at + 1));
            quote! {
                rt::all_with_code! {
                    impl #name: [] fn(code: &str),
                    at = #position(code) => #variants[#start as usize..#end as usize]
                }
            }
        }
    };
    quote! {
        rt::code! { impl #name(self): &'static str => #text(*self as usize) }
        #tables
        #decode
    }
}

/// The tables of a lookup of strings, and its function: from a string to its variant, or, where a
/// string has several, to the position of its key. `own` are the strings of the variants.
fn text_tables(names: &Lookup, lookup: &TextLookup, own: &Pool, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let all = ident(VARIANTS);
    let slots_name = ident(names.slots);
    let variants_name = ident(names.variants);
    let find = ident(names.find);
    match lookup {
        TextLookup::Variants { probe, slots } => {
            let table = variant_table(names.slots, slots, set);
            let pilots = pilots(names, &probe.probe);
            let mix = mix_text(probe);
            let slot = slot(names, &probe.probe);
            let is_same = compare_text(names.text, own, &quote!(found as usize));
            quote! {
                #table
                #pilots
                #[inline]
                fn #find(text: &str) -> rt::Option<#name> {
                    #mix
                    let found = #slots_name[#slot];
                    rt::some_if(#is_same, found)
                }
            }
        }
        TextLookup::Positions { probe, slots } => {
            let table = number_table(names.slots, slots);
            let pilots = pilots(names, &probe.probe);
            let mix = mix_text(probe);
            let position = read(names.slots, slots, &slot(names, &probe.probe));
            let is_same = compare_text(names.text, own, &quote!(at));
            quote! {
                #table
                #pilots
                #[inline]
                fn #find(text: &str) -> rt::Option<#name> {
                    #mix
                    let at = #position as usize;
                    rt::some_if(#is_same, #all[at])
                }
            }
        }
        TextLookup::Keys {
            probe,
            slots,
            keys,
            variants,
        } => {
            let key_pool = pool(names.key, keys);
            let variant_table = variant_table(names.variants, variants, set);
            let table = number_table(names.slots, slots);
            let pilots = pilots(names, &probe.probe);
            let mix = mix_text(probe);
            let position = read(names.slots, slots, &slot(names, &probe.probe));
            let is_same = compare_text(names.key, keys, &quote!(at));
            quote! {
                #key_pool
                #variant_table
                #table
                #pilots
                #[inline]
                fn #find(text: &str) -> rt::Option<#name> {
                    #mix
                    let at = #position as usize;
                    rt::some_if(#is_same, #variants_name[at])
                }
            }
        }
        TextLookup::Groups {
            probe,
            slots,
            keys,
            starts,
            variants,
        } => {
            let position = text_position(names, probe, slots, keys);
            let start_table = number_table(names.starts, starts);
            let variant_table = variant_table(names.variants, variants, set);
            quote! {
                #start_table
                #variant_table
                #position
            }
        }
    }
}

/// The table of keys, and the function from a string to the position of the key that it is.
fn text_position(names: &Lookup, probe: &TextProbe, slots: &Numbers, keys: &Pool) -> TokenStream {
    let function = ident(names.position);
    let key_pool = pool(names.key, keys);
    let table = number_table(names.slots, slots);
    let pilots = pilots(names, &probe.probe);
    let mix = mix_text(probe);
    let position = read(names.slots, slots, &slot(names, &probe.probe));
    let is_same = compare_text(names.key, keys, &quote!(at));
    quote! {
        #key_pool
        #table
        #pilots
        #[inline]
        fn #function(text: &str) -> rt::Option<usize> {
            #mix
            let at = #position as usize;
            rt::some_if(#is_same, at)
        }
    }
}

/// The lookup of symbols.
fn symbols(lookup: &SymbolLookup, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let key = ident(SYMBOL.key);
    let position = ident(SYMBOL.position);
    let variants_name = ident(SYMBOL.variants);
    let template = ident(SYMBOL_TEMPLATE);
    match lookup {
        SymbolLookup::Plain(lookup) => {
            let own = set.symbol.as_ref().unwrap_or(&set.names);
            let tables = text_tables(&SYMBOL, lookup, own, set);
            let methods = plain_symbols(lookup, set);
            quote!(#tables #methods)
        }
        SymbolLookup::Cut {
            probe,
            slots,
            keys,
            variants,
            templates,
            separator,
            tails,
        } => {
            let tables = text_position(&SYMBOL, probe, slots, keys);
            let template_pool = pool(SYMBOL_TEMPLATE, templates);
            let variant_table = variant_table(SYMBOL.variants, variants, set);
            let tails = tails.iter().map(|&tail| count(tail.into()));
            quote! {
                #tables
                #template_pool
                #variant_table
                rt::templates! {
                    impl #name,
                    find: |symbol, accept| rt::find_cut(
                        symbol,
                        #separator,
                        #position,
                        #key,
                        &[#(#tails),*],
                        |key| accept(&#variants_name[key]),
                    ),
                    shared: [],
                }
            }
        }
        SymbolLookup::Templates {
            probe,
            slots,
            keys,
            starts,
            variants,
            templates,
            separators,
            tails,
            shared,
        } => {
            let tables = text_position(&SYMBOL, probe, slots, keys);
            let template_pool = pool(SYMBOL_TEMPLATE, templates);
            let start_table = number_table(SYMBOL.starts, starts);
            let variant_table = variant_table(SYMBOL.variants, variants, set);
            let start = read(SYMBOL.starts, starts, &quote!(key));
            let end = read(SYMBOL.starts, starts, &quote!(key + 1));
            let tails = tails.iter().map(|&tail| count(tail.into()));
            quote! {
                #tables
                #template_pool
                #start_table
                #variant_table
                rt::templates! {
                    impl #name,
                    find: |symbol, accept| rt::find(
                        symbol,
                        #position,
                        #key,
                        &[#(#separators),*],
                        &[#(#tails),*],
                        |key, is_whole| rt::first(#start as usize..#end as usize, |target| {
                            accept(&#variants_name[*target])
                                && rt::fits(#template(*target), symbol, is_whole)
                        }),
                    ),
                    shared: [#(#shared),*],
                }
            }
        }
    }
}

/// What is looked up by symbol where no symbol has parameters.
fn plain_symbols(lookup: &TextLookup, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let find = ident(SYMBOL.find);
    let position = ident(SYMBOL.position);
    let variants = ident(SYMBOL.variants);
    match lookup {
        TextLookup::Variants { .. } | TextLookup::Positions { .. } | TextLookup::Keys { .. } => {
            quote! {
                rt::symbols! {
                    impl #name,
                    from_symbol: |symbol| #find(symbol),
                    first: |symbol, accept| rt::Option::filter(#find(symbol), accept),
                }
            }
        }
        TextLookup::Groups { starts, .. } => {
            let start = read(SYMBOL.starts, starts, &quote!(at));
            let end = read(SYMBOL.starts, starts, &quote!(at + 1));
            let range = quote!(#start as usize..#end as usize);
            quote! {
                rt::symbols! {
                    impl #name,
                    from_symbol: |symbol| rt::only(rt::group(&#variants, #position(symbol), |at| #range)),
                    first: |symbol, accept| rt::first_accepted(
                        rt::group(&#variants, #position(symbol), |at| #range),
                        accept,
                    ),
                }
            }
        }
    }
}

/// `parse()` and `from_code_and_symbol()`.
fn parse(set: &Set) -> TokenStream {
    let name = ident(&set.name);
    match set.decode {
        Decode::Number | Decode::Text | Decode::NumberOrSymbol | Decode::TextOrSymbol => {
            TokenStream::new()
        }
        Decode::NumberOrTemplate | Decode::TextOrTemplate => quote!(rt::parse! { impl #name }),
        Decode::NumberAndSymbol => {
            let ty = code_type(&set.codes);
            quote!(rt::parse_with_code! { impl #name: #ty })
        }
        Decode::TextAndSymbol => quote!(rt::parse_with_code! { impl #name: &str }),
    }
}
