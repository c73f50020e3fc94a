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

/// The modules of the tool that read a registry and show it, each after those that it may import.
const READERS: [&str; 7] = [
    "book",
    "locale",
    "rust_line",
    "search",
    "export",
    "site",
    "explain",
];

/// The Rust files of a module, which is a file or a folder.
fn files_of(module: &std::path::Path) -> Vec<std::path::PathBuf> {
    let file = module.with_extension("rs");
    if file.is_file() {
        return vec![file];
    }
    let entries = std::fs::read_dir(module).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.is_dir() || path.extension().is_some_and(|it| it == "rs"));
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_of(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn no_reader_of_the_registry_imports_a_later_one() {
    for (at, module) in READERS.iter().enumerate() {
        let files = files_of(&root().join("xtask/src").join(module));
        assert!(!files.is_empty(), "{module}");
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for later in &READERS[at + 1..] {
                let path = format!("crate::{later}::");
                assert!(!text.contains(&path), "{}: {path}", file.display());
            }
        }
    }
}
