//! Paths and options that are written in another way.

mod unquoted {
    errbook::include_spec! { spec.toml }
}

mod with_a_key {
    errbook::include_spec! { path = "./spec.toml" }
}

mod constant {
    errbook::include_spec! { PATH }
}

mod two_paths {
    errbook::include_spec! { "./spec.toml", "./symbols.toml" }
}

mod options {
    errbook::include_spec! {
        "./spec.toml",
        locales = "en",
        default = en,
        kinds = "crate::Kind",
        derive(Hash),
        attributes = [allow(dead_code)],
        vis = "pub",
        pub(crate),
        exhaustive = 1,
    }
}

mod derive {
    errbook::include_spec! { "./spec.toml", locales = [de-DE], derive = [Hash] }
}

mod fine {
    errbook::include_spec! { "./spec.toml", locales = ["de", en], exhaustive }
}

fn main() {}
