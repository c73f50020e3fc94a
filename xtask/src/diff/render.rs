//! Findings for a person at a terminal, for a review on a forge, and for a program.

use std::fmt::Write;

use errbook_spec::word;
use serde_json::{Value, json as value};

use super::{Class, Finding, Severity, Verdict, by_severity, verdict};
use crate::count::count;

/// All findings as text, the heaviest first.
#[must_use]
pub fn text(findings: &[Finding]) -> String {
    let mut out = String::new();
    let classes = findings
        .iter()
        .map(|finding| finding.class.word().len())
        .max()
        .unwrap_or_default();
    let mut vendor = "";
    for finding in sorted(findings) {
        if finding.vendor != vendor {
            vendor = &finding.vendor;
            let _ = writeln!(out, "{vendor}");
        }
        let severity = word(Severity::WORDS, finding.severity);
        let _ = writeln!(
            out,
            "  {severity:8} {:classes$}  {}",
            finding.class.word(),
            line(finding)
        );
        let _ = finding
            .help
            .iter()
            .try_for_each(|help| writeln!(out, "  {:8} {:classes$}  {help}", "", ""));
        let _ = finding
            .because
            .iter()
            .try_for_each(|why| writeln!(out, "  {:8} {:classes$}  because {why}", "", ""));
    }
    out + &summary(findings)
}

/// All findings as Markdown, a table a vendor.
#[must_use]
pub fn markdown(findings: &[Finding]) -> String {
    let mut out = format!("### {}\n", summary(findings).trim_end());
    let mut vendor = "";
    for finding in sorted(findings) {
        if finding.vendor != vendor {
            vendor = &finding.vendor;
            let _ = write!(
                out,
                "\n#### {vendor}\n\n| severity | finding | version | what |\n| --- | --- | --- | --- |\n"
            );
        }
        let weight = if finding.severity >= Severity::Error {
            "**"
        } else {
            ""
        };
        let severity = word(Severity::WORDS, finding.severity);
        let what: Vec<_> = std::iter::once(told(finding, true))
            .chain(finding.help.as_ref().map(|help| cell(help)))
            .chain(
                finding
                    .because
                    .as_ref()
                    .map(|why| format!("because {}", cell(why))),
            )
            .collect();
        let (class, needs) = (finding.class.word(), word(Verdict::WORDS, finding.verdict));
        let _ = writeln!(
            out,
            "| {weight}{severity}{weight} | {class} | {needs} | {} |",
            what.join("<br>")
        );
    }
    out
}

/// All findings as JSON, with the verdict over all of them.
#[must_use]
pub fn json(findings: &[Finding]) -> Value {
    let each: Vec<_> = sorted(findings).into_iter().map(finding).collect();
    value!({ "verdict": verdict(findings).map(|verdict| word(Verdict::WORDS, verdict)), "findings": each })
}

fn finding(finding: &Finding) -> Value {
    let messages: serde_json::Map<_, _> = finding
        .messages
        .iter()
        .map(|(tag, text)| (tag.clone(), text.clone().into()))
        .collect();
    value!({
        "id": finding.id,
        "class": finding.class.word(),
        "severity": word(Severity::WORDS, finding.severity),
        "verdict": word(Verdict::WORDS, finding.verdict),
        "vendor": finding.vendor,
        "subject": finding.subject,
        "variant": finding.variant,
        "detail": finding.detail,
        "old": finding.old,
        "new": finding.new,
        "messages": messages,
        "help": finding.help,
        "because": finding.because,
    })
}

/// By vendor; within it the heaviest first, and what weighs the same as it was found.
fn sorted(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<_> = findings.iter().collect();
    sorted.sort_by(|a, b| a.vendor.cmp(&b.vendor).then(b.severity.cmp(&a.severity)));
    sorted
}

/// What a finding says, on one line.
#[must_use]
pub fn line(finding: &Finding) -> String {
    told(finding, false)
}

fn told(finding: &Finding, markdown: bool) -> String {
    let code = |text: &str| {
        if markdown {
            format!("<code>{}</code>", cell(text))
        } else {
            one_line(text)
        }
    };
    let mut out = String::new();
    if !finding.subject.is_empty() {
        out += &code(&finding.subject);
    }
    let _ = finding
        .variant
        .iter()
        .try_for_each(|variant| write!(out, " {}", code(variant)));
    let _ = finding
        .detail
        .iter()
        .try_for_each(|detail| write!(out, " {detail}"));
    let said = |text: &str| if markdown { cell(text) } else { one_line(text) };
    match (&finding.old, &finding.new) {
        (Some(old), Some(new)) => _ = write!(out, ": {} → {}", said(old), said(new)),
        // What is used instead is not what the code says.
        (None, Some(new)) if finding.class == Class::CodeRetired => {
            out.extend(message(finding).map(|text| format!(": {}", said(text))));
            let _ = write!(out, "; use {} instead", code(new));
        }
        (Some(old), None) => _ = write!(out, ": {} → nothing", said(old)),
        (None, Some(new)) => _ = write!(out, ": {}", said(new)),
        (None, None) => out.extend(message(finding).map(|text| format!(": {}", said(text)))),
    }
    out.trim_start_matches([':', ' ']).to_owned()
}

/// What the vendor says of the code.
fn message(finding: &Finding) -> Option<&str> {
    finding.messages.first().map(|(_, text)| text.as_str())
}

/// What all of it comes to, as one line.
fn summary(findings: &[Finding]) -> String {
    let Some(verdict) = verdict(findings) else {
        return "no difference\n".to_owned();
    };
    let counts = by_severity(findings).into_iter().map(|(severity, number)| {
        let name = word(Severity::WORDS, severity);
        match severity {
            Severity::Error | Severity::Warning => count(number, name),
            Severity::Info | Severity::Cosmetic => format!("{number} {name}"),
        }
    });
    format!(
        "{}: a {} version\n",
        counts.collect::<Vec<_>>().join(", "),
        word(Verdict::WORDS, verdict)
    )
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ⏎ ")
}

/// A text that stays in its cell.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str(" ⏎ "),
            '|' | '<' | '>' | '`' | '*' | '_' => {
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            other => out.push(other),
        }
    }
    out
}
