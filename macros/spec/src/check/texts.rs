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

/// No string is empty: it would be shown in place of that in another language.
pub(super) fn check_not_empty(spec: &Spec, problems: &mut Problems) {
    let mut report = |what: &str, text: &At<String>, help: &str| {
        if text.trim().is_empty() {
            problems.push_with_help(&text.place, format!("this {what} is empty"), help);
        }
    };
    each(spec, &mut |_, text| {
        report("text", text, "write it, or leave the language out");
    });
    for code in spec.sets.iter().flat_map(|set| &set.codes) {
        for name in code.symbol.iter().chain(&code.aliases) {
            report("name", name, "write it, or leave it out");
        }
    }
}

/// No string contains characters that reorder or hide others: what a person reviews is what a
/// program gets. Texts that people read may contain those that their script needs.
pub(super) fn check_hidden_characters(spec: &Spec, problems: &mut Problems) {
    each(spec, &mut |_, text| {
        check_hidden(text, hidden_in_prose, problems);
    });
    for code in spec.sets.iter().flat_map(|set| &set.codes) {
        for text in std::iter::once(&code.code)
            .chain(&code.symbol)
            .chain(&code.aliases)
        {
            let find = |text: &str| text.chars().find(|&each| is_hidden(each));
            check_hidden(text, find, problems);
        }
    }
}

/// No name mixes Latin letters with letters of another script that look like Latin ones: people
/// cannot type such a name, and a program that receives the Latin letter would not find the code.
/// If the vendor sends the other letter, that symbol can be an alias.
pub(super) fn check_look_alikes(spec: &Spec, problems: &mut Problems) {
    let mut check = |name: &At<String>, help: &str| {
        let Some((found, latin)) = may_hide(name).then(|| look_alike(name)).flatten() else {
            return;
        };
        let code = u32::from(found);
        let message = format!(
            "`{}` contains the letter U+{code:04X}, which looks like the Latin `{latin}`",
            name.value
        );
        problems.push_with_help(&name.place, message, help);
    };
    for set in &spec.sets {
        check(&set.name, "write the Latin letter");
        for code in &set.codes {
            check(&code.variant, "write the Latin letter");
            let help = "write the Latin letter; if the vendor sends the other one, add that symbol \
                        to `aliases`";
            std::iter::once(&code.code)
                .chain(&code.symbol)
                .for_each(|name| check(name, help));
        }
    }
}

/// Letters of Cyrillic and Greek, each before the Latin one that it looks like.
const LOOK_ALIKES: &str = "АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXаaеeѕsіiјjоoрpсcуyхxһhԁdԛqԝw\
                           ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv";

/// A letter that looks like a Latin one, in a word of Latin letters and such.
fn look_alike(name: &str) -> Option<(char, char)> {
    let letters = LOOK_ALIKES.chars().step_by(2);
    let latin = LOOK_ALIKES.chars().skip(1).step_by(2);
    let latin_of = |each: char| {
        letters
            .clone()
            .zip(latin.clone())
            .find(|pair| pair.0 == each)
    };
    name.split(|each: char| !each.is_alphanumeric())
        .find_map(|word| {
            let is_latin = word.chars().any(|each| each.is_ascii_alphabetic());
            let mut others = word.chars().filter(|each| !each.is_ascii());
            let first = others.next().and_then(latin_of)?;
            (is_latin && others.all(|each| latin_of(each).is_some())).then_some(first)
        })
}

/// Reports a hidden character in a string.
fn check_hidden(text: &At<String>, find: fn(&str) -> Option<char>, problems: &mut Problems) {
    if !may_hide(text) {
        return;
    }
    let Some(hidden) = find(text) else {
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

/// The first character that reorders or hides others and that the script of the text does not need.
///
/// Joiners are needed inside words of many scripts and inside emoji, soft hyphens between letters,
/// and marks of direction anywhere. Isolates come in pairs within a line. What overrides the
/// direction is never needed.
fn hidden_in_prose(text: &str) -> Option<char> {
    let mut before = ' ';
    let mut isolates: Vec<char> = Vec::new();
    let mut rest = text.chars();
    while let Some(each) = rest.next() {
        let after = rest.clone().next().unwrap_or(' ');
        let is_needed = match each {
            '\u{200C}' => joins(before) && joins(after) || is_virama(before),
            '\u{200D}' => {
                joins(before) && joins(after)
                    || is_virama(before)
                    || is_part_of_emoji(before) && is_part_of_emoji(after)
            }
            '\u{AD}' => before.is_alphabetic() && after.is_alphabetic(),
            '\u{200E}' | '\u{200F}' | '\u{61C}' => true,
            '\u{2066}'..='\u{2068}' => {
                isolates.push(each);
                true
            }
            '\u{2069}' => isolates.pop().is_some(),
            '\n' if !isolates.is_empty() => return isolates.pop(),
            _ => !is_hidden(each),
        };
        if !is_needed {
            return Some(each);
        }
        before = each;
    }
    isolates.pop()
}

/// Whether joiners occur between letters of the script: Arabic, Syriac, Mandaic, Mongolian, and the
/// scripts of India and its neighbours.
fn joins(each: char) -> bool {
    matches!(
        each,
        '\u{600}'..='\u{7FF}'
            | '\u{840}'..='\u{109F}'
            | '\u{1780}'..='\u{18AF}'
            | '\u{A840}'..='\u{A8FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
            | '\u{11000}'..='\u{11FFF}'
    ) && !matches!(each, '\u{61C}')
}

/// Whether this sign removes the vowel of the letter before it: a joiner after it says how both are
/// drawn, also at the end of a word.
fn is_virama(each: char) -> bool {
    matches!(
        each,
        '\u{94D}'
            | '\u{9CD}'
            | '\u{A4D}'
            | '\u{ACD}'
            | '\u{B4D}'
            | '\u{BCD}'
            | '\u{C4D}'
            | '\u{CCD}'
            | '\u{D4D}'
            | '\u{DCA}'
            | '\u{1039}'
            | '\u{17D2}'
    )
}

/// Whether this is a picture, or one of the signs that change the picture before them.
fn is_part_of_emoji(each: char) -> bool {
    matches!(
        each,
        '\u{2190}'..='\u{21FF}'
            | '\u{2600}'..='\u{27BF}'
            | '\u{2B00}'..='\u{2BFF}'
            | '\u{FE0F}'
            | '\u{1F000}'..='\u{1FAFF}'
    )
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

/// The string in each language. Missing languages fall back to the first of the spec's `fallbacks`
/// that has it, then to the language of the code, then to that of the document, then to any other,
/// and last to `last`.
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
    let fallback = (spec.fallbacks.iter())
        .find_map(|tag| texts.get(tag))
        .or_else(|| texts.get(&own.value))
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

#[cfg(test)]
mod tests {
    use super::{canonical_tag, hidden_in_prose, look_alike};

    #[test]
    fn a_tag_has_a_language_and_then_a_script_and_regions() {
        for (tag, expected) in [
            ("EN", Some("en")),
            ("zh-cn", Some("zh-CN")),
            ("zh_HANT_tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("fil", Some("fil")),
            ("e", None),
            ("e1", None),
            ("chinese", None),
            ("", None),
            ("en-", None),
            ("en-abc", None),
            ("en-12", None),
            ("en-1234", None),
            ("zh-TW-Hant", None),
        ] {
            assert_eq!(canonical_tag(tag).as_deref(), expected, "{tag}");
        }
    }

    #[test]
    fn letters_that_look_like_latin_ones_are_found_among_these() {
        for (name, expected) in [
            ("FACE_N\u{41E}T_FOUND", Some(('\u{41E}', 'O'))),
            ("S\u{435}v\u{435}n", Some(('\u{435}', 'e'))),
            ("BAD.\u{39F}K", Some(('\u{39F}', 'O'))),
            // Words of another script, alone or with a Latin part.
            ("Ошибка", None),
            ("HTTPОшибка", None),
            ("E_ОК", None),
            ("TIMEOUT_μS", None),
            ("姓名A", None),
            ("NOT_FOUND", None),
        ] {
            assert_eq!(look_alike(name), expected, "{name}");
        }
    }

    #[test]
    fn what_a_script_needs_is_allowed() {
        for text in [
            // Persian, with a joiner between the parts of a word.
            "درخواست نمی\u{200C}شود",
            // Sinhala and Hindi, where it follows a virama.
            "ශ්\u{200D}රී ලංකාව",
            "क्\u{200D}ष",
            "क्\u{200D} क्\u{200C}",
            "पुनः प्रयास करें",
            // A family, and a flag of two pictures.
            "👨\u{200D}👩\u{200D}👧",
            "🏳\u{FE0F}\u{200D}🌈",
            // German with a soft hyphen, and Hebrew with a mark of direction.
            "Fehler\u{AD}meldung",
            "שגיאה (HTTP)\u{200F}.",
            "הקוד \u{2068}E-12\u{2069} אינו ידוע",
            "two\nlines",
        ] {
            assert_eq!(hidden_in_prose(text), None, "{text}");
        }
    }

    #[test]
    fn what_hides_or_reorders_others_is_found() {
        for (text, expected) in [
            ("pay\u{200D}pal", '\u{200D}'),
            ("ab\u{200C}cd", '\u{200C}'),
            ("👨\u{200D}a", '\u{200D}'),
            ("-\u{AD}5", '\u{AD}'),
            ("a\u{202E}b\u{202C}", '\u{202E}'),
            ("a\u{2068}b", '\u{2068}'),
            ("a\u{2068}b\nc\u{2069}", '\u{2068}'),
            ("a\u{2069}b", '\u{2069}'),
            ("a\u{200B}b", '\u{200B}'),
            ("a\nb\u{200B}", '\u{200B}'),
            // A joiner or a hyphen with what needs it on one side only.
            ("ن\u{200C}a", '\u{200C}'),
            ("a\u{200C}ن", '\u{200C}'),
            ("ن\u{200D}a", '\u{200D}'),
            ("a\u{200D}ن", '\u{200D}'),
            ("a\u{200D}👧", '\u{200D}'),
            ("a\u{AD}5", '\u{AD}'),
            ("\u{AD}a", '\u{AD}'),
            ("a\u{7}b", '\u{7}'),
            ("\u{FEFF}a", '\u{FEFF}'),
        ] {
            assert_eq!(hidden_in_prose(text), Some(expected), "{text:?}");
        }
    }
}
