//! The entries of `[set.NAME.code]` and `[set.NAME.range]`: one line a code, one a class of codes.

use errbook_spec::fields::{Fields, Value};
use errbook_spec::place::At;
use errbook_spec::problem::Problems;
use errbook_spec::{Billing, Retry, params};

use super::{Entry, RangeEntry};
use crate::reference::Key;

/// The words of `billing` in an entry, which may also take a rule's word back.
const BILLING: &[(&str, Option<Billing>)] = &[
    ("billed", Some(Billing::Billed)),
    ("free", Some(Billing::Free)),
    ("unspecified", None),
];

/// Reads `[set.NAME.code]`; with `by_symbol` the key is `code.symbol`, which TOML nests.
pub(super) fn entries(
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
            entries.extend(symbols(&code, value, problems));
        } else {
            let key = Key {
                code: code.value.clone(),
                symbol: None,
            };
            entries.extend(entry(key, &code, value, problems));
        }
    }
    // Dotted keys of one code need not stand together in the file.
    entries.sort_by(|a, b| a.place.cmp(&b.place));
    entries
}

fn symbols(code: &At<String>, value: Value<'_>, problems: &mut Problems) -> Vec<Entry> {
    let Some(mut symbols) = value.fields(code, problems) else {
        return Vec::new();
    };
    let each = symbols.entries().filter_map(|(symbol, value)| {
        if !value.is_table() {
            let message = format!(
                "the key of an entry is code.symbol here, and `{}` has no symbol",
                code.value
            );
            problems.push_with_help(
                &code.place,
                message,
                format!("write `{}.SYMBOL = {{ … }}`", code.value),
            );
            return None;
        }
        let key = Key {
            code: code.value.clone(),
            symbol: Some(symbol.value.clone()),
        };
        entry(key, &symbol, value, problems)
    });
    each.collect()
}

fn entry(key: Key, name: &At<String>, value: Value<'_>, problems: &mut Problems) -> Option<Entry> {
    let mut fields = value.fields(name, problems)?;
    let entry = Entry {
        key,
        place: name.place.clone(),
        variant: fields.text("variant", problems),
        was_variant: fields.list("was-variant", problems),
        was: fields.list("was", problems),
        removed: fields
            .word("status", &[("removed", ())], problems)
            .is_some(),
        replaced_by: fields.text("replaced-by", problems),
        aliases: fields.list("aliases", problems),
        params: fields
            .fields("params", problems)
            .map(|fields| params(fields, problems))
            .unwrap_or_default(),
        locale: fields.text("locale", problems),
        kind: fields.text("kind", problems),
        retry: fields.word("retry", Retry::WORDS, problems),
        retry_after: fields.number("retry-after", problems),
        billing: fields.word("billing", BILLING, problems),
        http: fields.number("http", problems),
        because: fields.text("because", problems),
        quote: fields.text("quote", problems),
        message: fields.text("message", problems),
        remedy: fields.text("remedy", problems),
    };
    fields.finish(problems);
    Some(entry)
}

/// Reads `[set.NAME.range]`, whose keys are `"FROM..TO"`.
pub(super) fn ranges(fields: &mut Fields<'_>, problems: &mut Problems) -> Vec<RangeEntry> {
    let Some(mut ranges) = fields.fields("range", problems) else {
        return Vec::new();
    };
    let entries = ranges.entries();
    entries
        .filter_map(|(ends, value)| range(&ends, value, problems))
        .collect()
}

fn range(ends: &At<String>, value: Value<'_>, problems: &mut Problems) -> Option<RangeEntry> {
    let mut fields = value.fields(ends, problems)?;
    fields.text("because", problems);
    let Some((from, to)) = ends
        .split_once("..")
        .filter(|(from, to)| !from.is_empty() && !to.is_empty())
    else {
        let message = format!(
            "`{}` is no range of codes: write `\"FROM..TO\"`, both ends in it",
            ends.value
        );
        problems.push(&ends.place, message);
        return None;
    };
    let range = RangeEntry {
        from: At::new(from.to_owned(), ends.place.clone()),
        to: At::new(to.to_owned(), ends.place.clone()),
        kind: fields.text("kind", problems),
        retry: fields.word("retry", Retry::WORDS, problems),
        billing: fields.word("billing", Billing::WORDS, problems),
        quote: fields.text("quote", problems),
    };
    fields.finish(problems);
    Some(range)
}
