//! Compiles a spec: its source text goes in, the tokens of its enums come out.

use std::fmt;

use errbook_spec::place::{Place, Source};
use errbook_spec::problem::{Problems, did_you_mean};
use errbook_spec::registry::Registry;
use errbook_spec::repair;
use errbook_spec::{Opened, Spec, check, is_identifier, locales, open_with};
use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{Outside, emit};
use crate::lower::lower;

/// How a spec is compiled.
///
/// A macro sets the fields, since its tokens have spans; other callers use the methods.
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
    /// The path of the crate `errbook`; `::errbook` by default.
    pub errbook: Option<TokenStream>,
    /// The path of the type that `kind()` returns. Without it the enums have no `kind()`.
    pub kinds: Option<TokenStream>,
    /// The tags of the languages to include, each with the attributes of everything that is emitted
    /// for it; the first is the fallback. All languages by default.
    pub locales: Option<Vec<(String, TokenStream)>>,
    /// The languages of last resort, each with its attributes: the first whose attributes hold is
    /// the language of `Display`. The last resort is the first of `locales`.
    pub default: Vec<(String, TokenStream)>,
    /// The attributes of each enum.
    pub on_enum: TokenStream,
    /// The visibility of each enum; `pub` by default.
    pub visibility: Option<TokenStream>,
    /// Whether a `match` on the enums needs no wildcard in other crates.
    pub exhaustive: bool,
    /// The overrides file, which changes facts of the spec.
    pub overrides: Option<Source>,
}

/// What a spec compiles to.
#[derive(Debug, Clone, Default)]
pub struct Expansion {
    /// The enums of the valid part of the spec.
    pub tokens: TokenStream,
    /// The problems of the rest.
    pub problems: Option<Problems>,
    /// Overrides that a new version of the spec made unnecessary or questionable.
    pub warnings: Problems,
}

impl Options {
    /// Sets the path of the crate `errbook`; `::errbook` by default.
    ///
    /// # Errors
    ///
    /// If the string is not a path.
    pub fn errbook(self, path: &str) -> Result<Self, NotAPath> {
        Ok(Self {
            errbook: Some(parse_path(path)?),
            ..self
        })
    }

    /// Sets the type that `kind()` returns. Without it the enums have no `kind()`.
    ///
    /// # Errors
    ///
    /// If the string is not a path.
    pub fn kinds(self, path: &str) -> Result<Self, NotAPath> {
        Ok(Self {
            kinds: Some(parse_path(path)?),
            ..self
        })
    }

    /// Sets the languages to include; the first is the fallback. All languages by default.
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

/// A string that is not a path such as `crate::Kind`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPath(String);

impl fmt::Display for NotAPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a path (expected something like `crate::Kind`)",
            self.0
        )
    }
}

impl std::error::Error for NotAPath {}

/// Parses identifiers separated by `::`, with an optional `::` in front.
fn parse_path(text: &str) -> Result<TokenStream, NotAPath> {
    let names = text.strip_prefix("::").unwrap_or(text);
    match text.parse() {
        Ok(tokens) if names.split("::").all(is_identifier) => Ok(tokens),
        _ => Err(NotAPath(text.to_owned())),
    }
}

/// Compiles a spec to Rust, for a build script or a tool that displays the code.
///
/// # Errors
///
/// Every problem of the spec, with line and column.
///
/// ```
/// use errbook_codegen::{Options, Source, expand};
///
/// let spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"OrderCode\"\n\
///             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"";
/// let rust = expand(&Source::new("orders.toml", spec), &Options::default())?.to_string();
/// assert!(rust.contains("pub enum OrderCode"));
/// # Ok::<(), errbook_codegen::Problems>(())
/// ```
pub fn expand(source: &Source, options: &Options) -> Result<TokenStream, Problems> {
    let expansion = expand_partial(source, options);
    match expansion.problems {
        None => Ok(expansion.tokens),
        Some(problems) => Err(problems),
    }
}

/// Compiles the valid part of a spec, and returns the problems of the rest. A macro emits both, so
/// that the compiler does not also report every use of the enums as an error.
///
/// ```
/// use errbook_codegen::{Options, Source, expand_partial};
///
/// let spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"OrderCode\"\n\
///             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"\n\
///             [[set.code]]\ncode = \"8\"\nvariant = \"eight\"";
/// let source = Source::new("orders.toml", spec);
/// let expansion = expand_partial(&source, &Options::default());
/// assert!(expansion.tokens.to_string().contains("Seven"));
/// assert!(expansion.problems.unwrap().to_string().contains("`eight` is not in UpperCamelCase"));
/// ```
#[must_use]
pub fn expand_partial(source: &Source, options: &Options) -> Expansion {
    let (spec, registry, mut problems, warnings, is_toml) =
        match open_with(source, options.overrides.as_ref(), &fallbacks(options)) {
            Ok(Opened {
                spec,
                registry,
                warnings,
            }) => (spec, Some(registry), Problems::default(), warnings, true),
            Err(broken) => (
                broken.spec,
                None,
                broken.problems,
                broken.warnings,
                broken.is_toml,
            ),
        };
    if is_toml {
        problems.extend_with_later(check_options(&spec, source, options));
    }
    if let (Some(registry), true) = (&registry, problems.is_empty()) {
        return Expansion {
            tokens: emit_with(registry, source, options),
            problems: None,
            warnings,
        };
    }
    problems.sort();
    let rest = check(&repair(spec)).map(|registry| emit_with(&registry, source, options));
    Expansion {
        tokens: rest.unwrap_or_default(),
        problems: Some(problems),
        warnings,
    }
}

/// The languages that the options prefer: those of last resort, then those to include, in order.
/// Whether one with an attribute is there is known only later.
fn fallbacks(options: &Options) -> Vec<String> {
    let default = options.default.iter();
    let tags = default.chain(options.locales.iter().flatten());
    tags.filter(|(_, attributes)| attributes.is_empty())
        .map(|(tag, _)| tag.clone())
        .collect()
}

/// The problems of the options.
fn check_options(spec: &Spec, source: &Source, options: &Options) -> Problems {
    let mut problems = Problems::default();
    let all = locales(spec);
    let chosen = choose_locales(&all, source, options, &mut problems);
    let included: Vec<String> = chosen.iter().map(|(at, _)| all[*at].clone()).collect();
    choose_default(&included, source, options, &mut problems);
    check_kinds(spec, options, &mut problems);
    problems
}

/// Compiles a registry. Options that are invalid were reported, and are left out.
fn emit_with(registry: &Registry, source: &Source, options: &Options) -> TokenStream {
    let known = &mut Problems::default();
    let chosen = choose_locales(&registry.locales, source, options, known);
    let positions: Vec<usize> = chosen.iter().map(|(position, _)| *position).collect();
    let attributes = chosen.into_iter().skip(1).map(|(_, attributes)| attributes);
    let tables = lower(registry, &positions);
    let default = choose_default(&tables.locales, source, options, known);
    let errbook = options.errbook.clone().unwrap_or_else(|| quote!(::errbook));
    let mut on_enum = options.on_enum.clone();
    if !options.exhaustive {
        on_enum.extend(quote!(#[non_exhaustive]));
    }
    emit(
        &tables,
        &Outside {
            errbook,
            kinds: options.kinds.clone(),
            attributes: attributes.collect(),
            default,
            on_enum,
            visibility: options.visibility.clone().unwrap_or_else(|| quote!(pub)),
        },
    )
}

/// The languages to include, as positions in `locales` with their attributes; all if the options
/// name none that exists.
fn choose_locales(
    locales: &[String],
    source: &Source,
    options: &Options,
    problems: &mut Problems,
) -> Vec<(usize, TokenStream)> {
    let mut chosen = Vec::new();
    for (tag, attributes) in options.locales.iter().flatten() {
        match locales.iter().position(|locale| locale == tag) {
            Some(position) => chosen.push((position, attributes.clone())),
            None => {
                let near = did_you_mean(tag, locales.iter().map(String::as_str));
                let all = locales.join("`, `");
                let message = format!("unknown language `{tag}` (the spec has `{all}`){near}");
                problems.push(&Place::file(source.name()), message);
            }
        }
    }
    if chosen.is_empty() {
        chosen = (0..locales.len())
            .map(|position| (position, TokenStream::new()))
            .collect();
    }
    chosen
}

/// The languages of last resort, as positions among the languages to include, with their
/// attributes.
fn choose_default(
    locales: &[String],
    source: &Source,
    options: &Options,
    problems: &mut Problems,
) -> Vec<(usize, TokenStream)> {
    let mut default = Vec::new();
    for (tag, attributes) in &options.default {
        match locales.iter().position(|locale| locale == tag) {
            Some(position) => default.push((position, attributes.clone())),
            None => {
                let near = did_you_mean(tag, locales.iter().map(String::as_str));
                let all = locales.join("`, `");
                let message = format!("`default` names `{tag}`, but `locales` has `{all}`{near}");
                problems.push(&Place::file(source.name()), message);
            }
        }
    }
    default
}

/// With `kinds = …`, every code has a kind.
fn check_kinds(spec: &Spec, options: &Options, problems: &mut Problems) {
    if options.kinds.is_none() {
        return;
    }
    let requires = "but `kinds = …` requires one for every code";
    let codes = || spec.sets.iter().flat_map(|set| &set.codes);
    // Probably the option is wrong, not each code.
    if codes().count() > 1 && codes().all(|code| code.kind.is_none()) {
        let place = &spec.vendor.place;
        problems.push(
            place,
            format!("no code of this spec has a `kind`, {requires}"),
        );
        return;
    }
    for set in &spec.sets {
        for code in set.codes.iter().filter(|code| code.kind.is_none()) {
            let message = format!(
                "code `{}` of {} has no `kind`, {requires}",
                *code.code, *set.name
            );
            problems.push(&code.code.place, message);
        }
    }
}
