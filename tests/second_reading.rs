//! The vendors' documents read a second time, by a reader that shares nothing with the first: lines, pipes, and no
//! Markdown parser. Every row it sees must be in the registry with the same texts, and the registry must hold no more.

use std::collections::BTreeMap;

use errbook_spec::{Billing, Code, Spec};

use crate::workspace::{read, spec};

/// A table as lines show it: the last heading or first cell that told it apart, and the cells of its rows.
struct Row {
    heading: String,
    cells: Vec<String>,
}

/// Which rows make a set, and what stands in which column.
struct Expected {
    vendor: &'static str,
    set: &'static str,
    /// Parts of the headings above its tables.
    headings: &'static [&'static str],
    /// The first cell of its header, where one heading has two tables.
    first_header: &'static str,
    columns: &'static [Column],
    rows: usize,
    /// Codes that stand in prose.
    quoted: usize,
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

const fn set(
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
        quoted: 0,
    }
}

const SETS: [Expected; 16] = [
    set(
        "tencent-faceid-sdk",
        "LoginCode",
        &["登录错误码"],
        &[Named, Message],
        3,
    ),
    set(
        "tencent-faceid-sdk",
        "VerifyCode",
        &["人脸核身错误码"],
        &[Named, Message],
        21,
    ),
    set(
        "megvii-faceid",
        "TokenError",
        &["错误码列表"],
        &[Codes, Symbol, Message],
        11,
    ),
    set(
        "megvii-faceid",
        "SdkCode",
        &["2.5 SDK 错误码说明"],
        &[Codes, Symbol, Message],
        53,
    ),
    set(
        "megvii-faceid",
        "ResultCode",
        &["result\\_message说明"],
        &[Codes, Symbol, Message],
        41,
    ),
    set(
        "megvii-faceid",
        "ResultError",
        &["对应的ERROR字段说明"],
        &[Codes, Symbol, Message],
        8,
    ),
    set(
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
    set(
        "tencent-kyc",
        "GatewayCode",
        &["1. 接入"],
        &[Codes, Message, Remedy],
        6,
    ),
    set(
        "tencent-kyc",
        "FaceCode",
        &["2.人脸"],
        &[Codes, Message, Remedy],
        25,
    ),
    Expected {
        first_header: "返回码",
        ..set(
            "tencent-kyc",
            "IdCardCode",
            &["3. 身份证"],
            &[Codes, Message, Remedy],
            10,
        )
    },
    Expected {
        first_header: "警告码",
        quoted: 1,
        ..set(
            "tencent-kyc",
            "IdCardWarning",
            &["3. 身份证"],
            &[Codes, Message, Remedy],
            2,
        )
    },
    Expected {
        first_header: "返回码",
        ..set(
            "tencent-kyc",
            "BankCardCode",
            &["4. 银行卡"],
            &[Codes, Message, Remedy],
            6,
        )
    },
    Expected {
        first_header: "警告码",
        ..set(
            "tencent-kyc",
            "BankCardWarning",
            &["4. 银行卡"],
            &[Codes, Message, Remedy],
            2,
        )
    },
    set(
        "tencent-kyc",
        "TwoFactorCode",
        &["5. 二要素"],
        &[Codes, Message, Remedy],
        6,
    ),
    set(
        "idverify-gateway",
        "ApiCode",
        &["API 错误代码与描述"],
        &[Codes, Message, English],
        36,
    ),
    set(
        "idverify-gateway",
        "CarrierCode",
        &["运营商结果编码说明"],
        &[Codes, Message],
        103,
    ),
];

/// All rows of a document, each with its heading and the first cell of its header.
fn rows(text: &str) -> Vec<(Row, String)> {
    let (mut heading, mut header, mut fresh) = (String::new(), String::new(), true);
    let mut rows = Vec::new();
    for line in text.lines() {
        if line.starts_with('#') {
            (heading, header, fresh) = (
                line.trim_start_matches('#').trim().to_owned(),
                String::new(),
                true,
            );
        } else if !line.contains('|') {
            // A blank line ends a table; what follows without words of its own is a torn part of it.
            fresh = true;
        } else if line
            .chars()
            .all(|each| matches!(each, '|' | '-' | ':' | ' ' | '\t'))
        {
            fresh = false;
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
            if fresh {
                header.clone_from(&cells[0]);
                fresh = false;
            } else {
                rows.push((
                    Row {
                        heading: heading.clone(),
                        cells,
                    },
                    header.clone(),
                ));
            }
        }
    }
    rows
}

/// What is left of a text when everything is gone that two readers may show differently.
fn bare(text: &str) -> String {
    let text = text
        .replace("&nbsp;", "")
        .replace("<br>", "")
        .replace('\\', "");
    text.chars().filter(|each| !each.is_whitespace()).collect()
}

/// The codes of a cell, each with the symbol that stands before it.
fn codes(cell: &str, column: Column) -> Vec<(String, Option<String>)> {
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

fn check(expected: &Expected, rows: &[(Row, String)], spec: &Spec) {
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
    for (row, header) in rows {
        let wanted = expected
            .headings
            .iter()
            .any(|heading| row.heading.contains(heading));
        if !wanted || !(expected.first_header.is_empty() || header == expected.first_header) {
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
        for (code, symbol) in codes(&row.cells[0], expected.columns[0]) {
            let symbol = cell(Symbol)
                .map(|cell| cell.replace("<br>", ""))
                .or(symbol)
                .unwrap_or_default();
            let found = known.remove(&(code.clone(), symbol.clone()));
            let found = found.unwrap_or_else(|| {
                panic!("{} {code} {symbol} is not in the registry", expected.set)
            });
            holds(
                found,
                cell(Message),
                cell(English),
                cell(Remedy),
                cell(Charge),
            );
        }
    }
    assert_eq!(seen, expected.rows, "rows of {}", expected.set);
    assert_eq!(
        known.len(),
        expected.quoted,
        "{} holds codes that no row has: {:?}",
        expected.set,
        known.keys()
    );
}

type Cell<'a> = Option<&'a String>;

fn holds(code: &Code, message: Cell<'_>, english: Cell<'_>, remedy: Cell<'_>, charge: Cell<'_>) {
    let text = |texts: &errbook_spec::Texts| {
        texts
            .get("zh-CN")
            .map(|text| bare(text))
            .unwrap_or_default()
    };
    match (&code.locale, message) {
        // A row that the vendor wrote in English of its own: the dictionary may correct it, and then quotes it.
        (Some(_), Some(cell)) if *code.message["en"] != *cell => {
            let quoted =
                read("idverify-gateway", "messages/en.toml").contains(&format!("of = \"{cell}\""));
            assert!(quoted, "English of {}", *code.code);
        }
        (Some(_), _) => {}
        _ => assert_eq!(
            text(&code.message),
            message.map(|cell| bare(cell)).unwrap_or_default(),
            "{}",
            *code.code
        ),
    }
    assert_eq!(
        text(&code.remedy),
        remedy.map(|cell| bare(cell)).unwrap_or_default(),
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
        check(
            expected,
            &rows(&read(expected.vendor, "source.md")),
            &spec(expected.vendor),
        );
    }
    assert_eq!(SETS.iter().map(|set| set.rows).sum::<usize>(), 398);
}
