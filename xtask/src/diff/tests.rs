//! Each change of a small spec, with the findings that it causes.

use std::fmt::Write;

use errbook_spec::place::Source;
use errbook_spec::{Spec, word};

use crate::diff::{
    Class, Finding, Severity, Verdict, diff, line, markdown_table, same_but_for_form,
    weigh_unreleased, with_entries,
};

const SHOP: &str = r#"
schema = 1
vendor = "shop"
locale = "en"
kinds = "errbook"
title.en = "The shop"

[[set]]
name = "Order"
was = ["Buy"]
reserved = ["70..79", "GONE"]
title.en = "Orders"
billing-source.column = "Fee"

[[set.section]]
id = "cards"
title.en = "Cards"

[[set.code]]
code = "1"
symbol = "DECLINED:<bank>"
aliases = ["NO"]
was = ["91"]
variant = "Declined"
was-variant = ["Refused"]
section = "cards"
params = { card = { values = ["debit", "credit"] } }
message.en = "The card was declined."
message.de = "Die Karte wurde abgelehnt."
remedy.en = "Use another card."
kind = "payment-declined"
billing = "billed"
note = { en = "Since May." }

[[set.code]]
code = "-2"
variant = "Expired"
message.en = "The card has expired."

[[set.range]]
from = "500"
to = "599"
kind = "internal"
billing = "free"

[[set]]
name = "Refund"

[[set.code]]
code = "3"
variant = "TooLate"
message.en = "It is too late."
"#;

const TOO_LATE: &str = "[[set.code]]
code = \"3\"
variant = \"TooLate\"
message.en = \"It is too late.\"
";
const TOO_LATE_AND_RANGE: &str = "[[set.code]]
code = \"3\"
variant = \"TooLate\"
message.en = \"It is too late.\"

[[set.range]]";

/// The shop's spec after each first string is replaced with the second.
fn shop(edits: &[(&str, &str)]) -> Spec {
    let mut text = SHOP.to_owned();
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "`{from}`");
        text = text.replace(from, to);
    }
    errbook_spec::parse(&Source::new("spec.toml", &text))
        .unwrap_or_else(|it| panic!("{it}\n{text}"))
}

/// `ID severity bump: old -> new`
fn shown(finding: &Finding) -> String {
    let values = match (&finding.old, &finding.new) {
        (None, None) => String::new(),
        (old, new) => format!(
            ": {} -> {}",
            old.as_deref().unwrap_or_default(),
            new.as_deref().unwrap_or_default()
        ),
    };
    format!(
        "{} {} {}{values}",
        finding.id,
        word(Severity::WORDS, finding.severity),
        word(Verdict::WORDS, finding.verdict),
    )
}

fn found(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<Finding> {
    diff(Some(&shop(old)), Some(&shop(new)))
}

/// Edits of the shop's spec, and the findings.
type Case = (
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

#[track_caller]
fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for (edits, expected) in cases {
        let findings: Vec<_> = found(&[], edits).iter().map(shown).collect();
        if findings != *expected {
            let _ = write!(
                wrong,
                "{edits:?}\n found {findings:#?}\n expected {expected:#?}\n"
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_spec_does_not_differ_from_itself() {
    check(&[(&[], &[])]);
}

#[test]
fn what_changes_about_the_vendor_is_found() {
    check(&[
        (
            &[("vendor = \"shop\"", "vendor = \"store\"")],
            &["store/vendor-renamed error major: shop -> store"],
        ),
        (
            &[("kinds = \"errbook\"", "kinds = \"own\"")],
            &["shop/taxonomy-changed error major: errbook -> own"],
        ),
        (
            &[("The shop", "the shop!")],
            &["shop/title-changed.en cosmetic patch: The shop -> the shop!"],
        ),
        (
            &[("The shop", "The store")],
            &["shop/title-changed.en info patch: The shop -> The store"],
        ),
        (
            &[("title.en = \"The shop\"", "")],
            &["shop/title-changed.en info patch: The shop -> "],
        ),
    ]);
    let first_kinds = found(&[("kinds = \"errbook\"", "")], &[]);
    assert_eq!(
        first_kinds.iter().map(shown).collect::<Vec<_>>(),
        ["shop/taxonomy-changed info minor:  -> errbook"],
        "where there was no kind, no program uses it"
    );
}

#[test]
fn what_changes_about_a_set_is_found() {
    check(&[
        (
            &[("was = [\"Buy\"]", "")],
            &["shop/Order/set-name-removed.Buy error major: Buy -> "],
        ),
        (
            &[("was = [\"Buy\"]", "was = [\"Buy\", \"Cart\"]")],
            &["shop/Order/set-name-added.Cart info minor:  -> Cart"],
        ),
        // Both names are still there.
        (
            &[
                ("name = \"Order\"", "name = \"Buy\""),
                ("was = [\"Buy\"]", "was = [\"Order\"]"),
            ],
            &["shop/Buy/set-renamed error major: Order -> Buy"],
        ),
        (
            &[(
                "title.en = \"Orders\"",
                "status = \"retired\"\ntitle.en = \"Orders\"",
            )],
            &["shop/Order/set-retired warning minor"],
        ),
        (&[("\"70..79\"", "\"70..74\", \"75..79\"")], &[]),
        (
            &[("\"70..79\"", "\"70..73\", \"75..79\"")],
            &["shop/Order/reservation-removed.70..79 error major: 70..79 -> "],
        ),
        (
            &[("\"70..79\"", "\"71..79\"")],
            &["shop/Order/reservation-removed.70..79 error major: 70..79 -> "],
        ),
        (
            &[(
                "\"70..79\"",
                "\"70..79\", \"9223372036854775800..9223372036854775807\"",
            )],
            &[
                "shop/Order/reservation-added.9223372036854775800..9223372036854775807 \
               info patch:  -> 9223372036854775800..9223372036854775807",
            ],
        ),
        (
            &[("title.en = \"Cards\"", "title.en = \"CARDS\"")],
            &["shop/Order/cards/title-changed.en cosmetic patch: Cards -> CARDS"],
        ),
        (
            &[(
                "[[set.section]]\n",
                "[[set.section]]\nid = \"cash\"\n\n[[set.section]]\n",
            )],
            &["shop/Order/section-added.cash info minor:  -> cash"],
        ),
        (
            &[("id = \"cards\"", "id = \"cash\"")],
            &[
                "shop/Order/section-added.cash info minor:  -> cash",
                "shop/Order/section-removed.cards info minor: cards -> ",
            ],
        ),
    ]);
}

#[test]
fn another_column_of_billing_is_cosmetic_and_another_sentence_is_not() {
    let column = "billing-source.column = \"Fee\"";
    let quote = "billing-source.quote = \"All are billed.\"";
    let cases = [
        (column, "billing-source.column = \"Charge\"", "cosmetic"),
        (
            quote,
            "billing-source.quote = \"all are billed\"",
            "cosmetic",
        ),
        (quote, "billing-source.quote = \"None is billed.\"", "info"),
        (column, quote, "info"),
        (column, "", "info"),
    ];
    for (old, new, severity) in cases {
        let findings = found(&[(column, old)], &[(column, new)]);
        let words: Vec<_> = findings
            .iter()
            .map(|it| (it.class.word(), word(Severity::WORDS, it.severity)))
            .collect();
        assert_eq!(words, [("billing-source-changed", severity)], "{old} {new}");
    }
}

/// A change of the billing of a range changes the costs of each of its codes.
#[test]
fn what_changes_about_a_range_is_found() {
    let cases = [
        (
            "kind = \"internal\"",
            "kind = \"overloaded\"",
            &["range-changed.500..599 warning"][..],
        ),
        (
            "billing = \"free\"",
            "billing = \"billed\"",
            &["range-changed.500..599 error"],
        ),
        (
            "to = \"599\"",
            "to = \"598\"",
            &[
                "range-added.500..598 info",
                "range-removed.500..599 warning",
            ],
        ),
        (
            "from = \"500\"",
            "from = \"501\"",
            &[
                "range-added.501..599 info",
                "range-removed.500..599 warning",
            ],
        ),
    ];
    for (from, to, expected) in cases {
        let findings = found(&[], &[(from, to)]);
        let lines: Vec<_> = findings.iter().map(shown).collect();
        assert_eq!(lines.len(), expected.len(), "{lines:?}");
        for (line, expected) in lines.iter().zip(expected) {
            let start = format!("shop/Order/{expected} minor: ");
            assert!(line.starts_with(&start), "{start}: {line}");
        }
    }
    let findings = found(&[], &[("billing = \"free\"", "billing = \"billed\"")]);
    assert_eq!(
        findings[0].new.as_deref(),
        Some("kind internal, retry unspecified, billing billed")
    );
}

#[test]
fn what_changes_about_the_names_of_a_code_is_found() {
    check(&[
        (
            &[("variant = \"Declined\"", "variant = \"Denied\"")],
            &["shop/Order.1/variant-renamed error major: Declined -> Denied"],
        ),
        (
            &[
                ("variant = \"Declined\"", "variant = \"Denied\""),
                ("[\"Refused\"]", "[\"Refused\", \"Declined\"]"),
            ],
            &["shop/Order.1/variant-renamed warning minor: Declined -> Denied"],
        ),
        (
            &[("was-variant = [\"Refused\"]", "")],
            &["shop/Order.1/variant-name-removed.Refused error major: Refused -> "],
        ),
        (
            &[("[\"Refused\"]", "[\"Refused\", \"Denied\"]")],
            &["shop/Order.1/variant-name-added.Denied info minor:  -> Denied"],
        ),
        (
            &[
                ("variant = \"Declined\"", "variant = \"Refused\""),
                ("[\"Refused\"]", "[\"Declined\"]"),
            ],
            &["shop/Order.1/variant-renamed warning minor: Declined -> Refused"],
        ),
        (
            &[("aliases = [\"NO\"]\nwas = [\"91\"]", "")],
            &[
                "shop/Order.1/alias-removed.NO error major: NO -> ",
                "shop/Order.1/alias-removed.91 error major: 91 -> ",
            ],
        ),
        (
            &[
                ("[\"NO\"]", "[\"NO\", \"NEVER\"]"),
                ("[\"91\"]", "[\"91\", \"92\"]"),
            ],
            &[
                "shop/Order.1/alias-added.NEVER info minor:  -> NEVER",
                "shop/Order.1/alias-added.92 info minor:  -> 92",
            ],
        ),
    ]);
}

/// A program that sends or logs the old symbol still works only if the old one still decodes.
#[test]
fn a_symbol_may_change_only_where_the_old_one_decodes() {
    let symbol = "symbol = \"DECLINED:<bank>\"\naliases = [\"NO\"]\nwas = [\"91\"]";
    let plain = "symbol = \"DECLINED\"";
    for (old, new, bump) in [
        (plain, "symbol = \"REFUSED\"", Verdict::Major),
        (
            plain,
            "symbol = \"REFUSED\"\naliases = [\"DECLINED\"]",
            Verdict::Minor,
        ),
        (
            plain,
            "symbol = \"REFUSED\"\nwas = [\"1:DECLINED\"]",
            Verdict::Minor,
        ),
        ("", plain, Verdict::Minor),
        (plain, "", Verdict::Major),
    ] {
        let findings = found(&[(symbol, old)], &[(symbol, new)]);
        let of_symbol = findings
            .iter()
            .find(|it| it.class.word() == "symbol-changed");
        let of_symbol = of_symbol.unwrap_or_else(|| panic!("{old} {new}: {findings:#?}"));
        assert_eq!(of_symbol.verdict, bump, "{old} {new}");
        assert_eq!(
            of_symbol.help.is_some(),
            bump == Verdict::Major,
            "{old} {new}"
        );
    }
}

#[test]
fn what_changes_about_parameters_is_found() {
    check(&[
        (
            &[("{ card = ", "{ sum = {}, card = ")],
            &["shop/Order.1/parameter-added.sum info minor:  -> sum"],
        ),
        (
            &[(
                "params = { card = { values = [\"debit\", \"credit\"] } }",
                "",
            )],
            &["shop/Order.1/parameter-removed.card error major: card -> "],
        ),
        (
            &[("{ card = ", "{ kind = ")],
            &["shop/Order.1/parameter-renamed.card error major: card -> kind"],
        ),
        (
            &[(
                "values = [\"debit\", \"credit\"]",
                "written = \"c\", values = [\"debit\"]",
            )],
            &["shop/Order.1/parameter-changed.card warning minor: \
                 one of debit, credit -> written c, one of debit"],
        ),
        (
            &[("{ values = [\"debit\", \"credit\"] }", "{}")],
            &["shop/Order.1/parameter-changed.card warning minor: one of debit, credit -> "],
        ),
        // The parameter of the symbol is one of the code, whether or not it is declared.
        (&[("{ card = ", "{ bank = {}, card = ")], &[]),
    ]);
}

#[test]
fn the_vendors_own_words_weigh_more_than_translations() {
    check(&[
        (
            &[("The card was declined.", "The bank said no.")],
            &["shop/Order.1/message-changed.en warning minor: \
                 The card was declined. -> The bank said no."],
        ),
        (
            &[("The card was declined.", "the card was declined")],
            &["shop/Order.1/message-changed.en cosmetic patch: \
                 The card was declined. -> the card was declined"],
        ),
        (
            &[("Die Karte wurde abgelehnt.", "Nein.")],
            &["shop/Order.1/message-changed.de info patch: \
                 Die Karte wurde abgelehnt. -> Nein."],
        ),
        (
            &[("remedy.en = \"Use another card.\"", "")],
            &["shop/Order.1/remedy-changed.en warning minor: Use another card. -> "],
        ),
        // The language goes as a whole.
        (
            &[("message.de = \"Die Karte wurde abgelehnt.\"", "")],
            &["shop/language-removed.de error major: de -> "],
        ),
        (
            &[(
                "message.en = \"It is",
                "message.fr = \"Trop tard.\"\nmessage.en = \"It is",
            )],
            &["shop/language-added.fr info minor:  -> fr"],
        ),
        (
            &[(
                "message.en = \"It is",
                "message.de = \"Zu spät.\"\nmessage.en = \"It is",
            )],
            &["shop/Refund.3/translation-added.de info patch:  -> Zu spät."],
        ),
        (
            &[
                ("message.de = \"Die Karte wurde abgelehnt.\"", ""),
                (
                    "message.en = \"It is",
                    "message.de = \"Zu spät.\"\nmessage.en = \"It is",
                ),
            ],
            &[
                "shop/Order.1/translation-stale.de warning patch: Die Karte wurde abgelehnt. -> ",
                "shop/Refund.3/translation-added.de info patch:  -> Zu spät.",
            ],
        ),
        (
            &[("remedy.en", "remedy.de = \"Andere Karte.\"\nremedy.en")],
            &["shop/Order.1/translation-added.remedy.de info patch:  -> Andere Karte."],
        ),
        (
            &[("Since May.", "Since June.")],
            &["shop/Order.1/note-changed info patch: en Since May. -> en Since June."],
        ),
        (
            &[("Since May.", "since may")],
            &["shop/Order.1/note-changed cosmetic patch: en Since May. -> en since may"],
        ),
        (
            &[(
                "variant = \"Expired\"",
                "variant = \"Expired\"\nremedy.en = \"Renew it.\"",
            )],
            &["shop/Order.-2/remedy-changed.en warning minor:  -> Renew it."],
        ),
    ]);
}

/// A kind that differs only in form is another kind.
#[test]
fn what_a_program_decides_by_is_never_cosmetic() {
    check(&[
        (
            &[("\"payment-declined\"", "\"Payment-declined\"")],
            &["shop/Order.1/kind-changed warning minor: payment-declined -> Payment-declined"],
        ),
        (
            &[(
                "variant = \"Expired\"",
                "variant = \"Expired\"\nsuccess = true",
            )],
            &["shop/Order.-2/success-changed error minor: false -> true"],
        ),
        (
            &[(
                "variant = \"Expired\"",
                "variant = \"Expired\"\nsaid.de = \"Alt.\"",
            )],
            &["shop/Order.-2/said-changed.de info minor:  -> Alt."],
        ),
    ]);
}

#[test]
fn a_finding_names_the_code_and_its_messages_with_the_vendors_own_first() {
    let findings = found(&[], &[("billing = \"billed\"", "")]);
    assert_eq!(findings[0].variant.as_deref(), Some("Declined"));
    let messages = [
        ("en", "The card was declined."),
        ("de", "Die Karte wurde abgelehnt."),
    ];
    let messages = messages.map(|(tag, text)| (tag.to_owned(), text.to_owned()));
    assert_eq!(findings[0].messages, messages);
}

#[test]
fn a_vendor_comes_and_goes_with_its_size() {
    let shop = shop(&[]);
    let removed: Vec<_> = diff(Some(&shop), None).iter().map(shown).collect();
    assert_eq!(
        removed,
        ["shop/vendor-removed error major: 3 codes in 2 sets -> "]
    );
    let added: Vec<_> = diff(None, Some(&shop)).iter().map(shown).collect();
    assert_eq!(
        added,
        [
            "shop/vendor-added info minor:  -> 3 codes in 2 sets",
            "shop/Order/set-added info minor:  -> 2 codes",
            "shop/Refund/set-added info minor:  -> 1 code",
            "shop/Order.1/code-added info minor",
            "shop/Order.-2/code-added info minor",
            "shop/Refund.3/code-added info minor",
        ]
    );
    assert!(diff(None, None).is_empty());
}

/// Every program that shows a message without choosing a language shows another one.
#[test]
fn another_language_of_the_vendor_is_a_breaking_change() {
    let findings = found(&[], &[("locale = \"en\"", "locale = \"de\"")]);
    let changed = &findings[0];
    assert_eq!(
        shown(changed),
        "shop/default-language-changed error major: en -> de"
    );
    assert!(
        changed
            .help
            .as_ref()
            .is_some_and(|help| help.contains(" is in de "))
    );
}

/// All keys of a set change with what identifies its codes.
#[test]
fn codes_are_the_same_after_the_identity_of_their_set_changes() {
    let identity = (
        "was = [\"Buy\"]",
        "was = [\"Buy\"]\nidentity = \"code+symbol\"",
    );
    let lines: Vec<_> = found(&[], &[identity]).iter().map(shown).collect();
    assert_eq!(
        lines,
        ["shop/Order/identity-changed error major: code -> code+symbol"]
    );
    let renamed = ("variant = \"Declined\"", "variant = \"Denied\"");
    let lines = found(&[], &[identity, renamed]);
    let classes: Vec<_> = lines.iter().map(|it| it.class.word()).collect();
    assert!(classes.contains(&"code-removed"), "{classes:?}");
}

#[test]
fn reports_quote_sentences_and_nothing_else() {
    for (class, is_quoted) in [
        ("message-changed", true),
        ("remedy-changed", true),
        ("note-changed", true),
        ("translation-added", true),
        ("translation-stale", true),
        ("billing-changed", false),
        ("kind-changed", false),
        ("definition-changed", false),
        ("code-added", false),
    ] {
        let class = Class::of_word(class).unwrap();
        assert_eq!(class.is_about_sentences(), is_quoted, "{class:?}");
    }
}

#[test]
fn punctuation_counts_where_it_can_change_the_meaning() {
    for (one, other, is_same) in [
        (
            "比对源照片问题,无法解码",
            "比对源照片问题，无法解码。",
            true,
        ),
        ("云-眼", "云眼", true),
        ("云-a", "云a", false),
        ("a-云", "a云", false),
        ("a-b", "ab", false),
        ("云眼睛", "云睛", false),
        ("1.5 s", "15 s", false),
        ("1. 5", "1 5", false),
        ("v1.", "v1", true),
        (".5", "5", true),
        ("-5", "5", false),
    ] {
        assert_eq!(same_but_for_form(one, other), is_same, "{one} {other}");
    }
}

#[test]
fn a_code_that_moves_is_not_removed_and_added() {
    check(&[
        // To another section.
        (
            &[("section = \"cards\"", "")],
            &["shop/Order.1/code-moved info minor: cards -> "],
        ),
        (
            &[(
                "variant = \"Expired\"",
                "variant = \"Expired\"\nlocale = \"de\"",
            )],
            &["shop/Order.-2/locale-changed info minor:  -> de"],
        ),
        // To another set, as far as number and message are the same.
        (
            &[(TOO_LATE, ""), ("[[set.range]]", TOO_LATE_AND_RANGE)],
            &["shop/Refund.3/code-moved error major: Refund.3 -> Order.3"],
        ),
        (
            &[
                (TOO_LATE, ""),
                (
                    "[[set.range]]",
                    "[[set.code]]\ncode = \"3\"\nvariant = \"SoldOut\"\nmessage.en = \"Gone.\"\n\
                     [[set.range]]",
                ),
            ],
            &[
                "shop/Refund.3/code-removed error major",
                "shop/Order.3/code-added info minor",
            ],
        ),
    ]);
}

#[test]
fn another_number_in_another_set_is_another_code() {
    let other = TOO_LATE_AND_RANGE.replace("\"3\"", "\"4\"");
    let edits = [(TOO_LATE, ""), ("[[set.range]]", &other)];
    let lines: Vec<_> = found(&[], &edits).iter().map(shown).collect();
    assert_eq!(
        lines,
        [
            "shop/Refund.3/code-removed error major",
            "shop/Order.4/code-added info minor"
        ]
    );
}

#[test]
fn a_proposal_names_the_set_the_code_and_what_to_write() {
    let findings = found(&[], &[("code = \"-2\"", "code = \"22\"")]);
    let finding = &findings[0];
    let proposed = finding.proposed.as_ref().unwrap();
    assert_eq!((&*proposed.set, &*proposed.instead), ("Order", "Order.22"));
    assert_eq!(proposed.variant, "Expired");
    assert_eq!(
        finding.help.as_deref(),
        Some(
            "if they are the same error, add `replaced-by = \"Order.22\"` to the entry of -2 \
             under [set.Order.code] in overlay.toml"
        )
    );
}

#[test]
fn a_code_with_the_same_message_may_have_been_renumbered() {
    // Another sign is the same number, even if the vendor changed the rest of the code.
    check(&[
        (
            &[(
                "code = \"-2\"\nvariant = \"Expired\"",
                "code = \"2\"\nvariant = \"Expired\"\nremedy.en = \"Renew it.\"",
            )],
            &[
                "shop/Order.-2/rename-proposed info patch: Order.-2 -> Order.2",
                "shop/Order.-2/code-removed error major",
                "shop/Order.2/code-added info minor",
            ],
        ),
        (
            &[("code = \"-2\"\nvariant", "code = \"22\"\nvariant")],
            &[
                "shop/Order.-2/rename-proposed info patch: Order.-2 -> Order.22",
                "shop/Order.-2/code-removed error major",
                "shop/Order.22/code-added info minor",
            ],
        ),
        (
            &[(
                "code = \"-2\"\nvariant = \"Expired\"",
                "code = \"22\"\nvariant = \"Expired\"\nremedy.en = \"Renew it.\"",
            )],
            &[
                "shop/Order.-2/code-removed error major",
                "shop/Order.22/code-added info minor",
            ],
        ),
        // Neither the number nor the lack of a remedy makes codes with other messages the same.
        (
            &[(
                "code = \"-2\"\nvariant = \"Expired\"\nmessage.en = \"The card has expired.\"",
                "code = \"2\"\nvariant = \"Expired\"\nmessage.en = \"The card was stolen.\"",
            )],
            &[
                "shop/Order.-2/code-removed error major",
                "shop/Order.2/code-added info minor",
            ],
        ),
    ]);
    // Codes without a message say nothing that could be the same.
    let bare = "message.en = \"The card has expired.\"";
    let findings = found(&[(bare, "")], &[(bare, ""), ("\"-2\"", "\"2\"")]);
    assert_eq!(
        findings.iter().map(shown).collect::<Vec<_>>(),
        [
            "shop/Order.-2/code-removed error major",
            "shop/Order.2/code-added info minor"
        ]
    );
}

#[test]
fn a_message_that_was_another_codes_is_called_a_swap() {
    let helps = |new: &[(&str, &str)]| -> Vec<String> {
        let findings = found(&[], new);
        findings.iter().filter_map(|it| it.help.clone()).collect()
    };
    let expired = "\"The card has expired.\"";
    assert_eq!(
        helps(&[(expired, "\"The card was declined.\"")]),
        ["this was the message of `Declined` (Order.1): were the two swapped?"]
    );
    // Of another code it is only alike, and a translation says nothing about the vendor.
    assert!(helps(&[(expired, "\"The card was declined\"")]).is_empty());
    assert!(helps(&[("Die Karte wurde abgelehnt.", "The card has expired.")]).is_empty());
    // Neither is what a remedy says, nor a change of form.
    assert!(helps(&[("Use another card.", "The card has expired.")]).is_empty());
    let alike = found(
        &[(expired, "\"The card was declined\"")],
        &[(expired, "\"The card was declined.\"")],
    );
    assert!(alike.iter().all(|it| it.help.is_none()), "{alike:?}");
}

/// What programs cannot know may change, and a person still reads what it costs.
#[test]
fn what_no_release_has_breaks_no_program() {
    let edits = [
        ("variant = \"Declined\"", "variant = \"Denied\""),
        ("variant = \"TooLate\"", "variant = \"Late\""),
        ("billing = \"billed\"", "billing = \"free\""),
    ];
    let old = shop(&[]);
    let new = shop(&edits);
    let weighed = |released: Option<&Spec>| -> Vec<String> {
        let mut findings = diff(Some(&old), Some(&new));
        weigh_unreleased(&mut findings, &[&old, &new], released);
        let line = |it: &Finding| {
            let help = it
                .help
                .as_deref()
                .filter(|help| *help == "no release has it");
            format!("{} {}", shown(it), help.unwrap_or_default())
        };
        findings.iter().map(line).collect()
    };
    let denied = "shop/Order.1/variant-renamed";
    let billing = "shop/Order.1/billing-changed error minor: billed -> free ";
    let late = "shop/Refund.3/variant-renamed";
    assert_eq!(
        weighed(None),
        [
            format!("{denied} info minor: Declined -> Denied no release has it"),
            billing.to_owned(),
            format!("{late} info minor: TooLate -> Late no release has it"),
        ]
    );
    let mut released = shop(&[]);
    released.sets.truncate(1);
    assert_eq!(
        weighed(Some(&released)),
        [
            format!("{denied} error major: Declined -> Denied "),
            billing.to_owned(),
            format!("{late} info minor: TooLate -> Late no release has it"),
        ]
    );
    assert_eq!(
        weighed(Some(&old))[2],
        format!("{late} error major: TooLate -> Late ")
    );
}

#[test]
fn a_proposal_keeps_what_the_overlay_says_about_the_code() {
    let help = |overlay: &str| {
        let mut findings = found(&[], &[("code = \"-2\"", "code = \"22\"")]);
        with_entries(&mut findings, overlay);
        // Findings without a proposal keep their own help.
        assert!(findings[1..].iter().all(|it| it.help.is_none()));
        findings[0].help.take().unwrap()
    };
    let under = "under [set.Order.code]";
    let entry = "{ variant = \"Expired\", kind = \"expired\" }";
    assert_eq!(
        help(&format!("[set.Order.code]\n-2 = {entry}\n")),
        format!(
            "if they are the same error, replace its entry in overlay.toml {under}: \
             -2 = {{ variant = \"Expired\", kind = \"expired\", replaced-by = \"Order.22\" }}"
        )
    );
    assert_eq!(
        help("[set.Order.code]\n"),
        format!(
            "if they are the same error, write this in overlay.toml {under}: \
             -2 = {{ variant = \"Expired\", replaced-by = \"Order.22\" }}"
        )
    );
}

#[test]
fn a_retired_set_or_code_still_decodes_and_may_come_back() {
    let set = (
        "title.en = \"Orders\"",
        "status = \"retired\"\ntitle.en = \"Orders\"",
    );
    let code = (
        "variant = \"Expired\"",
        "variant = \"Expired\"\nstatus = \"retired\"",
    );
    for (edit, retired, back) in [
        (
            set,
            "shop/Order/set-retired warning minor",
            "shop/Order/set-reappeared info minor",
        ),
        (
            code,
            "shop/Order.-2/code-retired warning minor",
            "shop/Order.-2/code-reappeared info minor",
        ),
    ] {
        let of = |findings: Vec<Finding>| findings.iter().map(shown).collect::<Vec<_>>();
        assert_eq!(of(found(&[], &[edit])), [retired]);
        assert_eq!(of(found(&[edit], &[])), [back]);
    }
}

#[test]
fn a_finding_is_one_line_of_what_where_and_the_values() {
    let expired = "variant = \"Expired\"";
    let retired = "variant = \"Expired\"\nstatus = \"retired\"\nreplaced-by = \"Refund.3\"";
    let cases = [
        (
            (expired, retired),
            "Order.-2 Expired: The card has expired.; use Refund.3 instead",
        ),
        (
            (expired, "variant = \"Expired\"\nstatus = \"retired\""),
            "Order.-2 Expired: The card has expired.",
        ),
        (
            ("aliases = [\"NO\"]", ""),
            "Order.1 Declined NO: NO → nothing",
        ),
        (
            ("[\"NO\"]", "[\"NO\", \"NEVER\"]"),
            "Order.1 Declined NEVER: NEVER",
        ),
        ((TOO_LATE, ""), "Refund.3 TooLate: It is too late."),
        (
            ("Since May.", "Since\\nJune."),
            "Order.1 Declined: en Since May. → en Since ⏎ June.",
        ),
        (("kinds = \"errbook\"", "kinds = \"own\""), "errbook → own"),
    ];
    for (edit, expected) in cases {
        let findings = found(&[], &[edit]);
        assert_eq!(line(findings.last().unwrap()), expected, "{findings:?}");
    }
    // In a table, neither a code nor a sentence becomes markup.
    let findings = found(&[], &[("Since May.", "<b>|*_`")]);
    let table = markdown_table(&findings);
    assert!(
        table.ends_with(
            "| info | note-changed | patch | <code>Order.1</code> <code>Declined</code>: \
             en Since May. → en &#60;b&#62;&#124;&#42;&#95;&#96; |\n"
        ),
        "{table}"
    );
}
