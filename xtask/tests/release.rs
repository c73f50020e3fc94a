//! The command `release`: what it refuses, which version it requires, and what it writes.

use crate::scratch::Scratch;

const HUIYAN: &str = "codes/vendors/tencent-huiyan";

/// A vendor that was released as 0.1.0 and then updated to a new document, whose new code has no
/// name and no translation.
fn updated_vendor() -> Scratch {
    let scratch = Scratch::edition("tencent-huiyan", "billing-flipped");
    scratch.write(
        "CHANGELOG.md",
        "# Changelog\n\nAll notable changes.\n\n## Unreleased\n\n- By hand.\n",
    );
    assert!(scratch.run(&["kinds"]).success);
    let said = scratch.run(&["release"]);
    assert!(said.success, "{}{}", said.out, said.err);
    let said = scratch.run(&["update", "tencent-huiyan", "new.md", "--accept-removals"]);
    assert!(said.success, "{}", said.err);
    scratch
}

/// The same with a name and a translation: ready for release.
fn ready_vendor() -> Scratch {
    let scratch = updated_vendor();
    let overlay = scratch.read(&format!("{HUIYAN}/overlay.toml"));
    let named = overlay.replace(
        "\n1210 = ",
        "\n1211 = { variant = \"NoHeadShake\", kind = \"liveness-failed\" }\n1210 = ",
    );
    scratch.write(&format!("{HUIYAN}/overlay.toml"), &named);
    let messages = scratch.read(&format!("{HUIYAN}/messages/en.toml"));
    let more = "\n[[text]]\nof = \"未检测到摇头动作\"\nis = \"The head was not seen to shake.\"\n";
    scratch.write(&format!("{HUIYAN}/messages/en.toml"), &(messages + more));
    for command in ["regen", "kinds"] {
        let said = scratch.run(&[command]);
        assert!(said.success, "{}", said.err);
    }
    scratch
}

/// A reader of the changelog learns what the codes of a new set are, if they are few.
#[test]
fn the_changelog_lists_the_codes_of_a_small_new_set() {
    let scratch = ready_vendor();
    for (name, more) in [
        (
            "source.md",
            "\n## 扩展错误\n\n| 错误码 | 描述 |\n|---|---|\n| 99001 | 套餐余量不足 |\n",
        ),
        (
            "overlay.toml",
            "\n[set.ExtraCode]\ntable = \"扩展错误\"\n\n[set.ExtraCode.code]\n\
             99001 = { variant = \"PackageExhausted\", kind = \"quota-exhausted\" }\n",
        ),
        (
            "messages/en.toml",
            "\n[[text]]\nof = \"扩展错误\"\nis = \"Extra errors\"\n\n\
             [[text]]\nof = \"套餐余量不足\"\nis = \"The package is used up.\"\n",
        ),
    ] {
        let file = format!("{HUIYAN}/{name}");
        scratch.write(&file, &(scratch.read(&file) + more));
    }
    for command in ["regen", "kinds"] {
        let said = scratch.run(&[command]);
        assert!(said.success, "{}", said.err);
    }
    let said = scratch.run(&["release", "--bump"]);
    assert!(said.success, "{}", said.err);
    let changelog = scratch.read("CHANGELOG.md");
    for text in ["New set: `ExtraCode` (1 code)", "99001", "PackageExhausted"] {
        assert!(changelog.contains(text), "{text}: {changelog}");
    }
}

#[test]
fn missing_translations_and_outdated_files_are_refused() {
    let scratch = updated_vendor();
    let said = scratch.run(&["release", "--bump"]);
    assert!(!said.success);
    assert!(
        said.err
            .contains("1 code of `HuiyanCode` has a provisional name: 1211 Unnamed1211"),
        "{}",
        said.err
    );
    // All texts of a language are one problem.
    assert!(
        said.err.contains(" no translation into en: `")
            && said.err.matches("no translation into").count() == 1
            && said.err.contains(" messages tencent-huiyan en` lists them"),
        "{}",
        said.err
    );
    let scratch = ready_vendor();
    scratch.write(
        &format!("{HUIYAN}/spec.toml"),
        &scratch
            .read(&format!("{HUIYAN}/spec.toml"))
            .replace("否", "是"),
    );
    let text = scratch.read(&format!("{HUIYAN}/spec.toml"));
    scratch.write(&format!("{HUIYAN}/spec.toml"), &(text + "\n"));
    assert!(
        scratch
            .run(&["release", "--check"])
            .err
            .contains("this file is out of date")
    );
}

#[test]
fn an_outdated_page_of_kinds_is_refused() {
    let scratch = ready_vendor();
    let page = scratch.read("codes/KINDS.md");
    for stale in [Some(page.replace("NoHeadShake", "HeadShake")), None] {
        match &stale {
            Some(text) => scratch.write("codes/KINDS.md", text),
            None => std::fs::remove_file(scratch.path("codes/KINDS.md")).unwrap(),
        }
        for arguments in [&["release", "--check"][..], &["release", "--bump"]] {
            let said = scratch.run(arguments);
            assert!(
                !said.success && said.err.contains("run `cargo xtask kinds`"),
                "{}{}",
                said.out,
                said.err
            );
        }
    }
    scratch.write("codes/KINDS.md", &page);
    assert!(
        scratch.run(&["release", "--bump"]).success && scratch.run(&["kinds", "--check"]).success
    );
}

#[test]
fn edited_release_files_are_refused() {
    let scratch = ready_vendor();
    let assert_all_refused = |words: &[&str]| {
        for arguments in [
            &["release", "--check", "--bump"][..],
            &["release", "--bump"],
        ] {
            let said = scratch.run(arguments);
            assert!(
                !said.success
                    && words.iter().all(|words| said.err.contains(words))
                    && said.out.is_empty(),
                "{}{}",
                said.out,
                said.err
            );
        }
    };
    let assert_refused = |words: &str| assert_all_refused(&[words]);
    let file = "codes/released/tencent-huiyan.txt";
    let text = scratch.read(file);
    let billed = 1 + text.lines().position(|it| it.contains("billed")).unwrap();
    for (edited, line) in [
        (format!("{text}junk\n"), text.lines().count() + 1),
        (text.replacen("billed", "free", 1), billed),
        (String::new(), 1),
    ] {
        scratch.write(file, &edited);
        assert_all_refused(&[
            "this snapshot differs from the spec beside it",
            &format!("--> {file}:{line}"),
            "`git checkout REV -- codes/released`",
        ]);
    }
    std::fs::remove_file(scratch.path(file)).unwrap();
    assert_refused("missing snapshot of the released spec");
    scratch.write(file, &text);
    scratch.write("codes/released/unknown.txt", &text);
    assert_refused("this snapshot has no spec: unknown.toml is missing");
    std::fs::remove_file(scratch.path("codes/released/unknown.txt")).unwrap();
    let spec = scratch.read("codes/released/tencent-huiyan.toml");
    std::fs::remove_file(scratch.path("codes/released/tencent-huiyan.toml")).unwrap();
    assert_refused("this snapshot has no spec: tencent-huiyan.toml is missing");
    scratch.write("codes/released/tencent-huiyan.toml", &spec);
    std::fs::remove_file(scratch.path("codes/released/version.txt")).unwrap();
    assert_refused("but not the version that was released");
}

#[test]
fn json_output_contains_only_json() {
    let scratch = ready_vendor();
    for arguments in [
        &["release", "--check", "--bump", "--format", "json"][..],
        &["release", "--bump", "--format", "json"],
    ] {
        let said = scratch.run(arguments);
        assert!(said.success && said.err.contains("0.1.1"), "{}", said.err);
        let read: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(read["verdict"], "minor");
    }
}

#[test]
fn a_version_that_is_too_small_is_refused() {
    let scratch = ready_vendor();
    let said = scratch.run(&["release"]);
    assert!(!said.success);
    assert!(
        said.err
            .contains("version 0.1.0 is too low: after 0.1.0, minor changes require 0.1.1"),
        "{}",
        said.err
    );
    // The changes that require it.
    assert!(
        said.err
            .contains("(tencent-huiyan/HuiyanCode.5/billing-changed, "),
        "{}",
        said.err
    );
    assert!(!scratch.read("CHANGELOG.md").contains("0.1.1"));
    assert!(
        scratch
            .run(&["release", "--check", "--bump"])
            .out
            .contains("0.1.1 is ready for release")
    );
    assert!(
        scratch.read("Cargo.toml").contains("0.1.0"),
        "--check writes nothing"
    );
}

#[test]
fn a_version_below_the_released_one_is_reported_and_raised() {
    let scratch = ready_vendor();
    assert!(scratch.run(&["release", "--bump"]).success);
    let manifest = scratch.read("Cargo.toml");
    scratch.write("Cargo.toml", &manifest.replace("0.1.1", "0.0.9"));
    for arguments in [&["release"][..], &["release", "--check"]] {
        let said = scratch.run(arguments);
        assert!(
            !said.success
                && said
                    .err
                    .contains("version 0.0.9 is older than the last release, 0.1.1"),
            "{}",
            said.err
        );
    }
    let said = scratch.run(&["release", "--check", "--bump"]);
    assert!(
        said.success
            && said
                .out
                .contains("Cargo.toml has 0.0.9, which `--bump` raises"),
        "{}",
        said.out
    );
    assert_ne!(scratch.read("Cargo.toml"), manifest);
    let said = scratch.run(&["release", "--bump"]);
    assert!(
        said.success && said.out.contains("raised Cargo.toml from 0.0.9"),
        "{}",
        said.out
    );
    assert_eq!(scratch.read("Cargo.toml"), manifest);
}

#[test]
fn every_lock_file_follows_the_version() {
    let scratch = ready_vendor();
    scratch.write(
        "Cargo.toml",
        "[package]\nname = \"acme-codes\"\nversion = \"0.1.0\" # of the registry\n",
    );
    let lock = |version: &str| {
        format!(
            "version = 4\n\n[[package]]\nname = \"acme-codes\"\nversion = \"{version}\"\n\n\
             [[package]]\nname = \"acme-benches\"\nversion = \"0.0.0\"\n\n\
             [[package]]\nname = \"other\"\nversion = \"0.1.0\"\n"
        )
    };
    let files = [
        "Cargo.lock",
        "tests/benches/Cargo.lock",
        "tests/benches/counts/Cargo.lock",
    ];
    let others = ["target/package/Cargo.lock", "tests/fuzz/target/Cargo.lock"];
    files
        .iter()
        .chain(&others)
        .for_each(|file| scratch.write(file, &lock("0.1.0")));
    assert!(scratch.run(&["release", "--bump"]).success);
    assert!(
        scratch
            .read("Cargo.toml")
            .contains("version = \"0.1.1\" # of the registry\n")
    );
    for file in files {
        assert_eq!(scratch.read(file), lock("0.1.1"), "{file}");
    }
    for file in others {
        assert_eq!(scratch.read(file), lock("0.1.0"), "{file}");
    }
}

#[test]
fn a_release_writes_its_snapshot_and_the_changelogs() {
    let scratch = ready_vendor();
    let said = scratch.run(&["release", "--bump"]);
    assert!(said.success, "{}", said.err);
    assert!(scratch.read("Cargo.toml").contains("version = \"0.1.1\""));
    insta::assert_snapshot!("changelog", scratch.read("CHANGELOG.md"));
    insta::assert_snapshot!("changelog_zh", scratch.read("CHANGELOG.zh-CN.md"));
    assert!(
        scratch
            .read("codes/released/tencent-huiyan.txt")
            .contains("  1206 = FaceTooFarLeft (retired)")
    );
    assert_eq!(
        scratch.read("codes/released/tencent-huiyan.toml"),
        scratch.read(&format!("{HUIYAN}/spec.toml")),
    );
    // The kinds are a person's file: the record is a copy of it, and it has no release in it.
    let kinds = scratch.read("codes/kinds.toml");
    assert_eq!(scratch.read("codes/released/kinds.toml"), kinds);
    assert!(!kinds.contains("since"), "{kinds}");
    let said = scratch.run(&["release"]);
    assert!(
        said.out
            .contains("0.1.1 is released, and nothing has changed since"),
        "{}",
        said.out
    );
}

#[test]
fn an_edited_section_of_a_changelog_is_reported_and_written_again() {
    let scratch = ready_vendor();
    assert!(scratch.run(&["release", "--bump"]).success);
    let changelog = scratch.read("CHANGELOG.md");
    let edited = changelog.replace("1211", "1212");
    assert_ne!(edited, changelog);
    scratch.write("CHANGELOG.md", &edited);
    let said = scratch.run(&["release", "--check"]);
    assert!(
        !said.success
            && said.err.contains("--> CHANGELOG.md")
            && said
                .err
                .contains("the sections of error codes differ from codes/released/changes.toml"),
        "{}{}",
        said.out,
        said.err
    );
    assert!(scratch.run(&["release"]).success);
    assert_eq!(scratch.read("CHANGELOG.md"), changelog);
    assert!(scratch.run(&["release", "--check"]).success);
}

/// What no release has, no program knows: it is dropped and not retired.
#[test]
fn a_release_promises_nothing_about_a_vendor_that_was_added_since() {
    let scratch = ready_vendor();
    assert!(scratch.run(&["release", "--bump"]).success);
    let document = "# Codes\n\n| Code | Message |\n|---|---|\n| 1 | One failed |\n";
    scratch.write("gate.md", &format!("{document}| 2 | Two failed |\n"));
    let said = scratch.run(&["add", "gate", "gate.md"]);
    assert!(said.success, "{}", said.err);
    let spec = "codes/vendors/gate/spec.toml";
    assert!(scratch.read(spec).contains("code = \"2\""));
    scratch.write("codes/vendors/gate/source.md", document);
    let said = scratch.run(&["regen", "gate"]);
    assert!(said.success, "{}", said.err);
    let spec = scratch.read(spec);
    assert!(
        spec.contains("code = \"1\"") && !spec.contains("code = \"2\""),
        "{spec}"
    );
}

#[test]
fn a_removed_code_requires_a_major_version() {
    let scratch = ready_vendor();
    assert!(scratch.run(&["release", "--bump"]).success);
    let overlay = scratch.read(&format!("{HUIYAN}/overlay.toml"));
    let with_removal = |line: &str| {
        if line.starts_with("1206 = ") {
            "1206 = { status = \"removed\", because = \"never sent\" }\n".to_owned()
        } else {
            format!("{line}\n")
        }
    };
    scratch.write(
        &format!("{HUIYAN}/overlay.toml"),
        &overlay.lines().map(with_removal).collect::<String>(),
    );
    let messages = scratch.read(&format!("{HUIYAN}/messages/en.toml"));
    let (before, after) = messages
        .split_once("[[text]]\nof = \"脸离屏幕太左\"")
        .unwrap();
    let after = after.split_once("[[text]]").unwrap().1;
    scratch.write(
        &format!("{HUIYAN}/messages/en.toml"),
        &format!("{before}[[text]]{after}"),
    );
    assert!(scratch.run(&["regen"]).success && scratch.run(&["kinds"]).success);
    let said = scratch.run(&["release", "--bump", "--check"]);
    assert!(
        said.out.contains("code-removed") && said.out.contains("0.2.0 is ready for release"),
        "{}{}",
        said.out,
        said.err
    );
}

#[test]
fn a_release_stamps_the_codes_of_a_later_edition_and_leaves_earlier_ones() {
    let scratch = ready_vendor();
    let since = |name: &str| {
        let spec = scratch.read(&format!("{HUIYAN}/spec.toml"));
        let spec = errbook_spec::parse(&errbook_spec::place::Source::new("spec.toml", &spec));
        let spec = spec.unwrap();
        let mut codes = spec.sets.iter().flat_map(|set| &set.codes);
        let found = codes.find(|code| code.variant.value == name).unwrap();
        let release = |since: &Option<errbook_spec::Since>| {
            let since = since.as_ref()?;
            Some(since.release.as_ref()?.value.clone())
        };
        let edition = found.since.as_ref().and_then(|since| since.edition.clone());
        (
            edition.is_some(),
            release(&found.since),
            release(&spec.since),
        )
    };
    let first = Some("0.1.0".to_owned());
    // `regen` gives a new code its edition; only a release gives it a release.
    assert_eq!(since("NoHeadShake"), (true, None, first.clone()));
    assert_eq!(since("DataNotFound"), (false, None, first.clone()));
    let said = scratch.run(&["release", "--bump"]);
    assert!(said.success, "{}{}", said.out, said.err);
    let second = Some("0.1.1".to_owned());
    assert_eq!(since("NoHeadShake"), (true, second, first.clone()));
    assert_eq!(since("DataNotFound"), (false, None, first));
    assert!(scratch.run(&["regen", "--check"]).success);
}

#[test]
fn a_translation_without_a_parameter_of_its_source_is_refused() {
    let document = "# Errors\n\n| Code | Name | Message |\n|---|---|---|\n\
                    | 7 | BAD:`<key>` | The value of `<key>` is bad. |\n\
                    | 8 | BUSY | Try again. |\n";
    let overlay = |params: &str| {
        format!(
            "schema = 1\nlocale = \"en\"\n[set.Error]\ntable = \"Errors\"\n\
             code.7.variant = \"Bad\"\n{params}code.8.variant = \"Busy\"\n"
        )
    };
    let scratch = Scratch::new();
    std::fs::remove_dir_all(scratch.path("codes")).unwrap();
    scratch.write("errbook.toml", "schema = 1\nname = \"acme\"\n");
    scratch.write(
        "Cargo.toml",
        "[package]\nname = \"acme\"\nversion = \"0.1.0\"\n",
    );
    scratch.write("vendors/shop/source.md", document);
    scratch.write("vendors/shop/overlay.toml", &overlay(""));
    let message = "[[text]]\nof = \"The value of <key> is bad.\"\nis = \"Etwas ist falsch.\"\n\
                   [[text]]\nof = \"Errors\"\nis = \"Fehler\"\n\
                   [[text]]\nof = \"Try again.\"\nis = \"Noch einmal.\"\n";
    scratch.write(
        "vendors/shop/messages/de.toml",
        &format!("schema = 1\n{message}"),
    );
    let said = scratch.run(&["regen", "--new"]);
    assert!(said.success, "{}", said.err);
    let spec = scratch.read("vendors/shop/spec.toml");
    assert!(
        spec.contains("message.de = \"Etwas ist falsch.\""),
        "{spec}"
    );
    let said = scratch.run(&["release"]);
    assert!(!said.success, "{}", said.out);
    let expected = "the message of Error.7 in de leaves out `<key>`";
    assert!(said.err.contains(expected), "{}", said.err);
    let optional = "code.7.params = { key = { optional = true } }\n";
    scratch.write("vendors/shop/overlay.toml", &overlay(optional));
    let said = scratch.run(&["regen"]);
    assert!(said.success, "{}", said.err);
    let said = scratch.run(&["release"]);
    assert!(said.success, "{}", said.err);
}
