//! The command line: which command runs, and on which registry.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use errbook_cli::commands::{
    add, check, diff, expand, explain, export, extract, formats, history, import, init, kinds,
    messages, names, regen, release, resolve, shell, site, spec, stats, update, watch, weigh,
};
use errbook_cli::{progress, report};

/// Extract error codes from vendors' documents and maintain the registry compiled from them.
#[derive(Debug, Parser)]
#[command(name = "errbook", version, propagate_version = true)]
struct Arguments {
    /// Registry folder, with errbook.toml [default: the one that contains the current folder].
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Begin a registry of your own in a folder.
    Init(init::Args),
    /// Regenerate each spec.toml from the document, the overlay and the translations.
    Regen(regen::Args),
    /// Add a vendor from a document.
    Add(add::Args),
    /// Replace a vendor's document with a new edition and show what changes.
    Update(update::Args),
    /// Download each vendor's document and report what changed, as Markdown; write nothing.
    ///
    /// Exits with 1 if a document changed, and with 2 if one could not be checked.
    Watch(watch::Args),
    /// Check that a release is ready, and record its public API.
    Release(release::Args),
    /// Extract the error codes of any document; needs no configuration.
    ///
    /// In a registry, the words of its `[lexicon]` are known as well.
    ///
    /// Lines that begin with what looks like a code and are in no entry are listed as `unread`.
    /// Exits with 1 if a file cannot be read, a row is quarantined, or no file has a code.
    Extract(extract::ExtractArgs),
    /// Check specs as the macro does: everything that would not compile.
    Check(check::Args),
    /// Show the Rust that a spec becomes, or how its tables are laid out.
    Expand(expand::Args),
    /// Write KINDS.md, the table of kinds and the codes of each vendor.
    Kinds(kinds::Args),
    /// Add missing entries to a vendor's translations into a language.
    Messages(messages::Args),
    /// Mark stale translations as still correct.
    Resolve(resolve::Args),
    /// List codes without a name in the overlay, with proposals, and write them.
    ///
    /// A code of another vendor with the same or nearly the same text gives a name, a kind and a
    /// retry class; other names are made from the terms of the text.
    Names(names::Args),
    /// Show how complete each set is, what is left to do, and how old each document is.
    ///
    /// A second table has the edition of each vendor's document, since when the vendor has a later
    /// one, how many notes say something beyond the document, and for how many codes `said` keeps
    /// the vendor's own words.
    Stats(stats::Args),
    /// Convert the derived enums of a Rust file to a spec.
    Spec(spec::Args),
    /// Explain a code, for every vendor that uses it.
    Explain(explain::Args),
    /// Show the history of a code, commit by commit.
    History(history::Args),
    /// Compare two states of the registry: changes, severities and the required version bump.
    Diff(diff::Args),
    /// Write the registry as a static site, with a search, and a page for each vendor and each code.
    Site(site::Args),
    /// Export as JSON, source code, gettext, CSV, Markdown or conformance vectors.
    Export(export::Args),
    /// Write the JSON Schemas and the references of the guide from the table of facts.
    // Only for the repository of errbook itself.
    #[command(hide = true)]
    Formats,
    /// Learn the weights of ingestion from labelled documents, and measure them.
    // Only for the repository of errbook itself.
    #[command(hide = true)]
    Weigh(weigh::Args),
    /// Import translations from gettext catalogues.
    Import(import::Args),
    /// Print a completion script for a shell.
    Completions(shell::CompletionsArgs),
    /// Print the manual page.
    Man(shell::ManArgs),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse_from(explain::protect_numbers(std::env::args_os()));
    let root = arguments.root.as_deref();
    // `extract` has a bar of its own, and `explain` may read what a person types.
    if !matches!(arguments.command, Command::Extract(_) | Command::Explain(_)) {
        progress::begin();
    }
    let code = match &arguments.command {
        Command::Init(args) => init::run(args),
        Command::Regen(args) => regen::run(args, root),
        Command::Add(args) => add::run(args, root),
        Command::Update(args) => update::run(args, root),
        Command::Watch(args) => watch::run(args, root),
        Command::Release(args) => release::run(args, root),
        Command::Extract(args) => extract::run(args, root),
        Command::Check(args) => check::run(args, root),
        Command::Expand(args) => expand::run(args, root),
        Command::Kinds(args) => kinds::run(args, root),
        Command::Messages(args) => messages::run(args, root),
        Command::Resolve(args) => resolve::run(args, root),
        Command::Names(args) => names::run(args, root),
        Command::Stats(args) => stats::run(args, root),
        Command::Spec(args) => spec::run(args),
        Command::Explain(args) => explain::run(args, root),
        Command::History(args) => history::run(args, root),
        Command::Diff(args) => diff::run(args, root),
        Command::Site(args) => site::run(args, root),
        Command::Export(args) => export::run(args, root),
        Command::Formats => formats::run(root),
        Command::Weigh(args) => weigh::run(args, root),
        Command::Import(args) => import::run(args, root),
        Command::Completions(args) => shell::completions(args, Arguments::command()),
        Command::Man(args) => shell::man(args, Arguments::command()),
    };
    progress::end();
    report::exit_status(code)
}
