//! `init`: makes a folder a registry.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use errbook_spec::problem::Problems;

use crate::commands::{fail, locking_problem, problem, report_recovery};
use crate::config::Kinds;
use crate::init::{Plan, Wishes, plan};
use crate::report;
use crate::transaction::{Lock, recover};

/// Where the registry begins, and what it has.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Folder of the registry; created if it does not exist.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Name of the registry [default: the folder's].
    #[arg(long)]
    name: Option<String>,
    /// Languages of its texts, the main one first.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "en",
        value_name = "LANG,…"
    )]
    languages: Vec<String>,
    /// Its taxonomy: what codes of different vendors have in common.
    #[arg(long, value_enum, default_value_t = Taxonomy::None)]
    kinds: Taxonomy,
    /// Write no Rust crate.
    #[arg(long)]
    no_crate: bool,
    /// Write workflows that check pull requests, and watch vendors each week.
    #[arg(long, value_enum)]
    ci: Option<Forge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Taxonomy {
    /// The kinds of the registry that errbook ships, which its crate has.
    Errbook,
    /// A file to define kinds in, kinds.toml.
    Own,
    /// No kinds; they can be added later.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Forge {
    /// Workflows of GitHub Actions.
    Github,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let wishes = Wishes {
        name: args.name.clone(),
        languages: args.languages.clone(),
        kinds: match args.kinds {
            Taxonomy::Errbook => Some(Kinds::Shared),
            Taxonomy::Own => Some(Kinds::File("kinds.toml".to_owned())),
            Taxonomy::None => None,
        },
        package: !args.no_crate,
        workflow: args.ci == Some(Forge::Github),
    };
    let done = begin(&args.folder, &wishes);
    match done {
        Ok(plan) => {
            for file in plan.transaction.files() {
                let file = report::shown(&args.folder, file);
                report::print_output(&format!("wrote {file}\n"));
            }
            for note in &plan.notes {
                report::print_output(&format!("{note}\n"));
            }
            ExitCode::SUCCESS
        }
        Err(problems) => {
            let code = fail(&problems, &args.folder);
            report::print_error("nothing was written");
            code
        }
    }
}

fn begin(folder: &Path, wishes: &Wishes) -> Result<Plan, Problems> {
    let shown = folder.join(".").display().to_string();
    let cannot = |error: io::Error| problem(&shown, &format!("cannot write the files: {error}"));
    report_recovery(recover(folder).map_err(|error| locking_problem(&error, folder))?);
    // Report errors before taking the lock.
    plan(folder, wishes)?;
    let lock = Lock::of_workspace(folder).map_err(cannot)?;
    // Another process may have begun a registry here.
    let plan = plan(folder, wishes)?;
    plan.transaction.commit_under(&lock).map_err(cannot)?;
    Ok(plan)
}
