//! A file as it is in another revision.

use std::path::Path;
use std::process::{Command, Output};

use errbook_codegen::place::{Place, Source};
use errbook_codegen::problem::Problems;

use crate::workspace::text;

/// Checks that git knows a revision.
///
/// # Errors
///
/// Git's own words.
pub fn knows(root: &Path, revision: &str) -> Result<(), Problems> {
    let commit = format!("{revision}^{{commit}}");
    git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).and_then(|output| {
        let known = output.status.success();
        known.then_some(()).ok_or_else(|| problem(revision, "git knows no such revision"))
    })
}

/// The text of a file in a revision; none where the revision has no such file.
///
/// # Errors
///
/// Git cannot be run, or the file is not UTF-8.
pub fn show(root: &Path, revision: &str, file: &str) -> Result<Option<Source>, Problems> {
    // `./` makes the path relative to the folder that git runs in, which need not be the repository's.
    let output = git(root, &["show", "--end-of-options", &format!("{revision}:./{file}")])?;
    if !output.status.success() {
        return Ok(None);
    }
    let mut problems = Problems::default();
    let source = text(&format!("{revision}:{file}"), output.stdout, &mut problems);
    problems.finish(source)
}

/// The names of the folders in a folder, in a revision.
///
/// # Errors
///
/// Git cannot be run.
pub fn list(root: &Path, revision: &str, folder: &str) -> Result<Vec<String>, Problems> {
    let output = git(root, &["ls-tree", "-d", "-z", "--name-only", "--end-of-options", &format!("{revision}:./{folder}")])?;
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, Problems> {
    let output = Command::new("git").current_dir(root).args(arguments).output();
    output.map_err(|error| problem("git", &format!("git cannot be run: {error}")))
}

fn problem(place: &str, message: &str) -> Problems {
    let mut problems = Problems::default();
    problems.push(&Place::file(place), message);
    problems
}
