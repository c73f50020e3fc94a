//! `regen`: regenerates spec.toml of each vendor, and writes nothing if there is any problem.

use std::fmt::Write;
use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use errbook_spec::problem::Problems;

use crate::commands::account::account;
use crate::commands::{commit, fail, no_vendors, taxonomy, workspace_to_write_if};
use crate::count::count;
use crate::git;
use crate::module;
use crate::program::program;
use crate::progress;
use crate::regen::{Regenerated, check_threads, regen};
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
    let workspace = match workspace_to_write_if(!args.check, root) {
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
    let outdated = match outdated_files(&regenerated, &workspace) {
        Ok(outdated) => outdated,
        Err(problems) => return fail(&problems, workspace.root()),
    };
    if args.check {
        check(&regenerated, &outdated, &workspace)
    } else {
        write(&regenerated, &outdated, &workspace)
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
    let specs: Vec<_> = regenerated.iter().map(|done| &done.spec).collect();
    check_threads(&specs, workspace, &mut problems);
    problems.finish(regenerated)
}

/// What `regen` would write for every vendor.
pub(super) fn regenerated(workspace: &Workspace) -> Result<Vec<Regenerated>, Problems> {
    regenerate(&Args::default(), workspace)
}

/// A file that `regen` would change.
#[derive(Debug, Clone)]
pub(super) struct Outdated {
    pub(super) vendor: String,
    /// Its path.
    pub(super) file: String,
    /// Its text as it should be.
    pub(super) text: String,
    /// The languages that a module lacks.
    added: Vec<String>,
}

impl Outdated {
    /// What is wrong with it.
    pub(super) fn message(&self, file: &str) -> String {
        if self.added.is_empty() {
            return format!("{file} is out of date");
        }
        let added = self.added.join(", ");
        format!("{file} is out of date: `locales` lacks {added}")
    }
}

/// The files that `regen` would change: specs, and modules that lack a language of their spec.
pub(super) fn outdated_files(
    regenerated: &[Regenerated],
    workspace: &Workspace,
) -> Result<Vec<Outdated>, Problems> {
    let mut files = Vec::new();
    for done in regenerated {
        let file = workspace.spec_file(&done.vendor);
        if !workspace.has_text(&file, &done.text) {
            files.push(Outdated {
                vendor: done.vendor.clone(),
                file,
                text: done.text.clone(),
                added: Vec::new(),
            });
        }
        if let Some(module) = module::outdated(workspace, &done.spec)? {
            files.push(Outdated {
                vendor: done.vendor.clone(),
                file: module.file,
                text: module.text,
                added: module.added,
            });
        }
    }
    Ok(files)
}

/// Runs a function for each vendor, on all processors; the results are in the order of the vendors.
/// There are no more threads than processors, so a thousand vendors are not in memory at once.
fn for_each_vendor<T: Send>(names: &[String], one: impl Fn(&str) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(name) = names.get(at) else {
                return done;
            };
            progress::show(at, names.len(), "vendors");
            done.push((at, one(name)));
        }
    };
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut results: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..processors.min(names.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let results = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        results
            .flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
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

fn check(regenerated: &[Regenerated], outdated: &[Outdated], workspace: &Workspace) -> ExitCode {
    for done in regenerated {
        let is_stale = is_stale(done, outdated, workspace);
        let outcome = if is_stale {
            "is out of date"
        } else {
            "is up to date"
        };
        report::print_output(&account(done, outcome));
    }
    if outdated.is_empty() {
        return ExitCode::SUCCESS;
    }
    for file in outdated {
        let message = file.message(&workspace.shown(&file.file));
        report::print_error(&format!("error: {message}"));
    }
    let mut names: Vec<_> = outdated.iter().map(|file| file.vendor.as_str()).collect();
    names.dedup();
    report::print_error(&format!(
        "help: run `{} regen {}`",
        program(),
        names.join(" ")
    ));
    ExitCode::FAILURE
}

fn is_stale(done: &Regenerated, outdated: &[Outdated], workspace: &Workspace) -> bool {
    let spec = workspace.spec_file(&done.vendor);
    outdated.iter().any(|outdated| outdated.file == spec)
}

/// Replaces all files or none.
fn write(regenerated: &[Regenerated], outdated: &[Outdated], workspace: &Workspace) -> ExitCode {
    let mut transaction = Transaction::default();
    for Outdated { file, text, .. } in outdated {
        transaction.put(file, text.as_bytes());
    }
    if let Err(problems) = commit(&transaction, workspace) {
        return fail(&problems, workspace.root());
    }
    for done in regenerated {
        let is_stale = is_stale(done, outdated, workspace);
        let outcome = if is_stale { "written" } else { "unchanged" };
        let mut output = account(done, outcome);
        let is_module = |file: &&Outdated| file.vendor == done.vendor && !file.added.is_empty();
        for module in outdated.iter().filter(is_module) {
            let file = workspace.shown(&module.file);
            let added = module.added.join(", ");
            let _ = writeln!(output, "  added {added} to `locales` in {file}");
        }
        report::print_output(&output);
    }
    ExitCode::SUCCESS
}
