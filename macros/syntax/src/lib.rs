//! What errbook's macros are given as Rust, read with syn: the input of `include_spec!` and the items that derive
//! `ErrorCode`.
//!
//! What a spec is and what is wrong with one is in [`errbook_spec`]; this crate writes no set of a spec, so that cargo
//! compiles it beside the crate that does.

mod derive;
mod file;
mod include;
mod input;
mod rust;

pub use crate::derive::derive_error_code;
#[cfg(feature = "rust-files")]
pub use crate::derive::derived_specs;
pub use crate::include::Include;
