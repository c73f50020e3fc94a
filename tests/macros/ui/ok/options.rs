//! Every option of the macro.

mod inner {
    pub use errbook as renamed;
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MyKind {
    Fine,
    NotFound,
}

errbook::include_spec! {
    "./spec.toml",
    kinds = crate::MyKind,
    locales = [de, #[cfg(not(any()))] en, #[cfg(any())] fr],
    crate = crate::inner::renamed,
}

fn main() {
    let code = ShopCode::from_code(2).expect("it is in the spec");
    assert_eq!(code.kind(), MyKind::NotFound);
    assert_eq!(code.message(errbook::Locale::EN), "Not found.");
    assert_eq!(code.message(errbook::Locale::FR), "Nicht gefunden.");
    assert_eq!(ShopCode::from_code(3), None);
}
