//! `site`: writes the registry as a static site that can be opened without a web server.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::problem::Problems;

use crate::commands::{Specs, book_with_included, fail, find_workspace};
use crate::count::count;
use crate::release::{Release, ReleaseChanges, recorded};
use crate::site::{Page, pages};
use crate::workspace::Workspace;
use crate::{output, report};

/// Where to write the site.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    specs: Specs,
    /// Folder to write to; created if it does not exist.
    #[arg(long, value_name = "DIR", default_value = "target/site")]
    out: PathBuf,
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
    let pages = match pages(&book, &releases) {
        Ok(pages) => pages,
        Err(error) => {
            report::print_error(&format!("error: the site could not be written: {error}"));
            return ExitCode::FAILURE;
        }
    };
    if has_foreign_page(&args.out) {
        let index = args.out.join("index.html");
        report::print_error(&format!(
            "error: {}: `site` did not write this page",
            index.display()
        ));
        report::print_error("help: choose another folder with `--out DIR`, or remove the page");
        return ExitCode::FAILURE;
    }
    match pages
        .iter()
        .try_for_each(|page| write_page(page, &args.out))
    {
        Ok(()) => {
            let count = count(pages.len(), "page");
            report::print_output(&format!(
                "{}: {count}\n",
                args.out.join("index.html").display()
            ));
            ExitCode::SUCCESS
        }
        Err(error) => {
            report::print_error(&format!("error: {}: {error}", args.out.display()));
            ExitCode::FAILURE
        }
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

fn write_page(page: &Page, folder: &Path) -> io::Result<()> {
    output::write_file(&folder.join(&page.name), &page.text)
}
