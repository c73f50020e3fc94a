//! The command `regen`: what it writes, what it keeps, and what it prints.

use crate::scratch::{SHOP, Scratch};

/// The keys of a code of the spec, as text.
fn stanza(spec: &str, code: &str) -> String {
    let begins = format!("code = \"{code}\"\n");
    let found = spec
        .split("\n[[set.code]]\n")
        .find(|stanza| stanza.starts_with(&begins));
    found
        .unwrap_or_else(|| panic!("no code {code}"))
        .split("\n\n")
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn the_spec_contains_everything_from_the_three_files() {
    let scratch = Scratch::new();
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!("spec", scratch.spec());
    insta::assert_snapshot!("account", said.out);
}

#[test]
fn a_second_run_changes_nothing() {
    let scratch = Scratch::regenerated();
    let before = (
        scratch.spec(),
        scratch
            .path(&format!("{SHOP}/spec.toml"))
            .metadata()
            .unwrap()
            .modified()
            .unwrap(),
    );
    let said = scratch.run(&["regen"]);
    assert!(
        said.out.contains("shop: spec.toml unchanged"),
        "{}",
        said.out
    );
    let after = (
        scratch.spec(),
        scratch
            .path(&format!("{SHOP}/spec.toml"))
            .metadata()
            .unwrap()
            .modified()
            .unwrap(),
    );
    assert_eq!(before, after);
}

#[test]
fn a_missing_spec_is_refused_unless_the_vendor_is_new() {
    let scratch = Scratch::new();
    let said = scratch.run(&["regen"]);
    assert!(!said.success);
    insta::assert_snapshot!(said.err);
    assert!(!scratch.path(&format!("{SHOP}/spec.toml")).exists());
}

#[test]
fn the_option_new_keeps_retired_codes() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.run(&["regen"]);
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    assert!(stanza(&scratch.spec(), "0100").contains("status = \"retired\""));
}

#[test]
fn a_deleted_row_is_retired_and_revived_under_its_old_name() {
    let scratch = Scratch::regenerated();
    let before = scratch.spec();
    let row = "| -1 | 参数错误 | 请检查参数 |\n";
    scratch.edit("source.md", row, "");
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!("retired", said.out);
    let retired = scratch.spec();
    insta::assert_snapshot!("retired_stanza", stanza(&retired, "-1"));
    let order = |spec: &str, code: &str| spec.find(&format!("code = \"{code}\"")).unwrap();
    assert!(
        order(&retired, "0") < order(&retired, "-1")
            && order(&retired, "-1") < order(&retired, "-2")
    );

    assert!(
        scratch.run(&["regen"]).out.contains("unchanged"),
        "a retired code stays as it is"
    );

    scratch.edit("source.md", "| -2/-3 |", &format!("{row}| -2/-3 |"));
    let said = scratch.run(&["regen"]);
    assert!(
        said.out.contains(
            "+ OrderCode.-1 `InvalidArgument` is in the document again: no longer retired"
        ),
        "{}",
        said.out
    );
    assert_eq!(scratch.spec(), before);
}

#[test]
fn a_code_of_a_shared_cell_is_retired_alone() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| -2/-3 |", "| -3 |");
    let said = scratch.run(&["regen"]);
    assert!(
        said.out
            .contains("- OrderCode.-2 `BlurredPicture2` is no longer in the document"),
        "{}",
        said.out
    );
    assert!(!stanza(&scratch.spec(), "-3").contains("retired"));
}

#[test]
fn overlay_entries_still_apply_to_a_retired_code() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.edit(
        "overlay.toml",
        "0100 = { variant = \"Photocopy\", kind = \"image-quality\" }",
        "0100 = { variant = \"Copy\", was-variant = [\"Photocopy\"], kind = \"vendor-internal\", \
         replaced-by = \"OrderWarning.1000\" }",
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!(stanza(&scratch.spec(), "0100"));
}

#[test]
fn a_removed_code_is_absent_and_its_overlay_entry_stays() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    let entry = "0100 = { variant = \"Photocopy\", kind = \"image-quality\" }";
    scratch.edit(
        "overlay.toml",
        entry,
        "0100 = { status = \"removed\", because = \"never sent\" }",
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    assert!(
        said.out
            .contains("- OrderWarning.0100 was removed by the overlay"),
        "{}",
        said.out
    );
    assert!(!scratch.spec().contains("\"0100\""));
    assert!(scratch.run(&["regen"]).out.contains("unchanged"));
}

#[test]
fn a_renamed_code_is_not_retired() {
    let scratch = Scratch::regenerated();
    scratch.edit(
        "source.md",
        "| 500 | INTERNAL_ERROR |",
        "| 500 | INTERNAL_FAILURE |",
    );
    scratch.edit(
        "overlay.toml",
        "500.INTERNAL_ERROR = { variant = \"InternalError\",",
        "500.INTERNAL_FAILURE = { variant = \"InternalError\", was = [\"500.INTERNAL_ERROR\"],",
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    assert!(
        !said.out.contains("retired") && !said.out.contains("is new"),
        "{}",
        said.out
    );
    insta::assert_snapshot!(stanza(&scratch.spec(), "500"));
}

#[test]
fn a_symbol_that_changed_under_its_code_is_reported() {
    let scratch = Scratch::regenerated();
    let overlay = "schema = 1\nlocale = \"zh-CN\"\n[set.LoginCode]\ntable = \"登录\"\n\
                   [set.LoginCode.code]\n1 = { variant = \"Lost\" }\n";
    let source = "## 登录\n\n| 错误码 | 错误描述 |\n|---|---|\n| LOGIN_LOST = 1 | 失败 |\n";
    scratch.write("codes/vendors/door/overlay.toml", overlay);
    scratch.write("codes/vendors/door/source.md", source);
    assert!(scratch.run(&["regen", "door", "--new"]).success);
    scratch.write(
        "codes/vendors/door/source.md",
        &source.replace("LOGIN_LOST", "LOGIN_GONE"),
    );
    let said = scratch.run(&["regen", "door"]);
    assert!(
        said.out
            .contains("! LoginCode.1 `Lost` had the symbol `LOGIN_LOST`"),
        "{}",
        said.out
    );
    scratch.write("codes/vendors/door/source.md", source);
    scratch.run(&["regen", "door"]);
    scratch.write(
        "codes/vendors/door/source.md",
        &source.replace("LOGIN_LOST", "LOGIN_GONE"),
    );
    let decodes = overlay.replace("\"Lost\"", "\"Lost\", aliases = [\"LOGIN_LOST\"]");
    scratch.write("codes/vendors/door/overlay.toml", &decodes);
    let said = scratch.run(&["regen", "door"]);
    assert!(
        said.success && !said.out.contains('!'),
        "{}{}",
        said.out,
        said.err
    );
}

#[test]
fn a_withdrawn_table_retires_its_set() {
    let scratch = Scratch::regenerated();
    let source = scratch.read(&format!("{SHOP}/source.md"));
    let (before, after) = source.split_once("## HTTP 错误").unwrap();
    let after = &after[after.find("## 参数").unwrap()..];
    scratch.write(&format!("{SHOP}/source.md"), &format!("{before}{after}"));
    assert!(
        !scratch.run(&["regen"]).success,
        "the overlay does not retire the set yet"
    );
    scratch.edit(
        "overlay.toml",
        "table = \"HTTP 错误\"\nidentity = \"code+symbol\"\nhttp = \"code\"",
        "status = \"retired\"\nidentity = \"code+symbol\"",
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    let spec = scratch.spec();
    assert!(spec.contains(
        "name = \"HttpError\"\nwire = \"integer\"\nidentity = \"code+symbol\"\nstatus = \"retired\""
    ));
    assert!(
        stanza(&spec, "500").contains("status = \"retired\""),
        "{spec}"
    );
    assert!(scratch.run(&["regen"]).out.contains("unchanged"));
}

#[test]
fn a_set_can_be_renamed() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.edit(
        "overlay.toml",
        "[set.OrderWarning]\n",
        "[set.OrderAlert]\nwas = [\"OrderWarning\"]\n",
    );
    scratch.edit(
        "overlay.toml",
        "[set.OrderWarning.code]",
        "[set.OrderAlert.code]",
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    let spec = scratch.spec();
    assert!(
        spec.contains("name = \"OrderAlert\"\nwas = [\"OrderWarning\"]"),
        "{spec}"
    );
    assert!(
        stanza(&spec, "0100").contains("retired"),
        "the retired code of the renamed set is missing"
    );
}

#[test]
fn a_code_without_a_name_gets_a_provisional_one() {
    let scratch = Scratch::regenerated();
    scratch.edit(
        "source.md",
        "| -2/-3 |",
        "| 7 | 新的错误 | |\n| 8 | 另一个错误 | |\n| -2/-3 |",
    );
    scratch.edit(
        "source.md",
        "| 500 | INTERNAL_ERROR | 内部错误 |",
        "| 500 | INTERNAL_ERROR | 内部错误 |\n| 502 | INTERNAL_ERROR | 网关 |\n\
         | 503 | SERVICE_BUSY:<reason> | 忙 |",
    );
    let messages = scratch.read(&format!("{SHOP}/messages/en.toml"));
    let more = "\n[[text]]\nof = \"另一个错误\"\nis = \"The door isn't open. Knock.\"\n";
    scratch.write(
        &format!("{SHOP}/messages/en.toml"),
        &format!("{messages}{more}"),
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    insta::assert_snapshot!(said.out);
    let spec = scratch.spec();
    for (code, name) in [
        ("7", "Unnamed7"),
        ("8", "DoorIsntOpen"),
        ("502", "InternalError502"),
        ("503", "ServiceBusy"),
    ] {
        assert!(
            stanza(&spec, code).contains(&format!("variant = \"{name}\"")),
            "{}",
            stanza(&spec, code)
        );
    }

    scratch.write(&format!("{SHOP}/messages/en.toml"), &messages);
    scratch.run(&["regen"]);
    assert!(
        stanza(&scratch.spec(), "8").contains("variant = \"Unnamed8\""),
        "the name is of a translation that is gone"
    );
}

#[test]
fn a_changed_text_makes_its_translation_stale() {
    let scratch = Scratch::regenerated();
    scratch.edit(
        "source.md",
        "| 1 | 系统错误 | 否 |",
        "| 1 | 系统发生错误 | 否 |",
    );
    let said = scratch.run(&["regen"]);
    assert!(
        said.success,
        "a stale translation is not an error: {}",
        said.err
    );
    insta::assert_snapshot!(said.out);
    assert!(!scratch.spec().contains("System error."));
}

#[test]
fn whitespace_and_the_width_of_punctuation_do_not_make_a_translation_stale() {
    let scratch = Scratch::regenerated();
    scratch.edit(
        "source.md",
        "1.请擦净镜头;<br>2.请重新拍照",
        "1. 请擦净镜头；<br> 2．请重新拍照",
    );
    let said = scratch.run(&["regen"]);
    assert!(
        said.success && !said.out.contains("stale translation"),
        "{}",
        said.out
    );
    assert!(stanza(&scratch.spec(), "-2").contains("1. Clean the lens."));
}

#[test]
fn a_retired_code_keeps_its_translations() {
    let scratch = Scratch::regenerated();
    scratch.edit(
        "source.md",
        "| 1001 | Faile to read picture. | &nbsp; |\n",
        "",
    );
    let said = scratch.run(&["regen"]);
    assert!(
        said.success && !said.out.contains("stale translation"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(stanza(&scratch.spec(), "1001").contains("message.zh-CN = \"图片无法读取\""));
}

#[test]
fn a_duplicate_row_is_one_code() {
    let scratch = Scratch::regenerated();
    scratch.edit(
        "source.md",
        "| 0100 | 复印件 |\n",
        "| 0100 | 复印件 |\n| 0100 | 复印件 |\n",
    );
    let said = scratch.run(&["regen"]);
    assert!(
        said.out
            .contains("3 accepted ->    3 codes, 1 identical to others"),
        "{}{}",
        said.out,
        said.err
    );
}

#[test]
fn numbers_before_headings_do_not_matter() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "## 2.1 订单返回码", "## 8.1、订单 返回码");
    scratch.edit("source.md", "## HTTP 错误", "## （四）ＨＴＴＰ错误");
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    assert!(scratch.spec().contains("title.zh-CN = \"订单 返回码\""));
}

#[test]
fn check_writes_nothing_and_lists_outdated_files() {
    let scratch = Scratch::regenerated();
    assert!(scratch.run(&["regen", "--check"]).success);
    scratch.edit(
        "source.md",
        "| 1 | 系统错误 | 否 |",
        "| 1 | 系统错误 | 是 |",
    );
    let before = scratch.spec();
    let said = scratch.run(&["regen", "--check"]);
    assert!(!said.success);
    insta::assert_snapshot!(said.err);
    assert_eq!(scratch.spec(), before);
}

#[test]
fn nothing_is_written_when_any_vendor_has_a_problem() {
    let scratch = Scratch::regenerated();
    scratch.write("codes/vendors/broken/source.md", "no table here\n");
    scratch.write(
        "codes/vendors/broken/overlay.toml",
        "schema = 1\nlocale = \"en\"\n[set.Code]\ntable = \"Codes\"\n",
    );
    scratch.edit(
        "source.md",
        "| 1 | 系统错误 | 否 |",
        "| 1 | 系统错误 | 是 |",
    );
    let before = scratch.spec();
    let said = scratch.run(&["regen", "--new"]);
    assert!(
        !said.success && said.err.contains("nothing was written"),
        "{}",
        said.err
    );
    assert_eq!(scratch.spec(), before);
    assert!(said.out.is_empty(), "{}", said.out);
    assert!(
        scratch.run(&["regen", "shop"]).success,
        "a problem of another vendor must not prevent it"
    );
    assert_ne!(scratch.spec(), before);
    let left: Vec<_> = std::fs::read_dir(scratch.path(SHOP))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 4, "no temporary file is left: {left:?}");
}

#[test]
fn retired_codes_of_another_branch_are_kept() {
    let scratch = Scratch::regenerated();
    scratch.git(&["init", "--quiet", "--initial-branch=main"]);
    scratch.git(&["add", "-A"]);
    assert!(scratch.git(&["commit", "--quiet", "-m", "base"]).success);
    // Their branch has a new code without a name, and a retired code.
    scratch.git(&["checkout", "--quiet", "-b", "theirs"]);
    scratch.edit("source.md", "| -2/-3 |", "| 7 | 新的错误 | |\n| -2/-3 |");
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.run(&["regen"]);
    scratch.git(&["commit", "--quiet", "-am", "theirs"]);
    // Our branch has the same base, and a document with neither of the codes.
    scratch.git(&["checkout", "--quiet", "main"]);
    scratch.edit("source.md", "| 0100 | 复印件 |\n", "");
    scratch.edit(
        "overlay.toml",
        "0100 = { variant = \"Photocopy\", kind = \"image-quality\" }\n",
        "",
    );
    let said = scratch.run(&["regen", "--previous", "theirs"]);
    assert!(said.success, "{}", said.err);
    let spec = scratch.spec();
    assert!(
        stanza(&spec, "7").contains("variant = \"Unnamed7\"\nstatus = \"retired\""),
        "{spec}"
    );
    assert!(
        stanza(&spec, "0100").contains("variant = \"Photocopy\"\nstatus = \"retired\""),
        "{spec}"
    );
    let said = scratch.run(&["regen", "--previous", "nowhere"]);
    assert!(!said.success);
    insta::assert_snapshot!(said.err);
}

/// Until a release has them, they are made again.
#[test]
fn different_provisional_names_on_two_branches_are_no_conflict() {
    let scratch = Scratch::regenerated();
    scratch.git(&["init", "--quiet", "--initial-branch=main"]);
    scratch.edit("source.md", "| -2/-3 |", "| 7 | 新的错误 | |\n| -2/-3 |");
    scratch.run(&["regen"]);
    scratch.git(&["add", "-A"]);
    assert!(scratch.git(&["commit", "--quiet", "-m", "ours"]).success);
    let renamed = scratch.spec().replace("Unnamed7", "NewError");
    scratch.write(&format!("{SHOP}/spec.toml"), &renamed);
    let said = scratch.run(&["regen", "--previous", "HEAD"]);
    assert!(said.success, "{}", said.err);
    assert!(stanza(&scratch.spec(), "7").contains("variant = \"Unnamed7\""));
    // The record of a release that cannot be read may promise any name.
    scratch.write("codes/released/shop.toml", "schema = 1\n");
    scratch.write(&format!("{SHOP}/spec.toml"), &renamed);
    let said = scratch.run(&["regen", "--previous", "HEAD"]);
    assert!(!said.success);
    insta::assert_snapshot!(said.err);
    scratch.edit(
        "overlay.toml",
        "-2 = {",
        "7 = { variant = \"Brandnew\" }\n-2 = {",
    );
    assert!(scratch.run(&["regen", "--previous", "HEAD"]).success);
}

#[test]
fn a_new_language_is_added_to_retired_codes() {
    let scratch = Scratch::regenerated();
    scratch.edit("source.md", "| -1 | 参数错误 | 请检查参数 |\n", "");
    scratch.run(&["regen"]);
    scratch.write(
        &format!("{SHOP}/messages/ja.toml"),
        "schema = 1\n[[text]]\nof = \"参数错误\"\nis = \"引数が正しくありません\"\n",
    );
    let said = scratch.run(&["regen"]);
    assert!(
        said.success && !said.out.contains("stale"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(stanza(&scratch.spec(), "-1").contains("message.ja = \"引数が正しくありません\""));
}

#[test]
fn it_runs_in_any_folder_of_the_workspace_and_nowhere_else() {
    let scratch = Scratch::regenerated();
    assert!(scratch.run_in(SHOP, &["regen", "--check"]).success);
    let said = scratch.run_in("/", &["regen", "--check"]);
    assert!(
        !said.success
            && said
                .err
                .contains("there is no errbook.toml in this folder or above it"),
        "{}",
        said.err
    );
    let root = scratch.path(".");
    assert!(
        scratch
            .run_in("/", &["--root", root.to_str().unwrap(), "regen", "--check"])
            .success
    );
    let said = scratch.run(&["regen", "--root", root.join(SHOP).to_str().unwrap()]);
    assert!(
        !said.success && said.err.contains("there is no errbook.toml in this folder"),
        "{}",
        said.err
    );
}

#[test]
fn a_code_that_the_document_calls_withdrawn_is_retired_until_the_overlay_says_otherwise() {
    let scratch = Scratch::regenerated();
    scratch.edit(
        "source.md",
        "| -1 | 参数错误 |",
        "| -1（已废弃） | 参数错误 |",
    );
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    assert!(
        said.out
            .contains("- OrderCode.-1 `InvalidArgument` is marked as no longer used"),
        "{}",
        said.out
    );
    let withdrawn = stanza(&scratch.spec(), "-1");
    assert!(withdrawn.contains("status = \"retired\""), "{withdrawn}");
    assert!(withdrawn.contains("retired-in = "), "{withdrawn}");
    assert!(scratch.run(&["regen"]).out.contains("unchanged"));

    scratch.edit("overlay.toml", "-1 = { ", "-1 = { status = \"active\", ");
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    assert!(!stanza(&scratch.spec(), "-1").contains("retired"));
}

#[test]
fn rows_of_one_code_that_disagree_on_billing_need_a_decision() {
    let scratch = Scratch::new();
    let table = "| 返回码 | 返回信息 | 处理措施 | 是否收费 |\n|---|---|---|---|\n| 0 | 成功 | | 否 |\n\
                 | -1 | 参数错误 | 请检查参数 | 否 |\n| | | 请重试 | 是 |\n";
    let old = "| 返回码 | 返回信息 | 处理措施 |\n|---|---|---|\n| 0 | 成功 | |\n| -1 | 参数错误 | 请检查参数 |\n";
    scratch.edit("source.md", old, table);
    let said = scratch.run(&["regen", "--new"]);
    assert!(!said.success);
    assert!(
        said.err.contains(
            "the rows of one code disagree on billing: line 10 says `free`, line 11 says `billed`"
        ),
        "{}",
        said.err
    );
}

/// A shop with this document and this set.
fn shop_with(document: &str, set: &str) -> Scratch {
    let scratch = Scratch::new();
    std::fs::remove_dir_all(scratch.path(&format!("{SHOP}/messages"))).unwrap();
    scratch.write(&format!("{SHOP}/source.md"), document);
    let overlay = format!("schema = 1\nlocale = \"en\"\n\n[set.OrderCode]\n{set}");
    scratch.write(&format!("{SHOP}/overlay.toml"), &overlay);
    scratch
}

#[test]
fn joined_rows_must_agree_in_all_but_their_strings() {
    let set = "table = \"Error codes\"\nrepeated = \"join\"\n";
    let scratch = shop_with(
        "# Error codes\n\n| Code | Name | Message | HTTP status | Charged |\n|---|---|---|---|---|\n\
         | 7 | BUSY | busy | 400 | Yes |\n| 7 | BUSY | closed | 500 | Yes |\n\
         | 8 | GONE | gone | 404 | No |\n| 8 | GONE | gone | 404 | No |\n\
         | 9 | LATE | late | 408 | No |\n| ~~9~~ | LATE | late | 408 | |\n",
        set,
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(!said.success);
    for problem in [
        "`7`: the rows of one code disagree on http: line 5 says `400`, line 6 says `500`",
        "`9`: the rows of one code disagree on billing: line 9 says `free`, line 10 says `nothing`",
        "`9`: the rows of one code disagree on status: line 9 says `active`, line 10 says \
         `withdrawn`",
    ] {
        assert!(said.err.contains(problem), "{problem}: {}", said.err);
    }
    assert!(!said.err.contains("`8`"), "{}", said.err);

    let decided = format!(
        "{set}[set.OrderCode.code]\n7 = {{ http = 400 }}\n\
         9 = {{ billing = \"unspecified\", status = \"active\" }}\n"
    );
    scratch.edit("overlay.toml", set, &decided);
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    assert!(said.out.contains("1 identical to others"), "{}", said.out);
    let busy = stanza(&scratch.spec(), "7");
    assert!(busy.contains("busy\nclosed"), "{busy}");
    assert!(
        busy.contains("http = 400") && busy.contains("billing = \"billed\""),
        "{busy}"
    );
    assert!(!stanza(&scratch.spec(), "9").contains("billing"));
}

#[test]
fn a_code_in_several_sections_is_in_none_and_counted() {
    let scratch = shop_with(
        "# Error codes\n\n## Orders\n\n| Code | Message |\n|---|---|\n| 1 | busy |\n| 2 | late |\n\n\
         ## Refunds\n\n| Code | Message |\n|---|---|\n| 1 | closed |\n| 3 | gone |\n",
        "repeated = \"join\"\n\n[set.OrderCode.sections]\norders = \"Orders\"\n\
         refunds = \"Refunds\"\n",
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    let expected = "1 code of OrderCode in several sections: their section is not kept";
    assert!(said.out.contains(expected), "{}", said.out);
    let spec = scratch.spec();
    assert!(!stanza(&spec, "1").contains("section"));
    assert!(stanza(&spec, "3").contains("section = \"refunds\""));
}

#[test]
fn details_and_messages_of_ranges_are_kept_or_counted() {
    let set = "table = \"Error codes\"\ncolumns = { Description = \"details\" }\n";
    let scratch = shop_with(
        "# Error codes\n\n| Code | Message | Description |\n|---|---|---|\n\
         | 1 | busy | Too many requests. |\n| 2: too slow | late | |\n",
        set,
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    let line = "details of 2 codes of OrderCode that are not kept";
    assert!(said.out.contains(line), "{}", said.out);
    assert!(!scratch.spec().contains("Too many requests."));

    scratch.edit(
        "overlay.toml",
        set,
        &format!("{set}details = \"message\"\n"),
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    assert!(!said.out.contains("not kept"), "{}", said.out);

    let row = "| 100-199 | of the network | |\n";
    let document = scratch.read(&format!("{SHOP}/source.md")) + row;
    scratch.write(&format!("{SHOP}/source.md"), &document);
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    let line = "messages of 1 range of OrderCode that are not kept";
    assert!(said.out.contains(line), "{}", said.out);
    assert!(stanza(&scratch.spec(), "1").contains("busy\nToo many requests."));
    assert!(stanza(&scratch.spec(), "2").contains("late\ntoo slow"));
}
