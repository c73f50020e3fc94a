//! From a code or a symbol to a variant: the tables, and the functions that read them.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::table::{
    compare_text, count, emit_read, ident, number, number_table, pool, spread, variant_table,
};
use crate::layout::mix;
use crate::names::{CODE, CODE_KEYS, CODES, Lookup, SYMBOL, SYMBOL_TEMPLATE, VARIANTS};
use crate::tables::{
    Bucket, Codes, Decode, Level, NumberLookup, NumberType, Numbers, Pool, Probe, Set,
    SymbolLookup, TextKeys, TextLookup, TextProbe,
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
        Codes::Numbers { ty, codes, lookup } => numbers(*ty, codes, lookup, set),
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
            let ty = ident(ty.name());
            quote!(#ty)
        }
        Codes::Texts { .. } | Codes::Flags { .. } => quote!(&'static str),
    }
}

/// How a key finds its slot in the generated code.
struct Slots {
    /// The tables of slots and pilots.
    tables: TokenStream,
    /// `let mixed = …;`
    mix: TokenStream,
    /// What the slot of the key contains.
    held: TokenStream,
}

/// Slots that contain numbers.
fn number_slots(names: &Lookup, probe: &Probe, mix: TokenStream, slots: &Numbers) -> Slots {
    let table = number_table(names.slots, slots);
    let pilots = pilots(names, &probe.level);
    Slots {
        tables: quote!(#table #pilots),
        mix,
        held: emit_read(names.slots, slots, &slot(names, probe)),
    }
}

/// Slots that contain variants.
fn variant_slots(
    names: &Lookup,
    probe: &Probe,
    mix: TokenStream,
    slots: &Numbers,
    set: &Set,
) -> Slots {
    let table = variant_table(names.slots, slots, set);
    let pilots = pilots(names, &probe.level);
    let name = ident(names.slots);
    let slot = slot(names, probe);
    Slots {
        tables: quote!(#table #pilots),
        mix,
        held: quote!(#name[#slot]),
    }
}

/// The slot of the key that was multiplied to `mixed`.
fn slot(names: &Lookup, probe: &Probe) -> TokenStream {
    let shift = Literal::u32_unsuffixed(probe.shift);
    match &probe.level {
        Level::One => quote!((mixed >> #shift) as usize),
        Level::Two(pilots) => {
            let bucket = bucket(&pilots.bucket);
            let mask = count(pilots.mask);
            let bucket = quote!((#bucket) as usize & #mask);
            let pilot = emit_read(names.pilots, &pilots.values, &bucket);
            quote!((mixed >> #shift) as usize ^ #pilot as usize)
        }
    }
}

/// The bits of `mixed` that choose the bucket, and others above them.
fn bucket(bucket: &Bucket) -> TokenStream {
    match bucket {
        Bucket::Plain { shift } => {
            let shift = Literal::u32_unsuffixed(*shift);
            quote!(mixed >> #shift)
        }
        Bucket::Folded { shift, fold } => {
            let shift = Literal::u32_unsuffixed(*shift);
            let fold = Literal::u32_unsuffixed(*fold);
            quote!(mixed >> #shift ^ mixed >> #fold)
        }
    }
}

/// The table of pilots.
fn pilots(names: &Lookup, level: &Level) -> TokenStream {
    match level {
        Level::One => TokenStream::new(),
        Level::Two(pilots) => number_table(names.pilots, &pilots.values),
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
fn numbers(ty: NumberType, codes: &Numbers, lookup: &NumberLookup, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let ty = ident(ty.name());
    let variants_name = ident(CODE.variants);
    let all = ident(VARIANTS);
    let own = emit_read(CODES, codes, &quote!(*self as usize));
    let found_code = emit_read(CODES, codes, &quote!(found as usize));
    let slots_of = |probe, slots| number_slots(&CODE, probe, mix_number(probe), slots);
    let from_code = |Slots { tables, mix, .. }, others, body| {
        quote! {
            #tables
            #others
            rt::from_code! { impl #name: [const] fn(code: #ty) { #mix #body } }
        }
    };
    let all_with_code = |Slots { tables, mix, held }, others, key, variants, starts: &Numbers| {
        let position_name = ident(CODE.position);
        let start = emit_read(CODE.starts, starts, &quote!(at));
        let end = emit_read(CODE.starts, starts, &quote!(at + 1));
        quote! {
            #tables
            #others
            #[inline]
            const fn #position_name(code: #ty) -> rt::Option<usize> {
                #mix
                let position = #held as usize;
                rt::some_if(#key == code, position)
            }
            rt::all_with_code! {
                impl #name: [const] fn(code: #ty),
                at = #position_name(code) => #variants[#start as usize..#end as usize]
            }
        }
    };
    let code = quote!(rt::code! { impl #name(self): #ty => #own });
    let lookup = match lookup {
        NumberLookup::Dense { min, len, slots } => {
            let slots_name = ident(CODE.slots);
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
            let slots = variant_slots(&CODE, probe, mix_number(probe), slots, set);
            let variant = &slots.held;
            let body = quote! {
                let found = #variant;
                rt::some_if(#found_code == code, found)
            };
            from_code(slots, TokenStream::new(), body)
        }
        NumberLookup::Positions { probe, slots } => {
            let slots = slots_of(probe, slots);
            let position = &slots.held;
            // By way of the variant, which is read whether or not it is the one, so that nothing
            // branches.
            let body = quote! {
                let found = #all[#position as usize];
                rt::some_if(#found_code == code, found)
            };
            from_code(slots, TokenStream::new(), body)
        }
        NumberLookup::Quotients {
            probe,
            slots,
            bits,
            len,
        } => {
            let slots = slots_of(probe, slots);
            let quotient = &slots.held;
            let bits = Literal::u32_unsuffixed(*bits);
            let len = count(*len);
            // Without the rest of the key, a slot is a variant's position, or a number beyond
            // them all. A variant is read in either case and then compared, so that nothing
            // branches.
            let body = quote! {
                let found = #quotient ^ mixed << #bits;
                let variant = #all[if found < #len { found as usize } else { 0 }];
                rt::some_if(variant as u32 == found, variant)
            };
            from_code(slots, TokenStream::new(), body)
        }
        NumberLookup::Keys {
            probe,
            slots,
            keys,
            variants,
        } => {
            let key_table = number_table(CODE_KEYS, keys);
            let variant_table = variant_table(CODE.variants, variants, set);
            let slots = slots_of(probe, slots);
            let position = &slots.held;
            let key = emit_read(CODE_KEYS, keys, &quote!(at));
            let body = quote! {
                let at = #position as usize;
                rt::some_if(#key == code, #variants_name[at])
            };
            from_code(slots, quote!(#key_table #variant_table), body)
        }
        NumberLookup::Runs {
            probe,
            slots,
            starts,
        } => {
            let start_table = number_table(CODE.starts, starts);
            let first = emit_read(CODE.starts, starts, &quote!(position));
            let key = emit_read(CODES, codes, &quote!(#first as usize));
            all_with_code(slots_of(probe, slots), start_table, key, all, starts)
        }
        NumberLookup::Groups {
            probe,
            slots,
            keys,
            starts,
            variants,
        } => {
            let key_table = number_table(CODE_KEYS, keys);
            let start_table = number_table(CODE.starts, starts);
            let variant_table = variant_table(CODE.variants, variants, set);
            let others = quote!(#key_table #start_table #variant_table);
            let key = emit_read(CODE_KEYS, keys, &quote!(position));
            all_with_code(slots_of(probe, slots), others, key, variants_name, starts)
        }
    };
    quote!(#code #lookup)
}

/// The lookup of codes that are strings.
fn texts(codes: &Pool, lookup: &TextLookup, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let text = ident(CODE.text);
    let tables = text_tables(&CODE, lookup, codes, set);
    let decode = match found_by(&CODE, lookup, &quote!(code)) {
        Found::Variant(variant) => {
            quote!(rt::from_code! { impl #name: [] fn(code: &str) { #variant } })
        }
        Found::Group {
            position,
            variants,
            range,
        } => quote! {
            rt::all_with_code! {
                impl #name: [] fn(code: &str),
                at = #position => #variants[#range]
            }
        },
    };
    quote! {
        rt::code! { impl #name(self): &'static str => #text(*self as usize) }
        #tables
        #decode
    }
}

/// What the function of a lookup of strings returns.
enum Found {
    /// A variant, from this call.
    Variant(TokenStream),
    /// The position `at` of a key, from this call, and where its variants are.
    Group {
        position: TokenStream,
        variants: Ident,
        range: TokenStream,
    },
}

/// Calls the function of a lookup of strings.
fn found_by(names: &Lookup, lookup: &TextLookup, text: &TokenStream) -> Found {
    match lookup {
        TextLookup::Variants { .. } | TextLookup::Positions { .. } | TextLookup::Keys { .. } => {
            let find = ident(names.find);
            Found::Variant(quote!(#find(#text)))
        }
        TextLookup::Groups { starts, .. } => {
            let position = ident(names.position);
            let start = emit_read(names.starts, starts, &quote!(at));
            let end = emit_read(names.starts, starts, &quote!(at + 1));
            Found::Group {
                position: quote!(#position(#text)),
                variants: ident(names.variants),
                range: quote!(#start as usize..#end as usize),
            }
        }
    }
}

/// The tables of a lookup of strings, and its function: from a string to its variant, or, where a
/// string has several, to the position of its key. `own` are the strings of the variants.
fn text_tables(names: &Lookup, lookup: &TextLookup, own: &Pool, set: &Set) -> TokenStream {
    let name = ident(&set.name);
    let find = ident(names.find);
    match lookup {
        TextLookup::Variants { probe, slots } => {
            let slots = variant_slots(names, &probe.probe, mix_text(probe), slots, set);
            let variant = &slots.held;
            let is_same = compare_text(names.text, own, &quote!(found as usize));
            let body = quote! {
                let found = #variant;
                rt::some_if(#is_same, found)
            };
            text_function(&find, &quote!(#name), &slots, &body)
        }
        TextLookup::Positions { probe, slots } => {
            let all = ident(VARIANTS);
            let slots = number_slots(names, &probe.probe, mix_text(probe), slots);
            let position = &slots.held;
            let is_same = compare_text(names.text, own, &quote!(at));
            let body = quote! {
                let at = #position as usize;
                rt::some_if(#is_same, #all[at])
            };
            text_function(&find, &quote!(#name), &slots, &body)
        }
        TextLookup::Keys { keys, variants } => {
            let variants_name = ident(names.variants);
            let key_pool = pool(names.key, &keys.keys);
            let variant_table = variant_table(names.variants, variants, set);
            let variant = quote!(#variants_name[at]);
            let function = key_function(names, keys, &find, &quote!(#name), &variant);
            quote!(#key_pool #variant_table #function)
        }
        TextLookup::Groups {
            keys,
            starts,
            variants,
        } => {
            let position = text_position(names, keys);
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
fn text_position(names: &Lookup, keys: &TextKeys) -> TokenStream {
    let key_pool = pool(names.key, &keys.keys);
    let position = ident(names.position);
    let function = key_function(names, keys, &position, &quote!(usize), &quote!(at));
    quote!(#key_pool #function)
}

/// The tables of slots, and a function from a string to the value of its key, whose position is
/// `at`.
fn key_function(
    names: &Lookup,
    keys: &TextKeys,
    function: &Ident,
    ty: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let probe = &keys.probe;
    let slots = number_slots(names, &probe.probe, mix_text(probe), &keys.slots);
    let position = &slots.held;
    let is_same = compare_text(names.key, &keys.keys, &quote!(at));
    let body = quote! {
        let at = #position as usize;
        rt::some_if(#is_same, #value)
    };
    text_function(function, ty, &slots, &body)
}

/// The tables of slots, and a function that looks `text` up.
fn text_function(
    function: &Ident,
    ty: &TokenStream,
    slots: &Slots,
    body: &TokenStream,
) -> TokenStream {
    let Slots { tables, mix, .. } = slots;
    quote! {
        #tables
        #[inline]
        fn #function(text: &str) -> rt::Option<#ty> { #mix #body }
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
            keys,
            variants,
            templates,
            separator,
            whole_first,
            tails,
        } => {
            let tables = text_position(&SYMBOL, keys);
            let template_pool = pool(SYMBOL_TEMPLATE, templates);
            let variant_table = variant_table(SYMBOL.variants, variants, set);
            let tails = tails.iter().map(|&tail| count(tail.into()));
            quote! {
                #tables
                #template_pool
                #variant_table
                rt::templates! {
                    impl #name,
                    find: |symbol, accept| rt::find_cut::<#whole_first>(
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
            keys,
            starts,
            variants,
            templates,
            separators,
            tails,
            shared,
        } => {
            let tables = text_position(&SYMBOL, keys);
            let template_pool = pool(SYMBOL_TEMPLATE, templates);
            let start_table = number_table(SYMBOL.starts, starts);
            let variant_table = variant_table(SYMBOL.variants, variants, set);
            let start = emit_read(SYMBOL.starts, starts, &quote!(key));
            let end = emit_read(SYMBOL.starts, starts, &quote!(key + 1));
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
    match found_by(&SYMBOL, lookup, &quote!(symbol)) {
        Found::Variant(variant) => quote! {
            rt::symbols! {
                impl #name,
                from_symbol: |symbol| #variant,
                first: |symbol, accept| rt::Option::filter(#variant, accept),
            }
        },
        Found::Group {
            position,
            variants,
            range,
        } => quote! {
            rt::symbols! {
                impl #name,
                from_symbol: |symbol| rt::only(rt::group(&#variants, #position, |at| #range)),
                first: |symbol, accept| rt::first_accepted(
                    rt::group(&#variants, #position, |at| #range),
                    accept,
                ),
            }
        },
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
