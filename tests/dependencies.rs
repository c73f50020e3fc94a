//! The dependencies that a user of each crate compiles, from `cargo tree`.

use std::process::Command;

use crate::workspace::root;

/// The names of a package and of its dependencies.
fn package_names(arguments: &[&str]) -> Vec<String> {
    let lines = tree_lines(arguments);
    lines
        .iter()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

/// The lines that `cargo tree` prints.
fn tree_lines(arguments: &[&str]) -> Vec<String> {
    let cargo = std::env::var("CARGO").unwrap();
    let fixed = ["tree", "--prefix", "none", "--edges", "normal"];
    let output = Command::new(cargo)
        .args(fixed)
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn the_runtime_alone_has_no_dependency() {
    assert_eq!(
        package_names(&["--package", "errbook", "--no-default-features"]),
        ["errbook"]
    );
}

#[test]
fn the_macros_depend_neither_on_serde_nor_on_a_markdown_parser() {
    let names = package_names(&["--package", "errbook-macros"]);
    for heavy in [
        "serde",
        "serde_core",
        "serde_derive",
        "pulldown-cmark",
        "phf",
        "clap",
    ] {
        assert!(
            !names.iter().any(|name| name == heavy),
            "{heavy} is a dependency of the macros"
        );
    }
}

/// A derive needs items and types, which most applications compile anyway: serde, thiserror, tokio
/// and clap enable the same features of the same version. syn's other features double its build
/// time.
#[test]
fn the_macros_enable_only_what_a_derive_needs_of_syn() {
    let lines = tree_lines(&["--package", "errbook-macros", "--format", "{p} {f}"]);
    let syn: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("syn "))
        .collect();
    assert!(!syn.is_empty(), "the derive parses with syn");
    for line in syn {
        assert!(line.starts_with("syn v3."), "{line}");
        assert!(
            line.trim_end_matches(" (*)")
                .ends_with(" derive,parsing,printing"),
            "{line}"
        );
    }
}

#[test]
fn the_tool_does_not_depend_on_the_registry() {
    assert!(!package_names(&["--package", "errbook-cli"]).contains(&"errbook-codes".to_owned()));
}
