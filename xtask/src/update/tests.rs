//! What a new document does to the overlay, and what is asked and found, in a registry with one
//! vendor.

use std::fs;

use errbook_spec::problem::Problems;
use tempfile::TempDir;

use super::{Accepted, Update, refusal, update};
use crate::regen::{Named, regen};
use crate::vendor::{Missing, Original, Vendor};
use crate::workspace::Workspace;

const CONFIG: &str = "schema = 1\nname = \"shop\"\nvendors = \"vendors\"\n\
                      [release]\npromises = \"released\"\n";

/// What the registry has released.
#[derive(Clone, Copy)]
enum Released {
    Nothing,
    /// Other vendors.
    Others,
    /// The codes that the vendor has now.
    All,
}

/// The update of a vendor with this document and overlay to another document.
fn updated(released: Released, overlay: &str, from: &str, to: &str) -> Update {
    attempt(released, overlay, from, to).unwrap_or_else(|it| panic!("{it}"))
}

fn attempt(released: Released, overlay: &str, from: &str, to: &str) -> Result<Update, Problems> {
    let folder = TempDir::new().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("errbook.toml", CONFIG);
    let overlay = format!("schema = 1\nlocale = \"en\"\n{overlay}");
    write("vendors/shop/overlay.toml", &overlay);
    write("vendors/shop/source.md", from);
    let workspace = Workspace::open(folder.path()).unwrap();
    let vendor = Vendor::read(&workspace, "shop", Missing::Begins).unwrap();
    let spec = regen(&vendor, None)
        .unwrap_or_else(|it| panic!("{it}"))
        .text;
    write("vendors/shop/spec.toml", &spec);
    if !matches!(released, Released::Nothing) {
        write("released/version.txt", "0.1.0\n");
    }
    if matches!(released, Released::All) {
        write("released/shop.toml", &spec);
    }
    let new = Original::new("new.md", to);
    update(&workspace, "shop", &new, &Named::default(), None)
}

/// The class, the subject and the new value of each finding.
fn findings(update: &Update) -> Vec<String> {
    let line = |finding: &crate::diff::Finding| {
        let id = finding.id.trim_start_matches("shop/");
        match &finding.new {
            Some(new) => format!("{id}: {new}"),
            None => id.to_owned(),
        }
    };
    update.findings.iter().map(line).collect()
}

/// The messages of all questions, without their places.
fn questions(update: &Update) -> Vec<String> {
    let problems = update.headings.iter().chain(update.questions.iter());
    problems.map(|problem| problem.message.clone()).collect()
}

/// The overlay after the update, without its first lines.
fn overlay(update: &Update) -> &str {
    let text = update.overlay.text();
    text.strip_prefix("schema = 1\nlocale = \"en\"\n").unwrap()
}

const ORDERS: &str = "# Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n\
                      | 3 | gone |\n\n";
const REFUNDS: &str =
    "# Refunds\n\n| Code | Message |\n|---|---|\n| 11 | closed |\n| 12 | lost |\n";
const SETS: &str = "[set.Order]\ntable = \"Orders\"\n[set.Refund]\ntable = \"Refunds\"\n";
const SECTIONS: &str = "[set.Order.sections]\norders = \"Orders\"\nrefunds = \"Refunds\"\n";

fn both() -> String {
    format!("{ORDERS}{REFUNDS}")
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn the_same_document_changes_nothing() {
    let update = updated(Released::All, SETS, &both(), &both());
    assert!(update.says_the_same());
    assert_eq!(findings(&update), none());
    assert_eq!(overlay(&update), SETS);
}

/// What is to be decided or accepted is more than a page that changed elsewhere.
#[test]
fn an_update_that_asks_for_something_does_not_say_the_same() {
    let same = || updated(Released::All, SETS, &both(), &both());
    let mut problems = Problems::default();
    problems.push(&errbook_spec::place::Place::file("overlay.toml"), "decide");
    let asking = [
        Update {
            losses: vec!["Order: 1 code is gone".to_owned()],
            ..same()
        },
        Update {
            headings: problems.clone(),
            ..same()
        },
        Update {
            questions: problems,
            ..same()
        },
    ];
    assert!(asking.iter().all(|update| !update.says_the_same()));
}

#[test]
fn a_table_is_followed_to_another_heading_and_asked_about() {
    let to = both().replace("# Orders", "# Purchases");
    let update = updated(Released::All, SETS, &both(), &to);
    assert_eq!(
        findings(&update),
        ["headings-changed: `Orders` is now `Purchases`"]
    );
    assert!(!update.says_the_same());
    assert_eq!(
        questions(&update),
        [
            "the new document has other headings above 1 table: line 4: `Orders` is now \
             `Purchases`, with 3 codes that were there before"
        ]
    );
    assert_eq!(overlay(&update), SETS.replace("Orders", "Purchases"));
    assert_eq!(update.losses, none());
    // The title of another set is another finding.
    let both_changed = to.replace("# Refunds", "# REFUNDS");
    let update = updated(Released::All, SETS, &both(), &both_changed);
    assert_eq!(update.findings.len(), 2, "{:?}", findings(&update));
    // A section has its heading as its title, so that the new title is not another finding.
    let update = updated(Released::All, SECTIONS, &both(), &to);
    assert_eq!(
        findings(&update),
        ["headings-changed: `Orders` is now `Purchases`"]
    );
    assert_eq!(overlay(&update), SECTIONS.replace("Orders", "Purchases"));
}

#[test]
fn a_table_is_followed_only_if_it_has_half_of_the_rows() {
    let rows = |rows: &[&str]| {
        let rows: String = rows.iter().map(|row| format!("| {row} |\n")).collect();
        format!("# Purchases\n\n| Code | Message |\n|---|---|\n{rows}\n{REFUNDS}")
    };
    let from = both().replace("| 3 | gone |\n", "| 3 | gone |\n| 4 | odd |\n");
    let asked = |to: &[&str]| {
        let update = updated(Released::All, SETS, &from, &rows(to));
        (overlay(&update).contains("Purchases"), update.losses.len())
    };
    // Under the same number, or with the same words.
    assert_eq!(
        asked(&["1 | hurry", "92 | late", "93 | x", "94 | y"]),
        (true, 1)
    );
    assert_eq!(
        asked(&["1 | hurry", "92 | slow", "93 | x", "94 | y"]),
        (false, 1)
    );
}

#[test]
fn a_column_is_followed_to_another_header() {
    let set = "[set.Order]\ntable = \"Orders\"\n\
               columns = { \"Code\" = \"code\", Message = \"message\" } # by hand\n";
    let to = ORDERS.replace("Message", "Was ist los");
    let update = updated(Released::All, set, ORDERS, &to);
    assert_eq!(
        findings(&update),
        ["headings-changed: the column `Message` is now `Was ist los`"]
    );
    assert_eq!(
        questions(&update),
        [
            "the new document has other headers above 1 column: line 5: the column `Message` is \
             now `Was ist los`: write `\"Was ist los\" = \"message\"`"
        ]
    );
    let expected = set.replace("\"Code\"", "Code");
    assert_eq!(
        overlay(&update),
        expected.replace("Message", "\"Was ist los\"")
    );
}

/// Another column with the same words is another column.
#[test]
fn a_column_that_is_still_there_is_not_followed() {
    let set = "[set.Order]\ntable = \"Orders\"\ncolumns = { Message = \"message\" }\n";
    let table = |header: &str, copy: fn(&str) -> String| {
        let rows = ["busy", "late", "gone"].iter().enumerate();
        let rows = rows.map(|(at, text)| format!("| {} | {text} |{}\n", at + 1, copy(text)));
        let line = "|---".repeat(header.split('|').count());
        format!(
            "# Orders\n\n| {header} |\n{line}|\n{}",
            rows.collect::<String>()
        )
    };
    let from = table("Code | Message", |_| String::new());
    let to = table("Code | Message | Text", |text| format!(" {text} |"));
    let update = updated(Released::All, set, &from, &to);
    assert_eq!(overlay(&update), set);
    assert_eq!(questions(&update), none());
}

/// A document that has lost a table may be another page: nothing is taken for withdrawn in
/// silence.
#[test]
fn a_table_that_is_gone_is_a_loss_of_its_codes() {
    for (released, expected) in [
        (
            Released::All,
            format!(
                "{}status = \"retired\"\n",
                SETS.replace("table = \"Refunds\"\n", "")
            ),
        ),
        (
            Released::Nothing,
            format!(
                "{}status = \"retired\"\n",
                SETS.replace("table = \"Refunds\"\n", "")
            ),
        ),
        // What no release has leaves nothing behind.
        (
            Released::Others,
            "[set.Order]\ntable = \"Orders\"\n".to_owned(),
        ),
    ] {
        let update = updated(released, SETS, &both(), ORDERS);
        assert_eq!(
            update.losses,
            [
                "Refund: the table under `Refunds` and 2 codes are not in the new document: \
                 11 Closed, 12 Lost"
            ]
        );
        assert_eq!(overlay(&update), expected);
        assert_eq!(questions(&update), none());
        let is_dropped = matches!(released, Released::Others);
        assert_eq!(
            update.regenerated.spec.sets.len(),
            if is_dropped { 1 } else { 2 }
        );
    }
}

#[test]
fn a_section_that_is_gone_leaves_the_others() {
    let update = updated(Released::All, SECTIONS, &both(), ORDERS);
    assert_eq!(
        update.losses,
        [
            "Order: the table under `Refunds` and 2 codes are not in the new document: 11 Closed, \
             12 Lost"
        ]
    );
    assert_eq!(
        overlay(&update),
        "[set.Order.sections]\norders = \"Orders\"\n"
    );
    assert_eq!(update.regenerated.spec.sets[0].codes.len(), 5);
    // The last section goes with its set.
    let one = "[set.Order.sections]\norders = \"Orders\"\n[set.Refund]\ntable = \"Refunds\"\n";
    let update = updated(Released::All, one, &both(), REFUNDS);
    assert_eq!(
        overlay(&update).trim_start(),
        "[set.Order]\nstatus = \"retired\"\n[set.Refund]\ntable = \"Refunds\"\n"
    );
}

#[test]
fn rows_that_are_in_another_table_of_their_set_are_not_lost() {
    let to = format!(
        "{}| 11 | closed |\n| 12 | lost |\n",
        ORDERS.trim_end().to_owned() + "\n"
    );
    let update = updated(Released::All, SECTIONS, &both(), &to);
    assert_eq!(update.losses, none());
    assert_eq!(
        questions(&update),
        [
            "the new document has other headings above 1 table: line 5: the table under \
             `Refunds` is a part of another table"
        ]
    );
    assert_eq!(
        overlay(&update),
        "[set.Order.sections]\norders = \"Orders\"\n"
    );
    // In a table of another set they are other codes.
    let update = updated(Released::All, SETS, &both(), &to);
    assert_eq!(update.losses.len(), 1, "{:?}", update.losses);
}

#[test]
fn an_ignored_table_that_is_gone_is_ignored_no_longer() {
    let ignore = |heading: &str| format!("[[ignore]]\ntable = \"{heading}\"\nbecause = \"old\"\n");
    let order = "[set.Order]\ntable = \"Orders\"\n";
    let from = format!(
        "{}# Old\n\n| Code | Message |\n|---|---|\n| 91 | a |\n| 92 | b |\n",
        both()
    );
    let overlays = [ignore("Refunds"), ignore("Old")];
    let set = format!("{order}{}", overlays.concat());
    let update = updated(Released::All, &set, &from, &from.replace(REFUNDS, ""));
    assert_eq!(update.losses, none());
    assert_eq!(
        questions(&update),
        [
            "the new document has other headings above 1 table: line 6: the table under \
             `Refunds` is gone, and was ignored"
        ]
    );
    assert_eq!(
        findings(&update),
        ["headings-changed: `Refunds` is gone, and was ignored"]
    );
    assert_eq!(overlay(&update), format!("{order}{}", ignore("Old")));
    // It is ignored under another heading, too.
    let update = updated(
        Released::All,
        &set,
        &from,
        &from.replace("# Refunds", "# Returns"),
    );
    assert_eq!(
        findings(&update),
        ["headings-changed: `Refunds` is now `Returns`"]
    );
    assert_eq!(overlay(&update), set.replace("Refunds", "Returns"));
    let update = updated(Released::All, &set, &from, ORDERS);
    assert_eq!(overlay(&update), order);
}

/// Only a person can say which of two tables is the old one.
#[test]
fn two_tables_under_one_heading_are_a_question_with_the_line_to_write() {
    // With headers that are not understood, no table is taken for one of codes.
    for header in ["Message", "Was ist los"] {
        let head = format!("# Refunds\n\n| Code | {header} |\n|---|---|\n");
        let other = format!("{head}| 91 | odd |\n| 92 | even |\n\nMore:\n\n");
        let refunds = REFUNDS.replace("Message", header);
        let from = format!("{ORDERS}{refunds}");
        let to = format!(
            "{ORDERS}{other}{}",
            refunds.trim_start_matches("# Refunds\n\n")
        );
        let problems = match attempt(Released::All, SETS, &from, &to) {
            Ok(update) => refusal(&update, &Original::new("new.md", ""), Accepted::default()),
            Err(problems) => problems,
        };
        let problems = problems.to_string();
        assert!(
            problems.contains(
                "the table under `Refunds` has 2 of its 2 codes: write \
                 `table = { heading = \"Refunds\", nth = 2 }`"
            ),
            "{problems}"
        );
    }
}

/// Tables under the same heading that share no row with the old one are other tables.
#[test]
fn a_table_is_not_looked_for_elsewhere_if_several_have_its_heading() {
    let table = |heading: &str, codes: [u32; 2]| {
        let rows = codes.map(|code| format!("| {code} | payment {code} failed |\n"));
        format!(
            "# {heading}\n\n| Code | Message |\n|---|---|\n{}\nMore:\n\n",
            rows.concat()
        )
    };
    let from = format!("{ORDERS}{}", table("Refunds", [11, 12]));
    let again = table("Refunds", [95, 96]).replace("# Refunds\n\n", "");
    let to = format!(
        "{ORDERS}{}{again}{}",
        table("Refunds", [91, 92]),
        table("Elsewhere", [11, 12])
    );
    let problems = match attempt(Released::All, SETS, &from, &to) {
        Ok(update) => refusal(&update, &Original::new("new.md", ""), Accepted::default()),
        Err(problems) => problems,
    };
    let problems = problems.to_string();
    assert!(
        problems.contains("2 tables are under the heading `Refunds`"),
        "{problems}"
    );
    assert!(!problems.contains("of its 2 codes"), "{problems}");
}

/// A code that a person decided about must not vanish in silence, even if no program can know it.
#[test]
fn a_code_that_is_gone_is_a_loss_if_a_release_or_the_overlay_has_it() {
    let to = both().replace("| 12 | lost |\n", "");
    let lost = "Refund: 1 code is not in the new document: 12 Lost";
    let update = updated(Released::All, SETS, &both(), &to);
    assert_eq!(update.losses, [lost]);
    let update = updated(Released::Others, SETS, &both(), &to);
    assert_eq!(update.losses, none());
    let entries = "[set.Refund.code]\n11 = { variant = \"Shut\" }\n12 = { variant = \"Lost\" }\n";
    let update = updated(Released::Others, &format!("{SETS}{entries}"), &both(), &to);
    assert_eq!(update.losses, [lost]);
    // Its entry goes with it.
    assert_eq!(
        overlay(&update),
        format!("{SETS}[set.Refund.code]\n11 = {{ variant = \"Shut\" }}\n")
    );
    // The overlay says what became of it.
    for said in ["status = \"retired\"", "replaced-by = \"Refund.11\""] {
        let entries = format!("[set.Refund.code]\n12 = {{ variant = \"Lost\", {said} }}\n");
        let update = updated(Released::All, &format!("{SETS}{entries}"), &both(), &to);
        assert_eq!(update.losses, none(), "{said}");
    }
}

#[test]
fn the_entry_of_a_dropped_code_with_a_symbol_goes_alone() {
    let table =
        |rows: &str| format!("# Orders\n\n| Code | Name | Message |\n|---|---|---|\n{rows}");
    let from = table("| 1 | BUSY | busy |\n| 1 | LATE | late |\n");
    let set = "[set.Order]\ntable = \"Orders\"\nidentity = \"code+symbol\"\n\
               columns = { Code = \"code\", Name = \"symbol\" }\n[set.Order.code]\n\
               1.BUSY = { variant = \"Busy\" }\n1.LATE = { variant = \"Late\" }\n";
    let update = updated(
        Released::Others,
        set,
        &from,
        &table("| 1 | BUSY | busy |\n"),
    );
    assert_eq!(
        overlay(&update),
        set.replace("1.LATE = { variant = \"Late\" }\n", "")
    );
}

#[test]
fn ranges_that_are_gone_are_a_loss_of_their_own() {
    let from = both().replace("| 12 | lost |\n", "| 12 | lost |\n| 100-199 | disk |\n");
    let update = updated(Released::All, SETS, &from, &both());
    let [loss] = &update.losses[..] else {
        panic!("{:?}", update.losses)
    };
    assert!(
        loss.starts_with("Refund: 1 range is not in the new document: Refund 100..199"),
        "{loss}"
    );
}

/// What is withdrawn and what has moved can be accepted, each alone; a decision cannot.
#[test]
fn a_person_accepts_headings_and_removals_separately() {
    let to = ORDERS.replace("# Orders", "# Purchases");
    let update = updated(Released::All, SETS, &both(), &to);
    let document = Original::new("new.md", to.as_str());
    let count = |headings: bool, removals: bool| {
        let accepted = Accepted { headings, removals };
        refusal(&update, &document, accepted).iter().count()
    };
    assert_eq!(count(false, false), 2);
    assert_eq!(count(true, false), 1);
    assert_eq!(count(false, true), 1);
    assert_eq!(count(true, true), 0);
}

const PAGE: &str = "# Orders\n\nAll calls need a key.\n\n\
                    | Code | Message | Since |\n|---|---|---|\n\
                    | 1 | busy | 2020 |\n| 2 | late | 2020 |\n\n\
                    # Fields\n\n| Field | Type |\n|---|---|\n| key | string |\n| age | number |\n\n\
                    # 2. Limits\n\n| Plan | Calls |\n|---|---|\n| free | 10 |\n";

/// What no fact of the spec keeps is compared too: it may say what a code costs.
#[test]
fn a_change_that_no_fact_shows_is_a_finding() {
    let found = |edits: &[(&str, &str)]| {
        let mut to = PAGE.to_owned();
        for (from, with) in edits {
            assert_eq!(to.matches(from).count(), 1, "{from}");
            to = to.replace(from, with);
        }
        findings(&updated(
            Released::All,
            "[set.Order]\ntable = \"Orders\"\n",
            PAGE,
            &to,
        ))
    };
    assert_eq!(found(&[]), none());
    let lines = "1 line of the new document and 1 line of the old one (with a minus sign), which \
                 no fact keeps";
    assert_eq!(
        found(&[("a key", "two keys")]),
        [format!(
            "unread-changed.3,-3: {lines}: `All calls need two keys.`"
        )]
    );
    assert_eq!(
        found(&[("busy | 2020", "busy | 2021")]),
        [format!("unread-changed.7,-7: {lines}: `2021`")]
    );
    assert_eq!(
        found(&[("All calls need a key.\n\n", "")]),
        [
            "unread-changed.-3: 1 line of the old one (with a minus sign), which no fact keeps: \
             `All calls need a key.`"
        ]
    );
    let long = "Four words and then a line that is so much longer than sixty letters.";
    assert_eq!(
        found(&[(
            "need a key.",
            &format!("cost money.\n\nTwo.\n\nThree.\n\n{long}")
        )]),
        [
            "unread-changed.3,5,7,9,-3: 4 lines of the new document and 1 line of the old one \
             (with a minus sign), which no fact keeps: `All calls cost money.`, `Two.`, `Three.`, …"
        ]
    );
    assert_eq!(
        found(&[("All calls need a key.", long)]),
        [format!(
            "unread-changed.3,-3: {lines}: `Four words and then a line that is so much longer \
             than sixty…`"
        )]
    );
    assert_eq!(
        found(&[("All calls need a key.", "One.\n\nTwo.\n\nThree.")]),
        [
            "unread-changed.3,5,7,-3: 3 lines of the new document and 1 line of the old one (with \
             a minus sign), which no fact keeps: `One.`, `Two.`, `Three.`"
        ]
    );
    // New columns and codes are findings of their own, and so is all that is beside them.
    assert_eq!(
        found(&[
            (
                "Since |\n|---|---|---|",
                "Since | Cost |\n|---|---|---|---|"
            ),
            ("busy | 2020 |", "busy | 2020 | 3 |"),
            ("late | 2020 |", "late | 2020 | 4 |"),
        ]),
        ["Order/column-unread.Cost"]
    );
    assert_eq!(
        found(&[("| late | 2020 |", "| late | 2020 |\n| 4 | odd | 2022 |")]),
        ["Order.4/code-added"]
    );
    assert_eq!(
        found(&[("number |", "text |")]),
        ["table-unread.Fields: line 12: 1 row changed"]
    );
    assert_eq!(
        found(&[("| Field | Type |", "| Field | Kind |")]),
        ["table-unread.Fields: line 12: 1 row changed"]
    );
    assert_eq!(
        found(&[("number |", "text |\n| sex | text |")]),
        ["table-unread.Fields: line 12: 2 rows changed"]
    );
    assert_eq!(
        found(&[(
            "free | 10 |\n",
            "free | 10 |\n\n# Regions\n\n| Region | Host |\n|---|---|\n| eu | a |\n"
        )]),
        ["table-unread.Regions: line 25: new, with 1 row"]
    );
    assert_eq!(
        found(&[(
            "# 2. Limits\n\n| Plan | Calls |\n|---|---|\n| free | 10 |\n",
            ""
        )]),
        ["table-unread.Limits: line 19 of the old document: gone, with 1 row"]
    );
    // Another number or order of headings says nothing.
    assert_eq!(found(&[("# 2. Limits", "# 3. Limits")]), none());
}

/// A table beside that of a set may have said what the codes cost.
#[test]
fn a_table_that_is_gone_is_found_whatever_else_is_under_its_heading() {
    let prices = "More:\n\n| Plan | Price |\n|---|---|\n| free | 0 |\n| all | 9 |\n\n";
    let areas = "Areas:\n\n| Area | Host |\n|---|---|\n| eu | a |\n\n";
    let set = "[set.Order]\ntable = { heading = \"Orders\", column = \"Code\" }\n";
    let with = |tables: &str| PAGE.replace("# Fields", &format!("{tables}# Fields"));
    let found =
        |from: &str, to: &str| findings(&updated(Released::All, set, &with(from), &with(to)));
    let both = [prices, areas].concat();
    assert_eq!(
        found(&both, &format!("More:\n\n{areas}")),
        ["table-unread.Orders: line 12 of the old document: gone, with 2 rows"]
    );
    assert_eq!(
        found(prices, "More:\n\n"),
        ["table-unread.Orders: line 12 of the old document: gone, with 2 rows"]
    );
    assert_eq!(found(&both, &both), none());
    assert_eq!(found(&both, &[areas, prices].concat()), none());
    // Of two that changed, each is the one that it was.
    let changed = both.replace("| 9 |", "| 10 |").replace("| a |", "| b |");
    assert_eq!(
        found(&both, &changed),
        [
            "table-unread.Orders: line 12: 1 row changed",
            "table-unread.Orders (2): line 19: 1 row changed"
        ]
    );
}

#[test]
fn a_table_under_another_heading_is_the_same_if_it_shares_a_row() {
    let found = |edits: &[(&str, &str)]| {
        let mut to = PAGE.to_owned();
        for (from, with) in edits {
            to = to.replace(from, with);
        }
        findings(&updated(
            Released::All,
            "[set.Order]\ntable = \"Orders\"\n",
            PAGE,
            &to,
        ))
    };
    let renamed = ("# Fields", "# Parameters");
    let row = ("| age | number |", "| sex | text |");
    assert_eq!(
        found(&[renamed, row]),
        ["table-unread.Parameters: line 12: 1 row changed"]
    );
    let gone = "table-unread.Fields: line 12 of the old document: gone, with 2 rows";
    for other in [
        ("| key | string |", "| x | y |"),
        ("| Field | Type |", "| Name | Kind |"),
    ] {
        assert_eq!(
            found(&[renamed, row, other]),
            ["table-unread.Parameters: line 12: new, with 2 rows", gone]
        );
    }
    // A heading that stays without its table says nothing by itself.
    let table = "\n| Plan | Calls |\n|---|---|\n| free | 10 |\n";
    assert_eq!(
        found(&[(table, "")]),
        ["table-unread.Limits: line 19 of the old document: gone, with 1 row"]
    );
}

/// The same words may be about two things.
#[test]
fn a_text_that_is_there_less_often_is_a_change() {
    let text = |times: usize| format!("{PAGE}\n{}", "Same words.\n\n".repeat(times));
    let found = |from: usize, to: usize| {
        let set = "[set.Order]\ntable = \"Orders\"\n";
        findings(&updated(Released::All, set, &text(from), &text(to)))
    };
    assert_eq!(found(2, 2), none());
    assert_eq!(
        found(2, 1),
        [
            "unread-changed.-25: 1 line of the old one (with a minus sign), which no fact keeps: \
             `Same words.`"
        ]
    );
    assert_eq!(found(1, 3).len(), 1);
}

/// What looks like a code and is in no entry is found once.
#[test]
fn only_new_lines_that_look_like_codes_are_findings() {
    let table = |heading: &str, codes: [u32; 2]| {
        let rows = codes.map(|code| format!("| {code} | text {code} |\n"));
        format!(
            "\n# {heading}\n\n| Code | Message |\n|---|---|\n{}",
            rows.concat()
        )
    };
    let from = format!("{PAGE}{}", table("Others", [3, 4]));
    let to = format!("{from}{}", table("More", [5, 6]));
    let set = "[set.Order]\ntable = \"Orders\"\n";
    assert_eq!(
        findings(&updated(Released::All, set, &from, &to)),
        [
            "code-unread.line 32: table with 2 cells that begin with what looks like a code: \
             `5`, `6`"
        ]
    );
}

/// A full stop more or less is a change of form.
#[test]
fn a_change_of_form_is_cosmetic() {
    let to = PAGE.replace("a key.", "a key");
    let update = updated(
        Released::All,
        "[set.Order]\ntable = \"Orders\"\n",
        PAGE,
        &to,
    );
    assert_eq!(update.findings.len(), 1);
    assert_eq!(update.findings[0].severity, crate::diff::Severity::Cosmetic);
    assert!(update.says_the_same());
}
