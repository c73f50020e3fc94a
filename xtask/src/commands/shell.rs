//! `completions` and `man`: completion scripts and manual pages.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

use crate::report;

/// Which shell.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// Shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Where to write the pages.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Write a page for each command to this folder [default: print the page of `errbook`].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints the completions of a shell.
#[must_use]
pub fn completions(args: &CompletionsArgs, mut command: Command) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "errbook", &mut text);
    finish(io::stdout().write_all(&text))
}

/// Prints the manual, or writes it to a folder.
#[must_use]
pub fn man(args: &ManArgs, command: Command) -> ExitCode {
    let Some(out) = &args.out else {
        let mut text = Vec::new();
        let rendered = clap_mangen::Man::new(command).render(&mut text);
        return finish(rendered.and_then(|()| io::stdout().write_all(&text)));
    };
    finish(std::fs::create_dir_all(out).and_then(|()| clap_mangen::generate_to(command, out)))
}

fn finish(result: io::Result<()>) -> ExitCode {
    match result {
        // A closed pipe is not a failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            report::print_error(&format!("error: {error}"));
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
