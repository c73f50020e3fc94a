//! Carries over what only the previous spec knows: retired codes, provisional names, and when each
//! code first appeared.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use errbook_spec::place::At;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Section, Set, Since, Spec, Status};

use crate::diff::earlier_codes;
use crate::fold::{heading_key, unnumbered};
use crate::overlay::{Overlay, SetOverlay, Tables};
use crate::reference::{Key, code_key};
use crate::regen::fit::{Owner, TableRows, rows_of_sets};
use crate::regen::promised::Promised;

/// The previous spec, and the specs of other revisions (`--previous`).
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// The specs; that of the working tree comes first.
    pub(super) specs: Vec<Spec>,
    /// When the vendor's codes first appeared, except those that have a `since` of their own.
    pub(super) since: Option<Since>,
    /// What the releases promise.
    pub(super) promised: Promised,
    /// Whether the document is a new edition, in which codes and tables may be gone.
    pub(super) is_new_edition: bool,
}

/// How a code changed since the previous spec.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The code is new.
    Added,
    /// The code is no longer in the document.
    Retired,
    /// The document still lists the code, but says that it is no longer used.
    Withdrawn,
    /// The code is in the document again.
    Revived,
    /// The code is no longer in the document, and no release promises it.
    Dropped,
    /// The overlay removed the code.
    Removed,
    /// The vendor changed the symbol, and the old one no longer decodes.
    Symbol {
        /// The old symbol.
        from: String,
    },
}

impl Memory {
    /// The earlier states of a set, under its current or a former name.
    pub(super) fn earlier_sets(&self, overlay: &Overlay, set: &SetOverlay) -> Vec<&Set> {
        let sets = self.specs.iter().flat_map(|spec| &spec.sets);
        sets.filter(|earlier| is_named(set, earlier) || self.is_renamed(overlay, set, earlier))
            .collect()
    }

    /// Whether a set of the overlay is an earlier one under another name, a name that no
    /// release promised: it has the same table.
    fn is_renamed(&self, overlay: &Overlay, set: &SetOverlay, earlier: &Set) -> bool {
        let Tables::One(table) = &set.tables else {
            return false;
        };
        let is_promised = self.promised.has_set(&earlier.name.value);
        let is_whole_heading = table.column.is_none() && table.nth.is_none();
        let mut sets = self.specs.iter().flat_map(|spec| &spec.sets);
        let key = |text: &str| heading_key(unnumbered(text));
        let title = set.title.as_ref().unwrap_or(&table.heading);
        !is_promised
            && is_whole_heading
            && !overlay.sets.iter().any(|set| is_named(set, earlier))
            && !sets.any(|other| is_named(set, other))
            && (earlier.title.values()).any(|earlier| key(earlier) == key(title))
    }

    /// The codes of the previous spec that a new edition does not have any more, and that are not
    /// kept because no release promises them.
    pub(super) fn dropped_codes(&self, set: &Set, earlier: &[&Set]) -> BTreeSet<Key> {
        if self.is_new_edition {
            dropped_codes(set, earlier).map(|(key, _)| key).collect()
        } else {
            BTreeSet::new()
        }
    }

    /// The rows that the tables of an overlay had in the previous spec.
    pub(super) fn table_rows(&self, overlay: &Overlay) -> BTreeMap<Owner, TableRows> {
        rows_of_sets(overlay, |set| {
            self.earlier_sets(overlay, set).first().copied()
        })
    }

    /// Reports sets that a release promises and that are missing from the overlay. Only the overlay
    /// itself may retire or rename them.
    pub(super) fn check_sets_are_in_overlay(&self, overlay: &Overlay, problems: &mut Problems) {
        let is_known = |earlier: &Set| {
            let mut sets = overlay.sets.iter();
            !self.promised.has_set(&earlier.name.value) || sets.any(|set| is_named(set, earlier))
        };
        for set in self.specs.iter().flat_map(|spec| &spec.sets) {
            if !is_known(set) {
                let message = format!(
                    "the set `{}` is missing from overlay.toml, but its codes must still decode",
                    set.name.value
                );
                let help = format!(
                    "keep `[set.{0}]` with `status = \"retired\"`, or add `was = [\"{0}\"]` to the \
                     set that replaces it",
                    set.name.value
                );
                problems.push_with_help(&set.name.place, message, help);
            }
        }
    }
}

/// Whether a set of the overlay has the name of an earlier one, now or formerly.
fn is_named(set: &SetOverlay, earlier: &Set) -> bool {
    let mut names = std::iter::once(&set.name).chain(&set.decided.was);
    names.any(|name| name.value == earlier.name.value)
}

/// Adds the codes that are no longer in the document, each after the code that it used to follow,
/// and the former meanings of codes at the end.
///
/// A code that no release promises is dropped instead.
pub(super) fn retire(
    set: &mut Set,
    earlier: &[&Set],
    overlay: &SetOverlay,
    promised: &Promised,
    edition: &str,
) {
    let mut places = known_places(set, overlay);
    // The retired codes that follow each code of the set; those at 0 come before the first code.
    let mut retired: Vec<Vec<Code>> = vec![Vec::new(); set.codes.len() + 1];
    let mut former = Vec::new();
    // By code and symbol, so that this takes no longer for each code if there are more.
    let mut entries = BTreeMap::<Key, Vec<_>>::new();
    for entry in &overlay.entries {
        entries.entry(entry.key.now()).or_default().push(entry);
    }
    for old in earlier {
        let mut place = 0;
        for (code, is_promised) in old.codes.iter().zip(promised.has_codes(old)) {
            let key = code_key(code, set.identity);
            // The overlay says that it is a former meaning now, or is none any more.
            let of_code = entries.get(&key.now()).into_iter().flatten();
            let is_moved = of_code
                .into_iter()
                .any(|entry| entry.variant.as_ref() == Some(&code.variant) && entry.key != key);
            match places.entry(key) {
                Entry::Occupied(known) => place = known.get().unwrap_or(place),
                Entry::Vacant(_) if is_moved || is_droppable(code) && !is_promised => {}
                Entry::Vacant(new) => {
                    new.insert(Some(place));
                    keep_section(&mut set.sections, old, code.section.as_ref());
                    let code = retire_code(code, edition);
                    if code.is_former() {
                        former.push(code);
                    } else {
                        retired[place].push(code);
                    }
                }
            }
        }
    }
    let mut codes = std::mem::take(&mut retired[0]);
    for (code, following) in std::mem::take(&mut set.codes)
        .into_iter()
        .zip(retired.into_iter().skip(1))
    {
        codes.push(code);
        codes.extend(following);
    }
    codes.extend(former);
    set.codes = codes;
}

/// Whether a code may disappear if no release promises it. A code that was retired before may have
/// been promised by an earlier one.
fn is_droppable(code: &Code) -> bool {
    code.status == Status::Active || code.is_former()
}

/// Adds the former meanings that the overlay names, as the previous spec or the last release has
/// them.
pub(super) fn add_former(
    set: &mut Set,
    earlier: &[&Set],
    overlay: &SetOverlay,
    promised: &Promised,
    problems: &mut Problems,
) {
    let released = promised.sets_of(set);
    let states = || earlier.iter().chain(&released);
    for entry in overlay.entries.iter().filter(|entry| !entry.removed) {
        let (Some(variant), Some(until)) = (&entry.key.former, &entry.decided.until) else {
            continue;
        };
        let is_it = |code: &&Code| {
            code.variant.value == *variant && code_key(code, set.identity).now() == entry.key.now()
        };
        let found = states().find_map(|old| Some((*old, old.codes.iter().find(is_it)?)));
        let Some((old, code)) = found else {
            let message = format!(
                "`{variant}` was never a name of `{}`, so `until` has nothing to keep",
                entry.key.reference()
            );
            let names = states().flat_map(|old| &old.codes);
            let names = names.filter(|code| code_key(code, set.identity).now() == entry.key.now());
            let names: BTreeSet<_> = names.map(|code| code.variant.as_str()).collect();
            let help = match names.len() {
                0 => "remove the entry: the code is in no earlier spec".to_owned(),
                _ => format!(
                    "its names are `{}`; or pass a revision whose spec.toml has `{variant}` with \
                     `--previous REV`",
                    names.into_iter().collect::<Vec<_>>().join("`, `")
                ),
            };
            problems.push_with_help(&entry.place, message, help);
            continue;
        };
        keep_section(&mut set.sections, old, code.section.as_ref());
        set.codes.push(Code {
            status: Status::Retired,
            retired_in: code.retired_in.clone().or_else(|| Some(until.clone())),
            until: Some(until.clone()),
            ..code.clone()
        });
    }
}

/// Sets `retired_in` of codes that the document still lists, but as withdrawn: the edition that
/// first did so.
pub(super) fn remember_withdrawn(set: &mut Set, earlier: &[&Set], edition: &str) {
    let identity = set.identity;
    let old = earlier.iter().rev().flat_map(|old| &old.codes);
    let old: BTreeMap<Key, &Code> = old.map(|code| (code_key(code, identity), code)).collect();
    let withdrawn = |code: &&mut Code| code.status == Status::Retired && code.retired_in.is_none();
    for code in set.codes.iter_mut().filter(withdrawn) {
        let before = old.get(&code_key(code, identity));
        let before = before.filter(|before| before.status == Status::Retired);
        code.retired_in = match before {
            Some(before) => before.retired_in.clone(),
            None => Some(edition.into()),
        };
    }
}

/// Sets `since` of each code that did not appear together with the vendor: a known code keeps the
/// value of the previous spec, a new code gets this edition.
pub(super) fn remember_since(set: &mut Set, earlier: &[&Set], vendor: &Since, edition: &str) {
    let new = Since {
        edition: Some(edition.into()),
        release: None,
    };
    let states = earlier_states(set, earlier);
    for (code, before) in set.codes.iter_mut().zip(states) {
        code.since = match before {
            Some(before) => before.since.clone(),
            // Codes of the vendor's first edition are not new.
            None => (new != *vendor).then(|| new.clone()),
        };
    }
}

/// The state of each code of a set in the first earlier set that has it.
fn earlier_states<'a>(set: &Set, earlier: &[&'a Set]) -> Vec<Option<&'a Code>> {
    let mut found = vec![None; set.codes.len()];
    for old in earlier {
        for (found, old) in found.iter_mut().zip(earlier_codes(old, set)) {
            *found = found.or(old);
        }
    }
    found
}

/// Marks a code as retired in this edition, unless it was retired already.
fn retire_code(code: &Code, edition: &str) -> Code {
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

/// The position after each code of the set, under its current and former keys; `None` for a code
/// that the overlay removed.
fn known_places(set: &Set, overlay: &SetOverlay) -> BTreeMap<Key, Option<usize>> {
    let removed = overlay.entries.iter().filter(|entry| entry.removed);
    let mut places: BTreeMap<_, _> = removed.map(|entry| (entry.key.clone(), None)).collect();
    places.extend(
        set.codes
            .iter()
            .enumerate()
            .map(|(at, code)| (code_key(code, set.identity), Some(at + 1))),
    );
    for entry in &overlay.entries {
        let place = places.get(&entry.key).copied().flatten();
        let former = entry.decided.was.iter().filter_map(|was| Key::parse(was));
        former.for_each(|was| _ = places.entry(was).or_insert(place));
    }
    places
}

/// Keeps the section of a retired code even if no table has it any more.
fn keep_section(sections: &mut Vec<Section>, old: &Set, id: Option<&At<String>>) {
    let is_wanted = |section: &&Section| Some(&section.id) == id;
    if !sections.iter().any(|section| is_wanted(&section)) {
        sections.extend(old.sections.iter().find(is_wanted).cloned());
    }
}

/// The codes that changed since the previous spec, in the order of the set, with their Rust names.
pub(super) fn list_changes(
    set: &Set,
    earlier: &[&Set],
    overlay: &SetOverlay,
) -> Vec<(Key, String, Change)> {
    if earlier.is_empty() {
        return Vec::new();
    }
    let mut changes = Vec::new();
    for (code, before) in set.codes.iter().zip(earlier_states(set, earlier)) {
        let change = match before {
            None => Some(Change::Added),
            Some(before) => change_of(before, code),
        };
        let key = code_key(code, set.identity);
        changes.extend(change.map(|change| (key, code.variant.value.clone(), change)));
    }
    for entry in overlay.entries.iter().filter(|entry| entry.removed) {
        let mut old = earlier.iter().flat_map(|old| &old.codes);
        if let Some(code) = old.find(|code| code_key(code, set.identity) == entry.key) {
            let variant = code.variant.value.clone();
            changes.push((entry.key.clone(), variant, Change::Removed));
        }
    }
    let removed: BTreeSet<_> = changes.iter().map(|(key, ..)| key.clone()).collect();
    let dropped = dropped_codes(set, earlier).filter(|(key, _)| !removed.contains(key));
    changes.extend(dropped.map(|(key, variant)| (key, variant, Change::Dropped)));
    changes
}

/// The active codes of the previous spec that a set does not have any more, with their names.
fn dropped_codes(set: &Set, earlier: &[&Set]) -> impl Iterator<Item = (Key, String)> {
    let identity = set.identity;
    let former = set.codes.iter().flat_map(|code| &code.was);
    let mut known: BTreeSet<_> = former.filter_map(|was| Key::parse(was)).collect();
    known.extend(set.codes.iter().map(|code| code_key(code, identity)));
    let old = earlier.first().map_or(&[][..], |old| &old.codes).iter();
    let active = old.filter(|code| code.status == Status::Active);
    let keys = active.map(move |code| (code_key(code, identity), code.variant.value.clone()));
    let dropped: Vec<_> = keys.filter(|(key, _)| !known.contains(key)).collect();
    dropped.into_iter()
}

fn change_of(old: &Code, new: &Code) -> Option<Change> {
    match (old.status, new.status) {
        // A code that was carried over has the position of the previous spec.
        (Status::Active, Status::Retired) if old.code.place == new.code.place => {
            return Some(Change::Retired);
        }
        (Status::Active, Status::Retired) => return Some(Change::Withdrawn),
        (Status::Retired, Status::Active) => return Some(Change::Revived),
        _ => {}
    }
    let from = old
        .symbol
        .as_ref()
        .filter(|symbol| Some(*symbol) != new.symbol.as_ref())?;
    // `was` keeps the old key of a code decoding.
    let decodes = new.aliases.contains(from) || !new.was.is_empty();
    (!decodes).then(|| Change::Symbol {
        from: from.value.clone(),
    })
}

/// A set whose table the vendor withdrew, as the previous spec has it.
pub(super) fn retired_set(overlay: &SetOverlay, earlier: &[&Set], problems: &mut Problems) -> Set {
    let Some(old) = earlier.first() else {
        let message = format!(
            "the retired set `{}` is not in the previous spec",
            overlay.name.value
        );
        let help = "pass a revision whose spec.toml has it with `--previous REV`";
        problems.push_with_help(&overlay.name.place, message, help);
        return Set::default();
    };
    debug_assert!(overlay.is_retired());
    Set {
        status: Status::Retired,
        codes: Vec::new(),
        sections: Vec::new(),
        ..(*old).clone()
    }
}
