//! Finds and reads the spec file that a macro names.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::LitStr;

/// A spec file, and the expression under which `include_bytes!` makes cargo track it.
pub(crate) struct Located {
    pub(crate) path: PathBuf,
    pub(crate) tracked: TokenStream,
}

/// Resolves the path of a spec: relative to the source file if it begins with `./`, otherwise
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
    let folder = std::env::var_os("CARGO_MANIFEST_DIR")
        .ok_or("`CARGO_MANIFEST_DIR` is not set: build with cargo")?;
    let tracked = quote!(concat!(env!("CARGO_MANIFEST_DIR"), "/", #text));
    Ok(Located {
        path: Path::new(&folder).join(&text),
        tracked,
    })
}

pub(crate) fn read_spec(path: &Path) -> Result<String, String> {
    let bytes =
        std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(good).matches('\n').count() + 1;
        format!(
            "{}:{line}: invalid UTF-8; save the file as UTF-8",
            path.display()
        )
    })
}
