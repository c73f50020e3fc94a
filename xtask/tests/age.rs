//! How old a vendor's document is: shown wherever its codes are.

use crate::scratch::{SHOP, Scratch};

const SUPERSEDED: &str = "superseded = \"2019-01-28\"\nnewer = \"https://shop.example/new\"\n";

/// A registry whose document is edition `name`, with these lines about it.
fn registry_of_edition(name: &str, lines: &str) -> Scratch {
    let shop = Scratch::new();
    let overlay = shop.read(&format!("{SHOP}/overlay.toml"));
    assert!(!overlay.contains("edition"), "{overlay}");
    let (schema, rest) = overlay.split_once("schema = 1\n").unwrap();
    let head = format!("{schema}schema = 1\nedition = \"{name}\"\ndate = \"2018-12-06\"\n{lines}");
    shop.write(&format!("{SHOP}/overlay.toml"), &(head + rest));
    let regenerated = shop.run(&["regen", "--new"]);
    assert!(regenerated.success, "{}", regenerated.err);
    shop
}

#[test]
fn a_superseded_document_is_named_in_cards_pages_exports_and_documentation() {
    let shop = registry_of_edition("V2", SUPERSEDED);
    let card = shop.run(&["explain", "1001"]).out;
    assert!(
        card.contains(
            "document      edition V2 (2018-12-06) · superseded (2019-01-28) · later edition:"
        ),
        "{card}"
    );
    assert!(card.contains("https://shop.example/new"), "{card}");
    let chinese = shop.run(&["explain", "1001", "--locale", "zh-CN"]).out;
    assert!(
        chinese.contains("版本 V2 (2018-12-06) · 已被新版取代 (2019-01-28)"),
        "{chinese}"
    );

    let catalogue: serde_json::Value =
        serde_json::from_str(&shop.run(&["export", "json"]).out).unwrap();
    let source = &catalogue["vendors"][0]["source"];
    assert_eq!(source["superseded"], "2019-01-28");
    assert_eq!(source["newer"], "https://shop.example/new");

    assert!(shop.run(&["site", "--out", "pages"]).success);
    let page = shop.read("pages/vendors/shop.html");
    for part in [
        ">edition</span> <time data-age=\"2018-12-06\">V2 (2018-12-06)</time>",
        ">superseded</span></strong> (2019-01-28)",
        "<a class=\"address\" href=\"https://shop.example/new\" rel=\"noreferrer\">",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(
        shop.read("pages/index.html")
            .contains(">the vendor has a later edition</span>")
    );

    let rust = shop.run(&["expand", "shop"]).out;
    assert!(
        rust.contains(
            "From edition V2 of 2018-12-06 of the vendor's document, which **the vendor has \
             replaced** on 2019-01-28. A later edition: <https://shop.example/new>."
        ),
        "{rust}"
    );
}

#[test]
fn a_current_document_is_not_called_superseded() {
    let shop = registry_of_edition("2018-12-06", "");
    let card = shop.run(&["explain", "1001"]).out;
    assert!(
        card.contains("document      edition 2018-12-06\n"),
        "{card}"
    );
    assert!(shop.run(&["site", "--out", "pages"]).success);
    assert!(!shop.read("pages/index.html").contains("superseded</span>"));
}

#[test]
fn stats_say_how_old_a_document_is_and_what_is_not_from_it() {
    let shop = registry_of_edition("V2", SUPERSEDED);
    let text = shop.run(&["stats"]).out;
    let (_, documents) = text.split_once("\n\n").unwrap();
    assert_eq!(
        documents,
        "vendor  edition          superseded  notes  said\n\
         shop    V2 (2018-12-06)  2019-01-28  -         1\n\
         later editions:\n  shop  https://shop.example/new\n"
    );
    let notes = [
        (
            "[[set.code]]\n",
            "note = { en = \"A code.\" }\nsaid.en = \"words\"\n",
        ),
        ("[[set]]\n", "note = { en = \"A set.\" }\n"),
    ];
    let mut spec = shop.spec();
    for (head, lines) in notes {
        spec = spec.replacen(head, &format!("{head}{lines}"), 1);
    }
    // A retired code is not counted, and a range is.
    spec += "[[set.code]]\ncode = \"77\"\nvariant = \"Old\"\nstatus = \"retired\"\n\
             note = { en = \"It is gone.\" }\nsaid.en = \"words\"\n\
             [[set.range]]\nfrom = \"90\"\nto = \"99\"\nnote = { en = \"A range.\" }\n";
    let spec = spec.replacen("superseded = \"2019-01-28\"", "superseded = true", 1);
    shop.write("mine.toml", &spec);
    let stats = |format: &str| {
        let said = shop.run(&["stats", "--spec", "mine.toml", "--format", format]);
        assert!(said.success, "{}", said.err);
        said.out
    };
    let text = stats("text");
    let row = "shop    V2 (2018-12-06)  yes         1 code, 1 range, 1 set     2\n";
    assert!(text.contains(row), "{text}");
    let row = "| shop | V2 (2018-12-06) | [yes](https://shop.example/new) | 1 code, 1 range, 1 set \
               | 2 |\n";
    assert!(stats("markdown").ends_with(row), "{}", stats("markdown"));
    let rows: serde_json::Value = serde_json::from_str(&stats("json")).unwrap();
    let first = &rows[0];
    assert_eq!(first["source"]["superseded"], true);
    assert_eq!(first["source"]["date"], "2018-12-06");
    assert_eq!(first["notes"]["codes"], 1);
    assert_eq!(first["notes"]["sets"], 1);
    assert_eq!(first["said"], 2);
    let total = rows.as_array().unwrap().last().unwrap();
    assert_eq!(total["notes"]["ranges"], 1);
    assert_eq!(total["said"], 2);
    assert!(total["source"].is_null());
}

/// A spec that was written by hand is made from no document.
#[test]
fn stats_of_a_spec_without_a_document_have_one_table() {
    let shop = Scratch::new();
    let spec = "schema = 1\nvendor = \"mine\"\nlocale = \"en\"\n[[set]]\nname = \"Code\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"One\"\nmessage.en = \"One.\"\n";
    shop.write("mine.toml", spec);
    for format in ["text", "markdown"] {
        let said = shop.run(&["stats", "--spec", "mine.toml", "--format", format]);
        assert!(said.success, "{}", said.err);
        assert!(!said.out.contains("superseded"), "{}", said.out);
        assert!(!said.out.contains("\n\n"), "{}", said.out);
    }
}

/// A document that differs from that of the shop in one text.
fn change_document(shop: &Scratch) {
    let document = shop.read(&format!("{SHOP}/source.md"));
    let changed = document.replacen("图片过大", "图片太大", 1);
    assert!(changed != document);
    shop.write("new.md", &changed);
}

#[test]
fn a_new_document_does_not_keep_the_name_of_the_one_before() {
    let shop = registry_of_edition("V2", SUPERSEDED);
    change_document(&shop);
    let said = shop.run(&["update", "shop", "new.md"]);
    assert!(said.success, "{}", said.err);
    assert!(
        said.err.contains(
            "`edition`, `date`, `superseded`, `newer` in overlay.toml described the document \
             before and are taken out: `--edition NAME --date DAY` say what this one is called"
        ),
        "{}",
        said.err
    );
    let overlay = shop.read(&format!("{SHOP}/overlay.toml"));
    assert!(
        !overlay.contains("edition") && !overlay.contains("2019-01-28"),
        "{overlay}"
    );
    let spec = shop.spec();
    let source = spec
        .lines()
        .find(|line| line.starts_with("source ="))
        .unwrap();
    assert!(
        !source.contains("edition") && !source.contains("superseded"),
        "{source}"
    );
}

#[test]
fn update_takes_the_name_of_the_new_edition() {
    let shop = registry_of_edition("V2", SUPERSEDED);
    change_document(&shop);
    let said = shop.run(&[
        "update",
        "shop",
        "new.md",
        "--edition",
        "V3",
        "--date",
        "2019-01",
    ]);
    assert!(said.success, "{}", said.err);
    let overlay = shop.read(&format!("{SHOP}/overlay.toml"));
    assert!(
        overlay.starts_with("schema = 1\nedition = \"V3\"\ndate = \"2019-01\"\ntitle"),
        "{overlay}"
    );
    assert!(
        shop.spec()
            .contains("edition = \"V3\", date = \"2019-01\" }")
    );
    let again = shop.run(&["regen", "--check"]);
    assert!(again.success, "{}", again.err);
}

#[test]
fn what_a_person_wrote_about_the_new_document_stays() {
    let shop = registry_of_edition("V2", "");
    change_document(&shop);
    shop.edit("overlay.toml", "\"V2\"", "\"V3\"");
    let said = shop.run(&["update", "shop", "new.md"]);
    assert!(said.success, "{}", said.err);
    assert!(
        said.err.contains("`date` in overlay.toml described"),
        "{}",
        said.err
    );
    let spec = shop.spec();
    assert!(spec.contains("edition = \"V3\" }"), "{spec}");
}

#[test]
fn a_date_that_is_no_date_changes_nothing() {
    let shop = registry_of_edition("V2", "");
    change_document(&shop);
    let before = shop.tree();
    let said = shop.run(&["update", "shop", "new.md", "--date", "spring"]);
    assert!(!said.success);
    assert!(said.err.contains("`spring` is not a date"), "{}", said.err);
    assert!(shop.tree() == before, "{}", said.err);
}
