//! The documentation of sets and variants: what a person sees who hovers over a name.

use std::fmt::Write;

use crate::lower::retry_word;
use crate::registry::{Code, Registry, Set};
use crate::spec::{Billing, word};

/// The documentation of a set's enum.
pub(super) fn set(set: &Set, registry: &Registry) -> String {
    let title: Vec<String> = different(&set.title).map(|title| escaped(title)).collect();
    let document: Vec<String> = different(&registry.title).map(|title| escaped(title)).collect();
    format!(
        " {}.\n\n {} codes of `{}` ({}).\n\n The order of the variants and their numbers inside the program are not \
         part of the interface: `Ord` compares the codes, and `code()` gives them.",
        title.join(" / "),
        set.codes.len(),
        registry.vendor,
        document.join(" / "),
    )
}

/// The documentation of a variant: code, messages, remedies, facts.
pub(super) fn variant(code: &Code, set: &Set, registry: &Registry) -> String {
    let mut doc = String::from(" ");
    let symbol = code.symbol.iter().map(|symbol| format!(" `{}`", symbol.replace('`', "'")));
    let heading: String = std::iter::once(format!("`{}`", code.text.replace('`', "'"))).chain(symbol).collect();
    let messages: Vec<String> = different(&code.message).map(|text| escaped(text)).collect();
    // The language that most readers of documentation share comes first, whatever the vendor's own is.
    let english = registry.locales.iter().position(|locale| locale.starts_with("en"));
    let first = english.map_or(messages[0].clone(), |english| escaped(&code.message[english]));
    let _ = write!(doc, "{heading}: {first}");
    for other in messages.iter().filter(|message| **message != first) {
        let _ = write!(doc, "\n\n {other}");
    }
    for remedy in different(&code.remedy).filter(|remedy| !remedy.is_empty()) {
        let _ = write!(doc, "\n\n *Remedy:* {}", escaped(remedy));
    }
    for definition in different(&code.doc).filter(|definition| !definition.is_empty()) {
        let _ = write!(doc, "\n\n {}", escaped(definition));
    }
    if !code.unlike.is_empty() {
        let _ = write!(doc, "\n\n *Not to be confused with* `{}`.", code.unlike.join("`, `"));
    }
    let _ = write!(doc, "\n\n {}", facts(code, set).join(" · "));
    doc
}

fn facts(code: &Code, set: &Set) -> Vec<String> {
    let billing = code.billing.map_or("unspecified", |billing| word(Billing::WORDS, billing));
    let mut facts = vec![format!("*Billing:* {billing}")];
    facts.extend(code.kind.iter().map(|kind| format!("*Kind:* {kind}")));
    facts.extend(code.retry.map(|retry| format!("*Retry:* {}", retry_word(retry))));
    facts.extend(code.retry_after.map(|seconds| format!("*after:* {seconds} s")));
    facts.extend(code.http.map(|status| format!("*HTTP:* {status}")));
    facts.extend(code.section.map(|section| format!("*Section:* {}", escaped(&set.sections[section].title[0]))));
    facts
}

/// What the compiler says to those who use a code that left the vendor's document.
pub(super) fn retired(code: &Code) -> String {
    match &code.replaced_by {
        Some(reference) => format!("the vendor no longer documents this code; see {reference}"),
        None => "the vendor no longer documents this code".to_owned(),
    }
}

/// Texts in some languages, each once.
fn different(texts: &[String]) -> impl Iterator<Item = &String> {
    texts.iter().enumerate().filter(|(index, text)| !texts[..*index].contains(text)).map(|(_, text)| text)
}

/// A vendor's text as Markdown that shows it and does nothing else.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for line in text.split('\n') {
        if !escaped.is_empty() {
            escaped.push_str("  \n ");
        }
        for (index, each) in line.char_indices() {
            let is_list = each == '.' && line[..index].bytes().all(|byte| byte.is_ascii_digit()) && index > 0;
            if is_list || matches!(each, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$') {
                escaped.push('\\');
            }
            // A link would be made of it, and rustdoc asks for angle brackets around one.
            escaped.push_str(if each == ':' && line[index..].starts_with("://") { "&#58;" } else { "" });
            if !(each == ':' && line[index..].starts_with("://")) {
                escaped.push(each);
            }
        }
    }
    escaped
}

/// True for what rustdoc takes as an alias.
pub(super) fn can_be_alias(text: &str, variant: &str) -> bool {
    let odd = |each: char| matches!(each, '"' | '\'') || (each.is_whitespace() && each != ' ');
    text != variant && !text.is_empty() && !text.contains(odd) && text.trim() == text
}
