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
