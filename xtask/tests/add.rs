//! The command `add`: turns a document into a vendor that compiles, and lists the remaining
//! decisions.

use std::fmt::Write;

use errbook_codegen::{Options, expand};
use errbook_spec::place::Source;
use errbook_spec::{self as spec, check};

use crate::scratch::Scratch;

/// A workspace with a minimal crate for the registry.
fn minimal_registry() -> Scratch {
    let scratch = Scratch::regenerated();
    let config = scratch.read("errbook.toml") + "\n[crate]\npath = \"codes\"\n";
    scratch.write("errbook.toml", &config);
    scratch.write(
        "codes/Cargo.toml",
        "[features]\ndefault = [\"std\", \"shop\"]\nstd = []\n# Vendors.\nshop = []\n",
    );
    scratch.write(
        "codes/src/lib.rs",
        "//! Codes.\n\nvendors! {\n    /// The shop.\n    shop = \"shop\";\n}\n\npub mod more {}\n",
    );
    scratch
}

/// Every new weight changes a score, which says nothing about `add`.
fn without_scores(out: &str) -> String {
    let mut parts = out.split("(score ");
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
        masked += "(score N";
        masked += after;
    }
    masked
}

/// Adds a vendor from the document. Returns the output and all written files.
fn add_vendor(vendor: &str, document: &str) -> String {
    let scratch = minimal_registry();
    scratch.write("new.md", document);
    let said = scratch.run_in(
        ".",
        &[
            "add",
            vendor,
            "new.md",
            "--url",
            "https://example.org/errors",
        ],
    );
    assert!(said.success, "{}", said.err);
    let mut out = without_scores(&said.out);
    let module = vendor.replace('-', "_");
    let folder = format!("codes/vendors/{vendor}");
    assert_eq!(scratch.read(&format!("{folder}/source.md")), document);
    let text = scratch.read(&format!("{folder}/spec.toml"));
    let source = Source::new("spec.toml", &text);
    assert!(check(&spec::parse(&source).unwrap()).is_ok());
    assert!(expand(&source, &Options::default()).is_ok());
    let again = scratch.run(&["regen", "--check", vendor]);
    assert!(again.success, "{}", again.err);
    for file in [
        format!("{folder}/overlay.toml"),
        format!("codes/src/{module}.rs"),
        "codes/Cargo.toml".to_owned(),
        "codes/src/lib.rs".to_owned(),
    ] {
        let _ = write!(out, "== {file}\n{}", scratch.read(&file));
    }
    out
}

#[test]
fn a_document_in_chinese_becomes_a_vendor_with_numbered_names() {
    insta::assert_snapshot!(add_vendor(
        "acme-pay",
        "# 支付开放平台\n\n\
         ## 公共错误码\n\n| 错误码 | 描述 | 解决方案 |\n|---|---|---|\n\
         | 40001 | 参数错误 | 请检查参数 |\n| 40002 | 签名错误 | 请检查签名 |\n\n\
         ## 退款错误码\n\n| 错误码 | 描述 | 解决方案 |\n|---|---|---|\n\
         | 50001 | 余额不足 | 请充值 |\n\n\
         ## 请求参数\n\n| 参数 | 类型 | 说明 |\n|---|---|---|\n| amount | int | 金额 |\n"
    ));
}

#[test]
fn names_come_from_symbols_and_from_english() {
    insta::assert_snapshot!(add_vendor(
        "mail",
        "# Mail API\n\n\
         ## Delivery errors\n\n| Code | Name | Meaning |\n|---|---|---|\n\
         | -1 | MAILBOX_FULL | The mailbox is full. |\n\
         | -2 | NO_SUCH_USER | Nobody has this address. |\n\n\
         ## HTTP\n\n| Code | Description |\n|---|---|\n\
         | E100 | The key is wrong |\n| E200 | Too many requests |\n"
    ));
}

#[test]
fn equal_tables_and_ambiguous_codes_are_added() {
    insta::assert_snapshot!(add_vendor(
        "odd",
        "| code | message |\n|---|---|\n| 1 | busy |\n| 1 | closed |\n| 2 | gone |\n\n\
         Text.\n\n| code | message |\n|---|---|\n| 1 | other |\n"
    ));
}

#[test]
fn string_ranges_and_invalid_statuses_are_added() {
    insta::assert_snapshot!(add_vendor(
        "sms",
        "| Error code | HTTP status | Description |\n|---|---|---|\n\
         | E100 | 400 | bad |\n| E101 | 400 | worse |\n| E102 | 500 | gone |\n\
         | E200-E299 | 0 | busy |\n"
    ));
}

#[test]
fn classes_of_codes_are_ranges_or_else_codes() {
    let codes = "| code | message |\n|---|---|\n| 400 | bad |\n| 5xx | failed |\n";
    let classes = "| HTTP status | message |\n|---|---|\n| 4xx | yours |\n| 5xx | ours |\n";
    insta::assert_snapshot!(add_vendor(
        "classes",
        &format!("# Error codes\n\n{codes}\n# HTTP errors\n\n{classes}")
    ));
}

#[test]
fn a_document_that_cannot_be_added_is_reported_and_nothing_is_written() {
    let scratch = minimal_registry();
    scratch.write("none.md", "# Nothing\n\nNo codes here.\n");
    scratch.write("some.md", "| code | message |\n|---|---|\n| 1 | busy |\n");
    scratch.write("codes/src/mine.rs", "fn precious() {}\n");
    let runs: [&[&str]; 8] = [
        &["add", "Bad_Name", "some.md"],
        &["add", "fn", "some.md"],
        &["add", "std", "some.md"],
        &["add", "mine", "some.md"],
        &["add", "shop", "some.md"],
        &["add", "none", "none.md"],
        &["add", "other"],
        &["add", "other", "missing.md"],
    ];
    let said: Vec<_> = runs.iter().map(|run| scratch.run_in(".", run)).collect();
    assert!(said.iter().all(|said| !said.success));
    let root = scratch
        .path(".")
        .canonicalize()
        .unwrap()
        .display()
        .to_string();
    let text: String = said
        .iter()
        .map(|said| {
            said.err
                .replace(&root, "ROOT")
                .replace(&scratch.path("").display().to_string(), "ROOT/")
        })
        .collect();
    insta::assert_snapshot!(text);
    assert_eq!(scratch.read("codes/src/mine.rs"), "fn precious() {}\n");
    assert!(
        !scratch.path("codes/vendors/none").exists()
            && !scratch.path("codes/vendors/other").exists()
    );
}

#[test]
fn adding_continues_after_the_overlay_was_fixed() {
    let scratch = minimal_registry();
    // The billing cell of the last code is neither yes nor no, so a person must decide.
    let rows =
        "| 1001 | 参数错误 | 否 |\n| 1002 | 比对失败 | 是 |\n| 1003 | 人像过期 | 视情况收费 |\n";
    scratch.write(
        "new.md",
        &format!("| 错误码 | 描述 | 是否收费 |\n|---|---|---|\n{rows}"),
    );
    let said = scratch.run_in(".", &["add", "twice", "new.md"]);
    assert!(
        !said.success && said.err.contains("then run `cargo xtask add twice`"),
        "{}",
        said.err
    );
    assert!(!scratch.path("codes/vendors/twice/spec.toml").exists());
    let overlay = scratch.read("codes/vendors/twice/overlay.toml");
    let decided = overlay + "\n[set.TwiceCode.code]\n1003 = { billing = \"unspecified\" }\n";
    scratch.write("codes/vendors/twice/overlay.toml", &decided);
    let said = scratch.run_in(".", &["add", "twice"]);
    assert!(said.success, "{}", said.err);
    assert!(
        scratch
            .read("codes/src/lib.rs")
            .contains("    twice = \"twice\";\n")
    );
    assert!(scratch.path("codes/vendors/twice/spec.toml").exists());
}

#[test]
fn placeholders_mixed_scripts_and_unread_lines_are_left_to_decide() {
    let out = add_vendor(
        "acme",
        "# Error codes\n\n| Code | Message |\n|---|---|\n\
         | 1001 | value %s is invalid |\n| 1002 | {name} not found in ${place} |\n\
         | 1003 | 太 too low试 |\n| 1004 | the request was rejected |\n\
         | 1005 | the requests was rejected |\n\nMore\n\n9001 is reserved\n",
    );
    for expected in [
        "`%s` (line 5), `{name}` (line 6), `${place}` (line 6)",
        "`太 too low试` mixes two scripts",
        "whether `1004` and `1005` mean the same",
        "line 13: unread: the line begins with `9001`",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
}

/// Writes a document in which the second code has this message.
type WriteFile<'a> = &'a dyn Fn(&str) -> Vec<u8>;

#[test]
fn a_vendor_is_added_and_updated_from_each_kind_of_file() {
    let rows = |message: &str| {
        [
            ["错误码".to_owned(), "说明".to_owned()],
            ["1001".to_owned(), "参数错误".to_owned()],
            ["1002".to_owned(), message.to_owned()],
        ]
    };
    let html = |message: &str| {
        let rows = rows(message).map(|row| format!("<tr><td>{}</td></tr>", row.join("</td><td>")));
        let page = format!("<h1>错误码</h1>\n<table>{}</table>\n", rows.join("\n"));
        encoding_rs::GB18030.encode(&page).0.into_owned()
    };
    let csv =
        |message: &str| (rows(message).map(|row| row.join(",")).join("\r\n") + "\r\n").into_bytes();
    let workbook = |message: &str| {
        let mut sheet = rust_xlsxwriter::Worksheet::new();
        sheet.set_name("错误码").unwrap();
        for (at, row) in (0..).zip(rows(message)) {
            sheet.write_row(at, 0, row).unwrap();
        }
        let mut book = rust_xlsxwriter::Workbook::new();
        // A workbook has the time of its making in it: the same bytes need the same time.
        let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1).unwrap();
        let properties = rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created);
        book.set_properties(&properties);
        book.push_worksheet(sheet);
        book.save_to_buffer().unwrap()
    };
    let kinds: [(&str, WriteFile<'_>, &[&str]); 3] = [
        ("html", &html, &["--encoding", "gb18030"]),
        ("csv", &csv, &[]),
        ("xlsx", &workbook, &[]),
    ];
    for (extension, write, options) in kinds {
        let scratch = minimal_registry();
        let file = format!("new.{extension}");
        let source = format!("codes/vendors/door/source.{extension}");
        std::fs::write(scratch.path(&file), write("超时")).unwrap();
        let said = scratch.run_in(".", &[&["add", "door", &file], options].concat());
        assert!(said.success, "{extension}: {}", said.err);
        let bytes = std::fs::read(scratch.path(&source)).unwrap();
        assert_eq!(bytes, std::fs::read(scratch.path(&file)).unwrap());
        let overlay = scratch.read("codes/vendors/door/overlay.toml");
        assert_eq!(
            overlay.contains("encoding = \"gb18030\""),
            !options.is_empty()
        );
        let spec = scratch.read("codes/vendors/door/spec.toml");
        assert!(
            spec.contains(&format!("file = \"source.{extension}\"")),
            "{spec}"
        );
        assert!(spec.contains("参数错误") && spec.contains("超时"), "{spec}");
        let again = scratch.run(&["regen", "--check", "door"]);
        assert!(again.success, "{extension}: {}", again.err);

        std::fs::write(scratch.path(&file), write("请求超时")).unwrap();
        let said = scratch.run_in(".", &["update", "door", &file]);
        assert!(said.success, "{extension}: {}", said.err);
        assert!(
            scratch
                .read("codes/vendors/door/spec.toml")
                .contains("请求超时")
        );
        let bytes = std::fs::read(scratch.path(&source)).unwrap();
        assert_eq!(bytes, write("请求超时"), "{extension}");

        // A document of another kind takes the place of the old one.
        if extension == "csv" {
            std::fs::write(scratch.path("new.xlsx"), workbook("超时")).unwrap();
            scratch.run_in(".", &["update", "door", "new.xlsx"]);
            std::fs::write(scratch.path("codes/vendors/door/source.md"), "# x\n").unwrap();
            let said = scratch.run(&["regen", "door"]);
            assert!(
                !said.success && said.err.contains("this vendor has several documents"),
                "{}",
                said.err
            );
        }
    }
}
