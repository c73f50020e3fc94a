//! Pairs the sets and codes of the new state with those of the old state: by key, by former key, or
//! by former name.

use std::collections::BTreeMap;

use errbook_spec::{Code, Identity, Set, Spec};

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
    let mut found = take_by_key(&mut left, old.identity, new);
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

/// The earlier state of each code of a set, in their order.
pub(crate) fn earlier_codes<'a>(old: &'a Set, new: &Set) -> Vec<Option<&'a Code>> {
    let mut left: Vec<Option<&Code>> = old.codes.iter().map(Some).collect();
    take_by_key(&mut left, new.identity, new)
}

/// Takes the earlier state of each code of a set: that with its key, or else with a former key.
///
/// Where the vendor gave a key to another error, names tell the meanings apart, because a released
/// name never changes its meaning. A former meaning had the key before, and can have it again.
fn take_by_key<'a>(
    left: &mut [Option<&'a Code>],
    identity: Identity,
    new: &Set,
) -> Vec<Option<&'a Code>> {
    let codes = left.iter().copied().enumerate();
    let places: BTreeMap<Key, (usize, &Code)> = codes
        .filter_map(|(at, code)| Some((code_key(code?, identity), (at, code?))))
        .collect();
    let mut take = |wanted: &Key, variant: Option<&str>| -> Option<&'a Code> {
        let (at, code) = places.get(wanted)?;
        let is_it = variant.is_none_or(|variant| code.variant.value == variant);
        left.get_mut(*at).filter(|_| is_it)?.take()
    };
    let mut found: Vec<Option<&Code>> = vec![None; new.codes.len()];
    for (code, found) in new.codes.iter().zip(&mut found) {
        let key = code_key(code, new.identity);
        if code.is_former() {
            *found = take(&key, None).or_else(|| take(&key.now(), Some(&code.variant)));
        }
    }
    for (code, found) in new.codes.iter().zip(&mut found) {
        let key = code_key(code, new.identity);
        if !code.is_former() {
            *found = take(&key.formerly(&code.variant), None).or_else(|| take(&key, None));
        }
    }
    for (code, found) in new.codes.iter().zip(&mut found) {
        if found.is_none() {
            let mut former = code.was.iter().filter_map(|was| Key::parse(was));
            *found = former.find_map(|was| take(&was, None));
        }
    }
    found
}

fn take_matching<'a, T>(
    left: &mut [Option<&'a T>],
    is_wanted: impl Fn(&T) -> bool,
) -> Option<&'a T> {
    left.iter_mut()
        .find(|other| other.is_some_and(&is_wanted))?
        .take()
}
