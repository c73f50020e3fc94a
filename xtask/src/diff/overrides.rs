//! Parses severities.toml, which overrides the severities of findings, and applies it.

use std::collections::BTreeMap;

use errbook_spec::fields::{Fields, parse as parse_toml};
use errbook_spec::place::Source;
use errbook_spec::problem::{Problems, nearest};
use errbook_spec::{parse_schema, word};

use crate::diff::{Class, Finding, Severity};

/// The overrides, by class or by the id of one finding, each with its reason.
#[derive(Debug, Clone, Default)]
pub struct Severities(BTreeMap<String, (Severity, String)>);

/// Parses a file of severity overrides:
///
/// ```toml
/// schema = 1
///
/// [[severity]]
/// of = "code-retired"        # a class, or the id of one finding
/// is = "error"
/// because = "our customers pin codes"
/// ```
///
/// # Errors
///
/// Everything that is not of this format, unknown classes, and severities below the minimum of the
/// class.
pub fn parse(source: &Source) -> Result<Severities, Problems> {
    parse_toml(source, |fields, problems| {
        parse_schema(fields, problems);
        Severities(
            fields
                .array("severity", parse_override, problems)
                .into_iter()
                .flatten()
                .collect(),
        )
    })
}

/// An override: a class or an id, the severity, and the reason.
type Override = (String, (Severity, String));

fn parse_override(mut fields: Fields<'_>, problems: &mut Problems) -> Option<Override> {
    let of = fields.required_text("of", problems);
    let is = fields.word("is", Severity::WORDS, problems);
    if !fields.has("is") {
        problems.push(fields.place(), "missing `is`");
    }
    let because = fields.required_text("because", problems);
    if fields.has("because") && because.trim().is_empty() {
        problems.push(&because.place, "`because` is empty");
    }
    fields.finish(problems);
    let is = is?;
    let class = find_class(&of)?.or_else(|| {
        let near = nearest(&of, Class::words());
        let near = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let message = format!("`{}` is not a class or the id of a finding{near}", of.value);
        problems.push_with_help(
            &of.place,
            message,
            "an id has the form `VENDOR/Set.code/CLASS`; `diff --format json` shows them",
        );
        None
    })?;
    if is.value < class.floor() {
        let floor = word(Severity::WORDS, class.floor());
        let message = format!(
            "the severity of `{}` cannot be lower than `{floor}`",
            class.word()
        );
        problems.push_with_help(
            &is.place,
            message,
            "a change of this class can affect what a caller pays or does, so it must stay visible",
        );
        return None;
    }
    Some((of.value, (is.value, because.value)))
}

/// The class that a word names or an id ends in; `Some(None)` if it is unknown, and `None` for an
/// empty word, which has already been reported.
#[expect(
    clippy::option_option,
    reason = "the outer one is for `?` in the caller, which has nothing left to report"
)]
fn find_class(of: &str) -> Option<Option<Class>> {
    if of.is_empty() {
        return None;
    }
    let last = of
        .rsplit('/')
        .find_map(|part| Class::of_word(part.split('.').next().unwrap_or(part)));
    Some(last)
}

impl Severities {
    /// Overrides the severity of each finding: by its id, or else by its class. An override of a
    /// class does not apply to cosmetic changes.
    pub fn apply(&self, findings: &mut [Finding]) {
        for finding in findings {
            let of_class = || {
                let is_cosmetic = finding.severity == Severity::Cosmetic;
                let by_class = self.0.get(finding.class.word());
                by_class.filter(|_| !is_cosmetic)
            };
            if let Some((severity, because)) = self.0.get(&finding.id).or_else(of_class) {
                finding.severity = *severity;
                finding.because = Some(because.clone());
            }
        }
    }
}
