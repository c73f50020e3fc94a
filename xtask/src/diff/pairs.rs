//! Pairs the sets and codes of the new state with those of the old state: by key, by former key, or
//! by former name.

use std::collections::BTreeMap;

use errbook_spec::{Code, Set, Spec};

use crate::reference::{Key, code_key};

/// The old and the new state of a set or a code; one of them may be missing.
pub(super) type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// Pairs the sets of two states, in the order of the new state. Removed sets come last.
pub(super) fn pair_sets<'a>(old: &'a Spec, new: &'a Spec) -> Vec<Pair<'a, Set>> {
    let mut left: Vec<Option<&Set>> = old.sets.iter().map(Some).collect();
    let mut found: Vec<Option<&Set>> = vec![None; new.sets.len()];
    // The same name means the same set. Only the remaining sets may have been renamed.
    for (set, found) in new.sets.iter().zip(&mut found) {
        *found = take_matching(&mut left, |old| old.name == set.name);
    }
    for (set, found) in new
        .sets
        .iter()
        .zip(&mut found)
        .filter(|(_, found)| found.is_none())
    {
        *found = take_matching(&mut left, |old| set.was.contains(&old.name));
    }
    let pairs = found
        .into_iter()
        .zip(&new.sets)
        .map(|(old, new)| (old, Some(new)));
    pairs
        .chain(left.into_iter().flatten().map(|old| (Some(old), None)))
        .collect()
}

/// Pairs the codes of two states of one set, in the order of the new state. Removed codes come
/// last.
pub(super) fn pair_codes<'a>(old: &'a Set, new: &'a Set) -> Vec<Pair<'a, Code>> {
    let mut left: Vec<Option<&Code>> = old.codes.iter().map(Some).collect();
    let mut found: Vec<Option<&Code>> = vec![None; new.codes.len()];
    let places: BTreeMap<Key, usize> = old
        .codes
        .iter()
        .enumerate()
        .map(|(at, code)| (code_key(code, old.identity), at))
        .collect();
    let mut by_key = |wanted: &Key| -> Option<&'a Code> {
        places.get(wanted).and_then(|&at| left.get_mut(at)?.take())
    };
    for (code, found) in new.codes.iter().zip(&mut found) {
        *found = by_key(&code_key(code, new.identity));
    }
    for (code, found) in new
        .codes
        .iter()
        .zip(&mut found)
        .filter(|(_, found)| found.is_none())
    {
        *found = code
            .was
            .iter()
            .filter_map(|was| Key::parse(was))
            .find_map(|was| by_key(&was));
    }
    if old.identity != new.identity {
        // All keys have changed. The Rust name together with the code still identifies a code.
        for (code, found) in new
            .codes
            .iter()
            .zip(&mut found)
            .filter(|(_, found)| found.is_none())
        {
            *found = take_matching(&mut left, |old| {
                old.variant == code.variant && old.code == code.code
            });
        }
    }
    let pairs = found
        .into_iter()
        .zip(&new.codes)
        .map(|(old, new)| (old, Some(new)));
    pairs
        .chain(left.into_iter().flatten().map(|old| (Some(old), None)))
        .collect()
}

fn take_matching<'a, T>(
    left: &mut [Option<&'a T>],
    is_wanted: impl Fn(&T) -> bool,
) -> Option<&'a T> {
    left.iter_mut()
        .find(|other| other.is_some_and(&is_wanted))?
        .take()
}
