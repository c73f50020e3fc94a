//! Renders findings as plain text, as Markdown for a review, and as JSON.

use std::fmt::Write;

use errbook_spec::word;
use serde_json::{Value, json as value};

use crate::count::count;
use crate::diff::{Class, Finding, Severity, Verdict, by_severity, verdict};

/// All findings as text, by vendor, the most severe first.
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

/// All findings as Markdown, with one table for each vendor.
#[must_use]
pub fn markdown(findings: &[Finding]) -> String {
    let mut out = format!("### {}\n", summary(findings).trim_end());
    let mut vendor = "";
    for finding in sorted(findings) {
        if finding.vendor != vendor {
            vendor = &finding.vendor;
            let _ = write!(out, "\n#### {vendor}\n\n{TABLE}");
        }
        out += &row(finding);
    }
    out
}

/// The head of a table of findings.
const TABLE: &str = "| severity | finding | version | what |\n| --- | --- | --- | --- |\n";

/// The findings of one vendor as a Markdown table, the most severe first.
#[must_use]
pub fn markdown_table(findings: &[Finding]) -> String {
    let rows = sorted(findings).into_iter().map(row);
    TABLE.to_owned() + &rows.collect::<String>()
}

fn row(finding: &Finding) -> String {
    let bold = if finding.severity >= Severity::Error {
        "**"
    } else {
        ""
    };
    let severity = word(Severity::WORDS, finding.severity);
    let because = finding.because.as_ref();
    let what: Vec<_> = std::iter::once(describe(finding, Style::Markdown))
        .chain(finding.help.as_ref().map(|help| escape_cell(help)))
        .chain(because.map(|why| format!("because {}", escape_cell(why))))
        .collect();
    let class = finding.class.word();
    let bump = word(Verdict::WORDS, finding.verdict);
    format!(
        "| {bold}{severity}{bold} | {class} | {bump} | {} |\n",
        what.join("<br>")
    )
}

/// All findings as JSON, with their common verdict.
#[must_use]
pub fn json(findings: &[Finding]) -> Value {
    let each: Vec<_> = sorted(findings).into_iter().map(finding_json).collect();
    let verdict = verdict(findings).map(|verdict| word(Verdict::WORDS, verdict));
    value!({ "verdict": verdict, "findings": each })
}

fn finding_json(finding: &Finding) -> Value {
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

/// Sorts by vendor, and then by severity, the most severe first. The order is stable.
fn sorted(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<_> = findings.iter().collect();
    sorted.sort_by(|a, b| a.vendor.cmp(&b.vendor).then(b.severity.cmp(&a.severity)));
    sorted
}

/// A finding on one line.
#[must_use]
pub fn line(finding: &Finding) -> String {
    describe(finding, Style::Plain)
}

#[derive(Clone, Copy)]
enum Style {
    Plain,
    Markdown,
}

impl Style {
    fn code(self, text: &str) -> String {
        match self {
            Self::Plain => mark_line_breaks(text),
            Self::Markdown => format!("<code>{}</code>", escape_cell(text)),
        }
    }

    fn prose(self, text: &str) -> String {
        match self {
            Self::Plain => mark_line_breaks(text),
            Self::Markdown => escape_cell(text),
        }
    }
}

fn describe(finding: &Finding, style: Style) -> String {
    let mut out = String::new();
    if !finding.subject.is_empty() {
        out += &style.code(&finding.subject);
    }
    let _ = finding
        .variant
        .iter()
        .try_for_each(|variant| write!(out, " {}", style.code(variant)));
    let _ = finding
        .detail
        .iter()
        .try_for_each(|detail| write!(out, " {detail}"));
    let prose = |text: &str| style.prose(text);
    match (&finding.old, &finding.new) {
        (Some(old), Some(new)) => _ = write!(out, ": {} → {}", prose(old), prose(new)),
        // `new` is the replacement, or what the code means now, not the message.
        (None, Some(new)) if finding.class == Class::CodeRetired => {
            out.extend(vendor_message(finding).map(|text| format!(": {}", prose(text))));
            let new = style.code(new);
            let _ = if is_variant(finding.new.as_deref()) {
                write!(out, "; the code means {new} now")
            } else {
                write!(out, "; use {new} instead")
            };
        }
        (Some(old), None) => _ = write!(out, ": {} → nothing", prose(old)),
        (None, Some(new)) => _ = write!(out, ": {}", prose(new)),
        (None, None) => {
            out.extend(vendor_message(finding).map(|text| format!(": {}", prose(text))));
        }
    }
    out.trim_start_matches([':', ' ']).to_owned()
}

/// Whether what a finding about a retired code names is the path of a variant, which its code means
/// now, and not a reference to the code that replaces it.
pub(crate) fn is_variant(new: Option<&str>) -> bool {
    new.is_some_and(|new| new.contains("::"))
}

/// The vendor's message of the code.
fn vendor_message(finding: &Finding) -> Option<&str> {
    finding.messages.first().map(|(_, text)| text.as_str())
}

/// The counts by severity and the verdict, on one line.
fn summary(findings: &[Finding]) -> String {
    let Some(verdict) = verdict(findings) else {
        return "no differences\n".to_owned();
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

/// The text on one line, with a mark where a line ended: in a difference it matters that a line
/// break was added or removed.
fn mark_line_breaks(text: &str) -> String {
    text.replace('\n', " ⏎ ")
}

/// Escapes a text so that it stays within its table cell.
#[must_use]
pub fn escape_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in mark_line_breaks(text).chars() {
        match letter {
            '|' | '<' | '>' | '`' | '*' | '_' => {
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            other => out.push(other),
        }
    }
    out
}
