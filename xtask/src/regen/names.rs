//! Names the codes that the overlay does not name: with the name that a release promises, or else a
//! provisional name, which is made again at each run.

use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::place::At;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Set, Status};

use crate::names::{alphanumeric, from_english, from_symbol};
use crate::overlay::SetOverlay;
use crate::reference::{Key, code_key};
use crate::regen::promised::Promised;

/// Names the codes without a name, and returns the codes in the document that have a provisional
/// name, each with the name.
pub(super) fn name_codes(
    set: &mut Set,
    overlay: &SetOverlay,
    earlier: &[&Set],
    promised: &Promised,
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
    let remembered = Remembered::new(set, &promised.named(set, earlier));
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

/// The names of codes that programs may know.
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
        let is_former = |name: &&&At<String>| {
            let mut former = set.codes.iter().filter(|code| code.is_former());
            !code.is_former() && former.any(|code| code.variant == ***name)
        };
        let names = keys.iter().filter_map(|key| self.0.get(key)).flatten();
        let mut names = names.filter(|name| !is_former(name));
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
    let numbered = format!("{name}{}", alphanumeric(&code.code));
    let more = (2_u32..).map(|number| format!("{numbered}N{number}"));
    let mut names = std::iter::once(numbered.clone()).chain(more);
    names
        .find(|name| !taken.contains(name))
        .expect("finitely many names are taken")
}

/// A name from the symbol, or else from the English message, or else from the code itself.
fn candidate_name(code: &Code) -> String {
    let name = derived_name(code);
    name.unwrap_or_else(|| format!("Unnamed{}", alphanumeric(&code.code)))
}

/// A name from the symbol, or else from the English message.
pub(super) fn derived_name(code: &Code) -> Option<String> {
    let symbol = code.symbol.as_ref();
    let symbol = symbol.and_then(|symbol| from_symbol(symbol));
    symbol.or_else(|| from_english(code.message.get("en")?))
}
