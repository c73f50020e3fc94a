//! A file that does not exist.

errbook::include_spec! { "./speck.toml" }

fn main() {}
