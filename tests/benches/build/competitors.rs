//! Writes a Rust module for each set of keys, with errbook's enum and every competitor's table.

use std::fmt::Write;

use frozen_collections_core::emit::{CollectionEmitter, CollectionEntry};
use syn::parse_quote;

/// A set whose keys are numbers.
pub(crate) struct Numbers {
    pub(crate) name: String,
    pub(crate) keys: Vec<i32>,
    ours: String,
}

/// With more keys, compiling a `match` takes minutes.
pub(crate) const MOST_IN_A_MATCH: usize = 1_000;

impl Numbers {
    /// `ours` is Rust code that brings the enum `Ours` into scope.
    pub(crate) fn new(name: &str, keys: Vec<i32>, ours: String) -> Self {
        Self {
            name: name.to_owned(),
            keys,
            ours,
        }
    }

    /// The module. A value is the key's position counted from 1, because 0 means that there is no
    /// value.
    pub(crate) fn module(&self) -> String {
        let Self { name, keys, ours } = self;
        let count = keys.len();
        let phf = phf(keys);
        let chd = chd(keys);
        let frozen = frozen_numbers(keys);
        let matched = if count <= MOST_IN_A_MATCH {
            by_match(keys)
        } else {
            String::new()
        };
        format!(
            "pub mod {name} {{
                #![allow(warnings, clippy::all)]
                {ours}
                pub const NAME: &str = \"{name}\";
                pub static KEYS: [i32; {count}] = {keys:?};
                pub static PHF: phf::Map<i32, u16> = {phf};
                pub static CHD: phf_chd::Map<i32, u16> = {chd};
                {frozen}
                {matched}
            }}"
        )
    }
}

fn phf(keys: &[i32]) -> String {
    let mut map = phf_codegen::Map::new();
    for (value, key) in (1..).zip(keys) {
        map.entry(*key, value.to_string());
    }
    map.build().to_string()
}

fn chd(keys: &[i32]) -> String {
    let mut map = phf_chd_codegen::Map::new();
    map.phf_path("::phf_chd");
    for (value, key) in (1..).zip(keys) {
        map.entry(*key, value.to_string());
    }
    map.build().to_string()
}

fn frozen_numbers(keys: &[i32]) -> String {
    let entries = (1_u16..).zip(keys).map(|(value, key)| {
        CollectionEntry::map_entry(*key, parse_quote!(#key), parse_quote!(#value))
    });
    emitter(parse_quote!(i32))
        .emit_scalar_collection(entries.collect())
        .expect("the emitter is configured")
        .to_string()
}

fn emitter(key: syn::Type) -> CollectionEmitter {
    CollectionEmitter::new(&key)
        .value_type(&parse_quote!(u16))
        .symbol_name("FROZEN")
        .alias_name("Frozen")
        .const_keys(true)
        .const_values(true)
        .visibility(parse_quote!(pub))
        .static_instance(true)
}

/// A handwritten `match`, and an enum with the derive of `num_enum`.
fn by_match(keys: &[i32]) -> String {
    let mut arms = String::new();
    let mut variants = String::new();
    for (value, key) in (1..).zip(keys) {
        write!(arms, "{key} => {value},").unwrap();
        write!(variants, "V{value} = {key},").unwrap();
    }
    format!(
        "#[inline] pub fn by_match(code: i32) -> u16 {{ match code {{ {arms} _ => 0 }} }}
        #[derive(Clone, Copy, PartialEq, Eq, num_enum::TryFromPrimitive)]
        #[repr(i32)]
        pub enum NumEnum {{ {variants} }}"
    )
}

/// A set whose keys are strings.
pub(crate) struct Texts {
    pub(crate) name: String,
    pub(crate) keys: Vec<String>,
}

impl Texts {
    pub(crate) fn new(name: &str, keys: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            keys,
        }
    }

    pub(crate) fn module(&self) -> String {
        let Self { name, keys } = self;
        let count = keys.len();
        let ours = crate::expanded(
            (0..)
                .zip(keys)
                .map(|(code, key): (i32, _)| (code.to_string(), Some(key.as_str()))),
        );
        let mut phf = phf_codegen::Map::new();
        let mut chd = phf_chd_codegen::Map::new();
        chd.phf_path("::phf_chd");
        for (value, key) in (1..).zip(keys) {
            phf.entry(key.as_str(), value.to_string());
            chd.entry(key.as_str(), value.to_string());
        }
        let phf = phf.build();
        let chd = chd.build();
        let frozen = frozen_texts(keys);
        let strum = if count <= MOST_IN_A_MATCH {
            strum(keys)
        } else {
            String::new()
        };
        format!(
            "pub mod {name} {{
                #![allow(warnings, clippy::all)]
                {ours}
                pub const NAME: &str = \"{name}\";
                pub static KEYS: [&str; {count}] = {keys:?};
                pub static PHF: phf::Map<&'static str, u16> = {phf};
                pub static CHD: phf_chd::Map<&'static str, u16> = {chd};
                {frozen}
                {strum}
            }}"
        )
    }
}

fn frozen_texts(keys: &[String]) -> String {
    let entries = (1_u16..).zip(keys).map(|(value, key)| {
        CollectionEntry::map_entry(key.clone(), parse_quote!(#key), parse_quote!(#value))
    });
    let emitter = emitter(parse_quote!(&'static str));
    emitter
        .emit_string_collection(entries.collect())
        .expect("the emitter is configured")
        .to_string()
}

fn strum(keys: &[String]) -> String {
    let mut arms = String::new();
    let mut variants = String::new();
    for (value, key) in (1..).zip(keys) {
        write!(arms, "{key:?} => {value},").unwrap();
        write!(variants, "#[strum(serialize = {key:?})] V{value},").unwrap();
    }
    format!(
        "#[inline] pub fn by_match(name: &str) -> u16 {{ match name {{ {arms} _ => 0 }} }}
        #[derive(Clone, Copy, PartialEq, Eq, strum::EnumString)] pub enum Strum {{ {variants} }}"
    )
}
