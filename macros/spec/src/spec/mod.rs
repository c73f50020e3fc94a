//! The spec as written by a person or by `cargo xtask regen`. Only its format has been checked.

mod parse;

pub(crate) use parse::parse_partial;
pub use parse::{parse, parse_params, parse_schema, parse_superseded};

use crate::check::identity;
use crate::place::At;
use crate::texts::Texts;

/// The version of the file format, which every file starts with.
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
    /// When the codes without a `since` of their own first appeared.
    pub since: Option<Since>,
    /// The sets.
    pub sets: Vec<Set>,
    /// The file whose overrides were applied to it, which is in no file format.
    pub overrides: Option<String>,
    /// The languages in which a missing text is looked for first, which are in no file format.
    pub fallbacks: Vec<String>,
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
    /// Whether the vendor has replaced this edition by a later one, and since when.
    pub superseded: Option<At<Superseded>>,
    /// The URL of a later edition.
    pub newer: Option<At<String>>,
}

/// Since when an edition of a document is no longer the vendor's latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Superseded {
    /// The day or month in which the vendor published a later edition: `2019-01-28`.
    Since(String),
    /// It is not known since when.
    Undated,
}

impl Superseded {
    /// The day or month, if it is known.
    #[must_use]
    pub fn day(&self) -> Option<&str> {
        match self {
            Self::Since(day) => Some(day),
            Self::Undated => None,
        }
    }
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
    /// Numbers and names that no code may use again.
    pub reserved: Vec<At<String>>,
    /// The type of a code on the wire.
    pub wire: Wire,
    /// What identifies a code.
    pub identity: Identity,
    /// `retired` for a set whose table the vendor withdrew.
    pub status: Status,
    /// The title of the set, in each language.
    pub title: Texts,
    /// How serious its codes are, except those that report success or say otherwise.
    pub severity: Option<At<Severity>>,
    /// What a reader should know beyond the vendor's document.
    pub note: Option<Note>,
    /// Where the facts about billing come from.
    pub billing_source: Option<BillingSource>,
    /// The sections, in the document's order.
    pub sections: Vec<Section>,
    /// The codes, in the document's order; former meanings of their keys come last.
    pub codes: Vec<Code>,
    /// Classes of unknown codes.
    pub ranges: Vec<Range>,
    /// The facts of it and of its ranges that were overridden, in words.
    pub overridden: Vec<String>,
}

/// The type of a code on the wire.
///
/// Not `#[non_exhaustive]`: the generator must handle every variant, and the crates are released
/// together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wire {
    /// An `i32`.
    #[default]
    Integer,
    /// An `i64`.
    Integer64,
    /// A string.
    String,
    /// A string of zeros and ones, in which each position is a flag.
    Flags,
}

/// What identifies a code in its set.
///
/// Not `#[non_exhaustive]`: the generator must handle every variant, and the crates are released
/// together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Identity {
    /// The code alone.
    #[default]
    Code,
    /// The code together with the symbol.
    CodeAndSymbol,
}

/// Whether the vendor still documents a set or a code.
///
/// Not `#[non_exhaustive]`: the command-line tool must handle every variant, and the
/// crates are released together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// It is in the document.
    #[default]
    Active,
    /// It is no longer in the document. It still decodes.
    Retired,
}

/// Where the facts about billing come from.
///
/// Not `#[non_exhaustive]`: the command-line tool must handle every variant, and the
/// crates are released together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillingSource {
    /// A column of the table, by its header.
    Column(At<String>),
    /// A sentence of the document.
    Quote(At<String>),
}

/// The codes of a set that are under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its name, in kebab-case.
    pub id: At<String>,
    /// The heading, in each language.
    pub title: Texts,
}

/// One code with all its facts.
///
/// Its *key* is what identifies it on the wire: the code, or the code with the symbol.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// The code as the vendor writes it.
    pub code: At<String>,
    /// The vendor's own name for it, possibly a template.
    pub symbol: Option<At<String>>,
    /// Other symbols that decode to it.
    pub aliases: Vec<At<String>>,
    /// Former keys of the same error, `code` or `code.symbol`. They still decode.
    pub was: Vec<At<String>>,
    /// The Rust name.
    pub variant: At<String>,
    /// Earlier Rust names, kept as deprecated constants.
    pub was_variant: Vec<At<String>>,
    /// Whether the vendor still documents it.
    pub status: Status,
    /// The first edition of the document without the retired code.
    pub retired_in: Option<At<String>>,
    /// The edition of the document in which the vendor gave its key to another error.
    pub until: Option<At<String>>,
    /// What to use instead of a retired code: `Set.code` or `Set.code.symbol`.
    pub replaced_by: Option<At<String>>,
    /// The id of its section.
    pub section: Option<At<String>>,
    /// The language of its row, if it differs from the document's.
    pub locale: Option<At<String>>,
    /// The parameters of its symbol and strings.
    pub params: Vec<Param>,
    /// What it means.
    pub message: Texts,
    /// What to do about it.
    pub remedy: Texts,
    /// What people call it, in a taxonomy.
    pub title: Texts,
    /// The definition, in a taxonomy.
    pub doc: Texts,
    /// The kinds that it is easily confused with, in a taxonomy.
    pub unlike: Vec<At<String>>,
    /// Whose fault it usually is, in a taxonomy.
    pub fault: Option<At<Fault>>,
    /// The HTTP status to answer with, in a taxonomy.
    pub http_answer: Option<At<u32>>,
    /// The gRPC code to answer with, in a taxonomy.
    pub grpc: Option<At<GrpcCode>>,
    /// What it means across vendors.
    pub kind: Option<At<String>>,
    /// What a caller should do.
    pub retry: Option<At<Retry>>,
    /// The minimum number of seconds to wait before a retry.
    pub retry_after: Option<At<u32>>,
    /// Whether the vendor charges for it.
    pub billing: Option<At<Billing>>,
    /// The HTTP status that the vendor sends with it.
    pub http: Option<At<u32>>,
    /// Whether it reports success.
    pub success: bool,
    /// How serious it is, unless the set or `success` decides.
    pub severity: Option<At<Severity>>,
    /// What a reader should know beyond the vendor's document.
    pub note: Option<Note>,
    /// The vendor's own words, in each language in which `message` corrects them.
    pub said: Texts,
    /// When it first appeared, if that is not when the vendor's codes did.
    pub since: Option<Since>,
    /// The facts that were overridden, in words.
    pub overridden: Vec<String>,
}

impl Set {
    /// What the key of a code means now: the code itself, unless it is a former meaning.
    #[must_use]
    pub fn meaning_now<'a>(&'a self, code: &'a Code) -> &'a Code {
        let key = identity(self, code);
        let mut codes = self.codes.iter().filter(|code| !code.is_former());
        let now = codes.find(|other| code.is_former() && identity(self, other) == key);
        now.unwrap_or(code)
    }
}

impl Code {
    /// Whether it is a former meaning of its key, which decodes to another code of the set.
    #[must_use]
    pub const fn is_former(&self) -> bool {
        self.until.is_some()
    }

    /// Keeps the vendor's own message in `said` if the message in that language was corrected.
    pub fn keep_said(&mut self, locale: &str, vendors: &At<String>) {
        let message = self.message.get(locale);
        let is_corrected = message.is_some_and(|message| message != vendors);
        if is_corrected && !self.said.contains_key(locale) {
            self.said.insert(locale.to_owned(), vendors.clone());
        }
    }
}

/// A parameter of a symbol or a string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: At<String>,
    /// How the vendor writes it in the symbol, if not as `<name>`.
    pub written: Option<At<String>>,
    /// The values it may take, if they are known.
    pub values: Vec<At<String>>,
    /// Whether a translation may leave it out.
    pub optional: bool,
}

/// A class of codes; both ends are included.
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
#[non_exhaustive]
pub enum Fault {
    /// The person in front of the device.
    EndUser,
    /// The program that called the vendor.
    Caller,
    /// The vendor.
    Vendor,
    /// The network between them.
    Network,
}

/// A code of gRPC: `google.rpc.Code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GrpcCode {
    /// It worked.
    Ok,
    /// The operation was cancelled.
    Cancelled,
    /// Too little is known about the error.
    Unknown,
    /// An argument is wrong, regardless of the state of the system.
    InvalidArgument,
    /// The deadline of the call has passed.
    DeadlineExceeded,
    /// Something that the call names does not exist.
    NotFound,
    /// What the call should create exists already.
    AlreadyExists,
    /// The client is not allowed to do this.
    PermissionDenied,
    /// A quota or another limited resource is used up.
    ResourceExhausted,
    /// The state of something must change before the call can work.
    FailedPrecondition,
    /// The client should start again from an earlier step.
    Aborted,
    /// The call went past the end of a valid range.
    OutOfRange,
    /// The service does not have the operation.
    Unimplemented,
    /// Something is broken inside of the service.
    Internal,
    /// The same call may work later.
    Unavailable,
    /// Data were lost or damaged.
    DataLoss,
    /// The client must say who it is.
    Unauthenticated,
}

/// What a caller should do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// The answer is final.
    Never,
    /// The request must be fixed first.
    AfterFix,
    /// A person must do something first.
    AfterUserAction,
    /// Retry with increasing delays.
    Backoff,
    /// Retry at a lower rate.
    Throttled,
    /// Only the vendor can help.
    ContactVendor,
}

/// How serious a code is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Severity {
    /// The request failed.
    #[default]
    Error,
    /// The request passed, with a reservation.
    Warning,
    /// The code reports a state, such as success.
    Info,
}

/// Whether the vendor charges for a code. An absent value means that it is unspecified.
///
/// Not `#[non_exhaustive]`: the command-line tool must handle every variant, and the
/// crates are released together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// The vendor charges for it.
    Billed,
    /// The vendor does not charge for it.
    Free,
}

impl Wire {
    /// The words of the file format, with their values.
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

    /// A code of this type as a number; `None` if codes of the type are strings, or if this is not
    /// a number of the type.
    ///
    /// A decimal number may have a sign, but no leading zeros. The digits after `0x` are the bits of
    /// a number of the type, so `0xFFFFFFFF` is -1 in 32 bits.
    ///
    /// ```
    /// use errbook_spec::Wire;
    ///
    /// assert_eq!(Wire::Integer.number("+12"), Some(12));
    /// assert_eq!(Wire::Integer.number("0x80070005"), Some(-2_147_024_891));
    /// assert_eq!(Wire::Integer64.number("0x80070005"), Some(2_147_942_405));
    /// assert_eq!(Wire::Integer.number("007"), None);
    /// ```
    #[must_use]
    pub fn number(self, text: &str) -> Option<i64> {
        let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
        let number = match hexadecimal {
            Some(digits) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                let bits = u64::from_str_radix(digits, 16).ok()?;
                match self {
                    Self::Integer => u32::try_from(bits).ok()?.cast_signed().into(),
                    _ => bits.cast_signed(),
                }
            }
            _ => {
                let number: i64 = text.parse().ok()?;
                let digits = text.strip_prefix('+').unwrap_or(text);
                (number.to_string() == digits).then_some(number)?
            }
        };
        let fits = match self {
            Self::Integer => i32::try_from(number).is_ok(),
            Self::Integer64 => true,
            Self::String | Self::Flags => false,
        };
        fits.then_some(number)
    }
}

impl Identity {
    /// The words of the file format, with their values.
    pub const WORDS: &[(&str, Self)] =
        &[("code", Self::Code), ("code+symbol", Self::CodeAndSymbol)];
}

impl Status {
    /// The words of the file format, with their values.
    pub const WORDS: &[(&str, Self)] = &[("active", Self::Active), ("retired", Self::Retired)];
}

impl Fault {
    /// The words of the file format, with their values.
    pub const WORDS: &[(&str, Self)] = &[
        ("end-user", Self::EndUser),
        ("caller", Self::Caller),
        ("vendor", Self::Vendor),
        ("network", Self::Network),
    ];
}

impl GrpcCode {
    /// The names of `google.rpc.Code`, with their values.
    pub const WORDS: &[(&str, Self)] = &[
        ("OK", Self::Ok),
        ("CANCELLED", Self::Cancelled),
        ("UNKNOWN", Self::Unknown),
        ("INVALID_ARGUMENT", Self::InvalidArgument),
        ("DEADLINE_EXCEEDED", Self::DeadlineExceeded),
        ("NOT_FOUND", Self::NotFound),
        ("ALREADY_EXISTS", Self::AlreadyExists),
        ("PERMISSION_DENIED", Self::PermissionDenied),
        ("RESOURCE_EXHAUSTED", Self::ResourceExhausted),
        ("FAILED_PRECONDITION", Self::FailedPrecondition),
        ("ABORTED", Self::Aborted),
        ("OUT_OF_RANGE", Self::OutOfRange),
        ("UNIMPLEMENTED", Self::Unimplemented),
        ("INTERNAL", Self::Internal),
        ("UNAVAILABLE", Self::Unavailable),
        ("DATA_LOSS", Self::DataLoss),
        ("UNAUTHENTICATED", Self::Unauthenticated),
    ];
}

impl Retry {
    /// The words of the file format, with their values.
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
    /// The words of the file format, with their values.
    pub const WORDS: &[(&str, Self)] = &[
        ("error", Self::Error),
        ("warning", Self::Warning),
        ("info", Self::Info),
    ];
}

impl Billing {
    /// The words of the file format, with their values.
    pub const WORDS: &[(&str, Self)] = &[("billed", Self::Billed), ("free", Self::Free)];
}

/// The ends of a range of codes that is written as `FROM..TO`, both included.
///
/// ```
/// use errbook_spec::split_range;
///
/// assert_eq!(split_range("7..9"), Some(("7", "9")));
/// assert_eq!(split_range("7.."), None);
/// ```
#[must_use]
pub fn split_range(text: &str) -> Option<(&str, &str)> {
    let ends = text.split_once("..");
    ends.filter(|(from, to)| !from.is_empty() && !to.is_empty())
}

/// The word that the format uses for a value.
///
/// # Panics
///
/// Never for the types above: their lists have every value.
pub fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    let found = words.iter().find(|(_, known)| *known == value);
    found
        .map(|(word, _)| *word)
        .expect("the list has every value of the type")
}

#[cfg(test)]
mod tests {
    use crate::spec::{Code, Identity, Set, Wire, split_range};

    #[test]
    fn a_number_is_decimal_without_leading_zeros_or_the_bits_of_its_type() {
        for (text, integer, integer64) in [
            ("0", Some(0), Some(0)),
            ("-7", Some(-7), Some(-7)),
            ("+7", Some(7), Some(7)),
            ("2147483647", Some(i64::from(i32::MAX)), Some(2_147_483_647)),
            ("2147483648", None, Some(2_147_483_648)),
            (
                "-2147483648",
                Some(i64::from(i32::MIN)),
                Some(-2_147_483_648),
            ),
            ("-2147483649", None, Some(-2_147_483_649)),
            ("9223372036854775807", None, Some(i64::MAX)),
            ("9223372036854775808", None, None),
            ("0xFFFFFFFF", Some(-1), Some(0xFFFF_FFFF)),
            ("0X7fffffff", Some(0x7FFF_FFFF), Some(0x7FFF_FFFF)),
            ("0x0C", Some(12), Some(12)),
            ("0x100000000", None, Some(0x1_0000_0000)),
            ("0xFFFFFFFFFFFFFFFF", None, Some(-1)),
            ("0x10000000000000000", None, None),
            ("0x", None, None),
            ("0x-1", None, None),
            ("0x+1", None, None),
            ("07", None, None),
            ("-07", None, None),
            ("-0", None, None),
            ("+-7", None, None),
            ("++7", None, None),
            ("7.0", None, None),
            ("", None, None),
        ] {
            assert_eq!(Wire::Integer.number(text), integer, "{text}");
            assert_eq!(Wire::Integer64.number(text), integer64, "{text}");
            assert_eq!(Wire::String.number(text), None, "{text}");
            assert_eq!(Wire::Flags.number(text), None, "{text}");
        }
        let are_numbers = Wire::WORDS.iter().map(|(_, wire)| wire.is_number());
        assert_eq!(are_numbers.collect::<Vec<_>>(), [true, true, false, false]);
    }

    #[test]
    fn a_range_has_two_ends() {
        assert_eq!(split_range("-7..+9"), Some(("-7", "+9")));
        assert_eq!(split_range("a..b..c"), Some(("a", "b..c")));
        for text in ["7", "7..", "..9", "..", ""] {
            assert_eq!(split_range(text), None, "{text}");
        }
    }

    fn code(code: &str, symbol: &str, variant: &str, until: Option<&str>) -> Code {
        Code {
            code: code.into(),
            symbol: Some(symbol.into()),
            variant: variant.into(),
            until: until.map(Into::into),
            ..Code::default()
        }
    }

    #[test]
    fn the_key_of_a_former_meaning_leads_to_another_code() {
        let mut set = Set {
            codes: vec![
                code("1", "A", "Former", Some("2019")),
                code("2", "A", "Other", None),
                code("+1", "B", "First", None),
                code("1", "A", "Second", None),
                code("9", "A", "Alone", Some("2019")),
            ],
            ..Set::default()
        };
        let now = |set: &Set| {
            let codes = set.codes.iter();
            let now = codes.map(|code| set.meaning_now(code).variant.value.clone());
            now.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(now(&set), "First Other First Second Alone");
        set.identity = Identity::CodeAndSymbol;
        assert_eq!(now(&set), "Second Other First Second Alone");
    }

    #[test]
    fn the_vendors_message_is_kept_if_it_was_corrected() {
        let said = |message: Option<&str>, said: Option<&str>| {
            let mut code = Code::default();
            code.message
                .extend(message.map(|text| ("en".to_owned(), text.into())));
            code.said
                .extend(said.map(|text| ("en".to_owned(), text.into())));
            code.keep_said("en", &"vendor".into());
            code.said.get("en").map(|text| text.value.clone())
        };
        assert_eq!(said(Some("corrected"), None).as_deref(), Some("vendor"));
        assert_eq!(said(Some("vendor"), None), None);
        assert_eq!(said(None, None), None);
        assert_eq!(
            said(Some("corrected"), Some("before")).as_deref(),
            Some("before")
        );
    }
}
