//! The problems of the spec, and no error about the uses of what is right in it.

errbook::include_spec! { "./broken.toml" }

fn main() {
    let _ = ShopCode::from_code(1) == Some(ShopCode::Fine);
}
