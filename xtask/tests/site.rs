//! The tables of the site as a reader without JavaScript sees them.

use errbook_cli::book::Book;
use errbook_cli::site::{Page, each_page};
use errbook_spec::place::Source;
use errbook_spec::{Spec, parse};

use crate::scratch::Scratch;

pub(crate) const SHOP: &str = r#"
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

/// The pages of a site.
pub(crate) fn pages(book: &Book) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut keep = |page: &Page| {
        pages.push(page.clone());
        Ok(())
    };
    each_page(book, &[], None, &mut keep).unwrap();
    pages
}

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
    let pages = pages(&book);
    let page = pages.iter().find(|page| page.name == "vendors/shop.html");
    {
        let page = page.unwrap();
        let row = visible_row(&page.text, "shop/OrderCode/1");
        for part in [
            "Declined",
            "The payment of &#60;amount&#62; was declined.",
            "Another card.",
            "card-declined",
            "after the user acts",
            "30 s",
            "free",
            "402",
            "amount",
            "Cards",
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

const LIST: &str = "out/errbook-site.json";

#[test]
fn files_that_are_no_longer_written_are_removed_and_nothing_else() {
    let scratch = Scratch::new();
    scratch.write("a.toml", SHOP);
    scratch.write(
        "b.toml",
        &SHOP.replace("vendor = \"shop\"", "vendor = \"bank\""),
    );
    let both = [
        "site", "--out", "out", "--spec", "a.toml", "--spec", "b.toml",
    ];
    assert!(scratch.run(&both).success);
    scratch.write("out/codes/bank/mine.txt", "notes");
    scratch.write("out/CNAME", "errors.example");
    let said = scratch.run(&["site", "--out", "out", "--spec", "a.toml"]);
    assert!(
        said.out.contains(", 3 old files removed"),
        "{}{}",
        said.out,
        said.err
    );
    let exists = |file: &str| scratch.path(&format!("out/{file}")).exists();
    assert!(!exists("codes/bank/OrderCode") && !exists("vendors/bank.html"));
    assert!(exists("codes/bank/mine.txt") && exists("CNAME"));
    assert!(exists("codes/shop/OrderCode/1.html") && exists("vendors/shop.html"));
    assert!(!scratch.read(LIST).contains("bank"));
}

#[test]
fn a_list_that_leaves_the_folder_is_refused() {
    let scratch = Scratch::new();
    scratch.write("a.toml", SHOP);
    scratch.write("precious.txt", "mine");
    let site = ["site", "--out", "out", "--spec", "a.toml"];
    let outside = [
        "../precious.txt",
        "codes/../../precious.txt",
        "/etc/passwd",
        "",
        "c:\\\\precious.txt",
    ];
    for path in outside {
        let list = format!(r#"{{"generator": "errbook", "files": ["{path}"]}}"#);
        scratch.write(LIST, &list);
        let said = scratch.run(&site);
        assert!(
            !said.success && said.err.contains("is not in this folder"),
            "{path}: {}",
            said.err
        );
        assert!(!scratch.path("out/index.html").exists());
    }
    for list in ["[]", "not JSON", r#"{"generator": "other", "files": []}"#] {
        scratch.write(LIST, list);
        let said = scratch.run(&site);
        assert!(
            !said.success && said.err.contains("is not a list of files"),
            "{}",
            said.err
        );
    }
    assert_eq!(scratch.read("precious.txt"), "mine");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_folder() {
    let scratch = Scratch::new();
    scratch.write("a.toml", SHOP);
    scratch.write("elsewhere/index.txt", "mine");
    scratch.write(
        LIST,
        r#"{"generator": "errbook", "files": ["link/index.txt"]}"#,
    );
    std::os::unix::fs::symlink(scratch.path("elsewhere"), scratch.path("out/link")).unwrap();
    let said = scratch.run(&["site", "--out", "out", "--spec", "a.toml"]);
    assert!(
        !said.success && said.err.contains("is not in this folder"),
        "{}",
        said.err
    );
    assert_eq!(scratch.read("elsewhere/index.txt"), "mine");
}

#[test]
fn the_day_of_a_site_is_checked() {
    let scratch = Scratch::new();
    scratch.write("a.toml", SHOP);
    let site = |day| scratch.run(&["site", "--out", "out", "--spec", "a.toml", "--date", day]);
    assert!(
        site("30.11.2026")
            .err
            .contains("expected a day such as 2026-11-30")
    );
    assert!(site("2026-11-30").success);
    assert!(
        scratch
            .read("out/index.html")
            .contains("<time datetime=\"2026-11-30\">")
    );
}
