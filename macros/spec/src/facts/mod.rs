//! The facts of codes, ranges and sets in one table: where each is, how `regen` merges it, what a
//! change of it means, and its documentation.
//!
//! The parser, the writer, the JSON Schemas, the references of the guide, the exports and the
//! reports loop over [`FACTS`].

mod field;
mod value;

pub use value::{FactType, Value};

use crate::facts::field::Field;
use crate::fields::Fields;
use crate::place::Place;
use crate::problem::Problems;
use crate::spec::{Code, Range, Set, Since, Spec};
use crate::texts::Texts;

/// One thing that a spec can say about a code, a range or a set.
pub struct Fact {
    /// Its key in TOML.
    pub key: &'static str,
    /// Its documentation in the guide and in the JSON Schemas: sentences in Markdown.
    pub doc: &'static str,
    /// The same for a set, if it has another meaning there.
    pub set_doc: Option<&'static str>,
    /// The same in an overrides file, if it has another meaning there.
    pub override_doc: Option<&'static str>,
    /// What the documentation of an overlay adds for a code.
    pub overlay_doc: Option<&'static str>,
    /// The default for a code or a range, where it is not the same for all facts of its type: a
    /// phrase in Markdown.
    pub default: Option<&'static str>,
    /// The same for a code of an overlay.
    pub overlay_default: Option<&'static str>,
    /// How `regen` finds its value.
    pub merge: Merge,
    /// The word that exports and reports show for a code that does not have it.
    pub absent: Option<&'static str>,
    /// The finding that a change of it is; `None` if `diff` has code of its own for it.
    pub diff: Option<Difference>,
    /// What its strings or numbers must look like.
    pub form: Form,
    /// How cards and pages show it.
    pub display: Display,
    /// Whether every entry of a catalogue has it.
    pub is_always_exported: bool,
    /// Whether only codes of a taxonomy have it.
    pub is_for_kinds: bool,
    /// Whether a user of the spec may override it.
    pub is_overridable: bool,
    /// Its key in exports, if that is not `key` with underscores.
    exported: Option<&'static str>,
    code: Option<Access<Code>>,
    range: Option<Access<Range>>,
    set: Option<Access<Set>>,
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Fact").field(&self.key).finish()
    }
}

/// How `regen` finds the value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Merge {
    /// In the vendor's document, or in the key of the overlay's entry.
    Document,
    /// In the overlay, else in the document.
    Overlay,
    /// The same, and the overlay's entry of a code may say `unspecified`, even if the document
    /// says.
    OverlayOrUnspecified,
    /// In the overlay, else in the kind.
    Kind,
    /// In the overlay, which has it only in the language of the document, else in the document.
    OverlayInOneLanguage,
    /// `regen` computes it.
    Computed,
}

impl Merge {
    /// Whether an overlay may decide the fact.
    #[must_use]
    pub fn is_in_overlay(self) -> bool {
        !matches!(self, Self::Document | Self::Computed)
    }
}

/// What the strings or numbers of a fact must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Anything.
    Any,
    /// The name of a Rust type or variant.
    UpperCamelCase,
    /// A BCP-47 tag.
    Language,
    /// An HTTP status, 100 to 599.
    HttpStatus,
}

/// How cards and pages show a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Display {
    /// With a label from `xtask/interface` and its value.
    Labelled,
    /// In a line that the card has code for.
    OwnLine,
    /// Not at all: it is for programs, or follows from another fact.
    Hidden,
}

/// The finding that a change of a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The word of its class, which is part of its id and never changes.
    pub class: &'static str,
    /// How carefully a person must look at it by default.
    pub weight: Weight,
    /// The smallest weight that a person may give it.
    pub least: Weight,
    /// The smallest release that may contain it.
    pub bump: Bump,
    /// What distinguishes it from other facts of its class.
    pub detail: Option<&'static str>,
}

impl Difference {
    const fn new(class: &'static str, weight: Weight, bump: Bump) -> Self {
        Self {
            class,
            weight,
            least: Weight::Cosmetic,
            bump,
            detail: None,
        }
    }

    /// A change of the definition of a kind.
    const fn definition(detail: &'static str) -> Self {
        Self::new("definition-changed", Weight::Warning, Bump::Minor).detail(detail)
    }

    const fn detail(self, detail: &'static str) -> Self {
        Self {
            detail: Some(detail),
            ..self
        }
    }

    const fn at_least(self, least: Weight) -> Self {
        Self { least, ..self }
    }
}

/// How carefully a person must look at a change.
///
/// Not `#[non_exhaustive]`: `diff` of the command-line tool must handle every variant, and the
/// crates are released together.
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

/// The smallest release that may contain a change.
///
/// Not `#[non_exhaustive]`: `diff` of the command-line tool must handle every variant, and the
/// crates are released together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// No program can depend on it.
    Patch,
    /// Something new, or a change that compiles.
    Minor,
    /// Something that was promised is missing or has another meaning.
    Major,
}

/// The word for what the vendor does not say. It must never be read as one of the other words,
/// least of all as free.
pub const UNSPECIFIED: &str = "unspecified";

/// A row of the table: the key, the field that holds it, the entries that have the field, and the
/// documentation.
macro_rules! fact {
    ($key:literal, $field:ident, [$($entry:ident),+], $doc:literal) => {
        Fact {
            key: $key,
            doc: $doc,
            $($entry: Some(Access {
                get: |entry| &entry.$field,
                get_mut: |entry| &mut entry.$field,
            }),)+
            ..BASE
        }
    };
}

/// Every fact, in the order in which a spec.toml lists them.
pub const FACTS: &[Fact] = &[
    fact!(
        "code",
        code,
        [code],
        "The code as the vendor writes it, for example `\"-5007\"`."
    )
    .display(Display::OwnLine),
    fact!(
        "name",
        name,
        [set],
        "The name of the enum, in UpperCamelCase."
    )
    .form(Form::UpperCamelCase)
    .exported("set"),
    fact!("from", from, [range], "The first code."),
    fact!("to", to, [range], "The last code, included."),
    fact!(
        "symbol",
        symbol,
        [code],
        "The vendor's own name for it, possibly a template: `MISSING_FIELD:<field>`."
    )
    .display(Display::OwnLine),
    fact!(
        "aliases",
        aliases,
        [code],
        "Other strings that decode to the code."
    )
    .merge(Merge::Overlay)
    .display(Display::OwnLine),
    fact!(
        "was",
        was,
        [code, set],
        "Earlier keys of the code, which still decode: `[\"902\"]`, or `[\"400.OLD_SYMBOL\"]` with \
         its symbol."
    )
    .set_doc("Earlier names of the set, kept as deprecated aliases of the enum.")
    .merge(Merge::Overlay)
    .display(Display::Hidden),
    // `regen` gives a code a provisional name if the overlay does not name it.
    fact!(
        "variant",
        variant,
        [code],
        "The name of the variant, in UpperCamelCase."
    )
    .form(Form::UpperCamelCase)
    .display(Display::OwnLine),
    fact!(
        "was-variant",
        was_variant,
        [code],
        "Earlier names of the variant, kept as deprecated constants."
    )
    .merge(Merge::Overlay)
    .display(Display::Hidden),
    fact!(
        "wire",
        wire,
        [set],
        "The type of a code in an answer: `i32`, `i64`, a string, or a string of zeros and ones."
    )
    .absent("integer"),
    fact!(
        "identity",
        identity,
        [set],
        "What identifies a code: `code+symbol` where one number has several meanings."
    )
    .absent("code"),
    fact!(
        "reserved",
        reserved,
        [set],
        "Numbers, ranges of numbers and names that no code, alias, symbol or variant may use again: \
         `[\"7..9\", \"OLD_NAME\"]`."
    )
    .merge(Merge::Overlay)
    .display(Display::Hidden),
    fact!(
        "status",
        status,
        [code, set],
        "`retired` once the vendor no longer documents the code: the variant is deprecated and \
         still decodes."
    )
    .set_doc("`retired` once the vendor no longer documents the set; its codes still decode.")
    .absent("active")
    .display(Display::OwnLine),
    fact!(
        "retired-in",
        retired_in,
        [code],
        "The edition of the document that no longer lists a retired code."
    )
    .merge(Merge::Computed)
    .display(Display::OwnLine),
    fact!(
        "until",
        until,
        [code],
        "The edition in which the vendor gave the code to another error, which is another entry of \
         the set. This one is retired, keeps its name, and [no longer \
         decodes](crate::guide::spec#a-code-with-another-meaning)."
    )
    .overlay_doc("`variant` is required, and says which released code it is.")
    .merge(Merge::Overlay)
    .display(Display::OwnLine),
    fact!(
        "replaced-by",
        replaced_by,
        [code],
        "What to use instead of a retired code: `Set.code` or `Set.code.symbol`; `vendor/Set.code` if \
         another vendor of the registry has it."
    )
    .merge(Merge::Overlay)
    .change(Difference::new(
        "replacement-changed",
        Weight::Info,
        Bump::Patch,
    ))
    .display(Display::OwnLine),
    fact!("section", section, [code], "The `id` of its section.").display(Display::OwnLine),
    // An overlay may change it too, and then moves the strings of the row to that language.
    fact!(
        "locale",
        locale,
        [code],
        "The language of the vendor's text for this code, if it is not the document's."
    )
    .default("that of the spec")
    .form(Form::Language)
    .display(Display::Hidden),
    fact!(
        "params",
        params,
        [code],
        "The parameters of the symbol and the messages, by name: \
         `{ NAME = { written = \"*\", values = [\"a\", \"b\"] } }`."
    )
    .overlay_default("those of the symbol")
    .merge(Merge::Overlay)
    .exported("parameters")
    .display(Display::OwnLine),
    fact!(
        "title",
        title,
        [set],
        "What the set is, for the documentation of the enum."
    )
    .always_exported(),
    fact!(
        "billing-source",
        billing_source,
        [set],
        "Where the billing facts come from: a column of the table, or a sentence of the document."
    ),
    fact!(
        "title",
        title,
        [code],
        "In a taxonomy: what people call the kind."
    )
    .change(Difference::definition("title"))
    .for_kinds(),
    fact!(
        "doc",
        doc,
        [code],
        "In a taxonomy: the definition of the kind."
    )
    .change(Difference::definition("doc"))
    .exported("definition")
    .for_kinds(),
    fact!(
        "unlike",
        unlike,
        [code],
        "In a taxonomy: codes of kinds that are easily confused with it."
    )
    .change(Difference::definition("unlike"))
    .for_kinds(),
    fact!(
        "fault",
        fault,
        [code],
        "In a taxonomy: who usually causes it."
    )
    .overridable()
    .change(Difference::definition("fault"))
    .for_kinds(),
    fact!(
        "http-answer",
        http_answer,
        [code],
        "In a taxonomy: the HTTP status (100 to 599) that your service should answer with."
    )
    .overridable()
    .change(Difference::definition("http-answer"))
    .form(Form::HttpStatus)
    .for_kinds(),
    fact!(
        "grpc",
        grpc,
        [code],
        "In a taxonomy: the [`GrpcCode`](crate::GrpcCode) that your service should answer with."
    )
    .overridable()
    .change(Difference::definition("grpc"))
    .for_kinds(),
    fact!("message", message, [code], "What the code means.")
        .overridable()
        .default("the symbol or the code")
        .overlay_doc("Only needed if it corrects that of the row, or no row has one.")
        .merge(Merge::OverlayInOneLanguage)
        .change(Difference::new(
            "message-changed",
            Weight::Warning,
            Bump::Minor,
        ))
        .display(Display::OwnLine)
        .always_exported(),
    fact!(
        "said",
        said,
        [code],
        "The vendor's own words, in each language in which `message` corrects them."
    )
    .merge(Merge::Computed)
    .change(Difference::new("said-changed", Weight::Info, Bump::Minor)),
    fact!(
        "remedy",
        remedy,
        [code],
        "What to do about it, in the vendor's words."
    )
    .overridable()
    .overlay_doc("Only needed if it corrects that of the row, or no row has one.")
    .merge(Merge::OverlayInOneLanguage)
    .change(Difference::new(
        "remedy-changed",
        Weight::Warning,
        Bump::Minor,
    ))
    .display(Display::OwnLine),
    fact!(
        "kind",
        kind,
        [code, range],
        "What it means across vendors: a code of the [taxonomy](crate::guide::spec#kinds)."
    )
    .overridable()
    .merge(Merge::Overlay)
    .change(Difference::new(
        "kind-changed",
        Weight::Warning,
        Bump::Minor,
    ))
    .display(Display::OwnLine),
    fact!(
        "retry",
        retry,
        [code, range],
        "What the caller should do: see [`Retry`](crate::Retry)."
    )
    .overridable()
    .overlay_doc("If it differs from the kind's, give `because` or `quote`.")
    .merge(Merge::Kind)
    .absent(UNSPECIFIED)
    .change(Difference::new(
        "retry-changed",
        Weight::Warning,
        Bump::Minor,
    ))
    .display(Display::OwnLine),
    fact!(
        "retry-after",
        retry_after,
        [code],
        "The minimum number of seconds to wait before a retry."
    )
    .overridable()
    .merge(Merge::Overlay)
    .change(Difference::new("retry-changed", Weight::Warning, Bump::Minor).detail("after"))
    .display(Display::OwnLine),
    fact!(
        "billing",
        billing,
        [code, range],
        "Whether the vendor charges for the answer; leave it out if the document does not say."
    )
    .overridable()
    .overlay_default("the document's column or rule")
    .override_doc("Whether the vendor charges for the answer. `free` requires `because`.")
    .overlay_doc("`unspecified` for a code overrides the rule of the set.")
    .merge(Merge::OverlayOrUnspecified)
    .absent(UNSPECIFIED)
    // A change of costs must not be hidden: otherwise a user learns of it from the bill.
    .change(
        Difference::new("billing-changed", Weight::Error, Bump::Minor).at_least(Weight::Warning),
    )
    .display(Display::OwnLine),
    fact!(
        "http",
        http,
        [code],
        "The HTTP status (100 to 599) that the vendor sends with the code."
    )
    .overlay_default("the document's column")
    .merge(Merge::Overlay)
    .change(Difference::new(
        "http-changed",
        Weight::Warning,
        Bump::Minor,
    ))
    .form(Form::HttpStatus)
    .display(Display::OwnLine),
    // `regen` takes it from the kind.
    fact!("success", success, [code], "The code reports success.")
        .merge(Merge::Computed)
        .change(Difference::new(
            "success-changed",
            Weight::Error,
            Bump::Minor,
        ))
        .display(Display::Hidden),
    fact!(
        "severity",
        severity,
        [code, range, set],
        "How serious it is."
    )
    .overridable()
    .set_doc(
        "How serious its codes are, except those that report success or have a severity of their \
         own.",
    )
    .default("that of the set, else `error`; `info` for success")
    .overlay_default("that of the set, else of the kind; `info` for success")
    .merge(Merge::Kind)
    .change(Difference::new(
        "severity-changed",
        Weight::Warning,
        Bump::Minor,
    ))
    .always_exported(),
    fact!(
        "note",
        note,
        [code, range, set],
        "What a reader should know beyond the vendor's document: a \
         [note](crate::guide::spec#notes) by language, with its source."
    )
    .overridable()
    .merge(Merge::Overlay)
    .change(Difference::new("note-changed", Weight::Info, Bump::Patch)),
    fact!(
        "since",
        since,
        [code],
        "The edition of the document and the release of the registry in which it \
         [first appeared](crate::guide::spec#when-a-code-first-appeared)."
    )
    .default("that of the spec")
    .merge(Merge::Computed)
    .change(Difference::new("since-changed", Weight::Info, Bump::Patch)),
];

/// A fact without any of the properties that a row may add.
const BASE: Fact = Fact {
    key: "",
    doc: "",
    set_doc: None,
    override_doc: None,
    overlay_doc: None,
    default: None,
    overlay_default: None,
    merge: Merge::Document,
    absent: None,
    diff: None,
    form: Form::Any,
    display: Display::Labelled,
    is_always_exported: false,
    is_for_kinds: false,
    is_overridable: false,
    exported: None,
    code: None,
    range: None,
    set: None,
};

/// The properties that a row of [`FACTS`] may add.
impl Fact {
    const fn set_doc(mut self, doc: &'static str) -> Self {
        self.set_doc = Some(doc);
        self
    }

    const fn override_doc(mut self, doc: &'static str) -> Self {
        self.override_doc = Some(doc);
        self
    }

    const fn overlay_doc(mut self, doc: &'static str) -> Self {
        self.overlay_doc = Some(doc);
        self
    }

    const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    const fn overlay_default(mut self, default: &'static str) -> Self {
        self.overlay_default = Some(default);
        self
    }

    const fn merge(mut self, merge: Merge) -> Self {
        self.merge = merge;
        self
    }

    const fn absent(mut self, word: &'static str) -> Self {
        self.absent = Some(word);
        self
    }

    const fn change(mut self, difference: Difference) -> Self {
        self.diff = Some(difference);
        self
    }

    const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    const fn display(mut self, display: Display) -> Self {
        self.display = display;
        self
    }

    const fn always_exported(mut self) -> Self {
        self.is_always_exported = true;
        self
    }

    const fn for_kinds(mut self) -> Self {
        self.is_for_kinds = true;
        self
    }

    const fn overridable(mut self) -> Self {
        self.is_overridable = true;
        self
    }

    const fn exported(mut self, key: &'static str) -> Self {
        self.exported = Some(key);
        self
    }
}

/// The first fact with a key: `title` is a fact of sets and, apart from it, of kinds.
#[must_use]
pub fn fact(key: &str) -> Option<&'static Fact> {
    FACTS.iter().find(|fact| fact.key == key)
}

/// The facts of a type of entry that are strings by language, in the order in which a spec.toml
/// lists them.
pub fn text_facts_of<E: Entry>() -> impl Iterator<Item = &'static Fact> {
    facts_of::<E>().filter(|fact| fact.has_texts())
}

/// The facts of a type of entry, in the order in which a spec.toml lists them.
pub fn facts_of<E: Entry>() -> impl Iterator<Item = &'static Fact> {
    FACTS.iter().filter(|fact| E::access(fact).is_some())
}

impl Fact {
    /// Its key in exports.
    #[must_use]
    pub fn exported_key(&self) -> String {
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

    /// Whether its values have strings by language.
    #[must_use]
    pub fn has_texts(&self) -> bool {
        matches!(self.fact_type(), FactType::Texts | FactType::Note)
    }

    /// Its strings by language in an entry; `None` where it has no such strings.
    pub fn texts<'e, E: Entry>(&self, entry: &'e E) -> Option<&'e Texts> {
        (E::access(self)?.get)(entry).texts()
    }

    /// Parses its value like [`parse`](Self::parse). Where an overlay may say `unspecified`, returns
    /// the position of that word if it does.
    pub fn parse_or_unspecified<E: Entry>(
        &self,
        entry: &mut E,
        fields: &mut Fields<'_>,
        problems: &mut Problems,
    ) -> Option<Place> {
        let (Merge::OverlayOrUnspecified, FactType::Word(words)) = (self.merge, self.fact_type())
        else {
            self.parse(entry, fields, problems);
            return None;
        };
        let words = words.into_iter().chain([UNSPECIFIED]);
        let words: Vec<_> = words.map(|word| (word, word)).collect();
        let word = fields.word(self.key, &words, problems)?;
        if word.value == UNSPECIFIED {
            return Some(word.place);
        }
        self.set(entry, Some(Value::Word(word)));
        None
    }

    fn type_in<E: Entry>(&self) -> Option<FactType> {
        let access = E::access(self)?;
        Some((access.get)(&E::default()).fact_type())
    }

    /// Its value in an entry; `None` where it is absent, or has the value that absence means.
    pub fn get<E: Entry>(&self, entry: &E) -> Option<Value> {
        (E::access(self)?.get)(entry).get()
    }

    /// Sets or removes its value in an entry. A value of another type removes it.
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
    #[expect(
        private_interfaces,
        reason = "only this module reads and writes fields"
    )]
    fn access(fact: &Fact) -> Option<&Access<Self>>;
}

#[expect(
    private_interfaces,
    reason = "only this module reads and writes fields"
)]
impl Entry for Code {
    fn access(fact: &Fact) -> Option<&Access<Self>> {
        fact.code.as_ref()
    }
}

#[expect(
    private_interfaces,
    reason = "only this module reads and writes fields"
)]
impl Entry for Range {
    fn access(fact: &Fact) -> Option<&Access<Self>> {
        fact.range.as_ref()
    }
}

#[expect(
    private_interfaces,
    reason = "only this module reads and writes fields"
)]
impl Entry for Set {
    fn access(fact: &Fact) -> Option<&Access<Self>> {
        fact.set.as_ref()
    }
}

/// The field of an entry that holds a fact.
struct Access<E> {
    get: fn(&E) -> &dyn Field,
    get_mut: fn(&mut E) -> &mut dyn Field,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::parse;
    use crate::place::Source;
    use crate::spec::{BillingSource, Retry};

    fn parse_code(fields: &str) -> Code {
        let text = format!(
            "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n[[set.code]]\n{fields}\n"
        );
        let spec = parse(&Source::new("spec.toml", &text)).unwrap();
        spec.sets[0].codes[0].clone()
    }

    #[test]
    fn every_entry_has_a_key_once_and_every_fact_belongs_to_something() {
        fn keys_of<E: Entry>() -> Vec<&'static str> {
            facts_of::<E>().map(|fact| fact.key).collect()
        }
        for keys in [keys_of::<Code>(), keys_of::<Range>(), keys_of::<Set>()] {
            let different: BTreeSet<_> = keys.iter().collect();
            assert_eq!(different.len(), keys.len(), "{keys:?}");
        }
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
    fn get_returns_what_was_set() {
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
    fn a_key_of_exports_has_underscores_unless_it_is_another() {
        let exported = |key: &str| fact(key).unwrap().exported_key();
        assert_eq!(exported("retry-after"), "retry_after");
        assert_eq!(exported("params"), "parameters");
        assert!(fact("unknown").is_none());
    }

    #[test]
    fn an_overlay_decides_what_is_neither_read_nor_computed() {
        let decides = |key: &str| fact(key).unwrap().merge.is_in_overlay();
        assert!(decides("kind") && decides("billing") && decides("remedy") && decides("retry"));
        assert!(!decides("code") && !decides("since"));
    }

    #[test]
    fn a_change_has_a_class_a_detail_and_a_least_weight() {
        let difference = |key: &str| fact(key).unwrap().diff.unwrap();
        for (key, class, detail, weight, bump) in [
            ("retry", "retry-changed", None, Weight::Warning, Bump::Minor),
            (
                "retry-after",
                "retry-changed",
                Some("after"),
                Weight::Warning,
                Bump::Minor,
            ),
            (
                "doc",
                "definition-changed",
                Some("doc"),
                Weight::Warning,
                Bump::Minor,
            ),
            ("note", "note-changed", None, Weight::Info, Bump::Patch),
            (
                "success",
                "success-changed",
                None,
                Weight::Error,
                Bump::Minor,
            ),
        ] {
            let found = difference(key);
            assert_eq!(
                (found.class, found.detail, found.weight, found.bump),
                (class, detail, weight, bump),
                "{key}"
            );
        }
        // A change of costs cannot be hidden, any other can.
        assert_eq!(difference("billing").least, Weight::Warning);
        let others = FACTS.iter().filter(|fact| fact.key != "billing");
        for fact in others.filter(|fact| fact.diff.is_some()) {
            assert_eq!(fact.diff.unwrap().least, Weight::Cosmetic, "{}", fact.key);
        }
    }

    #[test]
    fn a_fact_without_texts_has_none_in_any_entry() {
        let code =
            parse_code("code = \"1\"\nvariant = \"A\"\nmessage.en = \"m\"\nretry = \"never\"");
        assert_eq!(fact("retry").unwrap().texts(&code), None);
        assert_eq!(fact("message").unwrap().texts(&code), Some(&code.message));
        assert_eq!(fact("note").unwrap().texts(&code), None);
        assert!(!fact("retry").unwrap().has_texts() && fact("note").unwrap().has_texts());
        assert!(facts_of::<Set>().any(|fact| fact.key == "name"));
        assert!(facts_of::<Range>().all(|fact| fact.key != "name"));
    }

    #[test]
    fn the_source_of_billing_is_a_column_or_a_sentence() {
        let billing = fact("billing-source").unwrap();
        for (key, expected) in [
            ("column", BillingSource::Column("text".into())),
            ("quote", BillingSource::Quote("text".into())),
        ] {
            let table = Value::Table(vec![(key.to_owned(), "text".into())]);
            let mut set = Set::default();
            billing.set(&mut set, Some(table.clone()));
            assert_eq!(set.billing_source, Some(expected), "{key}");
            assert_eq!(billing.get(&set), Some(table));
            billing.set(&mut set, None);
            assert_eq!(billing.get(&set), None);
        }
        let mut set = Set::default();
        billing.set(
            &mut set,
            Some(Value::Table(vec![("page".to_owned(), "7".into())])),
        );
        assert_eq!(set.billing_source, None);
    }

    #[test]
    fn since_has_an_edition_and_a_release() {
        let entry = |key: &str, text: &str| (key.to_owned(), text.into());
        let table = Value::Table(vec![entry("edition", "2018"), entry("release", "0.1.0")]);
        let since = fact("since").unwrap();
        let mut code = Code::default();
        since.set(&mut code, Some(table.clone()));
        assert_eq!(since.get(&code), Some(table.clone()));
        let spec = Spec {
            since: code.since,
            ..Spec::default()
        };
        assert_eq!(since_of_vendor(&spec), Some(table));
        assert_eq!(since_of_vendor(&Spec::default()), None);
    }

    #[test]
    fn a_value_is_one_line_for_people_and_is_where_it_begins() {
        let code = parse_code(
            "code = \"1\"\nvariant = \"A\"\naliases = [\"b\", \"c\"]\nretry = \"backoff\"\n\
             retry-after = 5\nsuccess = true\nparams = { a = {}, b = {} }\n\
             message = { en = \"m\", de = \"n\" }\nnote = { en = \"n\", date = \"2021-07\" }",
        );
        for (key, text, place) in [
            ("code", "1", Some("spec.toml:7:8")),
            ("aliases", "b, c", Some("spec.toml:9:12")),
            ("retry", "backoff", Some("spec.toml:10:9")),
            ("retry-after", "5", Some("spec.toml:11:15")),
            ("success", "true", None),
            ("params", "a; b", Some("spec.toml:13:12")),
            ("message", "de n; en m", Some("spec.toml:14:28")),
            ("note", "en n; date 2021-07", Some("spec.toml:15:15")),
        ] {
            let value = fact(key).unwrap().get(&code).unwrap();
            assert_eq!(value.text(), text, "{key}");
            let found = value.place().map(|place| place.to_string());
            assert_eq!(found.as_deref(), place, "{key}");
        }
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
