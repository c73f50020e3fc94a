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
        ">edition</span> V2 (2018-12-06)",
        ">superseded</span></strong> (2019-01-28)",
        "<a href=\"https://shop.example/new\">",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(shop.read("pages/index.html").contains(">superseded</span>"));

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
