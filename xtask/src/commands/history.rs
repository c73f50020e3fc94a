//! `history`: the history of a code, commit by commit.

use std::path::Path;
use std::process::ExitCode;

use errbook_spec::word;

use crate::commands::{fail, workspace};
use crate::diff::{Finding, Severity, line};
use crate::explain::written;
use crate::history::{Event, history};
use crate::report;

/// Which codes to follow.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Codes, symbols, Rust names, `Set.code` or `vendor/Set.code`; each is shown in turn. Quote
    /// arguments that contain spaces.
    #[arg(required = true, allow_negative_numbers = true, value_name = "CODE")]
    codes: Vec<String>,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    let mut code = ExitCode::SUCCESS;
    for query in &args.codes {
        if args.codes.len() > 1 {
            report::say(&format!("{query}:\n"));
        }
        match history(workspace.root(), &written(query)) {
            Err(problems) => return fail(&problems, workspace.root()),
            Ok(events) if events.is_empty() => {
                report::print_error(&format!(
                    "error: unknown code `{query}` in every commit of this branch"
                ));
                code = ExitCode::FAILURE;
            }
            Ok(events) => report::say(&events.iter().map(event).collect::<String>()),
        }
    }
    code
}

fn event(event: &Event) -> String {
    let commit = &event.commit;
    let lines = event.findings.iter().map(happened).collect::<String>();
    format!(
        "{} {} {}\n{lines}",
        commit.date,
        &commit.hash[..10.min(commit.hash.len())],
        commit.subject
    )
}

fn happened(finding: &Finding) -> String {
    let severity = word(Severity::WORDS, finding.severity);
    format!(
        "  {severity:8} {}: {} {}\n",
        finding.class.word(),
        finding.vendor,
        line(finding)
    )
}
