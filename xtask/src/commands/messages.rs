//! `messages`: adds an empty entry to a translation file for each text without a translation.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::Texts;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use errbook_spec::{SCHEMA, Spec, Status};

use crate::commands::regen::{Args as Regen, regenerate};
use crate::commands::{fail, finish, replace, workspace};
use crate::count::count;
use crate::fold::text_key;
use crate::messages::{self, Translations};
use crate::program::program;
use crate::text::check_language_tag;
use crate::workspace::Workspace;
use crate::write::{self, schema_line};

/// Which translation file.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Vendor, by folder name.
    vendor: String,
    /// Language, as a BCP 47 tag such as `ja` or `pt-BR`.
    language: String,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace(root) {
        Ok(workspace) => workspace,
        Err(problems) => return fail(&problems, Path::new(".")),
    };
    finish(add_entries(args, &workspace), workspace.root())
}

/// Adds an empty entry for each text that has no translation, and returns a summary.
fn add_entries(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    let vendor = &args.vendor;
    let regenerated = regenerate(&Regen::of(std::slice::from_ref(vendor)), workspace)?;
    let spec = &regenerated[0].spec;
    let file = workspace.messages_file(vendor, &args.language);
    let mut problems = Problems::default();
    check_language_tag(&args.language, &Place::file(&file), &mut problems);
    let existing = workspace
        .has(&file)
        .then(|| workspace.read(&file, &mut problems))
        .flatten();
    let existing = problems.finish(existing)?;
    let known = existing
        .as_ref()
        .map(|source| messages::parse(source, &args.language))
        .transpose()?;
    let missing = missing_texts(spec, &args.language, known.as_ref());
    if missing.is_empty() {
        return Ok(format!(
            "{}: every text has an entry\n",
            workspace.shown(&file)
        ));
    }
    let begun = existing.map_or_else(
        || format!("{}\nschema = {SCHEMA}\n", schema_line("messages")),
        |source| source.text().to_owned(),
    );
    replace(&file, &(begun + &empty_entries(&missing)), workspace)?;
    Ok(format!(
        "{}: {} to fill; then run `{} regen {vendor}`\n",
        workspace.shown(&file),
        count(missing.len(), "text"),
        program()
    ))
}

/// A text to translate, its English translation as a hint, and where it occurs.
struct Missing<'a> {
    of: &'a str,
    english: Option<&'a str>,
    places: Vec<String>,
}

/// The vendor's texts that have no entry in the translation file, each once, in the document's
/// order.
fn missing_texts<'a>(
    spec: &'a Spec,
    language: &str,
    known: Option<&Translations>,
) -> Vec<Missing<'a>> {
    let mut seen = BTreeSet::new();
    let mut missing: Vec<Missing<'a>> = Vec::new();
    for (texts, locale, place) in all_texts(spec) {
        let Some(of) = texts.get(locale).filter(|_| locale != language) else {
            continue;
        };
        let key = text_key(of);
        if texts.contains_key(language) || known.is_some_and(|known| known.has_entry(of)) {
            continue;
        }
        if seen.insert(key.clone()) {
            let english = texts
                .get("en")
                .map(|text| text.as_str())
                .filter(|_| locale != "en");
            missing.push(Missing {
                of,
                english,
                places: vec![place],
            });
        } else if let Some(other) = missing.iter_mut().find(|other| text_key(other.of) == key) {
            other.places.push(place);
        }
    }
    missing
}

/// Every text of a spec, with the vendor's language for it and the place where it occurs.
fn all_texts(spec: &Spec) -> Vec<(&Texts, &str, String)> {
    let own = spec.locale.as_str();
    let mut all = vec![(&spec.title, own, "title".to_owned())];
    for set in &spec.sets {
        all.push((&set.title, own, set.name.value.clone()));
        all.extend(set.sections.iter().map(|section| {
            (
                &section.title,
                own,
                format!("{} {}", *set.name, *section.id),
            )
        }));
        for code in set
            .codes
            .iter()
            .filter(|code| code.status == Status::Active)
        {
            let locale = code.locale.as_ref().map_or(own, |locale| locale.as_str());
            let place = format!("{}.{}", *set.name, *code.code);
            all.push((&code.message, locale, place.clone()));
            all.push((&code.remedy, locale, place + " remedy"));
        }
    }
    all
}

fn empty_entries(missing: &[Missing<'_>]) -> String {
    let mut out = String::new();
    for text in missing {
        let _ = write!(out, "\n# {}\n", text.places.join(", "));
        for line in text.english.iter().flat_map(|english| english.lines()) {
            let _ = writeln!(out, "# en: {line}");
        }
        let _ = write!(
            out,
            "[[text]]\nof = {}\nis = \"\"\n",
            write::toml_string(text.of)
        );
    }
    out
}
