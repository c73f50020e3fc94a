//! What a page in another language gives, and in what it differs.

use super::documents::{orders, shop};
use crate::regen::pages::{Page, read_page};
use crate::vendor::{Original, Vendor};

const ORDER: &str = "[set.Order]\ntable = \"Orders\"\n";
const HEADER: &str = "Code | HTTP | Message | Solution | Charged";
const CHINESE: &str = "错误码 | HTTP 状态码 | 错误信息 | 处理建议 | 是否计费";

fn page_of(vendor: &Vendor, document: &str) -> Page {
    let page = Original::new("page.md", document);
    read_page(vendor, &page, "zh-CN").unwrap_or_else(|it| panic!("{it}"))
}

fn vendor(entries: &str) -> Vendor {
    let rows = [
        "1 | 400 | Invalid card | Check it | no",
        "2 | 402 | Low balance | Use another card | no",
        "3 | 503 | Busy | | no",
    ];
    shop(&format!("{ORDER}{entries}"), &orders(HEADER, &rows))
}

/// The messages that were taken over, each with its code.
fn messages(page: &Page) -> Vec<String> {
    let line =
        |((set, key), texts): (&(String, crate::reference::Key), &crate::regen::PageTexts)| {
            let [message, remedy] =
                [&texts.message, &texts.remedy].map(|text| text.as_deref().unwrap_or("-"));
            format!("{set}.{} {message} {remedy}", key.reference())
        };
    page.codes.iter().map(line).collect()
}

#[test]
fn the_texts_of_codes_on_which_the_pages_agree_are_taken_over() {
    let rows = [
        "1 | 400 | 卡号无效 | 请检查 | 否",
        "2 | 402 | 余额不足 | 换卡 | 否",
        "3 | 503 | 繁忙 | | 否",
    ];
    let page = page_of(&vendor(""), &orders(CHINESE, &rows));
    assert_eq!(
        messages(&page),
        [
            "Order.1 卡号无效 请检查",
            "Order.2 余额不足 换卡",
            "Order.3 繁忙 -"
        ]
    );
    assert_eq!(page.differences, Vec::<String>::new());
    assert!(page.disputed.is_empty());
    let title = page.titles.get(&("Order".to_owned(), None));
    assert_eq!(title.map(String::as_str), Some("Orders"));
}

/// A code with another price or status on the other page may be another edition's: its text is not
/// taken, unless the overlay says which page is right.
#[test]
fn a_code_on_which_the_pages_differ_is_disputed_unless_the_overlay_decides() {
    let rows = [
        "1 | 400 | 卡号无效 | | 是",
        "~~2~~ | 400 | 余额不足 | | 否",
        "3 | 503 | 繁忙 | | 否",
    ];
    let document = orders(CHINESE, &rows);
    let found = |entries: &str| {
        let page = page_of(&vendor(entries), &document);
        let disputed: Vec<_> = page
            .disputed
            .iter()
            .map(|(_, key)| key.reference())
            .collect();
        assert_eq!(page.codes.len() + disputed.len(), 3);
        (disputed.join(" "), page.differences)
    };
    let (disputed, differences) = found("");
    assert_eq!(disputed, "1 2");
    assert_eq!(
        differences,
        [
            "Order.1: billing is free at source.md:5, and billed at page.md:5; write `billing` \
             into its entry in overlay.toml",
            "Order.2: http is 402 at source.md:6, and 400 at page.md:6; write `http` into its \
             entry in overlay.toml",
            "Order.2: status is active at source.md:6, and retired at page.md:6; write `status` \
             into its entry in overlay.toml",
        ]
    );
    let entries =
        |one: &str, two: &str| format!("[set.Order.code]\n1 = {{ {one} }}\n2 = {{ {two} }}\n");
    for (one, two, left) in [
        ("billing = \"billed\"", "", "2"),
        ("billing = \"unspecified\"", "", "2"),
        ("http = 400", "", "1 2"),
        ("", "http = 402", "1 2"),
        ("", "status = \"active\"", "1 2"),
        ("", "http = 402, status = \"active\"", "1"),
        ("", "billing = \"free\", status = \"active\"", "1 2"),
    ] {
        assert_eq!(found(&entries(one, two)).0, left, "{one} {two}");
    }
    let rule = "[set.Order.billing]\nbilled = [\"1\"]\nquote = \"Invalid card\"\n";
    assert_eq!(found(rule).0, "2");
}

/// What the overlay says about a column is true of the same header on the other page.
#[test]
fn a_page_is_read_with_the_columns_of_the_overlay() {
    let overlay = format!("{ORDER}columns = {{ Xq = \"remedy\" }}\n");
    let vendor = shop(
        &overlay,
        &orders("Code | Message | Xq", &["1 | busy | wait", "2 | late | go"]),
    );
    let rows = ["1 | 繁忙 | 等", "2 | 晚了 | 走"];
    let page = page_of(&vendor, &orders("错误码 | 错误信息 | Xq", &rows));
    assert_eq!(messages(&page), ["Order.1 繁忙 等", "Order.2 晚了 走"]);
}

#[test]
fn codes_that_only_one_page_has_are_listed() {
    let rows = [
        "1 | 400 | 卡号无效 | | 否",
        "2 | 402 | 余额不足 | | 否",
        "5 | 400 | 重复 | | 否",
    ];
    let page = page_of(&vendor(""), &orders(CHINESE, &rows));
    assert_eq!(
        page.differences,
        [
            "Order: not in page.md, but in source.md from line 7: 3",
            "Order: not in source.md, but in page.md from line 7: 5",
        ]
    );
    // A long list is cut.
    let many: Vec<_> = (1..=13)
        .map(|code| format!("{code} | 400 | 重复 | | 否"))
        .collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    let own: Vec<_> = (1..=13)
        .map(|code| format!("{code} | 400 | twice | | no"))
        .collect();
    let own: Vec<_> = own.iter().map(String::as_str).collect();
    let difference = |left: usize| {
        let vendor = shop(ORDER, &orders(HEADER, &own[..left]));
        page_of(&vendor, &orders(CHINESE, &many))
            .differences
            .remove(0)
    };
    assert!(difference(7).ends_with("line 12: 8, 9, 10, 11, 12, 13"));
}

/// Headings are in two languages, so tables belong together by their codes: at least half.
#[test]
fn a_table_of_the_page_belongs_to_the_table_with_most_of_its_codes() {
    let table = |heading: &str, codes: &[u32]| {
        let rows = codes
            .iter()
            .map(|code| format!("| {code} | payment {code} failed |\n"));
        format!(
            "# {heading}\n\n| Error code | Error message |\n|---|---|\n{}\n",
            rows.collect::<String>()
        )
    };
    let overlay = "[set.Order]\ntable = \"Orders\"\n[set.Refund]\ntable = \"Refunds\"\n\
                   [[ignore]]\ntable = \"Old\"\nbecause = \"old\"\n";
    let document = [
        table("Orders", &[1, 2, 3, 4]),
        table("Refunds", &[1, 2, 13, 14]),
        table("Old", &[71, 72]),
    ]
    .concat();
    let vendor = shop(overlay, &document);
    let of = |tables: &[String]| {
        let page = page_of(&vendor, &tables.concat());
        let set = |name: &str| page.codes.keys().filter(|(set, _)| set == name).count();
        (set("Order"), set("Refund"), page.differences.join("\n"))
    };
    // In another order, with an empty table and one that is left out of the document as well.
    let (order, refund, differences) = of(&[
        table("错误码", &[]),
        table("旧", &[71, 72]),
        table("退款", &[1, 2, 13, 14]),
        table("订单", &[1, 2, 3, 4]),
    ]);
    assert_eq!((order, refund, differences.as_str()), (4, 4, ""));
    // Half of the codes are enough, and less is another table.
    let (order, refund, differences) = of(&[table("订单", &[3, 4, 98, 99])]);
    assert_eq!((order, refund), (2, 0));
    assert!(
        differences.contains("Refund: no table of page.md has its codes"),
        "{differences}"
    );
    let page = Original::new("page.md", table("订单", &[4, 97, 98, 99]).as_str());
    assert!(read_page(&vendor, &page, "zh-CN").is_err());
    let (_, _, differences) = of(&[table("订单", &[1, 2, 3, 4]), table("短信", &[901, 902])]);
    assert!(
        differences.contains("a table with the codes of no table of source.md: 901, 902"),
        "{differences}"
    );
    // Of tables with equally many of the codes, the one with the fewest others.
    let (order, refund, _) = of(&[
        table("订单", &[1, 2]),
        table("订单", &[3, 4]),
        table("x", &[13]),
    ]);
    assert_eq!((order, refund), (4, 1));
}
