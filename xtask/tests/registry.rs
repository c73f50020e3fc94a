//! Checks that the generated files of the registry are up to date, and that the registry is
//! complete.

use std::path::Path;
use std::process::Command;

/// Runs a command with `--check` in this workspace. It must succeed.
fn assert_check_passes(command: &str) {
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
    assert_check_passes("regen");
    assert_check_passes("kinds");
}

#[test]
fn every_code_has_a_name_a_kind_and_translations() {
    assert_check_passes("stats");
}
