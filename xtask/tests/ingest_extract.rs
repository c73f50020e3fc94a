//! `errbook extract` as a person or a program runs it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn extract(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_errbook"))
        .arg("extract")
        .args(arguments)
        .output()
        .unwrap()
}

fn fixture(name: &str) -> String {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("ingest/tests/fixtures");
    fixtures.join(name).display().to_string()
}

#[test]
fn json_has_the_promised_shape() {
    let file = fixture("billing.md");
    let output = extract(&["--format", "json", &file]);
    assert!(output.status.success());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["file"], json!(file));
    let table = &value["tables"][0];
    assert_eq!((&table["line"], &table["end_line"]), (&json!(3), &json!(7)));
    assert_eq!(
        (&table["syntax"], &table["holds"]),
        (&json!("pipe"), &json!("codes"))
    );
    assert_eq!(
        table["columns"][0],
        json!({ "header": "错误码", "role": "code" })
    );
    assert!(table["because"].as_str().unwrap().contains("错误码"));
    let code = json!({
        "line": 5, "code": "0", "symbol": null, "http": null, "message": "成功", "messages": {}, "remedy": null,
        "billing": "billed",
    });
    assert_eq!(table["codes"][0], code);
    let sums = json!({
        "tables": 1, "code_tables": 1, "rows": 3, "accepted": 3, "ignored": 0, "quarantined": 0,
    });
    assert_eq!(value["accounting"], sums);
}

#[test]
fn one_document_s_failure_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.md");
    std::fs::write(&broken, b"# ok\n\n| \xFF |\n").unwrap();
    let output = extract(&[
        "missing.md",
        &broken.display().to_string(),
        &fixture("billing.md"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("missing.md: cannot be read"), "{errors}");
    assert!(
        errors.contains("broken.md:3:3: not valid UTF-8"),
        "{errors}"
    );
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("3 accepted")
    );
}

#[test]
fn a_legacy_encoding_is_named_and_an_option_settles_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("errors.html");
    // `错误码` and `说明` in GBK.
    let page = b"<table><tr><th>\xb4\xed\xce\xf3\xc2\xeb</th><th>\xcb\xb5\xc3\xf7</th></tr>\
        <tr><td>1001</td><td>\xb4\xed\xce\xf3</td></tr><tr><td>1002</td><td>\xb4\xed\xce\xf3</td></tr></table>";
    std::fs::write(&file, page).unwrap();
    let file = file.display().to_string();
    let output = extract(&[&file]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.contains("errors.html:1:16: not valid UTF-8"),
        "{errors}"
    );
    assert!(errors.contains("--encoding gbk"), "{errors}");

    let output = extract(&[&file, "--encoding", "gb18030"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("it was read as gb18030"), "{text}");
    assert!(text.contains("2 accepted"), "{text}");

    let output = extract(&[&file, "--encoding", "gb-x"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("unknown encoding `gb-x`"), "{errors}");
}

#[test]
fn a_quarantined_row_fails_the_command_and_is_named() {
    let output = extract(&[&fixture("rows-without-code.md")]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("quarantined (unreadable-code): `see below` cannot be read as a code"),
        "{text}"
    );
    assert!(text.contains("rows-without-code.md:14:3"), "{text}");
    assert!(
        text.contains("^^^^^^^^^\n"),
        "the cell is underlined: {text}"
    );
}

#[test]
fn a_folder_gives_the_files_that_are_read_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("b")).unwrap();
    for (name, code) in [
        ("c.md", 4),
        ("a.md", 1),
        ("b/x.mdx", 2),
        ("b/y.txt", 3),
        ("b/z.rst", 9),
        ("b/LICENSE", 9),
    ] {
        let text =
            format!("# Error codes\n\n| Error code | Message |\n|---|---|\n| {code} | failed |\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let output = extract(&["--format", "json", &folder.path().display().to_string()]);
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let read = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let codes: Vec<Value> = read
        .map(|value| value["tables"][0]["codes"][0]["code"].clone())
        .collect();
    assert_eq!(codes, [json!("1"), json!("2"), json!("3"), json!("4")]);
}

#[test]
fn a_document_without_codes_says_what_it_has_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ports.md");
    let text =
        "# Ports\n\n| Port | Use | Note |\n|---|---|---|\n| 8080 | web | |\n| 9090 | admin | |\n";
    std::fs::write(&file, text).unwrap();
    let name = file.display().to_string();
    let output = extract(&[&name]);
    assert_eq!(output.status.code(), Some(1));
    let report = String::from_utf8(output.stdout).unwrap();
    for expected in [
        ":3: unread: table with 2 cells that begin with what looks like a code: `8080`, `9090`; not taken because",
        ": no table or list of codes found: it has 1 table without codes, and 2 lines starting with what looks like a code",
        "; 2 lines unread",
    ] {
        assert!(report.contains(expected), "{expected}: {report}");
    }
    // As with grep, one file with codes is enough.
    assert!(extract(&[&name, &fixture("billing.md")]).status.success());

    let output = extract(&["--format", "json", &name]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["unread"][0]["lines"], json!([5, 6]));
    assert_eq!(value["unread"][0]["line"], json!(3));
}

#[test]
fn columns_without_a_role_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codes.md");
    let text = "# Error codes\n\n| Code | Message | Zxqv | |\n|---|---|---|---|\n\
                | 1001 | request failed | 7 | 1 |\n| 1002 | token expired | 8 | 2 |\n";
    std::fs::write(&file, text).unwrap();
    let output = extract(&[&file.display().to_string()]);
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(
        report.contains("columns without a role: `Zxqv`, `#4`"),
        "{report}"
    );
}
