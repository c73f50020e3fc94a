//! The shipped registry, as tests of its files and of what the tool prints use it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is in the workspace")
        .to_owned()
}

/// What `errbook` prints when it runs on the shipped registry.
pub(crate) fn run_errbook(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errbook"));
    let output = command
        .current_dir(root())
        .args(arguments)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}
