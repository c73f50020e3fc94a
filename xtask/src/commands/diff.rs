//! `diff`: what changed between two states of the registry, and which version bump that requires.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Spec};

use crate::commands::{fail, workspace};
use crate::diff::{
    Finding, Severities, Severity, diff, json, markdown, parse_severities, text, weigh_unreleased,
    with_entries,
};
use crate::release::{has_releases, record_of};
use crate::workspace::{Workspace, source};
use crate::{git, report};

/// What to compare, and how to show it.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    #[command(flatten)]
    states: States,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail if any finding has at least this severity.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// File with severity overrides [default: severities.toml beside errbook.toml].
    #[arg(long, value_name = "FILE")]
    severities: Option<PathBuf>,
}

/// Which two states of the registry are compared.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct States {
    /// Vendors, by folder name [default: all vendors, and the kinds].
    #[arg(conflicts_with_all = ["from", "to"])]
    pub(super) vendors: Vec<String>,
    /// Compare the working tree with this revision.
    #[arg(long, value_name = "REV", default_value = "HEAD", conflicts_with_all = ["from", "to"])]
    pub(super) base: String,
    /// Compare this spec with `--to`.
    #[arg(long, value_name = "FILE", requires = "to")]
    pub(super) from: Option<PathBuf>,
    /// Compare the spec of `--from` with this one.
    #[arg(long, value_name = "FILE", requires = "from")]
    pub(super) to: Option<PathBuf>,
}

/// How to print findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person.
    Text,
    /// For a pull request.
    Markdown,
    /// For a program.
    Json,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    // Two files can be compared without a workspace.
    let workspace = match (workspace(root), &args.states.from) {
        (Ok(workspace), _) => Some(workspace),
        (Err(_), Some(_)) => None,
        (Err(problems), None) => return fail(&problems, Path::new(".")),
    };
    let root = workspace.as_ref().map_or(Path::new("."), Workspace::root);
    match findings(args, workspace.as_ref()) {
        Ok(findings) => {
            print(&findings, args.format);
            let is_failure =
                |finding: &Finding| args.fail_on.is_some_and(|limit| finding.severity >= limit);
            if findings.iter().any(is_failure) {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(problems) => {
            let _ = fail(&report::shortened(&problems), root);
            // Exit status 1 means that `--fail-on` matched; scripts must be able to distinguish a
            // failed comparison.
            ExitCode::from(2)
        }
    }
}

/// Prints findings.
pub(super) fn print(findings: &[Finding], format: Format) {
    match format {
        Format::Text => report::print_output(&text(findings)),
        Format::Markdown => report::print_output(&markdown(findings)),
        Format::Json => report::print_output(&format!("{:#}\n", json(findings))),
    }
}

/// Prints the result below the findings. For `json` it goes to standard error, so that standard
/// output remains valid JSON.
pub(super) fn conclude(result: &str, format: Format) {
    match format {
        Format::Text | Format::Markdown => report::print_output(&format!("{result}\n")),
        Format::Json => report::print_error(result),
    }
}

fn findings(args: &Args, workspace: Option<&Workspace>) -> Result<Vec<Finding>, Problems> {
    let severities = severities(args.severities.as_deref(), workspace)?;
    let mut findings = match (&args.states.from, &args.states.to, workspace) {
        (Some(from), Some(to), _) => diff(Some(&parse_file(from)?), Some(&parse_file(to)?)),
        (_, _, Some(workspace)) => since(workspace, &args.states.base, &args.states.vendors)?,
        (_, _, None) => Vec::new(),
    };
    severities.apply(&mut findings);
    Ok(findings)
}

/// What changed in the registry since a revision.
fn since(
    workspace: &Workspace,
    revision: &str,
    vendors: &[String],
) -> Result<Vec<Finding>, Problems> {
    git::check_revision(workspace.root(), revision)?;
    let mut findings = Vec::new();
    let mut problems = Problems::default();
    for file in files(workspace, revision, vendors)? {
        let old = parse_optional(git::show(workspace.root(), revision, &file)?, &mut problems);
        let source = if workspace.has(&file) {
            workspace.read(&file, &mut problems)
        } else {
            None
        };
        let new = parse_optional(source, &mut problems);
        let mut found = diff(old.as_ref(), new.as_ref());
        let states: Vec<_> = old.iter().chain(&new).collect();
        weigh(&mut found, &states, workspace, &file);
        let overlay = file.replace("spec.toml", "overlay.toml");
        if overlay != file
            && workspace.has(&overlay)
            && let Some(overlay) = workspace.read(&overlay, &mut problems)
        {
            with_entries(&mut found, overlay.text());
        }
        findings.extend(found);
    }
    problems.finish(findings)
}

/// Weighs what changed in a spec by what the last release says about it, if the registry has one.
fn weigh(found: &mut [Finding], states: &[&Spec], workspace: &Workspace, file: &str) {
    if !has_releases(workspace) {
        return;
    }
    let vendors = workspace.vendors();
    let name = vendors
        .iter()
        .find(|name| workspace.spec_file(name) == file);
    let record = record_of(workspace, name.map_or("kinds", String::as_str));
    if !workspace.has(&record) {
        return weigh_unreleased(found, states, None);
    }
    // `release` reports a broken one.
    let source = workspace.read(&record, &mut Problems::default());
    if let Some(Ok(released)) = source.map(|source| spec::parse(&source)) {
        weigh_unreleased(found, states, Some(&released));
    }
}

/// The specs of these vendors; if the list is empty, of all that exist now or did at the revision.
fn files(
    workspace: &Workspace,
    revision: &str,
    vendors: &[String],
) -> Result<Vec<String>, Problems> {
    let was = git::list_folders(workspace.root(), revision, workspace.vendors_folder())?;
    let mut names: Vec<_> = was.into_iter().chain(workspace.vendors()).collect();
    names.sort();
    names.dedup();
    // `vendors` may include a vendor that was removed since the revision.
    let unknown: Vec<_> = vendors
        .iter()
        .filter(|name| !names.contains(name))
        .cloned()
        .collect();
    if !unknown.is_empty() {
        workspace.select(&unknown)?;
    }
    let chosen = names
        .iter()
        .filter(|name| vendors.is_empty() || vendors.contains(name));
    // The registry's own taxonomy is compared like the specs of vendors.
    let kinds = workspace.config().own_kinds().map(str::to_owned);
    let kinds = kinds.filter(|_| vendors.is_empty());
    Ok(chosen
        .map(|name| workspace.spec_file(name))
        .chain(kinds)
        .collect())
}

fn parse_optional(source: Option<Source>, problems: &mut Problems) -> Option<Spec> {
    spec::parse(&source?)
        .map_err(|other| problems.extend(other))
        .ok()
}

fn parse_file(path: &Path) -> Result<Spec, Problems> {
    spec::parse(&source(path)?)
}

/// Reads the severity overrides: from the given file, or the default file if it exists.
pub(super) fn severities(
    named: Option<&Path>,
    workspace: Option<&Workspace>,
) -> Result<Severities, Problems> {
    let mut problems = Problems::default();
    let source = match (named, workspace) {
        (Some(path), _) => Some(source(path)?),
        (None, Some(workspace)) if workspace.has(workspace.severities_file()) => {
            workspace.read(workspace.severities_file(), &mut problems)
        }
        _ => None,
    };
    let source = problems.finish(source)?;
    source.map_or_else(
        || Ok(Severities::default()),
        |source| parse_severities(&source),
    )
}
