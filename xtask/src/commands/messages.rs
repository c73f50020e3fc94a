//! `messages`: adds an empty entry to a translation file for each text without a translation.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use errbook_spec::{SCHEMA, Spec};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use crate::commands::{
    fail, finish, problem_with_help, read_outside, replace, taxonomy, workspace_to_write,
};
use crate::count::count;
use crate::export::po::Page;
use crate::fold::text_key;
use crate::messages::Text;
use crate::program::program;
use crate::reference::code_key;
use crate::regen::{TextPlace, TranslatedPage, VendorText, read_page};
use crate::text::check_language_tag;
use crate::vendor::{Missing, Original, Vendor};
use crate::workspace::Workspace;
use crate::write::{self, schema_line};

/// Which translation file.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Vendor, by folder name.
    vendor: String,
    /// Language, as a BCP 47 tag such as `ja` or `pt-BR`.
    language: String,
    /// Take the vendor's own texts over from its page in this language. Codes on which the pages
    /// differ are listed, and stay without a translation.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

/// Runs the command.
#[must_use]
pub fn run(args: &Args, root: Option<&Path>) -> ExitCode {
    let workspace = match workspace_to_write(root) {
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
    let taken = match &args.from {
        Some(from) => Some(take_over(&page, &vendor, from)?),
        None => None,
    };
    let texts = taken.as_ref().map_or(&[][..], |taken| &taken.texts);
    let mut missing = page.missing();
    if let Some(taken) = &taken {
        missing.retain(|it| (it.source()).is_none_or(|of| !taken.complete.contains(&text_key(of))));
    }
    let shown = workspace.shown(&file);
    let mut out = String::new();
    if !obsolete.is_empty() {
        let empty = count(obsolete.len(), "empty entry");
        let _ = writeln!(out, "{shown}: removed {empty}: their texts are gone");
    }
    if let (Some(taken), Some(from)) = (&taken, &args.from) {
        out += &taken.summary(&shown, from);
    }
    let program = program();
    match (missing.len(), texts.is_empty()) {
        (0, true) => {
            let _ = writeln!(out, "{shown}: every text has an entry");
        }
        (0, false) => {
            let _ = writeln!(out, "run `{program} regen {name}`");
        }
        (left, _) => {
            let left = count(left, "text");
            let _ = writeln!(
                out,
                "{shown}: {left} to fill; then run `{program} regen {name}`"
            );
        }
    }
    let kept = with_texts(&without_entries(&begun, &obsolete), texts);
    let text = kept + &empty_entries(&page, &missing);
    if !missing.is_empty() || text != begun {
        replace(&file, &text, workspace)?;
    }
    if existing.is_none() {
        out.extend(workspace.language_note(language)?);
    }
    Ok(out)
}

/// What a page in the language says.
#[derive(Default)]
struct TakenOver {
    texts: Vec<Translated>,
    /// The keys of the vendor's texts that are translated wherever they are.
    complete: BTreeSet<String>,
    /// Everything in which it differs from the vendor's document.
    differences: Vec<String>,
}

/// A text of the vendor and its translation.
struct Translated {
    within: Option<String>,
    of: String,
    is: String,
}

impl TakenOver {
    /// Adds a translation, unless the text has another one at this place: a message and a remedy.
    fn push(&mut self, within: Option<String>, of: &str, is: &str) {
        let is_known = |text: &Translated| text.within == within && text.of == of;
        if !self.texts.iter().any(is_known) {
            self.texts.push(Translated {
                within,
                of: of.to_owned(),
                is: is.to_owned(),
            });
        }
    }

    fn summary(&self, file: &str, from: &Path) -> String {
        let texts = count(self.texts.len(), "text");
        let mut out = format!("{file}: {texts} from {}\n", from.display());
        for difference in &self.differences {
            let _ = writeln!(out, "  {difference}");
        }
        out
    }
}

/// The translations that the vendor publishes itself, for the texts that have none.
fn take_over(page: &Page, vendor: &Vendor, from: &Path) -> Result<TakenOver, Problems> {
    let language = &page.translations.language;
    if *language == page.spec.locale.value {
        let file = vendor.document.name();
        let message = format!("{file} is in {language} itself");
        let help = "name the language of the page that `--from` gives";
        return Err(problem_with_help(file, &message, help));
    }
    // Messages name the page as the person did.
    let document = read_outside(from)?;
    let document = Original::new(&from.display().to_string(), document.bytes());
    let translated = read_page(vendor, &document, language)?;
    let mut taken = TakenOver {
        differences: translated.differences.clone(),
        ..TakenOver::default()
    };
    let strings = page.untranslated_places();
    for string in page.untranslated() {
        let Some(of) = string.source() else { continue };
        let is_same = |other: &str| text_key(other) == text_key(of);
        let mut places = strings.clone();
        places.retain(|other| other.source().is_some_and(|other| is_same(other)));
        let mut found = Vec::new();
        for place in &places {
            let is = text_of(&translated, place.at, &page.spec);
            // What is in the vendor's language is not a translation.
            if let Some(is) = is.filter(|is| !is_same(is)) {
                found.push((place.at.reference(&page.spec), is));
            }
        }
        let Some((_, first)) = found.first() else {
            continue;
        };
        let is_one = found.iter().all(|(_, is)| text_key(is) == text_key(first));
        if is_one
            && !places
                .iter()
                .any(|place| is_disputed(&translated, place.at, &page.spec))
        {
            taken.complete.insert(text_key(of));
            taken.push(None, of, first);
            continue;
        }
        if found.len() == places.len() {
            taken.complete.insert(text_key(of));
        }
        for (place, is) in found {
            taken.push(Some(place), of, is);
        }
    }
    Ok(taken)
}

/// Whether a place is of a code on which the pages do not agree.
fn is_disputed(page: &TranslatedPage, at: TextPlace, spec: &Spec) -> bool {
    let (TextPlace::Message(set, code) | TextPlace::Remedy(set, code)) = at else {
        return false;
    };
    let set = &spec.sets[set];
    let key = code_key(&set.codes[code], set.identity);
    page.disputed.contains(&(set.name.value.clone(), key))
}

/// The text of a page for a place of the spec.
fn text_of<'a>(page: &'a TranslatedPage, at: TextPlace, spec: &Spec) -> Option<&'a String> {
    let of_code = |set: usize, code: usize| {
        let set = &spec.sets[set];
        let key = code_key(&set.codes[code], set.identity);
        page.codes.get(&(set.name.value.clone(), key))
    };
    let title = |set: usize, section: Option<String>| {
        page.titles
            .get(&(spec.sets[set].name.value.clone(), section))
    };
    match at {
        TextPlace::Title => None,
        TextPlace::Set(set) => title(set, None),
        TextPlace::Section(set, section) => {
            title(set, Some(spec.sets[set].sections[section].id.value.clone()))
        }
        TextPlace::Message(set, code) => of_code(set, code)?.message.as_ref(),
        TextPlace::Remedy(set, code) => of_code(set, code)?.remedy.as_ref(),
    }
}

/// A translation file with these translations: in the empty entries for them, else at its end.
fn with_texts(text: &str, translations: &[Translated]) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return text.to_owned();
    };
    let mut added = String::new();
    for translation in translations {
        let texts = document
            .get_mut("text")
            .and_then(Item::as_array_of_tables_mut);
        let is_it = |table: &&mut Table| {
            let value = |key: &str| table.get(key).and_then(Item::as_str);
            value("of").is_some_and(|of| text_key(of) == text_key(&translation.of))
                && value("in") == translation.within.as_deref()
        };
        let mut tables = texts.into_iter().flat_map(ArrayOfTables::iter_mut);
        if let Some(table) = tables.find(is_it) {
            table["is"] = toml_edit::value(translation.is.as_str());
            continue;
        }
        added += "\n[[text]]\n";
        if let Some(within) = &translation.within {
            let _ = writeln!(added, "in = {}", write::toml_string(within));
        }
        let of = write::toml_string(&translation.of);
        let is = write::toml_string(&translation.is);
        let _ = write!(added, "of = {of}\nis = {is}\n");
    }
    document.to_string() + &added
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
    let mut out = String::new();
    for string in missing {
        let Some(of) = string.source() else { continue };
        let places = page.places(of).into_iter();
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
