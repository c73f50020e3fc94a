//! What a small document and an overlay become.

use errbook_spec::place::Source;
use errbook_spec::{Code, Set, Spec, Status, Wire};

use super::spec;
use crate::regen::{Regenerated, Taxonomy, regen};
use crate::vendor::{Original, Vendor};

/// A vendor with this document and overlay, of a registry without releases.
pub(super) fn shop(overlay: &str, document: &str) -> Vendor {
    let overlay = format!("schema = 1\nlocale = \"en\"\n{overlay}");
    Vendor {
        name: "shop".to_owned(),
        folder: "vendors/shop".to_owned(),
        document: Original::new("source.md", document),
        overlay: Source::new("overlay.toml", &overlay),
        messages: Vec::new(),
        memory: Vec::new(),
        released: None,
        has_releases: false,
        words: errbook_ingest::lexicon::Words::default(),
    }
}

/// The same with this previous spec.
pub(super) fn shop_after(previous: &str, overlay: &str, document: &str) -> Vendor {
    Vendor {
        memory: vec![Source::new("spec.toml", previous)],
        ..shop(overlay, document)
    }
}

pub(super) fn kinds() -> Taxonomy {
    Taxonomy::new(&Spec {
        vendor: "errbook".into(),
        ..spec(
            "[[set]]\nname = \"Kind\"\n\
             [[set.code]]\ncode = \"success\"\nvariant = \"Success\"\n\
             [[set.code]]\ncode = \"throttled\"\nvariant = \"Throttled\"\nretry = \"throttled\"\n\
             [[set.code]]\ncode = \"network\"\nvariant = \"Network\"\nretry = \"backoff\"\n",
        )
    })
}

pub(super) fn regenerated(vendor: &Vendor) -> Regenerated {
    regen(vendor, Some(&kinds())).unwrap_or_else(|it| panic!("{it}"))
}

pub(super) fn refused(vendor: &Vendor) -> String {
    regen(vendor, Some(&kinds())).unwrap_err().to_string()
}

/// Asserts that these are all the problems of a vendor, in this order, each with its help.
#[track_caller]
fn assert_refused(vendor: &Vendor, expected: &[&str]) {
    let problems = regen(vendor, Some(&kinds())).unwrap_err();
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    let matches = problems.len() == expected.len()
        && problems
            .iter()
            .zip(expected)
            .all(|(problem, words)| words.split(" … ").all(|words| problem.contains(words)));
    assert!(matches, "{problems:#?}\n{expected:#?}");
}

/// A document with one table of codes, each row without its first and last bar.
pub(super) fn orders(header: &str, rows: &[&str]) -> String {
    let columns = "|---".repeat(header.split('|').count());
    let rows = rows.iter().map(|row| format!("| {row} |\n"));
    format!(
        "# Orders\n\n| {header} |\n{columns}|\n{}",
        rows.collect::<String>()
    )
}

const ORDER: &str = "[set.Order]\ntable = \"Orders\"\n";

fn code<'a>(spec: &'a Spec, key: &str) -> &'a Code {
    let mut codes = spec.sets.iter().flat_map(|set| &set.codes);
    codes.find(|code| code.code.value == key).unwrap()
}

fn names(set: &Set) -> Vec<&str> {
    set.codes.iter().map(|code| code.code.as_str()).collect()
}

/// Without the previous spec, or with an overlay that says nothing, all else would be reported as
/// wrong.
#[test]
fn a_file_that_cannot_be_parsed_is_the_only_problem() {
    let document = orders("Code | Message", &["1 | busy"]);
    let overlay = format!("{ORDER}[set.Gone]\nstatus = \"retired\"\n");
    let broken = shop_after("schema = 1\n[", &overlay, &document);
    let problems = refused(&broken);
    assert!(
        problems.contains("the previous spec cannot be parsed, and only it has the retired codes"),
        "{problems}"
    );
    assert!(!problems.contains("`Gone`"), "{problems}");
    let problems = regen(&shop("[set.Order", &document), None).unwrap_err();
    assert_eq!(problems.iter().count(), 1, "{problems}");
}

#[test]
fn a_retired_code_names_the_edition_that_lacks_it() {
    let both = orders("Code | Message", &["1 | busy", "2 | late"]);
    let one = orders("Code | Message", &["1 | busy"]);
    let before = regenerated(&shop(ORDER, &both)).text;
    for edition in [None, Some("V2")] {
        let head = edition.map_or_else(String::new, |name| format!("edition = \"{name}\"\n"));
        let vendor = shop_after(&before, &format!("{head}{ORDER}"), &one);
        let spec = regenerated(&vendor).spec;
        let hash = format!("sha256:{}", &vendor.document.sha256()[..12]);
        let late = code(&spec, "2");
        assert_eq!(late.status, Status::Retired);
        assert_eq!(
            late.retired_in.as_deref().map(String::as_str),
            Some(edition.unwrap_or(&hash))
        );
    }
}

/// Later editions must not make all codes of a vendor new.
#[test]
fn the_edition_in_which_a_vendor_first_appeared_stays_the_same() {
    let document = orders("Code | Message", &["1 | busy"]);
    let other = orders("Code | Message", &["1 | still busy"]);
    let since = |vendor: &Vendor| {
        let since = regenerated(vendor).spec.since;
        since.and_then(|since| since.edition).map(|at| at.value)
    };
    let named = |edition: &str| format!("edition = \"{edition}\"\n{ORDER}");
    let first = regenerated(&shop(&named("V1"), &document)).text;
    let unnamed = regenerated(&shop(ORDER, &document)).text;
    let v1 = || Some("V1".to_owned());
    assert_eq!(since(&shop(&named("V1"), &document)), v1());
    assert_eq!(since(&shop(ORDER, &document)), None);
    assert_eq!(since(&shop_after(&first, &named("V2"), &other)), v1());
    // The edition is named later: of the same document only.
    assert_eq!(since(&shop_after(&unnamed, &named("V1"), &document)), v1());
    assert_eq!(since(&shop_after(&unnamed, &named("V2"), &other)), None);
    // Specs of before did not say since when their codes exist.
    let bare = first.replace("since.edition = \"V1\"\n", "");
    assert_ne!(bare, first);
    assert_eq!(since(&shop_after(&bare, &named("V2"), &other)), v1());
    // The previous spec has no edition of its own, but knows the first one.
    let known = unnamed.replace("\n[[set]]", "\nsince.edition = \"V0\"\n[[set]]");
    assert_eq!(
        since(&shop_after(&known, &named("V2"), &other)),
        Some("V0".to_owned())
    );
}

#[test]
fn details_are_counted_unless_they_become_part_of_the_message() {
    let document = orders(
        "Code | Message | Description",
        &[
            "1 | busy | Too many requests.",
            "2 | late | ",
            "100-199 | of the disk | ",
        ],
    );
    let set = format!("{ORDER}columns = {{ Description = \"details\" }}\n");
    let unkept = |set: &str| {
        let done = regenerated(&shop(set, &document));
        let account = &done.account;
        (
            code(&done.spec, "1")
                .message
                .get("en")
                .unwrap()
                .value
                .clone(),
            account.sum(|set| set.unkept_details),
            account.sum(|set| set.unkept_ranges),
        )
    };
    assert_eq!(unkept(&set), ("busy".to_owned(), 1, 1));
    assert_eq!(
        unkept(&format!("{set}details = \"message\"\n")),
        ("busy\nToo many requests.".to_owned(), 0, 1)
    );
}

#[test]
fn the_numbers_of_all_sets_are_added() {
    let document = "# Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n\n\
                    # Refunds\n\n| Code | Message |\n|---|---|\n| 3 | gone |\n";
    let set = format!("{ORDER}[set.Refund]\ntable = \"Refunds\"\n");
    let account = regenerated(&shop(&set, document)).account;
    assert_eq!(account.sets[0].provisional, ["1 Busy", "2 Late"]);
    assert_eq!(account.sum(|set| set.codes), 3);
    assert_eq!(account.sum(|set| set.rows), 3);
    assert_eq!(account.sum(|set| set.retired), 0);
}

/// Rows of one code that are merged: what they say must not contradict, or a person decides.
#[test]
fn a_fact_on_which_merged_rows_disagree_names_what_to_write() {
    let document = orders(
        "Code | Name | Message | HTTP status | Retryable | Severity | Charged",
        &[
            "7 | A | busy | 400 | yes | error | yes",
            "~~7~~ | B | closed | 500 | no | warning | no",
        ],
    );
    let set = format!("{ORDER}repeated = \"join\"\n");
    assert_refused(
        &shop(&set, &document),
        &[
            "disagree on billing … add `billing = \"billed\"`, `\"free\"` or `\"unspecified\"`",
            "disagree on http: line 5 says `400`, line 6 says `500` … add `http = STATUS` to",
            "disagree on retry: line 5 says `yes`, line 6 says `no` … add `retry = \"…\"` to",
            "disagree on severity … add `severity = \"…\"` to",
            "disagree on status … add `status = \"active\"` or `\"retired\"` to",
            "disagree on symbol: line 5 says `A`, line 6 says `B` … add `aliases = [\"…\"]` to",
        ],
    );
    let all = [
        ("billing", "billing = \"unspecified\""),
        ("http", "http = 400"),
        ("retry", "retry = \"never\", because = \"x\""),
        ("severity", "severity = \"error\""),
        ("status", "status = \"active\""),
        ("symbol", "aliases = [\"B\"]"),
    ];
    let entry = |facts: &[(&str, &str)]| {
        let facts: Vec<_> = facts.iter().map(|(_, line)| *line).collect();
        format!("{set}[set.Order.code]\n7 = {{ {} }}\n", facts.join(", "))
    };
    let spec = regenerated(&shop(&entry(&all), &document)).spec;
    let code = code(&spec, "7");
    assert_eq!(code.aliases, ["B".into()]);
    assert_eq!((&code.billing, code.status), (&None, Status::Active));
    // Each decision decides its own fact.
    for at in 0..all.len() {
        let mut others = all.to_vec();
        let (fact, _) = others.remove(at);
        let expected = format!("disagree on {fact}");
        assert_refused(&shop(&entry(&others), &document), &[&expected]);
    }
    // An entry of another code decides nothing.
    let other = format!(
        "{}8 = {{ http = 400 }}\n",
        entry(&[all[0], all[2], all[3], all[4], all[5]])
    );
    assert!(refused(&shop(&other, &document)).contains("disagree on http"));
}

#[test]
fn rows_are_merged_only_if_they_are_of_one_code() {
    let document = orders(
        "Code | Name | Message",
        &[
            "7 | A | busy",
            "7 | B | closed",
            "7 | A | slow",
            "8 | C | late",
            "100-199 | | of the disk",
            "100-199 | | of the network",
        ],
    );
    let set = format!("{ORDER}repeated = \"join\"\nidentity = \"code+symbol\"\n");
    let done = regenerated(&shop(&set, &document));
    let messages: Vec<_> = done.spec.sets[0]
        .codes
        .iter()
        .map(|code| code.message.get("en").unwrap().value.as_str())
        .collect();
    assert_eq!(messages, ["busy\nslow", "closed", "late"]);
    // Ranges are not codes: each row is one.
    assert_eq!(done.spec.sets[0].ranges.len(), 2);
    assert_eq!(done.account.sets[0].repeated, 0);
}

#[test]
fn a_code_in_several_sections_is_in_none_of_them() {
    let document = "# Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n\n\
                    # Refunds\n\n| Code | Message |\n|---|---|\n| 1 | closed |\n| 2 | late |\n\
                    | 3 | gone |\n";
    let set = "[set.Order]\nrepeated = \"join\"\n[set.Order.sections]\norders = \"Orders\"\n\
               refunds = \"Refunds\"\n";
    let done = regenerated(&shop(set, document));
    let sections: Vec<_> = done.spec.sets[0]
        .codes
        .iter()
        .map(|code| code.section.as_ref().map(|at| at.value.as_str()))
        .collect();
    assert_eq!(sections, [None, None, Some("refunds")]);
    let account = &done.account.sets[0];
    assert_eq!((account.unsectioned, account.repeated), (2, 1));
}

/// What a row says of its section comes before the table that it is in.
#[test]
fn a_code_in_two_tables_has_the_section_that_its_rows_name() {
    let document = "# Orders\n\n| Category | Code | Message |\n|---|---|---|\n\
                    | Cards | 1 | busy |\n| Cards | 2 | late |\n\n\
                    # Refunds\n\n| Category | Code | Message |\n|---|---|---|\n\
                    | Cards | 1 | closed |\n| Bank | 2 | late |\n";
    let set = "[set.Order]\nrepeated = \"join\"\ncolumns = { Category = \"section\" }\n\
               [set.Order.sections]\norders = \"Orders\"\nrefunds = \"Refunds\"\n";
    let done = regenerated(&shop(set, document));
    let section = |key: &str| {
        code(&done.spec, key)
            .section
            .as_ref()
            .map(|at| at.value.clone())
    };
    assert_eq!(
        (section("1"), section("2")),
        (Some("cards".to_owned()), None)
    );
    assert_eq!(done.account.sets[0].unsectioned, 1);
}

/// Of several tables under a heading, those with codes are meant.
#[test]
fn a_table_without_codes_under_the_same_heading_does_not_count() {
    let document = "# Orders\n\n| Field | Type |\n|---|---|\n| key | string |\n\nMore.\n\n\
                    | Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n";
    for selector in ["\"Orders\"", "{ heading = \"Orders\", nth = 1 }"] {
        let set = format!("[set.Order]\ntable = {selector}\n");
        assert_eq!(
            names(&regenerated(&shop(&set, document)).spec.sets[0]),
            ["1", "2"]
        );
    }
    assert_refused(
        &shop(
            "[set.Order]\ntable = { heading = \"Orders\", nth = 2 }\n",
            document,
        ),
        &["`nth` is 2, but only 1 table match"],
    );
}

/// A cell may have several names of one code.
#[test]
fn other_names_in_a_cell_are_aliases() {
    let document = orders(
        "Code | Name | Message",
        &["1 | BUSY<br>OVERLOADED | busy", "2 | LATE | late"],
    );
    let spec = regenerated(&shop(ORDER, &document)).spec;
    let busy = code(&spec, "1");
    assert_eq!(busy.symbol.as_deref().unwrap(), "BUSY");
    assert_eq!(busy.aliases, ["OVERLOADED".into()]);
}

/// A column may name the section of each row.
#[test]
fn a_section_that_a_cell_names_is_listed_once() {
    let document = orders(
        "Category | Code | Message",
        &[
            "Cards | 1 | busy",
            "Cards | 2 | late",
            "Bank transfers | 3 | gone",
        ],
    );
    let set = format!("{ORDER}columns = {{ Category = \"section\" }}\n");
    let spec = regenerated(&shop(&set, &document)).spec;
    let sections: Vec<_> = spec.sets[0]
        .sections
        .iter()
        .map(|section| {
            (
                section.id.as_str(),
                section.title.get("en").unwrap().as_str(),
            )
        })
        .collect();
    assert_eq!(
        sections,
        [("cards", "Cards"), ("bank-transfers", "Bank transfers")]
    );
    assert_eq!(code(&spec, "2").section.as_deref().unwrap(), "cards");
}

#[test]
fn a_range_of_the_overlay_is_that_of_the_document_if_both_ends_are_the_same() {
    let document = orders(
        "Code | Message | Charged",
        &[
            "1 | busy | no",
            "100-199 | of the network | yes",
            "200-299 | of the disk | no",
        ],
    );
    let set = format!(
        "{ORDER}[set.Order.range]\n\"100..199\" = {{ severity = \"warning\" }}\n\
         \"100..150\" = {{ severity = \"info\" }}\n\"250..299\" = {{ severity = \"info\" }}\n"
    );
    let spec = regenerated(&shop(&set, &document)).spec;
    let ranges: Vec<_> = spec.sets[0]
        .ranges
        .iter()
        .map(|range| {
            let severity = range.severity.as_ref().map(|at| format!("{:?}", at.value));
            let billing = range.billing.as_ref().map(|at| format!("{:?}", at.value));
            format!(
                "{}..{} {} {}",
                *range.from,
                *range.to,
                severity.unwrap_or_default(),
                billing.unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        ranges,
        [
            "100..199 Warning Billed",
            "200..299  Free",
            "100..150 Info ",
            "250..299 Info "
        ]
    );
}

#[test]
fn a_code_that_only_prose_mentions_needs_its_words_and_a_message() {
    let document = format!(
        "{}\nThe code 9 means that the bank is closed.\n",
        orders("Code | Message", &["1 | busy"])
    );
    let shop = |entries: &str| shop(&format!("{ORDER}[set.Order.code]\n{entries}"), &document);
    let words = "quote = \"The code 9 means that the bank is closed\"";
    let done = regenerated(&shop(&format!(
        "9 = {{ message = \"closed\", {words} }}\n\
         8 = {{ message = \"never\", {words}, status = \"removed\", because = \"not sent\" }}\n\
         1 = {{ message = \"Busy!\", {words} }}\n"
    )));
    assert_eq!(names(&done.spec.sets[0]), ["1", "9"]);
    assert_eq!(
        code(&done.spec, "9").message.get("en").unwrap().value,
        "closed"
    );
    assert_eq!(code(&done.spec, "1").said.get("en").unwrap().value, "busy");
    assert_refused(
        &shop(&format!(
            "9 = {{ {words} }}\n8 = {{ message = \"x\", quote = \"The code 8 means\" }}\n\
             11 = {{ message = \"x\" }}\n1 = {{ quote = \"The code 1 means\" }}\n"
        )),
        &[
            "`Order.9` does not match … a code that only prose mentions needs `quote`",
            "`Order.8` does not match … the quote does not occur in the document; copy it",
            "`Order.11` does not match … did you mean `1`? … remove the entry, or write",
            "the quote `The code 1 means` does not occur in source.md",
        ],
    );
    assert_refused(
        &shop("1 = { status = \"removed\", because = \"not sent\" }\n"),
        &["`1` is removed in the overlay but is in the document again … source.md:5"],
    );
}

#[test]
fn a_symbol_of_a_code_that_only_prose_mentions_is_kept() {
    let document = format!(
        "{}\nThe code 9 CLOSED is sent at night.\n",
        orders("Code | Name | Message", &["1 | BUSY | busy"])
    );
    let set = format!(
        "{ORDER}identity = \"code+symbol\"\n[set.Order.code]\n\
         9.CLOSED = {{ message = \"closed\", quote = \"The code 9 CLOSED is sent\" }}\n"
    );
    let spec = regenerated(&shop(&set, &document)).spec;
    assert_eq!(code(&spec, "9").symbol.as_deref().unwrap(), "CLOSED");
}

/// The codes of a table that the vendor withdrew keep decoding as before.
#[test]
fn a_retired_set_is_as_the_previous_spec_has_it() {
    let previous = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n\
                    [[set]]\nname = \"Gone\"\nwire = \"string\"\nidentity = \"code+symbol\"\n\
                    title.en = \"Old codes\"\n\
                    [[set.section]]\nid = \"cards\"\ntitle.en = \"Cards\"\n\
                    [[set.section]]\nid = \"empty\"\ntitle.en = \"Empty\"\n\
                    [[set.code]]\ncode = \"1\"\nsymbol = \"A\"\nvariant = \"A\"\n\
                    section = \"cards\"\nmessage.en = \"a\"\n";
    let document = orders("Code | Message", &["1 | busy"]);
    let gone = |more: &str| {
        let overlay = format!("{ORDER}[set.Gone]\nstatus = \"retired\"\n{more}");
        let spec = regenerated(&shop_after(previous, &overlay, &document)).spec;
        spec.sets.into_iter().nth(1).unwrap()
    };
    let set = gone("");
    assert_eq!((set.wire, set.status), (Wire::String, Status::Retired));
    assert_eq!(set.identity, errbook_spec::Identity::CodeAndSymbol);
    assert_eq!(set.title.get("en").unwrap().value, "Old codes");
    assert_eq!(set.codes[0].status, Status::Retired);
    let sections: Vec<_> = set.sections.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(sections, ["cards"], "only those of its codes");
    // The overlay may still decide both.
    let set = gone("wire = \"flags\"\nidentity = \"code\"\n");
    assert_eq!(set.wire, Wire::Flags);
    assert_eq!(set.identity, errbook_spec::Identity::Code);

    // A set of the document has what the overlay says, or the default, whatever it was before.
    let order = previous.replace("Gone", "Order");
    let spec = regenerated(&shop_after(&order, ORDER, &document)).spec;
    assert_eq!(spec.sets[0].wire, Wire::default());
    assert_eq!(spec.sets[0].identity, errbook_spec::Identity::Code);
}

/// A billing rule is a promise about money: its words and its codes must be there.
#[test]
fn a_billing_rule_must_be_in_the_document_and_name_codes() {
    let document = format!(
        "{}\nOnly the code 1 is charged.\n",
        orders("Code | Message", &["1 | busy", "2 | late"])
    );
    let rule = |billed: &str, quote: &str| {
        let rule = format!("billed = [\"{billed}\"]\notherwise = \"free\"\nquote = \"{quote}\"\n");
        shop(&format!("{ORDER}[set.Order.billing]\n{rule}"), &document)
    };
    let spec = regenerated(&rule("1", "Only the code 1 is charged")).spec;
    let billing = |key: &str| code(&spec, key).billing.as_ref().unwrap().value;
    assert_eq!(billing("1"), errbook_spec::Billing::Billed);
    assert_eq!(billing("2"), errbook_spec::Billing::Free);
    assert_refused(
        &rule("1", "All codes are free"),
        &["the quote `All codes are free` does not occur in source.md"],
    );
    assert_refused(
        &rule("3", "Only the code 1 is charged"),
        &["`3` is not a code of this set"],
    );
}

/// What a kind and a person decide of a code.
#[test]
fn a_retry_class_that_is_not_that_of_the_kind_needs_a_reason() {
    let document = orders("Code | Message", &["0 | fine", "1 | busy"]);
    let shop = |entry: &str| {
        let entries = format!("0 = {{ kind = \"success\" }}\n1 = {{ {entry} }}\n");
        shop(
            &format!("kinds = \"errbook\"\n{ORDER}[set.Order.code]\n{entries}"),
            &document,
        )
    };
    let spec = regenerated(&shop("kind = \"network\", retry = \"backoff\"")).spec;
    assert!(code(&spec, "0").success);
    assert!(!code(&spec, "1").success);
    let never = "kind = \"network\", retry = \"never\"";
    assert_refused(
        &shop(never),
        &["this retry class differs from that of the kind, but no reason is given"],
    );
    for reason in ["because = \"the vendor says so\"", "quote = \"busy\""] {
        let spec = regenerated(&shop(&format!("{never}, {reason}"))).spec;
        let retry = code(&spec, "1").retry.as_ref().unwrap().value;
        assert_eq!(retry, errbook_spec::Retry::Never, "{reason}");
    }
}

#[test]
fn each_selector_that_does_not_match_one_table_says_which_tables_there_are() {
    let two = "# Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n\nMore.\n\n\
               | Code | Text |\n|---|---|\n| 2 | late |\n";
    let found = "`Orders` (line 3: Code | Message); `Orders` (line 9: Code | Text)";
    let refuses = |selector: &str, problems: &[&str]| {
        let vendor = shop(&format!("[set.Order]\ntable = {selector}\n"), two);
        let problems: Vec<_> = problems
            .iter()
            .map(|it| format!("{it} … {found}"))
            .collect();
        let problems: Vec<_> = problems.iter().map(String::as_str).collect();
        assert_refused(&vendor, &problems);
    };
    refuses("\"Orders\"", &["2 tables are under the heading `Orders`"]);
    refuses(
        "{ heading = \"Orders\", nth = 3 }",
        &["`nth` is 3, but only 2 tables match this selector"],
    );
    refuses(
        "{ heading = \"Orders\", nth = 0 }",
        &["`nth` is 0, but only 2 tables match this selector"],
    );
    refuses(
        "{ heading = \"Orders\", column = \"Fee\" }",
        &["no table under the heading `Orders` has a column `Fee`"],
    );
    refuses(
        "{ heading = \"Other\", nth = 1 }",
        &["no table under the heading `Other`"],
    );
    // The other table has codes too: they must not be lost.
    for (selector, other) in [
        ("nth = 1", "column = \"Text\""),
        ("column = \"Text\"", "column = \"Message\""),
    ] {
        let set = format!("[set.Order]\ntable = {{ heading = \"Orders\", {selector} }}\n");
        assert_refused(
            &shop(&set, two),
            &[&format!(
                "the table under `Orders` has 1 code but does not belong to a set … \
                 with `table = {{ heading = \"Orders\", {other} }}`"
            )],
        );
    }
    let sets = "[set.Order]\ntable = { heading = \"Orders\", nth = 1 }\n\
                [set.Late]\ntable = { heading = \"Orders\", nth = 2 }\n";
    let spec = regenerated(&shop(sets, two)).spec;
    assert_eq!(names(&spec.sets[0]), ["1"]);
    assert_eq!(names(&spec.sets[1]), ["2"]);
}

/// A section has an id that stays the same while its title does.
#[test]
fn the_id_of_a_section_is_its_title_or_a_hash() {
    use crate::regen::section_id;
    for (title, id) in [
        ("Cards", "cards"),
        ("Bank transfers (SEPA)", "bank-transfers-sepa"),
        ("  Cards -- and more ", "cards-and-more"),
    ] {
        assert_eq!(section_id(title), id, "{title}");
    }
    // An id begins with a letter, and is ASCII.
    for title in ["2 Cards", "卡", "Café", "--", ""] {
        let id = section_id(title);
        assert!(
            id.starts_with("section-") && id.len() == 14,
            "{title}: {id}"
        );
    }
    assert_ne!(section_id("卡"), section_id("银行"));
}

const TEMPLATE: &str = "[set.Order]\ntable = \"Orders\"\nidentity = \"code+symbol\"\n\
                        columns = { Code = \"code\", Name = \"symbol\" }\n[set.Order.code]\n";

/// A value of a template is a code of its own: what the row was called is not its name.
#[test]
fn a_value_of_a_template_has_the_facts_of_the_row_and_none_of_its_names() {
    let document = orders(
        "Code | Name | Message",
        &[
            "1 | BAD:<field> | The field <field> is bad",
            "2 | GONE | gone",
        ],
    );
    let entries = "1.\"BAD:<field>\" = { variant = \"Bad\", was = [\"3.BAD\"], \
                   was-variant = [\"Worse\"] }\n\
                   1.\"BAD:age\" = { template = \"BAD:<field>\", variant = \"BadAge\" }\n\
                   1.\"BAD:sex\" = { template = \"BAD:<field>\", status = \"removed\", \
                   because = \"never sent\" }\n";
    let spec = regenerated(&shop(&format!("{TEMPLATE}{entries}"), &document)).spec;
    let [row, value, _] = &spec.sets[0].codes[..] else {
        panic!("{:?}", names(&spec.sets[0]))
    };
    assert_eq!(row.was.len() + row.was_variant.len(), 2);
    assert_eq!(value.symbol.as_deref().unwrap(), "BAD:age");
    assert_eq!(value.variant.value, "BadAge");
    assert!(value.was.is_empty() && value.was_variant.is_empty());
    assert_eq!(
        value.message.get("en").unwrap().value,
        "The field age is bad"
    );
    // It is where a person wrote it.
    let file = value.code.place.file.as_deref();
    assert_eq!(file, Some("overlay.toml"));
}

#[test]
fn a_value_needs_its_template_unless_the_document_lists_it() {
    let rows = [
        "1 | BAD:<field> | The field <field> is bad",
        "2 | GONE | gone",
    ];
    let entry = "1.\"BAD:age\" = { template = \"BAD:<felt>\", variant = \"BadAge\" }\n";
    let overlay = format!("{TEMPLATE}{entry}");
    assert_refused(
        &shop(&overlay, &orders("Code | Name | Message", &rows)),
        &["`BAD:<felt>` is not a symbol of the code 1 in the document … mean `BAD:<field>`?"],
    );
    let listed = [&rows[..], &["1 | BAD:age | You are too young"]].concat();
    let spec = regenerated(&shop(&overlay, &orders("Code | Name | Message", &listed))).spec;
    let age = spec.sets[0]
        .codes
        .iter()
        .find(|code| code.variant.value == "BadAge")
        .unwrap();
    assert_eq!(age.message.get("en").unwrap().value, "You are too young");
    // Where the number alone identifies a code, a symbol leads nowhere.
    let number = "[set.Order]\ntable = \"Orders\"\n[set.Order.code]\n\
                  1 = { template = \"BAD:<field>\" }\n";
    assert_refused(
        &shop(number, &orders("Code | Name | Message", &rows)),
        &["`template` of `1` has no effect: a symbol does not identify a code of this set"],
    );
}

/// A document that is not known to have all tables must not lose any.
#[test]
fn a_table_of_codes_that_no_one_mentions_is_reported() {
    let document = format!(
        "{}\n# Refunds\n\n| Code | Message |\n|---|---|\n| 11 | closed |\n| 12 | lost |\n",
        orders("Code | Message", &["1 | busy", "2 | late"])
    );
    assert_refused(
        &shop(ORDER, &document),
        &[
            "the table under `Refunds` has 2 codes but does not belong to a set … \
           add `[set.NAME]` with `table = \"Refunds\"` to overlay.toml, or `[[ignore]]`",
        ],
    );
    // As another section of a set with the same columns.
    let sections = "[set.Order.sections]\norders = \"Orders\"\n";
    assert_refused(
        &shop(sections, &document),
        &["does not belong to a set … add `refunds = \"Refunds\"` to `sections` of `[set.Order]`"],
    );
    // The table that a wrong selector meant is not reported again.
    let wrong = format!("{ORDER}[set.Refund]\ntable = \"Refund codes\"\n");
    assert_refused(
        &shop(&wrong, &document),
        &["no table under the heading `Refund codes`"],
    );
    let none = format!("{ORDER}[set.Refund]\n");
    assert_refused(
        &shop(&none, &document),
        &["the set `Refund` needs exactly one of `table`, `sections` and `status`"],
    );
    let ignored = format!("{ORDER}[[ignore]]\ntable = \"Refunds\"\nbecause = \"old\"\n");
    assert_eq!(regenerated(&shop(&ignored, &document)).spec.sets.len(), 1);
    let twice = format!(
        "{ORDER}[set.Again]\ntable = \"Orders\"\n{}",
        &ignored[ORDER.len()..]
    );
    assert_refused(
        &shop(&twice, &document),
        &["the table under `Orders` already belongs to the set `Order`"],
    );
    let both = format!("{ignored}[[ignore]]\ntable = \"Orders\"\nbecause = \"old\"\n");
    assert_refused(
        &shop(&both, &document),
        &["the table under `Orders` cannot be ignored: it belongs to the set `Order`"],
    );
}

#[test]
fn a_table_in_which_no_code_is_found_is_reported() {
    let document = orders(
        "Who | What",
        &[
            "This is a sentence | That is another one",
            "This is no code | Nor is it here",
        ],
    );
    let row = "this row of `Order` cannot be read: no column of this table has the role code";
    assert_refused(
        &shop(ORDER, &document),
        &["the set `Order` has no codes", row, row],
    );
    // Only the header, again.
    let header = orders("Code | Message", &["Code | Message"]);
    let set = format!("{ORDER}columns = {{ Code = \"code\" }}\n");
    assert_refused(
        &shop(&set, &header),
        &[
            "the set `Order` has no codes",
            "source.md:3 … no codes found in this table of `Order` … name the column of codes",
        ],
    );
    assert_refused(
        &shop(&set, &orders("Code | Message", &[])),
        &["the set `Order` has no codes"],
    );
    let document = orders("Who | What", &["a | busy", "b | late"]);
    let named = format!(
        "{ORDER}wire = \"string\"\ncolumns = {{ \"#1\" = \"code\", What = \"message\" }}\n"
    );
    assert_eq!(
        names(&regenerated(&shop(&named, &document)).spec.sets[0]),
        ["a", "b"]
    );
    let missing = format!("{ORDER}wire = \"string\"\ncolumns = {{ \"#3\" = \"code\" }}\n");
    let problems = refused(&shop(&missing, &document));
    assert!(
        problems.contains("the table has no column `#3`")
            && problems.contains("its columns: Who | What; `#1` means the first column"),
        "{problems}"
    );
}

#[test]
fn columns_have_the_roles_that_the_overlay_gives_them() {
    let document = orders(
        "Code | Message | Solution",
        &["1 | wait | busy", "2 | pay | poor"],
    );
    for columns in [
        "Message = \"remedy\", Solution = \"message\"",
        "\"#2\" = \"remedy\", \"#3\" = \"message\"",
    ] {
        let set = format!("{ORDER}columns = {{ {columns} }}\n");
        let spec = regenerated(&shop(&set, &document)).spec;
        let busy = code(&spec, "1");
        assert_eq!(busy.message.get("en").unwrap().value, "busy", "{columns}");
        assert_eq!(busy.remedy.get("en").unwrap().value, "wait", "{columns}");
    }
}

#[test]
fn cells_are_read_as_the_overlay_says() {
    let codes = |keys: &str, rows: &[&str]| {
        let vendor = shop(&format!("{ORDER}{keys}"), &orders("Code | Message", rows));
        let set = regenerated(&vendor).spec.sets.remove(0);
        let ranges = set
            .ranges
            .iter()
            .map(|range| format!("{}..{}", *range.from, *range.to));
        let codes = names(&set).into_iter().map(str::to_owned);
        codes.chain(ranges).collect::<Vec<_>>().join(", ")
    };
    let string = "wire = \"string\"\n";
    let rows = ["1/2 | busy", "3 | late"];
    assert_eq!(codes("", &rows), "1, 2, 3");
    assert_eq!(
        codes(&format!("{string}whole = [\"1/2\"]\n"), &rows),
        "1/2, 3"
    );
    let rows = ["100-199 | disk", "3 | late"];
    assert_eq!(codes("", &rows), "3, 100..199");
    assert_eq!(
        codes(&format!("{string}ranges = \"code\"\n"), &rows),
        "100-199, 3"
    );
    let rows = ["7 & 8 | busy", "3 | late"];
    assert_eq!(codes("separators = [\"&\"]\n", &rows), "7, 8, 3");
}

/// Without a new edition, the overlay is wrong: it says what to write, by the rows of the spec.
#[test]
fn a_table_with_another_heading_is_found_by_its_rows() {
    let table = |heading: &str, codes: [u32; 2]| {
        let rows = codes.map(|code| format!("| {code} | payment {code} failed |\n"));
        format!(
            "# {heading}\n\n| Code | Message |\n|---|---|\n{}\n",
            rows.concat()
        )
    };
    let sections = "[set.Order.sections]\norders = \"Orders\"\nrefunds = \"Refunds\"\n";
    let document = format!("{}{}", table("Orders", [1, 2]), table("Refunds", [11, 12]));
    let before = regenerated(&shop(sections, &document)).text;
    let moved = format!(
        "{}{}",
        table("Returns", [11, 12]),
        table("Purchases", [1, 2])
    );
    assert_refused(
        &shop_after(&before, sections, &moved),
        &[
            "no table under the heading `Orders` … the table under `Purchases` has 2 of its 2 \
             codes: write `orders = \"Purchases\"`",
            "no table under the heading `Refunds` … the table under `Returns` has 2 of its 2 \
             codes: write `refunds = \"Returns\"`",
        ],
    );
    let set = regenerated(&shop(ORDER, &table("Orders", [1, 2]))).text;
    assert_refused(
        &shop_after(&set, ORDER, &table("Purchases", [1, 2])),
        &["no table under the heading `Orders` … write `table = \"Purchases\"`"],
    );
}

/// What a kind meant when a code had it stays what a former meaning means; a retired code follows
/// its kind.
#[test]
fn a_former_meaning_keeps_the_facts_of_its_kind() {
    let previous = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\nkinds = \"errbook\"\n\
                    [[set]]\nname = \"Order\"\n\
                    [[set.code]]\ncode = \"1\"\nvariant = \"Was\"\nkind = \"network\"\n\
                    retry = \"never\"\nseverity = \"warning\"\nmessage.en = \"group not found\"\n\
                    [[set.code]]\ncode = \"2\"\nvariant = \"Gone\"\nkind = \"network\"\n\
                    retry = \"never\"\nmessage.en = \"gone\"\n";
    let retries = |kind: &str| {
        let overlay = format!(
            "kinds = \"errbook\"\n{ORDER}[set.Order.code]\n\
             1 = [{{ variant = \"Was\", kind = \"{kind}\", until = \"V1\" }}, \
             {{ variant = \"Now\" }}]\n\
             2 = {{ variant = \"Gone\", kind = \"network\" }}\n"
        );
        let document = orders("Code | Message", &["1 | target blacklisted", "3 | busy"]);
        let spec = regenerated(&shop_after(previous, &overlay, &document)).spec;
        let codes = spec.sets[0].codes.iter();
        let line = |code: &Code| {
            let retry = code.retry.as_ref().map(|at| format!("{:?}", at.value));
            let severity = code.severity.as_ref().map(|at| format!("{:?}", at.value));
            format!(
                "{} {} {}",
                *code.variant,
                retry.unwrap_or_default(),
                severity.unwrap_or_default()
            )
        };
        codes.map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        retries("network"),
        ["Now  ", "Gone Backoff ", "Busy  ", "Was Never Warning"]
    );
    // Another kind is a decision.
    assert_eq!(retries("throttled")[3], "Was Throttled Warning");
}

#[test]
fn a_corrected_message_leaves_those_in_other_languages() {
    let document = orders(
        "Error code | Message (English) | Message (Chinese)",
        &[
            "1001 | The server is bussy | 繁忙",
            "1002 | The order is late | 晚了",
        ],
    );
    let set = format!("{ORDER}[set.Order.code]\n1001 = {{ message = \"The server is busy\" }}\n");
    let spec = regenerated(&shop(&set, &document)).spec;
    let busy = code(&spec, "1001");
    let texts = busy
        .message
        .iter()
        .map(|(tag, text)| format!("{tag} {}", **text));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        ["en The server is busy", "zh 繁忙"]
    );
    assert_eq!(busy.said.get("en").unwrap().value, "The server is bussy");
}

/// A row of a workbook is named as the program that shows it does.
#[test]
fn a_problem_in_a_workbook_names_the_sheet_and_the_row() {
    let mut sheet = rust_xlsxwriter::Worksheet::new();
    sheet.set_name("Orders").unwrap();
    let rows = [
        ["Code", "Message"],
        ["1", "busy"],
        ["1", "late"],
        ["2", "gone"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    book.push_worksheet(sheet);
    let vendor = Vendor {
        document: Original::new("source.xlsx", book.save_to_buffer().unwrap()),
        ..shop(
            &format!("{ORDER}[set.Order.code]\n7 = {{ variant = \"Seven\" }}\n"),
            "",
        )
    };
    let problems = refused(&vendor);
    assert!(problems.contains("source.xlsx[Orders]:3: "), "{problems}");
    // A line of another file is a line.
    assert!(
        problems.contains("overlay.toml:6:1: `Order.7` does not match"),
        "{problems}"
    );
}
