//! `include_spec! { … }` from its tokens to the tokens that it becomes.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::LitStr;

use crate::check::check;
use crate::emit::{Outside, emit};
use crate::input::Input;
use crate::lower::lower;
use crate::place::Source;
use crate::problem::{Problems, did_you_mean};
use crate::registry::Registry;
use crate::repair::repair;
use crate::spec::parse;

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
    let (tokens, problems) = compile(&Source::new(&input.path.value(), &text), &Options::from(input));
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

/// Where the spec is, and what makes cargo compile again when it changes.
pub(crate) struct Located {
    pub(crate) path: PathBuf,
    pub(crate) tracked: TokenStream,
}

/// Finds the spec: beside the source file if its path begins with `./`, else in the folder of the crate's manifest.
pub(crate) fn locate(path: &LitStr, file: Option<PathBuf>) -> Result<Located, String> {
    let text = path.value();
    if let Some(beside) = text.strip_prefix("./") {
        let file = file.ok_or("a path with `./` needs a source file: give the path from the crate's folder")?;
        let folder = file.parent().unwrap_or(Path::new("."));
        return Ok(Located { path: folder.join(beside), tracked: beside.to_token_stream() });
    }
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("`CARGO_MANIFEST_DIR` is not set: build with cargo")?;
    let tracked = quote!(concat!(env!("CARGO_MANIFEST_DIR"), "/", #text));
    Ok(Located { path: Path::new(&folder).join(&text), tracked })
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(good).matches('\n').count() + 1;
        format!("{}:{line}: this is not UTF-8; save the file as UTF-8", path.display())
    })
}

/// How a spec is compiled.
///
/// ```
/// use errbook_codegen::Options;
///
/// let options = Options::default().kinds("crate::Kind").unwrap();
/// assert!(Options::default().errbook("not a path").is_err());
/// # let _ = options;
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    errbook: Option<TokenStream>,
    kinds: Option<TokenStream>,
    locales: Option<Vec<(String, TokenStream)>>,
}

impl Options {
    /// Says where the crate `errbook` is; `::errbook` if it is not said.
    ///
    /// # Errors
    ///
    /// If the text is no path.
    pub fn errbook(self, path: &str) -> Result<Self, syn::Error> {
        Ok(Self { errbook: Some(syn::parse_str::<syn::Path>(path)?.into_token_stream()), ..self })
    }

    /// Says which type `kind()` returns. Without it the enums have no `kind()`.
    ///
    /// # Errors
    ///
    /// If the text is no path.
    pub fn kinds(self, path: &str) -> Result<Self, syn::Error> {
        Ok(Self { kinds: Some(syn::parse_str::<syn::Path>(path)?.into_token_stream()), ..self })
    }

    /// Says which languages to take, the one that serves everybody else first. All, if it is not said.
    #[must_use]
    pub fn locales(self, tags: &[&str]) -> Self {
        Self { locales: Some(tags.iter().map(|tag| ((*tag).to_owned(), TokenStream::new())).collect()), ..self }
    }
}

impl From<&Input> for Options {
    fn from(input: &Input) -> Self {
        let locales = input.locales.as_ref();
        Self {
            errbook: input.errbook.as_ref().map(ToTokens::to_token_stream),
            kinds: input.kinds.as_ref().map(ToTokens::to_token_stream),
            locales: locales.map(|all| all.iter().map(|locale| (locale.tag(), locale.attributes())).collect()),
        }
    }
}

/// Compiles a spec to Rust, for a build script or a tool that shows it.
///
/// # Errors
///
/// All that is wrong with the spec, by line and column.
///
/// ```
/// use errbook_codegen::{Options, expand, place::Source};
///
/// let spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"OrderCode\"\n[[set.code]]\ncode = \"7\"\nvariant = \"Seven\"";
/// let rust = expand(&Source::new("orders.toml", spec), &Options::default())?.to_string();
/// assert!(rust.contains("pub enum OrderCode"));
/// # Ok::<(), errbook_codegen::problem::Problems>(())
/// ```
pub fn expand(source: &Source, options: &Options) -> Result<TokenStream, Problems> {
    match compile(source, options) {
        (tokens, None) => Ok(tokens),
        (_, Some(problems)) => Err(problems),
    }
}

/// The tokens, and what is wrong, if anything is: then the tokens are those of what is left without it.
fn compile(source: &Source, options: &Options) -> (TokenStream, Option<Problems>) {
    let spec = match parse(source) {
        Ok(spec) => spec,
        Err(problems) => return (TokenStream::new(), Some(problems)),
    };
    match check(&spec).and_then(|registry| emit_with(&registry, source, options)) {
        Ok(tokens) => (tokens, None),
        Err(problems) => {
            let rest = check(&repair(spec)).and_then(|registry| emit_with(&registry, source, options));
            (rest.unwrap_or_default(), Some(problems))
        }
    }
}

fn emit_with(registry: &Registry, source: &Source, options: &Options) -> Result<TokenStream, Problems> {
    let (locales, attributes) = chosen(registry, source, options)?;
    let kinds = kinds(registry, source, options)?;
    let errbook = options.errbook.clone().unwrap_or_else(|| quote!(::errbook));
    Ok(emit(&lower(registry, &locales), &Outside { errbook, kinds, attributes }))
}

/// The languages to take, by their position, and the attributes of all but the first.
fn chosen(registry: &Registry, source: &Source, options: &Options) -> Result<(Vec<usize>, Vec<TokenStream>), Problems> {
    let Some(wanted) = &options.locales else {
        let rest = registry.locales.iter().skip(1).map(|_| TokenStream::new());
        return Ok(((0..registry.locales.len()).collect(), rest.collect()));
    };
    let mut problems = Problems::default();
    let mut locales = Vec::new();
    for (tag, _) in wanted {
        match registry.locales.iter().position(|locale| locale == tag) {
            Some(position) => locales.push(position),
            None => {
                let near = did_you_mean(tag, registry.locales.iter().map(String::as_str));
                let all = registry.locales.join("`, `");
                let message = format!("no text here is in the language `{tag}`, only in `{all}`{near}");
                problems.push(&crate::place::Place::file(source.name()), message);
            }
        }
    }
    problems.finish((locales, wanted.iter().skip(1).map(|(_, attributes)| attributes.clone()).collect()))
}

/// The type of `kind()`, which every code must have a value of.
fn kinds(registry: &Registry, source: &Source, options: &Options) -> Result<Option<TokenStream>, Problems> {
    let mut problems = Problems::default();
    for set in registry.sets.iter().filter(|_| options.kinds.is_some()) {
        for code in set.codes.iter().filter(|code| code.kind.is_none()) {
            let message =
                format!("code `{}` of {} has no `kind`, which `kinds = …` asks of every code", code.text, set.name);
            problems.push(&crate::place::Place::file(source.name()), message);
        }
    }
    problems.finish(options.kinds.clone())
}
