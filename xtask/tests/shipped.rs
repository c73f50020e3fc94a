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

/// The package of the tool holds the files that xtask/registry links to.
#[test]
fn the_package_holds_the_registry() {
    let folder = root().join("xtask/registry");
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    let vendors = std::fs::read_dir(root().join("codes/vendors")).unwrap();
    let mut wanted: Vec<_> = vendors
        .flatten()
        .map(|entry| format!("{}.toml", entry.file_name().into_string().unwrap()))
        .chain(["kinds.toml", "version.txt"].map(str::to_owned))
        .collect();
    wanted.sort();
    assert_eq!(
        names, wanted,
        "add a link: `ln -s ../../codes/vendors/VENDOR/spec.toml xtask/registry/VENDOR.toml`"
    );
}
