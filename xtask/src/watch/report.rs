//! What `watch` found out about each vendor in, one Markdown report out.

use std::fmt::Write;

use errbook_spec::problem::Problems;

use crate::count::count;
use crate::diff::{Class, Finding, Verdict, escape_cell, markdown_table};
use crate::program::program;
use crate::report::shortened;
use crate::update::Update;

/// What `watch` found out about a vendor.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The published document is another edition, whose codes differ.
    Changed {
        /// Where it is published.
        url: String,
        /// What `update` would do, or why it would refuse.
        update: Result<Box<Update>, Problems>,
    },
    /// The document could not be downloaded, or it is not one.
    Failed(Problems),
    /// The codes are the same; if the page changed elsewhere, where.
    Unchanged(Option<String>),
    /// The overlay does not say where the document is published, or says that only a person can
    /// download it.
    NotWatched,
}

/// The report: what changed comes first, then what could not be checked.
#[must_use]
pub fn report(outcomes: &[(String, Outcome)]) -> String {
    let number = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|(_, it)| is(it)).count();
    let mut out = format!(
        "## {} changed, {} could not be checked, {} unchanged\n",
        count(
            number(|it| matches!(it, Outcome::Changed { .. })),
            "document"
        ),
        number(|it| matches!(it, Outcome::Failed(_))),
        number(|it| matches!(it, Outcome::Unchanged(_))),
    );
    for (vendor, outcome) in outcomes {
        if let Outcome::Changed { url, update } = outcome {
            out += &changed(vendor, url, update);
        }
    }
    for (vendor, outcome) in outcomes {
        if let Outcome::Failed(problems) = outcome {
            let _ = write!(
                out,
                "\n### {vendor}: could not be checked\n\n{}",
                list(problems)
            );
        }
    }
    let unchanged = names(outcomes, |it| matches!(it, Outcome::Unchanged(_)));
    if !unchanged.is_empty() {
        let _ = write!(out, "\n### Unchanged\n\n{unchanged}\n");
    }
    for (vendor, outcome) in outcomes {
        if let Outcome::Unchanged(Some(lines)) = outcome {
            let _ = write!(out, "\n`{vendor}` has the same codes; changed: {lines}\n");
        }
    }
    let not_watched = names(outcomes, |it| matches!(it, Outcome::NotWatched));
    if !not_watched.is_empty() {
        let _ = write!(
            out,
            "\n### Not watched\n\n{not_watched}: the overlay has no `url`, or `watch = \"never\"`\n"
        );
    }
    out
}

fn changed(vendor: &str, url: &str, update: &Result<Box<Update>, Problems>) -> String {
    let program = program();
    let update = match update {
        Ok(update) => update,
        Err(problems) => {
            return format!(
                "\n### {vendor}: changed, and the overlay no longer matches\n\n<{url}>\n\n{}\n\
                 Edit the overlay, then run `{program} update {vendor}`.\n",
                list(problems)
            );
        }
    };
    let losses = update
        .losses
        .iter()
        .map(|loss| format!("- {}\n", escape_cell(loss)));
    let notes: String = losses.collect();
    let table = if update.findings.is_empty() {
        String::new()
    } else {
        markdown_table(&update.findings)
    };
    let questions = if update.questions.is_empty() {
        String::new()
    } else {
        list(&update.questions)
    };
    let parts = [format!("<{url}>\n"), table, notes, questions];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let options = [
        ("--accept-headings", update.headings.is_empty()),
        ("--accept-removals", update.losses.is_empty()),
    ];
    let options = options.iter().filter(|(_, is_needless)| !is_needless);
    let option: String = options.map(|(option, _)| format!(" {option}")).collect();
    let first = if update.questions.is_empty() {
        ""
    } else {
        "Edit the overlay. Then "
    };
    format!(
        "\n### {vendor}: {}\n\n{}\n{first}`{program} update {vendor}{option}` adopts this edition.\n",
        summary(&update.findings),
        parts.join("\n")
    )
}

/// `1 breaking, 2 billing, 3 added`.
fn summary(findings: &[Finding]) -> String {
    const GROUPS: &[&str] = &["breaking", "billing", "withdrawn", "added", "other"];
    let of = |group: &str| {
        findings
            .iter()
            .filter(|finding| group_of(finding) == group)
            .count()
    };
    let groups = GROUPS.iter().map(|group| (*group, of(group)));
    let groups: Vec<_> = groups
        .filter(|(_, number)| *number > 0)
        .map(|(group, number)| format!("{number} {group}"))
        .collect();
    if groups.is_empty() {
        "changed".to_owned()
    } else {
        groups.join(", ")
    }
}

fn group_of(finding: &Finding) -> &'static str {
    match finding.class {
        _ if finding.verdict == Verdict::Major => "breaking",
        Class::BILLING_CHANGED => "billing",
        Class::CodeRetired | Class::SetRetired | Class::RangeRemoved => "withdrawn",
        Class::CodeAdded | Class::SetAdded | Class::RangeAdded => "added",
        _ => "other",
    }
}

fn list(problems: &Problems) -> String {
    let mut out = String::new();
    for problem in shortened(problems).iter() {
        let _ = write!(out, "- `{}`: {}", problem.place, markup(&problem.message));
        let _ = problem
            .help
            .iter()
            .try_for_each(|help| write!(out, "; {}", markup(help)));
        out.push('\n');
    }
    out
}

/// Keeps what is in backticks as code, and escapes the rest: a message may quote the document.
fn markup(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let even_number_of_ticks = text.matches('`').count().is_multiple_of(2);
    let parts = parts.map(|(at, part)| match at % 2 {
        1 if even_number_of_ticks => format!("`{}`", part.replace('\n', " ")),
        _ => escape_cell(part),
    });
    parts.collect()
}

fn names(outcomes: &[(String, Outcome)], is: fn(&Outcome) -> bool) -> String {
    let names = outcomes.iter().filter(|(_, outcome)| is(outcome));
    let names: Vec<_> = names.map(|(vendor, _)| format!("`{vendor}`")).collect();
    names.join(", ")
}
