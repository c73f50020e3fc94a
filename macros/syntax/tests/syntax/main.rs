//! Tests of the macros without the compiler: what they report and what they generate.

mod expansions;
mod mistakes;
mod rust;
#[cfg(feature = "rust-files")]
mod rust_file;
