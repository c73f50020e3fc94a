//! The overrides of a user: which facts they change, and what is wrong with an overrides file.

use std::fs;

use errbook_codegen::{Options, expand_partial};
use errbook_spec::place::Source;
use errbook_spec::registry::{Code, Registry};
use errbook_spec::{Billing, Retry, Severity, open_with};

use crate::workspace::root;

fn read_guide(file: &str) -> Source {
    let path = root().join("runtime/tests/guide").join(file);
    Source::new(file, &fs::read_to_string(path).unwrap())
}

fn code<'r>(registry: &'r Registry, variant: &str) -> &'r Code {
    let mut codes = registry.sets.iter().flat_map(|set| &set.codes);
    codes.find(|code| code.variant == variant).unwrap()
}

/// A language that the overrides add has only their texts; all others are those in the language
/// that the options prefer, and not in the vendor's.
#[test]
fn what_is_missing_in_a_new_language_is_in_the_preferred_one() {
    let text = "schema = 1\nvendor = \"shop\"\nlocale = \"zh-CN\"\n[[set]]\nname = \"ShopCode\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nmessage = { zh-CN = \"一\", en = \"one\" }\n\
                [[set.code]]\ncode = \"2\"\nvariant = \"Two\"\n\
                message = { zh-CN = \"二\", en = \"two\", fr = \"deux\" }\n";
    let spec = Source::new("spec.toml", text);
    for (fallbacks, expected) in [(&[][..], "一"), (&["en".to_owned()], "one")] {
        let registry = open_with(&spec, None, fallbacks).unwrap().registry;
        let french = registry.locales.iter().position(|tag| tag == "fr").unwrap();
        assert_eq!(code(&registry, "One").message[french], expected);
        assert_eq!(code(&registry, "Two").message[french], "deux");
    }
}

/// A minor version may rename sets and codes, and must not break a build.
#[test]
fn former_names_are_overridden_with_a_warning() {
    let spec = Source::new(
        "spec.toml",
        "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"ShopCode\"\n\
         was = [\"OldCode\"]\n[[set.code]]\ncode = \"1\"\nwas = [\"901\"]\nvariant = \"One\"\n\
         was-variant = [\"Uno\"]\nmessage.en = \"one\"\n",
    );
    for (set, key) in [("OldCode", "1"), ("ShopCode", "901"), ("ShopCode", "Uno")] {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\n[set.{set}.code]\n{key} = {{ retry = \"never\" }}\n"
        );
        let overrides = Source::new("mine.toml", &text);
        let opened = open_with(&spec, Some(&overrides), &[]).unwrap();
        assert_eq!(code(&opened.registry, "One").retry, Some(Retry::Never));
        let warning = opened.warnings.to_string();
        assert!(warning.contains("is now `"), "{set} {key}: {warning}");
    }
}

/// A reason says something: only then may a code be called free.
#[test]
fn free_needs_a_reason_that_says_something() {
    for (reason, is_one) in [("", false), ("  ", false), ("our contract, 4.2", true)] {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\n[set.OrderCode.code]\n\
             1002 = {{ billing = \"free\", because = \"{reason}\" }}\n"
        );
        let overrides = Source::new("mine.toml", &text);
        let opened = open_with(&read_guide("orders.toml"), Some(&overrides), &[]);
        assert_eq!(opened.is_ok(), is_one, "`{reason}`");
        let said = opened.err().map(|broken| broken.problems.to_string());
        assert!(said.is_none_or(|said| said.contains("without a reason")));
    }
}

#[test]
fn overrides_change_facts_and_nothing_else() {
    let overrides = read_guide("overrides.toml");
    let opened = open_with(&read_guide("orders.toml"), Some(&overrides), &[]).unwrap();
    assert!(opened.warnings.is_empty());
    let registry = opened.registry;
    assert_eq!(registry.locales, ["en", "de", "fr"]);

    let declined = code(&registry, "PaymentDeclined");
    assert_eq!(declined.retry, Some(Retry::Never));
    assert_eq!(
        declined.message,
        [
            "The card was declined.",
            "Die Zahlung wurde abgelehnt.",
            "La carte a été refusée."
        ]
    );
    assert_eq!(declined.said[0], "The payment was declined.");
    assert_eq!(declined.billing, Some(Billing::Billed));
    assert_eq!(declined.text, "1002");

    let busy = code(&registry, "Busy");
    assert_eq!(busy.retry_after, Some(5));
    assert_eq!(busy.retry, Some(Retry::Throttled));
    assert_eq!(busy.severity, Severity::Warning);
    assert_eq!(code(&registry, "Accepted").billing, Some(Billing::Free));

    let range = &registry.sets[0].ranges[0];
    assert_eq!(range.retry, Some(Retry::Never));
    assert_eq!(range.billing, None);
    assert_eq!(range.kind, Some("payment-refused".into()));

    let malformed = code(&registry, "Malformed");
    assert_eq!(malformed.kind, Some("overloaded".into()));
    assert_eq!(malformed.remedy[0], "Report it.");
    assert_eq!(
        code(&registry, "MissingField").message[0],
        "Please fill in <field>."
    );
    assert_eq!(code(&registry, "NewCustomer").severity, Severity::Info);
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

#[test]
fn mistakes_and_what_a_later_version_makes_unnecessary_are_reported_at_their_lines() {
    insta::glob!("fixtures/overrides/*.toml", |path| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let options = Options {
            overrides: Some(Source::new(&name, &text)),
            ..Options::default()
        };
        let expansion = expand_partial(&read_guide("orders.toml"), &options);
        // What is right is compiled, so that one mistake does not cause an error at every use.
        let tokens = expansion.tokens.to_string();
        assert!(tokens.contains("PaymentDeclined"), "{tokens}");
        let errors = expansion.problems.unwrap_or_default();
        let warnings = expansion.warnings;
        insta::assert_snapshot!(format!("errors:\n{errors}\nwarnings:\n{warnings}"));
    });
}
