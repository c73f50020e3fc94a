//! `update`: replaces a vendor's document by a new edition and regenerates its spec. Rejects
//! editions that lose rows, unless `--accept-removals` is given.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::problem::Problems;

use crate::commands::account::account;
use crate::commands::diff::{Format, conclude, print, severities};
use crate::commands::{commit, fail, read_outside, taxonomy, workspace};
use crate::count::count;
use crate::report;
use crate::transaction::Transaction;
use crate::update::{Update, refusal, update};
use crate::vendor::{Original, documents};
use crate::workspace::Workspace;

/// Which document to update to.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Vendor, by folder name.
    vendor: String,
    /// The new edition of the document.
    file: PathBuf,
    /// Show what would change; write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accept that rows are missing: the vendor withdrew their codes.
    #[arg(long)]
    accept_removals: bool,
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
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let result = read_outside(&args.file)
        .and_then(|document| Ok((plan(args, &workspace, &document)?, document)));
    let (update, document) = match result {
        Ok(result) => result,
        Err(problems) => return reject(&problems, &workspace),
    };
    print(&update.findings, args.format);
    for (place, unread) in &update.new_unread {
        report::print_error(&format!(
            "note: {}{place}: new and unread: {}; {}",
            args.file.display(),
            unread.text,
            unread.reason
        ));
    }
    if !update.losses.is_empty() && !args.accept_removals {
        return reject(&refusal(&update.losses, &document), &workspace);
    }
    if args.dry_run {
        report::print_error("nothing was written because of `--dry-run`");
        return ExitCode::SUCCESS;
    }
    write(args, &workspace, &update, &document)
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
    workspace.select(std::slice::from_ref(&args.vendor))?;
    let severities = severities(args.severities.as_deref(), Some(workspace))?;
    let taxonomy = taxonomy(workspace)?;
    let mut update = update(workspace, &args.vendor, document, taxonomy.as_ref())?;
    severities.apply(&mut update.findings);
    Ok(update)
}

fn write(args: &Args, workspace: &Workspace, update: &Update, document: &Original) -> ExitCode {
    let folder = workspace.vendor_folder(&args.vendor);
    let mut transaction = Transaction::default();
    let file = format!("{folder}/{}", document.file_name());
    for old in documents(workspace, &folder) {
        if old != file {
            transaction.remove(&old);
        }
    }
    transaction.put(&file, document.bytes());
    transaction.put(
        &format!("{folder}/spec.toml"),
        update.regenerated.text.as_bytes(),
    );
    let transaction = transaction.changed(workspace.root());
    let outcome = if transaction.files().any(|file| file.ends_with("spec.toml")) {
        "was written"
    } else {
        "is unchanged"
    };
    if let Err(problems) = commit(&transaction, workspace) {
        return reject(&problems, workspace);
    }
    conclude(
        account(&update.regenerated, outcome).trim_end(),
        args.format,
    );
    ExitCode::SUCCESS
}
