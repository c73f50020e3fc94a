//! The command line: which command runs, and on which workspace.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use errbook_cli::commands::{expand, explain, export, extract, import, regen, shell, site};

/// Reads vendors' error-code documents and keeps the registry that is compiled from them.
#[derive(Debug, Parser)]
#[command(name = "errbook", version, propagate_version = true)]
struct Arguments {
    /// The workspace; by default the one around the current folder.
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make spec.toml of each vendor anew from its document, overlay and messages.
    Regen(regen::Args),
    /// Show the tables and codes of any Markdown document, with no configuration.
    Extract(extract::ExtractArgs),
    /// Show the Rust that a spec becomes, or how its tables are laid out.
    Expand(expand::Args),
    /// Say what a code means, at every vendor that uses it.
    Explain(explain::Args),
    /// Write the registry as a static site: a page to search, and a page for each vendor.
    Site(site::Args),
    /// Give the registry to those who do not write Rust.
    Export(export::Args),
    /// Read translations back that were made in gettext's tools.
    Import(import::Args),
    /// Print completions for a shell.
    Completions(shell::CompletionsArgs),
    /// Print the manual page.
    Man(shell::ManArgs),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let root = arguments.root.as_deref();
    match &arguments.command {
        Command::Regen(args) => regen::run(args, root),
        Command::Extract(args) => extract::run(args),
        Command::Expand(args) => expand::run(args, root),
        Command::Explain(args) => explain::run(args, root),
        Command::Site(args) => site::run(args, root),
        Command::Export(args) => export::run(args, root),
        Command::Import(args) => import::run(args, root),
        Command::Completions(args) => shell::completions(args, Arguments::command()),
        Command::Man(args) => shell::man(args, Arguments::command()),
    }
}
