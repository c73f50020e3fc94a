//! The diagnostics of `regen`: a snapshot for each mistake that a person can make.

use crate::scratch::{SHOP, Scratch};

/// Changes the shop, and checks that `regen` fails with the diagnostics of the snapshot `name` and
/// writes nothing.
fn assert_refused(name: &str, change: impl Fn(&Scratch)) {
    let scratch = Scratch::regenerated();
    let before = scratch.spec();
    change(&scratch);
    let spec = std::fs::read(scratch.path(&format!("{SHOP}/spec.toml"))).unwrap_or_default();
    let said = scratch.run(&["regen"]);
    assert!(!said.success, "{name} was accepted:\n{}", said.out);
    assert_eq!(
        std::fs::read(scratch.path(&format!("{SHOP}/spec.toml"))).unwrap_or_default(),
        spec
    );
    if name != "broken_spec" {
        assert_eq!(scratch.spec(), before);
    }
    insta::assert_snapshot!(name, said.err);
}

/// The same for a change that replaces one text in one file.
fn assert_edit_refused(name: &str, file: &str, from: &str, to: &str) {
    assert_refused(name, |scratch| scratch.edit(file, from, to));
}

#[test]
fn a_document_without_a_table_of_codes_is_refused() {
    assert_refused("no_code_table", |scratch| {
        scratch.write(&format!("{SHOP}/source.md"), "# 商店\n\n什么都没有。\n");
    });
}

/// Read in another encoding, each message would be garbage that looks like text.
#[test]
fn an_encoding_that_is_not_the_documents_is_refused() {
    let scratch = Scratch::new();
    let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
    let run = |encoding: &str| {
        let text = overlay.replacen('\n', &format!("\nencoding = \"{encoding}\"\n"), 1);
        scratch.write(&format!("{SHOP}/overlay.toml"), &text);
        scratch.run(&["regen", "--new"])
    };
    let refused = run("gbk");
    assert!(
        !refused.success
            && refused
                .err
                .contains("the document is valid UTF-8, which is not gbk"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("overlay.toml:2:"), "{}", refused.err);
    let read = run("UTF-8");
    assert!(read.success, "{}", read.err);
}

#[test]
fn an_unreadable_code_cell_is_refused() {
    assert_edit_refused(
        "unreadable_code",
        "source.md",
        "| -2/-3 |",
        "| 见附录（待定）？ |",
    );
}

#[test]
fn a_duplicate_code_with_two_meanings_is_refused() {
    assert_edit_refused(
        "duplicate_code",
        "source.md",
        "| 2 | 比对失败 | 是 |",
        "| 2 | 比对失败 | 是 |\n| 1 | 网络错误 | 否 |",
    );
}

#[test]
fn a_billing_cell_that_is_neither_yes_nor_no_is_refused() {
    assert_edit_refused(
        "unread_billing",
        "source.md",
        "| 2 | 比对失败 | 是 |",
        "| 2 | 比对失败 | 视情况收费 |",
    );
}

#[test]
fn a_missing_heading_is_refused() {
    assert_edit_refused(
        "missing_heading",
        "overlay.toml",
        "table = \"订单返回码\"",
        "table = \"订单返还码\"",
    );
}

#[test]
fn a_missing_column_is_refused() {
    assert_edit_refused(
        "missing_column",
        "overlay.toml",
        "column = \"警告码\"",
        "column = \"告警码\"",
    );
}

#[test]
fn a_heading_above_two_tables_is_refused() {
    assert_edit_refused(
        "two_tables",
        "source.md",
        "## 2.2 订单警告码",
        "| 错误码 | 含义 |\n|---|---|\n| 31 | 其他错误 |\n\n## 2.2 订单警告码",
    );
}

#[test]
fn a_table_of_codes_without_a_set_is_refused() {
    assert_edit_refused(
        "table_of_no_set",
        "source.md",
        "## 参数",
        "## 五、短信错误码\n\n| 错误码 | 错误描述 |\n|---|---|\n\
         | 31 | 发送失败 |\n| 32 | 发送超时 |\n\n## 参数",
    );
}

#[test]
fn a_table_of_two_sets_is_refused() {
    assert_edit_refused(
        "two_sets",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.Other]\ntable = \"订单返回码\"\n[set.HttpError]\n",
    );
}

#[test]
fn a_missing_ignored_table_is_refused() {
    assert_edit_refused(
        "ignore_of_nothing",
        "overlay.toml",
        "[set.OrderCode]\n",
        "[[ignore]]\ntable = \"短信错误码\"\nbecause = \"not ours\"\n[set.OrderCode]\n",
    );
}

#[test]
fn a_wrong_number_of_parts_of_a_table_is_refused() {
    assert_edit_refused(
        "parts",
        "overlay.toml",
        "table = \"订单返回码\"",
        "table = { heading = \"订单返回码\", parts = 2 }",
    );
}

#[test]
fn an_overlay_entry_of_a_missing_code_is_refused() {
    assert_edit_refused(
        "missing_code",
        "overlay.toml",
        "1001 = { variant",
        "1010 = { variant",
    );
    assert_edit_refused(
        "missing_symbol",
        "overlay.toml",
        "500.INTERNAL_ERROR = {",
        "500.INTERNAL_EROR = {",
    );
}

#[test]
fn a_quote_that_is_not_in_the_document_is_refused() {
    let scratch = Scratch::new();
    scratch.edit(
        "overlay.toml",
        "比如复印件且信息不符：0101",
        "比如复印件且信息不符：0110",
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(!said.success);
    insta::assert_snapshot!("missing_quoted_code", said.err);
    assert_edit_refused(
        "missing_quote",
        "overlay.toml",
        "quote = \"请检查参数\"",
        "quote = \"请核对参数\"",
    );
    assert_edit_refused(
        "missing_rule_quote",
        "overlay.toml",
        "其余不收费\"",
        "其他不收费\"",
    );
}

#[test]
fn a_billing_rule_with_a_missing_code_is_refused() {
    assert_edit_refused(
        "rule_names_no_code",
        "overlay.toml",
        "billed = [\"0\"]",
        "billed = [\"0\", \"-10\"]",
    );
}

#[test]
fn an_unknown_kind_or_taxonomy_is_refused() {
    assert_edit_refused(
        "unknown_kind",
        "overlay.toml",
        "ComparisonFailed\", kind = \"image-quality\"",
        "ComparisonFailed\", kind = \"image-qualty\"",
    );
    assert_edit_refused(
        "unknown_taxonomy",
        "overlay.toml",
        "kinds = \"errbook\"",
        "kinds = \"errbok\"",
    );
    assert_edit_refused("no_taxonomy", "overlay.toml", "kinds = \"errbook\"\n", "");
}

#[test]
fn an_invalid_or_duplicate_variant_name_is_refused() {
    assert_edit_refused(
        "two_variants_of_one_name",
        "overlay.toml",
        "BlurredPicture3",
        "BlurredPicture2",
    );
    assert_edit_refused("keyword", "overlay.toml", "\"SystemError\"", "\"Self\"");
    assert_edit_refused(
        "digit_first",
        "overlay.toml",
        "\"SystemError\"",
        "\"1System\"",
    );
}

#[test]
fn a_code_that_does_not_fit_its_wire_type_is_refused() {
    assert_edit_refused(
        "too_wide",
        "source.md",
        "| 101 | 图片过大 | 否 |",
        "| 101 | 图片过大 | 否 |\n| 66660000001 | 图片过小 | 否 |",
    );
    assert_edit_refused(
        "bad_flag",
        "source.md",
        "| 0100 | 复印件 |",
        "| 0100 | 复印件 |\n| 0110 | 两者 |",
    );
}

#[test]
fn a_text_with_hidden_characters_is_refused() {
    assert_edit_refused(
        "bidirectional",
        "messages/en.toml",
        "is = \"System error.\"",
        "is = \"System \\u202Eerror.\"",
    );
}

#[test]
fn an_overlay_with_another_schema_version_is_refused() {
    assert_edit_refused("unknown_schema", "overlay.toml", "schema = 1", "schema = 2");
    assert_edit_refused("no_schema", "overlay.toml", "schema = 1\n", "");
}

#[test]
fn invalid_toml_is_refused() {
    assert_edit_refused(
        "broken_overlay",
        "overlay.toml",
        "kinds = \"errbook\"",
        "kinds = errbook\"",
    );
    assert_edit_refused(
        "broken_messages",
        "messages/en.toml",
        "[[text]]\nin = ",
        "[[text]\nin = ",
    );
    assert_refused("broken_spec", |scratch| {
        let spec = scratch
            .spec()
            .replace("vendor = \"shop\"", "<<<<<<< HEAD\nvendor = \"shop\"");
        scratch.write(&format!("{SHOP}/spec.toml"), &spec);
    });
}

#[test]
fn unknown_keys_and_words_are_refused() {
    assert_edit_refused(
        "unknown_key",
        "overlay.toml",
        "retry = \"never\"",
        "rety = \"never\"",
    );
    assert_edit_refused(
        "unknown_word",
        "overlay.toml",
        "retry = \"never\"",
        "retry = \"nver\"",
    );
    assert_edit_refused(
        "unknown_role",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.HttpError]\ncolumns = { \"说明\" = \"messages\" }\n",
    );
    assert_edit_refused(
        "unknown_header",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.HttpError]\ncolumns = { \"描述\" = \"message\" }\n",
    );
    assert_edit_refused("no_place", "overlay.toml", "table = \"HTTP 错误\"\n", "");
    assert_edit_refused("bad_range", "overlay.toml", "\"500..599\"", "\"500-599\"");
    assert_edit_refused(
        "key_without_symbol",
        "overlay.toml",
        "500.INTERNAL_ERROR = { variant",
        "500 = { variant",
    );
}

#[test]
fn two_translations_of_one_text_are_refused() {
    assert_edit_refused(
        "two_translations",
        "messages/en.toml",
        "[[text]]\nof = \"参数错误\"",
        "[[text]]\nof = \"成功\"\nis = \"Done.\"\n\n[[text]]\nof = \"参数错误\"",
    );
}

#[test]
fn an_unknown_parameter_is_refused() {
    assert_edit_refused(
        "unknown_parameter",
        "messages/en.toml",
        "argument <key> is",
        "argument <name> is",
    );
}

#[test]
fn a_missing_or_non_utf8_file_is_refused() {
    assert_refused("missing_source", |scratch| {
        std::fs::remove_file(scratch.path(&format!("{SHOP}/source.md"))).unwrap();
    });
    assert_refused("missing_overlay", |scratch| {
        std::fs::remove_file(scratch.path(&format!("{SHOP}/overlay.toml"))).unwrap();
    });
    assert_refused("not_utf8", |scratch| {
        let mut bytes = "# 商店错误码\n\n| 返回码 | ".as_bytes().to_vec();
        bytes.extend([0xb7, 0xb5]);
        std::fs::write(scratch.path(&format!("{SHOP}/source.md")), bytes).unwrap();
    });
}

#[test]
fn a_removed_code_that_is_back() {
    assert_edit_refused(
        "removed_is_back",
        "overlay.toml",
        "0100 = { variant = \"Photocopy\", kind = \"image-quality\" }",
        "0100 = { variant = \"Photocopy\", status = \"removed\" }",
    );
}

#[test]
fn a_set_of_the_spec_without_an_overlay_entry_is_refused() {
    assert_refused("forgotten_set", |scratch| {
        let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
        let overlay = overlay.replace("[set.OrderWarning", "[set.OrderAlert");
        scratch.write(&format!("{SHOP}/overlay.toml"), &overlay);
        scratch.write("codes/released/shop.toml", &scratch.spec());
    });
}

#[test]
fn a_retired_set_that_is_not_in_the_spec_is_refused() {
    assert_edit_refused(
        "unknown_retired_set",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.Old]\nstatus = \"retired\"\n[set.HttpError]\n",
    );
}

#[test]
fn quoted_codes_without_a_wire_type_are_refused() {
    assert_edit_refused(
        "quoted_codes",
        "source.md",
        "| 1 | 系统错误 | 否 |",
        "| ERROR = \"1\" | 系统错误 | 否 |",
    );
}

#[test]
fn codes_that_are_not_http_statuses_are_refused() {
    assert_edit_refused(
        "http_is_code",
        "overlay.toml",
        "[set.OrderCode]\n",
        "[set.OrderCode]\nhttp = \"code\"\n",
    );
}

#[test]
fn an_unknown_vendor_is_refused() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["regen", "shpo"]);
    assert!(!said.success);
    insta::assert_snapshot!("unknown_vendor", said.err);
}

/// A key that is misspelled, a word that is unknown: what else is wrong is reported in the same run.
#[test]
fn one_run_reports_the_mistakes_of_every_step() {
    assert_refused("everything_at_once", |scratch| {
        for (from, to) in [
            ("retry = \"never\"", "rety = \"nver\""),
            ("BlurredPicture3", "BlurredPicture2"),
            ("\"SystemError\"", "\"system_error\""),
            (
                "ComparisonFailed\", kind = \"image-quality\"",
                "ComparisonFailed\", kind = \"image-qualty\"",
            ),
            ("1001 = { variant", "1010 = { variant"),
            ("wire = \"flags\"", "wire = \"flag\""),
        ] {
            scratch.edit("overlay.toml", from, to);
        }
        let file = "messages/en.toml";
        scratch.edit(
            file,
            "is = \"System error.\"",
            "is = \"System \\u202Eerror.\"",
        );
    });
}
