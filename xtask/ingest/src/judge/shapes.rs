//! What the cells of one column hold, counted over a sample of the rows.

use smallvec::SmallVec;

use crate::code::{self, Atom, Reading};
use crate::document::Table;
use crate::lexicon::{self, Concept, Folded, Letters};

/// The first rows are enough to know a column by; the cost does not grow with the table. What is
/// looked at stays the same when rows are added below.
pub(crate) const SAMPLE: usize = 30;

/// This many bytes are enough to know what language a column is in.
const ENOUGH_LETTERS: usize = 160;

/// A longer cell is a text.
const LONGEST_CODE: usize = 400;

/// More texts than a column of marks has.
const MANY: usize = 3;

/// Names and numbers are shorter.
const SHORT: usize = 40;

/// The names of errors are shorter.
const LONGEST_NAME: usize = 80;

/// This many rows that tell of a failure say as much as thirty.
pub(crate) const ENOUGH_FAILURES: usize = 4;

/// The names of fields and types are shorter.
const LONGEST_WORD: usize = 20;

/// What a cell of a column of yes and no says.
const ANSWERS: &[Concept] = &[Concept::Yes, Concept::No, Concept::Billed, Concept::Free];

/// The cells of one column, counted by what they look like.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shapes<'a> {
    /// Cells that were looked at.
    pub(crate) looked_at: usize,
    /// Cells with something in them, wildcards left out.
    pub(crate) filled: usize,
    /// Cells that hold a code and its name or text: `001 - Insufficient funds`.
    pub(crate) pairs: usize,
    /// Numbers, decimal or hexadecimal, and classes of them.
    pub(crate) numbers: usize,
    /// Numbers too large to count rows: `1001`, `-5`, `0x80070005`.
    pub(crate) long_numbers: usize,
    /// Numbers that are statuses of HTTP, and whether one of them stands there twice.
    pub(crate) http: usize,
    pub(crate) http_repeats: bool,
    /// Short cells that stand further up too.
    pub(crate) repeats: usize,
    /// How many texts differ, up to three.
    pub(crate) distinct: usize,
    /// `NO_FACE_FOUND`, `InvalidParameter.X`.
    pub(crate) symbols: usize,
    /// `E100`, `1B`.
    pub(crate) mixed: usize,
    /// Single words that may be codes or text.
    pub(crate) words: usize,
    /// Those of them that are all capitals or have a hyphen: `LOK`, `bad-proof`.
    pub(crate) capitals: usize,
    /// Cells without a letter or a digit: `○`, `-`.
    pub(crate) marks: usize,
    /// Anything else.
    pub(crate) texts: usize,
    /// Cells that may tell of a failure; whether they do is asked of few columns.
    may_fail: Vec<(&'a str, usize)>,
    /// Names of fields of an answer: `error_code`, `message`.
    pub(crate) fields: usize,
    /// Numbers with a fraction: amounts, versions.
    pub(crate) decimals: usize,
    /// Yes or no, in any language.
    pub(crate) yes_no: usize,
    /// States of something that goes on: `waiting`, `STATUS_PAUSED`.
    pub(crate) states: usize,
    /// `string`, `int`, `boolean`.
    pub(crate) types: usize,
    /// Do the numbers count the rows: 1, 2, 3, …?
    pub(crate) counts_rows: bool,
    /// Characters in all.
    pub(crate) chars: usize,
    pub(crate) language: Option<&'static str>,
}

impl<'a> Shapes<'a> {
    /// `language` is what the document is mostly in.
    pub(crate) fn new(table: &'a Table, column: usize, language: &'static str) -> Self {
        let mut shapes = Shapes {
            counts_rows: table.rows().len() > 2,
            ..Shapes::default()
        };
        let mut letters = Letters::default();
        // Each text once, with the number of its cells.
        let mut cells = SmallVec::<[(&str, usize); SAMPLE]>::new();
        for (index, row) in table.rows().take(SAMPLE).enumerate() {
            let Some(cell) = row.get(column) else {
                continue;
            };
            shapes.looked_at += 1;
            match cells.iter_mut().find(|(known, _)| *known == cell.text) {
                Some((_, times)) => *times += 1,
                None => cells.push((cell.text, 1)),
            }
            if letters.seen() < ENOUGH_LETTERS {
                letters.add(cell.text);
            }
            shapes.counts_rows = shapes.counts_rows && cell.text.parse() == Ok(index + 1);
        }
        shapes.language = letters.language(language);
        shapes.distinct = cells.len().min(MANY);
        shapes.may_fail.reserve(cells.len());
        let mut statuses = SmallVec::<[u16; SAMPLE]>::new();
        for (cell, times) in cells {
            shapes.count(cell, times);
            if (1..=SHORT).contains(&cell.len()) {
                shapes.repeats += times - 1;
            }
            if let Some(status) = http_status(cell) {
                shapes.http_repeats |= times > 1 || statuses.contains(&status);
                statuses.push(status);
            }
        }
        shapes
    }

    fn count(&mut self, cell: &'a str, times: usize) {
        if cell.len() > LONGEST_CODE {
            self.filled += times;
            self.texts += times;
            self.chars += times * LONGEST_CODE;
            let begin = &cell[..cell.floor_char_boundary(LONGEST_CODE)];
            self.may_fail.push((begin, times));
            return;
        }
        // A number says nothing else.
        if cell.len() <= 20 && !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()) {
            self.filled += times;
            self.chars += times * cell.len();
            self.numbers += times;
            self.long_numbers += times * usize::from(cell.len() > 2);
            self.http += times * usize::from(is_http(cell));
            return;
        }
        let reading = code::read(cell);
        if matches!(reading, Reading::Empty | Reading::Wildcard) {
            return;
        }
        self.filled += times;
        self.chars += times * cell.len();
        self.count_words(cell, times);
        if let Reading::Codes(codes) = &reading {
            let has_name = codes.codes.len() == 1 && codes.codes[0].symbol.is_some();
            self.pairs += times * usize::from(codes.rest.is_some() || has_name);
        }
        match family(&reading) {
            Some(Atom::Dotted) if cell.matches('.').count() == 1 => self.decimals += times,
            Some(Atom::Number | Atom::Hex | Atom::Class | Atom::Dotted) => {
                self.numbers += times;
                let digits = cell.trim_start_matches("0x").trim_start_matches('-');
                let is_long = digits.len() > 2 || cell.starts_with('-');
                self.long_numbers += times * usize::from(is_long);
                self.http += times * usize::from(is_http(cell));
            }
            Some(Atom::Symbol) => self.symbols += times,
            Some(Atom::Mixed) => self.mixed += times,
            Some(Atom::Word) => {
                self.words += times;
                let is_capital = cell.len() > 1 && cell.bytes().all(|b| b.is_ascii_uppercase());
                self.capitals += times * usize::from(is_capital || cell.contains('-'));
            }
            None if !cell.contains(char::is_alphanumeric) => self.marks += times,
            None => self.texts += times,
        }
    }

    fn count_words(&mut self, cell: &'a str, times: usize) {
        if cell.len() <= LONGEST_WORD {
            let says = lexicon::cell(cell);
            let is_type = says.contains(Concept::DataType) || is_sized_type(cell);
            self.yes_no += times * usize::from(says.has_any(ANSWERS));
            self.types += times * usize::from(is_type);
            self.fields += times * usize::from(says.contains(Concept::Field));
            let state = match cell.rsplit_once('_') {
                Some((_, state)) => lexicon::cell(state),
                None => says,
            };
            self.states += times * usize::from(state.contains(Concept::Progress));
        }
        self.may_fail.push((cell, times));
    }

    /// How many cells tell of a failure, up to as many as say all, and how many names have a word
    /// for error: `ErrStoreClosed`, `TIMEOUT_ERROR`.
    pub(crate) fn failures(&self) -> (usize, usize) {
        let mut failures = 0;
        let mut names = 0;
        for &(cell, times) in &self.may_fail {
            let has = |b: u8| memchr::memchr(b, cell.as_bytes()).is_some();
            let is_name = cell.len() <= LONGEST_NAME && !has(b' ');
            if names_err(cell) {
                failures += times;
                names += times * usize::from(is_name);
            } else if is_name || failures < ENOUGH_FAILURES {
                let folded = Folded::new(cell);
                let tells = failures < ENOUGH_FAILURES && folded.tells_of_failure();
                failures += times * usize::from(tells);
                names += times * usize::from(is_name && folded.says_error());
            }
        }
        (failures.min(ENOUGH_FAILURES), names)
    }

    /// How many filled cells are codes; words and fractions may be either.
    pub(crate) fn codes(&self) -> usize {
        self.numbers + self.symbols + self.mixed + usize::midpoint(self.words, self.decimals)
    }

    /// How many of a hundred filled cells are codes.
    pub(crate) fn codes_percent(&self) -> usize {
        self.percent(self.codes())
    }

    /// Is it the same few words again and again?
    pub(crate) fn is_repetitive(&self) -> bool {
        self.filled >= 5 && self.distinct < MANY
    }

    /// Are most codes names, of which some may be of several words? Among constants a text is none.
    pub(crate) fn holds_names(&self) -> bool {
        let are_constants = self.symbols > self.words && self.texts * 3 < self.filled;
        self.symbols + self.words > self.numbers + self.mixed && !are_constants
    }

    /// Which part of its filled cells these are.
    #[expect(clippy::cast_precision_loss, reason = "counts of a sample")]
    pub(crate) fn share(&self, count: usize) -> f32 {
        if self.filled == 0 {
            return 0.0;
        }
        count as f32 / self.filled as f32
    }

    pub(crate) fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.filled).unwrap_or(0)
    }
}

/// `ErrStoreClosed`, `UND_ERR_ABORTED`.
fn names_err(name: &str) -> bool {
    let begins = name
        .strip_prefix("Err")
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()));
    let has = |b: u8| memchr::memchr(b, name.as_bytes()).is_some();
    let mut parts = name.split('_');
    begins || has(b'_') && !has(b' ') && parts.any(|part| part.eq_ignore_ascii_case("err"))
}

/// `varchar(32)`, `List<String>`, `string[]`.
fn is_sized_type(cell: &str) -> bool {
    cell.split_once(['(', '<', '[', ' '])
        .is_some_and(|(word, _)| lexicon::cell(word).contains(Concept::DataType))
}

fn family(reading: &Reading<'_>) -> Option<Atom> {
    match reading {
        // A code with a blank in it is no atom.
        Reading::Codes(cell) => cell
            .codes
            .first()
            .map(|one| code::atom(&one.code).unwrap_or(Atom::Mixed)),
        _ => None,
    }
}

fn is_http(cell: &str) -> bool {
    http_status(cell).is_some()
}

/// A status of HTTP that is registered, or in wide use without. Its name may follow:
/// `404 Not Found`, `200 (OK)`.
fn http_status(cell: &str) -> Option<u16> {
    let (status, name) = cell.split_at_checked(3)?;
    let is_name = || {
        name.trim_start_matches([' ', '(', '（'])
            .starts_with(|first: char| first.is_ascii_alphabetic())
    };
    let status: u16 = status
        .parse()
        .ok()
        .filter(|_| name.is_empty() || name.starts_with(' ') && is_name())?;
    let is_known = matches!(
        status,
        100..=103
            | 200..=208
            | 226
            | 300..=308
            | 400..=426
            | 428..=431
            | 440
            | 444
            | 449..=451
            | 460
            | 463
            | 494..=499
            | 500..=511
            | 520..=530
            | 598
            | 599
    );
    is_known.then_some(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Sheet;

    fn table(cells: &[&str]) -> Table {
        let mut sheet = Sheet::default();
        sheet.add("header");
        sheet.end_header();
        for (at, cell) in cells.iter().enumerate() {
            sheet.add(cell);
            sheet.end_row(at + 2);
        }
        Table {
            sheet,
            ..Table::default()
        }
    }

    #[test]
    fn names_of_errors_say_err() {
        for (name, says) in [
            ("ErrStoreClosed", true),
            ("Err", false),
            ("Errand", false),
            ("UND_ERR_ABORTED", true),
            ("ABORTED_err", true),
            ("UND_ERRAND", false),
            ("ERR", false),
            ("an ERR_X", false),
            ("ABORTED", false),
        ] {
            assert_eq!(names_err(name), says, "{name}");
        }
    }

    #[test]
    fn codes_are_names_of_one_or_more_words_unless_nearly_all_are_constants() {
        const TEXT: &str = "which means that none was found";
        for (cells, names) in [
            (&["NO_FACE", "NO_FACES", "NO_EYE"][..], false),
            (&["NO_FACE", "NO_FACES", "NO_EYE", TEXT], false),
            (&["NO_FACE", "NO_FACES", TEXT], true),
            (&["NO_FACE", "timeout"], true),
            (&["NO_FACE", "timeout", "no-route"], true),
            (&["timeout", "no-route", TEXT], true),
            (&["1001", "1002", "NO_EYE", "timeout"], false),
            (&["1001", "timeout", "no-route"], true),
            (&["E100", "timeout"], false),
            (&["E100", "timeout", "no-route"], true),
        ] {
            let shapes = table(cells);
            assert_eq!(
                Shapes::new(&shapes, 0, "en").holds_names(),
                names,
                "{cells:?}"
            );
        }
    }

    /// What a cell counts as, and how often.
    #[test]
    fn each_cell_is_counted_by_its_shape() {
        let long = "word ".repeat(100);
        let table = table(&[
            "1001",
            "1001",
            "12",
            "0x80070005",
            "-5",
            "404",
            "404 Not Found",
            "4.5",
            "NO_FACE",
            "E100",
            "timeout",
            "LOK",
            "no-route",
            "-",
            "*",
            "",
            "yes",
            "varchar(32)",
            "001 - not found",
            "invalid request",
            &long,
        ]);
        let shapes = Shapes::new(&table, 0, "en");
        assert_eq!((shapes.looked_at, shapes.filled), (21, 18));
        assert_eq!(
            (shapes.numbers, shapes.long_numbers, shapes.pairs),
            (9, 8, 3)
        );
        assert_eq!((shapes.http, shapes.http_repeats), (2, true));
        assert_eq!((shapes.decimals, shapes.symbols, shapes.mixed), (1, 1, 1));
        assert_eq!((shapes.words, shapes.capitals), (4, 2));
        assert_eq!((shapes.texts, shapes.types, shapes.yes_no), (2, 1, 1));
        assert_eq!((shapes.repeats, shapes.distinct), (1, MANY));
        assert!(!shapes.counts_rows);
        assert!(shapes.chars > LONGEST_CODE && shapes.chars < LONGEST_CODE + 120);
        assert_eq!(shapes.failures(), (4, 0));
    }

    #[test]
    fn numbers_count_rows_where_each_is_that_of_its_row() {
        for (cells, counts) in [
            (&["1", "2", "3"][..], true),
            (&["1", "2"], false),
            (&["0", "1", "2"], false),
            (&["1", "2", "4"], false),
        ] {
            assert_eq!(
                Shapes::new(&table(cells), 0, "en").counts_rows,
                counts,
                "{cells:?}"
            );
        }
    }
}
