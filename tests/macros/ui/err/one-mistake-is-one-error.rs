//! Reports the problems of the spec, and no errors about uses of its valid parts.

errbook::include_spec! { "./broken.toml" }

fn main() {
    let _ = ShopCode::from_code(1) == Some(ShopCode::Fine);
}
