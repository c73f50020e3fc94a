//! Reads the input of `include_spec! { … }` and the spec that it names, and wraps the generated
//! code.

use std::path::PathBuf;

use errbook_spec::place::Source;
use errbook_spec::problem::{Problem, Problems};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{LitBool, LitStr};

use crate::export;
use crate::file::{locate, read_spec};
use crate::input::{Input, Locale, SpecInput};

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
    /// The overrides file, from `overrides = …`.
    pub overrides: Option<Source>,
    /// The span of the spec's path, to which errors of the spec point.
    span: Span,
    /// The same for the overrides file.
    overrides_span: Span,
    /// The constants that make cargo track the files.
    tracked: TokenStream,
    /// What is wrong with the options, as `compile_error!` tokens.
    errors: TokenStream,
    /// The macro that compiles the spec in other crates, from `export = …`.
    exported: Option<TokenStream>,
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
        let span = input.spec.name().span();
        let mut tracked = TokenStream::new();
        let source = match &input.spec {
            SpecInput::File(path) => read_file(path, file.clone(), &mut tracked)?,
            SpecInput::Text { name, text } => Source::new(&name.value(), &text.value()),
        };
        let overrides = match &input.overrides {
            // In a macro that `export` made, the invocation is in another file than the path.
            Some(path) => {
                let file = file_of(path.span()).or(file);
                Some(read_file(path, file, &mut tracked)?)
            }
            None => None,
        };
        let exported = export::exported_macro(&input, &source)?;
        let tagged = |locales: &Vec<Locale>| -> Vec<(String, TokenStream)> {
            let each = locales.iter();
            each.map(|locale| (locale.tag.clone(), locale.attributes()))
                .collect()
        };
        Ok(Self {
            locales: input.locales.as_ref().map(tagged),
            default: input.default.as_ref().map(tagged).unwrap_or_default(),
            on_enum: input.on_enum(),
            visibility: input.visibility.as_ref().map(ToTokens::to_token_stream),
            exhaustive: input.exhaustive.as_ref().is_some_and(LitBool::value),
            overrides_span: input.overrides.as_ref().map_or(span, LitStr::span),
            source,
            overrides,
            exported,
            errbook: input.errbook.map(ToTokens::into_token_stream),
            kinds: input.kinds.map(ToTokens::into_token_stream),
            span,
            tracked,
            errors: input
                .errors
                .map(syn::Error::into_compile_error)
                .unwrap_or_default(),
        })
    }

    /// The expansion: the generated code, and a compile error for each problem of the spec or of the
    /// overrides.
    ///
    /// Each error contains the line and column in the file. The valid parts of an invalid spec are
    /// still generated, so that one mistake does not cause an error at every use.
    #[must_use]
    pub fn expansion(
        &self,
        tokens: &TokenStream,
        problems: Option<&Problems>,
        warnings: &Problems,
    ) -> TokenStream {
        let tracked = &self.tracked;
        let of_options = &self.errors;
        let exported = &self.exported;
        let problems = problems.into_iter().flat_map(Problems::iter);
        let errors = problems.map(|problem| error(self.span_of(problem), &problem.to_string()));
        let warnings = warnings
            .iter()
            .map(|problem| warning(self.span_of(problem), problem));
        quote! {
            #tracked
            #of_options
            #(#errors)*
            #(#warnings)*
            #exported
            #tokens
        }
    }

    /// The path of the file that a problem is in.
    fn span_of(&self, problem: &Problem) -> Span {
        let file = problem.place.file.as_deref();
        let overrides = self.overrides.as_ref().map(Source::name);
        if file.is_some() && file == overrides {
            self.overrides_span
        } else {
            self.span
        }
    }
}

/// The source file of a token; `None` outside rustc.
fn file_of(span: Span) -> Option<PathBuf> {
    if !proc_macro::is_available() {
        return None;
    }
    span.unwrap().local_file()
}

/// Reads a file, and adds the constant that makes cargo track it.
fn read_file(
    path: &LitStr,
    file: Option<PathBuf>,
    tracked: &mut TokenStream,
) -> Result<Source, TokenStream> {
    let to_error = |message: String| error(path.span(), &message);
    let located = locate(path, file).map_err(to_error)?;
    let text = read_spec(&located.path).map_err(to_error)?;
    let file = &located.tracked;
    tracked.extend(quote_spanned!(path.span()=> const _: &[::core::primitive::u8] = ::core::include_bytes!(#file);));
    Ok(Source::new(&path.value(), &text))
}

/// A use of a deprecated constant: the only warning that a macro can cause.
fn warning(span: Span, problem: &Problem) -> TokenStream {
    let note = problem.to_string();
    quote_spanned! {span=>
        const _: () = {
            #[deprecated(note = #note)]
            const OVERRIDE: () = ();
            OVERRIDE
        };
    }
}

fn error(span: Span, message: &str) -> TokenStream {
    syn::Error::new(span, message).into_compile_error()
}
