//! A document that nobody has looked at yet in, all that makes it a vendor of the registry out.

mod overlay;
mod sets;
mod wiring;

use std::collections::BTreeSet;

use errbook_spec::place::Source;
use errbook_spec::problem::Problems;
use errbook_spec::{Set, Spec};

pub use wiring::{Wiring, module, taken};

use crate::ingest::{self, Column, Document, Extraction, Hints, Holds, Role, TableReading};
use crate::regen::{Regenerated, Taxonomy, regen};
use crate::vendor::{Vendor, hex_sha256};

/// A vendor as far as a document tells, with all that a person has to decide.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The overlay.
    pub overlay: String,
    /// What was read, and could not be known.
    pub doubts: Vec<String>,
    /// The spec; or what is wrong, which the overlay must settle first.
    pub outcome: Result<Regenerated, Problems>,
}

/// Drafts a vendor. `None` if the document holds no table or list of codes.
#[must_use]
pub fn draft(
    name: &str,
    document: &Source,
    url: Option<&str>,
    taxonomy: Option<&Taxonomy>,
) -> Option<Draft> {
    let read = ingest::read(document.text());
    let extraction = ingest::extract(&read, &Hints::default());
    let sets = sets::sets(name, &extraction.tables);
    if sets.is_empty() {
        return None;
    }
    let head = overlay::Head {
        vendor: name,
        title: title(&extraction),
        locale: locale(&read),
        url,
    };
    let bare = overlay::text(&head, &sets, &[], taxonomy.is_some());
    let outcome = regenerate(name, document, &bare, taxonomy);
    let named: &[Set] = outcome.as_ref().map_or(&[], |done| &done.spec.sets);
    let overlay = overlay::text(&head, &sets, named, taxonomy.is_some());
    Some(Draft {
        overlay,
        doubts: doubts(&extraction, &sets),
        outcome,
    })
}

fn regenerate(
    name: &str,
    document: &Source,
    overlay: &str,
    taxonomy: Option<&Taxonomy>,
) -> Result<Regenerated, Problems> {
    let folder = format!("codes/vendors/{name}");
    let vendor = Vendor {
        name: name.to_owned(),
        document: Source::new(&format!("{folder}/source.md"), document.text()),
        sha256: hex_sha256(document.text().as_bytes()),
        overlay: Source::new(&format!("{folder}/overlay.toml"), overlay),
        messages: Vec::new(),
        memory: Vec::new(),
    };
    regen(&vendor, taxonomy)
}

/// What a person still has to decide about a vendor that is there, one line each.
#[must_use]
pub fn left(done: &Regenerated, doubts: &[String], taxonomy: Option<&Taxonomy>) -> Vec<String> {
    let Spec {
        sets,
        locale,
        kinds,
        vendor,
        ..
    } = &done.spec;
    let names: Vec<_> = sets.iter().map(|set| set.name.as_str()).collect();
    let mut left = vec![format!("the names of the sets: {}", names.join(", "))];
    let provisional = done.account.sum(|set| set.provisional);
    if provisional > 0 {
        left.push(format!(
            "{provisional} provisional names of codes, in overlay.toml"
        ));
    }
    if taxonomy.is_some() && kinds.is_none() {
        let codes = done.account.sum(|set| set.codes);
        left.push(format!(
            "the kinds of {codes} codes; then `kinds` in overlay.toml and in the module"
        ));
    }
    let has_english = |set: &Set| {
        set.codes
            .iter()
            .all(|code| code.message.is_empty() || code.message.contains_key("en"))
    };
    if locale.as_str() != "en" && !sets.iter().all(has_english) {
        left.push(format!(
            "English: `cargo xtask messages {} en` writes what to translate",
            vendor.as_str()
        ));
    }
    left.extend(doubts.iter().cloned());
    left.push("a line for CHANGELOG.md, and one for the table of README.md".to_owned());
    left
}

/// The outermost heading over the first codes, else nothing.
fn title(extraction: &Extraction<'_>) -> Option<String> {
    codes_tables(extraction)
        .next()?
        .headings
        .first()
        .map(ToString::to_string)
}

/// A script says which language, not which country: for Chinese the likelier one is taken.
fn locale(document: &Document) -> &'static str {
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

/// The columns whose texts are in no spec.
fn dropped<'a>(table: &'a TableReading<'a>) -> impl Iterator<Item = &'a str> {
    let is_dropped = |column: &&Column<'_>| {
        matches!(column.role, Role::Cause | Role::None) && !column.header.is_empty()
    };
    table
        .columns
        .iter()
        .filter(is_dropped)
        .map(|column| &*column.header)
}

fn doubts(extraction: &Extraction<'_>, sets: &[sets::DraftSet]) -> Vec<String> {
    let codes = extraction.tables.iter();
    let mut doubts: Vec<_> = codes
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
    let kept_out: BTreeSet<_> = codes_tables(extraction).flat_map(dropped).collect();
    if !kept_out.is_empty() {
        let columns: Vec<_> = kept_out
            .into_iter()
            .map(|header| format!("`{header}`"))
            .collect();
        doubts.push(format!(
            "whether these columns matter, which the registry does not keep: {}",
            columns.join(", ")
        ));
    }
    for set in sets.iter().filter(|set| set.joins) {
        doubts.push(format!(
            "what the codes of `{}` mean that stand in several rows; their texts are put together",
            set.name
        ));
    }
    if !others.is_empty() {
        let lines = others.join(", ");
        doubts.push(format!(
            "whether the tables that were read as holding no codes do hold none: line {lines}"
        ));
    }
    doubts
}
