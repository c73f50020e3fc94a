//! The command `explain`: what finds a code, and what the cards contain.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use errbook_cli::book::Book;
use errbook_cli::explain::{Reader, cards, find};
use errbook_cli::shipped;
use errbook_spec as spec;
use errbook_spec::place::Source;

use crate::scratch::{SHOP, Scratch};

/// Compares the output of `explain` with the snapshot `name`.
fn assert_explained(name: &str, arguments: &[&str]) {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&[&["explain"], arguments].concat());
    assert!(
        said.success && said.err.is_empty(),
        "{}{}",
        said.out,
        said.err
    );
    insta::assert_snapshot!(name, said.out);
}

#[test]
fn a_number_finds_its_code() {
    assert_explained("number", &["-1"]);
    assert_explained("number_in_chinese", &["-3", "--locale", "zh-CN"]);
    assert_explained("number_with_column", &["101"]);
}

#[test]
fn a_symbol_with_a_parameter_finds_its_code() {
    assert_explained("symbol", &["MISSING_ARGUMENTS:image_ref1"]);
    assert_explained("broken_symbol", &["BAD_SIZE:m"]);
}

#[test]
fn the_template_that_has_most_of_a_symbol_gives_its_parameters() {
    let text = "schema = 1\nvendor = \"v\"\nlocale = \"en\"\n[[set]]\nname = \"SizeCode\"\n\
                wire = \"string\"\n[[set.code]]\ncode = \"1\"\nvariant = \"TooLarge\"\n\
                symbol = \"INVALID_SIZE<param>\"\naliases = [\"INVALID_SIZE:<param>\"]\n\
                message.en = \"<param> is too large.\"\n";
    let book = Book {
        specs: vec![spec::parse(&Source::new("spec.toml", text)).unwrap()],
        ..Book::default()
    };
    for query in ["INVALID_SIZE:image_ref1", "INVALID_SIZEimage_ref1"] {
        let found = find(&book, query);
        let parameters = vec![("param".to_owned(), "image_ref1".to_owned())];
        assert_eq!(found.exact[0].params, parameters, "{query}");
    }
}

#[test]
fn a_name_an_alias_or_a_reference_finds_its_code() {
    assert_explained("variant", &["pictureunreadable"]);
    let scratch = Scratch::regenerated();
    let by_name = scratch.run(&["explain", "PictureUnreadable"]).out;
    for other in [
        "PicUnreadable",
        "OrderCode.1001",
        "OrderCode::PictureUnreadable",
    ] {
        assert_eq!(scratch.run(&["explain", other]).out, by_name, "{other}");
    }
}

#[test]
fn a_combination_of_flags_finds_known_and_unknown_flags() {
    assert_explained("flags", &["0111"]);
}

#[test]
fn a_number_finds_its_range() {
    assert_explained("range", &["555"]);
}

#[test]
fn words_of_any_language_find_codes() {
    assert_explained("chinese", &["图片"]);
    assert_explained("english", &["picture", "blurred"]);
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "ＰＩＣＴＵＲＥ　ＢＬＵＲＲＥＤ"]);
    assert!(
        said.success && said.out.contains("BlurredPicture2"),
        "{}",
        said.out
    );
}

#[test]
fn exact_matches_come_before_partial_ones() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "系统错误"]);
    assert!(
        said.out.starts_with("1  shop / ApiCode  SystemError"),
        "{}",
        said.out
    );
}

#[test]
fn a_retired_code_says_so() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.edit(
        "overlay.toml",
        "0100 = { variant",
        "0100 = { replaced-by = \"OrderWarning.1000\", variant",
    );
    assert!(scratch.run(&["regen"]).success);
    insta::assert_snapshot!(scratch.run(&["explain", "0100"]).out);
}

#[test]
fn similar_codes_are_suggested_if_nothing_matches() {
    let scratch = Scratch::regenerated();
    for (name, query) in [
        ("near_number", "1002"),
        ("near_symbol", "MISING_ARGUMENTS"),
        ("near_nothing", "-777"),
    ] {
        let said = scratch.run(&["explain", query]);
        assert!(!said.success, "{query} was found");
        insta::assert_snapshot!(name, said.out);
    }
}

#[test]
fn a_query_of_120_kilobytes_is_answered_in_seconds() {
    let scratch = Scratch::regenerated();
    let began = Instant::now();
    for query in [
        "a".repeat(120_000),
        "zq ".repeat(40_000),
        "7".repeat(120_000),
    ] {
        let said = scratch.run(&["explain", &query]);
        assert!(!said.success && said.out.len() < 1_000, "{}", said.out);
        let is_said = said.out.contains("… is unknown") || said.out.contains("No code was found");
        assert!(is_said, "{}", said.out);
    }
    // Far above the usual time on a busy machine, far below that of a quadratic search.
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_query_copied_from_a_log_finds_its_code() {
    let scratch = Scratch::regenerated();
    let cases = [
        (
            "-1",
            [
                "\u{2212}1",
                "－１",
                "-1.",
                "shop/OrderCode/-1",
                "shop/OrderCode.-1",
                "OrderCode.InvalidArgument",
            ],
        ),
        (
            "-3",
            [
                "3",
                "003",
                "-0003",
                "+３",
                "shop/OrderCode.-3",
                "shop/OrderCode::BlurredPicture3",
            ],
        ),
    ];
    for (code, others) in cases {
        let by_code = scratch.run(&["explain", code]).out;
        assert!(
            by_code.starts_with(&format!("{code}  shop / OrderCode")),
            "{by_code}"
        );
        for other in others {
            assert_eq!(scratch.run(&["explain", other]).out, by_code, "{other}");
        }
    }
}

#[test]
fn a_template_is_found_without_its_parameter() {
    let scratch = Scratch::regenerated();
    let link = "shop/HttpError/400/MISSING_ARGUMENTS:%3Ckey%3E";
    for query in [
        "MISSING_ARGUMENTS",
        "missing_arguments:",
        "HttpError.400.MISSING_ARGUMENTS:<key>",
        link,
    ] {
        let said = scratch.run(&["explain", query]);
        assert!(
            said.success
                && said
                    .out
                    .starts_with("400  shop / HttpError  MissingArgument"),
            "{query}: {}",
            said.out
        );
    }
}

#[test]
fn the_line_of_rust_contains_the_symbol_with_its_parameter() {
    let scratch = Scratch::regenerated();
    for (query, symbol) in [
        ("missing_arguments:Foo", "(400, \"MISSING_ARGUMENTS:Foo\")"),
        ("bad_size:m", "(400, \"BAD_SIZE:m\")"),
        ("internal_error", "(500, \"INTERNAL_ERROR\")"),
    ] {
        for format in ["text", "json"] {
            let out = scratch
                .run(&["explain", query, "--format", format])
                .out
                .replace("\\\"", "\"");
            assert!(out.contains(symbol), "{query}: {out}");
        }
    }
}

#[test]
fn what_is_not_stated_leads_to_the_note_of_the_code_and_of_its_set() {
    let (_, said) = explained("tencent-kyc/FaceCode/66660010");
    assert!(
        said.contains("unspecified: this edition does not say; see the note"),
        "{said}"
    );
    assert!(
        said.contains("A later edition lists this as charged."),
        "{said}"
    );
    assert!(
        said.contains("A later edition says what is charged for."),
        "{said}"
    );
    // Free in this edition, and charged elsewhere.
    let (_, said) = explained("HuiyanCode 1002");
    assert!(said.contains("in this edition; see the note"), "{said}");
    assert!(said.contains("Charged in the Plus version"), "{said}");
    let (_, said) = explained("idverify-gateway CarrierCode -1023");
    assert!(!said.contains("see the note"), "{said}");
}

#[test]
fn a_kind_lists_its_codes() {
    let scratch = Scratch::regenerated();
    for query in ["image-quality", "ImageQuality", "image_quality"] {
        let said = scratch.run(&["explain", query]);
        assert!(
            said.success && said.out.contains("OrderCode.-2") && said.out.contains("ApiCode.101"),
            "{}",
            said.out
        );
        assert!(!said.out.contains("HttpError"), "{}", said.out);
    }
}

#[test]
fn several_codes_get_a_card_each_and_words_are_one_query() {
    let scratch = Scratch::regenerated();
    let card = |code: &str| scratch.run(&["explain", code]).out;
    let said = scratch.run(&["explain", "-1", "1001", "MISSING_ARGUMENTS:x"]);
    assert!(said.success);
    assert_eq!(
        said.out,
        [card("-1"), card("1001"), card("MISSING_ARGUMENTS:x")].join("\n")
    );
    let said = scratch.run(&["explain", "-1", "-777"]);
    assert!(
        !said.success && said.out.contains("-777 is unknown"),
        "{}",
        said.out
    );
    let said = scratch.run(&["explain", "-1", "1001", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json[1]["matches"][0]["code"], "1001");
}

#[test]
fn an_empty_query_is_refused() {
    let scratch = Scratch::regenerated();
    for query in ["", "  ", "\u{200b}"] {
        let said = scratch.run(&["explain", query]);
        assert!(
            !said.success && said.out.is_empty() && said.err.contains("empty query"),
            "{}",
            said.err
        );
    }
    let said = scratch.run(&["explain", "-1", "--locale", "foo bar"]);
    assert!(
        !said.success && said.out.is_empty() && said.err.contains("not a language tag"),
        "{}",
        said.err
    );
    assert!(
        scratch
            .run(&["explain", "-1", "--locale", "zh_CN"])
            .out
            .contains("参数错误")
    );
}

#[test]
fn lines_fit_the_terminal() {
    let scratch = Scratch::regenerated();
    let spec = Source::new("spec.toml", &scratch.spec());
    let book = Book {
        specs: vec![spec::parse(&spec).unwrap()],
        ..Book::default()
    };
    for width in [40, 60] {
        for query in ["-2", "image-quality"] {
            let text = cards(
                &book,
                &find(&book, query),
                query,
                Reader {
                    locale: "en",
                    width,
                },
            );
            let text = text
                .replace("\u{1b}[1m", "")
                .replace("\u{1b}[36m", "")
                .replace("\u{1b}[2m", "")
                .replace("\u{1b}[0m", "");
            let mut lines = text.lines().skip(1).filter(|line| !line.contains("shop::"));
            assert!(
                lines.all(|line| line.chars().count() <= width),
                "{width}: {text}"
            );
        }
    }
}

#[test]
fn all_vendors_with_the_code_or_only_the_requested_one_are_shown() {
    let scratch = Scratch::regenerated();
    let overlay = "schema = 1\nlocale = \"en\"\n[set.Code]\ntable = \"Codes\"\n\
                   [set.Code.code]\n-1 = { variant = \"Lost\" }\n";
    scratch.write("codes/vendors/door/overlay.toml", overlay);
    scratch.write(
        "codes/vendors/door/source.md",
        "## Codes\n\n| Error code | Message |\n|---|---|\n| -1 | Lost |\n",
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    let out = scratch.run(&["explain", "-1"]).out;
    assert!(
        out.contains("shop / OrderCode") && out.contains("door / Code"),
        "{out}"
    );
    let out = scratch.run(&["explain", "-1", "--vendor", "door"]).out;
    assert!(
        !out.contains("shop / OrderCode") && out.contains("door / Code"),
        "{out}"
    );
    for locale in ["en", "zh-CN"] {
        let said = scratch.run(&["explain", "1001", "--vendor", "door", "--locale", locale]);
        assert!(
            !said.success && said.out.contains("OrderCode.1001  shop"),
            "{}",
            said.out
        );
        assert!(
            said.out.contains(" door") && !said.out.contains("no vendor"),
            "{}",
            said.out
        );
    }
    // The vendor has the words, and another one the code.
    let said = scratch.run(&["explain", "code=1001 lost", "--vendor", "door"]);
    assert!(
        !said.success && said.out.contains("OrderCode.1001  shop"),
        "{}",
        said.out
    );
    let said = scratch.run(&["explain", "4711", "--vendor", "door"]);
    assert!(
        !said.success && said.out.contains("4711 is unknown: no vendor documents it"),
        "{}",
        said.out
    );
    let said = scratch.run(&["explain", "-1", "--vendor", "dor"]);
    assert!(
        !said.success && said.err.contains("did you mean `door`?"),
        "{}",
        said.err
    );
}

#[test]
fn json_output_lists_the_matches() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "MISSING_ARGUMENTS:x", "--format", "json"]);
    insta::assert_snapshot!(said.out);
    let said = scratch.run(&["explain", "nothing of this kind", "--format", "json"]);
    assert!(!said.success, "{}", said.out);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["matches"], serde_json::json!([]));
}

#[test]
fn a_vendor_without_a_spec_is_reported_with_the_command_to_run() {
    let scratch = Scratch::new();
    let said = scratch.run(&["explain", "-1"]);
    assert!(!said.success);
    insta::assert_snapshot!(said.err);
    scratch.write(&format!("{SHOP}/spec.toml"), "schema = 1\n");
    assert!(!scratch.run(&["explain", "-1"]).success);
}

#[test]
fn options_follow_a_negative_number_and_lists_of_them_are_no_options() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "-1", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let code = &json["matches"][0];
    assert_eq!(json["query"], "-1");
    assert_eq!(code["code"], "-1");
    assert_eq!(
        code["user_message"]["en"],
        "Something went wrong on our side."
    );
    let said = scratch.run(&["explain", "-2/-3"]);
    assert!(said.out.contains("BlurredPicture2") && said.out.contains("BlurredPicture3"));
    let said = scratch.run(&["explain", "1000", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["matches"][0]["billing"], "unspecified");
}

#[test]
fn the_standard_input_is_one_query() {
    let scratch = Scratch::regenerated();
    let answer = "{\n  \"code\": -1,\n  \"cost\": 1001\n}\n";
    let said = scratch.run_with_input(&["explain", "-", "--json"], answer);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["matches"][0]["code"], "-1", "{}{}", said.out, said.err);
    assert!(!scratch.run_with_input(&["explain", "-"], " \n").success);
}

#[test]
fn what_is_not_found_is_said_beside_what_is() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["explain", "1001", "nope"]);
    assert!(
        said.success && said.out.starts_with("1001  shop / OrderCode"),
        "{}",
        said.out
    );
    assert!(said.out.ends_with("\nnot found: nope\n"), "{}", said.out);
    let said = scratch.run(&["explain", "-1 -777"]);
    let unknown = "-777 is unknown: no vendor documents it\nCheck that it is complete.";
    assert!(
        said.success && said.out.starts_with(unknown),
        "{}",
        said.out
    );
    assert!(said.out.contains("\n-1  shop / OrderCode"), "{}", said.out);
    let both = scratch.run(&["explain", "shop", "1001"]);
    assert!(!both.out.contains("not found"), "{}", both.out);
}

#[test]
fn a_number_that_only_a_note_mentions_shows_the_note() {
    let text = "schema = 1\nvendor = \"acme\"\nlocale = \"en\"\n[[set]]\nname = \"AcmeCode\"\n\
                note = { en = \"Later editions have 2001 and 2005 to 2008.\" }\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nmessage.en = \"One.\"\n";
    let book = Book {
        specs: vec![spec::parse(&Source::new("spec.toml", text)).unwrap()],
        ..Book::default()
    };
    for query in ["2001", "acme 2006", "2008"] {
        let found = find(&book, query);
        let reader = Reader {
            locale: "en",
            width: 100,
        };
        let cards = cards(&book, &found, query, reader);
        assert!(cards.contains("acme / AcmeCode"), "{cards}");
        assert!(
            cards.contains("not documented in the registered edition"),
            "{cards}"
        );
        assert!(cards.contains("2005 to 2008"), "{cards}");
    }
    assert!(find(&book, "2002").exact.is_empty());
}

/// What `explain` says of a query about the shipped vendors, in English.
fn explained(query: &str) -> (bool, String) {
    static BOOK: LazyLock<Book> = LazyLock::new(|| {
        let vendors: Vec<_> = shipped::vendors().map(str::to_owned).collect();
        Book::shipped(&vendors).unwrap()
    });
    let found = find(&BOOK, query);
    let reader = Reader {
        locale: "en",
        width: 100,
    };
    let text = cards(&BOOK, &found, query, reader);
    (
        found.is_answered(),
        anstream::adapter::strip_str(&text).to_string(),
    )
}

#[test]
fn a_labelled_number_that_is_unknown_is_not_answered_with_another() {
    let log = "2026-11-30 09:12:44 ERROR [pay-7] verify failed http=200 code=66660034 uid=88213";
    for query in [log, "errcode=66660034 msg=xx", "tencent-kyc 66660034"] {
        let (is_answered, text) = explained(query);
        let first = "66660034  tencent-kyc / FaceCode\n  status    not documented";
        assert!(!is_answered && text.starts_with(first), "{query}: {text}");
        assert!(text.contains("ask the vendor"), "{text}");
        assert!(text.contains("document/product/1007/31082"), "{text}");
        assert_eq!(text.matches(" / ").count(), 1, "{text}");
        assert!(
            !text.contains("not found") && !text.contains("by the rest"),
            "{text}"
        );
    }
    let (is_answered, text) =
        explained("2026-11-30 ERROR [pay-31] verify failed code=-9999 http=500");
    assert!(
        !is_answered && text.starts_with("-9999 is unknown: no vendor"),
        "{text}"
    );
    assert!(!text.contains(" / "), "{text}");
    let (is_answered, text) = explained("code=-9999 msg=姓名和身份证不一致");
    assert!(
        !is_answered
            && text.contains("current document.\n\nby the rest of the query:\n  FaceCode.66660010"),
        "{text}"
    );
    let symbol = "{\"code\":99999,\"http\":403,\"error_message\":\"AUTHENTICATION_ERROR\"}";
    let (is_answered, text) = explained(symbol);
    assert!(
        is_answered && text.starts_with("99999 is unknown"),
        "{text}"
    );
    assert!(
        text.contains("\n\n403  megvii-faceid / TokenError  InvalidSignature"),
        "{text}"
    );
    let (is_answered, text) = explained("66660034 66660010");
    assert!(
        is_answered && text.contains("66660034  tencent-kyc / FaceCode\n"),
        "{text}"
    );
}

#[test]
fn flags_are_said_together_and_get_their_leading_zeros_back() {
    for (query, first) in [
        (
            "01001000",
            "01001000 = position 2 + position 5; each of them applies\n\n01000000  ",
        ),
        (
            "1001000",
            "1001000 → 01001000 = position 2 + position 5; each of them applies\n",
        ),
        (
            "01001001",
            "01001001 = position 2 + position 5 + position 8 (not documented); ",
        ),
    ] {
        let (is_answered, text) = explained(query);
        assert!(is_answered && text.starts_with(first), "{query}: {text}");
    }
}

#[test]
fn a_text_for_users_leads_to_its_kind_and_a_long_list_to_the_rest() {
    let (_, text) = explained("The details do not match. Please check them and try again.");
    let first = "This is the text for users of the kind “identity-mismatch”.\n\n  HuiyanCode.2006";
    assert!(text.starts_with(first), "{text}");
    assert!(!text.contains("more:"), "{text}");
    let (_, text) = explained("The names do not match");
    assert!(text.ends_with("\n  … 4 more: --json lists all\n"), "{text}");
    let (_, text) = explained("-5007");
    assert!(
        text.contains("\n  whose fault   the user: what they did"),
        "{text}"
    );
    assert!(
        text.contains("\n  retry         after-user-action: yes, after the user"),
        "{text}"
    );
}
