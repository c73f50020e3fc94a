//! What errbook's macros are given as Rust, read with syn: the input of `include_spec!` and the items that derive
//! `ErrorCode`.
//!
//! All that needs no syn is in [`errbook_codegen`], so that cargo compiles it while it compiles syn.

mod derive;
mod file;
mod include;
mod input;

pub use crate::derive::derive_error_code;
#[cfg(feature = "rust-files")]
pub use crate::derive::derived_specs;
pub use crate::include::include_spec;
