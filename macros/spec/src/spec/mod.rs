//! The spec as a person or `cargo xtask regen` wrote it: nothing is checked yet but its shape.

mod parse;

pub use parse::{params, parse, schema};

use crate::place::At;
use crate::texts::Texts;

/// The number that every file of this format begins with.
pub const SCHEMA: u32 = 1;

/// One vendor's registry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spec {
    /// The vendor's name, in kebab-case: `tencent-kyc`.
    pub vendor: At<String>,
    /// The language of the vendor's document, a BCP-47 tag.
    pub locale: At<String>,
    /// The taxonomy that `kind` names, by its own `vendor` name.
    pub kinds: Option<At<String>>,
    /// The document's title.
    pub title: Texts,
    /// The document that the spec was made from.
    pub source: Option<SourceFile>,
    /// When codes that do not say so themselves first appeared.
    pub since: Option<Since>,
    /// The sets.
    pub sets: Vec<Set>,
}

/// The document that a spec was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its file name, beside the spec.
    pub file: At<String>,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: At<String>,
    /// Where the vendor publishes it.
    pub url: Option<At<String>>,
    /// The vendor's name for this edition, such as a version or a date.
    pub edition: Option<At<String>>,
    /// The day on which the vendor published this edition: `2018-12-06`, or `2018-12`.
    pub date: Option<At<String>>,
}

/// What a reader should know beyond the vendor's document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// The note, in each language.
    pub text: Texts,
    /// The URL of the page that the note relies on.
    pub source: Option<At<String>>,
    /// The day on which that page said so: `2021-07-19`.
    pub date: Option<At<String>>,
}

/// When a code first appeared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// The edition of the vendor's document.
    pub edition: Option<At<String>>,
    /// The release of the registry.
    pub release: Option<At<String>>,
}

/// One namespace of codes: one Rust enum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    /// The enum's name.
    pub name: At<String>,
    /// Earlier names of the enum, kept as deprecated aliases.
    pub was: Vec<At<String>>,
    /// The type of a code on the wire.
    pub wire: Wire,
    /// What tells two codes apart.
    pub identity: Identity,
    /// `retired` for a set whose table the vendor withdrew.
    pub status: Status,
    /// What the set is, in each language.
    pub title: Texts,
    /// How serious its codes are, except those that report success or say otherwise.
    pub severity: Option<At<Severity>>,
    /// What a reader should know beyond the vendor's document.
    pub note: Option<Note>,
    /// Where the facts about billing come from.
    pub billing_source: Option<BillingSource>,
    /// The sections, in the document's order.
    pub sections: Vec<Section>,
    /// The codes, in the document's order.
    pub codes: Vec<Code>,
    /// Classes of codes, for those that are not known.
    pub ranges: Vec<Range>,
}

/// The type of a code on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wire {
    /// An `i32`.
    #[default]
    Integer,
    /// An `i64`.
    Integer64,
    /// A text.
    String,
    /// A text of zeros and ones, each place a flag of its own.
    Flags,
}

/// What tells two codes of a set apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Identity {
    /// The code alone.
    #[default]
    Code,
    /// The code together with the symbol.
    CodeAndSymbol,
}

/// Whether the vendor still documents it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// It stands in the document.
    #[default]
    Active,
    /// It has left the document. It still decodes.
    Retired,
}

/// Where the facts about billing come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillingSource {
    /// A column of the table, by its header.
    Column(At<String>),
    /// A sentence of the document.
    Quote(At<String>),
}

/// A heading's worth of rows inside a set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its name, in kebab-case.
    pub id: At<String>,
    /// The heading, in each language.
    pub title: Texts,
}

/// One code with all that is known about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// The code as the vendor writes it.
    pub code: At<String>,
    /// The vendor's own name for it, possibly a template.
    pub symbol: Option<At<String>>,
    /// Other texts that decode to it.
    pub aliases: Vec<At<String>>,
    /// Earlier keys of the same thing, `code` or `code.symbol`, which still decode.
    pub was: Vec<At<String>>,
    /// The Rust name.
    pub variant: At<String>,
    /// Earlier Rust names, kept as deprecated constants.
    pub was_variant: Vec<At<String>>,
    /// Whether the vendor still documents it.
    pub status: Status,
    /// The edition of the document that a retired code had left.
    pub retired_in: Option<At<String>>,
    /// What to use instead of a retired code: `Set.code` or `Set.code.symbol`.
    pub replaced_by: Option<At<String>>,
    /// The section it stands in, by its id.
    pub section: Option<At<String>>,
    /// The language of its row, where that is not the document's.
    pub locale: Option<At<String>>,
    /// The parameters of its symbol and texts.
    pub params: Vec<Param>,
    /// What it means.
    pub message: Texts,
    /// What to do about it.
    pub remedy: Texts,
    /// The definition, in a taxonomy.
    pub doc: Texts,
    /// The kinds it is taken for, in a taxonomy.
    pub unlike: Vec<At<String>>,
    /// Whose fault it usually is, in a taxonomy.
    pub fault: Option<At<Fault>>,
    /// The HTTP status to answer with, in a taxonomy.
    pub http_answer: Option<At<u32>>,
    /// What it means across vendors.
    pub kind: Option<At<String>>,
    /// What a caller should do.
    pub retry: Option<At<Retry>>,
    /// The least number of seconds to wait before trying again.
    pub retry_after: Option<At<u32>>,
    /// Whether the vendor charges for it.
    pub billing: Option<At<Billing>>,
    /// The HTTP status that the vendor sends with it.
    pub http: Option<At<u32>>,
    /// It says that all went well.
    pub success: bool,
    /// How serious it is; absent where the set or `success` decides.
    pub severity: Option<At<Severity>>,
    /// What a reader should know beyond the vendor's document.
    pub note: Option<Note>,
    /// The vendor's own words, in each language in which `message` corrects them.
    pub said: Texts,
    /// When it first appeared, if that is not when the vendor's codes did.
    pub since: Option<Since>,
}

/// A named hole in a symbol or a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: At<String>,
    /// How the vendor writes it in the symbol, where that is not `<name>`.
    pub written: Option<At<String>>,
    /// The values it may take, if they are known.
    pub values: Vec<At<String>>,
}

/// A class of codes, both ends in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Range {
    /// The first code.
    pub from: At<String>,
    /// The last code.
    pub to: At<String>,
    /// What it means across vendors.
    pub kind: Option<At<String>>,
    /// What a caller should do.
    pub retry: Option<At<Retry>>,
    /// Whether the vendor charges for it.
    pub billing: Option<At<Billing>>,
    /// How serious its codes are.
    pub severity: Option<At<Severity>>,
    /// What a reader should know beyond the vendor's document.
    pub note: Option<Note>,
}

/// Whose fault it usually is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The person in front of the device.
    EndUser,
    /// The program that called the vendor.
    Caller,
    /// The vendor.
    Vendor,
    /// What is between them.
    Network,
}

/// What a caller should do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// The answer is final.
    Never,
    /// The request must be mended first.
    AfterFix,
    /// A person must do something first.
    AfterUserAction,
    /// Later, and later each time.
    Backoff,
    /// Slower.
    Throttled,
    /// Only the vendor can help.
    ContactVendor,
}

/// How serious a code is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Severity {
    /// The request failed.
    #[default]
    Error,
    /// The request passed, with a reservation.
    Warning,
    /// The code reports a state, such as success.
    Info,
}

/// Whether the vendor charges for it; unspecified where it is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// The vendor charges for it.
    Billed,
    /// The vendor does not charge for it.
    Free,
}

impl Wire {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] = &[
        ("integer", Self::Integer),
        ("integer64", Self::Integer64),
        ("string", Self::String),
        ("flags", Self::Flags),
    ];

    /// Whether codes of this type are numbers. All others are strings.
    #[must_use]
    pub const fn is_number(self) -> bool {
        match self {
            Self::Integer | Self::Integer64 => true,
            Self::String | Self::Flags => false,
        }
    }
}

impl Identity {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] =
        &[("code", Self::Code), ("code+symbol", Self::CodeAndSymbol)];
}

impl Status {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] = &[("active", Self::Active), ("retired", Self::Retired)];
}

impl Fault {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] = &[
        ("end-user", Self::EndUser),
        ("caller", Self::Caller),
        ("vendor", Self::Vendor),
        ("network", Self::Network),
    ];
}

impl Retry {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] = &[
        ("never", Self::Never),
        ("after-fix", Self::AfterFix),
        ("after-user-action", Self::AfterUserAction),
        ("backoff", Self::Backoff),
        ("throttled", Self::Throttled),
        ("contact-vendor", Self::ContactVendor),
    ];
}

impl Severity {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] = &[
        ("error", Self::Error),
        ("warning", Self::Warning),
        ("info", Self::Info),
    ];
}

impl Billing {
    /// Each word with its meaning.
    pub const WORDS: &[(&str, Self)] = &[("billed", Self::Billed), ("free", Self::Free)];
}

/// The word that the format uses for a value.
///
/// # Panics
///
/// Never: every value of the five types above is in its list.
pub fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    let found = words.iter().find(|(_, known)| *known == value);
    found
        .map(|(word, _)| *word)
        .expect("the list holds every value of the type")
}
