//! `FACTS`, the frames of the JSON Schemas and the guide in; the JSON Schemas, and the guide with
//! the rows of facts in its references, out.

mod reference;
mod schema;

use std::io;
use std::path::Path;

use errbook_spec::facts::{Fact, FactType, Merge, UNSPECIFIED, facts_of};
use errbook_spec::place::unix_line_ends;
use errbook_spec::{Code, Range, Set};

pub(crate) use crate::formats::schema::without_links;

/// A file that `cargo xtask formats` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Its path below the root of the workspace.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A format that contains facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Spec,
    Overlay,
    /// The overrides file of a program.
    Overrides,
    /// What `export json` writes.
    Catalogue,
}

/// A type of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntryType {
    Code,
    Range,
    Set,
}

/// The files as they must be. Reads the frames of the schemas and the present text of the guide.
///
/// # Errors
///
/// A file of the workspace cannot be read.
pub fn generate(root: &Path) -> io::Result<Vec<Generated>> {
    let read = |path: &str| {
        let text = std::fs::read_to_string(root.join(path))?;
        io::Result::Ok(unix_line_ends(&text).into_owned())
    };
    let mut files = Vec::new();
    for (format, name) in [
        (Format::Spec, "spec"),
        (Format::Overlay, "overlay"),
        (Format::Overrides, "overrides"),
        (Format::Catalogue, "catalogue"),
    ] {
        let frame = read(&format!("xtask/schemas/frames/{name}.json"))?;
        files.push(Generated {
            path: format!("xtask/schemas/{name}.schema.json"),
            text: schema::fill_frame(&frame, format),
        });
    }
    for (format, path) in [
        (Format::Spec, "runtime/src/guide/spec.md"),
        (Format::Overlay, "runtime/src/guide/registry/overlay.md"),
        (Format::Overrides, "runtime/src/guide/overrides.md"),
    ] {
        files.push(Generated {
            path: path.to_owned(),
            text: reference::fill_tables(&read(path)?, format),
        });
    }
    Ok(files)
}

impl EntryType {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "code" => Some(Self::Code),
            "range" => Some(Self::Range),
            "set" => Some(Self::Set),
            _ => None,
        }
    }
}

/// The facts that entries of a type have in a format.
fn facts(format: Format, entry: EntryType) -> Vec<&'static Fact> {
    let facts: Vec<_> = match entry {
        EntryType::Code => facts_of::<Code>().collect(),
        EntryType::Range => facts_of::<Range>().collect(),
        EntryType::Set => facts_of::<Set>().collect(),
    };
    let is_in_format = |fact: &&Fact| match format {
        Format::Spec | Format::Catalogue => true,
        Format::Overlay => fact.merge.is_in_overlay(),
        Format::Overrides => fact.is_overridable,
    };
    facts.into_iter().filter(is_in_format).collect()
}

/// The type of a fact's values in a format.
fn type_in(fact: &Fact, format: Format, entry: EntryType) -> FactType {
    let is_in_one_language = format == Format::Overlay && fact.merge == Merge::OverlayInOneLanguage;
    let may_be_unspecified = fact.merge == Merge::OverlayOrUnspecified;
    let extra_word = match format {
        Format::Spec => None,
        Format::Overlay => (may_be_unspecified && entry == EntryType::Code).then_some(UNSPECIFIED),
        Format::Overrides => may_be_unspecified.then_some(UNSPECIFIED),
        Format::Catalogue => fact.absent,
    };
    match fact.fact_type() {
        FactType::Texts if is_in_one_language => FactType::Text,
        FactType::Word(mut words) => {
            words.extend(extra_word.filter(|word| !words.contains(word)));
            FactType::Word(words)
        }
        other => other,
    }
}

/// The documentation of a fact in a format: sentences in Markdown.
fn documentation(fact: &Fact, format: Format, entry: EntryType) -> String {
    match (entry, format) {
        (_, Format::Overrides) if fact.override_doc.is_some() => {
            fact.override_doc.unwrap_or_default().to_owned()
        }
        (EntryType::Set, _) => fact.set_doc.unwrap_or(fact.doc).to_owned(),
        (EntryType::Code, Format::Overlay) => {
            let sentences = std::iter::once(fact.doc).chain(fact.overlay_doc);
            sentences.collect::<Vec<_>>().join(" ")
        }
        (EntryType::Code | EntryType::Range, _) => fact.doc.to_owned(),
    }
}
