//! Follows tables whose headings the vendor changed: by the codes that they have.

use std::collections::{BTreeMap, BTreeSet};

use errbook_ingest::{self as ingest, Document, Hints, TableReading};
use errbook_spec::place::{At, Source};
use errbook_spec::problem::Problems;

use crate::count::count;
use crate::diff::{Class, Finding};
use crate::fold::{heading_key, text_key, unnumbered};
use crate::overlay::Overlay;
use crate::regen::{locate, table_parts};

/// The least share of the codes that a table must keep to be taken for the same one.
const SAME: f64 = 0.6;

/// A heading in overlay.toml, and the heading that the new document has instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The heading in the overlay.
    pub old: At<String>,
    /// The heading in the new document, without its number.
    pub new: String,
    /// How many codes of the table are in both documents.
    pub codes: usize,
}

/// The headings of the overlay that the old document has and the new one does not, with those under
/// which the new document has the same codes.
pub(super) fn renamed(old: &Document, new: &Document, overlay: &Overlay) -> Vec<Renamed> {
    let [before, now] = [old, new].map(|it| ingest::extract(it, &Hints::default()).tables);
    let located = locate(&now, overlay);
    let taken: BTreeSet<_> = located.iter().filter_map(|it| it.table).collect();
    let mut free: BTreeMap<usize, BTreeSet<String>> = (0..now.len())
        .filter(|at| !taken.contains(at) && now[*at].continues.is_none())
        .map(|at| (at, rows_of(new, &now, at)))
        .collect();
    let mut renamed = Vec::new();
    for (was, is) in locate(&before, overlay).into_iter().zip(located) {
        let (Some(table), None) = (was.table, is.table) else {
            continue;
        };
        let rows = rows_of(old, &before, table);
        let same = |other: &BTreeSet<String>| rows.intersection(other).count();
        let best = free.iter().max_by_key(|(_, other)| same(other));
        let Some((&at, codes)) = best.map(|(at, other)| (at, same(other))) else {
            continue;
        };
        #[allow(clippy::cast_precision_loss, reason = "a table has few rows")]
        let share = codes as f64 / rows.len().max(1) as f64;
        let heading = now[at].heading.map(unnumbered).unwrap_or_default();
        if codes > 0 && share >= SAME && !heading.is_empty() {
            free.remove(&at);
            renamed.push(Renamed {
                old: is.heading.clone(),
                new: heading.to_owned(),
                codes,
            });
        }
    }
    renamed
}

/// The codes of a table and of the parts that continue it, or the first cells of its rows.
fn rows_of(document: &Document, tables: &[TableReading<'_>], at: usize) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    for part in table_parts(tables, at) {
        let codes = &tables[part].codes;
        rows.extend(codes.iter().map(|entry| text_key(&entry.code)));
        if codes.is_empty() {
            let cells = document.tables[part].rows().filter_map(|row| row.get(0));
            rows.extend(cells.map(|cell| text_key(cell.text)));
        }
    }
    rows
}

/// The overlay with the new headings.
pub(super) fn rewrite(overlay: &Source, renamed: &[Renamed]) -> Source {
    let mut lines: Vec<String> = overlay.text().split('\n').map(str::to_owned).collect();
    let mut renamed: Vec<_> = renamed.iter().collect();
    // From the end of a line to its beginning, so that the columns before stay right.
    renamed.sort_by_key(|it| std::cmp::Reverse((it.old.place.line, it.old.place.column)));
    for Renamed { old, new, .. } in renamed {
        let at = |line: &String| {
            let column = old.place.column.checked_sub(1)?;
            line.char_indices().nth(column).map(|(at, _)| at)
        };
        let line = old
            .place
            .line
            .checked_sub(1)
            .and_then(|at| lines.get_mut(at));
        if let Some(line) = line
            && let Some(begin) = at(line)
            && let Some(length) = string_length(&line[begin..])
        {
            let quoted = toml_edit::Value::from(new.as_str()).to_string();
            line.replace_range(begin..begin + length, &quoted);
        }
    }
    Source::new(overlay.name(), &lines.join("\n"))
}

/// The length of the TOML string at the beginning of a text, with its quotes.
fn string_length(text: &str) -> Option<usize> {
    let quote = text
        .chars()
        .next()
        .filter(|first| ['"', '\''].contains(first))?;
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if letter == quote && !escaped {
            return Some(at + 1);
        }
        escaped = letter == '\\' && quote == '"' && !escaped;
    }
    None
}

/// Removes the findings about titles that are such headings: each is a part of the one finding.
pub(super) fn replace_titles(findings: &mut Vec<Finding>, renamed: &[Renamed]) {
    let is_renamed = |title: Option<&str>| {
        let key = title.map(|title| heading_key(unnumbered(title)));
        renamed.iter().any(|it| Some(heading_key(&it.new)) == key)
    };
    findings.retain(|it| it.class != Class::TitleChanged || !is_renamed(it.new.as_deref()));
}

/// All changed headings as one finding.
pub(super) fn finding(vendor: &str, renamed: &[Renamed]) -> Option<Finding> {
    let pair = |it: &Renamed| format!("`{}` is now `{}`", it.old.value, it.new);
    let mut pairs: Vec<_> = renamed.iter().map(pair).collect();
    pairs.dedup();
    let finding = Finding::new(Class::HeadingsChanged, vendor, "");
    (!pairs.is_empty()).then(|| finding.with_new(Some(pairs.join("; "))))
}

/// All changed headings as one problem, with what to write in the overlay.
pub(super) fn refusal(renamed: &[Renamed]) -> Problems {
    let mut problems = Problems::default();
    let Some(first) = renamed.first() else {
        return problems;
    };
    let what = |it: &Renamed| {
        format!(
            "line {}: `{}` is now `{}`, with {} that {} before",
            it.old.place.line,
            it.old.value,
            it.new,
            count(it.codes, "code"),
            if it.codes == 1 {
                "was there"
            } else {
                "were there"
            }
        )
    };
    let message = format!(
        "the new document has other headings above {}: {}",
        count(renamed.len(), "table"),
        renamed.iter().map(what).collect::<Vec<_>>().join("; ")
    );
    let help = "pass `--accept-headings`, which writes the new headings into overlay.toml, or \
                write them there yourself";
    problems.push_with_help(&first.old.place, message, help);
    problems
}
