//! An empty list of languages.

errbook::include_spec! { "./spec.toml", locales = [] }

fn main() {}
