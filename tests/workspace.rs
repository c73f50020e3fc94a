//! Where the files of the workspace are, and that what is generated of them is fresh.

use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_spec::place::Source;
use errbook_spec::{self as spec, Spec};

/// The vendors that are shipped.
pub(crate) const VENDORS: [&str; 5] = [
    "idverify-gateway",
    "megvii-faceid",
    "tencent-faceid-sdk",
    "tencent-huiyan",
    "tencent-kyc",
];

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are in the workspace")
        .to_owned()
}

/// A file of a vendor's folder.
pub(crate) fn read(vendor: &str, file: &str) -> String {
    let path = root().join("codes/vendors").join(vendor).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A vendor's spec.
pub(crate) fn spec(vendor: &str) -> Spec {
    spec::parse(&Source::new("spec.toml", &read(vendor, "spec.toml"))).unwrap()
}

/// Runs a command of the repository, which must succeed.
fn succeeds(arguments: &[&str]) {
    let cargo = std::env::var("CARGO").unwrap();
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
}

#[test]
fn what_is_generated_is_fresh() {
    succeeds(&["xtask", "regen", "--check"]);
    succeeds(&["xtask", "kinds", "--check"]);
}

#[test]
fn what_is_shipped_has_no_debt() {
    succeeds(&["xtask", "stats", "--check"]);
}

#[test]
fn the_examples_of_the_registry_hold() {
    for example in ["switch_vendor", "bill"] {
        succeeds(&[
            "run",
            "--quiet",
            "--package",
            "errbook-codes",
            "--example",
            example,
        ]);
    }
}

#[test]
fn every_vendor_has_a_module_a_feature_and_a_folder() {
    let folders: Vec<_> = std::fs::read_dir(root().join("codes/vendors"))
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(folders.len(), VENDORS.len());
    let manifest = std::fs::read_to_string(root().join("codes/Cargo.toml")).unwrap();
    for vendor in VENDORS {
        assert!(
            manifest.contains(&format!("\n{vendor} = []")),
            "{vendor} has no feature"
        );
        assert!(
            root()
                .join(format!("codes/src/{}.rs", vendor.replace('-', "_")))
                .exists(),
            "{vendor} has no module"
        );
    }
}
