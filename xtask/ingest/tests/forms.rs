//! The same rows in another form or in another order give the same entries.

use std::collections::BTreeSet;

use errbook_ingest::Role;

use crate::grids::{GRIDS, Grid, Reading, read, settle};

#[test]
fn html_is_read_as_a_pipe_table_is() {
    check("HTML on many lines", |grid, before| {
        compare_html(grid, before, "\n")
    });
}

#[test]
fn html_on_one_line_is_read_as_a_pipe_table_is() {
    check("HTML on one line", |grid, before| {
        compare_html(grid, before, "")
    });
}

fn compare_html(grid: &Grid, before: &Reading, between: &str) -> (Vec<String>, Vec<String>) {
    let has_mark = |cell: &String| cell.contains("**") || cell.contains("\n\n");
    // Asterisks in HTML are taken for emphasis, and a blank line in a cell is not kept.
    if grid.rows.iter().flatten().any(has_mark) {
        return Default::default();
    }
    (
        before.entries.clone(),
        read("grid.md", &grid.html(between)).entries,
    )
}

#[test]
fn an_html_page_is_read_as_a_pipe_table_is() {
    check("a page of HTML", |grid, _| {
        let grid = grid.without_headings();
        let before = read("grid.md", &grid.pipes());
        let (expected, _) = compare_html(&grid, &before, "\n");
        if expected.is_empty() {
            return Default::default();
        }
        (expected, read("grid.html", &grid.html("\n")).entries)
    });
}

#[test]
fn comma_separated_values_are_read_as_a_pipe_table_is() {
    check("CSV", |grid, _| {
        let before = read("grid.md", &grid.without_headings().pipes());
        (before.entries, read("grid.csv", &grid.csv()).entries)
    });
}

#[test]
fn objects_are_read_as_a_pipe_table_is() {
    check("JSON", |grid, _| {
        let keys: BTreeSet<&String> = grid.header.iter().collect();
        if keys.len() < grid.header.len() || keys.iter().any(|key| key.is_empty()) {
            return Default::default();
        }
        let before = read("grid.md", &grid.without_headings().pipes());
        (before.entries, read("grid.json", &grid.json()).entries)
    });
}

#[test]
fn the_order_of_the_rows_is_that_of_the_entries() {
    check("rows in reverse", |grid, before| {
        if depends_on_the_row_above(grid, before) {
            return Default::default();
        }
        let mut reverse = grid.clone();
        reverse.rows.reverse();
        // Numbers of rows go on counting them.
        let is_free = |column: &usize| before.roles[*column] == Role::None;
        for column in (0..grid.header.len()).filter(is_free) {
            let mut counted = grid.rows.iter().zip(1..);
            if counted.all(|(row, number)| row[column] == number.to_string()) {
                for (number, row) in reverse.rows.iter_mut().enumerate() {
                    row[column] = (number + 1).to_string();
                }
            }
        }
        let mut entries = before.entries.clone();
        let mut after = read("grid.md", &reverse.pipes()).entries;
        // A row may give several entries, which keep their order.
        entries.sort();
        after.sort();
        (entries, after)
    });
}

#[test]
fn the_order_of_the_columns_is_free() {
    check("columns in reverse", |grid, before| {
        let is_text =
            |role: &&Role| matches!(role, Role::Message | Role::MessageIn(_) | Role::Details);
        // Which of two texts is the message depends on which comes first.
        if before.roles.iter().filter(is_text).count() > 1 || is_bound(grid, before) {
            return Default::default();
        }
        let all: Vec<usize> = (0..grid.header.len()).rev().collect();
        (
            before.entries.clone(),
            read("grid.md", &permuted(grid, &all).pipes()).entries,
        )
    });
}

#[test]
fn the_columns_of_codes_and_facts_may_come_after_the_texts() {
    check("texts first", |grid, before| {
        if is_bound(grid, before) {
            return Default::default();
        }
        let is_text = |column: &usize| {
            use Role::{Cause, Details, Message, MessageIn, None, Remedy, RemedyIn};
            matches!(
                before.roles[*column],
                Message | MessageIn(_) | Details | Cause | Remedy | RemedyIn(_) | None
            )
        };
        let columns = 0..grid.header.len();
        let (texts, others): (Vec<_>, Vec<_>) = columns.partition(is_text);
        let all: Vec<usize> = texts.into_iter().chain(others.into_iter().rev()).collect();
        (
            before.entries.clone(),
            read("grid.md", &permuted(grid, &all).pipes()).entries,
        )
    });
}

/// The columns have an order: whole entries are side by side, or the first of two columns that are
/// nearly as good holds the codes.
fn is_bound(grid: &Grid, reading: &Reading) -> bool {
    let names: BTreeSet<&String> = grid.header.iter().collect();
    let codes = reading.roles.iter().filter(|role| **role == Role::Code);
    names.len() < grid.header.len() || codes.count() > 1 || reading.is_close
}

fn permuted(grid: &Grid, columns: &[usize]) -> Grid {
    let mut permuted = grid.clone();
    let order = |cells: &Vec<String>| {
        columns
            .iter()
            .map(|&column| cells[column].clone())
            .collect()
    };
    permuted.header = order(&grid.header);
    permuted.rows = grid.rows.iter().map(order).collect();
    permuted
}

/// A row without a code continues the row above, and an empty section is that of the row above.
fn depends_on_the_row_above(grid: &Grid, reading: &Reading) -> bool {
    grid.rows.iter().any(|row| {
        let cells = row.iter().zip(&reading.roles);
        let mut of_codes = cells.filter(|(_, role)| matches!(role, Role::Code | Role::Section));
        of_codes.any(|(cell, _)| cell.is_empty())
    })
}

/// Compares the entries of each table with those of the same table in another form.
fn check(title: &str, entries: impl Fn(&Grid, &Reading) -> (Vec<String>, Vec<String>)) {
    let mut wrong = Vec::new();
    let mut compared = 0;
    // A list has no header to write down.
    for (grid, before) in GRIDS.iter().filter(|(grid, _)| !grid.is_list) {
        let (expected, actual) = entries(grid, before);
        compared += usize::from(!expected.is_empty());
        if expected != actual {
            let mut pairs = expected.iter().zip(&actual);
            let pair = pairs.find(|(one, other)| one != other);
            let counts = format!("{} entries, then {}", expected.len(), actual.len());
            let text = format!("{counts}: {pair:?}\n{}", grid.cut(5).pipes());
            wrong.push((grid.place.clone(), text));
        }
    }
    eprintln!("{title}: {compared} of {} tables compared", GRIDS.len());
    assert!(compared * 2 > GRIDS.len(), "{compared} of {}", GRIDS.len());
    settle(title, wrong);
}
