//! `history`: what happened to a code, commit by commit.

use std::path::Path;
use std::process::ExitCode;

use errbook_codegen::spec::word;

use super::{fail, workspace};
use crate::diff::{Finding, Severity, line};
use crate::history::{Event, history};
use crate::report;

/// What `history` is asked.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// A code, a symbol, a Rust name or `Set.code`.
    #[arg(required = true, allow_negative_numbers = true)]
    code: Vec<String>,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let query = args.code.join(" ");
    match history(workspace.root(), &query) {
        Err(problems) => fail(&problems, workspace.root()),
        Ok(events) if events.is_empty() => {
            report::print_error(&format!("no commit of this branch has a code `{query}`"));
            ExitCode::FAILURE
        }
        Ok(events) => {
            report::say(&events.iter().map(event).collect::<String>());
            ExitCode::SUCCESS
        }
    }
}

fn event(event: &Event) -> String {
    let commit = &event.commit;
    let lines = event.findings.iter().map(happened).collect::<String>();
    format!("{} {} {}\n{lines}", commit.date, &commit.hash[..10.min(commit.hash.len())], commit.subject)
}

fn happened(finding: &Finding) -> String {
    let severity = word(Severity::WORDS, finding.severity);
    format!("  {severity:8} {}: {} {}\n", finding.class.word(), finding.vendor, line(finding))
}
