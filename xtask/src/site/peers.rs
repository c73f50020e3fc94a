//! The codes of one kind in, those nearest to one of them out, without looking at all of them: a
//! registry may have thousands.

use std::collections::HashMap;
use std::ptr;

use errbook_spec::{Code, Set, Spec, Status};

/// A code with its set and its vendor.
pub(super) type Place<'a> = (&'a Spec, &'a Set, &'a Code);

/// The most vendors that a card lists, and the most codes of one: a reader compares a few, and links
/// lead to all.
pub(super) const MOST: usize = 8;

/// The most codes of all vendors that a card lists together: three screens of a phone.
const MOST_TOGETHER: usize = 24;

/// The codes of a kind. Only those that are not retired are listed as peers.
#[derive(Default)]
pub(super) struct Peers<'a> {
    /// How many codes there are, with retired ones: as many as the page of kinds lists.
    pub(super) count: usize,
    /// How many vendors have them.
    pub(super) vendor_count: usize,
    last_vendor: Option<&'a Spec>,
    /// By vendor, in the order of the registry.
    vendors: Vec<VendorPeers<'a>>,
    /// Where a vendor is in `vendors`.
    positions: HashMap<*const Spec, usize>,
    /// By the name of their variants, then by vendor: vendors whose codes mean the very same often
    /// have the same name.
    named: HashMap<&'a str, Vec<VendorPeers<'a>>>,
    sets: HashMap<*const Set, Vec<Place<'a>>>,
}

struct VendorPeers<'a> {
    spec: &'a Spec,
    codes: Vec<Place<'a>>,
}

/// The nearest codes of another vendor.
pub(super) struct Nearest<'a> {
    pub(super) spec: &'a Spec,
    /// At most [`MOST`].
    pub(super) codes: Vec<Place<'a>>,
    /// How many codes of the kind the vendor has.
    pub(super) count: usize,
}

impl<'a> Peers<'a> {
    /// Adds a code. They come in the order of the registry, so those of a vendor follow each other.
    pub(super) fn add(&mut self, place: Place<'a>) {
        let (spec, set, code) = place;
        self.count += 1;
        if !self.last_vendor.is_some_and(|last| ptr::eq(last, spec)) {
            self.vendor_count += 1;
            self.last_vendor = Some(spec);
        }
        if code.status == Status::Retired {
            return;
        }
        add_to_vendor(&mut self.vendors, place);
        self.positions.insert(spec, self.vendors.len() - 1);
        add_to_vendor(self.named.entry(&code.variant).or_default(), place);
        self.sets.entry(set).or_default().push(place);
    }

    /// The codes of a set.
    pub(super) fn of_set(&self, set: &Set) -> &[Place<'a>] {
        let set: *const Set = set;
        self.sets.get(&set).map_or(&[], Vec::as_slice)
    }

    /// The nearest codes of other vendors: first vendors with a code of the same name, and such
    /// codes first; otherwise in the order of the registry.
    pub(super) fn elsewhere(&self, place: Place<'a>) -> Vec<Nearest<'a>> {
        let (own, _, code) = place;
        let same_name = self.named.get(code.variant.as_str()).into_iter().flatten();
        let same_name = same_name.map(|vendor| (vendor.spec, vendor.codes.as_slice()));
        let any_name = self.vendors.iter().map(|vendor| (vendor.spec, &[] as &[_]));
        let mut chosen: Vec<(&'a Spec, &[Place<'a>])> = Vec::new();
        for (spec, same) in same_name.chain(any_name) {
            if chosen.len() == MOST {
                break;
            }
            let is_known = chosen.iter().any(|(known, _)| ptr::eq(*known, spec));
            if !is_known && !ptr::eq(spec, own) {
                chosen.push((spec, same));
            }
        }
        let most = MOST.min(MOST_TOGETHER / chosen.len().max(1));
        let nearest = chosen.into_iter().map(|(spec, same)| {
            let all = &self.vendors[self.positions[&ptr::from_ref(spec)]].codes;
            let others = all.iter().filter(|other| other.2.variant != code.variant);
            Nearest {
                spec,
                codes: same.iter().chain(others).take(most).copied().collect(),
                count: all.len(),
            }
        });
        nearest.collect()
    }

    /// How many vendors other than `own` have a code that is not retired.
    pub(super) fn other_vendors(&self, own: &Spec) -> usize {
        let own: *const Spec = own;
        self.vendors.len() - usize::from(self.positions.contains_key(&own))
    }
}

fn add_to_vendor<'a>(vendors: &mut Vec<VendorPeers<'a>>, place: Place<'a>) {
    match vendors.last_mut() {
        Some(last) if ptr::eq(last.spec, place.0) => last.codes.push(place),
        _ => vendors.push(VendorPeers {
            spec: place.0,
            codes: vec![place],
        }),
    }
}
