//! The spec that a macro names: where it is, and its text.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::LitStr;

/// Where the spec is, and what makes cargo compile again when it changes.
pub(crate) struct Located {
    pub(crate) path: PathBuf,
    pub(crate) tracked: TokenStream,
}

/// Finds the spec: beside the source file if its path begins with `./`, else in the folder of the crate's manifest.
pub(crate) fn locate(path: &LitStr, file: Option<PathBuf>) -> Result<Located, String> {
    let text = path.value();
    if let Some(beside) = text.strip_prefix("./") {
        let file = file
            .ok_or("a path with `./` needs a source file: give the path from the crate's folder")?;
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

pub(crate) fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(good).matches('\n').count() + 1;
        format!(
            "{}:{line}: this is not UTF-8; save the file as UTF-8",
            path.display()
        )
    })
}
