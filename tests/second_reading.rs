//! Reads the vendors' documents with a second, independent parser that knows only lines and pipes,
//! and compares the rows with the registry: every row must be there with the same texts, and the
//! registry must contain nothing else.

use std::collections::BTreeMap;

use errbook_spec::{Billing, Code, Spec};

use crate::workspace::{parse_spec, read_vendor_file};

/// A row of a table, with what identifies the table.
struct Row {
    /// The last heading above the table.
    heading: String,
    /// The first cell of the table's header.
    first_header: String,
    cells: Vec<String>,
}

/// The rows that belong to a set, and the meaning of each column.
struct Expected {
    vendor: &'static str,
    set: &'static str,
    /// Substrings of the headings above its tables.
    headings: &'static [&'static str],
    /// The first cell of the header, if there are two tables below one heading.
    first_header: &'static str,
    columns: &'static [Column],
    rows: usize,
    /// The number of codes that the document mentions only in prose.
    in_prose: usize,
    /// The number of codes for values of a parameter that the document does not list.
    values: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Column {
    Codes,
    Named,
    Symbol,
    Message,
    English,
    Remedy,
    Billing,
}

use Column::{Billing as Charge, Codes, English, Message, Named, Remedy, Symbol};

const fn expected_set(
    vendor: &'static str,
    set: &'static str,
    headings: &'static [&'static str],
    columns: &'static [Column],
    rows: usize,
) -> Expected {
    Expected {
        vendor,
        set,
        headings,
        first_header: "",
        columns,
        rows,
        in_prose: 0,
        values: 0,
    }
}

const SETS: [Expected; 16] = [
    expected_set(
        "tencent-faceid-sdk",
        "LoginCode",
        &["登录错误码"],
        &[Named, Message],
        3,
    ),
    expected_set(
        "tencent-faceid-sdk",
        "VerifyCode",
        &["人脸核身错误码"],
        &[Named, Message],
        21,
    ),
    Expected {
        values: 9,
        ..expected_set(
            "megvii-faceid",
            "TokenError",
            &["错误码列表"],
            &[Codes, Symbol, Message],
            11,
        )
    },
    Expected {
        values: 9,
        ..expected_set(
            "megvii-faceid",
            "SdkCode",
            &["2.5 SDK 错误码说明"],
            &[Codes, Symbol, Message],
            53,
        )
    },
    expected_set(
        "megvii-faceid",
        "ResultCode",
        &["result\\_message说明"],
        &[Codes, Symbol, Message],
        41,
    ),
    Expected {
        values: 9,
        ..expected_set(
            "megvii-faceid",
            "ResultError",
            &["对应的ERROR字段说明"],
            &[Codes, Symbol, Message],
            8,
        )
    },
    expected_set(
        "tencent-huiyan",
        "HuiyanCode",
        &[
            "通用错误码",
            "微信相关",
            "OCR 相关",
            "活体通用",
            "数字活体",
            "动作活体",
            "静默活体",
            "证件图像比对",
        ],
        &[Codes, Message, Charge],
        65,
    ),
    expected_set(
        "tencent-kyc",
        "GatewayCode",
        &["1. 接入"],
        &[Codes, Message, Remedy],
        6,
    ),
    expected_set(
        "tencent-kyc",
        "FaceCode",
        &["2.人脸"],
        &[Codes, Message, Remedy],
        25,
    ),
    Expected {
        first_header: "返回码",
        ..expected_set(
            "tencent-kyc",
            "IdCardCode",
            &["3. 身份证"],
            &[Codes, Message, Remedy],
            10,
        )
    },
    Expected {
        first_header: "警告码",
        in_prose: 1,
        ..expected_set(
            "tencent-kyc",
            "IdCardWarning",
            &["3. 身份证"],
            &[Codes, Message, Remedy],
            2,
        )
    },
    Expected {
        first_header: "返回码",
        ..expected_set(
            "tencent-kyc",
            "BankCardCode",
            &["4. 银行卡"],
            &[Codes, Message, Remedy],
            6,
        )
    },
    Expected {
        first_header: "警告码",
        ..expected_set(
            "tencent-kyc",
            "BankCardWarning",
            &["4. 银行卡"],
            &[Codes, Message, Remedy],
            2,
        )
    },
    expected_set(
        "tencent-kyc",
        "TwoFactorCode",
        &["5. 二要素"],
        &[Codes, Message, Remedy],
        6,
    ),
    expected_set(
        "idverify-gateway",
        "ApiCode",
        &["API 错误代码与描述"],
        &[Codes, Message, English],
        36,
    ),
    expected_set(
        "idverify-gateway",
        "CarrierCode",
        &["运营商结果编码说明"],
        &[Codes, Message],
        103,
    ),
];

/// Parses all rows of the tables of a document.
fn parse_rows(text: &str) -> Vec<Row> {
    let mut heading = String::new();
    let mut first_header = String::new();
    let mut expects_header = true;
    let mut rows = Vec::new();
    for line in text.lines() {
        if line.starts_with('#') {
            line.trim_start_matches('#').trim().clone_into(&mut heading);
            first_header.clear();
            expects_header = true;
        } else if !line.contains('|') {
            // A line without a pipe ends a table. If rows follow, the first one is the next header.
            expects_header = true;
        } else if line
            .chars()
            .all(|each| matches!(each, '|' | '-' | ':' | ' ' | '\t'))
        {
            // The delimiter row, such as `|---|:--|`.
            expects_header = false;
        } else {
            let mut cells: Vec<String> = line
                .trim()
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect();
            if line.trim().starts_with('|') {
                cells.remove(0);
            }
            if line.trim().ends_with('|') {
                cells.pop();
            }
            if expects_header {
                first_header.clone_from(&cells[0]);
                expects_header = false;
            } else {
                rows.push(Row {
                    heading: heading.clone(),
                    first_header: first_header.clone(),
                    cells,
                });
            }
        }
    }
    rows
}

/// A text without everything that two parsers may represent differently: whitespace, line breaks,
/// backslashes.
fn normalize(text: &str) -> String {
    let text = text
        .replace("&nbsp;", "")
        .replace("<br>", "")
        .replace('\\', "");
    text.chars().filter(|each| !each.is_whitespace()).collect()
}

/// The codes of a cell. In a column of named codes, such as `NAME = 1`, each has a symbol.
fn parse_codes(cell: &str, column: Column) -> Vec<(String, Option<String>)> {
    match (column, cell.split_once('=')) {
        (Named, Some((name, code))) => vec![(
            code.trim().trim_matches('"').to_owned(),
            Some(name.trim().to_owned()),
        )],
        _ => cell
            .split('/')
            .map(|code| (code.trim().to_owned(), None))
            .collect(),
    }
}

fn check_set(expected: &Expected, rows: &[Row], spec: &Spec) {
    let set = spec
        .sets
        .iter()
        .find(|set| *set.name == expected.set)
        .unwrap();
    let mut known: BTreeMap<(String, String), &Code> = BTreeMap::new();
    for code in &set.codes {
        let symbol = code
            .symbol
            .as_ref()
            .map(|symbol| symbol.value.clone())
            .unwrap_or_default();
        assert!(
            known
                .insert((code.code.value.clone(), symbol), code)
                .is_none()
        );
    }
    let mut seen = 0;
    for row in rows {
        let has_heading = expected
            .headings
            .iter()
            .any(|heading| row.heading.contains(heading));
        let has_header =
            expected.first_header.is_empty() || row.first_header == expected.first_header;
        if !has_heading || !has_header {
            continue;
        }
        seen += 1;
        let cell = |column| {
            expected
                .columns
                .iter()
                .position(|each| *each == column)
                .and_then(|at| row.cells.get(at))
        };
        for (code, symbol) in parse_codes(&row.cells[0], expected.columns[0]) {
            let symbol = cell(Symbol)
                .map(|cell| cell.replace("<br>", ""))
                .or(symbol)
                .unwrap_or_default();
            let found = known.remove(&(code.clone(), symbol.clone()));
            let found = found.unwrap_or_else(|| {
                panic!("{} {code} {symbol} is not in the registry", expected.set)
            });
            assert_code_matches(
                found,
                cell(Message),
                cell(English),
                cell(Remedy),
                cell(Charge),
            );
        }
    }
    assert_eq!(seen, expected.rows, "rows of {}", expected.set);
    let is_value = |(_, symbol): &(String, String)| symbol.starts_with("AUTHORIZATION_ERROR:");
    let values = known.keys().filter(|key| is_value(key)).count();
    assert_eq!(values, expected.values, "values of {}", expected.set);
    assert_eq!(
        known.len() - values,
        expected.in_prose,
        "{} has codes that are in no row: {:?}",
        expected.set,
        known.keys()
    );
}

type Cell<'a> = Option<&'a String>;

/// Codes whose remedy in the document belongs to another code, as the overlay explains.
const CORRECTED_REMEDIES: [&str; 1] = ["9013"];

fn assert_code_matches(
    code: &Code,
    message: Cell<'_>,
    english: Cell<'_>,
    remedy: Cell<'_>,
    charge: Cell<'_>,
) {
    let chinese = |texts: &errbook_spec::Texts| {
        texts
            .get("zh-CN")
            .map(|text| normalize(text))
            .unwrap_or_default()
    };
    match (&code.locale, message) {
        // The vendor wrote this row in English. If the translation file corrects it, it quotes the
        // original.
        (Some(_), Some(cell)) if *code.message["en"] != *cell => {
            let translations = read_vendor_file("idverify-gateway", "messages/en.toml");
            let is_quoted = translations.contains(&format!("of = \"{cell}\""));
            assert!(is_quoted, "English of {}", *code.code);
        }
        (Some(_), _) => {}
        // Where the registry corrects a text, `said` has the vendor's words.
        _ => assert_eq!(
            [chinese(&code.said), chinese(&code.message)]
                .into_iter()
                .find(|text| !text.is_empty())
                .unwrap_or_default(),
            message.map(|cell| normalize(cell)).unwrap_or_default(),
            "{}",
            *code.code
        ),
    }
    assert_eq!(
        chinese(&code.remedy) != remedy.map(|cell| normalize(cell)).unwrap_or_default(),
        CORRECTED_REMEDIES.contains(&code.code.as_str()),
        "remedy of {}",
        *code.code
    );
    if english.is_some() {
        assert!(code.message.contains_key("en"), "English of {}", *code.code);
    }
    if let Some(charge) = charge {
        let billing = code.billing.as_ref().map(|billing| billing.value);
        assert_eq!(
            billing,
            Some(if charge == "是" {
                Billing::Billed
            } else {
                Billing::Free
            }),
            "{}",
            *code.code
        );
    }
}

#[test]
fn every_row_of_every_document_is_in_the_registry_and_nothing_else_is() {
    for expected in &SETS {
        let rows = parse_rows(&read_vendor_file(expected.vendor, "source.md"));
        check_set(expected, &rows, &parse_spec(expected.vendor));
    }
    // Counted by hand.
    assert_eq!(SETS.iter().map(|set| set.rows).sum::<usize>(), 398);
}
