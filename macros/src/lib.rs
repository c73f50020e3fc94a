//! The procedural macros of errbook. Use them through the crate `errbook`, which documents them.

use errbook_codegen::{Options, expand_partial};
use errbook_syntax::Include;
use proc_macro::{Span, TokenStream};

/// Compiles a spec of error codes to enums, one for each set: `include_spec! { "errors.toml" }`.
///
/// The path is relative to the folder of `Cargo.toml`. A path that begins with `./` is relative to
/// the source file. `concat!(env!("OUT_DIR"), "/errors.toml")` is the path of a spec that a build
/// script wrote. Options follow, separated by commas:
///
/// - `kinds = crate::Kind`: the type that `kind()` returns. Without it there is no `kind()`.
/// - `locales = [zh_CN, #[cfg(feature = "en")] en]`: the languages to include, as tags such as `zh_CN`
///   or `"zh-CN"`; the first one is the fallback. Attributes on a language are copied to everything emitted for it. The default is all
///   languages of the spec.
/// - `default = [#[cfg(feature = "default-en")] en]`: the language of `Display`, and of a message
///   in a language that the spec does not have: the first of these whose attributes hold, otherwise
///   the first of `locales`.
/// - `derive = [Arbitrary]` and `attributes(allow(dead_code))`: what is written before each enum.
/// - `vis = pub(crate)`: the visibility of the enums. The default is `pub`.
/// - `exhaustive = true`: the enums are not `#[non_exhaustive]`, so that a `match` without a wildcard
///   compiles, and a new code in your spec is a compile error.
/// - `overrides = "overrides.toml"`: a file that changes facts of the spec, such as a retry class or
///   a message: see the [guide](https://docs.rs/errbook/latest/errbook/guide/overrides/).
/// - `export = shop_spec`: a macro of this name, with which other crates compile the spec with their
///   own overrides.
/// - `crate = my::errbook`: the path of the crate `errbook`. The default is `::errbook`.
///
/// ```ignore
/// errbook::include_spec! {
///     "errors.toml",
///     kinds = crate::Kind,
///     locales = [en, #[cfg(feature = "german")] de],
/// }
/// ```
///
/// # Errors
///
/// Every mistake in the spec is reported at once, as a compile error with line and column in the
/// spec.
#[proc_macro]
pub fn include_spec(input: TokenStream) -> TokenStream {
    let include = match Include::read(input.into(), Span::call_site().local_file()) {
        Ok(include) => include,
        Err(error) => return error.into(),
    };
    let options = Options {
        errbook: include.errbook.clone(),
        kinds: include.kinds.clone(),
        locales: include.locales.clone(),
        default: include.default.clone(),
        on_enum: include.on_enum.clone(),
        visibility: include.visibility.clone(),
        exhaustive: include.exhaustive,
        overrides: include.overrides.clone(),
    };
    let expansion = expand_partial(&include.source, &options);
    let problems = expansion.problems.as_ref();
    let tokens = include.expansion(&expansion.tokens, problems, &expansion.warnings);
    tokens.into()
}

/// Derives an error type: codes, messages, billing and retry advice from a spec, or from
/// attributes.
///
/// The [guide](https://docs.rs/errbook/latest/errbook/guide/derive/) has examples and every
/// attribute.
#[proc_macro_derive(ErrorCode, attributes(error_code, source, from, error, backtrace))]
pub fn derive_error_code(input: TokenStream) -> TokenStream {
    errbook_syntax::derive_error_code(input.into(), Span::call_site().local_file()).into()
}
