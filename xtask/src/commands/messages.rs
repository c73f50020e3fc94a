//! `messages`: adds an empty entry to a translation file for each text without a translation.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use errbook_spec::SCHEMA;
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use toml_edit::{DocumentMut, Item, Table};

use crate::commands::{fail, finish, replace, taxonomy, workspace};
use crate::count::count;
use crate::export::po::Page;
use crate::fold::text_key;
use crate::messages::Text;
use crate::program::program;
use crate::regen::VendorText;
use crate::text::check_language_tag;
use crate::vendor::{Missing, Vendor};
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

/// Adds an empty entry for each text that has no translation, removes those whose texts are gone,
/// and returns a summary.
fn add_entries(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    let name = &args.vendor;
    let language = &args.language;
    workspace.select(std::slice::from_ref(name))?;
    let file = workspace.messages_file(name, language);
    let mut problems = Problems::default();
    check_language_tag(language, &Place::file(&file), &mut problems);
    problems.finish(())?;
    let vendor = Vendor::read(workspace, name, Missing::Refused)?;
    let page = Page::read(&vendor, taxonomy(workspace)?.as_ref(), language)?;
    let mut existing = vendor.messages.iter();
    let existing = existing.find(|(tag, _)| tag == language && workspace.has(&file));
    let begun = existing.map_or_else(
        || format!("{}\nschema = {SCHEMA}\n", schema_line("messages")),
        |(_, source)| source.text().to_owned(),
    );
    let obsolete: Vec<_> = page.obsolete().collect();
    let missing = page.missing();
    let shown = workspace.shown(&file);
    let mut out = String::new();
    if !obsolete.is_empty() {
        let empty = count(obsolete.len(), "empty entry");
        let _ = writeln!(out, "{shown}: removed {empty}: their texts are gone");
    }
    if missing.is_empty() {
        let _ = writeln!(out, "{shown}: every text has an entry");
    } else {
        let texts = count(missing.len(), "text");
        let program = program();
        let _ = writeln!(
            out,
            "{shown}: {texts} to fill; then run `{program} regen {name}`"
        );
    }
    if !missing.is_empty() || !obsolete.is_empty() {
        let kept = without_entries(&begun, &obsolete);
        replace(&file, &(kept + &empty_entries(&page, &missing)), workspace)?;
    }
    if existing.is_none() {
        out.extend(workspace.language_note(language)?);
    }
    Ok(out)
}

/// A translation file without these entries and the comments above them.
fn without_entries(text: &str, entries: &[&Text]) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return text.to_owned();
    };
    let texts = document
        .get_mut("text")
        .and_then(Item::as_array_of_tables_mut);
    let Some(texts) = texts.filter(|_| !entries.is_empty()) else {
        return text.to_owned();
    };
    let value = |table: &Table, key: &str| Some(table.get(key)?.as_str()?.to_owned());
    texts.retain(|table| {
        !entries.iter().any(|entry| {
            value(table, "of").as_ref() == Some(&entry.of.value)
                && value(table, "in").as_ref() == entry.within.as_ref().map(|at| &at.value)
        })
    });
    document.to_string()
}

/// An entry for each text, with the places where it occurs and its English translation.
fn empty_entries(page: &Page, missing: &[&VendorText]) -> String {
    let places = page.places();
    let mut out = String::new();
    for string in missing {
        let Some(of) = string.source() else { continue };
        let places = places.get(&text_key(of)).into_iter().flatten();
        let places: Vec<_> = places.map(|place| place.short_label(&page.spec)).collect();
        let _ = write!(out, "\n# {}\n", places.join(", "));
        let english = string.at.texts(&page.spec).get("en");
        let english = english.filter(|english| english.value != *of);
        for line in english.iter().flat_map(|text| text.lines()) {
            let _ = writeln!(out, "# en: {line}");
        }
        let _ = write!(
            out,
            "[[text]]\nof = {}\nis = \"\"\n",
            write::toml_string(of)
        );
    }
    out
}
