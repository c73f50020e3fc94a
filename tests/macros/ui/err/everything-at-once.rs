//! Reports what is wrong with the options, with the form of the spec, and with what it says; and no
//! errors about uses of the valid code.

#[derive(Clone, Copy)]
pub enum Kind {
    Fine,
}

errbook::include_spec! {
    "./everything-at-once.toml",
    kinds = Kind,
    locales = [en, it],
    derives = [Hash],
    exhaustive = yes,
}

fn main() {
    let _ = ShopCode::from_code(1) == Some(ShopCode::Fine);
}
