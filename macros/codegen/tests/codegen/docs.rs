//! The rustdoc of sets and variants: what an editor shows on hover.

use std::path::Path;

use errbook_codegen::{Options, expand_partial};
use errbook_spec::place::Source;

use crate::rust::{attributes, doc, rust_with, set, source};

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
        "*Overridden by `overrides.toml`:* `message` in `en`, `message` in `fr`, `retry` is \
         `never` instead of `after-user-action` (we have no form for another card)",
        "*Overridden by `overrides.toml`:* `billing` is `free` instead of `billed` \
         (our contract of 2024-03-01, section 4)",
        "*Overridden by `overrides.toml`:* `severity` is `info` instead of `warning`",
    ] {
        assert!(tokens.contains(doc), "{doc}\n{tokens}");
    }
}

/// The documentation of the only code of a set.
fn doc_of(code: &str) -> String {
    let source = set(
        "[[set.section]]\nid = \"pay\"\ntitle.en = \"Pay_ment\"",
        &[&format!("code = \"7\"\nvariant = \"Seven\"\n{code}")],
    );
    doc(&rust_with(&source, &Options::default()), "Seven")
}

#[test]
fn the_documentation_of_a_variant_has_its_texts_and_facts() {
    for (code, expected) in [
        ("", " `7`: 7\n\n *Billing:* unspecified"),
        (
            "symbol = \"SE`VEN\"\nmessage.en = \"Seven.\"",
            " `7` `SE'VEN`: Seven.\n\n *Billing:* unspecified",
        ),
        // English first, then each other text once.
        (
            "message = { de = \"Sieben\", en = \"Seven\", fr = \"Sept\", it = \"Sept\" }\n\
             locale = \"de\"",
            " `7`: Seven\n\n Sieben\n\n Sept\n\n *Billing:* unspecified",
        ),
        (
            "remedy = { en = \"Wait.\", de = \"Warten.\" }\ndoc.en = \"It is seven.\"\n\
             note.en = \"Only in May.\"\nsaid.en = \"Sevn\"\nunlike = [\"7\"]",
            " `7`: 7\n\n *Remedy:* Wait.\n\n *Remedy:* Warten.\n\n It is seven.\n\n \
             *Note (not from the vendor's document):* Only in May.\n\n \
             *In the vendor's own words:* Sevn\n\n *Not to be confused with* `7`.\n\n \
             *Billing:* unspecified",
        ),
        (
            "severity = \"warning\"\nbilling = \"free\"\nretry = \"backoff\"\nretry-after = 5\n\
             http = 503\nsection = \"pay\"\nsince.release = \"0.1.0\"",
            " `7`: 7\n\n *Severity:* warning · *Billing:* free · *Retry:* backoff · *after:* 5 s · \
             *HTTP:* 503 · *Section:* Pay\\_ment · *Since:* 0\\.1.0",
        ),
    ] {
        assert_eq!(doc_of(code), format!("{expected:?}"), "{code}");
    }
    let with_kind = source(
        "kinds = \"shop-kinds\"\n[[set]]\nname = \"C\"\n[[set.code]]\ncode = \"7\"\n\
         variant = \"Seven\"\nkind = \"too-late\"\n",
    );
    assert_eq!(
        doc(&rust_with(&with_kind, &Options::default()), "Seven"),
        format!(
            "{:?}",
            " `7`: 7\n\n *Billing:* unspecified · *Kind:* too-late"
        )
    );
}

#[test]
fn the_first_text_of_a_variant_is_in_english_or_that_of_the_document() {
    let source = Source::new(
        "spec.toml",
        "schema = 1\nvendor = \"shop\"\nlocale = \"zh-CN\"\n[[set]]\nname = \"C\"\n\
         [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nmessage = { zh-CN = \"一\", de = \"eins\" \
         }\n",
    );
    let first = |source: &Source| doc(&rust_with(source, &Options::default()), "One");
    assert_eq!(
        first(&source),
        format!("{:?}", " `1`: 一\n\n eins\n\n *Billing:* unspecified")
    );
    let english = Source::new("spec.toml", &source.text().replace(" de =", " en-GB ="));
    assert_eq!(
        first(&english),
        format!("{:?}", " `1`: eins\n\n 一\n\n *Billing:* unspecified")
    );
}

#[test]
fn the_documentation_of_a_set_counts_its_codes_and_names_its_document() {
    let of = |head: &str, keys: &str, codes: usize| {
        let codes =
            (0..codes).map(|at| format!("[[set.code]]\ncode = \"{at}\"\nvariant = \"V{at}\"\n"));
        let source = source(&format!(
            "{head}\n[[set]]\nname = \"C\"\n{keys}\n{}",
            codes.collect::<String>()
        ));
        doc(&rust_with(&source, &Options::default()), "C")
    };
    let rest = "The order of the variants and their numbers inside the program are not part of the \
                interface: `Ord` compares the codes, and `code()` gives them.";
    assert_eq!(
        of("", "", 1),
        format!(
            "{:?}",
            format!(" C.\n\n 1 code of `shop` (shop).\n\n {rest}")
        )
    );
    assert_eq!(
        of(
            "title = { en = \"The shop\", de = \"Der Laden\" }",
            "title = { en = \"A_b\", de = \"A_b\", fr = \"C\" }",
            2
        ),
        format!(
            "{:?}",
            format!(" A\\_b / C.\n\n 2 codes of `shop` (The shop / Der Laden).\n\n {rest}")
        )
    );
    for (keys, edition) in [
        ("", ""),
        (
            "edition = \"V*2\"",
            " From edition V\\*2 of the vendor's document.",
        ),
        (
            "date = \"2018-12\"",
            " From edition of 2018-12 of the vendor's document.",
        ),
        (
            "edition = \"2\", date = \"2018-12\"",
            " From edition 2 of 2018-12 of the vendor's document.",
        ),
        (
            "edition = \"2018-12\", date = \"2018-12\"",
            " From edition 2018-12 of the vendor's document.",
        ),
        (
            "superseded = true",
            " From an undated edition of the vendor's document, which **the vendor has replaced**.",
        ),
        (
            "edition = \"2\", superseded = \"2019-01\", newer = \"https://shop.example\"",
            " From edition 2 of the vendor's document, which **the vendor has replaced** on \
             2019-01. A later edition: <https://shop.example>.",
        ),
    ] {
        let comma = if keys.is_empty() { "" } else { ", " };
        let head = format!("source = {{ file = \"a\", sha256 = \"0\"{comma}{keys} }}");
        let gap = if edition.is_empty() { "" } else { "\n\n" };
        let expected = format!(" C.\n\n 1 code of `shop` (shop).\n\n {rest}{gap}{edition}");
        assert_eq!(of(&head, "", 1), format!("{expected:?}"), "{keys}");
    }
}

#[test]
fn a_retired_code_is_deprecated_with_what_to_use() {
    let source = set(
        "",
        &[
            "code = \"1\"\nvariant = \"Now\"",
            "code = \"2\"\nvariant = \"Gone\"\nstatus = \"retired\"",
            "code = \"3\"\nvariant = \"Replaced\"\nstatus = \"retired\"\nreplaced-by = \"C.1\"",
            "code = \"1\"\nvariant = \"Former\"\nstatus = \"retired\"\nuntil = \"2019\"",
        ],
    );
    let tokens = rust_with(&source, &Options::default());
    for (variant, note) in [
        ("Now", None),
        ("Gone", Some("the vendor no longer documents this code")),
        (
            "Replaced",
            Some("the vendor no longer documents this code; see C::Now"),
        ),
        (
            "Former",
            Some("since 2019, the vendor answers `1` for another error, C::Now"),
        ),
    ] {
        let found = attributes(&tokens, variant);
        let found = found.iter().find(|each| each.starts_with("deprecated"));
        let expected = note.map(|note| format!("deprecated (note = {note:?})"));
        assert_eq!(found, expected.as_ref(), "{variant}");
    }
    let former = doc(&tokens, "Former");
    let until = format!(
        "{:?}",
        " `1`: 1\n\n Until 2019: since then, `1` means [`C::Now`]."
    );
    assert!(former.starts_with(until.trim_end_matches('"')), "{former}");
    assert!(tokens.to_string().contains("allow (deprecated"));
    let active = set("", &["code = \"1\"\nvariant = \"Now\""]);
    let active = rust_with(&active, &Options::default()).to_string();
    assert!(!active.contains("allow (deprecated"), "{active}");
}

#[test]
fn rustdoc_finds_a_variant_by_its_code_its_symbol_and_its_aliases() {
    let source = set(
        "",
        &["code = \"7\"\nsymbol = \"SEVEN\"\nvariant = \"Seven\"\n\
           aliases = [\"SEVEN_\", \"SE'VEN\", \"Seven\"]"],
    );
    let found = attributes(&rust_with(&source, &Options::default()), "Seven");
    let aliases = found.iter().filter(|each| each.starts_with("doc (alias"));
    assert_eq!(
        aliases.collect::<Vec<_>>(),
        [
            "doc (alias = \"7\")",
            "doc (alias = \"SEVEN\")",
            "doc (alias = \"SEVEN_\")"
        ]
    );
}
