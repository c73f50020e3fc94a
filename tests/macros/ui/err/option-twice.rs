//! An option that is given twice.

errbook::include_spec! { "./spec.toml", locales = [de], locales = [en] }

fn main() {}
