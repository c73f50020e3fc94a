//! The command line: which command runs, and on which workspace.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use errbook_cli::commands::{
    add, diff, expand, explain, export, extract, history, import, kinds, messages, regen, release,
    resolve, semver, shell, site, spec, stats, update,
};
use errbook_cli::report;

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
    /// Make a vendor of a document that nobody has looked at yet.
    Add(add::Args),
    /// Take over a vendor's new document, and show what that changes.
    Update(update::Args),
    /// Prove that the registry may go out, and write down what it promises.
    Release(release::Args),
    /// Show the tables and codes of any Markdown document, with no configuration.
    Extract(extract::ExtractArgs),
    /// Show the Rust that a spec becomes, or how its tables are laid out.
    Expand(expand::Args),
    /// Write the page that shows which codes of which vendor mean the same.
    Kinds(kinds::Args),
    /// Write the dictionary of a language for a translator to fill.
    Messages(messages::Args),
    /// Say that a translation still holds for the vendor's new words.
    Resolve(resolve::Args),
    /// Count what is known of each set, and what is left to do.
    Stats(stats::Args),
    /// Write the enums of a Rust file, whose codes stand on their variants, out as a spec.
    Spec(spec::Args),
    /// Say what a code means, at every vendor that uses it.
    Explain(explain::Args),
    /// Hold the verdict of `diff` against that of cargo-semver-checks, which must be installed.
    Semver(semver::Args),
    /// Say what happened to a code, commit by commit.
    History(history::Args),
    /// Compare two states of the registry: what changed, how much it weighs, which version it asks for.
    Diff(diff::Args),
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
    let code = match &arguments.command {
        Command::Regen(args) => regen::run(args, root),
        Command::Add(args) => add::run(args, root),
        Command::Update(args) => update::run(args, root),
        Command::Release(args) => release::run(args, root),
        Command::Extract(args) => extract::run(args),
        Command::Expand(args) => expand::run(args, root),
        Command::Kinds(args) => kinds::run(args, root),
        Command::Messages(args) => messages::run(args, root),
        Command::Resolve(args) => resolve::run(args, root),
        Command::Stats(args) => stats::run(args, root),
        Command::Spec(args) => spec::run(args),
        Command::Explain(args) => explain::run(args, root),
        Command::Semver(args) => semver::run(args, root),
        Command::History(args) => history::run(args, root),
        Command::Diff(args) => diff::run(args, root),
        Command::Site(args) => site::run(args, root),
        Command::Export(args) => export::run(args, root),
        Command::Import(args) => import::run(args, root),
        Command::Completions(args) => shell::completions(args, Arguments::command()),
        Command::Man(args) => shell::man(args, Arguments::command()),
    };
    report::finish(code)
}
