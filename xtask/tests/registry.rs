//! The generated files of the registry are up to date, and nothing in it is left to do.

use std::path::Path;
use std::process::Command;

/// Runs a command on this workspace. It must succeed.
fn check(command: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_errbook"))
        .args([command, "--check"])
        .current_dir(root)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
}

#[test]
fn generated_files_are_up_to_date() {
    check("regen");
    check("kinds");
}

#[test]
fn no_code_lacks_a_name_a_kind_or_a_translation() {
    check("stats");
}
