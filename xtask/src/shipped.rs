//! The registry that the tool carries: the taxonomy that other registries share, and the vendors
//! that are known where there is no registry, or where one includes them.

use std::path::Path;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{Spec, parse};

use crate::workspace;

/// What errbook.toml calls it, in `kinds` and in `include`.
pub const NAME: &str = "errbook";

/// Its crate.
pub const PACKAGE: &str = "errbook-codes";

/// The file of the taxonomy.
const KINDS: &str = "kinds.toml";

/// The file with the version of the crate.
const VERSION: &str = "version.txt";

/// The text of a file. A build of the repository for debugging reads it when it is asked for (see
/// build.rs).
#[derive(Debug, Clone, Copy)]
#[allow(
    dead_code,
    reason = "the build script chooses one of them for all files"
)]
enum Text {
    Embedded(&'static str),
    File(&'static str),
}

/// Each file by its name: `VENDOR.toml`, the taxonomy and the version.
const FILES: &[(&str, Text)] = include!(concat!(env!("OUT_DIR"), "/registry.rs"));

/// The names of its vendors, sorted.
pub fn vendors() -> impl Iterator<Item = &'static str> {
    let names = FILES.iter().map(|(name, _)| *name);
    names
        .filter(|name| *name != KINDS)
        .filter_map(|name| name.strip_suffix(".toml"))
}

/// The spec of a vendor.
///
/// # Errors
///
/// The file cannot be read, which happens only in a build for debugging.
pub fn spec(vendor: &str) -> Result<Spec, Problems> {
    parse(&source(&format!("{vendor}.toml"))?)
}

/// The taxonomy: a spec with one set.
///
/// # Errors
///
/// The file cannot be read, which happens only in a build for debugging.
pub fn kinds() -> Result<Source, Problems> {
    source(KINDS)
}

/// The version of its crate that has the kinds and the vendors of this tool.
///
/// # Errors
///
/// The file cannot be read, which happens only in a build for debugging.
pub fn version() -> Result<String, Problems> {
    Ok(source(VERSION)?.text().trim().to_owned())
}

/// The name that Rust code knows its crate by.
#[must_use]
pub fn crate_name() -> String {
    PACKAGE.replace('-', "_")
}

fn source(file: &str) -> Result<Source, Problems> {
    let found = FILES.iter().find(|(name, _)| *name == file);
    match found.map(|(_, text)| *text) {
        Some(Text::Embedded(text)) => Ok(Source::new(&format!("{NAME}/{file}"), text)),
        Some(Text::File(path)) => workspace::source(Path::new(path)),
        None => Ok(Source::new(&format!("{NAME}/{file}"), "")),
    }
}
