//! Removes the invalid codes from a spec that failed the checks, so that the others can be
//! compiled.
//!
//! A macro emits them beside the errors: uses of valid codes do not cause errors of their own.

use crate::check::check;
use crate::order::Firsts;
use crate::spec::{Code, Set, Spec};
use crate::texts::Texts;

/// The spec without invalid codes, without duplicates of earlier codes, and without references.
///
/// ```
/// use errbook_spec::{check, parse, place::Source, repair};
///
/// let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
///             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"\n\
///             [[set.code]]\ncode = \"x\"\nvariant = \"X\"";
/// let spec = parse(&Source::new("spec.toml", text))?;
/// assert!(check(&spec).is_err());
/// assert_eq!(check(&repair(spec))?.sets[0].codes.len(), 1);
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
#[must_use]
pub fn repair(mut spec: Spec) -> Spec {
    let shell = Spec {
        sets: Vec::new(),
        ..spec.clone()
    };
    for set in &mut spec.sets {
        set.was.clear();
        set.ranges.clear();
        let mut codes = std::mem::take(&mut set.codes);
        let without_codes = set.clone();
        codes.iter_mut().for_each(strip_code);
        let symbol = |code: &Code| {
            code.symbol
                .as_ref()
                .map(|symbol| symbol.value.clone())
                .unwrap_or_default()
        };
        let keys: Vec<String> = codes
            .iter()
            .map(|code| format!("{}\n{}", *code.code, symbol(code)))
            .collect();
        let mut known_names = Firsts::default();
        let mut known_keys = Firsts::default();
        for (code, key) in codes.iter().zip(&keys) {
            let is_new = known_names.before(&code.variant, 0).is_none()
                && known_keys.before(key, 0).is_none();
            let alone = Set {
                codes: vec![code.clone()],
                ..without_codes.clone()
            };
            if is_new
                && check(&Spec {
                    sets: vec![alone],
                    ..shell.clone()
                })
                .is_ok()
            {
                set.codes.push(code.clone());
            }
        }
    }
    spec
}

/// Removes the strings of a code and everything that refers to something else. None of it is needed
/// to use the code.
fn strip_code(code: &mut Code) {
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
