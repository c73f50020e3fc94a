//! `regen`: regenerates spec.toml of each vendor, and writes nothing if there is any problem.

use std::path::Path;
use std::process::ExitCode;

use errbook_spec::problem::Problems;

use crate::commands::account::account;
use crate::commands::{commit, fail, no_vendors, taxonomy, workspace};
use crate::count::count;
use crate::git;
use crate::program::program;
use crate::regen::{Regenerated, regen};
use crate::report;
use crate::transaction::Transaction;
use crate::vendor::{Missing, Vendor};
use crate::workspace::Workspace;

/// Which specs to regenerate, and whether to write them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// Vendors, by folder name [default: all vendors].
    vendors: Vec<String>,
    /// Write nothing; fail if any spec.toml is out of date.
    #[arg(long)]
    check: bool,
    /// Allow vendors without a spec.toml.
    #[arg(long)]
    new: bool,
    /// Also take names and retired codes from spec.toml of this revision (after a merge:
    /// `MERGE_HEAD`).
    #[arg(long, value_name = "REV")]
    previous: Vec<String>,
}

impl Args {
    /// Arguments for these vendors, or for all if the list is empty.
    #[must_use]
    pub fn of(vendors: &[String]) -> Self {
        Self {
            vendors: vendors.to_vec(),
            ..Self::default()
        }
    }
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let regenerated = match regenerate(args, &workspace) {
        Ok(regenerated) => regenerated,
        Err(problems) => {
            let code = fail(&problems, workspace.root());
            report::print_error(&format!(
                "{}; nothing was written",
                count(problems.iter().count(), "problem")
            ));
            return code;
        }
    };
    if args.check {
        check(&regenerated, &workspace)
    } else {
        write(&regenerated, &workspace)
    }
}

/// The specs of the vendors, or every problem of any of them.
///
/// # Errors
///
/// Every problem in the files of any vendor.
pub fn regenerate(args: &Args, workspace: &Workspace) -> Result<Vec<Regenerated>, Problems> {
    let names = workspace.select(&args.vendors)?;
    for revision in &args.previous {
        git::check_revision(workspace.root(), revision)?;
    }
    let mut problems = Problems::default();
    let taxonomy = taxonomy(workspace).unwrap_or_else(|other| {
        problems.extend(other);
        None
    });
    let one = |name: &str| {
        read_vendor(args, workspace, name).and_then(|vendor| regen(&vendor, taxonomy.as_ref()))
    };
    let mut regenerated = Vec::new();
    for result in for_each_vendor(&names, one) {
        match result {
            Ok(done) => regenerated.push(done),
            Err(other) => problems.extend(other),
        }
    }
    if names.is_empty() {
        problems.extend(no_vendors(workspace));
    }
    problems.finish(regenerated)
}

/// What `regen` would write for every vendor.
pub(super) fn regenerated(workspace: &Workspace) -> Result<Vec<Regenerated>, Problems> {
    regenerate(&Args::default(), workspace)
}

/// The files that `regen` would change.
pub(super) fn stale_files(regenerated: &[Regenerated], workspace: &Workspace) -> Vec<String> {
    let stale = regenerated
        .iter()
        .filter(|done| !is_up_to_date(done, workspace));
    stale
        .map(|done| workspace.spec_file(&done.vendor))
        .collect()
}

/// Runs a function for each vendor, in parallel; the results are in the order of the vendors.
fn for_each_vendor<T: Send>(names: &[String], one: impl Fn(&str) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> = names
            .iter()
            .map(|name| scope.spawn(move || one(name)))
            .collect();
        let results = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        results
            .map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn read_vendor(args: &Args, workspace: &Workspace, name: &str) -> Result<Vendor, Problems> {
    let missing = if args.new {
        Missing::Begins
    } else {
        Missing::Refused
    };
    let mut vendor = Vendor::read(workspace, name, missing)?;
    for revision in &args.previous {
        vendor.memory.extend(git::show(
            workspace.root(),
            revision,
            &workspace.spec_file(name),
        )?);
    }
    Ok(vendor)
}

fn is_up_to_date(done: &Regenerated, workspace: &Workspace) -> bool {
    workspace.has_text(&workspace.spec_file(&done.vendor), &done.text)
}

fn check(regenerated: &[Regenerated], workspace: &Workspace) -> ExitCode {
    let stale: Vec<_> = regenerated
        .iter()
        .filter(|done| !is_up_to_date(done, workspace))
        .collect();
    for done in regenerated {
        report::print_output(&account(
            done,
            if is_up_to_date(done, workspace) {
                "is up to date"
            } else {
                "is out of date"
            },
        ));
    }
    if stale.is_empty() {
        return ExitCode::SUCCESS;
    }
    for done in &stale {
        report::print_error(&format!(
            "error: {} is out of date",
            workspace.shown(&workspace.spec_file(&done.vendor))
        ));
    }
    let names: Vec<_> = stale.iter().map(|done| done.vendor.as_str()).collect();
    report::print_error(&format!(
        "help: run `{} regen {}`",
        program(),
        names.join(" ")
    ));
    ExitCode::FAILURE
}

fn write(regenerated: &[Regenerated], workspace: &Workspace) -> ExitCode {
    let changed: Vec<_> = regenerated
        .iter()
        .filter(|done| !is_up_to_date(done, workspace))
        .collect();
    if let Err(problems) = replace(&changed, workspace) {
        return fail(&problems, workspace.root());
    }
    for done in regenerated {
        let written = changed.iter().any(|changed| changed.vendor == done.vendor);
        report::print_output(&account(
            done,
            if written { "written" } else { "unchanged" },
        ));
    }
    ExitCode::SUCCESS
}

/// Replaces all files or none.
fn replace(changed: &[&Regenerated], workspace: &Workspace) -> Result<(), Problems> {
    let mut transaction = Transaction::default();
    for done in changed {
        transaction.put(&workspace.spec_file(&done.vendor), done.text.as_bytes());
    }
    commit(&transaction, workspace)
}
