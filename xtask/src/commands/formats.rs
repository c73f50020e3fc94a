//! `formats`: writes the JSON Schemas and the tables of the guide that list facts.

use std::path::Path;
use std::process::ExitCode;

use crate::commands::{fail, workspace};
use crate::{formats, output, report};

/// Runs the command.
#[must_use]
pub fn run(root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let project = workspace.project();
    let written = formats::generate(&project).and_then(|files| {
        for file in files {
            output::write_file(&project.join(&file.path), &file.text)?;
            report::print_output(&format!("{} written\n", file.path));
        }
        Ok(())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::print_error(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}
