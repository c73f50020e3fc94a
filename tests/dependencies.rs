//! What a user of each crate compiles.

use std::process::Command;

use crate::workspace::root;

/// The names of what a crate depends on.
fn tree(arguments: &[&str]) -> Vec<String> {
    let lines = lines(arguments);
    lines
        .iter()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

fn lines(arguments: &[&str]) -> Vec<String> {
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
        tree(&["--package", "errbook", "--no-default-features"]),
        ["errbook"]
    );
}

#[test]
fn the_macro_carries_neither_serde_nor_a_markdown_parser() {
    let tree = tree(&["--package", "errbook-macros"]);
    for heavy in [
        "serde",
        "serde_core",
        "serde_derive",
        "pulldown-cmark",
        "phf",
        "clap",
    ] {
        assert!(
            !tree.iter().any(|name| name == heavy),
            "{heavy} is in the macro's tree"
        );
    }
}

/// Its types of Rust, behind other features, are more than half of what syn costs to compile.
#[test]
fn the_macro_takes_of_syn_the_parser_alone() {
    let tree = lines(&["--package", "errbook-macros", "--format", "{p} {f}"]);
    let syn = tree.iter().find(|line| line.starts_with("syn ")).unwrap();
    assert!(syn.ends_with(" parsing,printing"), "{syn}");
}

#[test]
fn the_command_does_not_depend_on_the_registry() {
    assert!(!tree(&["--package", "errbook-cli"]).contains(&"errbook-codes".to_owned()));
}
