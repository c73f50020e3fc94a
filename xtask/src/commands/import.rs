//! `import`: imports gettext catalogues that translators edited into translation files, atomically.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::canonical_tag;
use errbook_spec::place::{Place, Source};
use errbook_spec::problem::Problems;

use crate::commands::{commit, fail, problem, taxonomy, workspace_to_write};
use crate::count::count;
use crate::export::po::{
    Entry, Header, Outcome, Page, Wrong, check, import, kinds, parse, warnings,
};
use crate::fold::text_key;
use crate::messages;
use crate::module::outdated_kinds;
use crate::program::program;
use crate::regen::{Gaps, regen};
use crate::report;
use crate::text::{device_message, is_device, one_line};
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
    let workspace = match workspace_to_write(root) {
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
    warnings: Vec<Wrong>,
}

const NO_HEADER: &str =
    "missing header `X-Errbook-Vendor` or `X-Errbook-Language`; `export po` writes both";

/// A catalogue that was read.
struct Catalogue {
    /// As given on the command line.
    name: String,
    text: String,
    header: Header,
    entries: Vec<Entry>,
}

impl Catalogue {
    fn read(file: &Path) -> Result<Self, Problems> {
        let name = file.display().to_string();
        let bytes = fs::read(file).map_err(|error| problem(&name, &cannot_be_read(&error)))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = valid.split(|byte| *byte == b'\n').count();
            let message = "this line is not UTF-8: save the catalogue as UTF-8".to_owned();
            wrong(&name, &[Wrong { line, message }])
        })?;
        let (header, entries) = parse(&text).map_err(|first| wrong(&name, &[first]))?;
        let catalogue = Self {
            name,
            text,
            header,
            entries,
        };
        catalogue.check_charset()?;
        Ok(catalogue)
    }

    /// A tool that writes another encoding writes its name here.
    fn check_charset(&self) -> Result<(), Problems> {
        let content = self.header_field("Content-Type").unwrap_or_default();
        let Some((_, charset)) = content.split_once("charset=") else {
            return Ok(());
        };
        if ["UTF-8", "UTF8"].contains(&&*charset.trim().to_uppercase()) {
            return Ok(());
        }
        let message = format!("the encoding `{charset}` is not supported: save it as UTF-8");
        Err(self.problem_of("Content-Type", &message))
    }

    fn header_field(&self, key: &str) -> Option<&str> {
        let mut fields = self.header.iter();
        fields
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The language that it translates into.
    fn language(&self) -> Result<&str, Problems> {
        let Some(language) = self.header_field("X-Errbook-Language") else {
            return Err(self.problem(NO_HEADER));
        };
        if canonical_tag(language).as_deref() != Some(language) {
            let message = format!("`{language}` is not a language tag");
            return Err(self.problem_of("X-Errbook-Language", &message));
        }
        if is_device(language) {
            let message = device_message(language);
            return Err(self.problem_of("X-Errbook-Language", &message));
        }
        // Tools change `Language` to what they know: `fr_FR.UTF-8` for `fr`.
        let other = self.header_field("Language").unwrap_or_default();
        let other = other.split(['.', '@']).next().unwrap_or_default();
        let other = other.replace('_', "-").to_lowercase();
        let own = language.to_lowercase();
        let is_same = own.split('-').zip(other.split('-')).all(|(a, b)| a == b);
        if !other.is_empty() && !is_same {
            let message = format!(
                "the catalogue is in `{other}`, and `X-Errbook-Language` says `{language}`; \
                 export one for the other language with `export po --locale`"
            );
            return Err(self.problem_of("Language", &message));
        }
        Ok(language)
    }

    /// A problem of its header.
    fn problem(&self, message: &str) -> Problems {
        self.problem_of("", message)
    }

    /// A problem of a field of its header, at its line.
    fn problem_of(&self, field: &str, message: &str) -> Problems {
        let field = format!("\"{field}:");
        let mut lines = self.text.lines();
        let at = lines.position(|line| line.trim_start().starts_with(&field));
        wrong(
            &self.name,
            &[Wrong {
                line: at.map_or(1, |at| at + 1),
                message: message.to_owned(),
            }],
        )
    }
}

/// Problems of a catalogue.
fn wrong(name: &str, wrong: &[Wrong]) -> Problems {
    let mut problems = Problems::default();
    for Wrong { line, message } in wrong {
        let place = Place {
            line: *line,
            ..Place::file(name)
        };
        problems.push(&place, message);
    }
    problems
}

fn import_all(args: &Args, workspace: &Workspace) -> Result<String, Problems> {
    let mut imports = Vec::<Import>::new();
    let mut kinds = Vec::<Catalogue>::new();
    let mut problems = Problems::default();
    for file in &args.files {
        let read = Catalogue::read(file).and_then(|catalogue| {
            if catalogue.header_field(kinds::HEADER).is_some() {
                kinds.push(catalogue);
                return Ok(());
            }
            let import = read_import(catalogue, workspace)?;
            if let Some(other) = imports.iter().find(|other| other.file == import.file) {
                let message = format!(
                    "this catalogue is for the same translation file as {}",
                    other.name
                );
                problems.push(&Place::file(&import.name), message);
            }
            imports.push(import);
            Ok(())
        });
        if let Err(other) = read {
            problems.extend(other);
        }
    }
    let mut transaction = Transaction::default();
    let of_kinds = import_kinds(&kinds, workspace, &mut transaction);
    let of_kinds = of_kinds.unwrap_or_else(|other| {
        problems.extend(other);
        String::new()
    });
    problems.finish(())?;
    let mut problems = Problems::default();
    let left: Vec<_> = imports
        .iter()
        .map(|import| check_spec(import, workspace, &mut problems))
        .collect();
    problems.finish(())?;
    // Unchanged translation files are not written; a catalogue without translations does not
    // create one.
    let changed = imports
        .iter()
        .filter(|import| import.outcome.text != import.before);
    changed.for_each(|import| transaction.put(&import.file, import.outcome.text.as_bytes()));
    commit(&transaction, workspace)?;
    let summaries = imports.iter().zip(left);
    let summaries = summaries.map(|(import, left)| summary(import, left, workspace));
    Ok(summaries.chain([of_kinds]).collect())
}

/// Imports catalogues of the kinds, one after the other, and returns a summary. A new language goes
/// into `locales` of the crate's kinds too.
fn import_kinds(
    catalogues: &[Catalogue],
    workspace: &Workspace,
    transaction: &mut Transaction,
) -> Result<String, Problems> {
    let Some(first) = catalogues.first() else {
        return Ok(String::new());
    };
    let Some(file) = workspace.config().own_kinds() else {
        return Err(first.problem("this registry has no kinds of its own"));
    };
    let mut problems = Problems::default();
    let Some(before) = workspace.read(file, &mut problems) else {
        return Err(problems);
    };
    let mut source = before.clone();
    let shown = workspace.shown(file);
    let mut out = String::new();
    let mut seen = Vec::<(&str, &str)>::new();
    for catalogue in catalogues {
        let language = catalogue.language()?;
        let spec = errbook_spec::parse(&source)?;
        if catalogue.header_field(kinds::HEADER) != Some(&spec.vendor) {
            let message = format!("this catalogue is not of the kinds of {}", *spec.vendor);
            return Err(catalogue.problem(&message));
        }
        if language == *spec.locale {
            let message = format!("the kinds are written in {language}");
            return Err(catalogue.problem(&message));
        }
        if let Some((_, other)) = seen.iter().find(|(other, _)| *other == language) {
            let message = format!("this catalogue is for the same language as {other}");
            return Err(catalogue.problem(&message));
        }
        seen.push((language, &catalogue.name));
        let kinds::Outcome {
            text,
            added,
            changed,
            removed,
            fuzzy,
            left,
            warnings,
        } = kinds::import(&source, &spec, language, &catalogue.entries)
            .map_err(|other| wrong(&catalogue.name, &other))?;
        let fuzzy = match fuzzy {
            0 => String::new(),
            _ => format!(", {fuzzy} left out because they are fuzzy"),
        };
        // The page has the definitions in the first language of the registry.
        let is_on_page = workspace
            .config()
            .languages
            .first()
            .is_some_and(|first| first == language);
        let next = match workspace.config().kinds_page {
            Some(_) if is_on_page && text != source.text() => {
                format!("; run `{} kinds`", program())
            }
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "{shown}, {language}: {added} added, {changed} changed, {} removed{fuzzy}{}{next}",
            removed.len(),
            to_translate(left, 0)
        );
        list_removed(&mut out, &removed);
        show_warnings(&mut out, &catalogue.name, &warnings);
        source = Source::new(source.name(), &text);
    }
    if source.text() == before.text() {
        return Ok(out);
    }
    transaction.put(file, source.text().as_bytes());
    if let Some(module) = outdated_kinds(workspace, &errbook_spec::parse(&source)?)? {
        let added = module.added.join(", ");
        let shown = workspace.shown(&module.file);
        let _ = writeln!(out, "  added {added} to `locales` in {shown}");
        transaction.put(&module.file, module.text.as_bytes());
    }
    Ok(out)
}

fn read_import(catalogue: Catalogue, workspace: &Workspace) -> Result<Import, Problems> {
    let Some(vendor) = catalogue.header_field("X-Errbook-Vendor") else {
        return Err(catalogue.problem(NO_HEADER));
    };
    let language = catalogue.language()?.to_owned();
    let vendor = vendor.to_owned();
    workspace.select(std::slice::from_ref(&vendor))?;
    let vendor = Vendor::read(workspace, &vendor, Missing::Refused)?;
    let page = Page::read(&vendor, taxonomy(workspace)?.as_ref(), &language)?;
    let Catalogue { name, entries, .. } = catalogue;
    let found = check(&page, &entries);
    if !found.is_empty() {
        return Err(wrong(&name, &found));
    }
    let file = vendor.messages_file(&language);
    let before = vendor.messages.iter().find(|(other, _)| *other == language);
    let before = before
        .map_or("schema = 1\n", |(_, source)| source.text())
        .to_owned();
    let warnings = warnings(&page, &entries);
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
        warnings,
    })
}

/// Checks that the vendor's spec can be regenerated with the new translation file. Returns how many
/// of its texts have no translation, and how many translations are stale.
fn check_spec(import: &Import, workspace: &Workspace, problems: &mut Problems) -> (usize, usize) {
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
    let other = match made {
        Ok(made) => return gaps(&made.account.gaps, language, file),
        Err(other) => other,
    };
    for problem in other.iter() {
        let place = catalogue_place(import, &source, &problem.place)
            .unwrap_or_else(|| problem.place.clone());
        match &problem.help {
            Some(help) => problems.push_with_help(&place, &*problem.message, help),
            None => problems.push(&place, &*problem.message),
        }
    }
    (0, 0)
}

/// The texts of a language without a translation, and its stale translations. What a stale one may
/// translate is fuzzy in a catalogue, and is not counted twice.
fn gaps(gaps: &Gaps, language: &str, file: &str) -> (usize, usize) {
    let own = gaps.untranslated.iter().filter(|(tag, _)| tag == language);
    let texts = own.flat_map(|(_, texts)| texts);
    let mut untranslated: BTreeSet<_> = texts.map(|text| text_key(text)).collect();
    let stale = gaps.stale.iter();
    let stale: Vec<_> = stale
        .filter(|stale| stale.place.file.as_deref() == Some(file))
        .collect();
    for nearest in stale.iter().filter_map(|stale| stale.nearest.as_ref()) {
        untranslated.remove(&text_key(nearest));
    }
    (untranslated.len(), stale.len())
}

/// The place in the catalogue that a place in the new translation file comes from.
fn catalogue_place(import: &Import, translations: &Source, place: &Place) -> Option<Place> {
    let is_there = |at: &Place| at.file == place.file && at.line == place.line;
    let translations = messages::parse(translations, &import.language).ok()?;
    let text = translations
        .entries()
        .find(|text| is_there(&text.is.place) || is_there(&text.of.place))?;
    let within = text.within.as_ref().map(|within| &within.value);
    let is_exact = |entry: &&Entry| entry.context.as_ref() == within && entry.id == text.of.value;
    let is_same = |entry: &&Entry| {
        entry.context.as_ref() == within && text_key(&entry.id) == text_key(&text.of)
    };
    let entries = || import.entries.iter();
    let entry = entries()
        .find(is_exact)
        .or_else(|| entries().find(is_same))?;
    Some(Place {
        line: entry.line,
        ..Place::file(&import.name)
    })
}

fn summary(import: &Import, (missing, stale): (usize, usize), workspace: &Workspace) -> String {
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
    let mut out = format!(
        "{}: {added} added, {changed} changed, {resolved} resolved, \
         {} removed{marked}{}{next}\n",
        workspace.shown(&import.file),
        removed.len(),
        to_translate(missing, stale)
    );
    list_removed(&mut out, removed);
    show_warnings(&mut out, &import.name, &import.warnings);
    out
}

/// `; 12 texts left to translate, 1 stale`: what is still to do for the language.
fn to_translate(missing: usize, stale: usize) -> String {
    let missing = match missing {
        0 => String::new(),
        _ => format!("{} left to translate", count(missing, "text")),
    };
    let stale = match stale {
        0 => String::new(),
        _ => format!("{stale} stale (fuzzy)"),
    };
    let parts: Vec<_> = [missing, stale]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    match parts.join(", ") {
        parts if parts.is_empty() => parts,
        parts => format!("; {parts}"),
    }
}

/// The texts whose translations were removed because `msgstr` is empty.
fn list_removed(out: &mut String, removed: &[String]) {
    for text in removed {
        let _ = writeln!(out, "  removed the translation of `{}`", one_line(text));
    }
}

fn show_warnings(out: &mut String, name: &str, warnings: &[Wrong]) {
    for Wrong { line, message } in warnings {
        let _ = writeln!(out, "  warning: {message}\n    --> {name}:{line}");
    }
}
