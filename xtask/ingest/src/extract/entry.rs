//! The cells of a row in, each in its role, an entry of a code out; entries of one code, merged.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::code::{self, OneCode, Reading};
use crate::extraction::{CodeEntry, Column, FactProblem, Role, Stated};
use crate::lexicon::{self, Concept};
use crate::sheet::Cell;
use crate::values;

/// A column, and what its header asks for, which is found out once for all rows.
pub(super) struct Asked<'a> {
    pub(super) column: Column<'a>,
    /// Whether its header is struck out, so that its answers no longer count.
    is_struck: bool,
    /// Whether a maintainer gave it its role.
    pub(super) is_decided: bool,
    if_free: OnceCell<Option<bool>>,
    /// Whether its header is about what is billed.
    names_billing: OnceCell<bool>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(column: Column<'a>, is_struck: bool, is_decided: bool) -> Self {
        Asked {
            column,
            is_struck,
            is_decided,
            if_free: OnceCell::new(),
            names_billing: OnceCell::new(),
        }
    }

    fn billing(&self, cell: &str) -> Option<bool> {
        let asks_if_free = || values::asks_if_free(&self.column.header);
        values::billing(|| *self.if_free.get_or_init(asks_if_free), cell)
    }

    fn names_billing(&self) -> bool {
        let names = || {
            let about = [Concept::Billing, Concept::Billed, Concept::Free];
            lexicon::concepts(&self.column.header).has_any(&about)
        };
        *self.names_billing.get_or_init(names)
    }
}

/// What the cells of a row say of a code, each in its role.
pub(super) fn facts<'a>(
    line: usize,
    cells: impl Iterator<Item = Cell<'a>>,
    columns: &[Asked<'a>],
    code: OneCode<'a>,
) -> CodeEntry<'a> {
    let mut entry = CodeEntry {
        line,
        code: code.code,
        code_to: code.code_to,
        quoted: code.quoted,
        withdrawn: code.withdrawn,
        symbol: code.symbol,
        ..CodeEntry::default()
    };
    // What may say that a call is billed which another cell calls free.
    let mut against = None;
    for (cell, asked) in cells.zip(columns).filter(|(cell, _)| !cell.is_empty()) {
        let role = &asked.column.role;
        if cell.struck && matches!(role, Role::Code | Role::Symbol) {
            entry.withdrawn = true;
        }
        let fact = match role {
            Role::Billing => "billing",
            Role::Retry => "retry",
            Role::Severity => "severity",
            Role::Http => "http",
            _ => "",
        };
        if !fact.is_empty() && (cell.struck || asked.is_struck) {
            let text = format!("`{}` is struck out, or its header is", cell.text);
            add_problem(&mut entry, fact, "struck-out", text);
            continue;
        }
        match role {
            Role::None => against = against.or_else(|| billing_beside(asked, columns, cell.text)),
            Role::Code if code::has_note(cell.text) => {
                against.get_or_insert_with(|| format!("the note on the code `{}`", cell.text));
            }
            Role::Message | Role::MessageIn(_) if ends_in_note(cell.text) => {
                against.get_or_insert_with(|| format!("the note on the message `{}`", cell.text));
            }
            _ => {}
        }
        put(&mut entry, asked, cell.text);
    }
    if let Some(what) = against.filter(|_| entry.billing == Some(false)) {
        let text = format!("the call is free, and {what} may say otherwise");
        add_problem(&mut entry, "billing", "billing-beside", text);
        entry.billing = None;
    }
    entry
}

/// A cell without a role that may say that the call is billed: its header speaks of that, or it
/// has none, as where a row is wider than the header.
fn billing_beside(asked: &Asked<'_>, columns: &[Asked<'_>], cell: &str) -> Option<String> {
    let header = &asked.column.header;
    let has_no_header =
        || header.is_empty() && (columns.iter()).any(|other| !other.column.header.is_empty());
    if !asked.names_billing() && !has_no_header() || asked.billing(cell) == Some(false) {
        return None;
    }
    Some(format!("`{cell}` in the column `{header}`"))
}

/// Whether a text ends in a mark that leads to a note.
fn ends_in_note(text: &str) -> bool {
    code::has_note(text) || text.ends_with('*') && text.matches('*').count() == 1
}

/// Puts a cell in its place. Where two columns have one role, strings are joined and other facts
/// must agree, as for two rows.
fn put<'a>(entry: &mut CodeEntry<'a>, asked: &Asked<'a>, text: &'a str) {
    let column = &asked.column;
    let cell = Cow::Borrowed(text);
    match &column.role {
        Role::Symbol => put_names(entry, text),
        Role::Message => join(&mut entry.message, Some(&cell)),
        Role::MessageIn(tag) => join_in(&mut entry.messages, tag, Some(&cell)),
        Role::Details => join(&mut entry.details, Some(&cell)),
        Role::Cause => join(&mut entry.cause, Some(&cell)),
        Role::Remedy => join(&mut entry.remedy, Some(&cell)),
        Role::RemedyIn(tag) => join_in(&mut entry.remedies, tag, Some(&cell)),
        Role::Billing => put_billing(entry, asked, text),
        Role::Retry => {
            let value = values::retry(&column.header, asked.is_decided, text);
            let stated = Stated { text: cell, value };
            check_is_read(entry, "retry", &stated);
            put_value(entry, "retry", |entry| &mut entry.retry, stated);
        }
        Role::Severity => {
            let value = values::severity(&column.header, text);
            let stated = Stated { text: cell, value };
            check_is_read(entry, "severity", &stated);
            put_value(entry, "severity", |entry| &mut entry.severity, stated);
        }
        Role::Http => put_value(entry, "http", |entry| &mut entry.http, cell),
        Role::Section => {
            put_value(entry, "section", |entry| &mut entry.section, cell);
        }
        Role::Code | Role::None => {}
    }
}

/// Puts a fact that has one value. It is unspecified if another column of the row says something
/// else.
fn put_value<'a, T: PartialEq>(
    entry: &mut CodeEntry<'a>,
    fact: &'static str,
    slot: impl for<'e> Fn(&'e mut CodeEntry<'a>) -> &'e mut Option<T>,
    value: T,
) {
    let rule = difference_of(fact);
    if entry.problems.iter().any(|problem| problem.rule == rule) {
        return;
    }
    match slot(entry).take() {
        Some(other) if other != value => {
            let text = format!("two cells of the row disagree on the fact `{fact}`");
            add_problem(entry, fact, rule, text);
        }
        _ => *slot(entry) = Some(value),
    }
}

/// Puts the first name of a cell as the symbol, the others as its aliases.
fn put_names<'a>(entry: &mut CodeEntry<'a>, text: &'a str) {
    let bare = code::without_remark(text);
    entry.withdrawn |= bare.is_some();
    let mut names = code::names(bare.unwrap_or(text)).into_iter();
    let first = names.next();
    // The name beside the code (`NAME = 1`) is another one.
    let beside = std::mem::replace(&mut entry.symbol, first);
    entry.aliases.extend(names);
    let other = beside.filter(|beside| Some(beside) != entry.symbol.as_ref());
    entry.aliases.extend(other);
}

fn put_billing(entry: &mut CodeEntry<'_>, asked: &Asked<'_>, text: &str) {
    let value = asked.billing(text);
    if value.is_none() && says_nothing(text) {
        return;
    }
    match (value, entry.billing) {
        (None, _) => {
            let text = format!("`{text}` says neither that the call is billed nor that it is free");
            add_problem(entry, "billing", "billing-unread", text);
        }
        (Some(_), Some(other)) if value != Some(other) => {
            let text = "two cells of the row disagree on whether the call is billed".to_owned();
            add_problem(entry, "billing", difference_of("billing"), text);
        }
        (Some(_), _) => entry.billing = value,
    }
    if entry
        .problems
        .iter()
        .any(|problem| problem.fact == "billing")
    {
        entry.billing = None;
    }
}

/// Whether a cell says that the document does not state the fact. `UNSPECIFIED` is a code too, so
/// that it is not among the words that make a cell empty.
fn says_nothing(text: &str) -> bool {
    code::read(text) == Reading::Empty || text.eq_ignore_ascii_case("unspecified")
}

/// Names a cell of which the meaning is not known. Its text is kept.
fn check_is_read<T>(entry: &mut CodeEntry<'_>, fact: &'static str, stated: &Stated<'_, T>) {
    if stated.value.is_some() || says_nothing(&stated.text) {
        return;
    }
    // `Fatal: no` is read: it says what the code is not.
    let denies = lexicon::cell(&stated.text).contains(Concept::No);
    if fact == "severity" && denies {
        return;
    }
    let (rule, what) = match fact {
        "retry" => ("retry-unread", "whether the caller may retry"),
        _ => ("severity-unread", "how serious the code is"),
    };
    let text = format!("`{}` does not say {what} in known words", stated.text);
    add_problem(entry, fact, rule, text);
}

fn add_problem(entry: &mut CodeEntry<'_>, fact: &'static str, rule: &'static str, text: String) {
    entry.problems.push(FactProblem {
        fact,
        rule,
        line: entry.line,
        text,
    });
}

/// What was taken for the number of a name is the status that it comes with.
pub(super) fn with_status(entry: CodeEntry<'_>) -> CodeEntry<'_> {
    match entry.symbol {
        Some(name) => CodeEntry {
            http: Some(entry.code),
            code: name,
            symbol: None,
            ..entry
        },
        None => entry,
    }
}

/// Merges the rows that continue the row of an entry into it: strings that differ are joined; a
/// fact on which the rows disagree becomes unspecified, with a problem that names both lines and
/// both values.
pub(super) fn merge<'a>(entry: &mut CodeEntry<'a>, more: &[CodeEntry<'a>]) {
    let first = entry.clone();
    let rows: Vec<&CodeEntry<'a>> = std::iter::once(&first).chain(more).collect();
    entry.message = joined(&rows, |row| row.message.as_ref());
    entry.details = joined(&rows, |row| row.details.as_ref());
    entry.cause = joined(&rows, |row| row.cause.as_ref());
    entry.remedy = joined(&rows, |row| row.remedy.as_ref());
    for row in more {
        for tag in row.messages.keys() {
            let text = joined(&rows, |row| row.messages.get(tag));
            entry.messages.extend(text.map(|text| (tag.clone(), text)));
        }
        for tag in row.remedies.keys() {
            let text = joined(&rows, |row| row.remedies.get(tag));
            entry.remedies.extend(text.map(|text| (tag.clone(), text)));
        }
        for alias in &row.aliases {
            if !entry.aliases.contains(alias) {
                entry.aliases.push(alias.clone());
            }
        }
        entry.problems.extend(row.problems.iter().cloned());
    }
    let problems = &mut entry.problems;
    entry.billing = agreed_billing(&rows, problems);
    macro_rules! agree {
        ($fact:ident, $shown:expr) => {
            entry.$fact = agreed(
                stringify!($fact),
                &rows,
                problems,
                |row| row.$fact.as_ref(),
                $shown,
            );
        };
    }
    agree!(symbol, |text| text);
    agree!(http, |http| status_of(http));
    agree!(section, |text| text);
    agree!(retry, |stated| match stated.value {
        Some(true) => "yes",
        Some(false) => "no",
        None => &stated.text,
    });
    agree!(severity, |stated| match stated.value {
        Some(severity) => severity.word(),
        None => &stated.text,
    });
}

/// Merges entries of one code, each with a row of its own, by the same rules. A code that is
/// withdrawn in one row only stays active, with a problem.
pub fn merge_rows<'a>(entry: &mut CodeEntry<'a>, more: &[CodeEntry<'a>]) {
    let differs_in = |row: &&CodeEntry<'a>| row.withdrawn != entry.withdrawn;
    if let Some(row) = more.iter().find(differs_in) {
        let word = |is_withdrawn: bool| if is_withdrawn { "withdrawn" } else { "active" };
        let problem = differs(
            "status",
            (entry.line, word(entry.withdrawn)),
            (row.line, word(row.withdrawn)),
        );
        entry.problems.push(problem);
        entry.withdrawn = false;
    }
    merge(entry, more);
}

/// The strings of the rows, one a line, without those that repeat another.
fn joined<'r, 'a: 'r>(
    rows: &[&'r CodeEntry<'a>],
    get: impl Fn(&'r CodeEntry<'a>) -> Option<&'r Cow<'a, str>>,
) -> Option<Cow<'a, str>> {
    let mut known = BTreeSet::new();
    let texts = rows.iter().filter_map(|row| get(row));
    let texts: Vec<_> = texts.filter(|text| known.insert(&***text)).collect();
    match texts.as_slice() {
        [] => None,
        [text] => Some((*text).clone()),
        texts => {
            let texts: Vec<&str> = texts.iter().map(|text| &***text).collect();
            Some(texts.join("\n").into())
        }
    }
}

/// `404` of `404 Not Found`.
fn status_of(http: &str) -> &str {
    http.split_whitespace().next().unwrap_or_default()
}

/// The value that the rows give for a fact, if no two of them differ. A row may leave it out.
fn agreed<'r, 'a, T: Clone + 'r>(
    fact: &'static str,
    rows: &[&'r CodeEntry<'a>],
    problems: &mut Vec<FactProblem>,
    get: impl Fn(&'r CodeEntry<'a>) -> Option<&'r T>,
    shown: impl Fn(&'r T) -> &'r str,
) -> Option<T> {
    if problems
        .iter()
        .any(|problem| problem.rule == difference_of(fact))
    {
        return None;
    }
    let stated = |row: &&'r CodeEntry<'a>| get(row).map(|value| (row.line, value));
    let (first_line, value) = rows.iter().find_map(stated)?;
    let other = rows
        .iter()
        .filter_map(stated)
        .find(|(_, other)| shown(other) != shown(value));
    match other {
        None => Some(value.clone()),
        Some((line, other)) => {
            problems.push(differs(
                fact,
                (first_line, shown(value)),
                (line, shown(other)),
            ));
            None
        }
    }
}

/// The same for billing, where silence is not agreement: what is free in one row and not mentioned
/// in another may cost money there.
fn agreed_billing(rows: &[&CodeEntry<'_>], problems: &mut Vec<FactProblem>) -> Option<bool> {
    if problems.iter().any(|problem| problem.fact == "billing") {
        return None;
    }
    let find = |billing: Option<bool>| rows.iter().find(|row| row.billing == billing);
    match (find(Some(true)), find(Some(false)), find(None)) {
        (_, None, _) => find(Some(true)).and(Some(true)),
        (None, Some(_), None) => Some(false),
        (Some(billed), Some(free), _) => {
            problems.push(differs(
                "billing",
                (billed.line, "billed"),
                (free.line, "free"),
            ));
            None
        }
        (None, Some(free), Some(silent)) => {
            problems.push(differs(
                "billing",
                (free.line, "free"),
                (silent.line, "nothing"),
            ));
            None
        }
    }
}

/// The rule for a fact on which cells disagree.
fn difference_of(fact: &str) -> &'static str {
    match fact {
        "billing" => "billing-differs",
        "symbol" => "symbol-differs",
        "http" => "http-differs",
        "retry" => "retry-differs",
        "severity" => "severity-differs",
        "status" => "status-differs",
        _ => "section-differs",
    }
}

fn differs(fact: &'static str, one: (usize, &str), other: (usize, &str)) -> FactProblem {
    let ((first_line, first), (line, second)) = if one.0 <= other.0 {
        (one, other)
    } else {
        (other, one)
    };
    FactProblem {
        fact,
        rule: difference_of(fact),
        line,
        text: format!(
            "the rows of one code disagree on {fact}: line {first_line} says `{first}`, \
             line {line} says `{second}`"
        ),
    }
}

/// Without a message, what comes closest to it is the message.
pub(super) fn promote(entry: &mut CodeEntry<'_>) {
    if entry.message.is_none() {
        entry.message = entry.cause.take().or_else(|| entry.details.take());
    }
}

pub(super) fn join<'a>(text: &mut Option<Cow<'a, str>>, more: Option<&Cow<'a, str>>) {
    if let Some(more) = more {
        *text = Some(
            text.take()
                .map_or_else(|| more.clone(), |text| format!("{text}\n{more}").into()),
        );
    }
}

fn join_in<'a>(texts: &mut BTreeMap<String, Cow<'a, str>>, tag: &str, more: Option<&Cow<'a, str>>) {
    let mut joined = texts.remove(tag);
    join(&mut joined, more);
    texts.extend(joined.map(|text| (tag.to_owned(), text)));
}
