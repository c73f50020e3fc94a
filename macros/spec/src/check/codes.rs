//! Rules for codes: each fits its wire type, is unique, and uses only its own parameters.

use crate::check::{check_unique, texts};
use crate::order::Firsts;
use crate::place::{At, values};
use crate::problem::{Problems, did_you_mean};
use crate::registry;
use crate::spec::{Code, Identity, Set, Severity, Spec, Status, Wire};
use crate::template::{self, Template};

/// No two codes of a set have the same identity, the code or the code with the symbol, except
/// former meanings.
pub(super) fn check_identities(set: &Set, problems: &mut Problems) {
    let mut identities = Vec::with_capacity(set.codes.len());
    let mut owners = Vec::with_capacity(set.codes.len());
    for code in set.codes.iter().filter(|code| !code.is_former()) {
        identities.push((&code.code, identity(set, code)));
        owners.push(code);
    }
    check_former(set, &identities, problems);
    for code in &set.codes {
        for was in &code.was {
            identities.push((was, key(set, was)));
            owners.push(code);
        }
    }
    for code in &set.codes {
        for (alias, number) in numeric_aliases(set, code) {
            identities.push((alias, number.to_string()));
            owners.push(code);
        }
    }
    check_unique(
        "code",
        &identities,
        &|index| owner(owners[index], set),
        problems,
    );
    for code in set.codes.iter().filter(|code| code.code.is_empty()) {
        problems.push(&code.code.place, "empty code");
    }
    let without = set
        .codes
        .iter()
        .filter(|code| set.identity == Identity::CodeAndSymbol && code.symbol.is_none());
    for code in without {
        let message = format!(
            "code `{}` has no symbol, but codes of {} are identified by code and symbol",
            *code.code, *set.name
        );
        problems.push(&code.code.place, message);
    }
}

/// A former meaning is retired, and its key means something else now.
fn check_former(set: &Set, now: &[(&At<String>, String)], problems: &mut Problems) {
    let mut codes = set.codes.iter();
    if !codes.any(Code::is_former) {
        return;
    }
    let now: Vec<&str> = now.iter().map(|(_, identity)| identity.as_str()).collect();
    let now = Firsts::of(&now);
    for code in &set.codes {
        let Some(until) = &code.until else { continue };
        let key = identity(set, code);
        if code.status != Status::Retired && set.status != Status::Retired {
            let message = format!("`{}` has `until`, but is not retired", *code.variant);
            problems.push_with_help(&until.place, message, "add `status = \"retired\"`");
        }
        if !now.has(&key) {
            let message =
                format!("`until` says that `{key}` has another meaning now, but no code has it");
            let help = format!(
                "add the code that `{key}` is now, or delete `until`: `{}` then decodes again",
                *code.variant
            );
            problems.push_with_help(&until.place, message, help);
        }
    }
}

/// The variant of a code, or its line if the variant could not be read.
fn owner(code: &Code, set: &Set) -> String {
    if code.variant.is_empty() {
        format!("used at {}", code.code.place)
    } else {
        format!("`{}` in {}", *code.variant, *set.name)
    }
}

/// What identifies a code in its set, which decodes to it unless it is a former meaning.
pub(crate) fn identity(set: &Set, code: &Code) -> String {
    match (&code.symbol, set.identity) {
        (Some(symbol), Identity::CodeAndSymbol) => format!("{}.{}", *code.code, symbol.value),
        _ => key(set, &code.code),
    }
}

/// What a code is compared by: `12`, `+12` and `0xC` are the same number on the wire.
fn key(set: &Set, code: &str) -> String {
    (set.wire.number(code)).map_or_else(|| code.to_owned(), |number| number.to_string())
}

/// The aliases of a code that are numbers in a set of numbers: they decode as codes do.
fn numeric_aliases<'a>(
    set: &'a Set,
    code: &'a Code,
) -> impl Iterator<Item = (&'a At<String>, i64)> {
    let aliases = code.aliases.iter();
    aliases
        .filter(|_| set.identity == Identity::Code)
        .filter_map(|alias| Some((alias, set.wire.number(alias)?)))
}

/// No alias is the symbol or the alias of another code. What a former meaning shares with other
/// codes leads to those.
pub(super) fn check_aliases(set: &Set, problems: &mut Problems) {
    let mut symbols = Firsts::with_capacity(set.codes.len());
    let codes = || set.codes.iter().filter(|code| !code.is_former());
    for (position, code) in codes().enumerate() {
        if let Some(symbol) = &code.symbol {
            symbols.before(symbol, position);
        }
    }
    for (position, code) in codes().enumerate() {
        for alias in &code.aliases {
            if let Some(before) = symbols.before(alias, position) {
                let other = &set.codes[before].variant;
                problems.push(
                    &alias.place,
                    format!("alias `{}` already decodes to `{}`", **alias, **other),
                );
            }
        }
    }
}

/// A template can be parsed: there is text between its parameters, and their names are unique.
pub(super) fn check_templates(set: &Set, problems: &mut Problems) {
    for code in &set.codes {
        let symbols = code.symbol.iter().chain(&code.aliases);
        for (symbol, template) in
            symbols.filter_map(|symbol| Some((symbol, Template::of(symbol, &code.params)?)))
        {
            if template.text.contains("><") {
                let message = format!("template `{}` has no text between two parameters", **symbol);
                problems.push_with_help(
                    &symbol.place,
                    message,
                    "put text between them, so that a received symbol can be split",
                );
            }
            let twice = template
                .names
                .iter()
                .enumerate()
                .find(|(index, name)| template.names[..*index].contains(name));
            if let Some((_, name)) = twice {
                problems.push(
                    &symbol.place,
                    format!("duplicate parameter `{name}` in template `{}`", **symbol),
                );
            }
        }
    }
}

/// No two templates of a set have the same prefix: symbols are looked up by prefix. That of a former
/// meaning leads to another code with the same prefix.
pub(super) fn check_template_conflicts(set: &Set, problems: &mut Problems) {
    let codes = || set.codes.iter().filter(|code| !code.is_former());
    let prefixes = codes().map(|code| {
        let template = Template::of(code.symbol.as_ref()?, &code.params)?;
        // A line feed separates the code from the prefix: neither contains one.
        let code = if set.identity == Identity::CodeAndSymbol {
            code.code.as_str()
        } else {
            ""
        };
        Some(format!("{code}\n{}", template.prefix))
    });
    let prefixes: Vec<Option<String>> = prefixes.collect();
    let mut firsts = Firsts::default();
    for (position, code) in codes().enumerate() {
        let (Some(symbol), Some(prefix)) = (&code.symbol, &prefixes[position]) else {
            continue;
        };
        if let Some(before) = firsts.before(prefix, position) {
            let other = &set.codes[before].variant;
            let message = format!(
                "template `{}` has the same prefix as that of `{}`",
                **symbol, **other
            );
            let help = "templates of a set must differ before their first parameter";
            problems.push_with_help(&symbol.place, message, help);
        }
    }
}

/// Each flag is a string of zeros and ones with a single `1`, and all have the same length.
pub(super) fn check_flags(set: &Set, problems: &mut Problems) {
    if set.wire != Wire::Flags {
        return;
    }
    let width = set
        .codes
        .first()
        .map(|code| code.code.len())
        .unwrap_or_default();
    for code in &set.codes {
        let text = code.code.as_str();
        let place = &code.code.place;
        // A set of flags is a `u64`.
        if text.is_empty()
            || text.bytes().any(|digit| digit != b'0' && digit != b'1')
            || text.len() > 64
        {
            problems.push(
                place,
                format!("flag `{text}` must be 1 to 64 digits `0` and `1`"),
            );
        } else if text.matches('1').count() != 1 {
            problems.push(place, format!("flag `{text}` must have exactly one `1`"));
        } else if text.len() != width {
            problems.push(
                place,
                format!(
                    "flag `{text}` has {} digits, but the first flag of {} has {width}",
                    text.len(),
                    *set.name
                ),
            );
        }
    }
}

/// The code as a number. It must fit the wire type of the set; a decimal number has no leading
/// zeros (`7`, not `07`).
pub(super) fn parse_number(code: &At<String>, set: &Set, problems: &mut Problems) -> Option<i64> {
    let number = set.wire.number(code);
    if number.is_none() && !code.is_empty() {
        let bits = if set.wire == Wire::Integer { 32 } else { 64 };
        let for_strings = "if the codes of this set are strings, add `wire = \"string\"` to it";
        let not_in_range = format!("code `{}` is not a {bits}-bit integer", **code);
        let is_wider = Wire::Integer64.number(code).is_some();
        let (message, help) = match code.parse::<i64>() {
            _ if is_wider => (not_in_range, "add `wire = \"integer64\"` to the set"),
            Ok(number) => {
                let canonical = format!(
                    "code `{}` is not an integer in canonical form (`{number}`)",
                    **code
                );
                (canonical, for_strings)
            }
            Err(_) => (not_in_range, for_strings),
        };
        problems.push_with_help(&code.place, message, help);
    }
    number
}

/// Checks one code.
pub(super) fn check_code(
    code: &Code,
    set: &Set,
    spec: &Spec,
    locales: &[String],
    problems: &mut Problems,
) -> registry::Code {
    texts_use_own_params(code, spec, problems);
    let template = code
        .symbol
        .as_ref()
        .and_then(|symbol| Template::of(symbol, &code.params));
    let fallback = code.symbol.as_ref().unwrap_or(&code.code);
    let remedy = if code.remedy.is_empty() {
        ""
    } else {
        fallback.as_str()
    };
    registry::Code {
        text: code.code.value.clone(),
        number: if set.wire.is_number() {
            parse_number(&code.code, set, problems).unwrap_or_default()
        } else {
            0
        },
        symbol: code.symbol.as_ref().map(|symbol| symbol.value.clone()),
        template,
        aliases: values(&code.aliases),
        other_codes: code
            .was
            .iter()
            .filter_map(|was| parse_former_key(was, set, problems))
            .chain(
                numeric_aliases(set, code)
                    .map(|(alias, number)| (number, alias.value.clone(), None)),
            )
            .collect(),
        variant: code.variant.value.clone(),
        was_variant: values(&code.was_variant),
        retired: code.status == Status::Retired || set.status == Status::Retired,
        former: code.until.as_ref().map(|until| registry::Former {
            until: until.value.clone(),
            now: format!("{}::{}", *set.name, *set.meaning_now(code).variant),
        }),
        replaced_by: (code.replaced_by.as_ref()).map(|reference| rust_path(reference, spec)),
        section: find_section(code, set, problems),
        message: texts::filled(&code.message, Some(code), spec, locales, fallback),
        remedy: texts::filled(&code.remedy, Some(code), spec, locales, remedy),
        doc: texts::filled(&code.doc, Some(code), spec, locales, ""),
        unlike: values(&code.unlike),
        fault: code.fault.as_ref().map(|fault| fault.value),
        http_answer: check_http(code.http_answer.as_ref(), problems),
        grpc: code.grpc.as_ref().map(|grpc| grpc.value),
        kind: code.kind.clone(),
        retry: code.retry.as_ref().map(|retry| retry.value),
        retry_after: code.retry_after.as_ref().map(|seconds| seconds.value),
        billing: code.billing.as_ref().map(|billing| billing.value),
        http: check_http(code.http.as_ref(), problems),
        success: code.success,
        severity: (code.severity.as_ref())
            .map_or_else(|| default_severity(code, set), |severity| severity.value),
        note: code
            .note
            .as_ref()
            .map(|note| texts::filled(&note.text, Some(code), spec, locales, ""))
            .unwrap_or_default(),
        said: texts::filled(&code.said, Some(code), spec, locales, ""),
        since: code
            .since
            .as_ref()
            .or(spec.since.as_ref())
            .and_then(|since| since.release.as_ref())
            .map(|release| release.value.clone()),
        overridden: code.overridden.clone(),
    }
}

/// The severity of a code that has none of its own: info for success, else that of its set, else
/// error. A set whose failures are only warnings still reports success.
#[must_use]
pub fn default_severity(code: &Code, set: &Set) -> Severity {
    match &set.severity {
        _ if code.success => Severity::Info,
        Some(severity) => severity.value,
        None => Severity::Error,
    }
}

/// Every `<name>` that a translation adds is a parameter of the code. The vendor's own strings may
/// contain anything.
fn texts_use_own_params(code: &Code, spec: &Spec, problems: &mut Problems) {
    let template = code
        .symbol
        .as_ref()
        .and_then(|symbol| Template::of(symbol, &code.params));
    let known = template::parameters(&code.params, template.as_ref());
    let own = code.locale.as_ref().unwrap_or(&spec.locale).as_str();
    let mut literal = Vec::new();
    for text in [&code.message, &code.remedy]
        .into_iter()
        .filter_map(|texts| texts.get(own))
    {
        literal.extend(template::holes(text));
    }
    for param in code
        .params
        .iter()
        .filter(|param| !template::is_name(&param.name))
    {
        let message = format!(
            "`{}` is not a valid name of a parameter (expected letters, digits, `_` or `-` after a \
             letter)",
            *param.name
        );
        problems.push(&param.name.place, message);
    }
    for text in code.message.values().chain(code.remedy.values()) {
        for name in
            template::holes(text).filter(|name| !known.contains(name) && !literal.contains(name))
        {
            let near = did_you_mean(name, known.iter().copied());
            let message = format!(
                "`<{name}>` is not a parameter of code `{}`{near}",
                *code.code
            );
            // An overrides file cannot declare parameters.
            if code.overridden.is_empty() {
                let help = format!("declare it: `params = {{ {name} = {{}} }}`");
                problems.push_with_help(&text.place, message, help);
            } else {
                problems.push(&text.place, message);
            }
        }
    }
}

/// A spec with kinds names their taxonomy. Only the first kind is reported: the others would be right
/// if there were a taxonomy.
pub(super) fn kinds_have_a_taxonomy(spec: &Spec, problems: &mut Problems) {
    let mut kinds = spec.sets.iter().flat_map(|set| {
        let of_ranges = set.ranges.iter().filter_map(|range| range.kind.as_ref());
        let of_codes = set.codes.iter().filter_map(|code| code.kind.as_ref());
        of_codes.chain(of_ranges)
    });
    if let (Some(kind), None) = (kinds.next(), &spec.kinds) {
        let message = format!("the kind `{}` does not belong to a taxonomy", **kind);
        problems.push_with_help(
            &kind.place,
            message,
            "name the taxonomy at the top of the file, for example `kinds = \"errbook\"`",
        );
    }
}

/// A former key: `code`, or `code.symbol` if the set is identified by both.
fn parse_former_key(
    was: &At<String>,
    set: &Set,
    problems: &mut Problems,
) -> Option<(i64, String, Option<String>)> {
    let (code, symbol) = match (set.identity, was.split_once('.')) {
        (Identity::CodeAndSymbol, Some((code, symbol))) => (code, Some(symbol.to_owned())),
        _ => (was.as_str(), None),
    };
    let code = At::new(code.to_owned(), was.place.clone());
    let number = if set.wire.is_number() {
        parse_number(&code, set, problems)?
    } else {
        0
    };
    Some((number, code.value, symbol))
}

/// The Rust path of the variant that a reference names: `Set::Variant` for `Set.code`.
fn rust_path(reference: &str, spec: &Spec) -> String {
    for set in &spec.sets {
        for code in &set.codes {
            let plain = format!("{}.{}", *set.name, *code.code);
            let symbol = code.symbol.as_ref();
            let with_symbol = symbol.map(|symbol| format!("{plain}.{}", symbol.value));
            if plain == reference || with_symbol.as_deref() == Some(reference) {
                return format!("{}::{}", *set.name, *code.variant);
            }
        }
    }
    reference.to_owned()
}

fn find_section(code: &Code, set: &Set, problems: &mut Problems) -> Option<usize> {
    let wanted = code.section.as_ref()?;
    let found = set
        .sections
        .iter()
        .position(|section| section.id == *wanted);
    if found.is_none() {
        let near = did_you_mean(
            wanted,
            set.sections.iter().map(|section| section.id.as_str()),
        );
        problems.push(
            &wanted.place,
            format!("`{}` is not a section of {}{near}", **wanted, *set.name),
        );
    }
    found
}

fn check_http(status: Option<&At<u32>>, problems: &mut Problems) -> Option<u16> {
    let status = status?;
    if !(100..=599).contains(&status.value) {
        problems.push(
            &status.place,
            format!("{} is not an HTTP status (100 to 599)", status.value),
        );
    }
    u16::try_from(status.value).ok()
}

#[cfg(test)]
mod tests {
    use crate::place::Source;
    use crate::spec::Severity::{Error, Info, Warning};
    use crate::{check, parse};

    #[test]
    fn a_severity_is_the_codes_own_or_info_for_success_or_that_of_the_set() {
        let of_codes = |set: &str| {
            let text = format!(
                "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"C\"\n{set}\n\
                 [[set.code]]\ncode = \"0\"\nvariant = \"Done\"\nsuccess = true\n\
                 [[set.code]]\ncode = \"1\"\nvariant = \"Failed\"\n\
                 [[set.code]]\ncode = \"2\"\nvariant = \"Own\"\nseverity = \"error\"\n\
                 [[set.code]]\ncode = \"3\"\nvariant = \"OwnSuccess\"\nsuccess = true\n\
                 severity = \"warning\"\n"
            );
            let spec = parse(&Source::new("spec.toml", &text)).unwrap();
            let registry = check(&spec).unwrap();
            let codes = registry.sets[0].codes.iter();
            codes.map(|code| code.severity).collect::<Vec<_>>()
        };
        assert_eq!(of_codes(""), [Info, Error, Error, Warning]);
        assert_eq!(
            of_codes("severity = \"warning\""),
            [Info, Warning, Error, Warning]
        );
        assert_eq!(
            of_codes("severity = \"info\""),
            [Info, Info, Error, Warning]
        );
    }
}
