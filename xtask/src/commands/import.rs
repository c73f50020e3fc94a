//! `import`: imports gettext catalogues that translators edited into translation files, atomically.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::canonical_tag;
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;

use crate::commands::{commit, fail, problem, taxonomy, workspace};
use crate::count::count;
use crate::export::po::{Entry, Outcome, Page, Wrong, check, import, parse};
use crate::fold::text_key;
use crate::messages;
use crate::program::program;
use crate::regen::regen;
use crate::report;
use crate::transaction::Transaction;
use crate::vendor::{Missing, Vendor};
use crate::workspace::{Workspace, cannot_be_read};

/// Which catalogues to import.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Catalogues written by `export po`; their headers name the vendor and the language.
    #[arg(required = true, value_name = "FILE.po")]
    files: Vec<PathBuf>,
}

/// Runs the command: all catalogues are imported, or none.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    match import_all(args, &workspace) {
        Ok(output) => {
            report::print_output(&output);
            ExitCode::SUCCESS
        }
        Err(problems) => {
            let code = fail(&report::shortened(&problems), workspace.root());
            report::print_error(&format!(
                "{}; nothing was written",
                count(problems.iter().count(), "problem")
            ));
            code
        }
    }
}

/// A catalogue with its translation file before and after the import.
struct Import {
    /// The catalogue, as given on the command line.
    name: String,
    entries: Vec<Entry>,
    vendor: Vendor,
    language: String,
    /// The path of the translation file.
    file: String,
    before: String,
    outcome: Outcome,
}

fn import_all(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    let mut imports = Vec::<Import>::new();
    let mut problems = Problems::default();
    for file in &args.files {
        match read_import(file, workspace) {
            Ok(import) => {
                if let Some(other) = imports.iter().find(|other| other.file == import.file) {
                    let message = format!(
                        "this catalogue is for the same translation file as {}",
                        other.name
                    );
                    problems.push(&Place::file(&import.name), message);
                }
                imports.push(import);
            }
            Err(other) => problems.extend(other),
        }
    }
    problems.finish(())?;
    let mut problems = Problems::default();
    for import in &imports {
        check_spec(import, workspace, &mut problems);
    }
    problems.finish(())?;
    // Unchanged translation files are not written; a catalogue without translations does not
    // create one.
    let changed = imports
        .iter()
        .filter(|import| import.outcome.text != import.before);
    let mut transaction = Transaction::default();
    changed.for_each(|import| transaction.put(&import.file, import.outcome.text.as_bytes()));
    commit(&transaction, workspace)?;
    Ok(imports
        .iter()
        .map(|import| summary(import, workspace))
        .collect())
}

fn read_import(file: &Path, workspace: &Workspace) -> Result<Import, Problems> {
    let name = file.display().to_string();
    let wrong = |wrong: &[Wrong]| {
        let mut problems = Problems::default();
        for Wrong { line, message } in wrong {
            problems.push(
                &Place {
                    line: *line,
                    ..Place::file(&name)
                },
                message,
            );
        }
        problems
    };
    let head = |message: &str| {
        wrong(&[Wrong {
            line: 1,
            message: message.to_owned(),
        }])
    };
    let text = fs::read_to_string(file).map_err(|error| problem(&name, &cannot_be_read(&error)))?;
    let (header, entries) = parse(&text).map_err(|first| wrong(&[first]))?;
    let header_field = |key: &str| {
        header
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.clone())
    };
    let vendor = header_field("X-Errbook-Vendor");
    let language = header_field("X-Errbook-Language");
    let Some((vendor, language)) = vendor.zip(language) else {
        return Err(head(
            "missing header `X-Errbook-Vendor` or `X-Errbook-Language`; `export po` writes both",
        ));
    };
    if canonical_tag(&language).as_ref() != Some(&language) {
        return Err(head(&format!("`{language}` is not a language tag")));
    }
    workspace.select(std::slice::from_ref(&vendor))?;
    let vendor = Vendor::read(workspace, &vendor, Missing::Refused)?;
    let page = Page::read(&vendor, taxonomy(workspace)?.as_ref(), &language)?;
    let found = check(&page, &entries);
    if !found.is_empty() {
        return Err(wrong(&found));
    }
    let file = vendor.messages_file(&language);
    let before = vendor.messages.iter().find(|(other, _)| *other == language);
    let before = before
        .map_or("schema = 1\n", |(_, source)| source.text())
        .to_owned();
    let outcome =
        import(&page, &before, &entries).map_err(|error| problem(&file, error.message()))?;
    Ok(Import {
        name,
        entries,
        vendor,
        language,
        file,
        before,
        outcome,
    })
}

/// Checks that the vendor's spec can be regenerated with the new translation file.
fn check_spec(import: &Import, workspace: &Workspace, problems: &mut Problems) {
    let Import {
        vendor,
        language,
        file,
        outcome,
        ..
    } = import;
    let source = Source::new(file, &outcome.text);
    let mut vendor = vendor.clone();
    vendor.messages.retain(|(other, _)| other != language);
    vendor.messages.push((language.clone(), source.clone()));
    let made = taxonomy(workspace).and_then(|taxonomy| regen(&vendor, taxonomy.as_ref()));
    let Err(other) = made else { return };
    for problem in other.iter() {
        let place = catalogue_place(import, &source, &problem.place)
            .unwrap_or_else(|| problem.place.clone());
        match &problem.help {
            Some(help) => problems.push_with_help(&place, &*problem.message, help),
            None => problems.push(&place, &*problem.message),
        }
    }
}

/// The place in the catalogue that a place in the new translation file comes from.
fn catalogue_place(import: &Import, translations: &Source, place: &Place) -> Option<Place> {
    let is_there = |at: &Place| at.file == place.file && at.line == place.line;
    let translations = messages::parse(translations, &import.language).ok()?;
    let text = translations
        .entries()
        .find(|text| is_there(&text.is.place) || is_there(&text.of.place))?;
    let within = text.within.as_ref().map(|within| &within.value);
    let is_same = |entry: &&Entry| {
        entry.context.as_ref() == within && text_key(&entry.id) == text_key(&text.of)
    };
    let entry = import.entries.iter().find(is_same)?;
    Some(Place {
        line: entry.line,
        ..Place::file(&import.name)
    })
}

fn summary(import: &Import, workspace: &Workspace) -> String {
    let Outcome {
        added,
        changed,
        resolved,
        removed,
        marked,
        text,
    } = &import.outcome;
    let next = if *text == import.before {
        String::new()
    } else {
        format!("; run `{} regen`", program())
    };
    let marked = if *marked > 0 {
        format!(", {marked} marked as stale")
    } else {
        String::new()
    };
    format!(
        "{}: {added} added, {changed} changed, {resolved} resolved, \
         {removed} removed{marked}{next}\n",
        workspace.shown(&import.file)
    )
}
