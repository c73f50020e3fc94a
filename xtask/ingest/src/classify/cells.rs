//! What the cells of one column hold, counted over a sample of the rows.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::classify::failures::{name_tells_of_failure, tells_of_failure};
use crate::classify::fields::{is_field, is_type};
use crate::classify::language::Letters;
use crate::code::{self, Atom, Reading};
use crate::document::Table;

/// Enough rows to know a column by; the cost does not grow with the table.
pub(super) const SAMPLE: usize = 20;

/// After so many bytes it is known what language a column is in.
const ENOUGH_LETTERS: usize = 160;

/// A longer cell is a text.
const LONGEST_CODE: usize = 400;

/// More texts than a column of marks has.
const MANY: usize = 3;

/// Names and numbers are shorter.
const SHORT: usize = 40;

/// The names of fields and types are shorter.
const LONGEST_WORD: usize = 20;

/// The cells of one column, counted by what they look like.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile<'a> {
    /// Cells with something in them, wildcards left out.
    pub(super) filled: usize,
    /// Numbers, decimal or hexadecimal, and classes of them.
    pub(super) numbers: usize,
    /// Numbers that are statuses of HTTP, and whether one of them stands there twice.
    pub(super) http: usize,
    pub(super) http_repeats: bool,
    /// Short cells that stand further up too.
    pub(super) repeats: usize,
    /// How many texts differ, up to three.
    pub(super) distinct: usize,
    /// `NO_FACE_FOUND`, `InvalidParameter.X`.
    pub(super) symbols: usize,
    /// `E100`, `1B`.
    pub(super) mixed: usize,
    /// Single words that may be codes or text.
    pub(super) words: usize,
    /// Those of them that are all capitals or have a hyphen: `LOK`, `bad-proof`.
    pub(super) capitals: usize,
    /// Anything else.
    pub(super) texts: usize,
    /// Cells that may tell of a failure; whether they do is asked of few columns.
    may_fail: Vec<&'a str>,
    /// Names of fields of an answer: `error_code`, `message`.
    pub(super) fields: usize,
    /// Numbers with a fraction: amounts, versions.
    pub(super) decimals: usize,
    /// Yes or no, in any language.
    pub(super) yes_no: usize,
    /// `string`, `int`, `boolean`.
    pub(super) types: usize,
    /// Do the numbers count the rows: 1, 2, 3, …?
    pub(super) counts_rows: bool,
    /// Characters in all.
    pub(super) chars: usize,
    pub(super) language: Option<&'static str>,
}

impl<'a> Profile<'a> {
    pub(super) fn new(table: &'a Table, column: usize) -> Self {
        let may_fail = Vec::with_capacity(SAMPLE);
        let mut profile = Profile {
            counts_rows: table.rows().len() > 2,
            may_fail,
            ..Profile::default()
        };
        let step = table.rows().len() / SAMPLE + 1;
        let mut letters = Letters::default();
        let mut known = SmallVec::<[&str; MANY]>::new();
        let mut statuses = SmallVec::<[u16; SAMPLE]>::new();
        let mut short = SmallVec::<[&str; SAMPLE]>::new();
        for (index, row) in table.rows().enumerate().step_by(step) {
            if let Some(cell) = row.get(column) {
                profile.count(cell.text);
                if known.len() < MANY && !known.contains(&cell.text) {
                    known.push(cell.text);
                }
                if (1..=SHORT).contains(&cell.text.len()) {
                    profile.repeats += usize::from(short.contains(&cell.text));
                    short.push(cell.text);
                }
                if let Some(status) = http_status(cell.text) {
                    profile.http_repeats |= statuses.contains(&status);
                    statuses.push(status);
                }
                if letters.seen() < ENOUGH_LETTERS {
                    letters.add(cell.text);
                }
                profile.counts_rows = profile.counts_rows && cell.text.parse() == Ok(index + 1);
            }
        }
        profile.language = letters.language();
        profile.distinct = known.len();
        profile
    }

    fn count(&mut self, cell: &'a str) {
        if cell.len() > LONGEST_CODE {
            self.filled += 1;
            self.texts += 1;
            self.chars += LONGEST_CODE;
            self.may_fail
                .push(&cell[..cell.floor_char_boundary(LONGEST_CODE)]);
            return;
        }
        // A number says nothing else.
        if cell.len() <= 20 && !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()) {
            self.filled += 1;
            self.chars += cell.len();
            self.numbers += 1;
            self.http += usize::from(is_http(cell));
            return;
        }
        let reading = code::read(cell);
        if matches!(reading, Reading::Empty | Reading::Wildcard) {
            return;
        }
        self.filled += 1;
        self.chars += cell.len();
        self.count_words(cell);
        match family(&reading) {
            Some(Atom::Dotted) if cell.matches('.').count() == 1 => self.decimals += 1,
            Some(Atom::Number | Atom::Hex | Atom::Class | Atom::Dotted) => {
                self.numbers += 1;
                self.http += usize::from(is_http(cell));
            }
            Some(Atom::Symbol) => self.symbols += 1,
            Some(Atom::Mixed) => self.mixed += 1,
            Some(Atom::Word) => {
                self.words += 1;
                let is_capital = cell.len() > 1 && cell.bytes().all(|b| b.is_ascii_uppercase());
                self.capitals += usize::from(is_capital || cell.contains('-'));
            }
            None => self.texts += 1,
        }
    }

    fn count_words(&mut self, cell: &'a str) {
        if cell.len() <= LONGEST_WORD {
            self.yes_no += usize::from(yes_or_no(cell).is_some());
            self.types += usize::from(is_type(cell));
            self.fields += usize::from(is_field(cell));
        }
        self.may_fail.push(cell);
    }

    /// How many cells tell of a failure.
    pub(super) fn failures(&self) -> usize {
        let is_name = |cell: &str| cell.contains('_') && !cell.contains(' ');
        let tells = |cell: &&&str| {
            names_err(cell)
                || if is_name(cell) {
                    name_tells_of_failure(cell)
                } else {
                    tells_of_failure(cell)
                }
        };
        self.may_fail.iter().filter(tells).count()
    }

    /// How many filled cells are codes; words and fractions may be either.
    pub(super) fn codes(&self) -> usize {
        self.numbers + self.symbols + self.mixed + usize::midpoint(self.words, self.decimals)
    }

    /// How many of a hundred filled cells are codes.
    pub(super) fn codes_percent(&self) -> usize {
        self.percent(self.codes())
    }

    /// Is it the same few words again and again?
    pub(super) fn is_repetitive(&self) -> bool {
        self.filled >= 5 && self.distinct < MANY
    }

    /// Are most of its names those of HTTP's own statuses: `NOT_FOUND`, `BadRequest`?
    pub(super) fn holds_reason_phrases(&self) -> bool {
        let letters = |name: &&str| {
            name.chars()
                .filter(char::is_ascii_alphabetic)
                .collect::<String>()
                .to_lowercase()
        };
        let names = self.may_fail.iter().map(letters);
        names
            .filter(|name| REASON_PHRASES.contains(&name.as_str()))
            .count()
            * 2
            > self.filled
    }

    /// Are most codes names, of which some may be of several words? Among constants a text is none.
    pub(super) fn holds_names(&self) -> bool {
        let are_constants = self.symbols > self.words && self.texts * 3 < self.filled;
        self.symbols + self.words > self.numbers + self.mixed && !are_constants
    }

    /// Do its numbers stand there again and again, as those do that come with other codes?
    pub(super) fn has_repeated_numbers(&self) -> bool {
        self.percent(self.numbers) >= 90 && self.percent(self.repeats) >= 20
    }

    pub(super) fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.filled).unwrap_or(0)
    }
}

/// Of the statuses that errors come with, in small letters.
const REASON_PHRASES: &[&str] = &[
    "badrequest",
    "unauthorized",
    "paymentrequired",
    "forbidden",
    "notfound",
    "methodnotallowed",
    "notacceptable",
    "requesttimeout",
    "conflict",
    "gone",
    "lengthrequired",
    "preconditionfailed",
    "payloadtoolarge",
    "unsupportedmediatype",
    "unprocessableentity",
    "locked",
    "toomanyrequests",
    "internalservererror",
    "notimplemented",
    "badgateway",
    "serviceunavailable",
    "gatewaytimeout",
];

/// `ErrStoreClosed`, `UND_ERR_ABORTED`.
fn names_err(name: &str) -> bool {
    let begins = name
        .strip_prefix("Err")
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()));
    let has_part = || {
        name.contains('_')
            && !name.contains(' ')
            && name.split('_').any(|part| part.eq_ignore_ascii_case("err"))
    };
    begins || has_part()
}

/// `Some(true)` for yes.
fn yes_or_no(cell: &str) -> Option<bool> {
    // `not charged` is the longest.
    if cell.len() > 12 {
        return None;
    }
    let cell = cell.trim();
    let has_capital = cell.bytes().any(|b| matches!(b, b'A'..=b'Z' | 0xD0..=0xD3));
    let lower = if has_capital {
        Cow::Owned(cell.to_lowercase())
    } else {
        Cow::Borrowed(cell)
    };
    match &*lower {
        "是" | "收費" | "計費" | "yes" | "y" | "true" | "收费" | "计费" | "扣费" | "billed"
        | "charged" | "да" | "はい" | "有" | "√" | "✓" | "✔" | "○" => Some(true),
        "否" | "不收費" | "不計費" | "免費" | "no" | "n" | "false" | "不收费" | "不计费"
        | "不扣费" | "免费" | "free" | "not billed" | "not charged" | "нет" | "いいえ" | "無"
        | "×" | "✗" => Some(false),
        _ => None,
    }
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

/// A status of HTTP that is registered, or in wide use without; its name may follow (`404 Not Found`, `200 (OK)`).
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
