//! A language that the spec does not have.

errbook::include_spec! { "./spec.toml", locales = [de, it] }

fn main() {}
