//! `semver`: our verdict against that of cargo-semver-checks, on two crates made from the specs of two revisions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, word};

use super::diff::States;
use super::{fail, problem, workspace};
use crate::diff::{Verdict, diff, verdict};
use crate::workspace::{Workspace, source};
use crate::{git, report};

/// What `semver` is asked.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(flatten)]
    states: States,
}

/// Where ours is the stricter one, and why: it looks at what a program can name, and not at what it gets.
const STRICTER: &[(&str, &str)] = &[
    (
        "variant-renamed",
        "the old name stays as a deprecated constant, so every path still resolves; a `match` on it no longer compiles",
    ),
    ("set-renamed", "the old name stays as a deprecated alias"),
    (
        "wire-changed",
        "it compares no signatures: `code()` gives another type",
    ),
    (
        "identity-changed",
        "it compares no signatures, and constructors that came hide those that went",
    ),
    (
        "taxonomy-changed",
        "it compares no signatures: `kind()` gives another type",
    ),
    (
        "symbol-changed",
        "a text that decoded no longer does; nothing that has a name is different",
    ),
    (
        "alias-removed",
        "a text that decoded no longer does; nothing that has a name is different",
    ),
    (
        "parameter-removed",
        "the names of parameters are texts to the compiler",
    ),
    (
        "parameter-renamed",
        "the names of parameters are texts to the compiler",
    ),
    ("language-removed", "a language is a value to the compiler"),
    (
        "code-added",
        "an enum that is `non_exhaustive` may grow; it asks for a minor version of functions and types only",
    ),
    (
        "*",
        "facts such as billing, kind and retry are values to the compiler",
    ),
];

/// Numbers inside the program are no part of the interface, and the documentation of each enum says so: otherwise each
/// row that a vendor inserts would be a major version. `errbook-codes` allows the same.
const ALLOWED: [&str; 2] = [
    "enum_no_repr_variant_discriminant_changed",
    "enum_repr_variant_discriminant_changed",
];

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    match compare(args, &workspace) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problems) => fail(&problems, workspace.root()),
    }
}

/// The specs of one vendor, before and after.
struct Pair {
    vendor: String,
    old: Source,
    new: Source,
}

/// Whether ours says at least what theirs says, for every vendor that differs.
fn compare(args: &Args, workspace: &Workspace) -> Result<bool, Problems> {
    let pairs = match (&args.states.from, &args.states.to) {
        (Some(from), Some(to)) => {
            let (old, new) = (source(from)?, source(to)?);
            vec![Pair {
                vendor: spec::parse(&new)?.vendor.value,
                old,
                new,
            }]
        }
        _ => since(&args.states, workspace)?,
    };
    let mut holds = true;
    for pair in &pairs {
        holds &= pair_holds(pair, workspace)?;
    }
    Ok(holds)
}

/// The vendors that were there at the revision and still are.
fn since(
    States { vendors, base, .. }: &States,
    workspace: &Workspace,
) -> Result<Vec<Pair>, Problems> {
    git::knows(workspace.root(), base)?;
    let mut pairs = Vec::new();
    for vendor in workspace.select(vendors)? {
        let file = format!("codes/vendors/{vendor}/spec.toml");
        let mut problems = Problems::default();
        let new = workspace.read(&file, &mut problems);
        let old = git::show(workspace.root(), base, &file)?;
        pairs.extend(
            old.zip(problems.finish(new)?)
                .map(|(old, new)| Pair { vendor, old, new }),
        );
    }
    Ok(pairs)
}

fn pair_holds(Pair { vendor, old, new }: &Pair, workspace: &Workspace) -> Result<bool, Problems> {
    let findings = diff(Some(&spec::parse(old)?), Some(&spec::parse(new)?));
    let Some(ours) = verdict(&findings) else {
        return Ok(true);
    };
    let theirs = theirs(workspace, vendor, old.text(), new.text())?;
    let (our, their) = (word(Verdict::WORDS, ours), word(Verdict::WORDS, theirs));
    report::say(&format!(
        "{vendor}: ours says {our}, cargo-semver-checks says {their}\n"
    ));
    if ours > theirs {
        let asking = findings.iter().filter(|one| one.verdict == ours);
        let classes: BTreeSet<_> = asking.map(|one| one.class.word()).collect();
        for class in classes {
            let reason = STRICTER
                .iter()
                .find(|(known, _)| [class, "*"].contains(known))
                .map_or("", |(_, why)| why);
            report::say(&format!("  {class}: {reason}\n"));
        }
    }
    Ok(ours >= theirs)
}

/// The least release type that cargo-semver-checks lets pass.
fn theirs(workspace: &Workspace, vendor: &str, old: &str, new: &str) -> Result<Verdict, Problems> {
    let folder = workspace.path("target/semver").join(vendor);
    let cannot =
        |error: std::io::Error| problem("target/semver", &format!("it cannot be written: {error}"));
    let baseline = package(workspace, &folder.join("old"), old).map_err(cannot)?;
    let current = package(workspace, &folder.join("new"), new).map_err(cannot)?;
    let build = workspace.path("target/semver/build");
    for (_, verdict) in Verdict::WORDS.iter().take(2) {
        if passes(&baseline, &current, &build, word(Verdict::WORDS, *verdict))? {
            return Ok(*verdict);
        }
    }
    Ok(Verdict::Major)
}

fn passes(baseline: &Path, current: &Path, build: &Path, release: &str) -> Result<bool, Problems> {
    let mut command = Command::new("cargo");
    // What both depend on is built once for all pairs.
    command.env("CARGO_TARGET_DIR", build);
    command
        .args([
            "semver-checks",
            "--release-type",
            release,
            "--baseline-root",
        ])
        .arg(baseline);
    command
        .arg("--manifest-path")
        .arg(current.join("Cargo.toml"));
    let output = command.output();
    let output =
        output.map_err(|error| problem("cargo", &format!("cargo cannot be run: {error}")))?;
    match output.status.code() {
        Some(0) => Ok(true),
        // It ran and found something; any other failure is no verdict.
        Some(_) if String::from_utf8_lossy(&output.stderr).contains("semver requires") => Ok(false),
        _ => {
            let said = String::from_utf8_lossy(&output.stderr);
            let help = "cargo install cargo-semver-checks --locked";
            Err(problem(
                "cargo semver-checks",
                &format!("it gave no verdict ({help}, if it is missing):\n{said}"),
            ))
        }
    }
}

/// A crate of one spec, with kinds that are its own, so that it needs nothing but errbook.
fn package(workspace: &Workspace, folder: &Path, spec: &str) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder.join("src"))?;
    let runtime = std::path::absolute(workspace.path("runtime"))?
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
