//! Exports the registry as one CSV file with a line for each code and a column for each language.

use std::borrow::Cow;
use std::fmt::Write;

use csv::{Terminator, WriterBuilder};
use errbook_spec::Code;
use errbook_spec::facts::{Fact, FactType, facts_of};

use crate::book::Book;
use crate::export::File;
use crate::export::facts::{cells, columns, effective};

/// What the cells of the table are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// A spreadsheet, which must show every text as it is: see [`spreadsheet_cell`].
    Spreadsheet,
    /// A program: every value is unchanged.
    Plain,
}

/// The table of a registry.
///
/// # Errors
///
/// Never: the table is written to memory.
pub fn csv(book: &Book, written: Cells) -> Result<Vec<File>, csv::Error> {
    let languages = crate::coverage::languages(book.specs.iter(), &book.languages);
    let facts = column_facts();
    // The name of each column, and whether its cells are text: numbers stay numbers.
    let columns: Vec<_> = facts
        .iter()
        .flat_map(|fact| {
            let is_text = !matches!(fact.fact_type(), FactType::Number | FactType::Flag);
            let columns = columns(fact, &languages).into_iter();
            columns.map(move |column| (column, is_text))
        })
        .collect();
    let shown = |value: String, is_text: bool| match written {
        Cells::Spreadsheet if is_text => spreadsheet_cell(&value).into_owned(),
        _ => value,
    };
    let mut out = Vec::new();
    if written == Cells::Spreadsheet {
        // Without the byte order mark, Excel takes UTF-8 for another encoding.
        out.extend("\u{feff}".bytes());
    }
    let mut table = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    let names = ["vendor", "set"].into_iter();
    table.write_record(names.chain(columns.iter().map(|(column, _)| column.as_str())))?;
    for (spec, set, code) in book.codes() {
        let code = effective(spec, set, code);
        let mut values: std::collections::BTreeMap<_, _> =
            facts.iter().flat_map(|fact| cells(fact, &code)).collect();
        let names = [&spec.vendor.value, &set.name.value].into_iter();
        let mut row: Vec<_> = names.map(|name| shown(name.clone(), true)).collect();
        row.extend(columns.iter().map(|(column, is_text)| {
            let value = values.remove(column).unwrap_or_default();
            shown(value, *is_text)
        }));
        table.write_record(row)?;
    }
    let bytes = table
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok(vec![File::new(
        "errbook.csv",
        String::from_utf8_lossy(&bytes),
    )])
}

/// How many characters a string in a formula may have, for Excel.
const STRING: usize = 255;

/// A text as the cell of a file that spreadsheets open. A text that they would turn into a number,
/// a date or a formula is written as a formula for this text: `="01000000"`. What follows a
/// vendor's `=` would run otherwise.
///
/// The rule is that of the CSV of the site (`spreadsheetCell` in errbook.js), and ingestion reads
/// such cells back.
#[must_use]
pub fn spreadsheet_cell(text: &str) -> Cow<'_, str> {
    let is_number_or_date = text.contains(char::is_numeric);
    let is_boolean = text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    let begins_formula = text.starts_with(|first: char| {
        "=+-@＝＋－＠".contains(first) || first.is_whitespace() || first.is_control()
    });
    if !is_number_or_date && !is_boolean && !begins_formula {
        return Cow::Borrowed(text);
    }
    let mut out = String::from("=\"");
    let mut length = 0;
    for letter in text.chars() {
        // LibreOffice does not compute the formula of a cell that has several lines.
        if letter.is_ascii_control() {
            let _ = write!(out, "\"&CHAR({})&\"", u32::from(letter));
            length = 0;
            continue;
        }
        let written = if letter == '"' { 2 } else { letter.len_utf16() };
        if length + written > STRING {
            out.push_str("\"&\"");
            length = 0;
        }
        length += written;
        out.extend((letter == '"').then_some('"'));
        out.push(letter);
    }
    out.push('"');
    Cow::Owned(out)
}

/// The facts of vendors' codes. Strings by language come last because they are wide.
fn column_facts() -> Vec<&'static Fact> {
    let (sentences, others): (Vec<_>, Vec<_>) = facts_of::<Code>()
        .filter(|fact| !fact.is_for_kinds)
        .partition(|fact| matches!(fact.fact_type(), FactType::Texts | FactType::Note));
    others.into_iter().chain(sentences).collect()
}
