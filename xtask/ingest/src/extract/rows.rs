//! One row in, its codes or the reason why it has none out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use smallvec::smallvec;

use crate::code::{self, Atom, CodeCell, OneCode, Reading};
use crate::document::{Syntax, Table};
use crate::extract::Above;
use crate::extract::cells;
use crate::extract::entry::{Asked, facts, join, with_status};
use crate::extraction::{CodeEntry, Column, Role, RowProblem, TableHint};
use crate::judge::{self, Verdict};
use crate::sheet::{Cell, Row};

/// What became of a row.
pub(super) enum Outcome<'a> {
    Accepted,
    /// Its texts belong to the code of the row above.
    Continues(RowProblem, Box<CodeEntry<'a>>),
    /// Not accepted; entries beside the one that could not be read are kept.
    Passed(RowProblem),
}

/// How to read the rows of one table.
pub(super) struct Columns<'a, 'v> {
    header: Row<'a>,
    syntax: Syntax,
    all: Vec<Asked<'a>>,
    code: Option<usize>,
    message: Option<usize>,
    /// How many columns one entry has.
    period: usize,
    holds_names: bool,
    /// Are its codes numbers, so that a word alone in its row is a title?
    holds_numbers: bool,
    /// Are its codes names with a status of HTTP beside each: `not_found (404)`?
    has_statuses: bool,
    hint: Option<&'v TableHint>,
}

/// Enough rows to see what the brackets contain.
const SAMPLE: usize = 50;

/// Names with a status each, where two names share a status: then the names are the codes.
fn has_statuses(table: &Table, code: Option<usize>, hint: Option<&TableHint>) -> bool {
    let Some(code) = code else { return false };
    let mut known = BTreeMap::new();
    let mut is_twice = false;
    for cell in table.rows().take(SAMPLE).filter_map(|row| row.get(code)) {
        if !cell.text.ends_with([')', '）']) {
            return false;
        }
        let Reading::Codes(CodeCell { codes, .. }) = cells::read(cell.text, hint) else {
            return false;
        };
        let [
            OneCode {
                code: status,
                symbol: Some(name),
                ..
            },
        ] = codes.as_slice()
        else {
            return false;
        };
        if status.len() != 3 || !status.starts_with(['1', '2', '3', '4', '5']) {
            return false;
        }
        is_twice |= known
            .insert(status.clone(), name.clone())
            .is_some_and(|other| other != *name);
    }
    is_twice
}

/// Whether a table has numbers in its column of codes, and words only in rows of nothing else.
fn holds_numbers(table: &Table, code: usize) -> bool {
    let rows = table
        .rows()
        .take(SAMPLE)
        .filter(|row| !is_alone(*row, code));
    let mut cells = rows.filter_map(|row| row.get(code)).peekable();
    let is_number = |cell: Cell<'_>| match code::atom(cell.text) {
        Some(Atom::Word | Atom::Symbol) => false,
        Some(_) => true,
        None => cell.is_empty(),
    };
    cells.peek().is_some() && cells.all(is_number)
}

/// Are all other cells of its row empty?
fn is_alone(row: Row<'_>, code: usize) -> bool {
    let mut others = row.cells().enumerate();
    row.len() > 1 && others.all(|(column, cell)| column == code || cell.is_empty())
}

impl<'a, 'v> Columns<'a, 'v> {
    pub(super) fn new(
        table: &'a Table,
        verdict: &'v Verdict<'a>,
        hint: Option<&'v TableHint>,
    ) -> Self {
        let place = |role: Role| {
            let mut columns = verdict.columns.iter();
            columns.position(|column| column.role == role)
        };
        let code = place(Role::Code);
        // A person named each column as one of codes.
        let names_columns =
            hint.is_some_and(|hint| !hint.columns.is_empty() || !hint.numbered.is_empty());
        let is_list_of_cells = names_columns
            && verdict
                .columns
                .iter()
                .all(|column| column.role == Role::Code);
        let period = if is_list_of_cells {
            1
        } else {
            verdict.period.max(1)
        };
        let header = table.header().cells().map(|cell| cell.struck);
        let is_struck = header.chain(std::iter::repeat(false));
        Columns {
            header: table.header(),
            syntax: table.syntax,
            all: (verdict.columns.iter().zip(is_struck).enumerate())
                .map(|(place, (column, is_struck))| {
                    let is_decided = judge::decided(hint, place, &column.header).is_some();
                    Asked::new(column.clone(), is_struck, is_decided)
                })
                .collect(),
            code,
            message: place(Role::Message),
            period,
            holds_names: verdict.holds_names,
            holds_numbers: code.is_some_and(|code| holds_numbers(table, code)),
            has_statuses: has_statuses(table, code, hint),
            hint,
        }
    }

    /// Reads a row; its codes are put at the end of those above.
    pub(super) fn read(
        &self,
        row: Row<'a>,
        codes: &mut Vec<CodeEntry<'a>>,
        above: Above,
    ) -> Outcome<'a> {
        let Some(code) = self.code else {
            let text = "no column of this table has the role code; name one in the overlay";
            return passed(row.line, "no-code-column", text.to_owned(), None, true);
        };
        if let Some(problem) = self.passed_over(row) {
            return Outcome::Passed(problem);
        }
        if self.period >= row.len() {
            return self.entry_of(row, code, codes, above);
        }
        self.side_by_side(row, code, codes)
    }

    /// What else the code cell of a row could mean, unless a person decided it.
    pub(super) fn doubt(&self, row: Row<'a>) -> Option<cells::Doubt> {
        self.doubt_of_code(row)
            .or_else(|| self.doubt_of_name(row))
            .or_else(|| self.doubt_of_message(row))
            .or_else(|| self.doubt_of_lines(row))
    }

    /// `1001<br>1002` beside `not found<br>invalid`: has each code a line, or all of them?
    fn doubt_of_lines(&self, row: Row<'a>) -> Option<cells::Doubt> {
        let cells = row.get(self.code?).zip(row.get(self.message?));
        let (codes, message) = cells.filter(|(codes, _)| codes.text.contains('\n'))?;
        let count = codes.text.lines().count();
        let Reading::Codes(read) = cells::read(codes.text, self.hint) else {
            return None;
        };
        if read.codes.len() != count || message.text.lines().count() != count {
            return None;
        }
        let text = format!(
            "line {}: {count} codes are in one row with {count} lines of text, and each has all of \
             them; their messages in the overlay settle it",
            row.line
        );
        Some(cells::Doubt { key: "lines", text })
    }

    /// `1011 | deprecated`, `1012 | [removed] user not found`: is the code withdrawn?
    fn doubt_of_message(&self, row: Row<'a>) -> Option<cells::Doubt> {
        let message = row.get(self.message?)?;
        if !code::is_withdrawn(message.text) {
            return None;
        }
        let text = format!(
            "line {}: `{}` may say that the vendor no longer uses the code; it is read as active, \
             and `status` in the overlay settles it",
            row.line, message.text
        );
        Some(cells::Doubt {
            key: "status",
            text,
        })
    }

    fn doubt_of_name(&self, row: Row<'a>) -> Option<cells::Doubt> {
        let cells = row
            .cells()
            .zip(self.roles())
            .filter(|(_, role)| **role == Role::Symbol);
        let names = cells
            .map(|(cell, _)| code::names(cell.text))
            .find(|names| names.len() > 1)?;
        let text = format!(
            "`{}` and `{}` are in one cell: the first is the symbol, the others are aliases; \
             `aliases` in the overlay settles it",
            names[0], names[1]
        );
        Some(cells::Doubt {
            key: "aliases",
            text,
        })
    }

    fn doubt_of_code(&self, row: Row<'a>) -> Option<cells::Doubt> {
        let cell = row.get(self.code?)?.text.trim();
        let is_decided = |hint: &TableHint| {
            hint.ranges.is_some()
                || hint.separators.is_some()
                || hint.whole.iter().any(|whole| whole.trim() == cell)
        };
        if !cells::may_be_doubtful(cell) || self.hint.is_some_and(is_decided) {
            return None;
        }
        match cells::read(cell, self.hint) {
            Reading::Codes(codes) if codes.rest.is_none() => cells::doubt(cell, &codes.codes),
            _ => None,
        }
    }

    fn passed_over(&self, row: Row<'a>) -> Option<RowProblem> {
        let (rule, text) = if row.cells().all(|cell| cell.is_empty()) {
            ("empty-row", "all its cells are empty")
        } else if row.len() > 1 && is_delimiter_row(row) {
            (
                "repeated-delimiter",
                "it is a delimiter row inside the table",
            )
        } else if self.repeats_header(row) {
            ("repeated-header", "it repeats the header")
        } else if self.is_other_header(row) {
            (
                "another-header",
                "it is another header: the rows below are read by it",
            )
        } else {
            return None;
        };
        Some(problem(row.line, rule, text.to_owned(), None, false))
    }

    fn repeats_header(&self, row: Row<'a>) -> bool {
        let same = |(cell, header): (Cell<'_>, Cell<'_>)| is_same_word(cell.text, header.text);
        row.len() > 1
            && row.len() <= self.header.len()
            && row.cells().zip(self.header.cells()).all(same)
            && self.header.cells().any(|cell| !cell.is_empty())
    }

    /// A header inside the table, which calls the codes what the first one does. Its other words
    /// need not be known: below `Charge refunded` a no does not mean what it does below `Charged`.
    fn is_other_header(&self, row: Row<'a>) -> bool {
        let Some(code) = self.code.filter(|_| self.syntax != Syntax::List) else {
            return false;
        };
        let heads = |at: usize| self.header.get(at).map_or("", |cell| cell.text);
        self.period >= row.len()
            && row
                .get(code)
                .filter(|cell| !cell.is_empty() && !cell.spans)
                .is_some_and(|cell| is_same_word(cell.text, heads(code)))
            && row.cells().filter(|cell| !cell.is_empty()).count() > 1
            && !self.repeats_header(row)
    }

    /// How to read the rows below another header: a column has the role of the column with the
    /// same header here, and a new header has none.
    pub(super) fn below(&self, row: Row<'a>) -> Self {
        let asked = |cell: Cell<'a>| {
            let mut headers = self.header.cells().zip(&self.all);
            let same = headers.find(|(header, _)| is_same_word(cell.text, header.text));
            let column = Column {
                header: Cow::Borrowed(cell.text),
                role: same.map_or(Role::None, |(_, same)| same.column.role.clone()),
            };
            Asked::new(
                column,
                cell.struck,
                same.is_some_and(|(_, same)| same.is_decided),
            )
        };
        let all: Vec<_> = row.cells().map(asked).collect();
        Columns {
            header: row,
            message: all
                .iter()
                .position(|asked| asked.column.role == Role::Message),
            all,
            ..*self
        }
    }

    /// The headers of the columns without a role.
    pub(super) fn unused(&self) -> impl Iterator<Item = &str> {
        let columns = self.all.iter().map(|asked| &asked.column);
        let unused = columns.filter(|column| column.role == Role::None);
        unused
            .map(|column| &*column.header)
            .filter(|header| !header.is_empty())
    }

    /// Several whole entries in one row.
    fn side_by_side(
        &self,
        row: Row<'a>,
        code: usize,
        codes: &mut Vec<CodeEntry<'a>>,
    ) -> Outcome<'a> {
        let before = codes.len();
        let mut passed = None;
        for part in row
            .chunks(self.period)
            .filter(|part| !part.cells().all(|cell| cell.is_empty()))
        {
            match self.entry_of(part, code, codes, Above::Nothing) {
                Outcome::Accepted => {}
                Outcome::Passed(problem) | Outcome::Continues(problem, _) => {
                    passed = passed.or(Some(problem));
                }
            }
        }
        match passed {
            Some(problem) if problem.quarantined || codes.len() == before => {
                Outcome::Passed(problem)
            }
            _ => Outcome::Accepted,
        }
    }

    /// Reads one entry, which may continue the row above.
    fn entry_of(
        &self,
        row: Row<'a>,
        code: usize,
        codes: &mut Vec<CodeEntry<'a>>,
        above: Above,
    ) -> Outcome<'a> {
        let cell = row.get(code).map_or("", |cell| cell.text);
        if self.goes_on(row, code) {
            let text = "its code spans both rows: it continues the row above";
            match above {
                Above::Codes { .. } => return self.continues(row, text),
                Above::Passed { quarantined } => return continues_none(row.line, quarantined),
                Above::Nothing => {}
            }
        }
        match cells::read(cell, self.hint) {
            Reading::Codes(read) if self.is_title(row, code, &read) => {
                let text = "only its first cell has text, a word among numbers: a title".to_owned();
                passed(row.line, "note-row", text, Some(cell), false)
            }
            Reading::Codes(read) => self.accept(row, read, codes),
            Reading::Empty => self.without_code(row, code, codes, above),
            Reading::Wildcard => {
                let text = format!("`{cell}` means all codes that have no row");
                passed(row.line, "wildcard", text, Some(cell), false)
            }
            Reading::Text => self.with_text(row, code, codes),
        }
    }

    /// Does the code of the row above reach down into a row without a name of its own?
    fn goes_on(&self, row: Row<'a>, code: usize) -> bool {
        let is_own_name = |(cell, role): (Cell<'_>, &Role)| {
            *role == Role::Symbol && !cell.spans && !cell.is_empty()
        };
        row.get(code).is_some_and(|cell| cell.spans)
            && !row.cells().zip(self.roles()).any(is_own_name)
    }

    /// Is it a word alone in its row, in a table of numbers: `| Network | | |`?
    fn is_title(&self, row: Row<'_>, code: usize, read: &CodeCell<'_>) -> bool {
        let is_word = |one: &OneCode<'_>| code::atom(&one.code) == Some(Atom::Word);
        let is_plain = |one: &OneCode<'_>| !one.quoted && one.symbol.is_none();
        self.holds_numbers
            && read.codes.iter().all(|one| is_word(one) && is_plain(one))
            && is_alone(row, code)
    }

    fn accept(
        &self,
        row: Row<'a>,
        read: CodeCell<'a>,
        codes: &mut Vec<CodeEntry<'a>>,
    ) -> Outcome<'a> {
        let CodeCell { codes: read, rest } = read;
        codes.extend(
            read.into_iter()
                .map(|code| self.entry(row, code, rest.as_ref())),
        );
        Outcome::Accepted
    }

    fn with_text(&self, row: Row<'a>, code: usize, codes: &mut Vec<CodeEntry<'a>>) -> Outcome<'a> {
        let line = row.line;
        let cell = row.get(code).map_or("", |cell| cell.text);
        if self.syntax == Syntax::List {
            return Outcome::Passed(not_an_entry(row));
        }
        if is_alone(row, code) {
            let text = "only its first cell has text: a title or a note".to_owned();
            return passed(line, "note-row", text, Some(cell), false);
        }
        // A title that spans the columns is often repeated in each.
        if row.len() > 1 && row.cells().all(|other| other.text == cell) {
            let text = "all its cells hold one text: a title or a note".to_owned();
            return passed(line, "note-row", text, Some(cell), false);
        }
        if self.holds_names && is_phrase(cell) {
            let names = code::names(cell).into_iter();
            let symbol = names.take(1).map(OneCode::plain).collect();
            return self.accept(row, CodeCell::of(symbol), codes);
        }
        if is_damaged(cell) {
            let damaged = smallvec![OneCode::plain(code::fold(cell))];
            return self.accept(row, CodeCell::of(damaged), codes);
        }
        let text = format!(
            "`{cell}` cannot be read as a code; if it is one, add its row to the overlay; if not, \
             name the column of the codes there"
        );
        passed(line, "unreadable-code", text, Some(cell), true)
    }

    fn without_code(
        &self,
        row: Row<'a>,
        code: usize,
        codes: &mut Vec<CodeEntry<'a>>,
        above: Above,
    ) -> Outcome<'a> {
        let line = row.line;
        let is_dash = row.get(code).is_some_and(|cell| !cell.is_empty());
        match above {
            Above::Codes { start } if !is_dash => {
                let own = self.facts(row, OneCode::default());
                let entries = &codes[start..];
                let has_message =
                    |own: &CodeEntry<'_>| own.message.is_some() || !own.messages.is_empty();
                // `400 | A | text` and below it ` | B | text`: the code of the row above is that of
                // the second symbol, too.
                let is_new = |entry: &CodeEntry<'_>| {
                    own.symbol.is_some()
                        && entry.symbol.is_some()
                        && entry.symbol != own.symbol
                        && (has_message(&own) || !has_message(entry))
                };
                if let Some(entry) = entries.last().filter(|entry| is_new(entry)) {
                    let code = OneCode {
                        quoted: entry.quoted,
                        ..OneCode::plain(entry.code.clone())
                    };
                    return self.accept(row, CodeCell::of(smallvec![code]), codes);
                }
                if has_facts_but_no_message(&own) {
                    return self.continues(
                        row,
                        "it has no code and no message: it continues the row above",
                    );
                }
            }
            Above::Passed { quarantined }
                if !is_dash && has_facts_but_no_message(&self.facts(row, OneCode::default())) =>
            {
                return continues_none(line, quarantined);
            }
            _ => {}
        }
        let mut filled = row.cells().filter(|cell| !cell.is_empty());
        let first = filled.next().map(|cell| cell.text);
        if filled.next().is_none() && !is_dash && row.len() > 2 {
            let text = "only one cell has text, and it is not the code".to_owned();
            return passed(line, "note-row", text, first, false);
        }
        let text = "its code cell is empty; if the row has a code, name its column in the overlay";
        passed(line, "no-code", text.to_owned(), first, true)
    }

    fn entry(&self, row: Row<'a>, code: OneCode<'a>, rest: Option<&Cow<'a, str>>) -> CodeEntry<'a> {
        let is_one = self.hint.is_some_and(|hint| {
            hint.ranges == Some(false) || hint.whole.contains(code.code.as_ref())
        });
        let class = if is_one {
            None
        } else {
            code::class_ends(&code.code)
        };
        let mut entry = CodeEntry {
            class,
            ..self.facts(row, code)
        };
        // Text beside the code is the message, or adds to it.
        if entry.message.is_none() {
            entry.message = rest.cloned();
        } else if rest != entry.message.as_ref() {
            join(&mut entry.details, rest);
        }
        if self.has_statuses {
            with_status(entry)
        } else {
            entry
        }
    }

    fn facts(&self, row: Row<'a>, code: OneCode<'a>) -> CodeEntry<'a> {
        facts(row.line, row.cells(), &self.all, code)
    }

    /// The row belongs to the code above. Strings that span both rows are already there; what
    /// else spans them holds for this row too.
    fn continues(&self, row: Row<'a>, text: &str) -> Outcome<'a> {
        let own = row.cells().zip(self.roles()).map(|(cell, role)| {
            if cell.spans && role.is_string() {
                Cell::default()
            } else {
                cell
            }
        });
        let more = facts(row.line, own, &self.all, OneCode::default());
        Outcome::Continues(
            problem(row.line, "continues-above", text.to_owned(), None, false),
            Box::new(more),
        )
    }

    fn roles(&self) -> impl Iterator<Item = &Role> {
        self.all.iter().map(|asked| &asked.column.role)
    }
}

/// A row with facts of a code, but without what a new code would have.
fn has_facts_but_no_message(own: &CodeEntry<'_>) -> bool {
    let has_fact = own.symbol.is_some()
        || own.details.is_some()
        || own.cause.is_some()
        || own.remedy.is_some()
        || !own.remedies.is_empty()
        || own.http.is_some()
        || own.retry.is_some()
        || own.severity.is_some()
        || own.billing.is_some()
        || !own.problems.is_empty();
    has_fact && own.message.is_none() && own.messages.is_empty()
}

/// A row continues one that gave no code, and gives none either.
fn continues_none<'a>(line: usize, quarantined: bool) -> Outcome<'a> {
    let text = "it continues the row above, which has no code that can be read".to_owned();
    Outcome::Passed(problem(line, "continues-above", text, None, quarantined))
}

/// Is it the same word, in any case?
fn is_same_word(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.to_lowercase() == right.to_lowercase()
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

/// Dashes in each cell, or in its first with nothing in the others: `| - | | |`.
fn is_delimiter_row(row: Row<'_>) -> bool {
    let begins = row.get(0).is_some_and(|cell| is_rule(cell.text));
    begins
        && row
            .cells()
            .all(|cell| cell.is_empty() || is_rule(cell.text))
}

/// Dashes, as in a delimiter row.
fn is_rule(text: &str) -> bool {
    let dashes = text.trim_matches(':');
    !dashes.is_empty()
        && dashes
            .chars()
            .all(|c| matches!(c, '-' | '—' | '–' | '=' | '－'))
}

fn passed<'a>(
    line: usize,
    rule: &'static str,
    text: String,
    cell: Option<&str>,
    quarantined: bool,
) -> Outcome<'a> {
    Outcome::Passed(problem(line, rule, text, cell, quarantined))
}

/// A line of a list that does not begin with a code.
pub(super) fn not_an_entry(row: Row<'_>) -> RowProblem {
    let cell = row.get(0).map(|cell| cell.text);
    let text = "it is between entries and does not begin with a code".to_owned();
    problem(row.line, "not-an-entry", text, cell, false)
}

fn problem(
    line: usize,
    rule: &'static str,
    text: String,
    cell: Option<&str>,
    quarantined: bool,
) -> RowProblem {
    RowProblem {
        line,
        rule,
        quarantined,
        text,
        cell: cell.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_in_any_case() {
        for (left, right, same) in [
            ("Code", "CODE", true),
            ("Код", "КОД", true),
            ("Код", "Кот", false),
            ("Code", "Node", false),
            ("Code", "Codes", false),
        ] {
            assert_eq!(is_same_word(left, right), same, "{left} {right}");
        }
    }

    #[test]
    fn a_phrase_is_a_few_words_of_ascii() {
        for (cell, is) in [
            ("Request Entity Too Large", true),
            ("one two three four five", true),
            ("one two three four five six", false),
            ("nicht möglich", false),
            ("a".repeat(48).as_str(), true),
            ("a".repeat(49).as_str(), false),
        ] {
            assert_eq!(is_phrase(cell), is, "{cell}");
        }
    }

    #[test]
    fn a_damaged_code_is_one_short_word_of_digits_for_the_most_part() {
        for (cell, is) in [
            ("-1025\"", true),
            ("1\"", true),
            ("\"", false),
            ("1", false),
            ("10?x", true),
            ("1?xy", false),
            ("10 ?", false),
            ("10？", false),
            ("a://1000", false),
            ("12345678901234567890123\"", true),
            ("123456789012345678901234\"", false),
        ] {
            assert_eq!(is_damaged(cell), is, "{cell}");
        }
    }
}
