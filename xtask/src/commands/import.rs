//! `import`: a gettext catalogue that translators worked on, back into the dictionary that it was made from.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_codegen::place::Place;
use errbook_codegen::problem::Problems;

use super::{fail, replace, taxonomy, workspace};
use crate::export::po::{Outcome, Page, import, parse};
use crate::report;
use crate::vendor::{Missing, Vendor};
use crate::workspace::{Workspace, cannot_be_read};

/// Which catalogues to read back.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Catalogues that `export po` wrote; each says in its head whose and in which language it is.
    #[arg(required = true, value_name = "FILE.po")]
    files: Vec<PathBuf>,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    for file in &args.files {
        match one(file, &workspace) {
            Ok(said) => report::say(&said),
            Err(problems) => return fail(&problems, workspace.root()),
        }
    }
    ExitCode::SUCCESS
}

fn one(file: &Path, workspace: &Workspace) -> Result<String, Problems> {
    let name = file.display().to_string();
    let at = |line, message: &str| problem(&Place { line, ..Place::file(&name) }, message);
    let text = fs::read_to_string(file).map_err(|error| problem(&Place::file(&name), &cannot_be_read(&error)))?;
    let (header, entries) = parse(&text).map_err(|line| at(line, "this line is none of a gettext catalogue"))?;
    let head = |key: &str| header.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let (Some(vendor), Some(language)) = (head("X-Errbook-Vendor"), head("X-Errbook-Language")) else {
        return Err(at(1, "the head of this catalogue does not say whose it is: `export po` writes one that does"));
    };
    let is_tag = language.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    if !is_tag || language.is_empty() {
        return Err(at(1, &format!("`{language}` is no tag of a language")));
    }
    workspace.select(std::slice::from_ref(&vendor))?;
    let files = Vendor::read(workspace, &vendor, Missing::Refused)?;
    let page = Page::read(&files, taxonomy(workspace)?.as_ref(), &language)?;
    let dictionary = format!("codes/vendors/{vendor}/messages/{language}.toml");
    let before = files.messages.iter().find(|(other, _)| *other == language);
    let before = before.map_or("schema = 1\n", |(_, source)| source.text());
    let outcome =
        import(&page, before, &entries).map_err(|error| problem(&Place::file(&dictionary), error.message()))?;
    if outcome.text != before {
        replace(&dictionary, &outcome.text, workspace)?;
    }
    Ok(summary(&dictionary, &outcome, outcome.text != before))
}

fn problem(place: &Place, message: &str) -> Problems {
    let mut problems = Problems::default();
    problems.push(place, message);
    problems
}

fn summary(dictionary: &str, outcome: &Outcome, written: bool) -> String {
    let Outcome { added, changed, resolved, removed, waiting, .. } = outcome;
    let next = if written { "; `regen` takes it over" } else { "" };
    let mut said =
        format!("{dictionary}: {added} added, {changed} changed, {resolved} resolved, {removed} removed{next}\n");
    for text in waiting {
        let _ = writeln!(said, "  still fuzzy, and left as it was: {}", text.replace('\n', " "));
    }
    said
}
