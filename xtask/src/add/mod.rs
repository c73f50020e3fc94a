//! Drafts a new vendor: a document goes in; an overlay, a spec and a list of open
//! decisions come out.

mod hints;
mod overlay;
mod sets;
mod wiring;

use std::collections::BTreeSet;

use errbook_spec::Spec;
use errbook_spec::place::Source;
use errbook_spec::problem::Problems;

pub use wiring::{Wiring, name_conflict};

use crate::count::count;
use crate::names::{Others, proposals};
use crate::program::program;
use crate::regen::{Regenerated, Taxonomy, regen};
use crate::vendor::{Original, Vendor};
use errbook_ingest::lexicon::Words;
use errbook_ingest::{
    self as ingest, Column, Document, Extraction, Hints, Holds, Role, TableReading,
};

/// A vendor as inferred from its document, with the decisions that are left to a person.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The text of `overlay.toml`.
    pub overlay: String,
    /// What the document leaves unclear, one line each.
    pub doubts: Vec<String>,
    /// The spec, or the problems that the overlay has to settle first.
    pub outcome: Result<Regenerated, Problems>,
}

/// What a draft takes from the registry that the vendor is for.
#[derive(Debug, Clone, Copy)]
pub struct Registry<'a> {
    /// The kinds, if it has some.
    pub taxonomy: Option<&'a Taxonomy>,
    /// The words that documents are read by.
    pub words: Words,
    /// What is known of other vendors.
    pub others: &'a Others,
}

/// Drafts a vendor. Returns `None` if the document has no table or list of codes.
///
/// # Errors
///
/// The document cannot be read.
pub fn draft(
    name: &str,
    folder: &str,
    document: &Original,
    url: Option<&str>,
    encoding: Option<&str>,
    registry: &Registry<'_>,
) -> Result<Option<Draft>, Problems> {
    let Registry {
        taxonomy,
        words,
        others,
    } = *registry;
    let opened = document.open(encoding, words)?;
    let read = opened.document;
    let extraction = ingest::extract(&read, &Hints::default());
    let sets = sets::infer_sets(name, &extraction.tables);
    if sets.is_empty() {
        return Ok(None);
    }
    let head = overlay::Head {
        vendor: name,
        title: document_title(&extraction),
        locale: document_locale(&read),
        url,
        encoding: opened.encoding.as_deref(),
    };
    // The first overlay has no codes: their names are known only once a spec was made from it.
    let bare = overlay::render_overlay(&head, &sets, &[], taxonomy);
    let outcome = regenerate(name, folder, document, &bare, taxonomy, words);
    let named = match &outcome {
        Ok(done) => proposals(&done.spec, &Source::new("overlay.toml", &bare), others)?,
        Err(_) => Vec::new(),
    };
    let overlay = overlay::render_overlay(&head, &sets, &named, taxonomy);
    let mut doubts = list_doubts(&extraction, &sets);
    for doubt in &mut doubts {
        read.describe_lines(doubt);
    }
    Ok(Some(Draft {
        overlay,
        doubts,
        outcome,
    }))
}

fn regenerate(
    name: &str,
    folder: &str,
    document: &Original,
    overlay: &str,
    taxonomy: Option<&Taxonomy>,
    words: Words,
) -> Result<Regenerated, Problems> {
    let vendor = Vendor {
        name: name.to_owned(),
        folder: folder.to_owned(),
        document: Original::new(
            &format!("{folder}/{}", document.file_name()),
            document.bytes(),
        ),
        overlay: Source::new(&format!("{folder}/overlay.toml"), overlay),
        messages: Vec::new(),
        memory: Vec::new(),
        released: None,
        has_releases: false,
        words,
    };
    regen(&vendor, taxonomy)
}

/// What a person still has to decide about a vendor that was just added, one line each.
#[must_use]
pub fn open_decisions(
    done: &Regenerated,
    doubts: &[String],
    taxonomy: Option<&Taxonomy>,
    languages: &[String],
) -> Vec<String> {
    let Spec {
        sets,
        locale,
        kinds,
        vendor,
        ..
    } = &done.spec;
    let names: Vec<_> = sets.iter().map(|set| set.name.as_str()).collect();
    let mut left = vec![format!("the names of the sets: {}", names.join(", "))];
    let provisional = done.account.sum(|set| set.provisional.len());
    if provisional > 0 {
        let names = count(provisional, "provisional code name");
        left.push(format!("{names}, in overlay.toml"));
    }
    if taxonomy.is_some() && kinds.is_none() {
        let codes = count(done.account.sum(|set| set.codes), "code");
        left.push(format!(
            "the kinds of {codes}, which `{} kinds` describes; then uncomment `kinds` in \
             overlay.toml and in the module",
            program()
        ));
    }
    for language in languages.iter().filter(|tag| **tag != locale.value) {
        let mut codes = sets.iter().flat_map(|set| &set.codes);
        if codes.any(|code| !code.message.is_empty() && !code.message.contains_key(language)) {
            left.push(format!(
                "{language}: `{} messages {} {language}` lists the strings to translate",
                program(),
                vendor.as_str()
            ));
        }
    }
    left.extend(doubts.iter().cloned());
    left
}

/// The outermost heading above the first table of codes, if there is one.
fn document_title(extraction: &Extraction<'_>) -> Option<String> {
    codes_tables(extraction)
        .next()?
        .headings
        .first()
        .map(ToString::to_string)
}

/// The locale of a document. Its script tells the language but not the region: Chinese becomes the
/// most likely one, `zh-CN`.
fn document_locale(document: &Document) -> &'static str {
    match ingest::language(document) {
        "zh" => "zh-CN",
        other => other,
    }
}

fn codes_tables<'a>(extraction: &'a Extraction<'a>) -> impl Iterator<Item = &'a TableReading<'a>> {
    extraction
        .tables
        .iter()
        .filter(|table| table.holds == Holds::Codes)
}

/// The headers of the columns that the spec does not keep.
fn dropped_headers<'a>(table: &'a TableReading<'a>) -> impl Iterator<Item = &'a str> {
    let is_dropped = |column: &&Column<'_>| {
        matches!(column.role, Role::Cause | Role::None) && !column.header.is_empty()
    };
    table
        .columns
        .iter()
        .filter(is_dropped)
        .map(|column| &*column.header)
}

fn list_doubts(extraction: &Extraction<'_>, sets: &[sets::DraftSet]) -> Vec<String> {
    let mut doubts: Vec<_> = extraction
        .tables
        .iter()
        .flat_map(|table| {
            table
                .doubts
                .iter()
                .map(|doubt| format!("line {}: {doubt}", table.line))
        })
        .collect();
    let others: Vec<_> = extraction
        .tables
        .iter()
        .filter(|table| table.holds != Holds::Codes && table.rows > 0)
        .map(|table| table.line.to_string())
        .collect();
    let kept_out: BTreeSet<_> = codes_tables(extraction).flat_map(dropped_headers).collect();
    if !kept_out.is_empty() {
        let columns: Vec<_> = kept_out
            .into_iter()
            .map(|header| format!("`{header}`"))
            .collect();
        doubts.push(format!(
            "whether any of these columns, which the registry does not keep, matters: {}",
            columns.join(", ")
        ));
    }
    let entries: Vec<_> = codes_tables(extraction)
        .flat_map(|table| &table.codes)
        .collect();
    let with_details = entries
        .iter()
        .filter(|entry| entry.details.is_some())
        .count();
    if with_details > 0 {
        doubts.push(format!(
            "whether the details of {}, which the registry does not keep, matter: \
             `details = \"message\"` in a set adds them to the messages",
            count(with_details, "code")
        ));
    }
    for set in sets.iter().filter(|set| set.joins) {
        doubts.push(format!(
            "what the codes of `{}` that occur in several rows mean; the messages of the rows are \
             joined",
            set.name
        ));
    }
    doubts.extend(hints::list_hints(&entries));
    for unread in &extraction.unread {
        doubts.push(format!(
            "line {}: unread: {}; {}",
            unread.line, unread.text, unread.reason
        ));
    }
    if !others.is_empty() {
        let lines = others.join(", ");
        doubts.push(format!(
            "whether the tables that were read as having no codes really have none: line {lines}"
        ));
    }
    doubts
}
