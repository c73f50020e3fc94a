//! Computes the table of kinds and vendors: which codes each vendor has for each kind.
//!
//! KINDS.md and the site's page of kinds are two renderings of this table.

use errbook_spec::place::At;
use errbook_spec::{Code, Set, Spec};

/// One kind with its codes.
#[derive(Debug)]
pub struct KindRow<'a> {
    /// The kind, as the taxonomy describes it.
    pub kind: &'a Code,
    /// A cell for each vendor, in the order of the specs.
    pub cells: Vec<KindCell<'a>>,
}

/// The codes that one vendor has for one kind.
#[derive(Debug)]
pub struct KindCell<'a> {
    /// The vendor.
    pub spec: &'a Spec,
    /// The sets with such a code, in the order of the spec.
    pub sets: Vec<(&'a Set, Vec<&'a Code>)>,
}

impl KindRow<'_> {
    /// How many codes of all vendors have this kind.
    #[must_use]
    pub fn count(&self) -> usize {
        let sets = self.cells.iter().flat_map(|cell| &cell.sets);
        sets.map(|(_, codes)| codes.len()).sum()
    }
}

/// A row for each kind, in the order of the taxonomy, also for kinds that no vendor uses.
#[must_use]
pub fn kind_matrix<'a>(taxonomy: &'a Spec, specs: &[&'a Spec]) -> Vec<KindRow<'a>> {
    let kinds = taxonomy.sets.iter().flat_map(|set| &set.codes);
    kinds
        .map(|kind| KindRow {
            kind,
            cells: specs
                .iter()
                .map(|spec| cell(spec, taxonomy, kind))
                .collect(),
        })
        .collect()
}

/// The codes of a vendor that have a kind of this taxonomy: another may have one of the same name.
fn cell<'a>(spec: &'a Spec, taxonomy: &Spec, kind: &Code) -> KindCell<'a> {
    let is_named = |name: &At<String>| name.value == taxonomy.vendor.value;
    let is_other = spec.kinds.as_ref().is_some_and(|name| !is_named(name));
    let is_of_kind = |code: &&Code| {
        let own = code.kind.as_ref();
        !is_other && own.is_some_and(|own| own.value == kind.code.value)
    };
    let sets = spec
        .sets
        .iter()
        .map(|set| (set, set.codes.iter().filter(is_of_kind).collect::<Vec<_>>()))
        .filter(|(_, codes)| !codes.is_empty());
    KindCell {
        spec,
        sets: sets.collect(),
    }
}
