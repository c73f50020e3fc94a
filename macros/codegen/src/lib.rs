//! errbook's generator: a spec of error codes in, lookup tables and Rust tokens out.
//!
//! The macro `errbook::include_spec!` is a shell around [`expand_partial`]. A build script calls
//! [`expand`]:
//!
//! ```no_run
//! use errbook_codegen::{Options, Source, expand};
//!
//! let text = std::fs::read_to_string("errors.toml")?;
//! let rust = expand(&Source::new("errors.toml", &text), &Options::default())?;
//! std::fs::write(format!("{}/errors.rs", std::env::var("OUT_DIR")?), rust.to_string())?;
//! println!("cargo::rerun-if-changed=errors.toml");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`errbook_spec`] parses and checks. The steps here are `lower` and `emit`, both private. No step
//! takes a type from a later one.

extern crate proc_macro;

mod emit;
mod expand;
mod layout;
mod layout_report;
mod lower;
#[doc(hidden)]
pub mod names;
mod source;
mod tables;

pub use errbook_spec::place::Source;
pub use errbook_spec::problem::Problems;

pub use crate::expand::{Expansion, NotAPath, Options, expand, expand_partial};
pub use crate::layout_report::{Layout, layouts};
