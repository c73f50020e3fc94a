//! There is no such file.

errbook::include_spec! { "./speck.toml" }

fn main() {}
