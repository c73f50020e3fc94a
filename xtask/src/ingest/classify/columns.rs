//! Gives each column its role, by the words of its header and what its cells hold.

use std::rc::Rc;

use super::super::document::{Syntax, Table};
use super::super::extraction::Role;
use super::cells::Profile;
use super::header::HeaderSense;
use super::memo::Memo;
use super::words::Sense;

/// Columns beyond this one are not looked at.
const WIDEST: usize = 32;

/// One column, before it has a role.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) header: String,
    pub(super) sense: Rc<HeaderSense>,
    pub(super) profile: Profile,
    /// What a person decided about it.
    pub(super) decided: Option<Role>,
}

/// What the headers of a document speak for.
pub(super) type Senses<'a> = Memo<'a, Rc<HeaderSense>>;

impl Seen {
    /// The columns of a table; those beyond the widest that people write hold something else.
    pub(super) fn all<'a>(
        table: &'a Table,
        decided: impl Fn(usize, &str) -> Option<Role>,
        senses: &Senses<'a>,
    ) -> Vec<Seen> {
        let columns = table.header.iter().take(WIDEST).enumerate().map(|(column, cell)| {
            let header = cell.text.replace('\n', " ");
            let sense = senses.get(&cell.text);
            let mut profile = Profile::new(table, column);
            // `4.04` and `LOK` are codes where the header says so, and anything elsewhere.
            if sense.points(Sense::Code) >= 4 {
                profile.numbers += std::mem::take(&mut profile.decimals);
                let capitals = std::mem::take(&mut profile.capitals);
                profile.words -= capitals;
                profile.mixed += capitals;
            }
            Seen { sense, profile, decided: decided(column, &header), header }
        });
        columns.collect()
    }

    /// Is it a column of HTTP statuses, by its header and its cells?
    fn is_http(&self) -> bool {
        self.sense.is_mostly(Sense::Http) && self.profile.percent(self.profile.numbers) >= 60
    }

    /// Are its cells HTTP statuses, under a header that does not say `error code`?
    fn may_be_http(&self) -> bool {
        let all = self.profile.filled > 0 && self.profile.http == self.profile.filled;
        self.is_http() || (all && self.sense.points(Sense::Code) < 6 + i32::from(self.sense.is_status()))
    }

    /// How much speaks for its cells being the codes of the table.
    pub(super) fn code_points(&self, column: usize) -> i32 {
        let profile = &self.profile;
        let header = if self.is_http() { 3 } else { self.sense.points(Sense::Code) };
        let cells = match profile.codes_percent() {
            90.. => 4,
            70.. => 3,
            50.. => 1,
            30.. => -3,
            _ => -12,
        };
        let is_numeric = profile.percent(profile.numbers) >= 90;
        let mut points = header + cells + i32::from(column == 0);
        points += i32::from(profile.percent(profile.numbers) >= 60);
        if self.sense.is_mostly(Sense::Number) || (profile.counts_rows && header < 4) {
            points -= 10;
        }
        // Numbers under a header that promises text: the header misnames them.
        let texts = [Sense::Message, Sense::Cause, Sense::Remedy].iter().filter(|_| !is_numeric);
        for &sense in texts.chain(&[Sense::Parameter]) {
            if header < 4 && self.sense.is_mostly(sense) {
                points -= self.sense.points(sense);
            }
        }
        if profile.percent(profile.types.max(profile.yes_no)) >= 50 && header < 4 {
            points -= 10;
        }
        points
    }

    fn holds_symbols(&self) -> bool {
        let profile = &self.profile;
        profile.percent(profile.symbols) >= 60
            || profile.percent(profile.symbols + profile.words + profile.mixed) >= 90
                && self.sense.points(Sense::Symbol) > 0
    }
}

/// The role of each column; `is_named` where the heading names codes. Without a code column all but the decided ones have none.
pub(super) fn roles(seen: &[Seen], language: &str, syntax: Syntax, is_named: bool) -> Vec<Role> {
    let mut roles = Roles { seen, roles: seen.iter().map(|seen| seen.decided.clone()).collect() };
    let code = match syntax {
        Syntax::List => Some(0),
        _ => code_column(seen).or_else(|| if is_named { numbered(seen) } else { None }),
    };
    if let Some(code) = roles.find(&Role::Code).or(code) {
        roles.set(code, Role::Code);
        if syntax == Syntax::List {
            roles.set(1, Role::Message);
        } else {
            roles.symbol();
        }
        roles.by_header();
        roles.texts(language, Sense::Remedy);
        roles.texts(language, Sense::Message);
        roles.cause();
    }
    roles.roles.into_iter().map(Option::unwrap_or_default).collect()
}

/// The columns that may be the code, the likeliest first, with their points.
pub(super) fn candidates(seen: &[Seen]) -> Vec<(usize, i32)> {
    let open = seen.iter().enumerate().filter(|(_, seen)| seen.decided.is_none());
    let points = open.map(|(column, seen)| (column, seen.code_points(column)));
    let mut candidates: Vec<(usize, i32)> = points.filter(|&(_, points)| points >= 3).collect();
    candidates.sort_by_key(|&(column, points)| (-points, column));
    candidates
}

/// The column with the most speaking for it; HTTP statuses only where nothing else is a code.
pub(super) fn code_column(seen: &[Seen]) -> Option<usize> {
    let candidates = candidates(seen);
    let best = |http: bool| candidates.iter().find(|&&(column, _)| seen[column].may_be_http() == http).copied();
    let code = match (best(false), best(true)) {
        (Some((code, points)), Some((http, _))) => {
            // A symbol beside a status is the code only if its header says so.
            let named = seen[code].sense.points(Sense::Code) >= 4;
            let numeric = seen[code].profile.percent(seen[code].profile.numbers) >= 60 && points >= 6;
            let is_other = is_code_like_a_status(&seen[http], &seen[code]);
            if !is_other && ((named && points >= 6) || numeric) { code } else { return Some(http) }
        }
        (code, http) => code.or(http)?.0,
    };
    Some(number_beside(seen, &candidates, code).unwrap_or(code))
}

/// Under a heading that names codes, numbers that count the rows are codes if nothing else is.
fn numbered(seen: &[Seen]) -> Option<usize> {
    let may_be = |seen: &Seen| {
        let is_number = seen.profile.filled > 1 && seen.profile.numbers == seen.profile.filled;
        is_number && seen.decided.is_none() && seen.sense.points(Sense::Number) < 8
    };
    let has_text = seen.iter().skip(1).any(|seen| seen.sense.points(Sense::Message) > 0);
    seen.first().filter(|first| may_be(first) && has_text).map(|_| 0)
}

/// `Code` above 200, 201, … beside `Error` above names: codes of the vendor's that only look like
/// statuses. A status comes with many errors.
fn is_code_like_a_status(numbers: &Seen, names: &Seen) -> bool {
    let points = numbers.sense.points(Sense::Code);
    let are_names = names.profile.percent(names.profile.symbols + names.profile.words) >= 60;
    are_names
        && !numbers.is_http()
        && !numbers.sense.is_status()
        && !numbers.profile.http_repeats
        && points >= 4
        && points >= names.sense.points(Sense::Code)
}

/// A column of numbers beside a code column of names: `OK | 0`, under `Code | Number`.
fn number_beside(seen: &[Seen], candidates: &[(usize, i32)], code: usize) -> Option<usize> {
    let profile = &seen[code].profile;
    if profile.percent(profile.symbols + profile.words) < 80 {
        return None;
    }
    let is_number = |column: usize| {
        let other = &seen[column];
        let is_code = other.sense.is_mostly(Sense::Code) || other.header.is_empty() || is_value(&other.header);
        column != code && !other.may_be_http() && is_code && other.profile.percent(other.profile.numbers) >= 90
    };
    let columns = candidates.iter().map(|&(column, _)| column);
    columns.chain(0..seen.len()).find(|&column| is_number(column))
}

/// What the number of a constant is called.
fn is_value(header: &str) -> bool {
    const VALUES: &[&str] = &[
        "取值",
        "值",
        "数值",
        "十六进制",
        "十进制",
        "値",
        "数値",
        "value",
        "number",
        "num",
        "hex",
        "decimal",
        "dec",
        "int",
        "integer",
        "значение",
        "число",
    ];
    let header = header.trim().to_lowercase();
    VALUES.contains(&header.as_str())
}

struct Roles<'a> {
    seen: &'a [Seen],
    roles: Vec<Option<Role>>,
}

impl Roles<'_> {
    fn find(&self, role: &Role) -> Option<usize> {
        self.roles.iter().position(|known| known.as_ref() == Some(role))
    }

    /// Gives a column its role unless another one has it.
    fn set(&mut self, column: usize, role: Role) {
        if self.roles[column].is_none() && self.find(&role).is_none() {
            self.roles[column] = Some(role);
        }
    }

    fn open(&self) -> Vec<usize> {
        (0..self.roles.len()).filter(|&column| self.roles[column].is_none()).collect()
    }

    fn symbol(&mut self) {
        let columns = self.open().into_iter().filter(|&column| self.seen[column].holds_symbols());
        let best = columns.max_by_key(|&column| {
            let seen = &self.seen[column];
            (seen.profile.percent(seen.profile.symbols), usize::MAX - column)
        });
        if let Some(column) = best {
            self.set(column, Role::Symbol);
        }
    }

    fn by_header(&mut self) {
        for column in self.open() {
            let seen = &self.seen[column];
            let profile = &seen.profile;
            if seen.sense.is_mostly(Sense::Number) {
                self.set(column, Role::None);
            } else if seen.sense.is_mostly(Sense::Billing) && profile.percent(profile.yes_no) >= 50 {
                self.set(column, Role::Billing);
            } else if seen.may_be_http() {
                self.set(column, Role::Http);
            } else if seen.sense.is_mostly(Sense::Section) {
                self.set(column, Role::Section);
            }
        }
    }

    /// A cause is one where another column is the message.
    fn cause(&mut self) {
        let open = self.open().into_iter();
        let cause = open.max_by_key(|&column| (self.seen[column].sense.points(Sense::Cause), usize::MAX - column));
        if let Some(column) = cause.filter(|&column| self.seen[column].sense.points(Sense::Cause) >= 4) {
            self.set(column, Role::Cause);
        }
    }

    /// The columns of text of one sense, one for each language, the best first.
    fn texts(&mut self, language: &str, sense: Sense) {
        let mut columns: Vec<(i32, usize)> = self
            .open()
            .into_iter()
            .map(|column| (self.text_points(column, sense), column))
            .filter(|&(points, _)| points > 0)
            .collect();
        columns.sort_by_key(|&(points, column)| (-points, column));
        // What only its cells call a text is no second message beside one that is called so.
        if sense == Sense::Message && columns.first().is_some_and(|&(points, _)| points > 1) {
            columns.retain(|&(points, _)| points > 1);
        }
        let of = |column: usize| self.seen[column].profile.language.unwrap_or(language);
        let main = if sense == Sense::Remedy { Role::Remedy } else { Role::Message };
        let has_main = self.find(&main).is_some() || columns.iter().any(|&(_, column)| of(column) == language);
        for (place, &(_, column)) in columns.iter().enumerate() {
            let is_main = of(column) == language || (!has_main && place == 0);
            let role = match (sense, is_main) {
                (Sense::Remedy, true) => Role::Remedy,
                (Sense::Remedy, false) => Role::RemedyIn(of(column).to_owned()),
                (_, true) => Role::Message,
                (_, false) => Role::MessageIn(of(column).to_owned()),
            };
            self.set(column, role);
        }
    }

    fn text_points(&self, column: usize, sense: Sense) -> i32 {
        let seen = &self.seen[column];
        let points = seen.sense.points(sense);
        if sense == Sense::Remedy {
            return if seen.sense.is_mostly(Sense::Remedy) { points } else { 0 };
        }
        let profile = &seen.profile;
        let is_text = profile.percent(profile.texts + profile.words) >= 50;
        let is_other = [Sense::Parameter, Sense::Billing, Sense::Number, Sense::Section];
        if is_other.iter().any(|&other| seen.sense.points(other) > points) || !is_text {
            return if is_text { points - 1 } else { points };
        }
        // A cause tells the message where nothing else does.
        2 * points + 1
    }
}
