//! `include_spec! { … }` from its tokens to the tokens that it becomes.

use std::path::PathBuf;

use errbook_codegen::place::Source;
use errbook_codegen::problem::Problems;
use errbook_codegen::{Options, expand_what_is_right};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::LitStr;

use crate::file::{locate, read};
use crate::input::Input;

/// Expands `include_spec! { … }`. `file` is the source file that holds it.
///
/// What is wrong with the spec becomes a compile error that names the spec's own line; what can be compiled of it is,
/// so that one mistake does not make an error of every use.
#[must_use]
pub fn include_spec(input: TokenStream, file: Option<PathBuf>) -> TokenStream {
    match syn::parse2::<Input>(input) {
        Ok(input) => expand_input(&input, file),
        Err(error) => error.into_compile_error(),
    }
}

fn expand_input(input: &Input, file: Option<PathBuf>) -> TokenStream {
    let located = match locate(&input.path, file) {
        Ok(located) => located,
        Err(message) => return error(&input.path, &message),
    };
    let text = match read(&located.path) {
        Ok(text) => text,
        Err(message) => return error(&input.path, &message),
    };
    let tracked = located.tracked;
    let (tokens, problems) = expand_what_is_right(&Source::new(&input.path.value(), &text), &options(input));
    let errors = problems.iter().flat_map(Problems::iter).map(|problem| error(&input.path, &problem.to_string()));
    quote! {
        const _: &[u8] = include_bytes!(#tracked);
        #(#errors)*
        #tokens
    }
}

fn error(path: &LitStr, message: &str) -> TokenStream {
    syn::Error::new(path.span(), message).into_compile_error()
}

fn options(input: &Input) -> Options {
    let locales = input.locales.as_ref();
    Options {
        errbook: input.errbook.as_ref().map(ToTokens::to_token_stream),
        kinds: input.kinds.as_ref().map(ToTokens::to_token_stream),
        locales: locales.map(|all| all.iter().map(|locale| (locale.tag(), locale.attributes())).collect()),
    }
}
