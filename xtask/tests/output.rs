//! Output that cannot be written: a full disk is an error, a closed pipe is not.

use std::fs::OpenOptions;
use std::process::{Command, Stdio};

use crate::scratch::Scratch;

#[test]
fn output_that_cannot_be_written_is_an_error() {
    let scratch = Scratch::regenerated();
    scratch.git(&["init", "--quiet"]);
    scratch.git(&["add", "-A"]);
    scratch.git(&["commit", "--quiet", "-m", "base"]);
    for arguments in [
        "explain 0",
        "stats",
        "diff --format json",
        "export json",
        "export csv shop",
        "extract vendors/shop/source.md",
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
        command
            .current_dir(scratch.path("codes"))
            .args(arguments.split(' '))
            .stdout(full);
        let output = command.output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{arguments}");
        assert!(
            errors.contains("error: the output could not be written: "),
            "{arguments}: {errors}"
        );
    }
}

#[test]
fn a_document_does_not_control_the_terminal() {
    let scratch = Scratch::new();
    let text = "# Codes\n\n| Code | Message |\n| --- | --- |\n\
                | 1 | \u{1b}]0;title\u{7}\u{1b}[2Jred\u{9b}31m |\n| 2 | \u{202e}gnp.exe\u{202c} |\n";
    scratch.write("hostile.md", text);
    let said = scratch.run(&["extract", "hostile.md"]);
    assert!(said.out.contains("red"), "{}", said.out);
    assert!(said.out.contains("\\u202Egnp.exe\\u202C"), "{}", said.out);
    let is_plain = |letter: char| letter == '\n' || !letter.is_control();
    assert!(said.out.chars().all(is_plain), "{}", said.out);
    assert!(said.err.chars().all(is_plain), "{}", said.err);
    let json = scratch.run(&["extract", "hostile.md", "--format", "json"]);
    serde_json::from_str::<serde_json::Value>(&json.out).unwrap();
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let scratch = Scratch::regenerated();
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    command
        .current_dir(scratch.path("codes"))
        .args(["explain", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
}
