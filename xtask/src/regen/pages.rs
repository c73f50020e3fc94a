//! A vendor and the page that it publishes in another language in; the texts of that page for each
//! code, and everything in which the two pages differ, out.
//!
//! Tables belong together by their codes: headings are in two languages, and their order may differ.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use errbook_spec::facts::{FactType, facts_of};
use errbook_spec::place::Place;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Status, Texts, word};

use crate::overlay::{self, Entry, Overlay, SetOverlay};
use crate::reference::{Key, code_key, quote_part};
use crate::regen::merge::identity_of;
use crate::regen::open_document;
use crate::regen::rows::{Reading, Rows, read_rows};
use crate::regen::select::{Chosen, page_hint, select_as_is};
use crate::vendor::{Original, Vendor};
use errbook_ingest::{self as ingest, Document, Extraction, Hints, Holds, TableReading};

/// What a page in another language says.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The codes on which the pages agree, by set and key, with the texts of this page.
    pub codes: BTreeMap<(String, Key), PageTexts>,
    /// The codes on which they do not agree.
    pub disputed: BTreeSet<(String, Key)>,
    /// The titles of sets, and of their sections by id.
    pub titles: BTreeMap<(String, Option<String>), String>,
    /// Everything in which the pages differ, in words.
    pub differences: Vec<String>,
}

/// The texts of a code.
#[derive(Debug, Clone, Default)]
pub struct PageTexts {
    /// Its message.
    pub message: Option<String>,
    /// Its remedy.
    pub remedy: Option<String>,
}

/// Of how many codes of a table one must be in a table of the other page, or they do not belong
/// together. Two pages of one API share most codes, tables of different APIs a few small numbers.
const LEAST_SHARE: usize = 2;

/// How many codes a difference lists.
const MOST_LISTED: usize = 10;

/// Reads a page of a vendor that is in another language than its document.
///
/// # Errors
///
/// Every problem in the vendor's files, and a page that cannot be read or has none of the codes.
pub fn read_page(vendor: &Vendor, original: &Original, language: &str) -> Result<Page, Problems> {
    let overlay = overlay::parse(&vendor.overlay)?;
    let document = open_document(vendor, &overlay)?;
    let file: Arc<str> = vendor.document.name().into();
    let selection = select_as_is(&document, &overlay, &file);
    let mut problems = selection.mistakes.clone();
    problems.extend(selection.questions.clone());
    problems.finish(())?;
    let own = Side {
        file: &file,
        language: &overlay.locale,
        tables: &selection.extraction.tables,
    };
    let translated = original.open(None, vendor.words)?.document;
    let file: Arc<str> = original.name().into();
    let mut page = Page::default();
    let inferred = ingest::extract(&translated, &Hints::default());
    let pairs = pair_tables(&own, &selection.sets, &inferred.tables, &file, &mut page);
    let extraction = reread(&translated, &inferred, &overlay, &pairs);
    let other = Side {
        file: &file,
        language,
        tables: &extraction.tables,
    };
    let mut problems = Problems::default();
    for (number, set) in overlay.sets.iter().enumerate() {
        let chosen = translated_tables(&selection.sets[number], number, &pairs);
        if selection.sets[number].is_empty() {
            continue;
        }
        if chosen.is_empty() {
            let name = &set.name.value;
            page.differences
                .push(format!("{name}: no table of {file} has its codes"));
            continue;
        }
        let rows = own.read(set, &selection.sets[number], &mut problems);
        let translated = other.read(set, &chosen, &mut problems);
        compare(set, (&own, &rows), (&other, &translated), &mut page);
    }
    if page.codes.is_empty() {
        let message = "this page has none of the codes of the vendor's document";
        let help = "pass the page about the same errors; `extract` shows how it is read";
        problems.push_with_help(&Place::file(original.name()), message, help);
    }
    problems.finish(page)
}

/// One of the two pages.
struct Side<'a> {
    file: &'a Arc<str>,
    language: &'a str,
    tables: &'a [TableReading<'a>],
}

impl Side<'_> {
    fn read(&self, set: &SetOverlay, chosen: &[Chosen], problems: &mut Problems) -> Rows {
        let reading = Reading {
            locale: self.language,
            file: self.file,
            identity: identity_of(set),
            joins_repeated: set.joins_repeated,
            adds_details: set.adds_details,
        };
        read_rows(self.tables, chosen, &reading, problems)
    }
}

/// A table of the page, and the set and the section that it is a translation of.
struct Pair {
    table: usize,
    set: usize,
    section: usize,
}

/// A table of the vendor's document.
struct Unit<'a> {
    /// The set and the section that it is; `None` for a table of no set.
    place: Option<(usize, usize)>,
    codes: BTreeSet<&'a str>,
}

/// Finds for each table of codes the one of the vendor's document that has the same codes. A table of
/// no set is left out of the page as well.
fn pair_tables(
    own: &Side<'_>,
    sets: &[Vec<Chosen>],
    tables: &[TableReading<'_>],
    file: &str,
    page: &mut Page,
) -> Vec<Pair> {
    let mut units = Vec::new();
    let mut taken = BTreeSet::new();
    for (set, chosen) in sets.iter().enumerate() {
        for (section, chosen) in chosen.iter().enumerate() {
            taken.extend(chosen.parts.iter().copied());
            let parts = chosen.parts.iter().map(|part| &own.tables[*part]);
            units.push(Unit {
                place: Some((set, section)),
                codes: parts.flat_map(codes_of).collect(),
            });
        }
    }
    for (at, table) in own.tables.iter().enumerate() {
        if !taken.contains(&at) && table.holds == Holds::Codes {
            units.push(Unit {
                place: None,
                codes: codes_of(table).collect(),
            });
        }
    }
    let mut pairs = Vec::new();
    let mut used = BTreeSet::new();
    let tables = tables.iter().enumerate();
    for (number, table) in tables.filter(|(_, table)| table.holds == Holds::Codes) {
        let codes: BTreeSet<&str> = codes_of(table).collect();
        let common = |unit: &Unit<'_>| codes.intersection(&unit.codes).count();
        let best = units.iter().enumerate().max_by_key(|(at, unit)| {
            // Of tables with the same codes, the first that is free.
            let others = Reverse((unit.codes.len(), used.contains(at), *at));
            (common(unit), others)
        });
        let is_half = |unit: &Unit<'_>| common(unit) * LEAST_SHARE >= codes.len();
        let best = best.filter(|(_, unit)| common(unit) > 0 && is_half(unit));
        match best {
            None if codes.is_empty() => {}
            None => page.differences.push(format!(
                "{file}:{}: a table with the codes of no table of {}: {}",
                table.line,
                own.file,
                list(codes.iter().copied())
            )),
            Some((at, unit)) => {
                used.insert(at);
                pairs.extend(unit.place.map(|(set, section)| Pair {
                    table: number,
                    set,
                    section,
                }));
            }
        }
    }
    pairs
}

fn codes_of<'a>(table: &'a TableReading<'_>) -> impl Iterator<Item = &'a str> {
    table.codes.iter().map(|entry| &*entry.code)
}

/// Reads the page with what the overlay says about the cells and columns of each set.
fn reread<'a>(
    document: &'a Document,
    inferred: &Extraction<'_>,
    overlay: &Overlay,
    pairs: &[Pair],
) -> Extraction<'a> {
    let mut hints = Hints::default();
    for pair in pairs {
        let hint = page_hint(&inferred.tables[pair.table], &overlay.sets[pair.set]);
        hints.tables.insert(pair.table, hint);
    }
    ingest::extract(document, &hints)
}

/// The tables of the page for those of a set.
fn translated_tables(chosen: &[Chosen], set: usize, pairs: &[Pair]) -> Vec<Chosen> {
    let mut tables = Vec::new();
    for (section, own) in chosen.iter().enumerate() {
        let of_section = |pair: &&Pair| pair.set == set && pair.section == section;
        let parts: Vec<_> = pairs.iter().filter(of_section).map(|it| it.table).collect();
        if !parts.is_empty() {
            let section = own.section.clone();
            tables.push(Chosen { section, parts });
        }
    }
    tables
}

/// Takes the texts of the codes on which the pages agree, and notes where they do not.
fn compare(
    set: &SetOverlay,
    (own, rows): (&Side<'_>, &Rows),
    (other, translated): (&Side<'_>, &Rows),
    page: &mut Page,
) {
    let name = &set.name.value;
    let identity = identity_of(set);
    let key = |code: &Code| code_key(code, identity);
    let mut left: BTreeMap<Key, &Code> = BTreeMap::new();
    for code in &translated.codes {
        left.entry(key(code)).or_insert(code);
    }
    let entries = set.entries_by_key();
    let mut missing = Vec::new();
    let mut seen = BTreeSet::new();
    for code in rows.codes.iter().filter(|code| seen.insert(key(code))) {
        let Some(found) = left.remove(&key(code)) else {
            missing.push(code);
            continue;
        };
        let entry = entries.get(&key(code)).copied();
        let mut differences = facts_that_differ(code, found);
        differences.retain(|(fact, _)| !is_decided(fact, set, entry));
        if differences.is_empty() {
            let text = |texts: &Texts| Some(texts.get(other.language)?.value.clone());
            let texts = PageTexts {
                message: text(&found.message),
                remedy: text(&found.remedy),
            };
            page.codes.insert((name.clone(), key(code)), texts);
        }
        for (fact, difference) in differences {
            page.disputed.insert((name.clone(), key(code)));
            let code = format!("{}.{}", quote_part(name), key(code).reference());
            page.differences.push(format!(
                "{code}: {difference}; write `{fact}` into its entry in overlay.toml"
            ));
        }
    }
    let only_in = |side: &Side<'_>, other: &Side<'_>, codes: Vec<&Code>| {
        let first = codes.first()?;
        let all: Vec<_> = codes.iter().map(|code| key(code).reference()).collect();
        Some(format!(
            "{name}: not in {}, but in {} from line {}: {}",
            other.file,
            side.file,
            first.code.place.line,
            list(all.iter().map(String::as_str))
        ))
    };
    let mut added: Vec<&Code> = left.into_values().collect();
    added.sort_by_key(|code| code.code.place.line);
    page.differences.extend(only_in(own, other, missing));
    page.differences.extend(only_in(other, own, added));
    let heading = translated.heading.iter().map(|title| (None, title));
    let sections = translated.sections.iter();
    let sections = sections.filter_map(|section| {
        let title = section.title.get(other.language)?;
        Some((Some(section.id.value.clone()), title))
    });
    for (section, title) in heading.chain(sections) {
        page.titles
            .insert((name.clone(), section), title.value.clone());
    }
}

/// Whether the overlay decides a fact, so that a difference between the pages does not matter.
fn is_decided(fact: &str, set: &SetOverlay, entry: Option<&Entry>) -> bool {
    let by_rule = fact == "billing" && set.billing.is_some();
    by_rule
        || entry.is_some_and(|entry| {
            let mut facts = facts_of::<Code>().filter(|known| known.key == fact);
            let is_decided = facts.any(|fact| fact.get(&entry.decided).is_some());
            let is_open = entry.unspecified.iter().any(|known| known.key == fact);
            is_decided || is_open || (fact == "status" && entry.status.is_some())
        })
}

/// The facts that both pages state, and not alike: the key of each, and both values in words.
fn facts_that_differ(own: &Code, other: &Code) -> Vec<(&'static str, String)> {
    let status = [own, other].map(|code| Some(word(Status::WORDS, code.status).to_owned()));
    // Sections that a column names have a name in each language.
    let facts = facts_of::<Code>().filter(|fact| {
        fact.fact_type() != FactType::Texts && !["section", "status"].contains(&fact.key)
    });
    let facts = facts.map(|fact| {
        let values = [own, other].map(|code| fact.get(code).map(|value| value.text()));
        (fact.key, values)
    });
    let facts = facts.chain([("status", status)]);
    let differ = facts.filter_map(|(key, values)| match values {
        [Some(before), Some(after)] if before != after => {
            let own = &own.code.place;
            let other = &other.code.place;
            Some((
                key,
                format!("{key} is {before} at {own}, and {after} at {other}"),
            ))
        }
        _ => None,
    });
    differ.collect()
}

fn list<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    let codes: Vec<_> = codes.collect();
    let shown = codes[..codes.len().min(MOST_LISTED)].join(", ");
    match codes.len() - codes.len().min(MOST_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
