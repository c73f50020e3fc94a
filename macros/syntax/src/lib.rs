//! The Rust syntax of errbook's macros, parsed with syn: the input of `include_spec!`, and the
//! expansion of `#[derive(ErrorCode)]`.
//!
//! Specs are parsed and checked in [`errbook_spec`]. The code for the sets of a spec is generated
//! in another crate, `errbook-codegen`, on which this one does not depend, so that cargo compiles
//! the two in parallel.

extern crate proc_macro;

mod derive;
mod export;
mod file;
mod include;
mod input;
mod parse;

pub use crate::derive::derive_error_code;
#[cfg(feature = "rust-files")]
pub use crate::derive::{attribute_keys, derived_specs};
pub use crate::include::Include;
