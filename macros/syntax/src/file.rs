//! Finds and reads the spec file that a macro names.

use std::path::{Component, Path, PathBuf};

use errbook_spec::problem::nearest;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token};

use crate::parse::parse_list;

/// A spec file, and the expression under which `include_bytes!` makes cargo track it.
pub(crate) struct Located {
    pub(crate) path: PathBuf,
    pub(crate) tracked: TokenStream,
}

/// Parses the path of a spec: a string, or `concat!(env!("OUT_DIR"), "/errors.toml")` for a spec that
/// a build script writes.
pub(crate) fn parse_path(input: ParseStream<'_>) -> syn::Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    if !(input.peek(Ident) && input.peek2(Token![!])) {
        let message = "expected the path of the spec as a string, such as `\"errors.toml\"`";
        return Err(input.error(message));
    }
    let name: Ident = input.parse()?;
    input.parse::<Token![!]>()?;
    let arguments;
    syn::parenthesized!(arguments in input);
    let value = match name.to_string().as_str() {
        "concat" => {
            let parts = parse_list(&arguments, &mut parse_path)?;
            parts.iter().map(LitStr::value).collect()
        }
        "env" => {
            let variable: LitStr = arguments.parse()?;
            std::env::var(variable.value()).map_err(|error| {
                let message = format!("the environment variable `{}`: {error}", variable.value());
                syn::Error::new(variable.span(), message)
            })?
        }
        _ => {
            let message = "the path of a spec is a string, `concat!(…)` or `env!(…)`";
            return Err(syn::Error::new(name.span(), message));
        }
    };
    Ok(LitStr::new(&value, name.span()))
}

/// Resolves the path of a spec: absolute, relative to the source file if it begins with `./`, otherwise
/// relative to the folder of `Cargo.toml`.
pub(crate) fn locate(path: &LitStr, file: Option<PathBuf>) -> Result<Located, String> {
    let text = path.value();
    if let Some(beside) = text.strip_prefix("./") {
        let file = file.ok_or(
            "`./` needs a source file, which is unknown here: use a path relative to Cargo.toml",
        )?;
        let folder = file.parent().unwrap_or(Path::new("."));
        return Ok(Located {
            path: folder.join(beside),
            tracked: beside.to_token_stream(),
        });
    }
    if Path::new(&text).is_absolute() {
        return Ok(Located {
            tracked: text.to_token_stream(),
            path: text.into(),
        });
    }
    let folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .ok_or("`CARGO_MANIFEST_DIR` is not set: build with cargo")?;
    let tracked = quote!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #text));
    Ok(Located {
        path: Path::new(&folder).join(&text),
        tracked,
    })
}

/// The file in the folder of a path whose name is most similar, if the path does not exist.
fn near_file(path: &Path) -> Option<String> {
    if path.exists() {
        return None;
    }
    let name = path.file_name()?.to_string_lossy();
    let entries = std::fs::read_dir(path.parent()?).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.contains(".toml")).collect();
    names.sort_unstable();
    nearest(&name, names.iter().map(String::as_str)).map(str::to_owned)
}

pub(crate) fn read_spec(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| {
        let is_above = path.components().any(|part| part == Component::ParentDir);
        let near = near_file(path).map(|near| format!("; did you mean `{near}`?"));
        let near = near.unwrap_or_default();
        let help = if is_above {
            "\n  help: `cargo package` includes no file from outside the folder of Cargo.toml: move the \
             spec below it"
        } else {
            ""
        };
        format!("cannot read {}: {error}{near}{help}", path.display())
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(good).matches('\n').count() + 1;
        format!(
            "{}:{line}: invalid UTF-8; save the file as UTF-8",
            path.display()
        )
    })
}
