//! One row in, its codes or the reason why it has none out.

use std::collections::BTreeMap;

use super::super::classify::{Verdict, yes_or_no};
use super::super::code::{self, CodeCell, OneCode, Reading};
use super::super::document::{Cell, Row, Syntax, Table};
use super::super::extraction::{CodeEntry, Role, RowProblem, TableHint};
use super::cells;

/// What became of a row.
pub(super) enum Outcome {
    Accepted(Vec<CodeEntry>),
    /// Its texts belong to the code of the row above.
    Continues(RowProblem, Box<CodeEntry>),
    /// Not accepted; entries beside the one that could not be read are kept.
    Passed(RowProblem, Vec<CodeEntry>),
}

/// How to read the rows of one table.
pub(super) struct Columns<'a> {
    header: &'a [Cell],
    header_is_empty: bool,
    syntax: Syntax,
    roles: Vec<&'a Role>,
    code: Option<usize>,
    /// How many columns one entry has.
    period: usize,
    holds_names: bool,
    /// Are its codes names with a status of HTTP beside each: `not_found (404)`?
    has_statuses: bool,
    hint: Option<&'a TableHint>,
}

/// Enough rows to see what stands in brackets.
const SAMPLE: usize = 50;

/// Names with a status beside each, of which one stands beside two: then the names are the codes.
fn has_statuses(table: &Table, code: Option<usize>, hint: Option<&TableHint>) -> bool {
    let Some(code) = code else { return false };
    let mut known = BTreeMap::new();
    let mut is_twice = false;
    for cell in table.rows.iter().take(SAMPLE).filter_map(|row| row.cells.get(code)) {
        if !cell.text.ends_with([')', '）']) {
            return false;
        }
        match cells::read(&cell.text, hint) {
            Reading::Codes(codes) if codes.codes.len() == 1 && codes.codes[0].symbol.is_some() => {
                let Some(OneCode { code: status, symbol: Some(name), .. }) = codes.codes.into_iter().next() else {
                    return false;
                };
                if status.len() != 3 || !status.starts_with(['1', '2', '3', '4', '5']) {
                    return false;
                }
                is_twice |= known.insert(status, name.clone()).is_some_and(|other| other != name);
            }
            _ => return false,
        }
    }
    is_twice
}

impl<'a> Columns<'a> {
    pub(super) fn new(table: &'a Table, verdict: &'a Verdict, hint: Option<&'a TableHint>) -> Self {
        let roles: Vec<&Role> = verdict.columns.iter().map(|column| &column.role).collect();
        let code = roles.iter().position(|role| **role == Role::Code);
        Columns {
            header: &table.header,
            header_is_empty: table.header.iter().all(Cell::is_empty),
            syntax: table.syntax,
            roles,
            code,
            period: verdict.period.max(1),
            holds_names: verdict.holds_names,
            has_statuses: has_statuses(table, code, hint),
            hint,
        }
    }

    pub(super) fn read(&self, row: &Row, above: Option<&CodeEntry>) -> Outcome {
        let Some(code) = self.code else {
            let text = "no column of this table has the role code; name one in the overlay";
            return quarantined(row, "no-code-column", text.to_owned(), None);
        };
        if let Some(problem) = self.passed_over(row) {
            return Outcome::Passed(problem, Vec::new());
        }
        if self.period >= row.cells.len() {
            return self.entry_of(row.line, &row.cells, code, above);
        }
        self.side_by_side(row, code)
    }

    /// What else the code cell of a row could mean, unless a person decided it.
    pub(super) fn doubt(&self, row: &Row) -> Option<cells::Doubt> {
        self.doubt_of_code(row).or_else(|| self.doubt_of_name(row))
    }

    fn doubt_of_name(&self, row: &Row) -> Option<cells::Doubt> {
        let mut names = row.cells.iter().zip(&self.roles).filter(|(_, role)| ***role == Role::Symbol);
        let (name, alias) = names.find_map(|(cell, _)| code::alias(&cell.text))?;
        let text = format!(
            "`{name}` and `{alias}` stand in one cell, and the first is taken; `aliases` in the overlay keeps the other"
        );
        Some(cells::Doubt { key: "aliases", text })
    }

    fn doubt_of_code(&self, row: &Row) -> Option<cells::Doubt> {
        let cell = row.cells.get(self.code?)?.text.trim();
        let is_decided = |hint: &TableHint| {
            hint.ranges.is_some() || hint.separators.is_some() || hint.whole.iter().any(|whole| whole.trim() == cell)
        };
        if !cells::may_be_doubtful(cell) || self.hint.is_some_and(is_decided) {
            return None;
        }
        match cells::read(cell, self.hint) {
            Reading::Codes(codes) if codes.rest.is_none() => cells::doubt(cell, &codes.codes),
            _ => None,
        }
    }

    fn passed_over(&self, row: &Row) -> Option<RowProblem> {
        let all = |is: &dyn Fn(&Cell) -> bool| row.cells.iter().all(is);
        let (rule, text) = if all(&Cell::is_empty) {
            ("empty-row", "all its cells are empty")
        } else if all(&|cell| is_rule(&cell.text)) && row.cells.len() > 1 {
            ("repeated-delimiter", "it is a delimiter row inside the table")
        } else if self.repeats_header(row) {
            ("repeated-header", "it repeats the header")
        } else {
            return None;
        };
        Some(problem(row.line, rule, text.to_owned(), None, false))
    }

    fn repeats_header(&self, row: &Row) -> bool {
        let same = |(cell, header): (&Cell, &Cell)| {
            cell.text == header.text
                || cell.text.len() == header.text.len() && cell.text.to_lowercase() == header.text.to_lowercase()
        };
        !self.header_is_empty
            && row.cells.len() > 1
            && row.cells.iter().zip(self.header).all(same)
            && row.cells.len() <= self.header.len()
    }

    /// Several whole entries in one row.
    fn side_by_side(&self, row: &Row, code: usize) -> Outcome {
        let mut codes = Vec::new();
        let mut passed = None;
        for cells in row.cells.chunks(self.period).filter(|cells| !cells.iter().all(Cell::is_empty)) {
            match self.entry_of(row.line, cells, code, None) {
                Outcome::Accepted(more) => codes.extend(more),
                Outcome::Passed(problem, _) | Outcome::Continues(problem, _) => passed = passed.or(Some(problem)),
            }
        }
        match passed {
            Some(problem) if problem.quarantined || codes.is_empty() => Outcome::Passed(problem, codes),
            _ => Outcome::Accepted(codes),
        }
    }

    fn entry_of(&self, line: usize, cells: &[Cell], code: usize, above: Option<&CodeEntry>) -> Outcome {
        let cell = cells.get(code).map_or("", |cell| cell.text.as_str());
        if above.is_some() && self.goes_on(cells, code) {
            let text = "its code spans both rows: it goes on with the row above".to_owned();
            let own: Vec<Cell> =
                cells.iter().map(|cell| if cell.spans { Cell::default() } else { cell.clone() }).collect();
            let more = self.facts(line, &own, OneCode::default());
            return Outcome::Continues(problem(line, "continues-above", text, None, false), Box::new(more));
        }
        match cells::read(cell, self.hint) {
            Reading::Codes(codes) => self.accept(line, cells, codes),
            Reading::Empty => self.without_code(line, cells, code, above),
            Reading::Wildcard => {
                let text = format!("`{cell}` stands for every code that has no row");
                passed(line, "wildcard", text, Some(cell), false)
            }
            Reading::Text => self.with_text(line, cells, code, cell),
        }
    }

    /// Does the code of the row above reach down into a row without a name of its own?
    fn goes_on(&self, cells: &[Cell], code: usize) -> bool {
        let is_own_name = |(cell, role): (&Cell, &&Role)| **role == Role::Symbol && !cell.spans && !cell.is_empty();
        cells.get(code).is_some_and(|cell| cell.spans) && !cells.iter().zip(&self.roles).any(is_own_name)
    }

    fn accept(&self, line: usize, cells: &[Cell], cell: CodeCell) -> Outcome {
        let entries = cell.codes.into_iter().map(|code| self.entry(line, cells, code, cell.rest.as_deref()));
        Outcome::Accepted(entries.map(|entry| if self.has_statuses { with_status(entry) } else { entry }).collect())
    }

    fn with_text(&self, line: usize, cells: &[Cell], code: usize, cell: &str) -> Outcome {
        if self.syntax == Syntax::List {
            let text = "it stands among the codes and does not begin with one".to_owned();
            return passed(line, "not-an-entry", text, Some(cell), false);
        }
        let others = cells.iter().enumerate().filter(|(column, cell)| *column != code && !cell.is_empty());
        if cells.len() > 1 && others.clone().count() == 0 {
            let text = "only its first cell has text: a title or a note".to_owned();
            return passed(line, "note-row", text, Some(cell), false);
        }
        // A title that spans the columns is often repeated in each.
        if cells.len() > 1 && cells.iter().all(|other| other.text == cell) {
            let text = "all its cells hold one text: a title or a note".to_owned();
            return passed(line, "note-row", text, Some(cell), false);
        }
        if self.holds_names && is_phrase(cell) {
            let codes = vec![OneCode { code: code::symbol(cell), ..OneCode::default() }];
            return self.accept(line, cells, CodeCell { codes, rest: None });
        }
        if is_damaged(cell) {
            let codes = vec![OneCode { code: code::fold(cell).into_owned(), ..OneCode::default() }];
            return self.accept(line, cells, CodeCell { codes, rest: None });
        }
        let text = format!(
            "`{cell}` cannot be read as a code; if it is one, give the row in the overlay, and if \
             it is none, name the column that holds the codes"
        );
        passed(line, "unreadable-code", text, Some(cell), true)
    }

    fn without_code(&self, line: usize, cells: &[Cell], code: usize, above: Option<&CodeEntry>) -> Outcome {
        let is_dash = cells.get(code).is_some_and(|cell| !cell.is_empty());
        let has = |wanted: &Role| {
            let filled = cells.iter().zip(&self.roles).filter(|(cell, _)| !cell.is_empty());
            filled.into_iter().any(|(_, role)| *role == wanted)
        };
        if let Some(above) = above.filter(|_| !is_dash) {
            // `400 | A` and below it `  | B`: the code of the row above holds for the symbol, too.
            if has(&Role::Symbol) && above.symbol.is_some() {
                let code = OneCode { code: above.code.clone(), quoted: above.quoted, ..OneCode::default() };
                return self.accept(line, cells, CodeCell { codes: vec![code], rest: None });
            }
            if !has(&Role::Message) && !has(&Role::Symbol) && (has(&Role::Remedy) || has(&Role::Cause)) {
                let text = "it has no code and no message: it goes on with the row above".to_owned();
                let more = self.facts(line, cells, OneCode::default());
                return Outcome::Continues(problem(line, "continues-above", text, None, false), Box::new(more));
            }
        }
        let mut filled = cells.iter().filter(|cell| !cell.is_empty());
        let first = filled.next().map(|cell| cell.text.as_str());
        if filled.next().is_none() && !is_dash && cells.len() > 2 {
            let text = "only one cell has text, and it is not the code".to_owned();
            return passed(line, "note-row", text, first, false);
        }
        let text = "its code cell is empty; if the row holds a code, name the column in the overlay";
        passed(line, "no-code", text.to_owned(), first, true)
    }

    fn entry(&self, line: usize, cells: &[Cell], code: OneCode, rest: Option<&str>) -> CodeEntry {
        let mut entry = self.facts(line, cells, code);
        if entry.message.is_none() {
            entry.message = rest.map(str::to_owned);
        }
        if entry.message.is_none() {
            entry.message = entry.cause.take();
        }
        entry
    }

    /// What the cells of a row say, each in its role.
    fn facts(&self, line: usize, cells: &[Cell], code: OneCode) -> CodeEntry {
        let is_one = self.hint.is_some_and(|hint| hint.ranges == Some(false) || hint.whole.contains(&code.code));
        let class = if is_one { None } else { code::class_ends(&code.code) };
        let mut entry = CodeEntry {
            line,
            class,
            code: code.code,
            code_to: code.code_to,
            quoted: code.quoted,
            symbol: code.symbol,
            ..CodeEntry::default()
        };
        let filled = cells.iter().zip(&self.roles).filter(|(cell, _)| !cell.is_empty());
        for (cell, role) in filled {
            put(&mut entry, role, &cell.text);
        }
        entry
    }
}

/// What was taken for the number of a name is the status that it comes with.
fn with_status(entry: CodeEntry) -> CodeEntry {
    match entry.symbol {
        Some(name) => CodeEntry { http: Some(entry.code), code: name, symbol: None, ..entry },
        None => entry,
    }
}

/// Puts the texts of a row at the end of those of the row above.
pub(super) fn go_on(above: &mut CodeEntry, more: &CodeEntry) {
    join(&mut above.remedy, more.remedy.as_ref());
    join(&mut above.message, more.message.as_ref());
    // Alone in its row, a cause was taken for the message.
    join(if above.cause.is_some() { &mut above.cause } else { &mut above.message }, more.cause.as_ref());
    for (known, more) in [(&mut above.messages, &more.messages), (&mut above.remedies, &more.remedies)] {
        for (tag, text) in more {
            let mut joined = known.remove(tag);
            join(&mut joined, Some(text));
            known.extend(joined.map(|text| (tag.clone(), text)));
        }
    }
}

fn join(text: &mut Option<String>, more: Option<&String>) {
    if let Some(more) = more {
        *text = Some(text.take().map_or_else(|| more.clone(), |text| format!("{text}\n{more}")));
    }
}

fn put(entry: &mut CodeEntry, role: &Role, text: &str) {
    let owned = text.to_owned();
    match role {
        Role::Symbol => entry.symbol = Some(code::symbol(text)),
        Role::Message => entry.message = Some(owned),
        Role::MessageIn(tag) => {
            entry.messages.insert(tag.clone(), owned);
        }
        Role::Cause => entry.cause = Some(owned),
        Role::Remedy => entry.remedy = Some(owned),
        Role::RemedyIn(tag) => {
            entry.remedies.insert(tag.clone(), owned);
        }
        Role::Billing => {
            entry.billing = yes_or_no(text);
            let says_something = entry.billing.is_none() && text.chars().any(char::is_alphanumeric);
            entry.billing_unread = says_something.then_some(owned);
        }
        Role::Http => entry.http = Some(owned),
        Role::Section => entry.section = Some(owned),
        Role::Code | Role::None => {}
    }
}

/// A few words of ASCII, which a table of symbols may use as one: `Request Entity Too Large`.
fn is_phrase(cell: &str) -> bool {
    cell.is_ascii() && cell.len() <= 48 && cell.split_whitespace().count() <= 5
}

/// One word with digits that no grammar reads, such as `-1025"`: it is what the vendor wrote.
fn is_damaged(cell: &str) -> bool {
    cell.is_ascii()
        && (2..=24).contains(&cell.len())
        && !cell.contains(char::is_whitespace)
        && cell.bytes().filter(u8::is_ascii_digit).count() * 2 >= cell.len()
        && !cell.contains("://")
}

/// Dashes, as in a delimiter row.
fn is_rule(text: &str) -> bool {
    if !text.starts_with([':', '-', '—', '–', '=', '－']) {
        return false;
    }
    let text = text.trim_matches(':');
    text.chars().count() >= 2 && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '=' | '－'))
}

fn quarantined(row: &Row, rule: &'static str, text: String, cell: Option<&str>) -> Outcome {
    passed(row.line, rule, text, cell, true)
}

fn passed(line: usize, rule: &'static str, text: String, cell: Option<&str>, quarantined: bool) -> Outcome {
    Outcome::Passed(problem(line, rule, text, cell, quarantined), Vec::new())
}

fn problem(line: usize, rule: &'static str, text: String, cell: Option<&str>, quarantined: bool) -> RowProblem {
    RowProblem { line, rule, quarantined, text, cell: cell.map(str::to_owned) }
}
