//! Parses and checks a spec in one step, so that a person sees the problems of both.

use crate::check::check;
use crate::fields::Partial;
use crate::overrides::override_facts;
use crate::place::Source;
use crate::problem::Problems;
use crate::registry::Registry;
use crate::spec::{Spec, parse_partial};

/// A valid spec.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The spec as it is written.
    pub spec: Spec,
    /// Its checked contents.
    pub registry: Registry,
    /// Overrides that a new version of the spec made unnecessary or questionable.
    pub warnings: Problems,
}

/// A spec that is not valid.
#[derive(Debug, Clone)]
pub struct Broken {
    /// As much of it as could be read, for [`repair`](crate::repair()).
    pub spec: Spec,
    /// Everything that is wrong with it.
    pub problems: Problems,
    /// Overrides that a new version of the spec made unnecessary or questionable.
    pub warnings: Problems,
    /// Whether it is TOML. If it is not, anything may be missing in `spec`.
    pub is_toml: bool,
}

/// Parses and checks a spec.
///
/// # Errors
///
/// The problems of both steps, sorted by line and column. A value that cannot be read is one
/// problem: its consequences are left out. If the file is not TOML, only the errors of TOML are
/// reported.
///
/// ```
/// use errbook_spec::{open, place::Source};
///
/// let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
///             [[set.code]]\ncode = 7\nvariant = \"seven\"";
/// let broken = open(&Source::new("spec.toml", text)).unwrap_err();
/// let problems: Vec<_> = broken.problems.iter().map(|problem| &problem.message).collect();
/// assert_eq!(problems, ["`code` must be a string, not integer",
///                       "variant `seven` is not in UpperCamelCase"]);
/// ```
pub fn open(source: &Source) -> Result<Opened, Box<Broken>> {
    open_with(source, None, &[])
}

/// Parses a spec, applies an overrides file, and checks the result. A text that is missing in a
/// language is that in the first of `fallbacks` which has it, before it is the vendor's own.
///
/// # Errors
///
/// The same as of [`open`], and those of the overrides file.
pub fn open_with(
    source: &Source,
    overrides: Option<&Source>,
    fallbacks: &[String],
) -> Result<Opened, Box<Broken>> {
    let Partial {
        value: mut spec,
        mut problems,
        is_toml,
    } = parse_partial(source);
    let mut warnings = Problems::default();
    if let Some(overrides) = overrides.filter(|_| is_toml) {
        let overridden = override_facts(&spec, overrides);
        spec = overridden.spec;
        problems.extend(overridden.errors);
        warnings = overridden.warnings;
    }
    spec.fallbacks = fallbacks.to_vec();
    if is_toml {
        match check(&spec) {
            Ok(registry) if problems.is_empty() => {
                return Ok(Opened {
                    spec,
                    registry,
                    warnings,
                });
            }
            Ok(_) => {}
            Err(later) => problems.extend_with_later(later),
        }
        problems.sort();
    }
    Err(Box::new(Broken {
        spec,
        problems,
        warnings,
        is_toml,
    }))
}
