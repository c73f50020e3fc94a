//! A spec of one's own with overrides, and the macro that a crate exports for others.

use errbook::{Billing, Locale, Retry};

#[macro_use]
pub mod spec {
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Kind {
        Fine,
        NotFound,
    }

    errbook::include_spec! { "./spec.toml", kinds = crate::spec::Kind, export = shop_spec }
}

pub mod mine {
    shop_spec! { overrides = "./overrides.toml", locales = [en, fr, de] }
}

pub mod direct {
    errbook::include_spec! { "./spec.toml", overrides = "./overrides.toml" }
}

fn main() {
    let code = mine::ShopCode::NotFound;
    assert_eq!(code.retry(), Retry::AfterFix);
    assert_eq!(code.billing(), Billing::Free);
    assert_eq!(code.kind(), spec::Kind::Fine);
    assert_eq!(code.message(Locale::FR), "Inconnu.");
    assert_eq!(spec::ShopCode::NotFound.kind(), spec::Kind::NotFound);
    assert_eq!(spec::ShopCode::NotFound.message(Locale::FR), "Introuvable.");
    assert_eq!(direct::ShopCode::NotFound.message(Locale::FR), "Inconnu.");
}
