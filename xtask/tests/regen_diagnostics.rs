//! Everything that a person can get wrong, and what is said about it: one snapshot each.

use crate::scratch::{SHOP, Scratch};

/// Changes the shop, runs `regen`, and holds what it says against a snapshot. Nothing may be written.
fn refused(name: &str, change: impl Fn(&Scratch)) {
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

/// The same, with one text of one file replaced.
fn refused_edit(name: &str, file: &str, from: &str, to: &str) {
    refused(name, |scratch| scratch.edit(file, from, to));
}

#[test]
fn a_document_without_a_table_of_codes() {
    refused("no_code_table", |scratch| {
        scratch.write(&format!("{SHOP}/source.md"), "# 商店\n\n什么都没有。\n");
    });
}

#[test]
fn a_code_cell_that_cannot_be_read() {
    refused_edit(
        "unreadable_code",
        "source.md",
        "| -2/-3 |",
        "| 见附录（待定）？ |",
    );
}

#[test]
fn a_code_that_is_there_twice_with_two_meanings() {
    refused_edit(
        "duplicate_code",
        "source.md",
        "| 2 | 比对失败 | 是 |",
        "| 2 | 比对失败 | 是 |\n| 1 | 网络错误 | 否 |",
    );
}

#[test]
fn billing_in_words_that_say_neither_yes_nor_no() {
    refused_edit(
        "unread_billing",
        "source.md",
        "| 2 | 比对失败 | 是 |",
        "| 2 | 比对失败 | 视情况收费 |",
    );
}

#[test]
fn a_heading_that_is_not_there() {
    refused_edit(
        "missing_heading",
        "overlay.toml",
        "table = \"订单返回码\"",
        "table = \"订单返还码\"",
    );
}

#[test]
fn a_column_that_is_not_there() {
    refused_edit(
        "missing_column",
        "overlay.toml",
        "column = \"警告码\"",
        "column = \"告警码\"",
    );
}

#[test]
fn a_heading_that_two_tables_stand_under() {
    refused_edit(
        "two_tables",
        "source.md",
        "## 2.2 订单警告码",
        "| 错误码 | 含义 |\n|---|---|\n| 31 | 其他错误 |\n\n## 2.2 订单警告码",
    );
}

#[test]
fn a_table_of_codes_that_belongs_to_no_set() {
    refused_edit(
        "table_of_no_set",
        "source.md",
        "## 参数",
        "## 五、短信错误码\n\n| 错误码 | 错误描述 |\n|---|---|\n| 31 | 发送失败 |\n| 32 | 发送超时 |\n\n## 参数",
    );
}

#[test]
fn a_table_that_two_sets_claim() {
    refused_edit(
        "two_sets",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.Other]\ntable = \"订单返回码\"\n[set.HttpError]\n",
    );
}

#[test]
fn an_ignored_table_that_is_gone() {
    refused_edit(
        "ignore_of_nothing",
        "overlay.toml",
        "[set.OrderCode]\n",
        "[[ignore]]\ntable = \"短信错误码\"\nbecause = \"not ours\"\n[set.OrderCode]\n",
    );
}

#[test]
fn a_table_in_more_parts_than_the_overlay_says() {
    refused_edit(
        "parts",
        "overlay.toml",
        "table = \"订单返回码\"",
        "table = { heading = \"订单返回码\", parts = 2 }",
    );
}

#[test]
fn an_entry_of_a_code_that_is_not_there() {
    refused_edit(
        "missing_code",
        "overlay.toml",
        "1001 = { variant",
        "1010 = { variant",
    );
    refused_edit(
        "missing_symbol",
        "overlay.toml",
        "500.INTERNAL_ERROR = {",
        "500.INTERNAL_EROR = {",
    );
}

#[test]
fn a_code_of_prose_whose_sentence_is_gone() {
    let scratch = Scratch::new();
    scratch.edit(
        "overlay.toml",
        "比如复印件且信息不符：0101",
        "比如复印件且信息不符：0110",
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(!said.success);
    insta::assert_snapshot!("missing_quoted_code", said.err);
    refused_edit(
        "missing_quote",
        "overlay.toml",
        "quote = \"请检查参数\"",
        "quote = \"请核对参数\"",
    );
    refused_edit(
        "missing_rule_quote",
        "overlay.toml",
        "其余不收费\"",
        "其他不收费\"",
    );
}

#[test]
fn a_rule_about_billing_that_names_no_code() {
    refused_edit(
        "rule_names_no_code",
        "overlay.toml",
        "billed = [\"0\"]",
        "billed = [\"0\", \"-10\"]",
    );
}

#[test]
fn a_kind_that_the_taxonomy_lacks() {
    refused_edit(
        "unknown_kind",
        "overlay.toml",
        "ComparisonFailed\", kind = \"image-quality\"",
        "ComparisonFailed\", kind = \"image-qualty\"",
    );
    refused_edit(
        "unknown_taxonomy",
        "overlay.toml",
        "kinds = \"errbook\"",
        "kinds = \"errbok\"",
    );
    refused_edit("no_taxonomy", "overlay.toml", "kinds = \"errbook\"\n", "");
}

#[test]
fn names_that_rust_cannot_have() {
    refused_edit(
        "two_variants_of_one_name",
        "overlay.toml",
        "BlurredPicture3",
        "BlurredPicture2",
    );
    refused_edit("keyword", "overlay.toml", "\"SystemError\"", "\"Self\"");
    refused_edit(
        "digit_first",
        "overlay.toml",
        "\"SystemError\"",
        "\"1System\"",
    );
}

#[test]
fn a_code_that_does_not_fit_its_wire_type() {
    refused_edit(
        "too_wide",
        "source.md",
        "| 101 | 图片过大 | 否 |",
        "| 101 | 图片过大 | 否 |\n| 66660000001 | 图片过小 | 否 |",
    );
    refused_edit(
        "bad_flag",
        "source.md",
        "| 0100 | 复印件 |",
        "| 0100 | 复印件 |\n| 0110 | 两者 |",
    );
}

#[test]
fn text_that_hides_what_it_says() {
    refused_edit(
        "bidirectional",
        "messages/en.toml",
        "is = \"System error.\"",
        "is = \"System \\u202Eerror.\"",
    );
}

#[test]
fn an_overlay_of_another_time() {
    refused_edit("unknown_schema", "overlay.toml", "schema = 1", "schema = 2");
    refused_edit("no_schema", "overlay.toml", "schema = 1\n", "");
}

#[test]
fn toml_that_is_none() {
    refused_edit(
        "broken_overlay",
        "overlay.toml",
        "kinds = \"errbook\"",
        "kinds = errbook\"",
    );
    refused_edit(
        "broken_messages",
        "messages/en.toml",
        "[[text]]\nin = ",
        "[[text]\nin = ",
    );
    refused("broken_spec", |scratch| {
        let spec = scratch
            .spec()
            .replace("vendor = \"shop\"", "<<<<<<< HEAD\nvendor = \"shop\"");
        scratch.write(&format!("{SHOP}/spec.toml"), &spec);
    });
}

#[test]
fn keys_that_nobody_knows() {
    refused_edit(
        "unknown_key",
        "overlay.toml",
        "retry = \"never\"",
        "rety = \"never\"",
    );
    refused_edit(
        "unknown_word",
        "overlay.toml",
        "retry = \"never\"",
        "retry = \"nver\"",
    );
    refused_edit(
        "unknown_role",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.HttpError]\ncolumns = { \"说明\" = \"messages\" }\n",
    );
    refused_edit(
        "unknown_header",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.HttpError]\ncolumns = { \"描述\" = \"message\" }\n",
    );
    refused_edit("no_place", "overlay.toml", "table = \"HTTP 错误\"\n", "");
    refused_edit("bad_range", "overlay.toml", "\"500..599\"", "\"500-599\"");
    refused_edit(
        "key_without_symbol",
        "overlay.toml",
        "500.INTERNAL_ERROR = { variant",
        "500 = { variant",
    );
}

#[test]
fn two_translations_of_one_text() {
    refused_edit(
        "two_translations",
        "messages/en.toml",
        "[[text]]\nof = \"参数错误\"",
        "[[text]]\nof = \"成 功\"\nis = \"Done.\"\n\n[[text]]\nof = \"参数错误\"",
    );
}

#[test]
fn a_parameter_that_the_code_does_not_have() {
    refused_edit(
        "unknown_parameter",
        "messages/en.toml",
        "argument <key> is",
        "argument <name> is",
    );
}

#[test]
fn a_file_that_is_missing_or_no_text() {
    refused("missing_source", |scratch| {
        std::fs::remove_file(scratch.path(&format!("{SHOP}/source.md"))).unwrap();
    });
    refused("missing_overlay", |scratch| {
        std::fs::remove_file(scratch.path(&format!("{SHOP}/overlay.toml"))).unwrap();
    });
    refused("not_utf8", |scratch| {
        let mut bytes = "# 商店错误码\n\n| 返回码 | ".as_bytes().to_vec();
        bytes.extend([0xb7, 0xb5]);
        std::fs::write(scratch.path(&format!("{SHOP}/source.md")), bytes).unwrap();
    });
}

#[test]
fn a_removed_code_that_is_back() {
    refused_edit(
        "removed_is_back",
        "overlay.toml",
        "0100 = { variant = \"Photocopy\", kind = \"image-quality\" }",
        "0100 = { variant = \"Photocopy\", status = \"removed\" }",
    );
}

#[test]
fn a_set_that_is_forgotten() {
    refused("forgotten_set", |scratch| {
        let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
        let overlay = overlay.replace("[set.OrderWarning", "[set.OrderAlert");
        scratch.write(&format!("{SHOP}/overlay.toml"), &overlay);
    });
}

#[test]
fn a_retired_set_that_nobody_remembers() {
    refused_edit(
        "unknown_retired_set",
        "overlay.toml",
        "[set.HttpError]\n",
        "[set.Old]\nstatus = \"retired\"\n[set.HttpError]\n",
    );
}

#[test]
fn codes_in_quotes_without_a_word_about_the_wire() {
    refused_edit(
        "quoted_codes",
        "source.md",
        "| 1 | 系统错误 | 否 |",
        "| ERROR = \"1\" | 系统错误 | 否 |",
    );
}

#[test]
fn an_http_status_that_is_none() {
    refused_edit(
        "http_is_code",
        "overlay.toml",
        "[set.OrderCode]\n",
        "[set.OrderCode]\nhttp = \"code\"\n",
    );
}

#[test]
fn a_vendor_that_is_not_there() {
    let scratch = Scratch::regenerated();
    let said = scratch.run(&["regen", "shpo"]);
    assert!(!said.success);
    insta::assert_snapshot!("unknown_vendor", said.err);
}
