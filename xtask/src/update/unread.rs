//! Findings about what a new document says differently and no fact of the spec shows.

use std::collections::{BTreeMap, BTreeSet};

use errbook_ingest::{Document, Unread};

use crate::count::count;
use crate::diff::{Class, Finding, form_key};
use crate::fold::{heading_key, unnumbered};
use crate::regen::{Unkept, UnkeptTable, UnkeptText};

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
    let tables = new.tables.iter().filter(|table| !has_unread(table));
    findings.extend(compare_tables(vendor, &old.tables, tables, document));
    findings.extend(compare_texts(vendor, old, new));
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

/// The tables of no set that are new, or have other rows than before.
fn compare_tables<'a>(
    vendor: &str,
    old: &[UnkeptTable],
    new: impl Iterator<Item = &'a UnkeptTable>,
    document: &Document,
) -> Vec<Finding> {
    let rows = |table: &UnkeptTable| -> BTreeSet<_> {
        table.rows.iter().map(|row| form_key(row)).collect()
    };
    let headers = |table: &UnkeptTable| -> Vec<_> {
        table
            .headers
            .iter()
            .map(|header| heading_key(header))
            .collect()
    };
    let mut findings = Vec::new();
    for table in new {
        let is_same =
            |other: &&UnkeptTable| headers(other) == headers(table) && rows(other) == rows(table);
        if old.iter().any(|other| is_same(&other)) {
            continue;
        }
        let like = (old.iter()).find(|other| {
            heading_key(&other.heading) == heading_key(&table.heading)
                || headers(other) == headers(table) && !rows(other).is_disjoint(&rows(table))
        });
        let what = match like {
            None => format!("new, with {}", count(table.rows.len(), "row")),
            Some(like) => {
                let changed = rows(table).symmetric_difference(&rows(like)).count();
                format!("{} changed", count(changed.max(1), "row"))
            }
        };
        let finding = Finding::new(Class::TableUnread, vendor, "");
        let finding = finding.with_detail(match &*table.heading {
            "" => document.describe_line(table.line),
            heading => unnumbered(heading).to_owned(),
        });
        let place = document.describe_line(table.line);
        findings.push(
            finding
                .with_new(Some(format!("{place}: {what}")))
                .with_help("it belongs to no set; if it has codes, add it to one in overlay.toml"),
        );
    }
    findings
}

/// One finding about all other texts that differ.
fn compare_texts(vendor: &str, old: &Unkept, new: &Unkept) -> Option<Finding> {
    let added = missing_in(old, new);
    let gone = missing_in(new, old);
    let lines: BTreeSet<_> = added.iter().map(|text| text.line).collect();
    let gone_lines: BTreeSet<_> = gone.iter().map(|text| text.line).collect();
    if lines.is_empty() && gone_lines.is_empty() {
        return None;
    }
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
    Some(finding.with_new(Some(format!(
        "{}, which no fact keeps",
        parts.join(" and ")
    ))))
}

/// The texts of `of` that `than` does not have.
fn missing_in<'a>(than: &Unkept, of: &'a Unkept) -> Vec<&'a UnkeptText> {
    let mut known = BTreeMap::<_, BTreeSet<String>>::new();
    for text in &than.texts {
        let place = text
            .code
            .clone()
            .map(|code| (code, heading_key(&text.header)));
        known.entry(place).or_default().insert(form_key(&text.text));
    }
    let is_missing = |text: &&UnkeptText| match &text.code {
        // A column that is new as a whole is one finding.
        Some((set, _))
            if has_column(of, set, &text.header) && !has_column(than, set, &text.header) =>
        {
            false
        }
        // All that is beside a new code is new, and the code is a finding.
        Some(code) if !than.codes.contains(code) => false,
        code => {
            let place = code.clone().map(|code| (code, heading_key(&text.header)));
            let texts = known.get(&place);
            !texts.is_some_and(|texts| texts.contains(&form_key(&text.text)))
        }
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
