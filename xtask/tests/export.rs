//! The exports: each is parsed again and compared with the registry.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use errbook_cli::book::Book;
use errbook_cli::export::csv::{Cells, csv, spreadsheet_cell};
use errbook_cli::export::{CATALOGUE_SCHEMA, SPEC_SCHEMA, catalogue, markdown, vectors};
use errbook_cli::locale::pick_text;
use errbook_cli::workspace::Workspace;
use errbook_ingest::{self as ingest, CodeEntry, Hints, Holds};
use errbook_spec::place::Source;
use errbook_spec::{Retry, Severity, parse};
use serde_json::Value;

use crate::scratch::{SHOP, Scratch};

use crate::shipped::root;

fn book() -> Book {
    let workspace = Workspace::open(&root()).unwrap();
    Book::read(&workspace, &workspace.vendors()).unwrap()
}

/// The errors of a JSON Schema validator.
fn validate(schema: &str, value: &Value) -> Result<(), String> {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors.join("\n"))
    }
}

#[test]
fn the_catalogue_matches_its_schema() {
    let text = &catalogue(&book()).unwrap()[0].text;
    let mut value: Value = serde_json::from_str(text).unwrap();
    validate(CATALOGUE_SCHEMA, &value).unwrap();
    let codes = |set: &Value| set["codes"].as_array().unwrap().len();
    let sets = value["vendors"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|vendor| vendor["sets"].as_array().unwrap());
    assert_eq!(sets.map(codes).sum::<usize>(), book().codes().count());
    value["vendors"][0]["sets"][0]["codes"][0]["billing"] = "perhaps".into();
    validate(CATALOGUE_SCHEMA, &value).unwrap_err();
}

/// The document writes `BAD_ARGUMENTS:key>`.
#[test]
fn a_symbol_has_its_parameters_in_brackets_however_the_document_writes_them() {
    let text = &catalogue(&book()).unwrap()[0].text;
    let value: Value = serde_json::from_str(text).unwrap();
    let vendors = value["vendors"].as_array().unwrap().iter();
    let sets = vendors.flat_map(|vendor| vendor["sets"].as_array().unwrap());
    let mut written = Vec::new();
    for code in sets.flat_map(|set| set["codes"].as_array().unwrap()) {
        let symbol = code["symbol"].as_str().unwrap_or_default();
        for parameter in code["parameters"].as_array().into_iter().flatten() {
            let hole = format!("<{}>", parameter["name"].as_str().unwrap());
            let notation = parameter["written"].as_str();
            assert!(
                !symbol.contains(notation.unwrap_or(&hole)) || symbol.contains(&hole),
                "{code}"
            );
            written.extend(notation.map(|notation| (symbol.to_owned(), notation.to_owned())));
        }
    }
    let expected = ("BAD_ARGUMENTS:<key>".to_owned(), "key>".to_owned());
    assert!(written.contains(&expected), "{written:?}");
}

#[test]
fn the_schema_accepts_every_spec_and_rejects_other_files() {
    let workspace = Workspace::open(&root()).unwrap();
    let files = workspace
        .vendors()
        .into_iter()
        .map(|name| format!("codes/vendors/{name}/spec.toml"));
    let others = ["codes/kinds.toml", "runtime/tests/shop.toml"]
        .into_iter()
        .map(str::to_owned);
    for file in files.chain(others) {
        let value = toml_value(&std::fs::read_to_string(root().join(&file)).unwrap());
        validate(SPEC_SCHEMA, &value).unwrap_or_else(|errors| panic!("{file}: {errors}"));
    }
    let head = "schema = 1\nvendor = \"a\"\nlocale = \"en\"\n[[set]]\nname = \"A\"\n\
                [[set.code]]\ncode = \"1\"\nvariant = \"B\"\n";
    validate(SPEC_SCHEMA, &toml_value(head)).unwrap();
    for invalid in [
        "vairant = \"C\"",
        "retry = \"later\"",
        "billing = \"unspecified\"",
        "message = \"a\"",
        "http = 20",
    ] {
        assert!(
            validate(SPEC_SCHEMA, &toml_value(&format!("{head}{invalid}\n"))).is_err(),
            "{invalid}"
        );
    }
}

/// Converts TOML to JSON, for the JSON Schema validator.
fn toml_value(text: &str) -> Value {
    fn value(item: &toml_edit::Item) -> Value {
        match item {
            toml_edit::Item::Value(inner) => scalar(inner),
            toml_edit::Item::Table(table) => table
                .iter()
                .map(|(key, item)| (key.to_owned(), value(item)))
                .collect(),
            toml_edit::Item::ArrayOfTables(tables) => tables
                .iter()
                .map(|table| {
                    table
                        .iter()
                        .map(|(key, item)| (key.to_owned(), value(item)))
                        .collect::<Value>()
                })
                .collect(),
            toml_edit::Item::None => Value::Null,
        }
    }
    fn scalar(inner: &toml_edit::Value) -> Value {
        if let Some(array) = inner.as_array() {
            return array.iter().map(scalar).collect();
        }
        if let Some(table) = inner.as_inline_table() {
            return table
                .iter()
                .map(|(key, inner)| (key.to_owned(), scalar(inner)))
                .collect();
        }
        let text = inner.as_str().map(Value::from);
        text.or_else(|| inner.as_integer().map(Value::from))
            .or_else(|| inner.as_bool().map(Value::from))
            .unwrap_or_default()
    }
    value(text.parse::<toml_edit::DocumentMut>().unwrap().as_item())
}

/// The records of an exported table, its header first.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut table = ::csv::ReaderBuilder::new();
    let mut table = table.has_headers(false).from_reader(text.as_bytes());
    let records = table.records().map(Result::unwrap);
    let records = records.map(|record| record.iter().map(str::to_owned).collect());
    records.collect()
}

#[test]
fn the_csv_table_contains_every_code_once() {
    let book = book();
    let table = |written| csv(&book, written).unwrap().remove(0).text;
    let plain = records(&table(Cells::Plain));
    let column = |name: &str| plain[0].iter().position(|each| each == name).unwrap();
    let (code, english) = (column("code"), column("message.en"));
    assert_eq!(plain.len() - 1, book.codes().count());
    for (row, (_, _, known)) in plain[1..].iter().zip(book.codes()) {
        assert_eq!(row[code], known.code.value);
        assert_eq!(row[english], known.message["en"].value);
    }
    // In a spreadsheet it shows the same, with numbers as numbers.
    let text = table(Cells::Spreadsheet);
    let shown = records(text.strip_prefix('\u{feff}').unwrap());
    assert_eq!(shown[0], plain[0]);
    let numbers = [column("http"), column("retry_after")];
    for (shown, plain) in shown.iter().zip(&plain).skip(1) {
        for (column, (shown, plain)) in shown.iter().zip(plain).enumerate() {
            if numbers.contains(&column) || ["true", "false"].contains(&&**plain) {
                assert_eq!(shown, plain);
            } else {
                assert_eq!(*shown, spreadsheet_cell(plain));
            }
        }
    }
    for cell in [
        "\"=\"\"01000000\"\"\"",
        "\"=\"\"-5007\"\"\"",
        "\"=\"\"1204\"\"\"",
    ] {
        assert!(text.contains(&format!(",{cell},")), "{cell}");
    }
}

/// The cells of a table for spreadsheets, which the script of the site is tested with too.
#[test]
fn a_spreadsheet_shows_every_text_as_it_is() {
    let cells = include_str!("fixtures/spreadsheet.json");
    let cells: Vec<(String, String)> = serde_json::from_str(cells).unwrap();
    for (text, cell) in &cells {
        assert_eq!(spreadsheet_cell(text), *cell);
    }
    // Ingestion reads them back.
    let table = |write: &dyn Fn(&str) -> String| {
        let mut table = ::csv::Writer::from_writer(Vec::new());
        for (text, _) in &cells {
            table.write_record(["x", &write(text)]).unwrap();
        }
        let bytes = table.into_inner().unwrap();
        let opened = ingest::open("a.csv".as_ref(), &bytes, None).unwrap();
        let rows = opened.document.tables[0].sheet.rows();
        let texts = rows.map(|row| row.get(1).unwrap().text.to_owned());
        texts.collect::<Vec<_>>()
    };
    let shown = table(&|text| spreadsheet_cell(text).into_owned());
    // A text that is such a cell itself is read as it was only if it is written as one.
    let plain = table(&|text| {
        if text.starts_with("=\"") {
            spreadsheet_cell(text).into_owned()
        } else {
            text.to_owned()
        }
    });
    assert_eq!(shown, plain);
    assert!(shown.contains(&"=\"01\"".to_owned()));
}

/// Each vendor whose plain table is understood.
#[test]
fn extract_reads_a_table_for_spreadsheets_as_the_same_codes() {
    for spec in book().specs {
        let vendor = spec.vendor.value.clone();
        let mut book = Book::default();
        book.specs.push(spec);
        let [shown, plain] = [Cells::Spreadsheet, Cells::Plain].map(|written| {
            let table = csv(&book, written).unwrap().remove(0).text;
            let opened = ingest::open("a.csv".as_ref(), table.as_bytes(), None).unwrap();
            let read = ingest::extract(&opened.document, &Hints::default());
            let codes = read.tables[0].codes.iter();
            // `unspecified` is not a cell that a person would have to decide.
            let mut problems = codes.clone().flat_map(|code| &code.problems);
            assert!(!problems.any(|problem| problem.rule == "billing-unread"));
            // Only in the plain table, a text of several lines has several lines.
            let codes = codes.map(|code| CodeEntry {
                line: 0,
                problems: Vec::new(),
                ..code.clone()
            });
            format!("{:#?}", codes.collect::<Vec<_>>())
        });
        assert!(shown == plain, "{vendor}");
        let known = book.codes().map(|(_, _, code)| &code.code.value);
        let is_read = known.filter(|code| shown.contains(&format!("code: \"{code}\"")));
        if vendor != "megvii-faceid" {
            assert_eq!(is_read.count(), book.codes().count(), "{vendor}");
        }
    }
}

/// Texts with everything that Markdown gives a meaning to are read back as they were.
#[test]
fn awkward_texts_survive_exported_markdown() {
    let texts = [
        "a | b || c",
        "**not bold** and _not italic_ and ~~not struck out~~",
        "<key> & &amp; </td>",
        "`code` \\ \\| [link](there)",
        "two\nlines",
        "# no heading",
        "1. no item",
        "参数错误，**请检查**《文档》",
        "${amount} of {0} %s",
    ];
    let mut spec = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\nkinds = \"errbook\"\n\
        title.en = \"Shop | *x*\"\n\n[[set]]\nname = \"ShopCode\"\nwire = \"integer\"\n"
        .to_owned();
    for (code, text) in (1001..).zip(texts) {
        let text = Value::from(text);
        write!(
            spec,
            "\n[[set.code]]\ncode = \"{code}\"\nvariant = \"V{code}\"\nmessage.en = {text}\nremedy.en = {text}\n"
        )
        .unwrap();
    }
    let mut book = Book::default();
    book.specs
        .push(parse(&Source::new("spec.toml", &spec)).unwrap_or_else(|error| panic!("{error}")));
    let exported = markdown(&book, None).remove(0).text;
    let document = ingest::read(&exported);
    let read = ingest::extract(&document, &Hints::default());
    let codes: Vec<_> = read.tables.iter().flat_map(|table| &table.codes).collect();
    assert_eq!(codes.len(), texts.len(), "{exported}");
    for (read, text) in codes.iter().zip(texts) {
        assert_eq!(read.message.as_deref(), Some(text), "{exported}");
        assert_eq!(read.remedy.as_deref(), Some(text), "{exported}");
    }
}

/// A spec with every fact that a table of Markdown has.
const EVERY_FACT: &str = r#"
schema = 1
vendor = "shop"
locale = "zh-CN"
kinds = "errbook"
title.zh-CN = "商店"

[[set]]
name = "ShopCode"
wire = "integer"
severity = "warning"
title.zh-CN = "下单返回码"
title.en = "Codes of orders"
note = { en = "Prices are of 2021." }

[[set.code]]
code = "0"
variant = "Done"
kind = "success"
message.zh-CN = "成功"
message.en = "Done"
retry = "never"
billing = "free"
success = true

[[set.code]]
code = "-1"
symbol = "OUT_OF_STOCK"
variant = "OutOfStock"
kind = "mine"
message.zh-CN = "缺货"
message.en = "Out of stock"
remedy.zh-CN = "请稍后再试"
retry = "throttled"
retry-after = 60
billing = "billed"
http = 503

[[set.code]]
code = "-2"
symbol = "CARD_REFUSED"
variant = "CardRefused"
kind = "identity-mismatch"
message.zh-CN = "付款被拒"
retry = "after-user-action"
severity = "error"
http = 402

[[set.code]]
code = "-3"
symbol = "CLOSED"
variant = "Closed"
status = "retired"
message.zh-CN = "商店已关闭"
message.en = "The shop is closed"
retry = "backoff"

[[set.code]]
code = "-1"
symbol = "LATE"
variant = "Late"
status = "retired"
until = "2021-03"
message.zh-CN = "下单超时"
message.en = "The order took too long"
"#;

/// Shared kinds, and a spec with every fact that a table has.
fn shop_book() -> Book {
    let spec = parse(&Source::new("spec.toml", EVERY_FACT));
    let mut book = book();
    book.specs = vec![spec.unwrap_or_else(|error| panic!("{error}"))];
    book
}

#[test]
fn exported_markdown_has_the_words_of_the_reader() {
    let book = shop_book();
    for (locale, name) in [(Some("en"), "markdown_en"), (None, "markdown_zh")] {
        insta::assert_snapshot!(name, markdown(&book, locale).remove(0).text);
    }
    // Words that the interface does not have in a language are English, as the texts are.
    let of = |locale| markdown(&book, Some(locale)).remove(0).text;
    let note = |locale: &str, others: &str| {
        format!("\nTexts without a translation into {locale} are in: {others}.\n")
    };
    let french = of("fr");
    assert!(french.contains(&note("fr", "en, zh-CN")), "{french}");
    assert_eq!(
        french.replace(&note("fr", "en, zh-CN"), &note("en", "zh-CN")),
        of("en")
    );
    assert_eq!(of("zh-TW"), of("zh-CN"));
}

/// Each code as it is in the registry, with every fact in its place.
#[test]
fn exported_markdown_is_read_as_the_same_codes() {
    let shipped = book();
    for book in [&shipped, &shop_book()] {
        for locale in [
            None,
            Some("en"),
            Some("zh-CN"),
            Some("zh-TW"),
            Some("ja"),
            Some("fr"),
        ] {
            for (file, spec) in markdown(book, locale).iter().zip(&book.specs) {
                is_read(book, spec, locale.unwrap_or(&spec.locale), &file.text);
            }
        }
    }
}

fn is_read(book: &Book, spec: &errbook_spec::Spec, locale: &str, exported: &str) {
    let document = ingest::read(exported);
    let read = ingest::extract(&document, &Hints::default());
    let tables = read.tables.iter();
    let tables: Vec<_> = tables.filter(|table| table.holds == Holds::Codes).collect();
    assert_eq!(tables.len(), spec.sets.len(), "{locale}: {exported}");
    for (table, set) in tables.iter().zip(&spec.sets) {
        let place = format!("{}.{} in {locale}", *spec.vendor, *set.name);
        assert_eq!(table.codes.len(), set.codes.len(), "{place}");
        let unread = |problem: &ingest::FactProblem| problem.rule != "retry-unread";
        for (code, read) in set.codes.iter().zip(&table.codes) {
            let place = format!("{place}: {}", *code.code);
            assert_eq!(read.code, *code.code, "{place}");
            assert_eq!(
                read.withdrawn,
                code.status == errbook_spec::Status::Retired,
                "{place}"
            );
            let own = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
            assert_eq!(own(&read.symbol), symbol(code), "{place}");
            let one = |text: &Option<Cow<'_, str>>, texts: &BTreeMap<String, Cow<'_, str>>| {
                text.as_ref()
                    .or(texts.values().next())
                    .map(ToString::to_string)
            };
            let own = code.locale.as_ref().unwrap_or(&spec.locale);
            let known = |texts| {
                let text = pick_text(texts, locale, &book.languages, own);
                text.map(|(_, text)| text.to_owned())
            };
            assert_eq!(
                one(&read.message, &read.messages),
                known(&code.message),
                "{place}"
            );
            assert_eq!(
                one(&read.remedy, &read.remedies),
                known(&code.remedy),
                "{place}"
            );
            let billed = code.billing.as_ref();
            let billed = billed.map(|at| at.value == errbook_spec::Billing::Billed);
            assert_eq!(read.billing, billed, "{place}");
            assert_eq!(
                read.http.as_deref().map(str::to_owned),
                code.http.as_ref().map(|http| http.value.to_string()),
                "{place}"
            );
            // A document only says whether a retry helps.
            let helps = code.retry.as_ref().and_then(|retry| match retry.value {
                Retry::Never => Some(false),
                Retry::Backoff | Retry::Throttled => Some(true),
                _ => None,
            });
            assert_eq!(read.retry.is_some(), code.retry.is_some(), "{place}");
            assert_eq!(
                read.retry.as_ref().and_then(|retry| retry.value),
                helps,
                "{place}"
            );
            if let Some(severity) = &read.severity {
                let known = errbook_spec::default_severity(code, set);
                let known = code.severity.as_ref().map_or(known, |at| at.value);
                let word = severity.value.map(ingest::Severity::word);
                assert_eq!(
                    word,
                    Some(errbook_spec::word(Severity::WORDS, known)),
                    "{place}"
                );
            }
            let severities =
                set.severity.is_some() || set.codes.iter().any(|code| code.severity.is_some());
            assert_eq!(read.severity.is_some(), severities, "{place}");
            let section = code.section.as_ref().and_then(|id| {
                let mut sections = set.sections.iter();
                known(&sections.find(|section| section.id == *id)?.title)
            });
            assert_eq!(
                read.section.as_deref().map(str::to_owned),
                section,
                "{place}"
            );
            assert!(read.cause.is_none() && read.details.is_none(), "{place}");
            assert!(
                !read.problems.iter().any(unread),
                "{place}: {:?}",
                read.problems
            );
        }
    }
}

#[test]
fn a_retired_code_is_marked_and_round_trips() {
    let scratch = Scratch::regenerated();
    let export = |scratch: &Scratch| scratch.run(&["export", "markdown", "shop"]).out;
    let codes = |text: &str| -> Vec<_> {
        let document = ingest::read(text);
        let read = ingest::extract(&document, &Hints::default());
        let codes = read
            .tables
            .iter()
            .filter(|table| table.holds == Holds::Codes)
            .flat_map(|table| &table.codes);
        let owned = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
        codes
            .map(|code| {
                (
                    code.code.to_string(),
                    owned(&code.symbol),
                    owned(&code.message),
                    code.billing,
                )
            })
            .collect()
    };
    let before = export(&scratch);
    assert!(!before.contains("已停用"));
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.edit("source.md", "| 400 | BAD_SIZE:size> | 尺寸错误 |\n", "");
    scratch.edit("source.md", "| 101 | 图片过大 | 否 |\n", "");
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    let after = export(&scratch);
    let lines: Vec<_> = after
        .lines()
        .filter(|line| line.ends_with("| 已停用 |"))
        .collect();
    assert_eq!(lines.len(), 3, "{after}");
    assert!(lines.iter().any(|line| line.contains("复印件")), "{after}");
    let sorted = |mut codes: Vec<_>| {
        codes.sort();
        codes
    };
    assert_eq!(sorted(codes(&after)), sorted(codes(&before)), "{after}");
}

#[test]
fn an_invalid_or_unused_language_is_refused() {
    let scratch = Scratch::regenerated();
    for (format, locale, words) in [
        ("po", "zz-nonsense-!!", "is not a language tag"),
        ("po", "zh_cn", "is written `zh-CN`"),
        ("markdown", "klingon", "is not a language tag"),
        ("csv", "fr", "contains every language"),
        ("json", "en", "contains every language"),
    ] {
        let said = scratch.run(&["export", format, "shop", "--locale", locale]);
        assert!(
            !said.success && said.out.is_empty() && said.err.contains(words),
            "{format}: {}{}",
            said.out,
            said.err
        );
    }
}

#[test]
fn only_csv_has_a_plain_form() {
    let scratch = Scratch::regenerated();
    let plain = scratch.run(&["export", "csv", "shop", "--plain"]);
    assert!(plain.out.starts_with("vendor,set,code,"), "{}", plain.out);
    let said = scratch.run(&["export", "json", "shop", "--plain"]);
    let words = "this format is for programs";
    assert!(!said.success && said.err.contains(words), "{}", said.err);
}

#[test]
fn a_site_replaces_only_its_own_pages() {
    let scratch = Scratch::regenerated();
    for _ in 0..2 {
        let said = scratch.run(&["site", "--out", "mine"]);
        assert!(said.success, "{}", said.err);
    }
    scratch.write(
        "theirs/index.html",
        "<!DOCTYPE html><title>My garden</title>",
    );
    let said = scratch.run(&["site", "--out", "theirs"]);
    assert!(
        !said.success && said.err.contains("`site` did not write this page"),
        "{}",
        said.err
    );
    assert_eq!(
        std::fs::read_dir(scratch.path("theirs")).unwrap().count(),
        1
    );
    assert!(scratch.read("theirs/index.html").contains("My garden"));
}

fn symbol(code: &errbook_spec::Code) -> Option<String> {
    code.symbol.as_ref().map(|symbol| symbol.value.clone())
}

#[test]
fn the_vectors_are_json_with_the_documented_fields() {
    let text = &vectors(&book()).unwrap()[0].text;
    let value: Value = serde_json::from_str(text).unwrap();
    let codes = value["codes"].as_array().unwrap();
    let found = codes
        .iter()
        .find(|code| code["set"] == "FaceCode" && code["number"] == -5007)
        .unwrap();
    assert_eq!(
        found["message"]["en"],
        "The video has no sound, or the sound is too quiet."
    );
    assert_eq!(found["billing"], "unspecified");
}

#[test]
fn translations_round_trip_through_gettext() {
    for (name, language) in [("shop", "en"), ("shop", "zh-CN")] {
        let scratch = Scratch::regenerated();
        let file = format!("{SHOP}/messages/{language}.toml");
        let before = scratch.read(&file);
        let said = scratch.run(&["export", "po", name, "--locale", language]);
        assert!(said.success, "{}", said.err);
        scratch.write("a.po", &said.out);
        let back = scratch.run(&["import", &scratch.path("a.po").display().to_string()]);
        assert!(
            back.success
                && back
                    .out
                    .contains("0 added, 0 changed, 0 resolved, 0 removed"),
            "{}{}",
            back.out,
            back.err
        );
        assert_eq!(scratch.read(&file), before);
    }
}

#[test]
fn a_stale_translation_is_fuzzy_until_it_is_reviewed() {
    let scratch = Scratch::regenerated();
    let file = format!("{SHOP}/messages/en.toml");
    // The vendor changes a translated text.
    let translations = scratch.read(&file);
    let of = "缺少参数";
    assert!(translations.contains(&format!("of = \"{of}\"")));
    scratch.write(
        &format!("{SHOP}/source.md"),
        &scratch
            .read(&format!("{SHOP}/source.md"))
            .replace(of, &format!("{of}吗")),
    );
    let po = scratch.run(&["export", "po", "shop", "--locale", "en"]).out;
    assert!(
        po.contains(&format!("#, fuzzy\n#| msgid \"{of}\"\n")),
        "{po}"
    );
    let path = scratch.path("a.po").display().to_string();
    scratch.write("a.po", &po);
    assert!(scratch.run(&["import", &path]).success);
    assert_eq!(
        scratch.read(&file),
        translations,
        "a fuzzy entry changes nothing"
    );
    // The translator removes the mark and, as gettext's editors do, the previous text.
    let lines = po
        .lines()
        .filter(|line| !line.starts_with("#, fuzzy") && !line.starts_with("#|"));
    scratch.write("a.po", &lines.collect::<Vec<_>>().join("\n"));
    let said = scratch.run(&["import", &path]);
    assert!(said.out.contains("1 resolved"), "{}{}", said.out, said.err);
    assert!(scratch.read(&file).contains(&format!("of = \"{of}吗\"")));
    assert_eq!(
        scratch.read(&file).lines().count(),
        translations.lines().count()
    );
}

#[test]
fn a_translation_marked_stale_stays_stale_until_the_mark_is_removed() {
    let scratch = Scratch::regenerated();
    let file = format!("{SHOP}/messages/en.toml");
    let translations = scratch.read(&file);
    let spec = scratch.spec();
    let po = scratch.run(&["export", "po", "shop", "--locale", "en"]).out;
    let path = scratch.path("a.po").display().to_string();
    let entry = "msgid \"缺少参数\"\n";
    assert_eq!(po.matches(entry).count(), 1);
    scratch.write("a.po", &po.replace(entry, &format!("#, fuzzy\n{entry}")));
    let said = scratch.run(&["import", &path]);
    assert!(
        said.out
            .contains("0 added, 0 changed, 0 resolved, 0 removed, 1 marked as stale"),
        "{}",
        said.out
    );
    assert_eq!(scratch.read(&file).matches("stale = true\n").count(), 1);
    let said = scratch.run(&["regen"]);
    assert!(
        said.success && said.out.contains("`缺少参数` is marked"),
        "{}{}",
        said.out,
        said.err
    );
    assert_ne!(
        scratch.spec(),
        spec,
        "the spec still contains a translation that is marked as stale"
    );
    // The marked entry is exported as it was imported, and importing it again changes nothing.
    let marked = scratch.run(&["export", "po", "shop", "--locale", "en"]).out;
    assert_eq!(marked, scratch.read("a.po"));
    let said = scratch.run(&["import", &path]).out;
    assert!(
        said.contains("0 removed; 13 texts left to translate, 1 stale (fuzzy)\n"),
        "{said}"
    );
    scratch.write("a.po", &po);
    assert!(
        scratch
            .run(&["import", &path])
            .out
            .contains("1 resolved, 0 removed;")
    );
    assert!(scratch.run(&["regen"]).success);
    assert_eq!((scratch.read(&file), scratch.spec()), (translations, spec));
}

#[test]
fn an_empty_translation_file_round_trips_through_gettext() {
    let scratch = Scratch::regenerated();
    assert!(scratch.run(&["messages", "shop", "fr"]).success);
    let file = format!("{SHOP}/messages/fr.toml");
    let before = scratch.read(&file);
    scratch.write(
        "a.po",
        &scratch.run(&["export", "po", "shop", "--locale", "fr"]).out,
    );
    let said = scratch.run(&["import", &scratch.path("a.po").display().to_string()]);
    assert!(
        said.success
            && said
                .out
                .contains("0 resolved, 0 removed; 22 texts left to translate\n"),
        "{}",
        said.out
    );
    assert_eq!(scratch.read(&file), before);
}

#[test]
fn an_invalid_catalogue_is_refused_with_its_line() {
    let scratch = Scratch::regenerated();
    let english = format!("{SHOP}/messages/en.toml");
    let french = format!("{SHOP}/messages/fr.toml");
    let before = scratch.read(&english);
    let po = scratch.run(&["export", "po", "shop", "--locale", "en"]).out;
    let other = scratch.run(&["export", "po", "shop", "--locale", "fr"]).out;
    let filled = other.replacen("msgstr \"\"\n\n", "msgstr \"Une erreur\"\n\n", 1);
    assert_ne!(other, filled);
    scratch.write("b.po", &filled);
    let head = format!("{}\n", po.trim_end());
    let entry = "msgid \"缺少参数\"\nmsgstr ";
    let at = po[..po.find(entry).unwrap()].lines().count() + 2;
    let last = head.lines().count();
    let translation = po
        .lines()
        .nth(at - 1)
        .unwrap()
        .trim_start_matches("msgstr ");
    let with_translation =
        |text: &str| po.replace(&format!("{entry}{translation}"), &format!("{entry}{text}"));
    for (text, line, words) in [
        (
            format!("{head}\n{entry}\"Another.\"\n"),
            last + 3,
            format!("is already translated at line {at}"),
        ),
        (
            format!("{head}\nmsgid \"未知文本\"\nmsgstr \"Unknown.\"\n"),
            last + 2,
            "unknown text `未知文本`".to_owned(),
        ),
        (
            format!("{head}\nmsgctxt \"NoCode.1\"\nmsgid \"未知文本\"\nmsgstr \"Unknown.\"\n"),
            last + 4,
            "`NoCode.1` is not a set or a code of shop".to_owned(),
        ),
        (
            with_translation("\"   \""),
            at,
            "this translation is only whitespace".to_owned(),
        ),
        (
            with_translation("\"a\\tb\""),
            at,
            "the control character U+0009".to_owned(),
        ),
        (
            with_translation("\"See <video>.\""),
            at,
            "<video>".to_owned(),
        ),
        (
            with_translation("\"a\\qb\""),
            at,
            "`\\q` is not a valid escape".to_owned(),
        ),
        (
            po.replace(entry, "msgid \"缺少参数\"\nmsgid_plural \"s\"\nmsgstr[0] "),
            at,
            "plural".to_owned(),
        ),
        (
            po.replace("X-Errbook-Language: en\\n", "X-Errbook-Language: EN\\n"),
            14,
            "is not a language tag".to_owned(),
        ),
    ] {
        scratch.write("a.po", &text);
        // Neither catalogue is imported, in either order.
        for names in [["a.po", "b.po"], ["b.po", "a.po"]] {
            let said = scratch.run(&["import", names[0], names[1]]);
            assert!(
                !said.success && said.err.contains(&words),
                "{words}: {}{}",
                said.out,
                said.err
            );
            assert!(
                said.err.contains(&format!("a.po:{line}")),
                "{line}: {}",
                said.err
            );
            assert!(
                said.err.contains("nothing was written") && said.out.is_empty(),
                "{}{}",
                said.out,
                said.err
            );
            assert_eq!(scratch.read(&english), before);
            assert!(!scratch.path(&french).exists());
        }
    }
    scratch.write("a.po", &po);
    assert!(
        scratch
            .run(&["import", "a.po", "a.po"])
            .err
            .contains("the same translation file as a.po")
    );
    assert!(scratch.run(&["import", "a.po", "b.po"]).success && scratch.path(&french).exists());
}

#[test]
fn the_catalogue_of_another_vendor_is_refused_in_a_few_lines() {
    let scratch = Scratch::regenerated();
    let po = scratch.run(&["export", "po", "shop", "--locale", "en"]).out;
    let entry =
        |id: usize| format!("msgid \"别家的错误 {id}\"\nmsgstr \"Another vendor's {id}.\"\n\n");
    scratch.write(
        "a.po",
        &format!("{po}\n{}", (0..94).map(entry).collect::<String>()),
    );
    let said = scratch.run(&["import", "a.po"]);
    assert!(
        !said.success && said.err.contains("and 84 more"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("94 problems; nothing was written"),
        "{}",
        said.err
    );
}

#[test]
fn translations_are_added_changed_and_removed() {
    let scratch = Scratch::regenerated();
    let po = scratch.run(&["export", "po", "shop", "--locale", "fr"]).out;
    let path = scratch.path("a.po").display().to_string();
    let at = po.rfind("msgstr \"\"").unwrap();
    scratch.write(
        "a.po",
        &format!(
            "{}msgstr \"Une \\\"erreur\\\"\"{}",
            &po[..at],
            &po[at + 9..]
        ),
    );
    let said = scratch.run(&["import", &path]);
    assert!(
        said.out.contains("messages/fr.toml: 1 added"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(scratch.run(&["regen"]).success);
    assert!(scratch.spec().contains("fr = \"Une \\\"erreur\\\"\""));
    let po = scratch.run(&["export", "po", "shop", "--locale", "fr"]).out;
    scratch.write("a.po", &po.replace("Une ", "L’"));
    assert!(scratch.run(&["import", &path]).out.contains("1 changed"));
    scratch.write("a.po", &po.replace("\"Une \\\"erreur\\\"\"", "\"\""));
    assert!(scratch.run(&["import", &path]).out.contains("1 removed"));
    scratch.write("a.po", "msgid \"a\"\nmsgstr \"b\"\n");
    assert!(
        scratch
            .run(&["import", &path])
            .err
            .contains("missing header `X-Errbook-Vendor`")
    );
    scratch.write("a.po", "not gettext\n");
    assert!(
        scratch
            .run(&["import", &path])
            .err
            .contains("not a valid gettext line")
    );
}

#[test]
fn completions_and_manual_pages_list_the_commands() {
    let scratch = Scratch::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = scratch.run(&["completions", shell]);
        assert!(said.success && said.out.contains("explain"), "{shell}");
    }
    assert!(scratch.run(&["man"]).out.contains(".TH errbook"));
    assert!(
        scratch
            .run(&["man", "--out", &scratch.path("man").display().to_string()])
            .success
    );
    assert!(scratch.path("man/errbook-explain.1").exists());
}
