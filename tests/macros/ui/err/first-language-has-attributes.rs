//! The first language is the fallback, so it cannot be conditional.

errbook::include_spec! { "./spec.toml", locales = [#[cfg(any())] de, en] }

fn main() {}
