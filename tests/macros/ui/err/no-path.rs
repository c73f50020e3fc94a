//! The path is missing.

errbook::include_spec! {}

fn main() {}
