//! What was understood of a document: which tables hold codes, what each column is for, each code.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::document::Syntax;

/// What a person decided about a document; with no hints everything is inferred.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// By index in `Document::tables`.
    pub tables: BTreeMap<usize, TableHint>,
}

/// What a person decided about one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableHint {
    /// Whether it holds codes.
    pub holds: Option<Holds>,
    /// The roles of columns, by header text.
    pub columns: BTreeMap<String, Role>,
    /// The roles of columns, by their place, for tables without a header.
    pub numbered: BTreeMap<usize, Role>,
    /// What parts the codes of one cell, instead of what is usual; none: a cell is one code.
    pub separators: Option<Vec<String>>,
    /// Is `A-B` a range (and not one code)?
    pub ranges: Option<bool>,
    /// Cells that are one code as a whole.
    pub whole: BTreeSet<String>,
}

/// What a table is a table of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holds {
    /// Error codes.
    Codes,
    /// Anything else.
    #[default]
    Other,
}

impl Holds {
    /// The word for it in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Codes => "codes",
            Self::Other => "other",
        }
    }
}

/// What a column is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The codes.
    Code,
    /// The vendor's own names for the codes.
    Symbol,
    /// The message in the document's main language.
    Message,
    /// The message in another language, by BCP-47 tag.
    MessageIn(String),
    /// Why it happens, beside a message.
    Cause,
    /// What to do about it, in the main language.
    Remedy,
    /// What to do about it, in another language.
    RemedyIn(String),
    /// Whether the call is billed.
    Billing,
    /// The HTTP status that the code comes with.
    Http,
    /// Whether a caller may send the request again.
    Retry,
    /// How serious it is.
    Severity,
    /// More about it, beside a message.
    Details,
    /// The group that the code belongs to.
    Section,
    /// Nothing that the registry keeps.
    #[default]
    None,
}

impl Role {
    /// Whether its cells are prose.
    pub(crate) fn is_string(&self) -> bool {
        matches!(
            self,
            Self::Message
                | Self::MessageIn(_)
                | Self::Details
                | Self::Cause
                | Self::Remedy
                | Self::RemedyIn(_)
        )
    }

    /// What it is called in reports and in the overlay.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::MessageIn(tag) => format!("message.{tag}").into(),
            Self::RemedyIn(tag) => format!("remedy.{tag}").into(),
            _ => {
                let known = NAMES.iter().find(|(role, _)| role == self);
                known.map_or("none", |(_, name)| name).into()
            }
        }
    }
}

/// The roles that need no language, with their names.
const NAMES: [(Role, &str); 12] = [
    (Role::Code, "code"),
    (Role::Symbol, "symbol"),
    (Role::Message, "message"),
    (Role::Cause, "cause"),
    (Role::Remedy, "remedy"),
    (Role::Billing, "billing"),
    (Role::Http, "http"),
    (Role::Retry, "retry"),
    (Role::Severity, "severity"),
    (Role::Details, "details"),
    (Role::Section, "section"),
    (Role::None, "none"),
];

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

/// A word that names no role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRole(pub String);

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a role of a column: use code, symbol, message, message.LANG, details, \
             cause, remedy, remedy.LANG, billing, http, retry, severity, section or none",
            self.0
        )
    }
}

impl std::error::Error for UnknownRole {}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        if let Some((role, _)) = NAMES.iter().find(|(_, name)| *name == text) {
            return Ok(role.clone());
        }
        match text.split_once('.') {
            Some(("message", tag)) if !tag.is_empty() => Ok(Self::MessageIn(tag.to_owned())),
            Some(("remedy", tag)) if !tag.is_empty() => Ok(Self::RemedyIn(tag.to_owned())),
            _ => Err(UnknownRole(text.to_owned())),
        }
    }
}

/// All that was understood of a document; the texts are the document's own.
#[derive(Clone, Debug, Default)]
pub struct Extraction<'a> {
    /// One reading for each of `Document::tables`, in the same order.
    pub tables: Vec<TableReading<'a>>,
    /// The sums over the tables of codes.
    pub accounting: Accounting,
    /// What looks like a code at the head of a line and is in no entry, by line.
    pub unread: Vec<Unread>,
}

/// Lines that begin with what looks like a code and are in no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The first line, counted from 1.
    pub line: usize,
    /// The last line.
    pub end_line: usize,
    /// The lines between them that begin with what looks like a code.
    pub lines: Vec<usize>,
    /// What was seen.
    pub text: String,
    /// Why it is not read.
    pub reason: String,
    /// For a list that is not one of codes, all that spoke for and against it.
    pub evidence: Vec<Evidence>,
}

/// The sums that must add up: `accepted + ignored + quarantined == rows`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounting {
    /// All tables of the document.
    pub tables: usize,
    /// Those that hold codes.
    pub code_tables: usize,
    /// The rows of the tables that hold codes.
    pub rows: usize,
    /// Rows that gave at least one code.
    pub accepted: usize,
    /// Rows that hold no code, by a named rule.
    pub ignored: usize,
    /// Rows that may hold a code which could not be read.
    pub quarantined: usize,
}

/// One table, understood.
#[derive(Clone, Debug, Default)]
pub struct TableReading<'a> {
    /// The line of its header, counted from 1, in the file as it is on disk.
    pub line: usize,
    /// Its last line.
    pub end_line: usize,
    /// The nearest heading or caption, rendered.
    pub heading: Option<&'a str>,
    /// All the headings above it, outermost first.
    pub headings: &'a [Arc<str>],
    /// How it is written.
    pub syntax: Syntax,
    /// Whether it holds codes.
    pub holds: Holds,
    /// Why, in words.
    pub because: String,
    /// All that spoke for and against it.
    pub evidence: Vec<Evidence>,
    /// Where another reading is nearly as likely: both readings, and what settles it.
    pub doubts: Vec<String>,
    /// The table just before it that it continues, torn off by a page break.
    pub continues: Option<usize>,
    /// Its columns, from left to right.
    pub columns: Vec<Column<'a>>,
    /// The rows of its body.
    pub rows: usize,
    /// Rows that gave at least one code.
    pub accepted: usize,
    /// Rows that hold no code, by a named rule.
    pub ignored: usize,
    /// Rows that may hold a code which could not be read.
    pub quarantined: usize,
    /// Its codes, in the order of the document.
    pub codes: Vec<CodeEntry<'a>>,
    /// Why each ignored or quarantined row is one.
    pub problems: Vec<RowProblem>,
}

/// One reason for or against taking a table for a table of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// How much it weighs; negative speaks against.
    pub points: i32,
    /// What was seen.
    pub text: String,
}

/// One column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column<'a> {
    /// Its header, rendered; empty where the table has none.
    pub header: Cow<'a, str>,
    /// What it is for.
    pub role: Role,
}

/// One code, with all that its row says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeEntry<'a> {
    /// The line of its row.
    pub line: usize,
    /// The vendor's text, markup and escapes gone.
    pub code: Cow<'a, str>,
    /// The last code of a range that begins with `code`.
    pub code_to: Option<Cow<'a, str>>,
    /// The first and the last of a class of codes, which `code` is: `5xx`.
    pub class: Option<(String, String)>,
    /// The document says that the vendor no longer uses it: it is struck out, or a remark beside it
    /// says so.
    pub withdrawn: bool,
    /// Written in quotes (`NAME = "-10000"`): the wire type is text.
    pub quoted: bool,
    /// The vendor's own name for it.
    pub symbol: Option<Cow<'a, str>>,
    /// Further names in the same cell.
    pub aliases: Vec<Cow<'a, str>>,
    /// The HTTP status it comes with.
    pub http: Option<Cow<'a, str>>,
    /// The message in the document's main language; `<br>` is a line break.
    pub message: Option<Cow<'a, str>>,
    /// The message in other languages, by BCP-47 tag.
    pub messages: BTreeMap<String, Cow<'a, str>>,
    /// Why it happens, where the table says so beside the message.
    pub cause: Option<Cow<'a, str>>,
    /// What to do about it.
    pub remedy: Option<Cow<'a, str>>,
    /// What to do about it, in other languages.
    pub remedies: BTreeMap<String, Cow<'a, str>>,
    /// More about it, where the table has it beside the message.
    pub details: Option<Cow<'a, str>>,
    /// `Some(true)` is billed. `Some(false)` is free: every row that the entry is made of says so.
    pub billing: Option<bool>,
    /// Whether a caller may send the request again.
    pub retry: Option<Stated<'a, bool>>,
    /// How serious it is.
    pub severity: Option<Stated<'a, Severity>>,
    /// The group it belongs to.
    pub section: Option<Cow<'a, str>>,
    /// Facts that were not taken over: the cell cannot be read, or the rows disagree.
    pub problems: Vec<FactProblem>,
}

/// A cell with a fixed set of meanings: the vendor's text, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<'a, T> {
    /// The text of the cell.
    pub text: Cow<'a, str>,
    /// Its meaning; `None` if the text is not one of the known words.
    pub value: Option<T>,
}

/// How serious a document says that a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The request failed.
    Error,
    /// The request passed, with a reservation.
    Warning,
    /// The code reports a state.
    Info,
}

impl Severity {
    /// The word for it in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Why a fact of an entry is unspecified although its rows have cells for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactProblem {
    /// The fact, by the name of its role.
    pub fact: &'static str,
    /// The name of the rule, for example `billing-differs`.
    pub rule: &'static str,
    /// The line of the row in which it was seen.
    pub line: usize,
    /// What is wrong, with both lines and both values if two rows disagree.
    pub text: String,
}

/// Why a row gave no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The line of the row.
    pub line: usize,
    /// The name of the rule.
    pub rule: &'static str,
    /// Is the row set aside because it may hold a code (and not merely passed over)?
    pub quarantined: bool,
    /// What is wrong and what to do.
    pub text: String,
    /// The cell it is about, as rendered.
    pub cell: Option<String>,
}

impl RowProblem {
    /// Whether the row is furniture, so that the rows around it may still belong together.
    pub(crate) fn is_between_rows(&self) -> bool {
        matches!(
            self.rule,
            "empty-row" | "repeated-delimiter" | "repeated-header" | "note-row"
        )
    }
}

impl TableReading<'_> {
    /// The columns without a role, in backticks: by header, or by position where it is empty.
    #[must_use]
    pub fn unused_columns(&self) -> Vec<String> {
        self.columns_in(&[Role::None])
    }

    /// The columns in these roles, in backticks.
    #[must_use]
    pub fn columns_in(&self, roles: &[Role]) -> Vec<String> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| roles.contains(&column.role))
            .map(|(at, column)| match &*column.header {
                "" => format!("`#{}`", at + 1),
                header => format!("`{header}`"),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_from_its_name() {
        let named = NAMES.iter().map(|(role, _)| role.clone());
        let tagged = [
            Role::MessageIn("zh-CN".to_owned()),
            Role::RemedyIn("en".to_owned()),
        ];
        for role in named.chain(tagged) {
            assert_eq!(role.name().parse(), Ok(role));
        }
        for name in ["message.", "remedy.", "cause.en", "codes", ""] {
            let unknown = name.parse::<Role>().unwrap_err();
            let message = unknown.to_string();
            assert!(message.starts_with(&format!("`{name}` is not a role of a column: use code")));
            for (_, name) in &NAMES {
                assert!(message.contains(name), "{name}");
            }
        }
    }

    #[test]
    fn columns_are_shown_by_header_or_position() {
        let column = |header: &str, role| Column {
            header: header.to_owned().into(),
            role,
        };
        let table = TableReading {
            columns: vec![
                column("Code", Role::Code),
                column("", Role::None),
                column("Since", Role::None),
            ],
            ..TableReading::default()
        };
        assert_eq!(table.unused_columns(), ["`#2`", "`Since`"]);
        assert_eq!(table.columns_in(&[Role::Code]), ["`Code`"]);
    }
}
