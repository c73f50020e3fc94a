//! Expands `#[derive(ErrorCode)]`: an error type whose codes come from a spec or from attributes.
//!
//! Each step has its own file: [`facts`] lists the facts that attributes can set;
//! [`item`] reads the type and [`options`] its attributes; [`from_spec`] or [`inline`] resolves the code of each variant; [`params`] assigns fields to
//! parameters; [`emit`] writes the implementations. Errors are collected along the way, and a
//! placeholder takes the place of what is invalid, so that one mistake causes one error.

mod bounds;
mod doc_comment;
mod emit;
mod errors;
mod facts;
mod from_spec;
mod inline;
mod item;
mod options;
mod params;
mod resolved;
#[cfg(feature = "rust-files")]
mod rust_file;
mod types;

#[cfg(feature = "rust-files")]
pub use self::options::attribute_keys;
#[cfg(feature = "rust-files")]
pub use self::rust_file::derived_specs;

use std::path::PathBuf;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{DeriveInput, LitStr};

use self::errors::Errors;
use self::item::Item;

/// Expands `#[derive(ErrorCode)]`. `file` is the source file of the item.
///
/// Mistakes in the item are part of the result, as `compile_error!` tokens.
#[must_use]
pub fn derive_error_code(input: TokenStream, file: Option<PathBuf>) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let tokens = Item::new(&input, &mut errors).map(|item| expand(&item, file, &mut errors));
    let errors = errors.into_tokens();
    quote! { #tokens #errors }
}

fn expand(item: &Item<'_>, file: Option<PathBuf>, errors: &mut Errors) -> TokenStream {
    let resolved = match &item.options.spec {
        Some(path) => {
            let from_spec = [
                ("vendor", &item.options.vendor),
                ("locale", &item.options.locale),
                ("severity", &item.options.severity),
            ];
            let message = &item.options.message_is_doc;
            let from_spec = from_spec.map(|(key, value)| (key, value.as_ref().map(LitStr::span)));
            let reserved = item.options.reserved.iter().flatten().next();
            let all = from_spec.into_iter().chain([
                ("message", message.as_ref().map(Ident::span)),
                ("reserved", reserved.map(|first| first.span)),
            ]);
            for (key, span) in all {
                if let Some(span) = span {
                    errors.at(span, format!("`{key}` is set in the spec: remove it here"));
                }
            }
            from_spec::resolve_item(item, path, file, errors)
        }
        None => {
            if let Some(exhaustive) = &item.options.exhaustive {
                errors.on(
                    exhaustive,
                    "`exhaustive` requires a spec: `spec = \"errors.toml\"`",
                );
            }
            inline::resolve_item(
                item,
                &vendor_of_package(&std::env::var("CARGO_PKG_NAME").unwrap_or_default()),
                errors,
            )
        }
    };
    emit::emit(item, &resolved)
}

/// The vendor of a type that does not name one: the name of its crate, as a vendor is written.
fn vendor_of_package(package: &str) -> String {
    let package = package.to_lowercase();
    let words: Vec<&str> = package
        .split(['-', '_'])
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        "local".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// syn parses these with its feature `derive` alone, which a test of this package shows as long
    /// as it runs without the rest of the workspace (`cargo test -p errbook-syntax`).
    #[test]
    fn items_of_every_form_are_parsed() {
        let items = [
            "struct Unit;",
            "pub(crate) struct Tuple(pub u8, pub(in crate::a) Vec<(u8, u8)>, pub (crate::A, crate::B));",
            "struct Named { pub(super) r#type: &'static str, b: [u8; { 1 + 2 }], }",
            "enum Empty {}",
            "enum Bare { A, B = 1, C = -3, D = 1 << 4, E = (1 < 2) as isize, F = f::<u8, u16>(3, 4), }",
            "enum Deep { A = g::<Vec<fn() -> u8>, 2>() + 1, B = <u8 as T>::X as isize, C }",
            "enum Blocks { A = { if X { 1 } else { 2 } }, B = [1, 2][0], C = match () { () => 3 } }",
            "enum E { #[from] A(#[from] Io), /// Text.\n B { #[doc = \"x\"] a: u8 } }",
            "struct Lifetimes<'a, 'b: 'a, T: 'a + ?Sized>(&'a T, Box<dyn Fn(&'b u8) -> u8 + 'a>);",
            "struct Defaults<T = Vec<u8>, const N: usize = { 3 }, const M: i8 = -1>(T, [u8; N]);",
            "struct Arrow<F: Fn(u8) -> u8>(F) where F: Send, for<'a> &'a F: Sized;",
            "struct Where<T, const N: usize> where [T; N]: Sized, Wrap<{ N + 1 }>: Copy, { a: T }",
            "struct Types(fn(A, B) -> C, impl_!(a, b), [A; 2], (A, B), !, dyn A<B = C>, *const u8);",
            "struct Attributed<#[a] T: B, #[cfg(x)] const N: usize>(T);",
            "enum 中 { 文(字), r#fn }",
        ];
        for item in items {
            let parsed = syn::parse2::<DeriveInput>(item.parse().unwrap());
            assert!(parsed.is_ok(), "{item}: {}", parsed.err().unwrap());
        }
    }
}
