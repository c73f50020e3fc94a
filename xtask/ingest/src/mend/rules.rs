//! The rules for pipe tables. Each has a name, does one thing, and says what it did.

use std::borrow::Cow;

use crate::document::Mend;
use crate::lexicon::{self, Concept};
use crate::mend::kinds;
use crate::segment::block::{Block, Line, list_marker_len};
use crate::segment::pipes::{closes, has_pipe, opens, pipes, width};
use crate::segment::rows::is_dash;

/// A note about one of the lines of a table, by index.
pub(super) fn note(block: &Block<'_>, index: usize, rule: &'static str, text: String) -> Mend {
    Mend {
        line: block.lines[index].number,
        rule,
        text,
    }
}

/// One rule: changes the table and notes what it changed.
pub(super) type Rule = fn(&mut Block<'_>, &mut Vec<Mend>);

/// In this order: each relies on those before it.
pub(super) const RULES: &[Rule] = &[
    continued_row,
    blank_line_in_table,
    full_width_pipes,
    odd_outer_blanks,
    odd_delimiter_row,
    no_outer_pipes,
    glued_to_text,
    missing_opening_pipe,
    missing_closing_pipe,
];

/// In this order, after the others; but for the second they only concern rows that are not as
/// wide as the header.
pub(super) fn widths(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let wanted = width(&block.lines[0].text);
    let is_even = block.rows().iter().all(|line| width(&line.text) == wanted);
    if is_even {
        return delimiter_row_width(block, mends);
    }
    for rule in [
        short_header,
        long_header,
        delimiter_row_width,
        short_row,
        long_row,
    ] {
        rule(block, mends);
    }
}

// The lines were joined while the end of the table was looked for; here it is told.
fn continued_row(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    note_joined(
        block,
        mends,
        "continued-row",
        "the line continues the row above; it was joined to it",
    );
}

fn blank_line_in_table(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let text = "blank line inside a table; ignored";
    note_joined(block, mends, "blank-line-in-table", text);
}

fn note_joined(block: &Block<'_>, mends: &mut Vec<Mend>, rule: &'static str, text: &str) {
    let joined = block.joined.iter().filter(|(_, known)| *known == rule);
    mends.extend(joined.map(|&(line, rule)| Mend {
        line,
        rule,
        text: text.to_owned(),
    }));
}

// An input method's `｜` looks like a pipe and is none.
fn full_width_pipes(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    if has_pipe(&block.lines[0].text) || !block.lines[0].text.contains('｜') {
        return;
    }
    for line in block
        .lines
        .iter_mut()
        .filter(|line| line.text.contains('｜'))
    {
        line.text = Cow::Owned(line.text.replace('｜', "|"));
    }
    mends.push(note(
        block,
        0,
        "full-width-pipes",
        "the pipes are full-width characters; they were read as `|`".into(),
    ));
}

// A no-break or full-width blank outside the outer pipes would be one more cell.
fn odd_outer_blanks(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let is_odd =
        |c: char| !c.is_ascii() && (c.is_whitespace() || c == '\u{200B}' || c == '\u{FEFF}');
    let is_blank = |c: char| is_odd(c) || c == ' ' || c == '\t';
    let mut first = None;
    for (index, line) in block.lines.iter_mut().enumerate() {
        let text = line.text.trim_ascii();
        if text.starts_with('|') && text.ends_with('|') {
            continue;
        }
        let bare = line.text.trim_matches(is_blank);
        let outer = line.text.len() - bare.len();
        if outer == 0 || !bare.starts_with('|') && !bare.ends_with('|') {
            continue;
        }
        let ends = line
            .text
            .chars()
            .take_while(|&c| is_blank(c))
            .chain(line.text.chars().rev().take_while(|&c| is_blank(c)));
        if ends.into_iter().any(is_odd) {
            line.text = Cow::Owned(bare.to_owned());
            first.get_or_insert(index);
        }
    }
    if let Some(index) = first {
        let text = "unusual whitespace outside the outer pipes; it was removed";
        mends.push(note(block, index, "odd-outer-blanks", text.into()));
    }
}

// The parser knows hyphens, colons, pipes and blanks, and nothing else.
fn odd_delimiter_row(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let text = &block.lines[1].text;
    let is_plain = |c: char| matches!(c, '-' | ':' | '|' | ' ');
    let empty_cell = text
        .trim()
        .trim_matches('|')
        .split('|')
        .any(|cell| !cell.contains(is_dash));
    if text.chars().all(is_plain) && !empty_cell {
        return;
    }
    let cells = text.replace('｜', "|");
    let cells = cells.trim().trim_start_matches('|').trim_end_matches('|');
    let mended: Vec<&str> = cells.split('|').map(alignment).collect();
    block.delimiter().text = Cow::Owned(format!("|{}|", mended.join("|")));
    mends.push(note(
        block,
        1,
        "odd-delimiter-row",
        "the delimiter row has tabs, unusual dashes or empty cells; they were read as hyphens"
            .into(),
    ));
}

fn alignment(cell: &str) -> &'static str {
    let is_colon = |c: char| matches!(c, ':' | '：');
    match (
        cell.trim().starts_with(is_colon),
        cell.trim().ends_with(is_colon),
    ) {
        (true, true) => ":-:",
        (true, false) => ":--",
        (false, true) => "--:",
        (false, false) => "---",
    }
}

// Without outer pipes a row may look like a list item, a heading, a quote or code.
fn no_outer_pipes(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let bare = |line: &Line<'_>| has_pipe(&line.text) && !opens(&line.text);
    let Some(first) = block
        .lines
        .iter()
        .position(|line| bare(line) && is_misread(line))
    else {
        return;
    };
    for line in block.lines.iter_mut().filter(|line| bare(line)) {
        let close = if closes(&line.text) { "" } else { " |" };
        line.text = Cow::Owned(format!("| {}{close}", line.text.trim_end()));
    }
    mends.push(note(
        block,
        first,
        "no-outer-pipes",
        "a row without an outer pipe would be read as another kind of block; pipes were added"
            .into(),
    ));
}

fn is_misread(line: &Line<'_>) -> bool {
    let is_indented = line.prefix.ends_with("    ") || line.prefix.ends_with('\t');
    is_indented || list_marker_len(&line.text) > 0 || line.text.starts_with(['#', '<', '`', '~'])
}

// A header without an opening pipe goes on with the paragraph above it.
fn glued_to_text(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    if !block.above.text || opens(&block.lines[0].text) {
        return;
    }
    for line in block
        .lines
        .iter_mut()
        .filter(|line| has_pipe(&line.text) && !opens(&line.text))
    {
        line.text = Cow::Owned(format!("| {}", line.text));
    }
    let text = "the header would continue the line of text above it; opening pipes were added";
    mends.push(note(block, 0, "glued-to-text", text.into()));
}

// A reader of the text sees which rows lack a pipe that all the others have.
fn missing_opening_pipe(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    if !opens(&block.lines[0].text) || !opens(&block.lines[1].text) {
        return;
    }
    for index in 2..block.lines.len() {
        let text = &block.lines[index].text;
        if has_pipe(text) && !opens(text) {
            block.lines[index].text = Cow::Owned(format!("| {text}"));
            let text = "the row has no opening pipe; it was added".to_owned();
            mends.push(note(block, index, "missing-opening-pipe", text));
        }
    }
}

fn missing_closing_pipe(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    if !closes(&block.lines[0].text) {
        return;
    }
    for index in 1..block.lines.len() {
        let text = &block.lines[index].text;
        if has_pipe(text) && !closes(text) {
            block.lines[index].text = Cow::Owned(format!("{} |", text.trim_end()));
            let text = "the row has no closing pipe; it was added".to_owned();
            mends.push(note(block, index, "missing-closing-pipe", text));
        }
    }
}

// When most rows are wider than the header, it is the header that lacks a cell: the parser would
// drop the last cell of each row.
fn short_header(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let header = width(&block.lines[0].text);
    let wide = usual_width(block.rows(), header);
    if header == 0 || wide <= header {
        return;
    }
    let header_text = with_cells(&block.lines[0].text, wide - header, " ");
    block.header().text = Cow::Owned(header_text);
    let text = format!(
        "the header has {} and the rows {wide}; empty header cells were added",
        cells(header)
    );
    mends.push(note(block, 0, "short-header", text));
}

// `| Code | Name | Description | Solution |` above `| NOT_FOUND | Nothing is there | Look elsewhere |`:
// the codes are the names, so that each row leaves out the column that the header has for them.
fn long_header(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let header = block.lines[0].text.clone();
    let rows: Vec<&str> = block.rows().iter().map(|line| &*line.text).collect();
    let is_short = |row: &&str| width(row) + 1 == width(&header);
    if rows.len() < 2 || !rows.iter().all(is_short) || !kinds::are_names(&rows) {
        return;
    }
    let is_left_out = |&(column, cell): &(usize, &str)| {
        let about = lexicon::phrase(cell).head();
        about.has_any(&[Concept::Symbol, Concept::Name]) && kinds::are_texts(&rows, column)
    };
    let Some((column, name)) = kinds::cells(&header).enumerate().find(is_left_out) else {
        return;
    };
    let text = format!(
        "each row has one cell less than the header, and no name below `{}`; this header was left out",
        name.trim()
    );
    let mut cells: Vec<&str> = kinds::cells(&header).collect();
    cells.remove(column);
    block.header().text = Cow::Owned(format!("|{}| |", cells.join("|")));
    mends.push(note(block, 0, "long-header", text));
}

fn cells(count: usize) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} cell{ending}")
}

/// The width of most rows that are wider than the header, if those are most of the rows.
fn usual_width(rows: &[Line<'_>], header: usize) -> usize {
    let rows = rows.iter().filter(|line| has_pipe(&line.text));
    let widths: Vec<usize> = rows.map(|line| wanted_width(&line.text)).collect();
    let mut wider: Vec<usize> = widths
        .iter()
        .copied()
        .filter(|&width| width > header)
        .collect();
    if wider.len() * 2 <= widths.len() {
        return header;
    }
    wider.sort_unstable();
    wider[wider.len() / 2]
}

/// The width of a row without the empty cells at its end.
fn wanted_width(row: &str) -> usize {
    let full = row.trim_end_matches(|c: char| c.is_whitespace() || c == '|');
    width(full)
}

// The strictest of all: header and delimiter row must be equally wide, or there is no table.
fn delimiter_row_width(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let header = width(&block.lines[0].text);
    let delimiter = width(&block.lines[1].text);
    if header == delimiter || header == 0 {
        return;
    }
    let (rule, mended) = if delimiter < header {
        (
            "short-delimiter-row",
            with_cells(&block.lines[1].text, header - delimiter, "---"),
        )
    } else {
        (
            "long-delimiter-row",
            first_cells(&block.lines[1].text, header),
        )
    };
    block.delimiter().text = Cow::Owned(mended);
    let text = format!(
        "the header has {} and the delimiter row {delimiter}; a strict parser sees no table here, \
         so the delimiter row was made as wide as the header",
        cells(header)
    );
    mends.push(note(block, 1, rule, text));
}

// A flattened rowspan: what is missing is the first cell, not the last one.
fn short_row(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let wanted = width(&block.lines[0].text);
    let is_short = |line: &Line<'_>| {
        has_pipe(&line.text) && width(&line.text) < wanted && width(&line.text) > 0
    };
    if !(3..=64).contains(&wanted) || !block.rows().iter().any(is_short) {
        return;
    }
    let usual = kinds::usual(block.rows().iter().map(|line| &*line.text), wanted);
    for index in 2..block.lines.len() {
        let line = &block.lines[index];
        if !is_short(line) || !kinds::lacks_its_first(&line.text, &usual) {
            continue;
        }
        let missing = wanted - width(&line.text);
        let rest = line.text.trim_start();
        let rest = rest.strip_prefix('|').unwrap_or(rest);
        let mended = format!("|{}{rest}", " |".repeat(missing));
        block.lines[index].text = Cow::Owned(mended);
        let text = "the row has no cells for the first columns, as below a cell that spans rows; \
                    empty cells were added";
        mends.push(note(block, index, "short-row", text.into()));
    }
}

// A pipe in a text that nobody escaped. The parser would drop what follows it.
fn long_row(block: &mut Block<'_>, mends: &mut Vec<Mend>) {
    let header = width(&block.lines[0].text);
    for index in 2..block.lines.len() {
        let text = &block.lines[index].text;
        let row = wanted_width(text);
        if header > 0 && row > header {
            block.lines[index].text = Cow::Owned(escape_excess(text, header, row));
            let text = format!(
                "the row has {} and the header {header}; the extra cells were read as part of the \
                 last one",
                cells(row)
            );
            mends.push(note(block, index, "long-row", text));
        }
    }
}

fn escape_excess(row: &str, header: usize, cells: usize) -> String {
    let skipped = header - 1 + usize::from(opens(row));
    let excess: Vec<usize> = pipes(row).skip(skipped).take(cells - header).collect();
    let mut mended = String::with_capacity(row.len() + excess.len());
    for (at, c) in row.char_indices() {
        if excess.binary_search(&at).is_ok() {
            mended.push('\\');
        }
        mended.push(c);
    }
    mended
}

fn with_cells(row: &str, count: usize, cell: &str) -> String {
    let row = row.trim_end();
    let more = [cell, "|"].concat().repeat(count);
    let open = if closes(row) { "" } else { "|" };
    format!("{row}{open}{more}")
}

fn first_cells(row: &str, count: usize) -> String {
    let cells = row.trim().trim_start_matches('|').split('|');
    let cells: Vec<&str> = cells.take(count).collect();
    format!("|{}|", cells.join("|"))
}
