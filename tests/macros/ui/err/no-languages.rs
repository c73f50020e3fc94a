//! A list without a language.

errbook::include_spec! { "./spec.toml", locales = [] }

fn main() {}
