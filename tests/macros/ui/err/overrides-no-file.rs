//! An overrides file that does not exist, and a path that means something else in another crate.

pub mod missing {
    errbook::include_spec! { "./spec.toml", overrides = "./missing.toml" }
}

pub mod exported {
    pub enum Kind {
        Fine,
        NotFound,
    }
    errbook::include_spec! { "./spec.toml", kinds = Kind, export = shop_spec }
}

fn main() {}
