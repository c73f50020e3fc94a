//! Where several rows form one entry, no fact is merged in silence, and nothing becomes free that
//! some row does not call free.

use errbook_ingest::{self as ingest, CodeEntry, Document, Hints, Role, TableHint};
use proptest::prelude::*;
use proptest::sample::select;

#[test]
fn rows_that_disagree_on_billing_leave_it_unspecified() {
    let text = "# Error codes\n\n| Code | Message | Remedy | Charged |\n|---|---|---|---|\n\
                | 1001 | first | a | No |\n| | | b | Yes |\n| 1002 | second | c | No |\n";
    let document = ingest::read(text);
    let codes = codes(&document);
    assert_eq!(codes[0].billing, None);
    assert_eq!(codes[0].remedy.as_deref(), Some("a\nb"));
    assert_eq!(codes[1].billing, Some(false));
    let problem = &codes[0].problems[0];
    assert_eq!((problem.rule, problem.line), ("billing-differs", 6));
    assert!(
        problem
            .text
            .contains("line 5 says `free`, line 6 says `billed`"),
        "{}",
        problem.text
    );
}

#[test]
fn two_columns_of_one_role_must_agree() {
    let text = "# Error codes\n\n| Code | Message | Status A | Status B |\n|---|---|---|---|\n\
                | 1001 | first | 400 | 500 |\n| 1002 | second | 404 | 404 |\n";
    let document = ingest::read(text);
    let http = ["Status A", "Status B"].map(|header| (header.to_owned(), Role::Http));
    let hint = TableHint {
        columns: http.into(),
        ..TableHint::default()
    };
    let hints = Hints {
        tables: [(0, hint)].into(),
    };
    let tables = ingest::extract(&document, &hints).tables;
    let codes = &tables[0].codes;
    assert_eq!(
        (&codes[0].http, codes[0].problems[0].rule),
        (&None, "http-differs")
    );
    assert_eq!(codes[1].http.as_deref(), Some("404"));
    assert!(codes[1].problems.is_empty());
}

#[test]
fn two_columns_must_agree_that_a_call_is_free() {
    let text = "# Error codes\n\n| Code | Message | Charged | Billed |\n\
                |---|---|---|---|\n\
                | 1001 | first | No | No |\n| 1002 | second | No | Yes |\n\
                | 1003 | third | perhaps | No |\n| 1004 | fourth | - | Yes |\n";
    let document = ingest::read(text);
    let billing = ["Charged", "Billed"].map(|header| (header.to_owned(), Role::Billing));
    let hint = TableHint {
        columns: billing.into(),
        ..TableHint::default()
    };
    let hints = Hints {
        tables: [(0, hint)].into(),
    };
    let tables = ingest::extract(&document, &hints).tables;
    let read: Vec<_> = tables[0]
        .codes
        .iter()
        .map(|code| {
            (
                code.billing,
                code.problems.first().map(|problem| problem.rule),
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            (Some(false), None),
            (None, Some("billing-differs")),
            (None, Some("billing-unread")),
            (Some(true), None),
        ]
    );
}

#[test]
fn entries_of_one_code_are_merged_with_their_names_and_their_status() {
    let entry = |line, aliases: &[&'static str], withdrawn| CodeEntry {
        line,
        code: "1001".into(),
        aliases: aliases.iter().map(|&alias| alias.into()).collect(),
        withdrawn,
        ..CodeEntry::default()
    };
    let mut merged = entry(5, &["A"], true);
    ingest::merge_rows(&mut merged, &[entry(6, &["A", "B"], true)]);
    assert_eq!(merged.aliases, ["A", "B"]);
    assert!(merged.withdrawn && merged.problems.is_empty());
    ingest::merge_rows(&mut merged, &[entry(7, &[], false)]);
    assert!(!merged.withdrawn);
    let problem = &merged.problems[0];
    assert_eq!((problem.rule, problem.line), ("status-differs", 7));
    assert!(
        problem
            .text
            .contains("line 5 says `withdrawn`, line 7 says `active`"),
        "{}",
        problem.text
    );
}

#[test]
fn text_that_spans_both_rows_is_not_said_twice() {
    let text = "# Error codes\n\n<table>\n<tr><th>Code</th><th>Message</th><th>Text</th>\
                <th>Remedy</th></tr>\n\
                <tr><td rowspan=\"2\">1001</td><td rowspan=\"2\">first</td><td>second</td>\
                <td>a</td></tr>\n<tr><td></td><td>b</td></tr>\n</table>\n";
    let document = ingest::read(text);
    let messages = [("Message", Role::Message), ("Text", Role::Message)];
    let hint = TableHint {
        columns: messages
            .map(|(header, role)| (header.to_owned(), role))
            .into(),
        ..TableHint::default()
    };
    let hints = Hints {
        tables: [(0, hint)].into(),
    };
    let tables = ingest::extract(&document, &hints).tables;
    let code = &tables[0].codes[0];
    assert_eq!(code.message.as_deref(), Some("first\nsecond"));
    assert_eq!(code.remedy.as_deref(), Some("a\nb"));
}

#[test]
fn a_spanned_code_is_merged_by_the_same_rule() {
    let text = "# Error codes\n\n<table>\n<tr><th>Code</th><th>Message</th><th>HTTP status</th>\
                <th>Charged</th></tr>\n\
                <tr><td rowspan=\"2\">1001</td><td>first</td><td>400</td><td>No</td></tr>\n\
                <tr><td>more</td><td>500</td><td>Yes</td></tr>\n\
                <tr><td rowspan=\"2\">1002</td><td>second</td><td>404</td>\
                <td rowspan=\"2\">No</td></tr>\n\
                <tr><td>more</td><td>404</td></tr>\n</table>\n";
    let document = ingest::read(text);
    let codes = codes(&document);
    assert_eq!(codes.len(), 2);
    assert_eq!((codes[0].billing, &codes[0].http), (None, &None));
    let rules: Vec<_> = codes[0]
        .problems
        .iter()
        .map(|problem| problem.rule)
        .collect();
    assert_eq!(rules, ["billing-differs", "http-differs"]);
    // The billing cell spans both rows, so that both say it.
    assert_eq!(codes[1].billing, Some(false));
    assert_eq!(codes[1].http.as_deref(), Some("404"));
    assert_eq!(codes[1].message.as_deref(), Some("second\nmore"));
}

#[test]
fn free_in_one_row_and_silence_in_the_other_is_not_free() {
    let text = "# Error codes\n\n| Code | Message | Remedy | Charged |\n|---|---|---|---|\n\
                | 1001 | first | a | No |\n| | | b | |\n\
                | 1002 | second | a | Yes |\n| | | b | |\n\
                | 1003 | third | a | |\n| | | | No |\n\
                | 1004 | fourth | a | No |\n| | | b | maybe |\n";
    let document = ingest::read(text);
    let codes = codes(&document);
    let billing: Vec<_> = codes.iter().map(|code| code.billing).collect();
    // What is billed in one case may cost money, so that `billed` stays.
    assert_eq!(billing, [None, Some(true), None, None]);
    let rules = codes
        .iter()
        .map(|code| code.problems[..].first().map(|problem| problem.rule));
    let rules: Vec<_> = rules.map(Option::unwrap_or_default).collect();
    assert_eq!(
        rules,
        ["billing-differs", "", "billing-differs", "billing-unread"]
    );
}

#[test]
fn a_row_that_continues_a_wildcard_belongs_to_no_code() {
    let text = "# Error codes\n\n| Code | Message | Remedy | Charged |\n|---|---|---|---|\n\
                | 1001 | first | a | No |\n| 1002 | second | a | No |\n\
                | others | unknown | b | Yes |\n| | | c | Yes |\n";
    let document = ingest::read(text);
    let extraction = ingest::extract(&document, &Hints::default());
    let table = &extraction.tables[0];
    assert_eq!(table.codes[1].remedy.as_deref(), Some("a"));
    assert_eq!(table.codes[1].billing, Some(false));
    assert_eq!((table.accepted, table.ignored), (2, 2));
}

#[test]
fn rows_of_a_table_on_one_line_stay_apart() {
    let text = "# Error codes\n\n<table><tr><th>Code</th><th>Message</th></tr>\
                <tr><td>1001</td><td>one</td></tr>\
                <tr><td rowspan=2>1002</td><td>two</td></tr><tr><td>and more</td></tr></table>\n";
    let document = ingest::read(text);
    let messages: Vec<_> = codes(&document)
        .into_iter()
        .map(|code| code.message.unwrap_or_default().into_owned())
        .collect();
    assert_eq!(messages, ["one", "two\nand more"]);
}

/// One row of a generated table: whether it begins a code, and what its billing cell says.
type Line = (bool, Option<bool>);

proptest! {
    #[test]
    fn a_code_is_free_only_if_each_of_its_rows_says_so(
        lines in prop::collection::vec((any::<bool>(), select(&[Some(true), Some(false), None][..])), 1..24),
        is_html in any::<bool>(),
    ) {
        let (text, stated) = table(&lines, is_html);
        let document = ingest::read(&text);
        let codes = codes(&document);
        prop_assert_eq!(codes.len(), stated.len(), "{}", text);
        for (code, stated) in codes.iter().zip(stated) {
            let is_free = stated.iter().all(|billing| *billing == Some(false));
            prop_assert_eq!(code.billing == Some(false), is_free, "{}: {}", code.code, text);
            if code.billing == Some(true) {
                prop_assert!(!stated.contains(&Some(false)), "{}: {}", code.code, text);
            }
            let differs = stated.contains(&Some(false)) && !is_free;
            prop_assert_eq!(!code.problems.is_empty(), differs, "{}: {}", code.code, text);
        }
    }
}

/// A table, and what the rows of each code say about billing.
fn table(lines: &[Line], is_html: bool) -> (String, Vec<Vec<Option<bool>>>) {
    let mut stated: Vec<Vec<Option<bool>>> = Vec::new();
    for (at, (begins, billing)) in lines.iter().enumerate() {
        match stated.last_mut().filter(|_| !begins && at > 0) {
            Some(rows) => rows.push(*billing),
            None => stated.push(vec![*billing]),
        }
    }
    let word = |billing: Option<bool>| match billing {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "",
    };
    let mut text = String::from("# Error codes\n\n");
    if is_html {
        text +=
            "<table><tr><th>Error code</th><th>Message</th><th>Remedy</th><th>Charged</th></tr>";
    } else {
        text += "| Error code | Message | Remedy | Charged |\n|---|---|---|---|\n";
    }
    for (at, rows) in stated.iter().enumerate() {
        for (row, billing) in rows.iter().enumerate() {
            let code = 1001 + at;
            let billing = word(*billing);
            let line = match (is_html, row) {
                (true, 0) => format!(
                    "<tr><td rowspan=\"{}\">{code}</td><td>request failed</td><td>a</td>\
                     <td>{billing}</td></tr>",
                    rows.len()
                ),
                (true, _) => format!("<tr><td>more</td><td>b</td><td>{billing}</td></tr>"),
                (false, 0) => format!("| {code} | request failed | a | {billing} |\n"),
                (false, _) => format!("| | | b | {billing} |\n"),
            };
            text.push_str(&line);
        }
    }
    if is_html {
        text += "</table>\n";
    }
    (text, stated)
}

fn codes(document: &Document) -> Vec<CodeEntry<'_>> {
    let tables = ingest::extract(document, &Hints::default()).tables;
    tables.into_iter().flat_map(|table| table.codes).collect()
}
