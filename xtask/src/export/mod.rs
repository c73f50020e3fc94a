//! Exports the registry as JSON, source code of other languages, gettext, CSV, Markdown
//! and conformance vectors.

mod catalogue;
pub mod csv;
pub(crate) mod facts;
pub mod languages;
mod markdown;
pub mod model;
pub mod po;
mod received;
pub mod template;
#[cfg(test)]
mod tests;
mod vectors;

pub(crate) use catalogue::Source;
pub use catalogue::catalogue;
pub use markdown::markdown;
pub use received::received;
pub use vectors::vectors;

/// The number that the catalogue and the test vectors begin with.
pub const SCHEMA: u32 = 1;
/// The JSON Schema of the catalogue.
pub const CATALOGUE_SCHEMA: &str = include_str!("../../schemas/catalogue.schema.json");
/// The JSON Schema of spec.toml and kinds.toml.
pub const SPEC_SCHEMA: &str = include_str!("../../schemas/spec.schema.json");
/// The JSON Schema of overlay.toml.
pub const OVERLAY_SCHEMA: &str = include_str!("../../schemas/overlay.schema.json");
/// The JSON Schema of an overrides file.
pub const OVERRIDES_SCHEMA: &str = include_str!("../../schemas/overrides.schema.json");
/// The JSON Schema of errbook.toml.
pub const ERRBOOK_SCHEMA: &str = include_str!("../../schemas/errbook.schema.json");
/// The JSON Schema of messages/LANG.toml.
pub const MESSAGES_SCHEMA: &str = include_str!("../../schemas/messages.schema.json");
/// The JSON Schema of severities.toml.
pub const SEVERITIES_SCHEMA: &str = include_str!("../../schemas/severities.schema.json");

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
