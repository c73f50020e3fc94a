//! `kinds`: writes KINDS.md, which shows the codes that each vendor has for each kind.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Fault, Retry, Spec, word};

use crate::commands::diff::KINDS;
use crate::commands::{fail, finish, replace, workspace};
use crate::kind_matrix::{KindCell, KindRow, kind_matrix};
use crate::workspace::Workspace;

/// The page, part of the documentation of `errbook-codes`.
const PAGE: &str = "codes/KINDS.md";

/// Whether to write the page or to check it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Write nothing; fail if the page is out of date.
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
    let outcome = update_page(args, &workspace);
    finish(
        outcome.map(|outcome| format!("{PAGE} {outcome}\n")),
        workspace.root(),
    )
}

fn update_page(args: &Args, workspace: &Workspace) -> Result<&'static str, Problems> {
    let page = generate(workspace)?;
    if is_up_to_date(&page, workspace) {
        return Ok("is up to date");
    }
    if args.check {
        return Err(out_of_date());
    }
    replace(PAGE, &page, workspace)?;
    Ok("written")
}

/// Checks that the page is up to date. A workspace without kinds has no page.
///
/// # Errors
///
/// The page is out of date, or cannot be generated.
pub(super) fn check(workspace: &Workspace) -> Result<(), Problems> {
    if !workspace.has(PAGE) && !workspace.has(KINDS) {
        return Ok(());
    }
    if is_up_to_date(&generate(workspace)?, workspace) {
        Ok(())
    } else {
        Err(out_of_date())
    }
}

fn is_up_to_date(page: &str, workspace: &Workspace) -> bool {
    workspace.has_text(PAGE, page)
}

fn out_of_date() -> Problems {
    let mut problems = Problems::default();
    problems.push_with_help(
        &Place::file(PAGE),
        "this page is out of date",
        "run `cargo xtask kinds`",
    );
    problems
}

/// Generates the page from the specs.
fn generate(workspace: &Workspace) -> Result<String, Problems> {
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
        .map(|taxonomy| render_page(&taxonomy, &specs))
        .unwrap_or_default();
    problems.finish(page)
}

/// A table with a row for each kind and a column for each vendor, then the definitions.
fn render_page(taxonomy: &Spec, specs: &[Spec]) -> String {
    let mut page = String::from(
        "<!-- Written by `cargo xtask kinds` from kinds.toml and the vendors' specs. \
         Do not edit. -->\n\n\
         Which codes of each vendor have which kind. An application that decides by kind \
         does not depend on the vendor that answered.\n\n",
    );
    let names: Vec<String> = specs
        .iter()
        .map(|spec| format!("`{}`", spec.vendor.replace('-', "_")))
        .collect();
    let rows = kind_matrix(Some(taxonomy), specs);
    let _ = writeln!(page, "| kind | {} |", names.join(" | "));
    let _ = writeln!(page, "| --- |{}", " --- |".repeat(specs.len()));
    for row in &rows {
        let cells: Vec<_> = row.cells.iter().map(render_cell).collect();
        let _ = writeln!(page, "| **{}** | {} |", *row.kind.code, cells.join(" | "));
    }
    page.push_str(
        "\n## What the kinds mean\n\n\
         | kind | definition | retry | whose fault |\n\
         | --- | --- | --- | --- |\n",
    );
    for KindRow { kind, .. } in &rows {
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
            .map_or("", |fault| word(Fault::WORDS, fault.value));
        let _ = writeln!(
            page,
            "| **{}** | {definition} | {retry} | {fault} |",
            *kind.code
        );
    }
    page
}

/// `` `FaceCode` `-5001 NoFace`, `-5002 NoSound` ``, one line for each set.
fn render_cell(cell: &KindCell<'_>) -> String {
    let lines = cell.sets.iter().map(|(set, codes)| {
        let names: Vec<_> = codes
            .iter()
            .map(|code| format!("`{} {}`", *code.code, *code.variant))
            .collect();
        format!("`{}` {}", *set.name, names.join(", "))
    });
    lines.collect::<Vec<_>>().join("<br>")
}
