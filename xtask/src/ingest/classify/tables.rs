//! Decides which tables hold codes, and says why.

use std::rc::Rc;

use super::super::document::{Document, Syntax, Table};
use super::super::extraction::{Column, Evidence, Hints, Holds, Role, TableHint};
use super::cells::SAMPLE;
use super::columns::{self, Seen, Senses};
use super::header::{HeaderSense, heading_points};
use super::main_language;
use super::memo::Memo;
use super::words::Sense;

/// With this many points a table holds codes.
const ENOUGH: i32 = 7;

/// What was decided about one table.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Verdict {
    pub(in super::super) holds: Holds,
    pub(in super::super) because: String,
    pub(in super::super) evidence: Vec<Evidence>,
    pub(in super::super) continues: Option<usize>,
    pub(in super::super) columns: Vec<Column>,
    pub(in super::super) doubts: Vec<String>,
    /// How many columns one entry has.
    pub(in super::super) period: usize,
    /// Are most of its codes symbols, so that a short text may be one too?
    pub(in super::super) holds_symbols: bool,
}

/// One verdict for each table.
pub(in super::super) fn classify(document: &Document, hints: &Hints) -> Vec<Verdict> {
    let language = main_language(document);
    let known =
        Known { senses: Memo::new(|header| Rc::new(HeaderSense::read(header))), headings: Memo::new(heading_points) };
    let mut verdicts: Vec<Verdict> = Vec::with_capacity(document.tables.len());
    for (index, table) in document.tables.iter().enumerate() {
        let hint = hints.tables.get(&index);
        let torn = verdicts.last().filter(|before| is_torn(table, before, hint, &known));
        let verdict = match torn {
            Some(before) => continuation(before, index - 1),
            None => verdict(table, hint, language, &known),
        };
        verdicts.push(verdict);
    }
    verdicts
}

/// What the words of a document speak for.
struct Known<'a> {
    senses: Senses<'a>,
    headings: Memo<'a, Option<(&'static str, i32)>>,
}

/// Does a table without a header read like the table of codes just before it?
fn is_torn<'a>(table: &'a Table, before: &Verdict, hint: Option<&TableHint>, known: &Known<'a>) -> bool {
    let is_bare = table.header.iter().all(super::super::document::Cell::is_empty);
    if hint.is_some() || !is_bare || !table.follows_table || before.holds == Holds::Other {
        return false;
    }
    let code = before.columns.iter().position(|column| column.role == Role::Code);
    let same_width = before.columns.len() == table.header.len();
    let seen = || Seen::all(table, |_, _| None, &known.senses);
    let holds_codes = |code: usize| seen().get(code).is_some_and(|seen| seen.profile.codes_percent() >= 60);
    same_width && code.is_some_and(holds_codes)
}

fn continuation(before: &Verdict, index: usize) -> Verdict {
    let columns = before.columns.iter().map(|column| Column { header: String::new(), role: column.role.clone() });
    Verdict {
        holds: Holds::Codes,
        because: "it has no header, follows a table of codes and reads like it".to_owned(),
        evidence: Vec::new(),
        doubts: Vec::new(),
        continues: Some(index),
        columns: columns.collect(),
        holds_symbols: before.holds_symbols,
        period: before.period,
    }
}

fn verdict<'a>(table: &'a Table, hint: Option<&TableHint>, language: &str, known: &Known<'a>) -> Verdict {
    let mut seen = Seen::all(table, |column, header| decided(hint, column, header), &known.senses);
    let period = if seen.len() < table.header.len() { table.header.len() } else { period(&seen) };
    // Of entries side by side the first ones stand for all.
    seen.truncate(period);
    let mut roles = columns::roles(&seen, language, table.syntax, heading_names_codes(table, known));
    let code = roles.iter().position(|role| *role == Role::Code);
    let mut account = Account::default();
    match code {
        Some(code) => account.columns(table, &seen, &roles, code),
        None => account.add(-ENOUGH, "no column holds codes".to_owned()),
    }
    account.parameters(&seen);
    account.surroundings(table, known);
    if let Some(code) = code {
        account.topic(table, &seen, code, known);
    }
    let points = account.points();
    let holds = holds(hint, &roles, points);
    let is_decided = hint.is_some_and(|hint| hint.holds.is_some());
    let because = if is_decided { "a person decided it".to_owned() } else { account.because(holds) };
    let doubts = if is_decided { Vec::new() } else { doubts(&seen, code, points, holds) };
    let holds_symbols = code.is_some_and(|code| {
        let profile = &seen[code].profile;
        profile.symbols + profile.words > profile.numbers + profile.mixed
    });
    if period < table.header.len() {
        roles = roles.iter().cycle().take(table.header.len()).cloned().collect();
    }
    roles.resize(table.header.len(), Role::None);
    let columns = table.header.iter().zip(roles).map(|(cell, role)| Column {
        header: cell.text.replace('\n', " "),
        role: if holds == Holds::Codes { role } else { Role::None },
    });
    let columns = columns.collect();
    let evidence = account.evidence;
    Verdict { holds, because, evidence, doubts, continues: None, columns, holds_symbols, period }
}

/// How many columns one entry has; less than all where whole entries stand side by side.
fn period(seen: &[Seen]) -> usize {
    let width = seen.len();
    let repeats = |period: usize| {
        width.is_multiple_of(period)
            && seen[period..].iter().zip(seen).all(|(column, first)| loose(&column.header) == loose(&first.header))
            && seen[..period].iter().any(|column| column.sense.points(Sense::Code) >= 3)
    };
    (2..=width / 2).find(|&period| repeats(period)).unwrap_or(width)
}

/// What else it could have been, where that is close.
fn doubts(seen: &[Seen], code: Option<usize>, points: i32, holds: Holds) -> Vec<String> {
    let mut doubts = Vec::new();
    let Some(code) = code else { return doubts };
    if (ENOUGH - 2..=ENOUGH + 1).contains(&points) {
        let other = if holds == Holds::Codes { "something else" } else { "codes" };
        doubts.push(format!(
            "it could as well be a table of {other} ({points} points, and {ENOUGH} make a table of codes); \
             the overlay can settle it"
        ));
    }
    let own = seen[code].code_points(code);
    let near = columns::candidates(seen).into_iter().filter(|&(column, points)| column != code && own - points <= 2);
    if holds == Holds::Codes {
        doubts.extend(near.map(|(column, _)| {
            format!(
                "`{}` could be the column of the codes as well as `{}`; `columns` in the overlay settles it",
                seen[column].header, seen[code].header
            )
        }));
    }
    doubts
}

fn decided(hint: Option<&TableHint>, column: usize, header: &str) -> Option<Role> {
    let same = |text: &str| loose(text) == loose(header);
    if let Some(role) = hint?.numbered.get(&column) {
        return Some(role.clone());
    }
    hint?.columns.iter().find(|(text, _)| same(text)).map(|(_, role)| role.clone())
}

fn loose(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect()
}

fn holds(hint: Option<&TableHint>, roles: &[Role], points: i32) -> Holds {
    let names_code =
        |hint: &TableHint| hint.columns.values().chain(hint.numbered.values()).any(|role| *role == Role::Code);
    let by_column = hint.is_some_and(names_code);
    match hint.and_then(|hint| hint.holds) {
        Some(holds) => holds,
        None if by_column && roles.contains(&Role::Code) => Holds::Codes,
        None if points >= ENOUGH => Holds::Codes,
        None => Holds::Other,
    }
}

/// All that speaks for and against one table.
#[derive(Default)]
struct Account {
    evidence: Vec<Evidence>,
}

impl Account {
    fn add(&mut self, points: i32, text: String) {
        self.evidence.push(Evidence { points, text });
    }

    fn points(&self) -> i32 {
        self.evidence.iter().map(|evidence| evidence.points).sum()
    }

    fn columns(&mut self, table: &Table, seen: &[Seen], roles: &[Role], code: usize) {
        let header = &seen[code].header;
        let profile = &seen[code].profile;
        // A constant's column may name what the number beside it is.
        let symbol = roles.iter().position(|role| *role == Role::Symbol);
        let of_symbol = symbol.map_or(0, |symbol| seen[symbol].sense.points(Sense::Code));
        let of_code = seen[code].sense.points(Sense::Code).max(seen[code].sense.points(Sense::Http));
        let header = if of_symbol > of_code { &seen[symbol.unwrap_or(code)].header } else { header };
        let words = of_code.max(of_symbol);
        if words > 0 {
            self.add(words.min(6), format!("the header `{header}` names codes"));
        }
        let percent = profile.codes_percent();
        let cells = match percent {
            // Names of any kind look like symbols.
            90.. if 2 * profile.symbols > profile.filled => 2,
            90.. => 3,
            70.. => 2,
            50.. => 0,
            // The reader left comments between them.
            _ if table.syntax == Syntax::List => 0,
            _ => -6,
        };
        if table.syntax == Syntax::List {
            self.add(4, "each entry of the list begins with a code".to_owned());
        }
        let header = &seen[code].header;
        let name = if header.is_empty() { format!("column {}", code + 1) } else { format!("`{header}`") };
        let looked_at = if table.rows.len() > SAMPLE { " looked at" } else { "" };
        let (codes, filled) = (profile.codes(), profile.filled);
        self.add(cells, format!("{codes} of {filled} cells of {name}{looked_at} are codes"));
        if profile.filled == 1 {
            self.add(-1, "it has one row".to_owned());
        }
        for (column, role) in seen.iter().zip(roles) {
            let points = match role {
                Role::Message if column.sense.points(Sense::Message) > 0 => 2,
                Role::Message | Role::Symbol | Role::MessageIn(_) => 1,
                Role::Remedy | Role::RemedyIn(_) | Role::Cause | Role::Billing | Role::Http => 2,
                Role::Code | Role::Section | Role::None => continue,
            };
            self.add(points, format!("`{}` is a column for its {role}", column.header));
        }
        let says = [Role::Message, Role::Symbol, Role::Cause, Role::Remedy];
        let is_pair = profile.texts == 0 && table.header.len() == 1;
        if is_pair || !says.iter().any(|role| roles.contains(role)) {
            self.add(-4, "no column says what the codes mean".to_owned());
        }
    }

    /// Is the table about errors at all, and not about other things that have codes?
    fn topic<'a>(&mut self, table: &'a Table, seen: &[Seen], code: usize, known: &Known<'a>) {
        let profile = &seen[code].profile;
        if profile.filled > 1 && profile.http == profile.filled {
            self.add(2, "its codes are HTTP statuses".to_owned());
            return;
        }
        let others = seen.iter().enumerate().filter(|&(column, _)| column != code);
        let (mut failures, mut texts) = (0, 0);
        for (_, column) in others {
            // `valid` and `invalid` in turn are marks and no messages.
            failures = failures.max(if column.profile.is_repetitive() { 0 } else { column.profile.failures });
            texts = texts.max(column.profile.texts + column.profile.words);
        }
        let failures = failures.max(profile.failures);
        let rows = profile.filled.max(1);
        let sense = &seen[code].sense;
        let named = sense.points(Sense::Code).max(sense.points(Sense::Http)) >= 6 && !sense.is_status();
        if profile.distinct == 1 && rows > 1 {
            self.add(-6, format!("each of {rows} rows has the same code"));
        }
        if profile.fields * 3 >= rows && profile.fields > 1 {
            self.add(-8, format!("{} of its {rows} names are names of fields", profile.fields));
        }
        let says_codes = seen.iter().any(|column| {
            column.profile.codes_percent() >= 50
                && column.sense.points(Sense::Code).max(column.sense.points(Sense::Http)) >= 3
        });
        // Where nothing else says so, most rows must.
        let is_said = says_codes || heading_names_codes(table, known) || table.syntax == Syntax::List;
        if failures * 10 >= rows * if is_said { 3 } else { 5 } {
            let looked_at = if table.rows.len() > SAMPLE { " looked at" } else { "" };
            self.add(2, format!("{failures} of {rows} rows{looked_at} tell of a failure"));
        } else if !is_said {
            self.add(-4, "neither header nor heading says that these are errors".to_owned());
        } else if rows > 3 && sense.is_status() {
            self.add(-9, "they are states, and hardly one of them a failure".to_owned());
        } else if failures * 4 < rows
            && rows > 3
            && table.syntax != Syntax::List
            && texts > 0
            && !named
            && !heading_names_codes(table, known)
        {
            self.add(-4, "hardly a row tells of a failure".to_owned());
        }
    }

    fn parameters(&mut self, seen: &[Seen]) {
        for column in seen {
            let profile = &column.profile;
            if column.sense.is_mostly(Sense::Parameter) {
                let points = -column.sense.points(Sense::Parameter).min(4);
                self.add(points, format!("`{}` is a header of a parameter table", column.header));
            }
            if profile.percent(profile.types) >= 60 {
                self.add(-4, format!("the cells of `{}` are data types", column.header));
            }
        }
    }

    fn surroundings<'a>(&mut self, table: &'a Table, known: &Known<'a>) {
        let mut above: Vec<&str> = table.headings.iter().map(String::as_str).collect();
        above.extend(table.caption.as_deref());
        if let Some((heading, above)) = above.split_last() {
            if let Some((word, points)) = known.headings.get(heading) {
                self.add(points, format!("the heading says `{word}`"));
            }
            let outer = above.iter().rev().filter_map(|heading| known.headings.get(heading));
            if let Some((word, points)) = outer.max_by_key(|&(_, points)| points)
                && points > 0
            {
                self.add(points / 2, format!("a heading above says `{word}`"));
            }
        }
        if table.caption.is_none()
            && let Some((word, points)) = table.lead.as_deref().and_then(|lead| known.headings.get(lead))
        {
            self.add(points / 2, format!("the text before it says `{word}`"));
        }
    }

    /// The weightiest reasons, in words.
    fn because(&self, holds: Holds) -> String {
        let speaks = |evidence: &&Evidence| (evidence.points > 0) == (holds == Holds::Codes);
        let mut reasons: Vec<&Evidence> = self.evidence.iter().filter(speaks).collect();
        reasons.sort_by_key(|evidence| -evidence.points.abs());
        let texts: Vec<&str> = reasons.iter().take(3).map(|reason| reason.text.as_str()).collect();
        if texts.is_empty() { "too little speaks for codes".to_owned() } else { texts.join("; ") }
    }
}

fn heading_names_codes<'a>(table: &'a Table, known: &Known<'a>) -> bool {
    let nearest = table.caption.iter().chain(table.headings.last()).chain(&table.lead);
    nearest.filter_map(|text| known.headings.get(text)).any(|(_, points)| points >= 3)
}
