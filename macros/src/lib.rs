//! The procedural macros of errbook. Use them through the crate `errbook`, whose documentation shows them.

use errbook_codegen::{Options, expand_what_is_right};
use errbook_syntax::Include;
use proc_macro::{Span, TokenStream};

/// Compiles a spec of error codes to enums: `include_spec! { "errors.toml" }`.
///
/// The path is relative to the folder of the crate's manifest; one that begins with `./` is relative to the source
/// file. Behind it may stand, separated by commas:
///
/// - `kinds = crate::Kind`: the type that `kind()` returns. Without it there is no `kind()`;
/// - `locales = [zh_CN, #[cfg(feature = "en")] en]`: the languages to take, the one that serves everybody else first.
///   Attributes on a language are copied to all that is emitted for it. Without it all languages are taken;
/// - `crate = my::errbook`: where the crate `errbook` is, if not at `::errbook`.
///
/// Every set of the spec becomes an enum. All that is wrong with the spec is reported at once, with its line and
/// column in the spec.
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
    };
    let (tokens, problems) = expand_what_is_right(&include.source, &options);
    include.expansion(&tokens, problems.as_ref()).into()
}

/// Derives an error type: codes, messages, billing and retry advice from a spec, or from attributes.
///
/// The [guide](https://docs.rs/errbook/latest/errbook/guide/derive/) has examples and every attribute.
#[proc_macro_derive(ErrorCode, attributes(error_code, source, from, error, backtrace))]
pub fn derive_error_code(input: TokenStream) -> TokenStream {
    errbook_syntax::derive_error_code(input.into(), Span::call_site().local_file()).into()
}
