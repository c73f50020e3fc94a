//! A user's crate that forbids and denies all it can.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    clippy::all,
    clippy::pedantic,
    missing_docs,
    unreachable_pub,
    unused_lifetimes,
    unused_qualifications
)]
#![deny(clippy::allow_attributes_without_reason)]
#![no_std]

/// Numbers, sections, retired codes, earlier names, ranges.
pub mod integer {
    errbook::include_spec! { "fixtures/specs/integer.toml" }
}

/// Numbers of 64 bits.
pub mod integer64 {
    errbook::include_spec! { "fixtures/specs/integer64.toml" }
}

/// Texts.
pub mod string {
    errbook::include_spec! { "fixtures/specs/string.toml" }
}

/// Codes with symbols and parameters.
pub mod code_and_symbol {
    errbook::include_spec! { "fixtures/specs/code-and-symbol.toml" }
}

/// Flags.
pub mod flags {
    errbook::include_spec! { "fixtures/specs/flags.toml" }
}
