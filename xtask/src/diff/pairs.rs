//! Which set of the new state is which of the old, and which code: by key, by an earlier key, by an earlier name.

use std::collections::BTreeMap;

use errbook_spec::{Code, Set, Spec};

use crate::reference::{Key, key};

/// The old and the new state of a thing, or the one of them that there is, in the order of the new state.
pub(super) type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// The sets of two states.
pub(super) fn sets<'a>(old: &'a Spec, new: &'a Spec) -> Vec<Pair<'a, Set>> {
    let mut left: Vec<Option<&Set>> = old.sets.iter().map(Some).collect();
    let mut found: Vec<Option<&Set>> = vec![None; new.sets.len()];
    // A name that is still there means the same set; only what is left over may have been renamed.
    for (set, found) in new.sets.iter().zip(&mut found) {
        *found = take(&mut left, |old| old.name == set.name);
    }
    for (set, found) in new
        .sets
        .iter()
        .zip(&mut found)
        .filter(|(_, found)| found.is_none())
    {
        *found = take(&mut left, |old| set.was.contains(&old.name));
    }
    let pairs = found
        .into_iter()
        .zip(&new.sets)
        .map(|(old, new)| (old, Some(new)));
    pairs
        .chain(left.into_iter().flatten().map(|old| (Some(old), None)))
        .collect()
}

/// The codes of two states of one set.
pub(super) fn codes<'a>(old: &'a Set, new: &'a Set) -> Vec<Pair<'a, Code>> {
    let mut left: Vec<Option<&Code>> = old.codes.iter().map(Some).collect();
    let mut found: Vec<Option<&Code>> = vec![None; new.codes.len()];
    let places: BTreeMap<Key, usize> = old
        .codes
        .iter()
        .enumerate()
        .map(|(at, code)| (key(code, old.identity), at))
        .collect();
    let mut by_key = |wanted: &Key| -> Option<&'a Code> {
        places.get(wanted).and_then(|&at| left.get_mut(at)?.take())
    };
    for (code, found) in new.codes.iter().zip(&mut found) {
        *found = by_key(&key(code, new.identity));
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
        // No key is what it was. The name and the number together still tell what is meant.
        for (code, found) in new
            .codes
            .iter()
            .zip(&mut found)
            .filter(|(_, found)| found.is_none())
        {
            *found = take(&mut left, |old| {
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

fn take<'a, T>(left: &mut [Option<&'a T>], is_it: impl Fn(&T) -> bool) -> Option<&'a T> {
    left.iter_mut()
        .find(|other| other.is_some_and(&is_it))?
        .take()
}
