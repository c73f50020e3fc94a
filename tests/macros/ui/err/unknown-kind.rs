//! A kind that the type does not have.

#[derive(Clone, Copy)]
pub enum Kind {
    Fine,
    NotFond,
}

errbook::include_spec! { "./spec.toml", kinds = crate::Kind }

fn main() {}
