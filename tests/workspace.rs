//! Finds and reads the files of the workspace, and checks that every vendor has all of its parts.

use std::path::{Path, PathBuf};

use errbook_cli::workspace::Workspace;
use errbook_spec::place::Source;
use errbook_spec::{self as spec, Spec};

/// The vendors of the registry.
pub(crate) fn vendors() -> Vec<String> {
    let vendors = Workspace::open(&root()).unwrap().vendors();
    assert!(!vendors.is_empty());
    vendors
}

/// The root folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are in the workspace")
        .to_owned()
}

/// Reads a file in the folder of a vendor.
pub(crate) fn read_vendor_file(vendor: &str, file: &str) -> String {
    let path = root().join("codes/vendors").join(vendor).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether a snapshot with this name was reviewed. A vendor needs none: a new one is as its document
/// and its overlay say.
pub(crate) fn has_snapshot(name: &str) -> bool {
    let file = format!("tests/snapshots/errbook__{name}.snap");
    root().join(file).exists()
}

/// Parses the spec of a vendor.
pub(crate) fn parse_spec(vendor: &str) -> Spec {
    spec::parse(&Source::new(
        "spec.toml",
        &read_vendor_file(vendor, "spec.toml"),
    ))
    .unwrap()
}

#[test]
fn every_vendor_has_a_module_and_a_feature() {
    let manifest = std::fs::read_to_string(root().join("codes/Cargo.toml")).unwrap();
    for vendor in vendors() {
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
