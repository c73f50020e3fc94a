//! An unknown option.

errbook::include_spec! { "./spec.toml", kind = crate::Kind }

fn main() {}
