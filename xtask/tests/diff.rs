//! The commands `diff` and `history`: what they compare and print, and when they fail.

use crate::scratch::{SHOP, Scratch};

/// The shop in a git repository. Since the commit, the billing of a code, two texts and the name of
/// a variant have changed.
fn changed_shop() -> Scratch {
    let scratch = Scratch::regenerated();
    commit(&scratch, "base");
    scratch.edit(
        "source.md",
        "| 1 | 系统错误 | 否 |",
        "| 1 | 系统错误 | 是 |",
    );
    scratch.edit(
        "source.md",
        "注：每一位对应一个独立告警，",
        "注: 每一位对应一个独立告警,",
    );
    scratch.edit(
        "overlay.toml",
        "variant = \"PictureUnreadable\"",
        "variant = \"Unreadable\", was-variant = [\"PictureUnreadable\"]",
    );
    scratch.edit(
        "source.md",
        "| 2 | 比对失败 | 是 |",
        "| 2 | 比对失败。 | 是 |",
    );
    assert!(scratch.run(&["regen"]).success);
    scratch
}

fn commit(scratch: &Scratch, message: &str) {
    if !scratch.path(".git").exists() {
        scratch.git(&["init", "--quiet", "--initial-branch=main"]);
    }
    scratch.git(&["add", "-A"]);
    let said = scratch.git(&["commit", "--quiet", "-m", message]);
    assert!(said.success, "{}{}", said.out, said.err);
}

#[test]
fn the_working_tree_is_compared_with_the_last_commit() {
    let scratch = changed_shop();
    insta::assert_snapshot!("text", scratch.run(&["diff"]).out);
    insta::assert_snapshot!(
        "markdown",
        scratch.run(&["diff", "shop", "--format", "markdown"]).out
    );
    insta::assert_snapshot!("json", scratch.run(&["diff", "--format", "json"]).out);
}

#[test]
fn it_fails_only_for_findings_of_the_given_severity_or_above() {
    let scratch = changed_shop();
    assert!(scratch.run(&["diff"]).success);
    assert!(!scratch.run(&["diff", "--fail-on", "error"]).success);
    commit(&scratch, "changes");
    assert!(
        scratch.run(&["diff", "--fail-on", "cosmetic"]).success,
        "the working tree equals the commit"
    );
    assert!(
        !scratch
            .run(&["diff", "--base", "HEAD~1", "--fail-on", "error"])
            .success
    );
}

#[test]
fn a_failed_comparison_differs_from_one_without_findings() {
    let scratch = changed_shop();
    for arguments in [
        vec!["diff", "--base", "nowhere"],
        vec!["diff", "shpo"],
        vec!["diff", "--from", "a", "--to", "b"],
    ] {
        let said = scratch.run(&arguments);
        assert!(
            !said.success && !said.err.is_empty() && said.out.is_empty(),
            "{arguments:?}"
        );
    }
    scratch.write(&format!("{SHOP}/spec.toml"), "schema = 1\nvendor = \"shop");
    assert!(!scratch.run(&["diff"]).success);
}

#[test]
fn a_file_that_is_not_a_spec_is_reported_in_a_few_lines() {
    let scratch = Scratch::regenerated();
    let prose: String = (0..300)
        .map(|line| format!("This is line {line} of a file of prose.\n"))
        .collect();
    scratch.write("README.md", &prose);
    let said = scratch.run(&[
        "diff",
        "--from",
        "README.md",
        "--to",
        "codes/vendors/shop/spec.toml",
    ]);
    assert!(!said.success && said.out.is_empty());
    assert!(said.err.lines().count() < 100, "{}", said.err);
    let errors = said.err.matches("error").count();
    let says_more = said.err.contains("more, which are not shown");
    assert!(errors <= 10 || says_more, "{}", said.err);
}

#[test]
fn swapped_codes_are_reported_as_suspicious() {
    let scratch = Scratch::regenerated();
    commit(&scratch, "base");
    scratch.edit(
        "source.md",
        "| 1 | 系统错误 | 否 |\n| 2 | 比对失败 | 是 |",
        "| 1 | 比对失败 | 否 |\n| 2 | 系统错误 | 是 |",
    );
    // Nothing is left of either text, so a person must have looked at them.
    assert!(!scratch.run(&["regen"]).success);
    let overlay = scratch.read("codes/vendors/shop/overlay.toml");
    for name in ["SystemError", "ComparisonFailed"] {
        let entry = overlay.lines().find(|line| line.contains(name)).unwrap();
        scratch.edit(
            "overlay.toml",
            entry,
            &entry.replace(" }", ", same = true }"),
        );
    }
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    let said = scratch.run(&["diff"]);
    for name in [
        "`ComparisonFailed` (ApiCode.2)",
        "`SystemError` (ApiCode.1)",
    ] {
        assert!(
            said.out
                .contains(&format!("this was the message of {name}")),
            "{}",
            said.out
        );
    }
}

#[test]
fn an_unresolved_merge_conflict_is_reported_first() {
    for file in ["source.md", "overlay.toml", "messages/en.toml"] {
        let scratch = Scratch::regenerated();
        let text = scratch.read(&format!("{SHOP}/{file}"));
        scratch.write(
            &format!("{SHOP}/{file}"),
            &format!("{text}<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n"),
        );
        let said = scratch.run(&["regen"]);
        assert!(
            !said.success && said.err.contains("unresolved merge conflict"),
            "{}",
            said.err
        );
        assert_eq!(said.err.matches("error").count(), 1, "{}", said.err);
        assert!(
            said.err
                .contains(&format!("{file}:{}", text.lines().count() + 1)),
            "{}",
            said.err
        );
    }
}

#[test]
fn two_files_are_compared_without_a_workspace() {
    let scratch = changed_shop();
    let before = scratch
        .git(&["show", &format!("HEAD:{SHOP}/spec.toml")])
        .out;
    scratch.write("before.toml", &before);
    let said = scratch.run(&[
        "diff",
        "--from",
        "before.toml",
        "--to",
        "codes/vendors/shop/spec.toml",
    ]);
    assert_eq!(said.out, scratch.run(&["diff", "shop"]).out);
}

/// Both are on every line that a program logs: the name as the domain, the language in `Display`.
#[test]
fn another_name_or_default_language_is_a_major_change() {
    let scratch = Scratch::new();
    let spec = |vendor: &str, locale: &str| {
        format!(
            "schema = 1\nvendor = \"{vendor}\"\nlocale = \"{locale}\"\n[[set]]\n\
             name = \"DoorCode\"\nwire = \"integer\"\n[[set.code]]\ncode = \"1\"\n\
             variant = \"Jammed\"\nmessage.en = \"jammed\"\nmessage.zh-CN = \"门卡住了\"\n"
        )
    };
    scratch.write("old.toml", &spec("doors", "en"));
    scratch.write("new.toml", &spec("gates", "zh-CN"));
    let said = scratch.run(&["diff", "--from", "old.toml", "--to", "new.toml"]);
    assert_eq!(
        said.out,
        "gates\n  \
         error    vendor-renamed            doors → gates\n  \
         error    default-language-changed  en → zh-CN\n                                     \
         every `Display` of a module without `locales` is in zh-CN from now on; one with \
         `locales` keeps the language that it lists first\n\
         2 errors: a major version\n",
        "{}",
        said.err
    );
}

#[test]
fn added_and_removed_vendors_and_kinds_are_found() {
    let scratch = changed_shop();
    scratch.write(
        "codes/vendors/door/overlay.toml",
        "schema = 1\nlocale = \"en\"\n[set.DoorCode]\ntable = \"Codes\"\n",
    );
    scratch.write(
        "codes/vendors/door/source.md",
        "# Codes\n\n| code | message |\n|---|---|\n| 1 | Locked. |\n",
    );
    assert!(scratch.run(&["regen", "--new"]).success);
    let said = scratch.run(&["diff"]);
    assert!(
        said.out.contains("vendor-added") && said.out.contains("1 code in 1 set\n"),
        "{}",
        said.out
    );
    commit(&scratch, "a door");
    std::fs::remove_dir_all(scratch.path("codes/vendors/door")).unwrap();
    let said = scratch.run(&["diff", "door", "--fail-on", "error"]);
    assert!(
        !said.success && said.out.contains("vendor-removed"),
        "{}",
        said.out
    );
    let kinds = scratch.read("codes/kinds.toml");
    scratch.write(
        "codes/kinds.toml",
        &kinds.replacen("retry = \"", "http = 400\nretry = \"", 1),
    );
    assert!(scratch.run(&["diff"]).out.contains("http-changed"));
}

const SEVERITIES: &str = r#"schema = 1

[[severity]]
of = "billing-changed"
is = "warning"
because = "we pay a flat rate"

[[severity]]
of = "shop/OrderCode.1001/variant-renamed"
is = "info"
because = "no customer uses it"
"#;

#[test]
fn a_severity_can_be_changed_with_a_reason() {
    let scratch = changed_shop();
    scratch.write("decided.toml", SEVERITIES);
    let said = scratch.run(&["diff", "--severities", "decided.toml", "--fail-on", "error"]);
    assert!(said.success, "{}{}", said.out, said.err);
    insta::assert_snapshot!("severities", said.out);
    scratch.write("severities.toml", SEVERITIES);
    assert_eq!(
        scratch.run(&["diff"]).out,
        said.out,
        "severities.toml beside errbook.toml is used by default"
    );
}

#[test]
fn the_example_in_the_contributing_guide_is_valid() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../CONTRIBUTING.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, after) = guide.split_once("`codes/severities.toml`").unwrap();
    let lines = after.lines().skip_while(|line| !line.starts_with("    "));
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    let example: String = lines
        .map(|line| format!("{}\n", line.trim_start()))
        .collect();
    assert!(example.contains("[[severity]]"), "{example}");
    let scratch = changed_shop();
    scratch.write("severities.toml", &example);
    let said = scratch.run(&["diff"]);
    assert!(said.success, "{}", said.err);
}

#[test]
fn a_billing_change_is_at_least_a_warning() {
    let scratch = changed_shop();
    let quiet = [
        SEVERITIES.replace("is = \"warning\"", "is = \"info\""),
        SEVERITIES.replace(
            "of = \"billing-changed\"\nis = \"warning\"",
            "of = \"shop/ApiCode.1/billing-changed\"\nis = \"cosmetic\"",
        ),
        SEVERITIES.replace("billing-changed", "biling-changed"),
        SEVERITIES.replace("we pay a flat rate", " "),
    ];
    for (text, words) in quiet.iter().zip([
        "cannot be lower than `warning`",
        "cannot be lower",
        "did you mean `billing-changed`?",
        "`because` is empty",
    ]) {
        scratch.write("severities.toml", text);
        let said = scratch.run(&["diff", "--severities", "severities.toml"]);
        assert!(
            !said.success && said.err.contains(words),
            "{words}: {}",
            said.err
        );
    }
}

#[test]
fn history_lists_the_changes_of_a_code() {
    let scratch = changed_shop();
    commit(&scratch, "the vendor charges for system errors");
    scratch.edit("source.md", "| 1 | 系统错误 | 是 |\n", "");
    assert!(scratch.run(&["regen"]).success);
    commit(&scratch, "the vendor removes the code");
    for query in ["1", "SystemError", "ApiCode.1"] {
        let said = scratch.run(&["history", query]);
        let classes: Vec<_> = said
            .out
            .lines()
            .filter(|line| line.starts_with("  ") && line.contains("ApiCode.1 "))
            .collect();
        assert_eq!(classes.len(), 3, "{query}: {}", said.out);
        for (class, line) in ["code-added", "billing-changed", "code-retired"]
            .iter()
            .zip(classes)
        {
            assert!(line.contains(class), "{query}: {}", said.out);
        }
    }
    assert!(!scratch.run(&["history", "4711"]).success);
    let one = scratch.run(&["history", "ApiCode.1"]).out;
    for query in [
        "shop/ApiCode.1",
        "shop/ApiCode/1",
        "ApiCode::SystemError",
        "systemerror",
    ] {
        assert_eq!(scratch.run(&["history", query]).out, one, "{query}");
    }
    let other = scratch.run(&["history", "missing_arguments:foo"]).out;
    assert!(
        other.contains("HttpError.400.MISSING_ARGUMENTS:<key>"),
        "{other}"
    );
    let both = scratch
        .run(&["history", "ApiCode.1", "MISSING_ARGUMENTS:foo"])
        .out;
    assert_eq!(
        both,
        format!("ApiCode.1:\n{one}MISSING_ARGUMENTS:foo:\n{other}")
    );
}

#[test]
fn a_merge_of_branches_that_add_neighbouring_codes_keeps_both() {
    let scratch = Scratch::regenerated();
    scratch.write(".gitattributes", "codes/vendors/*/spec.toml -merge\n");
    commit(&scratch, "base");
    let add = |row: &str, entry: &str, message: &str| {
        scratch.edit(
            "source.md",
            "| 1001 | Faile",
            &format!("{row}| 1001 | Faile"),
        );
        scratch.edit("overlay.toml", "1001 = {", &format!("{entry}1001 = {{"));
        assert!(scratch.run(&["regen"]).success);
        commit(&scratch, message);
    };
    scratch.git(&["checkout", "--quiet", "-b", "theirs"]);
    add(
        "| 8 | 门已锁 | |\n",
        "8 = { variant = \"Locked\", kind = \"invalid-argument\" }\n",
        "theirs",
    );
    scratch.git(&["checkout", "--quiet", "main"]);
    add(
        "| 7 | 门已开 | |\n",
        "7 = { variant = \"Open\", kind = \"invalid-argument\" }\n",
        "ours",
    );
    assert!(
        !scratch.git(&["merge", "--quiet", "theirs"]).success,
        "neighbouring rows must conflict"
    );
    assert!(
        !scratch.spec().contains("<<<<"),
        "the spec must be that of our side"
    );

    // A person resolves the conflict by keeping both sides, without the conflict markers.
    for file in ["source.md", "overlay.toml"] {
        let text = scratch.read(&format!("{SHOP}/{file}"));
        let markers = ["<<<<<<<", "=======", ">>>>>>>"];
        let kept = text
            .lines()
            .filter(|line| !markers.iter().any(|marker| line.starts_with(marker)));
        scratch.write(
            &format!("{SHOP}/{file}"),
            &kept.map(|line| format!("{line}\n")).collect::<String>(),
        );
    }
    let said = scratch.run(&["regen", "--previous", "MERGE_HEAD"]);
    assert!(said.success, "{}", said.err);
    commit(&scratch, "both");
    for (base, added) in [
        ("HEAD^1", "OrderCode.8 Locked"),
        ("HEAD^2", "OrderCode.7 Open"),
    ] {
        let said = scratch.run(&["diff", "--base", base]);
        assert!(
            said.out.contains(added) && said.out.contains("1 info: a minor version"),
            "{}",
            said.out
        );
    }
}
