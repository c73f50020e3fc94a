//! Generates a vendor's spec from its document, overlay, translation files and previous spec.

mod account;
mod columns;
mod edition;
mod facts;
mod fit;
mod meaning;
mod memory;
mod merge;
mod names;
mod pages;
mod promised;
mod rows;
mod select;
#[cfg(test)]
mod tests;
mod texts;
mod threads;
mod unkept;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use errbook_spec::fields::Partial;
use errbook_spec::place::{At, Place, Source};
use errbook_spec::problem::{Problem, Problems};
use errbook_spec::{self as spec, Since, SourceFile, Spec, Texts, check};

pub use account::{Account, SetAccount};
use columns::renamed_columns;
pub(crate) use columns::{Column, RenamedColumn, columns_of_tables};
pub use edition::{Named, Renaming};
pub use facts::Taxonomy;
pub(crate) use fit::{Fit, Gone, Moved, Owner, TableRows, render_selector, rows_of_tables};
pub use memory::Change;
pub use pages::{Page as TranslatedPage, PageTexts, read_page};
pub(crate) use promised::Promised;
pub(crate) use rows::{parse_status, section_id};
pub(crate) use select::{shortest_selector, table_parts};
pub(crate) use texts::most_similar;
pub use texts::{Gaps, Stale, TextPlace, VendorText};
pub use threads::check_threads;
pub(crate) use unkept::{Unkept, UnkeptTable, UnkeptText};

use crate::messages::{self, Translations};
use crate::overlay::{self, Overlay};
use crate::program::program;
use crate::vendor::Vendor;
use crate::write;
use errbook_ingest::{self as ingest, Document, Hints};
use facts::{Prose, whole_file};
use memory::Memory;
use merge::{Counts, Merge, Merged};
use select::Selection;

/// A vendor's new spec, with the statistics of the run.
#[derive(Debug, Clone)]
pub struct Regenerated {
    /// The name of the vendor.
    pub vendor: String,
    /// The spec.
    pub spec: Spec,
    /// The same spec, as the text of spec.toml.
    pub text: String,
    /// The statistics of the run.
    pub account: Account,
}

/// Generates the spec of one vendor.
///
/// # Errors
///
/// Every problem in the vendor's files, each at the place where a person can fix it.
pub fn regen(vendor: &Vendor, taxonomy: Option<&Taxonomy>) -> Result<Regenerated, Problems> {
    let Generated {
        done,
        mut mistakes,
        questions,
        ..
    } = generate(vendor, None, taxonomy)?;
    mistakes.extend(questions);
    match done {
        Some(done) => mistakes.finish(done),
        None => Err(mistakes),
    }
}

/// A new edition of a vendor's document.
pub(crate) struct NewEdition<'a> {
    pub(crate) document: &'a Document,
    /// The rows that the tables of the overlay had in the edition before.
    pub(crate) rows: BTreeMap<Owner, TableRows>,
    /// What the overlay says about the edition before.
    pub(crate) renaming: Renaming,
    /// The columns that they had.
    pub(crate) columns: BTreeMap<Owner, Vec<Column>>,
}

/// What a vendor's files give.
#[derive(Default)]
pub(crate) struct Generated {
    /// The spec as it is if nothing that is open is decided; `None` if there are mistakes.
    pub(crate) done: Option<Regenerated>,
    /// What is wrong.
    pub(crate) mistakes: Problems,
    /// What a person has to decide before the spec is right.
    pub(crate) questions: Problems,
    /// The tables of a new edition that are not where the overlay says.
    pub(crate) fit: Fit,
    /// The overlay, as it fits the document.
    pub(crate) overlay: Overlay,
}

/// Generates the spec of a vendor, or that of a new edition of its document. The overlay follows
/// the tables of a new edition, and loses those that are gone.
///
/// # Errors
///
/// The problems, if the files cannot be understood.
pub(crate) fn generate(
    vendor: &Vendor,
    edition: Option<&NewEdition<'_>>,
    taxonomy: Option<&Taxonomy>,
) -> Result<Generated, Problems> {
    let (parsed, mut problems) = parse_files(vendor)?;
    let opened;
    let document = match edition {
        Some(edition) => edition.document,
        None => match open_document(vendor, &parsed.overlay) {
            Ok(document) => {
                opened = document;
                &opened
            }
            Err(later) => {
                problems.extend_elsewhere(later);
                problems.sort();
                return Err(problems);
            }
        },
    };
    let mut generated = merge_files(vendor, parsed, (document, edition), taxonomy, problems);
    for problems in [&mut generated.mistakes, &mut generated.questions] {
        *problems = name_rows(problems, document, vendor.document.name());
    }
    Ok(generated)
}

/// Merges the files as far as they could be parsed. `mistakes` are those of parsing.
fn merge_files(
    vendor: &Vendor,
    parsed: Parsed,
    (document, edition): (&Document, Option<&NewEdition<'_>>),
    taxonomy: Option<&Taxonomy>,
    mut mistakes: Problems,
) -> Generated {
    let Parsed {
        mut overlay,
        all_translations,
        mut memory,
    } = parsed;
    if let Some(edition) = edition {
        edition.renaming.apply(&mut overlay);
    }
    memory.since = first_edition(vendor, &overlay, &memory);
    memory.is_new_edition = edition.is_some();
    let file: Arc<str> = vendor.document.name().into();
    let mut questions = Problems::default();
    let fitting = (&mut overlay, &memory, &mut questions);
    let (fit, selection) = find_tables(document, edition, &file, fitting);
    mistakes.extend_elsewhere(selection.mistakes.clone());
    questions.extend(selection.questions.clone());

    let mut later = Problems::default();
    memory.check_sets_are_in_overlay(&overlay, &mut later);
    let merge = Merge {
        overlay: &overlay,
        overlay_text: vendor.overlay.text(),
        tables: &selection.extraction.tables,
        prose: &Prose::new(&document.rendered),
        memory: &memory,
        taxonomy: named_taxonomy(&overlay, taxonomy, &mut later),
        file: &file,
        edition: &edition_name(vendor, &overlay),
    };
    let Merged {
        sets,
        counts,
        values,
    } = merge.merge_sets(&selection, &mut later, &mut questions);
    let mut spec = Spec {
        sets,
        ..spec_head(vendor, &overlay, &memory)
    };
    let gaps = texts::translate(&mut spec, all_translations);
    for (set, values) in spec.sets.iter_mut().zip(&values) {
        values::fill_texts(set, values);
    }
    let provisional = merge.name_codes(&mut spec.sets, &mut later);
    mistakes.extend_elsewhere(later);
    // Codes of a set that is not complete may be missed elsewhere.
    if selection.is_complete.iter().all(|is_complete| *is_complete)
        && let Err(later) = check(&spec)
    {
        mistakes.extend_elsewhere(later);
    }
    mistakes.sort();
    let sets = set_accounts(&spec, &selection, (&merge, &counts), provisional);
    let account = Account {
        sets,
        document: selection.extraction.accounting,
        unread: selection.extraction.unread,
        mends: document.mends.clone(),
        gaps,
    };
    let done = mistakes.is_empty().then(|| Regenerated {
        vendor: vendor.name.clone(),
        text: write::spec(&spec),
        spec,
        account,
    });
    Generated {
        done,
        mistakes,
        questions,
        fit,
        overlay,
    }
}

/// Finds the tables of an overlay, which follows them, and reads them.
fn find_tables<'a>(
    document: &'a Document,
    edition: Option<&NewEdition<'_>>,
    file: &Arc<str>,
    (overlay, memory, questions): (&mut Overlay, &Memory, &mut Problems),
) -> (Fit, Selection<'a>) {
    let inferred = ingest::extract(document, &Hints::default());
    let mut known = memory.table_rows(overlay);
    known.extend(edition.into_iter().flat_map(|edition| edition.rows.clone()));
    let mut fit = fit::fit(document, &inferred.tables, overlay, &known);
    fit.apply(overlay, memory, questions);
    if let Some(edition) = edition {
        let tables = &inferred.tables;
        fit.columns = renamed_columns(document, tables, overlay, &edition.columns);
        overlay.follow_columns(&fit.columns);
    }
    let selection = select::select(document, inferred, overlay, &fit.split, file);
    (fit, selection)
}

/// The account of each set.
fn set_accounts(
    spec: &Spec,
    selection: &Selection<'_>,
    (merge, counts): (&Merge<'_>, &[Counts]),
    provisional: Vec<Vec<String>>,
) -> Vec<SetAccount> {
    let mut accounts = Vec::new();
    let sets = spec.sets.iter().zip(&merge.overlay.sets);
    for (at, ((set, decided), provisional)) in sets.zip(provisional).enumerate() {
        let account = SetAccount::new(set, merge.tables, &selection.sets[at]);
        let earlier = merge.memory.earlier_sets(merge.overlay, decided);
        accounts.push(SetAccount {
            repeated: counts[at].repeated,
            unsectioned: counts[at].unsectioned,
            values: counts[at].values,
            unkept_details: if decided.adds_details {
                0
            } else {
                account.unkept_details
            },
            provisional,
            changes: memory::list_changes(set, &earlier, decided),
            ..account
        });
    }
    accounts
}

/// The problems with the sheet and the row in place of the line, if the document is a workbook.
fn name_rows(problems: &Problems, document: &Document, file: &str) -> Problems {
    let mut named = Problems::default();
    for problem in problems.iter() {
        let Problem {
            mut place,
            mut message,
            mut help,
        } = problem.clone();
        if place.file.as_deref() == Some(file)
            && let Some((sheet, row)) = document.sheet_row(place.line)
        {
            place.file = Some(format!("{file}[{sheet}]").into());
            place.line = row;
        }
        for text in help.iter_mut().chain([&mut message]) {
            document.describe_lines(text);
        }
        match help {
            Some(help) => named.push_with_help(&place, message, help),
            None => named.push(&place, message),
        }
    }
    named
}

/// Reads a vendor's document in the encoding that its overlay gives.
pub(crate) fn open_document(vendor: &Vendor, overlay: &Overlay) -> Result<Document, Problems> {
    let Some(encoding) = &overlay.encoding else {
        return Ok(vendor.document.open(None, vendor.words)?.document);
    };
    let bytes = vendor.document.bytes();
    let label = encoding.value.as_str();
    if str::from_utf8(bytes).is_ok() && !bytes.is_ascii() && !label.eq_ignore_ascii_case("utf-8") {
        let mut problems = Problems::default();
        problems.push_with_help(
            &encoding.place,
            format!("the document is valid UTF-8, which is not {label}"),
            "delete this line, or save the document in its own encoding",
        );
        return Err(problems);
    }
    Ok(vendor.document.open(Some(label), vendor.words)?.document)
}

struct Parsed {
    overlay: Overlay,
    all_translations: Vec<Translations>,
    memory: Memory,
}

/// Parses the files as far as possible, and returns the problems of the rest.
///
/// # Errors
///
/// The problems, if there is no telling what the other files mean: the overlay is not TOML, or the
/// previous spec is broken.
fn parse_files(vendor: &Vendor) -> Result<(Parsed, Problems), Problems> {
    let Partial {
        value: overlay,
        mut problems,
        is_toml,
    } = overlay::parse_partial(&vendor.overlay);
    let mut all_translations = Vec::new();
    for (language, source) in &vendor.messages {
        all_translations.extend(value_of(messages::parse(source, language), &mut problems));
    }
    let mut memory = Memory::default();
    for source in &vendor.memory {
        memory.specs.extend(parse_previous(source, &mut problems));
    }
    memory.promised = Promised::new(vendor);
    if !is_toml || memory.specs.len() < vendor.memory.len() {
        problems.sort();
        return Err(problems);
    }
    let parsed = Parsed {
        overlay,
        all_translations,
        memory,
    };
    Ok((parsed, problems))
}

/// The value of a result. Its problems are added to `problems`.
fn value_of<T>(result: Result<T, Problems>, problems: &mut Problems) -> Option<T> {
    result.map_err(|other| problems.extend(other)).ok()
}

/// Parses a previous spec. A broken one is an error: without it, retired codes would be lost.
fn parse_previous(source: &Source, problems: &mut Problems) -> Option<Spec> {
    let spec = value_of(spec::parse(source), problems);
    if spec.is_none() {
        let place = Place::file(source.name());
        let help = format!(
            "restore it from the last commit (`git checkout HEAD -- FILE`); only if it was never \
             committed, delete it and run `{} regen --new`",
            program()
        );
        problems.push_with_help(
            &place,
            "the previous spec cannot be parsed, and only it has the retired codes",
            help,
        );
    }
    spec
}

fn named_taxonomy<'a>(
    overlay: &Overlay,
    taxonomy: Option<&'a Taxonomy>,
    problems: &mut Problems,
) -> Option<&'a Taxonomy> {
    let Some(name) = &overlay.kinds else {
        let kinds = overlay
            .sets
            .iter()
            .flat_map(|set| &set.entries)
            .filter_map(|entry| entry.decided.kind.as_ref());
        if let Some(kind) = kinds.into_iter().next() {
            let help = "name the taxonomy with `kinds = \"…\"` at the top";
            problems.push_with_help(
                &kind.place,
                "this entry has a kind, but the overlay does not name a taxonomy",
                help,
            );
        }
        return None;
    };
    let found = taxonomy.filter(|taxonomy| taxonomy.name == name.value);
    if found.is_none() {
        let message = format!("unknown taxonomy `{}`", name.value);
        let help = match taxonomy {
            Some(other) => format!("the taxonomy of this registry is `{}`", other.name),
            None => {
                "this registry has no taxonomy: `kinds` in errbook.toml names its file".to_owned()
            }
        };
        problems.push_with_help(&name.place, message, help);
    }
    found
}

/// The name of this edition of the document, or the start of its hash. 12 hex digits distinguish
/// all editions of a document, and fit in a line.
fn edition_name(vendor: &Vendor, overlay: &Overlay) -> String {
    let named = overlay
        .edition
        .as_ref()
        .map(|edition| edition.value.clone());
    named.unwrap_or_else(|| format!("sha256:{}", &vendor.document.sha256()[..12]))
}

/// When the vendor's codes first appeared: the value of the previous spec, or else the edition that
/// the previous spec was generated from.
fn first_edition(vendor: &Vendor, overlay: &Overlay, memory: &Memory) -> Option<Since> {
    let previous = memory.specs.first();
    if let Some(since) = previous.and_then(|spec| spec.since.clone()) {
        return Some(since);
    }
    let source = previous.and_then(|spec| spec.source.as_ref());
    let edition = match source {
        None => overlay.edition.clone(),
        Some(source) if source.edition.is_some() => source.edition.clone(),
        // The edition was named later. The name is that of the previous spec's edition only if the
        // document is the same.
        Some(source) => {
            (overlay.edition.clone()).filter(|_| *source.sha256 == vendor.document.sha256())
        }
    };
    edition.map(|edition| Since {
        edition: Some(edition),
        release: None,
    })
}

fn spec_head(vendor: &Vendor, overlay: &Overlay, memory: &Memory) -> Spec {
    let source = SourceFile {
        file: vendor.document.file_name().into(),
        sha256: vendor.document.sha256().into(),
        url: overlay.url.clone(),
        edition: overlay.edition.clone(),
        date: overlay.date.clone(),
        superseded: overlay.superseded.clone(),
        newer: overlay.newer.clone(),
    };
    let title = overlay
        .title
        .iter()
        .map(|title| (overlay.locale.value.clone(), title.clone()));
    Spec {
        vendor: At::new(vendor.name.clone(), whole_file(&overlay.locale.place)),
        locale: overlay.locale.clone(),
        kinds: overlay.kinds.clone(),
        title: title.collect::<Texts>(),
        source: Some(source),
        since: memory.since.clone(),
        ..Spec::default()
    }
}
