//! What the previous spec remembers, and nothing else does: retired codes and provisional names.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::place::At;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Section, Set, Since, Spec, Status};

use crate::overlay::{Overlay, SetOverlay, Tables};
use crate::reference::{Key, key};

/// The previous spec, and those of other revisions.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// Our own comes first.
    pub(super) specs: Vec<Spec>,
    /// When the vendor's codes first appeared, unless one says so itself.
    pub(super) since: Option<Since>,
}

/// What became of a code since the previous spec.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is new.
    Added,
    /// It has left the document.
    Retired,
    /// It had left the document and is back.
    Revived,
    /// A person took it out.
    Removed,
    /// The vendor calls it something else, and nothing decodes the old name.
    Symbol {
        /// What the vendor called it.
        from: String,
    },
}

impl Memory {
    /// The earlier states of a set, under any name that it had.
    pub(super) fn of_set(&self, overlay: &SetOverlay) -> Vec<&Set> {
        let names: BTreeSet<_> = std::iter::once(&overlay.name)
            .chain(&overlay.decided.was)
            .map(|name| name.value.as_str())
            .collect();
        let sets = self.specs.iter().flat_map(|spec| &spec.sets);
        sets.filter(|set| names.contains(set.name.value.as_str()))
            .collect()
    }

    /// A set may leave the overlay only by a word of the overlay.
    pub(super) fn every_set_is_in_the_overlay(&self, overlay: &Overlay, problems: &mut Problems) {
        let known: BTreeSet<_> = overlay
            .sets
            .iter()
            .flat_map(|set| std::iter::once(&set.name).chain(&set.decided.was))
            .map(|name| name.value.as_str())
            .collect();
        for set in self.specs.iter().flat_map(|spec| &spec.sets) {
            if !known.contains(set.name.value.as_str()) {
                let message = format!(
                    "the set `{}` is no longer in overlay.toml, and its codes still decode",
                    set.name.value
                );
                let help = format!(
                    "keep `[set.{0}]` with `status = \"retired\"`, or say `was = [\"{0}\"]` in the set that it became",
                    set.name.value
                );
                problems.push_with_help(&set.name.place, message, help);
            }
        }
    }
}

/// Puts back the codes that have left the document: each after the code that came before it.
pub(super) fn retire(set: &mut Set, earlier: &[&Set], overlay: &SetOverlay, edition: &str) {
    let mut places = places(set, overlay);
    let mut left: Vec<Vec<Code>> = vec![Vec::new(); set.codes.len() + 1];
    for old in earlier {
        // 0 is the place before the first code.
        let mut place = 0;
        for code in &old.codes {
            match places.entry(key(code, set.identity)) {
                Entry::Occupied(known) => place = known.get().unwrap_or(place),
                Entry::Vacant(new) => {
                    new.insert(Some(place));
                    keep_section(&mut set.sections, old, code.section.as_ref());
                    left[place].push(retired(code, edition));
                }
            }
        }
    }
    let mut codes = std::mem::take(&mut left[0]);
    for (code, after) in std::mem::take(&mut set.codes)
        .into_iter()
        .zip(left.into_iter().skip(1))
    {
        codes.push(code);
        codes.extend(after);
    }
    set.codes = codes;
}

/// Says of each code when it first appeared, if that is not when the vendor's codes did: as the previous spec says, and
/// for a new code in this edition.
pub(super) fn remember_since(set: &mut Set, earlier: &[&Set], vendor: &Since, edition: &str) {
    let identity = set.identity;
    let old = earlier.iter().rev().flat_map(|old| &old.codes);
    let old: BTreeMap<Key, &Code> = old.map(|code| (key(code, identity), code)).collect();
    let new = Since {
        edition: Some(edition.into()),
        release: None,
    };
    for code in &mut set.codes {
        let former = code.was.iter().filter_map(|was| Key::parse(was));
        let mut keys = std::iter::once(key(code, identity)).chain(former);
        code.since = match keys.find_map(|key| old.get(&key)) {
            Some(before) => before.since.clone(),
            // Before the first release, codes that the first edition has too are not new.
            None => (new != *vendor).then(|| new.clone()),
        };
    }
}

/// The code as it was. It left with this edition, unless it had left before.
fn retired(code: &Code, edition: &str) -> Code {
    let retired_in = match code.status {
        Status::Active => Some(edition.into()),
        Status::Retired => code.retired_in.clone(),
    };
    Code {
        status: Status::Retired,
        retired_in,
        ..code.clone()
    }
}

/// The place behind each code, under all the keys that it has had; none behind a code that was taken out.
fn places(set: &Set, overlay: &SetOverlay) -> BTreeMap<Key, Option<usize>> {
    let removed = overlay.entries.iter().filter(|entry| entry.removed);
    let mut places: BTreeMap<_, _> = removed.map(|entry| (entry.key.clone(), None)).collect();
    places.extend(
        set.codes
            .iter()
            .enumerate()
            .map(|(at, code)| (key(code, set.identity), Some(at + 1))),
    );
    for entry in &overlay.entries {
        let place = places.get(&entry.key).copied().flatten();
        let former = entry.decided.was.iter().filter_map(|was| Key::parse(was));
        former.for_each(|was| _ = places.entry(was).or_insert(place));
    }
    places
}

/// A retired code keeps its section, though no table has it any more.
fn keep_section(sections: &mut Vec<Section>, old: &Set, id: Option<&At<String>>) {
    let is_it = |section: &&Section| Some(&section.id) == id;
    if !sections.iter().any(|section| is_it(&section)) {
        sections.extend(old.sections.iter().find(is_it).cloned());
    }
}

/// What became of each code since the previous spec, in the order of the set, with its variant.
pub(super) fn changes(
    set: &Set,
    earlier: &[&Set],
    overlay: &SetOverlay,
) -> Vec<(Key, String, Change)> {
    if earlier.is_empty() {
        return Vec::new();
    }
    // Our own spec comes first, so it must be put in last.
    let codes = earlier.iter().rev().flat_map(|old| &old.codes);
    let old: BTreeMap<Key, &Code> = codes.map(|code| (key(code, set.identity), code)).collect();
    let mut changes = Vec::new();
    for code in &set.codes {
        let is = key(code, set.identity);
        let was = || {
            code.was
                .iter()
                .filter_map(|was| Key::parse(was))
                .find_map(|was| old.get(&was))
        };
        let change = match old.get(&is).or_else(was) {
            None => Some(Change::Added),
            Some(old) => change(old, code),
        };
        changes.extend(change.map(|change| (is, code.variant.value.clone(), change)));
    }
    let removed = overlay.entries.iter().filter(|entry| entry.removed);
    let removed = removed.filter_map(|entry| {
        Some((
            entry.key.clone(),
            old.get(&entry.key)?.variant.value.clone(),
        ))
    });
    changes.extend(removed.map(|(key, variant)| (key, variant, Change::Removed)));
    changes
}

fn change(old: &Code, new: &Code) -> Option<Change> {
    match (old.status, new.status) {
        (Status::Active, Status::Retired) => return Some(Change::Retired),
        (Status::Retired, Status::Active) => return Some(Change::Revived),
        _ => {}
    }
    let from = old
        .symbol
        .as_ref()
        .filter(|symbol| Some(*symbol) != new.symbol.as_ref())?;
    // A code that was given a new key decodes under the old one by its `was`.
    let decodes = new.aliases.contains(from) || !new.was.is_empty();
    (!decodes).then(|| Change::Symbol {
        from: from.value.clone(),
    })
}

/// A set whose table the vendor withdrew, as it was.
pub(super) fn retired_set(overlay: &SetOverlay, earlier: &[&Set], problems: &mut Problems) -> Set {
    let Some(old) = earlier.first() else {
        let message = format!(
            "nothing is known of the retired set `{}`",
            overlay.name.value
        );
        let help = "its codes stood in a spec.toml before: name a revision that has it with `--previous REV`";
        problems.push_with_help(&overlay.name.place, message, help);
        return Set::default();
    };
    debug_assert!(matches!(overlay.tables, Tables::Retired));
    Set {
        status: Status::Retired,
        codes: Vec::new(),
        sections: Vec::new(),
        ..(*old).clone()
    }
}
