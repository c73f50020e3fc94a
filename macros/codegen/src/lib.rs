//! errbook's generator: a TOML spec of error codes in, checked tables and Rust tokens out.
//!
//! The macro `errbook::include_spec!` is a shell around [`expand_what_is_right`]. A build script calls [`expand`]:
//!
//! ```no_run
//! use errbook_codegen::{Options, expand, place::Source};
//!
//! let text = std::fs::read_to_string("errors.toml")?;
//! let rust = expand(&Source::new("errors.toml", &text), &Options::default())?;
//! std::fs::write(format!("{}/errors.rs", std::env::var("OUT_DIR")?), rust.to_string())?;
//! println!("cargo::rerun-if-changed=errors.toml");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The steps, each in a module of its own, in the direction in which the data goes: [`spec::parse`], [`check`], then
//! `lower` and `emit`, which are private. No step takes a type from a later one.

extern crate proc_macro;

mod check;
mod describe;
mod emit;
mod expand;
pub mod fields;
mod layout;
mod lower;
mod order;
mod parameters;
pub mod place;
pub mod problem;
pub mod registry;
mod repair;
pub mod spec;
mod tables;
pub mod template;
mod texts;

pub use crate::check::{MOST_CODES, canonical_tag, check, is_name};
pub use crate::describe::{Layout, layouts};
pub use crate::expand::{NotAPath, Options, expand, expand_what_is_right};
pub use crate::parameters::{UnevenParameters, uneven_parameters};
pub use crate::texts::Texts;
