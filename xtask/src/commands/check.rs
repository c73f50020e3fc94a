//! `check`: whether specs are valid, with every reason why they are not.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_codegen::expand;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{Opened, dropped_parameters, open};

use crate::commands::expand::{KINDS, options};
use crate::commands::{Specs, fail, finish, workspace};
use crate::count::count;
use crate::workspace::{Workspace, source};

/// What to check.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(flatten)]
    specs: Specs,
    /// Vendors, by folder name [default: all vendors].
    #[arg(conflicts_with = "files")]
    vendors: Vec<String>,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    if !args.specs.is_empty() {
        let read = |file: &PathBuf| source(file);
        return finish(report(args.specs.files.iter().map(read)), Path::new("."));
    }
    match workspace(root) {
        Ok(workspace) => finish(check_registry(args, &workspace), workspace.root()),
        Err(problems) => fail(&problems, Path::new(".")),
    }
}

/// The specs of a registry, its own taxonomy among them if no vendor is named.
fn check_registry(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    let vendors = workspace.select(&args.vendors)?;
    let kinds = workspace.config().own_kinds().map(str::to_owned);
    let kinds = kinds.filter(|_| args.vendors.is_empty());
    let files = vendors.iter().map(|name| workspace.spec_file(name));
    report(files.chain(kinds).map(|file| {
        let mut problems = Problems::default();
        let source = workspace.read(&file, &mut problems);
        source.ok_or(problems)
    }))
}

/// A line for each spec, or every problem of any of them.
fn report(sources: impl Iterator<Item = Result<Source, Problems>>) -> Result<String, Problems> {
    let mut problems = Problems::default();
    let mut out = String::new();
    for checked in sources.map(|source| check_spec(&source?)) {
        match checked {
            Ok(line) => out += &line,
            Err(other) => problems.extend(other),
        }
    }
    problems.finish(out)
}

fn check_spec(source: &Source) -> Result<String, Problems> {
    let spec = match open(source) {
        Ok(Opened { spec, .. }) => spec,
        Err(broken) => broken.spec,
    };
    expand(source, &options(&spec, KINDS))?;
    let codes = spec.sets.iter().map(|set| set.codes.len()).sum();
    let codes = count(codes, "code");
    let sets = count(spec.sets.len(), "set");
    let mut out = format!("{}: {codes} in {sets}\n", spec.vendor.value);
    for dropped in dropped_parameters(&spec) {
        let place = &dropped.place;
        let help = dropped.help();
        let _ = writeln!(
            out,
            "  warning: {dropped}\n    --> {place}\n    = help: {help}"
        );
    }
    Ok(out)
}
