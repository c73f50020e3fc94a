//! Applies the overrides of a user to a spec: a spec and the text of an overrides file go in, the
//! spec with other facts comes out.
//!
//! Names, codes and what identifies a code never change: a program that reads an answer of the
//! vendor must not be able to redefine it.

use crate::check::{default_severity, identity};
use crate::facts::{Entry, Fact, Value, facts_of};
use crate::fields::{Fields, Value as Field, parse_partial};
use crate::order::Firsts;
use crate::place::{At, Place, Source};
use crate::problem::{Problems, did_you_mean};
use crate::spec::{
    Billing, Code, Identity, Range, Set, Severity, Spec, Status, parse_schema, split_range, word,
};
use crate::template::{self, Template};

/// A spec with overrides.
#[derive(Debug, Clone)]
pub struct Overridden {
    /// The spec. Overrides that have no mistake are applied.
    pub spec: Spec,
    /// Mistakes.
    pub errors: Problems,
    /// Overrides that a new version of the spec made unnecessary or questionable. They are not
    /// errors, because a minor version of a registry must not break a build.
    pub warnings: Problems,
}

/// Applies an overrides file to a spec. Every value that it sets has its position in that file, so
/// `check` reports a wrong one there.
///
/// ```
/// use errbook_spec::place::Source;
/// use errbook_spec::{override_facts, parse};
///
/// let text = "schema = 1\nvendor = \"shop\"\nlocale = \"en\"\n[[set]]\nname = \"OrderCode\"\n\
///             [[set.code]]\ncode = \"7\"\nvariant = \"Seven\"\nretry = \"never\"";
/// let spec = parse(&Source::new("orders.toml", text))?;
/// let overrides = "schema = 1\nvendor = \"shop\"\n[set.OrderCode.code]\n7 = { retry = \"never\" }";
/// let overridden = override_facts(&spec, &Source::new("mine.toml", overrides));
/// assert!(overridden.errors.is_empty());
/// assert_eq!(
///     overridden.warnings.to_string(),
///     "mine.toml:4:15: this changes nothing: `retry` of OrderCode.7 is `never`\n  \
///      help: remove it",
/// );
/// # Ok::<(), errbook_spec::problem::Problems>(())
/// ```
#[must_use]
pub fn override_facts(spec: &Spec, source: &Source) -> Overridden {
    let partial = parse_partial(source, |fields, problems| {
        let mut warnings = Problems::default();
        let mut spec = spec.clone();
        spec.overrides = Some(source.name().to_owned());
        parse_schema(fields, problems);
        check_vendor(&fields.required_text("vendor", problems), &spec, problems);
        override_sets(&mut spec, fields, problems, &mut warnings);
        (spec, warnings)
    });
    let (spec, warnings) = partial.value;
    Overridden {
        spec,
        errors: partial.problems,
        warnings: warnings.finish(()).err().unwrap_or_default(),
    }
}

fn override_sets(
    spec: &mut Spec,
    fields: &mut Fields<'_>,
    problems: &mut Problems,
    warnings: &mut Problems,
) {
    let sets = fields.fields("set", problems);
    for (name, value) in sets.into_iter().flat_map(|mut sets| sets.entries()) {
        let known = spec.sets.iter().position(|set| *set.name == *name);
        let former = || spec.sets.iter().position(|set| set.was.contains(&name));
        let Some(position) = known.or_else(former) else {
            let near = did_you_mean(&name, spec.sets.iter().map(|set| set.name.as_str()));
            problems.push(&name.place, format!("unknown set `{}`{near}", *name));
            continue;
        };
        if let Some(fields) = value.fields(&name, problems) {
            let mut overriding = Overriding {
                locale: &spec.locale,
                problems,
                warnings,
            };
            if known.is_none() {
                overriding.warn_of_former_name(&name, &spec.sets[position].name);
            }
            overriding.set(&mut spec.sets[position], fields);
        }
    }
}

fn check_vendor(vendor: &At<String>, spec: &Spec, problems: &mut Problems) {
    if !vendor.is_empty() && vendor.value != spec.vendor.value {
        problems.push(
            &vendor.place,
            format!(
                "these overrides are for the vendor `{}`, but the spec is that of `{}`",
                **vendor, *spec.vendor
            ),
        );
    }
}

/// The overrides of one set, while they are applied.
struct Overriding<'a> {
    /// The language of the document.
    locale: &'a At<String>,
    problems: &'a mut Problems,
    warnings: &'a mut Problems,
}

impl Overriding<'_> {
    fn set(&mut self, set: &mut Set, mut fields: Fields<'_>) {
        let name = set.name.value.clone();
        let mut overridden = self.facts(set, &name, &mut fields, &|set, fact| fact.get(set));
        let codes = fields.fields("code", self.problems);
        let ranges = fields.fields("range", self.problems);
        fields.finish(self.problems);
        self.codes(set, codes);
        for (ends, value) in ranges.into_iter().flat_map(|mut ranges| ranges.entries()) {
            let changed = self.range(set, &ends, value);
            overridden.extend(
                changed
                    .into_iter()
                    .map(|change| format!("{}: {change}", *ends)),
            );
        }
        set.overridden = overridden;
    }

    fn codes(&mut self, set: &mut Set, fields: Option<Fields<'_>>) {
        let mut targets: Vec<(usize, At<String>, Field<'_>)> = Vec::new();
        for (key, value) in fields.into_iter().flat_map(|mut codes| codes.entries()) {
            let former = || set.codes.iter().position(|code| had_name(set, code, &key));
            match find_code(set, &key).or_else(|| {
                let position = former()?;
                self.warn_of_former_name(&key, &set.codes[position].variant);
                Some(position)
            }) {
                Some(position) => targets.push((position, key, value)),
                None => self.symbols(set, &key, value, &mut targets),
            }
        }
        let codes: Vec<String> = targets.iter().map(|target| target.0.to_string()).collect();
        let mut firsts = Firsts::with_capacity(targets.len());
        for (at, (position, key, value)) in targets.iter().enumerate() {
            if let Some(before) = firsts.before(&codes[at], at) {
                let message = format!(
                    "`{}` is the code that line {} overrides",
                    **key, targets[before].1.place.line
                );
                self.problems
                    .push_with_help(&key.place, message, "write both as one entry");
                continue;
            }
            self.warn_of_former_meaning(set, *position, key);
            if let Some(fields) = value.fields(key, self.problems) {
                self.code(set, *position, &key.place, fields);
            }
        }
    }

    /// What an entry says of a code may have been meant for another error, which had the code when
    /// the entry was written.
    fn warn_of_former_meaning(&mut self, set: &Set, position: usize, key: &At<String>) {
        let now = &set.codes[position];
        let is_named = now.variant == *key;
        let mut codes = set.codes.iter().filter(|code| code.is_former());
        let former = codes.find(|code| identity(set, code) == identity(set, now));
        if let Some(former) = former.filter(|_| !is_named)
            && let Some(until) = &former.until
        {
            let message = format!(
                "`{}` means `{}` since {}; before, it meant `{}`",
                **key, *now.variant, **until, *former.variant
            );
            let help = format!("write `{}` if that is meant", *now.variant);
            self.warnings.push_with_help(&key.place, message, help);
        }
    }

    /// A name of an earlier version still works, because a minor version must not break a build.
    fn warn_of_former_name(&mut self, former: &At<String>, now: &str) {
        let message = format!("`{}` is now `{now}`", **former);
        let help = format!("write `{now}`");
        self.warnings.push_with_help(&former.place, message, help);
    }

    /// The symbols of one code, in a set that is identified by both: `400.SYMBOL = { … }`. In other
    /// sets, the code was not found.
    fn symbols<'f>(
        &mut self,
        set: &Set,
        code: &At<String>,
        value: Field<'f>,
        targets: &mut Vec<(usize, At<String>, Field<'f>)>,
    ) {
        if !set.codes.iter().any(|known| is_code(set, known, code)) {
            return self.unknown_code(set, code, code);
        }
        let Some(mut symbols) = value.fields(code, self.problems) else {
            return;
        };
        for (symbol, value) in symbols.entries() {
            let is_meant = |known: &Code| {
                let own = known.symbol.as_ref();
                is_code(set, known, code) && own.is_some_and(|own| *own == symbol)
            };
            match set.codes.iter().position(is_meant) {
                Some(position) => targets.push((position, symbol, value)),
                None if value.is_table() => {
                    self.unknown_code(set, &symbol, &format!("{}.{}", **code, *symbol));
                }
                None => {
                    let message = format!(
                        "codes of {} are identified by code and symbol, but `{}` has no symbol",
                        *set.name, **code
                    );
                    let help = format!("write `{}.SYMBOL = {{ … }}`, or the variant", **code);
                    self.problems.push_with_help(&code.place, message, help);
                    return;
                }
            }
        }
    }

    fn unknown_code(&mut self, set: &Set, key: &At<String>, written: &str) {
        let names = set.codes.iter().flat_map(|code| {
            let symbol = code.symbol.iter().map(|symbol| symbol.as_str());
            symbol.chain([code.code.as_str(), code.variant.as_str()])
        });
        let near = did_you_mean(key, names);
        let message = format!("`{written}` is not a code of {}{near}", *set.name);
        self.problems.push(&key.place, message);
    }

    fn code(&mut self, set: &mut Set, position: usize, place: &Place, mut fields: Fields<'_>) {
        let mut code = std::mem::take(&mut set.codes[position]);
        let name = reference(set, &code);
        if code.status == Status::Retired || set.status == Status::Retired {
            let message = format!("this overrides {name}, which the vendor no longer documents");
            let help = "remove it, unless you still receive the code; then write \
                        `#[allow(deprecated)]` on the module";
            self.warnings.push_with_help(place, message, help);
        }
        let before = code.clone();
        let effective = |code: &Code, fact: &Fact| {
            let is_default = fact.key == SEVERITY && code.severity.is_none();
            if is_default {
                let default = word(Severity::WORDS, default_severity(code, set));
                return Some(Value::Word(default.into()));
            }
            fact.get(code)
        };
        if !has_facts::<Code>(&fields) {
            let message = format!("this overrides no fact of {name}");
            self.warnings.push_with_help(place, message, "remove it");
        }
        code.overridden = self.facts(&mut code, &name, &mut fields, &effective);
        fields.finish(self.problems);
        self.check_success(&before, &code);
        self.check_parameters(&before, &code);
        let own = code.locale.as_ref().unwrap_or(self.locale).value.clone();
        if let Some(vendors) = before.message.get(&own) {
            code.keep_said(&own, vendors);
        }
        set.codes[position] = code;
    }

    /// The facts of a range, which the spec has with the same ends.
    fn range(&mut self, set: &mut Set, ends: &At<String>, value: Field<'_>) -> Vec<String> {
        let number = |text: &str| set.wire.number(text);
        let wanted = split_range(ends).map(|(from, to)| (number(from), number(to)));
        let is_meant = |range: &Range| Some((number(&range.from), number(&range.to))) == wanted;
        let Some(position) = set.ranges.iter().position(is_meant) else {
            let known = (set.ranges.iter()).map(|range| format!("{}..{}", *range.from, *range.to));
            let known: Vec<String> = known.collect();
            let near = did_you_mean(ends, known.iter().map(String::as_str));
            let message = format!("`{}` is not a range of {}{near}", **ends, *set.name);
            self.problems.push(&ends.place, message);
            return Vec::new();
        };
        let Some(mut fields) = value.fields(ends, self.problems) else {
            return Vec::new();
        };
        let name = format!("{}.{}", *set.name, **ends);
        let range = &mut set.ranges[position];
        let overridden = self.facts(range, &name, &mut fields, &|range, fact| fact.get(range));
        fields.finish(self.problems);
        overridden
    }

    /// Overrides the facts of an entry, and returns a line of documentation for each.
    fn facts<E: Entry>(
        &mut self,
        entry: &mut E,
        name: &str,
        fields: &mut Fields<'_>,
        effective: &dyn Fn(&E, &Fact) -> Option<Value>,
    ) -> Vec<String> {
        let because = fields.text("because", self.problems);
        let because = because.filter(|reason| !reason.trim().is_empty());
        let mut lines = Vec::new();
        for fact in facts_of::<E>().filter(|fact| fact.is_overridable) {
            let mut given = E::default();
            let unspecified = fact.parse_or_unspecified(&mut given, fields, self.problems);
            let value = fact.get(&given);
            if let (Some(Value::Texts(_)), Some(texts)) = (&value, fact.texts(&given)) {
                for (tag, text) in texts.iter() {
                    lines.extend(self.text(entry, fact, name, tag, text));
                }
                continue;
            }
            let Some(place) = unspecified.or_else(|| value.as_ref().and_then(Value::place)) else {
                continue;
            };
            if because.is_none() {
                self.require_reason(fact, value.as_ref(), &place);
            }
            let described = |value: Option<&Value>| {
                let absent = fact.absent.unwrap_or("none").to_owned();
                value.map_or(absent, Value::text)
            };
            let before = effective(entry, fact);
            let after = described(value.as_ref());
            if before == value {
                self.unchanged(&place, fact, name, &format!("`{after}`"));
                continue;
            }
            let before = described(before.as_ref());
            lines.push(format!("`{}` is `{after}` instead of `{before}`", fact.key));
            fact.set(entry, value);
        }
        if let (Some(because), Some(line)) = (because, lines.last_mut()) {
            *line = format!("{line} ({})", *because);
        }
        lines
    }

    /// Overrides a text in one language.
    fn text<E: Entry>(
        &mut self,
        entry: &mut E,
        fact: &Fact,
        name: &str,
        tag: &str,
        text: &At<String>,
    ) -> Option<String> {
        let mut texts = fact.texts(entry).cloned().unwrap_or_default();
        if texts.get(tag) == Some(text) {
            self.unchanged(&text.place, fact, name, "the same text");
            return None;
        }
        texts.insert(tag.to_owned(), text.clone());
        fact.set(entry, Some(Value::Texts(texts)));
        Some(format!("`{}` in `{tag}`", fact.key))
    }

    fn unchanged(&mut self, place: &Place, fact: &Fact, name: &str, value: &str) {
        let message = format!("this changes nothing: `{}` of {name} is {value}", fact.key);
        self.warnings.push_with_help(place, message, "remove it");
    }

    /// What is called free is not expected on the bill, so an override to free has its reason
    /// beside it, and in the documentation.
    fn require_reason(&mut self, fact: &Fact, value: Option<&Value>, place: &Place) {
        let free = word(Billing::WORDS, Billing::Free);
        let is_free = matches!(value, Some(Value::Word(word)) if word.value == free);
        if fact.key == "billing" && is_free {
            self.problems.push_with_help(
                place,
                "`billing` is overridden to `free` without a reason",
                "add `because = \"…\"`: who says that the vendor does not charge for it, and where",
            );
        }
    }

    /// Whether a code reports success is not a matter of opinion: it decides how an answer is read.
    fn check_success(&mut self, before: &Code, code: &Code) {
        let is_success = |code: &Code| code.kind.as_ref().is_some_and(|kind| **kind == "success");
        if let Some(kind) = code
            .kind
            .as_ref()
            .filter(|_| is_success(before) != is_success(code))
        {
            self.problems.push(
                &kind.place,
                "the kind `success` cannot be overridden: it says how an answer is read",
            );
        }
    }

    /// A text in the vendor's language may contain anything in brackets that the vendor's own text
    /// contains, and the parameters. `check` checks the other languages.
    fn check_parameters(&mut self, before: &Code, code: &Code) {
        let own = code.locale.as_ref().unwrap_or(self.locale).as_str();
        let symbol = code.symbol.as_ref();
        let symbol = symbol.and_then(|symbol| Template::of(symbol, &code.params));
        let known = template::parameters(&code.params, symbol.as_ref());
        let texts = [
            (&before.message, &code.message),
            (&before.remedy, &code.remedy),
        ];
        for (before, after) in texts {
            let Some(text) = after.get(own).filter(|text| Some(*text) != before.get(own)) else {
                continue;
            };
            let vendors = before.get(own).map_or("", |text| text.as_str());
            for name in template::holes(text) {
                let is_vendors = template::holes(vendors).any(|hole| hole == name);
                if !known.contains(&name) && !is_vendors {
                    let near = did_you_mean(name, known.iter().copied());
                    let message = format!(
                        "`<{name}>` is not a parameter of code `{}`{near}",
                        *code.code
                    );
                    self.problems.push(&text.place, message);
                }
            }
        }
    }
}

/// Whether an entry has a fact, rather than only a reason.
fn has_facts<E: Entry>(fields: &Fields<'_>) -> bool {
    facts_of::<E>().any(|fact| fact.is_overridable && fields.has(fact.key))
}

const SEVERITY: &str = "severity";

/// The code that a key names: by the code itself, unless a symbol belongs to it, or by its variant.
fn find_code(set: &Set, key: &str) -> Option<usize> {
    let by_code = |code: &Code| set.identity == Identity::Code && is_code(set, code, key);
    let position = set.codes.iter().position(by_code);
    position.or_else(|| set.codes.iter().position(|code| *code.variant == key))
}

/// Whether a code was formerly called so, or formerly had this number.
fn had_name(set: &Set, code: &Code, key: &str) -> bool {
    let had_code = |was: &At<String>| {
        let number = set.wire.number(key);
        was.value == key || (number.is_some() && number == set.wire.number(was))
    };
    (set.identity == Identity::Code && code.was.iter().any(had_code))
        || code.was_variant.iter().any(|was| was.value == key)
}

/// Whether a code is written so: `12`, `+12` and `0xC` are the same number.
fn is_code(set: &Set, code: &Code, written: &str) -> bool {
    let number = set.wire.number(written);
    *code.code == written || (number.is_some() && number == set.wire.number(&code.code))
}

/// `Set.code`, or `Set.code.symbol` in a set that is identified by both; a former meaning by its
/// name.
fn reference(set: &Set, code: &Code) -> String {
    if code.is_former() {
        return format!("{}.{}", *set.name, *code.variant);
    }
    let plain = format!("{}.{}", *set.name, *code.code);
    match &code.symbol {
        Some(symbol) if set.identity == Identity::CodeAndSymbol => {
            format!("{plain}.{}", symbol.value)
        }
        _ => plain,
    }
}
