//! The overrides of a user: which facts they change. What is wrong with an overrides file is in
//! `problems/overrides.txt`.

use std::fs;
use std::path::Path;

use errbook_spec::place::Source;
use errbook_spec::registry::{Code, Registry};
use errbook_spec::{Billing, Retry, Severity, open_with};

/// An example of the guide.
fn read_guide(file: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtime/tests/guide");
    Source::new(file, &fs::read_to_string(folder.join(file)).unwrap())
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
fn an_entry_is_for_what_the_code_means_now() {
    let spec = Source::new(
        "spec.toml",
        "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"Now\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"Old\"\nstatus = \"retired\"\nuntil = \"2\"\n",
    );
    for (key, expected) in [("1", "Now"), ("Now", "Now"), ("Old", "Old")] {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\n[set.C.code]\n{key} = {{ retry = \"never\" }}\n"
        );
        let opened = open_with(&spec, Some(&Source::new("mine.toml", &text)), &[]).unwrap();
        let codes = opened.registry.sets[0].codes.iter();
        let changed = codes.filter(|code| code.retry.is_some());
        let changed: Vec<_> = changed.map(|code| code.variant.as_str()).collect();
        assert_eq!(changed, [expected]);
    }
}
