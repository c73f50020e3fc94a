//! The registry for those who do not write Rust: as JSON, TypeScript, gettext, CSV, Markdown, and as test vectors.

mod catalogue;
mod csv;
mod markdown;
pub mod po;
mod typescript;
mod vectors;

pub use catalogue::catalogue;
pub use csv::csv;
pub use markdown::markdown;
pub use typescript::typescript;
pub use vectors::vectors;

/// The number that the catalogue and the test vectors begin with.
pub const SCHEMA: u32 = 1;
/// What a catalogue must be.
pub const CATALOGUE_SCHEMA: &str = include_str!("../../schemas/catalogue.schema.json");
/// What a spec.toml must be, for editors.
pub const SPEC_SCHEMA: &str = include_str!("../../schemas/spec.schema.json");

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the folder of the export.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl File {
    fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }
}
