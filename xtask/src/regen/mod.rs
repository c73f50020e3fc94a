//! A vendor's document, overlay, messages and previous spec in, its new spec out, or all that is wrong.

mod account;
mod facts;
mod memory;
mod merge;
mod names;
mod rows;
mod select;
mod texts;

use std::sync::Arc;

use errbook_spec::Texts;
use errbook_spec::check;
use errbook_spec::place::{At, Place, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{self as spec, Since, SourceFile, Spec};

pub use account::{Account, SetAccount};
pub use facts::Taxonomy;
pub use memory::Change;
pub(crate) use rows::{section_id, status};
pub(crate) use select::parts;
pub use texts::{Gaps, Stale};

use crate::ingest;
use crate::messages::{self, Dictionary};
use crate::overlay::{self, Overlay};
use crate::vendor::Vendor;
use crate::write;
use facts::{Prose, whole};
use memory::Memory;
use merge::{Merge, Merged};

/// A vendor's new spec, and the account of how it came about.
#[derive(Debug, Clone)]
pub struct Regenerated {
    /// The vendor.
    pub vendor: String,
    /// The spec.
    pub spec: Spec,
    /// The same as the text of a spec.toml.
    pub text: String,
    /// What was done.
    pub account: Account,
}

/// Makes the spec of one vendor.
///
/// # Errors
///
/// All that is wrong with the vendor's files, each at the place where a person can mend it.
pub fn regen(vendor: &Vendor, taxonomy: Option<&Taxonomy>) -> Result<Regenerated, Problems> {
    let Parsed {
        overlay,
        dictionaries,
        mut memory,
    } = parse(vendor)?;
    memory.since = since(vendor, &overlay, &memory);
    let document = ingest::read(vendor.document.text());
    let file: Arc<str> = vendor.document.name().into();
    let selection = select::select(&document, &overlay, &file)?;

    let mut problems = Problems::default();
    memory.every_set_is_in_the_overlay(&overlay, &mut problems);
    let merge = Merge {
        overlay: &overlay,
        tables: &selection.extraction.tables,
        prose: &Prose::new(&document.rendered),
        memory: &memory,
        taxonomy: named_taxonomy(&overlay, taxonomy, &mut problems),
        file: &file,
        edition: &edition(vendor, &overlay),
    };
    let Merged { sets, repeated } = merge.sets(&selection, &mut problems);
    let mut spec = Spec {
        sets,
        ..head(vendor, &overlay, &memory)
    };
    let gaps = texts::translate(&mut spec, dictionaries);
    let provisional = merge.name(&mut spec.sets, &mut problems);
    // One more phase on a broken spec would only say the same things again in other words.
    problems.finish(())?;
    check(&spec)?;

    let mut sets = Vec::new();
    for (at, (set, overlay)) in spec.sets.iter().zip(&overlay.sets).enumerate() {
        sets.push(SetAccount {
            repeated: repeated[at],
            provisional: provisional[at],
            changes: memory::changes(set, &memory.of_set(overlay), overlay),
            ..SetAccount::new(set, &selection.extraction.tables, &selection.sets[at])
        });
    }
    let (document, mends) = (selection.extraction.accounting, document.mends);
    let account = Account {
        sets,
        document,
        mends,
        gaps,
    };
    Ok(Regenerated {
        vendor: vendor.name.clone(),
        text: write::spec(&spec),
        spec,
        account,
    })
}

struct Parsed {
    overlay: Overlay,
    dictionaries: Vec<Dictionary>,
    memory: Memory,
}

fn parse(vendor: &Vendor) -> Result<Parsed, Problems> {
    let mut problems = Problems::default();
    let overlay = taken(overlay::parse(&vendor.overlay), &mut problems);
    let mut dictionaries = Vec::new();
    for (language, source) in &vendor.messages {
        dictionaries.extend(taken(messages::parse(source, language), &mut problems));
    }
    let mut memory = Memory::default();
    for source in &vendor.memory {
        memory.specs.extend(remembered(source, &mut problems));
    }
    problems.finish(())?;
    let overlay = overlay.expect("an overlay that could not be parsed has left its problems");
    Ok(Parsed {
        overlay,
        dictionaries,
        memory,
    })
}

fn taken<T>(result: Result<T, Problems>, problems: &mut Problems) -> Option<T> {
    result.map_err(|other| problems.extend(other)).ok()
}

/// A previous spec that cannot be read remembers nothing, and retired codes would be lost.
fn remembered(source: &Source, problems: &mut Problems) -> Option<Spec> {
    let spec = taken(spec::parse(source), problems);
    if spec.is_none() {
        let place = Place::file(source.name());
        let help = "take it from the last commit (`git checkout HEAD -- FILE`); only if it was never committed, delete \
                    it and run `cargo xtask regen --new`";
        problems.push_with_help(
            &place,
            "the previous spec cannot be read, and it alone knows the retired codes",
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
            let help = "say which with `kinds = \"…\"` at the top";
            problems.push_with_help(
                &kind.place,
                "a kind is named here, and the overlay names no taxonomy",
                help,
            );
        }
        return None;
    };
    let found = taxonomy.filter(|taxonomy| taxonomy.name == name.value);
    if found.is_none() {
        let message = format!("the taxonomy `{}` is not there", name.value);
        let help = match taxonomy {
            Some(other) => format!("codes/kinds.toml is the taxonomy `{}`", other.name),
            None => "codes/kinds.toml would hold it".to_owned(),
        };
        problems.push_with_help(&name.place, message, help);
    }
    found
}

/// What people call this edition of the document, or the beginning of its hash.
fn edition(vendor: &Vendor, overlay: &Overlay) -> String {
    let named = overlay
        .edition
        .as_ref()
        .map(|edition| edition.value.clone());
    named.unwrap_or_else(|| {
        format!(
            "sha256:{}",
            vendor.sha256.get(..12).unwrap_or(&vendor.sha256)
        )
    })
}

/// When the vendor's codes first appeared: as the previous spec says, else in the edition that it was made from.
fn since(vendor: &Vendor, overlay: &Overlay, memory: &Memory) -> Option<Since> {
    let previous = memory.specs.first();
    if let Some(since) = previous.and_then(|spec| spec.since.clone()) {
        return Some(since);
    }
    let source = previous.and_then(|spec| spec.source.as_ref());
    let edition = match source {
        None => overlay.edition.clone(),
        Some(source) if source.edition.is_some() => source.edition.clone(),
        // The overlay named the edition later. It is the one of the previous spec only if the document is the same.
        Some(source) => (overlay.edition.clone()).filter(|_| *source.sha256 == vendor.sha256),
    };
    edition.map(|edition| Since {
        edition: Some(edition),
        release: None,
    })
}

fn head(vendor: &Vendor, overlay: &Overlay, memory: &Memory) -> Spec {
    let source = SourceFile {
        file: "source.md".into(),
        sha256: vendor.sha256.clone().into(),
        url: overlay.url.clone(),
        edition: overlay.edition.clone(),
        date: overlay.date.clone(),
    };
    let title = overlay
        .title
        .iter()
        .map(|title| (overlay.locale.value.clone(), title.clone()));
    Spec {
        vendor: At::new(vendor.name.clone(), whole(&overlay.locale.place)),
        locale: overlay.locale.clone(),
        kinds: overlay.kinds.clone(),
        title: title.collect::<Texts>(),
        source: Some(source),
        since: memory.since.clone(),
        sets: Vec::new(),
    }
}
