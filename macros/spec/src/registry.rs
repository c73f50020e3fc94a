//! A checked spec: every invariant holds, and languages are filled in. Only the layout of the
//! generated tables is left to decide.

use crate::place::At;
use crate::spec::{Billing, Fault, GrpcCode, Identity, Retry, Severity, SourceFile, Wire};
use crate::template::Template;

/// One vendor's checked registry.
#[derive(Debug, Clone)]
pub struct Registry {
    /// The vendor's name, in kebab-case.
    pub vendor: String,
    /// All languages: that of the document first, then the others, sorted by tag.
    pub locales: Vec<String>,
    /// The document's title in each language of `locales`.
    pub title: Vec<String>,
    /// The taxonomy that `kind` names.
    pub kinds: Option<String>,
    /// The sets.
    pub sets: Vec<Set>,
    /// The document that it was made from.
    pub source: Option<SourceFile>,
    /// The file whose overrides were applied.
    pub overrides: Option<String>,
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
    /// What identifies a code.
    pub identity: Identity,
    /// Whether the vendor withdrew the table.
    pub retired: bool,
    /// The title of the set, in each language of the registry.
    pub title: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The codes, in the document's order; former meanings of their keys come last.
    pub codes: Vec<Code>,
    /// Classes of unknown codes.
    pub ranges: Vec<Range>,
    /// The facts of it and of its ranges that were overridden, in words.
    pub overridden: Vec<String>,
}

/// The codes of a set that are under one heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its name, in kebab-case.
    pub id: String,
    /// The heading, in each language of the registry.
    pub title: Vec<String>,
}

/// One code with all its facts.
#[derive(Debug, Clone, Default)]
pub struct Code {
    /// The code as the vendor writes it.
    pub text: String,
    /// The code as a number; 0 in a set of strings.
    pub number: i64,
    /// The vendor's own name for it.
    pub symbol: Option<String>,
    /// The symbol as a template, if it has parameters.
    pub template: Option<Template>,
    /// Other symbols that decode to it.
    pub aliases: Vec<String>,
    /// Other codes that lead to it, each with its symbol if the set is identified by both: former
    /// ones, and the aliases that are numbers.
    pub other_codes: Vec<(i64, String, Option<String>)>,
    /// The Rust name.
    pub variant: String,
    /// Earlier Rust names.
    pub was_variant: Vec<String>,
    /// Whether it is no longer in the vendor's document.
    pub retired: bool,
    /// If its key means something else now, that, and since when. It does not decode.
    pub former: Option<Former>,
    /// The code to use instead, as the Rust path of its variant.
    pub replaced_by: Option<String>,
    /// The position of its section.
    pub section: Option<usize>,
    /// The message in each language of the registry; missing languages have a fallback.
    pub message: Vec<String>,
    /// What to do about it, in each language of the registry; empty if the vendor does not say.
    pub remedy: Vec<String>,
    /// The definition, in each language of the registry; empty outside a taxonomy.
    pub doc: Vec<String>,
    /// The kinds that it is easily confused with.
    pub unlike: Vec<String>,
    /// Whose fault it usually is.
    pub fault: Option<Fault>,
    /// The HTTP status to answer with.
    pub http_answer: Option<u16>,
    /// The gRPC code to answer with.
    pub grpc: Option<GrpcCode>,
    /// What it means across vendors.
    pub kind: Option<At<String>>,
    /// What a caller should do.
    pub retry: Option<Retry>,
    /// The minimum number of seconds to wait before a retry.
    pub retry_after: Option<u32>,
    /// Whether the vendor charges for it.
    pub billing: Option<Billing>,
    /// The HTTP status that the vendor sends with it.
    pub http: Option<u16>,
    /// Whether it reports success.
    pub success: bool,
    /// How serious it is: its own severity, else info for success, else that of the set, else error.
    pub severity: Severity,
    /// The note, in each language of the registry; empty if there is none.
    pub note: Vec<String>,
    /// The vendor's own message if `message` corrects it, in each language of the registry; empty
    /// otherwise.
    pub said: Vec<String>,
    /// The release of the registry in which it first appeared.
    pub since: Option<String>,
    /// The facts that were overridden, in words.
    pub overridden: Vec<String>,
}

/// That the vendor gave the key of a code to another error.
#[derive(Debug, Clone, Default)]
pub struct Former {
    /// The edition in which it did.
    pub until: String,
    /// What the key means now, as the Rust path of its variant.
    pub now: String,
}

/// A class of codes; both ends are included.
#[derive(Debug, Clone)]
pub struct Range {
    /// The first code.
    pub from: i64,
    /// The last code.
    pub to: i64,
    /// What its codes mean across vendors.
    pub kind: Option<At<String>>,
    /// What a caller should do.
    pub retry: Option<Retry>,
    /// Whether the vendor charges for it.
    pub billing: Option<Billing>,
    /// How serious its codes are.
    pub severity: Severity,
}
