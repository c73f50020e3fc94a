//! Tests of the runtime with small sets of its own.

#![cfg(feature = "macros")]

mod derived;
mod facts;
mod flags;
#[cfg(all(
    feature = "accept-language",
    feature = "error-info",
    feature = "error-type",
    feature = "http",
    feature = "icu",
    feature = "miette",
    feature = "problem-details",
    feature = "serde",
    feature = "unic-langid"
))]
mod interop;
mod locale;
mod lookup;
mod received;
#[cfg(feature = "serde")]
mod serde;
mod words;

/// Two sets of codes and a set of flags.
mod shop {
    errbook::include_spec! { "tests/shop.toml" }
}
