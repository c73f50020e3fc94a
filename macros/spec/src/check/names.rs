//! Rules on what the vendor, the sets and the variants are called.

use heck::ToUpperCamelCase;

use crate::check::{now_and_before, unique};
use crate::place::At;
use crate::problem::Problems;
use crate::spec::{Set, Spec, Wire};

/// The vendor's name is in kebab-case.
pub(super) fn of_vendor(spec: &Spec, problems: &mut Problems) {
    if !is_kebab(&spec.vendor) {
        problems.push(
            &spec.vendor.place,
            format!(
                "vendor `{}` is not in kebab-case, such as `tencent-kyc`",
                *spec.vendor
            ),
        );
    }
}

/// Letters, digits and single hyphens between them.
pub(super) fn is_kebab(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    name.split('-').all(word)
}

/// No two sets, and nothing that the macro makes beside them, have the same name.
pub(super) fn of_sets(spec: &Spec, problems: &mut Problems) {
    let mut names: Vec<_> = spec
        .sets
        .iter()
        .map(|set| (&set.name, set.name.value.clone()))
        .collect();
    for set in spec.sets.iter().filter(|set| set.wire == Wire::Flags) {
        names.push((&set.name, plural(&set.name)));
    }
    for set in &spec.sets {
        names.extend(set.was.iter().map(|was| (was, was.value.clone())));
    }
    unique(
        "the name",
        &names,
        &|index| format!("that of {}", names[index].0.place),
        problems,
    );
    for set in &spec.sets {
        std::iter::once(&set.name)
            .chain(&set.was)
            .for_each(|name| is_type_name("set", name, problems));
    }
}

/// The name of the type that holds a set of flags.
///
/// ```
/// use errbook_spec::plural;
///
/// assert_eq!((plural("CardWarning").as_str(), plural("Property").as_str()), ("CardWarnings", "Properties"));
/// ```
#[must_use]
pub fn plural(name: &str) -> String {
    let es = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| name.ends_with(end));
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if es => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// No two variants of a set have the same name, counting those that they had before.
pub(super) fn of_variants(set: &Set, problems: &mut Problems) {
    let (names, owners) = now_and_before(
        set,
        &|code| (&code.variant, code.variant.value.clone()),
        |code| &code.was_variant,
    );
    let owner = |index: usize| {
        format!(
            "the name of code `{}` in {}",
            owners[index].code.value, set.name.value
        )
    };
    unique("variant", &names, &owner, problems);
    for (name, _) in names {
        is_type_name("variant", name, problems);
    }
}

/// Of any edition, those that are kept for later too.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// True for what may name an item of Rust: an identifier that is no keyword.
///
/// ```
/// assert!(errbook_spec::is_name("Timeout") && errbook_spec::is_name("tencent_kyc"));
/// assert!(!errbook_spec::is_name("type") && !errbook_spec::is_name("2fa"));
/// ```
#[must_use]
pub fn is_name(text: &str) -> bool {
    is_identifier(text) && !KEYWORDS.contains(&text)
}

/// True for a word of Rust, keywords among them.
///
/// ```
/// use errbook_spec::is_identifier;
///
/// assert!(is_identifier("crate") && !is_identifier("2fa"));
/// ```
#[must_use]
pub fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let starts = letters
        .next()
        .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first));
    starts && letters.all(unicode_ident::is_xid_continue)
}

/// The name can stand in Rust where it will, and looks like the others there.
fn is_type_name(what: &str, name: &At<String>, problems: &mut Problems) {
    // A constant of every set has this name.
    let taken = what == "variant" && name.value == "ALL";
    if !is_name(name) || taken {
        let why = if name.is_empty() {
            "it is empty"
        } else if name.starts_with(|first: char| first.is_ascii_digit()) {
            "it begins with a digit"
        } else if taken {
            "it is the name of the list of all codes"
        } else if is_identifier(name) {
            "it is a keyword of Rust"
        } else {
            "a name holds letters and digits only"
        };
        problems.push_with_help(
            &name.place,
            format!("`{}` cannot name a {what}: {why}", name.value),
            suggestion(name),
        );
    } else if !name.starts_with(char::is_uppercase) || name.contains('_') {
        problems.push_with_help(
            &name.place,
            format!("{what} `{}` is not in UpperCamelCase", name.value),
            suggestion(name),
        );
    }
}

fn suggestion(name: &str) -> String {
    let words: String = name
        .chars()
        .map(|each| if each.is_alphanumeric() { each } else { ' ' })
        .collect();
    let camel = words
        .trim_start_matches(|first: char| !first.is_alphabetic())
        .to_upper_camel_case();
    match camel.as_str() {
        "" | "Self" | "All" => "choose a name that says what the code means".to_owned(),
        camel => format!("`{camel}` would do"),
    }
}
