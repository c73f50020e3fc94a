//! Two texts: is the difference one of form, which no reader would notice, or one of meaning?

use std::collections::BTreeSet;

use errbook_spec::facts::Fact;
use errbook_spec::{Code, Spec, Texts};

use crate::diff::facts::texts_of;
use crate::diff::{Class, Finding, Severity, Verdict, own};
use crate::fold::{is_whitespace, to_half_width};

/// What a comparison of texts is told.
pub(super) struct Side<'a> {
    pub(super) code: &'a Code,
    pub(super) spec: &'a Spec,
    /// All languages of the state. One that came or went as a whole is a finding of its own.
    pub(super) languages: &'a BTreeSet<String>,
}

/// Whether two texts differ in nothing but blanks, the width of their letters, and punctuation that says nothing.
///
/// ```
/// use errbook_cli::diff::same_but_for_form;
/// assert!(same_but_for_form("比对源照片问题,无法解码", "比对源照片问题，无法解码。"));
/// assert!(!same_but_for_form("大于 1.5 秒", "大于 15 秒"));
/// ```
#[must_use]
pub fn same_but_for_form(old: &str, new: &str) -> bool {
    form_key(old) == form_key(new)
}

/// The text without what does not count. A mark or a blank between two digits counts: `1.5`, `10:30`, `1 2`.
fn form_key(text: &str) -> String {
    let letters: Vec<char> = text.chars().map(to_half_width).collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let between = |at: usize| digit(at.checked_sub(1)) && digit(Some(at + 1));
    let counts = |at: usize| between(at) || !(is_whitespace(letters[at]) || is_mark(letters[at]));
    letters
        .iter()
        .enumerate()
        .filter(|(at, _)| counts(*at))
        .map(|(_, letter)| *letter)
        .collect()
}

/// A mark that parts words and says nothing by itself. `?`, `<`, `*`, `-`, `%`, `/` and the like are no such marks.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        ',' | '.' | ';' | ':' | '!' | '"' | '\'' | '(' | ')' | '[' | ']' | '`'
    ) || matches!(
        letter,
        '、' | '·' | '…' | '—' | '《' | '》' | '【' | '】' | '「' | '」' | '『' | '』'
    )
}

/// What became of a message or a remedy, in the vendor's language and in translations.
pub(super) fn compare_translations(
    fact: &Fact,
    (old, new): (&Side<'_>, &Side<'_>),
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    let Some(diff) = fact.diff else { return };
    let class = Class::Fact(diff.class);
    let before = texts_of(fact, old.code);
    let after = texts_of(fact, new.code);
    let vendors = own(new.code, new.spec);
    let tags: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for tag in tags {
        let states = (
            before.get(tag).map(|at| at.value.as_str()),
            after.get(tag).map(|at| at.value.as_str()),
        );
        let everywhere =
            tag == vendors || (old.languages.contains(tag) && new.languages.contains(tag));
        // Translations of messages are most of all findings, so that a language alone means the message.
        let what = if class == Class::MESSAGE_CHANGED {
            tag.clone()
        } else {
            format!("{}.{tag}", fact.key)
        };
        let finding = match states {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => changed(found(class).detail(tag), old, new, tag == vendors),
            // The code gained a language together with the whole vendor, or lost it so.
            _ if !everywhere => continue,
            (None, None) => continue,
            (Some(_), None) if tag != vendors => found(Class::TranslationStale).detail(what),
            (None, Some(_)) if tag != vendors => found(Class::TranslationAdded).detail(what),
            _ => found(class).detail(tag),
        };
        findings.push(finding.was(states.0).is(states.1));
    }
}

fn changed(finding: Finding, old: &str, new: &str, vendors: bool) -> Finding {
    if same_but_for_form(old, new) {
        return finding.weighs(Severity::Cosmetic, Verdict::Patch);
    }
    if vendors {
        finding
    } else {
        finding.weighs(Severity::Info, Verdict::Patch)
    }
}

/// What became of a title.
pub(super) fn titles(
    old: &Texts,
    new: &Texts,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    for tag in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let states = (
            old.get(tag).map(|at| at.value.as_str()),
            new.get(tag).map(|at| at.value.as_str()),
        );
        let finding = found(Class::TitleChanged)
            .detail(tag)
            .was(states.0)
            .is(states.1);
        match states {
            (old, new) if old == new => {}
            (Some(old), Some(new)) if same_but_for_form(old, new) => {
                findings.push(finding.weighs(Severity::Cosmetic, Verdict::Patch));
            }
            _ => findings.push(finding),
        }
    }
}
