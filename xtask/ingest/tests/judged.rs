//! What decides that a table holds codes, beside its own features: the tables around it. And what
//! a verdict says.

use std::fs;

use errbook_ingest::{self as ingest, Hints, Holds, Role};

/// Of each table: what it holds, why, the table that it continues, its evidence and its doubts.
struct Judged {
    holds: Holds,
    because: String,
    continues: Option<usize>,
    evidence: Vec<(i32, String)>,
    doubts: Vec<String>,
    codes: Vec<String>,
    roles: Vec<Role>,
}

fn judge(text: &str) -> Vec<Judged> {
    let document = ingest::read(text);
    let tables = ingest::extract(&document, &Hints::default()).tables;
    tables
        .into_iter()
        .map(|table| Judged {
            holds: table.holds,
            because: table.because,
            continues: table.continues,
            evidence: table
                .evidence
                .into_iter()
                .map(|reason| (reason.points, reason.text))
                .collect(),
            doubts: table.doubts,
            codes: table.codes.iter().map(|one| one.code.to_string()).collect(),
            roles: table
                .columns
                .into_iter()
                .map(|column| column.role)
                .collect(),
        })
        .collect()
}

const TRANSFERS: &str = "## Transfers\n\n| Code | Meaning |\n|---|---|\n\
    | 1001 | The account was not found |\n| 1002 | The amount is invalid |\n| 1003 | The transfer failed |\n\n";
const CARDS: &str = "## Cards\n\n| Code | Meaning |\n|---|---|\n\
    | 2001 | The card has expired |\n| 2002 | The card was refused |\n| 2003 | The card is invalid |\n\n";
const ISSUERS: &str =
    "## Issuers\n\n| Code | Meaning |\n|---|---|\n| A1 | Ask the issuer |\n| C1 | Call again |\n";

#[test]
fn a_table_with_the_header_of_two_tables_of_codes_is_one_too() {
    let last = |text: &str| judge(text).pop().unwrap();
    let found = last(&format!("# Answers\n\n{TRANSFERS}{CARDS}{ISSUERS}"));
    assert_eq!(found.holds, Holds::Codes);
    let alike = (25, "2 tables of codes have the same header".to_owned());
    assert!(found.evidence.contains(&alike), "{:?}", found.evidence);
    assert_eq!(found.codes, ["A1", "C1"]);

    let one = last(&format!("# Answers\n\n{TRANSFERS}{ISSUERS}"));
    assert_eq!(one.holds, Holds::Other, "one table is not enough");
    let others = format!("# Answers\n\n{TRANSFERS}{CARDS}{ISSUERS}");
    let (before, own) = others.split_at(others.find("## Issuers").unwrap());
    let other = last(&(before.to_owned() + &own.replace("Meaning", "Means")));
    assert_eq!(other.holds, Holds::Other, "its header is another one");
    let seats = own
        .replace("Code", "Seat")
        .replace("Ask the issuer", "Row 1");
    let seats = [before, &seats, &seats, &seats].concat();
    assert_eq!(last(&seats).holds, Holds::Other, "none of them holds codes");
}

#[test]
fn a_table_without_a_header_continues_the_table_of_codes_just_before_it() {
    let first = "# Error codes\n\n| Code | Message |\n|---|---|\n| 1001 | not found |\n| 1002 | invalid |\n\n";
    let torn = "| | |\n|---|---|\n| 1003 | failed |\n| 1004 | expired |\n";
    let second = |text: &str| judge(text).pop().unwrap();
    let found = second(&format!("{first}{torn}"));
    assert_eq!((found.holds, found.continues), (Holds::Codes, Some(0)));
    assert_eq!(
        found.because,
        "it has no header, follows a table of codes and reads like it"
    );
    assert_eq!(found.roles, [Role::Code, Role::Message]);
    assert_eq!(found.codes, ["1003", "1004"]);
    let wider = "| | | |\n|---|---|---|\n| 1003 | failed | a |\n| 1004 | expired | b |\n";
    let words = "| | |\n|---|---|\n| 1003 | failed |\n| none | b |\n| none | c |\n| none | d |\n";
    for (why, text) in [
        ("it has another width", format!("{first}{wider}")),
        (
            "it has a header",
            format!("{first}{}", torn.replacen("| | |", "| a | b |", 1)),
        ),
        ("text is between", format!("{first}Text.\n\n{torn}")),
        (
            "its first column holds few codes",
            format!("{first}{words}"),
        ),
        (
            "the one before holds no codes",
            format!("# Seats\n\n| Seat | Row |\n|---|---|\n| 1 | a |\n| 2 | b |\n\n{torn}"),
        ),
    ] {
        assert_eq!(second(&text).continues, None, "{why}:\n{text}");
    }
}

#[test]
fn a_column_without_a_header_is_called_by_its_number() {
    let rows =
        "|---|---|\n| 1001 | The account was not found |\n| 1002 | The amount is invalid |\n";
    let share = |header: &str| {
        let table = judge(&format!("# Errors\n\n{header}\n{rows}")).remove(0);
        let mut shares = table.evidence.into_iter().map(|(_, text)| text);
        shares.find(|text| text.contains("cells of")).unwrap()
    };
    assert_eq!(share("| | |"), "2 of 2 cells of column 1 are codes");
    assert_eq!(share("| Code | |"), "2 of 2 cells of `Code` are codes");
}

#[test]
fn entries_are_side_by_side_where_the_whole_header_repeats() {
    let codes = |header: &str| {
        let rows =
            "|---|---|---|---|\n| 1 | not found | 2 | invalid |\n| 3 | failed | 4 | expired |\n";
        judge(&format!("# Error codes\n\n{header}\n{rows}"))
            .remove(0)
            .codes
    };
    assert_eq!(
        codes("| Code | Message | code | MESSAGE |"),
        ["1", "2", "3", "4"]
    );
    assert_eq!(codes("| Code | Message | Code | Remedy |"), ["1", "3"]);
    assert_eq!(codes("| Seat | Row | Seat | Row |"), [""; 0]);
}

#[test]
fn two_columns_that_may_be_the_codes_are_a_close_call() {
    let doubts = |header: &str| {
        let rows = "|---|---|---|\n| 10 | 20 | failed |\n| 11 | 21 | invalid |\n";
        judge(&format!("# Error codes\n\n{header}\n{rows}"))
            .remove(0)
            .doubts
    };
    assert_eq!(
        doubts("| Error | Number | Description |"),
        [
            "`Number` could be the column of the codes as well as `Error`; `columns` in the overlay settles it"
        ]
    );
    assert_eq!(doubts("| Error | Error number | Description |"), [""; 0]);
}

/// Over all fixtures.
#[test]
fn a_verdict_is_explained_by_what_speaks_for_it_the_strongest_first() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut explained = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        for table in judge(&fs::read_to_string(&path).unwrap()) {
            if table.continues.is_some() {
                continue;
            }
            let at = path.display();
            assert!(
                table.evidence.iter().all(|(points, _)| *points != 0),
                "{at}"
            );
            let is_codes = table.holds == Holds::Codes;
            let speaks = |&&(points, _): &&(i32, String)| (points > 0) == is_codes;
            let texts: Vec<&str> = table
                .evidence
                .iter()
                .filter(speaks)
                .take(3)
                .map(|(_, text)| text.as_str())
                .collect();
            assert_eq!(table.because, texts.join("; "), "{at}");
            explained += texts.len();
        }
    }
    assert!(explained > 200, "{explained}");
}
