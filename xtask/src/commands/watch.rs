//! `watch`: downloads each vendor's document and reports what changed. Writes nothing.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use errbook_spec::problem::Problems;

use crate::commands::diff::severities;
use crate::commands::{fail, taxonomy, workspace};
use crate::diff::Severities;
use crate::fetch::Limits;
use crate::overlay;
use crate::regen::{Named, Taxonomy};
use crate::report;
use crate::update::update;
use crate::vendor::{Missing, Vendor};
use crate::watch::{Outcome, Published, published, report as markdown};
use crate::workspace::Workspace;

/// Which vendors to watch.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Vendors, by folder name [default: all vendors whose overlay has a `url`].
    vendors: Vec<String>,
    #[command(flatten)]
    network: Network,
    /// File with severity overrides [default: severities.toml beside errbook.toml].
    #[arg(long, value_name = "FILE")]
    severities: Option<PathBuf>,
}

/// How documents are downloaded.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Network {
    /// Host that may have a private or reserved address; can be given several times.
    #[arg(long, value_name = "HOST")]
    allow_private: Vec<String>,
    /// The time for one document, in milliseconds. For tests.
    #[arg(long, hide = true, default_value_t = 30_000)]
    time_limit: u64,
}

impl Network {
    /// The limits of each download.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            time: Duration::from_millis(self.time_limit),
            private_hosts: self.allow_private.clone(),
        }
    }
}

/// What all vendors share.
struct Watch<'a> {
    workspace: &'a Workspace,
    taxonomy: Option<Taxonomy>,
    severities: Severities,
    limits: Limits,
}

/// A vendor's document changed.
const CHANGED: u8 = 1;

/// A vendor could not be checked, or none could: the report does not say all that changed.
const INCOMPLETE: u8 = 2;

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return incomplete(&problems, Path::new(".")),
    };
    let outcomes = match watch_all(args, &workspace) {
        Ok(outcomes) => outcomes,
        Err(problems) => return incomplete(&problems, workspace.root()),
    };
    report::print_output(&markdown(&outcomes));
    let has = |is: fn(&Outcome) -> bool| outcomes.iter().any(|(_, outcome)| is(outcome));
    if has(|outcome| matches!(outcome, Outcome::Failed(_))) {
        ExitCode::from(INCOMPLETE)
    } else if has(|outcome| matches!(outcome, Outcome::Changed { .. })) {
        ExitCode::from(CHANGED)
    } else {
        ExitCode::SUCCESS
    }
}

fn incomplete(problems: &Problems, root: &Path) -> ExitCode {
    let _ = fail(problems, root);
    ExitCode::from(INCOMPLETE)
}

fn watch_all(args: &Args, workspace: &Workspace) -> Result<Vec<(String, Outcome)>, Problems> {
    let names = workspace.select(&args.vendors)?;
    let watch = Watch {
        workspace,
        taxonomy: taxonomy(workspace)?,
        severities: severities(args.severities.as_deref(), Some(workspace))?,
        limits: args.network.limits(),
    };
    let is_named = !args.vendors.is_empty();
    let outcomes = names.into_iter().map(|name| {
        let outcome = watch.vendor(&name, is_named);
        let outcome = outcome.unwrap_or_else(|problems| {
            report::print_problems(&problems, workspace.root());
            Outcome::Failed(problems)
        });
        (name, outcome)
    });
    Ok(outcomes.collect())
}

impl Watch<'_> {
    /// Checks one vendor. One that a person named is checked in any case.
    fn vendor(&self, name: &str, is_named: bool) -> Result<Outcome, Problems> {
        let vendor = Vendor::read(self.workspace, name, Missing::Refused)?;
        let overlay = overlay::parse(&vendor.overlay)?;
        if !is_named && (overlay.is_unwatched || overlay.url.is_none()) {
            return Ok(Outcome::NotWatched);
        }
        let Published::Edition { document, .. } = published(self.workspace, name, &self.limits)?
        else {
            return Ok(Outcome::Unchanged(None));
        };
        let update = update(
            self.workspace,
            name,
            &document,
            &Named::default(),
            self.taxonomy.as_ref(),
        );
        let update = update.map(|mut update| {
            self.severities.apply(&mut update.findings);
            Box::new(update)
        });
        if let Ok(update) = &update
            && update.says_the_same()
        {
            let elsewhere = update.findings.first().map(crate::diff::line);
            return Ok(Outcome::Unchanged(elsewhere));
        }
        let url = document.name().to_owned();
        Ok(Outcome::Changed { url, update })
    }
}
