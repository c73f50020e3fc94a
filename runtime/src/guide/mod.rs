//! The guide: how to write a spec, decode answers, derive your own errors, and test all of it.
//!
//! | page | read it to |
//! | --- | --- |
//! | [`decode`] | decode what a vendor sent: `from_code`, `try_from`, `parse` or `Received` |
//! | [`retries`] | retry the right requests, and count what the vendor charges for |
//! | [`languages`] | choose a language, and see which one a reader gets when theirs is missing |
//! | [`derive`](mod@derive) | give your own error type codes, messages and retry advice |
//! | [`services`] | answer HTTP or gRPC requests, log, and print diagnostics |
//! | [`spec`] | write a spec: every key, with an example |
//! | [`overrides`] | change a retry class, a kind or a text of a vendor's codes in your program |
//! | [`registry`] | keep a registry of vendors' documents: every key of errbook.toml, overlay.toml, messages/LANG.toml and severities.toml |
//! | [`tool`] | look codes up, export them, and read a vendor's document with the command-line tool |
//! | [`ports`] | use the codes in Java, Go, Python and other languages, or write a decoder yourself |
//! | [`testing`] | test code that handles error codes |
//! | [`comparison`] | decide between errbook, thiserror, strum, num_enum, displaydoc and phf |
//!
//! The vendors' enums are in the crate [`errbook-codes`](https://docs.rs/errbook-codes).

// The pages are Markdown, so that an editor shows them. They are compiled for rustdoc and doctests
// only.

#[doc = include_str!("decode.md")]
pub mod decode {}

#[doc = include_str!("retries.md")]
pub mod retries {}

#[doc = include_str!("languages.md")]
pub mod languages {}

#[doc = include_str!("derive.md")]
pub mod derive {}

#[doc = include_str!("services.md")]
pub mod services {}

#[doc = include_str!("spec.md")]
///
/// # Complete example
///
/// This spec has every key that a vendor's spec written by hand may have. It is
/// `tests/guide/orders.toml` of this crate:
///
/// ```toml
#[doc = include_str!("../../tests/guide/orders.toml")]
/// ```
///
/// Its taxonomy is `tests/guide/kinds.toml`:
///
/// ```toml
#[doc = include_str!("../../tests/guide/kinds.toml")]
/// ```
pub mod spec {}

#[doc = include_str!("overrides.md")]
///
/// # Complete example
///
/// It is for the [spec of the guide](crate::guide::spec#complete-example).
///
/// ```toml
#[doc = include_str!("../../tests/guide/overrides.toml")]
/// ```
pub mod overrides {}

#[doc = include_str!("registry.md")]
pub mod registry {
    #[doc = include_str!("registry/errbook.md")]
    ///
    /// # Complete example
    ///
    /// ```toml
    #[doc = include_str!("../../tests/guide/errbook.toml")]
    /// ```
    pub mod errbook {}

    #[doc = include_str!("registry/overlay.md")]
    ///
    /// # Complete example
    ///
    /// ```toml
    #[doc = include_str!("../../tests/guide/overlay.toml")]
    /// ```
    pub mod overlay {}

    #[doc = include_str!("registry/messages.md")]
    ///
    /// # Complete example
    ///
    /// ```toml
    #[doc = include_str!("../../tests/guide/messages.toml")]
    /// ```
    pub mod messages {}

    #[doc = include_str!("registry/severities.md")]
    ///
    /// # Complete example
    ///
    /// ```toml
    #[doc = include_str!("../../tests/guide/severities.toml")]
    /// ```
    pub mod severities {}
}

#[doc = include_str!("tool.md")]
pub mod tool {}

#[doc = include_str!("ports.md")]
pub mod ports {}

#[doc = include_str!("testing.md")]
pub mod testing {}

#[doc = include_str!("comparison.md")]
pub mod comparison {}
