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

/// A vendor whose codes are of one kind, with variants named `names`.
fn vendor_of_kind(vendor: &str, names: &[&str]) -> Spec {
    let codes = names.iter().enumerate().map(|(at, name)| {
        let status = if name.starts_with("Gone") {
            "retired"
        } else {
            "active"
        };
        format!(
            "[[set.code]]\ncode = \"{at}\"\nvariant = \"{name}\"\nkind = \"not-found\"\n\
             status = \"{status}\"\nmessage.en = \"{vendor} {name}\"\n"
        )
    });
    let text = format!(
        "schema = 1\nvendor = \"{vendor}\"\nlocale = \"en\"\n[[set]]\nname = \"Code\"\n{}",
        codes.collect::<String>()
    );
    parse(&Source::new("spec.toml", &text)).unwrap_or_else(|problems| panic!("{problems}"))
}

fn book_of(specs: impl IntoIterator<Item = Spec>) -> Book {
    let mut book = Book::default();
    book.specs.extend(specs);
    book
}

/// The page of the first code of the vendor `own`.
fn first_card(pages: &[Page]) -> &str {
    let page = pages
        .iter()
        .find(|page| page.name == "codes/own/Code/0.html");
    &page.unwrap().text
}

#[test]
fn a_card_lists_the_nearest_codes_of_a_few_vendors() {
    let own = vendor_of_kind("own", &["NoOrder", "NoCard"]);
    let names: Vec<_> = (0..40).map(|at| format!("Other{at}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let others = (0..10).map(|at| vendor_of_kind(&format!("any{at}"), &names));
    let near = vendor_of_kind("near", &["NoCard", "NoFile", "NoOrder", "GoneOrder"]);
    let gone = vendor_of_kind("gone", &["GoneOrder"]);
    let pages = pages(&book_of(
        [own].into_iter().chain(others).chain([near, gone]),
    ));
    let card = first_card(&pages);
    let listed: Vec<_> = (card.split("data-id=\"").skip(2))
        .map(|rest| rest.split_once('"').unwrap().0)
        .collect();
    let near = ["near/Code/2", "near/Code/0", "near/Code/1"];
    let of_any = |vendor| (0..3).map(move |code| format!("any{vendor}/Code/{code}"));
    let expected: Vec<_> = (near.map(str::to_owned).into_iter())
        .chain((0..7).flat_map(of_any))
        .collect();
    assert_eq!(listed, expected);
    // Each code of the kind is on the page of kinds, also those of this vendor, and retired ones.
    let all = card.split_once("<a href=\"../../../kinds.html#not-found\"><span");
    let all = all
        .and_then(|(_, rest)| rest.split_once("</span>"))
        .unwrap()
        .0;
    assert!(all.ends_with(">Show all 407 codes of 13 vendors"), "{all}");
}

#[test]
fn a_card_lists_all_vendors_if_they_are_few() {
    let own = vendor_of_kind("own", &["NoOrder"]);
    let others = (0..2).map(|at| vendor_of_kind(&format!("any{at}"), &["NoCard", "GoneOrder"]));
    let pages = pages(&book_of([own].into_iter().chain(others)));
    let card = first_card(&pages);
    let ids = card.matches("data-id=\"any").count();
    assert!(ids == 2 && !card.contains("all_vendors"), "{card}");
}

#[test]
fn a_site_grows_linearly_with_the_vendors_and_with_their_codes() {
    let bytes = |vendors: usize, codes: usize| {
        let names: Vec<_> = (0..codes).map(|at| format!("Same{at}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let specs = (0..vendors).map(|at| vendor_of_kind(&format!("any{at}"), &names));
        let pages = pages(&book_of(specs));
        pages.iter().map(|page| page.text.len()).sum::<usize>()
    };
    // Twice as much is at most 2.2 times as large; what does not grow makes it less than 2.
    for (small, large) in [((20, 10), (40, 10)), ((2, 100), (2, 200))] {
        let [of_small, of_large] = [small, large].map(|(vendors, codes)| bytes(vendors, codes));
        assert!(
            of_large * 10 <= of_small * 22,
            "{small:?}: {of_small} bytes, {large:?}: {of_large}"
        );
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
