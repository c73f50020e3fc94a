//! Each phenomenon of real documents, on the smallest document that shows it: `fixtures`
//! holds the documents, and beside them what must be read out of each.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use errbook_ingest::code::{self, Reading};
use errbook_ingest::{
    self as ingest, CodeEntry, Document, Extraction, Hints, Holds, Role, TableHint, TableReading,
};

#[test]
fn every_phenomenon_is_read_as_its_snapshot_says() {
    insta::with_settings!({ snapshot_path => "fixtures/read", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::glob!("fixtures/*.md", |path| {
            let text = fs::read_to_string(path).unwrap();
            insta::assert_snapshot!(outline(&text));
        });
    });
}

#[test]
fn every_code_cell_is_read_as_the_list_says() {
    let list = include_str!("fixtures/code-cells.txt");
    let mut wrong = Vec::new();
    for line in list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
    {
        let (cell, expected) = line.split_once(" => ").expect("CELL => READING");
        let read = shown(&code::read(&cell.replace("\\n", "\n").replace("\\0", "")));
        if read != expected.trim() {
            wrong.push(format!("{cell} => {read}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_five_documents_hold_415_codes() {
    let mut codes = 0;
    for vendor in [
        "idverify-gateway",
        "megvii-faceid",
        "tencent-faceid-sdk",
        "tencent-huiyan",
        "tencent-kyc",
    ] {
        let document = ingest::read(&vendor_document(vendor));
        let extraction = extract(&document);
        let sums = extraction.accounting;
        assert_eq!(
            sums.accepted, sums.rows,
            "{vendor}: every row of a table of codes is accepted"
        );
        codes += extraction
            .tables
            .iter()
            .map(|table| table.codes.len())
            .sum::<usize>();
    }
    assert_eq!(codes, 415);
}

#[test]
fn twenty_tables_of_megvii_hold_no_code() {
    let document = ingest::read(&vendor_document("megvii-faceid"));
    let extraction = extract(&document);
    let others = extraction
        .tables
        .iter()
        .filter(|table| table.holds == Holds::Other);
    assert_eq!(others.count(), 20);
}

#[test]
fn tables_of_the_five_documents_have_their_lines_and_roles() {
    let mut shown = String::new();
    for vendor in [
        "idverify-gateway",
        "megvii-faceid",
        "tencent-faceid-sdk",
        "tencent-huiyan",
        "tencent-kyc",
    ] {
        let text = vendor_document(vendor);
        let document = ingest::read(&text);
        let extraction = extract(&document);
        writeln!(shown, "# {vendor}").unwrap();
        show_mends(&document, &mut shown);
        for table in extraction
            .tables
            .iter()
            .filter(|table| table.holds == Holds::Codes)
        {
            show_table(table, &mut shown);
        }
    }
    insta::with_settings!({ snapshot_path => "fixtures/read", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(shown);
    });
}

#[test]
fn what_a_person_decided_holds() {
    let text = "| id | means | more |\n|---|---|---|\n| 7 | seven | 七 |\n";
    let document = ingest::read(text);
    assert_eq!(extract(&document).tables[0].holds, Holds::Other);
    let mut hints = Hints::default();
    let hint = hints.tables.entry(0).or_default();
    hint.columns.insert("ID".to_owned(), Role::Code);
    hint.columns
        .insert("more".to_owned(), "message.zh".parse().unwrap());
    let extraction = ingest::extract(&document, &hints);
    let code = &extraction.tables[0].codes[0];
    assert_eq!((&*code.code, code.message.as_deref()), ("7", Some("seven")));
    assert_eq!(code.messages["zh"], "七");

    hints.tables.entry(0).or_default().holds = Some(Holds::Other);
    assert_eq!(
        ingest::extract(&document, &hints).tables[0].holds,
        Holds::Other
    );
}

#[test]
fn of_a_name_and_its_alias_in_one_cell_the_first_is_taken_and_the_other_told() {
    let names = ["NO_NET<br>SDK_NO_NET", "UNSUPPORTED<br>_FORMAT"]
        .map(|name| format!("| 7 | {name} | failed |\n"));
    let text = format!(
        "| error code | name | message |\n|---|---|---|\n{}",
        names.concat()
    );
    let document = ingest::read(&text);
    let table = &extract(&document).tables[0];
    let symbols: Vec<_> = table
        .codes
        .iter()
        .filter_map(|code| code.symbol.as_deref())
        .collect();
    assert_eq!(symbols, ["NO_NET", "UNSUPPORTED_FORMAT"]);
    assert!(
        table
            .doubts
            .iter()
            .any(|doubt| doubt.contains("`NO_NET` and `SDK_NO_NET`")),
        "{:?}",
        table.doubts
    );
}

#[test]
fn numbers_of_bank_cards_are_no_codes() {
    let rows =
        "| 4000 0000 0000 0002 | card declined |\n| 4000 0000 0000 9995 | insufficient funds |\n";
    let text = format!("# Errors\n\n| Number | Error |\n|---|---|\n{rows}");
    assert_eq!(extract(&ingest::read(&text)).tables[0].holds, Holds::Other);
}

#[test]
fn what_a_person_decided_about_cells_holds() {
    let text =
        "| code | message |\n|---|---|\n| 1;2 | invalid |\n| 3-5 | failed |\n| 7/8 | timeout |\n";
    let document = ingest::read(text);
    let codes = |hint: TableHint| -> Vec<String> {
        let hints = Hints {
            tables: [(0, hint)].into(),
        };
        let extraction = ingest::extract(&document, &hints);
        let codes = extraction.tables[0].codes.iter();
        codes
            .map(|code| {
                format!(
                    "{}{}",
                    code.code,
                    code.code_to
                        .as_ref()
                        .map_or(String::new(), |to| format!("..{to}"))
                )
            })
            .collect()
    };
    assert_eq!(codes(TableHint::default()), ["1", "2", "3-5", "7", "8"]);
    assert_eq!(
        codes(TableHint {
            ranges: Some(true),
            ..TableHint::default()
        }),
        ["1", "2", "3..5", "7", "8"]
    );
    let whole = ["7/8".to_owned()].into();
    assert_eq!(
        codes(TableHint {
            whole,
            ..TableHint::default()
        }),
        ["1", "2", "3-5", "7/8"]
    );
    let separators = Some(Vec::new());
    assert_eq!(
        codes(TableHint {
            separators,
            ..TableHint::default()
        }),
        ["1;2", "3-5", "7/8"]
    );
    // Nothing but these separators.
    let separators = Some(vec![";".to_owned(), String::new()]);
    assert_eq!(
        codes(TableHint {
            separators,
            ..TableHint::default()
        }),
        ["1", "2", "3-5", "7/8"]
    );
}

#[test]
fn a_class_is_one_code_where_a_person_says_so() {
    let text = "| code | message |\n|---|---|\n| 5xx | failed |\n| 400 | invalid |\n";
    let document = ingest::read(text);
    let has_class = |hint: TableHint| {
        let hints = Hints {
            tables: [(0, hint)].into(),
        };
        let extraction = ingest::extract(&document, &hints);
        extraction.tables[0].codes[0].class.is_some()
    };
    assert!(has_class(TableHint::default()));
    assert!(!has_class(TableHint {
        ranges: Some(false),
        ..TableHint::default()
    }));
    assert!(!has_class(TableHint {
        whole: ["5xx".to_owned()].into(),
        ..TableHint::default()
    }));
}

#[test]
fn a_name_that_most_rows_share_is_not_their_symbol() {
    /// A row for each pair of a code and a name.
    fn table(rows: impl Iterator<Item = (usize, &'static str)>) -> String {
        let rows = rows.map(|(code, name)| format!("| {code} | {name} | failed {code} |\n"));
        let header = "# Error codes\n\n| Code | Symbol | Message |\n|---|---|---|\n";
        header.to_owned() + &rows.collect::<String>()
    }
    let role = |text: &str, hints: &Hints| {
        let document = ingest::read(text);
        let table = ingest::extract(&document, hints).tables.remove(0);
        (table.columns[1].role.clone(), table.doubts.len())
    };
    let names = |shared: usize, others: &[&'static str]| {
        let names = std::iter::repeat_n("HY000", shared).chain(others.iter().copied());
        names.collect::<Vec<_>>()
    };
    let with_codes = |names: Vec<&'static str>| table((1001..).zip(names));
    let most = with_codes(names(7, &["NOT_FOUND"]));
    assert_eq!(role(&most, &Hints::default()), (Role::Section, 1));
    // A person has named the column.
    let hint = TableHint {
        columns: [("Symbol".to_owned(), Role::Symbol)].into(),
        ..TableHint::default()
    };
    let hints = Hints {
        tables: [(0, hint)].into(),
    };
    assert_eq!(role(&most, &hints).0, Role::Symbol);
    // One of three rows has no name.
    let some = with_codes(names(8, &["", "", "", ""]));
    assert_eq!(role(&some, &Hints::default()).0, Role::Section);
    // Three of four rows share it, too few have a name, or the codes are not distinct.
    let repeated = [1001, 1002, 1003, 1004, 1005, 1006, 1006, 1006];
    for text in [
        with_codes(names(6, &["NOT_FOUND", "GONE_AWAY"])),
        with_codes(names(7, &[])),
        with_codes(names(7, &["", ""])),
        table(repeated.into_iter().zip(names(7, &["NOT_FOUND"]))),
    ] {
        assert_eq!(role(&text, &Hints::default()).0, Role::Symbol, "{text}");
    }
    let distinct = [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1007];
    let text = table(distinct.into_iter().zip(names(7, &["NOT_FOUND"])));
    assert_eq!(role(&text, &Hints::default()).0, Role::Section);
}

#[test]
fn the_sums_are_those_of_the_tables_of_codes() {
    let text = "# Error codes\n\n| Code | Message |\n|---|---|\n| 1001 | failed |\n\
                | see below | invalid |\n| | |\n\n## More errors\n\n\
                | Code | Message |\n|---|---|\n| 2001 | failed |\n\n# Fields\n\n\
                | Field | Type |\n|---|---|\n| name | string |\n";
    let document = ingest::read(text);
    let extraction = extract(&document);
    let sums = extraction.accounting;
    assert_eq!((sums.tables, sums.code_tables, sums.rows), (3, 2, 4));
    assert_eq!((sums.accepted, sums.ignored, sums.quarantined), (2, 1, 1));
    let headings: Vec<Vec<&str>> = extraction
        .tables
        .iter()
        .map(|table| table.headings.iter().map(|heading| &**heading).collect())
        .collect();
    assert_eq!(
        headings,
        [
            vec!["Error codes"],
            vec!["Error codes", "More errors"],
            vec!["Fields"]
        ]
    );
}

#[test]
fn a_person_who_has_decided_a_cell_is_not_asked_again() {
    let text =
        "# Error codes\n\n| Code | Message |\n|---|---|\n| E7/E8 | first |\n| E9/E10 | second |\n";
    let document = ingest::read(text);
    let doubts = |whole: &[&str]| {
        let hint = TableHint {
            whole: whole.iter().map(|&cell| cell.to_owned()).collect(),
            ..TableHint::default()
        };
        let hints = Hints {
            tables: [(0, hint)].into(),
        };
        let doubts = ingest::extract(&document, &hints).tables.remove(0).doubts;
        doubts.join("\n")
    };
    assert!(doubts(&[]).contains("`E7/E8` is read as 2 codes"));
    assert!(doubts(&["E7/E8"]).contains("`E9/E10` is read as 2 codes"));
    assert_eq!(doubts(&["E7/E8", "E9/E10"]), "");
}

#[test]
fn entries_side_by_side_are_not_a_close_call() {
    let text = "# Decline codes\n\n| | |\n|---|---|\n| 001 - Insufficient funds | 002 - Card expired |\n\
                | 003 - Card blocked | 004 - Invalid amount |\n";
    let document = ingest::read(text);
    let table = extract(&document).tables.remove(0);
    assert_eq!((table.codes.len(), table.doubts), (4, Vec::new()));
}

#[test]
fn a_close_call_names_both_readings() {
    let text = "| Error | Error number | Description |\n|---|---|---|\n| 10 | 20 | failed |\n| 11 | 21 | invalid |\n";
    let document = ingest::read(text);
    let extraction = extract(&document);
    assert_eq!(extraction.tables[0].holds, Holds::Codes);
    let text = "| number | note |\n|---|---|\n| 17 | failed to open |\n| 18 | invalid |\n";
    let document = ingest::read(text);
    let doubts = &extract(&document).tables[0].doubts;
    assert!(
        doubts.iter().any(|doubt| doubt.contains("could as well")),
        "{doubts:?}"
    );
}

#[test]
fn quotes_of_the_vendors_prose_are_found_in_the_rendered_text() {
    for (vendor, quote) in [
        (
            "megvii-faceid",
            "result_code为1000/2000/3000时计费)，未完成的情况不扣费",
        ),
        ("tencent-kyc", "比如复印件且信息不符：01001000"),
        ("tencent-kyc", "10 分钟只能成功请求一次 token"),
    ] {
        let document = ingest::read(&vendor_document(vendor));
        assert!(document.rendered.contains(quote), "{vendor}: {quote}");
    }
}

fn vendor_document(vendor: &str) -> String {
    let vendors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codes/vendors");
    fs::read_to_string(vendors.join(vendor).join("source.md")).unwrap()
}

fn extract(document: &Document) -> Extraction<'_> {
    ingest::extract(document, &Hints::default())
}

fn outline(text: &str) -> String {
    let document = ingest::read(text);
    let extraction = ingest::extract(&document, &Hints::default());
    let mut shown = String::new();
    show_mends(&document, &mut shown);
    for table in &extraction.tables {
        show_table(table, &mut shown);
        table
            .codes
            .iter()
            .for_each(|code| show_code(code, &mut shown));
        for problem in &table.problems {
            let outcome = if problem.quarantined {
                "quarantined"
            } else {
                "ignored"
            };
            let (line, rule, text) = (problem.line, &problem.rule, &problem.text);
            writeln!(shown, "  {line}: {outcome}: {rule}: {text}").unwrap();
        }
        for doubt in &table.doubts {
            writeln!(shown, "  doubt: {doubt}").unwrap();
        }
    }
    for unread in &extraction.unread {
        let (line, text, reason) = (unread.line, &unread.text, &unread.reason);
        writeln!(shown, "{line}: unread: {text}; {reason}").unwrap();
    }
    if shown.is_empty() {
        "nothing\n".to_owned()
    } else {
        shown
    }
}

fn show_mends(document: &Document, shown: &mut String) {
    for mend in &document.mends {
        writeln!(shown, "{}: mend: {}: {}", mend.line, mend.rule, mend.text).unwrap();
    }
}

fn show_table(table: &TableReading<'_>, shown: &mut String) {
    let heading = table.heading.unwrap_or("-");
    let holds = table.holds.as_str();
    let (line, end) = (table.line, table.end_line);
    let columns = table
        .columns
        .iter()
        .map(|column| format!("{}={}", column.header, column.role));
    let columns = columns.collect::<Vec<_>>().join(" | ");
    write!(
        shown,
        "{line}-{end}: {} of {holds}: {heading}",
        table.syntax.as_str()
    )
    .unwrap();
    write!(
        shown,
        ": {} rows, {} codes: {columns}",
        table.rows,
        table.codes.len()
    )
    .unwrap();
    if let Some(before) = table.continues {
        write!(shown, ": continues {before}").unwrap();
    }
    shown.push('\n');
}

pub(crate) fn show_code(code: &CodeEntry<'_>, shown: &mut String) {
    let quotes = if code.quoted { "\"" } else { "" };
    write!(shown, "  {}: {quotes}{}{quotes}", code.line, code.code).unwrap();
    let class = code.class.as_ref();
    let from = class.map(|(from, _)| ("from", from.as_str()));
    let to = code
        .code_to
        .as_deref()
        .or(class.map(|(_, to)| to.as_str()))
        .map(|to| ("to", to));
    let symbol = code.symbol.as_deref().map(|symbol| ("symbol", symbol));
    let http = code.http.as_deref().map(|http| ("http", http));
    let message = code.message.as_deref().map(|message| ("message", message));
    let remedy = code.remedy.as_deref().map(|remedy| ("remedy", remedy));
    let section = code.section.as_deref().map(|section| ("section", section));
    let cause = code.cause.as_deref().map(|cause| ("cause", cause));
    let details = code.details.as_deref().map(|details| ("details", details));
    let retry = code.retry.as_ref().map(|retry| ("retry", &*retry.text));
    let severity = code.severity.as_ref();
    let severity = severity.map(|severity| ("severity", &*severity.text));
    let facts = [
        from, to, symbol, http, section, message, details, cause, remedy, retry, severity,
    ];
    for (name, text) in facts.into_iter().flatten() {
        write!(shown, " {name}={text:?}").unwrap();
    }
    for (tag, text) in &code.messages {
        write!(shown, " message.{tag}={text:?}").unwrap();
    }
    for (tag, text) in &code.remedies {
        write!(shown, " remedy.{tag}={text:?}").unwrap();
    }
    if let Some(billed) = code.billing {
        write!(shown, " billed={billed}").unwrap();
    }
    for alias in &code.aliases {
        write!(shown, " alias={alias:?}").unwrap();
    }
    if code.withdrawn {
        shown.push_str(" withdrawn");
    }
    for problem in &code.problems {
        write!(shown, " {}", problem.rule).unwrap();
    }
    shown.push('\n');
}

fn shown(reading: &Reading) -> String {
    let cell = match reading {
        Reading::Empty => return "empty".to_owned(),
        Reading::Wildcard => return "wildcard".to_owned(),
        Reading::Text => return "text".to_owned(),
        Reading::Codes(cell) => cell,
    };
    let codes = cell.codes.iter().map(|one| {
        let quotes = if one.quoted { "\"" } else { "" };
        let mut shown = format!("{quotes}{}{quotes}", one.code);
        if let Some(to) = &one.code_to {
            write!(shown, "..{to}").unwrap();
        }
        if let Some(symbol) = &one.symbol {
            write!(shown, " ({symbol})").unwrap();
        }
        if one.withdrawn {
            shown.push_str(" withdrawn");
        }
        shown
    });
    let mut shown = codes.collect::<Vec<_>>().join("; ");
    if let Some(rest) = &cell.rest {
        write!(shown, " + {rest}").unwrap();
    }
    shown
}

#[test]
fn a_name_that_most_rows_share_is_not_the_symbol() {
    let rows: String = (1000..1012)
        .map(|code| {
            let class = if code % 6 == 0 { "42000" } else { "HY000" };
            format!("| {code} | {class} | the request {code} failed |\n")
        })
        .collect();
    let text =
        format!("# Error codes\n\n| Error code | SQLSTATE | Message |\n|---|---|---|\n{rows}");
    let document = ingest::read(&text);
    let table = &extract(&document).tables[0];
    assert_eq!(table.codes.len(), 12);
    assert!(table.codes.iter().all(|code| code.symbol.is_none()));
    assert!(
        table
            .columns
            .iter()
            .all(|column| column.role != Role::Symbol)
    );
}

#[test]
fn a_number_in_groups_is_a_close_call_that_the_overlay_settles() {
    let text =
        "# Error codes\n\n| Code | Message |\n|---|---|\n| 1,001 | failed |\n| 1,002 | invalid |\n";
    let document = ingest::read(text);
    let codes = |hint: TableHint| {
        let hints = Hints {
            tables: [(0, hint)].into(),
        };
        let table = ingest::extract(&document, &hints).tables.remove(0);
        let codes: Vec<_> = table
            .codes
            .iter()
            .map(|code| code.code.to_string())
            .collect();
        (codes, table.doubts)
    };
    let (inferred, doubts) = codes(TableHint::default());
    assert_eq!(inferred, ["1001", "1002"]);
    assert!(
        doubts
            .iter()
            .any(|doubt| doubt.contains("`1,001`") && doubt.contains("`separators`")),
        "{doubts:?}"
    );
    let (listed, doubts) = codes(TableHint {
        separators: Some(vec![",".to_owned()]),
        ..TableHint::default()
    });
    assert_eq!(
        (listed, doubts.len()),
        (["1", "001", "1", "002"].map(String::from).to_vec(), 0)
    );
    let (whole, doubts) = codes(TableHint {
        whole: ["1,001".to_owned(), "1,002".to_owned()].into(),
        ..TableHint::default()
    });
    assert_eq!(
        (whole, doubts.len()),
        (vec!["1001".to_owned(), "1002".to_owned()], 0)
    );
}

#[test]
fn a_verdict_names_its_evidence() {
    let text = "# Failures\n\n| Error code | Message |\n|---|---|\n| 1001 | failed |\n| 1002 | refused |\n";
    let document = ingest::read(text);
    let extraction = ingest::extract(&document, &Hints::default());
    let evidence = &extraction.tables[0].evidence;
    let header = "the header `Error code` names codes";
    assert!(
        evidence
            .iter()
            .any(|reason| reason.points > 0 && reason.text == header),
        "{evidence:?}"
    );
}
