//! Parses the text of an overlay.toml into an [`Overlay`] whose values know their positions.

use errbook_spec::fields::{Fields, Partial, Value, parse_partial as parse_toml};
use errbook_spec::place::{At, Source};
use errbook_spec::problem::Problems;
use errbook_spec::{Billing, Identity, Wire, parse_schema, parse_superseded};

use crate::overlay::entry::{parse_decided, parse_entries, parse_ranges};
use crate::overlay::{BillingRule, Cells, Ignore, Overlay, Selector, SetOverlay, Tables};
use errbook_ingest::Role;

/// Parses an overlay. Does not check it against the document.
///
/// # Errors
///
/// Everything that is not valid TOML, not a key of this format, or not a value of the expected
/// type.
pub fn parse(source: &Source) -> Result<Overlay, Problems> {
    let Partial {
        value, problems, ..
    } = parse_partial(source);
    problems.finish(value)
}

/// Parses as much of an overlay as can be read.
#[must_use]
pub fn parse_partial(source: &Source) -> Partial<Overlay> {
    parse_toml(source, |fields, problems| {
        parse_schema(fields, problems);
        Overlay {
            title: fields.text("title", problems),
            edition: fields.text("edition", problems),
            date: fields.text("date", problems),
            superseded: parse_superseded(fields, problems),
            newer: fields.text("newer", problems),
            url: fields.text("url", problems),
            is_unwatched: fields.word("watch", &[("never", ())], problems).is_some(),
            encoding: fields.text("encoding", problems),
            locale: fields.required_text("locale", problems),
            kinds: fields.text("kinds", problems),
            sets: parse_sets(fields, problems),
            ignores: fields
                .array("ignore", parse_ignore, problems)
                .into_iter()
                .flatten()
                .collect(),
        }
    })
}

fn parse_sets(fields: &mut Fields<'_>, problems: &mut Problems) -> Vec<SetOverlay> {
    let Some(mut sets) = fields.fields("set", problems) else {
        return Vec::new();
    };
    let entries = sets.entries();
    entries
        .filter_map(|(name, value)| {
            let fields = value.fields("set", problems)?;
            Some(parse_set(name, fields, problems))
        })
        .collect()
}

fn parse_set(name: At<String>, mut fields: Fields<'_>, problems: &mut Problems) -> SetOverlay {
    let identity = fields.word("identity", Identity::WORDS, problems);
    let by_symbol = identity
        .as_ref()
        .is_some_and(|at| at.value == Identity::CodeAndSymbol);
    let set = SetOverlay {
        decided: parse_decided(&mut fields, problems),
        quote: fields.text("quote", problems),
        tables: parse_tables(&name, &mut fields, problems),
        wire: fields.word("wire", Wire::WORDS, problems),
        identity,
        title: fields.text("title", problems),
        columns: parse_columns(&mut fields, problems),
        joins_repeated: fields.word("repeated", &[("join", ())], problems).is_some(),
        adds_details: fields
            .word("details", &[("message", ())], problems)
            .is_some(),
        cells: parse_cells(&mut fields, problems),
        http_is_code: fields.word("http", &[("code", ())], problems).is_some(),
        billing: fields
            .fields("billing", problems)
            .map(|fields| parse_billing_rule(fields, problems)),
        entries: parse_entries(&mut fields, by_symbol, problems),
        ranges: parse_ranges(&mut fields, problems),
        name,
    };
    fields.finish(problems);
    set
}

/// Parses `table`, `[sections]` or `status = "retired"`. A set has exactly one of the three.
fn parse_tables(name: &At<String>, fields: &mut Fields<'_>, problems: &mut Problems) -> Tables {
    let retired = fields.word("status", &[("retired", ())], problems);
    let table = fields.value("table");
    let sections = fields.fields("sections", problems);
    let ways = [retired.is_some(), table.is_some(), sections.is_some()];
    if ways.iter().filter(|way| **way).count() != 1 {
        let message = format!(
            "the set `{}` needs exactly one of `table`, `sections` and `status`",
            name.value
        );
        let help = "write `table = \"HEADING\"`, `[set.NAME.sections]` or `status = \"retired\"`";
        problems.push_with_help(&name.place, message, help);
        return Tables::Unknown;
    }
    match (table, sections) {
        (Some(table), _) => parse_selector(table, problems).map_or(Tables::Unknown, Tables::One),
        (None, Some(mut sections)) => Tables::Sections(
            sections
                .entries()
                .filter_map(|(id, value)| Some((id, parse_selector(value, problems)?)))
                .collect(),
        ),
        (None, None) => Tables::Retired,
    }
}

/// `"HEADING"`, or `{ heading, column, nth, parts }`.
fn parse_selector(value: Value<'_>, problems: &mut Problems) -> Option<Selector> {
    if !value.is_table() {
        let heading = value.text("table", problems)?;
        return Some(Selector {
            heading,
            ..Selector::default()
        });
    }
    let mut fields = value.fields("table", problems)?;
    let selector = Selector {
        heading: fields.required_text("heading", problems),
        column: fields.text("column", problems),
        nth: fields.number("nth", problems),
        parts: fields.number("parts", problems),
    };
    fields.finish(problems);
    Some(selector)
}

fn parse_columns(fields: &mut Fields<'_>, problems: &mut Problems) -> Vec<(At<String>, Role)> {
    let Some(mut columns) = fields.fields("columns", problems) else {
        return Vec::new();
    };
    let entries = columns.entries();
    entries
        .filter_map(|(header, value)| {
            let word = value.text("columns", problems)?;
            Some((header, parse_role(&word, problems)?))
        })
        .collect()
}

/// `separators = ["；"]`, `ranges = "range"` or `"code"`, `whole = ["7/8"]`.
fn parse_cells(fields: &mut Fields<'_>, problems: &mut Problems) -> Cells {
    let has_separators = fields.has("separators");
    let separators = fields.list("separators", problems);
    Cells {
        separators: has_separators.then_some(separators),
        ranges: fields.word("ranges", &[("range", true), ("code", false)], problems),
        whole: fields.list("whole", problems),
    }
}

fn parse_role(word: &At<String>, problems: &mut Problems) -> Option<Role> {
    word.parse()
        .map_err(|unknown| problems.push(&word.place, format!("{unknown}")))
        .ok()
}

fn parse_billing_rule(mut fields: Fields<'_>, problems: &mut Problems) -> BillingRule {
    let rule = BillingRule {
        billed: fields.list("billed", problems),
        free: fields.list("free", problems),
        otherwise: fields.word("otherwise", Billing::WORDS, problems),
        quote: fields.required_text("quote", problems),
    };
    fields.finish(problems);
    rule
}

fn parse_ignore(mut fields: Fields<'_>, problems: &mut Problems) -> Option<Ignore> {
    if !fields.has("table") {
        problems.push(fields.place(), "missing `table`");
    }
    let table = fields
        .value("table")
        .and_then(|value| parse_selector(value, problems));
    let because = fields.required_text("because", problems);
    fields.finish(problems);
    Some(Ignore {
        table: table?,
        because,
    })
}
