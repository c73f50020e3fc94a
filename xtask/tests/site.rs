//! The tables of the site as a reader without JavaScript sees them.

use errbook_cli::explain::Book;
use errbook_cli::site::pages;
use errbook_spec::place::Source;
use errbook_spec::{Spec, parse};

const SHOP: &str = r#"
schema = 1
vendor = "shop"
locale = "en"
title.en = "A shop"

[[set]]
name = "OrderCode"
title.en = "Orders"

[[set.section]]
id = "bank-cards"
title.en = "Cards"

[[set.code]]
code = "1"
variant = "Declined"
section = "bank-cards"
message.en = "The payment of <amount> was declined."
params = { amount = {} }
said.en = "The payement was declined."
remedy.en = "Another card."
kind = "card-declined"
retry = "after-user-action"
retry-after = 30
billing = "free"
http = 402
severity = "warning"
note = { en = "Also sent for blocked cards.", source = "https://shop.example/forum", date = "2021-07-19" }
since = { edition = "edition three", release = "0.1.0" }

[[set.code]]
code = "2"
variant = "Lost"
message.en = "It is lost."
"#;

fn spec() -> Spec {
    parse(&Source::new("spec.toml", SHOP)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The text between the tags of the row with an id. Attributes are not visible.
fn visible_row(page: &str, id: &str) -> String {
    let row = page.split_once(&format!("<tr id=\"{id}\"")).unwrap().1;
    let mut rest = row.split_once("</tr>").unwrap().0;
    let mut text = String::new();
    while let Some((_, after)) = rest.split_once('>') {
        let (visible, tag) = after.split_once('<').unwrap_or((after, ""));
        text.push_str(visible);
        text.push('\n');
        rest = tag;
    }
    text
}

#[test]
fn a_row_shows_every_fact_without_a_script() {
    let mut book = Book::default();
    book.specs.push(spec());
    let pages = pages(&book, &[]).unwrap();
    for page in ["index.html", "vendors/shop.html"] {
        let page = pages.iter().find(|found| found.name == page).unwrap();
        let row = visible_row(&page.text, "shop/OrderCode/1");
        for part in [
            "Declined",
            "The payment of &#60;amount&#62; was declined.",
            "Another card.",
            "card-declined",
            "after-user-action",
            "30 s",
            "free",
            "402",
            "amount",
            "bank-cards",
            "warning",
            "Also sent for blocked cards.",
            "https://shop.example/forum",
            "2021-07-19",
            "The payement was declined.",
            "edition three",
            "0.1.0",
        ] {
            assert!(row.contains(part), "{}: {part} is not in {row}", page.name);
        }
        // A code without these facts has no labels for them.
        let row = visible_row(&page.text, "shop/OrderCode/2");
        for label in ["note", "since", "severity", "section"] {
            assert!(!row.contains(label), "{}: {row}", page.name);
        }
    }
}
