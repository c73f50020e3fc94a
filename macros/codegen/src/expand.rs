//! A spec from its text to the tokens that it becomes.

use std::fmt;

use errbook_spec::parse;
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::{Problems, did_you_mean};
use errbook_spec::registry::Registry;
use errbook_spec::repair;
use errbook_spec::{check, is_identifier};
use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Outside, emit};
use crate::lower::lower;

/// How a spec is compiled.
///
/// A macro, which has tokens with places of their own, fills the fields; others call the methods.
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
    /// Where the crate `errbook` is, as a path; `::errbook` if it is not said.
    pub errbook: Option<TokenStream>,
    /// The path of the type that `kind()` returns. Without it the enums have no `kind()`.
    pub kinds: Option<TokenStream>,
    /// The tags of the languages to take, the one that serves everybody else first, each with the attributes of all that
    /// is emitted for it. All languages, if it is not said.
    pub locales: Option<Vec<(String, TokenStream)>>,
}

impl Options {
    /// Says where the crate `errbook` is; `::errbook` if it is not said.
    ///
    /// # Errors
    ///
    /// If the text is no path.
    pub fn errbook(self, path: &str) -> Result<Self, NotAPath> {
        Ok(Self {
            errbook: Some(self::path(path)?),
            ..self
        })
    }

    /// Says which type `kind()` returns. Without it the enums have no `kind()`.
    ///
    /// # Errors
    ///
    /// If the text is no path.
    pub fn kinds(self, path: &str) -> Result<Self, NotAPath> {
        Ok(Self {
            kinds: Some(self::path(path)?),
            ..self
        })
    }

    /// Says which languages to take, the one that serves everybody else first. All, if it is not said.
    #[must_use]
    pub fn locales(self, tags: &[&str]) -> Self {
        Self {
            locales: Some(
                tags.iter()
                    .map(|tag| ((*tag).to_owned(), TokenStream::new()))
                    .collect(),
            ),
            ..self
        }
    }
}

/// A text that was to be a path, such as `crate::Kind`, and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPath(String);

impl fmt::Display for NotAPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no path such as `crate::Kind`", self.0)
    }
}

impl std::error::Error for NotAPath {}

/// Identifiers with `::` between them, and perhaps before them.
fn path(text: &str) -> Result<TokenStream, NotAPath> {
    let names = text.strip_prefix("::").unwrap_or(text);
    match text.parse() {
        Ok(tokens) if names.split("::").all(is_identifier) => Ok(tokens),
        _ => Err(NotAPath(text.to_owned())),
    }
}

/// Compiles a spec to Rust, for a build script or a tool that shows it.
///
/// # Errors
///
/// All that is wrong with the spec, by line and column.
///
/// ```
/// use errbook_codegen::{Options, Source, expand};
///
/// let spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"OrderCode\"\n[[set.code]]\ncode = \"7\"\nvariant = \"Seven\"";
/// let rust = expand(&Source::new("orders.toml", spec), &Options::default())?.to_string();
/// assert!(rust.contains("pub enum OrderCode"));
/// # Ok::<(), errbook_codegen::Problems>(())
/// ```
pub fn expand(source: &Source, options: &Options) -> Result<TokenStream, Problems> {
    match expand_what_is_right(source, options) {
        (tokens, None) => Ok(tokens),
        (_, Some(problems)) => Err(problems),
    }
}

/// The tokens, and what is wrong, if anything is: then the tokens are those of what is left without it, so that a compiler
/// that is given both does not call every use of them an error.
///
/// ```
/// use errbook_codegen::{Options, Source, expand_what_is_right};
///
/// let spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"OrderCode\"\n\
///             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"\n[[set.code]]\ncode = \"8\"\nvariant = \"eight\"";
/// let (rust, problems) = expand_what_is_right(&Source::new("orders.toml", spec), &Options::default());
/// assert!(rust.to_string().contains("Seven"));
/// assert!(problems.unwrap().to_string().contains("`eight` is not in UpperCamelCase"));
/// ```
#[must_use]
pub fn expand_what_is_right(source: &Source, options: &Options) -> (TokenStream, Option<Problems>) {
    let spec = match parse(source) {
        Ok(spec) => spec,
        Err(problems) => return (TokenStream::new(), Some(problems)),
    };
    match check(&spec).and_then(|registry| emit_with(&registry, source, options)) {
        Ok(tokens) => (tokens, None),
        Err(problems) => {
            let rest =
                check(&repair(spec)).and_then(|registry| emit_with(&registry, source, options));
            (rest.unwrap_or_default(), Some(problems))
        }
    }
}

fn emit_with(
    registry: &Registry,
    source: &Source,
    options: &Options,
) -> Result<TokenStream, Problems> {
    let (locales, attributes) = chosen(registry, source, options)?;
    let kinds = kinds(registry, source, options)?;
    let errbook = options.errbook.clone().unwrap_or_else(|| quote!(::errbook));
    Ok(emit(
        &lower(registry, &locales),
        &Outside {
            errbook,
            kinds,
            attributes,
        },
    ))
}

/// The languages to take, by their position, and the attributes of all but the first.
fn chosen(
    registry: &Registry,
    source: &Source,
    options: &Options,
) -> Result<(Vec<usize>, Vec<TokenStream>), Problems> {
    let Some(wanted) = &options.locales else {
        let count = registry.locales.len();
        return Ok(((0..count).collect(), vec![TokenStream::new(); count - 1]));
    };
    let mut problems = Problems::default();
    let (mut locales, mut attributes) = (Vec::new(), Vec::new());
    for (tag, of_all) in wanted {
        match registry.locales.iter().position(|locale| locale == tag) {
            Some(position) => {
                locales.push(position);
                attributes.push(of_all.clone());
            }
            None => {
                let near = did_you_mean(tag, registry.locales.iter().map(String::as_str));
                let all = registry.locales.join("`, `");
                let message =
                    format!("no text here is in the language `{tag}`, only in `{all}`{near}");
                problems.push(&Place::file(source.name()), message);
            }
        }
    }
    problems.finish((locales, attributes.split_off(attributes.len().min(1))))
}

/// The type of `kind()`, which every code must have a value of.
fn kinds(
    registry: &Registry,
    source: &Source,
    options: &Options,
) -> Result<Option<TokenStream>, Problems> {
    let mut problems = Problems::default();
    for set in registry.sets.iter().filter(|_| options.kinds.is_some()) {
        for code in set.codes.iter().filter(|code| code.kind.is_none()) {
            let message = format!(
                "code `{}` of {} has no `kind`, which `kinds = …` asks of every code",
                code.text, set.name
            );
            problems.push(&Place::file(source.name()), message);
        }
    }
    problems.finish(options.kinds.clone())
}
