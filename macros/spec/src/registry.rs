//! The registry: a spec that makes sense, with nothing left to decide but how to lay it out.

use crate::spec::{Billing, Fault, Identity, Retry, Severity, Wire};
use crate::template::Template;

/// One vendor's registry, checked.
#[derive(Debug, Clone)]
pub struct Registry {
    /// The vendor's name, in kebab-case.
    pub vendor: String,
    /// The languages that any text is in: the document's own first, the others by their tag.
    pub locales: Vec<String>,
    /// The document's title in each language of `locales`.
    pub title: Vec<String>,
    /// The taxonomy that `kind` names.
    pub kinds: Option<String>,
    /// The sets.
    pub sets: Vec<Set>,
}

/// One namespace of codes.
#[derive(Debug, Clone)]
pub struct Set {
    /// The enum's name.
    pub name: String,
    /// Earlier names of the enum.
    pub was: Vec<String>,
    /// The type of a code on the wire.
    pub wire: Wire,
    /// What tells two codes apart.
    pub identity: Identity,
    /// The vendor has withdrawn the table.
    pub retired: bool,
    /// What the set is, in each language of the registry.
    pub title: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The codes, in the document's order.
    pub codes: Vec<Code>,
    /// Classes of codes.
    pub ranges: Vec<Range>,
}

/// A heading's worth of rows inside a set.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its name, in kebab-case.
    pub id: String,
    /// The heading, in each language of the registry.
    pub title: Vec<String>,
}

/// One code with all that is known about it.
#[derive(Debug, Clone, Default)]
pub struct Code {
    /// The code as the vendor writes it.
    pub text: String,
    /// The code as a number, in a set of numbers.
    pub number: i64,
    /// The vendor's own name for it.
    pub symbol: Option<String>,
    /// The symbol as a template, if it has holes.
    pub template: Option<Template>,
    /// Other texts that decode to it.
    pub aliases: Vec<String>,
    /// Earlier codes of the same thing, each with its symbol where the set has both.
    pub was: Vec<(i64, String, Option<String>)>,
    /// The Rust name.
    pub variant: String,
    /// Earlier Rust names.
    pub was_variant: Vec<String>,
    /// It has left the vendor's document.
    pub retired: bool,
    /// What to use instead, for a person to read.
    pub replaced_by: Option<String>,
    /// The position of its section.
    pub section: Option<usize>,
    /// What it means, in each language of the registry: where a language has no text, the text that there is.
    pub message: Vec<String>,
    /// What to do about it, in each language of the registry; empty where the vendor says nothing.
    pub remedy: Vec<String>,
    /// The definition, in each language of the registry; empty outside a taxonomy.
    pub doc: Vec<String>,
    /// The kinds it is taken for.
    pub unlike: Vec<String>,
    /// Whose fault it usually is.
    pub fault: Option<Fault>,
    /// The HTTP status to answer with.
    pub http_answer: Option<u16>,
    /// What it means across vendors.
    pub kind: Option<String>,
    /// What a caller should do.
    pub retry: Option<Retry>,
    /// The least number of seconds to wait before trying again.
    pub retry_after: Option<u32>,
    /// Whether the vendor charges for it.
    pub billing: Option<Billing>,
    /// The HTTP status that the vendor sends with it.
    pub http: Option<u16>,
    /// It says that all went well.
    pub success: bool,
    /// How serious it is: its own severity, else info for success, else that of the set, else error.
    pub severity: Severity,
    /// What a reader should know beyond the document, in each language of the registry; empty where there is no note.
    pub note: Vec<String>,
    /// The vendor's own words where the message corrects them, in each language of the registry; empty elsewhere.
    pub said: Vec<String>,
    /// The release of the registry in which it first appeared.
    pub since: Option<String>,
}

/// A class of codes, both ends in it.
#[derive(Debug, Clone)]
pub struct Range {
    /// The first code.
    pub from: i64,
    /// The last code.
    pub to: i64,
    /// What a caller should do.
    pub retry: Option<Retry>,
    /// Whether the vendor charges for it.
    pub billing: Option<Billing>,
    /// How serious its codes are.
    pub severity: Severity,
}
