//! `#[derive(ErrorCode)]`: an error of one's own, its codes taken from a spec or written beside the variants.
//!
//! The steps, each in a file of its own: [`item`] reads the enum and [`options`] its attributes; [`from_spec`] or
//! [`inline`] finds out what each variant stands for; [`params`] which field fills which parameter; [`emit`] writes it
//! down. All that is wrong on the way is gathered, and what is right is written down all the same, so that one mistake
//! gives one error.

mod bounds;
mod emit;
mod errors;
mod from_spec;
mod inline;
mod item;
mod meaning;
mod options;
mod params;
#[cfg(feature = "rust-files")]
mod rust_file;

#[cfg(feature = "rust-files")]
pub use self::rust_file::derived_specs;

use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::quote;

use self::errors::Errors;
use self::item::Item;
use crate::rust;

/// Expands `#[derive(ErrorCode)]`. `file` is the source file that holds it.
#[must_use]
pub fn derive_error_code(input: TokenStream, file: Option<PathBuf>) -> TokenStream {
    let input = match syn::parse2::<rust::Item>(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let tokens = Item::new(&input, &mut errors).map(|item| expand(&item, file, &mut errors));
    let errors = errors.into_tokens();
    quote! { #tokens #errors }
}

fn expand(item: &Item<'_>, file: Option<PathBuf>, errors: &mut Errors) -> TokenStream {
    let book = match &item.options.spec {
        Some(path) => {
            let options = &item.options;
            for inline in [&options.vendor, &options.locale, &options.severity]
                .into_iter()
                .flatten()
            {
                errors.on(inline, "the spec says this: it belongs here only where the codes stand on the variants");
            }
            from_spec::book(item, path, file, errors)
        }
        None => {
            if let Some(exhaustive) = &item.options.exhaustive {
                errors.on(
                    exhaustive,
                    "`exhaustive` needs a spec to be held against: `spec = \"errors.toml\"`",
                );
            }
            inline::book(
                item,
                &vendor(&std::env::var("CARGO_PKG_NAME").unwrap_or_default()),
                errors,
            )
        }
    };
    emit::emit(item, &book)
}

/// Where no vendor is named, it is the crate that the error belongs to.
fn vendor(package: &str) -> String {
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
