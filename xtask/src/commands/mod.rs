//! The commands: each reads its arguments, does one thing and says what it did.

mod account;
pub mod expand;
pub mod explain;
pub mod export;
pub mod extract;
pub mod import;
pub mod regen;
pub mod shell;
pub mod site;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_codegen::problem::Problems;
use errbook_codegen::spec;

use crate::explain::Book;
use crate::regen::Taxonomy;
use crate::report;
use crate::workspace::Workspace;

/// The workspace that a command works on: the one that was named, else the one around the current folder.
///
/// # Errors
///
/// There is none.
pub fn workspace(root: Option<&Path>) -> Result<Workspace, Problems> {
    match root {
        Some(root) => Workspace::open(root),
        None => Workspace::around(&std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))),
    }
}

/// All that is known of some vendors, or of all of them: from the workspace, or what was built in where there is none.
///
/// # Errors
///
/// What is wrong with the workspace's files, and the folder that they are in.
pub fn book(root: Option<&Path>, vendors: &[String]) -> Result<Book, (Problems, PathBuf)> {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => {
            let built_in = root.is_none().then(|| Book::built_in(vendors)).flatten();
            return built_in.unwrap_or(Err(problems)).map_err(|problems| (problems, PathBuf::from(".")));
        }
    };
    let chosen = workspace.select(vendors);
    chosen
        .and_then(|vendors| Book::read(&workspace, &vendors))
        .map_err(|problems| (problems, workspace.root().to_owned()))
}

/// The taxonomy of the workspace, if it has one.
///
/// # Errors
///
/// What is wrong with its file.
pub fn taxonomy(workspace: &Workspace) -> Result<Option<Taxonomy>, Problems> {
    let mut problems = Problems::default();
    let file = "codes/kinds.toml";
    let source = workspace.has(file).then(|| workspace.read(file, &mut problems)).flatten();
    let kinds = source.map(|source| spec::parse(&source)).transpose()?;
    problems.finish(kinds.map(|kinds| Taxonomy::new(&kinds)))
}

/// Prints problems and fails.
#[must_use]
pub fn fail(problems: &Problems, root: &Path) -> ExitCode {
    report::print(problems, root);
    ExitCode::FAILURE
}
