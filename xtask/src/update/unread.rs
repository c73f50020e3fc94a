//! Findings about what a new document says differently and no fact of the spec shows.

use std::collections::{BTreeMap, BTreeSet};

use errbook_ingest::{Document, Unread};

use crate::count::count;
use crate::diff::{Class, Finding, Severity, Verdict, form_key};
use crate::fold::{heading_key, text_key, unnumbered};
use crate::regen::{Unkept, UnkeptTable, UnkeptText};
use crate::text::one_line;

/// How many changed lines a finding quotes.
const MOST_QUOTED: usize = 3;
/// How many letters of such a line: with 60, its place is found, and the finding stays short.
const QUOTED: usize = 60;

/// Compares what is left of the old document with what is left of the new one.
pub(super) fn compare(
    vendor: &str,
    (old, old_unread): &(Unkept, Vec<Unread>),
    (new, unread): &(Unkept, Vec<Unread>),
    document: &Document,
) -> Vec<Finding> {
    let is_new = |unread: &&Unread| {
        let is_same = |other: &Unread| form_key(&other.text) == form_key(&unread.text);
        !old_unread.iter().any(is_same)
    };
    let new_unread: Vec<_> = unread.iter().filter(is_new).collect();
    let mut findings = Vec::new();
    for unread in &new_unread {
        let finding = Finding::new(Class::CodeUnread, vendor, "");
        let finding = finding.with_detail(document.describe_line(unread.line));
        findings.push(
            finding
                .with_new(Some(&unread.text))
                .with_help(&unread.reason),
        );
    }
    let columns = (new.columns.iter()).filter(|(set, header)| !has_column(old, set, header));
    findings.extend(columns.map(|(set, header)| new_column(vendor, set, header)));
    let has_unread = |table: &UnkeptTable| {
        let lines = table.line..=table.end_line;
        new_unread.iter().any(|unread| lines.contains(&unread.line))
    };
    let Changed { tables, gone } = changed_tables(old, new);
    let tables = tables.into_iter().filter(|(table, _)| !has_unread(table));
    findings.extend(tables.map(|(table, like)| changed_table(vendor, table, like, document)));
    findings.extend(gone.into_iter().map(|table| gone_table(vendor, table)));
    let named = new_unread
        .iter()
        .flat_map(|unread| unread.lines.iter().copied());
    findings.extend(compare_texts(vendor, old, new, &named.collect()));
    make_unique(&mut findings);
    findings
}

fn has_column(unkept: &Unkept, set: &str, header: &str) -> bool {
    let mut columns = unkept.columns.iter();
    columns.any(|(other, known)| other == set && heading_key(known) == heading_key(header))
}

fn new_column(vendor: &str, set: &str, header: &str) -> Finding {
    let help = format!(
        "if it says something about the codes, give it a role in overlay.toml: \
         `columns = {{ \"{header}\" = \"remedy\" }}`; if not: `= \"none\"`"
    );
    let finding = Finding::new(Class::ColumnUnread, vendor, set).with_detail(header);
    finding.with_help(help)
}

fn rows(table: &UnkeptTable) -> BTreeSet<String> {
    table.rows.iter().map(|row| form_key(row)).collect()
}

fn headers(table: &UnkeptTable) -> Vec<String> {
    let headers = table.headers.iter();
    headers.map(|header| heading_key(header)).collect()
}

/// Whether a table is an earlier one with other rows.
fn is_like(table: &UnkeptTable, old: &UnkeptTable) -> bool {
    heading_key(&old.heading) == heading_key(&table.heading)
        || headers(old) == headers(table) && !rows(old).is_disjoint(&rows(table))
}

/// Whether a table has the same headers and rows, in any order.
fn is_same(table: &UnkeptTable, old: &UnkeptTable) -> bool {
    headers(old) == headers(table) && rows(old) == rows(table)
}

/// The tables of no set that are not as they were.
struct Changed<'a> {
    /// Those of the new document, each with the one that it was, if it is not new.
    tables: Vec<(&'a UnkeptTable, Option<&'a UnkeptTable>)>,
    /// Those of the old document that are gone.
    gone: Vec<&'a UnkeptTable>,
}

fn changed_tables<'a>(old: &'a Unkept, new: &'a Unkept) -> Changed<'a> {
    let is_in = |tables: &[UnkeptTable], table: &UnkeptTable| {
        tables.iter().any(|other| is_same(other, table))
    };
    let left = old.tables.iter().filter(|it| !is_in(&new.tables, it));
    let mut left: Vec<_> = left.collect();
    let mut tables = Vec::new();
    for table in new.tables.iter().filter(|it| !is_in(&old.tables, it)) {
        // Each is at most one of the new ones.
        let like = left.iter().position(|other| is_like(table, other));
        tables.push((table, like.map(|at| left.remove(at))));
    }
    // One with codes was ignored, which is a finding of its own.
    left.retain(|table| !table.has_codes);
    Changed { tables, gone: left }
}

/// A table of no set that is not in the new document.
fn gone_table(vendor: &str, table: &UnkeptTable) -> Finding {
    let place = format!("line {} of the old document", table.line);
    let finding = Finding::new(Class::TableUnread, vendor, "");
    let finding = finding.with_detail(match &*table.heading {
        "" => place.clone(),
        heading => unnumbered(heading).to_owned(),
    });
    let what = format!("{place}: gone, with {}", count(table.rows.len(), "row"));
    finding.with_new(Some(what))
}

/// A table of no set that is new, or has other rows than the one that it was.
fn changed_table(
    vendor: &str,
    table: &UnkeptTable,
    like: Option<&UnkeptTable>,
    document: &Document,
) -> Finding {
    let what = match like {
        None => format!("new, with {}", count(table.rows.len(), "row")),
        Some(like) => {
            let [now, before] = [rows(table), rows(like)];
            let [new, old] = [now.difference(&before), before.difference(&now)];
            // If no row differs, the header does.
            let changed = new.count().max(old.count()).max(1);
            format!("{} changed", count(changed, "row"))
        }
    };
    let finding = Finding::new(Class::TableUnread, vendor, "");
    let finding = finding.with_detail(match &*table.heading {
        "" => document.describe_line(table.line),
        heading => unnumbered(heading).to_owned(),
    });
    let place = document.describe_line(table.line);
    let help = "it belongs to no set; if it has codes, add it to one in overlay.toml";
    finding
        .with_new(Some(format!("{place}: {what}")))
        .with_help(help)
}

/// One finding about all other texts that differ. Other findings name the lines `named`.
fn compare_texts(
    vendor: &str,
    old: &Unkept,
    new: &Unkept,
    named: &BTreeSet<usize>,
) -> Option<Finding> {
    let differ = |key: fn(&str) -> String| {
        let [mut added, gone] = [missing_in(old, new, key), missing_in(new, old, key)];
        added.retain(|text| !named.contains(&text.line));
        (!added.is_empty() || !gone.is_empty()).then_some([added, gone])
    };
    let (lines, is_form) = match differ(form_key) {
        Some(lines) => (lines, false),
        None => (differ(text_key)?, true),
    };
    let quotes = quotes(lines.each_ref().map(Vec::as_slice));
    let [lines, gone_lines] =
        lines.map(|texts| -> BTreeSet<_> { texts.iter().map(|text| text.line).collect() });
    let places = lines.iter().map(ToString::to_string);
    let gone_places = gone_lines.iter().map(|line| format!("-{line}"));
    let places: Vec<_> = places.chain(gone_places).collect();
    let what = |lines: &BTreeSet<usize>, what: &str| {
        (!lines.is_empty()).then(|| format!("{} {what}", count(lines.len(), "line")))
    };
    let parts = [
        what(&lines, "of the new document"),
        what(&gone_lines, "of the old one (with a minus sign)"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let finding = Finding::new(Class::UnreadChanged, vendor, "").with_detail(places.join(","));
    let finding = finding.with_new(Some(format!(
        "{}, which no fact keeps: {quotes}",
        parts.join(" and ")
    )));
    Some(if is_form {
        finding.with_weight(Severity::Cosmetic, Verdict::Patch)
    } else {
        finding
    })
}

/// The beginnings of the first lines, those of the new document if there are any.
fn quotes([added, gone]: [&[&UnkeptText]; 2]) -> String {
    let texts = if added.is_empty() { gone } else { added };
    let lines: BTreeMap<_, _> = texts
        .iter()
        .rev()
        .map(|text| (text.line, &text.text))
        .collect();
    let quote = |text: &&String| {
        let line = one_line(text.trim());
        let beginning: String = line.chars().take(QUOTED).collect();
        let more = if beginning.len() < line.len() {
            "…"
        } else {
            ""
        };
        format!("`{beginning}{more}`")
    };
    let quotes: Vec<_> = lines.values().take(MOST_QUOTED).map(quote).collect();
    let more = if lines.len() > MOST_QUOTED {
        ", …"
    } else {
        ""
    };
    quotes.join(", ") + more
}

/// The texts of `of` that `than` does not have, or not as often. Texts are equal if their keys are.
fn missing_in<'a>(than: &Unkept, of: &'a Unkept, key: fn(&str) -> String) -> Vec<&'a UnkeptText> {
    let place = |text: &UnkeptText| {
        let code = text.code.clone();
        code.map(|code| (code, heading_key(&text.header)))
    };
    let mut known = BTreeMap::<_, usize>::new();
    for text in &than.texts {
        *known.entry((place(text), key(&text.text))).or_default() += 1;
    }
    let mut is_known = |text: &UnkeptText| {
        let times = known.get_mut(&(place(text), key(&text.text)));
        let times = times.filter(|times| **times > 0);
        times.map(|times| *times -= 1).is_some()
    };
    let is_missing = |text: &&UnkeptText| match &text.code {
        // A column that is new as a whole is one finding.
        Some((set, _))
            if has_column(of, set, &text.header) && !has_column(than, set, &text.header) =>
        {
            false
        }
        // All that is beside a new code is new, and the code is a finding.
        Some(code) if !than.codes.contains(code) => false,
        // A heading above a table need not have a table of its own in the other document.
        None if than.titles.contains(&heading_key(&text.text)) => false,
        _ => !is_known(text),
    };
    of.texts.iter().filter(is_missing).collect()
}

/// Numbers findings with the same id.
fn make_unique(findings: &mut [Finding]) {
    let mut seen = BTreeMap::<String, usize>::new();
    for finding in findings {
        let number = seen.entry(finding.id.clone()).or_default();
        *number += 1;
        if *number > 1 {
            let detail = finding.detail.take().unwrap_or_default();
            *finding = finding.clone().with_detail(format!("{detail} ({number})"));
        }
    }
}
