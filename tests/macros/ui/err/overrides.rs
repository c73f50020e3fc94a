//! Mistakes in an overrides file are errors at its path; what is unnecessary is a warning there.

#![deny(deprecated)]

errbook::include_spec! { "./spec.toml", overrides = "./overrides.toml" }

fn main() {
    let _ = ShopCode::from_code(1) == Some(ShopCode::Fine);
}
