//! Compares the version that `diff` requires for a change of a spec with the one that
//! cargo-semver-checks requires for the two generated crates. The test that uses it is in
//! `editions.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_cli::diff::{Verdict, diff, verdict};
use errbook_spec::place::Source;
use errbook_spec::{self as spec, word};

/// Classes for which `diff` requires more, and why: cargo-semver-checks compares the names that a
/// program can use, not the values that it gets.
const STRICTER: &[(&str, &str)] = &[
    (
        "variant-renamed",
        "the old name stays as a deprecated constant, so every path still resolves; a `match` on \
         it no longer compiles",
    ),
    ("set-renamed", "the old name stays as a deprecated alias"),
    (
        "wire-changed",
        "it compares no signatures: `code()` returns another type",
    ),
    (
        "identity-changed",
        "it compares no signatures, and added constructors hide the removed ones",
    ),
    (
        "taxonomy-changed",
        "it compares no signatures: `kind()` returns another type",
    ),
    (
        "symbol-changed",
        "a string that decoded no longer does; no name changes",
    ),
    (
        "alias-removed",
        "a string that decoded no longer does; no name changes",
    ),
    (
        "parameter-removed",
        "the names of parameters are strings to the compiler",
    ),
    (
        "parameter-renamed",
        "the names of parameters are strings to the compiler",
    ),
    ("language-removed", "a language is a value to the compiler"),
    (
        "code-added",
        "a `non_exhaustive` enum may grow; it requires a minor version for new functions and types \
         only",
    ),
    (
        "*",
        "facts such as billing, kind and retry are values to the compiler",
    ),
];

/// Discriminants are not part of the API, and the documentation of each enum says so: otherwise
/// each row that a vendor inserts would require a major version. `errbook-codes` allows the same
/// lints.
const ALLOWED: [&str; 2] = [
    "enum_no_repr_variant_discriminant_changed",
    "enum_repr_variant_discriminant_changed",
];

/// Panics if cargo-semver-checks requires more than `diff` does. Crates are built below `target`.
pub(crate) fn assert_verdict_is_sufficient(vendor: &str, old: &Source, new: &Source, root: &Path) {
    let old_spec = spec::parse(old).unwrap();
    let findings = diff(Some(&old_spec), Some(&spec::parse(new).unwrap()));
    let Some(ours) = verdict(&findings) else {
        return;
    };
    let theirs = least_release_type(root, vendor, old.text(), new.text());
    let our_word = word(Verdict::WORDS, ours);
    let their_word = word(Verdict::WORDS, theirs);
    println!("{vendor}: diff says {our_word}, cargo-semver-checks says {their_word}");
    assert!(ours >= theirs, "{vendor}");
    if ours > theirs {
        let strictest = findings.iter().filter(|one| one.verdict == ours);
        let classes: BTreeSet<_> = strictest.map(|one| one.class.word()).collect();
        for class in classes {
            let reason = STRICTER
                .iter()
                .find(|(known, _)| [class, "*"].contains(known))
                .map_or("", |(_, why)| why);
            println!("  {class}: {reason}");
        }
    }
}

/// The least release type that cargo-semver-checks accepts.
fn least_release_type(root: &Path, vendor: &str, old: &str, new: &str) -> Verdict {
    let folder = root.join("target/semver").join(vendor);
    let baseline = write_package(root, &folder.join("old"), old).unwrap();
    let current = write_package(root, &folder.join("new"), new).unwrap();
    let build = root.join("target/semver/build");
    let accepted = Verdict::WORDS
        .iter()
        .take(2)
        .find(|(word, _)| is_accepted(&baseline, &current, &build, word));
    accepted.map_or(Verdict::Major, |(_, verdict)| *verdict)
}

fn is_accepted(baseline: &Path, current: &Path, build: &Path, release: &str) -> bool {
    let mut command = Command::new("cargo");
    // The dependencies of both crates are built once for all pairs.
    command.env("CARGO_TARGET_DIR", build);
    command
        .args([
            "semver-checks",
            "--release-type",
            release,
            "--baseline-root",
        ])
        .arg(baseline)
        .arg("--manifest-path")
        .arg(current.join("Cargo.toml"));
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    // A failure is a verdict only if the command ran and found something.
    assert!(
        output.status.success() || errors.contains("semver requires"),
        "install it with `cargo install cargo-semver-checks --locked`:\n{errors}"
    );
    output.status.success()
}

/// Writes a crate of one spec. It depends on errbook only, so the spec keeps its own kinds.
fn write_package(root: &Path, folder: &Path, spec: &str) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder.join("src"))?;
    let runtime = std::path::absolute(root.join("runtime"))?
        .display()
        .to_string()
        .replace('\\', "/");
    let allowed = ALLOWED.map(|lint| format!("{lint} = \"allow\"\n")).concat();
    let manifest = format!(
        "[package]\nname = \"compared\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n\
         [package.metadata.cargo-semver-checks.lints]\n{allowed}\n\
         [dependencies]\nerrbook = {{ path = \"{runtime}\" }}\n\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("spec.toml"), spec)?;
    fs::write(
        folder.join("src/lib.rs"),
        "#![allow(missing_docs)]\nerrbook::include_spec! { \"spec.toml\" }\n",
    )?;
    Ok(folder.to_owned())
}
