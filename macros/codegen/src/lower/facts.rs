//! Takes the facts of a set's codes, and returns the methods that read them ([`methods`]) and what
//! the rustdoc of a variant says about them ([`paragraphs`], [`short_facts`]).
//!
//! A new fact needs a row in `methods`, and one in `paragraphs` or `short_facts`.

use errbook_spec::registry::{Code, Set};
use errbook_spec::{Billing, Retry, Severity, word};

use crate::lower::docs::escaped;
use crate::lower::pool::pool;
use crate::lower::{column, runtime_variant, specified, texts};
use crate::tables::{Column, Language, Method, Methods, Returns};

/// The methods of a set, in the order in which rustdoc shows them.
pub(super) fn methods<'a>(set: &'a Set, locales: &[usize]) -> Methods {
    let codes = &set.codes[..];
    let optional_texts = |text| match languages(codes, locales, text) {
        None => Returns::NoTexts,
        Some(languages) => Returns::OptionalTexts(languages),
    };
    let billing = column(codes, |code| code.billing).map(&|value| specified(value.as_ref()));
    let retry = column(codes, |code| code.retry).map(&|value| specified(value.as_ref()));
    let remedies = optional_texts(|code, locale| if_any(&code.remedy, locale));
    let delays = column(codes, |code| code.retry_after.unwrap_or_default());
    let statuses = column(codes, |code| code.http.unwrap_or_default().into());
    let notes = optional_texts(|code, locale| if_any(&code.note, locale));
    let said = optional_texts(|code, locale| if_any(&code.said, locale));
    let since = |code: &'a Code| code.since.as_deref().unwrap_or_default();
    Methods {
        of_set: methods_of_set(set, locales),
        of_every_code: vec![
            method("remedy", remedies),
            method("symbol", symbols(codes)),
            method("billing", Returns::Words("Billing", billing)),
            method("retry", Returns::Words("Retry", retry)),
            method("retry_after", Returns::OptionalSeconds(delays)),
            method("http_status", Returns::OptionalStatuses(statuses)),
            method(
                "is_success",
                Returns::Flags(column(codes, |code| code.success)),
            ),
            method("severity", severities(codes)),
            method("note", notes),
            method("said", said),
            method("since", strings(&texts(codes, &since))),
        ],
    }
}

fn methods_of_set(set: &Set, locales: &[usize]) -> Vec<Method> {
    let codes = &set.codes[..];
    let messages = languages(codes, locales, |code, locale| &code.message[locale]);
    let section = |code: &Code| {
        code.section
            .map_or("", |section| set.sections[section].id.as_str())
    };
    let mut methods = vec![
        method("message", Returns::Texts(messages.unwrap_or_default())),
        method("section", strings(&texts(codes, &section))),
    ];
    // Only the kinds of a taxonomy have these.
    if let Some(definitions) = languages(codes, locales, |code, locale| if_any(&code.doc, locale)) {
        methods.push(method("definition", Returns::Texts(definitions)));
    }
    if codes.iter().all(|code| code.http_answer.is_some()) {
        let answers = column(codes, |code| code.http_answer.unwrap_or_default().into());
        methods.push(method("http_answer", Returns::Statuses(answers)));
    }
    if codes.iter().all(|code| code.grpc.is_some()) {
        let answers = column(codes, |code| code.grpc);
        let answers = answers.map(&|grpc| grpc.as_ref().map(runtime_variant).unwrap_or_default());
        methods.push(method("grpc", Returns::Words("GrpcCode", answers)));
    }
    if codes.iter().any(|code| code.fault.is_some()) {
        let faults = column(codes, |code| code.fault);
        let faults = faults.map(&|fault| fault.as_ref().map(runtime_variant));
        methods.push(method("fault", Returns::OptionalWords("Fault", faults)));
    }
    methods
}

fn method(name: &'static str, returns: Returns) -> Method {
    Method { name, returns }
}

/// The paragraphs about a code in its rustdoc, each a label and a text in each language.
pub(super) fn paragraphs(code: &Code) -> [(&'static str, &[String]); 4] {
    [
        ("*Remedy:* ", &code.remedy),
        ("", &code.doc),
        // Marked, so that it is not mistaken for a statement of the vendor.
        ("*Note (not from the vendor's document):* ", &code.note),
        ("*In the vendor's own words:* ", &code.said),
    ]
}

/// The short facts on the last line of a code's rustdoc, each a label and a value.
pub(super) fn short_facts(code: &Code, set: &Set) -> Vec<String> {
    let severity =
        (code.severity != Severity::Error).then(|| word(Severity::WORDS, code.severity).to_owned());
    let billing = code
        .billing
        .map_or("unspecified", |billing| word(Billing::WORDS, billing));
    let section = code.section.map(|section| &set.sections[section].title[0]);
    let facts = [
        ("Severity", severity),
        ("Billing", Some(billing.to_owned())),
        ("Kind", code.kind.as_ref().map(|kind| kind.value.clone())),
        (
            "Retry",
            code.retry.map(|retry| word(Retry::WORDS, retry).to_owned()),
        ),
        (
            "after",
            code.retry_after.map(|seconds| format!("{seconds} s")),
        ),
        ("HTTP", code.http.map(|status| status.to_string())),
        ("Section", section.map(|title| escaped(title))),
        ("Since", code.since.as_deref().map(escaped)),
    ];
    let mut labelled = Vec::new();
    for (label, value) in facts {
        labelled.extend(value.map(|value| format!("*{label}:* {value}")));
    }
    labelled
}

/// A text of each code in each language, the fallback first; `None` if no code has one.
fn languages(
    codes: &[Code],
    locales: &[usize],
    text: fn(&Code, usize) -> &str,
) -> Option<Vec<Language>> {
    let has_texts = locales
        .iter()
        .any(|&locale| codes.iter().any(|code| !text(code, locale).is_empty()));
    if !has_texts {
        return None;
    }
    let mut languages = Vec::new();
    let mut first = Vec::new();
    for &locale in locales {
        let texts = texts(codes, &|code| text(code, locale));
        if !languages.is_empty() && texts == first {
            languages.push(Language::First);
            continue;
        }
        languages.push(Language::Own(pool(&texts)));
        if languages.len() == 1 {
            first = texts;
        }
    }
    Some(languages)
}

/// The text in a language; empty if the code has no text in any language.
fn if_any(texts: &[String], locale: usize) -> &str {
    texts.get(locale).map_or("", String::as_str)
}

/// A string that is empty where a code has none. If all have the same, there is no table.
fn strings(each: &[&str]) -> Returns {
    match each.first() {
        Some(first) if each.iter().all(|string| string == first) => match *first {
            "" => Returns::Nothing,
            same => Returns::SameString(same.to_owned()),
        },
        _ => Returns::OptionalStrings(pool(each)),
    }
}

fn symbols(codes: &[Code]) -> Returns {
    if codes.iter().any(|code| code.symbol.is_some()) {
        Returns::OptionalSymbols
    } else {
        Returns::Nothing
    }
}

fn severities(codes: &[Code]) -> Returns {
    let by_success = |code: &Code| {
        if code.success {
            Severity::Info
        } else {
            Severity::Error
        }
    };
    let is_by_success = codes.iter().all(|code| code.severity == by_success(code));
    match column(codes, |code| code.severity) {
        Column::Each { .. } if is_by_success => Returns::SeverityBySuccess,
        column => Returns::Words("Severity", column.map(&runtime_variant)),
    }
}
