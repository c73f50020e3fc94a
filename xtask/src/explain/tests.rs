//! What the cards of a small registry say, and what finds them.

use errbook_spec::place::Source;

use super::{Found, Reader, cards, find, identifies, is_empty_query, json, normalized_query};
use crate::book::Book;

const SHOP: &str = r#"
vendor = "shop"
locale = "en"
kinds = "errbook"
source.file = "source.md"
source.sha256 = "00"
source.edition = "V2"
source.date = "2018-12-06"
source.superseded = "2019-01-28"
source.newer = "https://shop.example/3"
since.edition = "V1"

[[set]]
name = "OrderCode"
severity = "warning"
billing-source.quote = "Only 1001 is charged"
note.en = "Later editions have 2001."
note.source = "https://shop.example/news"
note.date = "2021-07-19"

[[set.section]]
id = "cards"
title.en = "Cards"
title.zh-CN = "银行卡"

[[set.code]]
code = "1001"
symbol = "DECLINED:<bank>"
aliases = ["CARD_DECLINED", "NO_CARD"]
was = ["901"]
variant = "CardDeclined"
was-variant = ["CardRefused"]
section = "cards"
params = { bank = { values = ["north", "south"] } }
message.en = "The bank <bank> declined the card."
message.zh-CN = "银行卡被拒绝。"
remedy.en = "Use another card."
kind = "payment-declined"
retry = "after-user-action"
retry-after = 90
billing = "billed"
http = 402
note = { en = "Since May." }

[[set.code]]
code = "1002"
variant = "CardExpired"
message.en = "The card has expired."
billing = "free"
status = "retired"
retired-in = "V2"
replaced-by = "OrderCode.1001"

[[set.code]]
code = "1003"
variant = "StockReserved"
message.en = "The stock is reserved."
success = true

[[set.code]]
code = "1003"
variant = "StockLow"
message.en = "The stock is low."
status = "retired"
until = "V1"

[[set.range]]
from = "5000"
to = "5999"
kind = "payment-declined"
retry = "backoff"
billing = "free"

[[set]]
name = "OrderFlag"
wire = "flags"
billing-source.column = "Fee"

[[set.code]]
code = "1000"
variant = "Fragile"
message.en = "The parcel is fragile."
billing = "free"

[[set.code]]
code = "0010"
variant = "Heavy"
message.en = "The parcel is heavy."
"#;

const KINDS: &str = r#"
vendor = "errbook"
locale = "en"
[[set]]
name = "Kind"
wire = "string"
[[set.code]]
code = "payment-declined"
variant = "PaymentDeclined"
message.en = "Your payment was declined."
doc.en = "The bank does not pay."
fault = "end-user"
"#;

fn parse(text: &str) -> errbook_spec::Spec {
    let text = format!("schema = 1\n{text}");
    errbook_spec::parse(&Source::new("spec.toml", &text)).unwrap_or_else(|it| panic!("{it}"))
}

fn shop() -> Book {
    Book {
        specs: vec![parse(SHOP)],
        kinds: Some(parse(KINDS)),
        ..Book::default()
    }
}

/// The cards for a query, without colors.
fn shown(book: &Book, query: &str, locale: &str) -> String {
    let reader = Reader { locale, width: 100 };
    let text = cards(book, &find(book, query), query, reader);
    anstream::adapter::strip_str(&text).to_string()
}

/// The first card, without the lines about the document, which are the same for all.
fn card(query: &str, locale: &str) -> Vec<String> {
    let text = shown(&shop(), query, locale);
    let lines = text.lines().take_while(|line| !line.is_empty());
    let mut lines: Vec<_> = lines.map(str::to_owned).collect();
    let document = lines
        .iter()
        .position(|line| line.starts_with("  document") || line.starts_with("  文档"));
    lines.truncate(document.expect("the last fact is the document"));
    lines
}

#[test]
fn a_card_has_every_fact_of_a_code() {
    assert_eq!(
        card("DECLINED:north", "en"),
        [
            "1001  shop / OrderCode  CardDeclined",
            "  symbol           DECLINED:<bank>",
            "  also sent as     CARD_DECLINED",
            "                   NO_CARD",
            "  message          The bank north declined the card.",
            "  remedy           Use another card.",
            "  parameters       <bank> = north (one of north, south) (not mentioned in zh-CN)",
            "  section          Cards",
            "  kind             payment-declined: The bank does not pay.",
            "  whose fault      the user: what they did, showed or entered",
            "  user message     Your payment was declined.",
            "  retry            after-user-action: yes, after the user has acted, for example \
             corrected what they",
            "                   typed (at least 90 s)",
            "  billing          billed (“Only 1001 is charged”)",
            "  HTTP status      402",
            "  severity         warning",
            "  note             Since May.",
            "  note on the set  Later editions have 2001.",
            "                   https://shop.example/news, 2021-07-19",
            "  since            edition V1",
            "  in Rust          shop::OrderCode::from_code(1001)",
        ]
    );
    let text = shown(&shop(), "1001", "en");
    assert!(
        text.contains("  parameters       <bank> (one of north, south) (not mentioned in zh-CN)\n")
    );
    assert!(text.contains("  message          The bank <bank> declined the card.\n"));
    let document = "  document         edition V2 (2018-12-06) · superseded (2019-01-28) · later \
                    edition:\n\
                    \x20                  https://shop.example/3\n";
    assert!(text.contains(document), "{text}");
}

/// A reader of another language gets the vendor's own words beneath the translation.
#[test]
fn a_translated_text_is_shown_above_the_vendors_own() {
    let card = card("1001", "zh-CN");
    for lines in [
        [
            "  信息          银行卡被拒绝。",
            "                The bank <bank> declined the card.",
        ],
        ["  章节          银行卡", "                Cards"],
        [
            "  处理措施      Use another card.",
            "  参数          <bank> (取值：north, south) (未出现于 zh-CN)",
        ],
    ] {
        assert!(
            card.windows(2).any(|pair| pair == lines),
            "{lines:?}: {card:#?}"
        );
    }
}

#[test]
fn a_retired_code_says_since_when_and_what_to_use_instead() {
    assert_eq!(
        card("1002", "en")[..6],
        [
            "1002  shop / OrderCode  CardExpired",
            "  status    retired: no longer in the vendor's document, still decodes",
            "            retired in edition V2",
            "            use instead: OrderCode.1001",
            "  message   The card has expired.",
            "  billing   free (“Only 1001 is charged”) · in this edition; see the note",
        ]
    );
    let former = card("StockLow", "en").join(" ");
    assert!(
        former.starts_with("1003  shop / OrderCode  StockLow")
            && former.contains("V1")
            && former.contains("StockReserved"),
        "{former}"
    );
}

#[test]
fn a_code_that_reports_success_does_not_have_the_severity_of_its_set() {
    let card = card("StockReserved", "en");
    assert!(card.contains(&"  severity  info".to_owned()), "{card:#?}");
}

#[test]
fn an_undocumented_number_has_the_card_of_its_range_or_of_a_note() {
    assert_eq!(
        card("5500", "en"),
        [
            "5500  shop / OrderCode",
            "  status        not documented; in the range 5000..5999",
            "  kind          payment-declined: The bank does not pay.",
            "  whose fault   the user: what they did, showed or entered",
            "  user message  Your payment was declined.",
            "  retry         backoff: yes, with increasing delays",
            "  billing       free (“Only 1001 is charged”)",
            "  severity      warning",
            "  note          Later editions have 2001.",
            "                https://shop.example/news, 2021-07-19",
        ]
    );
    assert_eq!(
        card("2001", "en"),
        [
            "2001  shop / OrderCode",
            "  status    not documented in the registered edition; the note of this set mentions \
             it",
            "  remedy    read the page that the note names, or ask the vendor",
            "  note      Later editions have 2001.",
            "            https://shop.example/news, 2021-07-19",
        ]
    );
    let unknown = "777 is unknown: no vendor documents it\nCheck that it is complete. If it is, \
                   ask the vendor, or look in its current document.\n";
    assert_eq!(shown(&shop(), "777", "en"), unknown);
}

/// The note of one code says nothing about the set: the number stays unknown.
#[test]
fn a_number_that_the_note_of_a_code_mentions_is_still_unknown() {
    let text = "vendor = \"post\"\nlocale = \"en\"\n[[set]]\nname = \"Parcel\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"Lost\"\nmessage.en = \"Lost\"\n\
                note = { en = \"Formerly 2900.\" }\n";
    let post = Book {
        specs: vec![parse(text)],
        ..Book::default()
    };
    let text = shown(&post, "2900", "en");
    assert!(
        text.starts_with("2900 is unknown: no vendor documents it\n"),
        "{text}"
    );
    assert!(text.contains("post / Parcel 1"), "{text}");
    assert!(text.contains("\n\n1  post / Parcel  Lost\n"), "{text}");
    assert!(!find(&post, "2900").is_answered());
}

#[test]
fn each_flag_of_a_combination_has_a_card() {
    let text = shown(&shop(), "1011", "en");
    let first =
        "1011 = position 1 + position 3 + position 4 (not documented); each of them applies";
    assert!(text.starts_with(&format!(
        "{first}\n\n1000  shop / OrderFlag  (position 1)  Fragile\n"
    )));
    assert!(text.contains("  billing   free (column Fee)\n"), "{text}");
    assert!(
        text.contains("\n0010  shop / OrderFlag  (position 3)  Heavy\n"),
        "{text}"
    );
    assert!(text.contains("\n0001  shop / OrderFlag  (position 4)\n  status    not documented\n"));
    assert!(
        text.contains("  billing   unspecified: the vendor does not say\n"),
        "{text}"
    );
    let json = json(&shop(), &find(&shop(), "1011"), "1011");
    let positions: Vec<_> = json["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| {
            (
                hit["position"].as_u64().unwrap(),
                hit["status"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        positions,
        [(1, "active"), (3, "active"), (4, "undocumented")]
    );
}

/// A vendor with 23 codes that have nearly the same text.
fn parcels() -> Book {
    let codes = (1..=23).map(|code| {
        format!(
            "[[set.code]]\ncode = \"{code}\"\nvariant = \"C{code}\"\n\
             message.en = \"Parcel {code} was lost on its way\"\n"
        )
    });
    let text = format!(
        "vendor = \"post\"\nlocale = \"en\"\n[[set]]\nname = \"Parcel\"\n{}",
        codes.collect::<String>()
    );
    Book {
        specs: vec![parse(&text)],
        ..Book::default()
    }
}

#[test]
fn many_codes_are_listed_on_a_line_each() {
    assert_eq!(
        shown(&shop(), "OrderCode", "en"),
        "  OrderCode.1001  shop  The bank <bank> declined the card.\n  \
         OrderCode.1003  shop  The stock is reserved.\n  \
         OrderCode.1002  shop  The card has expired.\n  \
         OrderCode.1003  shop  The stock is low.\n"
    );
    // Of words, only the first twenty.
    let post = parcels();
    let text = shown(&post, "lost parcel", "en");
    assert_eq!(text.matches("was lost").count(), 20, "{text}");
    assert!(text.ends_with("  … 3 more: --json lists all\n"), "{text}");
    let text = shown(&post, "Parcel", "en");
    assert_eq!(text.matches("was lost").count(), 23, "{text}");
}

#[test]
fn json_has_what_a_program_needs_of_each_match() {
    let book = shop();
    let of = |query: &str| json(&book, &find(&book, query), query)["matches"][0].clone();
    let code = of(" DECLINED:north ");
    for (key, value) in [
        ("how", "symbol"),
        ("vendor", "shop"),
        ("set", "OrderCode"),
        ("locale", "en"),
        ("status", "active"),
        ("severity", "warning"),
        ("fault", "end-user"),
        ("billing", "billed"),
        ("rust", "shop::OrderCode::from_code(1001)"),
    ] {
        assert_eq!(code[key], value, "{key}");
    }
    assert_eq!(code["parameters"]["bank"], "north");
    assert_eq!(code["user_message"]["en"], "Your payment was declined.");
    assert_eq!(code["billing_source"]["quote"], "Only 1001 is charged");
    assert_eq!(code["url"], serde_json::Value::Null);
    let range = of("5500");
    assert_eq!(
        range["range"],
        serde_json::json!({ "from": "5000", "to": "5999" })
    );
    assert_eq!(
        (&range["retry"], &range["how"]),
        (&"backoff".into(), &"range".into())
    );
    assert_eq!(range["billing"], "free");
    assert_eq!(range["severity"], "warning");
    let bare = "vendor = \"post\"\nlocale = \"en\"\n[[set]]\nname = \"Parcel\"\n\
                [[set.range]]\nfrom = \"500\"\nto = \"599\"\n";
    let bare = Book {
        specs: vec![parse(bare)],
        ..Book::default()
    };
    let range = json(&bare, &find(&bare, "555"), "555")["matches"][0].clone();
    assert_eq!(range["billing"], "unspecified");
    assert_eq!(range["severity"], "error");
    assert_eq!(range["retry"], serde_json::Value::Null);
    let note = of("2001");
    assert_eq!(note["mentions"], serde_json::json!(["2001"]));
    assert_eq!(note["note"]["source"], "https://shop.example/news");
    let published = Book {
        site: crate::config::Site {
            url: Some("https://codes.example/".to_owned()),
            ..crate::config::Site::default()
        },
        ..shop()
    };
    let found = json(&published, &find(&published, "1002"), "1002");
    assert_eq!(
        found["matches"][0]["url"],
        "https://codes.example/#shop/OrderCode/1002"
    );
}

#[test]
fn a_list_leaves_its_texts_at_least_a_third_of_the_terminal() {
    let first_line = |width: usize| {
        let book = shop();
        let reader = Reader {
            locale: "en",
            width,
        };
        let text = cards(&book, &find(&book, "OrderCode"), "OrderCode", reader);
        let text = anstream::adapter::strip_str(&text).to_string();
        text.lines().next().unwrap().to_owned()
    };
    let whole = "  OrderCode.1001  shop  The bank <bank> declined the card.";
    assert_eq!(first_line(60), whole);
    assert_eq!(
        first_line(50),
        "  OrderCode.1001  shop  The bank <bank> declined"
    );
    assert_eq!(first_line(30), "  OrderCode.1001  shop  The bank");
}

/// Labels are on lines of their own if a narrow terminal leaves them no room.
#[test]
fn texts_of_a_card_have_at_least_a_third_of_the_terminal() {
    let reader = Reader {
        locale: "en",
        width: 24,
    };
    let book = shop();
    let text = cards(&book, &find(&book, "1001"), "1001", reader);
    let text = anstream::adapter::strip_str(&text).to_string();
    // Beside the label there would be 5 columns.
    assert!(text.contains("\n  message          The bank\n"), "{text}");
    assert!(text.contains("\n  remedy           Use\n"), "{text}");
}

/// What names exactly one code, and nothing else.
#[test]
fn a_query_identifies_a_code_by_each_of_its_names() {
    let book = shop();
    let set = &book.specs[0].sets[0];
    for (query, at) in [
        ("1001", 0),
        ("901", 0),
        ("DECLINED:x", 0),
        ("card_declined", 0),
        ("carddeclined", 0),
        ("CardRefused", 0),
        ("OrderCode.1001", 0),
        ("shop/OrderCode.1001", 0),
        ("OrderCode::CardDeclined", 0),
        ("OrderCode.CardDeclined", 0),
        ("shop/OrderCode/1001", 0),
        ("OrderCode/1001/DECLINED:%3Cbank%3E", 0),
        ("OrderCode.1001.\"DECLINED:x\"", 0),
        ("OrderCode/1003/StockLow", 3),
        ("OrderCode::StockLow", 3),
    ] {
        let code = &set.codes[at];
        assert!(identifies("shop", set, code, query), "{query}");
        let others = set.codes.iter().filter(|it| it.code != code.code);
        for other in others {
            assert!(
                !identifies("shop", set, other, query),
                "{query} {}",
                *other.variant
            );
        }
    }
    for query in [
        "100",
        "10011",
        "DECLINED",
        "Declined:",
        "OrderFlag.1001",
        "bank/OrderCode.1001",
        "OrderCode::carddeclined",
        "OrderCode",
        "OrderCode.1001.OTHER",
        "OrderCode/1001/OTHER",
        "OrderCode/1001/CardDeclined",
        "OrderCode1001",
        "",
    ] {
        assert!(!identifies("shop", set, &set.codes[0], query), "{query}");
    }
}

/// A link to the site has percent signs for what cannot be in it.
#[test]
fn a_link_identifies_a_code_with_spaces() {
    let text = "vendor = \"post\"\nlocale = \"en\"\n[[set]]\nname = \"Parcel\"\n\
                wire = \"string\"\n[[set.code]]\ncode = \"a b\"\nvariant = \"Lost\"\n";
    let spec = parse(text);
    let set = &spec.sets[0];
    for query in ["a b", "Parcel/a%20b", "post/Parcel/a%20b", "Parcel.\"a b\""] {
        assert!(identifies("post", set, &set.codes[0], query), "{query}");
    }
    assert!(!identifies("post", set, &set.codes[0], "Parcel/a%20c"));
}

#[test]
fn a_query_is_compared_as_codes_are_written() {
    for (query, normalized) in [
        (" －１ ", "-1"),
        ("\u{2212}1", "-1"),
        ("ＡＢ", "AB"),
        (" 图片　１ ", "图片　１"),
    ] {
        assert_eq!(normalized_query(query), normalized, "{query}");
    }
    for (query, is_empty) in [
        ("", true),
        (" \t", true),
        ("\u{200b}", true),
        ("-", false),
        ("0", false),
    ] {
        assert_eq!(is_empty_query(query), is_empty, "{query:?}");
    }
}

/// Whether a program that asks gets an answer: codes that only share words with an unknown number
/// are none.
#[test]
fn a_code_or_a_range_answers_a_query_and_a_note_does_not() {
    let book = shop();
    for (query, is_answered) in [
        ("1001", true),
        ("5500", true),
        ("1011", true),
        ("the card", true),
        ("2001", false),
        ("777", false),
        ("code=777 msg=The card has expired", false),
        ("1001 777", true),
    ] {
        let found: Found<'_> = find(&book, query);
        assert_eq!(found.is_answered(), is_answered, "{query}");
    }
    // A number without anything that says what it is may be one of many things.
    let log = "the quick brown process found 1002 things in the old house yesterday";
    let found = find(&book, log);
    assert!(found.is_guess && !found.is_answered(), "{found:?}");
    let text = shown(&book, log, "en");
    assert!(!text.starts_with("1002  shop"), "{text}");
}

/// `E7` is not the code 7, but somebody may have put the letter before it.
#[test]
fn a_code_with_the_same_digits_is_listed_apart() {
    let text = "vendor = \"post\"\nlocale = \"en\"\n[[set]]\nname = \"Parcel\"\n\
                [[set.code]]\ncode = \"7\"\nvariant = \"Lost\"\nmessage.en = \"Lost\"\n";
    let book = Book {
        specs: vec![parse(text)],
        ..Book::default()
    };
    let found = find(&book, "E7");
    assert!(found.is_empty() && !found.is_answered(), "{found:?}");
    assert_eq!(found.same_digits.len(), 1);
    let text = shown(&book, "E7", "en");
    assert!(
        text.starts_with("E7 is unknown") && text.contains("  Parcel.7  post  Lost\n"),
        "{text}"
    );
    let json = json(&book, &found, "E7");
    assert_eq!(json["matches"].as_array().unwrap().len(), 0);
    assert_eq!(json["same_digits"][0]["code"], "7");
    assert_eq!(find(&book, "7").same_digits.len(), 0);
}

#[test]
fn a_long_text_without_codes_is_not_called_an_unknown_code() {
    let log = "2026-11-30 09:12:44 INFO the quick brown fox jumps over the lazy dog and runs away";
    let book = shop();
    let found = find(&book, log);
    assert!(found.is_long && found.is_empty(), "{found:?}");
    let text = shown(&book, log, "en");
    assert!(text.starts_with("No code was found"), "{text}");
    assert!(!find(&book, "fox").is_long);
}

#[test]
fn a_long_query_is_not_repeated_in_full() {
    let long = "z".repeat(81);
    let text = shown(&shop(), &long, "en");
    assert!(text.starts_with(&format!("{}… ", "z".repeat(80))), "{text}");
    let text = shown(&shop(), &long[1..], "en");
    assert!(text.starts_with(&format!("{} ", "z".repeat(80))), "{text}");
}
