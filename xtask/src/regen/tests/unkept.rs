//! What the spec does not keep of a document.

use super::documents::shop;
use crate::overlay;
use crate::regen::unkept::Unkept;

/// What is left of a document with this overlay.
fn left(overlay: &str, document: &str) -> Unkept {
    let vendor = shop(overlay, document);
    let overlay = overlay::parse(&vendor.overlay).unwrap_or_else(|it| panic!("{it}"));
    let opened = vendor.document.open(None, vendor.words).unwrap();
    Unkept::new(&opened.document, &overlay).0
}

/// `LINE [SET CODE] (HEADER) TEXT`
fn texts(unkept: &Unkept) -> Vec<String> {
    let line = |text: &crate::regen::UnkeptText| {
        let code = text.code.as_ref();
        let code = code.map_or_else(String::new, |(set, code)| format!(" [{set} {code}]"));
        let header = match text.header.as_str() {
            "" => String::new(),
            header => format!(" ({header})"),
        };
        format!("{}{code}{header} {}", text.line, text.text)
    };
    unkept.texts.iter().map(line).collect()
}

const ORDER: &str = "[set.Order]\ntable = \"Orders\"\n";

#[test]
fn cells_without_a_role_are_left_with_their_code_and_header() {
    let document = "# 1. Orders\n\n| Code | Name | Message | Since | |\n|---|---|---|---|---|\n\
                    | 1 | BUSY | busy | 2020 | by night |\n\
                    | 2 | LATE | late | 2021 | late |\n\
                    | 100-199 | | of the disk | | |\n";
    let unkept = left(ORDER, document);
    let codes = unkept
        .codes
        .iter()
        .map(|(set, code)| format!("{set} {code}"));
    assert_eq!(
        codes.collect::<Vec<_>>(),
        ["Order 1 BUSY", "Order 100", "Order 2 LATE"]
    );
    let columns = unkept
        .columns
        .iter()
        .map(|(set, column)| format!("{set} {column}"));
    assert_eq!(columns.collect::<Vec<_>>(), ["Order Since", "Order #5"]);
    // The message of a range is kept nowhere. What a fact keeps is not left, even in other cells.
    assert_eq!(
        texts(&unkept),
        [
            "5 [Order 1 BUSY] (Since) 2020",
            "5 [Order 1 BUSY] (#5) by night",
            "6 [Order 2 LATE] (Since) 2021",
            "7 [Order 100] (Message) of the disk",
        ]
    );
    assert_eq!(unkept.titles.iter().collect::<Vec<_>>(), ["orders"]);
    assert!(unkept.tables.is_empty());
    // A column that the overlay decided about is not reported as new, but compared.
    let decided = format!("{ORDER}columns = {{ Since = \"none\", \"#5\" = \"none\" }}\n");
    let decided = left(&decided, document);
    assert!(decided.columns.is_empty(), "{:?}", decided.columns);
    assert_eq!(texts(&decided), texts(&unkept));
}

#[test]
fn details_are_left_unless_they_are_part_of_the_message() {
    let document = "# Orders\n\n| Code | Message | Description |\n|---|---|---|\n\
                    | 1 | busy | Too many requests. |\n| 2 | late | |\n";
    let set = format!("{ORDER}columns = {{ Description = \"details\" }}\n");
    assert_eq!(
        texts(&left(&set, document)),
        ["5 [Order 1] (Description) Too many requests."]
    );
    let kept = format!("{set}details = \"message\"\n");
    assert!(texts(&left(&kept, document)).is_empty());
}

#[test]
fn each_line_of_prose_is_left_and_titles_of_tables_are_not() {
    let document = "# Orders\n\nAll calls need a key.\nThey cost money.\n\n\
                    | Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n\n\
                    ## 2. More about it\n\n- One item\n- Another item\n  that goes on\n\n\
                    ```json\n{\n  \"code\": 1\n}\n```\n\n***\n\nThe end.\n";
    assert_eq!(
        texts(&left(ORDER, document)),
        [
            "3 All calls need a key.",
            "4 They cost money.",
            "11 More about it",
            "13 One item",
            "14 Another item",
            "15 that goes on",
            "19   \"code\": 1",
            "25 The end.",
        ]
    );
}

#[test]
fn a_table_of_no_set_is_left_as_a_whole() {
    let document = "# Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n\n\
                    # Fields\n\n| Field | Type |\n|---|---|\n| key | string |\n| age | number |\n\n\
                    # Refunds\n\n| Code | Message |\n|---|---|\n| 11 | closed |\n| 12 | lost |\n";
    let overlay = format!("{ORDER}[[ignore]]\ntable = \"Refunds\"\nbecause = \"old\"\n");
    let unkept = left(&overlay, document);
    let tables: Vec<_> = unkept
        .tables
        .iter()
        .map(|table| {
            let rows = table.rows.join(" / ");
            let headers = table.headers.join(" | ");
            let kind = if table.has_codes { "codes" } else { "" };
            let [first, last] = [table.line, table.end_line];
            format!("{first}-{last} {}: {headers}: {rows} {kind}", table.heading)
        })
        .collect();
    assert_eq!(
        tables,
        [
            "10-13 Fields: Field | Type: key | string / age | number ",
            "17-20 Refunds: Code | Message: 11 | closed / 12 | lost codes",
        ]
    );
    assert_eq!(texts(&unkept), Vec::<String>::new());
}

#[test]
fn a_line_of_code_or_below_a_title_has_its_own_number() {
    let document = "# Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n\n\
                    More\n====\n\n    indented\n    twice\n\nText.\n\n```\nunclosed\nfence\n";
    assert_eq!(
        texts(&left(ORDER, document)),
        [
            "8 More",
            "11 indented",
            "12 twice",
            "14 Text.",
            "17 unclosed",
            "18 fence"
        ]
    );
}

/// The items of a list of codes are compared without what their facts keep.
#[test]
fn the_lines_of_a_list_are_left_without_what_is_kept() {
    let document = "# Error codes\n\n## 1001\n\nMessage: The server is busy\n\n\
                    Since May, this costs money.\n\n## 1002\n\nMessage: The order is late\n\n\
                    ## 1003\n\nMessage: The order is gone\n";
    let set = "[set.Order]\ntable = \"Error codes\"\n";
    let unkept = left(set, document);
    assert_eq!(unkept.codes.len(), 3, "{unkept:?}");
    assert_eq!(
        texts(&unkept),
        [
            "5 [Order 1001] Message:",
            "7 [Order 1001] SinceMay,thiscostsmoney.",
            "11 [Order 1002] Message:",
            "15 [Order 1003] Message:",
        ]
    );
    let kept = left(&format!("{set}details = \"message\"\n"), document);
    assert!(
        !texts(&kept).concat().contains("money"),
        "{:?}",
        texts(&kept)
    );
}
