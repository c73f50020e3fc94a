//! `kinds`: writes the page that shows, for each kind, which codes of which vendor mean it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Code, Retry, Spec, word};

use super::diff::KINDS;
use super::{fail, finish, replace, workspace};
use crate::workspace::Workspace;

/// The page, part of the documentation of `errbook-codes`.
const PAGE: &str = "codes/KINDS.md";

/// What `kinds` may be told.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Write nothing, and fail if the page is not what it would be.
    #[arg(long)]
    check: bool,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let outcome = keep(args, &workspace);
    finish(
        outcome.map(|outcome| format!("{PAGE} {outcome}\n")),
        workspace.root(),
    )
}

fn keep(args: &Args, workspace: &Workspace) -> Result<&'static str, Problems> {
    let page = made(workspace)?;
    if is_fresh(&page, workspace) {
        return Ok("is fresh");
    }
    if args.check {
        return Err(stale());
    }
    replace(PAGE, &page, workspace)?;
    Ok("was written")
}

/// That the page is what it would be; in a workspace without kinds there is none.
///
/// # Errors
///
/// The page is another, or it cannot be made.
pub(super) fn check(workspace: &Workspace) -> Result<(), Problems> {
    if !workspace.has(PAGE) && !workspace.has(KINDS) {
        return Ok(());
    }
    if is_fresh(&made(workspace)?, workspace) {
        Ok(())
    } else {
        Err(stale())
    }
}

fn is_fresh(page: &str, workspace: &Workspace) -> bool {
    std::fs::read_to_string(workspace.path(PAGE)).is_ok_and(|text| text == page)
}

fn stale() -> Problems {
    let mut problems = Problems::default();
    problems.push_with_help(
        &Place::file(PAGE),
        "this page is stale",
        "run `cargo xtask kinds`",
    );
    problems
}

/// The page as it would be.
fn made(workspace: &Workspace) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let mut read = |file: &str| -> Option<Spec> {
        let source = workspace.read(file, &mut problems)?;
        spec::parse(&source)
            .map_err(|other| problems.extend(other))
            .ok()
    };
    let taxonomy = read(KINDS);
    let vendors = workspace.vendors();
    let specs: Vec<Spec> = vendors
        .iter()
        .filter_map(|name| read(&format!("codes/vendors/{name}/spec.toml")))
        .collect();
    let page = taxonomy
        .map(|taxonomy| page(&taxonomy, &specs))
        .unwrap_or_default();
    problems.finish(page)
}

/// A table with a line for each kind and a column for each vendor, then the definitions.
fn page(taxonomy: &Spec, specs: &[Spec]) -> String {
    let mut page = String::from(
        "<!-- Written by `cargo xtask kinds` from kinds.toml and the vendors' specs. Do not edit. -->\n\n\
         What each vendor's codes mean across vendors: an application that decides by kind does not notice which \
         vendor answered.\n\n",
    );
    let names: Vec<String> = specs
        .iter()
        .map(|spec| format!("`{}`", spec.vendor.replace('-', "_")))
        .collect();
    let _ = writeln!(page, "| kind | {} |", names.join(" | "));
    let _ = writeln!(page, "| --- |{}", " --- |".repeat(specs.len()));
    let meant: Vec<BTreeMap<&str, String>> = specs.iter().map(by_kind).collect();
    for kind in kinds(taxonomy) {
        let cells = meant
            .iter()
            .map(|meant| meant.get(kind.code.as_str()).map_or("", String::as_str));
        let _ = writeln!(
            page,
            "| **{}** | {} |",
            *kind.code,
            cells.collect::<Vec<_>>().join(" | ")
        );
    }
    page.push_str(
        "\n## What the kinds mean\n\n| kind | definition | retry | whose fault |\n| --- | --- | --- | --- |\n",
    );
    for kind in kinds(taxonomy) {
        let definition = kind
            .doc
            .get("en")
            .map(|text| text.as_str())
            .unwrap_or_default();
        let retry = kind
            .retry
            .as_ref()
            .map_or("", |retry| word(Retry::WORDS, retry.value));
        let fault = kind
            .fault
            .as_ref()
            .map_or("", |fault| word(spec::Fault::WORDS, fault.value));
        let _ = writeln!(
            page,
            "| **{}** | {definition} | {retry} | {fault} |",
            *kind.code
        );
    }
    page
}

fn kinds(taxonomy: &Spec) -> impl Iterator<Item = &Code> {
    taxonomy.sets.iter().flat_map(|set| &set.codes)
}

/// The codes of a vendor that mean each kind, set by set.
fn by_kind(spec: &Spec) -> BTreeMap<&str, String> {
    let mut by_kind: BTreeMap<&str, String> = BTreeMap::new();
    for set in &spec.sets {
        let mut codes: BTreeMap<&str, Vec<&Code>> = BTreeMap::new();
        for code in &set.codes {
            codes
                .entry(code.kind.as_ref().map_or("", |kind| kind.as_str()))
                .or_default()
                .push(code);
        }
        for (kind, codes) in codes {
            let names: Vec<String> = codes.into_iter().map(name).collect();
            let cell = by_kind.entry(kind).or_default();
            let separator = if cell.is_empty() { "" } else { "<br>" };
            let _ = write!(cell, "{separator}`{}` {}", *set.name, names.join(", "));
        }
    }
    by_kind
}

/// The code and its variant.
fn name(code: &Code) -> String {
    format!("`{} {}`", *code.code, *code.variant)
}
