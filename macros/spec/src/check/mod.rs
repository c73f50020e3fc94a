//! Checks a spec: each rule is a function, and all problems are reported at once.

mod codes;
mod names;
mod notes;
mod reserved;
mod sets;
mod texts;

pub use self::codes::default_severity;
pub(crate) use self::codes::identity;
pub(crate) use self::names::is_kebab;
pub use self::names::{is_identifier, is_name, plural};
pub use self::reserved::Reserved;
pub use self::sets::{other_vendor, references};
pub use self::texts::canonical_tag;

use crate::order::{self, Firsts};
use crate::place::At;
use crate::problem::Problems;
use crate::registry::Registry;
use crate::spec::Spec;

/// The maximum number of codes of a set: the generated tables have 16-bit positions, and one value
/// means that there is no code.
pub const MOST_CODES: usize = 65_535;

/// Checks a spec.
///
/// # Errors
///
/// Every problem of the spec, sorted by file, line and column.
///
/// ```
/// use errbook_spec::{check, parse, place::Source};
///
/// let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
///             [[set.code]]\ncode = \"x\"\nvariant = \"X\"";
/// let spec = parse(&Source::new("spec.toml", text))?;
/// assert_eq!(
///     check(&spec).unwrap_err().to_string(),
///     "spec.toml:7:8: code `x` is not a 32-bit integer\n  \
///      help: if the codes of this set are strings, add `wire = \"string\"` to it",
/// );
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
pub fn check(spec: &Spec) -> Result<Registry, Problems> {
    let mut problems = Problems::default();
    let locales = locales(spec);
    texts::check_language_tags(spec, &mut problems);
    texts::check_not_empty(spec, &mut problems);
    texts::check_hidden_characters(spec, &mut problems);
    texts::check_look_alikes(spec, &mut problems);
    notes::check_notes(spec, &mut problems);
    names::check_vendor_name(spec, &mut problems);
    names::check_set_names(spec, &mut problems);
    sets::check_code_counts(spec, &mut problems);
    sets::check_references(spec, &mut problems);
    codes::kinds_have_a_taxonomy(spec, &mut problems);
    let sets = spec
        .sets
        .iter()
        .map(|set| sets::check_set(set, spec, &locales, &mut problems))
        .collect();
    let registry = Registry {
        vendor: spec.vendor.value.clone(),
        title: texts::filled(&spec.title, None, spec, &locales, &spec.vendor),
        kinds: spec.kinds.as_ref().map(|kinds| kinds.value.clone()),
        locales,
        sets,
        source: spec.source.clone(),
        overrides: spec.overrides.clone(),
    };
    problems.finish(registry)
}

/// The languages of all strings of a spec; that of the document comes first.
#[must_use]
pub fn locales(spec: &Spec) -> Vec<String> {
    let own = spec.locale.as_str();
    let mut tags = Vec::new();
    texts::each(spec, &mut |tag, _| order::insert(&mut tags, tag));
    tags.retain(|tag| *tag != own);
    tags.insert(0, own);
    tags.into_iter().map(str::to_owned).collect()
}

/// Reports each value that was already used before. `owner` describes where.
fn check_unique(
    what: &str,
    values: &[(&At<String>, String)],
    owner: &dyn Fn(usize) -> String,
    problems: &mut Problems,
) {
    let mut firsts = Firsts::with_capacity(values.len());
    for (index, (at, key)) in values.iter().enumerate() {
        if let Some(before) = firsts.before(key, index) {
            problems.push(
                &at.place,
                format!("{what} `{key}` is already {}", owner(before)),
            );
        }
    }
}
