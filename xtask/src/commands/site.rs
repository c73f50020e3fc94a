//! `site`: writes the registry as a static site that can be opened without a web server.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::problem::Problems;

use crate::commands::{Specs, book_with_included, fail, find_workspace};
use crate::count::count;
use crate::release::{Release, ReleaseChanges, recorded};
use crate::report;
use crate::site::{Folder, Written, each_page};
use crate::workspace::Workspace;

/// Where to write the site.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    specs: Specs,
    /// Folder to write to; created if it does not exist.
    #[arg(long, value_name = "DIR", default_value = "target/site")]
    out: PathBuf,
    /// Day that the pages show beside the version of the registry, as YYYY-MM-DD.
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<String>,
}

/// A line in the head of each page that `site` writes.
const MARK: &str = "<meta name=\"generator\" content=\"errbook\">";

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let book = match book_with_included(root, &args.specs, &[]) {
        Ok(book) => book,
        Err((problems, root)) => return fail(&problems, &root),
    };
    // Specs without a registry have no history of releases.
    let registry = if args.specs.is_empty() {
        find_workspace(root).ok().flatten()
    } else {
        None
    };
    let releases = registry.map_or(Ok(Vec::new()), |workspace| {
        all_changes(&workspace).map_err(|problems| fail(&problems, workspace.root()))
    });
    let releases = match releases {
        Ok(releases) => releases,
        Err(code) => return code,
    };
    let index = args.out.join("index.html");
    if has_foreign_page(&args.out) {
        report::print_error(&format!(
            "error: {}: `site` did not write this page",
            index.display()
        ));
        report::print_error("help: choose another folder with `--out DIR`, or remove the page");
        return ExitCode::FAILURE;
    }
    let date = args.date.as_deref();
    let written = Folder::open(&args.out)
        .and_then(|folder| folder.write(|put| each_page(&book, &releases, date, put)));
    match written {
        Ok(Written { files, removed }) => {
            let removed = match removed {
                0 => String::new(),
                removed => format!(", {} removed", count(removed, "old file")),
            };
            let files = count(files, "file");
            let index = report::plain(&index.display().to_string());
            report::print_output(&format!("{index}: {files}{removed}\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            report::print_error(&format!("error: {}: {error}", args.out.display()));
            ExitCode::FAILURE
        }
    }
}

/// A day of the calendar, as the footer shows it.
fn day(text: &str) -> Result<String, String> {
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<_> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            Ok(text.to_owned())
        }
        _ => Err("expected a day such as 2026-11-30".to_owned()),
    }
}

/// Whether the folder contains an index.html that `site` did not write, or that cannot be read.
fn has_foreign_page(folder: &Path) -> bool {
    match std::fs::read(folder.join("index.html")) {
        Ok(page) => !String::from_utf8_lossy(&page).contains(MARK),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// The unreleased changes, then the changes of each release.
fn all_changes(workspace: &Workspace) -> Result<Vec<ReleaseChanges>, Problems> {
    let release = Release::read(workspace)?;
    let mut releases = recorded(workspace)?;
    let pending = release.changes(None);
    if release.released.is_some() && !pending.registries.is_empty() {
        releases.insert(0, pending);
    }
    Ok(releases)
}
