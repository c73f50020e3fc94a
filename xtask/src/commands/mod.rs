//! The commands, one file each: parses arguments, prints the output and returns the exit status.

mod account;
pub mod add;
pub mod check;
pub mod diff;
pub mod expand;
pub mod explain;
pub mod export;
pub mod extract;
pub mod formats;
pub mod history;
pub mod import;
pub mod init;
pub mod kinds;
pub mod messages;
pub mod names;
pub mod regen;
pub mod release;
pub mod resolve;
pub mod shell;
pub mod site;
pub mod spec;
pub mod stats;
pub mod update;
pub mod watch;
pub mod weigh;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;

use crate::book::Book;
use crate::program::program;
use crate::regen::Taxonomy;
use crate::report;
use crate::shipped;
use crate::transaction::{Lock, Transaction, is_interrupted, recover};
use crate::vendor::Original;
use crate::workspace::{Workspace, not_found, select};

/// Opens the workspace of a command: the one at `root`, or the one that contains the current
/// folder. If an earlier run was killed while it replaced files, this completes its changes first.
///
/// # Errors
///
/// There is no workspace, or the changes of an earlier run cannot be completed.
pub fn workspace(root: Option<&Path>) -> Result<Workspace, Problems> {
    find_workspace(root)?.ok_or_else(|| not_found(&current_folder()))
}

/// Opens the workspace for a command that may write: waits for other writers, and holds the lock
/// until the command ends, so that nothing changes between reading and writing.
///
/// # Errors
///
/// The same.
pub fn workspace_to_write(root: Option<&Path>) -> Result<Workspace, Problems> {
    let found = locate(root)?.ok_or_else(|| not_found(&current_folder()))?;
    match Lock::of_workspace(found.root()) {
        Ok(lock) => {
            report_recovery(lock.has_recovered());
            found.locked(lock)
        }
        // The command may have nothing to write.
        Err(error) if is_read_only(&error) && !is_interrupted(found.root()) => Ok(found),
        Err(error) => Err(locking_problem(&error, found.root())),
    }
}

/// Opens the workspace for a command that writes only with some options.
///
/// # Errors
///
/// The same.
pub fn workspace_to_write_if(is_write: bool, root: Option<&Path>) -> Result<Workspace, Problems> {
    if is_write {
        workspace_to_write(root)
    } else {
        workspace(root)
    }
}

/// The same; `None` if none is asked for and there is none around the current folder.
fn find_workspace(root: Option<&Path>) -> Result<Option<Workspace>, Problems> {
    let Some(found) = locate(root)? else {
        return Ok(None);
    };
    match recover(found.root()) {
        Ok(false) => Ok(Some(found)),
        Ok(true) => {
            report_recovery(true);
            // errbook.toml may be another one now.
            locate(root)
        }
        Err(error) => Err(locking_problem(&error, found.root())),
    }
}

fn locate(root: Option<&Path>) -> Result<Option<Workspace>, Problems> {
    match root {
        Some(root) => Workspace::open(root).map(Some),
        None => Workspace::find(&current_folder()),
    }
}

fn report_recovery(is_recovered: bool) {
    if is_recovered {
        report::print_error("an earlier run was interrupted; its changes are complete now");
    }
}

fn is_read_only(error: &io::Error) -> bool {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// The problem that a workspace cannot be locked, or an interrupted run cannot be completed.
fn locking_problem(error: &io::Error, root: &Path) -> Problems {
    if !is_interrupted(root) {
        let message = format!("this registry cannot be written to: {error}");
        return problem(".errbook", &message);
    }
    let message = format!(
        "an earlier run was interrupted, and its changes cannot be completed: {error}. Nothing was \
         changed now"
    );
    let help = "if the files are as they should be, delete the folder `.errbook`. For file N of the \
                journal, counted from 0, `N.old` is the content before the run, and `N.new` what \
                the run wrote";
    problem_with_help(".errbook/journal", &message, help)
}

fn current_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

/// Commits a transaction: replaces all of its files or none.
fn commit(transaction: &Transaction, workspace: &Workspace) -> Result<(), Problems> {
    let committed = match workspace.lock() {
        Some(lock) => transaction.commit_under(lock),
        None => transaction.commit(workspace.root()),
    };
    committed.map_err(|error| {
        problem(
            workspace.vendors_folder(),
            &format!("cannot replace the files: {error}"),
        )
    })
}

/// Replaces or creates one file.
fn replace(file: &str, text: &str, workspace: &Workspace) -> Result<(), Problems> {
    let mut transaction = Transaction::default();
    transaction.put(file, text);
    commit(&transaction, workspace)
}

/// Reads a document by its absolute path: messages show it even if it is outside the workspace.
fn read_outside(file: &Path) -> Result<Original, Problems> {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    Original::read(&path, &path.display().to_string())
}

fn problem_with_help(place: &str, message: &str, help: &str) -> Problems {
    let mut problems = Problems::default();
    problems.push_with_help(&Place::file(place), message, help);
    problems
}

fn problem(place: &str, message: &str) -> Problems {
    let mut problems = Problems::default();
    problems.push(&Place::file(place), message);
    problems
}

/// Specs that are read without a registry.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Specs {
    /// Read this spec instead of a registry; can be given several times.
    #[arg(long = "spec", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Specs {
    /// Whether none is given.
    fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Reads the specs of these vendors (of all if the list is empty) from the files of `--spec`, else
/// from the registry, else those that are built in.
///
/// # Errors
///
/// Every problem in the files, with the folder that their paths are relative to.
pub fn book(
    root: Option<&Path>,
    specs: &Specs,
    vendors: &[String],
) -> Result<Book, (Problems, PathBuf)> {
    let from_here = |problems| (problems, PathBuf::from("."));
    if !specs.is_empty() {
        return Book::of_files(&specs.files, vendors).map_err(from_here);
    }
    let Some(workspace) = find_workspace(root).map_err(from_here)? else {
        // What is built in answers only where there is no registry: a broken one is an error.
        let known = shipped::vendors().map(str::to_owned).collect();
        let chosen = select("the built-in registry", known, vendors);
        return chosen
            .and_then(|chosen| Book::shipped(&chosen))
            .map_err(from_here);
    };
    let chosen = workspace.select(vendors).and_then(|vendors| {
        if vendors.is_empty() {
            return Err(no_vendors(&workspace));
        }
        Book::read(&workspace, &vendors)
    });
    chosen.map_err(|problems| (problems, workspace.root().to_owned()))
}

/// The registry has no vendors yet.
fn no_vendors(workspace: &Workspace) -> Problems {
    let mut problems = Problems::default();
    let help = format!("add one with `{} add VENDOR FILE`", program());
    let place = Place::file(workspace.vendors_folder());
    problems.push_with_help(&place, "no vendors found", help);
    problems
}

/// The same, with the vendors of the registries that errbook.toml includes. A vendor of the
/// registry itself replaces an included one of the same name: it may be a later edition.
///
/// # Errors
///
/// Every problem in the files, with the folder that their paths are relative to.
pub fn book_with_included(
    root: Option<&Path>,
    specs: &Specs,
    vendors: &[String],
) -> Result<Book, (Problems, PathBuf)> {
    let from_here = |problems| (problems, PathBuf::from("."));
    let workspace = if specs.is_empty() {
        find_workspace(root).map_err(from_here)?
    } else {
        None
    };
    let Some(workspace) = workspace.filter(|workspace| !workspace.config().include.is_empty())
    else {
        return book(root, specs, vendors);
    };
    let own = workspace.vendors();
    let others = shipped::vendors().map(str::to_owned);
    let others: Vec<_> = others.filter(|name| !own.contains(name)).collect();
    let known = own.iter().chain(&others).cloned().collect();
    let read = || {
        let chosen = select(workspace.vendors_folder(), known, vendors)?;
        let (own, others): (Vec<_>, Vec<_>) =
            chosen.into_iter().partition(|name| own.contains(name));
        let mut book = Book::read(&workspace, &own)?;
        book.included.push(Book::shipped(&others)?);
        Ok(book)
    };
    read().map_err(|problems| (problems, workspace.root().to_owned()))
}

/// The taxonomy of the workspace, if it has one.
///
/// # Errors
///
/// Every problem in its file.
pub fn taxonomy(workspace: &Workspace) -> Result<Option<Taxonomy>, Problems> {
    Ok(workspace.kinds()?.as_ref().map(Taxonomy::new))
}

/// Prints the output of a command, or its problems.
fn finish(output: Result<String, Problems>, root: &Path) -> ExitCode {
    match output {
        Ok(text) => {
            report::print_output(&text);
            ExitCode::SUCCESS
        }
        Err(problems) => fail(&problems, root),
    }
}

/// Prints problems and fails.
#[must_use]
pub fn fail(problems: &Problems, root: &Path) -> ExitCode {
    report::print_problems(problems, root);
    ExitCode::FAILURE
}
