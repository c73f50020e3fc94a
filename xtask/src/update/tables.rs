//! Tables and columns whose headings the vendor changed, and tables that are gone: one finding, one
//! problem, and the overlay that fits.

use std::collections::BTreeMap;

use errbook_spec::problem::Problems;
use toml_edit::{DocumentMut, Item, Key, TableLike, Value};

use crate::count::{count, plural};
use crate::diff::{Class, Finding};
use crate::overlay::{Overlay, SetOverlay};
use crate::reference;
use crate::regen::{Fit, Gone, Moved, Owner, RenamedColumn, render_selector};
use crate::write::toml_string;

/// The tables that are in the new document under other headings.
fn renamed(fit: &Fit) -> impl Iterator<Item = &Moved> {
    // With several tables under one heading, a person chooses.
    fit.moved.iter().filter(|moved| moved.matches == 0)
}

/// The tables that are gone without a loss: their rows are in another table of the set, or were
/// ignored.
fn vanished(fit: &Fit) -> impl Iterator<Item = &Gone> {
    let is_ignored = |gone: &Gone| matches!(gone.owner, Owner::Ignore(_));
    fit.gone
        .iter()
        .filter(move |gone| gone.is_merged || is_ignored(gone))
}

/// What became of such a table.
fn what_became(gone: &Gone) -> &'static str {
    if gone.is_merged {
        "is a part of another table"
    } else {
        "is gone, and was ignored"
    }
}

/// Removes the findings about titles that are such headings: each is a part of the one finding.
pub(super) fn replace_titles(findings: &mut Vec<Finding>, fit: &Fit) {
    let subject = |moved: &Moved| match &moved.owner {
        Owner::Set(set) => Some(set.clone()),
        Owner::Section(set, id) => Some(format!("{set}/{id}")),
        Owner::Ignore(_) => None,
    };
    let subjects: Vec<_> = renamed(fit).filter_map(subject).collect();
    findings.retain(|it| it.class != Class::TitleChanged || !subjects.contains(&it.subject));
}

/// All changed headings and headers as one finding.
pub(super) fn finding(vendor: &str, fit: &Fit) -> Option<Finding> {
    let pair = |it: &Moved| {
        let is_now = || format!("`{}` is now `{}`", it.old.value, it.selector.heading.value);
        it.other_selector().unwrap_or_else(is_now)
    };
    let mut pairs: Vec<_> = renamed(fit).map(pair).collect();
    pairs.dedup();
    let became = |gone: &Gone| format!("`{}` {}", gone.heading.value, what_became(gone));
    pairs.extend(vanished(fit).map(became));
    let column = |it: &Vec<&RenamedColumn>| {
        format!("the column `{}` is now `{}`", it[0].old.value, it[0].new)
    };
    pairs.extend(renamed_columns(fit).iter().map(column));
    let finding = Finding::new(Class::HeadingsChanged, vendor, "");
    (!pairs.is_empty()).then(|| finding.with_new(Some(pairs.join("; "))))
}

/// The columns with other headers, those with the same role and headers together.
fn renamed_columns(fit: &Fit) -> Vec<Vec<&RenamedColumn>> {
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for it in &fit.columns {
        let key = (&it.old.value, &it.new, it.role.name());
        groups.entry(key).or_default().push(it);
    }
    groups.into_values().collect()
}

/// What to write for columns with the same headers.
fn describe_columns(columns: &Vec<&RenamedColumn>) -> String {
    let RenamedColumn { old, new, role, .. } = columns[0];
    let lines: Vec<_> = columns
        .iter()
        .map(|it| it.old.place.line.to_string())
        .collect();
    format!(
        "{} {}: the column `{}` is now `{new}`: write `{} = {}`",
        plural(lines.len(), "line"),
        lines.join(", "),
        old.value,
        toml_string(new),
        toml_string(&role.name())
    )
}

/// All changed headings and headers as one problem, with what to write in the overlay.
pub(super) fn refusal(fit: &Fit) -> Problems {
    let mut problems = Problems::default();
    let places = renamed(fit).map(|it| &it.old.place);
    let places = places.chain(vanished(fit).map(|gone| &gone.heading.place));
    let places = places.chain(fit.columns.iter().map(|it| &it.old.place));
    let Some(first) = places.min() else {
        return problems;
    };
    let is_now = |it: &Moved| {
        format!(
            "`{}` is now `{}`, with {} that {} there before",
            it.old.value,
            render_selector(&it.selector).trim_matches('"'),
            count(it.same, "code"),
            if it.same == 1 { "was" } else { "were" }
        )
    };
    let what = |it: &Moved| {
        let change = it.other_selector().unwrap_or_else(|| is_now(it));
        format!("line {}: {change}", it.old.place.line)
    };
    let mut changes: Vec<_> = renamed(fit).map(what).collect();
    changes.extend(vanished(fit).map(|gone| {
        let Gone { heading, .. } = gone;
        format!(
            "line {}: the table under `{}` {}",
            heading.place.line,
            heading.value,
            what_became(gone)
        )
    }));
    let numbers = [
        (!changes.is_empty()).then(|| format!("headings above {}", count(changes.len(), "table"))),
        (!fit.columns.is_empty())
            .then(|| format!("headers above {}", count(fit.columns.len(), "column"))),
    ];
    let numbers: Vec<_> = numbers.into_iter().flatten().collect();
    changes.extend(renamed_columns(fit).iter().map(describe_columns));
    let message = format!(
        "the new document has other {}: {}",
        numbers.join(" and "),
        changes.join("; ")
    );
    let help = "pass `--accept-headings`, which writes the new ones into overlay.toml, or \
                write them there yourself";
    problems.push_with_help(first, message, help);
    problems
}

/// The tables that are gone with their codes.
pub(super) fn withdrawn(fit: &Fit) -> impl Iterator<Item = &Gone> {
    let is_of_set = |gone: &&Gone| !matches!(gone.owner, Owner::Ignore(_));
    fit.gone
        .iter()
        .filter(|gone| !gone.is_merged)
        .filter(is_of_set)
}

/// The text of an overlay that fits the new document: with the new headings, and without the tables
/// and the codes that are gone. `now` is this overlay, and `dropped` are the entries of the codes.
pub(super) fn rewrite(
    text: &str,
    fit: &Fit,
    now: &Overlay,
    dropped: &[(String, reference::Key)],
) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return text.to_owned();
    };
    for moved in renamed(fit) {
        if let Some(old) = item_mut(&mut document, &moved.owner.path())
            && let Ok(mut new) = render_selector(&moved.selector).parse::<Value>()
        {
            let decor = old.as_value().map(|old| old.decor().clone());
            *new.decor_mut() = decor.unwrap_or_default();
            *old = Item::Value(new);
        }
    }
    for column in &fit.columns {
        rename_column(&mut document, column);
    }
    for gone in vanished(fit).chain(withdrawn(fit)) {
        withdraw(&mut document, &gone.owner, now);
    }
    let ignored = vanished(fit).filter_map(|gone| match gone.owner {
        Owner::Ignore(at) => Some(at),
        _ => None,
    });
    let ignored: Vec<_> = ignored.collect();
    if let Some(all) = document
        .get_mut("ignore")
        .and_then(Item::as_array_of_tables_mut)
    {
        // From the last one, so that the positions stay right.
        ignored.iter().rev().for_each(|at| _ = all.remove(*at));
    }
    for (set, key) in dropped {
        let path = ["set", set, "code", &key.code]
            .into_iter()
            .map(str::to_owned);
        let mut path: Vec<_> = path.chain(key.symbol.clone()).collect();
        let last = path.pop().unwrap_or_default();
        if let Some(entries) = item_mut(&mut document, &path).and_then(Item::as_table_like_mut) {
            entries.remove(&last);
        }
    }
    document.to_string()
}

/// Writes the new header of a column in its place.
fn rename_column(document: &mut DocumentMut, column: &RenamedColumn) {
    let path = ["set", &column.set, "columns"].map(str::to_owned);
    let Some(columns) = item_mut(document, &path).and_then(Item::as_table_like_mut) else {
        return;
    };
    let headers: Vec<_> = columns
        .iter()
        .map(|(header, _)| header.to_owned())
        .collect();
    for header in headers {
        let key = columns.key(&header).cloned();
        let (Some(mut key), Some(role)) = (key, columns.remove(&header)) else {
            continue;
        };
        if header == column.old.value {
            key = Key::new(&column.new).with_leaf_decor(key.leaf_decor().clone());
        }
        columns.entry_format(&key).or_insert(role);
    }
}

fn withdraw(document: &mut DocumentMut, owner: &Owner, now: &Overlay) {
    let Some(name) = owner.set() else { return };
    let is_it = |set: &&SetOverlay| set.name.value == name;
    let path = owner.path();
    let Some(set) = now.sets.iter().find(is_it) else {
        if let Some(sets) = item_mut(document, &path[..1]).and_then(Item::as_table_like_mut) {
            sets.remove(name);
        }
        return;
    };
    let Some(table) = item_mut(document, &path[..2]).and_then(Item::as_table_like_mut) else {
        return;
    };
    if set.is_retired() {
        retire(table);
    } else if let (Owner::Section(_, id), Some(sections)) = (owner, table.get_mut("sections"))
        && let Some(sections) = sections.as_table_like_mut()
    {
        sections.remove(id);
    }
}

/// Writes `status = "retired"` in place of the tables of a set.
fn retire(set: &mut dyn TableLike) {
    set.remove("sections");
    set.remove("table");
    set.insert("status", toml_edit::value("retired"));
}

/// What is at a path. The number of an element of an array is a part of the path.
fn item_mut<'a>(document: &'a mut DocumentMut, path: &[String]) -> Option<&'a mut Item> {
    let root = document.as_item_mut();
    path.iter().try_fold(root, |item, name| match item {
        Item::ArrayOfTables(_) => item.get_mut(name.parse::<usize>().ok()?),
        _ => item.get_mut(name.as_str()),
    })
}
