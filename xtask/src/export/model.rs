//! The model that the templates of exports are filled with: a registry with everything computed
//! that an implementation in another language needs. The guide, `guide::ports`, documents its
//! fields.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

use errbook::Locale;
use errbook_spec::check;
use errbook_spec::facts::{Fact, FactType, UNSPECIFIED, facts_of};
use errbook_spec::problem::Problems;
use errbook_spec::registry::{self, Registry};
use errbook_spec::template::{Template, bracketed, is_name};
use errbook_spec::{
    self as spec, Billing, Fault, GrpcCode, Identity, Retry, Severity, Spec, Wire, word,
};
use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use serde::Serialize;
use serde_json::{Value, json};

use crate::age::Age;
use crate::book::Book;
use crate::export::facts::{effective, facts_json};
use crate::formats::without_links;
use crate::reference::CodeReference;

/// The scripts that readers of a language, or of a language in a region, use. Only languages that
/// are written in several scripts are here; `Locale` of the runtime has the same.
const LIKELY_SCRIPTS: [(&str, &str); 5] = [
    ("zh", "Hans"),
    ("zh-TW", "Hant"),
    ("zh-HK", "Hant"),
    ("zh-MO", "Hant"),
    ("sr", "Cyrl"),
];

/// What the words of each fact mean, for the documentation of constants.
const MEANINGS: [(&str, &[(&str, &str)]); 4] = [
    (
        "retry",
        &[
            ("never", "The result is final: do not retry."),
            (
                "after-fix",
                "Retry only after a developer has corrected the request, the configuration or the \
                 token.",
            ),
            (
                "after-user-action",
                "Ask the user to act, then retry: a program that retries by itself may lock a card or \
                 an account.",
            ),
            (
                "backoff",
                "A transient failure: retry the same request with increasing delays.",
            ),
            (
                "throttled",
                "Too many requests: slow down, then retry the same request, not before the delay of \
                 the code.",
            ),
            (
                "contact-vendor",
                "Only the vendor can help: alert the people who are in contact with them.",
            ),
            (
                UNSPECIFIED,
                "The registry does not say: never treat it as one of the other classes.",
            ),
        ],
    ),
    (
        "billing",
        &[
            (
                "billed",
                "The vendor's document says that the answer is charged.",
            ),
            (
                "free",
                "The vendor's document says that the answer is not charged.",
            ),
            (
                UNSPECIFIED,
                "The vendor's document does not say: the answer may be charged.",
            ),
        ],
    ),
    (
        "severity",
        &[
            (
                "error",
                "The request failed. Unknown codes have this severity, too.",
            ),
            (
                "warning",
                "The request passed, but the vendor recommends to check something.",
            ),
            (
                "info",
                "The request passed, or the code only reports a state.",
            ),
        ],
    ),
    (
        "fault",
        &[
            ("end-user", "The user: what they did, showed or entered."),
            (
                "caller",
                "Your side: the program, its credentials or its account.",
            ),
            ("vendor", "The vendor."),
            ("network", "The network in between."),
        ],
    ),
];

/// A registry.
#[derive(Debug, Serialize)]
pub struct Model {
    /// What the code of the registry is called, such as `errbook_codes`.
    pub name: String,
    /// The version of the registry; `None` if it has none.
    pub version: Option<String>,
    /// The words of each fact that is a word: `retry`, `billing`, `severity`, `fault`.
    pub words: BTreeMap<&'static str, Vec<&'static str>>,
    /// What each of these words means, by fact and word.
    pub meanings: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    /// The scripts that a language tag without a script implies, by language or by language and
    /// region.
    pub likely_scripts: BTreeMap<&'static str, &'static str>,
    /// The facts that codes may have.
    pub facts: Vec<CodeFact>,
    /// The languages of `kinds`, the fallback first.
    pub languages: Vec<String>,
    /// The kinds that codes may have.
    pub kinds: Vec<Kind>,
    /// The vendors.
    pub vendors: Vec<Vendor>,
}

/// A fact that codes may have.
#[derive(Debug, Serialize)]
pub struct CodeFact {
    /// The name of its field of a code.
    pub key: String,
    /// What it is: sentences in Markdown, without links.
    pub doc: String,
    /// The type of its values: `text`, `texts` by language, `note`, `list`, `number`, `word`,
    /// `flag` or `table`.
    pub of: &'static str,
    /// The words, of which the first is the default; the keys of a table.
    pub words: Vec<&'static str>,
}

/// What codes of several vendors mean.
#[derive(Debug, Serialize)]
pub struct Kind {
    /// What `kind` of a code says.
    pub code: String,
    /// What to tell the user, by language.
    pub message: BTreeMap<String, String>,
    /// Its definition, by language.
    pub definition: BTreeMap<String, String>,
    /// Whose fault it usually is.
    pub fault: Option<&'static str>,
    /// The HTTP status to answer with.
    pub http_answer: Option<u16>,
    /// The gRPC code to answer with.
    pub grpc: Option<&'static str>,
    /// What a caller should do.
    pub retry: &'static str,
    /// Whether it is success.
    pub success: bool,
}

/// A vendor.
#[derive(Debug, Serialize)]
pub struct Vendor {
    /// Its name, in kebab-case.
    pub name: String,
    /// The title of its document, by language.
    pub title: BTreeMap<String, String>,
    /// Which edition of its document it is from, where that is, and whether the vendor has a later
    /// one, in English; `None` if the spec does not say.
    pub document: Option<String>,
    /// The languages of its texts, the fallback first.
    pub languages: Vec<String>,
    /// Its sets.
    pub sets: Vec<Set>,
}

/// A set of codes.
#[derive(Debug, Serialize)]
pub struct Set {
    /// The vendor's name.
    pub vendor: String,
    /// Its name, in `UpperCamelCase`.
    pub name: String,
    /// Its title, by language.
    pub title: BTreeMap<String, String>,
    /// The type of its codes: `integer`, `integer64`, `string` or `flags`.
    pub wire: &'static str,
    /// How many bits a number has; 0 if the codes are strings.
    pub bits: u8,
    /// Whether a code and its symbol identify it together.
    pub both: bool,
    /// The documented length of a string of flags; 0 for other sets.
    pub width: usize,
    /// What codes lead to, in the order of the codes. Empty if symbols are needed to decide.
    pub keys: Vec<Key>,
    /// What symbols without parameters lead to.
    pub symbols: Vec<Symbol>,
    /// What symbols with parameters lead to: the first that matches decides.
    pub templates: Vec<Form>,
    /// What is known of codes that are not documented.
    pub ranges: Vec<Range>,
    /// The codes, without the former meanings of other codes.
    pub codes: Vec<Code>,
    /// What each of `keys` leads to.
    #[serde(skip)]
    pub(super) by_key: HashMap<String, usize>,
    /// What each key of `symbols` leads to.
    #[serde(skip)]
    pub(super) by_symbol: HashMap<String, usize>,
}

/// A code on the wire, and what it leads to.
#[derive(Debug, Serialize)]
pub struct Key {
    /// The code; a number in decimal.
    pub key: String,
    /// The position of the code in `codes`.
    pub index: usize,
}

/// A symbol without parameters, and what it leads to.
#[derive(Debug, Serialize)]
pub struct Symbol {
    /// What to look up: the symbol, or the code, a line feed and the symbol if both identify a code
    /// together. Neither contains a line feed.
    pub key: String,
    /// The code that must come with it if both identify a code together, in decimal if it is a
    /// number; otherwise empty.
    pub code: String,
    /// The symbol.
    pub symbol: String,
    /// The position of the code in `codes`.
    pub index: usize,
}

/// A symbol with parameters that leads to a code.
#[derive(Debug, Serialize)]
pub struct Form {
    /// The code that must come with it if both identify a code together, in decimal if it is a
    /// number; otherwise empty.
    pub code: String,
    /// The strings before, between and after the parameters: one more than there are parameters.
    pub literals: Vec<String>,
    /// The names of the parameters.
    pub parameters: Vec<String>,
    /// Whether it does not decode, because several codes have it. It still has parameters.
    pub shared: bool,
    /// The position of the code in `codes`.
    pub index: usize,
}

/// What is known of codes that are not documented.
#[derive(Debug, Serialize)]
pub struct Range {
    /// The first code.
    pub from: i64,
    /// The last code, included.
    pub to: i64,
    /// What its codes mean across vendors.
    pub kind: Option<String>,
    /// What a caller should do.
    pub retry: &'static str,
    /// Whether the vendor charges for it.
    pub billing: &'static str,
    /// How serious its codes are.
    pub severity: &'static str,
}

/// A code. The facts of the spec are beside these fields, under their names in exports.
#[derive(Debug, Serialize)]
pub struct Code {
    #[serde(flatten)]
    facts: serde_json::Map<String, Value>,
    /// The symbol as references in the spec write it.
    #[serde(skip)]
    raw_symbol: Option<String>,
    /// The code as a number; `None` if the codes are strings.
    pub number: Option<i64>,
    /// The name of the code in several notations, unique in its set.
    pub names: Names,
    /// The position of a flag, counted from the left, starting at 1; 0 for other codes.
    pub position: usize,
    /// The names of the parameters in its symbol.
    pub parameters: Vec<String>,
    /// The documented values of each of the parameters; any other value is possible, too.
    pub values: Vec<Vec<String>>,
    /// The message by language; every language of the vendor has one. `<<name>` is an escape for
    /// the characters `<name>`, whether or not that is a parameter.
    pub message: BTreeMap<String, String>,
    /// What to do about it, by language; empty if the vendor does not say.
    pub remedy: BTreeMap<String, String>,
    /// The message and the note, for the documentation of a constant: in English if there is some.
    pub summary: String,
    /// Whether the vendor no longer documents it.
    pub retired: bool,
    /// What to use instead of a retired code, if the export contains it.
    pub replacement: Option<Replacement>,
}

/// A code that replaces another.
#[derive(Debug, Serialize)]
pub struct Replacement {
    /// The name of its vendor.
    pub vendor: String,
    /// The name of its set.
    pub set: String,
    /// Its name.
    pub names: Names,
}

/// A name in several notations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Names {
    /// `videoHasNoSound`.
    pub camel: String,
    /// `VideoHasNoSound`.
    pub pascal: String,
    /// `VIDEO_HAS_NO_SOUND`.
    pub screaming: String,
    /// `video_has_no_sound`.
    pub snake: String,
}

impl Code {
    /// A fact by its name in exports; `null` if the code does not have it.
    #[must_use]
    pub fn fact(&self, key: &str) -> &Value {
        self.facts.get(key).unwrap_or(&Value::Null)
    }
}

impl Model {
    /// Checks the specs of a book, and computes the model. Readers whose language is missing get
    /// `fallback`; if it is `None` or missing itself, that of the document. Kinds have the fallback
    /// of the codes if all vendors have the same, so that a page is in one language.
    ///
    /// # Errors
    ///
    /// A spec is not valid.
    pub fn new(book: &Book, fallback: Option<&str>) -> Result<Self, Problems> {
        let fallback = fallback.and_then(|tag| Locale::parse(tag).ok());
        let vendors = book.specs.iter().map(|spec| vendor(spec, fallback));
        let mut vendors: Vec<_> = vendors.collect::<Result<_, _>>()?;
        fill_replacements(&mut vendors);
        let fallback = fallback.or_else(|| common_language(&vendors));
        let (languages, kinds) = match &book.kinds {
            Some(spec) => kinds(spec, fallback)?,
            None => (Vec::new(), kinds_of(&vendors)),
        };
        let name = book.crate_name.as_deref().unwrap_or("error_codes");
        Ok(Self {
            name: name.to_owned(),
            version: book.version.clone(),
            words: BTreeMap::from([
                ("retry", words(Retry::WORDS, &[UNSPECIFIED])),
                ("billing", words(Billing::WORDS, &[UNSPECIFIED])),
                ("severity", words(Severity::WORDS, &[])),
                ("fault", words(Fault::WORDS, &[])),
            ]),
            meanings: MEANINGS
                .map(|(fact, words)| (fact, words.iter().copied().collect()))
                .into(),
            likely_scripts: BTreeMap::from(LIKELY_SCRIPTS),
            facts: facts_of_codes().map(code_fact).collect(),
            languages,
            kinds,
            vendors,
        })
    }
}

/// The first language of all vendors, if they have the same.
fn common_language(vendors: &[Vendor]) -> Option<Locale> {
    let mut first = vendors.iter().filter_map(|vendor| vendor.languages.first());
    let common = first.next()?;
    let is_common = first.all(|language| language == common);
    is_common.then(|| Locale::parse(common).ok())?
}

/// Finds the codes that retired ones name in `replaced-by`.
fn fill_replacements(vendors: &mut [Vendor]) {
    let mut found = Vec::new();
    for (at, vendor) in vendors.iter().enumerate() {
        for (set_at, set) in vendor.sets.iter().enumerate() {
            for (code_at, code) in set.codes.iter().enumerate() {
                let reference = code.fact("replaced_by").as_str();
                let replacement = reference.and_then(|text| replacement(vendors, vendor, text));
                found.extend(replacement.map(|it| ((at, set_at, code_at), it)));
            }
        }
    }
    for ((at, set, code), replacement) in found {
        vendors[at].sets[set].codes[code].replacement = Some(replacement);
    }
}

/// The code of a reference in a vendor's spec: `Set.code`, `Set.code.symbol` or `vendor/Set.code`.
fn replacement(vendors: &[Vendor], own: &Vendor, reference: &str) -> Option<Replacement> {
    let reference = CodeReference::parse(&own.name, reference)?;
    let mut vendors = vendors.iter();
    let vendor = vendors.find(|known| known.name == reference.vendor)?;
    let set = vendor.sets.iter().find(|set| set.name == reference.set)?;
    let mut codes = set.codes.iter();
    let code = codes.find(|known| {
        let code = known.fact("code").as_str().unwrap_or_default();
        reference.is_to(code, known.raw_symbol.as_deref())
    })?;
    Some(Replacement {
        vendor: vendor.name.clone(),
        set: set.name.clone(),
        names: code.names.clone(),
    })
}

fn words<T>(words: &[(&'static str, T)], more: &[&'static str]) -> Vec<&'static str> {
    let own = words.iter().map(|(word, _)| *word);
    own.chain(more.iter().copied()).collect()
}

fn code_fact(fact: &Fact) -> CodeFact {
    let (of, words) = match fact.fact_type() {
        FactType::Texts => ("texts", Vec::new()),
        FactType::Note => ("note", Vec::new()),
        FactType::List => ("list", Vec::new()),
        FactType::Number => ("number", Vec::new()),
        FactType::Flag => ("flag", Vec::new()),
        FactType::Word(words) => ("word", words),
        FactType::Table(keys) => ("table", keys.to_vec()),
        _ => ("text", Vec::new()),
    };
    CodeFact {
        key: fact.exported_key(),
        doc: without_links(fact.doc),
        of,
        words,
    }
}

fn kinds(spec: &Spec, fallback: Option<Locale>) -> Result<(Vec<String>, Vec<Kind>), Problems> {
    let registry = check(spec)?;
    let codes = registry.sets.iter().flat_map(|set| &set.codes);
    let kinds = codes.map(|code| Kind {
        code: code.text.clone(),
        message: by_language(&registry, &code.message),
        definition: by_language(&registry, &code.doc),
        fault: code.fault.map(|fault| word(Fault::WORDS, fault)),
        http_answer: code.http_answer,
        grpc: code.grpc.map(|grpc| word(GrpcCode::WORDS, grpc)),
        retry: retry(code.retry),
        success: code.success,
    });
    Ok((languages(&registry, fallback), kinds.collect()))
}

/// The kinds that codes have, if nothing defines them.
fn kinds_of(vendors: &[Vendor]) -> Vec<Kind> {
    let sets = || vendors.iter().flat_map(|vendor| &vendor.sets);
    let of_codes = sets().flat_map(|set| &set.codes);
    let of_codes = of_codes.filter_map(|code| code.fact("kind").as_str().map(str::to_owned));
    let of_ranges = sets().flat_map(|set| &set.ranges);
    let of_ranges = of_ranges.filter_map(|range| range.kind.clone());
    let kinds: BTreeSet<String> = of_codes.chain(of_ranges).collect();
    let kinds = kinds.into_iter().map(|code| Kind {
        code,
        message: BTreeMap::new(),
        definition: BTreeMap::new(),
        fault: None,
        http_answer: None,
        grpc: None,
        retry: UNSPECIFIED,
        success: false,
    });
    kinds.collect()
}

fn vendor(spec: &Spec, fallback: Option<Locale>) -> Result<Vendor, Problems> {
    let registry = check(spec)?;
    let sets = registry.sets.iter().zip(&spec.sets);
    Ok(Vendor {
        name: registry.vendor.clone(),
        title: by_language(&registry, &registry.title),
        document: document(spec),
        languages: languages(&registry, fallback),
        sets: sets
            .map(|(set, raw)| new_set(spec, &registry, set, raw))
            .collect(),
    })
}

/// `V2 (2018-12-06), https://example.com/v2; superseded on 2019-01-28 by https://example.com/v3`.
fn document(spec: &Spec) -> Option<String> {
    let age = Age::of(spec);
    let edition = age.as_ref().and_then(|age| age.edition.as_deref());
    let url = spec.source.as_ref().and_then(|source| source.url.as_ref());
    let url = url.map(|url| url.value.as_str());
    let parts: Vec<_> = edition.into_iter().chain(url).collect();
    let mut text = parts.join(", ");
    if let Some(age) = age
        && let Some(superseded) = age.superseded
    {
        text.push_str("; superseded");
        if let Some(day) = superseded.day() {
            let _ = write!(text, " on {day}");
        }
        if let Some(newer) = age.newer {
            let _ = write!(text, " by {newer}");
        }
    }
    (!text.is_empty()).then_some(text)
}

/// The languages of a registry, the fallback first.
fn languages(registry: &Registry, fallback: Option<Locale>) -> Vec<String> {
    let mut tags = registry.locales.clone();
    let available: Vec<_> = tags
        .iter()
        .filter_map(|tag| Locale::parse(tag).ok())
        .collect();
    let first = fallback.and_then(|fallback| fallback.best_of(&available));
    tags[..=first.unwrap_or_default()].rotate_right(1);
    tags
}

/// Texts by language, without the empty ones.
pub(crate) fn by_language(registry: &Registry, texts: &[String]) -> BTreeMap<String, String> {
    let texts = registry.locales.iter().zip(texts);
    texts
        .filter(|(_, text)| !text.is_empty())
        .map(|(tag, text)| (tag.clone(), text.clone()))
        .collect()
}

fn new_set(spec: &Spec, registry: &Registry, set: &registry::Set, raw: &spec::Set) -> Set {
    let current = set.codes.iter().zip(&raw.codes);
    let current: Vec<_> = current.filter(|(code, _)| code.former.is_none()).collect();
    let codes: Vec<_> = current.iter().map(|(code, _)| *code).collect();
    let mut models: Vec<_> = current
        .iter()
        .map(|(code, raw_code)| new_code(registry, set, code, &effective(spec, raw, raw_code)))
        .collect();
    let names = names(set, &codes);
    let keys = keys(set, &codes);
    let symbols = symbols(&names);
    for (unique, code) in unique_names(&codes).into_iter().zip(&mut models) {
        code.names = unique;
    }
    Set {
        vendor: registry.vendor.clone(),
        name: set.name.clone(),
        title: by_language(registry, &set.title),
        wire: word(Wire::WORDS, set.wire),
        bits: match set.wire {
            Wire::Integer => 32,
            Wire::Integer64 => 64,
            Wire::String | Wire::Flags => 0,
        },
        both: set.identity == Identity::CodeAndSymbol,
        width: match set.wire {
            Wire::Flags => codes.iter().map(|code| code.text.len()).max().unwrap_or(0),
            _ => 0,
        },
        by_key: first_of(keys.iter().map(|key| (&key.key, key.index))),
        by_symbol: first_of(symbols.iter().map(|symbol| (&symbol.key, symbol.index))),
        keys,
        symbols,
        templates: templates(&names),
        ranges: set.ranges.iter().map(new_range).collect(),
        codes: models,
    }
}

/// What each key leads to first.
fn first_of<'a>(keys: impl Iterator<Item = (&'a String, usize)>) -> HashMap<String, usize> {
    let mut first = HashMap::new();
    for (key, index) in keys {
        first.entry(key.clone()).or_insert(index);
    }
    first
}

fn new_range(range: &registry::Range) -> Range {
    Range {
        from: range.from,
        to: range.to,
        kind: range.kind.as_ref().map(|kind| kind.value.clone()),
        retry: retry(range.retry),
        billing: billing(range.billing),
        severity: word(Severity::WORDS, range.severity),
    }
}

fn retry(retry: Option<Retry>) -> &'static str {
    retry.map_or(UNSPECIFIED, |retry| word(Retry::WORDS, retry))
}

fn billing(billing: Option<Billing>) -> &'static str {
    billing.map_or(UNSPECIFIED, |billing| word(Billing::WORDS, billing))
}

fn new_code(
    registry: &Registry,
    set: &registry::Set,
    code: &registry::Code,
    raw: &spec::Code,
) -> Code {
    let mut facts = all_facts(raw);
    // These are fields of the model.
    for key in ["parameters", "message", "remedy"] {
        facts.remove(key);
    }
    let names = code.template.iter().flat_map(|template| &template.names);
    let declared = raw.params.iter().map(|param| param.name.as_str());
    let parameters: BTreeSet<&str> = names.clone().map(String::as_str).chain(declared).collect();
    let texts = |texts: &[String]| {
        let mut texts = by_language(registry, texts);
        for text in texts.values_mut() {
            *text = escaped(text, &parameters);
        }
        texts
    };
    let message = texts(&code.message);
    let values = |name: &str| {
        let params = raw.params.iter().filter(|param| param.name.value == name);
        let values = params.flat_map(|param| &param.values);
        values.map(|value| value.value.clone()).collect()
    };
    Code {
        facts,
        raw_symbol: code.symbol.clone(),
        number: set.wire.is_number().then_some(code.number),
        names: Names::default(),
        position: match set.wire {
            Wire::Flags => code.text.find('1').map_or(0, |at| at + 1),
            _ => 0,
        },
        parameters: names.clone().cloned().collect(),
        values: names.map(|name| values(name)).collect(),
        summary: summary(&message, &by_language(registry, &code.note)),
        message,
        remedy: texts(&code.remedy),
        retired: code.retired,
        replacement: None,
    }
}

/// A text in which `<<name>` is an escape for any name. In a spec it is one only if `name` is a
/// parameter, but implementations do not know the parameters that have no value.
fn escaped(text: &str, parameters: &BTreeSet<&str>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("<<") {
        let (before, brackets) = rest.split_at(at);
        let name = brackets[2..].split('>').next().unwrap_or_default();
        let is_text = brackets[2..].contains('>') && is_name(name) && !parameters.contains(name);
        out.push_str(before);
        out.push_str(if is_text { "<<" } else { "<" });
        rest = &brackets[1..];
    }
    out + rest
}

/// The message and the note, in English if there is some.
fn summary(message: &BTreeMap<String, String>, note: &BTreeMap<String, String>) -> String {
    let english = |texts: &BTreeMap<String, String>| {
        let english = texts.iter().find(|(tag, _)| tag.starts_with("en"));
        english
            .or_else(|| texts.iter().next())
            .map(|(_, text)| text.clone())
    };
    let message = english(message).unwrap_or_default();
    let Some(note) = english(note) else {
        return message;
    };
    let end = if message.ends_with(['.', '!', '?', '。', '！', '？']) {
        ""
    } else {
        "."
    };
    format!("{message}{end} Note: {note}")
}

/// The facts that a vendor's code may have.
fn facts_of_codes() -> impl Iterator<Item = &'static Fact> {
    facts_of::<spec::Code>().filter(|fact| !fact.is_for_kinds)
}

/// The facts of a vendor's code, with `null` for those that it does not have.
pub(crate) fn all_facts(code: &spec::Code) -> serde_json::Map<String, Value> {
    let mut all: serde_json::Map<_, _> = facts_of_codes()
        .map(|fact| (fact.exported_key(), json!(null)))
        .collect();
    all.extend(facts_json(code));
    all
}

/// The names of codes in each notation. Those that differ only in case or underscores, and so would
/// be the same in a notation, get a number.
fn unique_names(codes: &[&registry::Code]) -> Vec<Names> {
    let notation = |convert: fn(&str) -> String| {
        let mut known = BTreeSet::new();
        let unique = codes.iter().map(|code| {
            let name = convert(&code.variant);
            let numbered = (2..).map(|number| format!("{name}_{number}"));
            let mut candidates = std::iter::once(name.clone()).chain(numbered);
            let name = candidates.find(|name| !known.contains(name));
            let name = name.expect("some number is not taken");
            known.insert(name.clone());
            name
        });
        unique.collect::<Vec<_>>()
    };
    let camel = notation(str::to_lower_camel_case);
    let pascal = notation(str::to_upper_camel_case);
    let screaming = notation(str::to_shouty_snake_case);
    let snake = notation(str::to_snake_case);
    let names = camel.into_iter().zip(pascal).zip(screaming).zip(snake);
    let names = names.map(|(((camel, pascal), screaming), snake)| Names {
        camel,
        pascal,
        screaming,
        snake,
    });
    names.collect()
}

/// A code as a key: a number in decimal, a string as it is.
fn key_of(set: &registry::Set, number: i64, text: &str) -> String {
    if set.wire.is_number() {
        number.to_string()
    } else {
        text.to_owned()
    }
}

fn keys(set: &registry::Set, codes: &[&registry::Code]) -> Vec<Key> {
    if set.identity == Identity::CodeAndSymbol {
        return Vec::new();
    }
    let keys = codes.iter().enumerate().flat_map(|(index, code)| {
        let own = std::iter::once((code.number, code.text.as_str()));
        let others = code.other_codes.iter();
        let others = others.map(|(number, text, _)| (*number, text.as_str()));
        own.chain(others)
            .map(move |(number, text)| (key_of(set, number, text), index))
    });
    keys.map(|(key, index)| Key { key, index }).collect()
}

/// A symbol or an alias of a code, split at its parameters.
struct Name {
    index: usize,
    /// The code that must come with it; empty if the symbol suffices.
    code: String,
    literals: Vec<String>,
    parameters: Vec<String>,
}

/// Every symbol and alias, each once for a code.
fn names(set: &registry::Set, codes: &[&registry::Code]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        let first = names.len();
        let earlier = code.other_codes.iter().filter_map(|other| other.2.as_ref());
        let others = code.aliases.iter().chain(earlier);
        let others = others.map(|symbol| (symbol, Template::of(symbol, &[])));
        let own = code.symbol.iter();
        let own = own.map(|symbol| (symbol, code.template.clone()));
        for (symbol, template) in own.chain(others) {
            let template = template.map_or_else(|| symbol.clone(), |template| template.text);
            let (literals, parameters) = split(&template);
            let is_new = |name: &Name| name.literals != literals;
            if names[first..].iter().all(is_new) {
                names.push(Name {
                    index,
                    code: match set.identity {
                        Identity::CodeAndSymbol => key_of(set, code.number, &code.text),
                        Identity::Code => String::new(),
                    },
                    literals,
                    parameters,
                });
            }
        }
    }
    names
}

/// What is before, between and after the parameters of a template, and their names.
fn split(template: &str) -> (Vec<String>, Vec<String>) {
    let mut literals = Vec::new();
    let mut parameters = Vec::new();
    let mut rest = template;
    while let Some((before, name)) = bracketed(rest).next() {
        literals.push(before.to_owned());
        parameters.push(name.to_owned());
        rest = &rest[before.len() + name.len() + 2..];
    }
    literals.push(rest.to_owned());
    (literals, parameters)
}

/// What a name is looked up by: its code, and its beginning.
fn lookup_key(name: &Name) -> (&str, &str, bool) {
    (&name.code, &name.literals[0], name.parameters.is_empty())
}

/// The names that several codes have, which decode to none of them.
fn shared(names: &[Name]) -> BTreeSet<(&str, &str, bool)> {
    let mut first = BTreeMap::new();
    let mut shared = BTreeSet::new();
    // A code that comes with the symbol decides.
    for name in names.iter().filter(|name| name.code.is_empty()) {
        let key = lookup_key(name);
        if *first.entry(key).or_insert(name.index) != name.index {
            shared.insert(key);
        }
    }
    shared
}

fn symbols(names: &[Name]) -> Vec<Symbol> {
    let shared = shared(names);
    let mut known = BTreeSet::new();
    let symbols = names.iter().filter(|name| name.parameters.is_empty());
    let symbols = symbols.filter(|name| !shared.contains(&lookup_key(name)));
    let symbols = symbols.filter(|name| known.insert(lookup_key(name)));
    let symbols = symbols.map(|name| Symbol {
        key: match name.code.as_str() {
            "" => name.literals[0].clone(),
            code => format!("{code}\n{}", name.literals[0]),
        },
        code: name.code.clone(),
        symbol: name.literals[0].clone(),
        index: name.index,
    });
    symbols.collect()
}

fn templates(names: &[Name]) -> Vec<Form> {
    let shared = shared(names);
    let templates = names.iter().filter(|name| !name.parameters.is_empty());
    let mut templates: Vec<_> = templates
        .map(|name| Form {
            code: name.code.clone(),
            literals: name.literals.clone(),
            parameters: name.parameters.clone(),
            shared: shared.contains(&lookup_key(name)),
            index: name.index,
        })
        .collect();
    // The one that says most comes first.
    templates.sort_by_key(|form| std::cmp::Reverse(form.literals[0].len()));
    templates
}
