//! `include_spec! { … }`: the spec that it names, and the expansion around what the generator makes of it.

use std::path::PathBuf;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::file::{locate, read};
use crate::input::Input;

/// `include_spec! { … }` with the text of its spec.
///
/// ```
/// use errbook_syntax::Include;
///
/// let input = "\"no such file.toml\", locales = [en]".parse().unwrap();
/// let error = Include::read(input, None).unwrap_err().to_string();
/// assert!(error.contains("no such file.toml cannot be read"));
/// ```
#[derive(Debug)]
pub struct Include {
    /// The spec.
    pub source: Source,
    /// Where the crate `errbook` is, if that was said.
    pub errbook: Option<TokenStream>,
    /// The type that `kind()` returns, if one was named.
    pub kinds: Option<TokenStream>,
    /// The tags of the languages to take, if they were named, each with the attributes before it.
    pub locales: Option<Vec<(String, TokenStream)>>,
    /// Where the spec is named.
    span: Span,
    tracked: TokenStream,
}

impl Include {
    /// Reads what stands in the brackets, and the spec. `file` is the source file that holds it.
    ///
    /// # Errors
    ///
    /// Tokens by which the compiler says what is wrong, and where: with the input, or with the file that it names.
    pub fn read(input: TokenStream, file: Option<PathBuf>) -> Result<Self, TokenStream> {
        let input = syn::parse2::<Input>(input).map_err(syn::Error::into_compile_error)?;
        let span = input.path.span();
        let located = locate(&input.path, file).map_err(|message| error(span, &message))?;
        let text = read(&located.path).map_err(|message| error(span, &message))?;
        let locales = input.locales.as_ref();
        Ok(Self {
            source: Source::new(&input.path.value(), &text),
            errbook: input.errbook,
            kinds: input.kinds,
            locales: locales.map(|all| {
                all.iter()
                    .map(|locale| (locale.tag(), locale.attributes()))
                    .collect()
            }),
            span,
            tracked: located.tracked,
        })
    }

    /// The expansion: what the generator made of the spec, and for the compiler to say, what is wrong with it.
    ///
    /// An error names the spec's own line. What can be compiled of a spec is there all the same, so that one mistake does
    /// not make an error of every use.
    #[must_use]
    pub fn expansion(&self, tokens: &TokenStream, problems: Option<&Problems>) -> TokenStream {
        let tracked = &self.tracked;
        let problems = problems.into_iter().flat_map(Problems::iter);
        let errors = problems.map(|problem| error(self.span, &problem.to_string()));
        quote! {
            const _: &[u8] = include_bytes!(#tracked);
            #(#errors)*
            #tokens
        }
    }
}

fn error(span: Span, message: &str) -> TokenStream {
    syn::Error::new(span, message).into_compile_error()
}
