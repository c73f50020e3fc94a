//! Writes the macro that compiles a spec in other crates: the option `export` of `include_spec!`.

use errbook_spec::place::Source;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Ident, Path};

use crate::input::Input;

/// The macro, with the text of the spec: a user has this crate as a package, at a path that only
/// cargo knows.
///
/// # Errors
///
/// Returns `compile_error!` tokens if a path means something else in another crate.
pub(crate) fn exported_macro(
    input: &Input,
    source: &Source,
) -> Result<Option<TokenStream>, TokenStream> {
    let Some(name) = &input.export else {
        return Ok(None);
    };
    let errbook = match &input.errbook {
        Some(errbook) => seen_from_outside(errbook)?,
        None => quote!(::errbook),
    };
    let kinds = input.kinds.as_ref().map(seen_from_outside).transpose()?;
    let kinds = kinds.into_iter();
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let file = format!("{package}/{}", source.name());
    let text = source.text();
    let doc = documentation(name, source.name());
    Ok(Some(quote! {
        #[doc = #doc]
        #[macro_export]
        macro_rules! #name {
            ($($options:tt)*) => {
                #errbook::include_spec! {
                    (#file, #text, #errbook #(, #kinds)*),
                    $($options)*
                }
            };
        }
    }))
}

fn documentation(name: &Ident, file: &str) -> String {
    format!(
        " Compiles `{file}` of this crate in yours, with facts that a file of yours overrides: \
         `{name}! {{ overrides = \"overrides.toml\" }}`.\n\n The options are those of \
         `include_spec!`. Without `locales`, all languages of the spec are included."
    )
}

/// A path of this crate as other crates write it in the expansion of a macro.
fn seen_from_outside(path: &Path) -> Result<TokenStream, TokenStream> {
    let is_of_crate = path
        .segments
        .first()
        .is_some_and(|first| first.ident == "crate");
    if is_of_crate {
        return Ok(quote!($#path));
    }
    if path.leading_colon.is_some() {
        return Ok(path.to_token_stream());
    }
    let message = "with `export`, this path must begin with `crate::` or `::`: other crates use it";
    Err(syn::Error::new_spanned(path, message).into_compile_error())
}
