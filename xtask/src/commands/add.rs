//! `add`: adds a vendor from a document, and lists what is left to decide.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::problem::Problems;

use crate::add::{Registry, Wiring, draft, name_conflict, open_decisions};
use crate::commands::account::account;
use crate::commands::{
    commit, fail, problem_with_help, read_outside, taxonomy, workspace_to_write,
};
use crate::names::Others;
use crate::program::program;
use crate::regen::{Regenerated, Taxonomy, regen};
use crate::report;
use crate::text::{LONGEST_FEATURE, VENDOR_NAME_HELP, is_device, is_vendor_name};
use crate::transaction::Transaction;
use crate::vendor::{Missing, Original, Vendor};
use crate::workspace::Workspace;

/// What to add.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Name of the vendor's folder and feature: lowercase letters, digits and hyphens.
    vendor: String,
    /// The vendor's document; omit to continue after correcting the overlay of an earlier attempt.
    file: Option<PathBuf>,
    /// URL of the published document.
    #[arg(long, value_name = "URL", requires = "file")]
    url: Option<String>,
    /// The encoding of the document, if it is not UTF-8, such as `gb18030`.
    #[arg(long, value_name = "ENCODING", requires = "file")]
    encoding: Option<String>,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace_to_write(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let outcome = is_new(args, &workspace).and_then(|()| match &args.file {
        Some(file) => begin(args, &read_outside(file)?, &workspace),
        None => resume(args, &workspace),
    });
    outcome.unwrap_or_else(|problems| {
        let code = fail(&problems, workspace.root());
        report::print_error("nothing was written");
        code
    })
}

/// Checks that the name can be a folder, a feature and a module, and that it is free.
fn is_new(args: &Args, workspace: &Workspace) -> Result<(), Problems> {
    let Args { vendor, file, .. } = args;
    let refuse = |message: &str, help: &str| {
        let message = format!("`{vendor}` {message}");
        Err(problem_with_help(
            workspace.vendors_folder(),
            &message,
            help,
        ))
    };
    if !is_vendor_name(vendor) {
        return refuse("is not a valid vendor name", VENDOR_NAME_HELP);
    }
    if vendor.len() > LONGEST_FEATURE {
        let message = format!(
            "is longer than {LONGEST_FEATURE} characters, the limit of crates.io for a feature"
        );
        return refuse(&message, "choose a shorter name");
    }
    if is_device(vendor) {
        return refuse(
            "cannot be the name of a folder on Windows",
            "choose another name, such as `acme-pay`",
        );
    }
    let is_web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
    if let Some(url) = args.url.as_ref().filter(|url| !is_web(url)) {
        let message = format!("`{url}` is not a URL");
        let help = "expected `https://…` or `http://…`, where the vendor publishes the document";
        return Err(problem_with_help("--url", &message, help));
    }
    if let Some(conflict) = name_conflict(vendor, workspace)? {
        return Err(problem_with_help(
            workspace.vendors_folder(),
            &format!("`{vendor}` is not available: {conflict}"),
            "choose another name",
        ));
    }
    let folder = workspace.vendor_folder(vendor);
    if workspace.has(&format!("{folder}/spec.toml")) {
        let help = format!(
            "to replace its document, run `{} update {vendor} FILE`",
            program()
        );
        return Err(problem_with_help(
            &folder,
            "this vendor already exists",
            &help,
        ));
    }
    match (file, workspace.has(&format!("{folder}/overlay.toml"))) {
        (Some(_), true) => {
            let help = format!(
                "correct its overlay.toml, then run `{} add {vendor}`; or remove the folder",
                program()
            );
            Err(problem_with_help(
                &folder,
                "an earlier attempt to add this vendor did not finish",
                &help,
            ))
        }
        (None, false) => {
            let help = format!("run `{} add {vendor} FILE`", program());
            Err(problem_with_help(
                &folder,
                "missing document of the new vendor",
                &help,
            ))
        }
        _ => Ok(()),
    }
}

fn begin(args: &Args, document: &Original, workspace: &Workspace) -> Result<ExitCode, Problems> {
    let taxonomy = taxonomy(workspace)?;
    let folder = workspace.vendor_folder(&args.vendor);
    let Some(draft) = draft(
        &args.vendor,
        &folder,
        document,
        args.url.as_deref(),
        args.encoding.as_deref(),
        &Registry {
            taxonomy: taxonomy.as_ref(),
            words: workspace.config().words,
            others: &Others::read(workspace, &args.vendor)?,
        },
    )?
    else {
        let help = format!(
            "`{} extract FILE --explain` shows how each table was read, and why",
            program()
        );
        return Err(problem_with_help(
            document.name(),
            "no table or list of codes found in this document",
            &help,
        ));
    };
    let mut transaction = Transaction::default();
    let file_name = document.file_name();
    transaction.put(&format!("{folder}/{file_name}"), document.bytes());
    transaction.put(&format!("{folder}/overlay.toml"), draft.overlay);
    match draft.outcome {
        Ok(done) => finish(
            &done,
            &draft.doubts,
            taxonomy.as_ref(),
            transaction,
            workspace,
        ),
        Err(problems) => {
            commit(&transaction, workspace)?;
            let code = fail(&problems, workspace.root());
            report::print_error(&format!(
                "wrote {} and overlay.toml; resolve these problems in the overlay, \
                 then run `{} add {}`",
                workspace.shown(&format!("{folder}/{file_name}")),
                program(),
                args.vendor
            ));
            Ok(code)
        }
    }
}

fn resume(args: &Args, workspace: &Workspace) -> Result<ExitCode, Problems> {
    let taxonomy = taxonomy(workspace)?;
    let vendor = Vendor::read(workspace, &args.vendor, Missing::Begins)?;
    let done = regen(&vendor, taxonomy.as_ref())?;
    finish(
        &done,
        &[],
        taxonomy.as_ref(),
        Transaction::default(),
        workspace,
    )
}

fn finish(
    done: &Regenerated,
    doubts: &[String],
    taxonomy: Option<&Taxonomy>,
    mut transaction: Transaction,
    workspace: &Workspace,
) -> Result<ExitCode, Problems> {
    transaction.put(&workspace.spec_file(&done.vendor), done.text.as_str());
    for (file, text) in Wiring::new(workspace, &done.spec)?.files() {
        transaction.put(file, text);
    }
    commit(&transaction, workspace)?;
    let mut output = account(done, "written");
    for file in transaction.files() {
        let _ = writeln!(output, "wrote {}", workspace.shown(file));
    }
    output += "left to decide:\n";
    for line in open_decisions(done, doubts, taxonomy, &workspace.config().languages) {
        let _ = writeln!(output, "- {line}");
    }
    report::print_output(&output);
    Ok(ExitCode::SUCCESS)
}
