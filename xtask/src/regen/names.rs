//! Names the codes that the overlay does not name: with the name from the previous spec, or else a
//! provisional name.

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::place::At;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Status};
use heck::ToUpperCamelCase;

use crate::overlay::SetOverlay;
use crate::reference::{Key, code_key};

/// How many words of a message make a name: the first words tell most messages apart, and the name
/// is provisional.
const WORDS: usize = 5;

/// Names the codes without a name, and returns the codes in the document that have a provisional
/// name, each with the name.
pub(super) fn name_codes(
    set: &mut Set,
    overlay: &SetOverlay,
    earlier: &[&Set],
    problems: &mut Problems,
) -> Vec<String> {
    let named = overlay
        .entries
        .iter()
        .filter(|entry| entry.variant.is_some());
    let named: BTreeSet<_> = named.map(|entry| &entry.key).collect();
    let unnamed: Vec<_> = (0..set.codes.len())
        .filter(|&at| !named.contains(&code_key(&set.codes[at], set.identity)))
        .collect();
    let remembered = Remembered::new(set, earlier);
    for &at in &unnamed {
        if let Some(variant) = remembered.name_of(&set.codes[at], set, problems) {
            set.codes[at].variant = variant;
        }
    }
    let mut taken: BTreeSet<String> = set
        .codes
        .iter()
        .flat_map(|code| std::iter::once(&code.variant).chain(&code.was_variant))
        .map(|name| name.value.clone())
        .collect();
    for &at in &unnamed {
        let code = &mut set.codes[at];
        if code.variant.is_empty() {
            let name = free_name(code, &taken);
            taken.insert(name.clone());
            code.variant = At::new(name, code.code.place.clone());
        }
    }
    let unnamed = unnamed.iter().map(|&at| &set.codes[at]);
    unnamed
        .filter(|code| code.status == Status::Active)
        .map(|code| format!("{} {}", *code.code, *code.variant))
        .collect()
}

/// The names of codes in the previous specs.
struct Remembered<'a>(BTreeMap<Key, Vec<&'a At<String>>>);

impl<'a> Remembered<'a> {
    fn new(set: &Set, earlier: &[&'a Set]) -> Self {
        let mut names = BTreeMap::<_, Vec<_>>::new();
        for code in earlier.iter().flat_map(|old| &old.codes) {
            names
                .entry(code_key(code, set.identity))
                .or_default()
                .push(&code.variant);
        }
        Self(names)
    }

    /// The name of a code under its current or a former key. Reports specs that disagree.
    fn name_of(&self, code: &Code, set: &Set, problems: &mut Problems) -> Option<At<String>> {
        let current = code_key(code, set.identity);
        let former = code.was.iter().filter_map(|was| Key::parse(was));
        let keys: Vec<_> = std::iter::once(current.clone()).chain(former).collect();
        let mut names = keys.iter().filter_map(|key| self.0.get(key)).flatten();
        let first = names.next()?;
        if let Some(other) = names.find(|other| *other != first) {
            let reference = format!("{}.{}", set.name.value, current.reference());
            let message = format!(
                "`{reference}` has two names: `{}` here, and `{}` at {}",
                first.value, other.value, other.place
            );
            problems.push_with_help(
                &first.place,
                message,
                "choose one as its `variant` in overlay.toml",
            );
        }
        Some((*first).clone())
    }
}

/// The candidate name, with the code and then a number appended if it is already taken.
fn free_name(code: &Code, taken: &BTreeSet<String>) -> String {
    let name = candidate_name(code);
    if !taken.contains(&name) {
        return name;
    }
    let numbered = format!("{name}{}", alphanumeric_part(&code.code));
    let more = (2_u32..).map(|number| format!("{numbered}N{number}"));
    let mut names = std::iter::once(numbered.clone()).chain(more);
    names
        .find(|name| !taken.contains(name))
        .expect("finitely many names are taken")
}

/// A name from the symbol, or else from the English message, or else from the code itself.
fn candidate_name(code: &Code) -> String {
    let symbol = code
        .symbol
        .as_ref()
        .map(|symbol| to_variant(&without_parameters(symbol)));
    let message = || {
        code.message
            .get("en")
            .map(|text| to_variant(&first_words(text)))
    };
    let usable = |name: &String| {
        name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "Self"
    };
    let name = symbol.filter(usable).or_else(|| message().filter(usable));
    name.unwrap_or_else(|| format!("Unnamed{}", alphanumeric_part(&code.code)))
}

fn first_words(text: &str) -> String {
    let sentence = text
        .split(['.', '。', ';', '\n'])
        .find(|part| !part.trim().is_empty())
        .unwrap_or_default();
    let words = without_parameters(sentence);
    let words = words
        .split_whitespace()
        .filter(|word| !word.eq_ignore_ascii_case("the"))
        .take(WORDS);
    words.collect::<Vec<_>>().join(" ")
}

/// The text without parameters such as `<ip>`.
fn without_parameters(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for letter in text.chars() {
        match letter {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            other if depth == 0 => out.push(other),
            _ => {}
        }
    }
    out
}

/// Converts words to `UpperCamelCase`. Characters that are not allowed in an identifier separate
/// words; an apostrophe does not: `it's` becomes `Its`.
fn to_variant(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|letter| !matches!(letter, '\'' | '’'))
        .collect();
    let plain: String = text
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    plain.to_upper_camel_case()
}

fn alphanumeric_part(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect()
}
