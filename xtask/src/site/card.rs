//! A code in, the values of its card out. The card is the body of the page of the code, and the
//! search page loads it.

use std::borrow::Cow;

use errbook_spec::facts::{Fact, FactType, Value};
use errbook_spec::place::At;
use errbook_spec::{
    BillingSource, Code, Fault, Identity, Param, Set, Severity, Spec, Status, default_severity,
    word,
};

use heck::ToLowerCamelCase;
use serde_json::json;

use crate::age::Age;
use crate::export::facts::{billing_note, effective};
use crate::interface::shown_facts;
use crate::rust_line::{rust_line, set_path};
use crate::site::anchor::{anchor, code_page, vendor_page};
use crate::site::context::{Context, Text};
use crate::site::peers::{MOST, Peers, Place};
use crate::site::shell::Filled;
use crate::site::view::{billing_word, retry_word};
use crate::symbol::readable_symbol;

/// All that the card of a code shows.
pub(super) struct CardView<'a> {
    pub(super) id: String,
    pub(super) page: String,
    pub(super) vendor: VendorLink<'a>,
    pub(super) set_name: &'a str,
    pub(super) set_id: String,
    pub(super) set_title: Vec<Text<'a>>,
    pub(super) code: &'a str,
    pub(super) symbol: Option<String>,
    pub(super) aliases: Vec<&'a str>,
    pub(super) variant: &'a str,
    pub(super) severity: &'static str,
    pub(super) retired: bool,
    /// The first edition of the document without the code.
    pub(super) retired_in: Option<&'a str>,
    /// Since when its code means something else, and what.
    pub(super) former: Option<(&'a str, CodeLink<'a>)>,
    pub(super) replaced_by: Option<CodeLink<'a>>,
    pub(super) message: Vec<Text<'a>>,
    /// The vendor's message, and the languages whose readers see another one in its place.
    pub(super) own_message: Option<(Text<'a>, String)>,
    /// Whether that is not what the document says word for word.
    pub(super) is_corrected: bool,
    pub(super) remedy: Vec<Text<'a>>,
    pub(super) kind: Option<KindLink<'a>>,
    pub(super) fault: &'static str,
    pub(super) user: Vec<Text<'a>>,
    pub(super) retry: &'static str,
    pub(super) retry_after: Option<u32>,
    pub(super) billing: &'static str,
    pub(super) billing_source: Option<&'a BillingSource>,
    /// The language of the document, which quotes of it are in.
    pub(super) document_language: &'a str,
    /// The part of the card that says more about billing than the document does.
    pub(super) billing_note: Option<&'static str>,
    pub(super) unlike: Vec<KindCodes<'a>>,
    pub(super) elsewhere: Elsewhere<'a>,
    pub(super) section: Vec<Text<'a>>,
    pub(super) facts: Vec<FactView>,
    /// What the registry notes of the whole set.
    pub(super) set_note: Option<FactView>,
    pub(super) age: Option<Age<'a>>,
    pub(super) rust_path: String,
    /// The line of Rust that decodes it; a former meaning has none.
    pub(super) rust_decodes: Option<String>,
    pub(super) typescript: Option<String>,
}

/// A vendor's name, its title, and its page.
pub(super) struct VendorLink<'a> {
    pub(super) name: &'a str,
    /// The registry that it is from, if the site shows several.
    pub(super) registry: Option<&'a str>,
    pub(super) title: Vec<Text<'a>>,
    pub(super) page: String,
}

/// A kind, and its definition.
pub(super) struct KindLink<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) title: Vec<Text<'a>>,
    pub(super) definition: Vec<Text<'a>>,
}

/// A link to another code.
pub(super) struct CodeLink<'a> {
    pub(super) id: String,
    pub(super) page: String,
    pub(super) code: &'a str,
    pub(super) variant: &'a str,
    pub(super) message: Vec<Text<'a>>,
}

/// A kind with the codes of a set that have it.
pub(super) struct KindCodes<'a> {
    pub(super) kind: KindLink<'a>,
    pub(super) codes: Vec<CodeLink<'a>>,
    /// How many there are.
    pub(super) count: usize,
}

/// The codes of other vendors that mean the same.
#[derive(Default)]
pub(super) struct Elsewhere<'a> {
    /// The nearest first.
    pub(super) vendors: Vec<VendorCodes<'a>>,
    /// What the link to all says, if there are more vendors.
    pub(super) all: Option<Filled>,
}

/// A vendor with its codes of a kind.
pub(super) struct VendorCodes<'a> {
    pub(super) vendor: VendorLink<'a>,
    pub(super) codes: Vec<CodeLink<'a>>,
    /// How many there are.
    pub(super) count: usize,
}

/// A fact with a label and its value.
pub(super) struct FactView {
    pub(super) key: &'static str,
    /// The key of its label among the strings of the interface.
    pub(super) label: String,
    pub(super) parts: Vec<FactPart>,
}

/// A part of a fact.
pub(super) enum FactPart {
    /// The whole fact.
    Whole(String),
    /// The whole fact, in terms of code.
    Code(String),
    /// The whole fact, a word: `warning`.
    Word(&'static str),
    /// A text in the language of a tag. `own` and `readers` are as in [`Text`].
    Language {
        tag: String,
        text: String,
        own: bool,
        readers: String,
    },
    /// A word of the interface with the value of a key: `release 0.1.0`.
    Filled(Filled),
    /// The value of a key that needs no word.
    More(String),
    /// The address of a source.
    Link(String),
}

/// The card of a code.
pub(super) fn card_view<'a>(context: &Context<'a>, place: Place<'a>) -> CardView<'a> {
    let (spec, set, code) = place;
    let own = own_language(spec, code);
    let kind = (code.kind.as_ref()).and_then(|kind| context.book.registry_of(spec).kind(kind));
    let modules = context.book.registry_of(spec).modules.as_deref();
    let path = set_path(modules, spec, set);
    let symbol = code.symbol.as_ref().map(|symbol| symbol.as_str());
    let section = (set.sections.iter()).find(|section| Some(&section.id) == code.section.as_ref());
    CardView {
        id: anchor(spec, set, code),
        page: code_page(spec, set, code),
        vendor: vendor_link(context, spec),
        set_name: &set.name,
        set_id: format!("{}/{}", spec.vendor.value, set.name.value),
        set_title: context.texts(&set.title, &spec.locale),
        code: &code.code,
        symbol: symbol.map(|symbol| readable_symbol(symbol, &code.params)),
        aliases: (code.aliases.iter().chain(&code.was))
            .map(|alias| alias.as_str())
            .collect(),
        variant: &code.variant,
        severity: severity_word(set, code),
        retired: code.status == Status::Retired,
        retired_in: code.retired_in.as_ref().map(|edition| edition.as_str()),
        former: (code.until.as_ref()).map(|until| {
            let now = code_link(context, (spec, set, context.meaning_now(set, code)));
            (until.as_str(), now)
        }),
        replaced_by: (code.replaced_by.as_ref())
            .and_then(|reference| context.referenced(spec, reference))
            .map(|place| code_link(context, place)),
        message: context.texts(&code.message, own),
        own_message: own_message(context, code, own),
        is_corrected: code.said.contains_key(own),
        remedy: context.texts(&code.remedy, own),
        kind: (code.kind.as_ref()).map(|name| kind_link(context, spec, name, kind)),
        fault: (kind.and_then(|kind| kind.fault.as_ref()))
            .map_or("", |fault| word(Fault::WORDS, fault.value)),
        // English first: a script puts the text of the reader before it.
        user: kind.map_or_else(Vec::new, |kind| {
            context
                .texts(&kind.message, "en")
                .into_iter()
                .rev()
                .collect()
        }),
        retry: retry_word(code.retry.as_ref()),
        retry_after: code.retry_after.as_ref().map(|seconds| seconds.value),
        billing: billing_word(code.billing.as_ref()),
        billing_source: (set.billing_source.as_ref()).filter(|_| code.billing.is_some()),
        document_language: &spec.locale,
        billing_note: billing_note(set, code),
        unlike: confused_kinds(context, place, kind),
        elsewhere: (context.kind_of(spec, code))
            .and_then(|name| context.of_kind.get(name.as_ref()))
            .map(|peers| elsewhere(peers, context, place))
            .unwrap_or_default(),
        section: section.map_or_else(Vec::new, |section| {
            context.texts(&section.title, &spec.locale)
        }),
        facts: all_facts(context, place),
        set_note: set_note(context, spec, set),
        age: Age::of(spec),
        rust_path: format!("{path}::{}", code.variant.value),
        rust_decodes: (!code.is_former()).then(|| rust_line(&path, set, code, symbol)),
        typescript: typescript_line(spec, set, code),
    }
}

/// The line of TypeScript that decodes a code: `tencentKyc.FaceCode.fromCode(-5007)`.
fn typescript_line(spec: &Spec, set: &Set, code: &Code) -> Option<String> {
    if code.is_former() {
        return None;
    }
    let value = match set.wire.number(&code.code) {
        Some(number) => number.to_string(),
        None => json!(code.code.value).to_string(),
    };
    let symbol = code
        .symbol
        .as_ref()
        .filter(|_| set.identity == Identity::CodeAndSymbol);
    let symbol = symbol.map_or_else(String::new, |symbol| format!(", {}", json!(symbol.value)));
    let vendor = spec.vendor.to_lower_camel_case();
    Some(format!(
        "{vendor}.{}.fromCode({value}{symbol})",
        set.name.value
    ))
}

/// The language of the vendor's texts of a code.
pub(super) fn own_language<'a>(spec: &'a Spec, code: &'a Code) -> &'a str {
    code.locale.as_ref().unwrap_or(&spec.locale)
}

/// How serious a code is.
pub(super) fn severity_word(set: &Set, code: &Code) -> &'static str {
    let severity = code.severity.as_ref().map(|severity| severity.value);
    word(
        Severity::WORDS,
        severity.unwrap_or_else(|| default_severity(code, set)),
    )
}

/// A vendor with its title.
pub(super) fn vendor_link<'a>(context: &Context<'a>, spec: &'a Spec) -> VendorLink<'a> {
    VendorLink {
        name: &spec.vendor,
        registry: context.book.mark(spec),
        title: context.texts(&spec.title, &spec.locale),
        page: vendor_page(&spec.vendor),
    }
}

/// A code with its message, as a link.
pub(super) fn code_link<'a>(context: &Context<'a>, place: Place<'a>) -> CodeLink<'a> {
    let (spec, set, code) = place;
    CodeLink {
        id: anchor(spec, set, code),
        page: code_page(spec, set, code),
        code: &code.code,
        variant: &code.variant,
        message: context.texts(&code.message, own_language(spec, code)),
    }
}

fn kind_link<'a>(
    context: &Context<'a>,
    spec: &Spec,
    name: &'a At<String>,
    kind: Option<&'a Code>,
) -> KindLink<'a> {
    KindLink {
        name: context.kind_name(spec, name),
        title: kind.map_or_else(Vec::new, |kind| context.texts(&kind.title, "en")),
        definition: kind.map_or_else(Vec::new, |kind| context.texts(&kind.doc, "en")),
    }
}

/// The vendor's own message, for readers who see a translation in its place.
fn own_message<'a>(context: &Context<'a>, code: &'a Code, own: &str) -> Option<(Text<'a>, String)> {
    if code.message.len() < 2 {
        return None;
    }
    let mut texts = context.texts(&code.message, own);
    let text = texts.pop()?;
    let others = texts.into_iter().map(|other| other.readers);
    let others: Vec<_> = others.filter(|readers| readers != "-").collect();
    Some((text, others.join(" ")))
}

/// The kinds that the kind of a code is easily confused with, and the codes of the same set that
/// have them.
fn confused_kinds<'a>(
    context: &Context<'a>,
    place: Place<'a>,
    kind: Option<&'a Code>,
) -> Vec<KindCodes<'a>> {
    let (spec, set, _) = place;
    let others = kind.into_iter().flat_map(|kind| &kind.unlike);
    let each = others.filter_map(|name| {
        let other = context.book.registry_of(spec).kind(name);
        let link = kind_link(context, spec, name, other);
        let codes = context.of_kind.get(link.name.as_ref())?.of_set(set);
        Some(KindCodes {
            count: codes.len(),
            codes: (codes.iter().take(MOST))
                .map(|place| code_link(context, *place))
                .collect(),
            kind: link,
        })
    });
    each.filter(|codes| codes.count > 0).collect()
}

/// The codes of other vendors that mean the same.
fn elsewhere<'a>(peers: &Peers<'a>, context: &Context<'a>, place: Place<'a>) -> Elsewhere<'a> {
    let nearest = peers.elsewhere(place);
    let is_part = nearest.len() < peers.other_vendors(place.0);
    let vendors = nearest.into_iter().map(|vendor| VendorCodes {
        vendor: vendor_link(context, vendor.spec),
        codes: (vendor.codes.into_iter())
            .map(|place| code_link(context, place))
            .collect(),
        count: vendor.count,
    });
    Elsewhere {
        vendors: vendors.collect(),
        all: is_part.then(|| {
            let counts = [
                ("count", peers.count.to_string()),
                ("vendors", peers.vendor_count.to_string()),
            ];
            let counts = counts.each_ref().map(|(key, count)| (*key, count.as_str()));
            Filled::new("all_vendors", &counts)
        }),
    }
}

/// The note of a set. A code can have one of its own, which does not replace it.
fn set_note(context: &Context<'_>, spec: &Spec, set: &Set) -> Option<FactView> {
    let facts = labelled_facts(context, &spec.locale, |fact| fact.get(set));
    facts.into_iter().find(|fact| fact.key == "note")
}

/// The facts of a code and of its set that have no place of their own.
fn all_facts(context: &Context<'_>, place: Place<'_>) -> Vec<FactView> {
    let (spec, set, code) = place;
    let effective = effective(spec, set, code);
    let mut views = answer_facts(code);
    views.extend(labelled_facts(context, own_language(spec, code), |fact| {
        let of_set = || fact.get(set).filter(|_| fact.key != "note");
        fact.get(&effective).or_else(of_set)
    }));
    views
}

/// The facts of a code alone: a table says once what is true of a whole set.
pub(super) fn own_facts(context: &Context<'_>, place: Place<'_>) -> Vec<FactView> {
    let (spec, _, code) = place;
    let mut views = answer_facts(code);
    let own = own_language(spec, code);
    views.extend(labelled_facts(context, own, |fact| fact.get(code)));
    views
}

/// The facts that a set has for all of its codes.
pub(super) fn set_facts(context: &Context<'_>, spec: &Spec, set: &Set) -> Vec<FactView> {
    let of_vendor = Code {
        since: spec.since.clone(),
        ..Code::default()
    };
    labelled_facts(context, &spec.locale, |fact| {
        fact.get(set).or_else(|| fact.get(&of_vendor))
    })
}

/// The facts of the vendor's answer.
fn answer_facts(code: &Code) -> Vec<FactView> {
    let http = code.http.as_ref().map(|status| status.value.to_string());
    let params: Vec<_> = code.params.iter().map(param_text).collect();
    let mut views = Vec::new();
    let params = Some(params.join("; ")).filter(|params| !params.is_empty());
    let parts = [
        ("http", http.map(FactPart::Whole)),
        ("parameters", params.map(FactPart::Code)),
    ];
    for (key, part) in parts {
        views.extend(part.map(|part| FactView {
            key,
            label: key.to_owned(),
            parts: vec![part],
        }));
    }
    views
}

/// The facts that need a label and their value.
fn labelled_facts(
    context: &Context<'_>,
    own: &str,
    value_of: impl Fn(&Fact) -> Option<Value>,
) -> Vec<FactView> {
    let views = shown_facts().filter_map(|fact| {
        // An error is what a reader expects.
        let value = value_of(fact).filter(|value| *value != Value::Word("error".into()))?;
        Some(FactView {
            key: fact.key,
            label: format!("fact.{}", fact.key),
            parts: fact_parts(context, fact, value, own),
        })
    });
    views.collect()
}

/// `own` is the language of the vendor.
fn fact_parts(context: &Context<'_>, fact: &Fact, value: Value, own: &str) -> Vec<FactPart> {
    // In a table, keys are languages or names, which depends on the fact.
    let names: &[&str] = match fact.fact_type() {
        FactType::Note => &["source", "date"],
        FactType::Table(names) => names,
        _ => &[],
    };
    let entries = match value {
        Value::Word(word) => return vec![FactPart::Word(word.value)],
        Value::Texts(texts) => texts.into_iter().collect(),
        Value::Table(entries) => entries,
        other => return vec![FactPart::Whole(other.text())],
    };
    let (keyed, texts): (Vec<_>, Vec<_>) = entries
        .into_iter()
        .partition(|(key, _)| names.contains(&key.as_str()));
    let texts: errbook_spec::Texts = texts.into_iter().collect();
    let first = texts.keys().next().map(String::as_str);
    let vendors = if texts.contains_key(own) {
        Some(own)
    } else {
        first
    };
    let mut parts = Vec::new();
    for (tag, text) in texts.iter() {
        // Each language has other words of the vendor.
        let is_said = fact.fact_type() == FactType::Texts;
        let readers = context.readers(&texts, tag, own);
        parts.push(FactPart::Language {
            tag: tag.clone(),
            text: text.value.clone(),
            own: Some(tag.as_str()) == vendors,
            readers: if is_said { String::new() } else { readers },
        });
    }
    for (key, text) in keyed {
        let is_link = text.starts_with("https://") || text.starts_with("http://");
        parts.push(if is_link {
            FactPart::Link(text.value)
        } else if fact.fact_type() == FactType::Note {
            FactPart::More(text.value)
        } else {
            let name = format!("{}.{key}", fact.key);
            FactPart::Filled(Filled::new(name, &[("value", &text)]))
        });
    }
    parts
}

fn param_text(param: &Param) -> String {
    let values: Vec<_> = param.values.iter().map(|value| value.as_str()).collect();
    if values.is_empty() {
        param.name.value.clone()
    } else {
        format!("{}: {}", param.name.value, values.join(", "))
    }
}
