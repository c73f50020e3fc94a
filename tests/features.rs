//! The manifests of the packages: features of errbook that errbook-codes passes through, the places
//! that list features, and the versions that the packages require of each other.

use std::fs;

use errbook_cli::manifest::Manifest;
use errbook_spec::place::Source;

use crate::workspace::{root, vendors};

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The features of a package, except `default`.
fn features(manifest: &str) -> Vec<String> {
    let manifest = Manifest::parse(&Source::new(manifest, &read(manifest))).unwrap();
    let mut features = manifest.features();
    features.retain(|name| name != "default");
    features.sort();
    features
}

/// The features in the table of a crate's documentation.
fn documented(lib: &str) -> Vec<String> {
    let text = read(lib);
    let rows = text.lines().filter_map(|line| {
        let cell = line.strip_prefix("//! | `")?;
        Some(cell.split_once('`')?.0.to_owned())
    });
    let mut features: Vec<_> = rows.collect();
    features.sort();
    features
}

#[test]
fn errbook_codes_passes_every_feature_of_errbook_through() {
    let manifest = read("codes/Cargo.toml");
    // It uses the macros itself.
    for name in features("runtime/Cargo.toml")
        .iter()
        .filter(|name| *name != "macros")
    {
        let line = manifest
            .lines()
            .find(|line| line.starts_with(&format!("{name} = ")));
        let line = line.unwrap_or_else(|| panic!("errbook-codes has no feature `{name}`"));
        assert!(line.contains(&format!("\"errbook/{name}\"")), "{line}");
    }
}

#[test]
fn the_documentation_lists_every_feature() {
    for folder in ["runtime", "codes"] {
        let wanted = features(&format!("{folder}/Cargo.toml"));
        assert_eq!(
            documented(&format!("{folder}/src/lib.rs")),
            wanted,
            "{folder}"
        );
    }
    let readme = read("README.md");
    let (_, readme) = readme
        .split_once("## Features\n")
        .expect("a section about features");
    let readme = readme.split("\n## ").next().unwrap_or_default();
    let vendors = vendors();
    for name in features("codes/Cargo.toml")
        .iter()
        .filter(|name| !vendors.contains(name))
    {
        assert!(
            readme.contains(&format!("`{name}`")),
            "README.md does not name `{name}`"
        );
    }
}

/// A person raises the version of the engine, and must not forget a requirement.
#[test]
fn the_packages_require_the_version_of_the_engine() {
    let workspace = read("Cargo.toml");
    let manifest = Manifest::parse(&Source::new("Cargo.toml", &workspace)).unwrap();
    let engine = manifest.version().expect("the workspace has a version");
    for (file, text, requirement) in [
        ("Cargo.toml", workspace.as_str(), format!("\"={engine}\"")),
        (
            "codes/Cargo.toml",
            &read("codes/Cargo.toml"),
            format!("\"{engine}\""),
        ),
    ] {
        let own = |line: &&str| line.starts_with("errbook") && line.contains("version = ");
        let lines: Vec<_> = text.lines().filter(own).collect();
        assert!(!lines.is_empty(), "{file}");
        for line in lines {
            assert!(line.contains(&requirement), "{file}: {line}");
        }
    }
}
