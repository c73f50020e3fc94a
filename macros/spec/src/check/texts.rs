//! Rules for strings: language tags are valid, and there are no hidden characters. Also fills in
//! missing languages.

use crate::facts::{Entry, Fact, text_facts_of};
use crate::order::Firsts;
use crate::place::At;
use crate::problem::Problems;
use crate::spec::{Code, Range, Set, Spec};
use crate::texts::Texts;

/// Visits every string of the spec that has a language, with its tag.
pub(super) fn each<'a>(spec: &'a Spec, visit: &mut dyn FnMut(&'a str, &'a At<String>)) {
    let facts_of_sets: Vec<_> = text_facts_of::<Set>().collect();
    let facts_of_codes: Vec<_> = text_facts_of::<Code>().collect();
    let facts_of_ranges: Vec<_> = text_facts_of::<Range>().collect();
    visit_texts(&spec.title, visit);
    for set in &spec.sets {
        visit_facts(set, &facts_of_sets, visit);
        for section in &set.sections {
            visit_texts(&section.title, visit);
        }
        for code in &set.codes {
            visit_facts(code, &facts_of_codes, visit);
        }
        for range in &set.ranges {
            visit_facts(range, &facts_of_ranges, visit);
        }
    }
}

fn visit_facts<'a, E: Entry>(
    entry: &'a E,
    facts: &[&Fact],
    visit: &mut dyn FnMut(&'a str, &'a At<String>),
) {
    for fact in facts {
        if let Some(texts) = fact.texts(entry) {
            visit_texts(texts, visit);
        }
    }
}

fn visit_texts<'a>(texts: &'a Texts, visit: &mut dyn FnMut(&'a str, &'a At<String>)) {
    for (tag, text) in texts.iter() {
        visit(tag, text);
    }
}

/// Every language is a tag that `errbook::Locale` supports, in canonical form.
pub(super) fn check_language_tags(spec: &Spec, problems: &mut Problems) {
    is_tag(&spec.locale, &spec.locale, problems);
    for set in &spec.sets {
        for tag in set.codes.iter().filter_map(|code| code.locale.as_ref()) {
            is_tag(tag, tag, problems);
        }
    }
    let mut seen = Firsts::default();
    each(spec, &mut |tag, text| {
        if seen.before(tag, 0).is_none() {
            is_tag(tag, text, problems);
        }
    });
}

fn is_tag(tag: &str, at: &At<String>, problems: &mut Problems) {
    if canonical_tag(tag).is_none_or(|canonical| canonical != tag) {
        let help = match canonical_tag(tag) {
            Some(canonical) => format!("write `{canonical}`"),
            None => "a tag starts with two or three letters, such as `en`, `zh-CN` or `zh-Hant-TW`"
                .to_owned(),
        };
        problems.push_with_help(&at.place, format!("`{tag}` is not a language tag"), help);
    }
}

/// The canonical form of a tag of language, script and region; `None` if it is not a valid tag.
///
/// ```
/// assert_eq!(errbook_spec::canonical_tag("zh_hant_tw").as_deref(), Some("zh-Hant-TW"));
/// assert_eq!(errbook_spec::canonical_tag("chinese"), None);
/// ```
#[must_use]
pub fn canonical_tag(tag: &str) -> Option<String> {
    let is = |part: &str, check: fn(&u8) -> bool| part.as_bytes().iter().all(check);
    let mut parts = tag.split(['-', '_']);
    let language = parts
        .next()
        .filter(|part| matches!(part.len(), 2 | 3) && is(part, u8::is_ascii_alphabetic))?;
    let mut canonical = language.to_ascii_lowercase();
    for (index, part) in parts.enumerate() {
        let part = match part.len() {
            4 if index == 0 && is(part, u8::is_ascii_alphabetic) => {
                format!(
                    "{}{}",
                    part[..1].to_ascii_uppercase(),
                    part[1..].to_ascii_lowercase()
                )
            }
            2 if is(part, u8::is_ascii_alphabetic) => part.to_ascii_uppercase(),
            3 if is(part, u8::is_ascii_digit) => part.to_owned(),
            _ => return None,
        };
        canonical = format!("{canonical}-{part}");
    }
    Some(canonical)
}

/// No string contains characters that reorder or hide others: what a person reviews is what a
/// program gets.
pub(super) fn check_hidden_characters(spec: &Spec, problems: &mut Problems) {
    each(spec, &mut |_, text| check_hidden(text, problems));
    for code in spec.sets.iter().flat_map(|set| &set.codes) {
        for text in std::iter::once(&code.code)
            .chain(&code.symbol)
            .chain(&code.aliases)
        {
            check_hidden(text, problems);
        }
    }
}

/// Reports a hidden character in a string.
fn check_hidden(text: &At<String>, problems: &mut Problems) {
    if !may_hide(text) {
        return;
    }
    let Some(hidden) = text.chars().find(|&each| is_hidden(each)) else {
        return;
    };
    let code = u32::from(hidden);
    let (message, help) = if hidden.is_control() {
        (
            format!("this string contains the control character U+{code:04X}"),
            "remove it, or replace it with a space",
        )
    } else {
        let what = "which reorders or hides the characters around it";
        let help = "remove it, and write the characters in the order in which they are shown";
        (
            format!("this string contains the character U+{code:04X}, {what}"),
            help,
        )
    };
    problems.push_with_help(&text.place, message, help);
}

/// Whether the string has anything but printable ASCII. Most strings need no closer look. Byte by
/// byte, because the macro is compiled without optimization, where `chars` is slow.
fn may_hide(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], b' '..=b'~') {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether this is a control character, a bidirectional control, or has no width.
fn is_hidden(each: char) -> bool {
    matches!(
        each,
        '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{61C}'
            | '\u{AD}'
    ) || (each.is_control() && each != '\n')
}

/// The string in each language. Missing languages fall back to the language of the code, then to
/// that of the document, then to any other, and last to `last`.
pub(super) fn filled(
    texts: &Texts,
    code: Option<&Code>,
    spec: &Spec,
    locales: &[String],
    last: &str,
) -> Vec<String> {
    let own = code
        .and_then(|code| code.locale.as_ref())
        .unwrap_or(&spec.locale);
    let fallback = texts
        .get(&own.value)
        .or_else(|| texts.get(&spec.locale.value))
        .or_else(|| texts.values().next());
    let fallback = fallback.map_or(last, |text| text.as_str());
    locales
        .iter()
        .map(|locale| {
            texts
                .get(locale)
                .map_or(fallback, |text| text.as_str())
                .to_owned()
        })
        .collect()
}
