//! `update`: replaces a vendor's document by a new edition and regenerates its spec. Rejects
//! editions that lose rows, unless `--accept-removals` is given.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;

use crate::commands::account::account;
use crate::commands::diff::{Format, conclude, print, severities};
use crate::commands::watch::Network;
use crate::commands::{commit, fail, read_outside, replace, taxonomy, workspace_to_write_if};
use crate::count::count;
use crate::fetched::Fetched;
use crate::module;
use crate::names::{Others, after_update};
use crate::regen::Named;
use crate::report;
use crate::transaction::Transaction;
use crate::update::{Accepted, Update, refusal, update};
use crate::vendor::{Original, documents};
use crate::watch::{Published, published};
use crate::workspace::Workspace;

/// Which document to update to.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Vendor, by folder name.
    vendor: String,
    /// The new edition of the document [default: what `url` in overlay.toml leads to].
    file: Option<PathBuf>,
    /// What you call this edition. Written into overlay.toml.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// The day or month in which the vendor published this edition. Written into overlay.toml.
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    #[command(flatten)]
    network: Network,
    /// Show what would change; write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accept that rows are missing: the vendor withdrew their codes.
    #[arg(long)]
    accept_removals: bool,
    /// Accept that headings changed above tables with the same codes, and headers above columns
    /// with the same cells, and write the new ones into overlay.toml.
    #[arg(long)]
    accept_headings: bool,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// File with severity overrides [default: severities.toml beside errbook.toml].
    #[arg(long, value_name = "FILE")]
    severities: Option<PathBuf>,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace_to_write_if(!args.dry_run, root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    match adopt(args, &workspace) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => reject(&problems, &workspace),
    }
}

fn adopt(args: &Args, workspace: &Workspace) -> Result<(), Problems> {
    workspace.select(std::slice::from_ref(&args.vendor))?;
    let (document, fetched) = match &args.file {
        Some(file) => (read_outside(file)?, None),
        None => match published(workspace, &args.vendor, &args.network.limits())? {
            Published::Edition { document, fetched } => (document, Some(fetched)),
            Published::Unchanged { fetched, seen } => {
                return unchanged(args, workspace, fetched.as_ref(), seen);
            }
        },
    };
    let update = plan(args, workspace, &document)?;
    print(&update.findings, args.format);
    let accepted = Accepted {
        headings: args.accept_headings,
        removals: args.accept_removals,
    };
    refusal(&update, &document, accepted).finish(())?;
    if !update.stale.is_empty() {
        report::print_error(&stale_keys(&update.stale));
    }
    if args.dry_run {
        report::print_error("nothing was written because of `--dry-run`");
        return Ok(());
    }
    write(args, workspace, &update, &document, fetched.as_ref())
}

/// Reports that the published document is the one of the registry, and notes how to ask for it the
/// next time, so that the server need not send it again.
fn unchanged(
    args: &Args,
    workspace: &Workspace,
    fetched: Option<&Fetched>,
    seen: Option<String>,
) -> Result<(), Problems> {
    print(&[], args.format);
    if let Some(fetched) = fetched.filter(|_| !args.dry_run) {
        let file = Fetched::file(&workspace.vendor_folder(&args.vendor));
        replace(&file, &fetched.text(), workspace)?;
    }
    let since = seen.map_or_else(String::new, |day| format!(" since {day}"));
    let result = format!(
        "{}: the published document is unchanged{since}",
        args.vendor
    );
    conclude(&result, args.format);
    Ok(())
}

/// Says which keys of overlay.toml described the document before.
fn stale_keys(keys: &[&str]) -> String {
    let quoted: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    let are = if keys.len() == 1 {
        "described the document before and is"
    } else {
        "described the document before and are"
    };
    format!(
        "{} in overlay.toml {are} taken out: `--edition NAME --date DAY` say what this one is called",
        quoted.join(", ")
    )
}

fn reject(problems: &Problems, workspace: &Workspace) -> ExitCode {
    let code = fail(problems, workspace.root());
    report::print_error(&format!(
        "{}; nothing was written",
        count(problems.iter().count(), "problem")
    ));
    code
}

fn plan(args: &Args, workspace: &Workspace, document: &Original) -> Result<Update, Problems> {
    let severities = severities(args.severities.as_deref(), Some(workspace))?;
    let taxonomy = taxonomy(workspace)?;
    let named = Named {
        edition: args.edition.clone(),
        date: args.date.clone(),
    };
    let mut update = update(workspace, &args.vendor, document, &named, taxonomy.as_ref())?;
    severities.apply(&mut update.findings);
    Ok(update)
}

/// The overlay with comments that suggest what new codes and new words mean.
fn drafted(args: &Args, workspace: &Workspace, update: &Update) -> Result<Source, Problems> {
    let others = Others::read(workspace, &args.vendor)?;
    after_update(
        update.before.as_ref(),
        &update.regenerated.spec,
        &update.overlay,
        &others,
    )
}

fn write(
    args: &Args,
    workspace: &Workspace,
    update: &Update,
    document: &Original,
    fetched: Option<&Fetched>,
) -> Result<(), Problems> {
    let folder = workspace.vendor_folder(&args.vendor);
    let mut transaction = Transaction::default();
    let file = format!("{folder}/{}", document.file_name());
    for old in documents(workspace, &folder) {
        if old != file {
            transaction.remove(&old);
        }
    }
    transaction.put(&file, document.bytes());
    match fetched {
        Some(fetched) => transaction.put(&Fetched::file(&folder), fetched.text()),
        // It says nothing about another document, which a person brings.
        None if Fetched::read(workspace, &folder, &document.sha256())?.is_none() => {
            transaction.remove(&Fetched::file(&folder));
        }
        None => {}
    }
    transaction.put(
        &format!("{folder}/spec.toml"),
        update.regenerated.text.as_bytes(),
    );
    if let Some(module) = module::outdated(workspace, &update.regenerated.spec)? {
        transaction.put(&module.file, module.text);
    }
    let overlay = drafted(args, workspace, update)?;
    transaction.put(&format!("{folder}/overlay.toml"), overlay.text().as_bytes());
    let transaction = transaction.changed(workspace.root());
    let outcome = if transaction.files().any(|file| file.ends_with("spec.toml")) {
        "was written"
    } else {
        "is unchanged"
    };
    commit(&transaction, workspace)?;
    conclude(
        account(&update.regenerated, outcome).trim_end(),
        args.format,
    );
    Ok(())
}
