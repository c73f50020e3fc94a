//! What a release promises. What was never released may be renamed, dropped and undone.

use errbook_spec::{self as spec, Set, Spec};

use crate::diff::earlier_codes;
use crate::reference::{names_of, sets_like};
use crate::vendor::Vendor;

/// What the releases of a registry promise about one vendor.
#[derive(Debug, Clone, Default)]
pub(crate) enum Promised {
    /// The record of the last release cannot be read, which `release` reports.
    #[default]
    Unknown,
    /// The registry has no release. Programs may use it without, so its codes keep decoding; but a
    /// set may get another name.
    NoRelease,
    /// What the last release says about the vendor; `None` if the vendor is new since then.
    Release(Option<Box<Spec>>),
}

impl Promised {
    /// Reads the record of a vendor.
    pub(crate) fn new(vendor: &Vendor) -> Self {
        match &vendor.released {
            Some(source) => spec::parse(source).map_or(Self::Unknown, |released| {
                Self::Release(Some(Box::new(released)))
            }),
            None if vendor.has_releases => Self::Release(None),
            None => Self::NoRelease,
        }
    }

    /// The released spec; `None` if nothing of the vendor was released.
    pub(crate) fn spec(&self) -> Option<&Spec> {
        match self {
            Self::Release(spec) => spec.as_deref(),
            Self::Unknown | Self::NoRelease => None,
        }
    }

    /// Whether the registry has a release.
    pub(super) fn has_releases(&self) -> bool {
        matches!(self, Self::Release(_))
    }

    /// The released states of a set, under any of its names.
    pub(super) fn sets_of(&self, set: &Set) -> Vec<&Set> {
        let sets = self.spec().map(|spec| sets_like(spec, set));
        sets.unwrap_or_default()
    }

    /// The states of a set whose provisional names programs may know. Without a release,
    /// there are none.
    pub(super) fn named<'a>(&'a self, set: &Set, earlier: &[&'a Set]) -> Vec<&'a Set> {
        match self {
            Self::Unknown => earlier.to_vec(),
            Self::NoRelease => Vec::new(),
            Self::Release(_) => self.sets_of(set),
        }
    }

    /// Whether programs may know a set by this name.
    pub(super) fn has_set(&self, name: &str) -> bool {
        match self {
            Self::Unknown => true,
            Self::NoRelease => false,
            Self::Release(_) => self
                .sets()
                .any(|set| names_of(set).any(|known| known == name)),
        }
    }

    /// For each code of a set, whether programs may know it.
    pub(super) fn has_codes(&self, set: &Set) -> Vec<bool> {
        let Self::Release(_) = self else {
            return vec![true; set.codes.len()];
        };
        let mut known = vec![false; set.codes.len()];
        for released in self.sets_of(set) {
            let codes = earlier_codes(released, set);
            for (known, released) in known.iter_mut().zip(codes) {
                *known |= released.is_some();
            }
        }
        known
    }

    fn sets(&self) -> impl Iterator<Item = &Set> {
        self.spec().into_iter().flat_map(|spec| &spec.sets)
    }
}
