//! The first language must always be there.

errbook::include_spec! { "./spec.toml", locales = [#[cfg(any())] de, en] }

fn main() {}
