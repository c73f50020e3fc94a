//! The commands: each reads its arguments, does one thing and says what it did.

mod account;
pub mod expand;
pub mod explain;
pub mod extract;
pub mod kinds;
pub mod messages;
pub mod regen;
pub mod resolve;
pub mod spec;
pub mod stats;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_codegen::problem::Problems;

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

/// Prints problems and fails.
#[must_use]
pub fn fail(problems: &Problems, root: &Path) -> ExitCode {
    report::print(problems, root);
    ExitCode::FAILURE
}
