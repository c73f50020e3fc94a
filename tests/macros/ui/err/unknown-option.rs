//! An option that is none.

errbook::include_spec! { "./spec.toml", kind = crate::Kind }

fn main() {}
