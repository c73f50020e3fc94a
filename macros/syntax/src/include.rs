//! Reads the input of `include_spec! { … }` and the spec that it names, and wraps the generated
//! code.

use std::path::PathBuf;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::LitBool;

use crate::file::{locate, read_spec};
use crate::input::{Input, Locale};

/// The parsed input of `include_spec! { … }`, with the text of the spec.
///
/// ```
/// use errbook_syntax::Include;
///
/// let input = "\"no such file.toml\", locales = [en]".parse().unwrap();
/// let error = Include::read(input, None).unwrap_err().to_string();
/// assert!(error.contains("no such file.toml"));
/// ```
#[derive(Debug)]
pub struct Include {
    /// The spec.
    pub source: Source,
    /// The path of the crate `errbook`, from `crate = …`.
    pub errbook: Option<TokenStream>,
    /// The type that `kind()` returns, from `kinds = …`.
    pub kinds: Option<TokenStream>,
    /// The tags of the languages to include, from `locales = …`, each with the attributes before
    /// it.
    pub locales: Option<Vec<(String, TokenStream)>>,
    /// The tags of the languages of last resort, from `default = …`, each with its attributes.
    pub default: Vec<(String, TokenStream)>,
    /// The attributes of each enum, from `derive = …` and `attributes(…)`.
    pub on_enum: TokenStream,
    /// The visibility of each enum, from `vis = …`.
    pub visibility: Option<TokenStream>,
    /// Whether the enums are exhaustive, from `exhaustive = …`.
    pub exhaustive: bool,
    /// The span of the spec's path, to which errors of the spec point.
    span: Span,
    tracked: TokenStream,
    /// What is wrong with the options, as `compile_error!` tokens.
    errors: TokenStream,
}

impl Include {
    /// Parses the input of the macro, and reads the spec. `file` is the source file of the
    /// invocation.
    ///
    /// # Errors
    ///
    /// Returns `compile_error!` tokens if the spec cannot be read. Errors of the options are part of
    /// the [expansion](Self::expansion).
    pub fn read(input: TokenStream, file: Option<PathBuf>) -> Result<Self, TokenStream> {
        let input = syn::parse2::<Input>(input).map_err(syn::Error::into_compile_error)?;
        let span = input.path.span();
        let located = locate(&input.path, file).map_err(|message| error(span, &message))?;
        let text = read_spec(&located.path).map_err(|message| error(span, &message))?;
        let tagged = |locales: &Vec<Locale>| -> Vec<(String, TokenStream)> {
            let each = locales.iter();
            each.map(|locale| (locale.tag(), locale.attributes()))
                .collect()
        };
        Ok(Self {
            locales: input.locales.as_ref().map(tagged),
            default: input.default.as_ref().map(tagged).unwrap_or_default(),
            on_enum: input.on_enum(),
            visibility: input.visibility.as_ref().map(ToTokens::to_token_stream),
            exhaustive: input.exhaustive.as_ref().is_some_and(LitBool::value),
            source: Source::new(&input.path.value(), &text),
            errbook: input.errbook.map(ToTokens::into_token_stream),
            kinds: input.kinds.map(ToTokens::into_token_stream),
            span,
            tracked: located.tracked,
            errors: input
                .errors
                .map(syn::Error::into_compile_error)
                .unwrap_or_default(),
        })
    }

    /// The expansion: the generated code, and a compile error for each problem of the spec.
    ///
    /// Each error contains the line and column in the spec. The valid parts of an invalid spec are
    /// still generated, so that one mistake does not cause an error at every use.
    #[must_use]
    pub fn expansion(&self, tokens: &TokenStream, problems: Option<&Problems>) -> TokenStream {
        let tracked = &self.tracked;
        let of_options = &self.errors;
        let problems = problems.into_iter().flat_map(Problems::iter);
        let errors = problems.map(|problem| error(self.span, &problem.to_string()));
        quote! {
            const _: &[::core::primitive::u8] = ::core::include_bytes!(#tracked);
            #of_options
            #(#errors)*
            #tokens
        }
    }
}

fn error(span: Span, message: &str) -> TokenStream {
    syn::Error::new(span, message).into_compile_error()
}
