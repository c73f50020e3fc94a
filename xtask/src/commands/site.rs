//! `site`: the registry as a static site that opens from the file system.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{book, fail, workspace};
use crate::report;
use crate::site::{Page, pages};
use crate::workspace::Staged;

/// Where the site goes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write to; it is made if it is not there.
    #[arg(long, value_name = "DIR", default_value = "target/site")]
    out: PathBuf,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let book = match book(root, &[]) {
        Ok(book) => book,
        Err((problems, root)) => return fail(&problems, &root),
    };
    // A registry that was built in has no changelog beside it.
    let changelog = workspace(root).ok().and_then(|workspace| fs::read_to_string(workspace.path("CHANGELOG.md")).ok());
    let pages = match pages(&book, &changelog.unwrap_or_default()) {
        Ok(pages) => pages,
        Err(error) => {
            report::print_error(&format!("error: the site could not be written: {error}"));
            return ExitCode::FAILURE;
        }
    };
    match pages.iter().try_for_each(|page| write(page, &args.out)) {
        Ok(()) => {
            report::say(&format!("{}: {} pages\n", args.out.join("index.html").display(), pages.len()));
            ExitCode::SUCCESS
        }
        Err(error) => {
            report::print_error(&format!("error: {}: {error}", args.out.display()));
            ExitCode::FAILURE
        }
    }
}

fn write(page: &Page, folder: &Path) -> io::Result<()> {
    let path = folder.join(&page.name);
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    Staged::new(path, &page.text)?.replace()
}
