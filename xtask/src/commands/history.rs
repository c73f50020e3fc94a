//! `history`: the history of a code, commit by commit.

use std::path::Path;
use std::process::ExitCode;

use errbook_spec::word;

use crate::commands::{fail, workspace};
use crate::diff::{Finding, Severity, line};
use crate::explain::normalized_query;
use crate::git::is_shallow;
use crate::history::{Event, history};
use crate::report;

/// Which codes to show.
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
    if is_shallow(workspace.root()) {
        report::print_error(
            "this clone is shallow: changes before its oldest commit are missing. Run `git fetch \
             --unshallow` to get all commits",
        );
    }
    let mut code = ExitCode::SUCCESS;
    for query in &args.codes {
        if args.codes.len() > 1 {
            report::print_output(&format!("{query}:\n"));
        }
        match history(&workspace, &normalized_query(query)) {
            Err(problems) => return fail(&problems, workspace.root()),
            Ok(events) if events.is_empty() => {
                report::print_error(&format!(
                    "error: unknown code `{query}` in every commit of this branch"
                ));
                code = ExitCode::FAILURE;
            }
            Ok(events) => report::print_output(&events.iter().map(event_text).collect::<String>()),
        }
    }
    code
}

fn event_text(event: &Event) -> String {
    let commit = &event.commit;
    // Ten digits of the hash are unique even in large repositories.
    let lines = event.findings.iter().map(finding_line).collect::<String>();
    format!(
        "{} {} {}\n{lines}",
        commit.date,
        &commit.hash[..10.min(commit.hash.len())],
        commit.subject
    )
}

fn finding_line(finding: &Finding) -> String {
    let severity = word(Severity::WORDS, finding.severity);
    format!(
        "  {severity:8} {}: {} {}\n",
        finding.class.word(),
        finding.vendor,
        line(finding)
    )
}
