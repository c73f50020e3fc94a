//! `explain`: what a code means, at every vendor that uses it.

use std::path::Path;
use std::process::ExitCode;

use clap::ValueEnum;

use super::{book, fail};
use crate::explain::{cards, find, from_environment, json};
use crate::report;

/// What `explain` is asked.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// A code (`-5007`, `01001000`), a symbol, a name, or words of its text in any language.
    #[arg(required = true, allow_negative_numbers = true, value_name = "CODE|SYMBOL|TEXT")]
    query: Vec<String>,
    /// Only this vendor.
    #[arg(long)]
    vendor: Option<String>,
    /// The language of the answer, such as `en` or `zh-CN`; by default the environment's.
    #[arg(long)]
    locale: Option<String>,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How to print what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let asked: Vec<_> = args.vendor.iter().cloned().collect();
    let book = match book(root, &asked) {
        Ok(book) => book,
        Err((problems, root)) => return fail(&problems, &root),
    };
    let query = args.query.join(" ");
    let found = find(&book, &query);
    let locale = args.locale.clone().unwrap_or_else(from_environment);
    match args.format {
        Format::Text => report::say(&cards(&book, &found, &query, &locale)),
        Format::Json => report::say(&format!("{:#}\n", json(&found, &query))),
    }
    if found.exact.is_empty() && found.partial.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
