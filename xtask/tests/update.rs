//! The command `update`: the changes that it shows, what it refuses, and what it writes.

use std::fs;

use crate::scratch::{SHOP, Scratch};

const NEW: &str = "new.md";

/// The shop, and a new document in which each `from` is replaced with `to`.
fn with_new_document(edits: &[(&str, &str)]) -> Scratch {
    let scratch = Scratch::regenerated();
    let mut text = scratch.read(&format!("{SHOP}/source.md"));
    for (from, to) in edits {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replace(from, to);
    }
    scratch.write(NEW, &text);
    scratch
}

/// The document and the spec of the shop.
fn read_files(scratch: &Scratch) -> (String, String) {
    (scratch.read(&format!("{SHOP}/source.md")), scratch.spec())
}

const FLIP: (&str, &str) = ("| 1 | 系统错误 | 否 |", "| 1 | 系统错误 | 是 |");
const ROW: (&str, &str) = ("| 0100 | 复印件 |\n", "");

#[test]
fn a_dry_run_shows_the_changes_and_writes_nothing() {
    let scratch = with_new_document(&[FLIP, ("| -2/-3 |", "| 7 | 新的错误 | |\n| -2/-3 |")]);
    let before = read_files(&scratch);
    let said = scratch.run(&["update", "shop", "new.md", "--dry-run"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!(said.out);
    assert_eq!(read_files(&scratch), before);
    assert!(!scratch.path(".errbook/journal").exists());
}

#[test]
fn an_update_replaces_the_document_byte_for_byte() {
    let scratch = with_new_document(&[FLIP]);
    let text = scratch.read(NEW);
    // A byte order mark, CRLF line ends and a missing final newline are kept, too.
    let bytes = format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n")).into_bytes();
    fs::write(scratch.path(NEW), &bytes).unwrap();
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(said.success, "{}", said.err);
    assert_eq!(
        fs::read(scratch.path(&format!("{SHOP}/source.md"))).unwrap(),
        bytes
    );
    assert!(
        scratch.run(&["regen", "--check"]).success,
        "the spec is out of date"
    );
    assert!(
        said.out
            .contains("billing-changed  ApiCode.1 SystemError: free → billed"),
        "{}",
        said.out
    );
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(
        said.success && said.out.starts_with("no differences\n"),
        "{}",
        said.out
    );
}

#[test]
fn json_output_contains_only_json() {
    let scratch = with_new_document(&[FLIP]);
    let said = scratch.run(&["update", "shop", "new.md", "--format", "json"]);
    assert!(said.success && said.err.contains("written"), "{}", said.err);
    let read: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(read["findings"][0]["class"], "billing-changed");
    let said = scratch.run(&["update", "shop", "new.md", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert!(said.err.contains("unchanged") && read["findings"].as_array().unwrap().is_empty());
}

#[test]
fn missing_rows_are_refused_until_they_are_confirmed() {
    let scratch = with_new_document(&[ROW]);
    let before = read_files(&scratch);
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(!said.success);
    assert!(
        said.err
            .contains("OrderWarning: 1 code is not in the new document: 0100 Photocopy"),
        "{}",
        said.err
    );
    assert_eq!(read_files(&scratch), before);
    let said = scratch.run(&["update", "shop", "new.md", "--accept-removals"]);
    assert!(said.success, "{}", said.err);
    assert!(
        scratch
            .spec()
            .contains("status = \"retired\"\nretired-in = \"sha256:"),
        "{}",
        scratch.spec()
    );
    let said = scratch.run(&["explain", "Photocopy", "--locale", "en"]);
    assert!(
        said.out.contains("retired in edition sha256:"),
        "{}",
        said.out
    );
}

#[test]
fn an_added_row_does_not_compensate_for_a_missing_one_in_another_set() {
    let scratch = with_new_document(&[ROW, ("| -2/-3 |", "| 7 | 新的错误 | |\n| -2/-3 |")]);
    assert!(!scratch.run(&["update", "shop", "new.md"]).success);
}

#[test]
fn a_missing_table_and_a_missing_quote_are_refused() {
    for edit in [
        ("## HTTP 错误", "## 别的"),
        ("返回码为 0 时收费", "返回码为 0 时扣费"),
    ] {
        let scratch = with_new_document(&[edit]);
        let before = read_files(&scratch);
        let said = scratch.run(&["update", "shop", "new.md", "--accept-removals"]);
        assert!(
            !said.success && said.err.contains("nothing was written"),
            "{}",
            said.err
        );
        assert_eq!(read_files(&scratch), before);
    }
}

#[test]
fn a_file_that_is_not_a_document_is_refused() {
    let scratch = with_new_document(&[]);
    fs::write(scratch.path("broken.md"), b"| \xff |").unwrap();
    for (arguments, words) in [
        (["update", "shpo", "new.md"], "did you mean `shop`?"),
        (["update", "shop", "none.md"], "there is no such file"),
        (["update", "shop", "broken.md"], "not valid UTF-8"),
    ] {
        let said = scratch.run(&arguments);
        assert!(!said.success && said.err.contains(words), "{}", said.err);
    }
}

#[test]
fn a_named_edition_is_shown_by_its_name() {
    let scratch = with_new_document(&[ROW]);
    scratch.edit(
        "overlay.toml",
        "title = \"商店\"\n",
        "title = \"商店\"\nedition = \"V2.1\"\n",
    );
    assert!(
        scratch
            .run(&["update", "shop", "new.md", "--accept-removals"])
            .success
    );
    assert!(scratch.spec().contains("retired-in = \"V2.1\""));
    scratch.edit(
        "overlay.toml",
        "edition = \"V2.1\"\n",
        "edition = \"V2.2\"\n",
    );
    scratch.run(&["regen"]);
    assert!(
        scratch.spec().contains("retired-in = \"V2.1\""),
        "the edition of an earlier retirement changed"
    );
}

#[test]
fn a_renumbered_code_is_proposed_and_never_assumed() {
    let scratch = with_new_document(&[("| -1 | 参数错误 |", "| -9 | 参数错误 |")]);
    let said = scratch.run(&["update", "shop", "new.md", "--accept-removals"]);
    assert!(said.success, "{}", said.err);
    assert!(said.out.contains("rename-proposed"), "{}", said.out);
    assert!(!scratch.spec().contains("replaced-by"));

    // The printed line keeps the existing keys of the overlay, and adds the replacement.
    let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
    let before = overlay
        .lines()
        .find(|line| line.starts_with("-1 = {"))
        .unwrap();
    let line = said
        .out
        .lines()
        .find_map(|line| line.split_once("under [set.OrderCode.code]: "))
        .unwrap()
        .1;
    assert_eq!(
        line,
        before.replace(" }", ", replaced-by = \"OrderCode.-9\" }")
    );
    let other = with_new_document(&[("| -1 | 参数错误 |", "| -9 | 参数错误 |")]);
    other.edit("overlay.toml", before, line);
    let said = other.run(&["update", "shop", "new.md", "--dry-run"]);
    assert!(
        said.out
            .contains("InvalidArgument: 参数错误; use OrderCode.-9 instead\n"),
        "{}{}",
        said.out,
        said.err
    );
    scratch.edit("overlay.toml", before, line);
    assert!(scratch.run(&["regen"]).success);
    assert!(scratch.spec().contains("replaced-by = \"OrderCode.-9\""));
}

/// The numbers of rows say nothing: the vendor may withdraw some codes and add more.
#[test]
fn new_codes_do_not_make_up_for_codes_that_are_gone() {
    let scratch =
        with_new_document(&[("| 1 | 系统错误 | 否 |", "| 8 | 甲 | 否 |\n| 9 | 乙 | 否 |")]);
    let before = read_files(&scratch);
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(!said.success);
    assert!(
        said.err
            .contains("ApiCode: 1 code is not in the new document: 1 SystemError"),
        "{}",
        said.err
    );
    assert_eq!(read_files(&scratch), before);
    assert!(
        scratch
            .run(&["update", "shop", "new.md", "--accept-removals"])
            .success
    );
    assert!(scratch.spec().contains("status = \"retired\""));
}

/// One refusal for one cause, with the lines to write; the flag writes them.
#[test]
fn headings_that_changed_are_one_problem_and_can_be_accepted() {
    let scratch = with_new_document(&[("## HTTP 错误", "## HTTP 状态")]);
    let before = scratch.tree();
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(!said.success);
    assert!(
        said.err.contains("`HTTP 错误` is now `HTTP 状态`") && said.err.contains("1 problem;"),
        "{}",
        said.err
    );
    assert_eq!(scratch.tree(), before);
    let said = scratch.run(&["update", "shop", "new.md", "--accept-headings"]);
    assert!(said.success, "{}", said.err);
    assert!(said.out.contains("headings-changed"), "{}", said.out);
    let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
    assert!(
        overlay.contains("HTTP 状态") && !overlay.contains("HTTP 错误"),
        "{overlay}"
    );
    assert!(scratch.run(&["regen", "--check"]).success);
}

/// A column is followed by its cells, as a table is by its codes: in a table of its own or inline.
#[test]
fn headers_that_changed_are_one_problem_and_can_be_accepted() {
    let scratch = with_new_document(&[
        ("| 警告码 | 返回信息 |", "| 告警码 | 描述 |"),
        (
            "| HTTP 状态码 | 错误信息 | 说明 |",
            "| HTTP 状态码 | 错误标识 | 描述 |",
        ),
    ]);
    scratch.edit(
        "overlay.toml",
        "wire = \"flags\"\n",
        "wire = \"flags\"\ncolumns = { \"警告码\" = \"code\", \"返回信息\" = \"message\" } # as is\n",
    );
    scratch.edit(
        "overlay.toml",
        "http = \"code\"\n",
        "http = \"code\"\n\n[set.HttpError.columns]\n\"HTTP 状态码\" = \"code\"\n\
         # The vendor's name.\n\"错误信息\" = \"symbol\"\n\"说明\" = \"message\"\n",
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    let before = scratch.tree();
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(!said.success);
    for text in [
        "headings above 1 table and headers above 4 columns: ",
        "the column `警告码` is now `告警码`: write `\"告警码\" = \"code\"`",
        "the column `说明` is now `描述`: write `\"描述\" = \"message\"`",
        "no table under the heading `订单警告码` has a column `警告码`: write `table = \"订单警告码\"`",
        "1 problem;",
    ] {
        assert!(said.err.contains(text), "{text}: {}", said.err);
    }
    assert_eq!(scratch.tree(), before);
    let said = scratch.run(&["update", "shop", "new.md", "--accept-headings"]);
    assert!(said.success, "{}", said.err);
    assert!(
        said.out.contains("the column `错误信息` is now `错误标识`"),
        "{}",
        said.out
    );
    let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
    for text in [
        "columns = { \"告警码\" = \"code\", \"描述\" = \"message\" } # as is\n",
        "[set.HttpError.columns]\n\"HTTP 状态码\" = \"code\"\n# The vendor's name.\n\
         \"错误标识\" = \"symbol\"\n\"描述\" = \"message\"\n",
    ] {
        assert!(overlay.contains(text), "{overlay}");
    }
    let said = scratch.run(&["regen", "--check"]);
    assert!(said.success, "{}{}", said.out, said.err);
}

/// A text of which nothing is left needs a decision; the words of the decision hold it to this text.
#[test]
fn another_meaning_under_the_same_number_is_refused_until_it_is_decided() {
    let edit = ("| 1 | 系统错误 | 否 |", "| 1 | 余额不足 | 否 |");
    let scratch = with_new_document(&[edit]);
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(!said.success);
    assert!(
        said.err.contains("`ApiCode.1` may have another meaning")
            && said.err.contains("same = \"余额不足\""),
        "{}",
        said.err
    );
    for (decision, is_enough) in [
        ("same = true", true),
        ("same = \"余额不足\"", true),
        ("same = \"别的\"", false),
        ("same = false", false),
    ] {
        let scratch = with_new_document(&[edit]);
        let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
        let entry = overlay
            .lines()
            .find(|line| line.starts_with("1 = {") && line.contains("SystemError"));
        let entry = entry.unwrap();
        scratch.edit(
            "overlay.toml",
            entry,
            &entry.replace(" }", &format!(", {decision} }}")),
        );
        let said = scratch.run(&["update", "shop", "new.md"]);
        assert_eq!(said.success, is_enough, "{decision}: {}", said.err);
    }
}

/// What the document says and no fact keeps is compared as well.
#[test]
fn changes_that_no_fact_shows_are_findings() {
    let scratch = with_new_document(&[(
        "# 商店错误码",
        "Since May, 1 is billed twice.\n\n# 商店错误码",
    )]);
    let said = scratch.run(&["update", "shop", "new.md", "--dry-run"]);
    assert!(
        said.success
            && said.out.contains("unread-changed")
            && said
                .out
                .contains("no fact keeps: `Since May, 1 is billed twice.`"),
        "{}{}",
        said.out,
        said.err
    );
    // The form alone says nothing.
    let text = scratch.read(&format!("{SHOP}/source.md"));
    scratch.write(NEW, &format!("\n{}\n\n", text.trim_end()));
    let said = scratch.run(&["update", "shop", "new.md", "--dry-run"]);
    assert!(said.out.starts_with("no differences\n"), "{}", said.out);
}

/// Two tables have become one, one has another heading, one is gone and one is new, and a text is
/// another one: a person sees all of it at once, and the flags write what follows from it.
#[test]
fn a_new_edition_is_reported_at_once() {
    let scratch = with_new_document(&[
        (
            "## 2.2 订单警告码\n\n| 警告码 |",
            "## 订单提示码\n\n| 提示码 |",
        ),
        (
            "| 2 | 比对失败 | 是 |\n\n### 图片错误码\n\n\
             | 错误码 | 含义 | 是否收费 |\n|---|---|---|\n",
            "| 2 | 余额不足 | 是 |\n",
        ),
        (
            "## HTTP 错误\n\n| HTTP 状态码 | 错误信息 | 说明 |\n|---|---|---|\n\
             | 400 | MISSING_ARGUMENTS:<key> | 缺少参数 |\n| 400 | BAD_SIZE:size> | 尺寸错误 |\n\
             | 500 | INTERNAL_ERROR | 内部错误 |\n",
            "### 支付错误码\n\n| 错误码 | 含义 | 是否收费 |\n|---|---|---|\n\
             | 901 | 支付超时 | 否 |\n",
        ),
    ]);
    let before = scratch.tree();
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(!said.success);
    for text in [
        "`订单警告码` is now `订单提示码`, with 2 codes that were there before",
        "the table under `图片错误码` is a part of another table",
        "HttpError: the table under `HTTP 错误` and 3 codes are not in the new document",
        "`ApiCode.2` may have another meaning",
        " = \"支付错误码\"` to `sections` of `[set.ApiCode]`",
        "4 problems;",
    ] {
        assert!(said.err.contains(text), "{text}: {}", said.err);
    }
    assert!(
        said.out.contains("ApiCode.101 PictureTooLarge"),
        "{}",
        said.out
    );
    assert_eq!(scratch.tree(), before);

    scratch.edit(
        "overlay.toml",
        "kind = \"image-quality\" }\n101",
        "kind = \"image-quality\", same = true }\n101",
    );
    let section = "picture = \"图片错误码\"\n";
    let sections = format!("{section}payment = \"支付错误码\"\n");
    scratch.edit("overlay.toml", section, &sections);
    let flags = ["--accept-headings", "--accept-removals"];
    let said = scratch.run(&[&["update", "shop", "new.md"][..], &flags].concat());
    assert!(said.success, "{}", said.err);
    let overlay = scratch.read(&format!("{SHOP}/overlay.toml"));
    assert!(
        overlay.contains("[set.OrderWarning]\ntable = \"订单提示码\"\n"),
        "{overlay}"
    );
    assert!(
        !overlay.contains("图片错误码") && !overlay.contains("HTTP 错误"),
        "{overlay}"
    );
    assert!(overlay.contains("status = \"retired\""), "{overlay}");
    let said = scratch.run(&["regen", "--check"]);
    assert!(said.success, "{}{}", said.out, said.err);
}

/// The codes of a table are in three tables now: the lines for all of them are proposed.
#[test]
fn a_table_that_was_divided_is_one_problem() {
    let head = "| 返回码 | 返回信息 | 处理措施 |\n|---|---|---|\n";
    let pictures = format!("\n## 图片\n\n{head}| -2/-3 |");
    let files = format!("\n## 文件\n\n{head}| 1001 |");
    let scratch = with_new_document(&[
        ("## 2.1 订单返回码", "## 2.1 结果"),
        ("| -2/-3 |", &pictures),
        ("| 1001 |", &files),
    ]);
    let said = scratch.run(&["update", "shop", "new.md"]);
    assert!(!said.success);
    for text in [
        "5 of its 5 codes are in 3 other tables now: write in place of it, under \
         `[set.OrderCode.sections]`, ",
        " = \"结果\"`, ",
        " = \"图片\"`, ",
        " = \"文件\"`\n",
        "1 problem;",
    ] {
        assert!(said.err.contains(text), "{text}: {}", said.err);
    }
}

/// A text that differs only in its form is the same: its translation stays, and so does a quote of it.
#[test]
fn the_form_of_a_text_does_not_matter() {
    let scratch = with_new_document(&[
        ("| 0 | 成功 | |", "| 0 | 成功。 | - |"),
        ("Faile to read picture.", "faile to read Picture"),
        (
            "返回码为 0 时收费，其余不收费",
            "返回码为 0 时收费；其余不收费",
        ),
    ]);
    let said = scratch.run(&["update", "shop", "new.md", "--format", "json"]);
    assert!(said.success, "{}", said.err);
    for class in [
        "translation-stale",
        "remedy-changed",
        "\"warning\"",
        "\"info\"",
    ] {
        assert!(!said.out.contains(class), "{class}: {}", said.out);
    }
    assert_eq!(said.out.matches("\"cosmetic\"").count(), 3, "{}", said.out);
}
