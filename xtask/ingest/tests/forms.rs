//! The same rows in another form or in another order give the same entries.

use std::collections::BTreeSet;

use errbook_ingest::Role;
use errbook_ingest::lexicon::Concept;

use crate::grids::{GRIDS, Grid, Reading, read, settle};
use crate::lexicons::{LANGUAGES, Language};

#[test]
fn html_is_read_as_a_pipe_table_is() {
    check("HTML on many lines", |grid, before| {
        let entries = read("grid.md", &grid.html("\n")).entries;
        keeps_marks(grid).then(|| (before.entries.clone(), entries))
    });
}

#[test]
fn html_on_one_line_is_read_as_a_pipe_table_is() {
    check("HTML on one line", |grid, before| {
        let entries = read("grid.md", &grid.html("")).entries;
        keeps_marks(grid).then(|| (before.entries.clone(), entries))
    });
}

#[test]
fn an_html_page_is_read_as_a_pipe_table_is() {
    check_files("a page of HTML", |grid, before| {
        let entries = read("grid.html", &grid.html("\n")).entries;
        keeps_marks(grid).then(|| (before.entries.clone(), entries))
    });
}

/// Asterisks in HTML are taken for emphasis.
fn keeps_marks(grid: &Grid) -> bool {
    !grid.rows.iter().flatten().any(|cell| cell.contains("**"))
}

#[test]
fn comma_separated_values_are_read_as_a_pipe_table_is() {
    check_files("CSV", |grid, before| {
        Some((
            before.entries.clone(),
            read("grid.csv", &grid.csv()).entries,
        ))
    });
}

#[test]
fn objects_are_read_as_a_pipe_table_is() {
    check_files("JSON", |grid, before| {
        let keys: BTreeSet<&String> = grid.header.iter().collect();
        if keys.len() < grid.header.len() || keys.iter().any(|key| key.is_empty()) {
            return None;
        }
        Some((
            before.entries.clone(),
            read("grid.json", &grid.json()).entries,
        ))
    });
}

#[test]
fn the_order_of_the_rows_is_that_of_the_entries() {
    check("rows in reverse", |grid, before| {
        if depends_on_the_row_above(grid, before) {
            return None;
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
        Some((entries, after))
    });
}

#[test]
fn the_order_of_the_columns_is_free() {
    check_columns("columns in reverse", |grid, before| {
        let is_text =
            |role: &&Role| matches!(role, Role::Message | Role::MessageIn(_) | Role::Details);
        let is_remedy = |role: &&Role| matches!(role, Role::Remedy);
        let several = |texts: usize| texts > 1;
        // Which of two texts is the message depends on which comes first, and two remedies are
        // joined in their order.
        if several(before.roles.iter().filter(is_text).count())
            || several(before.roles.iter().filter(is_remedy).count())
            || is_bound(grid, before)
        {
            return None;
        }
        let all: Vec<usize> = (0..grid.header.len()).rev().collect();
        let after = read("grid.md", &permuted(grid, &all).pipes());
        Some((before.entries.clone(), after.entries))
    });
}

#[test]
fn the_columns_of_codes_and_facts_may_come_after_the_texts() {
    check_columns("texts first", |grid, before| {
        if is_bound(grid, before) {
            return None;
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
        let after = read("grid.md", &permuted(grid, &all).pipes());
        Some((before.entries.clone(), after.entries))
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
    for (row, old) in permuted.rows.iter_mut().zip(&grid.rows) {
        *row = order(old);
    }
    permuted.header = order(&grid.header);
    permuted
}

/// A row without a code continues the row above, and an empty section is that of the row above.
fn depends_on_the_row_above(grid: &Grid, reading: &Reading) -> bool {
    // Another header is that of the rows below it.
    let is_header = |row: &Vec<String>| row[0].eq_ignore_ascii_case(&grid.header[0]);
    if grid.rows.iter().any(is_header) {
        return true;
    }
    grid.rows.iter().any(|row| {
        let cells = row.iter().zip(&reading.roles);
        let mut of_codes = cells.filter(|(_, role)| matches!(role, Role::Code | Role::Section));
        of_codes.any(|(cell, _)| cell.is_empty())
    })
}

/// The expected entries and those of the other form.
type Compared = Option<(Vec<String>, Vec<String>)>;

/// Compares the entries of each table with those of the same table in another form.
fn check(title: &str, compare: impl Fn(&Grid, &Reading) -> Compared) {
    let whole = GRIDS
        .iter()
        .filter(|(grid, _)| !grid.is_cut && !grid.headings.is_empty());
    compare_all(title, whole, 0, compare);
}

/// The same for files that have no headings.
fn check_files(title: &str, compare: impl Fn(&Grid, &Reading) -> Compared) {
    let bare = GRIDS
        .iter()
        .filter(|(grid, _)| !grid.is_cut && grid.headings.is_empty());
    compare_all(title, bare, 0, compare);
}

/// How many of a thousand tables may have a column with another role at another place: that the
/// first of two texts is the message is learned too, and outweighs its header where that is close.
const MISPLACED: usize = 8;

/// The same for both, in another order of columns.
fn check_columns(title: &str, compare: impl Fn(&Grid, &Reading) -> Compared) {
    let all = GRIDS.iter().filter(|(grid, _)| !grid.is_cut);
    compare_all(title, all, MISPLACED, compare);
}

fn compare_all<'a>(
    title: &str,
    grids: impl Iterator<Item = &'a (Grid, Reading)>,
    allowed: usize,
    compare: impl Fn(&Grid, &Reading) -> Compared,
) {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (grid, before) in grids {
        let Some((expected, actual)) = compare(grid, before) else {
            continue;
        };
        compared += 1;
        if expected != actual {
            let mut pairs = expected.iter().zip(&actual);
            let pair = pairs.find(|(one, other)| one != other);
            let counts = format!("{} entries, then {}", expected.len(), actual.len());
            let text = format!("{counts}: {pair:?}\n{}", grid.cut(5).pipes());
            wrong.push((grid.place.clone(), text));
        }
    }
    assert!(compared > 150, "{compared}");
    settle(title, compared, &wrong, allowed);
}

#[test]
fn lists_are_read_as_a_pipe_table_is() {
    let mut wrong = Vec::new();
    for language in LANGUAGES.iter() {
        let labels =
            [Concept::Code, Concept::Cause, Concept::Remedy].map(|label| language.first(label));
        for (form, entry) in LISTS {
            for first in ["1001", "E1001", "-1001"] {
                check_list(&mut wrong, language, (form, entry), first, &labels);
            }
        }
    }
    settle("lists", LANGUAGES.len(), &wrong, 0);
}

#[test]
fn every_word_for_a_cause_or_a_remedy_is_a_label() {
    let mut wrong = Vec::new();
    for language in LANGUAGES.iter() {
        let first =
            [Concept::Code, Concept::Cause, Concept::Remedy].map(|label| language.first(label));
        for (place, concept) in [(1, Concept::Cause), (2, Concept::Remedy)] {
            for word in language.headers(concept) {
                let mut labels = first.clone();
                labels[place] = word;
                for form in [LISTS[0], LISTS[1]] {
                    check_list(&mut wrong, language, form, "1001", &labels);
                }
            }
        }
    }
    settle("labels", LANGUAGES.len(), &wrong, 0);
}

/// Writes four entries in a form, with these labels for the code, the cause and the remedy.
fn check_list(
    wrong: &mut Vec<(String, String)>,
    language: &Language,
    (form, entry): (&str, &str),
    first: &str,
    labels: &[String; 3],
) {
    let mut text = format!("# {}\n\n", language.heading());
    let mut expected = Vec::new();
    for [code, message, cause, remedy] in labelled_rows(language, first) {
        let filled = entry
            .replace("LABEL", &labels[0])
            .replace("CODE", &code)
            .replace("MESSAGE", &message)
            .replace("CAUSE", &format!("{}: {cause}", labels[1]))
            .replace("REMEDY", &format!("{}: {remedy}", labels[2]));
        text.push_str(&filled);
        expected.push(format!(
            "{code} message={message:?} cause={cause:?} remedy={remedy:?}"
        ));
    }
    let actual = read("list.md", &text).entries;
    if actual != expected {
        let pair = (expected.first(), actual.first());
        let place = format!("{form}, {}, {first}, {}", language.tag, labels.join(" "));
        wrong.push((place, format!("{pair:?}\n{text}")));
    }
}

/// One entry in each form of a list.
const LISTS: &[(&str, &str)] = &[
    (
        "nested bullets",
        "- `CODE`: MESSAGE\n  - CAUSE\n  - REMEDY\n",
    ),
    (
        "headings and bullets",
        "## CODE MESSAGE\n\n- CAUSE\n- REMEDY\n\n",
    ),
    (
        "headings with a colon",
        "## CODE: MESSAGE\n\n- CAUSE\n- REMEDY\n\n",
    ),
    (
        "headings and paragraphs",
        "## CODE MESSAGE\n\nCAUSE\n\nREMEDY\n\n",
    ),
    ("numbered", "1. `CODE` - MESSAGE\n   - CAUSE\n   - REMEDY\n"),
    ("bold codes", "- **CODE** MESSAGE\n  - CAUSE\n  - REMEDY\n"),
    (
        "titles",
        "## MESSAGE\n\n- LABEL: CODE\n- CAUSE\n- REMEDY\n\n",
    ),
];

/// The code, the message, the cause and the remedy of four entries.
fn labelled_rows(language: &Language, first: &str) -> Vec<[String; 4]> {
    // The numbers are of four digits.
    let (prefix, number) = first.split_at(first.len() - 4);
    let number: usize = number.parse().unwrap();
    let mut messages = language.sentences("messages").map(str::to_owned);
    let mut causes = language.sentences("causes").map(str::to_owned);
    let mut remedies = language.sentences("remedies").map(str::to_owned);
    let mut next = |row: usize| {
        let code = format!("{prefix}{}", number + row);
        [
            code,
            messages.next().unwrap(),
            causes.next().unwrap(),
            remedies.next().unwrap(),
        ]
    };
    (0..4).map(&mut next).collect()
}
