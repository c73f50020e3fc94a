//! The facts of codes, ranges and sets in one table: what there is to know, how it merges, how it is compared.
//!
//! Parser, writer, schema, exports, diff and reports loop over [`FACTS`], so that a new fact is one row here and one
//! field in `spec`.

use crate::fields::Fields;
use crate::place::At;
use crate::problem::Problems;
use crate::spec::{
    Billing, BillingSource, Code, Fault, Identity, Note, Param, Range, Retry, Set, Severity, Since,
    Spec, Status, Wire, params,
};
use crate::texts::Texts;

/// The access to a field of that name in each type of entry.
macro_rules! field {
    ($name:ident) => {
        Some(Access {
            get: |entry| &entry.$name,
            get_mut: |entry| &mut entry.$name,
        })
    };
}

/// One thing that a spec can say about a code, a range or a set.
pub struct Fact {
    /// Its key in TOML.
    pub key: &'static str,
    /// Its description in the JSON Schema.
    pub doc: &'static str,
    /// How `regen` arrives at its value.
    pub merge: Merge,
    /// The word that exports and reports show where a code does not have it.
    pub absent: Option<&'static str>,
    /// The finding that a change of it is; `None` where the code that compares specs treats it by itself.
    pub diff: Option<Difference>,
    /// Its key in exports, where that is not `key` with underscores.
    exported: Option<&'static str>,
    /// Only codes of a taxonomy have it.
    pub is_for_kinds: bool,
    in_code: Option<Access<Code>>,
    in_range: Option<Access<Range>>,
    in_set: Option<Access<Set>>,
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Fact").field(&self.key).finish()
    }
}

/// How `regen` arrives at the value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Merge {
    /// From the vendor's document, or from the key of the overlay's entry.
    Document,
    /// From the overlay, else from the document.
    Overlay,
    /// The same, and the entry of a code may say `unspecified`, whatever the document says.
    OverlayOrUnspecified,
    /// From the overlay, else from the kind.
    Kind,
    /// From the overlay, which has it in the language of the document alone, else from the document.
    OverlayInOneLanguage,
    /// Computed by `regen`.
    Computed,
}

/// The finding that a change of a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The word of its class, which is part of its id and never changes.
    pub class: &'static str,
    /// How much a person must look at it by default.
    pub weight: Weight,
    /// The least weight that a person may give it.
    pub least: Weight,
    /// The smallest release that may carry it.
    pub bump: Bump,
    /// What distinguishes it from other facts of its class.
    pub detail: Option<&'static str>,
}

/// How much a person must look at a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Whitespace, punctuation, or width only.
    Cosmetic,
    /// Worth knowing.
    Info,
    /// A program may behave differently.
    Warning,
    /// Costs change, or a program breaks.
    Error,
}

/// The smallest release that may carry a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// No program can depend on it.
    Patch,
    /// Something new, or a change that compiles.
    Minor,
    /// Something that was promised is gone or means something else.
    Major,
}

/// The word for what the vendor does not say: never to be read as one of the other words, above all not as free.
pub const UNSPECIFIED: &str = "unspecified";

/// Every fact, in the order in which a spec.toml lists them.
pub const FACTS: &[Fact] = &[
    Fact {
        key: "code",
        doc: "The code as the vendor writes it.",
        in_code: field!(code),
        ..BASE
    },
    Fact {
        key: "name",
        doc: "The enum's name.",
        exported: Some("set"),
        in_set: field!(name),
        ..BASE
    },
    Fact {
        key: "from",
        doc: "The first code.",
        in_range: field!(from),
        ..BASE
    },
    Fact {
        key: "to",
        doc: "The last code.",
        in_range: field!(to),
        ..BASE
    },
    Fact {
        key: "symbol",
        doc: "The vendor's own name for it, possibly a template: `MISSING_ARGUMENTS:<key>`.",
        in_code: field!(symbol),
        ..BASE
    },
    Fact {
        key: "aliases",
        doc: "Other strings that decode to it.",
        merge: Merge::Overlay,
        in_code: field!(aliases),
        ..BASE
    },
    Fact {
        key: "was",
        doc: "Earlier names of the enum, or earlier keys of a code (`code` or `code.symbol`).",
        merge: Merge::Overlay,
        in_code: field!(was),
        in_set: field!(was),
        ..BASE
    },
    Fact {
        key: "variant",
        doc: "The Rust name.",
        // The overlay names it, else `regen` gives it a provisional name.
        in_code: field!(variant),
        ..BASE
    },
    Fact {
        key: "was-variant",
        doc: "Earlier Rust names.",
        merge: Merge::Overlay,
        in_code: field!(was_variant),
        ..BASE
    },
    Fact {
        key: "wire",
        doc: "The type of a code on the wire.",
        in_set: field!(wire),
        ..BASE
    },
    Fact {
        key: "identity",
        doc: "What distinguishes two codes.",
        absent: Some("code"),
        in_set: field!(identity),
        ..BASE
    },
    Fact {
        key: "status",
        doc: "`retired` for what has left the vendor's document. It still decodes.",
        absent: Some("active"),
        in_code: field!(status),
        in_set: field!(status),
        ..BASE
    },
    Fact {
        key: "retired-in",
        doc: "The edition of the vendor's document that no longer had it.",
        merge: Merge::Computed,
        in_code: field!(retired_in),
        ..BASE
    },
    Fact {
        key: "replaced-by",
        doc: "What to use instead of a retired code: `Set.code` or `Set.code.symbol`.",
        merge: Merge::Overlay,
        diff: changes("replacement-changed", Weight::Info, Bump::Patch),
        in_code: field!(replaced_by),
        ..BASE
    },
    Fact {
        key: "section",
        doc: "Its section, by its id.",
        in_code: field!(section),
        ..BASE
    },
    Fact {
        key: "locale",
        doc: "The language of its row, if that is not the document's.",
        // The overlay moves the row's strings to another language with it.
        merge: Merge::Document,
        in_code: field!(locale),
        ..BASE
    },
    Fact {
        key: "params",
        doc: "The parameters of its symbol, message and remedy.",
        merge: Merge::Overlay,
        exported: Some("parameters"),
        in_code: field!(params),
        ..BASE
    },
    Fact {
        key: "title",
        doc: "What the set is, in each language.",
        in_set: field!(title),
        ..BASE
    },
    Fact {
        key: "billing-source",
        doc: "The source of the billing facts: a column of the table, or a sentence of the document.",
        in_set: field!(billing_source),
        ..BASE
    },
    Fact {
        key: "doc",
        doc: "The definition of a kind, in each language.",
        diff: part_of_definition("doc"),
        exported: Some("definition"),
        is_for_kinds: true,
        in_code: field!(doc),
        ..BASE
    },
    Fact {
        key: "unlike",
        doc: "The kinds that a kind is mistaken for.",
        diff: part_of_definition("unlike"),
        is_for_kinds: true,
        in_code: field!(unlike),
        ..BASE
    },
    Fact {
        key: "fault",
        doc: "Whose fault a kind usually is.",
        diff: part_of_definition("fault"),
        is_for_kinds: true,
        in_code: field!(fault),
        ..BASE
    },
    Fact {
        key: "http-answer",
        doc: "The HTTP status to answer a kind with.",
        diff: part_of_definition("http-answer"),
        is_for_kinds: true,
        in_code: field!(http_answer),
        ..BASE
    },
    Fact {
        key: "message",
        doc: "What it means, in each language.",
        merge: Merge::OverlayInOneLanguage,
        diff: changes("message-changed", Weight::Warning, Bump::Minor),
        in_code: field!(message),
        ..BASE
    },
    Fact {
        key: "said",
        doc: "The vendor's own words, in each language in which `message` corrects them.",
        merge: Merge::Computed,
        diff: changes("said-changed", Weight::Info, Bump::Minor),
        in_code: field!(said),
        ..BASE
    },
    Fact {
        key: "remedy",
        doc: "What to do about it, in each language.",
        merge: Merge::OverlayInOneLanguage,
        diff: changes("remedy-changed", Weight::Warning, Bump::Minor),
        in_code: field!(remedy),
        ..BASE
    },
    Fact {
        key: "kind",
        doc: "What it means across vendors.",
        merge: Merge::Overlay,
        diff: changes("kind-changed", Weight::Warning, Bump::Minor),
        in_code: field!(kind),
        in_range: field!(kind),
        ..BASE
    },
    Fact {
        key: "retry",
        doc: "What a caller should do.",
        merge: Merge::Kind,
        absent: Some(UNSPECIFIED),
        diff: changes("retry-changed", Weight::Warning, Bump::Minor),
        in_code: field!(retry),
        in_range: field!(retry),
        ..BASE
    },
    Fact {
        key: "retry-after",
        doc: "The least number of seconds to wait before a retry.",
        merge: Merge::Overlay,
        diff: detailed("retry-changed", Weight::Warning, Bump::Minor, "after"),
        in_code: field!(retry_after),
        ..BASE
    },
    Fact {
        key: "billing",
        doc: "Whether the vendor charges for it; leave it out where the vendor does not say.",
        merge: Merge::OverlayOrUnspecified,
        absent: Some(UNSPECIFIED),
        diff: Some(Difference {
            class: "billing-changed",
            weight: Weight::Error,
            // Nobody should learn of a change of costs from the bill.
            least: Weight::Warning,
            bump: Bump::Minor,
            detail: None,
        }),
        in_code: field!(billing),
        in_range: field!(billing),
        ..BASE
    },
    Fact {
        key: "http",
        doc: "The HTTP status that the vendor sends with it.",
        merge: Merge::Overlay,
        diff: changes("http-changed", Weight::Warning, Bump::Minor),
        in_code: field!(http),
        ..BASE
    },
    Fact {
        key: "success",
        doc: "It reports success.",
        // Only the kind says so.
        merge: Merge::Computed,
        diff: changes("success-changed", Weight::Error, Bump::Minor),
        in_code: field!(success),
        ..BASE
    },
    Fact {
        key: "severity",
        doc: "How serious it is. By default a code takes it from its set; else success is `info`, and all others \
              `error`.",
        merge: Merge::Kind,
        diff: changes("severity-changed", Weight::Warning, Bump::Minor),
        in_code: field!(severity),
        in_range: field!(severity),
        in_set: field!(severity),
        ..BASE
    },
    Fact {
        key: "note",
        doc: "What a reader should know beyond the vendor's document, in each language, with its source.",
        merge: Merge::Overlay,
        diff: changes("note-changed", Weight::Info, Bump::Patch),
        in_code: field!(note),
        in_range: field!(note),
        in_set: field!(note),
        ..BASE
    },
    Fact {
        key: "since",
        doc: "The edition of the document and the release of the registry in which it first appeared.",
        merge: Merge::Computed,
        diff: changes("since-changed", Weight::Info, Bump::Patch),
        in_code: field!(since),
        ..BASE
    },
];

const BASE: Fact = Fact {
    key: "",
    doc: "",
    merge: Merge::Document,
    absent: None,
    diff: None,
    exported: None,
    is_for_kinds: false,
    in_code: None,
    in_range: None,
    in_set: None,
};

#[expect(
    clippy::unnecessary_wraps,
    reason = "the column of the table is optional"
)]
const fn changes(class: &'static str, weight: Weight, bump: Bump) -> Option<Difference> {
    Some(Difference {
        class,
        weight,
        least: Weight::Cosmetic,
        bump,
        detail: None,
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the column of the table is optional"
)]
const fn detailed(
    class: &'static str,
    weight: Weight,
    bump: Bump,
    detail: &'static str,
) -> Option<Difference> {
    Some(Difference {
        class,
        weight,
        least: Weight::Cosmetic,
        bump,
        detail: Some(detail),
    })
}

const fn part_of_definition(detail: &'static str) -> Option<Difference> {
    detailed("definition-changed", Weight::Warning, Bump::Minor, detail)
}

/// The fact of a key.
#[must_use]
pub fn fact(key: &str) -> Option<&'static Fact> {
    FACTS.iter().find(|fact| fact.key == key)
}

/// The facts of a type of entry, in the order in which a spec.toml lists them.
pub fn facts_of<E: Entry>() -> impl Iterator<Item = &'static Fact> {
    FACTS.iter().filter(|fact| E::access(fact).is_some())
}

impl Fact {
    /// Its key in exports.
    #[must_use]
    pub fn exported(&self) -> String {
        self.exported
            .map_or_else(|| self.key.replace('-', "_"), str::to_owned)
    }

    /// The type of its values.
    #[must_use]
    pub fn fact_type(&self) -> FactType {
        self.type_in::<Code>()
            .or_else(|| self.type_in::<Range>())
            .or_else(|| self.type_in::<Set>())
            .unwrap_or(FactType::Text)
    }

    fn type_in<E: Entry>(&self) -> Option<FactType> {
        let access = E::access(self)?;
        Some((access.get)(&E::default()).fact_type())
    }

    /// Its value in an entry; `None` where it is absent, or has the value that absence means.
    pub fn get<E: Entry>(&self, entry: &E) -> Option<Value> {
        (E::access(self)?.get)(entry).get()
    }

    /// Gives it a value in an entry, or none. A value of another type counts as none.
    pub fn set<E: Entry>(&self, entry: &mut E, value: Option<Value>) {
        if let Some(access) = E::access(self) {
            (access.get_mut)(entry).set(value);
        }
    }

    /// Parses its value from the fields of an entry.
    pub fn parse<E: Entry>(&self, entry: &mut E, fields: &mut Fields<'_>, problems: &mut Problems) {
        if let Some(access) = E::access(self) {
            (access.get_mut)(entry).parse(self.key, fields, problems);
        }
    }
}

/// Parses all facts of an entry.
pub(crate) fn parse_facts<E: Entry>(fields: &mut Fields<'_>, problems: &mut Problems) -> E {
    let mut entry = E::default();
    for fact in FACTS {
        fact.parse(&mut entry, fields, problems);
    }
    entry
}

/// Parses `since` of a vendor, which its codes have by default.
pub(crate) fn parse_since(fields: &mut Fields<'_>, problems: &mut Problems) -> Option<Since> {
    let mut since = None;
    Field::parse(&mut since, "since", fields, problems);
    since
}

/// The value of `since` of a vendor.
#[must_use]
pub fn since_of_vendor(spec: &Spec) -> Option<Value> {
    spec.since.get()
}

/// Something that facts belong to: [`Code`], [`Range`] or [`Set`].
pub trait Entry: Default {
    #[doc(hidden)]
    #[expect(private_interfaces, reason = "only this file reads and writes fields")]
    fn access(fact: &Fact) -> Option<&Access<Self>>;
}

#[expect(private_interfaces, reason = "only this file reads and writes fields")]
impl Entry for Code {
    fn access(fact: &Fact) -> Option<&Access<Self>> {
        fact.in_code.as_ref()
    }
}

#[expect(private_interfaces, reason = "only this file reads and writes fields")]
impl Entry for Range {
    fn access(fact: &Fact) -> Option<&Access<Self>> {
        fact.in_range.as_ref()
    }
}

#[expect(private_interfaces, reason = "only this file reads and writes fields")]
impl Entry for Set {
    fn access(fact: &Fact) -> Option<&Access<Self>> {
        fact.in_set.as_ref()
    }
}

/// The field of an entry that holds a fact.
struct Access<E> {
    get: fn(&E) -> &dyn Field,
    get_mut: fn(&mut E) -> &mut dyn Field,
}

/// The type of a fact's values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactType {
    /// A string.
    Text,
    /// A string that must be present.
    RequiredText,
    /// A string in each language.
    Texts,
    /// An array of strings.
    List,
    /// A whole number.
    Number,
    /// One of these words.
    Word(Vec<&'static str>),
    /// A boolean.
    Flag,
    /// The parameters of a code.
    Params,
    /// A string in each language, with `source` and `date`.
    Note,
    /// A table with these keys, whose values are strings.
    Table(&'static [&'static str]),
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A string.
    Text(At<String>),
    /// A string in each language.
    Texts(Texts),
    /// Strings.
    List(Vec<At<String>>),
    /// A number.
    Number(At<u32>),
    /// A word of a fixed list.
    Word(At<&'static str>),
    /// It is true.
    Flag,
    /// The parameters of a code.
    Params(Vec<Param>),
    /// Strings by key.
    Table(Vec<(String, At<String>)>),
}

impl Value {
    /// The value in one line, for people: `1; 2` for several.
    #[must_use]
    pub fn text(&self) -> String {
        let joined = |parts: Vec<String>| parts.join("; ");
        match self {
            Self::Text(text) => text.value.clone(),
            Self::Word(word) => word.value.to_owned(),
            Self::Number(number) => number.value.to_string(),
            Self::Flag => "true".to_owned(),
            Self::List(list) => list
                .iter()
                .map(|text| text.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            Self::Texts(texts) => joined(
                texts
                    .iter()
                    .map(|(tag, text)| format!("{tag} {}", text.value))
                    .collect(),
            ),
            Self::Table(entries) => joined(
                entries
                    .iter()
                    .map(|(key, text)| format!("{key} {}", text.value))
                    .collect(),
            ),
            Self::Params(params) => joined(
                params
                    .iter()
                    .map(|param| param.name.value.clone())
                    .collect(),
            ),
        }
    }
}

/// A field that holds a fact.
trait Field {
    fn fact_type(&self) -> FactType;

    fn get(&self) -> Option<Value>;

    fn set(&mut self, value: Option<Value>);

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems);
}

impl Field for At<String> {
    fn fact_type(&self) -> FactType {
        FactType::RequiredText
    }

    fn get(&self) -> Option<Value> {
        Some(Value::Text(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        if let Some(Value::Text(text)) = value {
            *self = text;
        }
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.required_text(key, problems);
    }
}

impl Field for Option<At<String>> {
    fn fact_type(&self) -> FactType {
        FactType::Text
    }

    fn get(&self) -> Option<Value> {
        self.clone().map(Value::Text)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.text(key, problems);
    }
}

impl Field for Vec<At<String>> {
    fn fact_type(&self) -> FactType {
        FactType::List
    }

    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::List(list)) => list,
            _ => Vec::new(),
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.list(key, problems);
    }
}

impl Field for Texts {
    fn fact_type(&self) -> FactType {
        FactType::Texts
    }

    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Texts(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Texts(texts)) => texts,
            _ => Self::new(),
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.texts(key, problems);
    }
}

impl Field for Option<At<u32>> {
    fn fact_type(&self) -> FactType {
        FactType::Number
    }

    fn get(&self) -> Option<Value> {
        self.clone().map(Value::Number)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.number(key, problems);
    }
}

impl Field for bool {
    fn fact_type(&self) -> FactType {
        FactType::Flag
    }

    fn get(&self) -> Option<Value> {
        self.then_some(Value::Flag)
    }

    fn set(&mut self, value: Option<Value>) {
        *self = value == Some(Value::Flag);
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.flag(key, problems);
    }
}

/// A type whose values are words of a fixed list.
trait Word: Copy + PartialEq + 'static {
    const WORDS: &'static [(&'static str, Self)];

    fn all_words() -> FactType {
        FactType::Word(Self::WORDS.iter().map(|(word, _)| *word).collect())
    }

    fn word(self) -> &'static str {
        crate::spec::word(Self::WORDS, self)
    }

    fn of_word(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word);
        found.map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($($name:ident)*) => {$(
        impl Word for $name {
            const WORDS: &'static [(&'static str, Self)] = Self::WORDS;
        }
    )*};
}
words!(Billing Fault Identity Retry Severity Status Wire);

impl<T: Word> Field for Option<At<T>> {
    fn fact_type(&self) -> FactType {
        T::all_words()
    }

    fn get(&self) -> Option<Value> {
        let at = self.as_ref()?;
        Some(Value::Word(At::new(at.value.word(), at.place.clone())))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Word(word)) => {
                T::of_word(word.value).map(|value| At::new(value, word.place))
            }
            _ => None,
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        *self = fields.word(key, T::WORDS, problems);
    }
}

/// Words of which one is the default, which `get` gives only if the macro says so.
macro_rules! fields_with_default {
    ($($name:ident $($is_always_given:ident)?,)*) => {$(
        impl Field for $name {
            fn fact_type(&self) -> FactType {
                Self::all_words()
            }

            fn get(&self) -> Option<Value> {
                let is_given = *self != Self::default() $(|| stringify!($is_always_given) == "always")?;
                is_given.then(|| Value::Word((*self).word().into()))
            }

            fn set(&mut self, value: Option<Value>) {
                *self = match value {
                    Some(Value::Word(word)) => Self::of_word(word.value).unwrap_or_default(),
                    _ => Self::default(),
                };
            }

            fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
                let word = fields.word(key, Self::WORDS, problems);
                *self = word.map(|word| word.value).unwrap_or_default();
            }
        }
    )*};
}
fields_with_default! {
    Identity,
    Status,
    Wire always,
}

impl Field for Vec<Param> {
    fn fact_type(&self) -> FactType {
        FactType::Params
    }

    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Params(self.clone()))
    }

    fn set(&mut self, value: Option<Value>) {
        *self = match value {
            Some(Value::Params(params)) => params,
            _ => Vec::new(),
        };
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let table = fields.fields(key, problems);
        *self = table
            .map(|table| params(table, problems))
            .unwrap_or_default();
    }
}

const SOURCE: &str = "source";
const DATE: &str = "date";
const EDITION: &str = "edition";
const RELEASE: &str = "release";
const COLUMN: &str = "column";
const QUOTE: &str = "quote";

/// `note = { en = "…", source = "https://…", date = "2021-07-19" }`: every other key is a language.
impl Field for Option<Note> {
    fn fact_type(&self) -> FactType {
        FactType::Note
    }

    fn get(&self) -> Option<Value> {
        let note = self.as_ref()?;
        let texts = note
            .text
            .iter()
            .map(|(tag, text)| (tag.clone(), text.clone()));
        let mut table: Vec<_> = texts.collect();
        table.extend(
            note.source
                .clone()
                .map(|source| (SOURCE.to_owned(), source)),
        );
        table.extend(note.date.clone().map(|date| (DATE.to_owned(), date)));
        Some(Value::Table(table))
    }

    fn set(&mut self, value: Option<Value>) {
        let Some(Value::Table(table)) = value else {
            *self = None;
            return;
        };
        let mut note = Note::default();
        for (key, text) in table {
            match key.as_str() {
                SOURCE => note.source = Some(text),
                DATE => note.date = Some(text),
                _ => note.text.insert(key, text),
            }
        }
        *self = Some(note);
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let Some(mut table) = fields.fields(key, problems) else {
            return;
        };
        let mut note = Note {
            source: table.text(SOURCE, problems),
            date: table.text(DATE, problems),
            ..Note::default()
        };
        for (tag, value) in table.entries() {
            if tag.value == SOURCE || tag.value == DATE {
                continue;
            }
            if let Some(text) = value.text(key, problems) {
                note.text.insert(tag.value, text);
            }
        }
        *self = Some(note);
    }
}

/// `since = { edition = "2018-12-06", release = "0.1.0" }`.
impl Field for Option<Since> {
    fn fact_type(&self) -> FactType {
        FactType::Table(&[EDITION, RELEASE])
    }

    fn get(&self) -> Option<Value> {
        let since = self.as_ref()?;
        let edition = since.edition.clone().map(|text| (EDITION.to_owned(), text));
        let release = since.release.clone().map(|text| (RELEASE.to_owned(), text));
        Some(Value::Table(edition.into_iter().chain(release).collect()))
    }

    fn set(&mut self, value: Option<Value>) {
        let Some(Value::Table(table)) = value else {
            *self = None;
            return;
        };
        let mut since = Since::default();
        for (key, text) in table {
            match key.as_str() {
                EDITION => since.edition = Some(text),
                RELEASE => since.release = Some(text),
                _ => {}
            }
        }
        *self = Some(since);
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let Some(mut table) = fields.fields(key, problems) else {
            return;
        };
        *self = Some(Since {
            edition: table.text(EDITION, problems),
            release: table.text(RELEASE, problems),
        });
        table.finish(problems);
    }
}

/// `billing-source.column = "…"` or `billing-source.quote = "…"`.
impl Field for Option<BillingSource> {
    fn fact_type(&self) -> FactType {
        FactType::Table(&[COLUMN, QUOTE])
    }

    fn get(&self) -> Option<Value> {
        let (key, text) = match self.as_ref()? {
            BillingSource::Column(column) => (COLUMN, column),
            BillingSource::Quote(quote) => (QUOTE, quote),
        };
        Some(Value::Table(vec![(key.to_owned(), text.clone())]))
    }

    fn set(&mut self, value: Option<Value>) {
        let Some(Value::Table(table)) = value else {
            *self = None;
            return;
        };
        *self = table
            .into_iter()
            .find_map(|(key, text)| match key.as_str() {
                COLUMN => Some(BillingSource::Column(text)),
                QUOTE => Some(BillingSource::Quote(text)),
                _ => None,
            });
    }

    fn parse(&mut self, key: &'static str, fields: &mut Fields<'_>, problems: &mut Problems) {
        let Some(mut table) = fields.fields(key, problems) else {
            return;
        };
        let column = table.text(COLUMN, problems).map(BillingSource::Column);
        let quote = table.text(QUOTE, problems).map(BillingSource::Quote);
        table.finish(problems);
        *self = column.or(quote);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::parse;
    use crate::place::Source;

    fn parse_code(fields: &str) -> Code {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n[[set.code]]\n{fields}\n"
        );
        let spec = parse(&Source::new("spec.toml", &text)).unwrap();
        spec.sets[0].codes[0].clone()
    }

    #[test]
    fn every_key_is_in_the_table_once_and_belongs_to_something() {
        let keys: BTreeSet<_> = FACTS.iter().map(|fact| fact.key).collect();
        assert_eq!(keys.len(), FACTS.len());
        for fact in FACTS {
            let is_used = Code::access(fact).is_some()
                || Range::access(fact).is_some()
                || Set::access(fact).is_some();
            assert!(is_used, "{}", fact.key);
            assert!(!fact.doc.is_empty(), "{}", fact.key);
        }
    }

    #[test]
    fn a_fact_has_one_type_in_all_entries() {
        for fact in FACTS {
            let types = [
                fact.type_in::<Code>(),
                fact.type_in::<Range>(),
                fact.type_in::<Set>(),
            ];
            for other in types.into_iter().flatten() {
                assert_eq!(other, fact.fact_type(), "{}", fact.key);
            }
        }
    }

    #[test]
    fn what_was_set_is_what_one_gets() {
        let code = parse_code(
            "code = \"1\"\nvariant = \"A\"\naliases = [\"a\"]\nretry = \"backoff\"\nretry-after = 5\n\
             success = true\nstatus = \"retired\"\nparams = { a = {} }\nmessage.en = \"m\"\n\
             note = { en = \"n\", source = \"https://a\", date = \"2021-07\" }\nsince.release = \"0.1.0\"",
        );
        let mut copy = Code::default();
        for fact in facts_of::<Code>() {
            fact.set(&mut copy, fact.get(&code));
        }
        assert_eq!(copy, code);
        for fact in facts_of::<Code>().filter(|fact| fact.fact_type() != FactType::RequiredText) {
            fact.set(&mut copy, None);
            assert_eq!(fact.get(&copy), None, "{}", fact.key);
        }
    }

    #[test]
    fn a_value_of_another_type_counts_as_none() {
        let mut code = Code::default();
        let retry = fact("retry").unwrap();
        retry.set(&mut code, Some(Value::Word("backoff".into())));
        assert_eq!(code.retry, Some(Retry::Backoff.into()));
        retry.set(&mut code, Some(Value::Flag));
        assert_eq!(code.retry, None);
    }

    #[test]
    fn a_note_is_read_in_any_order() {
        let code = parse_code(
            "code = \"1\"\nvariant = \"A\"\nnote = { date = \"2021-07\", zh-CN = \"注\", en = \"n\" }",
        );
        let note = code.note.unwrap();
        assert_eq!(note.text.keys().collect::<Vec<_>>(), ["en", "zh-CN"]);
        assert_eq!(note.date.unwrap().value, "2021-07");
        assert_eq!(note.source, None);
    }
}
