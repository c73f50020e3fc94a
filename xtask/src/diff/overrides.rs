//! Reads severities.toml: the overrides that give findings of `diff` another severity, each with a reason.

use std::collections::BTreeMap;

use errbook_spec::fields::{Fields, parse as parse_toml};
use errbook_spec::place::Source;
use errbook_spec::problem::{Problems, nearest};
use errbook_spec::{schema, word};

use super::{Class, Finding, Severity};

/// What people decided: by class, or for one finding by its id.
#[derive(Debug, Clone, Default)]
pub struct Severities(BTreeMap<String, (Severity, String)>);

/// Parses a file of severities:
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
/// All that is not of this format; a class that is not known; a severity that would make a billing change quiet.
pub fn parse(source: &Source) -> Result<Severities, Problems> {
    parse_toml(source, |fields, problems| {
        schema(fields, problems);
        Severities(
            fields
                .array("severity", entry, problems)
                .into_iter()
                .flatten()
                .collect(),
        )
    })
}

fn entry(mut fields: Fields<'_>, problems: &mut Problems) -> Option<(String, (Severity, String))> {
    let of = fields.required_text("of", problems);
    let is = fields.word("is", Severity::WORDS, problems);
    if !fields.has("is") {
        problems.push(fields.place(), "`is` is missing here");
    }
    let because = fields.required_text("because", problems);
    if fields.has("because") && because.trim().is_empty() {
        problems.push(&because.place, "`because` says nothing");
    }
    fields.finish(problems);
    let is = is?;
    let class = class(&of)?.or_else(|| {
        let near = nearest(&of, Class::words());
        let near = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        let message = format!(
            "`{}` is neither a class nor the id of a finding{near}",
            of.value
        );
        problems.push_with_help(
            &of.place,
            message,
            "an id is `VENDOR/Set.code/CLASS`; `diff --format json` shows them",
        );
        None
    })?;
    if is.value < class.floor() {
        let floor = word(Severity::WORDS, class.floor());
        let message = format!("`{}` cannot be less than `{floor}`", class.word());
        problems.push_with_help(
            &is.place,
            message,
            "who pays must not learn of a billing change from the bill",
        );
        return None;
    }
    Some((of.value, (is.value, because.value)))
}

/// The class that a word names, or that an id ends in; the inner nothing where neither is known.
#[expect(
    clippy::option_option,
    reason = "the outer one is for `?` in the caller, which has nothing left to say"
)]
fn class(of: &str) -> Option<Option<Class>> {
    if of.is_empty() {
        return None;
    }
    let last = of
        .rsplit('/')
        .find_map(|part| Class::of_word(part.split('.').next().unwrap_or(part)));
    Some(last)
}

impl Severities {
    /// Gives each finding the severity that people decided: for itself, else for its class. Form stays form.
    pub fn apply(&self, findings: &mut [Finding]) {
        for finding in findings {
            let of_class = || {
                let is_form = finding.severity == Severity::Cosmetic;
                self.0.get(finding.class.word()).filter(|_| !is_form)
            };
            if let Some((severity, because)) = self.0.get(&finding.id).or_else(of_class) {
                finding.severity = *severity;
                finding.because = Some(because.clone());
            }
        }
    }
}
