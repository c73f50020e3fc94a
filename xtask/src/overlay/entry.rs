//! Parses the tables `[set.NAME.code]` and `[set.NAME.range]` into one entry for each key, and for
//! each former meaning of a code.

use errbook_spec::facts::{self, Fact, Merge, facts_of};
use errbook_spec::fields::{Fields, Value};
use errbook_spec::place::At;
use errbook_spec::problem::Problems;
use errbook_spec::{Code, Range, Status, split_range};

use crate::overlay::{Entry, RangeEntry, Same};
use crate::reference::Key;

/// Parses the facts of an entry that an overlay decides.
pub(super) fn parse_decided<E: facts::Entry>(
    fields: &mut Fields<'_>,
    problems: &mut Problems,
) -> E {
    let mut entry = E::default();
    for fact in facts_of::<E>().filter(|fact| is_decided(fact)) {
        fact.parse(&mut entry, fields, problems);
    }
    entry
}

/// Whether an overlay writes a fact in the same form as a spec.
fn is_decided(fact: &Fact) -> bool {
    matches!(
        fact.merge,
        Merge::Overlay | Merge::OverlayOrUnspecified | Merge::Kind
    )
}

/// Parses `[set.NAME.code]`. With `by_symbol` a key is `code.symbol`, which TOML reads as nested
/// tables.
pub(super) fn parse_entries(
    fields: &mut Fields<'_>,
    by_symbol: bool,
    problems: &mut Problems,
) -> Vec<Entry> {
    let Some(mut codes) = fields.fields("code", problems) else {
        return Vec::new();
    };
    let mut entries = Vec::new();
    for (code, value) in codes.entries() {
        if by_symbol {
            entries.extend(parse_symbols(&code, value, problems));
        } else {
            let key = Key {
                code: code.value.clone(),
                symbol: None,
                former: None,
            };
            entries.extend(parse_meanings(&key, &code, &value, problems));
        }
    }
    // Dotted keys of one code may be spread over the table: back into the order of the file.
    entries.sort_by(|a, b| a.place.cmp(&b.place));
    entries
}

fn parse_symbols(code: &At<String>, value: Value<'_>, problems: &mut Problems) -> Vec<Entry> {
    let Some(mut symbols) = value.fields(code, problems) else {
        return Vec::new();
    };
    let each = symbols.entries().flat_map(|(symbol, value)| {
        if !value.is_table() && !value.is_array() {
            let message = format!(
                "keys are `code.symbol` in this set, but `{}` has no symbol",
                code.value
            );
            problems.push_with_help(
                &code.place,
                message,
                format!("write `{}.SYMBOL = {{ … }}`", code.value),
            );
            return Vec::new();
        }
        let key = Key {
            code: code.value.clone(),
            symbol: Some(symbol.value.clone()),
            former: None,
        };
        parse_meanings(&key, &symbol, &value, problems)
    });
    each.collect()
}

/// Parses `KEY = { … }`, or `KEY = [{ …, until = "EDITION" }, { … }]` if the vendor gave the code to
/// another error.
fn parse_meanings(
    key: &Key,
    name: &At<String>,
    value: &Value<'_>,
    problems: &mut Problems,
) -> Vec<Entry> {
    if !value.is_array() {
        return parse_entry(key, name, value, problems)
            .into_iter()
            .collect();
    }
    let mut entries: Vec<Entry> = Vec::new();
    let items = value.items(name, problems);
    if items.is_empty() {
        problems.push(&name.place, format!("`{}` has no entry", name.value));
    }
    for item in items {
        let name = At::new(name.value.clone(), item.place());
        let Some(entry) = parse_entry(key, &name, &item, problems) else {
            continue;
        };
        let is_same = |other: &Entry| other.key == entry.key;
        if entries.iter().any(is_same) {
            let message = match &entry.key.former {
                Some(variant) => format!(
                    "`{variant}` is already a former meaning of `{}`",
                    name.value
                ),
                None => format!("`{}` already has an entry without `until`", name.value),
            };
            let help = "each former meaning has `until` and a `variant` of its own; what the code \
                        means now is the only entry without `until`";
            problems.push_with_help(&entry.place, message, help);
            continue;
        }
        entries.push(entry);
    }
    entries
}

fn parse_entry(
    key: &Key,
    name: &At<String>,
    value: &Value<'_>,
    problems: &mut Problems,
) -> Option<Entry> {
    let mut fields = value.fields(name, problems)?;
    let words = [
        ("removed", None),
        ("retired", Some(Status::Retired)),
        ("active", Some(Status::Active)),
    ];
    let status = fields
        .word("status", &words, problems)
        .map(|word| word.value);
    let mut entry = Entry {
        key: key.clone(),
        place: name.place.clone(),
        variant: fields.text("variant", problems),
        decided: Code::default(),
        unspecified: Vec::new(),
        texts: Vec::new(),
        removed: status == Some(None),
        status: status.flatten(),
        template: fields.text("template", problems),
        same: parse_same(&mut fields, problems),
        locale: fields.text("locale", problems),
        because: fields.text("because", problems),
        quote: fields.text("quote", problems),
    };
    for fact in facts_of::<Code>() {
        match fact.merge {
            Merge::OverlayOrUnspecified => {
                let decided = &mut entry.decided;
                let place = fact.parse_or_unspecified(decided, &mut fields, problems);
                entry.unspecified.extend(place.map(|_| fact));
            }
            Merge::OverlayInOneLanguage => {
                let text = fields.text(fact.key, problems);
                entry.texts.extend(text.map(|text| (fact, text)));
            }
            _ if is_decided(fact) => fact.parse(&mut entry.decided, &mut fields, problems),
            _ => {}
        }
    }
    fields.finish(problems);
    if let Some(until) = &entry.decided.until {
        match &entry.variant {
            Some(variant) => entry.key = key.formerly(variant),
            None => {
                problems.push_with_help(
                    &until.place,
                    format!("`until` of `{}` needs a `variant`", name.value),
                    "say which released code has it no longer: `variant = \"NAME\"`",
                );
                return None;
            }
        }
    }
    Some(entry)
}

/// Parses `same = true` or `same = "TEXT"`.
fn parse_same(fields: &mut Fields<'_>, problems: &mut Problems) -> Option<Same> {
    let value = fields.value("same")?;
    match (value.as_bool(), value.as_text()) {
        (Some(always), _) => Some(Same::Always(always)),
        (None, Some(text)) => Some(Same::Text(text.value)),
        (None, None) => {
            let message = format!("`same` must be true or a string, not {}", value.kind());
            problems.push(&value.place(), message);
            None
        }
    }
}

/// Parses `[set.NAME.range]`, whose keys are `"FROM..TO"`.
pub(super) fn parse_ranges(fields: &mut Fields<'_>, problems: &mut Problems) -> Vec<RangeEntry> {
    let Some(mut ranges) = fields.fields("range", problems) else {
        return Vec::new();
    };
    let entries = ranges.entries();
    entries
        .filter_map(|(ends, value)| parse_range(&ends, value, problems))
        .collect()
}

fn parse_range(ends: &At<String>, value: Value<'_>, problems: &mut Problems) -> Option<RangeEntry> {
    let mut fields = value.fields(ends, problems)?;
    fields.text("because", problems);
    let Some((from, to)) = split_range(ends) else {
        let message = format!(
            "`{}` is not a range of codes (expected `\"FROM..TO\"`, both ends included)",
            ends.value
        );
        problems.push(&ends.place, message);
        return None;
    };
    let range = RangeEntry {
        decided: Range {
            from: At::new(from.to_owned(), ends.place.clone()),
            to: At::new(to.to_owned(), ends.place.clone()),
            ..parse_decided(&mut fields, problems)
        },
        quote: fields.text("quote", problems),
    };
    fields.finish(problems);
    Some(range)
}
