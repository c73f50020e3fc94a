//! Leaves out of a broken spec what cannot be compiled, so that its other codes still can.

use std::collections::BTreeSet;

use crate::check::check;
use crate::fields::Texts;
use crate::spec::{Code, Set, Spec};

/// The spec without the codes that are wrong by themselves or clash with one before them, and without references.
pub(crate) fn repair(mut spec: Spec) -> Spec {
    let shell = Spec { sets: Vec::new(), ..spec.clone() };
    for set in &mut spec.sets {
        let mut names = BTreeSet::new();
        let mut keys = BTreeSet::new();
        set.was.clear();
        set.ranges.clear();
        set.codes.iter_mut().for_each(strip);
        let alone = Set { codes: Vec::new(), ..set.clone() };
        set.codes.retain(|code| {
            let key = (code.code.value.clone(), code.symbol.as_ref().map(|symbol| symbol.value.clone()));
            let is_new = names.insert(code.variant.value.clone()) && keys.insert(key);
            let set = Set { codes: vec![code.clone()], ..alone.clone() };
            is_new && check(&Spec { sets: vec![set], ..shell.clone() }).is_ok()
        });
    }
    spec
}

/// Takes away what refers to something else, and the texts, of which none is needed to use a code.
fn strip(code: &mut Code) {
    code.aliases.clear();
    code.was.clear();
    code.was_variant.clear();
    code.params.clear();
    code.unlike.clear();
    code.replaced_by = None;
    code.section = None;
    code.message = Texts::new();
    code.remedy = Texts::new();
    code.doc = Texts::new();
}
