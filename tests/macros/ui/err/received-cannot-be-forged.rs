//! Every constructor of `Received` looks the code up.

errbook::include_spec! { "./spec.toml" }

fn main() {
    let _ = errbook::Received::<ShopCode> { known: None, form: 1.into() };
}
