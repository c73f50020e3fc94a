//! Names: provisional ones, proposals for them, and what is measured of the proposals.

use std::path::Path;

use errbook_cli::book::Book;
use errbook_cli::names::{figures, terms};
use errbook_cli::shipped;

use crate::scratch::{Said, Scratch};

const FOLDER: &str = "codes/vendors/vendor";

const OVERLAY: &str = "schema = 1\nlocale = \"zh-CN\"\n\n[set.SignCode]\ntable = \"错误码\"\n";

/// A page of an electronic signature service.
const DOCUMENT: &str = "# 错误码\n\n\
    | 错误码 | 错误描述 | 处理建议 |\n\
    |---|---|---|\n\
    | 1001 | 签名错误 | 请检查签名算法 |\n\
    | 1002 | 合同不存在 | |\n\
    | 1003 | 系统繁忙 | 请稍后重试 |\n\
    | 1004 | 姓名和身份证号不一致，请核实后重试 | |\n\
    | 1005 | 合同已过期 | 本次调用会计费 |\n\
    | 1006 | 不合法的请求 | 印章不存在 |\n\
    | 1007 | 不合法的请求 | 模板已过期 |\n\
    | 1008 | 文件上传失败 | |\n\
    | 1009 | 文件上传失败 | |\n\
    | 1010 | 嗯 | |\n";

fn vendor(overlay: &str, document: &str) -> Scratch {
    let scratch = Scratch::vendor(overlay, document);
    succeeds(&scratch, &["regen", "--new"]);
    scratch
}

fn succeeds(scratch: &Scratch, arguments: &[&str]) -> Said {
    let said = scratch.run(arguments);
    assert!(said.success, "{}{}", said.out, said.err);
    said
}

fn overlay(scratch: &Scratch) -> String {
    scratch.read(&format!("{FOLDER}/overlay.toml"))
}

/// The name of each code in the spec.
fn named(scratch: &Scratch) -> Vec<String> {
    let spec = scratch.read(&format!("{FOLDER}/spec.toml"));
    let lines = spec.lines();
    let names = lines.filter_map(|line| line.strip_prefix("variant = \""));
    names
        .map(|name| name.trim_end_matches('"').to_owned())
        .collect()
}

/// The text without what changes whenever the shipped vendors do: scores of kinds, and all proposals
/// but the first.
fn stable(text: &str) -> String {
    let is_kind = |line: &&str| line.starts_with("    kind: ") || line.contains("(as the kind ");
    let lines = text.lines().filter(|line| !is_kind(line)).map(|line| {
        let first = line.split(", or ").next().unwrap_or_default();
        let parts = first
            .split(" | ")
            .filter(|part| !part.starts_with("kind? "));
        parts.collect::<Vec<_>>().join(" | ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn codes_without_a_name_are_listed_with_proposals() {
    let scratch = vendor(OVERLAY, DOCUMENT);
    let out = succeeds(&scratch, &["names", "vendor"]).out;
    insta::assert_snapshot!(stable(&out));
    assert!(
        out.contains("    kind: identity-mismatch (1.00, as tencent-huiyan 2006), or "),
        "{out}"
    );
}

#[test]
fn proposals_are_written_where_a_person_would_write_them() {
    let overlay_before = format!(
        "{OVERLAY}\n\
         [set.SignCode.code]  # checked with the vendor\n\
         # 1003 = {{ variant = \"Unnamed1003\" }}  # a former draft\n\
         1001 = {{retry = \"never\"}}   # ours\n\
         1002 = {{ variant = \"NoContract\" }}  # ours too\n\
         \n\
         # The rest is not of errors.\n\
         [[ignore]]\ntable = \"其他\"\nbecause = \"no errors\"\n"
    );
    let document = format!("{DOCUMENT}\n# 其他\n\n| 错误码 | 错误描述 |\n|---|---|\n| 1 | 甲 |\n");
    let scratch = vendor(&overlay_before, &document);
    let said = succeeds(&scratch, &["names", "vendor", "--write"]);
    insta::assert_snapshot!(stable(&format!("{}\n{}", said.out, overlay(&scratch))));
    assert!(named(&scratch).contains(&"SystemBusy".to_owned()));
    succeeds(&scratch, &["regen", "--check"]);
    // Nothing is left but what nothing is proposed for.
    let before = overlay(&scratch);
    let again = succeeds(&scratch, &["names", "vendor", "--write"]);
    assert_eq!(overlay(&scratch), before, "{}", again.out);
}

#[test]
fn kinds_are_written_only_if_asked_for_and_only_into_an_overlay_with_a_taxonomy() {
    let scratch = vendor(OVERLAY, DOCUMENT);
    let said = scratch.run(&["names", "vendor", "--write", "--kinds"]);
    assert!(
        !said.success && said.err.contains("overlay has no taxonomy"),
        "{}",
        said.err
    );
    assert_eq!(overlay(&scratch), OVERLAY);

    let with_kinds = OVERLAY.replace("\n\n[set", "\nkinds = \"errbook\"\n\n[set");
    let scratch = vendor(&with_kinds, DOCUMENT);
    succeeds(&scratch, &["names", "vendor", "--write", "--kinds"]);
    let written = overlay(&scratch);
    let line = written
        .lines()
        .find(|line| line.starts_with("1004 "))
        .unwrap();
    assert!(
        line.starts_with("1004 = { variant = \"NameAndIdMismatch\", kind = "),
        "{line}"
    );
    // What a call costs is never a value, whatever the words are.
    assert!(!written.contains("billing ="), "{written}");
    assert!(written.contains("| billing? 会计费"), "{written}");
    let spec = scratch.read(&format!("{FOLDER}/spec.toml"));
    assert!(!spec.contains("billing ="), "{spec}");
}

#[test]
fn a_key_of_code_and_symbol_is_written() {
    let overlay_before = OVERLAY.replace("table = ", "identity = \"code+symbol\"\ntable = ");
    let document = "# 错误码\n\n| 错误码 | 错误标识 | 错误描述 |\n|---|---|---|\n\
                    | 400 | ERR_NO_SEAL | 印章不存在 |\n| 400 | ERR_BAD_SIGN | 签名错误 |\n\
                    | 500 | ERR_BUSY | 系统繁忙 |\n";
    let scratch = vendor(&overlay_before, document);
    succeeds(&scratch, &["names", "vendor", "--write"]);
    let written = overlay(&scratch);
    // What all symbols begin with says nothing.
    assert!(
        written.contains("400.ERR_NO_SEAL = { variant = \"NoSeal\" }"),
        "{written}"
    );
    assert!(
        written.contains("500.ERR_BUSY = { variant = \"Busy\" }"),
        "{written}"
    );
}

#[test]
fn a_vendor_whose_codes_have_names_has_nothing_to_list() {
    let scratch = vendor(
        &format!("{OVERLAY}\n[set.SignCode.code]\n1 = {{ variant = \"Gone\" }}\n"),
        "# 错误码\n\n| 错误码 | 错误描述 |\n|---|---|\n| 1 | 没了 |\n",
    );
    let said = succeeds(&scratch, &["names", "vendor"]);
    assert_eq!(said.out, "vendor: every code has a name in overlay.toml\n");
    let said = scratch.run(&["names", "vendors"]);
    assert!(
        !said.success && said.err.contains("did you mean `vendor`"),
        "{}",
        said.err
    );
}

#[test]
fn an_overlay_that_takes_no_lines_is_refused() {
    let overlay_before = format!("{OVERLAY}code.1001 = {{ retry = \"never\" }}\n");
    let scratch = vendor(&overlay_before, DOCUMENT);
    let said = scratch.run(&["names", "vendor", "--write"]);
    assert!(
        !said.success && said.err.contains("take no further lines"),
        "{}",
        said.err
    );
    assert_eq!(overlay(&scratch), overlay_before);
}

/// Until a release has it, a provisional name is made again at each run.
#[test]
fn provisional_names_follow_the_texts_until_they_are_released() {
    let scratch = vendor(
        OVERLAY,
        "# 错误码\n\n| 错误码 | 错误描述 |\n|---|---|\n| 1 | 印章 |\n| 2 | 模板 |\n",
    );
    assert_eq!(named(&scratch), ["Unnamed1", "Unnamed2"]);
    let translated = |seal: &str| {
        format!(
            "schema = 1\n[[text]]\nof = \"印章\"\nis = \"{seal}\"\n\
             [[text]]\nof = \"模板\"\nis = \"The template is not valid.\"\n"
        )
    };
    let file = format!("{FOLDER}/messages/en.toml");
    scratch.write(&file, &translated("There is no such seal."));
    succeeds(&scratch, &["regen"]);
    assert_eq!(named(&scratch), ["SealNotFound", "InvalidTemplate"]);

    let released = scratch.read(&format!("{FOLDER}/spec.toml"));
    scratch.write("codes/released/vendor.toml", &released);
    scratch.write("codes/released/changes.toml", "schema = 1\n");
    scratch.write(&file, &translated("The seal has expired."));
    succeeds(&scratch, &["regen"]);
    assert_eq!(named(&scratch), ["SealNotFound", "InvalidTemplate"]);
}

#[test]
fn provisional_names_are_short_and_begin_with_a_letter() {
    let scratch = vendor(
        "schema = 1\nlocale = \"en\"\n\n[set.ApiCode]\ntable = \"Error codes\"\n",
        "# Error codes\n\n| Code | Name | Message |\n|---|---|---|\n\
         | 1 | 400 (BAD REQUEST) | The request could not be understood |\n\
         | 2 | The server refused this request because of its size | Too big |\n\
         | 3 | | The order that you tried to cancel has already been shipped to you |\n\
         | 4 | 2FA_REQUIRED | A second factor is required |\n\
         | 5 | | The access token is no longer valid |\n",
    );
    let names = named(&scratch);
    assert_eq!(names[0], "BadRequest");
    assert_eq!(names[1], "TheServerRefusedThisRequest");
    assert_eq!(names[2], "OrderThatYouTriedTo");
    assert!(
        names[3].starts_with(|c: char| c.is_ascii_uppercase()),
        "{names:?}"
    );
    assert_eq!(names[4], "TokenExpired");
}

#[test]
fn an_update_drafts_lines_for_new_codes_and_for_other_words() {
    let scratch = vendor(
        &format!(
            "{OVERLAY}\n[set.SignCode.code]\n\
             1001 = {{ variant = \"InvalidSignature\", retry = \"after-fix\" }}\n\
             1002 = {{ variant = \"ContractNotFound\" }}\n"
        ),
        "# 错误码\n\n| 错误码 | 错误描述 | 处理建议 |\n|---|---|---|\n\
         | 1001 | 签名错误 | 请检查签名 |\n| 1002 | 合同不存在 | |\n",
    );
    let edition = |more: &str| {
        format!(
            "# 错误码\n\n| 错误码 | 错误描述 | 处理建议 |\n|---|---|---|\n\
             | 1001 | 签名错误 | 请联系客服 |\n| 1002 | 合同不存在 | |\n{more}"
        )
    };
    let new = "| 1003 | 印章服务超时 | 请稍后重试，失败不收费 |\n";
    scratch.write("new.md", &edition(new));
    succeeds(&scratch, &["update", "vendor", "new.md"]);
    insta::assert_snapshot!(overlay(&scratch));
    let spec = scratch.read(&format!("{FOLDER}/spec.toml"));
    assert!(
        !spec.contains("billing") && spec.contains("variant = \"Unnamed1003\""),
        "{spec}"
    );
    succeeds(&scratch, &["regen", "--check"]);

    // The same again, and with other words: no line is there twice.
    let before = overlay(&scratch);
    succeeds(&scratch, &["update", "vendor", "new.md"]);
    assert_eq!(overlay(&scratch), before);
    let reworded = new.replace("印章服务超时", "印章服务不可用");
    scratch.write("new.md", &edition(&reworded));
    succeeds(&scratch, &["update", "vendor", "new.md"]);
    let after = overlay(&scratch);
    assert_eq!(after.matches("# 1003 = ").count(), 1, "{after}");
    assert!(
        after.contains("variant = \"SealServiceUnavailable\""),
        "{after}"
    );
    assert_eq!(after.matches("# undecided").count(), 2, "{after}");
}

/// A pass is not a failure, even if it shares words with failures.
#[test]
fn a_text_of_success_has_no_kind_of_failure_and_the_reverse() {
    let scratch = vendor(
        OVERLAY,
        "# 错误码\n\n| 错误码 | 错误描述 |\n|---|---|\n\
         | 60000 | 姓名与身份证号码一致 |\n| 60001 | 姓名与身份证号码不一致 |\n\
         | 60020 | 人脸比对通过，判定为同一人 |\n| 60021 | 请求未成功 |\n",
    );
    let out = succeeds(&scratch, &["names", "vendor"]).out;
    let kinds = |code: &str| {
        let about = out.split(&format!("  {code}  ")).nth(1).unwrap();
        let about = about.split("\n  6").next().unwrap();
        let line = about
            .lines()
            .find_map(|line| line.strip_prefix("    kind: "));
        line.unwrap_or_default().to_owned()
    };
    for pass in ["60000", "60020"] {
        let kinds = kinds(pass);
        let is_success = kinds.starts_with("success (") && !kinds.contains(", or ");
        assert!(kinds.is_empty() || is_success, "{out}");
    }
    assert!(kinds("60020").starts_with("success ("), "{out}");
    for failure in ["60001", "60021"] {
        assert!(!kinds(failure).contains("success"), "{out}");
    }
    assert!(kinds("60001").starts_with("identity-mismatch ("), "{out}");
}

/// What `names` lists and what `update` drafts is decided once, by the vendor's words first.
#[test]
fn the_vendors_words_decide_the_retry_class() {
    let table = "# 错误码\n\n| 错误码 | 错误描述 | 处理建议 |\n|---|---|---|\n";
    let before = format!("{table}| 1 | 印章 | |\n");
    let scratch = vendor(OVERLAY, &before);
    let rows = "| 10012 | 接口不存在或已下线 | 请检查请求地址是否正确 |\n\
                | 10003 | 服务升级维护中 | |\n\
                | 10001 | 姓名和身份证不一致，请确认 | |\n";
    scratch.write("new.md", &format!("{before}{rows}"));
    succeeds(&scratch, &["update", "vendor", "new.md"]);
    let out = succeeds(&scratch, &["names", "vendor"]).out;
    assert!(out.contains("    retry: after-fix (`请检查`)"), "{out}");
    let draft = overlay(&scratch);
    let line = |code: &str| {
        let begin = format!("# {code} = ");
        draft.lines().find(|line| line.starts_with(&begin)).unwrap()
    };
    assert!(line("10012").contains("after-fix: 请检查"), "{draft}");
    // An upgrade is of the vendor, not of a user.
    assert!(!line("10003").contains("after-user-action"), "{draft}");
    assert!(!out.contains("(`升级`)"), "{out}");
    // A likely kind knows who has to correct something, and the draft says nothing else.
    assert!(out.contains("    retry: after-user-action (as "), "{out}");
    assert!(!line("10001").contains("after-fix"), "{draft}");
}

#[test]
fn only_likely_kinds_are_written_with_their_scores() {
    let with_kinds = OVERLAY.replace("\n\n[set", "\nkinds = \"errbook\"\n\n[set");
    let scratch = vendor(&with_kinds, DOCUMENT);
    let said = succeeds(&scratch, &["names", "vendor", "--write", "--kinds"]);
    let scores: Vec<f64> = said
        .out
        .lines()
        .filter_map(|line| line.split_once("  kind: ")?.1.split_once(" ("))
        .map(|(_, rest)| rest.split(',').next().unwrap().parse().unwrap())
        .collect();
    let written = overlay(&scratch);
    assert_eq!(
        scores.len(),
        written.matches(", kind = ").count(),
        "{}",
        said.out
    );
    assert!(
        !scores.is_empty() && scores.iter().all(|score| *score >= 0.4),
        "{}",
        said.out
    );
    assert!(
        written.contains(" | 1.00, as tencent-huiyan 2006"),
        "{written}"
    );
    assert!(written.contains(" | kind? "), "{written}");
}

/// Its codes are keys of the table of the set, which takes no other table of them.
#[test]
fn an_update_leaves_an_overlay_with_dotted_keys_valid() {
    let overlay_before = format!("{OVERLAY}code.1 = {{ variant = \"Seal\" }}\n");
    let before = "# 错误码\n\n| 错误码 | 错误描述 |\n|---|---|\n| 1 | 印章 |\n";
    let scratch = vendor(&overlay_before, before);
    scratch.write("new.md", &format!("{before}| 2 | 合同不存在 |\n"));
    succeeds(&scratch, &["update", "vendor", "new.md"]);
    assert_eq!(overlay(&scratch), overlay_before);
    assert!(named(&scratch).len() == 2);
    succeeds(&scratch, &["regen", "--check"]);
}

#[test]
fn a_heading_of_drafts_goes_with_the_last_draft() {
    let head = "# undecided: the names; uncomment each line that is right";
    let drafts = "# 1 = { variant = \"A\" }\n# 2 = { variant = \"B\" }\n";
    let overlay_before = format!("{OVERLAY}\n{head}\n[set.SignCode.code]\n{drafts}");
    let document = "# 错误码\n\n| 错误码 | 错误描述 |\n|---|---|\n| 1 | 印章不存在 |\n";
    let scratch = vendor(&overlay_before, &format!("{document}| 2 | 嗯 |\n"));
    succeeds(&scratch, &["names", "vendor", "--write"]);
    assert!(overlay(&scratch).contains(head), "{}", overlay(&scratch));
    let scratch = vendor(
        &overlay_before.replace("# 2", "2"),
        &format!("{document}| 2 | 嗯 |\n"),
    );
    succeeds(&scratch, &["names", "vendor", "--write"]);
    assert!(
        !overlay(&scratch).contains("# undecided"),
        "{}",
        overlay(&scratch)
    );
}

/// Every word is in one term, folded as texts are, and each term is in one place.
#[test]
fn terms_are_distinct() {
    assert_eq!(terms::mistakes(), Vec::<String>::new());
}

/// Like a snapshot, they are accepted with `INSTA_UPDATE=always`.
#[test]
fn contributing_has_the_figures_of_the_proposals() {
    let vendors: Vec<_> = shipped::vendors().map(str::to_owned).collect();
    let figures = figures(&Book::shipped(&vendors).unwrap());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../CONTRIBUTING.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let begin = text.find("| vendor | codes | name |").unwrap();
    let end = begin + text[begin..].find("\n\n").unwrap() + 1;
    if text[begin..end] == figures {
        return;
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let updated = format!("{}{figures}{}", &text[..begin], &text[end..]);
        return std::fs::write(file, updated).unwrap();
    }
    panic!(
        "the figures in CONTRIBUTING.md are not these (INSTA_UPDATE=always writes them):\n{figures}"
    );
}
