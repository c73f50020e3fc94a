//! More evidence of codes never turns codes into none: a row more, a failure word more, a heading
//! that names codes.

use std::fs;

use errbook_ingest::lexicon::Concept;
use errbook_ingest::{self as ingest, Hints, Holds, Role, Syntax};

use crate::grids::{GRIDS, Grid, Reading, STRIDE, documents, read, settle};
use crate::lexicons::{LANGUAGES, Language};

#[test]
fn one_more_row_keeps_the_codes() {
    check("one more row", |grid, before| {
        let column = column_of(before, &Role::Code)?;
        let code = before.codes.last()?;
        let mut row = grid.rows.last()?.clone();
        let cell = row.get_mut(column)?;
        // A range and a code that is written in another way than it is read are left out.
        let at = cell.find(code.as_str())?;
        cell.replace_range(at..at + code.len(), &next(code, &before.codes));
        // `1`, `2`, `3` beside the codes goes on too.
        for (place, cell) in row
            .iter_mut()
            .enumerate()
            .filter(|(place, _)| *place != column)
        {
            let mut counted = grid.rows.iter().zip(1..);
            if counted.all(|(row, number)| row[place] == number.to_string()) {
                *cell = (grid.rows.len() + 1).to_string();
            }
        }
        grid.rows.push(row);
        Some(())
    });
}

#[test]
fn one_more_word_for_a_failure_keeps_the_codes() {
    check("one more failure", |grid, before| {
        let column = column_of(before, &Role::Message)?;
        let word = language_of(grid.language).first(Concept::Failure);
        let message = grid.rows.last_mut()?.get_mut(column)?;
        message.push(' ');
        message.push_str(&word);
        Some(())
    });
}

#[test]
fn a_heading_that_names_codes_keeps_the_codes() {
    check("a heading of codes", |grid, _| {
        let heading = language_of(grid.language).heading();
        grid.headings.push(heading);
        Some(())
    });
}

#[test]
fn a_heading_that_names_codes_in_place_of_another_keeps_the_codes() {
    check("a heading of codes", |grid, _| {
        grid.headings = vec![language_of(grid.language).heading()];
        Some(())
    });
}

#[test]
fn a_title_that_names_codes_keeps_the_codes_of_a_document() {
    let mut lost = Vec::new();
    let mut compared = 0;
    for file in documents(STRIDE) {
        let text = fs::read_to_string(&file).unwrap();
        // Metadata are at the beginning; the lines of old files end in another way.
        if text.trim_start().starts_with("---") || text.contains('\r') {
            continue;
        }
        compared += 1;
        let language = ingest::language(&ingest::read(&text));
        let heading = language_of(language).heading();
        let before = read("document.md", &text);
        let after = read("document.md", &format!("# {heading}\n\n{text}"));
        let mut rest = after.codes.iter();
        let is_kept = |code: &&String| !rest.any(|other| other == *code);
        let missing: Vec<&String> = before.codes.iter().filter(is_kept).collect();
        if !missing.is_empty() {
            lost.push((file.display().to_string(), format!("{missing:?}")));
        }
    }
    settle("a title of codes", compared, &lost, 0);
}

/// Lists are found by their shape, so their text is changed.
#[test]
fn one_more_entry_keeps_the_codes_of_a_list() {
    let mut lost = Vec::new();
    let mut changed = 0;
    for file in documents(STRIDE) {
        let text = fs::read_to_string(&file).unwrap();
        let document = ingest::read(&text);
        let extraction = ingest::extract(&document, &Hints::default());
        let lists = extraction
            .tables
            .iter()
            .filter(|table| table.syntax == Syntax::List);
        let lines: Vec<&str> = text.lines().collect();
        for list in lists.filter(|list| list.holds == Holds::Codes) {
            let Some(entry) = list.codes.last() else {
                continue;
            };
            let known: Vec<String> = list
                .codes
                .iter()
                .map(|code| code.code.to_string())
                .collect();
            let code = entry.code.as_ref();
            let text = lines.get(entry.line - 1..list.end_line);
            // A code that is written in another way than it is read is left out.
            let Some(text) = text.filter(|text| text[0].contains(code)) else {
                continue;
            };
            // What follows may be items without a code, of which a list has few.
            let mark = text[0].get(..2);
            if text[1..].iter().any(|line| line.get(..2) == mark) {
                continue;
            }
            let first = text[0].replace(code, &next(code, &known));
            let mut all = lines.clone();
            let more = [&[first.as_str()], &text[1..]].concat();
            all.splice(list.end_line..list.end_line, more);
            let after = read("list.md", &all.join("\n"));
            changed += 1;
            let missing: Vec<&String> = known
                .iter()
                .filter(|code| !after.codes.contains(code))
                .collect();
            if !missing.is_empty() {
                lost.push((
                    format!("{}:{}", file.display(), list.line),
                    format!("{missing:?}"),
                ));
            }
        }
    }
    assert!(changed > 50, "{changed} lists");
    settle("one more entry", changed, &lost, 0);
}

/// Changes each table of codes, and compares its codes with those before.
fn check(title: &str, change: impl Fn(&mut Grid, &Reading) -> Option<()>) {
    let mut lost = Vec::new();
    let mut changed = 0;
    for (grid, before) in GRIDS.iter() {
        let mut grid = grid.clone();
        if change(&mut grid, before).is_none() {
            continue;
        }
        changed += 1;
        let after = read("grid.md", &grid.pipes());
        let codes = format!("{:?}, then {:?}\n", before.codes, after.codes);
        // Of two columns that are nearly as good, as a doubt says, either may hold the codes.
        let is_kept = if before.is_close {
            after.holds_codes()
        } else {
            after.codes.starts_with(&before.codes)
        };
        if !is_kept {
            lost.push((grid.place.clone(), codes + &grid.pipes()));
        }
    }
    assert!(
        changed * 10 > GRIDS.len() * 9,
        "{changed} of {}",
        GRIDS.len()
    );
    settle(title, changed, &lost, 0);
}

fn column_of(reading: &Reading, role: &Role) -> Option<usize> {
    reading.roles.iter().position(|own| own == role)
}

fn language_of(tag: &str) -> &'static Language {
    let mut languages = LANGUAGES.iter();
    languages.find(|language| language.tag == tag).unwrap()
}

/// A code of the same shape that is not among them.
fn next(code: &str, known: &[String]) -> String {
    let start = code.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, digits) = code.split_at(start);
    let number: u64 = digits.parse().unwrap_or(0);
    let width = digits.len();
    // Of one number more than there are codes, one is new.
    (1..=known.len() + 1)
        .map(|step| format!("{prefix}{:0width$}", number.saturating_add(step as u64)))
        .find(|code| !known.contains(code))
        .unwrap()
}
