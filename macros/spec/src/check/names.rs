//! Rules for the names of the vendor, the sets and the variants.

use heck::ToUpperCamelCase;

use crate::check::check_unique;
use crate::place::At;
use crate::problem::Problems;
use crate::spec::{Code, Set, Spec, Wire};

/// The vendor's name is in kebab-case.
pub(super) fn check_vendor_name(spec: &Spec, problems: &mut Problems) {
    if !is_kebab(&spec.vendor) {
        problems.push(
            &spec.vendor.place,
            format!(
                "vendor `{}` is not in kebab-case (expected something like `tencent-kyc`)",
                *spec.vendor
            ),
        );
    }
}

/// Whether this consists of lowercase letters and digits, with single hyphens between them.
pub(crate) fn is_kebab(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    name.split('-').all(word)
}

/// The names of the sets, and of the types that the macro generates for them, are unique.
pub(super) fn check_set_names(spec: &Spec, problems: &mut Problems) {
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
    check_unique(
        "the name",
        &names,
        &|index| format!("used at {}", names[index].0.place),
        problems,
    );
    for set in &spec.sets {
        std::iter::once(&set.name)
            .chain(&set.was)
            .for_each(|name| is_type_name("set", name, problems));
    }
}

/// The name of the type for a combination of flags.
///
/// ```
/// use errbook_spec::plural;
///
/// assert_eq!(plural("CardWarning"), "CardWarnings");
/// assert_eq!(plural("Property"), "Properties");
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

/// The names of the variants of a set are unique, including their former names.
pub(super) fn check_variant_names(set: &Set, problems: &mut Problems) {
    let mut names: Vec<_> = (set.codes.iter())
        .map(|code| (&code.variant, code.variant.value.clone()))
        .collect();
    let mut owners: Vec<&Code> = set.codes.iter().collect();
    for code in &set.codes {
        for was in &code.was_variant {
            names.push((was, was.value.clone()));
            owners.push(code);
        }
    }
    let owner = |index: usize| {
        format!(
            "the name of code `{}` in {}",
            owners[index].code.value, set.name.value
        )
    };
    check_unique("variant", &names, &owner, problems);
    for (name, _) in names {
        is_type_name("variant", name, problems);
    }
}

/// The keywords of all editions, including the reserved ones.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// Whether this can be the name of a Rust item: an identifier that is not a keyword.
///
/// ```
/// assert!(errbook_spec::is_name("Timeout") && errbook_spec::is_name("tencent_kyc"));
/// assert!(!errbook_spec::is_name("type") && !errbook_spec::is_name("2fa"));
/// ```
#[must_use]
pub fn is_name(text: &str) -> bool {
    is_identifier(text) && !KEYWORDS.contains(&text)
}

/// Whether this is a Rust identifier or keyword.
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

/// The name is a valid Rust name in `UpperCamelCase`.
fn is_type_name(what: &str, name: &At<String>, problems: &mut Problems) {
    // Every set has a constant with this name.
    let taken = what == "variant" && name.value == "ALL";
    if !is_name(name) || taken {
        let why = if name.is_empty() {
            "it is empty"
        } else if name.starts_with(|first: char| first.is_ascii_digit()) {
            "it begins with a digit"
        } else if taken {
            "it is the name of the list of all codes"
        } else if is_identifier(name) {
            "it is a Rust keyword"
        } else {
            "a name may contain only letters and digits"
        };
        problems.push_with_help(
            &name.place,
            format!("`{}` cannot name a {what}: {why}", name.value),
            suggestion(name),
        );
    } else if !name.starts_with(|first: char| first.is_uppercase() || first.is_lowercase())
        && !name.starts_with('_')
    {
        problems.push_with_help(
            &name.place,
            format!(
                "`{}` cannot name a {what}: Rust's names begin with a capital letter, and the script \
                 of this one has none",
                name.value
            ),
            "choose an English name that says what the code means, such as `InvalidSignature`",
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
        camel => format!("for example `{camel}`"),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::names::{is_identifier, is_kebab, is_name, plural};
    use crate::place::Source;
    use crate::{check, parse};

    #[test]
    fn a_plural_is_spelled_as_in_english() {
        for (name, expected) in [
            ("CardWarning", "CardWarnings"),
            ("Property", "Properties"),
            ("Key", "Keys"),
            ("Status", "Statuses"),
            ("Box", "Boxes"),
            ("Quiz", "Quizes"),
            ("Match", "Matches"),
            ("Flash", "Flashes"),
            ("Graph", "Graphs"),
        ] {
            assert_eq!(plural(name), expected);
        }
    }

    #[test]
    fn names_are_words_of_their_language() {
        for (name, kebab, identifier, of_item) in [
            ("tencent-kyc", true, false, false),
            ("shop24", true, true, true),
            ("a--b", false, false, false),
            ("-a", false, false, false),
            ("a-", false, false, false),
            ("", false, false, false),
            ("Shop", false, true, true),
            ("größe", false, true, true),
            ("_a", false, true, true),
            ("_", false, true, false),
            ("type", true, true, false),
            ("2fa", true, false, false),
            ("a b", false, false, false),
        ] {
            assert_eq!(is_kebab(name), kebab, "{name}");
            assert_eq!(is_identifier(name), identifier, "{name}");
            assert_eq!(is_name(name), of_item, "{name}");
        }
    }

    #[test]
    fn a_name_without_capitals_is_refused_with_advice_that_can_be_followed() {
        let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n\
                    [[set.code]]\ncode = \"1\"\nvariant = \"签名\"\n";
        let spec = parse(&Source::new("spec.toml", text)).unwrap();
        let problems = check(&spec).unwrap_err().to_string();
        assert!(
            problems.contains("`签名` cannot name a variant"),
            "{problems}"
        );
        assert!(problems.contains("choose an English name"), "{problems}");
        assert!(!problems.contains("for example `签名`"), "{problems}");
    }
}
