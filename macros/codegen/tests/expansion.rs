//! What a spec is compiled to, as far as a caller of the generated code notices it.

use std::path::Path;

use errbook_codegen::{Options, expand_partial};
use errbook_spec::place::Source;

/// An example of the guide.
fn read_guide(file: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtime/tests/guide");
    Source::new(file, &std::fs::read_to_string(folder.join(file)).unwrap())
}

#[test]
fn the_documentation_names_what_is_overridden() {
    let options = Options {
        overrides: Some(read_guide("overrides.toml")),
        ..Options::default()
    };
    let expansion = expand_partial(&read_guide("orders.toml"), &options);
    assert_eq!(expansion.problems, None);
    let tokens = expansion.tokens.to_string();
    for doc in [
        "`overrides.toml` overrides facts of 3 of the codes.",
        "*Overridden by `overrides.toml`:* 5000..5999: `kind` is `payment-refused` instead of \
         `overloaded`, 5000..5999: `retry` is `never` instead of `backoff`",
        "*Overridden by `overrides.toml`:* `message` in `en`, `message` in `fr`, `retry` is `never` \
         instead of `after-user-action` (we have no form for another card)",
        "*Overridden by `overrides.toml`:* `billing` is `free` instead of `billed` \
         (our contract of 2024-03-01, section 4)",
        "*Overridden by `overrides.toml`:* `severity` is `info` instead of `warning`",
    ] {
        assert!(tokens.contains(doc), "{doc}\n{tokens}");
    }
}
