//! The command `expand` with a spec that is not in a workspace.

use std::fs;
use std::path::Path;
use std::process::Command;

const SPEC: &str = r#"schema = 1
vendor = "door"
locale = "en"

[[set]]
name = "Code"
wire = "integer"

[[set.code]]
code = "1"
variant = "Locked"
message.en = "It is locked."
"#;

/// Whether `expand` succeeds, its output and its errors.
fn run_expand(folder: &Path, spec: &str) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    let output = command
        .current_dir(folder)
        .args(["expand", spec])
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.success(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn a_spec_file_is_expanded_without_a_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("errors.toml");
    fs::write(&file, SPEC).unwrap();
    for spec in ["errors.toml", &file.display().to_string()] {
        let (success, out, err) = run_expand(folder.path(), spec);
        assert!(
            success && out.contains("enum Code") && out.contains("Locked"),
            "{spec}: {err}"
        );
    }
    fs::write(&file, SPEC.replace("Locked", "not a name")).unwrap();
    let (success, out, err) = run_expand(folder.path(), &file.display().to_string());
    assert!(
        !success && out.is_empty() && err.contains("errors.toml:11"),
        "{err}"
    );
    let missing = folder.path().join("missing.toml").display().to_string();
    assert!(
        run_expand(folder.path(), &missing)
            .2
            .contains("there is no such file")
    );
}
