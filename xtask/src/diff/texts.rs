//! Compares strings: is a difference cosmetic (whitespace, punctuation, width), or does the meaning
//! differ?

use std::collections::BTreeSet;

use errbook_spec::facts::Fact;
use errbook_spec::{Code, Spec, Texts};

use crate::diff::facts::texts_of;
use crate::diff::{Class, Finding, Severity, Verdict, own_language};
use crate::fold::{is_whitespace, to_half_width};

/// A code in one of the two states.
pub(super) struct Side<'a> {
    pub(super) code: &'a Code,
    pub(super) spec: &'a Spec,
    /// All languages of the state. A language that is added or removed as a whole is a finding of
    /// its own.
    pub(super) languages: &'a BTreeSet<String>,
}

/// Whether two strings differ only in whitespace, case, character width, and punctuation without a
/// meaning.
///
/// ```
/// use errbook_cli::diff::same_but_for_form;
/// assert!(same_but_for_form("比对源照片问题,无法解码", "比对源照片问题，无法解码。"));
/// assert!(same_but_for_form("Invalid request.", "invalid Request"));
/// assert!(same_but_for_form("腾讯云-慧眼", "腾讯云·慧眼"));
/// assert!(!same_but_for_form("大于 1.5 秒", "大于 15 秒"));
/// assert!(!same_but_for_form("大于 -5", "大于 5"));
/// ```
#[must_use]
pub fn same_but_for_form(old: &str, new: &str) -> bool {
    form_key(old) == form_key(new)
}

/// The string in lowercase, without whitespace and punctuation, except between two digits: `1.5`,
/// `10:30`, `1 2`.
pub(crate) fn form_key(text: &str) -> String {
    let letters: Vec<char> = text.chars().map(to_half_width).collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let between = |at: usize| digit(at.checked_sub(1)) && digit(Some(at + 1));
    // Between letters that are not Latin, a hyphen is a dash.
    let other = |at: Option<usize>| {
        let letter = at.and_then(|at| letters.get(at));
        letter.is_some_and(|letter| letter.is_alphabetic() && !letter.is_ascii())
    };
    let is_dash = |at: usize| letters[at] == '-' && other(at.checked_sub(1)) && other(Some(at + 1));
    let counts = |at: usize| {
        let letter = letters[at];
        between(at) || !(is_whitespace(letter) || is_separator(letter) || is_dash(at))
    };
    letters
        .iter()
        .enumerate()
        .filter(|(at, _)| counts(*at))
        .flat_map(|(_, letter)| letter.to_lowercase())
        .collect()
}

/// Whether this is punctuation that only separates words. `?`, `<`, `*`, `-`, `%`, `/` and the like
/// can change the meaning, so they are not.
fn is_separator(letter: char) -> bool {
    matches!(
        letter,
        ',' | '.' | ';' | ':' | '!' | '"' | '\'' | '(' | ')' | '[' | ']' | '`'
    ) || matches!(
        letter,
        '、' | '·' | '…' | '—' | '《' | '》' | '【' | '】' | '「' | '」' | '『' | '』'
    )
}

/// Compares a message or a remedy in each language. Changes of translations weigh less than changes
/// of the vendor's own string.
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
    let vendors = own_language(new.code, new.spec);
    let tags: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for tag in tags {
        let was = before.get(tag).map(|at| at.value.as_str());
        let is = after.get(tag).map(|at| at.value.as_str());
        let is_in_both =
            tag == vendors || (old.languages.contains(tag) && new.languages.contains(tag));
        // Most findings are about messages, so a language alone means the message.
        let detail = if class == Class::MESSAGE_CHANGED {
            tag.clone()
        } else {
            format!("{}.{tag}", fact.key)
        };
        let finding = match (was, is) {
            (Some(was), Some(is)) if was == is => continue,
            (Some(was), Some(is)) => {
                weigh_change(found(class).with_detail(tag), was, is, tag == vendors)
            }
            // The whole vendor gained or lost this language, which is a finding of its own.
            _ if !is_in_both => continue,
            (None, None) => continue,
            (Some(_), None) if tag != vendors => found(Class::TranslationStale).with_detail(detail),
            (None, Some(_)) if tag != vendors => found(Class::TranslationAdded).with_detail(detail),
            _ => found(class).with_detail(tag),
        };
        findings.push(finding.with_old(was).with_new(is));
    }
}

fn weigh_change(finding: Finding, old: &str, new: &str, is_vendors: bool) -> Finding {
    if same_but_for_form(old, new) {
        return finding.with_weight(Severity::Cosmetic, Verdict::Patch);
    }
    if is_vendors {
        finding
    } else {
        finding.with_weight(Severity::Info, Verdict::Patch)
    }
}

/// Compares a title in each language.
pub(super) fn compare_titles(
    old: &Texts,
    new: &Texts,
    found: impl Fn(Class) -> Finding,
    findings: &mut Vec<Finding>,
) {
    for tag in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let was = old.get(tag).map(|at| at.value.as_str());
        let is = new.get(tag).map(|at| at.value.as_str());
        let finding = found(Class::TitleChanged)
            .with_detail(tag)
            .with_old(was)
            .with_new(is);
        match (was, is) {
            (old, new) if old == new => {}
            (Some(old), Some(new)) if same_but_for_form(old, new) => {
                findings.push(finding.with_weight(Severity::Cosmetic, Verdict::Patch));
            }
            _ => findings.push(finding),
        }
    }
}
